"""Questions that depend on who asks, put into SQL once for each kind of visitor.

A page asks the same dozen of them each time. What they ask is said by querysets as ever, so that
who may see what stays decided in one place.
"""

from collections.abc import Callable
from typing import Any, Never

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.db.models import QuerySet

from articles.models.corpora import Visitor
from articles.models.statements import Given, Statement, stand_in

# Asks where it makes no difference who does.
NOBODY = AnonymousUser()


class Prepared:
    """A query of ``values_list`` that depends on who asks, and on what is given besides.

    ``make`` gets a visitor and a value for each of ``given``; it asks the database nothing, and
    what it makes depends on nothing but what it gets.
    """

    def __init__(self, make: Callable[..., QuerySet[Any]], *given: Given) -> None:
        self._make = make
        self._given = given
        self._statements: dict[tuple[bool, bool], Statement] = {}

    def rows(self, user: Visitor, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows that the query has for a visitor."""
        is_superuser = bool(user.is_active and getattr(user, "is_superuser", False))
        kind = (user.is_authenticated, is_superuser)
        known = self._statements.get(kind)
        if known is None:
            known = self._statements[kind] = self._prepared(*kind)
        return known.ask(user.pk, *values)

    def _prepared(self, is_known: bool, is_superuser: bool) -> Statement:  # noqa: FBT001 -- the kind of who asks
        user = User(pk=stand_in(0), is_superuser=is_superuser) if is_known else AnonymousUser()
        given = [stand_in(place, kind) for place, kind in enumerate(self._given, start=1)]
        with connection.execute_wrapper(_refuse):
            return Statement.of(self._make(user, *given))


def _refuse(*_: object) -> Never:
    raise TypeError("While a query is prepared nothing is asked: it would be remembered.")
