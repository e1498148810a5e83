"""Questions that are put into SQL once, and asked again and again with other values.

Django builds the SQL of a queryset whenever it is read: about a millisecond where some tables are
joined, longer than Postgres takes to answer. What is asked with every page and every act of a
person is built once here, from the same querysets that decide who may see what, with stand-ins for
what is given. See :mod:`articles.models.prepared` for what depends on who asks alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

from articles.models.lookups import id_array

# Whole numbers that no constant of a question is, within what columns of four bytes hold.
_FIRST, _DIGITS, _MOST = 1_987_654_300, "19876543", 100


class Given(Enum):
    """What is given to a question each time it is asked."""

    NUMBER = "a number"
    IDS = "numbers for any_id"
    TEXTS = "texts for any_text"


def stand_in(number: int, kind: Given = Given.NUMBER) -> Any:
    """Return what stands for a value, by its number from 0 to 99, while a question is built."""
    stands = _FIRST + number
    match kind:
        case Given.NUMBER:
            return stands
        case Given.IDS:
            return [stands]
        case Given.TEXTS:
            return [str(stands)]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the value with a number goes."""

    number: int
    kind: Given

    def param(self, value: Any) -> Any:
        """Return a value as the statement has it."""
        match self.kind:
            case Given.NUMBER:
                return value
            case Given.IDS:
                return id_array(value)
            case Given.TEXTS:
                return list(value)


def _placed(param: Any) -> Any:
    """Return the place that a parameter stands for; what stands for nothing as it is."""
    for number in range(_MOST) if _DIGITS in str(param) else ():
        if param == stand_in(number):
            return _Place(number, Given.NUMBER)
        if param == id_array(stand_in(number, Given.IDS)):
            return _Place(number, Given.IDS)
        if param == stand_in(number, Given.TEXTS):
            return _Place(number, Given.TEXTS)
    return param


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
            sql, given = compiler.as_sql()
        except EmptyResultSet:
            return cls("", (), ())
        params = tuple(map(_placed, given))
        fixed = [sql, *(str(each) for each in params if not isinstance(each, _Place))]
        if any(_DIGITS in each for each in fixed):
            raise ValueError(f"A value can't be put into this: {fixed}")
        converters = compiler.get_converters([column for column, _, _ in compiler.select])
        converted = ((place, *how) for place, how in converters.items())
        return cls(sql, params, tuple(converted))

    def ask(self, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows that are found with these values for the stand-ins, by their number."""
        if not self.sql:
            return []
        params = [
            each.param(values[each.number]) if isinstance(each, _Place) else each
            for each in self.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return [self._read(row) for row in rows] if self.converted else rows

    def _read(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        read = list(row)
        for place, functions, column in self.converted:
            for function in functions:
                read[place] = function(read[place], column, connection)
        return tuple(read)


def names_of(model: type[Model], *left_out: str) -> tuple[str, ...]:
    """Return the columns of a model, as ``values_list`` and :func:`loaded` take them."""
    fields = model._meta.concrete_fields  # noqa: SLF001 -- Django's public name for it
    return tuple(field.attname for field in fields if field.attname not in left_out)


def loaded[M: Model](model: type[M], names: Sequence[str], values: Sequence[Any]) -> M:
    """Return a row as Django does; what is not among ``names`` is read when it is asked for."""
    return model.from_db(connection.alias, names, values)
