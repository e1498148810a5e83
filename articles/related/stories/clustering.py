"""What belongs together: the nearest are joined first, by how alike all of both are. Pure.

Two groups are joined only if they are as alike as what each of them holds together: of two
earthquakes told in the same words, the articles of each are still more alike among themselves.
"""

import heapq
from collections.abc import Hashable, Iterable, Mapping, Sequence

# So much of the likeness within the looser of two groups must be between them. Both by measuring,
# see docs/decisions/0012-related-coverage.md.
_HOLDS = 0.85
# A group is thought to hold so many more pairs, just alike enough, so that two articles that are
# much alike don't keep off the third.
_PRIOR_PAIRS = 8


def gathered[Item: Hashable](
    items: Sequence[Item],
    likeness: Mapping[tuple[Item, Item], float],
    *,
    least: float,
    apart: Iterable[tuple[Item, Item]] = (),
    weights: Mapping[Item, int] | None = None,
    within: Mapping[Item, float] | None = None,
) -> list[list[Item]]:
    """Return groups of items, within which they are alike on average by at least ``least``.

    Groups that hang together more closely than by that are joined only if they are about as alike
    as the looser of them is within.

    ``likeness`` is between 0 and 1 for pairs in either order, 0 for those it does not have.
    ``apart`` are pairs that never come into one group. An item may stand for several
    (``weights``), that are alike by ``within`` on average. The groups are in the order of their
    first item, and so are items in each.
    """
    place = {item: number for number, item in enumerate(items)}
    size = [weights.get(item, 1) if weights else 1 for item in items]
    near: list[dict[int, float]] = [{} for _ in items]
    for (one, other), value in likeness.items():
        first, second = place.get(one), place.get(other)
        if first is not None and second is not None and first != second:
            total = value * size[first] * size[second]
            near[first][second] = near[second][first] = max(near[first].get(second, 0.0), total)
    barred: list[set[int]] = [set() for _ in items]
    for one, other in apart:
        first, second = place.get(one), place.get(other)
        if first is not None and second is not None:
            barred[first].add(second)
            barred[second].add(first)
    pairs = [number * (number - 1) // 2 for number in size]
    inner = [pairs[place[item]] * within.get(item, 0.0) if within else 0.0 for item in items]
    joining = _Joining(near, barred, size, inner, least)
    return [[items[number] for number in sorted(group)] for group in joining.groups()]


class _Joining:
    """Groups by number, that grow until none is left to join.

    ``near`` and ``inner`` hold sums of likeness: between groups, and within each.
    """

    def __init__(
        self,
        near: list[dict[int, float]],
        barred: list[set[int]],
        size: list[int],
        inner: list[float],
        least: float,
    ) -> None:
        self._near, self._barred, self._size, self._least = near, barred, size, least
        # Of each group the likeness of all its pairs.
        self._inner = inner
        self._groups = {number: [number] for number in range(len(near))}
        # So alike another must be to what is within.
        self._bars = [_HOLDS * self._within(number) for number in range(len(near))]
        # What waits of a group that has changed since is out of date.
        self._changes = [0] * len(near)
        self._waiting: list[tuple[float, int, int, int, int]] = []

    def groups(self) -> list[list[int]]:
        """Join what is nearest as long as anything is near enough; return the groups in order."""
        for first, others in enumerate(self._near):
            for second in others:
                if first < second:
                    self._note(first, second)
        while self._waiting:
            _, first, second, was_first, was_second = heapq.heappop(self._waiting)
            if (self._changes[first], self._changes[second]) == (was_first, was_second):
                self._join(first, second)
        return sorted((sorted(group) for group in self._groups.values()), key=min)

    def _note(self, first: int, second: int) -> None:
        mean = self._near[first][second] / (self._size[first] * self._size[second])
        if mean < self._least or second in self._barred[first]:
            return
        if mean >= min(self._bars[first], self._bars[second]):
            one, other = sorted((first, second))
            changes = self._changes[one], self._changes[other]
            heapq.heappush(self._waiting, (-mean, one, other, *changes))

    def _within(self, group: int) -> float:
        """Return how alike a group is within; of one item just so that another may be joined."""
        size = self._size[group]
        prior = _PRIOR_PAIRS * self._least / _HOLDS
        return (self._inner[group] + prior) / (size * (size - 1) / 2 + _PRIOR_PAIRS)

    def _join(self, first: int, second: int) -> None:
        """Make the second a part of the first."""
        near, barred = self._near, self._barred
        self._groups[first] += self._groups.pop(second)
        self._inner[first] += self._inner[second] + near[first][second]
        self._size[first] += self._size[second]
        self._bars[first] = _HOLDS * self._within(first)
        self._changes[first] += 1
        self._changes[second] = -1
        for other, total in near[second].items():
            del near[other][second]
            if other != first:
                near[first][other] = near[other][first] = near[first].get(other, 0.0) + total
        near[second] = {}
        for other in barred[second]:
            barred[other].add(first)
            barred[first].add(other)
        for other in near[first]:
            self._note(first, other)
