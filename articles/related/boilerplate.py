"""Which words recur without meaning that articles are related. Pure.

A footer, a line on the author, the background that a paper puts under every story on a matter: they
are in articles that have nothing else in common, or recur in one outlet over many days. A story
that many outlets ran is neither: its copies have all the rest in common. A statement that many
quote within days, in stories on one event, is the finding, too.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

# A print in fewer articles is not looked at.
LEAST_ARTICLES = 5
# Articles of a print that are looked at; of more, the same ones whatever the order they came in.
MOST_LOOKED_AT = 32
# So many that have nothing else in common.
_LEAST_APART = 5
# In one outlet, on so many days.
_LEAST_DAYS = 5
# Prints of nearly all of them are what they share; of so much of a text, they are the text.
_NEARLY_ALL, _MOSTLY = 0.8, 0.7
# Other prints that two of them share.
_OTHERS = 3
# What many ran within days.
_WITHIN_DAYS = 7
# Of the long words of the one with fewer, how many both have where they tell of one thing.
_ALIKE = 0.25
_LONG = 7


@dataclass(frozen=True, slots=True)
class Holder:
    """An article that has a print; ``long_words`` are those of seven letters and more."""

    prints: frozenset[int]
    long_words: frozenset[str]
    source_id: int | None
    day: date | None


def long_words(folded: Iterable[str]) -> frozenset[str]:
    """Return the words that tell most of what a text is about."""
    return frozenset(word for word in folded if len(word) >= _LONG)


def is_boilerplate(holders: Sequence[Holder]) -> bool:
    """Whether what all ``holders`` share is boilerplate, by at most so many of them."""
    if len(holders) < LEAST_ARTICLES:
        return False
    cohort = _cohort(holders)
    groups = _joined(range(len(holders)), (
        (one, other)
        for one, other in combinations(range(len(holders)), 2)
        if _share_more(holders[one], holders[other], cohort)
    ))  # fmt: skip
    if len(groups) < _LEAST_APART:
        return False
    if _recurs_in_one_outlet(holders, groups):
        return True
    shared_words = frozenset.intersection(*(holder.long_words for holder in holders))
    return len(_joined(range(len(holders)), [
        *((group[0], other) for group in groups for other in group[1:]),
        *(
            (one, other)
            for one, other in combinations(range(len(holders)), 2)
            if _tell_of_one_thing(holders[one], holders[other], shared_words)
        ),
    ])) >= _LEAST_APART  # fmt: skip


def _cohort(holders: Sequence[Holder]) -> frozenset[int]:
    """Return the prints that nearly all have."""
    counts: dict[int, int] = {}
    for holder in holders:
        for print_ in holder.prints:
            counts[print_] = counts.get(print_, 0) + 1
    least = _NEARLY_ALL * len(holders)
    return frozenset(print_ for print_, count in counts.items() if count >= least)


def _share_more(one: Holder, other: Holder, cohort: Collection[int]) -> bool:
    """Whether two share more than what nearly all do, or one is little else than that."""
    others = sum(print_ not in cohort for print_ in one.prints & other.prints)
    if others >= _OTHERS:
        return True
    fewer = min(one, other, key=lambda holder: len(holder.prints))
    return sum(print_ in cohort for print_ in fewer.prints) >= _MOSTLY * len(fewer.prints)


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


def _tell_of_one_thing(one: Holder, other: Holder, shared: frozenset[str]) -> bool:
    """Whether two are of the same days and on the same matter, by their other words."""
    if one.day and other.day and abs((one.day - other.day).days) > _WITHIN_DAYS:
        return False
    fewer, more = sorted((one.long_words - shared, other.long_words - shared), key=len)
    return bool(fewer) and len(fewer & more) >= _ALIKE * len(fewer)


def _joined(places: Iterable[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the groups that ``pairs`` make of places."""
    group = {place: [place] for place in places}
    for one, other in pairs:
        if group[one] is not group[other]:
            group[one].extend(group[other])
            for place in group[other]:
                group[place] = group[one]
    return list({id(members): members for members in group.values()}.values())
