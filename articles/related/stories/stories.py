"""Articles on one event gather into stories, as they arrive.

What people said stands: a pinned article is not moved; a story that people named, noted, made,
merged or pinned something to keeps what is linked in it; and two articles of which somebody said
that they are not on one event are not put together.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from articles.models.lookups import id_array
from articles.models.planned import ask
from articles.related.stories.clustering import gathered
from articles.related.stories.story_ground import Ground, Standing, ground, standing

# On average at least so alike are the articles of a story that the machine gathers, where those
# that are not linked count as nothing; how alike they are among themselves counts as well.
LEAST = 0.1
# Of a story with more texts, to be like so many is enough.
_MOST_TO_BE_LIKE = 10
_LEAST_ARTICLES = 2

_THERE = "SELECT id FROM articles_article WHERE id = ANY(%s::bigint[]) AND standing"
_MOVE = """
    UPDATE articles_coverage AS coverage SET story_id = moved.story
    FROM unnest(%s::bigint[], %s::bigint[]) AS moved (article, story)
    WHERE coverage.article_id = moved.article AND NOT coverage.pinned
"""
_COVER = """
    INSERT INTO articles_coverage (article_id, story_id, pinned)
    SELECT article, story, false FROM unnest(%s::bigint[], %s::bigint[]) AS new (article, story)
    ON CONFLICT DO NOTHING
"""
# Each of the corpus of its first article, in their order.
_MAKE = """
    INSERT INTO articles_story (corpus_id, name, note, created_at)
    SELECT article.corpus_id, '', '', %s::timestamptz
    FROM unnest(%s::bigint[]) WITH ORDINALITY AS first (id, place)
    JOIN articles_article AS article ON article.id = first.id
    ORDER BY first.place
    RETURNING id
"""
_EMPTY = """
    DELETE FROM articles_story AS story
    WHERE story.name = '' AND story.note = '' AND story.by_id IS NULL
        AND story.merged_into_id IS NULL
        AND NOT EXISTS (SELECT FROM articles_coverage WHERE story_id = story.id)
        AND NOT EXISTS (SELECT FROM articles_storypin WHERE story_id = story.id)
        AND NOT EXISTS (SELECT FROM articles_story WHERE merged_into_id = story.id)
"""
_OF_THESE = " AND story.id = ANY(%s::bigint[])"
_OF_CORPORA_OF = """
    AND story.corpus_id IN (SELECT corpus_id FROM articles_article WHERE id = ANY(%s::bigint[]))
