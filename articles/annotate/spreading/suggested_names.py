"""Names that suggestions have before anybody is known by them: who accepts one makes the entity.

A recogniser that finds a name which the corpus does not know suggests it under that name, kept with
the suggestion; a list of entities is not to be filled with what nobody looked at.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User

from articles.annotate.codebooks.codebook import EntityUse
from articles.annotate.entities.naming import named_entity
from articles.annotate.tags.layers import Layer
from articles.annotate.tags.rules import rules_of, version_of
from articles.models import Anchor, Door, Entity, Mention, MentionStatus, Operation
from articles.models.lookups import any_id
from articles.models.mentions import label_of

# Among the attributes of a suggestion, the name that it is suggested under.
SUGGESTED_NAME = "suggested_name"


def without_name(attributes: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes of a mention as its codebook knows them."""
    return {key: value for key, value in attributes.items() if key != SUGGESTED_NAME}


def give_entities(
    mentions: Sequence[Mention], *, by: User | None, door: Door, operation: Operation
) -> set[int]:
    """Give suggestions that are being accepted the entity of their name; made where need be.

    Return the ids of those whose words are tagged just so by now: they are not to be accepted. The
    mentions are of one layer, and held. Raises TaggingError.
    """
    nameless = [each for each in mentions if SUGGESTED_NAME in each.attributes]
    if not nameless:
        return set()
    first = nameless[0]
    layer = Layer(first.corpus, first.task, first.layer_of)
    content = rules_of(version_of(layer))
    known: dict[tuple[str, str], Entity | None] = {}
    for mention in nameless:
        name = str(mention.attributes[SUGGESTED_NAME])
        kind = content.kind(mention.kind)
        mention.attributes = without_name(mention.attributes)
        if mention.entity_id is not None or kind is None or kind.entity is EntityUse.NONE:
            continue
        if (mention.kind, name) not in known:
            known[mention.kind, name] = named_entity(
                layer, name, mention.kind, by=by, door=door, operation=operation
            )
        mention.entity = known[mention.kind, name]
    there = _tagged_already(nameless)
    kept = [each for each in nameless if each.pk not in there]
    Mention.objects.bulk_update(kept, ["entity", "attributes"], batch_size=1_000)
    labels: dict[str, list[int]] = {}
    for mention in kept:
        labels.setdefault(label_of(mention), []).append(mention.pk)
    for label, ids in labels.items():
        Anchor.objects.filter(any_id("mention_id", ids)).exclude(label=label).update(label=label)
    return there


def overtake(layer: Layer, places: set[tuple[int, int, int]], by: User | None) -> int:
    """Reject what is suggested where something was tagged now; return how many.

    ``places`` are versions with starts and ends. Part of the caller's operation.
    """
    there = Anchor.objects.filter(
        any_id("version_id", {version for version, _, _ in places}),
        mention__task=layer.task,
        mention__layer_of=layer.layer_of,
        mention__status=MentionStatus.SUGGESTED,
    ).values_list("mention_id", "version_id", "start", "end")
    over = [mention for mention, *place in there if tuple(place) in places]
    suggested = Mention.objects.filter(any_id("id", over), status=MentionStatus.SUGGESTED)
    return suggested.update(status=MentionStatus.REJECTED, decided_by=by) if over else 0


def _tagged_already(mentions: Sequence[Mention]) -> set[int]:
    """Return those of whose places one is tagged as they are to be."""
    labels = {mention.pk: label_of(mention) for mention in mentions}
    anchors = Anchor.objects.filter(any_id("mention_id", labels), start__isnull=False)
    places = {
        (version, start, end, labels[mention]): mention
        for mention, version, start, end in anchors.values_list(
            "mention_id", "version_id", "start", "end"
        )
    }
    others = (
        Anchor.objects.filter(
            any_id("version_id", {place[0] for place in places}), label__in=set(labels.values())
        )
        .exclude(any_id("mention_id", labels))
        .values_list("version_id", "start", "end", "label")
    )
    there = {places[place] for place in others if place in places}
    # Two of one place would be the same now: the first is kept.
    seen: set[tuple[Any, ...]] = set()
    for mention, *place in anchors.order_by("mention").values_list(
        "mention_id", "version_id", "start", "end"
    ):
        key = (*place, labels[mention])
        if key in seen:
            there.add(mention)
        seen.add(key)
    return there
