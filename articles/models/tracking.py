"""The history of rows that people make, by triggers of the database: bulk writes are caught too.

Each tracked model has an event model beside it (``Source``, ``SourceEvent``) with a row for every
insert and delete, and two for every update: as it was before, and as it was after. Both states are
kept because a row may be older than its history. ``pgh_context_id`` is the operation of which the
change was part, null where it was part of none (an import makes sources and people as it goes).
"""

from collections.abc import Callable, Sequence

import pghistory
from django.db import models


def kept[M: models.Model](*, exclude: Sequence[str] = ()) -> Callable[[type[M]], type[M]]:
    """Return a class decorator that keeps the history of a model's rows, without some fields."""
    decorate: Callable[[type[M]], type[M]] = pghistory.track(
        pghistory.InsertEvent("insert"),
        pghistory.UpdateEvent("before", row=pghistory.Old),
        pghistory.UpdateEvent("after", row=pghistory.New),
        pghistory.DeleteEvent("delete"),
        exclude=list(exclude),
        append_only=True,
        level=pghistory.Statement,
    )
    return decorate
