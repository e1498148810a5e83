"""The words of a text's body, with where they are, folded as texts are compared. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from articles.related.respelling import standard
from articles.text import BlockKind, Span

# What an outlet adds of its own (headline, standfirst, key points, captions, notes) is no part of
# the text that was handed on.
BODY = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION, BlockKind.CROSSHEAD}
)
_WORDS = re.compile(r"\w+(?:['’\-‐‑]\w+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """Words in reading order: as compared, and where each is in the text, in code points."""

    folded: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.folded)


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """Return a word as words are compared: without case, accents, typographic signs, spelling."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return standard(plain.replace("‐", "-").replace("‑", "-"))


def body_words(text: str, spans: Sequence[Span]) -> Words:
    """Return the words of a version's body; ``spans`` are its blocks, in code points."""
    words, starts, ends = [], [], []
    for span in spans:
        if span.kind not in BODY:
            continue
        for found in _WORDS.finditer(text, span.start, span.end):
            words.append(folded(found.group()))
            starts.append(found.start())
            ends.append(found.end())
    return Words(tuple(words), tuple(starts), tuple(ends))
