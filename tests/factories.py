"""Rows for tests, made as ingest would make them: consistent, with sensible defaults."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from articles.ingest import effective
from articles.models import (
    Article,
    Corpus,
    Credit,
    Membership,
    Person,
    Role,
    Source,
    SourceAlias,
    Version,
)
from articles.models.folding import fold
from articles.text import Block, BlockKind, body_word_count, compose, sha256

PASSWORD = "a long enough passphrase"
_numbers = count(1)


def make_user(username: str = "", **fields: Any) -> User:
    """Return a person whose password is PASSWORD."""
    name = username or f"person{next(_numbers)}"
    return User.objects.create_user(username=name, password=PASSWORD, **fields)


def make_corpus(slug: str = "", **fields: Any) -> Corpus:
    """Return a corpus, for members only unless told otherwise."""
    slug = slug or f"corpus-{next(_numbers)}"
    corpus: Corpus = Corpus.objects.create(
        slug=slug, **({"name": slug.replace("-", " ").title()} | fields)
    )
    return corpus


def make_member(corpus: Corpus, role: Role = Role.VIEWER, user: User | None = None) -> User:
    """Return someone with a role in a corpus."""
    member = user or make_user()
    Membership.objects.create(corpus=corpus, user=member, role=role)
    return member


def make_source(corpus: Corpus, name: str = "", **fields: Any) -> Source:
    """Return an outlet, known by its name."""
    name = name or f"The Morning Paper {next(_numbers)}"
    source: Source = Source.objects.create(corpus=corpus, name=name, **fields)
    SourceAlias.objects.create(corpus=corpus, source=source, folded=fold(name), printed=name)
    return source


def make_person(corpus: Corpus, name: str = "") -> Person:
    """Return an author."""
    name = name or f"Jane Doe {next(_numbers)}"
    person: Person = Person.objects.create(corpus=corpus, name=name, folded=fold(name))
    return person


def make_article(
    corpus: Corpus,
    *,
    headline: str = "Harbour bridge opens after nine years",
    paragraphs: tuple[str, ...] = ("The bridge opened on Tuesday.", "Crowds came to see it."),
    source: Source | None = None,
    published: date | None = date(1932, 3, 19),
    people: tuple[Person, ...] = (),
    agencies: tuple[str, ...] = (),
    **fields: Any,
) -> Article:
    """Return a stored article with one version; ``fields`` override the article's columns."""
    blocks = [Block(BlockKind.HEADLINE, headline)]
    blocks += [Block(BlockKind.PARAGRAPH, words) for words in paragraphs]
    composed = compose(blocks)
    now = timezone.now()
    sort_at = datetime(1, 1, 2, tzinfo=UTC)
    if published is not None:
        sort_at = datetime(published.year, published.month, published.day, tzinfo=UTC)
    values: dict[str, Any] = {
        "headline": headline,
        "snippet": paragraphs[0] if paragraphs else "",
        "published_date": published,
        "published_precision": "day" if published else None,
        "sort_at": sort_at,
        "created_at": now,
        "word_count": body_word_count(composed),
        "language": "en",
        "flags": [] if published else ["undated"],
    }
    read = {name: fields.pop(name) for name in ("external_id", "canonical_url") if name in fields}
    values |= read | {f"read_{name}": value for name, value in read.items()}
    values["source_alias"] = source.aliases.first() if source else None
    article: Article = Article.objects.create(corpus=corpus, source=source, **(values | fields))
    version = Version.objects.create(
        article=article,
        number=1,
        text=composed.text,
        blocks=[[span.kind, span.start, span.end] for span in composed.spans],
        sha256=sha256(composed.text),
        word_count=article.word_count,
        read=_read(article, source),
        reader="capture",
        reader_version="1",
        locator="",
        first_seen=now,
        last_seen=now,
    )
    credited: list[tuple[str, Person | None, str]] = []
    credited += [("person", person, person.name) for person in people]
    credited += [("agency", None, name) for name in agencies]
    Credit.objects.bulk_create(
        Credit(version=version, position=position, kind=kind, person=person, name=name)
        for position, (kind, person, name) in enumerate(credited)
    )
    article.version = version
    article.save(update_fields=["version"])
    return article


def make_version(article: Article, *paragraphs: str, **fields: Any) -> Version:
    """Return a further version of an article, published unless told otherwise, and derive it.

    ``fields`` override the version's columns; it stands as ``effective`` has it.
    """
    blocks = [Block(BlockKind.HEADLINE, article.headline)]
    blocks += [Block(BlockKind.PARAGRAPH, words) for words in paragraphs]
    composed = compose(blocks)
    last = article.versions.order_by("-number")[0]
    published = article.versions.filter(origin="published").order_by("-number").first()
    now = timezone.now()
    values: dict[str, Any] = {
        "number": last.number + 1,
        "previous": published,
        "text": composed.text,
        "blocks": [[span.kind, span.start, span.end] for span in composed.spans],
        "sha256": sha256(composed.text),
        "word_count": body_word_count(composed),
        "read": last.read,
        "reader": "capture",
        "reader_version": "1",
        "locator": "",
        "first_seen": now,
        "last_seen": now,
    }
    version: Version = Version.objects.create(article=article, **(values | fields))
    effective.derive([article.pk])
    article.refresh_from_db()
    return version


def current(article: Article) -> Version:
    """Return an article's current version."""
    assert article.version is not None
    return article.version


def source_name(article: Article) -> str | None:
    """Return the name of an article's source, if it is known."""
    return article.source.name if article.source else None


def _read(article: Article, source: Source | None) -> dict[str, Any]:
    """Return what a reader would have said of an article with these values."""
    plain = ("standfirst", "byline", "section", "page", "edition", "language")
    published = article.published_date and {
        "date": article.published_date.isoformat(),
        "precision": article.published_precision,
        "at": article.published_at.isoformat() if article.published_at else None,
    }
    modified = article.modified_date and {
        "date": article.modified_date.isoformat(),
        "precision": "day",
        "at": article.modified_at.isoformat() if article.modified_at else None,
    }
    dateline = {"place": article.dateline_place, "agency": article.dateline_agency}
    return {
        "headline": article.headline,
        **{name: getattr(article, name) for name in plain},
        "source": source.name if source else None,
        "published": published,
        "modified": modified,
        "dateline": dateline if any(dateline.values()) else None,
        "canonical_url": article.canonical_url,
        "external_id": article.external_id,
        "flags": article.flags,
    }
