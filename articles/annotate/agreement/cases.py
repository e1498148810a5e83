"""Cases: what is to be settled between people in an article, one place after another.

Tags that all of them made are cases of their own and agreed. What is left goes into one case as far
as it overlaps; passages apart from the rest, as they lie over everything.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from articles.annotate.agreement.side_by_side import Side, Tagged


@dataclass(frozen=True, slots=True)
class Option:
    """What some people tagged in a case, all of them the same; nothing: no ``tags``.

    ``sources`` are, for each of the tags, the mentions of all who made it.
    """

    people: tuple[int, ...]
    tags: tuple[Tagged, ...]
    sources: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A place to be settled: code points, ``end`` exclusive, with what each person did there.

    ``key`` is another one as soon as anyone changes what they tagged in it. A case has one option
    if all agree. ``ids`` are the mentions in it.
    """

    key: str
    start: int
    end: int
    is_passage: bool
    options: tuple[Option, ...]

    @property
    def is_agreed(self) -> bool:
        """Whether all did the same."""
        return len(self.options) == 1

    @property
    def ids(self) -> frozenset[int]:
        """The mentions in it."""
        return frozenset(id_ for option in self.options for some in option.sources for id_ in some)


@dataclass(frozen=True, slots=True)
class CodeCase:
    """A code of the whole article: its values, each set of them with who gave it."""

    key: str
    code: str
    options: tuple[tuple[tuple[int, ...], tuple[str, ...]], ...]

    @property
    def is_agreed(self) -> bool:
        """Whether all said the same."""
        return len(self.options) == 1


type _Of = tuple[int, Tagged]


def cases_of(sides: Sequence[Side], passages: Collection[str]) -> list[Case]:
    """Return the cases of an article, in order; ``passages`` are the kinds of passages."""
    left = {side.person.pk: list(side.tags) for side in sides}
    people = list(left)
    found: list[Case] = []
    if len(people) > 1:
        for tag in list(left[people[0]]):
            same = _same_of_all(tag, people, left)
            if same is not None:
                for user, each in same:
                    left[user].remove(each)
                found.append(_case(same, people, tag.span.kind in passages))
    rest = [(user, tag) for user, tags in left.items() for tag in tags]
    for is_passage in (False, True):
        some = [each for each in rest if (each[1].span.kind in passages) == is_passage]
        found += [_case(each, people, is_passage) for each in _touching(some)]
    return sorted(found, key=lambda case: (case.start, -case.end, case.is_passage, case.key))


def is_same(one: Tagged, other: Tagged) -> bool:
    """Whether two people tagged the same words as the same."""
    if (one.span.place, one.span.kind) != (other.span.place, other.span.kind):
        return False
    if one.attributes != other.attributes:
        return False
    first, second = one.span.named, other.span.named
    if first is None or second is None:
        return first is second
    return first.is_same(second)


def _same_of_all(
    tag: Tagged, people: Sequence[int], left: Mapping[int, list[Tagged]]
) -> list[_Of] | None:
    found = [(people[0], tag)]
    for user in people[1:]:
        same = next((each for each in left[user] if is_same(tag, each)), None)
        if same is None:
            return None
        found.append((user, same))
    return found


def _touching(some: Sequence[_Of]) -> list[list[_Of]]:
    """Return tags in groups that overlap, directly or by others of the group."""
    groups: list[list[_Of]] = []
    end = 0
    for each in sorted(some, key=lambda it: (it[1].span.start, -it[1].span.end, it[0])):
        span = each[1].span
        if not groups or span.start >= end:
            groups.append([])
            end = 0
        groups[-1].append(each)
        end = max(end, span.end)
    return groups


def _case(some: Sequence[_Of], people: Sequence[int], is_passage: bool) -> Case:  # noqa: FBT001 -- a fact of the case
    by_person: dict[int, list[Tagged]] = {user: [] for user in people}
    for user, tag in some:
        by_person[user].append(tag)
    options: list[tuple[list[int], list[Tagged], list[list[int]]]] = []
    for user, tags in by_person.items():
        for there, known, sources in options:
            if len(known) == len(tags) and all(map(is_same, known, tags)):
                there.append(user)
                for ids, tag in zip(sources, tags, strict=True):
                    ids.append(tag.span.id)
                break
        else:
            options.append(([user], tags, [[tag.span.id] for tag in tags]))
    return Case(
        key=_key([[user, *_facts(tag)] for user, tag in some]),
        start=min(tag.span.start for _, tag in some),
        end=max(tag.span.end for _, tag in some),
        is_passage=is_passage,
        options=tuple(
            Option(tuple(there), tuple(tags), tuple(map(tuple, sources)))
            for there, tags, sources in options
        ),
    )


def _facts(tag: Tagged) -> list[object]:
    return [*tag.span.place, tag.span.kind, tag.named_id, tag.attributes]


def code_cases_of(sides: Sequence[Side], codes: Sequence[str]) -> list[CodeCase]:
    """Return what is to be settled of the codes of an article: those that anyone gave."""
    found = []
    for code in codes:
        said: dict[tuple[str, ...], list[int]] = {}
        for side in sides:
            said.setdefault(tuple(sorted(side.codes.get(code, ()))), []).append(side.person.pk)
        if set(said) == {()}:
            continue
        key = _key([code, [[user, values] for values, users in said.items() for user in users]])
        options = tuple((tuple(users), values) for values, users in said.items())
        found.append(CodeCase(key, code, options))
    return found


def _key(facts: list[object]) -> str:
    lines = sorted(json.dumps(each, sort_keys=True) for each in facts)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
