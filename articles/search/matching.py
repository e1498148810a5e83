"""Which words of a text a query means: for marking hits and for the concordance.

It is also the yardstick of every engine: what an engine finds is what this says matches.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from articles.search.leaves import Leaves
from articles.search.tree import And, In, Near, Node, Not, Or, Phrase, Word
from articles.search.words import fold, patterns_in, printed_words, stem, stems_of, words_in


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Words of a text that a query means: places in code points, ``end`` exclusive."""

    start: int
    end: int


# Orders of words that are tried at one place of a text. No engine answers what needs as many.
MAX_STEPS = 2_000

# Words from the first to the one after the last.
type Run = tuple[int, int]
# Numbers of a query's words that follow each other, and several such for one place of a phrase.
type _Words = tuple[int, ...]
type _Place = tuple[_Words, ...]


@dataclass(frozen=True, slots=True)
class _Sequence:
    """Places one after the other."""

    places: tuple[_Place, ...]


@dataclass(frozen=True, slots=True)
class _Loose:
    """Places of single words in any order, with ``slop`` other words between."""

    places: tuple[frozenset[int], ...]
    slop: int


@dataclass(frozen=True, slots=True)
class _Nearness:
    left: "_Step"
    right: "_Step"
    distance: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class _Either:
    steps: "tuple[_Step, ...]"


type _Step = _Sequence | _Loose | _Nearness | _Either


@dataclass(frozen=True, slots=True)
class _Found:
    """The query's words in a text: those at a position, and the positions of each."""

    at: Mapping[int, _Words]
    positions: Mapping[int, Sequence[int]]


class Meaning:
    """What a query means in one part of texts in one language; quick for many texts."""

    __slots__ = ("_language", "_leaves", "_numbers", "_single", "_stems", "_steps", "_uses")

    def __init__(self, tree: Node, language: str | None, field: str | None = None) -> None:
        self._numbers: dict[Word, int] = {}
        self._single: set[int] = set()
        self._steps: list[_Step] = []
        # Which steps use a word, by its number: the others need no look.
        self._uses: dict[int, list[int]] = {}
        for node in _wanted(tree, field):
            self._add(node)
        # Plain words are told by their stems; the others one by one.
        self._language = language
        self._stems: dict[str, _Words] = {}
        others: dict[Word, int] = {}
        for word, number in self._numbers.items():
            if word.exact or word.fuzzy or word.is_pattern:
                others[word] = number
            else:
                stemmed = stem(fold(word.text), language)
                self._stems[stemmed] = (*self._stems.get(stemmed, ()), number)
        self._leaves = Leaves(others) if others else None

    @property
    def is_empty(self) -> bool:
        """Whether it asks nothing of this part, so that there are no hits in any text."""
        return not self._numbers

    def runs(self, words: Sequence[str]) -> list[Run]:
        """Return the runs of a text's words that are hits, in order; those that overlap as one."""
        at = self._words_at(words)
        if not at:
            return []
        if not self._steps:
            # Single words never overlap.
            return [(position, position + 1) for position in at]
        positions: dict[int, list[int]] = {}
        for position, numbers in at.items():
            for number in numbers:
                positions.setdefault(number, []).append(position)
        found = {
            (position, position + 1)
            for number in self._single.intersection(positions)
            for position in positions[number]
        }
        for index in {index for number in positions for index in self._uses.get(number, ())}:
            found |= _widest_runs(self._steps[index], _Found(at, positions))
        return _apart(found)

    def _words_at(self, words: Sequence[str]) -> dict[int, _Words]:
        """Return the query's words in a text by their positions, in order."""
        wanted, leaves = self._stems, self._leaves
        stems = map(stems_of(self._language).__getitem__, words) if wanted else ()
        at = {position: wanted[each] for position, each in enumerate(stems) if each in wanted}
        if leaves is None:
            return at
        for position, numbers in enumerate(map(leaves.__getitem__, words)):
            if numbers:
                at[position] = (*at.get(position, ()), *numbers)
        return dict(sorted(at.items())) if wanted else at

    def _add(self, node: Node) -> None:
        step = self._step(node)
        match step:
            case _Sequence((((number,),),)):
                self._single.add(number)
            case _:
                for number in _numbers(step):
                    self._uses.setdefault(number, []).append(len(self._steps))
                self._steps.append(step)

    def _step(self, node: Node) -> _Step:
        match node:
            case Word():
                return _Sequence(tuple((part,) for part in self._parts(node)))
            case Phrase(places, 0):
                return _Sequence(
                    tuple(tuple(self._compound(word) for word in place) for place in places)
                )
            case Phrase(places, slop):
                return self._loose(places, slop)
            case Near(left, right, distance, ordered):
                return _Nearness(self._step(left), self._step(right), distance, ordered)
            case Or(children):
                return _Either(tuple(self._step(child) for child in children))
            case _:
                return _Either(())

    def _loose(self, places: Sequence[Sequence[Word]], slop: int) -> _Step:
        if all(len(patterns_in(word.text)) == 1 for place in places for word in place):
            singles = [frozenset(self._compound(word)[0] for word in place) for place in places]
            return _Loose(tuple(singles), slop)
        return _Either(
            tuple(
                _Loose(
                    tuple(frozenset(part) for word in chosen for part in self._parts(word)), slop
                )
                for chosen in islice(product(*places), MAX_STEPS)
            )
        )

    def _parts(self, word: Word) -> Iterable[_Words]:
        """Return a typed word as places: “follow-up” is two beside each other."""
        return [(number,) for number in self._compound(word)]

    def _compound(self, word: Word) -> _Words:
        return tuple(
            self._numbers.setdefault(Word(part, word.exact, word.fuzzy), len(self._numbers))
            for part in patterns_in(word.text)
        )


