"""The small corpus of the suite: every answer about it can be checked by eye."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from articles.search.index.documents import Document

OTHER_PARTS = ("headline", "standfirst", "caption", "byline")


def at(year: int, month: int = 1, day: int = 1) -> datetime:
    """Return the instant that an article is sorted by."""
    return datetime(year, month, day, tzinfo=UTC)


def day(number: int) -> date:
    """Return a day of March 2019."""
    return date(2019, 3, number)


def article(number: int, body: str = "", /, **fields: Any) -> Document:
    """Return an article of corpus 1, of no known day, in English unless told otherwise."""
    words = {part: fields.pop(part) for part in OTHER_PARTS if part in fields}
    if body:
        words["body"] = body
    published = fields.pop("published", None)
    first, last = published if isinstance(published, tuple) else (published, published)
    language = fields.pop("language", "en")
    names = {"lang": (language,)} if language else {}
    known = {"has": frozenset({"date"})} if first else {"is_": frozenset({"undated"})}
    return Document(
        id=number,
        corpus_id=fields.pop("corpus_id", 1),
        language=language,
        words=words,
        names=names | fields.pop("names", {}),
        first_day=first,
        last_day=last,
        sort_at=at(first.year, first.month, first.day) if first else None,
        added=at(2024) + timedelta(days=number - 1),
        **(known | fields),
    )


# By number. What is said of them in the tests follows from what stands here.
SHELF = (
    article(
        1, "Crowds came to see it.", headline="Harbour bridge opens", published=day(1), length=800,
        names={"source": ("10",), "agency": ("Reuters",), "section": ("World News",)},
    ),
    article(
        2, "The harbour bridge opened.", headline="Crowds", published=day(2), length=300, edits=2,
        names={"source": ("10", "11"), "section": ("Sport",)},
        has=frozenset({"date", "byline"}), is_=frozenset({"edited"}), byline="By Jane Doe in Oslo",
    ),
    article(
        3, "Die Kinder der Brücke", language="de", published=(day(1), day(31)), updated=day(9),
        length=500,
    ),
    article(4, "Undated bridges"),
    article(
        5, headline="Bridge", caption="A harbour at night", corpus_id=2,
        published=(date(2018, 1, 1), date(2018, 12, 31)),
    ),
    article(
        6, "The minister’s follow-up: camps near Ürümqi. US police told us of a camp.",
        standfirst="What Zelenskyy said", published=date(2017, 5, 6), length=900,
        names={"place": ("Ürümqi",), "agency": ("Agence France-Presse", "Reuters")},
    ),
    article(7, "新疆的营地在哪里。東京で会議", language="zh", published=date(2017, 5, 7)),
    article(8, "معسكرات الاعتقال في المدينة، المُعَسْكَر", language="ar", published=date(2017, 5, 8)),
    article(
        9, "Women and a woman said that “camping” was no camp’s name; the régime’s naïve élites.",
        published=date(2016, 2, 29), names={"section": ("world news",)},
    ),
    article(
        10, "one two three four five six seven eight nine ten one", published=date(2016, 2, 28),
        names={"flag": ("undated",)},
    ),
    article(11, "हिन्दी में समाचार और थाईภาษาไทย", language=None, published=date(2015, 1, 1)),
    article(
        12, "L'État c'est moi, 7.30 o'clock, 3.5% at e-mail@example.org",
        published=date(2014, 1, 1),
    ),
)  # fmt: skip
