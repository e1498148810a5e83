"""Printed names that may be one person's."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from articles.curation.likeness.given_names import same_name
from articles.curation.likeness.pairs import Likeness, Pair, Pairs, blocks, pairs_in
from articles.curation.likeness.spelling import SHORTEST_SLIP, deletions, is_slip, skeleton
from articles.models.folding import fold
from articles.reading.wordlist import word_set

_TITLES = word_set("dr prof professor sir dame lord lady mr mrs ms rev fr sgt capt gen lt col")
_GENERATIONS = word_set("jr sr ii iii iv junior senior")
_PARTICLES = word_set(
    "de del della di da do dos das du des la le van von der den ter ten zu zur al el bin ibn ben "
    "af av mac mc san st o d"
)
# Run together, as in JR Smith.
_MOST_INITIALS = 3
_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True)
class _Name:
    key: int
    # Given names and initials, then the family name with what belongs to it.
    given: tuple[str, ...]
    family: tuple[str, ...]
    generation: str

    @cached_property
    def surname(self) -> str:
        """The family name without particles, however it is spelled."""
        core = [word for word in self.family if word not in _PARTICLES] or list(self.family)
        return " ".join(map(skeleton, core))

    @cached_property
    def has_particles(self) -> frozenset[str]:
        """The particles of the family name."""
        return frozenset(self.family) & _PARTICLES

    @property
    def words(self) -> tuple[str, ...]:
        """All words."""
        return self.given + self.family


def alike(names: Iterable[tuple[int, str]]) -> list[Pair]:
    """Return the pairs of names that may be one person's, the most alike first.

    ``names`` are keys and printed names. A pair that is only possible needs more to speak for it.
    """
    parsed = [name for key, text in names if (name := _parse(key, text))]
    found = Pairs()
    for one, other in pairs_in((_squashed(name), name) for name in parsed):
        if one.generation == other.generation:
            found.add(one.key, other.key, Likeness.SURE, "The same name, written otherwise")
    for one, other in pairs_in(_turned(parsed)):
        if one.words != other.words and one.generation == other.generation:
            found.add(one.key, other.key, Likeness.SURE, "The same words in another order")
    _same_surname(parsed, found)
    _surname_slips(parsed, found)
    return found.listed()


def _parse(key: int, text: str) -> _Name | None:
    words = fold(text).split()
    while len(words) > 2 and words[0] in _TITLES:
        words = words[1:]
    generation = words.pop() if len(words) > 2 and words[-1] in _GENERATIONS else ""
    if not words:
        return None
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return _Name(key, tuple(words[:start]), tuple(words[start:]), generation)


def _squashed(name: _Name) -> str:
    """Return the letters alone: Jean-Paul and Jeanpaul, O'Brien and OBrien, Müller and Mueller."""
    return skeleton("".join(name.words))


def _turned(names: Iterable[_Name]) -> Iterator[tuple[tuple[str, ...], _Name]]:
    for name in names:
        if len(name.words) > 1 and all(len(word) > 1 for word in name.words):
            yield tuple(sorted(map(skeleton, name.words))), name


def _same_surname(names: Iterable[_Name], found: Pairs) -> None:
    """Compare given names where the family name is the same."""
    families: dict[str, list[_Name]] = {}
    for name in names:
        if name.given:
            families.setdefault(name.surname, []).append(name)
    for family in families.values():
        if len(family) > 1:
            _same_family(family, found)


def _same_family(family: list[_Name], found: Pairs) -> None:
    begin: dict[str, set[str]] = {}
    for name in family:
        first = name.given[0]
        if len(first) > _MOST_INITIALS or (len(first) > 1 and _VOWELS.intersection(first)):
            begin.setdefault(first[0], set()).add(skeleton(first))
    for one, other in (*pairs_in(_by_given(family)), *_initials(family)):
        how = _given_alike(one.given, other.given)
        if how is None or one.generation != other.generation:
            continue
        likeness, reason = how
        if reason == _INITIAL and len(begin.get(one.given[0][0], ())) > 1:
            likeness, reason = Likeness.POSSIBLE, "An initial that fits several authors"
        if one.has_particles != other.has_particles:
            likeness = min(likeness, Likeness.LIKELY)
        found.add(one.key, other.key, likeness, reason)


