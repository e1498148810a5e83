"""How often entities are tagged: for all to see, by oneself, and which the most."""

import time
from collections.abc import Iterable

from django.db import connection
from django.db.models import Count
from django.db.models.functions import Coalesce

from articles.models import Assignment, Corpus, Entity, Mention, MentionStatus, Task
from articles.models.corpora import Visitor

# Mentions are counted so far in lists.
MOST_COUNTED = 1_000
# So many are known as tagged most.
OFTEN = 1_000
_OFTEN_SECONDS = 300


def often_tagged(corpus: Corpus) -> list[int]:
    """Return the entities that are tagged most, the most tagged first; as of some minutes ago."""
    now = time.monotonic()
    at, kept = _often.get(corpus.pk, (0.0, None))
    if kept is None or now - at > _OFTEN_SECONDS:
        tagged = Mention.objects.public().filter(
            corpus=corpus, status=MentionStatus.ACCEPTED, entity__isnull=False
        )
        stands = Coalesce("entity__merged_into", "entity")
        counted = tagged.order_by().values_list(stands).annotate(number=Count("pk"))
        kept = [pk for pk, _ in counted.order_by("-number", stands)[:OFTEN]]
        _often[corpus.pk] = (now, kept)
    return kept


# Of each corpus, when it was counted and what was found; of this process alone.
_often: dict[int, tuple[float, list[int] | None]] = {}


def is_blinded(corpus: Corpus, user: Visitor) -> bool:
    """Whether someone has blind work in a corpus: what others tag there is not told to them."""
    blinding: bool = Assignment.objects.blinding(user).filter(task__corpus=corpus).exists()
    return blinding


def own_counts(
    corpus: Corpus, ids: Iterable[int], *, user: Visitor, task: Task | None = None
) -> dict[int, int]:
    """Return how often someone tagged entities themselves; in a task, within it."""
    own = Mention.objects.filter(corpus=corpus, by=user.pk, status=MentionStatus.ACCEPTED)
    own = own.filter(entity__in=Entity.objects.with_merged(ids))
    if task is not None:
        own = own.in_layer(task, user.pk)
    stands = Coalesce("entity__merged_into", "entity")
    return dict(own.order_by().values_list(stands).annotate(Count("pk")))


def public_counts(ids: Iterable[int]) -> dict[int, int]:
    """Return how often entities are tagged for all to see, to MOST_COUNTED."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT stands, sum(number)::int FROM (
                SELECT COALESCE(entity.merged_into_id, entity.id) AS stands, counted.number
                FROM articles_entity AS entity CROSS JOIN LATERAL (
                    SELECT count(*) AS number FROM (
                        SELECT FROM articles_mention AS mention
                        WHERE mention.entity_id = entity.id AND mention.status = 'accepted'
                        AND (mention.task_id IS NULL OR mention.layer_of_id IS NULL OR NOT EXISTS (
                            SELECT FROM articles_task AS task
                            WHERE task.id = mention.task_id AND task.blind))
                        LIMIT %(most)s
                    ) AS found
                ) AS counted
                WHERE entity.id = ANY(%(ids)s) OR entity.merged_into_id = ANY(%(ids)s)
            ) AS one GROUP BY stands
            """,
            {"ids": list(ids), "most": MOST_COUNTED},
        )
        return {stands: min(number, MOST_COUNTED) for stands, number in cursor.fetchall()}
