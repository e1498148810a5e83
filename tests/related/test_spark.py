"""Spark finds what one machine finds. ``make test-spark`` installs what these need."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from articles.models import Article, Boilerplate, Corpus, Coverage, Link
from articles.models.links import OF_TEXT
from articles.related import spark
from articles.related.finding import following
from tests.factories import make_article, make_corpus, make_source, make_version
from tests.related.prose import prose, story

pytestmark = [pytest.mark.spark, pytest.mark.django_db(transaction=True)]

FIRST_DAY = date(1950, 3, 1)


def _make_articles(corpus: Corpus) -> None:
    """Let there be copies, editions, briefs, quotations, a footer, short texts, another corpus."""
    outlets = [make_source(corpus, f"Outlet {number}") for number in range(8)]
    footer = prose("footer", 60)
    told = story("wire", 8)
    bodies = [
        told,
        told,
        told[:5],
        (*told[2:7], prose("own")),
        told[:1],
        (prose("another 1"), prose("another 2"), told[3], prose("another 3")),
        (prose("short", 14),),
        (prose("short", 14), prose("and more", 6)),
        *((prose(f"alone {number}", 150), footer) for number in range(8)),
    ]
    for number, body in enumerate(bodies):
        make_article(
            corpus,
            headline=f"Article {number}",
            paragraphs=body,
            source=outlets[number % 8],
            published=FIRST_DAY + timedelta(days=number * 3),
        )
    elsewhere = make_corpus("elsewhere", name="Elsewhere")
    make_article(elsewhere, headline="The same elsewhere", paragraphs=told)


def _found() -> list[tuple[Any, ...]]:
    links = Link.objects.held().order_by("first", "second", "kind")
    return list(
        links.values_list("first", "second", "kind", "score", "evidence", "found_direction")
    )


def test_finds_the_links_that_one_machine_finds(corpus: Corpus, tmp_path: Path) -> None:
    _make_articles(corpus)
    following.ask()
    following.catch_up(wait=True)
    one_machine, groups = _found(), list(Coverage.objects.order_by("pk").values("editions"))
    assert {kind for _, _, kind, *_ in one_machine} >= {kind.value for kind in OF_TEXT}
    assert Boilerplate.objects.filter(stops=True).exists()
    Link.objects.all().delete()
    Boilerplate.objects.all().delete()

    call_command("relate", spark=tmp_path / "spark", stdout=StringIO(), stderr=StringIO())

    assert _found() == one_machine
    assert list(Coverage.objects.order_by("pk").values("editions")) == groups
    assert following.is_current()

    # A text that changed since is looked up as ever: no answer of Spark's is of it.
    last = Article.objects.order_by("pk").filter(corpus=corpus).last()
    assert last is not None
    with transaction.atomic():
        make_version(last, *story("wire", 8))
    following.ask()
    following.catch_up(wait=True)
    changed = _found()
    Link.objects.all().delete()

    spark.load(tmp_path / "spark")

    assert _found() == changed != one_machine


def test_says_what_is_missing_where_spark_gave_no_answer(corpus: Corpus, tmp_path: Path) -> None:
    make_article(corpus)
    spark.write(tmp_path)

    with pytest.raises(spark.SparkError, match="no answer"):
        spark.load(tmp_path)


def test_says_what_spark_said_when_it_failed(tmp_path: Path) -> None:
    with pytest.raises(spark.SparkError, match="PATH_NOT_FOUND"):
        spark.run(tmp_path / "nothing", master="local[1]")
