"""Which names and quotations of one text the other has not. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from articles.annotate.recognisers.capitals import PERSON, Capitals
from articles.related.comparing.compared import Comparison, Fate, Run, Text
from articles.related.matching.folding import folded
from articles.related.matching.wording import BODY
from articles.text import Span

# Texts longer than this are not read for names.
MOST_CHARACTERS = 200_000
# Of words that are quoted, fewer are no quotation but a term; so much of them must be missing.
_LEAST_WORDS = 4
_MISSING = 0.7
# How surely a name is one.
_LEAST_SCORE = 0.6
_WORDS = re.compile(r"\w+")
# An apostrophe within a word ends no quotation.
_QUOTED = re.compile(
    r"“([^“”]+)(?:”|\Z)|\"([^\"]+)(?:\"|\Z)|«([^«»]+)(?:»|\Z)|„([^„“]+)(?:“|\Z)"
    r"|(?<!\w)‘((?:[^‘’]|’(?=\w))+)’(?!\w)|「([^「」]+)」"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words: their block and place, without the marks, in code points."""

    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What one text has and the other has not; ``names`` in order, each once."""

    names: tuple[str, ...]
    quotations: tuple[Quotation, ...]


def left_out(
    first: Text,
    second: Text,
    comparison: Comparison,
    languages: tuple[str | None, str | None],
    *,
    credited: tuple[Iterable[str], Iterable[str]] = ((), ()),
) -> tuple[LeftOut, LeftOut]:
    """Return what the first text alone has, and what the second alone has.

    ``credited`` are each one's byline, people and agencies: who is named there is not left out.
    """
    ours = {row.first: row.first_runs for row in comparison.rows if row.first is not None}
    theirs = {row.second: row.second_runs for row in comparison.rows if row.second is not None}
    return (
        LeftOut(_names(first, second, languages[0], credited[1]), tuple(_quotations(first, ours))),
        LeftOut(
            _names(second, first, languages[1], credited[0]), tuple(_quotations(second, theirs))
        ),
    )


def _names(
    mine: Text, other: Text, language: str | None, credited: Iterable[str]
) -> tuple[str, ...]:
    """Return the names in a text's body of which the other, its credits too, has not a word."""
    if max(len(mine.text), len(other.text)) > MOST_CHARACTERS:
        return ()
    shown = (other.text, *credited)
    there = {folded(word) for words in shown for word in _WORDS.findall(words)}
    starts = [span.start for span in mine.spans]
    blocks = [(str(span.kind), span.start, span.end) for span in mine.spans]
    names: dict[str, str] = {}
    for found in Capitals().find(mine.text, blocks, language):
        kind = _block(mine.spans, starts, found.start).kind
        if found.score < _LEAST_SCORE or kind not in BODY:
            continue
        words = [folded(word) for word in _WORDS.findall(found.name)]
        # A person is called by the last name; of others every word must be there.
        needed = words[-1:] if found.kind == PERSON else words
        if words and not there.issuperset(needed):
            names.setdefault(words[-1], found.name)
    return tuple(names.values())


def _block(spans: Sequence[Span], starts: Sequence[int], at: int) -> Span:
    return spans[max(0, bisect_left(starts, at + 1) - 1)]


def _quotations(text: Text, runs: dict[int, tuple[Run, ...]]) -> Iterator[Quotation]:
    """Yield the quotations of a text's body most of whose words the other has not."""
    for number, span in enumerate(text.spans):
        if span.kind not in BODY or number not in runs:
            continue
        for match in _QUOTED.finditer(text.text, span.start, span.end):
            quoted = next(group for group in range(1, 7) if match.group(group))
            start, end = match.span(quoted)
            if len(_WORDS.findall(text.text, start, end)) < _LEAST_WORDS:
                continue
            missing = sum(
                max(0, min(run.end, end) - max(run.start, start))
                for run in runs[number]
                if run.fate in {Fate.CUT, Fate.ADDED}
            )
            if missing >= _MISSING * (end - start):
                yield Quotation(number, start, end, text.text[start:end])
