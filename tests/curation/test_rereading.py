"""Reading captures again: what differs, what is stored, and what it never touches."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from articles.curation import borders, fields, texts
from articles.curation.reread_compare import Finding, Found
from articles.curation.reread_plan import Wanted
from articles.curation.rereading import Report, reread, withdraw
from articles.ingest import captures, imports, parsing
from articles.models import (
    Article,
    Capture,
    Corpus,
    CorrectedField,
    Credit,
    Door,
    Import,
    Origin,
    Source,
    TextCorrection,
    Version,
)
from articles.text import Block, BlockKind
from tests.curation import toy
from tests.factories import current

type Ingest = Callable[..., Import]


@pytest.fixture(autouse=True)
def _toys(monkeypatch: pytest.MonkeyPatch) -> None:
    toy.install(monkeypatch)


@pytest.fixture
def better(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes the toy's reader the next version."""
    return lambda: monkeypatch.setattr(toy.ToyFormat, "version", "2")


@pytest.fixture
def ingest(corpus: Corpus) -> Ingest:
    """Return what ingests lines of a toy capture."""

    def run(*lines: dict[str, Any], **options: Any) -> Import:
        given = [imports.Upload("a.toy", "", io.BytesIO(toy.capture(*lines)))]
        started = imports.start(
            corpus=corpus, user=None, door=Door.COMMAND, inputs=given, **options
        )
        return imports.run(started.pk)

    return run


def said(number: int = 1, **fields_: Any) -> dict[str, Any]:
    return {
        "headline": f"Bridge {number} opens",
        "body": [f"Bridge {number} opened on Tuesday.", "Crowds came."],
        "published": "1932-03-19",
        "source": "The Morning Paper",
        "people": ["Jane Doe"],
    } | fields_


def read_again(corpus: Corpus, *, apply: bool = False, **options: Any) -> Report:
    limit = options.pop("limit", None)
    watch = options.pop("watch", None)
    return reread(Wanted(corpus, **options), apply=apply, limit=limit, watch=watch)


def rows() -> tuple[int, ...]:
    return (Version.objects.count(), Article.objects.count(), Credit.objects.count())


def test_nothing_is_read_again_that_todays_reader_read(ingest: Ingest, corpus: Corpus) -> None:
    ingest({"1": said()})

    report = read_again(corpus, apply=True)

    assert (report.captures, report.total) == (0, 0)


