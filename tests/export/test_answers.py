"""Any answer as a file: each form read back by a reader of its own, within what one may see."""

import csv
import io
import json
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it ships no types
import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.export import answers, batches
from articles.export.answers import FORMATS, OptionError, Options
from articles.models import (
    Access,
    Article,
    Collection,
    CollectionItem,
    Corpus,
    CorrectedField,
    Correction,
    Membership,
    Person,
)
from articles.search.asking import Question, ask
from tests.factories import (
    current,
    make_article,
    make_member,
    make_person,
    make_source,
)

type Index = Callable[[], int]

ODD = "שלום עולם 👩‍👩‍👧 é مرحبا"
csv.field_size_limit(10**8)


@pytest.fixture
def reader(corpus: Corpus) -> User:
    """Return someone who may read the corpus."""
    return make_member(corpus)


@pytest.fixture
def one(corpus: Corpus) -> Article:
    """Return an article with something in every field."""
    article = make_article(
        corpus,
        headline="=HYPERLINK(“harbour”)",
        paragraphs=(f"{ODD} opened, “nearly”.", "Crowds, too.\nIn lines."),
        source=make_source(corpus, "The Harbour Post"),
        people=(make_person(corpus, "Jane Doe"),),
        agencies=("Reuters",),
        published_at=datetime(1932, 3, 19, 7, 30, tzinfo=UTC),
        byline="By Jane Doe",
        standfirst="+1 for the bridge",
        dateline_place="PORT",
        section="Home",
        page="A1",
        canonical_url="https://post.example/a_b",
        external_id="post-1",
    )
    version = current(article)
    version.read |= {
        "captions": [{"text": "A bridge", "credit": "J. Roe"}],
        "key_points": ["It opened"],
        "rights": "© Post",
        "extra": {"shelf": "B 7", "deep": {"number": 10**30}},
    }
    version.save(update_fields=["read"])
    return article


def written(question: Question, form: str, **options: Any) -> bytes:
    return b"".join(answers.write(question, form, answers.options(**options)))


def lines(question: Question, **options: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(question, "jsonl", **options).splitlines()]


def table(question: Question, **options: Any) -> list[dict[str, str]]:
    text = written(question, "csv", **options).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def columns(question: Question, **options: Any) -> list[dict[str, Any]]:
    data = written(question, "parquet", **options)
    found: list[dict[str, Any]] = pq.read_table(io.BytesIO(data)).to_pylist()
    return found


def test_json_lines_say_what_the_api_says(
    reader: User, one: Article, index: Index, client: Any
) -> None:
    person = User.objects.get(pk=reader.pk)
    Correction.objects.create(
        corpus=one.corpus, article=one, field=CorrectedField.RIGHTS, value="© 1932", at=one.sort_at
    )
    index()
    client.force_login(person)

    said = client.get(f"/api/v1/articles/{one.pk}/").json()
    [row] = lines(ask("", reader), base="http://testserver")

    # How each field was read, and by whom it was put right, is not exported.
    shared = said.keys() - {"corrections", "provenance"}
    assert {key: row[key] for key in shared} == {key: said[key] for key in shared}
    assert set(row) - set(said) == {"page_url", "modified_date", "entities", "kinds", "codes"}
    assert row["page_url"] == f"http://testserver/articles/{one.pk}/"
    assert row["rights"] == "© 1932"
    assert client.get(row["page_url"]).status_code == 200


def test_blocks_count_code_points(reader: User, one: Article, index: Index) -> None:
    index()

    [row] = lines(ask("", reader))

    pieces = [row["text"][block["start"] : block["end"]] for block in row["blocks"]]
    assert pieces == [one.headline, f"{ODD} opened, “nearly”.", "Crowds, too.\nIn lines."]


def test_cells_are_no_formulas_and_hold_what_was_there(
    reader: User, one: Article, index: Index
) -> None:
    index()

    [row] = table(ask("", reader))

    assert row["headline"] == f"'{one.headline}"
    assert row["standfirst"] == "'+1 for the bridge"
    assert row["text"] == f"'{current(one).text}"
    assert (row["authors"], row["agencies"]) == ("Jane Doe", "Reuters")
    assert row["published_at"] == "1932-03-19T07:30:00+00:00"
    assert json.loads(row["captions"]) == [{"text": "A bridge", "credit": "J. Roe"}]
    assert json.loads(row["extra"])["deep"] == {"number": 10**30}
    assert not [cell for cell in row.values() if cell[:1] in set("=+-@\t\r")]


