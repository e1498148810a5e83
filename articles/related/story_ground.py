"""What stories are gathered from: links near some articles, and what people said of those."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from articles.models import Coverage, Link, LinkKind, LinkStatus, Story, StoryPin
from articles.models.lookups import any_id

# With some articles so many are looked at that links lead to, and so many of the stories of all
# these.
MOST_AT_ONCE = 400
# How much a link of each kind says that both are of one story; where it has no score, or more than
# its score says.
_AS_SCORED = {LinkKind.SAME_EVENT: 1.0, LinkKind.FOLLOW_UP: 0.9, LinkKind.CORRECTION: 1.0}
_OF_TEXT = {LinkKind.SAME_TEXT: 1.0, LinkKind.EDITED_VERSION: 1.0, LinkKind.EXCERPT: 0.4}
_SURE = 1.0
# Who says that one of these is not so says that both are not of one story.
_PARTS = frozenset({LinkKind.SAME_EVENT, LinkKind.FOLLOW_UP})


@dataclass(slots=True)
class Ground:
    """Articles that links lead to from some, and how far each pair belongs together: 0 to 1.

    ``apart`` are pairs of which people said that they are not on one event. Pairs are in order.
    """

    articles: set[int] = field(default_factory=set)
    binding: dict[tuple[int, int], float] = field(default_factory=dict)
    apart: set[tuple[int, int]] = field(default_factory=set)


@dataclass(slots=True)
class Standing:
    """Where articles stand: ``story`` is the one that stands, of those that are in any.

    ``named`` is the story that their row names, which may be merged into that one. ``held`` are
    stories that people had a hand in, ``sizes`` how many texts each of them has.
    """

    editions: dict[int, int] = field(default_factory=dict)
    named: dict[int, int] = field(default_factory=dict)
    story: dict[int, int] = field(default_factory=dict)
    pinned: set[int] = field(default_factory=set)
    held: set[int] = field(default_factory=set)
    sizes: dict[int, int] = field(default_factory=dict)


def ground(article_ids: Iterable[int]) -> Ground:
    """Return what is around articles: whom links lead to, and who shares a story with any of these.

    Stories are whole in it, up to a bound, so that what is gathered from it is what would be
    gathered from all articles (unless people took out the one that held a story together).
    """
    wanted = set(article_ids)
    found = Ground()
    linked_to = Q(any_id("first_id", wanted)) | Q(any_id("second_id", wanted))
    met = _take_in(found, linked_to) - wanted
    near = wanted.union(sorted(met)[:MOST_AT_ONCE])
    mates = _mates(near) - near
    found.articles = near.union(sorted(mates)[:MOST_AT_ONCE])
    others = found.articles - wanted
    if others:
        _take_in(found, Q(any_id("first_id", others)) & Q(any_id("second_id", others)))
    found.binding = {
        pair: value for pair, value in found.binding.items() if found.articles.issuperset(pair)
    }
    return found


def _mates(article_ids: set[int]) -> set[int]:
    """Return all that are in a story with some articles."""
    rows = Coverage.objects.filter(any_id("article_id", article_ids), story__isnull=False)
    stories = set(rows.order_by().values_list("story_id", flat=True))
    if not stories:
        return set()
    mates = Coverage.objects.filter(any_id("story_id", stories)).order_by()
    return set(mates.values_list("article_id", flat=True))


def _take_in(found: Ground, where: Q) -> set[int]:
    """Take in some links; return whom those that bind lead to."""
    links = Link.objects.filter(
        where,
        kind__in=[*_AS_SCORED, *_OF_TEXT],
        first__standing=True,
        second__standing=True,
    ).exclude(status=LinkStatus.WITHDRAWN)
    met: set[int] = set()
    rows = links.order_by().values_list("first_id", "second_id", "kind", "status", "score")
    for first, second, kind, status, score in rows:
        pair = (first, second)
        if status == LinkStatus.REJECTED:
            if kind in _PARTS:
                found.apart.add(pair)
            continue
        found.binding[pair] = max(found.binding.get(pair, 0.0), _binds(kind, status, score))
        met |= {first, second}
    return met


def _binds(kind: str, status: str, score: float | None) -> float:
    if kind in _OF_TEXT:
        return _OF_TEXT[LinkKind(kind)]
    if status == LinkStatus.ACCEPTED or score is None:
        return _SURE
    return min(score, 1.0) * _AS_SCORED[LinkKind(kind)]


def standing(article_ids: Iterable[int]) -> Standing:
    """Return where articles stand; their rows are locked until the transaction ends."""
    rows = Coverage.objects.filter(any_id("article_id", article_ids))
    rows = rows.select_for_update(of=("self",)).order_by("pk")
    found = Standing()
    for article, editions, named, into, pinned in rows.values_list(
        "article_id", "editions", "story_id", "story__merged_into_id", "pinned"
    ):
        found.editions[article] = editions or article
        if named is not None:
            found.named[article] = named
            found.story[article] = into or named
        if pinned:
            found.pinned.add(article)
    if found.story:
        found.held = _held(set(found.story.values()))
        found.sizes = _sizes(found.held)
    return found


def _held(story_ids: set[int]) -> set[int]:
    """Return those stories that people had a hand in: the machine takes nothing from them."""
    pins = StoryPin.objects.filter(Q(story=OuterRef("pk")) | Q(story__merged_into=OuterRef("pk")))
    said = ~Q(name="") | ~Q(note="") | Q(by__isnull=False) | Q(merged__isnull=False) | Exists(pins)
    rows = Story.objects.filter(any_id("id", story_ids)).filter(said)
    return set(rows.order_by().values_list("pk", flat=True))


def _sizes(story_ids: set[int]) -> dict[int, int]:
    """Return how many texts there are in each story, what ran several times counted once."""
    texts: dict[int, set[int]] = defaultdict(set)
    rows = Coverage.objects.filter(
        Q(any_id("story_id", story_ids)) | Q(any_id("story__merged_into_id", story_ids)),
        article__standing=True,
    )
    for article, editions, named, into in rows.order_by().values_list(
        "article_id", "editions", "story_id", "story__merged_into_id"
    ):
        texts[into or named].add(editions or article)
    return {story: len(those) for story, those in texts.items()}
