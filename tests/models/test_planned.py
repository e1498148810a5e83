"""Statements that Postgres plans once a session."""

from collections.abc import Iterator

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from articles.models.lookups import id_array
from articles.models.planned import ask, keep_plans, plan_anew

pytestmark = pytest.mark.django_db

NUMBERS = "SELECT number FROM unnest(%s::bigint[]) AS asked (number) ORDER BY number"


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    connection.ensure_connection()
    before = connection.connection.prepare_threshold
    connection.connection.prepare_threshold = None
    yield
    connection.connection.prepare_threshold = before


def planned() -> int:
    """Return how many statements like the one above the session has a plan of."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT number%%'"
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def test_the_same_is_answered_whether_plans_are_kept_or_not() -> None:
    before = ask(NUMBERS, [id_array([3, 1, 2**40])])
    keep_plans()

    assert ask(NUMBERS, [id_array([3, 1, 2**40])]) == before == [(1,), (3,), (2**40,)]
    assert ask(NUMBERS, [id_array([])]) == []


def test_a_statement_is_planned_once_where_plans_are_kept_and_never_elsewhere() -> None:
    ask(NUMBERS, [id_array([1])])
    assert planned() == 0

    keep_plans()
    for numbers in ([1], [2, 100_000], [2**40]):
        ask(NUMBERS, [id_array(numbers)])
    assert planned() == 1


def test_what_returns_nothing_has_no_rows() -> None:
    keep_plans()

    assert ask("UPDATE articles_story SET note = '' WHERE id = %s", [0]) == []


def test_a_fault_is_told_as_django_tells_it_and_plans_outlast_it() -> None:
    keep_plans()
    made = (
        "INSERT INTO articles_boilerplate (corpus_id, mark, articles, stops) VALUES (%s, 1, 1, %s)"
    )

    with pytest.raises(DataError), transaction.atomic():
        ask(NUMBERS, ["{none}"])
    with pytest.raises(IntegrityError), transaction.atomic():
        ask(made, [None, True])
    assert ask(NUMBERS, [id_array([5])]) == [(5,)]


def test_a_table_that_grew_since_is_no_more_read_whole_once_all_is_planned_anew() -> None:
    keep_plans()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE grows (number bigint PRIMARY KEY) ON COMMIT DROP")
        cursor.execute("INSERT INTO grows VALUES (0)")
        cursor.execute("ANALYZE grows")
        for _ in range(8):
            ask("SELECT number FROM grows WHERE number = ANY(%s::bigint[])", [id_array([1])])
        cursor.execute(
            "SELECT name FROM pg_prepared_statements WHERE statement LIKE '%grows WHERE%'"
        )
        ((name,),) = cursor.fetchall()

        def plan() -> str:
            cursor.execute(f"EXPLAIN EXECUTE {name} ('{{1}}')")
            return str(cursor.fetchall())

        before = plan()
        cursor.execute("INSERT INTO grows SELECT generate_series(1, 20000)")
        grown = plan()
        plan_anew()

        assert "Seq Scan" in before
        assert grown == before
        assert "Seq Scan" not in plan()