def test_parquet_has_types(reader: User, one: Article, index: Index) -> None:
    index()

    [row] = columns(ask("", reader))

    assert row["id"] == one.pk
    assert row["published_date"] == date(1932, 3, 19)
    assert row["published_at"] == datetime(1932, 3, 19, 7, 30, tzinfo=UTC)
    assert row["text"] == current(one).text
    assert row["text_available"] is True
    assert row["credits"][0] == {"kind": "person", "name": "Jane Doe", "role": None, "place": None}
    assert row["blocks"][0] == {"kind": "headline", "start": 0, "end": len(one.headline)}
    assert json.loads(row["extra"])["shelf"] == "B 7"


def test_a_zip_has_a_file_an_article_and_a_table_of_them(
    reader: User, one: Article, corpus: Corpus, index: Index
) -> None:
    # The same headline on the same day: the number tells them apart.
    other = make_article(corpus, headline=one.headline, published=one.published_date)
    bare = make_article(corpus, headline="../../etc: a/b\\c?", published=None)
    index()

    with zipfile.ZipFile(io.BytesIO(written(ask("", reader), "texts"))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        manifest = archive.read("manifest.csv").decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(manifest, newline="")))
        texts = {row["id"]: archive.read(row["file"]).decode() for row in rows}

    assert names == [*[row["file"] for row in rows], "manifest.csv"]
    assert texts[str(one.pk)] == f"{current(one).text}\n"
    assert f"1932-03-19_the-harbour-post_hyperlink-harbour_{one.pk}.txt" in names
    assert f"1932-03-19_hyperlink-harbour_{other.pk}.txt" in names
    assert f"undated_etc-a-b-c_{bare.pk}.txt" in names
    assert "text" not in rows[0]


def test_references_are_a_record_an_article(
    reader: User, one: Article, corpus: Corpus, index: Index
) -> None:
    jane = Person.objects.get(name="Jane Doe")
    twin = make_article(corpus, headline=one.headline, people=(jane,))
    index()
    question = ask("", reader)

    ris = written(question, "ris").decode().split("\r\n")
    keys = re.findall(r"^@article\{(.+),$", written(question, "bibtex").decode(), re.MULTILINE)
    csl = json.loads(written(question, "csl"))

    assert ris.count("TY  - NEWS") == ris.count("ER  - ") == 2
    assert "AU  - Doe, Jane" in ris
    assert sorted(keys) == [
        f"doe1932hyperlinkharbour-newsroom{article.pk}" for article in (one, twin)
    ]
    assert {item["id"] for item in csl} == {f"newsroom-{one.pk}", f"newsroom-{twin.pk}"}


def test_of_nothing_there_is_a_file_without_articles(reader: User, index: Index) -> None:
    index()
    question = ask("", reader)

    assert lines(question) == []
    assert table(question) == []
    assert columns(question) == []
    assert json.loads(written(question, "csl")) == []
    assert written(question, "ris") == written(question, "bibtex") == b""
    with zipfile.ZipFile(io.BytesIO(written(question, "texts"))) as archive:
        assert archive.namelist() == ["manifest.csv"]


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_small_answers_size_is_exact(reader: User, one: Article, index: Index, form: str) -> None:
    index()
    question = ask("", reader)

    size = answers.size(question, form)

    assert (size.articles, size.exact) == (1, True)
    # An archive holds the time of day in its heads, of one length.
    assert size.bytes_estimate == len(written(question, form))
    assert one.pk


@pytest.mark.parametrize("form", ["jsonl", "csv", "texts", "ris"])
def test_a_larger_answers_size_is_estimated_from_a_sample(
    reader: User, corpus: Corpus, index: Index, form: str
) -> None:
    for number in range(200):
        words = " ".join(f"word{number}x{place}" for place in range(10 + number % 90))
        make_article(corpus, headline=f"Harbour {number}", paragraphs=(words,))
    index()
    question = ask("", reader)

    size = answers.size(question, form)

    real = len(written(question, form))
    assert (size.articles, size.exact) == (200, False)
    assert abs(size.bytes_estimate - real) < 0.15 * real


