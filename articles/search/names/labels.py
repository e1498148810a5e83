"""What the index's values are called, and what in a query means them and nothing else."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf.locale import LANG_INFO
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Upper

from articles.models import (
    Collection,
    Coverage,
    Entity,
    EntityName,
    Person,
    Source,
    SourceAlias,
    Story,
)
from articles.models.folding import fold
from articles.models.lookups import any_id, any_text
from articles.models.prepared import Prepared
from articles.models.statements import Given
from articles.parsed import Flag
from articles.search.engine.index import fold_name
from articles.search.index.tagged import Telling, Words
from articles.search.language.refining import sayable
from articles.search.names.name_values import MANY
from articles.search.names.naming import Names

# Of a story that was merged, the one that stands.
_STANDS = Coalesce("merged_into_id", "pk")
_FLAGS = {flag.value: flag.word for flag in Flag}


@dataclass(frozen=True, slots=True)
class Called:
    """Values of the index that are one to people: their name, and what in a query means them.

    ``keys`` are all that the query's value means, whether an answer has them or not; None where
    the index alone knows.
    """

    label: str
    value: str
    keys: frozenset[str] | None = None


type Calling = Callable[[Names, Sequence[str]], Mapping[str, Called]]
# As one calls what is tagged: those values alone of which someone is told.
type TagCalling = Callable[[Telling, Sequence[str]], Mapping[str, Called]]


def language_name(code: str) -> str:
    """Return a language's English name: ``Arabic``; the code itself where it has none here."""
    if code == "zh":
        return "Chinese"
    info = LANG_INFO.get(code.casefold()) or LANG_INFO.get(code.casefold().partition("-")[0])
    return str(info["name"]) if info and "name" in info else code


_SOURCES = Prepared(
    lambda _, corpora, ids: (
        Source.objects.filter(any_id("corpus_id", corpora), any_id("pk", ids))
        .order_by()
        .values_list("pk", "name")
    ),
    Given.IDS,
    Given.IDS,
)
_BY_ALIAS = Prepared(
    lambda _, corpora, names: (
        SourceAlias.objects.filter(any_text("folded", names), any_id("source__corpus_id", corpora))
        .order_by()
        .values_list("folded", "source_id", "source__name")
    ),
    Given.IDS,
    Given.TEXTS,
)
_BY_NAME = Prepared(
    lambda _, corpora, names: (
        Source.objects.annotate(upper=Upper("name"))
        .filter(any_id("corpus_id", corpora), any_text("upper", names), merged_into=None)
        .order_by()
        .values_list("pk", "name")
    ),
    Given.IDS,
    Given.TEXTS,
)


def sources(names: Names, values: Sequence[str]) -> Mapping[str, Called]:
    """Return what some sources are called, by id. Three queries."""
    user, visible = names.user, names.visible
    known = dict(_SOURCES.rows(user, visible, _ids(values)))
    said = {sayable(name) for name in known.values()}
    meant = _Meanings(fold)
    for folded, pk, name in _BY_ALIAS.rows(user, visible, {fold(name) for name in said}):
        meant.add(folded, pk, name)
    for pk, name in _BY_NAME.rows(user, visible, {name.upper() for name in said}):
        meant.add(fold(sayable(name)), pk, name)
    return {str(pk): meant.called(pk, name) for pk, name in known.items()}


_PEOPLE = Prepared(
    lambda _, corpora, ids: (
        Person.objects.filter(any_id("corpus_id", corpora), any_id("pk", ids))
        .order_by()
        .values_list("pk", "name")
    ),
    Given.IDS,
    Given.IDS,
)
_SAME_PEOPLE = Prepared(
    lambda _, corpora, names: (
        Person.objects.filter(any_id("corpus_id", corpora), any_text("folded", names))
        .order_by()
        .values_list("folded", "pk", "name", "same_as_id", "same_as__name")
    ),
    Given.IDS,
    Given.TEXTS,
)


