"""Rows for tests, made as ingest would make them: consistent, with sensible defaults."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from articles.annotate.codebooks import codebooks
from articles.annotate.codebooks.codebook import Content, as_json
from articles.ingest import effective
from articles.models import (
    Anchor,
    Article,
    Assignment,
    Codebook,
    CodebookVersion,
    Corpus,
    Coverage,
    Credit,
    Entity,
    EntityName,
    Judgement,
    Link,
    LinkKind,
    Membership,
    Mention,
    Person,
    Role,
    Source,
    SourceAlias,
    Story,
    StoryPin,
    Task,
    TaskItem,
    Version,
)
from articles.models.folding import fold
from articles.models.mentions import label_of
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


def make_entity(
    corpus: Corpus, name: str = "", kind: str = "person", *aliases: str, **fields: Any
) -> Entity:
    """Return someone or something that can be tagged, known by its name and ``aliases``."""
    name = name or f"John Smith {next(_numbers)}"
    entity: Entity = Entity.objects.create(corpus=corpus, kind=kind, name=name, **fields)
    EntityName.objects.bulk_create(
        EntityName(corpus=corpus, entity=entity, name=each, folded=fold(each), task=entity.task)
        for each in (name, *aliases)
    )
    return entity


def make_mention(
    article: Article,
    quote: str,
    kind: str = "person",
    *,
    entity: Entity | None = None,
    version: Version | None = None,
    nth: int = 0,
    **fields: Any,
) -> Mention:
    """Return a tag of the words ``quote``, where they stand the first time or the ``nth`` after.

    In a version, the current one unless told otherwise; ``fields`` override the mention's columns:
    ``by``, ``status``, ``task`` and ``layer_of``.
    """
    chosen = version or current(article)
    start = -1
    for _ in range(nth + 1):
        start = chosen.text.index(quote, start + 1)
    values: dict[str, Any] = {
        "corpus": article.corpus,
        "article": article,
        "codebook_version": codebooks.main_version(article.corpus),
        "kind": kind,
        "entity": entity,
    }
    mention: Mention = Mention.objects.create(**(values | fields))
    Anchor.objects.create(
        mention=mention,
        version=chosen,
        start=start,
        end=start + len(quote),
        quote=quote,
        prefix=chosen.text[max(0, start - 32) : start],
        suffix=chosen.text[start + len(quote) :][:32],
        label=label_of(mention),
    )
    return mention


def make_codebook(
    corpus: Corpus, content: Content | None = None, name: str = "", **fields: Any
) -> CodebookVersion:
    """Return a published version of a codebook: of a new one, or of the main one by default.

    ``fields`` are the codebook's.
    """
    if content is None and not name:
        return codebooks.main_version(corpus)
    codebook = Codebook.objects.create(
        corpus=corpus, name=name or f"Codebook {next(_numbers)}", **fields
    )
    version: CodebookVersion = CodebookVersion.objects.create(
        codebook=codebook,
        number=1,
        content=as_json(content or codebooks.main_content(corpus)),
        published_at=timezone.now(),
    )
    return version


def make_task(
    corpus: Corpus,
    articles: Iterable[Article] = (),
    people: Iterable[User] = (),
    **fields: Any,
) -> Task:
    """Return blind work: each of ``people`` is given each of ``articles``, as it stands now.

    ``fields`` override the task's columns.
    """
    values: dict[str, Any] = {"name": f"Task {next(_numbers)}"}
    if "codebook_version" not in fields:
        values["codebook_version"] = codebooks.main_version(corpus)
    task: Task = Task.objects.create(corpus=corpus, **(values | fields))
    people = list(people)
    for position, article in enumerate(articles):
        item = TaskItem.objects.create(
            task=task, article=article, version=current(article), position=position
        )
        for user in people:
            Assignment.objects.create(task=task, item=item, user=user, position=position)
    return task


def make_link(first: Article, second: Article, kind: str = "edited_version", **fields: Any) -> Link:
    """Return a link as the machine suggests it, whichever of the two is named first.

    Its evidence is what is true of the two: paragraphs that both have, of kinds of text, and how
    far apart they are. ``fields`` override its columns; sides are those of the row.
    """
    first, second = sorted((first, second), key=lambda article: article.pk)
    values: dict[str, Any] = {
        "corpus": first.corpus,
        "score": 0.8,
        "evidence": _evidence(first, second, LinkKind(kind)),
        "first_version": current(first),
        "second_version": current(second),
        "found_at": timezone.now(),
    }
    values |= fields
    values.setdefault("direction", values.get("found_direction", ""))
    link: Link = Link.objects.create(first=first, second=second, kind=kind, **values)
    return link


def judge(
    link: Link, by: User | None = None, verdict: str = "confirmed", **fields: Any
) -> Judgement:
    """Return what a person (a new annotator, unless told) says of a link, which follows it."""
    by = by or make_member(link.corpus, Role.ANNOTATOR)
    judgement: Judgement = Judgement.objects.create(
        corpus=link.corpus, link=link, by=by, verdict=verdict, **fields
    )
    link.refresh_from_db()
    return judgement


def make_story(
    corpus: Corpus, articles: Iterable[Article] = (), *, pinned: bool = False, **fields: Any
) -> Story:
    """Return a story of some articles, gathered by the machine or (``pinned``) by a person.

    ``fields`` are the story's columns.
    """
    story: Story = Story.objects.create(corpus=corpus, **fields)
    for article in articles:
        if pinned:
            StoryPin.objects.create(corpus=corpus, article=article, story=story)
        where = {"version": article.version, "story": story}
        Coverage.objects.update_or_create(
            article=article, defaults=where, create_defaults=where | {"editions": article.pk}
        )
    return story


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


def _evidence(first: Article, second: Article, kind: LinkKind) -> dict[str, Any]:
    """Return what a machine would say for a link, see ``articles.related.finding.evidence``."""
    days = None
    if first.published_date and second.published_date:
        days = (second.published_date - first.published_date).days
    said: dict[str, Any] = {"names": [], "days": days}
    if not kind.is_of_text:
        return said | {"cosine": 0.8, "names_cosine": 0.6, "words_in_common": []}
    texts = current(first).text, current(second).text
    passages, words, longest = [], 0, 0
    for of, start, end in current(first).blocks:
        other = texts[1].find(texts[0][start:end])
        if of == BlockKind.PARAGRAPH and other >= 0:
            passages.append([start, end, other, other + end - start])
            words += len(texts[0][start:end].split())
            longest = max(longest, len(texts[0][start:end].split()))
    return said | {
        "words": words,
        "longest": longest,
        "first_share": min(1.0, words / (first.word_count or 1)),
        "second_share": min(1.0, words / (second.word_count or 1)),
        "passages": passages,
        "passages_total": len(passages),
        "is_whole": True,
    }
