"""The captures that started the project, from the command line to the rows."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from articles.models import Article, Corpus
from tests.factories import current, source_name

CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "captures"
needs_captures = pytest.mark.skipif(
    not CAPTURES.is_dir(), reason="the real captures lie beside the project, not in it"
)


def ingest() -> dict[str, Any]:
    out = StringIO()
    call_command("ingest", *map(str, sorted(CAPTURES.glob("*.txt"))), json=True, stdout=out)
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


@needs_captures
@pytest.mark.usefixtures("corpus")
def test_they_become_exactly_the_articles_expected() -> None:
    report = ingest()

    assert (report["stored"], report["failed"]) == (3, 0)
    expected = json.loads((CAPTURES / "expected.json").read_text())["articles"]
    for article_id, wanted in zip(report["articles"], expected, strict=True):
        article = Article.objects.select_related("source", "version").get(pk=article_id)
        version = current(article)
        read, text, spans = version.read, version.text, version.spans
        body = [text[s.start : s.end] for s in spans if s.kind == "paragraph"]
        assert article.headline == wanted["headline"]
        assert article.standfirst == wanted["standfirst"]
        assert read["key_points"] == wanted["key_points"]
        assert source_name(article) == wanted["source"]
        assert _day(article) == wanted["published"]
        assert article.byline == wanted["byline"]
        agencies = [c.name for c in version.credits.all() if c.kind == "agency"]
        assert agencies == wanted["agencies"]
        assert read["dateline"] == wanted["dateline"]
        assert len(body) == wanted["body_paragraphs"]
        assert [text[s.start : s.end] for s in spans if s.kind == "crosshead"] == wanted[
            "crossheads"
        ]
        assert body[0].startswith(wanted["body_starts"])
        assert body[-1].endswith(wanted["body_ends"])
        assert read["captions"] == wanted["captions"]
        assert read["rights"] == wanted["rights"]
        assert article.language == wanted["language"]
        assert ("truncated" in article.flags) == wanted["truncated"]
        repeats = [d for d in read["dropped"] if d["reason"] == "repeat"]
        assert len(repeats) == wanted["repeats_dropped"]


@needs_captures
@pytest.mark.usefixtures("corpus")
def test_again_they_are_unchanged() -> None:
    first = ingest()

    again = ingest()

    assert again == first | {"stored": 0, "unchanged": 3}


@needs_captures
def test_their_spans_lie_apart_and_hold_all_but_separators(corpus: Corpus) -> None:
    ingest()

    for article in Article.objects.filter(corpus=corpus).select_related("version"):
        at = 0
        text = current(article).text
        for span in current(article).spans:
            assert not text[at : span.start].strip()
            assert span.start >= at
            at = span.end
        assert at == len(text)


def _day(article: Article) -> dict[str, str] | None:
    if article.published_date is None:
        return None
    return {
        "date": article.published_date.isoformat(),
        "precision": article.published_precision or "",
    }
