"""The words of two texts as they are compared, each with the marks and space around it. Pure."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from articles.related.matching.folding import folded
from articles.text import Span

# Scripts written without spaces: each character is a word.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# What is no part of a word. Combining marks and joiners are part of one, so that Arabic and Hindi
# hold together, and so are signs that a number's sense hangs on: $5, 5%.
_MARKS = (
    r"\s\u0000-\u0023\u0026-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a1\u00a6-\u00af\u00b4-\u00b8"
    r"\u00bb\u00bf\u00d7\u00f7\u05be\u05c0\u05c3\u05f3\u05f4\u060c\u061b\u061f\u066a-\u066d\u06d4"
    r"\u0964\u0965\u2000-\u200b\u200e-\u206f\u2e00-\u2e7f\u3000-\u303f\ufe30-\ufe4f\uff01-\uff0f"
    r"\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_WORD = rf"[^{_MARKS}{_UNSPACED}]+"
_WORDS = re.compile(rf"[{_UNSPACED}]|{_WORD}(?:(?:['’\-‐‑]|(?<=\d)[.,](?=\d)){_WORD})*")
_OPENING = frozenset("\"'“‘«„‚([{¿¡「『（【《#@")
_SIGNS = str.maketrans({"’": "'", "‐": "-", "‑": "-"})


@lru_cache(maxsize=200_000)
def plain(word: str) -> str:
    """Return a word without case and typographic signs, its accents and its spelling kept."""
    return word.casefold().translate(_SIGNS)


@dataclass(slots=True)
class Tokens:
    """A text's words in reading order, as lists of equal length; the tokens of a block tile it.

    ``keys`` are equal for words that differ in nothing but spelling, accents and case; ``blocks``
    number the block of each; ``firsts`` is where each block's words begin, and one more at the end.
    """

    keys: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.keys)

    def length(self, block: int) -> int:
        """Return how many words a block has."""
        return self.firsts[block + 1] - self.firsts[block]


def tokens(text: str, spans: Sequence[Span], whole: Container[int] = ()) -> Tokens:
    """Return the words of a text's blocks.

    A block without words is one token, its marks; so is each block whose number is in ``whole``.
    """
    found = Tokens()
    for number, span in enumerate(spans):
        found.firsts.append(len(found.keys))
        end = span.start
        if number in whole:
            _add(found, text, span, number)
            continue
        for match in _WORDS.finditer(text, span.start, span.end):
            start = match.start()
            if end == span.start:
                start = end
            else:
                start = _parted(text, end, start)
                found.ends[-1] = start
            word = match.group()
            found.keys.append(folded(word))
            found.words.append(word)
            found.starts.append(start)
            end = match.end()
            found.ends.append(end)
            found.blocks.append(number)
        if end == span.start:
            _add(found, text, span, number)
        else:
            found.ends[-1] = span.end
    found.firsts.append(len(found.keys))
    return found


def _add(found: Tokens, text: str, span: Span, number: int) -> None:
    """Add a block as one token."""
    marks = text[span.start : span.end]
    found.keys.append(marks)
    found.words.append(marks)
    found.starts.append(span.start)
    found.ends.append(span.end)
    found.blocks.append(number)


def _parted(text: str, start: int, end: int) -> int:
    """Return where, between two words, what belongs to the second begins: its opening marks."""
    at = end
    while at > start and not text[at - 1].isspace():
        at -= 1
    if at > start:
        return at
    at = end
    while at > start and text[at - 1] in _OPENING:
        at -= 1
    return at
