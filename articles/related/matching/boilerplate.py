"""Which words recur without meaning that articles are related. Pure.

A footer, a line on the author, the background that a paper puts under every story on a matter: they
are in articles that have nothing else in common, or recur in one outlet over many days. A story
that many outlets ran is neither: its copies have all the rest in common. A statement that many
quote within days, in stories on one event, is the finding, too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from zlib import crc32

# A print in fewer articles is not looked at.
LEAST_ARTICLES = 5
# Articles of a print that are looked at; of more, the same ones whatever the order they came in.
MOST_LOOKED_AT = 32
# So many that have nothing else in common; more where many outlets have it within days.
_LEAST_APART, _LEAST_APART_WITHIN_DAYS = 5, 15
# In one outlet, on so many days.
_LEAST_DAYS = 5
# Of the prints of the shorter of two, and of the longer, how many both have where they are of one
# text. Of a brief of sixty words the footer is half.
_OF_ONE_TEXT, _OF_THE_LONGER = 0.5, 0.2
# What nearly all of many ran within days.
_WITHIN_DAYS, _NEARLY_ALL = 7, 0.8
# Of the long words of the one with fewer, how many both have where they tell of one thing.
_ALIKE = 0.25
_LONG = 7


@dataclass(frozen=True, slots=True)
class Holder:
    """An article that has a print: all its ``prints``, and its words of seven letters and more."""

    prints: frozenset[int]
    long_words: frozenset[int]
    source_id: int | None
    day: date | None


def long_number(folded: str) -> int:
    """Return the number of a word, of 32 bits, if it is long: these tell most of a text; else 0."""
    return crc32(folded.encode()) if len(folded) >= _LONG else 0


def is_boilerplate(holders: Sequence[Holder]) -> bool:
    """Whether what all ``holders`` share is boilerplate, by at most so many of them."""
    if len(holders) < LEAST_ARTICLES:
        return False
    texts = _joined(
        [[place] for place in range(len(holders))],
        lambda one, other: _are_of_one_text(holders[one].prints, holders[other].prints),
        least=_LEAST_APART,
    )
    if not texts:
        return False
    if _recurs_in_one_outlet(holders, texts):
        return True
    common = frozenset.intersection(*(holder.long_words for holder in holders))
    least = _LEAST_APART_WITHIN_DAYS if _is_of_some_days(holders) else _LEAST_APART
    matters = _joined(
        texts,
        lambda one, other: _tell_of_one_thing(holders[one], holders[other], common),
        least=least,
    )
    return bool(matters)


def _are_of_one_text(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two texts are one, by their prints."""
    # Asked very often.
    shared, size, others = len(one & other), len(one), len(other)
    if size < others:
        return shared >= _OF_ONE_TEXT * size and shared >= _OF_THE_LONGER * others
    return shared >= _OF_ONE_TEXT * others and shared >= _OF_THE_LONGER * size


def _is_of_some_days(holders: Sequence[Holder]) -> bool:
    """Whether nearly all are of one week, of many outlets."""
    days = sorted(holder.day.toordinal() for holder in holders if holder.day is not None)
    most = max(
        (sum(first <= day < first + _WITHIN_DAYS for day in days) for first in days),
        default=0,
    )
    outlets = {holder.source_id for holder in holders if holder.source_id is not None}
    return most >= _NEARLY_ALL * len(holders) and 2 * len(outlets) >= len(holders)


def _recurs_in_one_outlet(holders: Sequence[Holder], groups: Sequence[Sequence[int]]) -> bool:
    """Whether it is in an outlet's articles of many days that share nothing more."""
    days: dict[int, dict[date, set[int]]] = {}
    for number, group in enumerate(groups):
        for place in group:
            source, day = holders[place].source_id, holders[place].day
            if source is not None and day is not None:
                days.setdefault(source, {}).setdefault(day, set()).add(number)
    return any(
        len(by_day) >= _LEAST_DAYS and len(set().union(*by_day.values())) >= _LEAST_DAYS
        for by_day in days.values()
    )


def _tell_of_one_thing(one: Holder, other: Holder, shared: frozenset[int]) -> bool:
    """Whether two are of the same days and on the same matter, by their other words."""
    if one.day and other.day and abs((one.day - other.day).days) > _WITHIN_DAYS:
        return False
    fewer, more = sorted((one.long_words - shared, other.long_words - shared), key=len)
    return bool(fewer) and len(fewer & more) >= _ALIKE * len(fewer)


def _joined(
    groups: Sequence[list[int]], are_one: Callable[[int, int], bool], *, least: int
) -> list[list[int]]:
    """Return the groups that places make once those that ``are_one`` are joined; none if too few.

    Asked is only of places that are not in one group yet.
    """
    left = len(groups)
    group = {place: members for members in map(list, groups) for place in members}
    for one, other in combinations(sorted(group), 2):
        if left < least:
            return []
        if group[one] is not group[other] and are_one(one, other):
            joined = group[other]
            group[one].extend(joined)
            for place in joined:
                group[place] = group[one]
            left -= 1
    if left < least:
        return []
    return list({id(members): members for members in group.values()}.values())
