"""Which span of one person answers to which of another: the same words, or words in common.

Nothing of it depends on who comes first, nor on the order of the spans: the number of pairs is the
most there can be.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

# Spans that share less than this of the longer one, in hundredths, have nothing to do with each
# other: as nervaluate has it of the one span, here it holds of both.
LEAST_SHARED = 1


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a span names: an entity and its folded names.

    One that was made in blind work is known to its maker alone, so two of them are the same if they
    have a name in common.
    """

    id: int
    kind: str = ""
    names: frozenset[str] = frozenset()
    is_blind: bool = False

    def is_same(self, other: "Named") -> bool:
        """Whether both are the same one."""
        if self.id == other.id:
            return True
        by_name = (self.is_blind or other.is_blind) and self.kind == other.kind
        return by_name and not self.names.isdisjoint(other.names)


@dataclass(frozen=True, slots=True)
class Span:
    """What someone tagged: code points of a text, ``end`` exclusive. ``id`` is the mention's."""

    start: int
    end: int
    kind: str
    named: Named | None = None
    id: int = 0

    @property
    def place(self) -> tuple[int, int]:
        """Its first code point and the one behind its last."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Paired:
    """Two people's spans: those that answer to each other, and those that stand alone."""

    pairs: Sequence[tuple[Span, Span]]
    first: Sequence[Span]
    second: Sequence[Span]


def by_place(first: Sequence[Span], second: Sequence[Span]) -> Paired:
    """Pair spans at the same words, of the same kind where there are such; then those that overlap.

    A span of one has at most one partner.
    """
    pairs: list[tuple[Span, Span]] = []
    for key, fits in (
        (lambda span: (*span.place, span.kind), _same_named),
        (lambda span: (*span.place, span.kind), _whatever),
        (lambda span: span.place, _whatever),
    ):
        found, first, second = _same(first, second, key, fits)
        pairs += found
    last, first, second = _overlapping(first, second)
    return Paired([*pairs, *last], first, second)


def by_kind(first: Sequence[Span], second: Sequence[Span]) -> Paired:
    """Pair spans of the same kind that overlap, those at the same words first; then any."""
    pairs: list[tuple[Span, Span]] = []
    left: list[Span] = []
    right: list[Span] = []
    for kind in sorted({span.kind for span in (*first, *second)}):
        mine = [span for span in first if span.kind == kind]
        theirs = [span for span in second if span.kind == kind]
        same, mine, theirs = _same(mine, theirs, lambda span: span.place, _whatever)
        more, mine, theirs = _overlapping(mine, theirs)
        pairs += [*same, *more]
        left += mine
        right += theirs
    others, left, right = _overlapping(left, right)
    return Paired([*pairs, *others], left, right)


type _Split = tuple[list[tuple[Span, Span]], list[Span], list[Span]]


def _same(
    first: Sequence[Span],
    second: Sequence[Span],
    key: Callable[[Span], Hashable],
    fits: Callable[[Span, Span], bool],
) -> _Split:
    waiting: dict[Hashable, list[Span]] = defaultdict(list)
    for span in second:
        waiting[key(span)].append(span)
    pairs, left = [], []
    for span in first:
        partners = waiting[key(span)]
        partner = next((each for each in partners if fits(span, each)), None)
        if partner is None:
            left.append(span)
        else:
            partners.remove(partner)
            pairs.append((span, partner))
    return pairs, left, [span for some in waiting.values() for span in some]


def _same_named(one: Span, other: Span) -> bool:
    return one.named is not None and other.named is not None and one.named.is_same(other.named)


def _whatever(_one: Span, _other: Span) -> bool:
    return True


def _overlapping(first: Sequence[Span], second: Sequence[Span]) -> _Split:
    """Pair spans that overlap so that there are as many pairs as can be."""
    first = sorted(first, key=_order)
    second = sorted(second, key=_order)
    near = [_near(span, second) for span in first]
    partner: dict[int, int] = {}

    def settle(number: int, tried: set[int]) -> bool:
        for other in near[number]:
            if other in tried:
                continue
            tried.add(other)
            if other not in partner or settle(partner[other], tried):
                partner[other] = number
                return True
        return False

    for number in range(len(first)):
        settle(number, set())
    paired = {number: other for other, number in partner.items()}
    return (
        [(first[number], second[paired[number]]) for number in sorted(paired)],
        [span for number, span in enumerate(first) if number not in paired],
        [span for number, span in enumerate(second) if number not in partner],
    )


def _near(span: Span, others: Sequence[Span]) -> list[int]:
    """Return the numbers of those that overlap a span, the one it shares most with first."""
    found = []
    for number, other in enumerate(others):
        if other.start >= span.end:
            break
        shared = min(span.end, other.end) - max(span.start, other.start)
        longer = max(span.end - span.start, other.end - other.start)
        if shared > 0 and shared * 100 >= longer * LEAST_SHARED:
            found.append((-shared, number))
    return [number for _, number in sorted(found)]


def _order(span: Span) -> tuple[int, int, str, int]:
    return span.start, span.end, span.kind, span.id
