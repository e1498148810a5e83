"""The shape of an answer by who, where and what: values of fields, counted, under their names.

A count is what the value's own query lists. Of a field that includes values already, the counts
are of the answer without them, so that others can be added to them.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from articles.models import Collection
from articles.models.prepared import Prepared
from articles.search.asking import Question
from articles.search.engine.counting import Facet as Counted
from articles.search.engine.index import fold_name
from articles.search.index.tagged import Telling
from articles.search.language import refining
from articles.search.language.tree import Node, Not
from articles.search.names import labels
from articles.search.names.labels import Called, Calling, TagCalling
from articles.search.names.spellings import Spellings, spellings

# So many of the index's values are fetched, of which some may be one to people: so many times
# those shown, and more of a field whose values are another's to see.
FETCHED = 3
_OF_OTHERS = 2_000
# Of a question that names more values than this, the rest are not listed with their counts.
MOST_TYPED = 50
# A story is called by its name, though it may be asked for by its number.
_DIGITS = 18
_LETTER = re.compile(r"\w")

# One collection that someone sees, if there is any.
_COLLECTING = Prepared(
    lambda user: Collection.objects.visible_to(user).order_by().values_list("pk")[:1]
)

type State = Literal["", "included", "excluded"]


@dataclass(frozen=True, slots=True)
class FacetField:
    """A field that answers are counted by: its name in queries, its title, how values are called.

    ``none`` is what articles without a value are called, where a query can ask for them by
    ``has:``. ``several`` says that an article may have several values, and ``hidden`` that not
    all of them are the reader's to know of.
    """

    name: str
    label: str
    calling: Calling = labels.as_printed
    none: str = ""
    several: bool = False
    hidden: bool = False
    # Of what is tagged, told as far as :class:`articles.search.index.tagged.Telling` has it.
    tagged: TagCalling | None = None


# In the order of the page. A feature adds its own here.
FACETS: Mapping[str, FacetField] = {
    each.name: each
    for each in (
        FacetField("source", "Source", labels.sources, none="No source"),
        FacetField("agency", "Agency", none="No agency", several=True),
        FacetField("author", "Author", labels.people, none="No author", several=True),
        FacetField("story", "Story", labels.stories, none="No story"),
        FacetField("entity", "Entity", several=True, tagged=labels.entities),
        FacetField("place", "Place"),
        FacetField("section", "Section", none="No section"),
        FacetField("lang", "Language", labels.languages),
        FacetField("flag", "To check", labels.flags, none="Nothing to check", several=True),
        FacetField("kind", "Tagged", several=True, tagged=labels.kinds),
        FacetField("tag", "Code", several=True, tagged=labels.tags),
        FacetField("collection", "Collection", labels.collections, several=True, hidden=True),
        FacetField("corpus", "Corpus", labels.corpora),
    )
}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value: what stands in a query for it, what people call it, how many articles have it.

    The empty value is that of articles without any.
    """

    value: str
    label: str
    count: int
    state: State = ""


@dataclass(frozen=True, slots=True)
class FacetList:
    """The values of a field, the most frequent first. ``others`` are articles of further values."""

    field: str
    label: str
    values: Sequence[FacetValue]
    others: int = 0


@dataclass(slots=True)
class _Row:
    """A value as it is gathered. It is ``exact`` once all that its query means is counted."""

    called: Called
    count: int = 0
    keys: set[str] = field(default_factory=set)
    exact: bool = True
    state: State = ""


def facet_lists(
    question: Question,
    names: Sequence[str] | None = None,
    *,
    values: int = 12,
    choosing: bool = True,
) -> list[FacetList]:
    """Return an answer's values of some fields, all unless told otherwise; those in use always.

    Without ``choosing`` they are those of the answer as it is, whatever it includes.
    """
    asked = _told(question, [FACETS[name] for name in (FACETS if names is None else names)])
    if not _COLLECTING.rows(question.user):
        asked = [each for each in asked if each.name != "collection"]
    if not choosing:
        # As one part, of which nothing is included and nothing excluded by itself.
        question = question.but(Not(Not(question.tree)))
    return [
        _list(each, values)
        for each in _counted(question, [one for one in asked if not one.hidden], FETCHED * values)
        + _counted(question, [one for one in asked if one.hidden], _OF_OTHERS)
    ]


def _told(question: Question, fields: Iterable[FacetField]) -> list[FacetField]:
    """Return fields as they are told to who asks; of what is tagged where it is told of alone."""
    listed = list(fields)
    if not any(each.tagged for each in listed):
        return listed
    told = question.names.tags.telling
    if not told.is_any:
        return [each for each in listed if each.tagged is None]
    hides = told.hides_from(question.corpora)
    return [
        each
        if each.tagged is None
        else replace(each, calling=_calling(each.tagged, told), hidden=hides)
        for each in listed
    ]


def _calling(tagged: TagCalling, told: Telling) -> Calling:
    return lambda _, values: tagged(told, values)


def label_of(question: Question, name: str, value: str) -> str:
    """Return what people call a value that stands in a query."""
    known = FACETS.get(name)
    if known is not None and name == "story" and value.isdecimal() and len(value) <= _DIGITS:
        called = known.calling(question.names, [value]).get(value)
        return called.label if called else value
    if known is None or name not in {"lang", "flag"}:
        return value if value or known is None else known.none
    return known.calling(question.names, [value])[value].label if value else known.none


@dataclass(frozen=True, slots=True)
class _Asked:
    """A field of a question, and what was counted: of the answer without its own values."""

    field: FacetField
    question: Question
    facet: Counted

    def total(self, value: str) -> int:
        return self.question.but(refining.only(self.question.tree, self.field.name, value)).total()


