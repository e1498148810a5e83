"""Writing many rows at once: what the database refuses is told as everywhere else."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from articles.ingest.copying import copy_rows, update_rows
from articles.models import Corpus, Source
from tests.factories import make_corpus, make_source

COLUMNS = ("id", "name")


def test_a_row_that_breaks_a_constraint_is_told_in_djangos_words(corpus: Corpus) -> None:
    row = [corpus.pk, "Another"]

    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows(Corpus, COLUMNS, [row])


def test_a_value_that_does_not_fit_is_told_in_djangos_words(corpus: Corpus) -> None:
    source = make_source(corpus)

    with pytest.raises(DatabaseError), transaction.atomic():
        update_rows(Source, ("country",), [[source.pk, "far too long for a country"]])


@pytest.mark.django_db(transaction=True)
def test_a_server_that_goes_away_meanwhile_is_told_in_djangos_words() -> None:
    corpus = make_corpus()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]

    def rows() -> Iterator[list[object]]:
        with psycopg.connect(**connection.get_connection_params()) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        yield [corpus.pk + 1, "One"]

    with pytest.raises(OperationalError):
        copy_rows(Corpus, COLUMNS, rows())

    # As after each request: it noticed, so the next one gets a connection that works.
    connection.close_if_unusable_or_obsolete()
    assert Corpus.objects.count() == 1