def test_texts_can_be_left_out_and_columns_chosen(reader: User, one: Article, index: Index) -> None:
    index()
    question = ask("", reader)

    assert not {"text", "blocks"} & lines(question, text=False)[0].keys()
    assert list(lines(question, columns=["headline", "published"])[0]) == [
        "id", "headline", "published", "text_available",
    ]  # fmt: skip
    assert list(table(question, columns=["published"])[0]) == [
        "id", "published_date", "published_at", "published_precision", "text_available",
    ]  # fmt: skip
    assert lines(question, text=False)[0]["headline"] == one.headline


@pytest.mark.parametrize(
    ("options", "name"), [({"columns": ["password"]}, "columns"), ({"sort": "price"}, "sort")]
)
def test_what_there_is_not_is_refused(options: dict[str, Any], name: str) -> None:
    with pytest.raises(OptionError) as refused:
        answers.options(**options)

    assert refused.value.name == name


def test_of_a_licensed_corpus_strangers_get_metadata_alone(one: Article, index: Index) -> None:
    Corpus.objects.update(access=Access.LICENSED)
    index()
    question = ask("", AnonymousUser())
    text = "Crowds, too"

    [row] = lines(question)
    [cells] = table(question)
    [typed] = columns(question)
    with zipfile.ZipFile(io.BytesIO(written(question, "texts"))) as archive:
        names, manifest = archive.namelist(), archive.read("manifest.csv").decode()

    assert row["headline"] == one.headline
    assert row["text_available"] is False
    hidden = ("text", "blocks", "captions", "key_points", "extra", "capture")
    assert [row[key] for key in hidden] == [None] * 6
    assert row["rights"] == "© Post"
    assert (cells["text"], cells["text_available"]) == ("", "false")
    assert typed["text"] is typed["blocks"] is None
    assert names == ["manifest.csv"]
    for form in set(FORMATS) - {"texts", "parquet"}:
        assert text not in written(question, form).decode().replace(one.snippet, "")
    assert text not in manifest.replace(one.snippet, "")


def test_articles_of_hidden_corpora_are_not_there(one: Article, index: Index) -> None:
    index()

    assert lines(ask("", AnonymousUser())) == []
    assert one.pk


def test_who_loses_a_right_on_the_way_gets_no_more(
    reader: User, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "ARTICLES", 2)
    for number in range(6):
        make_article(corpus, headline=f"Harbour {number}")
    index()
    stream = answers.write(ask("", reader), "jsonl")
    first = next(stream)

    Corpus.objects.update(access=Access.LICENSED)
    Membership.objects.all().delete()
    second = next(stream)
    Corpus.objects.update(access=Access.MEMBERS)
    rest = b"".join(stream)

    assert [json.loads(line)["text_available"] for line in first.splitlines()] == [True, True]
    assert [json.loads(line)["text"] for line in second.splitlines()] == [None, None]
    assert rest == b""


def test_who_is_no_superuser_any_more_gets_no_more(
    superuser: User, one: Article, index: Index
) -> None:
    index()
    question = ask("", superuser)

    User.objects.filter(pk=superuser.pk).update(is_superuser=False)

    assert lines(question) == []
    assert one.pk


def test_an_article_that_goes_meanwhile_is_left_out_and_none_comes_twice(
    reader: User, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "ARTICLES", 2)
    made = [make_article(corpus, headline=f"Harbour {number}") for number in range(6)]
    index()
    question = ask("harbour", reader)
    stream = answers.write(question, "jsonl")
    first = next(stream)

    Article.objects.filter(pk=made[1].pk).update(standing=False)
    make_article(corpus, headline="Harbour anew", published=date(1931, 1, 1))
    index()
    found = [json.loads(line)["id"] for line in (first + b"".join(stream)).splitlines()]

    assert sorted(found) == sorted({article.pk for article in made} - {made[1].pk})


def test_an_answer_comes_in_the_order_that_was_asked_for(
    reader: User, corpus: Corpus, index: Index
) -> None:
    days = [date(1932, 1, 2), date(1930, 1, 1), date(1931, 5, 5)]
    for day in days:
        make_article(corpus, published=day)
    index()
    question = ask("", reader)

    found = {
        sort: [row["published"]["date"] for row in lines(question, sort=sort)]
        for sort in ("", "newest", "oldest", "relevance")
    }

    oldest = sorted(day.isoformat() for day in days)
    assert found["oldest"] == oldest
    assert found[""] == found["newest"] == found["relevance"] == oldest[::-1]


def make_collection(by: User, *articles: Article, **fields: Any) -> Collection:
    values = {"name": "Camps", "corpus": articles[0].corpus, "by": by} | fields
    collection: Collection = Collection.objects.create(**values)
    for number, article in enumerate(articles, 1):
        CollectionItem.objects.create(collection=collection, article=article, note=f"note {number}")
    return collection


