"""Databases that are upgraded from the version before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from articles.backup import loading
from tests.databases import another_database

FILE = Path(__file__).with_name("at-0002.backup")

BEFORE = ("articles", "0002_cache_table")


def migrate_to(*target: str) -> None:
    """Migrate to ``(app, name)``, or to what is newest."""
    executor = MigrationExecutor(connection)
    executor.migrate([target] if target else executor.loader.graph.leaf_nodes())


@pytest.fixture(scope="session")
def template_of_before(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Return the name of an empty database of the version before."""
    with django_db_blocker.unblock(), another_database() as name:
        migrate_to(*BEFORE)
        connection.close()
        yield name


@pytest.fixture
def database_of_before(
    template_of_before: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Work on an empty database of the version before, of this test's own."""
    with django_db_blocker.unblock(), another_database(template_of_before) as name:
        yield name


@pytest.fixture(scope="session")
def template_upgraded(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, Path, loading.Restored]]:
    """Return a database that was upgraded, the folder of its captures, and what it was."""
    folder = tmp_path_factory.mktemp("captures")
    with (
        django_db_blocker.unblock(),
        another_database() as name,
        override_settings(CAPTURES_DIR=folder),
        FILE.open("rb") as stream,
    ):
        restored = loading.load(stream)
        connection.close()
        yield name, folder, restored


@pytest.fixture
def upgraded(
    template_upgraded: tuple[str, Path, loading.Restored],
    settings: Settings,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[loading.Restored]:
    """Work on a corpus of the version before that was upgraded; return what it was."""
    name, settings.CAPTURES_DIR, restored = template_upgraded
    with django_db_blocker.unblock(), another_database(name):
        yield restored
