"""Which words of a text a query means: for marking hits and for the concordance.

It is also the yardstick of every engine: what an engine finds is what this says matches.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from articles.search.tree import And, In, Near, Node, Not, Or, Phrase, Word
from articles.search.words import fold, patterns_in, stem, words_in


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Words of a text that a query means: places in code points, ``end`` exclusive."""

    start: int
    end: int


@dataclass(slots=True)
class _Text:
    """A part of an article, its words folded and stemmed."""

    printed: list[str]
    folded: list[str]
    stems: list[str]
    places: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str, language: str | None) -> "_Text":
        found = list(words_in(text))
        folded = [fold(word.text) for word in found]
        return cls(
            [word.text for word in found],
            folded,
            [stem(word, language) for word in folded],
            [(word.start, word.end) for word in found],
        )


# Words from the first to the one after the last.
type _Run = tuple[int, int]


def hits(tree: Node, text: str, *, language: str | None, field: str | None = None) -> list[Hit]:
    """Return what a query means in one part of an article, in order, without overlaps.

    ``field`` is the part's name; what a query asks of other parts is no hit here, and nor is what
    it excludes. Everything that stands for a match is marked, whether the whole query matches or
    not.
    """
    words = _Text.of(text, language)
    runs = sorted({run for node in _wanted(tree, field) for run in _runs(node, words, language)})
    found: list[Hit] = []
    for first, last in runs:
        hit = Hit(words.places[first][0], words.places[last - 1][1])
        if found and hit.start < found[-1].end:
            found[-1] = Hit(found[-1].start, max(found[-1].end, hit.end))
        else:
            found.append(hit)
    return found


def matches(tree: Node, text: str, *, language: str | None) -> bool:
    """Whether a part of an article has what a positional node asks for."""
    return bool(_runs(tree, _Text.of(text, language), language))


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


def _runs(node: Node, words: _Text, language: str | None) -> set[_Run]:
    """Return the runs of words that a positional node means."""
    match node:
        case Word():
            return _phrase_runs(_word_places(node), 0, words, language)
        case Phrase(places, slop):
            choices = [_word_places(word) for place in places for word in place]
            if all(len(choice) == 1 for choice in choices):
                alternatives = [
                    [choice for w in place for choice in _word_places(w)[0]] for place in places
                ]
                return _phrase_runs([tuple(a) for a in alternatives], slop, words, language)
            return {
                run
                for chosen in product(*places)
                for run in _phrase_runs(
                    [place for word in chosen for place in _word_places(word)],
                    slop,
                    words,
                    language,
                )
            }
        case Near(left, right, distance, ordered):
            return _near_runs(
                _runs(left, words, language),
                _runs(right, words, language),
                distance,
                ordered=ordered,
            )
        case Or(children):
            return {run for child in children for run in _runs(child, words, language)}
        case _:
            return set()


def _word_places(word: Word) -> list[tuple[Word, ...]]:
    """Return a typed word as one word a place: “follow-up” is two beside each other."""
    return [(Word(part, word.exact, word.fuzzy),) for part in patterns_in(word.text)]


def _phrase_runs(
    places: Sequence[tuple[Word, ...]], slop: int, words: _Text, language: str | None
) -> set[_Run]:
    if not places:
        return set()
    at = [
        [
            position
            for position in range(len(words.printed))
            if any(_is(word, position, words, language) for word in place)
        ]
        for place in places
    ]
    if not slop:
        after = [set(positions) for positions in at]
        return {
            (first, first + len(places))
            for first in at[0]
            if all(first + offset in after[offset] for offset in range(len(places)))
        }
    return _loose_runs(at, slop)


def _loose_runs(at: Sequence[Sequence[int]], slop: int) -> set[_Run]:
    """Return the shortest runs that hold a word for each place, ``slop`` other words between."""
    found: set[_Run] = set()
    for first in sorted({position for positions in at for position in positions}):
        limit = first + len(at) + slop
        chosen: set[int] = set()
        if _choose(at, 0, first, limit, chosen) and first in chosen:
            found.add((first, max(chosen) + 1))
    return found


def _choose(
    at: Sequence[Sequence[int]], place: int, first: int, limit: int, chosen: set[int]
) -> bool:
    """Choose a word of its own for every place, from ``first`` on and before ``limit``."""
    if place == len(at):
        return first in chosen
    for position in at[place]:
        if first <= position < limit and position not in chosen:
            chosen.add(position)
            if _choose(at, place + 1, first, limit, chosen):
                return True
            chosen.remove(position)
    return False


def _near_runs(left: set[_Run], right: set[_Run], distance: int, *, ordered: bool) -> set[_Run]:
    found = set()
    for a, b in product(left, right):
        before = a[1] <= b[0] and b[0] - a[1] <= distance
        behind = not ordered and b[1] <= a[0] and a[0] - b[1] <= distance
        if before or behind:
            found.add((min(a[0], b[0]), max(a[1], b[1])))
    return found


def _is(word: Word, position: int, words: _Text, language: str | None) -> bool:
    if word.exact:
        return _pattern(word.text)(words.printed[position])
    wanted = fold(word.text)
    if word.is_pattern:
        return _pattern(wanted)(words.folded[position])
    if word.fuzzy:
        return _distance_within(wanted, words.folded[position], word.fuzzy)
    return stem(wanted, language) == words.stems[position]


@lru_cache(maxsize=10_000)
def _pattern(text: str) -> Callable[[str], bool]:
    parts = (r"\w*" if c == "*" else r"\w" if c == "?" else re.escape(c) for c in text)
    compiled = re.compile("".join(parts))
    return lambda word: compiled.fullmatch(word) is not None


def _distance_within(one: str, other: str, limit: int) -> bool:
    """Whether at most ``limit`` letters are added, left out, changed or swapped (Damerau)."""
    if abs(len(one) - len(other)) > limit:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        new = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        before, row = row, new
    return row[-1] <= limit
