"""Positional queries as plain patterns of places: which words stand how far from each other.

Tantivy knows phrases whose words stand at given distances. A nearness is therefore spelled out as
the phrases that it allows, up to a bound; two single words in any order are the one case that the
engine's own slop answers exactly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from articles.search.language.errors import QueryError
from articles.search.language.tree import Near, Node, Or, Phrase, Word
from articles.search.language.words import patterns_in

MAX_PATTERNS = 600

type Place = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words at offsets from the first; each place holds one of several. ``length`` in words."""

    places: tuple[tuple[int, Place], ...]
    length: int

    def after(self, offset: int) -> "Pattern":
        """Return the same, ``offset`` words later."""
        moved = tuple((at + offset, place) for at, place in self.places)
        return Pattern(moved, self.length + offset)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two places in any order with at most ``distance`` words between."""

    one: Place
    other: Place
    distance: int


def patterns(node: Node) -> list[Pattern | Pair]:
    """Return what a positional node allows; raise QueryError if that is too much to spell out."""
    if isinstance(node, Near) and not node.ordered:
        one, other = _single(node.left), _single(node.right)
        if one and other:
            return [Pair(one, other, node.distance)]
    if isinstance(node, Phrase) and node.slop and len(_places(node)) == 2:
        one, other = _places(node)
        return [Pair(one, other, node.slop)]
    found: list[Pattern | Pair] = []
    for pattern in _patterns(node):
        found.append(pattern)
        if len(found) > MAX_PATTERNS:
            raise QueryError(
                "These words are too loosely joined to be looked up. Ask for fewer of them near "
                "each other, or for less distance.",
                position=0,
            )
    return found


def _single(node: Node) -> Place:
    """Return what a node may be if it is one word at one place."""
    match node:
        case Word():
            parts = patterns_in(node.text)
            return (_part(node, parts[0]),) if len(parts) == 1 else ()
        case Phrase((place,), _):
            singles = [_single(word) for word in place]
            return tuple(w for single in singles for w in single) if all(singles) else ()
        case Or(children):
            singles = [_single(child) for child in children]
            return tuple(w for single in singles for w in single) if all(singles) else ()
        case _:
            return ()


def _part(word: Word, text: str) -> Word:
    return Word(text, word.exact, word.fuzzy)


def _places(phrase: Phrase) -> list[Place]:
    """Return a phrase's places; a word such as “follow-up” fills two if it stands alone at one."""
    found: list[Place] = []
    for place in phrase.places:
        single = _single(Phrase((place,)))
        if single:
            found.append(single)
        else:
            found.extend((_part(place[0], part),) for part in patterns_in(place[0].text))
    return found


def _patterns(node: Node) -> Iterator[Pattern]:
    match node:
        case Word():
            parts = patterns_in(node.text)
            places = tuple((at, (_part(node, part),)) for at, part in enumerate(parts))
            if places:
                yield Pattern(places, len(places))
        case Phrase():
            yield from _of_phrase(node)
        case Or(children):
            for child in children:
                yield from _patterns(child)
        case Near():
            yield from _of_near(node)
        case _:
            return


def _of_phrase(phrase: Phrase) -> Iterator[Pattern]:
    for chosen in _without_compounds(phrase):
        places = _places(chosen)
        if not places:
            continue
        if not phrase.slop:
            yield Pattern(tuple(enumerate(places)), len(places))
        else:
            yield from _loose(places, phrase.slop)


def _without_compounds(phrase: Phrase) -> Iterator[Phrase]:
    """Yield phrases in which a word of several parts has its place for itself."""
    for index, place in enumerate(phrase.places):
        if len(place) > 1 and any(len(patterns_in(word.text)) > 1 for word in place):
            for word in place:
                before, after = phrase.places[:index], phrase.places[index + 1 :]
                yield from _without_compounds(Phrase((*before, (word,), *after), phrase.slop))
            return
    yield phrase


def _loose(places: Sequence[Place], slop: int) -> Iterator[Pattern]:
    """Yield every order and spacing of words with at most ``slop`` others between them."""
    many = len(places)
    for span in range(many, many + slop + 1):
        for inner in combinations(range(1, span - 1), many - 2):
            offsets = (0, *inner, span - 1)
            for order in permutations(places):
                yield Pattern(tuple(zip(offsets, order, strict=True)), span)


def _of_near(near: Near) -> Iterator[Pattern]:
    for left in _patterns(near.left):
        for right in _patterns(near.right):
            for gap in range(near.distance + 1):
                yield _joined(left, right, gap)
                if not near.ordered:
                    yield _joined(right, left, gap)


def _joined(first: Pattern, second: Pattern, gap: int) -> Pattern:
    moved = second.after(first.length + gap)
    return Pattern((*first.places, *moved.places), moved.length)
