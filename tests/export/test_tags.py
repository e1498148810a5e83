"""What is tagged, in exports: names of entities, kinds and codes, for whom they may be told to."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it ships no types
import pytest
from django.contrib.auth.models import AnonymousUser, User

from articles.export import answers
from articles.formats.own_export import article as read_back
from articles.models import Access, Article, Code, Corpus, Role
from articles.search.asking import ask
from tests.factories import (
    current,
    make_article,
    make_codebook,
    make_entity,
    make_member,
    make_mention,
    make_task,
)

type Index = Callable[[], int]


@pytest.fixture
def reader(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def article(corpus: Corpus, index: Index) -> Article:
    """Return an article with an entity under two rows, a suggestion, and a note."""
    made = make_article(corpus, paragraphs=("Jane Doe; and J. Doe met Ann Roe in Leeds.",))
    jane = make_entity(corpus, "Jane “Doe”; the elder")
    make_mention(made, "Jane Doe", entity=jane)
    make_mention(made, "J. Doe", entity=make_entity(corpus, "J. Doe", merged_into=jane))
    make_mention(made, "Ann Roe", entity=make_entity(corpus, "Ann Roe"), status="suggested")
    make_mention(made, "Leeds", "place", entity=make_entity(corpus, "Leeds", "place"))
    Code.objects.create(
        corpus=corpus, article=made, version=current(made), code="note", value="=1+1\nlooked at",
        codebook_version=make_codebook(corpus),
    )  # fmt: skip
    index()
    return made


def exported(user: User | AnonymousUser, form: str) -> bytes:
    return b"".join(answers.write(ask("", user), form))


def line(user: User | AnonymousUser) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(exported(user, "jsonl").splitlines()[0])
    return row


def test_json_lines_have_entities_kinds_and_codes(article: Article, reader: User) -> None:
    row = line(reader)

    assert row["id"] == article.pk
    assert [(e["name"], e["kind"], e["mentions"]) for e in row["entities"]] == [
        ("Jane “Doe”; the elder", "person", 2),
        ("Leeds", "place", 1),
    ]
    assert row["kinds"] == ["person", "place"]
    assert row["codes"] == [{"code": "note", "value": "=1+1\nlooked at"}]


@pytest.mark.usefixtures("article")
def test_tables_have_them_in_columns(reader: User) -> None:
    [row] = csv.DictReader(io.StringIO(exported(reader, "csv").decode("utf-8-sig")))
    [typed] = pq.read_table(io.BytesIO(exported(reader, "parquet"))).to_pylist()

    assert row["kinds"] == "person; place"
    assert "Jane “Doe”; the elder" in row["entities"]
    assert typed["entities"] == ["Jane “Doe”; the elder", "Leeds"]
    assert typed["kinds"] == ["person", "place"]
    assert typed["codes"] == ["note==1+1 looked at"]
    assert read_back(row, "1") is not None


@pytest.mark.usefixtures("article")
def test_who_is_not_told_gets_none(corpus: Corpus, reader: User) -> None:
    Corpus.objects.filter(pk=corpus.pk).update(access=Access.LICENSED)
    assert line(AnonymousUser())["entities"] is None

    make_task(corpus, [make_article(corpus)], [reader])

    row = line(reader)
    assert (row["entities"], row["kinds"], row["codes"]) == (None, None, None)
