"""What became of each word from one text to another, block by block. Pure, and bounded."""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from articles.related.comparing.compared import (
    Comparison,
    Fate,
    Row,
    RowFate,
    Run,
    Side,
    Summary,
    Text,
    as_data,
)
from articles.related.comparing.comparison_pairing import Matching, match
from articles.related.comparing.comparison_passages import Segment
from articles.related.comparing.comparison_words import Tokens, plain, tokens
from articles.related.matching.wording import BODY
from articles.text import Span, word_count

__all__ = [
    "Comparison",
    "Fate",
    "Row",
    "RowFate",
    "Run",
    "Side",
    "Summary",
    "Text",
    "as_data",
    "compare",
]

# Characters of both texts that are compared word by word: of 90,000 words each.
MOST_CHARACTERS = 1_000_000
# Blocks of a text that are looked at.
MOST_BLOCKS = 20_000


def compare(first: Text, second: Text) -> Comparison:
    """Return what became of each word of the first text, and where each of the second is from."""
    most = max(len(first.spans), len(second.spans))
    if most > MOST_BLOCKS:
        first, second = (Text(each.text, each.spans[:MOST_BLOCKS]) for each in (first, second))
    first_whole, second_whole, all_words = _too_long(first, second)
    both = _Both(
        first,
        second,
        tokens(first.text, first.spans, first_whole),
        tokens(second.text, second.spans, second_whole),
    )
    matching = match(both.first_tokens, both.second_tokens, first.spans, second.spans)
    first_runs, second_runs = _runs(both, matching.segments)
    summary = Summary(
        _side_of(first.spans, both.first_tokens, first_runs),
        _side_of(second.spans, both.second_tokens, second_runs),
        all_words and matching.is_whole and most <= MOST_BLOCKS,
    )
    return Comparison(tuple(_rows(both, matching, first_runs, second_runs)), summary)


def _too_long(first: Text, second: Text) -> tuple[Container[int], Container[int], bool]:
    """Return which blocks of long texts are compared as wholes, and whether nothing is lost by it.

    Those that both texts have as often; where the others are too long even so, all of them.
    """
    if len(first.text) + len(second.text) <= MOST_CHARACTERS:
        return (), (), True
    texts = [[each.text[span.start : span.end] for span in each.spans] for each in (first, second)]
    counts = [Counter(each) for each in texts]
    whole = [
        {n for n, words in enumerate(each) if counts[0][words] == counts[1][words]}
        for each in texts
    ]
    rest = sum(
        len(words)
        for each, numbers in zip(texts, whole, strict=True)
        for n, words in enumerate(each)
        if n not in numbers
    )
    if rest <= MOST_CHARACTERS:
        return whole[0], whole[1], True
    return range(len(texts[0])), range(len(texts[1])), False


@dataclass(frozen=True, slots=True)
class _Both:
    first: Text
    second: Text
    first_tokens: Tokens
    second_tokens: Tokens


def _runs(both: _Both, segments: Sequence[Segment]) -> tuple[list[list[Run]], list[list[Run]]]:
    """Return the runs of each side, block by block."""
    a, b = both.first_tokens, both.second_tokens
    firsts: list[tuple[int, int, Run]] = []
    seconds: list[tuple[int, int, Run]] = []
    for segment in segments:
        for (i, i_end), (j, j_end), fate, is_exact in _pieces(both, segment):
            here, there = (a.starts[i], a.ends[i_end - 1]), (b.starts[j], b.ends[j_end - 1])
            firsts.append((i, i_end, Run(*here, fate, there, is_exact)))
            seconds.append((j, j_end, Run(*there, fate, here, is_exact)))
    return _tiled(a, firsts, Fate.CUT), _tiled(b, seconds, Fate.ADDED)


type _Stretch = tuple[int, int]


def _pieces(both: _Both, segment: Segment) -> Iterator[tuple[_Stretch, _Stretch, Fate, bool]]:
    """Yield the pieces of a segment in which all words are alike in the same way."""
    whole = Fate.MOVED if segment.is_moved else Fate.KEPT
    i, j, i_end, j_end, _ = segment
    if i_end - i != j_end - j:
        yield (i, i_end), (j, j_end), Fate.RESPELLED, False
        return
    likeness = [_likeness(both, i + n, j + n) for n in range(i_end - i)]
    start = 0
    for n in range(1, len(likeness) + 1):
        if n == len(likeness) or likeness[n] != likeness[start]:
            is_respelled, is_exact = likeness[start]
            fate = Fate.RESPELLED if is_respelled else whole
            yield (i + start, i + n), (j + start, j + n), fate, is_exact
            start = n


def _likeness(both: _Both, i: int, j: int) -> tuple[bool, bool]:
    """Return whether two matched words are spelled otherwise, and whether nothing differs."""
    a, b = both.first_tokens, both.second_tokens
    ours = both.first.text[a.starts[i] : a.ends[i]]
    theirs = both.second.text[b.starts[j] : b.ends[j]]
    if ours == theirs or ours.strip() == theirs.strip():
        return False, True
    return plain(a.words[i]) != plain(b.words[j]), False


