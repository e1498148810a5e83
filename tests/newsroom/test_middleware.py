"""What a person and a script are told when the database or the disk fails them."""

import errno
from collections.abc import Iterator

import psycopg
import pytest
from django.core.handlers.exception import convert_exception_to_response
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from articles.api import problems
from articles.models import Access
from newsroom.middleware import FaultsMiddleware
from tests.factories import make_corpus

# How long a question may take: longer than any other than that which waits, on a busy machine too.
BOUND_MS = 250


@pytest.fixture
def visitor() -> Client:
    """Return a client that is answered, not raised at."""
    return Client(raise_request_exception=False)


@pytest.fixture
def away(transactional_db: None) -> Iterator[None]:  # noqa: ARG001 -- opens the database
    """Make the database unreachable."""
    connection.close()
    known = connection.settings_dict["HOST"]
    connection.settings_dict["HOST"] = "/nowhere"
    yield
    connection.close()
    connection.settings_dict["HOST"] = known


@pytest.mark.usefixtures("away")
def test_a_page_says_that_the_database_is_away_and_when_to_try_again(visitor: Client) -> None:
    response = visitor.get("/")

    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert response["Content-Type"].startswith("text/html")
    assert "no-store" in response["Cache-Control"]
    assert "Content-Security-Policy" in response
    assert "database is not there" in response.content.decode()


@pytest.mark.usefixtures("away")
def test_a_script_gets_a_problem(visitor: Client) -> None:
    response = visitor.get("/api/v1/articles/")

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 503


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize("path", ["/", "/api/v1/articles/"])
def test_someone_signed_in_is_told_the_same(visitor: Client, path: str) -> None:
    visitor.cookies["sessionid"] = "a" * 32

    assert visitor.get(path).status_code == 503


@pytest.mark.usefixtures("away")
def test_signing_in_is_told_the_same(visitor: Client) -> None:
    response = visitor.post("/login/", {"username": "someone", "password": "something"})

    assert response.status_code == 503


@pytest.fixture
def busy(transactional_db: None, settings: Settings) -> Iterator[None]:  # noqa: ARG001 -- opens the database
    """Let every question about articles wait, as long as a web process lets it."""
    settings.REQUEST_STATEMENT_TIMEOUT_MS = BOUND_MS
    make_corpus("open", access=Access.OPEN)
    options = connection.settings_dict["OPTIONS"]
    connection.close()
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("LOCK TABLE articles_article")
        options["options"] = f"-c statement_timeout={BOUND_MS}"
        yield
        connection.close()
        del options["options"]


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("path", ["/", "/api/v1/articles/"])
def test_a_question_that_takes_too_long_is_stopped_and_says_so(visitor: Client, path: str) -> None:
    response = visitor.get(path)

    assert response.status_code == 503
    assert response["Retry-After"]
    assert "took too long" in response.content.decode()


@pytest.mark.usefixtures("busy")
def test_a_call_leaves_the_bound_of_its_connection_as_it_was(visitor: Client) -> None:
    with connection.cursor() as cursor:
        visitor.get("/api/v1/corpora/")
        cursor.execute("SHOW statement_timeout")

        assert cursor.fetchone() == (f"{BOUND_MS}ms",)


@pytest.mark.parametrize(
    ("fault", "status"),
    [(OperationalError("gone"), 503), (InterfaceError("closed"), 503), (ValueError("else"), 500)],
)
@pytest.mark.parametrize(
    ("path", "kind"), [("/", "text/html"), ("/api/v1/", "application/problem+json")]
)
def test_what_another_middleware_raises_is_answered_too(
    rf: RequestFactory, fault: Exception, status: int, path: str, kind: str
) -> None:
    def broken(_: HttpRequest) -> HttpResponse:
        raise fault

    response = convert_exception_to_response(broken)(rf.get(path))

    assert isinstance(response, HttpResponse)
    assert response.status_code == status
    assert response["Content-Type"].startswith(kind)


@pytest.mark.parametrize("path", ["/articles/", "/api/v1/articles/"])
def test_a_full_disk_is_told_as_such(rf: RequestFactory, path: str) -> None:
    middleware = FaultsMiddleware(lambda _: HttpResponse())

    response = middleware.process_exception(
        rf.post(path), OSError(errno.ENOSPC, "No space left on device")
    )

    assert response is not None
    assert response.status_code == 507
    assert "disk is full" in response.content.decode()


def test_a_full_disk_is_told_by_the_api_as_well() -> None:
    response = problems.handle(OSError(errno.ENOSPC, "No space left on device"), {})

    assert response.status_code == 507


def test_other_faults_are_left_to_django(rf: RequestFactory) -> None:
    middleware = FaultsMiddleware(lambda _: HttpResponse())

    assert middleware.process_exception(rf.get("/"), ValueError("another fault")) is None
    assert middleware.process_exception(rf.get("/"), FileNotFoundError(2, "gone")) is None


@pytest.fixture
def follow_up(transactional_db: None) -> DatabaseError:  # noqa: ARG001 -- opens the database
    """Return what Django raises when a transaction goes on after its connection was lost."""
    try:
        with transaction.atomic():
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            except OperationalError as lost:
                # As where a fault is met within the transaction, e.g. by the cache.
                connection.needs_rollback = True
                connection.rollback_exc = lost  # type: ignore[attr-defined]  # not in the stubs
            connection.validate_no_broken_transaction()
    except DatabaseError as fault:
        return fault
    finally:
        connection.close()
    raise AssertionError("Nothing was raised.")


def test_what_follows_from_a_lost_connection_is_answered_as_such(
    follow_up: DatabaseError, rf: RequestFactory
) -> None:
    assert not isinstance(follow_up, OperationalError)

    page = FaultsMiddleware(lambda _: HttpResponse()).process_exception(rf.get("/"), follow_up)

    assert page is not None
    assert page.status_code == 503
    assert problems.handle(follow_up, {}).status_code == 503


def test_a_fault_of_the_driver_alone_is_answered_as_the_database_s(rf: RequestFactory) -> None:
    lost = psycopg.OperationalError("the connection is lost")

    page = FaultsMiddleware(lambda _: HttpResponse()).process_exception(rf.get("/"), lost)

    assert page is not None
    assert page.status_code == 503
    assert problems.handle(lost, {}).status_code == 503
