"""``NEAR/5`` as it is mistyped: without its number, or in small letters. Pure."""

import re
from dataclasses import dataclass

from articles.search.language.errors import QueryError

_EXAMPLE = 5
_USUAL = 10
_HALF = re.compile(r'(NEAR|PRE)/([^\s()"]*)')
_DIGITS = re.compile(r"\d+", re.ASCII)
# A number that a space parts from its operator.
_APART = re.compile(r'\s+(\d+)(?=[\s()"]|$)', re.ASCII)
_LETTERS = re.compile(r"\w{2}")
# What is quoted is passed over as a whole.
_LOWERED = re.compile(
    r'"[^"]*"|(?<![^\s()])(?!(?-i:NEAR|PRE))((?:near|pre)/\d+)(?=[\s()"]|$)',
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hint:
    """What was probably meant by a query that can be read; the place in code points of it."""

    message: str
    position: int
    length: int
    meant: str


def half_written(text: str, at: int) -> QueryError | None:
    """Return what is wrong with a nearness at a place of a query that has no number behind it.

    The place is known to hold no operator that can be read.
    """
    found = _HALF.match(text, at)
    if found is None:
        return None
    name, rest = found[1], found[2]
    end, number, word = found.end(), str(_USUAL), ""
    if digits := _DIGITS.search(rest):
        number = digits[0]
    elif not rest and (apart := _APART.match(text, end)):
        end, number = apart.end(), apart[1]
    elif _LETTERS.search(rest):
        word = f" {rest}"
    return QueryError(
        f"After {name}/ comes how many words may lie between, as in {name}/{_EXAMPLE}. "
        "To look for these letters themselves, put them in quotes.",
        position=at,
        length=found.end() - at,
        meant=f"{text[:at]}{name}/{number}{word}{text[end:]}",
    )


def lowered(text: str) -> Hint | None:
    """Return a hint at nearness that is written in small letters, where it is mere words.

    ``text`` has straight quotes. Whether what was meant can be read is for the caller to see.
    """
    places = [found for found in _LOWERED.finditer(text) if found[1]]
    if not places:
        return None
    meant, at = "", 0
    for found in places:
        meant += text[at : found.start()] + found[1].upper()
        at = found.end()
    first = places[0]
    return Hint(
        f"“{first[1]}” is looked for as words: operators are written in capitals.",
        first.start(),
        len(first[1]),
        meant + text[at:],
    )
