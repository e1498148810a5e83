"""Work done since on articles that an undo would take from those who have them: it stays theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from articles.history.statements import run
from articles.models import Operation

# The assignments that an operation gave to those who have them now: undone, they are theirs no
# more. In these articles, what stands in their own layers that was made or changed since, but for
# what a recogniser suggested and nobody looked at.
_BEGUN = """
WITH given AS (
    SELECT assignment.task_id, assignment.user_id, item.article_id,
        (SELECT max(event.pgh_created_at) FROM articles_assignmentevent AS event
            WHERE event.pgh_context_id = {context} AND event.pgh_obj_id = assignment.id) AS given_at
    FROM articles_assignment AS assignment
    JOIN articles_taskitem AS item ON item.id = assignment.item_id
    WHERE assignment.left_at IS NULL
        AND assignment.id IN (SELECT pgh_obj_id FROM articles_assignmentevent
            WHERE pgh_context_id = {context})
        AND NOT EXISTS (SELECT FROM articles_assignmentevent AS event
            WHERE event.pgh_context_id = {context} AND event.pgh_obj_id = assignment.id
                AND event.pgh_label = 'before' AND event.user_id = assignment.user_id
                AND event.left_at IS NULL)
), tagged AS (
    SELECT given.*, event.pgh_context_id AS context, event.pgh_created_at AS tagged_at
    FROM given JOIN articles_mention AS mention ON mention.task_id = given.task_id
        AND mention.layer_of_id = given.user_id AND mention.article_id = given.article_id
        AND mention.status <> 'suggested'
    JOIN articles_mentionevent AS event ON event.pgh_obj_id = mention.id
    UNION
    SELECT given.*, event.pgh_context_id, event.pgh_created_at
    FROM given JOIN articles_code AS code ON code.task_id = given.task_id
        AND code.layer_of_id = given.user_id AND code.article_id = given.article_id
    JOIN articles_codeevent AS event ON event.pgh_obj_id = code.id
)
SELECT DISTINCT person.username, tagged.article_id, tagged.context
FROM tagged JOIN auth_user AS person ON person.id = tagged.user_id
LEFT JOIN articles_operation AS later ON later.context = tagged.context
-- By time too: a job does more within an operation that was begun before.
WHERE later.id > {operation} OR tagged.tagged_at > tagged.given_at
"""


@dataclass(frozen=True, slots=True)
class Begun:
    """Who tagged since, in how many articles that would leave them, and in which operations."""

    people: Sequence[str]
    articles: int
    contexts: frozenset[Any]


def begun(operation: Operation) -> Begun | None:
    """Return what was done since on articles that an undo would take away; None if nothing was."""
    asked = sql.SQL(_BEGUN).format(
        context=sql.Literal(str(operation.context)), operation=sql.Literal(operation.pk)
    )
    rows = run(asked, size=operation.size)
    if not rows:
        return None
    return Begun(
        people=sorted({name for name, _, _ in rows}),
        articles=len({article for _, article, _ in rows}),
        contexts=frozenset(context for _, _, context in rows if context is not None),
    )
