"""The two real captures that started the project, where they stand beside it."""

import io
import json
from pathlib import Path

import pytest

from articles.formats.capture import CaptureFormat
from articles.formats.protocol import Origin, ReadOptions
from articles.parsed import CreditKind, Flag, ParsedArticle
from articles.text import BlockKind

CAPTURES = Path(__file__).parents[3] / "shared" / "corpora" / "captures"

pytestmark = pytest.mark.skipif(
    not (CAPTURES / "expected.json").exists(),
    reason="the real captures are not beside the project",
)


def read(name: str) -> list[ParsedArticle]:
    stream = io.BytesIO((CAPTURES / name).read_bytes())
    found = list(CaptureFormat().read(stream, Origin(filename=name), ReadOptions()))
    assert all(isinstance(item, ParsedArticle) for item in found)
    return [item for item in found if isinstance(item, ParsedArticle)]


def words_of(article: ParsedArticle, kind: BlockKind) -> list[str]:
    return [block.text for block in article.blocks if block.kind is kind]


def described(article: ParsedArticle) -> dict[str, object]:
    """Return an article in the words of expected.json."""
    line = article.dateline
    date = article.published
    return {
        "headline": next(iter(words_of(article, BlockKind.HEADLINE)), None),
        "standfirst": next(iter(words_of(article, BlockKind.STANDFIRST)), None),
        "key_points": words_of(article, BlockKind.KEY_POINT),
        "source": article.source,
        "published": {"date": date.date.isoformat(), "precision": date.precision} if date else None,
        "byline": article.byline,
        "agencies": [c.name for c in article.credits if c.kind is CreditKind.AGENCY],
        "dateline": {"place": line.place, "agency": line.agency} if line else None,
        "body_paragraphs": len(words_of(article, BlockKind.PARAGRAPH)),
        "crossheads": words_of(article, BlockKind.CROSSHEAD),
        "captions": [{"text": c.text, "credit": c.credit} for c in article.captions],
        "rights": article.rights,
        "language": article.language,
        "truncated": Flag.TRUNCATED in article.flags,
        "repeats_dropped": sum(entry.reason == "repeat" for entry in article.dropped),
    }


@pytest.mark.parametrize("name", ["two-articles-glued.txt", "wire-copy-cut.txt"])
def test_a_real_capture_becomes_what_it_must(name: str) -> None:
    expected = json.loads((CAPTURES / "expected.json").read_text())["articles"]
    wanted = [entry for entry in expected if entry["capture"] == name]

    articles = read(name)

    assert len(articles) == len(wanted)
    for article, want in zip(articles, wanted, strict=True):
        body = [b.text for b in article.blocks if b.kind is BlockKind.PARAGRAPH]
        assert body[0].startswith(want.pop("body_starts"))
        assert body[-1].endswith(want.pop("body_ends"))
        want.pop("capture")
        assert described(article) == want
