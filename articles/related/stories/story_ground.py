"""What stories are gathered from: links near some articles, and what people said of those."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.models import LinkKind, LinkStatus
from articles.models.lookups import id_array
from articles.models.planned import ask

# With some articles so many are looked at that links lead to, and so many of the stories of all
# these.
MOST_AT_ONCE = 400
# How much a link of each kind says that both are of one story; where it has no score, or more than
# its score says.
_AS_SCORED: dict[str, float] = {
    LinkKind.SAME_EVENT: 1.0,
    LinkKind.FOLLOW_UP: 0.9,
    LinkKind.CORRECTION: 1.0,
}
_OF_TEXT: dict[str, float] = {
    LinkKind.SAME_TEXT: 1.0,
    LinkKind.EDITED_VERSION: 1.0,
    LinkKind.EXCERPT: 0.4,
}
_KINDS = [str(kind) for kind in (*_AS_SCORED, *_OF_TEXT)]
_WITHDRAWN, _REJECTED, _ACCEPTED = (
    status.value for status in (LinkStatus.WITHDRAWN, LinkStatus.REJECTED, LinkStatus.ACCEPTED)
)
_SURE = 1.0
# Who says that one of these is not so says that both are not of one story.
_PARTS = frozenset({LinkKind.SAME_EVENT.value, LinkKind.FOLLOW_UP.value})

_MATES = """
    WITH stands AS (
        SELECT DISTINCT coalesce(story.merged_into_id, story.id) AS id
        FROM articles_coverage AS coverage JOIN articles_story AS story
            ON story.id = coverage.story_id
        WHERE coverage.article_id = ANY(%s::bigint[])
    )
    SELECT article_id FROM articles_coverage WHERE story_id = ANY(ARRAY(
        SELECT story.id FROM articles_story AS story, stands
        WHERE story.id = stands.id OR story.merged_into_id = stands.id
    ))
"""
# There are far more links than articles: whether these stand is asked once of each.
_LINKS = """
    WITH link AS MATERIALIZED (
        SELECT first_id, second_id, kind, status, score FROM articles_link
        WHERE kind = ANY(%(kinds)s::text[]) AND status <> %(withdrawn)s AND {}
    ), gone AS MATERIALIZED (
        SELECT id FROM articles_article
        WHERE id IN (SELECT first_id FROM link UNION SELECT second_id FROM link) AND NOT standing
    )
    SELECT first_id, second_id, kind, status, score FROM link
    WHERE first_id NOT IN (SELECT id FROM gone) AND second_id NOT IN (SELECT id FROM gone)
"""
_OF_ONE = _LINKS.format("(first_id = ANY(%(ids)s::bigint[]) OR second_id = ANY(%(ids)s::bigint[]))")
_OF_TWO = _LINKS.format("first_id = ANY(%(ids)s::bigint[]) AND second_id = ANY(%(ids)s::bigint[])")
_STANDING = """
    SELECT coverage.article_id, coverage.editions, coverage.story_id, story.merged_into_id,
        coverage.pinned
    FROM articles_coverage AS coverage
    LEFT JOIN articles_story AS story ON story.id = coverage.story_id
    WHERE coverage.article_id = ANY(%s::bigint[])
    ORDER BY coverage.article_id FOR UPDATE OF coverage
"""

_HELD = """
    SELECT story.id FROM articles_story AS story
    WHERE story.id = ANY(%s::bigint[]) AND (
        story.name <> '' OR story.note <> '' OR story.by_id IS NOT NULL
        OR EXISTS (SELECT FROM articles_story AS merged WHERE merged.merged_into_id = story.id)
        OR EXISTS (SELECT FROM articles_storypin AS pin WHERE pin.story_id = story.id)
        OR EXISTS (
            SELECT FROM articles_storypin AS pin
            JOIN articles_story AS merged ON merged.id = pin.story_id
            WHERE merged.merged_into_id = story.id
        )
    )
"""
_SIZES = """
    SELECT coverage.article_id, coverage.editions, coverage.story_id, story.merged_into_id
    FROM articles_coverage AS coverage
    JOIN articles_story AS story ON story.id = coverage.story_id
    JOIN articles_article AS article ON article.id = coverage.article_id AND article.standing
    WHERE story.id = ANY(%(ids)s::bigint[]) OR story.merged_into_id = ANY(%(ids)s::bigint[])
"""


@dataclass(slots=True)
class Ground:
    """Articles that links lead to from some, and how far each pair belongs together: 0 to 1.

    ``apart`` are pairs of which people said that they are not on one event. Pairs are in order.
    It ``is_whole`` unless there were more articles than are looked at.
    """

    articles: set[int] = field(default_factory=set)
    binding: dict[tuple[int, int], float] = field(default_factory=dict)
    apart: set[tuple[int, int]] = field(default_factory=set)
    is_whole: bool = True


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
    met = _take_in(found, wanted, _OF_ONE) - wanted
    near = wanted.union(sorted(met)[:MOST_AT_ONCE])
    mates = _mates(near) - near
    found.articles = near.union(sorted(mates)[:MOST_AT_ONCE])
    found.is_whole = len(met) <= MOST_AT_ONCE >= len(mates)
    others = found.articles - wanted
    if others:
        _take_in(found, others, _OF_TWO)
    there = found.articles
    found.binding = {
        (first, second): value
        for (first, second), value in found.binding.items()
        if first in there and second in there
    }
    return found


def _mates(article_ids: set[int]) -> set[int]:
    """Return all that are in a story with some articles."""
    return {pk for (pk,) in ask(_MATES, [id_array(article_ids)])}


def _take_in(found: Ground, article_ids: set[int], links: str) -> set[int]:
    """Take in links with some articles on one side or both; return whom those that bind lead to."""
    asked = {"ids": id_array(article_ids), "kinds": _KINDS, "withdrawn": _WITHDRAWN}
    met: set[int] = set()
    binding = found.binding
    for first, second, kind, status, score in ask(links, asked):
        pair = (first, second)
        if status == _REJECTED:
            if kind in _PARTS:
                found.apart.add(pair)
            continue
        binds = _OF_TEXT.get(kind)
        if binds is None:
            is_sure = status == _ACCEPTED or score is None
            binds = _SURE if is_sure else min(score, 1.0) * _AS_SCORED[kind]
        if binds > binding.get(pair, -1.0):
            binding[pair] = binds
        met.update(pair)
    return met


def standing(article_ids: Iterable[int]) -> Standing:
    """Return where articles stand; their rows are locked until the transaction ends."""
    found = Standing()
    rows = ask(_STANDING, [id_array(article_ids)])
    for article, editions, named, into, pinned in rows:
        found.editions[article] = editions or article
        if named is not None:
            found.named[article] = named
            found.story[article] = into or named
        if pinned:
            found.pinned.add(article)
    if found.story:
        found.held = _held(set(found.story.values()))
        found.sizes = _sizes(found.held) if found.held else {}
    return found


def _held(story_ids: set[int]) -> set[int]:
    """Return those stories that people had a hand in: the machine takes nothing from them."""
    return {pk for (pk,) in ask(_HELD, [id_array(story_ids)])}


def _sizes(story_ids: set[int]) -> dict[int, int]:
    """Return how many texts there are in each story, what ran several times counted once."""
    texts: dict[int, set[int]] = defaultdict(set)
    for article, editions, named, into in ask(_SIZES, {"ids": id_array(story_ids)}):
        texts[into or named].add(editions or article)
    return {story: len(those) for story, those in texts.items()}
