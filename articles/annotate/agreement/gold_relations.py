"""Relations of settled tags: those that all who made both ends agree on."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User

from articles.annotate.agreement.side_by_side import Sides
from articles.models import Relation
from articles.models.lookups import any_id


def relate_gold(sides: Sides, decisions: Sequence[Mapping[str, Any]], by: User) -> None:
    """Make the relations between the gold tags of an article what they should be.

    Two gold tags are related if everyone who made both of what they were taken from related them.
    """
    gold_of = {
        source: gold
        for decision in decisions
        for gold, sources in decision["gold"]
        for source in sources
    }
    maker = {tag.span.id: side.person.pk for side in sides.sides for tag in side.tags}
    rows = Relation.objects.filter(any_id("source_id", gold_of), any_id("target_id", gold_of))
    said: dict[tuple[int, int, str], set[int]] = {}
    for source, target, kind in rows.values_list("source_id", "target_id", "kind"):
        if source in maker:
            ends = gold_of[source], gold_of[target], kind
            said.setdefault(ends, set()).add(maker[source])
    made: dict[int, set[int]] = {}
    for source, gold in gold_of.items():
        if source in maker:
            made.setdefault(gold, set()).add(maker[source])
    wanted = {
        ends
        for ends, people in said.items()
        if people == made.get(ends[0], set()) & made.get(ends[1], set())
    }
    golds = set(gold_of.values())
    there = Relation.objects.filter(any_id("source_id", golds))
    known = set()
    for relation in there:
        ends = relation.source_id, relation.target_id, relation.kind
        known.add(ends)
        if ends not in wanted:
            relation.delete()
    for source, target, kind in sorted(wanted - known):
        Relation.objects.create(
            corpus=sides.item.article.corpus,
            article_id=sides.item.article_id,
            kind=kind,
            source_id=source,
            target_id=target,
            by=by,
        )