def people(names: Names, values: Sequence[str]) -> Mapping[str, Called]:
    """Return what some authors are called, by id. Two queries."""
    user, visible = names.user, names.visible
    known = dict(_PEOPLE.rows(user, visible, _ids(values)))
    meant = _Meanings(fold)
    folded_names = {fold(sayable(name)) for name in known.values()}
    for folded, pk, name, standing, its_name in _SAME_PEOPLE.rows(user, visible, folded_names):
        meant.add(folded, standing or pk, its_name or name)
    return {str(pk): meant.called(pk, name) for pk, name in known.items()}


def corpora(names: Names, values: Sequence[str]) -> Mapping[str, Called]:
    """Return what some corpora are called, by id."""
    visible = names.known
    found = {}
    for pk, slug, name in visible:
        alone = not any(slug.casefold() == its.casefold() for id_, _, its in visible if id_ != pk)
        value = slug if alone and not slug.isdigit() else str(pk)
        found[str(pk)] = Called(name, value, frozenset({str(pk)}))
    return {value: found[value] for value in values if value in found}


def collections(names: Names, values: Sequence[str]) -> Mapping[str, Called]:
    """Return what some collections are called, by id; nothing of those of others. One query."""
    visible = Collection.objects.visible_to(names.user).order_by().values_list("pk", "name")[:MANY]
    known = dict(visible)
    meant = _Meanings(str.casefold)
    for pk, name in known.items():
        meant.add(name.casefold(), pk, name)
    wanted = set(values)
    return {str(pk): meant.called(pk, name) for pk, name in known.items() if str(pk) in wanted}


def stories(names: Names, values: Sequence[str]) -> Mapping[str, Called]:
    """Return what some stories are called, by id: those without a name as they begin.

    Two queries, one more where some have names, and one where some have none. What was merged is
    called as what stands.
    """
    visible = Story.objects.filter(any_id("corpus_id", names.visible))
    known = visible.filter(any_id("pk", _ids(values))).annotate(stands=_STANDS).order_by()
    stands = dict(known.values_list("pk", "stands"))
    family = Q(any_id("pk", stands.values())) | Q(any_id("merged_into_id", stands.values()))
    merged = defaultdict(set)
    called_so: dict[int, str] = {}
    for pk, name, into in (
        visible.filter(family).order_by().values_list("pk", "name", "merged_into")
    ):
        merged[into or pk].add(str(pk))
        if into is None:
            called_so[pk] = name
    meant = _Meanings(str.casefold)
    if given := {name.upper() for name in called_so.values() if name}:
        upper = visible.exclude(name="").annotate(upper=Upper("name"), stands=_STANDS)
        same = upper.filter(any_text("upper", given)).order_by()
        for pk, name in same.values_list("stands", "name"):
            meant.add(sayable(name).casefold(), pk, name)
    begun = _beginnings(
        [int(key) for pk, name in called_so.items() if not name for key in merged[pk]]
    )
    called = {
        pk: meant.called(pk, name) if name else Called(begun.get(pk) or f"Story {pk}", str(pk))
        for pk, name in called_so.items()
    }
    return {
        str(pk): replace(
            called[into],
            keys=frozenset(merged[into]).union(
                *(merged[int(key)] for key in called[into].keys or ())
            ),
        )
        for pk, into in stands.items()
        if into in called
    }


def _beginnings(stories: Sequence[int]) -> Mapping[int, str]:
    """Return the headlines of the earliest articles of stories, of merged ones by what stands."""
    if not stories:
        return {}
    rows = Coverage.objects.filter(any_id("story_id", stories), article__standing=True)
    first = rows.annotate(in_story=Coalesce("story__merged_into_id", "story_id")).order_by(
        "in_story", F("article__published_date").asc(nulls_last=True), "article__sort_at", "pk"
    )
    return dict(first.distinct("in_story").values_list("in_story", "article__headline"))


