"""What an article is related to, as its page shows it: by kind, earliest first, each with why.

Who may know of an article but not read it is told which others it is related to, and nothing of
what their texts share.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, When, Window
from django.db.models.functions import RowNumber

from articles.models import Article, Coverage, Judgement, Link, LinkKind, Version
from articles.models.corpora import Visitor
from articles.models.lookups import any_id
from articles.parsed import KNOWN_DAYS
from articles.related.events.happenings import KINDS
from articles.related.links.first_side import in_order
from articles.related.links.why import Side, Why, why

if TYPE_CHECKING:
    from datetime import date

# Of each kind on an article's page; the rest are in the list of links.
SHOWN = 50


@dataclass(slots=True)
class Kin:
    """Another article, and how it is related to the one that was asked about.

    ``is_first`` says which of the link's two the other one is, ``stands_first`` that it does so
    where they are beside each other; ``mine`` is what the reader said. ``editions`` are of the
    other one's text, see :func:`by_text`.
    """

    link: Link
    other: Article
    is_first: bool
    why: Why
    stands_first: bool
    mine: Judgement | None = None
    judgements: int = 0
    editions: list["Kin"] = field(default_factory=list)

    @property
    def direction(self) -> str:
        """``from`` where the other is from this one, ``to`` where this one is from it."""
        if not self.link.direction:
            return ""
        return "from" if (self.link.direction == "first") == self.is_first else "to"


@dataclass(slots=True)
class Group:
    """All of one kind, earliest first; ``total`` counts those beyond what is shown, too."""

    kind: LinkKind
    items: list[Kin] = field(default_factory=list)
    total: int = 0

    @property
    def beyond(self) -> int:
        """How many are not shown."""
        return self.total - sum(1 + len(each.editions) for each in self.items)


def kin(article: Article, user: Visitor) -> list[Group]:
    """Return what is held of an article's relations, as ``user`` may see it."""
    rows = _rows(article, user)
    said = _said(rows)
    me = user.pk if user.is_authenticated else 0
    reads = Link.objects.readable_by(user).filter(any_id("id", [row.pk for row in rows]))
    readable = set(reads.order_by().values_list("pk", flat=True))
    blocks = _blocks(rows, readable)
    groups: dict[str, Group] = {}
    for row in rows:
        group = groups.setdefault(row.kind, Group(LinkKind(row.kind), total=row.of_kind))
        judgements = said.get(row.pk, [])
        mine = next((each for each in judgements if each.by_id == me), None)
        group.items.append(
            _kin(row, article, mine, len(judgements), blocks, reads=row.pk in readable)
        )
    return [groups[kind] for kind in LinkKind if kind in groups]


def by_text(groups: Iterable[Group]) -> list[Group]:
    """Return relations with one for each text that is on the event, its other editions in that one.

    An article that follows up on wire copy does so on each edition of it. Of those of one text the
    earliest stands for all. What is related by its text is left as it is.
    """
    groups = list(groups)
    event = [group for group in groups if group.kind in KINDS]
    ids = {each.other.pk for group in event if len(group.items) > 1 for each in group.items}
    rows = Coverage.objects.filter(any_id("article_id", ids)) if ids else Coverage.objects.none()
    texts = {pk: text for pk, text in rows.values_list("article_id", "editions") if text}
    return [
        replace(group, items=_by_text(group.items, texts)) if group in event else group
        for group in groups
    ]


def _by_text(items: Iterable[Kin], texts: Mapping[int, int]) -> list[Kin]:
    first: dict[int, Kin] = {}
    for each in items:
        text = texts.get(each.other.pk, each.other.pk)
        if text in first:
            first[text].editions.append(each)
        else:
            first[text] = replace(each, editions=[])
    return list(first.values())


def rejected(article: Article, user: Visitor) -> int:
    """Return how many were rejected, and by nobody confirmed."""
    count: int = Link.objects.visible_to(user).of([article.pk]).filter(status="rejected").count()
    return count


def is_related(article: Article) -> bool:
    """Whether the machine has looked for what an article's present text is related to."""
    known: bool = Coverage.objects.filter(
        pk=article.pk, version__isnull=False, version=article.version_id
    ).exists()
    return known


def _rows(article: Article, user: Visitor) -> list[Any]:
    """Return an article's links: of each kind those to the earliest, ``of_kind`` there are."""
    held: Any = Link.objects.visible_to(user).held().of([article.pk])

    def of_other(column: str) -> Case:
        return Case(
            When(first=article.pk, then=F(f"second__{column}")), default=F(f"first__{column}")
        )

    order = (F("other_day").asc(nulls_last=True), F("other_at").asc(), F("pk").asc())
    ranked = held.annotate(other_day=of_other("published_date"), other_at=of_other("sort_at"))
    ranked = ranked.annotate(
        place=Window(RowNumber(), partition_by=F("kind"), order_by=order),
        of_kind=Window(Count("pk"), partition_by=F("kind")),
    )
    shown = ranked.filter(place__lte=SHOWN).order_by(*order)
    return list(shown.select_related("first__source", "second__source", "corpus"))


def _said(rows: Iterable[Link]) -> dict[int, list[Judgement]]:
    """Return what people said of links, by link."""
    found: dict[int, list[Judgement]] = {}
    ids = [row.pk for row in rows]
    for judgement in Judgement.objects.filter(any_id("link_id", ids)).order_by("pk"):
        found.setdefault(judgement.link_id, []).append(judgement)
    return found


def _blocks(rows: Iterable[Link], readable: set[int]) -> dict[int, Sequence[Sequence[object]]]:
    """Return the blocks of the versions that evidence is of, by version."""
    ids = {
        version
        for row in rows
        if row.pk in readable
        for version in (row.first_version_id, row.second_version_id)
        if version is not None
    }
    found = Version.objects.filter(any_id("id", ids)) if ids else Version.objects.none()
    return dict(found.order_by().values_list("pk", "blocks"))


def _kin(
    row: Link,
    article: Article,
    mine: Judgement | None,
    judgements: int,
    blocks: dict[int, Sequence[Sequence[object]]],
    *,
    reads: bool,
) -> Kin:
    is_first = row.second_id == article.pk
    this, other = (row.second, row.first) if is_first else (row.first, row.second)
    told = why(
        row if reads else None,
        days=days_between(this, other),
        first=side_of(row, blocks, is_first=True, this=article.pk),
        second=side_of(row, blocks, is_first=False, this=article.pk),
    )
    stands_first = in_order(row)[0] == other
    return Kin(row, other, is_first, told, stands_first, mine, judgements)


def side_of(
    row: Link,
    blocks: dict[int, Sequence[Sequence[object]]],
    *,
    is_first: bool,
    this: int | None = None,
) -> Side:
    """Return one of a link's two, as what is said of it speaks of it."""
    article = row.first if is_first else row.second
    version = row.first_version_id if is_first else row.second_version_id
    return Side(
        name=article.source.name if article.source else "",
        is_this=article.pk == this,
        blocks=blocks.get(version or 0, ()),
        is_current=version is None or version == article.version_id,
    )


def days_between(first: Article, second: Article) -> int | None:
    """Return how many days are between two articles whose days are known."""
    days: list[date] = []
    for article in (first, second):
        if article.published_date is None or article.published_precision not in KNOWN_DAYS:
            return None
        days.append(article.published_date)
    return abs((days[1] - days[0]).days)