def _tiled(tokens: Tokens, matched: list[tuple[int, int, Run]], lone: Fate) -> list[list[Run]]:
    """Return each block's runs: what is matched, and what lies between."""
    matched.sort(key=lambda each: each[0])
    blocks: list[list[Run]] = []
    at = 0
    for block in range(len(tokens.firsts) - 1):
        word, end = tokens.firsts[block], tokens.firsts[block + 1]
        runs: list[Run] = []
        while word < end:
            start, stop, run = matched[at] if at < len(matched) else (end, end, None)
            if run is None or start >= end:
                runs.append(Run(tokens.starts[word], tokens.ends[end - 1], lone))
                break
            if word < start:
                runs.append(Run(tokens.starts[word], tokens.ends[start - 1], lone))
            runs.append(run)
            word = stop
            at += 1
        blocks.append(runs)
    return blocks


def _rows(
    both: _Both,
    matching: Matching,
    first_runs: Sequence[Sequence[Run]],
    second_runs: Sequence[Sequence[Run]],
) -> Iterator[Row]:
    """Yield the blocks of both sides in order, those that belong together beside each other."""
    there = _counterparts(both, matching.segments)

    def alone_first(i: int) -> Row:
        runs = tuple(first_runs[i])
        return Row(i, None, _fate_alone(runs, RowFate.CUT), runs, (), there[0].get(i))

    def alone_second(j: int) -> Row:
        runs = tuple(second_runs[j])
        return Row(None, j, _fate_alone(runs, RowFate.ADDED), (), runs, there[1].get(j))

    i = j = 0
    end = (len(first_runs), len(second_runs))
    for pair in (*matching.pairs, end):
        lefts = [alone_first(n) for n in range(i, pair[0])]
        rights = [alone_second(n) for n in range(j, pair[1])]
        yield from _gathered(lefts, rights, (i - 1, j - 1), pair)
        if pair != end:
            ours, theirs = tuple(first_runs[pair[0]]), tuple(second_runs[pair[1]])
            kept = all(run.fate is Fate.KEPT for run in (*ours, *theirs))
            yield Row(*pair, RowFate.SAME if kept else RowFate.EDITED, ours, theirs)
        i, j = pair[0] + 1, pair[1] + 1


def _gathered(
    lefts: list[Row], rights: list[Row], before: tuple[int, int], after: tuple[int, int]
) -> Iterator[Row]:
    """Yield blocks between two pairs: what was parted from a pair's block stands next to it."""
    for rows, other in ((lefts, before[1]), (rights, before[0])):
        while rows and rows[0].counterpart == other:
            yield rows.pop(0)
    tails: list[Row] = []
    for rows, other in ((lefts, after[1]), (rights, after[0])):
        cut = len(rows)
        while cut and rows[cut - 1].counterpart == other:
            cut -= 1
        tails += rows[cut:]
        del rows[cut:]
    yield from lefts
    yield from rights
    yield from tails


def _counterparts(
    both: _Both, segments: Sequence[Segment]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return for each block that shares words the block of the other side with most of them."""
    shared: Counter[tuple[int, int]] = Counter()
    for each in segments:
        pair = both.first_tokens.blocks[each.first], both.second_tokens.blocks[each.second]
        shared[pair] += each.words
    first: dict[int, int] = {}
    second: dict[int, int] = {}
    for (i, j), _ in shared.most_common():
        first.setdefault(i, j)
        second.setdefault(j, i)
    return first, second


def _fate_alone(runs: Sequence[Run], lone: RowFate) -> RowFate:
    """Return what became of a block that stands alone: most of what is left of it decides."""
    shared = [run for run in runs if run.other]
    if not shared:
        return lone
    moved = sum(run.end - run.start for run in shared if run.fate is Fate.MOVED)
    whole = sum(run.end - run.start for run in shared)
    return RowFate.MOVED if 2 * moved >= whole else RowFate.EDITED


def _side_of(spans: Sequence[Span], words: Tokens, runs: Sequence[Sequence[Run]]) -> Side:
    """Count a side's words by fate."""
    counts: Counter[Fate] = Counter()
    blocks = lone_blocks = lone_block_words = 0
    for number, span in enumerate(spans):
        if span.kind not in BODY:
            continue
        blocks += 1
        before = counts.total()
        at, end = words.firsts[number], words.firsts[number + 1]
        for run in runs[number]:
            while at < end and words.starts[at] < run.end:
                counts[run.fate] += _count(words.words[at])
                at += 1
        if all(run.other is None for run in runs[number]):
            lone_blocks += 1
            lone_block_words += counts.total() - before
    return Side(
        words=counts.total(),
        kept=counts[Fate.KEPT],
        respelled=counts[Fate.RESPELLED],
        moved=counts[Fate.MOVED],
        lone=counts[Fate.CUT] + counts[Fate.ADDED],
        blocks=blocks,
        lone_blocks=lone_blocks,
        lone_block_words=lone_block_words,
    )


def _count(word: str) -> int:
    """Return how many words a token is: a block that was compared as a whole is many."""
    return word_count(word) if " " in word else any(map(str.isalnum, word))
