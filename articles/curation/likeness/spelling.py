"""One word, spelled in several ways: transliterations, typing slips."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "a", "œ": "o", "ı": "i", "ə": "a",
    "ħ": "h", "ŋ": "n", "ŧ": "t",
})  # fmt: skip
# Ways to write one sound, each brought to one of them. After folding: ü is u by then.
_SOUNDS = (
    ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ck", "k"), ("ks", "x"), ("ph", "f"), ("tch", "ch"),
    ("yev", "ev"), ("iy", "i"), ("yi", "i"), ("ij", "i"), ("y", "i"), ("j", "i"),
)  # fmt: skip
_HARD_C = re.compile(r"c(?!h)")
_AT_END = re.compile(r"(?<=..)(?:ie|ei|i)$")
_TWICE = re.compile(r"(.)\1+")
# Shorter words have too many neighbours that mean something else.
SHORTEST_SLIP = 5


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """Return what is left of a folded word when spellings of one sound are made one.

    "mueller", "muller" and "müller" are one; so are "sergey", "sergei" and "sergej".
    """
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word.translate(_LETTERS))
        word = "".join(char for char in word if not unicodedata.combining(char))
    for written, sound in _SOUNDS:
        if written in word:
            word = word.replace(written, sound)
    return _TWICE.sub(r"\1", _HARD_C.sub("k", _AT_END.sub("i", word)))


def deletions(word: str) -> Iterator[str]:
    """Yield a word and each form of it that lacks a letter: two a slip apart share one."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def is_slip(one: str, other: str, *, of_family: bool = False) -> bool:
    """Whether two words are one slip of the hand apart, and the slip changes no meaning.

    One letter left out, put in, another, or two changed over. Numbers are no slips, and a last
    vowel makes another name of many: Daniel, Daniela; Mario, Maria. In the name of a family an e
    at the end is often left out: Clarke, Dunne.
    """
    if of_family and "e" in {one.removeprefix(other), other.removeprefix(one)}:
        return True
    if one == other or min(len(one), len(other)) < SHORTEST_SLIP or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, its = one[start:], other[start:]
    while rest and its and rest[-1] == its[-1]:
        rest, its = rest[:-1], its[:-1]
    if any(char.isdigit() for char in rest + its):
        return False
    if len(rest) == len(its) == 2:
        return rest == its[::-1]
    at_end = start + max(len(rest), len(its)) == max(len(one), len(other))
    if at_end and set(rest + its) <= set("aeiouy"):
        return False
    return len(rest) <= 1 and len(its) <= 1
