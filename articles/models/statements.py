"""Questions that are put into SQL once, and asked again and again with other values.

Django builds the SQL of a queryset whenever it is read: about a millisecond where some tables are
joined, longer than Postgres takes to answer. What is asked with every act of a person is built once
here, from the same querysets that decide who may see what, with stand-ins for what is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

# Whole numbers that no constant of a question is, within what columns of four bytes hold.
_FIRST, _DIGITS = 1_987_654_300, "19876543"


def stand_in(number: int) -> int:
    """Return what stands for a value, by its number from 0 to 99, while a question is built."""
    return _FIRST + number


@dataclass(frozen=True, slots=True)
class Statement:
    """A question in SQL, "" where nothing can answer it.

    ``converted`` are columns that Django reads in a way of its own.
    """

    sql: str
    params: tuple[Any, ...]
    converted: tuple[tuple[int, Sequence[Any], Any], ...]

    @classmethod
    def of(cls, rows: QuerySet[Any, Any]) -> "Statement":
        """Build the question of a ``values_list``; ValueError where a stand-in went into it."""
        compiler = rows.query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return cls("", (), ())
        columns = [column for column, _, _ in compiler.select]
        converters = compiler.get_converters(columns)
        fixed = [sql, *(str(each) for each in params if not isinstance(each, int))]
        if any(_DIGITS in each for each in fixed):
            raise ValueError(f"A value can't be put into this: {fixed}")
        return cls(
            sql,
            tuple(params),
            tuple((place, functions, column) for place, (functions, column) in converters.items()),
        )

    def ask(self, *values: Any) -> list[list[Any]]:
        """Return the rows that are found with these values for the stand-ins, by their number."""
        if not self.sql:
            return []
        given = {stand_in(number): value for number, value in enumerate(values)}
        params = [given.get(each, each) if isinstance(each, int) else each for each in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = list(map(list, cursor.fetchall()))
        for place, functions, column in self.converted:
            for row in rows:
                for function in functions:
                    row[place] = function(row[place], column, connection)
        return rows


def names_of(model: type[Model], *left_out: str) -> tuple[str, ...]:
    """Return the columns of a model, as ``values_list`` and :func:`loaded` take them."""
    fields = model._meta.concrete_fields  # noqa: SLF001 -- Django's public name for it
    return tuple(field.attname for field in fields if field.attname not in left_out)


def loaded[M: Model](model: type[M], names: Sequence[str], values: Sequence[Any]) -> M:
    """Return a row as Django does; what is not among ``names`` is read when it is asked for."""
    return model.from_db(connection.alias, names, values)
