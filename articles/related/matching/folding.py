"""Words as texts are compared: found in what is printed, and folded. Pure."""

import re
import unicodedata
from itertools import filterfalse

from articles.related.matching.known import Known
from articles.related.matching.respelling import standard

# Scripts written without spaces: each character is a word.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# "U.S.", "don't" and "1,500" are one word each, "co-operate" too; "US-led" is two, as some print
# them; "%" and "per cent" are "percent". What goes on behind a mark is looked at only there.
_MORE = r"""(?:
    [.,'’‐‑-] (?=\w) (?:
        (?<=['’])
        | (?<=\d[.,]) (?=\d)
        | (?<=\b[^\W\d_]\.) (?=[^\W\d_]\b)
        | (?<=\b[Cc]o[‐‑-]) (?=o) | (?<=\b[RrDd]e[‐‑-]) (?=e) | (?<=\b[Ee][‐‑-]) (?=mail)
        | (?<=\b[Tt]o[‐‑-]) (?=day|night|morrow)
    ) \w+
)*"""
_PER_CENT = r"[Pp]er[ \0]cent\b"
_WORDS = re.compile(rf"{_PER_CENT}|\w+{_MORE}|%", re.VERBOSE)
_UNSPACED_WORDS = re.compile(rf"[{_UNSPACED}]|{_PER_CENT}|[^\W{_UNSPACED}]+{_MORE}|%", re.VERBOSE)
# The one word that has a space in it; no text has the sign that stands for it here.
_SPACED, _KEPT_TOGETHER = "er cent", "er\0cent"
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_PERCENT = {"%", "per cent", "per\0cent"}
_SIGNS = str.maketrans(
    {"’": "'", "‐": "-", "‑": "-", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"}
)


def fold(word: str) -> str:
    """Return what a word is compared as, found anew: for who keeps it."""
    plain = word.casefold()
    if plain in _PERCENT:
        return "percent"
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_SIGNS)).casefold()
        plain = "".join(filterfalse(unicodedata.combining, plain))
    if plain[:1].isdigit():
        return plain.replace(",", "")
    plain = standard(plain.replace(".", ""))
    # Mostly it is the word itself: it is kept once.
    return word if plain in {word, ""} else plain


# What words are compared as: without case, accents, typographic signs, national spelling.
folded = Known(fold).__getitem__


def between_spaces(text: str) -> list[str]:
    """Return what stands between the spaces of a text: no word goes on in the next.

    The space of "per cent" is none of them, and is printed there as a NUL, which no text has.
    """
    return text.replace(_SPACED, _KEPT_TOGETHER).split()


def pattern(text: str) -> re.Pattern[str]:
    """Return what finds the words of a text, or of what stands between two of its spaces."""
    unspaced = not text.isascii() and _HAS_UNSPACED.search(text)
    return _UNSPACED_WORDS if unspaced else _WORDS
