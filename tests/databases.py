"""Databases of a test's own, beside the shared one: for what empties or rebuilds a database."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql


@contextmanager
def another_database(template: str = "template0") -> Iterator[str]:
    """Make Django's connection that of a new database; drop it at the end. Yields its name."""
    name = f"newsroom_{uuid.uuid4().hex[:12]}"
    usual = connection.settings_dict["NAME"]
    _on_server("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'", name, template)
    try:
        with using(name):
            yield name
    finally:
        assert connection.settings_dict["NAME"] == usual
        _on_server("DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def using(name: str) -> Iterator[None]:
    """Make Django's connection that of a database."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


@contextmanager
def migrated_database() -> Iterator[str]:
    """Make a database with today's tables, to be the template of others."""
    with another_database() as name:
        call_command("migrate", verbosity=0)
        connection.close()
        yield name


def address(name: str) -> str:
    """Return the address of a database, for psycopg and for DATABASE_URL."""
    values = connection.settings_dict
    return f"postgresql://{values['USER']}@/{name}?host={values['HOST']}"


def _on_server(statement: str, *names: str) -> None:
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