def hits(tree: Node, text: str, *, language: str | None, field: str | None = None) -> list[Hit]:
    """Return what a query means in one part of an article, in order, without overlaps.

    ``field`` is the part's name; what a query asks of other parts is no hit here, and nor is what
    it excludes. Everything that stands for a match is marked, whether the whole query matches or
    not.
    """
    words = list(words_in(text))
    return [
        Hit(words[first].start(), words[last - 1].end())
        for first, last in meaning(tree, language, field).runs([word[0] for word in words])
    ]


def matches(tree: Node, text: str, *, language: str | None) -> bool:
    """Whether a part of an article has what a positional node asks for."""
    return bool(meaning(tree, language, None).runs(printed_words(text)))


@lru_cache(maxsize=32)
def meaning(tree: Node, language: str | None, field: str | None) -> Meaning:
    """Return what a query means in one part of texts in one language; made once and kept."""
    return Meaning(tree, language, field)


def _wanted(tree: Node, field: str | None) -> Iterable[Node]:
    match tree:
        case And(children) | Or(children):
            for child in children:
                yield from _wanted(child, field)
        case In(name, child):
            if name == field:
                yield from _wanted(child, field)
        case Word() | Phrase() | Near():
            yield tree
        case Not() | _:
            return


def _numbers(step: _Step) -> set[int]:
    """Return the numbers of the query's words that a step uses."""
    match step:
        case _Sequence(places):
            return {number for place in places for words in place for number in words}
        case _Loose(places):
            return {number for place in places for number in place}
        case _Nearness(left, right):
            return _numbers(left) | _numbers(right)
        case _Either(steps):
            return {number for each in steps for number in _numbers(each)}


def _apart(found: Iterable[Run]) -> list[Run]:
    """Return runs in order, those that overlap as one."""
    apart: list[Run] = []
    for first, last in sorted(found):
        if apart and first < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], last))
        else:
            apart.append((first, last))
    return apart


def _widest_runs(step: _Step, found: _Found) -> set[Run]:
    """Return runs that cover what all runs of a step do: of those from one word on, the longest."""
    match step:
        case _Nearness(left, right, distance, ordered):
            one, other = _runs(left, found), _runs(right, found)
            widest = _widest(one, other, distance)
            return widest if ordered else widest | _widest(other, one, distance)
        case _Either(steps):
            return {run for each in steps for run in _widest_runs(each, found)}
        case _:
            return _runs(step, found)


def _runs(step: _Step, found: _Found) -> set[Run]:
    """Return the runs of words that a step means."""
    match step:
        case _Sequence(places):
            return _sequence_runs(places, found)
        case _Loose(places, slop):
            return _loose_runs(places, slop, found)
        case _Nearness(left, right, distance, ordered):
            return _near_runs(_runs(left, found), _runs(right, found), distance, ordered=ordered)
        case _Either(steps):
            return {run for each in steps for run in _runs(each, found)}


def _sequence_runs(places: Sequence[_Place], found: _Found) -> set[Run]:
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


def _stand_at(words: _Words, here: int, at: Mapping[int, _Words]) -> bool:
    return all(number in at.get(here + offset, ()) for offset, number in enumerate(words))


def _loose_runs(places: Sequence[frozenset[int]], slop: int, found: _Found) -> set[Run]:
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
