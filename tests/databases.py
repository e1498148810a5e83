"""Databases of a test's own, beside the shared one: for what empties or rebuilds a database."""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

_TEMPLATES = "newsroom_template_"
# Whoever makes the template holds this advisory lock.
_MAKING = 20_061


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
    with another_database(migrated_template()) as name:
        connection.close()
        yield name


def migrated_template() -> str:
    """Return the name of a database with today's tables, for this run and later ones.

    All migrations take ten seconds, a copy of what they made takes one. What they depend on is in
    the name: their own text, the models' and the versions of what is installed.
    """
    name = _TEMPLATES + _digest()
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [_MAKING])
        found = server.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_TEMPLATES]
        ).fetchall()
        if (name,) not in found:
            for (old,) in found:
                _on_server("DROP DATABASE {} WITH (FORCE)", old)
            _migrate(name)
    return name


def _migrate(name: str) -> None:
    making = f"{_TEMPLATES}unfinished"
    _on_server("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", making)
    with using(making):
        call_command("migrate", verbosity=0)
    _on_server("ALTER DATABASE {} RENAME TO {}", making, name)
    # Nobody is there when it is copied.
    _on_server("ALTER DATABASE {} ALLOW_CONNECTIONS false", name)


def _digest() -> str:
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    folders.append(settings.BASE_DIR / "articles" / "models")
    files = [file for folder in folders for file in sorted(folder.rglob("*.py"))]
    files += [settings.BASE_DIR / "requirements.lock", settings.BASE_DIR / "newsroom/settings.py"]
    seen = hashlib.sha256()
    for file in files:
        seen.update(file.read_bytes())
    return seen.hexdigest()[:16]


def address(name: str) -> str:
    """Return the address of a database, for psycopg and for DATABASE_URL."""
    values = connection.settings_dict
    return f"postgresql://{values['USER']}@/{name}?host={values['HOST']}"


def _on_server(statement: str, *names: str) -> None:
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
