"""What follows from links that changed: groups of editions, and stories."""

import logging
from collections.abc import Collection

from django.db import DatabaseError

from articles.models.lookups import id_array
from articles.models.planned import ask
from articles.related.stories import grouping, stories

_FLAG = """
    INSERT INTO articles_coverage (article_id, version_id, pinned)
    SELECT id, NULL, false FROM articles_article WHERE id = ANY(%s::bigint[])
    ORDER BY id
    ON CONFLICT (article_id) DO UPDATE SET version_id = NULL
"""

_THERE = "SELECT id FROM articles_article WHERE id = ANY(%s::bigint[])"

_log = logging.getLogger(__name__)


def _there(article_ids: set[int]) -> set[int]:
    """Return those that were not deleted."""
    return {pk for (pk,) in ask(_THERE, [id_array(article_ids)])}


def settle(article_ids: set[int], unsure: Collection[int]) -> set[int]:
    """Let groups of editions and stories follow the links that changed. In a transaction.

    Those that are ``unsure`` may have been deleted. Returns the articles that a fault of ours kept
    from being gathered.
    """
    gone = set(unsure) - _there(set(unsure)) if unsure else set()
    article_ids -= gone
    grouping.settle_editions(article_ids)
    return _gather(article_ids)


def _gather(article_ids: Collection[int]) -> set[int]:
    try:
        stories.settle(article_ids)
    except DatabaseError:
        raise
    except Exception:  # noqa: BLE001 -- links are right without stories
        if len(article_ids) <= 1:
            _log.exception("Articles %s could not be gathered into stories.", list(article_ids))
            return set(article_ids)
    else:
        return set()
    return {id_ for each in sorted(article_ids) for id_ in _gather([each])}


def flag(article_ids: Collection[int]) -> None:
    """Keep that articles are not wholly related, so that somebody tries them again."""
    ask(_FLAG, [id_array(article_ids)])
