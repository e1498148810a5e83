"""Which of two texts is from the other: only what byline, credit, dateline or time supports. Pure.

That a text lacks passages of another is a fact; that one was made from the other is a claim, which
is left open unless there is evidence, and the evidence is told.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from articles.reading.agencies import canonical
from articles.related.matching.alignment import Alignment
from articles.related.matching.kinds import kind_of

type Side = Literal["first", "second"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is printed with a text: who ran it, whom it credits, where and when.

    ``day`` is null unless the very day is known.
    """

    source: str | None = None
    byline: str | None = None
    agencies: tuple[str, ...] = ()
    dateline_agency: str | None = None
    day: date | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Direction:
    """``side`` is from the other one, ``because`` of these facts, each a label and what it says."""

    side: Side
    because: tuple[str, ...] = field(default=())


def direction_of(first: Facts, second: Facts, alignment: Alignment) -> Direction | None:
    """Return which of two texts is from the other; None where that is open.

    One that credits the other's source is from it, unless it is the older. Where both may be from
    a third, as an agency is credited that is neither, it is open. Time alone supports it where one
    has a later day and most of one of them is shared: both may quote the same words of a third.
    """
    by_first = _credits(first, second.source)
    by_second = _credits(second, first.source)
    later, told = _later(first, second)
    if bool(by_first) != bool(by_second):
        side: Side = "first" if by_first else "second"
        if later not in {None, side}:
            return None
        because = (*(by_first or by_second), *([told] if told else []))
        return Direction(side, because)
    if by_first or _third(first) or _third(second) or later is None:
        return None
    if kind_of(alignment) not in {"same_text", "edited_version", "excerpt"}:
        return None
    return Direction(later, (told,))


def _credits(facts: Facts, source: str | None) -> tuple[str, ...]:
    """Return what says that a text is from ``source``."""
    name = _known_as(source)
    if not name or name == _known_as(facts.source):
        return ()
    found = []
    if facts.byline and (name in facts.byline.casefold() or name in map(_known_as, facts.agencies)):
        found.append(f"byline: {facts.byline}")
    elif name in map(_known_as, facts.agencies):
        found.append(f"credit: {source}")
    if name == _known_as(facts.dateline_agency):
        found.append(f"dateline: {facts.dateline_agency}")
    return tuple(found)


def _third(facts: Facts) -> bool:
    """Whether a text credits an agency that is not its own source."""
    own = _known_as(facts.source)
    return any(_known_as(name) != own for name in (*facts.agencies, facts.dateline_agency) if name)


def _known_as(name: str | None) -> str:
    """Return a name as names are compared: of an agency, whatever it is called by."""
    if not name:
        return ""
    return (canonical(name) or name).casefold().removeprefix("the ")


def _later(first: Facts, second: Facts) -> tuple[Side | None, str]:
    """Return which was published on a later day, and that as a sentence's part."""
    if first.day is None or second.day is None or first.day == second.day:
        return None, ""
    days = abs((first.day - second.day).days)
    told = f"time: {days} day{'s' if days > 1 else ''} later"
    return ("first" if first.day > second.day else "second"), told
