"""Work done since on articles that an undo would take from those who have them: it stays theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from articles.history.statements import run
from articles.models import Operation

# The assignments that an operation gave to those who have them now: undone, they are theirs no
# more. In these articles, what stands in their own layers, but for what a recogniser suggested and
# nobody looked at; with when the operation gave them.
_TAGGED = """
WITH mine AS MATERIALIZED (
    SELECT pgh_obj_id AS id, max(pgh_created_at) AS given_at,
        array_agg(user_id) FILTER (WHERE pgh_label = 'before' AND left_at IS NULL) AS held_by
    FROM articles_assignmentevent WHERE pgh_context_id = {context} GROUP BY pgh_obj_id
), given AS MATERIALIZED (
    SELECT assignment.task_id, assignment.user_id, item.article_id, mine.given_at
    FROM mine JOIN articles_assignment AS assignment ON assignment.id = mine.id
    JOIN articles_taskitem AS item ON item.id = assignment.item_id
    WHERE assignment.left_at IS NULL
        AND assignment.user_id <> ALL(coalesce(mine.held_by, '{{}}'))
)
SELECT {table}.id, person.username, given.article_id, given.given_at
FROM {table} JOIN given ON given.task_id = {table}.task_id
    AND given.user_id = {table}.layer_of_id AND given.article_id = {table}.article_id
JOIN auth_user AS person ON person.id = given.user_id
-- An index leads to them, however many rows they are to be matched with.
WHERE {table}.task_id = ANY(ARRAY(SELECT DISTINCT task_id FROM given)) AND {is_work}
"""
_SINCE = """
SELECT DISTINCT event.pgh_obj_id, event.pgh_context_id
FROM {events} AS event
LEFT JOIN articles_operation AS later ON later.context = event.pgh_context_id
-- By time too: a job does more within an operation that was begun before.
WHERE event.pgh_obj_id = ANY({ids}::bigint[])
    AND (later.id > {operation} OR event.pgh_created_at > {given_at})
"""
_TABLES = (
    ("articles_mention", "articles_mentionevent", "articles_mention.status <> 'suggested'"),
    ("articles_code", "articles_codeevent", "true"),
)


@dataclass(frozen=True, slots=True)
class Begun:
    """Who tagged since, in how many articles that would leave them, and in which operations."""

    people: Sequence[str]
    articles: int
    contexts: frozenset[Any]


def begun(operation: Operation) -> Begun | None:
    """Return what was done since on articles that an undo would take away; None if nothing was."""
    where: set[tuple[str, int]] = set()
    contexts: set[Any] = set()
    for table, events, is_work in _TABLES:
        asked = sql.SQL(_TAGGED).format(
            context=sql.Literal(str(operation.context)),
            table=sql.Identifier(table),
            is_work=sql.SQL(is_work),
        )
        tagged = {id_: rest for id_, *rest in run(asked, size=operation.size)}
        if not tagged:
            continue
        since = sql.SQL(_SINCE).format(
            events=sql.Identifier(events),
            ids=sql.Literal(list(tagged)),
            operation=sql.Literal(operation.pk),
            given_at=sql.Literal(max(given_at for _, _, given_at in tagged.values())),
        )
        for id_, context in run(since, size=0):
            person, article, _ = tagged[id_]
            where.add((person, article))
            contexts.add(context)
    if not where:
        return None
    return Begun(
        people=sorted({person for person, _ in where}),
        articles=len({article for _, article in where}),
        contexts=frozenset(contexts - {None}),
    )
