"""What a tag of a file means here: of which kind of the codebook it is, and whom it names."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from articles.annotate.codebooks.codebook import Content, EntityUse, Kind
from articles.annotate.files.articles_meant import Known
from articles.annotate.interchange.shape import Tag
from articles.annotate.tags.layers import Layer
from articles.annotate.tags.wanted import Wanted
from articles.models import Entity, EntityName, ExternalId, MentionOrigin, MentionStatus
from articles.models.folding import fold

_KEYS = uuid.UUID("5a0f4c1e-91a4-4f0c-8d4e-2b6a6f0e7c11")
# Labels that other tools and data sets are wont to have.
_WONT = {
    "per": "person", "pers": "person", "people": "person", "org": "organisation",
    "organization": "organisation", "loc": "place", "location": "place", "gpe": "place",
    "misc": "event",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """What tags of a file mean in a layer; ``kinds`` maps the file's labels to the codebook's."""

    layer: Layer
    content: Content
    kinds: Mapping[str, str]
    maker: str

    def wanted(self, tag: Tag, article: Known, start: int, end: int) -> Wanted:
        slug = self._kind(tag.kind)
        kind = self.content.kind(slug)
        entity = self._entity(tag)
        name = "" if entity is not None else tag.entity
        quote = article.text[start:end]
        if kind is not None and kind.entity is EntityUse.REQUIRED and entity is None and not name:
            name = quote
        if kind is not None and kind.entity is EntityUse.NONE:
            entity, name = None, ""
        status = tag.status if tag.status in MentionStatus.values else "accepted"
        return Wanted(
            start=start,
            end=end,
            quote=quote,
            kind=slug,
            entity=entity,
            entity_name=" ".join(name.split()),
            attributes=_of_kind(tag, kind),
            comment=tag.comment,
            key=self._key(tag, article, start, end, slug),
            status=status,
            origin=MentionOrigin.IMPORTED,
            maker=self.maker,
            score=tag.score,
        )

    def _key(self, tag: Tag, article: Known, start: int, end: int, kind: str) -> uuid.UUID:
        """Return a key by which the same file makes nothing twice, in each layer its own."""
        person = self.layer.layer_of.pk if self.layer.layer_of is not None else 0
        task = self.layer.task.pk if self.layer.task is not None else 0
        said = (article.version, start, end, kind, tag.entity, tag.entity_id, task, person)
        return uuid.uuid5(_KEYS, repr(said))

    def _kind(self, label: str) -> str:
        if label in self.kinds:
            return self.kinds[label]
        if self.content.kind(label) is not None:
            return label
        folded = label.casefold()
        for kind in self.content.kinds:
            if folded in {kind.slug.casefold(), kind.name.casefold()}:
                return kind.slug
        return _WONT.get(folded, label)

    def _entity(self, tag: Tag) -> int | None:
        """Return the entity that is meant: by an id elsewhere, or ours of that name."""
        corpus = self.layer.corpus
        for scheme, value in tag.entity_ids.items():
            known = ExternalId.objects.filter(corpus=corpus, scheme=scheme, value=value).first()
            if known is not None:
                return known.entity_id
        if tag.entity_id is None:
            return None
        there = Entity.objects.filter(pk=tag.entity_id, corpus=corpus).first()
        if there is None:
            return None
        names = EntityName.objects.filter(entity=there, folded=fold(tag.entity))
        return there.pk if not tag.entity or names.exists() else None


def _of_kind(tag: Tag, kind: Kind | None) -> dict[str, object]:
    """Return the attributes, with numbers of scales as numbers: some formats hold words alone."""
    found = dict(tag.attributes)
    for attribute in kind.attributes if kind is not None else ():
        value = found.get(attribute.slug)
        if attribute.type == "scale" and isinstance(value, str) and value.lstrip("-").isdecimal():
            found[attribute.slug] = int(value)
    return found
