"""The words of a text's body, with where they are, folded as texts are compared. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from itertools import chain

import numpy as np

from articles.related.matching.prints import Hashes, Places, marks_of, run_hashes
from articles.related.matching.respelling import standard
from articles.text import BlockKind, Span

# What an outlet adds of its own (headline, standfirst, key points, captions, notes) is no part of
# the text that was handed on.
BODY = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION, BlockKind.CROSSHEAD}
)
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
_PLAIN = re.compile(rf"\w+{_MORE}|%", re.VERBOSE)
_PER_CENT = re.compile(rf"[Pp]er[ ]cent\b|{_PLAIN.pattern}", re.VERBOSE)
_UNSPACED_WORDS = re.compile(
    rf"[{_UNSPACED}]|[Pp]er[ ]cent\b|[^\W{_UNSPACED}]+{_MORE}|%", re.VERBOSE
)
# The one word that has a space in it, in part.
_SPACED = "er cent"
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_PERCENT = {"%", "per cent"}
_SIGNS = str.maketrans(
    {"’": "'", "‐": "-", "‑": "-", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"}
)
_KEPT_WORDS, _KEPT_PRINTED = 500_000, 200_000
# What is longer between two spaces is an address, or no news.
_LONGEST_KEPT = 40


class Words:
    """Words in reading order: as compared, and where each is in the text, in code points.

    Where they are is looked for when somebody asks: most texts share no passage with any other.
    What comparing asks of them is kept: one text is compared with many.
    """

    def __init__(
        self, folded: tuple[str, ...], text: str, stretches: Sequence[tuple[int, int]]
    ) -> None:
        """``stretches`` are where in ``text`` the words stand."""
        self.folded = folded
        self._text, self._stretches = text, stretches

    def __len__(self) -> int:
        return len(self.folded)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each word begins."""
        return tuple(map(re.Match.start, self._found))

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where each word ends."""
        return tuple(map(re.Match.end, self._found))

    @cached_property
    def hashes(self) -> Hashes:
        """The hashes of their runs."""
        return run_hashes(self.folded)

    @cached_property
    def ordered(self) -> tuple[Places, Hashes, bool]:
        """Where the runs begin, and their hashes, in the order of these; whether no two are one."""
        order = np.argsort(self.hashes, kind="stable")
        hashes = self.hashes[order]
        return order, hashes, bool((hashes[1:] != hashes[:-1]).all())

    @cached_property
    def marks(self) -> list[tuple[int, int]]:
        """The runs that were chosen as prints, with their first words."""
        return marks_of(self.hashes)

    @property
    def _found(self) -> list[re.Match[str]]:
        find = _pattern(self._text).finditer
        return [match for stretch in self._stretches for match in find(self._text, *stretch)]


class _Folded(dict[str, str]):
    """Each word that was met, folded; emptied when it grows too large."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _KEPT_WORDS:
            self.clear()
        made = self[word] = _fold(word)
        return made


def _fold(word: str) -> str:
    plain = word.casefold().translate(_SIGNS)
    if plain in _PERCENT:
        return "percent"
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).casefold()
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    if plain[:1].isdigit():
        return plain.replace(",", "")
    return standard(plain.replace(".", "")) or word


# What words are compared as: without case, accents, typographic signs, national spelling.
folded = _Folded().__getitem__


class _FoldedIn(dict[str, tuple[str, ...]]):
    """The words, folded, of what is printed between two spaces; emptied when it grows too large.

    Texts print the same over and over: most of their words are looked up here, not looked for.
    """

    def __missing__(self, printed: str) -> tuple[str, ...]:
        made = tuple(map(folded, _pattern(printed).findall(printed)))
        if len(printed) <= _LONGEST_KEPT:
            if len(self) >= _KEPT_PRINTED:
                self.clear()
            self[printed] = made
        return made


_folded_in = _FoldedIn()


def _pattern(text: str) -> re.Pattern[str]:
    """Return what finds the words of a text; most texts need but the simplest."""
    if not text.isascii() and _HAS_UNSPACED.search(text):
        return _UNSPACED_WORDS
    return _PER_CENT if _SPACED in text else _PLAIN


def body_words(text: str, spans: Sequence[Span]) -> Words:
    """Return the words of a version's body; ``spans`` are its blocks, in code points."""
    stretches = [(span.start, span.end) for span in spans if span.kind in BODY]
    if _SPACED in text:
        find = _pattern(text).findall
        printed = chain.from_iterable([find(text, *stretch) for stretch in stretches])
        return Words(tuple(map(folded, printed)), text, stretches)
    # No other word has a space in it, and between blocks there is one.
    between = chain.from_iterable([text[start:end].split() for start, end in stretches])
    return Words(tuple(chain.from_iterable(map(_folded_in.__getitem__, between))), text, stretches)
