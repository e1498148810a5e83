"""One spelling for words that British and American papers spell otherwise. Pure."""


def standard(word: str) -> str:
    """Return the spelling a folded word is compared under: publicising becomes publicizing."""
    return word
