"""What was exported is read back by the real ingest to the same articles."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.cells import neutral
from articles.curation import fields
from articles.export import answers
from articles.formats import own_export
from articles.formats.records import article_from_record
from articles.ingest import imports
from articles.ingest.imports import LocalFile
from articles.models import Article, Corpus, CorrectedField, Door, Import
from articles.parsed import ParsedArticle
from articles.search.asking import ask
from tests.factories import make_corpus

type Index = Callable[[], int]

SAMPLE = Path(__file__).parents[2] / "sample"
ODD = {
    "headline": "=SUM(A1) ’tis “odd” 👩‍👩‍👧",
    "standfirst": "'-1 degree",
    "source": "+The Post",
    "external_id": "'=1",
    "published": {"date": "1931-05-01", "precision": "month"},
    "modified": "2019-01-09T23:30:00+11:00",
    "byline": "By Jane Doe and others",
    "authors": [{"name": "Jane Doe", "role": "editing", "place": "Nairobi"}, "Reuters"],
    "dateline": {"place": "@Port", "agency": "Reuters"},
    "section": "-Home",
    "page": "A1",
    "language": "he",
    "rights": "© Post",
    "captions": [{"text": "=A bridge", "credit": "J. Roe"}],
    "extra": {"shelf": "B 7", "deep": {"list": [1, None, "x"]}},
    "blocks": [
        {"kind": "key_point", "text": "It opened; twice"},
        {"kind": "paragraph", "text": "שלום, עולם.\nOn two lines."},
        {"kind": "crosshead", "text": "@home"},
        {"kind": "quotation", "text": '“So,” he said, "it opened".'},
        {"kind": "paragraph", "text": "Port (Reuters) — Not a dateline."},
    ],
}
# What follows from when and where it came in.
OWN = {
    "id", "corpus_id", "source_id", "source_alias_id", "version_id", "created_at",
}  # fmt: skip
LIKE = ("text", "blocks", "sha256", "word_count")
READ = ("key_points", "captions", "rights", "extra", "headline")


def ingested(path: Path, corpus: Corpus) -> Import:
    started = imports.start(corpus=corpus, user=None, door=Door.COMMAND, inputs=[LocalFile(path)])
    return imports.run(started.pk)


def said(article: Article) -> dict[str, Any]:
    """Return all that is known of an article but where it came from."""
    version = article.version
    assert version is not None
    own = {f.attname: getattr(article, f.attname) for f in Article._meta.concrete_fields}
    credits_ = version.credits.filter(standing=True).order_by("position")
    return {
        **{name: value for name, value in own.items() if name not in OWN},
        "source": article.source.name if article.source else None,
        **{name: getattr(version, name) for name in LIKE},
        "credits": list(credits_.values_list("kind", "name", "role", "place")),
        "read": {name: version.read.get(name) for name in READ},
    }


def by_text(corpus: Corpus) -> Mapping[tuple[str, str, date | None], dict[str, Any]]:
    found = corpus.articles.select_related("version", "source")
    return {(row["sha256"], row["source"], row["published_date"]): row for row in map(said, found)}


@pytest.fixture
def reader(superuser: User) -> User:
    """Return someone who sees all."""
    return superuser


def export(corpus: Corpus, reader: User, form: str, folder: Path, **options: Any) -> Path:
    path = folder / f"export.{answers.FORMATS[form].ending}"
    question = ask(f"corpus:{corpus.slug}", reader)
    path.write_bytes(b"".join(answers.write(question, form, answers.options(**options))))
    return path


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_articles_come_back_as_they_were(
    corpus: Corpus, reader: User, index: Index, tmp_path: Path, form: str
) -> None:
    odd = tmp_path / "odd.jsonl"
    odd.write_bytes(json.dumps(ODD).encode())
    captures = sorted((SAMPLE / "captures").iterdir())
    for path in (odd, SAMPLE / "forenoon.jsonl", SAMPLE / "clippings.csv", *captures):
        ingested(path, corpus)
    index()
    other = make_corpus("other")

    run = ingested(export(corpus, reader, form, tmp_path), other)

    assert corpus.articles.count() > 10
    assert (run.failed, run.stored) == (0, corpus.articles.count())
    assert by_text(other) == by_text(corpus)


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_again_into_the_same_corpus_changes_nothing(
    corpus: Corpus, reader: User, index: Index, tmp_path: Path, form: str
) -> None:
    ingested(SAMPLE / "forenoon.jsonl", corpus)
    index()

    run = ingested(export(corpus, reader, form, tmp_path), corpus)

    assert run.stored == run.new_version == run.failed == 0
    assert run.unchanged + run.duplicate == corpus.articles.count()


def test_what_people_put_right_is_read_as_it_stands(
    corpus: Corpus, reader: User, index: Index, tmp_path: Path
) -> None:
    ingested(SAMPLE / "forenoon.jsonl", corpus)
    article = Article.objects.earliest("pk")
    fields.correct([article.pk], {CorrectedField.SECTION: "=Letters"}, by=reader, door=Door.PAGE)
    index()
    other = make_corpus("other")

    ingested(export(corpus, reader, "csv", tmp_path), other)

    [same] = other.articles.filter(section="=Letters")
    assert same.headline == article.headline


@pytest.mark.parametrize("form", ["jsonl", "csv"])
@pytest.mark.parametrize("options", [{"text": False}, {"columns": ["headline", "text"]}])
def test_parts_of_an_export_are_read_without_guessing(
    corpus: Corpus,
    reader: User,
    index: Index,
    tmp_path: Path,
    form: str,
    options: dict[str, Any],
) -> None:
    ingested(SAMPLE / "forenoon.jsonl", corpus)
    index()
    other = make_corpus("other")

    run = ingested(export(corpus, reader, form, tmp_path, **options), other)

    assert run.failed == 0
    assert sorted(other.articles.values_list("headline", flat=True)) == sorted(
        corpus.articles.values_list("headline", flat=True)
    )
    assert not other.articles.exclude(external_id=None).filter(
        external_id__in=[str(pk) for pk in corpus.articles.values_list("pk", flat=True)]
    )


@pytest.mark.parametrize(
    "broken",
    [
        {"blocks": "[["},
        {"blocks": '[{"kind": "headline", "start": 0, "end": 99}]'},
        {"blocks": '[{"kind": "poem", "start": 0, "end": 27}]'},
        {"published_date": "yesterday"},
        {"credits": '[{"kind": "person"}]'},
        {"extra": "[" * 100_000},
        {"flags": "nonsense"},
    ],
)
def test_a_row_that_was_changed_is_read_like_any_other_table(broken: dict[str, str]) -> None:
    row = {
        "id": "17", "url": "/api/v1/articles/17/", "page_url": "/articles/17/",
        "headline": "Bridge opens", "text_available": "true", "text": "Bridge opens\n\nIt opened.",
    }  # fmt: skip

    article = article_from_record(row | broken, "line 2")

    assert isinstance(article, ParsedArticle)
    assert [block.text for block in article.blocks] == ["Bridge opens", "It opened."]
    assert (article.external_id, article.canonical_url) == (None, None)


@pytest.mark.parametrize("said", ["=1", "'=1", "''=1", "'tis", "plain", "\t=1", "＝1", "", "-"])
def test_an_apostrophe_is_taken_from_where_it_was_put(said: str) -> None:
    row = {"id": "1", "text_available": "true", "headline": neutral(said), "standfirst": "x"}

    article = own_export.article(row, "")

    assert article is not None
    assert article.blocks[0].text == (said or "x")
