"""Single words that two stretches have in common, between passages that they share. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq

from articles.related.comparing.comparison_passages import Segment
from articles.related.comparing.comparison_words import Tokens

# Pairs of words in two stretches: up to the first, matched as one reads; up to the second, by the
# longest common subsequence, whose work is done 64 words at a time; beyond, not at all.
_MOST_READ = 40_000
_MOST_PAIRS = 60_000_000
# Pairs of words in all stretches of one comparison.
_MOST_IN_ALL = 300_000_000
_MOST_READ_IN_ALL = 4_000_000
# Kept words between changes are chance where the changes are so many times as long.
_CHANCE = 2.5
_JOINTS = str.maketrans("", "", "-'")
# Words of a change in which spellings that join or part words are looked for.
_MOST_JOINED = 40

type _Opcode = tuple[str, int, int, int, int]


@dataclass(slots=True)
class Budget:
    """How much work is left for one comparison, in pairs of words; ``is_spent`` says it was cut."""

    left: int = _MOST_IN_ALL
    left_to_read: int = _MOST_READ_IN_ALL
    is_spent: bool = False


def between(
    first: Tokens, second: Tokens, i: Sequence[int], j: Sequence[int], budget: Budget
) -> Iterator[Segment]:
    """Yield what two stretches share; ``i`` and ``j`` are numbers of words, rising."""
    if not i or not j:
        return
    a, b = [first.keys[n] for n in i], [second.keys[n] for n in j]
    for tag, a_from, a_to, b_from, b_to in _without_chance(_opcodes(a, b, budget), a, b):
        if tag == "equal":
            yield from _in_one_piece(i[a_from:a_to], j[b_from:b_to])
        elif tag == "replace" and max(a_to - a_from, b_to - b_from) <= _MOST_JOINED:
            yield from _joined_otherwise(a, b, i, j, (a_from, a_to, b_from, b_to))


def _opcodes(a: list[str], b: list[str], budget: Budget) -> list[_Opcode]:
    """Return how to get from ``a`` to ``b``. What both begin and end with costs no budget."""
    head = _alike(a, b)
    tail = _alike(a[head:][::-1], b[head:][::-1])
    a_end, b_end = len(a) - tail, len(b) - tail
    inner = _inner_opcodes(a[head:a_end], b[head:b_end], budget)
    found = [("equal", 0, head, 0, head)] if head else []
    found += [(tag, i + head, k + head, j + head, n + head) for tag, i, k, j, n in inner]
    return found + ([("equal", a_end, len(a), b_end, len(b))] if tail else [])


def _alike(a: Sequence[str], b: Sequence[str]) -> int:
    """Return how many words two stretches begin with alike."""
    most = min(len(a), len(b))
    return next((n for n in range(most) if a[n] != b[n]), most)


def _inner_opcodes(a: list[str], b: list[str], budget: Budget) -> list[_Opcode]:
    if not a or not b:
        return [("replace", 0, len(a), 0, len(b))] if a or b else []
    pairs = len(a) * len(b)
    if pairs <= _MOST_READ and pairs <= budget.left_to_read:
        budget.left_to_read -= pairs
        return list(SequenceMatcher(None, a, b, autojunk=False).get_opcodes())
    if pairs <= _MOST_PAIRS and pairs <= budget.left:
        budget.left -= pairs
        found = LCSseq.opcodes(a, b)
        return _as_replaced(
            [
                (each.tag, each.src_start, each.src_end, each.dest_start, each.dest_end)
                for each in found
            ]
        )
    budget.is_spent = True
    return [("replace", 0, len(a), 0, len(b))]


def _as_replaced(opcodes: Sequence[_Opcode]) -> list[_Opcode]:
    """Return opcodes with what is cut and added between two equal stretches as one."""
    joined: list[_Opcode] = []
    for code in opcodes:
        if joined and code[0] != "equal" and joined[-1][0] != "equal":
            _, a_from, _, b_from, _ = joined.pop()
            joined.append(("replace", a_from, code[2], b_from, code[4]))
        else:
            joined.append(code)
    return joined


def _without_chance(opcodes: list[_Opcode], a: Sequence[str], b: Sequence[str]) -> list[_Opcode]:
    """Return opcodes in which a word or two kept between long changes count as changed.

    "The" in two sentences that have nothing else in common was not kept.
    """

    def size(code: _Opcode) -> int:
        return max(sum(map(len, a[code[1] : code[2]])), sum(map(len, b[code[3] : code[4]])))

    kept: list[_Opcode] = []
    sizes: list[int] = []
    for code in opcodes:
        kept.append(code)
        sizes.append(size(code))
        while (
            len(kept) > 2
            and kept[-1][0] != "equal"
            and kept[-2][0] == "equal"
            and kept[-3][0] != "equal"
            and min(sizes[-1], sizes[-3]) > _CHANCE * sizes[-2]
        ):
            _, a_from, _, b_from, _ = kept[-3]
            whole: _Opcode = ("replace", a_from, kept[-1][2], b_from, kept[-1][4])
            kept[-3:], sizes[-3:] = [whole], [size(whole)]
    return kept


def _in_one_piece(i: Sequence[int], j: Sequence[int]) -> Iterator[Segment]:
    """Yield matched words as segments: numbers follow each other on both sides within one."""
    start = 0
    for at in range(1, len(i) + 1):
        if at == len(i) or i[at] != i[at - 1] + 1 or j[at] != j[at - 1] + 1:
            yield Segment(i[start], j[start], i[at - 1] + 1, j[at - 1] + 1)
            start = at


def _joined_otherwise(
    a: Sequence[str],
    b: Sequence[str],
    i: Sequence[int],
    j: Sequence[int],
    changed: tuple[int, int, int, int],
) -> Iterator[Segment]:
    """Yield words of a change that differ by a hyphen or a space: web site, website."""
    start, a_to, at, b_to = changed
    while start < a_to:
        words = 1
        for a_words, b_words in ((1, 2), (2, 1), (1, 1), (1, 3), (3, 1)):
            end = start + a_words
            if end > a_to or i[end - 1] - i[start] != a_words - 1:
                continue
            joined = "".join(a[start:end]).translate(_JOINTS)
            place = _place(b, j, joined, (at, b_to, b_words))
            if place is not None:
                yield Segment(i[start], j[place], i[end - 1] + 1, j[place + b_words - 1] + 1)
                at, words = place + b_words, a_words
                break
        start += words


def _place(
    b: Sequence[str], j: Sequence[int], joined: str, among: tuple[int, int, int]
) -> int | None:
    """Return where words of the second side, joined, are the same letters."""
    start, stop, words = among
    for place in range(start, stop - words + 1):
        if j[place + words - 1] - j[place] != words - 1:
            continue
        if "".join(b[place : place + words]).translate(_JOINTS) == joined:
            return place
    return None
