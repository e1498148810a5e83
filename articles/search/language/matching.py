"""Which words of a text a query means: for marking hits and for the concordance.

It is also the yardstick of every engine: what an engine finds is what this says matches.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from articles.search.language.leaves import Leaves
from articles.search.language.lone import Lone
from articles.search.language.runs import (
    MAX_STEPS,
    Beside,
    Either,
    Found,
    Loose,
    Nearness,
    Run,
    Step,
    Words,
    apart,
    numbers_of,
    widest_runs,
)
from articles.search.language.tree import And, In, Near, Node, Not, Or, Phrase, Word
from articles.search.language.words import (
    fold,
    patterns_in,
    printed_words,
    stem,
    stems_of,
    words_in,
)


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Words of a text that a query means: places in code points, ``end`` exclusive."""

    start: int
    end: int


# Of more plain words than these, those that a text lacks are told all at once.
_FEW = 4


class Meaning:
    """What a query means in one part of texts in one language; quick for many texts."""

    __slots__ = ("_language", "_leaves", "_numbers", "_single", "_stems", "_steps", "_uses", "lone")

    def __init__(self, tree: Node, language: str | None, field: str | None = None) -> None:
        self._numbers: dict[Word, int] = {}
        self._single: set[int] = set()
        self._steps: list[Step] = []
        # Which steps use a word, by its number: the others need no look.
        self._uses: dict[int, list[int]] = {}
        for node in _wanted(tree, field):
            self._add(node)
        # Plain words are told by their stems; the others one by one.
        self._language = language
        self._stems: dict[str, Words] = {}
        others: dict[Word, int] = {}
        for word, number in self._numbers.items():
            if word.exact or word.fuzzy or word.is_pattern:
                others[word] = number
            else:
                stemmed = stem(fold(word.text), language)
                self._stems[stemmed] = (*self._stems.get(stemmed, ()), number)
        self._leaves = Leaves(others) if others else None
        # What finds the same as :meth:`runs`, where that can be had without reading every word.
        is_plain = not self._steps and not others
        self.lone = Lone.of(self._stems, language) if is_plain else None

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
            found |= widest_runs(self._steps[index], Found(at, positions))
        return apart(found)

    def _words_at(self, words: Sequence[str]) -> dict[int, Words]:
        """Return the query's words in a text by their positions, in order."""
        wanted, leaves = self._stems, self._leaves
        at: dict[int, Words] = {}
        if wanted:
            stems = list(map(stems_of(self._language).__getitem__, words))
            # By the list's own search: quicker than a look at every word, if there are few.
            for each in wanted.keys() if len(wanted) <= _FEW else wanted.keys() & set(stems):
                position = -1
                for _ in range(stems.count(each)):
                    position = stems.index(each, position + 1)
                    at[position] = wanted[each]
            if len(wanted) > 1:
                at = dict(sorted(at.items()))
        if leaves is None:
            return at
        for position, numbers in enumerate(map(leaves.__getitem__, words)):
            if numbers:
                at[position] = (*at.get(position, ()), *numbers)
        return dict(sorted(at.items())) if wanted else at

    def _add(self, node: Node) -> None:
        step = self._step(node)
        match step:
            case Beside((((number,),),)):
                self._single.add(number)
            case _:
                for number in numbers_of(step):
                    self._uses.setdefault(number, []).append(len(self._steps))
                self._steps.append(step)

    def _step(self, node: Node) -> Step:
        match node:
            case Word():
                return Beside(tuple((part,) for part in self._parts(node)))
            case Phrase(places, 0):
                return Beside(
                    tuple(tuple(self._compound(word) for word in place) for place in places)
                )
            case Phrase(places, slop):
                return self._loose(places, slop)
            case Near(left, right, distance, ordered):
                return Nearness(self._step(left), self._step(right), distance, ordered)
            case Or(children):
                return Either(tuple(self._step(child) for child in children))
            case _:
                return Either(())

    def _loose(self, places: Sequence[Sequence[Word]], slop: int) -> Step:
        if all(len(patterns_in(word.text)) == 1 for place in places for word in place):
            singles = [frozenset(self._compound(word)[0] for word in place) for place in places]
            return Loose(tuple(singles), slop)
        return Either(
            tuple(
                Loose(tuple(frozenset(part) for word in chosen for part in self._parts(word)), slop)
                for chosen in islice(product(*places), MAX_STEPS)
            )
        )

    def _parts(self, word: Word) -> Iterable[Words]:
        """Return a typed word as places: “follow-up” is two beside each other."""
        return [(number,) for number in self._compound(word)]

    def _compound(self, word: Word) -> Words:
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
