"""What the names in a query mean: outlets and authors by any of their names, and one's own sets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from articles.models import Collection, Corpus, Person, Source, SourceAlias
from articles.models.corpora import Visitor
from articles.models.folding import fold
from articles.search.words import fold as fold_word

# More values than this of a name with a * are as good as all.
MANY = 5_000


@dataclass(frozen=True, slots=True)
class Names:
    """What a visitor's names mean, among what they may see."""

    user: Visitor

    def mean(self, field: str, value: str) -> Sequence[str] | None:
        """Return the index's values of a field that a name means; None to look for it as it is."""
        match field:
            case "source":
                return self._sources(value)
            case "author":
                return self._people(value)
            case "corpus":
                return _texts(self.corpora(value))
            case "collection":
                return self._collections(value)
            case "lang":
                return None if value.endswith("*") else [fold_word(value)]
            case _:
                return None

    def corpora(self, value: str) -> list[int]:
        """Return the ids of the corpora that a short name, a name or a number means."""
        named = Q(slug__istartswith=value[:-1]) if value.endswith("*") else Q(slug__iexact=value)
        found = Corpus.objects.visible_to(self.user).filter(
            named | Q(name__iexact=value) | _numbered(value)
        )
        return list(found.order_by().values_list("pk", flat=True))

    def _sources(self, value: str) -> list[str]:
        visible = Source.objects.visible_to(self.user)
        numbered = visible.filter(_numbered(value))
        found = {source.merged_into_id or source.pk for source in numbered}
        aliases = SourceAlias.objects.filter(_folded(value), source__in=visible)
        found |= set(aliases.order_by().values_list("source_id", flat=True)[:MANY])
        named = _name(value)
        found |= set(
            visible.standing().filter(named).order_by().values_list("pk", flat=True)[:MANY]
        )
        return _texts(found)

    def _people(self, value: str) -> list[str]:
        found = Person.objects.visible_to(self.user).filter(_folded(value) | _numbered(value))
        # The index may not have caught up with who was found to be the same.
        standing = {person.same_as_id or person.pk for person in found[:MANY]}
        return _texts(Person.objects.names_of(standing))

    def _collections(self, value: str) -> list[str]:
        found = Collection.objects.visible_to(self.user).filter(_name(value) | _numbered(value))
        return _texts(found.order_by().values_list("pk", flat=True)[:MANY])


def _texts(ids: Iterable[int]) -> list[str]:
    return [str(pk) for pk in ids]


def _folded(value: str) -> Q:
    if value.endswith("*"):
        return Q(folded__startswith=fold(value.rstrip("*")))
    return Q(folded=fold(value))


def _name(value: str) -> Q:
    if value.endswith("*"):
        return Q(name__istartswith=value.rstrip("*"))
    return Q(name__iexact=value)


def _numbered(value: str) -> Q:
    """Match a number, as scripts give it."""
    known = value.isascii() and value.isdigit() and len(value) < 19
    return Q(pk=int(value)) if known else Q(pk__in=())