def test_what_differs_is_counted_and_nothing_is_stored_unasked(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest(
        {"1": said(1), "2": said(1)},
        {"1": said(2), "2": said(2, body=["Other words."])},
        {"1": said(3), "2": said(3, page="7")},
        {"1": said(4), "2": None},
        {"1": None, "2": said(5)},
        {"1": said(6), "2": "It is torn."},
        {"1": "It was torn.", "2": said(7)},
    )
    before = rows()
    better()

    report = read_again(corpus)

    assert dict(report.found) == dict.fromkeys(Found, 1)
    assert (report.stored, rows()) == (0, before)


def test_applied_it_counts_as_read_and_not_as_a_change_by_the_outlet(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest({"1": said(), "2": said(body=["Other words."], people=["John Roe"], page="7")})
    better()

    report = read_again(corpus, apply=True)

    article = Article.objects.get()
    version = current(article)
    published = article.versions.get(number=1)
    assert report.stored == 1
    assert (version.origin, version.number) == (Origin.REREAD, 2)
    assert (version.rereads, version.previous) == (published, published)
    assert (version.reader, version.reader_version) == ("toy", "2")
    assert version.text == "Bridge 1 opens\n\nOther words."
    assert (article.page, article.snippet, article.edits) == ("7", "Other words.", 0)
    assert [c.name for c in version.credits.all()] == ["John Roe"]
    assert [c.name for c in published.credits.all()] == ["Jane Doe"]
    assert published.text.endswith("Crowds came.")


def test_again_it_stores_nothing(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest({"1": said(), "2": said(page="7")}, {"1": said(2), "2": said(2, body=["Other."])})
    better()
    read_again(corpus, apply=True)
    before = rows()

    again = read_again(corpus, apply=True)
    all_again = read_again(corpus, apply=True, everything=True)

    assert again.total == 0
    assert dict(all_again.found) == {Found.SAME: 2}
    assert rows() == before


def test_a_run_that_was_cut_off_goes_on(
    ingest: Ingest,
    corpus: Corpus,
    better: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parsing, "BATCH_ITEMS", 2)
    ingest(*({"1": said(n), "2": said(n, page="7")} for n in range(5)))
    better()

    def cut_off(_: Capture, finding: Finding) -> None:
        if finding.locator == "line 3":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_again(corpus, apply=True, watch=cut_off)
    kept = Version.objects.filter(origin=Origin.REREAD).count()
    report = read_again(corpus, apply=True)

    assert kept == 4
    assert report.stored == 1
    assert Version.objects.filter(origin=Origin.REREAD).count() == 5
    assert not Article.objects.exclude(page="7").exists()


def test_what_a_person_put_right_outranks_it(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest({"1": said(section="Wrong"), "2": said(body=["Other."], section="News", page="9")})
    article = Article.objects.get()
    fields.correct([article.pk], {CorrectedField.PAGE: "7"}, by=None, door=Door.API)
    texts.correct_text(article, [Block(BlockKind.HEADLINE, "Corrected")], by=None, door=Door.API)
    better()

    report = read_again(corpus, apply=True)

    article.refresh_from_db()
    assert (report.stored, report.corrected) == (1, 1)
    assert (article.headline, article.page) == ("Corrected", "7")
    assert current(article).origin == Origin.CORRECTED
    # What nobody put right is read better all the same.
    assert article.section == "News"
    assert article.flags == ["no_body"]


def test_credits_of_a_corrected_text_follow_the_better_reading(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest({"1": said(people=["Email The Author"]), "2": said(people=["Ann Lee"])})
    article = Article.objects.get()
    texts.correct_text(article, [Block(BlockKind.HEADLINE, "Corrected")], by=None, door=Door.API)
    better()

    read_again(corpus, apply=True)

    article.refresh_from_db()
    assert [c.name for c in current(article).credits.all()] == ["Ann Lee"]


def test_corrected_credits_outrank_it(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest({"1": said(), "2": said(people=["Ann Lee"], body=["Other."])})
    article = Article.objects.get()
    mine = {CorrectedField.CREDITS: [{"kind": "person", "name": "Zoe Poe"}]}
    fields.correct([article.pk], mine, by=None, door=Door.API)
    better()

    read_again(corpus, apply=True)

    article.refresh_from_db()
    assert [c.name for c in current(article).credits.filter(standing=True)] == ["Zoe Poe"]


def test_a_chosen_version_goes_on_standing(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest({"1": said(external_id="a")})
    ingest({"1": said(external_id="a", body=["Later."]), "2": said(external_id="a", body=["L."])})
    article = Article.objects.get()
    first = article.versions.get(number=1)
    texts.choose_version(article, first, by=None, door=Door.API)
    better()

    read_again(corpus, apply=True)

    article.refresh_from_db()
    assert article.version == first


def test_both_halves_of_a_split_keep_their_texts(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest({"1": said(), "2": said(body=["Other."])})
    article = Article.objects.get()
    blocks = texts.blocks_of(current(article))
    borders.split(article, [blocks[:2], blocks[2:]], by=None, door=Door.API)
    before = sorted(Article.objects.values_list("headline", "snippet", "standing"))
    better()

    read_again(corpus, apply=True)

    assert sorted(Article.objects.values_list("headline", "snippet", "standing")) == before


def test_borders_are_listed_and_never_applied(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest({"1": said(1), "2": None}, {"1": None, "2": said(2)})
    found: list[Finding] = []
    before = rows()
    better()

    read_again(corpus, apply=True, watch=lambda _, finding: found.append(finding))

    assert [(f.found, f.locator) for f in found] == [(Found.NEW, "line 2"), (Found.GONE, "line 1")]
    assert rows() == before
    assert TextCorrection.objects.count() == 0


def test_a_capture_that_fails_as_a_whole_is_told_and_loses_no_place(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest({"1": said(1)})
    captures.path(Capture.objects.get()).unlink()
    better()

    report = read_again(corpus, apply=True)

    assert dict(report.found) == {Found.FAILED: 1}


def test_it_is_read_with_the_source_that_its_import_gave(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest({"1": said(source=None), "2": said(source=None, page="7")}, source_name="The Gazette")
    better()
    found: list[Finding] = []

    read_again(corpus, apply=True, watch=lambda _, finding: found.append(finding))

    assert [list(f.fields) for f in found] == [["page"]]
    assert Article.objects.get().source == Source.objects.get(name="The Gazette")


def test_a_better_read_outlet_and_address_are_learned_and_withdrawn(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest(
        {
            "1": said(source=None, published=None),
            "2": said(source="The Gazette", canonical_url="https://example.org/a"),
        }
    )
    better()

    read_again(corpus, apply=True)
    article = Article.objects.select_related("source").get()
    assert article.source is not None
    assert article.source.name == "The Gazette"
    assert article.read_canonical_url == article.canonical_url == "https://example.org/a"
    assert (article.published_date, article.flags) == (date(1932, 3, 19), [])

    assert withdraw(Wanted(corpus), apply=True) == 1
    article = Article.objects.select_related("source").get()
    assert (article.source, article.canonical_url) == (None, None)
    assert article.flags == ["undated", "no_source"]


def test_an_address_of_another_article_is_not_taken(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    url = "https://example.org/a"
    ingest({"1": said(1, canonical_url=url)}, {"1": said(2), "2": said(2, canonical_url=url)})
    better()

    read_again(corpus, apply=True)

    assert Article.objects.filter(read_canonical_url=url).count() == 1


def test_withdrawn_the_reading_before_counts_and_nothing_is_lost(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest({"1": said(), "2": said(body=["Wrong."], people=["Nobody"], page="7")})
    before = Article.objects.values("headline", "snippet", "page", "source_id", "edits").get()
    better()
    read_again(corpus, apply=True)

    assert withdraw(Wanted(corpus), apply=False) == 1
    assert Version.objects.count() == 2
    assert withdraw(Wanted(corpus), apply=True) == 1
    assert withdraw(Wanted(corpus), apply=True) == 0

    article = Article.objects.get()
    assert Article.objects.values(*before).get() == before
    assert [c.name for c in current(article).credits.all()] == ["Jane Doe"]
    assert Version.objects.count() == 3
    # It is not offered again by itself.
    assert read_again(corpus).total == 0
    assert read_again(corpus, everything=True).found[Found.TEXT] == 1


def test_withdrawn_the_outlet_is_the_one_that_an_older_text_stated(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest({"1": said(external_id="a", source="The Gazette")})
    ingest(
        {
            "1": said(external_id="a", body=["Later."], source=None),
            "2": said(external_id="a", body=["Later."], source="The Herald"),
        }
    )
    better()
    read_again(corpus, apply=True)
    assert Article.objects.get().source == Source.objects.get(name="The Herald")

    withdraw(Wanted(corpus), apply=True)

    assert Article.objects.get().source == Source.objects.get(name="The Gazette")


def test_a_text_ingested_again_by_the_better_reader_is_no_new_version(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    line = {"1": said(), "2": said(body=["Other."], canonical_url="https://example.org/a")}
    ingest(line)
    better()
    assert ingest(line).unchanged == 1
    read_again(corpus, apply=True)

    again = ingest(line)

    assert again.unchanged == 1
    assert Article.objects.get().edits == 0


def test_what_reads_the_same_is_kept_where_it_tells_what_the_outlet_changed(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    ingest({"1": said(external_id="a")})
    better()
    ingest({"1": said(external_id="a", body=["Later."])})
    assert Article.objects.get().edits == 0

    report = read_again(corpus, apply=True)

    assert (report.found[Found.SAME], report.for_comparing, report.stored) == (1, 1, 1)
    assert Article.objects.get().edits == 1


def test_only_what_was_asked_for_is_read(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    one = ingest({"1": said(1), "2": said(1, page="1")})
    two = ingest({"1": said(2, source="The Gazette"), "2": said(2, source="The Gazette", page="2")})
    other = Capture.objects.get(inputs__run=two)
    better()

    assert read_again(corpus, import_id=one.pk).total == 1
    assert read_again(corpus, capture_id=other.pk).total == 1
    gazette = Source.objects.get(name="The Gazette")
    assert read_again(corpus, source=gazette).total == 1
    assert read_again(corpus, format_name="html").total == 0
    assert read_again(corpus, limit=1).total == 1
    assert read_again(corpus).total == 2


def test_what_two_imports_read_in_two_ways_is_compared_each_in_its_own(
    ingest: Ingest, corpus: Corpus, better: Callable[[], None]
) -> None:
    lines = ({"1": said(1, source=None)}, {"1": "Torn.", "3": said(2, source=None)})
    ingest(*lines, source_name="The Gazette")
    better()
    toy.ToyFormat.version = "3"
    ingest(*lines, source_name="The Herald")
    assert Article.objects.count() == 2
    toy.ToyFormat.version = "4"

    report = read_again(corpus, everything=True)

    # Version 4 reads as the first did: the second line is torn again.
    assert dict(report.found) == {Found.SAME: 1, Found.FAILED: 1}


def run(**options: Any) -> str:
    out = io.StringIO()
    call_command("reread", stdout=out, **options)
    return " ".join(out.getvalue().split())


def test_the_command_shows_samples_and_stores_only_when_told(
    ingest: Ingest, better: Callable[[], None], tmp_path: Path
) -> None:
    ingest({"1": said(), "2": said(body=["Bridge 1 opened on Monday."], page="7")})
    better()
    details = tmp_path / "details.jsonl"

    shown = run(details=str(details))

    assert "[-Tuesday-]{+Monday+}" in shown
    assert "page: none → 7" in shown
    assert "Nothing was stored" in shown
    [line] = [json.loads(line) for line in details.read_text().splitlines()]
    assert (line["found"], line["locator"]) == ("text", "line 1")
    assert line["fields"] == {"page": [None, "7"]}
    assert "Stored 1 readings" in run(apply=True)
    assert "count again: 1 place" in run(withdraw=True, apply=True)


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize(
    "options",
    [
        {"corpus": "nowhere"},
        {"import_id": 7},
        {"capture_id": 7},
        {"format": "nothing"},
        {"source": "Nobody"},
        {"limit": 0},
        {"details": "/nowhere/at/all.jsonl"},
    ],
)
def test_the_command_says_what_it_does_not_know(options: dict[str, Any]) -> None:
    with pytest.raises(CommandError):
        run(**options)
