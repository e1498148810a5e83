"""A connection that ends in the middle of a request: nothing torn, and the next is served."""

import json
import socket
import threading
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import connection

from tests.factories import make_corpus, make_user
from tests.faults.doors import DOORS, World, a_world, client_of, everything
from tests.faults.processes import until
from tests.faults.site import Site

WAITING = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()
"""


@pytest.fixture
def user(empty_queue: None) -> User:  # noqa: ARG001 -- opens the database
    return make_user("root", is_superuser=True)


@pytest.fixture
def world(user: User) -> World:
    return a_world(make_corpus("default", name="Default"), user)


@pytest.mark.parametrize("name", DOORS)
def test_a_database_connection_that_ends_in_the_midst_of_a_change_leaves_nothing_of_it(
    world: World, name: str
) -> None:
    door = DOORS[name]
    client = client_of(world, door)
    before = everything()
    answers: list[Any] = []
    looked = threading.Event()

    def go() -> None:
        # Both on one thread, and so on the connection of one and the same worker.
        answers.append(door.go(world, client))
        # What comes next is on its way to the disk at once.
        looked.wait(60)
        answers.append(door.go(world, client))
        connection.close()

    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute(f"LOCK TABLE {door.table} IN SHARE MODE".encode())
        thread = threading.Thread(target=go)
        thread.start()
        _end_whoever_waits()
        until(lambda: answers, "an answer")
        left = everything()
        looked.set()
    thread.join(60)

    assert left == before
    refused, done = answers
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert done.status_code == door.status, done.content


@pytest.mark.parametrize("path", ["/articles/", "/api/v1/articles/"])
def test_a_database_connection_that_ends_while_it_is_read_from_is_replaced(
    world: World, path: str
) -> None:
    client = world.browser()
    answers: list[Any] = []

    def go() -> None:
        answers.append(client.get(path).status_code)
        # As after each request, but for those of the test's client.
        connection.close_if_unusable_or_obsolete()
        answers.append(client.get(path).status_code)
        connection.close()

    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("LOCK TABLE articles_article IN ACCESS EXCLUSIVE MODE")
        thread = threading.Thread(target=go)
        thread.start()
        _end_whoever_waits()
        until(lambda: answers, "an answer")
    thread.join(60)

    assert answers == [503, 200]


def _end_whoever_waits() -> None:
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        waiting = until(lambda: other.execute(WAITING).fetchall(), "a request that waits")
        other.execute("SELECT pg_terminate_backend(%s, 5000)", waiting[0])


def test_a_pool_whose_connections_all_ended_serves_the_next_request(site: Site) -> None:
    assert site.call("articles/").status == 200

    ended = site.number(
        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    assert ended
    assert [site.call("articles/").status for _ in range(20)] == [200] * 20


def test_a_client_that_hangs_up_in_mid_upload_leaves_nothing(site: Site) -> None:
    body = json.dumps({"text": "A tram\n\nIt runs.\n"}).encode()
    head = _head(site, "imports/", len(body))

    for cut in (0, 1, len(body) // 2, len(body) - 1):
        with _connected(site) as line:
            line.sendall(head + body[:cut])

    # Served after them, by the same threads.
    assert [site.call("imports/").status for _ in range(20)] == [200] * 20
    assert site.number("SELECT count(*) FROM articles_import") == 0
    assert site.number("SELECT count(*) FROM articles_capture") == 0
    assert not list((site.data_dir / "captures").glob("receiving-*"))


def test_a_client_that_hangs_up_before_its_answer_has_all_of_it_done_once(site: Site) -> None:
    body = json.dumps({"headline": "Tram line opens", "body": "It runs every ten minutes."})
    head = _head(site, "articles/", len(body), key="hung-up")

    with site.connect() as other, other.transaction():
        other.execute("LOCK TABLE articles_version IN SHARE MODE")
        with _connected(site) as line:
            line.sendall(head + body.encode())
            until(lambda: site.rows(WAITING), "a call that waits")
    until(lambda: site.number("SELECT count(*) FROM articles_version"), "what was asked for")

    headers = {"Idempotency-Key": "hung-up", "Content-Type": "application/json"}
    again = site.call("articles/", body.encode(), headers)
    assert (again.status, again.body["headline"]) == (201, "Tram line opens")
    assert site.number("SELECT count(*) FROM articles_version") == 1


def _head(site: Site, path: str, length: int, key: str = "") -> bytes:
    lines = [
        f"POST /api/v1/{path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Token {site.token}",
        "Content-Type: application/json",
        f"Content-Length: {length}",
        *([f"Idempotency-Key: {key}"] if key else []),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def _connected(site: Site) -> socket.socket:
    address = urlsplit(site.address)
    return socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=30)