def ask_ahead(
    question: Question, *, values: int = 12, zooms: Sequence[str] = (), few: int = 0
) -> None:
    """Have the engine count what :func:`facet_lists` will ask for, and go on meanwhile.

    Beside it, how many articles there are and times by ``zooms``, and of at most ``few`` articles
    how many repeat a text.
    """
    plain = [each for each in _told(question, FACETS.values()) if not each.hidden]
    for tree, names in _alike(question, plain):
        part = question.but(tree)
        if tree == question.tree:
            part.ask_ahead(names, values=FETCHED * values, zooms=zooms, few=few)
        else:
            part.ask_facets(names, values=FETCHED * values)


def _alike(question: Question, asked: Sequence[FacetField]) -> list[tuple[Node, list[str]]]:
    """Return answers, and the fields that are counted of each."""
    found: dict[Node, list[str]] = {}
    for each in asked:
        found.setdefault(refining.basis(question.tree, each.name), []).append(each.name)
    return list(found.items())


def _counted(question: Question, asked: Sequence[FacetField], fetched: int) -> list[_Asked]:
    """Count all fields of one and the same answer at once."""
    counted: dict[str, Counted] = {}
    for tree, names in _alike(question, asked):
        counted |= question.but(tree).facets(names, values=fetched)
    return [_Asked(each, question, counted[each.name]) for each in asked]


def _list(asked: _Asked, values: int) -> FacetList:
    each = asked.field
    rows = _rows(asked)
    _mark(rows, asked)
    rows.sort(key=lambda row: (-row.count, row.called.label))
    shown = [row for index, row in enumerate(rows) if index < values or row.state]
    others = 0 if each.hidden else asked.facet.others
    others += sum(row.count for row in rows) - sum(row.count for row in shown)
    for row in shown:
        if not row.exact:
            fetched, row.count = row.count, asked.total(row.called.value)
            # What is shown now was among the others.
            others -= max(row.count - fetched, 0)
    shown.sort(key=lambda row: (-row.count, row.called.label))
    found = [
        FacetValue(row.called.value, row.called.label, row.count, row.state)
        for row in shown
        if row.count or row.state
    ]
    return FacetList(
        each.name, each.label, [*found, *_excluded(asked), *_none(asked)], max(others, 0)
    )


def _rows(asked: _Asked) -> list[_Row]:
    """Return the values that were counted, those together that a query takes for one."""
    counts = dict(asked.facet.values)
    called = asked.field.calling(asked.question.names, list(counts)) if counts else {}
    rows: dict[str | frozenset[str], _Row] = {}
    for value, count in counts.items():
        if value not in called or not _LETTER.search(called[value].value):
            continue
        row = rows.setdefault(_key(called[value]), _Row(called[value]))
        row.exact = row.exact and not (asked.field.several and row.keys)
        row.count += count
        row.keys.add(value)
    if asked.facet.others:
        _doubt(rows.values(), asked)
    for row in rows.values():
        row.exact = row.exact and not row.called.value.endswith("*")
    return list(rows.values())


def _doubt(rows: Iterable[_Row], asked: _Asked) -> None:
    """Tell the values of which there may be more than was fetched: under another spelling."""
    known: Spellings | None = {}
    if asked.field.calling is labels.as_printed:
        known = spellings(asked.question, asked.field.name)
    for row in rows:
        keys = row.called.keys
        if keys is None and known is not None:
            keys = known.get(fold_name(row.called.value), frozenset())
        row.exact = row.exact and keys is not None and keys <= row.keys


def _key(called: Called) -> str | frozenset[str]:
    """Return what values have in common that are one to a query."""
    return called.keys if called.keys is not None else fold_name(called.value)


def _mark(rows: list[_Row], asked: _Asked) -> None:
    """Mark the values that the question includes, under the names that it has for them."""
    name = asked.field.name
    included, _ = refining.values_of(asked.question.tree, name)
    for typed in list(filter(None, included))[:MOST_TYPED]:
        is_meant = _meant(asked, typed)
        matching = [row for row in rows if not row.state and is_meant(row)]
        label = matching[0].called.label if len(matching) == 1 else ""
        gone = {id(row) for row in matching}
        rows[:] = [row for row in rows if id(row) not in gone]
        # What is meant may be more than what is shown, or less.
        called = Called(label or label_of(asked.question, name, typed), typed)
        counted = sum(row.count for row in matching)
        rows.append(_Row(called, counted, exact=False, state="included"))


def _meant(asked: _Asked, typed: str) -> Callable[[_Row], bool]:
    """Return what tells whether a value is one that a typed name means."""
    meant = asked.question.compiler.mean(asked.field.name, typed)
    if meant is not None:
        ids = frozenset(meant)
        return lambda row: bool(row.keys & ids)
    folded = fold_name(typed.rstrip("*"))
    if typed.endswith("*"):
        return lambda row: fold_name(row.called.value).startswith(folded)
    return lambda row: fold_name(row.called.value) == folded


def _excluded(asked: _Asked) -> list[FacetValue]:
    _, excluded = refining.values_of(asked.question.tree, asked.field.name)
    return [
        FacetValue(
            value,
            label_of(asked.question, asked.field.name, value),
            asked.total(value),
            "excluded",
        )
        for value in excluded[:MOST_TYPED]
        if value
    ]


def _none(asked: _Asked) -> list[FacetValue]:
    """Return the articles without a value, where there are some or they are asked about."""
    name = asked.field.name
    if not asked.field.none:
        return []
    included, excluded = refining.values_of(asked.question.tree, name)
    state: State = "included" if "" in included else "excluded" if "" in excluded else ""
    count = asked.total("") if state else asked.facet.none
    return [FacetValue("", asked.field.none, count, state)] if count or state else []
