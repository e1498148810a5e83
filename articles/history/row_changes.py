"""What an operation did to the rows of a table, by its history, and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from psycopg import sql

from articles.history.statements import run
from articles.models import Operation


def event_model(tracked: type[models.Model]) -> Any:
    """Return the model of a tracked model's events."""
    return tracked._meta.get_field("events").related_model  # noqa: SLF001 -- Django's public name


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a tracked table, by its id."""

    model: type[models.Model]
    id: int


@dataclass(frozen=True, slots=True)
class Change:
    """What an operation did to the rows of one table, in the words of its history."""

    model: type[models.Model]
    operation: Operation
    # Rows that stay as they are by now.
    but: Sequence[int] = ()

    def disturbed(self) -> list[Row]:
        """Return rows that are no longer as the operation left them."""
        query = sql.SQL(
            """
            WITH {states}
            SELECT states.id FROM states LEFT JOIN {table} AS known ON known.id = states.id
            WHERE CASE WHEN (states.left_as).pgh_label = 'delete' THEN known.id IS NOT NULL
                ELSE known.id IS NULL OR ROW({known}) IS DISTINCT FROM ROW({left_as}) END
            LIMIT 100
            """
        )
        rows = self._run(query, known=self._columns("known"), left_as=self._state("left_as"))
        return [Row(self.model, row[0]) for row in rows]

    def hold(self) -> None:
        """Let nobody change its rows until the transaction ends."""
        self._run(
            sql.SQL(
                """
                WITH {states}
                SELECT FROM {table} WHERE id IN (SELECT id FROM states) ORDER BY id FOR UPDATE
                """
            )
        )

    def remove(self) -> None:
        """Remove the rows that it made."""
        self._run(
            sql.SQL(
                """
                WITH {states}
                DELETE FROM {table} USING states WHERE {table}.id = states.id
                    AND (states.found).pgh_label = 'insert'
                    AND (states.left_as).pgh_label <> 'delete'
                """
            )
        )

    def set_back(self) -> None:
        """Give the rows that it changed their former values."""
        self._run(
            sql.SQL(
                """
                WITH {states}
                UPDATE {table} SET ({names}) = ROW({found}) FROM states WHERE {table}.id = states.id
                    AND (states.found).pgh_label <> 'insert'
                    AND (states.left_as).pgh_label <> 'delete'
                """
            ),
            names=self._names(),
            found=self._state("found"),
        )

    def put_back(self) -> None:
        """Put back the rows that it removed, under their ids."""
        self._run(
            sql.SQL(
                """
                WITH {states}
                INSERT INTO {table} (id, {names}) SELECT states.id, {found} FROM states
                WHERE (states.found).pgh_label <> 'insert'
                    AND (states.left_as).pgh_label = 'delete'
                """
            ),
            names=self._names(),
            found=self._state("found"),
        )

    def _run(self, query: sql.SQL, **parts: sql.Composable) -> list[tuple[Any, ...]]:
        meta = event_model(self.model)._meta  # noqa: SLF001 -- Django's public name for it
        # Of each row, how the operation found it and how it left it, in one pass: Postgres does not
        # know how many rows an operation touched, and joining two lists of them may take it a
        # minute. An update is told by two events, before and after, whose order is not said.
        states = sql.SQL(
            """
            states AS MATERIALIZED (
                SELECT mine.pgh_obj_id AS id,
                    (array_agg(mine ORDER BY pgh_id)
                        FILTER (WHERE pgh_label IN ('insert', 'before', 'delete')))[1] AS found,
                    (array_agg(mine ORDER BY pgh_id DESC)
                        FILTER (WHERE pgh_label IN ('insert', 'after', 'delete')))[1] AS left_as
                FROM {events} AS mine
                WHERE pgh_context_id = {context} AND pgh_obj_id <> ALL({but})
                GROUP BY mine.pgh_obj_id
            )
            """
        ).format(
            events=sql.Identifier(meta.db_table),
            context=sql.Literal(str(self.operation.context)),
            but=sql.SQL("{}::bigint[]").format(sql.Literal(list(self.but))),
        )
        table = sql.Identifier(self.model._meta.db_table)  # noqa: SLF001 -- likewise
        composed = query.format(states=states, table=table, **parts)
        return run(composed, size=self.operation.size)

    def _fields(self) -> list[str]:
        kept = {f.column for f in event_model(self.model)._meta.concrete_fields}  # noqa: SLF001 -- likewise
        mine = self.model._meta.concrete_fields  # noqa: SLF001 -- likewise
        return [f.column for f in mine if f.column and f.column in kept and not f.primary_key]

    def _names(self) -> sql.Composed:
        return sql.SQL(", ").join(map(sql.Identifier, self._fields()))

    def _columns(self, alias: str) -> sql.Composed:
        return sql.SQL(", ").join(sql.Identifier(alias, name) for name in self._fields())

    def _state(self, which: str) -> sql.Composed:
        """Return the columns of a row as it was found, or left."""
        state = sql.SQL("(states.{}).{}")
        columns = (state.format(sql.Identifier(which), sql.Identifier(n)) for n in self._fields())
        return sql.SQL(", ").join(columns)
