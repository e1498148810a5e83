"""What an item is: stored, a new version, unchanged or a duplicate."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Import, ImportItem, Sighting, Version
from tests.factories import current, make_corpus, source_name
from tests.ingest.conftest import Ingest, record


def counts(run: Import) -> dict[str, int]:
    return {name: number for name, number in run.counts.items() if number}


def test_a_first_item_is_stored(ingest: Ingest) -> None:
    run = ingest([record()])

    assert counts(run) == {"stored": 1}
    article = Article.objects.get()
    assert article.headline == "Harbour bridge number 1 opens"
    assert source_name(article) == "The Morning Paper"
    assert str(article.published_date) == "1932-03-19"
    assert current(article).text.startswith("Harbour bridge number 1 opens\n\nBridge 1 opened")


def test_the_same_file_again_changes_nothing(ingest: Ingest) -> None:
    ingest([record(1), record(2)])

    run = ingest([record(1), record(2)])

    assert counts(run) == {"unchanged": 2}
    assert (Article.objects.count(), Version.objects.count(), Sighting.objects.count()) == (2, 2, 0)


def test_the_same_external_id_with_other_words_is_a_new_version(ingest: Ingest) -> None:
    ingest([record(external_id="a-1")])

    run = ingest([record(external_id="a-1", body="The bridge opened on Wednesday.")])

    assert counts(run) == {"new_version": 1}
    article = Article.objects.get()
    version = current(article)
    assert version.number == 2
    assert version.previous is not None
    assert version.previous.number == 1
    assert article.snippet == "The bridge opened on Wednesday."


def test_an_older_text_seen_again_is_no_new_version(ingest: Ingest) -> None:
    ingest([record(external_id="a-1")])
    ingest([record(external_id="a-1", body="The bridge opened on Wednesday.")])

    run = ingest([record(external_id="a-1"), record(9)])

    assert counts(run) == {"stored": 1, "unchanged": 1}
    assert current(Article.objects.get(external_id="a-1")).number == 2


def test_versions_within_one_file_follow_each_other(ingest: Ingest) -> None:
    run = ingest([record(external_id="a-1"), record(external_id="a-1", body="Second words here.")])

    assert counts(run) == {"stored": 1, "new_version": 1}
    assert current(Article.objects.get()).number == 2


def test_the_same_address_is_the_same_article(ingest: Ingest) -> None:
    ingest([record(url="https://paper.example/1")])

    run = ingest([record(url="https://paper.example/1", body="Other words now.")])

    assert counts(run) == {"new_version": 1}


def test_an_id_that_comes_later_is_learned(ingest: Ingest) -> None:
    ingest([record(url="https://paper.example/1")])

    ingest([record(url="https://paper.example/1", external_id="a-1")])
    run = ingest([record(external_id="a-1", body="Other words now.")])

    assert counts(run) == {"new_version": 1}
    assert Article.objects.get().external_id == "a-1"


def test_two_ids_at_one_address_are_two_articles(ingest: Ingest) -> None:
    run = ingest(
        [
            record(1, external_id="a-1", url="https://paper.example/"),
            record(2, external_id="a-2", url="https://paper.example/"),
        ]
    )

    assert counts(run) == {"stored": 2}


def test_the_same_text_from_another_outlet_is_a_reprint_and_stored(ingest: Ingest) -> None:
    ingest([record()])

    run = ingest([record(source="The Evening Paper")])

    assert counts(run) == {"stored": 1}


def test_the_same_text_from_an_unknown_outlet_is_stored(ingest: Ingest) -> None:
    ingest([record()])

    run = ingest([record(source=None)])

    assert counts(run) == {"stored": 1}


def test_the_same_text_source_and_day_is_a_duplicate_and_a_sighting(ingest: Ingest) -> None:
    ingest([record()])

    run = ingest([record(section="News")])

    assert counts(run) == {"duplicate": 1}
    sighting = Sighting.objects.get()
    assert sighting.version.article == Article.objects.get()


def test_the_same_text_at_another_address_is_stored(ingest: Ingest) -> None:
    ingest([record(url="https://paper.example/1")])

    run = ingest([record(url="https://paper.example/2")])

    assert counts(run) == {"stored": 1}


def test_an_id_shared_by_articles_with_nothing_in_common_is_refused(ingest: Ingest) -> None:
    ingest([record(external_id="1")])

    run = ingest([record(external_id="1", source="Le Fanal", headline="Autre chose", body="Non.")])

    assert counts(run) == {"failed": 1}
    item = ImportItem.objects.get(run=run)
    assert item.code == "id_conflict"
    assert "Harbour bridge" in item.reason


def test_corpora_do_not_know_each_other(ingest: Ingest) -> None:
    ingest([record(external_id="a-1")])

    run = ingest([record(external_id="a-1")], corpus=make_corpus("other"))

    assert counts(run) == {"stored": 1}


def test_the_number_of_queries_does_not_grow_with_the_batch(ingest: Ingest) -> None:
    ingest([record(0)])

    with CaptureQueriesContext(connection) as few:
        ingest([record(n) for n in range(10, 15)])
    with CaptureQueriesContext(connection) as many:
        ingest([record(n) for n in range(100, 300)])

    assert len(many) == len(few)


@pytest.mark.parametrize(
    "printed", ["THE MORNING PAPER", "The  Morning-Paper", "thé morning paper"]
)
def test_names_of_an_outlet_that_differ_in_case_and_marks_are_one_source(
    ingest: Ingest, printed: str
) -> None:
    ingest([record(1)])

    ingest([record(2, source=printed)])

    assert len({article.source_id for article in Article.objects.all()}) == 1
