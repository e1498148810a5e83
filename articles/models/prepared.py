"""Queries that are put together once, and asked with other values ever after.

The ORM takes longer to put a query of some conditions together than Postgres takes to answer it,
and a page asks the same dozen of them each time. What they ask is said by querysets as ever, so
that who may see what stays decided in one place.
"""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, Never

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from articles.models.corpora import Visitor
from articles.models.lookups import id_array

# Asks where it makes no difference who does.
NOBODY = AnonymousUser()
# Stands for a number while a query is put together, and those after it for others.
_MARK = 8_888_888_888_000_000
_WORD = "\ue000"


class Given(Enum):
    """What is given to a query each time it is asked."""

    NUMBER = "a number"
    IDS = "numbers for any_id"
    TEXTS = "texts for any_text"

    def mark(self, place: int) -> Any:
        """Return what stands for it while the query is put together."""
        match self:
            case Given.NUMBER:
                return _MARK + place
            case Given.IDS:
                return [_MARK + place]
            case Given.TEXTS:
                return [f"{_WORD}{place}"]

    def param(self, value: Any) -> Any:
        """Return a value, or its mark, as the statement has it."""
        match self:
            case Given.NUMBER:
                return int(value)
            case Given.IDS:
                return id_array(value)
            case Given.TEXTS:
                return list(value)


class _Statement:
    """A statement with the places of its values."""

    def __init__(self, made: QuerySet[Any], given: Iterable[Given]) -> None:
        marks = [(each.param(each.mark(place)), place) for place, each in enumerate(given)]
        compiler = made.query.get_compiler("default")
        try:
            self.sql, params = compiler.as_sql()
        except EmptyResultSet:
            # Who asks may see nothing.
            self.sql, params = "", ()
        else:
            if compiler.get_converters([each[0] for each in compiler.select]):
                raise TypeError("A prepared query returns values as Postgres has them.")
        self._params = [
            (param, next((at for mark, at in marks if mark == param), None)) for param in params
        ]

    def rows(self, values: list[Any]) -> list[tuple[Any, ...]]:
        """Return the rows for some values, which are as the statement has them."""
        if not self.sql:
            return []
        params = [param if at is None else values[at] for param, at in self._params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


class Prepared:
    """A query of ``values_list`` that depends on who asks, and on what is given besides.

    ``make`` gets a visitor and a value for each of ``given``; it asks the database nothing, and
    what it makes depends on nothing but what it gets.
    """

    def __init__(self, make: Callable[..., QuerySet[Any]], *given: Given) -> None:
        self._make = make
        # The first is the number of who asks.
        self._given = (Given.NUMBER, *given)
        self._statements: dict[tuple[bool, bool], _Statement] = {}

    def rows(self, user: Visitor, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows that the query has for a visitor."""
        is_superuser = bool(user.is_active and getattr(user, "is_superuser", False))
        kind = (user.is_authenticated, is_superuser)
        known = self._statements.get(kind)
        if known is None:
            known = self._statements[kind] = self._prepared(*kind)
        given = zip(self._given, (user.pk or 0, *values), strict=True)
        return known.rows([each.param(value) for each, value in given])

    def _prepared(self, is_known: bool, is_superuser: bool) -> _Statement:  # noqa: FBT001 -- the kind of who asks
        number, *marks = (each.mark(place) for place, each in enumerate(self._given))
        user = User(pk=number, is_superuser=is_superuser) if is_known else AnonymousUser()
        with connection.execute_wrapper(_refuse):
            return _Statement(self._make(user, *marks), self._given)


def _refuse(*_: object) -> Never:
    raise TypeError("While a query is prepared nothing is asked: it would be remembered.")
