"""Entities that were made with a tag and are in use by now: they outlive the tag's undo."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from psycopg import sql

from articles.history.statements import run
from articles.models import Entity, EntityName, ExternalId, Operation

NAMED = 3

# Of the entities that an operation made with tags: those that others tagged since, gave a name, an
# id or a note, merged, or told from another. What the operation itself made of them is no use.
_IN_USE = """
WITH made AS (
    SELECT pgh_obj_id AS id, max(pgh_id) AS made_at FROM articles_entityevent
    WHERE pgh_context_id = {context} GROUP BY pgh_obj_id
    HAVING bool_or(pgh_label = 'insert') AND NOT bool_or(pgh_label = 'delete')
)
SELECT entity.id, entity.name FROM made JOIN articles_entity AS entity ON entity.id = made.id
WHERE EXISTS (SELECT FROM articles_mentionevent
        WHERE pgh_context_id = {context} AND pgh_label = 'insert')
    AND (EXISTS (SELECT FROM articles_mention AS mention WHERE mention.entity_id = made.id
            AND NOT EXISTS (SELECT FROM articles_mentionevent AS event
                WHERE event.pgh_context_id = {context} AND event.pgh_obj_id = mention.id))
        OR EXISTS (SELECT FROM articles_entityevent AS event
            WHERE event.pgh_obj_id = made.id AND event.pgh_id > made.made_at)
        OR EXISTS (SELECT FROM articles_entityname AS name WHERE name.entity_id = made.id
            AND NOT EXISTS (SELECT FROM articles_entitynameevent AS event
                WHERE event.pgh_context_id = {context} AND event.pgh_obj_id = name.id))
        OR EXISTS (SELECT FROM articles_externalid AS known WHERE known.entity_id = made.id
            AND NOT EXISTS (SELECT FROM articles_externalidevent AS event
                WHERE event.pgh_context_id = {context} AND event.pgh_obj_id = known.id))
        OR EXISTS (SELECT FROM articles_distinctentities AS two
            WHERE made.id IN (two.first_id, two.second_id))
        OR EXISTS (SELECT FROM articles_entity AS other WHERE other.merged_into_id = made.id))
ORDER BY entity.id
"""
_OF_THEM = """
SELECT pgh_obj_id FROM {events}
WHERE pgh_context_id = {context} AND entity_id = ANY({entities}::bigint[])
"""


@dataclass(frozen=True, slots=True)
class Staying:
    """What of an operation's rows stays though it is undone: rows by their table, and its name."""

    rows: Mapping[type[models.Model], frozenset[int]] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def of(self, model: type[models.Model]) -> list[int]:
        """Return the rows of a table that stay."""
        return sorted(self.rows.get(model, ()))

    def told(self) -> str:
        """Return what stays, as a summary goes on."""
        if not self.names:
            return ""
        named = ", ".join(f"“{name}”" for name in self.names[:NAMED])
        more = f" and {len(self.names) - NAMED:,} more" if len(self.names) > NAMED else ""
        verb = "stays" if len(self.names) == 1 else "stay"
        return f". {named}{more} {verb}: in use by now"


def staying(operation: Operation) -> Staying:
    """Return which entities stay though what made them is undone, with their names and ids."""
    context = sql.Literal(str(operation.context))
    found = dict(run(sql.SQL(_IN_USE).format(context=context), size=operation.size))
    if not found:
        return Staying()
    rows: dict[type[models.Model], frozenset[int]] = {Entity: frozenset(found)}
    ids = sql.Literal(list(found))
    for model, events in (
        (EntityName, "articles_entitynameevent"),
        (ExternalId, "articles_externalidevent"),
    ):
        asked = sql.SQL(_OF_THEM).format(
            events=sql.Identifier(events), context=context, entities=ids
        )
        rows[model] = frozenset(pk for (pk,) in run(asked, size=operation.size))
    return Staying(rows, tuple(found.values()))
