"""The life of an object: all that became of it, by imports and by people, the latest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from articles.history.events import RowChange, rows_outside, rows_touched
from articles.history.permission import Standing, standings
from articles.history.places import Slice, sliced
from articles.history.row_changes import event_model
from articles.history.telling import Change, tell
from articles.models import (
    Article,
    Corpus,
    Correction,
    DistinctEntities,
    Entity,
    EntityName,
    ExternalId,
    Import,
    ImportItem,
    Judgement,
    Link,
    Operation,
    Origin,
    Person,
    Source,
    SourceAlias,
    Story,
    StoryPin,
    TextCorrection,
    Version,
)
from articles.models.corpora import Visitor

if TYPE_CHECKING:
    from uuid import UUID

PER_PAGE = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Within one moment, what came of something stands above it.
_VERSION, _OUTSIDE, _OPERATION = range(3)

# Where something is mentioned: a table, and the column that names it.
type Mentions = Sequence[tuple[type[models.Model], str]]


@dataclass(slots=True)
class Entry:
    """One thing that happened: an operation, a version that was stored, or an import's doing.

    ``standing`` is None to those who may not see the operation; its changes are theirs to see
    still. ``what`` is a word for scripts.
    """

    what: str
    at: datetime
    rank: int
    id: int
    changes: Sequence[Change] = ()
    standing: Standing | None = None
    version: Version | None = None
    # The version that a new one came after.
    before: Version | None = None
    imported: Import | None = None
    operation: Operation | None = field(default=None, repr=False)

    @property
    def numbers(self) -> tuple[int, int, int]:
        """What orders entries, the latest first."""
        micros = (self.at - _EPOCH).total_seconds() * 1_000_000
        return (10**17 - int(micros), 9 - self.rank, 10**17 - self.id)


def life_of_article(
    article: Article, user: Visitor, *, limit: int = PER_PAGE, cursor: str | None = None
) -> Slice[Entry]:
    """Return what became of an article that ``user`` may know of. Raises CursorError."""
    mentions: Mentions = (
        (Correction, "article_id"),
        (TextCorrection, "article_id"),
        (TextCorrection, "joined_into_id"),
    )
    entries = _operations(article.pk, mentions) + _versions(article)
    return _page(entries, article.pk, mentions, user, limit=limit, cursor=cursor)


def life_of_source(
    source: Source, user: Visitor, *, limit: int = PER_PAGE, cursor: str | None = None
) -> Slice[Entry]:
    """Return what became of an outlet, its names, and those merged into it. Raises CursorError."""
    mentions: Mentions = (
        (Source, "pgh_obj_id"),
        (Source, "merged_into_id"),
        (SourceAlias, "source_id"),
    )
    return _life(source, mentions, user, limit=limit, cursor=cursor)


def life_of_person(
    person: Person, user: Visitor, *, limit: int = PER_PAGE, cursor: str | None = None
) -> Slice[Entry]:
    """Return what became of an author and their other names. Raises CursorError."""
    mentions: Mentions = ((Person, "pgh_obj_id"), (Person, "same_as_id"))
    return _life(person, mentions, user, limit=limit, cursor=cursor)


def life_of_entity(
    entity: Entity, user: Visitor, *, limit: int = PER_PAGE, cursor: str | None = None
) -> Slice[Entry]:
    """Return what became of an entity, its names and ids, and those merged into it.

    What others did in blind work is no part of it. Raises CursorError.
    """
    mentions: Mentions = (
        (Entity, "pgh_obj_id"),
        (Entity, "merged_into_id"),
        (EntityName, "entity_id"),
        (ExternalId, "entity_id"),
        (DistinctEntities, "first_id"),
        (DistinctEntities, "second_id"),
    )
    found = _operations(entity.pk, mentions)
    told = Operation.objects.visible_to(user).filter(pk__in=[entry.id for entry in found])
    visible = set(told.order_by().values_list("pk", flat=True))
    entries = [entry for entry in found if entry.id in visible] + _outside(entity.pk, mentions)
    return _page(entries, entity.pk, mentions, user, limit=limit, cursor=cursor)


def life_of_story(
    story: Story, user: Visitor, *, limit: int = PER_PAGE, cursor: str | None = None
) -> Slice[Entry]:
    """Return what became of a story, what was merged into it and put there by hand.

    Raises CursorError.
    """
    mentions: Mentions = (
        (Story, "pgh_obj_id"),
        (Story, "merged_into_id"),
        (StoryPin, "story_id"),
    )
    return _life(story, mentions, user, limit=limit, cursor=cursor)


def life_of_link(
    link: Link, user: Visitor, *, limit: int = PER_PAGE, cursor: str | None = None
) -> Slice[Entry]:
    """Return what people said of a link. Raises CursorError."""
    return _life(link, ((Judgement, "link_id"),), user, limit=limit, cursor=cursor)


def _life(
    row: models.Model, mentions: Mentions, user: Visitor, *, limit: int, cursor: str | None
) -> Slice[Entry]:
    entries = _operations(row.pk, mentions) + _outside(row.pk, mentions)
    return _page(entries, row.pk, mentions, user, limit=limit, cursor=cursor)


def _operations(pk: int, mentions: Mentions) -> list[Entry]:
    """Return the operations that touched rows which mention an object: when, and no more yet."""
    of_each = [
        event_model(model)
        .objects.filter(**{column: pk}, pgh_context_id__isnull=False)
        .order_by()
        .values("pgh_context_id")
        for model, column in mentions
    ]
    contexts = of_each[0].union(*of_each[1:])
    found = Operation.objects.filter(context__in=contexts).order_by()
    return [
        Entry("operation", at, _OPERATION, number) for number, at in found.values_list("pk", "at")
    ]


def _outside(pk: int, mentions: Mentions) -> list[Entry]:
    """Return what imports and commands did: what one transaction made of all of it, as one."""
    rows: dict[datetime, dict[tuple[type[models.Model], int], RowChange]] = {}
    for model, column in mentions:
        for row in rows_outside(model, column, pk):
            rows.setdefault(row.at, {})[model, row.id] = row
    return [
        Entry("outside", at, _OUTSIDE, number, changes=tell(list(of_it.values())))
        for number, (at, of_it) in enumerate(sorted(rows.items()))
    ]


def _versions(article: Article) -> list[Entry]:
    """Return the texts that imports stored and readers read; corrected ones are operations'."""
    before: Version | None = None
    found = []
    rows = article.versions.defer("text", "blocks", "read").select_related("capture")
    for version in rows.order_by("number"):
        if version.origin == Origin.PUBLISHED:
            what = "stored" if before is None else "new_version"
            entry = Entry(what, version.first_seen, _VERSION, version.pk, version=version)
            entry.before = before
            before = version
            found.append(entry)
        elif version.origin == Origin.REREAD:
            entry = Entry("reread", version.first_seen, _VERSION, version.pk, version=version)
            entry.before = version.previous
            found.append(entry)
    return found


