"""Conditions that Django lacks."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Value

from articles.models.keyset import AnyField


def _any_of(column: str, values: list[str] | list[int], base: AnyField) -> Func:
    return Func(
        F(column),
        Value(values, output_field=ArrayField(base)),
        template="(%(expressions)s))",
        arg_joiner=" = ANY(",
        output_field=models.BooleanField(),
    )


def any_text(column: str, values: Iterable[str]) -> Func:
    """Match rows whose text ``column`` is one of ``values``.

    As ``in``, with one array as its parameter instead of a thousand values that Django would
    write into the statement one by one.
    """
    return _any_of(column, list(values), models.TextField())


def any_id(column: str, values: Iterable[int]) -> Func:
    """Match rows whose integer ``column`` is one of ``values``, as :func:`any_text` does.

    The array is written here: Django would look at each number several times.
    """
    return Func(
        F(column),
        Value(id_array(values)),
        template="(%(expressions)s::bigint[]))",
        arg_joiner=" = ANY(",
        output_field=models.BooleanField(),
    )


def id_array(values: Iterable[int]) -> str:
    """Return numbers as Postgres writes an array of them."""
    return f"{{{','.join(str(int(value)) for value in values)}}}"