def entities(told: Telling, values: Sequence[str]) -> Mapping[str, Called]:
    """Return what some entities are called, by id. Two queries."""
    visible = Entity.objects.readable_by(told.user).filter(corpus__in=told.corpora)
    known = dict(visible.filter(any_id("pk", _ids(values))).order_by().values_list("pk", "name"))
    meant = _Meanings(fold)
    named = EntityName.objects.filter(
        any_text("folded", {fold(sayable(name)) for name in known.values()}),
        Q(task=None) | Q(task__blind=False),
        corpus__in=told.corpora,
    )
    for folded, pk, name, standing, its_name in named.order_by().values_list(
        "folded", "entity_id", "entity__name", "entity__merged_into", "entity__merged_into__name"
    ):
        meant.add(folded, standing or pk, its_name or name)
    return {str(pk): meant.called(pk, name) for pk, name in known.items()}


def kinds(told: Telling, values: Sequence[str]) -> Mapping[str, Called]:
    """Return what kinds of what is tagged are called; those of several corpora together."""
    found = {}
    for value, words, slug in _told(told, values):
        keys = frozenset(f"{corpus}/{slug}" for corpus in told.corpora)
        found[value] = Called(words.kinds.get(slug, slug), slug, keys)
    return found


def tags(told: Telling, values: Sequence[str]) -> Mapping[str, Called]:
    """Return what codes of articles are called, those with a value alone: ``Frame: economy``."""
    found = {}
    for value, words, said in _told(told, values):
        code, has_value, chosen = said.partition("=")
        if not has_value:
            continue
        label = words.choices.get(code, {}).get(chosen, chosen)
        keys = frozenset(f"{corpus}/{said}" for corpus in told.corpora)
        found[value] = Called(f"{words.codes.get(code, code)}: {label}", sayable(said), keys)
    return found


def _told(told: Telling, values: Sequence[str]) -> Iterable[tuple[str, Words, str]]:
    """Yield the values of corpora that someone is told of, with the words of their codebooks."""
    for value in values:
        corpus, _, said = value.partition("/")
        if int(corpus) in told.corpora:
            yield value, told.codebooks.get(int(corpus), Words()), said


def languages(names: Names, values: Sequence[str]) -> Mapping[str, Called]:  # noqa: ARG001 -- one of its kind
    """Return what languages are called, by code."""
    return {value: Called(language_name(value), value) for value in values}


def flags(names: Names, values: Sequence[str]) -> Mapping[str, Called]:  # noqa: ARG001 -- one of its kind
    """Return what flags are called."""
    return {value: Called(_FLAGS.get(value, value), value) for value in values}


def as_printed(names: Names, values: Sequence[str]) -> Mapping[str, Called]:  # noqa: ARG001 -- one of its kind
    """Return names as they are; of those that fold to one, as the first is written."""
    first: dict[str, str] = {}
    for value in values:
        first.setdefault(fold_name(value), value)
    return {
        value: Called(first[fold_name(value)], sayable(first[fold_name(value)])) for value in values
    }


class _Meanings:
    """Which rows a name means, folded as queries fold names of their kind; by number, if others."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        self._fold = fold
        self._rows: dict[str, dict[int, str]] = {}

    def add(self, folded: str, pk: int, name: str) -> None:
        """Note that a name, folded, means a row that is called ``name``."""
        self._rows.setdefault(folded, {})[pk] = name

    def called(self, pk: int, name: str) -> Called:
        """Return what a row is called: by its number where its name means others as well."""
        folded = self._fold(sayable(name))
        rows = self._rows.get(folded, {})
        alike = all(self._fold(sayable(other)) == folded for other in rows.values())
        if pk in rows and alike and not name.isdigit() and not name.endswith("*"):
            return Called(name, sayable(name), frozenset(str(each) for each in rows))
        return Called(name, str(pk), frozenset({str(pk)}))


def _ids(values: Iterable[str]) -> list[int]:
    return [int(value) for value in values]