def test_a_collection_comes_in_its_order_with_places_and_notes(
    reader: User, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "ARTICLES", 2)
    days = [date(1932, 1, 2), date(1930, 1, 1), date(1931, 5, 5)]
    made = [make_article(corpus, published=day) for day in days]
    collection = make_collection(reader, *made)
    index()
    question = ask(f"collection:{collection.pk}", reader)

    rows = lines(question)
    cells = table(question)

    assert [row["id"] for row in rows] == [article.pk for article in made]
    assert rows[1]["collection"] == {
        "id": collection.pk, "name": "Camps", "position": 2, "note": "note 2",
    }  # fmt: skip
    assert [row["collection_position"] for row in cells] == ["1", "2", "3"]
    assert answers.size(question, "jsonl").articles == 3
    assert "collection" not in lines(ask("", reader))[0]


def test_others_private_collections_and_notes_are_not_there(
    reader: User, corpus: Corpus, index: Index
) -> None:
    article = make_article(corpus)
    private = make_collection(reader, article)
    index()
    other = make_member(corpus)

    assert lines(ask(f"collection:{private.pk}", other)) == []
    assert "note 1" not in written(ask("", other), "jsonl").decode()


def test_a_collection_taken_back_on_the_way_ends(
    reader: User, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "ARTICLES", 1)
    shared = make_collection(
        reader, make_article(corpus), make_article(corpus), make_article(corpus), shared=True
    )
    index()
    stream = answers.write(ask(f"collection:{shared.pk}", make_member(corpus)), "jsonl")
    next(stream)

    Collection.objects.update(shared=False)

    assert list(stream) == []


def test_a_batch_is_a_constant_number_of_queries(
    reader: User, corpus: Corpus, index: Index
) -> None:
    def queries() -> int:
        index()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            for form in FORMATS:
                written(question(), form)
        return len(captured)

    def question() -> Question:
        return ask("", reader)

    def make() -> None:
        make_article(
            corpus, source=make_source(corpus), people=(make_person(corpus),), agencies=("AFP",)
        )

    make()
    few = queries()
    for _ in range(10):
        make()

    assert queries() == few


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "ris", "csl"])
def test_memory_does_not_grow_with_the_answer(
    reader: User, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(batches, "ARTICLES", 20)
    monkeypatch.setattr("articles.export.parquet._GROUP_ROWS", 20)

    def grow(articles: int) -> None:
        for number in range(articles):
            make_article(corpus, headline=f"Harbour {number}", paragraphs=("word " * 2_000,))
        index()

    def peak() -> int:
        question = ask("", reader)
        for _ in answers.write(question, form):
            pass
        tracemalloc.start()
        try:
            for _ in answers.write(question, form):
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    grow(60)
    few = peak()
    grow(180)

    assert peak() < 1.5 * few + 200_000


def test_huge_articles_are_loaded_one_by_one(
    reader: User, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.export.rows.TEXT_BYTES", 1_000)
    for number in range(3):
        make_article(corpus, headline=f"Book {number}", paragraphs=("word " * 200_000,))
    index()

    pieces = list(answers.write(ask("", reader), "jsonl"))

    assert [piece.count(b"\n") for piece in pieces] == [1, 1, 1]
    assert all(len(json.loads(piece)["text"]) > 900_000 for piece in pieces)


def test_what_is_watched_is_how_far_it_is(reader: User, corpus: Corpus, index: Index) -> None:
    for _ in range(3):
        make_article(corpus)
    index()
    told: list[int] = []

    for _ in answers.write(ask("", reader), "jsonl", Options(), watch=told.append):
        pass

    assert told == [0, 3]


def test_a_collection_that_is_not_indexed_yet_has_its_size_too(
    corpus: Corpus, reader: User, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "SAMPLE", 2)
    index()
    kept = Collection.objects.create(corpus=corpus, by=reader, name="Kept")
    for number in range(7):
        made = make_article(corpus, paragraphs=(f"Words {number}",))
        CollectionItem.objects.create(collection=kept, article=made)
    question = ask("collection:Kept", reader)

    found = answers.size(question, "jsonl")

    assert found.articles == 7
    # An estimate, from those that stand at either end of the collection.
    whole = len(written(question, "jsonl"))
    assert 0.8 * whole < found.bytes_estimate < 1.2 * whole
