"""What someone types of a name, as what the index of names is asked."""

from articles.models.folding import fold

CHARACTERS = 300
WORDS = 8


def words_typed(text: str) -> list[str]:
    """Return the words, or beginnings of words, of what was typed, folded as names are."""
    return fold(text[:CHARACTERS]).split()[:WORDS]


def as_tsquery(text: str) -> str:
    """Return what finds names in which each word typed begins a word; empty without words."""
    return " & ".join(beginning(word) for word in words_typed(text))


def beginning(word: str) -> str:
    """Return what finds names with a word that begins so."""
    return "'{}':*".format(word.replace("\\", "\\\\").replace("'", "''"))


def as_like(start: str) -> str:
    """Return the pattern of texts that begin so."""
    return start.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
