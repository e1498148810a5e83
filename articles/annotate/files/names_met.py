"""Whom names of a file mean, as its bits before found out: a name is looked up once a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from articles.annotate.tags.layers import Layer
from articles.annotate.tags.wanted import Tagged, Wanted
from articles.models import Entity
from articles.models.lookups import any_id


@dataclass(slots=True)
class NamesMet:
    """Entities by the kind and the name by which they were found."""

    _found: dict[tuple[str, str], int] = field(default_factory=dict)

    def learn(self, wanted: Wanted, tagged: Tagged) -> None:
        """Note whom a tag's name means; one that was there before may be somebody else's by now."""
        entity = tagged.mention.entity_id
        if tagged.made and wanted.entity_name and entity is not None:
            self._found[wanted.kind, wanted.entity_name] = entity

    def numbered(
        self, layer: Layer, wanted: Sequence[tuple[int, Wanted]]
    ) -> list[tuple[int, Wanted]]:
        """Return what is wanted of articles, with the numbers of whom is known from before."""
        # In blind work who is known is asked for each by itself.
        if not self._found or layer.blind_task is not None:
            return list(wanted)
        kinds = self._standing(layer, (found for _, found in wanted))
        numbered: list[tuple[int, Wanted]] = []
        for article, each in wanted:
            number = self._found.get((each.kind, each.entity_name), 0)
            is_known = kinds.get(number) == each.kind
            named = replace(each, entity=number, entity_name="") if is_known else each
            numbered.append((article, named))
        return numbered

    def _standing(self, layer: Layer, wanted: Iterable[Wanted]) -> dict[int, str]:
        """Return the kinds of those that are meant and stand: others may have merged them since."""
        called = ((each.kind, each.entity_name) for each in wanted)
        meant = {self._found[each] for each in called if each in self._found}
        there = Entity.objects.filter(
            any_id("id", meant), corpus=layer.corpus, task=None, merged_into=None
        )
        return dict(there.order_by().values_list("pk", "kind"))
