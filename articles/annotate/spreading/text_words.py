"""A text read as words and what stands between them, each folded, with its places. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from articles.search.language.words import fold, words_in

EDGE = "\x1f"
_APOSTROPHES = re.compile("['’ʼ]")
_PARTS = re.compile("[^'’ʼ]+")
_SPACES = frozenset({"", " ", "\n", "-", "\u00a0", "\u2010", "\u2011", "\u202f", "\u00ad"})
HYPHENS = frozenset({"-", "\u2010", "\u2011"})
_MOST_KEPT = 200_000


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's words, folded, with their places; and the gaps before each and after the last."""

    text: str
    keys: list[str]
    spans: list[tuple[int, int]]
    gaps: list[str]

    def printed(self, number: int) -> str:
        """Return a word as it is printed."""
        start, end = self.spans[number]
        return self.text[start:end]

    def between(self, number: int) -> str:
        """Return what stands before a word; after the last one for their number."""
        start = self.spans[number - 1][1] if number else 0
        end = self.spans[number][0] if number < len(self.spans) else len(self.text)
        return self.text[start:end]


def read(text: str) -> Reading:
    """Return a text as its words and gaps, for names to be looked for in it."""
    found = list(words_in(text))
    spans = [word.span() for word in found]
    if _APOSTROPHES.search(text):
        spans = [part for span in spans for part in _parts(text, *span)]
        keys = [_folded[text[start:end]] for start, end in spans]
    else:
        keys = [_folded[word[0]] for word in found]
    ends = [0, *[end for _, end in spans]]
    gaps = [_gaps[text[last:start]] for last, (start, _) in zip(ends, spans, strict=False)]
    return Reading(text, keys, spans, gaps)


class _Kept(dict[str, str]):
    """Remembers what a function says of words; forgets all when it has grown large."""

    __slots__ = ("_of",)

    def __init__(self, of: Callable[[str], str]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, word: str) -> str:
        said = self._of(word)
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[word] = said
        return said


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a word between its apostrophes."""
    for part in _PARTS.finditer(text, start, end):
        yield part.span()


def _gap(between: str) -> str:
    """Return a gap as it is compared: spaces and hyphens are one, all else is itself."""
    if between in _SPACES:
        return EDGE
    plain = between.replace("’", "'").replace("ʼ", "'").strip(" \u00a0\u202f\u00ad")
    if "\n\n" in between:
        plain = "\n"
    return f"{EDGE}{plain}{EDGE}" if plain and plain not in HYPHENS else EDGE


_folded, _gaps = _Kept(fold), _Kept(_gap)
