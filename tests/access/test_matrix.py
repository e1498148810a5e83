"""Every address × every visitor × every kind of corpus does as the policy says: HARDENING B1, B2.

The addresses are those that there are. One without a line in ``tests/access/policy.py`` fails.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from articles.api.tagging.annotation_urls import urlpatterns as annotation_patterns
from articles.api.urls import urlpatterns as api_patterns
from articles.models import Access
from articles.search.index import indexing
from articles.views.urls import urlpatterns as page_patterns
from tests.access.policy import (
    ANNOTATIONS,
    ANONYMOUS,
    API,
    OUTSIDER,
    PAGES,
    SUPERUSER,
    VISITORS,
    Line,
    Need,
    knows,
    reads,
)
from tests.access.world import HIDDEN, TEXT, World, make_world

PAGE_METHODS = ("GET", "POST")
API_METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")
REFUSALS = {401, 403, 404, 405}
# What reading may write: who was here, when a token was used, how often someone guessed.
BOOKKEEPING = ("django_session", "articles_apitoken", "cache", "auth_user")

type Patterns = Mapping[str, URLPattern]


def named(patterns: list[URLPattern | URLResolver]) -> Patterns:
    """Return the addresses by name, of resolvers within as well."""
    found: dict[str, URLPattern] = {}
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= named(pattern.url_patterns)
        elif pattern.name:
            found[pattern.name] = pattern
    return found


AREAS: Mapping[str, tuple[Patterns, Mapping[str, Line], tuple[str, ...], str]] = {
    "pages": (named(page_patterns), PAGES, PAGE_METHODS, ""),
    "api": (named(api_patterns), API, API_METHODS, "api:"),
    "annotations": (named(annotation_patterns), ANNOTATIONS, API_METHODS, "annotations:"),
}


@pytest.fixture(params=list(Access), ids=lambda access: str(access.value))
def world(request: pytest.FixtureRequest, db: None) -> World:
    """Return a corpus of each kind of access in its turn."""
    del db
    return _indexed(make_world(request.param))


@pytest.fixture
def open_world(db: None) -> World:
    """Return an open corpus: to whom an address answers at all, it answers there."""
    del db
    return _indexed(make_world(Access.OPEN))


def _indexed(made: World) -> World:
    """Return a world that can be searched."""
    indexing.catch_up()
    return made


@pytest.mark.parametrize("area", list(AREAS))
def test_every_address_has_a_line_and_every_line_an_address(area: str) -> None:
    patterns, policy, _, _ = AREAS[area]

    without = [f"{name}: {patterns[name].pattern}" for name in patterns if name not in policy]
    gone = sorted(policy.keys() - patterns.keys())

    assert not without, (
        f"Say in {area.upper()} of tests/access/policy.py who may see and do this: {without}"
    )
    assert not gone, f"tests/access/policy.py has lines for addresses that are gone: {gone}"


@pytest.mark.parametrize("area", list(AREAS))
def test_each_does_what_the_policy_says(world: World, area: str) -> None:
    wrong = []
    for name, line, address in addresses(world, area):
        for visitor in VISITORS:
            for client in clients(world, area, visitor):
                for method in AREAS[area][2]:
                    need = line.need(method)
                    if need is None:
                        continue
                    fault = judged(
                        world, visitor, need, line, ask(world, client, method, address, line)
                    )
                    if fault:
                        wrong.append(f"{method} {name} as {visitor}: {fault}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("area", list(AREAS))
def test_what_there_is_not_to_do_is_refused_as_such(open_world: World, area: str) -> None:
    wrong = []
    for name, line, address in addresses(open_world, area):
        for method in AREAS[area][2]:
            if line.need(method) is None:
                [client, *_] = clients(open_world, area, SUPERUSER)
                status = ask(open_world, client, method, address, line).status
                if status != 405:
                    wrong.append(f"{method} {name}: {status}")

    assert not wrong, f"These should answer 405: {wrong}"


@pytest.mark.parametrize("area", list(AREAS))
def test_nothing_is_done_without_a_csrf_token(open_world: World, area: str) -> None:
    wrong = []
    for name, line, address in addresses(open_world, area):
        for method in AREAS[area][2]:
            if method != "GET" and line.need(method) is not None:
                client = open_world.browser("admin", enforce_csrf_checks=True)
                status = ask(open_world, client, method, address, line).status
                if status != 403:
                    wrong.append(f"{method} {name}: {status}")

    assert not wrong, f"These should answer 403: {wrong}"


@pytest.mark.parametrize("area", list(AREAS))
def test_looking_changes_nothing(open_world: World, area: str) -> None:
    wrong = []
    for name, line, address in addresses(open_world, area):
        if line.GET is None:
            continue
        for visitor in (ANONYMOUS, SUPERUSER):
            [client, *_] = clients(open_world, area, visitor)
            before = written()
            ask(open_world, client, "GET", address, line)
            changed = {table for table, count in written().items() if count != before.get(table)}
            if changed:
                wrong.append(f"{name} as {visitor}: {sorted(changed)}")

    assert not wrong, f"A GET wrote: {wrong}"


class Answered:
    """What an address answered."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.location: str = response.headers.get("Location", "")
        # A part of a page has the whole loaded again, which then leads to the login.
        self.is_reloaded = response.headers.get("HX-Refresh") == "true"
        self.words = response.getvalue().decode("utf-8", "replace")
        # The end of a request would close the connection that this test's transaction is on.
        request_finished.disconnect(close_old_connections)
        response.close()
        request_finished.connect(close_old_connections)

    @property
    def is_sent_to_log_in(self) -> bool:
        return self.is_reloaded or (self.status == 302 and self.location.startswith("/login/"))

    @property
    def is_let_in(self) -> bool:
        return self.status not in REFUSALS and not self.is_sent_to_log_in


