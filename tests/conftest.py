"""What every test may ask for. The database is a real Postgres, the captures real files."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer
from xdist.remote import Producer

from articles.models import Corpus
from articles.related.finding import following
from articles.search import deadline
from articles.search.index import indexing
from tests.databases import migrated_template
from tests.emptying import empty
from tests.factories import make_corpus, make_user
from tests.scheduling import UnitsTogether

# A machine that is busy with other things makes no test fail.
hypothesis_settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("unhurried")

# The live server writes head and body of an answer apart; on a connection that is kept, the second
# would wait 40 ms for the first to be acknowledged.
WSGIRequestHandler.disable_nagle_algorithm = True

# As newsroom.settings has it but for tests; each thread closes its own when its client leaves.
KEPT_SECONDS = 60

TransactionTestCase._fixture_teardown = empty  # type: ignore[attr-defined]

# Thousands of modules and tests come, and all of them stay: to look through them for what could go,
# again and again, is a third of the time that it takes to collect them.
gc.disable()


def pytest_collection_finish() -> None:
    """Have what was collected never looked through again while tests run."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> UnitsTogether:
    """Have tests shared out among processes in our way."""
    return UnitsTogether(config, log)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,  # noqa: ARG001 -- names the database
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Have the database of the tests made from one that is migrated."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_template()


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Settings, tmp_path: Path) -> None:
    settings.CAPTURES_DIR = tmp_path / "captures"
    settings.SEARCH_DIR = tmp_path / "index"
    settings.RELATED_DIR = tmp_path / "related"
    settings.EXPORTS_DIR = tmp_path / "exports"
    settings.TAG_FILES_DIR = tmp_path / "tag_files"


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    # The real hash takes half a second by design.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _quick_clients(settings: Settings) -> None:
    # Each client has a handler of its own, which would look through all static files first: 24 ms.
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def _bounded_connections(settings: Settings) -> None:
    # As in the web process: a bound by statements takes two round trips for each call of the API.
    settings.STATEMENTS_ARE_BOUNDED = True


@pytest.fixture
def corpus(db: None) -> Corpus:  # noqa: ARG001 -- opens the database
    """Return the default corpus, members only."""
    return make_corpus("default", name="Default")


@pytest.fixture
def superuser(db: None) -> User:  # noqa: ARG001 -- opens the database
    """Return someone who sees and may do all."""
    return make_user("root", is_superuser=True)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return the environment of processes that share this test's database and captures."""
    values = connection.settings_dict
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql://{values['USER']}@/{values['NAME']}?host={values['HOST']}",
        "NEWSROOM_DATA_DIR": str(tmp_path),
    }


@pytest.fixture
def index(db: None) -> Callable[[], int]:  # noqa: ARG001 -- opens the database
    """Return what brings the search index up to all that changed so far."""
    return indexing.catch_up


@pytest.fixture
def related(db: None) -> Callable[[], int]:  # noqa: ARG001 -- opens the database
    """Return what relates all that changed so far, in the way that index brings up the index."""
    return following.catch_up


@pytest.fixture
def empty_queue(transactional_db: None) -> Iterator[None]:  # noqa: ARG001 -- opens the database
    """Begin and end without jobs: Django empties its own tables alone after a test."""
    _forget_jobs()
    yield
    _forget_jobs()


def _forget_jobs() -> None:
    with connection.cursor() as cursor:
        for table in ("events", "periodic_defers", "jobs", "workers"):
            cursor.execute(f"DELETE FROM procrastinate_{table}")  # noqa: S608 -- names of ours


@pytest.fixture
def live_server(live_server: LiveServer) -> Iterator[LiveServer]:
    """Return the server. It keeps its connections to the database, as the web process does."""
    values = connection.settings_dict
    before, values["CONN_MAX_AGE"] = values["CONN_MAX_AGE"], KEPT_SECONDS
    yield live_server
    values["CONN_MAX_AGE"] = before


@pytest.fixture
def busy_engine(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Leave no slot of the engine free, so that every question is given up at once.

    A deadline of no seconds would not do: the engine may well answer before it is looked at.
    """
    slots = deadline._Slots()
    while slots.free.acquire(blocking=False):
        pass
    monkeypatch.setattr(deadline, "_slots", slots)
    settings.SEARCH_SECONDS = 0.0
