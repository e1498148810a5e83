"""Whether many tags can be made: as for one, with each text, kind and entity looked at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User

from articles.annotate.codebooks.codebook import Content
from articles.annotate.entities.naming import check_kinds, known_entities, named_entity
from articles.annotate.tags.layers import Layer
from articles.annotate.tags.rules import (
    check_attributes,
    check_entity_use,
    kind_of,
    rules_of,
    version_of,
)
from articles.annotate.tags.targets import Target
from articles.annotate.tags.wanted import TaggingError, Wanted, around, check_place, check_words
from articles.models import CodebookVersion, Door, Entity, MentionOrigin, Operation, Version
from articles.models.lookups import any_id

# So many words of text are held at a time.
_WORDS = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A tag that can be made."""

    article: int
    version: int
    wanted: Wanted
    entity: Entity | None
    attributes: dict[str, Any]
    prefix: str
    suffix: str
    label: str

    @property
    def place(self) -> tuple[int, int, int, str]:
        """What there is one tag of: the words, and what they are tagged as, in the layer."""
        return self.version, self.wanted.start, self.wanted.end, self.label


@dataclass(slots=True)
class Checking:
    """Checks tags of a layer within an operation, by what it learned from those before."""

    layer: Layer
    by: User | None
    door: Door
    operation: Operation
    codebook: CodebookVersion = field(init=False)
    _content: Content = field(init=False)
    # By id; None where there is no such one here.
    _entities: dict[int, Entity | None] = field(default_factory=dict)
    _named: dict[tuple[str, str], Entity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.codebook = version_of(self.layer)
        self._content = rules_of(self.codebook)

    def fit(
        self, items: Sequence[tuple[int, Wanted]], targets: dict[int, Target]
    ) -> list[Fit | TaggingError]:
        """Return of each tag what is to be written, or why it can't be made."""
        self._learn(items)
        found: list[Fit | TaggingError | None] = [None] * len(items)
        by_article: dict[int, list[int]] = {}
        for number, (article, _) in enumerate(items):
            by_article.setdefault(article, []).append(number)
        for article in by_article.keys() - targets.keys():
            for number in by_article.pop(article):
                found[number] = TaggingError("article", "This article can't be tagged here.")
        for some in _portions({article: targets[article] for article in by_article}):
            versions = Version.objects.filter(any_id("id", [it.version for it in some.values()]))
            texts = {pk: rest for pk, *rest in versions.values_list("pk", "text", "blocks")}
            for article, target in some.items():
                text, blocks = texts[target.version]
                for number in by_article[article]:
                    found[number] = self._one(article, target, text, blocks, items[number][1])
        return [each for each in found if each is not None]

    def _learn(self, items: Sequence[tuple[int, Wanted]]) -> None:
        ids = {wanted.entity for _, wanted in items if wanted.entity is not None}
        if ids - self._entities.keys():
            self._entities |= known_entities(self.layer, ids - self._entities.keys(), self.by)

    def _one(
        self, article: int, target: Target, text: str, blocks: Sequence[Any], wanted: Wanted
    ) -> Fit | TaggingError:
        try:
            check_words(wanted)
            check_place(text, blocks, wanted.start, wanted.end, wanted.quote)
            kind = kind_of(self._content, wanted.kind)
            is_named = wanted.entity is not None or bool(wanted.entity_name.strip())
            check_entity_use(kind, named=is_named)
            attributes: dict[str, Any] = {}
            if wanted.attributes or kind.attributes:
                complete = wanted.origin == MentionOrigin.PERSON
                attributes = check_attributes(kind, wanted.attributes, complete=complete)
            entity = self._entity(wanted)
        except TaggingError as fault:
            return fault
        prefix, suffix = around(text, wanted.start, wanted.end)
        label = self.layer.label(wanted.kind, entity.pk if entity is not None else None)
        return Fit(article, target.version, wanted, entity, attributes, prefix, suffix, label)

    def _entity(self, wanted: Wanted) -> Entity | None:
        if wanted.entity is not None:
            entity = self._entities.get(wanted.entity)
            if entity is None:
                raise TaggingError("entity", f"There is no entity {wanted.entity} here.")
            check_kinds(self._content, wanted.kind, entity)
            return entity
        if not wanted.entity_name.strip():
            return None
        called = wanted.kind, wanted.entity_name
        if called not in self._named:
            self._named[called] = named_entity(
                self.layer,
                wanted.entity_name,
                wanted.kind,
                by=self.by,
                door=self.door,
                operation=self.operation,
            )
        return self._named[called]


def _portions(targets: dict[int, Target]) -> Iterator[dict[int, Target]]:
    """Yield articles so many at a time that their texts can be held."""
    some: dict[int, Target] = {}
    words = 0
    for article, target in targets.items():
        if some and words + target.words > _WORDS:
            yield some
            some, words = {}, 0
        some[article] = target
        words += target.words
    if some:
        yield some