def addresses(world: World, area: str) -> Iterator[tuple[str, Line, str]]:
    """Yield the addresses of an area: name, policy, and where an object of the world is."""
    patterns, policy, _, namespace = AREAS[area]
    for name in patterns:
        line = policy.get(name)
        if line is not None and {line.need(method) for method in API_METHODS} != {None}:
            kwargs = _kwargs(world, patterns[name], line)
            if kwargs is not None:
                query = f"?{line.query.format(**world.ids)}" if line.query else ""
                yield name, line, reverse(namespace + name, kwargs=kwargs) + query


def _kwargs(world: World, pattern: URLPattern, line: Line) -> dict[str, Any] | None:
    parts: dict[str, Any] = {}
    for name in pattern.pattern.converters:
        wanted = line.values.get(name, line.about if name == "pk" else name)
        parts[name] = world.ids.get(wanted, wanted) if isinstance(wanted, str) else wanted
    return parts


def clients(world: World, area: str, visitor: str) -> list[Client]:
    """Return what a visitor comes with: to the API by token and by session."""
    if area == "pages":
        return [world.browser(visitor)]
    # By session as by token: tried with one who may do little and one who may do much.
    by_session = [world.browser(visitor)] if visitor in {OUTSIDER, "admin"} else []
    return [world.script(visitor), *by_session]


def ask(world: World, client: Client, method: str, address: str, line: Line) -> Answered:
    """Send a request and take back all that it did."""
    with undone():
        if method == "GET":
            return Answered(client.get(address))
        if address.startswith(("/api/", "/annotations/")):
            send = getattr(client, method.lower())
            body = {} if method == "DELETE" else {"data": filled(line.body, world)}
            return Answered(send(address, content_type="application/json", **body))
        return Answered(
            client.generic(method, address)
            if method != "POST"
            else client.post(address, filled(line.body, world))
        )


@contextmanager
def undone() -> Iterator[None]:
    """Undo in the end what was done within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def filled(value: Any, world: World) -> Any:
    """Return a body with the ids of objects in the place of their names."""
    if isinstance(value, Mapping):
        return {name: filled(inner, world) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, world) for inner in value]
    return world.ids[value[1:]] if isinstance(value, str) and value[:1] == "@" else value


def judged(world: World, visitor: str, need: Need, line: Line, got: Answered) -> str:
    """Return what is wrong with an answer; empty if nothing is."""
    access = world.access
    if not reads(visitor, access) and TEXT in got.words:
        return f"shows the text ({got.status})"
    if not knows(visitor, access) and HIDDEN in got.words and not line.names_the_corpus:
        return f"shows what must not be known ({got.status})"
    if need.is_met(visitor, access):
        return "" if got.is_let_in else f"{got.status} {got.location}, but it may"
    if visitor == ANONYMOUS and (got.is_sent_to_log_in or got.status == 401):
        return ""
    if line.nothing_to_strangers and not knows(visitor, access) and got.is_let_in:
        return ""
    # What lies in a corpus is not there for who may not know of the corpus.
    is_there = line.sees.is_met(visitor, access)
    expected = 403 if is_there else 404
    return "" if got.status == expected else f"{got.status}, not {expected}"


def written() -> dict[str, int]:
    """Return how many rows this transaction wrote to each table so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE relname <> ALL(%s)",
            [list(BOOKKEEPING)],
        )
        return dict(cursor.fetchall())
