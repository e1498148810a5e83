"""Where the words that a query asks for stand together in a text: runs of words.

A query's words have numbers here; its phrases and nearnesses are steps over those. Pure.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# Orders of words that are tried at one place of a text. No engine answers what needs as many.
MAX_STEPS = 2_000

# Words from the first to the one after the last.
type Run = tuple[int, int]
# Numbers of a query's words that follow each other, and several such for one place of a phrase.
type Words = tuple[int, ...]
type Place = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Places one after the other."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Loose:
    """Places of single words in any order, with ``slop`` other words between."""

    places: tuple[frozenset[int], ...]
    slop: int


@dataclass(frozen=True, slots=True)
class Nearness:
    """Two steps with at most ``distance`` words between; ``ordered``: the left one first."""

    left: "Step"
    right: "Step"
    distance: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class Either:
    """What any of some steps means."""

    steps: "tuple[Step, ...]"


type Step = Beside | Loose | Nearness | Either


@dataclass(frozen=True, slots=True)
class Found:
    """The query's words in a text: those at a position, and the positions of each."""

    at: Mapping[int, Words]
    positions: Mapping[int, Sequence[int]]


def numbers_of(step: Step) -> set[int]:
    """Return the numbers of the query's words that a step uses."""
    match step:
        case Beside(places):
            return {number for place in places for words in place for number in words}
        case Loose(places):
            return {number for place in places for number in place}
        case Nearness(left, right):
            return numbers_of(left) | numbers_of(right)
        case Either(steps):
            return {number for each in steps for number in numbers_of(each)}


def apart(found: Iterable[Run]) -> list[Run]:
    """Return runs in order, those that overlap as one."""
    apart: list[Run] = []
    for first, last in sorted(found):
        if apart and first < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], last))
        else:
            apart.append((first, last))
    return apart


def widest_runs(step: Step, found: Found) -> set[Run]:
    """Return runs that cover what all runs of a step do: of those from one word on, the longest."""
    match step:
        case Nearness(left, right, distance, ordered):
            one, other = _runs(left, found), _runs(right, found)
            widest = _widest(one, other, distance)
            return widest if ordered else widest | _widest(other, one, distance)
        case Either(steps):
            return {run for each in steps for run in widest_runs(each, found)}
        case _:
            return _runs(step, found)


def _runs(step: Step, found: Found) -> set[Run]:
    """Return the runs of words that a step means."""
    match step:
        case Beside(places):
            return _sequence_runs(places, found)
        case Loose(places, slop):
            return _loose_runs(places, slop, found)
        case Nearness(left, right, distance, ordered):
            return _near_runs(_runs(left, found), _runs(right, found), distance, ordered=ordered)
        case Either(steps):
            return {run for each in steps for run in _runs(each, found)}


def _sequence_runs(places: Sequence[Place], found: Found) -> set[Run]:
    begun = {position for words in places[0] for position in found.positions.get(words[0], ())}
    reached = {(position, position) for position in begun}
    for place in places:
        reached = {
            (first, here + len(words))
            for first, here in reached
            for words in place
            if _stand_at(words, here, found.at)
        }
    return reached


def _stand_at(words: Words, here: int, at: Mapping[int, Words]) -> bool:
    return all(number in at.get(here + offset, ()) for offset, number in enumerate(words))


def _loose_runs(places: Sequence[frozenset[int]], slop: int, found: Found) -> set[Run]:
    """Return the shortest runs that hold a word for each place, ``slop`` other words between."""
    at = [
        sorted({position for number in place for position in found.positions.get(number, ())})
        for place in places
    ]
    if not all(at):
        return set()
    runs: set[Run] = set()
    for first in sorted({position for positions in at for position in positions}):
        limit = first + len(at) + slop
        near = [
            positions[bisect_left(positions, first) : bisect_left(positions, limit)]
            for positions in at
        ]
        chosen = _chosen(near, first) if all(near) else ()
        if chosen:
            runs.add((first, max(chosen) + 1))
    return runs


def _chosen(near: Sequence[Sequence[int]], first: int) -> Sequence[int]:
    """Choose a word of its own for every place, ``first`` among them; nothing if there is none."""
    waiting: list[tuple[int, ...]] = [()]
    for _ in range(MAX_STEPS):
        if not waiting:
            break
        chosen = waiting.pop()
        if len(chosen) == len(near):
            if first in chosen:
                return chosen
            continue
        waiting += [
            (*chosen, position)
            for position in reversed(near[len(chosen)])
            if position not in chosen
        ]
    return ()


def _near_runs(left: set[Run], right: set[Run], distance: int, *, ordered: bool) -> set[Run]:
    found = _ordered_runs(left, right, distance)
    return found if ordered else found | _ordered_runs(right, left, distance)


def _ordered_runs(left: set[Run], right: set[Run], distance: int) -> set[Run]:
    after = sorted(right)
    starts = [first for first, _ in after]
    return {
        (first, end)
        for first, last in left
        for _, end in after[bisect_left(starts, last) : bisect_right(starts, last + distance)]
    }


def _widest(left: set[Run], right: set[Run], distance: int) -> set[Run]:
    after = sorted(right)
    starts, ends = [first for first, _ in after], [last for _, last in after]
    found = (
        (first, ends[bisect_left(starts, last) : bisect_right(starts, last + distance)])
        for first, last in left
    )
    return {(first, max(near)) for first, near in found if near}
