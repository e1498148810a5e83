"""The rows of one tag, the mention and where it is, written at once."""

from typing import Any

from django.db import connection
from django.db.models import Field, Model

from articles.models import Anchor, Mention


def _given(model: type[Model]) -> "list[Field[Any, Any]]":
    """Return what a new row is given: all but its id."""
    return [field for field in model._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 -- Django's public name


_MENTION = _given(Mention)
_ANCHOR = [field for field in _given(Anchor) if field.name != "mention"]


def _listed(fields: "list[Field[Any, Any]]") -> str:
    return ", ".join(f'"{field.column}"' for field in fields)


_MADE = f"""
    INSERT INTO articles_mention ({_listed(_MENTION)})
    SELECT {", ".join(["%s"] * len(_MENTION))}
"""
_PLACED = f"""
    INSERT INTO articles_anchor (mention_id, {_listed(_ANCHOR)})
    SELECT made.id, {", ".join(["%s"] * len(_ANCHOR))} FROM made RETURNING mention_id, id
"""  # noqa: S608 -- columns of our own
_BOTH = f"WITH made AS ({_MADE} RETURNING id) {_PLACED}"
# In a person's layer only while the article is theirs to tag. Who takes it away waits until the
# tag is there, and whoever tags waits until it is taken away or is not.
_BOTH_IF_GIVEN = f"""
    WITH given AS (
        SELECT FROM articles_assignment assignment
        JOIN articles_taskitem item ON item.id = assignment.item_id
        WHERE item.task_id = %s AND item.article_id = %s
            AND assignment.user_id = %s AND assignment.left_at IS NULL
        FOR SHARE OF assignment
    ), made AS ({_MADE} WHERE EXISTS (SELECT FROM given) RETURNING id) {_PLACED}
"""  # noqa: S608 -- columns of our own


class NotGivenError(Exception):
    """The article is not in the share of whose layer it was to be tagged in: not any more."""


def stored(mention: Mention, anchor: Anchor) -> None:
    """Store a new mention and its new anchor, and give them their ids.

    Their triggers run as the statement ends. Django would ask the database twice. Raises
    IntegrityError; NotGivenError, of a person's layer in a task.
    """
    values: list[Any] = []
    if mention.layer_of_id is not None:
        values = [mention.task_id, mention.article_id, mention.layer_of_id]
    statement = _BOTH_IF_GIVEN if values else _BOTH
    values += [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for row, fields in ((mention, _MENTION), (anchor, _ANCHOR))
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row_ids = cursor.fetchone()
        if row_ids is None:
            raise NotGivenError
        mention.pk, anchor.pk = row_ids
    anchor.mention = mention
    for row in (mention, anchor):
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 -- as Django leaves what it saved
