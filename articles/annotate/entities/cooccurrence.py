"""Who appears with an entity: in the same articles, and with each other; and a drawing of it."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count
from django.db.models.functions import Coalesce

from articles.annotate.entities.entity_mentions import articles_of
from articles.models import Entity, Mention, MentionStatus
from articles.models.corpora import Visitor
from articles.models.lookups import any_id

MOST = 15
DRAWN = 10
# So many articles, the latest tagged, say who appears with whom in a drawing.
_ARTICLES = 20_000

# The drawing's own units.
WIDTH, HEIGHT = 800, 420
_ACROSS, _DOWN = 215, 160


@dataclass(frozen=True, slots=True)
class Companion:
    """An entity and in how many articles it is tagged beside another."""

    entity: Entity
    articles: int


@dataclass(frozen=True, slots=True)
class Node:
    """A name in the drawing: where its dot is, and on which side of it the name stands."""

    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str
    radius: float
    is_middle: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two names; ``weight`` 1 to 4 says how often they are named together."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: int
    articles: int
    is_of_middle: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """A small drawing: an entity in the middle, its companions around it, those together joined."""

    nodes: list[Node]
    edges: list[Edge]
    width: int = WIDTH
    height: int = HEIGHT


def companions(entity: Entity, user: Visitor, *, limit: int = MOST) -> list[Companion]:
    """Return who is tagged in the same articles, in the most of them first.

    Of what ``user`` may see, accepted.
    """
    own = Entity.objects.with_merged([entity.pk])
    beside = (
        Mention.objects.readable_by(user)
        .filter(
            corpus=entity.corpus_id,
            status=MentionStatus.ACCEPTED,
            article__in=articles_of(entity, user),
            entity__isnull=False,
        )
        .exclude(entity__in=own)
    )
    stands = Coalesce("entity__merged_into", "entity")
    counted = beside.order_by().values_list(stands).annotate(n=Count("article", distinct=True))
    most = list(counted.order_by("-n", stands)[:limit])
    rows = Entity.objects.readable_by(user).in_bulk([pk for pk, _ in most])
    return [Companion(rows[pk], number) for pk, number in most if pk in rows]


def graph(entity: Entity, found: Sequence[Companion], user: Visitor) -> Graph | None:
    """Return the drawing of an entity among its companions; None where there are none.

    The same names are always drawn at the same places.
    """
    drawn = list(found[:DRAWN])
    if not drawn:
        return None
    together = _together(entity, [one.entity for one in drawn], user)
    middle = Node(
        entity.name, WIDTH / 2, HEIGHT / 2, WIDTH / 2, HEIGHT / 2 - 14, "middle", 7, is_middle=True
    )
    nodes = [_node(one, place, len(drawn)) for place, one in enumerate(drawn)]
    most = max(one.articles for one in drawn)
    at = {one.entity.pk: node for one, node in zip(drawn, nodes, strict=True)}
    edges = [
        _edge(at[one], at[other], number, most, is_of_middle=False)
        for (one, other), number in sorted(together.items())
    ]
    edges += [
        _edge(middle, node, one.articles, most, is_of_middle=True)
        for one, node in zip(drawn, nodes, strict=True)
    ]
    return Graph([middle, *nodes], edges)


def _together(entity: Entity, others: Sequence[Entity], user: Visitor) -> Counter[tuple[int, int]]:
    """Return in how many of an entity's articles pairs of its companions are tagged."""
    ids = Entity.objects.with_merged(other.pk for other in others)
    latest = list(articles_of(entity, user).distinct().order_by("-article")[:_ARTICLES])
    stands = Coalesce("entity__merged_into", "entity")
    beside = Mention.objects.readable_by(user).filter(
        any_id("article_id", [row["article"] for row in latest]),
        status=MentionStatus.ACCEPTED,
        entity__in=ids,
    )
    named: dict[int, set[int]] = {}
    for article, pk in beside.order_by().values_list("article", stands).distinct():
        named.setdefault(article, set()).add(pk)
    return Counter(_pairs(named.values()))


def _pairs(named: Iterable[set[int]]) -> Iterator[tuple[int, int]]:
    for those in named:
        yield from combinations(sorted(those), 2)


def _node(one: Companion, place: int, number: int) -> Node:
    """Return a companion's place on the ellipse: the most frequent at the top, then clockwise."""
    angle = 2 * math.pi * place / number - math.pi / 2
    x = round(WIDTH / 2 + _ACROSS * math.cos(angle), 1)
    y = round(HEIGHT / 2 + _DOWN * math.sin(angle), 1)
    across = math.cos(angle)
    if abs(across) < 0.2:
        anchor, label_x, label_y = "middle", x, y + (22 if y > HEIGHT / 2 else -12)
    else:
        anchor = "start" if across > 0 else "end"
        label_x, label_y = x + (11 if across > 0 else -11), y + 4
    return Node(one.entity.name, x, y, round(label_x, 1), round(label_y, 1), anchor, 5)


def _edge(one: Node, other: Node, number: int, most: int, *, is_of_middle: bool) -> Edge:
    weight = min(4, 1 + int(3 * number / most)) if most else 1
    return Edge(one.x, one.y, other.x, other.y, weight, number, is_of_middle)