def _by_given(family: Iterable[_Name]) -> Iterator[tuple[str, _Name]]:
    """Yield keys for names of one family: a given name, what it is short for, a slip in it."""
    for name in family:
        first = name.given[0]
        yield f"given {skeleton(first)}", name
        for known in same_name(first):
            yield f"form {known}", name
        if len(first) >= SHORTEST_SLIP:
            for form in deletions(first):
                yield f"slip {form}", name
        if len(name.given) > 1:
            yield f"initials {_as_initials(name.given)[0]}", name
        elif len(first) <= _MOST_INITIALS:
            yield f"initials {first}", name


def _initials(family: Iterable[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Yield each name with an initial beside each of a whole given name that begins with it."""
    whole: dict[str, list[_Name]] = {}
    short = []
    for name in family:
        if len(name.given[0]) == 1:
            short.append(name)
        else:
            whole.setdefault(name.given[0][0], []).append(name)
    for name in short:
        for other in whole.get(name.given[0], ()):
            yield name, other


_INITIAL = "An initial for a given name"
_MIDDLE = "With and without a middle name"


def _given_alike(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[Likeness, str] | None:
    """Return how two given names are alike; None if they are two people's."""
    if _as_initials(one) == other or _as_initials(other) == one:
        return Likeness.LIKELY, _INITIAL
    first, its_first = one[0], other[0]
    middle = _middle_alike(one[1:], other[1:])
    if middle is None:
        return None
    if skeleton(first) == skeleton(its_first):
        return (Likeness.LIKELY if middle else Likeness.SURE), middle or "Spelled otherwise"
    if 1 in (len(first), len(its_first)):
        return (Likeness.LIKELY, _INITIAL) if first[0] == its_first[0] else None
    if same_name(first) & same_name(its_first):
        return Likeness.LIKELY, "A short form of a given name"
    if not middle and is_slip(first, its_first):
        return Likeness.LIKELY, "A letter apart"
    return None


def _middle_alike(one: tuple[str, ...], other: tuple[str, ...]) -> str | None:
    """Return in words how middle names differ, "" if not at all; None if they contradict."""
    if not one or not other:
        return _MIDDLE if one or other else ""
    if len(one) != len(other):
        return None
    for mine, its in zip(one, other, strict=True):
        if skeleton(mine) != skeleton(its) and not (
            1 in (len(mine), len(its)) and mine[0] == its[0]
        ):
            return None
    return "" if tuple(map(skeleton, one)) == tuple(map(skeleton, other)) else _INITIAL


def _as_initials(given: tuple[str, ...]) -> tuple[str, ...]:
    """Return initials run together: ("john", "ronald") as ("jr",)."""
    return ("".join(word[0] for word in given),) if len(given) > 1 else ()


def _surname_slips(names: Iterable[_Name], found: Pairs) -> None:
    """Compare family names where the given names are the same."""
    by_given: dict[tuple[str, ...], list[_Name]] = {}
    for name in names:
        if not name.given:
            by_given.setdefault((), []).append(name)
        elif len(name.given[0]) > 1:
            by_given.setdefault(name.given, []).append(name)
    for group in by_given.values():
        if len(group) < 2:
            continue
        keyed = ((form, name) for name in group for form in deletions("".join(name.family)))
        for block in blocks(keyed):
            for at, one in enumerate(block):
                for other in block[at + 1 :]:
                    if one.generation == other.generation and is_slip(
                        "".join(one.family), "".join(other.family), of_family=True
                    ):
                        found.add(one.key, other.key, Likeness.LIKELY, "A letter apart")
