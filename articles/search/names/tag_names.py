"""What names of tags in a query mean: entities, kinds, codes, people; told to whom they may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User
from django.db.models import Q
from django.db.models.functions import Coalesce

from articles.models import Corpus, Entity, EntityName
from articles.models.corpora import Visitor
from articles.search.engine.index import fold_name
from articles.search.index.tagged import Telling, telling
from articles.search.language.errors import QueryError
from articles.search.language.fields import OF_TAGS, TAGGED
from articles.search.language.tree import Has, Named, Node, walk
from articles.search.names.name_values import MANY, by_folded, by_number, texts


@dataclass(frozen=True)
class TagNames:
    """What a visitor's names of tags mean: within the corpora alone of which they are told."""

    user: Visitor

    @cached_property
    def telling(self) -> Telling:
        """Of which corpora they are told what is tagged; looked up once."""
        return telling(self.user)

    def mean(self, field: str, value: str) -> Sequence[str] | None:
        """Return the index's values that a name means; None for what is not of tags."""
        match field:
            case "entity":
                return self._entities(value)
            case "kind":
                return self._kinds(value)
            case "tag":
                return self._tags(value)
            case "tagged-by":
                return self._taggers(value)
            case "has" if value in OF_TAGS:
                return [f"{corpus}/{value}" for corpus in self.telling.corpora]
            case _:
                return None

    def check_told(self, tree: Node, within: frozenset[int] | None) -> None:
        """Raise QueryError for a question about what is tagged where someone works blind.

        Of other corpora it can be asked: those ``within`` which a query stays, if it says so.
        """
        if not any(_is_of_tags(node) for node in walk(tree)) or not self.telling.blinded:
            return
        blinded = self.telling.blinded if within is None else self.telling.blinded & within
        if blinded:
            corpora = Corpus.objects.filter(pk__in=blinded).order_by("name")
            names = ", ".join(corpora.values_list("name", flat=True)[:3])
            raise QueryError(
                f"You have blind work in {names}: until it is closed you are not told what is "
                "tagged there. Ask other corpora by corpus:, or leave out what is tagged.",
                position=0,
            )

    def _entities(self, value: str) -> list[str]:
        told = self.telling.corpora
        readable = Entity.objects.readable_by(self.user).filter(corpus__in=told)
        public = Q(task=None) | Q(task__blind=False)
        named = EntityName.objects.filter(public, by_folded(value), corpus__in=told)
        stands = Coalesce("entity__merged_into", "entity")
        found = set(named.order_by().values_list(stands, flat=True)[:MANY])
        numbered = readable.filter(by_number(value))
        found |= {entity.merged_into_id or entity.pk for entity in numbered}
        # The index may not have caught up with who was merged.
        ids = Entity.objects.with_merged(found)
        return texts(readable.filter(pk__in=ids).order_by().values_list("pk", flat=True))

    def _kinds(self, value: str) -> list[str]:
        books = self.telling.codebooks
        return [f"{corpus}/{slug}" for corpus, words in books.items() for slug in words.kind(value)]

    def _tags(self, value: str) -> list[str]:
        name, has_value, wanted = value.partition("=")
        found = []
        for corpus, words in self.telling.codebooks.items():
            for slug in words.code(name if has_value else value):
                if not has_value:
                    found.append(f"{corpus}/{slug}")
                    continue
                begun = fold_name(wanted.rstrip("*"))
                known = words.choices.get(slug, {}) if wanted.endswith("*") else (begun,)
                found += [f"{corpus}/{slug}={v}" for v in known if v.startswith(begun)]
        return found

    def _taggers(self, value: str) -> list[str]:
        told = self.telling
        if value.casefold() == "me":
            return [f"{corpus}/{self.user.pk}" for corpus in told.corpora if self.user.pk]
        named = Q(username__iexact=value)
        if value.endswith("*"):
            named = Q(username__istartswith=value.rstrip("*"))
        people = User.objects.filter(named | by_number(value))
        ids = list(people.order_by().values_list("pk", flat=True)[:MANY])
        return [f"{corpus}/{pk}" for corpus in told.with_people for pk in ids]


def _is_of_tags(node: Node) -> bool:
    match node:
        case Named(name):
            return name in TAGGED
        case Has(what):
            return what in OF_TAGS
        case _:
            return False
