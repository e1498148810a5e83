"""What is tagged in many articles, gathered as every format of interchange is given it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import batched
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from articles.annotate.interchange.shape import ArticleTags, CodeOf, Losses, RelationOf, Tag
from articles.annotate.spreading.suggested_names import SUGGESTED_NAME, without_name
from articles.models import (
    Anchor,
    Article,
    Code,
    ExternalId,
    Mention,
    MentionStatus,
    Relation,
    Task,
    TaskItem,
    Version,
)
from articles.models.corpora import Visitor
from articles.models.lookups import any_id

# So many articles are gathered at a time.
ARTICLES = 200


class Layers(StrEnum):
    """Which layers: the corpus's own, or of a task the settled one, or each person's."""

    CORPUS = "corpus"
    GOLD = "gold"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose tags of what: by ``layers``, of a task but for the corpus's own.

    What ``user`` may not see is not in it; None sees all, as a command does.
    """

    user: Visitor | None
    layers: Layers = Layers.CORPUS
    task: Task | None = None
    suggestions: bool = False

    def mentions(self) -> QuerySet[Mention]:
        """Return the mentions."""
        found: QuerySet[Mention] = self._of_layers(Mention)
        if self.suggestions:
            return found.exclude(status=MentionStatus.REJECTED)
        return found.filter(status=MentionStatus.ACCEPTED)

    def codes(self) -> QuerySet[Code]:
        """Return the codes and notes of whole articles."""
        found: QuerySet[Code] = self._of_layers(Code)
        return found

    def articles(self, ids: Iterable[int] | None = None) -> Iterator[Sequence[int]]:
        """Yield the articles in which something is tagged or coded, of some or of all."""
        if ids is None:
            tagged = self.mentions().order_by().values("article_id")
            coded = self.codes().order_by().values("article_id")
            found = Article.objects.filter(Q(pk__in=tagged) | Q(pk__in=coded)).order_by("pk")
            yield from batched(
                found.values_list("pk", flat=True).iterator(), ARTICLES, strict=False
            )
            return
        for some in batched(ids, ARTICLES, strict=False):
            there: set[int] = set()
            for found_in in (self.mentions(), self.codes()):
                rows = found_in.filter(any_id("article_id", some)).order_by()
                there |= set(rows.values_list("article_id", flat=True).distinct())
            yield [pk for pk in some if pk in there]

    def _of_layers(self, model: Any) -> Any:
        found = model.objects.all() if self.user is None else model.objects.readable_by(self.user)
        found = found.filter(article__standing=True)
        if self.layers is Layers.CORPUS:
            return found.filter(task=None)
        return found.filter(task=self.task, layer_of__isnull=self.layers is Layers.GOLD)


class _Row(NamedTuple):
    """An anchor with its mention."""

    id: int
    key: Any
    article: int
    layer_of: int | None
    start: int
    end: int
    quote: str
    kind: str
    entity: int | None
    name: str | None
    stands: int | None
    stands_name: str | None
    attributes: dict[str, Any]
    comment: str
    status: str
    origin: str
    maker: str
    score: float | None
    by: str | None


_READ = (
    "mention_id", "mention__key", "mention__article_id", "mention__layer_of_id", "start", "end",
    "quote", "mention__kind", "mention__entity_id", "mention__entity__name",
    "mention__entity__merged_into_id", "mention__entity__merged_into__name",
    "mention__attributes", "mention__comment", "mention__status", "mention__origin",
    "mention__maker", "mention__score", "mention__by__username",
)  # fmt: skip

_START = _READ.index("start")


def bundles(
    scope: Scope, losses: Losses, ids: Iterable[int] | None = None
) -> Iterator[ArticleTags]:
    """Yield the articles of a scope with what is tagged in them, in the order of ``ids``.

    Of a task's people each layer is an article of its own. Tags whose words are gone from the text
    are counted as lost.
    """
    for some in scope.articles(ids):
        if some:
            yield from _gathered(scope, some, losses)


def counted(scope: Scope, ids: Iterable[int] | None = None) -> tuple[int, int]:
    """Return how many articles and how many tags there are in a scope."""
    articles = tags = 0
    if ids is None:
        mentions = scope.mentions()
        return mentions.values("article_id").distinct().count(), mentions.count()
    for some in batched(ids, 5_000, strict=False):
        mentions = scope.mentions().filter(any_id("article_id", some))
        articles += mentions.values("article_id").distinct().count()
        tags += mentions.count()
    return articles, tags


