"""What the names in a query mean: outlets and authors by any of their names, and one's own sets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from articles.models import Collection, Corpus, Person, Source, SourceAlias
from articles.models.corpora import Visitor
from articles.models.prepared import Prepared
from articles.search.language.words import fold as fold_word
from articles.search.names import related_names
from articles.search.names.name_values import MANY, by_folded, by_name, by_number, texts
from articles.search.names.tag_names import TagNames

_VISIBLE = Prepared(
    lambda user: Corpus.objects.visible_to(user).order_by("pk").values_list("pk", "slug", "name")
)


@dataclass(frozen=True)
class Names:
    """What a visitor's names mean, among what they may see; looked up once."""

    user: Visitor
    tags: TagNames = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tags", TagNames(self.user))

    @cached_property
    def known(self) -> Sequence[tuple[int, str, str]]:
        """The corpora that they may know of: ids, short names and names, by id."""
        return _VISIBLE.rows(self.user)

    @cached_property
    def visible(self) -> tuple[int, ...]:
        """The ids of the corpora that they may know of, in order."""
        return tuple(pk for pk, _, _ in self.known)

    def mean(self, field: str, value: str) -> Sequence[str] | None:
        """Return the index's values of a field that a name means; None to look for it as it is."""
        match field:
            case "source":
                return self._sources(value)
            case "author":
                return self._people(value)
            case "corpus":
                return texts(self.corpora(value))
            case "collection":
                return self._collections(value)
            case "lang":
                return None if value.endswith("*") else [fold_word(value)]
            case "story":
                return related_names.stories(self.user, value)
            case "related" | "copy-of":
                return related_names.articles(self.user, value)
            case _:
                return self.tags.mean(field, value)

    def corpora(self, value: str) -> list[int]:
        """Return the ids of the corpora that a short name, a name or a number means."""
        named = Q(slug__istartswith=value[:-1]) if value.endswith("*") else Q(slug__iexact=value)
        found = Corpus.objects.visible_to(self.user).filter(
            named | Q(name__iexact=value) | by_number(value)
        )
        return list(found.order_by().values_list("pk", flat=True))

    def _sources(self, value: str) -> list[str]:
        visible = Source.objects.visible_to(self.user)
        numbered = visible.filter(by_number(value))
        found = {source.merged_into_id or source.pk for source in numbered}
        aliases = SourceAlias.objects.filter(by_folded(value), source__in=visible)
        found |= set(aliases.order_by().values_list("source_id", flat=True)[:MANY])
        named = by_name(value)
        found |= set(
            visible.standing().filter(named).order_by().values_list("pk", flat=True)[:MANY]
        )
        return texts(found)

    def _people(self, value: str) -> list[str]:
        found = Person.objects.visible_to(self.user).filter(by_folded(value) | by_number(value))
        # The index may not have caught up with who was found to be the same.
        standing = {person.same_as_id or person.pk for person in found[:MANY]}
        return texts(Person.objects.names_of(standing))

    def _collections(self, value: str) -> list[str]:
        found = Collection.objects.visible_to(self.user).filter(by_name(value) | by_number(value))
        return texts(found.order_by().values_list("pk", flat=True)[:MANY])
