"""The embedded database makes itself ready: a fresh data folder needs no ``migrate`` by hand."""

import gc
from collections.abc import Sequence

import django
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection

# These look after the tables themselves, or need none.
_NEED_NO_TABLES = frozenset(
    {"check", "collectstatic", "help", "makemigrations", "migrate", "postgres", "showmigrations",
     "spectacular", "version"}
)  # fmt: skip


def make_ready(arguments: Sequence[str]) -> None:
    """Make the tables if the embedded database has none and the command will want them.

    A database named by ``DATABASE_URL`` is left alone: changing it is its owner's decision.
    """
    command = next((word for word in arguments if not word.startswith("-")), "help")
    if command in _NEED_NO_TABLES or {"-h", "--help", "--version"} & set(arguments):
        return
    _set_up()
    try:
        if settings.EMBEDDED_POSTGRES and "django_migrations" not in _tables():
            call_command("migrate", verbosity=0)
    except OperationalError:
        # Gone since the settings had it started. The command itself waits for it, or says so: a
        # worker that ended here would be missed without anybody's noticing.
        pass
    finally:
        connection.close()


def _set_up() -> None:
    """Load all that a command is made of, which stays: nothing of it is looked for to be let go."""
    gc.disable()
    try:
        django.setup()
    finally:
        gc.freeze()
        gc.enable()


def _tables() -> list[str]:
    return connection.introspection.table_names()