def _gathered(scope: Scope, ids: Sequence[int], losses: Losses) -> Iterator[ArticleTags]:
    versions = _versions(scope, ids)
    texts = {
        version.pk: version
        for version in Version.objects.filter(any_id("id", versions.values())).only(
            "text", "blocks", "sha256", "number"
        )
    }
    mentions = scope.mentions().filter(any_id("article_id", ids))
    anchors = Anchor.objects.filter(any_id("version_id", versions.values()), mention__in=mentions)
    placed = anchors.order_by("version_id", "start", "-end", "mention_id").values_list(*_READ)
    rows = []
    for row in placed:
        if row[_START] is None:
            losses.note("tags whose words are gone from the text")
        else:
            rows.append(_Row._make(row))
    elsewhere = _elsewhere(rows)
    tags: dict[tuple[int, int | None], list[Tag]] = defaultdict(list)
    for row in rows:
        tags[row.article, row.layer_of].append(_tag(row, elsewhere))
    codes: dict[tuple[int, int | None], list[CodeOf]] = defaultdict(list)
    coded = scope.codes().filter(any_id("article_id", ids)).order_by("code", "pk")
    said = coded.values_list("article_id", "layer_of_id", "code", "value", "by__username")
    for article, whose, code, value, by in said:
        codes[article, whose].append(CodeOf(code, value, by or ""))
    relations = _relations(rows)
    about = {
        pk: rest
        for pk, *rest in Article.objects.filter(any_id("id", ids)).values_list(
            "pk", "headline", "language", "external_id"
        )
    }
    layers: dict[int, list[int | None]] = defaultdict(list)
    for place in sorted({*tags, *codes}, key=lambda key: (key[0], key[1] or 0)):
        layers[place[0]].append(place[1])
    for pk in ids:
        version = texts[versions[pk]]
        headline, language, external_id = about[pk]
        for person in layers[pk]:
            yield ArticleTags(
                text=version.text,
                article=pk,
                version=version.number,
                sha256=version.sha256,
                external_id=external_id or "",
                headline=headline or "",
                language=language or "",
                blocks=version.spans,
                tags=tags[pk, person],
                codes=codes[pk, person],
                relations=relations.get((pk, person), ()),
                layer=_layer(scope, person),
            )


def _versions(scope: Scope, ids: Sequence[int]) -> Mapping[int, int]:
    """Return at which version each article's tags are gathered: a task's are pinned."""
    if scope.task is not None:
        items = TaskItem.objects.filter(any_id("article_id", ids), task=scope.task)
        return dict(items.order_by().values_list("article_id", "version_id"))
    articles = Article.objects.filter(any_id("id", ids)).order_by()
    return dict(articles.values_list("pk", "version_id"))


def _tag(row: _Row, elsewhere: Mapping[int, Mapping[str, str]]) -> Tag:
    entity = row.stands or row.entity
    return Tag(
        start=row.start,
        end=row.end,
        quote=row.quote,
        kind=row.kind,
        key=str(row.key),
        entity=(row.stands_name or row.name or "") or row.attributes.get(SUGGESTED_NAME, ""),
        entity_id=entity,
        entity_ids=elsewhere.get(entity, {}) if entity else {},
        attributes=without_name(row.attributes),
        comment=row.comment,
        status=row.status,
        origin=row.origin,
        maker=row.maker,
        score=row.score,
        by=row.by or "",
    )


def _elsewhere(rows: Sequence[_Row]) -> Mapping[int, Mapping[str, str]]:
    """Return what entities are called elsewhere, by their numbers."""
    entities = {row.stands or row.entity for row in rows} - {None}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    known = ExternalId.objects.filter(any_id("entity_id", [pk for pk in entities if pk]))
    for entity, scheme, value in known.order_by("pk").values_list("entity_id", "scheme", "value"):
        found[entity].setdefault(scheme, value)
    return found


def _relations(rows: Sequence[_Row]) -> Mapping[tuple[int, int | None], list[RelationOf]]:
    found: dict[tuple[int, int | None], list[RelationOf]] = defaultdict(list)
    articles = {row.article for row in rows}
    all_of_them = Relation.objects.filter(any_id("article_id", articles)).order_by("pk")
    related = list(all_of_them.values_list("kind", "source_id", "target_id"))
    if not related:
        return found
    keys = {row.id: str(row.key) for row in rows}
    where = {row.id: (row.article, row.layer_of) for row in rows}
    for kind, source, target in related:
        if source in keys and target in keys:
            found[where[source]].append(RelationOf(kind, keys[source], keys[target]))
    return found


def _layer(scope: Scope, person: int | None) -> str:
    if scope.task is None:
        return Layers.CORPUS.value
    name = f"task:{scope.task.pk}"
    return f"{name}:gold" if person is None else f"{name}:person:{person}"
