"""Databases that a restore may wipe."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.databases import another_database, migrated_database


@pytest.fixture(scope="session")
def template(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Return the name of an empty database with today's tables."""
    with django_db_blocker.unblock(), migrated_database() as name:
        yield name


@pytest.fixture
def own_database(template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Work on an empty database of this test's own."""
    with django_db_blocker.unblock(), another_database(template) as name:
        yield name
