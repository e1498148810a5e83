"""The facets of an answer as the page shows them: each value with its ways in and out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from articles.search.asking import Question
from articles.search.facets import FacetList, FacetValue, facet_lists
from articles.search.language.refining import (
    excluding,
    including,
    sayable,
    values_of,
    without,
)
from articles.search.language.tree import Node
from articles.views.search.searching import Place

VALUES = 7
# Fields in which most corpora have one value.
_PLAIN = frozenset({"corpus", "lang", "flag", "story"})
# Of a field that was opened.
MORE_VALUES = 200
# Stands in an address for a value that is filled in.
_MARK = "zz0value0zz"


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its number of articles, and the addresses that let it in, out, or go."""

    label: str
    count: int
    state: str
    # With it; without mention of it where it is included already.
    include: str
    # Without it; without mention of it where it is excluded already.
    exclude: str


@dataclass(frozen=True, slots=True)
class Group:
    """A field's values. ``more`` is the address that opens the rest, ``fewer`` that closes them."""

    field: str
    label: str
    values: Sequence[Value]
    others: int
    more: str
    fewer: str
    is_used: bool


def groups(question: Question, place: Place, total: int) -> list[Group]:
    """Return all fields' values in an answer of so many articles, but fields that say nothing."""
    lists = facet_lists(question, values=VALUES)
    if place.more:
        opened = facet_lists(question, [place.more], values=MORE_VALUES)
        by_field = {each.field: each for each in opened}
        lists = [by_field.get(each.field, each) for each in lists]
    to = place.addresses()
    found = [_group(question.tree, place, each, to) for each in lists]
    return [group for group in found if _says_something(group, total)]


def _says_something(group: Group, total: int) -> bool:
    """Whether a field is worth its place: of some, it is not if all articles have one value."""
    if group.is_used or len(group.values) > 1 or group.others or group.field not in _PLAIN:
        return bool(group.values)
    return bool(group.values) and group.values[0].count != total


def _group(tree: Node, place: Place, found: FacetList, to: Callable[[Node], str]) -> Group:
    is_open = place.more == found.field
    return Group(
        field=found.field,
        label=found.label,
        values=_values(tree, to, found),
        others=found.others,
        more="" if is_open or not found.others else place.but(more=found.field).address(),
        fewer=place.but(more="").address() if is_open else "",
        is_used=any(value.state for value in found.values),
    )


def _values(tree: Node, to: Callable[[Node], str], found: FacetList) -> list[Value]:
    """Return a field's values with their addresses.

    As long as a question says nothing of the field, those of one value differ from another's by
    the value alone: they are put together once.
    """
    name = found.field
    if any(values_of(tree, name)) or _MARK in to(tree):
        return [_value(tree, to, name, value) for value in found.values]
    ways = [to(change(tree, name, _MARK)).partition(_MARK) for change in (including, excluding)]
    (before_in, _, after_in), (before_out, _, after_out) = ways
    made: list[Value] = []
    for value in found.values:
        if value.state or not value.value:
            made.append(_value(tree, to, name, value))
            continue
        said = quote_plus(sayable(value.value))
        include, exclude = before_in + said + after_in, before_out + said + after_out
        made.append(Value(value.label, value.count, "", include, exclude))
    return made


def _value(tree: Node, to: Callable[[Node], str], name: str, found: FacetValue) -> Value:
    away = to(without(tree, name, found.value)) if found.state else ""
    is_in, is_out = found.state == "included", found.state == "excluded"
    return Value(
        label=found.label,
        count=found.count,
        state=found.state,
        include=away if is_in else to(including(tree, name, found.value)),
        exclude=away if is_out else to(excluding(tree, name, found.value)),
    )