def _page(
    entries: Sequence[Entry],
    pk: int,
    mentions: Mentions,
    user: Visitor,
    *,
    limit: int,
    cursor: str | None,
) -> Slice[Entry]:
    in_order = sorted(entries, key=lambda entry: entry.numbers)
    found = sliced(in_order, lambda entry: entry.numbers, limit=limit, cursor=cursor)
    _load_operations(found.rows)
    _tell_operations(found.rows, pk, mentions, user)
    _name_imports(found.rows)
    return found


def _load_operations(entries: Sequence[Entry]) -> None:
    wanted = [entry.id for entry in entries if entry.rank == _OPERATION]
    rows = Operation.objects.select_related("corpus", "by", "undoes__undoes").in_bulk(wanted)
    for entry in entries:
        if entry.rank == _OPERATION:
            entry.operation = rows[entry.id]


def _tell_operations(entries: Sequence[Entry], pk: int, mentions: Mentions, user: Visitor) -> None:
    """Say what each operation did to what mentions the object, and how it stands to ``user``."""
    operations = {entry.operation.context: entry.operation for entry in entries if entry.operation}
    if not operations:
        return
    rows: dict[tuple[type[models.Model], int, UUID | None], RowChange] = {}
    for model, column in mentions:
        for row in rows_touched(model, operations, column, pk):
            rows[model, row.id, row.context] = row
    told: dict[UUID | None, list[Change]] = {}
    for change in tell(list(rows.values())):
        told.setdefault(change.context, []).append(change)
    seen = _visible(operations.values(), user)
    for entry in entries:
        if entry.operation is not None:
            entry.changes = told.get(entry.operation.context, [])
            entry.standing = seen.get(entry.operation.pk)


def _visible(operations: Iterable[Operation], user: Visitor) -> Mapping[int, Standing]:
    known = {operation.pk: operation for operation in operations}
    visible = Operation.objects.visible_to(user).filter(pk__in=known)
    ids = visible.order_by().values_list("pk", flat=True)
    return {row.operation.pk: row for row in standings([known[pk] for pk in ids], user)}


def _name_imports(entries: Sequence[Entry]) -> None:
    """Name the imports that brought versions."""
    versions = {entry.version.pk: entry.version for entry in entries if entry.version}
    articles = {version.article_id for version in versions.values()}
    items = ImportItem.objects.filter(article__in=articles, version__in=versions)
    runs: dict[Any, Import] = {
        item.version_id: item.run
        for item in items.select_related("run__created_by").order_by("-pk").defer("raw", "reason")
    }
    for entry in entries:
        entry.imported = runs.get(entry.version.pk) if entry.version else None


def known_articles(user: Visitor) -> models.QuerySet[Article]:
    """Return the articles whose lives ``user`` may read: those that were joined to others too."""
    found: models.QuerySet[Article] = Article.objects.filter(
        corpus__in=Corpus.objects.visible_to(user).values("pk")
    )
    return found
