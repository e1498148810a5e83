"""Suggestions that wait: by name, to be accepted or rejected together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Avg, CharField, Count, F, Q, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from articles.annotate.spreading.suggested_names import SUGGESTED_NAME
from articles.annotate.spreading.texts import Line, Text, line_of
from articles.annotate.tags.changing import decide
from articles.models import (
    Anchor,
    Corpus,
    Door,
    Entity,
    Mention,
    MentionStatus,
    Operation,
)
from articles.models.lookups import any_id

PAGE = 50
# So many are decided at once; the rest of a name at the next go.
MOST_DECIDED = 20_000
_LINES = 200


@dataclass(frozen=True, slots=True)
class Group:
    """What is suggested as one: places, articles, by whom, how surely.

    ``entity`` is None for a name that nobody is known by yet.
    """

    kind: str
    name: str
    entity: int | None
    places: int
    articles: int
    makers: Sequence[str]
    score: float | None

    @property
    def key(self) -> str:
        """The group as a form names it."""
        return f"{self.kind}/{self.entity or ''}/{'' if self.entity else self.name}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page of groups, those with most places first; and whether there are more."""

    groups: list[Group]
    has_more: bool


def waiting(corpus: Corpus, user: User) -> Any:
    """Return the suggestions of the corpus's own layer that ``user`` may decide."""
    found = Mention.objects.readable_by(user).filter(
        corpus=corpus, task=None, status=MentionStatus.SUGGESTED
    )
    return found.order_by().annotate(
        whom=Coalesce(F("entity__merged_into"), F("entity")),
        named=Coalesce(
            KeyTextTransform(SUGGESTED_NAME, "attributes"), Value(""), output_field=CharField()
        ),
    )


def groups(
    corpus: Corpus, user: User, *, kind: str = "", maker: str = "", words: str = "", skip: int = 0
) -> Waiting:
    """Return what waits in a corpus, by name."""
    found = waiting(corpus, user)
    if kind:
        found = found.filter(kind=kind)
    if maker:
        found = found.filter(maker=maker)
    if words:
        found = found.filter(
            Q(named__icontains=words)
            | Q(entity__name__icontains=words)
            | Q(entity__merged_into__name__icontains=words)
        )
    rows = (
        found.values("kind", "whom", "named")
        .annotate(places=Count("pk"), articles=Count("article", distinct=True), sure=Avg("score"))
        .order_by("-places", "kind", "named", "whom")[skip : skip + PAGE + 1]
    )
    listed = list(rows)
    names = dict(
        Entity.objects.filter(
            any_id("id", {row["whom"] for row in listed if row["whom"]})
        ).values_list("pk", "name")
    )
    makers = _makers(found, listed[:PAGE])
    made = [
        Group(
            row["kind"],
            names.get(row["whom"], "") if row["whom"] else row["named"],
            row["whom"],
            row["places"],
            row["articles"],
            makers.get((row["kind"], row["whom"], row["named"]), []),
            row["sure"],
        )
        for row in listed[:PAGE]
    ]
    return Waiting(made, len(listed) > PAGE)


def _makers(found: Any, rows: Sequence[dict[str, Any]]) -> dict[tuple[Any, ...], list[str]]:
    if not rows:
        return {}
    told = (
        found.filter(
            Q(named__in={row["named"] for row in rows if not row["whom"]})
            | Q(whom__in={row["whom"] for row in rows if row["whom"]})
        )
        .values_list("kind", "whom", "named", "origin", "maker")
        .distinct()
    )
    makers: dict[tuple[Any, ...], list[str]] = {}
    for kind, whom, named, origin, maker in told:
        makers.setdefault((kind, whom, named), []).append(maker or origin)
    return {key: sorted(set(names)) for key, names in makers.items()}


def of_group(corpus: Corpus, user: User, key: str) -> Any:
    """Return the suggestions of a group, by its key; none for what is no key."""
    kind, _, rest = key.partition("/")
    entity, _, name = rest.partition("/")
    found = waiting(corpus, user).filter(kind=kind)
    if entity:
        is_id = entity.isascii() and entity.isdigit() and len(entity) < 19
        return found.filter(whom=int(entity)) if is_id else found.none()
    return found.filter(whom=None, named=name)


def lines(mentions: Any, most: int = _LINES) -> list[tuple[int, Line]]:
    """Return suggestions with what stands around them, in their articles' current versions."""
    anchors = (
        Anchor.objects.filter(
            mention__in=mentions.values("pk"),
            start__isnull=False,
            version=F("mention__article__version"),
        )
        .select_related("version", "mention__article__source")
        .order_by("-mention__article__sort_at", "version", "start")[:most]
    )
    return [(each.mention_id, _line(each)) for each in anchors]


def decide_groups(
    corpus: Corpus,
    *,
    keys: Sequence[str] = (),
    ids: Sequence[int] = (),
    status: str,
    by: User,
    door: Door,
) -> Operation | None:
    """Accept or reject groups, or single suggestions, as one operation; None if none waits.

    Raises NotAllowedError, TaggingError.
    """
    wanted: dict[int, Mention] = {}
    for key in keys:
        for mention in of_group(corpus, by, key).order_by("pk")[: MOST_DECIDED - len(wanted)]:
            wanted[mention.pk] = mention
    if ids:
        for mention in waiting(corpus, by).filter(any_id("id", ids)):
            wanted[mention.pk] = mention
    return decide(list(wanted.values()), status, by=by, door=door) if wanted else None


def _line(anchor: Anchor) -> Line:
    article, version = anchor.mention.article, anchor.version
    text = Text(
        article.pk,
        version.pk,
        version.text,
        version.blocks,
        article.language,
        article.headline,
        article.source.name if article.source else "",
        article.published_date,
        article.published_precision or "",
    )
    return line_of(text, anchor.start or 0, anchor.end or 0, anchor.mention.score or 0.0)
