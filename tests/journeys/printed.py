"""A small corpus with every kind of block, written for the browser tests."""

from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone

from articles.models import Article, Capture, Corpus, Credit, Version
from articles.text import Block, BlockKind, Composed, body_word_count, compose, sha256
from tests.factories import make_article, make_person, make_source

BRIDGE = (
    Block(BlockKind.HEADLINE, "Harbour bridge opens before half a million"),
    Block(
        BlockKind.STANDFIRST, "A ribbon cut twice, and a city that walked across its own skyline"
    ),
    Block(BlockKind.KEY_POINT, "The span is 503 metres"),
    Block(BlockKind.KEY_POINT, "Tolls begin on Monday"),
    Block(BlockKind.DATELINE, "PORT ALDER (Meridian) —"),
    Block(
        BlockKind.PARAGRAPH,
        "The bridge that was nine years in the building was opened yesterday morning, and by "
        "evening more people had walked over it than live in the southern suburbs.",
    ),
    Block(BlockKind.CROSSHEAD, "A ribbon, twice"),
    Block(BlockKind.PARAGRAPH, "A rider cut the ribbon; it was tied, and cut again."),
    Block(BlockKind.QUOTATION, "This is the first that was opened for me."),
    Block(BlockKind.LIST_ITEM, "the wind of August"),
    Block(BlockKind.LIST_ITEM, "and the trains"),
    Block(BlockKind.CAPTION, "The crowd on the eastern footway."),
    Block(BlockKind.NOTE, "Correction: an earlier edition gave the span as 530 metres."),
)
LATER = (
    Block(BlockKind.HEADLINE, "Harbour bridge opens before a million"),
    *BRIDGE[1:7],
    Block(BlockKind.PARAGRAPH, "Fourteen children lost in the crowd were found by nightfall."),
    *BRIDGE[7:],
)
ARABIC = (
    Block(BlockKind.HEADLINE, "افتتاح الجسر أمام نصف مليون متفرج"),
    Block(BlockKind.DATELINE, "بورت ألدر –"),
    Block(BlockKind.PARAGRAPH, "افتُتح صباح أمس الجسر الذي استغرق بناؤه تسع سنوات."),
)
READ: dict[str, Any] = {
    "source": "HARBOUR POST",
    "captions": [{"text": "The crowd on the eastern footway.", "credit": "H. Lens/Harbour Post"}],
    "rights": "© 1932 Harbour Post",
    "extra": {"shelf": "Box 14"},
    "provenance": {"published": {"rule": "header_line", "raw": "Date: 20 Mar 1932"}},
    "dropped": [{"line": 4, "reason": "sharing", "text": "Share this article"}],
}


def print_bridge(corpus: Corpus, **fields: Any) -> Article:
    """Return an article with all that a page can show, in two versions, seen in a capture."""
    source = make_source(corpus, "The Harbour Post")
    people = (make_person(corpus, "Eleanor Marsh"), make_person(corpus, "Tobias Quill"))
    values: dict[str, Any] = {
        "headline": LATER[0].text,
        "standfirst": LATER[1].text,
        "published": date(1932, 3, 20),
        "published_at": datetime(1932, 3, 19, 22, 30, tzinfo=UTC),
        "byline": "By Eleanor Marsh and Tobias Quill in Port Alder; Meridian",
        "section": "Home News",
        "page": "1",
        "canonical_url": "https://harbourpost.example/1932/bridge",
        "dateline_place": "Port Alder",
        "flags": ["truncated"],
    }
    article = make_article(
        corpus, source=source, people=people, agencies=("Meridian Press",), **(values | fields)
    )
    capture = Capture.objects.create(
        corpus=corpus, sha256="0" * 64, size=1, media_type="text/plain", filename="clippings.txt"
    )
    first = article.version
    assert first is not None
    _set(first, compose(BRIDGE), capture, "lines 1-20")
    later = _later(article, first)
    _set(later, compose(LATER), capture, "lines 30-52")
    article.version = later
    article.word_count = later.word_count
    article.save()
    return article


def print_arabic(corpus: Corpus) -> Article:
    """Return an article written from right to left."""
    article = make_article(
        corpus, headline=ARABIC[0].text, published=date(1932, 3, 21), language="ar"
    )
    version = article.version
    assert version is not None
    _set(version, compose(ARABIC), None, "")
    return article


def print_many(corpus: Corpus, count: int, **fields: Any) -> list[Article]:
    """Return articles of following days, the oldest first."""
    source = make_source(corpus, "Morning Ledger")
    return [
        make_article(
            corpus,
            headline=f"Tram number {number} is late again",
            source=source,
            published=date(1931, 1 + number // 28, 1 + number % 28),
            **fields,
        )
        for number in range(count)
    ]


def _later(article: Article, first: Version) -> Version:
    now = timezone.now()
    version = Version.objects.create(
        article=article,
        number=2,
        previous=first,
        text="",
        blocks=[],
        sha256="",
        word_count=0,
        read={},
        reader="capture",
        reader_version="1",
        locator="",
        first_seen=now,
        last_seen=now,
    )
    Credit.objects.bulk_create(
        Credit(version=version, position=c.position, kind=c.kind, person=c.person, name=c.name)
        for c in first.credits.all()
    )
    return version


def _set(version: Version, composed: Composed, capture: Capture | None, locator: str) -> None:
    version.text = composed.text
    version.blocks = [[span.kind, span.start, span.end] for span in composed.spans]
    version.sha256 = sha256(composed.text)
    version.word_count = body_word_count(composed)
    version.read = READ if capture else {}
    version.capture, version.locator = capture, locator
    version.save()
