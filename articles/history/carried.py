"""Where tags were carried to since an operation: nobody's act, that stands in no undo's way.

A tag is carried to each new version of its article outside any operation. What undoes the tag
removes those places with it, and what brings a tag back has it carried anew.
"""

from psycopg import sql

from articles.history.statements import run
from articles.models import Operation

# Tags that an operation made or removed, or whose places it changed.
_CONCERNED = """
concerned AS (
    SELECT pgh_obj_id AS id FROM articles_mentionevent
    WHERE pgh_context_id = {context} AND pgh_label IN ('insert', 'delete')
    UNION SELECT mention_id FROM articles_anchorevent WHERE pgh_context_id = {context}
)
"""
# One that went with its tag, and came back with it, is where the tag was carried to still.
_DROP = f"""
WITH {_CONCERNED}, known AS (
    SELECT anchor.id, (array_agg(event.pgh_context_id ORDER BY event.pgh_id))[1] AS made_by,
        bool_or(event.pgh_label IN ('before', 'after') AND event.pgh_context_id IS NOT NULL)
            AS is_changed
    FROM articles_anchor AS anchor JOIN concerned ON concerned.id = anchor.mention_id
    JOIN articles_anchorevent AS event ON event.pgh_obj_id = anchor.id
    GROUP BY anchor.id
)
DELETE FROM articles_anchor USING known
WHERE articles_anchor.id = known.id AND known.made_by IS NULL AND NOT known.is_changed
"""  # noqa: S608 -- of our own
_NOTE = f"""
WITH {_CONCERNED}
INSERT INTO articles_change (article_id, consumer)
SELECT DISTINCT mention.article_id, consumer
FROM articles_mention AS mention JOIN concerned ON concerned.id = mention.id
CROSS JOIN unnest(ARRAY['annotate', 'search']) AS consumer
"""  # noqa: S608 -- likewise


def drop_places(operation: Operation) -> None:
    """Remove where the tags that an operation touched were carried to since."""
    _run(_DROP, operation)


def carry_again(operation: Operation) -> None:
    """Have the tags that an operation touched, and that are there, carried to current versions."""
    _run(_NOTE, operation)


def _run(statement: str, operation: Operation) -> None:
    context = sql.Literal(str(operation.context))
    run(sql.SQL(statement).format(context=context), size=operation.size)
