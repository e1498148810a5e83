"""With which articles a text is compared: those that share prints, the best of each group first.

Copies of a text are legion: a story in 500 outlets must not keep another relative from being
looked at. So bounds count groups of editions, and of each group some members.
"""

from collections import Counter
from collections.abc import Collection
from itertools import batched

from articles.models import Coverage
from articles.models.lookups import any_id
from articles.related.finding.texts import Text
from articles.related.matching.sharing import least_shared
from articles.related.store.prints import Prints

# Groups that a text is compared with, and members of each: the rest of the group is reached
# through them.
MOST_GROUPS = 40
MOST_OF_GROUP = 40
# Articles that are looked through for other groups.
_PAGE = 300
_PAGES = 10


def candidates(text: Text, prints: Prints, stops: Collection[int]) -> list[int]:
    """Return the articles to align a text with.

    They share two prints that are no boilerplate; one where either text has few prints. The store
    has the text: what one article alone has tells of no other.
    """
    counts = prints.frequencies(text.corpus_id, text.prints)
    telling = [print_ for print_, count in counts.items() if count > 1 and print_ not in stops]
    found: dict[int, None] = {}
    if text.prints:
        copies = prints.copies(text.corpus_id, text.number, limit=MOST_OF_GROUP + 1)
        found.update(dict.fromkeys(copies))
    if telling:
        found.update(dict.fromkeys(_few(text, telling, prints)))
        found.update(dict.fromkeys(_sharing(text, telling, prints)))
    found.pop(text.article_id, None)
    return list(found)


def _few(text: Text, telling: list[int], prints: Prints) -> list[int]:
    """Return articles of few prints that share one."""
    hits = prints.alike(text.corpus_id, telling, least=1, limit=_PAGE, but=text.number, few=True)
    return [hit.article_id for hit in hits]


def _sharing(text: Text, telling: list[int], prints: Prints) -> list[int]:
    """Return articles that share prints, the best first, at most so many of each group."""
    least = least_shared(len(text.prints))
    chosen: list[int] = []
    taken: Counter[int] = Counter()
    found = prints.alike(
        text.corpus_id, telling, least=least, limit=_PAGES * _PAGE, but=text.number
    )
    for hits in batched(found, _PAGE, strict=False):
        groups = _groups([hit.article_id for hit in hits]) if len(hits) > MOST_OF_GROUP else {}
        for hit in hits:
            group = groups.get(hit.article_id, hit.article_id)
            if taken[group] >= MOST_OF_GROUP or (not taken[group] and len(taken) >= MOST_GROUPS):
                continue
            taken[group] += 1
            chosen.append(hit.article_id)
        if len(taken) >= MOST_GROUPS:
            break
    return chosen


def _groups(article_ids: list[int]) -> dict[int, int]:
    """Return the groups of editions that articles were found to be of."""
    rows = Coverage.objects.filter(any_id("article_id", article_ids), editions__isnull=False)
    found: dict[int, int] = dict(rows.order_by().values_list("article_id", "editions"))  # type: ignore[arg-type]  # null is left out
    return found
