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


_BOTH = f"""
    WITH made AS (
        INSERT INTO articles_mention ({_listed(_MENTION)})
        VALUES ({", ".join(["%s"] * len(_MENTION))}) RETURNING id
    )
    INSERT INTO articles_anchor (mention_id, {_listed(_ANCHOR)})
    SELECT made.id, {", ".join(["%s"] * len(_ANCHOR))} FROM made RETURNING mention_id, id
"""  # noqa: S608 -- columns of our own


def stored(mention: Mention, anchor: Anchor) -> None:
    """Store a new mention and its new anchor, and give them their ids. Raises IntegrityError.

    Their triggers run as the statement ends. Django would ask the database twice.
    """
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for row, fields in ((mention, _MENTION), (anchor, _ANCHOR))
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(_BOTH, values)
        mention.pk, anchor.pk = cursor.fetchone()
    anchor.mention = mention
    for row in (mention, anchor):
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 -- as Django leaves what it saved