"""

# What is put together: a story that people had a hand in, or a text, whoever ran it.
type _Part = tuple[str, int]
_STORY, _TEXT = "story", "text"


@transaction.atomic
def settle(article_ids: Iterable[int]) -> int:
    """Place the articles that nobody pinned into stories; return how many changed their story.

    What they are linked to is looked at with them, so that stories grow together and apart. To do
    it again changes nothing.
    """
    wanted = set(article_ids)
    if not wanted:
        return 0
    around = ground(wanted)
    stands = standing(around.articles)
    if not around.binding and not stands.story and not stands.pinned:
        return 0
    there_ids = {pk for (pk,) in ask(_THERE, [id_array(around.articles)])}
    changed, joined = 0, True
    while joined:
        free = _free(around, stands, there_ids)
        stands.sizes = _staying(stands, free)
        placed = _placed(around, stands, free, there_ids)
        changed += _write(stands, placed, free)
        joined = any(placed[pk] in stands.held - {stands.story.get(pk)} for pk in free)
        if joined:
            # What joined a story that people had a hand in stays there, and others may join it now.
            stands = standing(around.articles)
    if stands.pinned:
        # Where people took articles from is not told by where they are now.
        ask(_EMPTY + _OF_CORPORA_OF, [id_array(stands.pinned)])
    return changed


def _free(around: Ground, stands: Standing, there: set[int]) -> set[int]:
    """Return the articles that the machine may place; ``there`` are those that stand.

    What is in a story that people had a hand in stays there if it is linked in it; where not all
    around was looked at, in any case: what it is linked to may be among the rest.
    """
    bound: set[int] = set()
    if not around.is_whole:
        bound = {pk for pk, story in stands.story.items() if story in stands.held}
    for first, second in around.binding if stands.held else ():
        story = stands.story.get(first)
        if story in stands.held and story == stands.story.get(second):
            bound |= {first, second}
    return {
        pk
        for pk in around.articles
        if pk not in stands.pinned and not (pk in bound and pk in there)
    }


def _staying(stands: Standing, free: set[int]) -> dict[int, int]:
    """Return how many texts of each story stay in it: what may leave it counts for itself."""
    stays: dict[int, set[int]] = defaultdict(set)
    leaves: dict[int, set[int]] = defaultdict(set)
    for pk, story in stands.story.items():
        (leaves if pk in free else stays)[story].add(stands.editions.get(pk, pk))
    return {
        story: max(texts - len(leaves[story] - stays[story]), 1)
        for story, texts in stands.sizes.items()
    }


def _placed(
    around: Ground, stands: Standing, free: set[int], there: set[int]
) -> dict[int, int | None]:
    """Return the story of each article that may be placed; a negative number is a new one."""
    part_of = _parts(there, stands, free)
    gone = free - part_of.keys()
    parts = sorted(set(part_of.values()))
    likeness, within = _likeness(around, part_of, stands)
    apart = {(part_of[a], part_of[b]) for a, b in around.apart if a in part_of and b in part_of}
    known = [part for part in parts if part[0] == _STORY]
    apart |= {(one, other) for one in known for other in known if one < other}
    weights = {part: _size(part, stands) for part in parts}
    groups = gathered(parts, likeness, least=LEAST, apart=apart, weights=weights, within=within)
    members: dict[_Part, list[int]] = defaultdict(list)
    for pk in sorted(free & part_of.keys()):
        members[part_of[pk]].append(pk)
    placed: dict[int, int | None] = dict.fromkeys(gone)
    unnamed: list[list[int]] = []
    for group in groups:
        articles = [pk for part in group for pk in members[part]]
        story = next((number for what, number in group if what == _STORY), None)
        if story is not None:
            # What is in another already may be where people took this one's articles from.
            placed |= {pk: stands.story.get(pk, story) for pk in articles}
        elif len(articles) < _LEAST_ARTICLES:
            placed |= dict.fromkeys(articles)
        else:
            unnamed.append(articles)
    return placed | _called(unnamed, stands)


def _parts(there: set[int], stands: Standing, free: set[int]) -> dict[int, _Part]:
    """Return what each article is a part of; none for what is pinned to no story, or is gone."""
    parts: dict[int, _Part] = {}
    for pk in there:
        if pk in free:
            parts[pk] = (_TEXT, stands.editions.get(pk, pk))
        elif pk in stands.story:
            parts[pk] = (_STORY, stands.story[pk])
    return parts


def _size(part: _Part, stands: Standing) -> int:
    what, number = part
    return min(stands.sizes.get(number, 1), _MOST_TO_BE_LIKE) if what == _STORY else 1


def _likeness(
    around: Ground, part_of: Mapping[int, _Part], stands: Standing
) -> tuple[dict[tuple[_Part, _Part], float], dict[_Part, float]]:
    """Return how alike parts are on average, and the texts of each story that is a part.

    Each pair of texts counts by their most alike articles.
    """
    text_of = {pk: stands.editions.get(pk, pk) for pk in part_of}
    if all(what == _TEXT for what, _ in part_of.values()):
        return _between_texts(around, text_of), {}
    pairs: dict[tuple[_Part, _Part], dict[tuple[int, int], float]] = defaultdict(dict)
    for (first, second), value in around.binding.items():
        one, other = part_of.get(first), part_of.get(second)
        if one is None or other is None:
            continue
        texts = (text_of[first], text_of[second])
        if texts[0] == texts[1] and one == other:
            continue
        if (other, texts[1]) < (one, texts[0]):
            one, other, texts = other, one, texts[::-1]
        known = pairs[one, other]
        known[texts] = max(known.get(texts, 0.0), value)
    between: dict[tuple[_Part, _Part], float] = {}
    within: dict[_Part, float] = {}
    for (one, other), known in pairs.items():
        if one == other:
            texts_of = stands.sizes.get(one[1], 1)
            within[one] = min(2 * sum(known.values()) / max(texts_of * (texts_of - 1), 1), 1.0)
        else:
            sizes = _size(one, stands) * _size(other, stands)
            between[one, other] = min(sum(known.values()) / sizes, 1.0)
    return between, within


def _between_texts(around: Ground, text_of: Mapping[int, int]) -> dict[tuple[_Part, _Part], float]:
    """Return how alike parts are where each is one text, as most are."""
    found: dict[tuple[int, int], float] = {}
    for (first, second), value in around.binding.items():
        one, other = text_of.get(first), text_of.get(second)
        if one is None or other is None or one == other:
            continue
        pair = (one, other) if one < other else (other, one)
        if value > found.get(pair, -1.0):
            found[pair] = value
    return {
        ((_TEXT, one), (_TEXT, other)): min(value, 1.0) for (one, other), value in found.items()
    }


def _called(groups: Sequence[Sequence[int]], stands: Standing) -> dict[int, int | None]:
    """Return the story of each article of groups: the one that most of them are in already."""
    overlaps = sorted(
        (-count, story, number)
        for number, group in enumerate(groups)
        for story, count in Counter(stands.story[pk] for pk in group if pk in stands.story).items()
        if story not in stands.held
    )
    name: dict[int, int] = {}
    taken: set[int] = set()
    for _, story, number in overlaps:
        if number not in name and story not in taken:
            name[number] = story
            taken.add(story)
    return {
        pk: name.get(number, -1 - number) for number, group in enumerate(groups) for pk in group
    }


def _write(stands: Standing, placed: Mapping[int, int | None], free: set[int]) -> int:
    """Write where articles are now; return how many that changed."""
    moved: dict[int | None, list[int]] = defaultdict(list)
    for pk in sorted(free):
        if placed[pk] != stands.story.get(pk):
            moved[placed[pk]].append(pk)
    left = {
        stands.story[pk] for articles in moved.values() for pk in articles if pk in stands.story
    }
    if moved:
        made = _made({story: of[0] for story, of in moved.items() if story and story < 0})
        now = {pk: made.get(story, story) for story, of in moved.items() for pk in of}
        _put(now, stands.editions.keys())
    if left - stands.held:
        # Those that the machine gathered and that nothing is in any more.
        ask(_EMPTY + _OF_THESE, [id_array(left - stands.held)])
    return sum(map(len, moved.values()))


def _made(first: Mapping[int | None, int]) -> dict[int | None, int | None]:
    """Make stories, of which each has a ``first`` article; return their numbers."""
    if not first:
        return {}
    made = ask(_MAKE, [timezone.now(), id_array(first.values())])
    return {name: pk for name, (pk,) in zip(first, made, strict=True)}


def _put(story_of: Mapping[int, int | None], known: Collection[int]) -> None:
    """Put articles into stories; of those that are ``known`` there is a row, which is held."""
    stories = ("NULL" if story is None else str(story) for story in story_of.values())
    ask(_MOVE, [id_array(story_of), f"{{{','.join(stories)}}}"])
    new = {pk: story for pk, story in story_of.items() if story is not None and pk not in known}
    if new:
        ask(_COVER, [id_array(new), id_array(new.values())])
