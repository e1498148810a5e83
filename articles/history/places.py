"""Places in lists that are no tables: numbers that order their rows, and which way to read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from articles.models.keyset import CursorError

_PLACE = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})*", re.ASCII)

type Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place beside a row: the row's ``numbers``, and whether to read back from there."""

    numbers: Numbers
    backwards: bool = False

    def __str__(self) -> str:
        return f"{'-' if self.backwards else ''}{'.'.join(map(str, self.numbers))}"

    @classmethod
    def read(cls, text: str, length: int) -> Self:
        """Return the place that ``str`` wrote; raise CursorError."""
        if not _PLACE.fullmatch(text[:200]) or text.count(".") != length - 1:
            raise CursorError("This cursor is not one of this list. Start at its first page.")
        return cls(tuple(map(int, text.removeprefix("-").split("."))), text.startswith("-"))


@dataclass(frozen=True, slots=True)
class Slice[R]:
    """Rows in order, and the cursors of the slices beside them (None at an end)."""

    rows: list[R]
    next: str | None
    previous: str | None


def sliced[R](
    rows: Sequence[R], numbers_of: Callable[[R], Numbers], *, limit: int, cursor: str | None
) -> Slice[R]:
    """Return ``limit`` of ``rows`` at ``cursor``; their numbers ascend. Raises CursorError."""
    if not rows:
        return Slice([], None, None)
    place = Place.read(cursor, len(numbers_of(rows[0]))) if cursor else None
    if place is None:
        found = list(rows[: limit + 1])
    elif place.backwards:
        found = [row for row in rows if numbers_of(row) < place.numbers][-limit - 1 :]
    else:
        found = [row for row in rows if numbers_of(row) > place.numbers][: limit + 1]
    return ended(found, numbers_of, limit=limit, place=place)


def ended[R](
    found: Sequence[R], numbers_of: Callable[[R], Numbers], *, limit: int, place: Place | None
) -> Slice[R]:
    """Return the slice of ``limit`` + 1 rows beside ``place``: one too many says of more."""
    backwards = place is not None and place.backwards
    more = len(found) > limit
    rows = list(found[-limit:] if backwards else found[:limit])
    if not rows:
        return Slice([], None, None)
    after = True if backwards else more
    before = more if backwards else place is not None
    return Slice(
        rows,
        next=str(Place(numbers_of(rows[-1]))) if after else None,
        previous=str(Place(numbers_of(rows[0]), backwards=True)) if before else None,
    )
