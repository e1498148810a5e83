"""What changed between two texts: blocks paired, then words within each pair. Pure.

Work is bounded: what is too long to compare word by word is shown as cut and added whole.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from articles.text import Block, BlockKind, word_count


class Change(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    CUT = "cut"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words that had the same fate."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the later text, or one that was cut; ``runs`` in reading order."""

    kind: BlockKind
    runs: tuple[Run, ...]

    @property
    def is_kept(self) -> bool:
        """Whether nothing changed in it."""
        return all(run.change is Change.KEPT for run in self.runs)

    @property
    def is_cut(self) -> bool:
        """Whether all of it was cut."""
        return all(run.change is Change.CUT for run in self.runs)

    @property
    def is_added(self) -> bool:
        """Whether all of it is new."""
        return all(run.change is Change.ADDED for run in self.runs)


@dataclass(frozen=True, slots=True)
class Summary:
    """How much changed, in passages (blocks of any kind) and words."""

    changed: int
    added: int
    cut: int
    words_added: int
    words_cut: int

    @property
    def is_nothing(self) -> bool:
        """Whether both texts are the same."""
        return not (self.changed or self.added or self.cut)


# A pair shares at least this part of its words; less is another paragraph.
_ALIKE = 0.35
# A text has one of each: they are each other's counterpart, however much they were rewritten.
_ONE_OF_A_KIND = frozenset({BlockKind.HEADLINE, BlockKind.STANDFIRST})
_WORDS = re.compile(r"\w+(?:['’‑-]\w+)*")
_TOKENS = re.compile(r"\w+(?:['’‑-]\w+)*|\s+|[^\w\s]")
# Pairs of blocks, and pairs of words, that are compared at most.
_MOST_BLOCK_PAIRS = 40_000
_MOST_WORD_PAIRS = 4_000_000


def changes(before: Sequence[Block], after: Sequence[Block]) -> list[Passage]:
    """Return the later text's blocks in order, with what was cut at the place where it stood."""
    passages: list[Passage] = []
    # In a very long text, blocks that recur all over are not worth quadratic work.
    many = len(before) * len(after) > _MOST_WORD_PAIRS
    matcher = SequenceMatcher(None, before, after, autojunk=many)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            passages += [_whole(block, Change.KEPT) for block in before[i:i_end]]
        else:
            passages += _between(before[i:i_end], after[j:j_end])
    return passages


def summary(passages: Iterable[Passage]) -> Summary:
    """Return how much changed."""
    changed = added = cut = words_added = words_cut = 0
    for passage in passages:
        if passage.is_kept:
            continue
        added += passage.is_added
        cut += passage.is_cut
        changed += not (passage.is_added or passage.is_cut)
        words_added += _words(passage, Change.ADDED)
        words_cut += _words(passage, Change.CUT)
    return Summary(changed, added, cut, words_added, words_cut)


def _words(passage: Passage, change: Change) -> int:
    return sum(word_count(run.text) for run in passage.runs if run.change is change)


def _whole(block: Block, change: Change) -> Passage:
    return Passage(block.kind, (Run(change, block.text),))


def _between(before: Sequence[Block], after: Sequence[Block]) -> list[Passage]:
    """Pair blocks that are alike, in order; what has no partner was cut or added."""
    passages: list[Passage] = []
    i = j = 0
    for left, right in [*_pairs(before, after), (len(before), len(after))]:
        passages += [_whole(block, Change.CUT) for block in before[i:left]]
        passages += [_whole(block, Change.ADDED) for block in after[j:right]]
        if left < len(before) and right < len(after):
            passages.append(_reworded(before[left], after[right]))
        i, j = left + 1, right + 1
    return passages


def _pairs(before: Sequence[Block], after: Sequence[Block]) -> list[tuple[int, int]]:
    """Return the increasing pairs of indices whose blocks are most alike in sum."""
    if len(before) * len(after) > _MOST_BLOCK_PAIRS:
        return []
    left = [_words_of(block) for block in before]
    right = [_words_of(block) for block in after]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            likeness = _likeness(left[i], right[j])
            if before[i].kind is after[j].kind and after[j].kind in _ONE_OF_A_KIND:
                likeness = max(likeness, _ALIKE)
            paired = likeness + best[i + 1][j + 1] if likeness >= _ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs = []
    i = j = 0
    while i < len(before) and j < len(after):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _words_of(block: Block) -> frozenset[str]:
    return frozenset(_WORDS.findall(block.text.casefold()))


def _likeness(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the shared part of the shorter one's words, discounted where lengths differ much."""
    if not left or not right:
        return 0.0
    shared = len(left & right)
    return (shared / min(len(left), len(right)) + shared / max(len(left), len(right))) / 2


def _reworded(before: Block, after: Block) -> Passage:
    """Compare a pair word by word, or as wholes where that is too long or would be confetti."""
    left, right = _TOKENS.findall(before.text), _TOKENS.findall(after.text)
    if len(left) * len(right) > _MOST_WORD_PAIRS or _likeness(
        _words_of(before), _words_of(after)
    ) < (_ALIKE):
        return Passage(after.kind, (Run(Change.CUT, before.text), Run(Change.ADDED, after.text)))
    runs: list[Run] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Run(Change.KEPT, "".join(left[i:i_end])))
            continue
        if i < i_end:
            runs.append(Run(Change.CUT, "".join(left[i:i_end])))
        if j < j_end:
            runs.append(Run(Change.ADDED, "".join(right[j:j_end])))
    return Passage(after.kind, tuple(_joined(runs)))


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Join runs of cut and of added words that only white space keeps apart."""
    joined: list[Run] = []
    cut = added = ""

    def flush() -> None:
        nonlocal cut, added
        joined.extend(
            Run(change, text) for change, text in ((Change.CUT, cut), (Change.ADDED, added)) if text
        )
        cut = added = ""

    for index, run in enumerate(runs):
        if run.change is Change.CUT:
            cut += run.text
        elif run.change is Change.ADDED:
            added += run.text
        elif run.text.isspace() and cut and added and index + 1 < len(runs):
            cut += run.text
            added += run.text
        else:
            flush()
            joined.append(run)
    flush()
    return joined
