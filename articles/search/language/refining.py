"""Changing a question by clicks: values included and excluded, days, and pills that take away.

Trees in, trees out; what a tree says of one field is read off its outermost parts alone. A value
is one of a field's names; the empty value is that of articles that have none: ``-has:source``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from articles.search.language.fields import OWN
from articles.search.language.printing import printed
from articles.search.language.tree import (
    And,
    Dates,
    Everything,
    Has,
    In,
    Is,
    Named,
    Near,
    Node,
    Not,
    Numbers,
    Or,
    Partial,
    Phrase,
    Word,
    conjunction,
    disjunction,
    negation,
    walk,
)
from articles.search.language.words import fold, unquoted


@dataclass(frozen=True, slots=True)
class Clause:
    """An outermost part of a question, and the question without it.

    ``text`` is the part as a query, without what negates it. ``field`` is the one that it is of:
    of ``has:`` and ``is:`` those words, None of words and of what names several. ``values`` are
    those that it asks for; ``value`` says them in one.
    """

    text: str
    field: str | None
    value: str
    values: tuple[str, ...]
    negated: bool
    without: Node


def values_of(tree: Node, field: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the values of a field that a question includes, and those that it excludes."""
    included = [value for part in _parts(tree) for value in _included(part, field)]
    excluded = [value for part in _parts(tree) for value in _excluded(part, field)]
    return tuple(dict.fromkeys(included)), tuple(dict.fromkeys(excluded))


def including(tree: Node, field: str, value: str) -> Node:
    """Return the question for articles that have a value too, beside those asked for already.

    Where a question asks for several values at once (``author:A author:B``), for that one as well.
    """
    value = sayable(value)
    if _is_among(value, values_of(tree, field)[0]):
        return tree
    parts = _parts(without(tree, field, value))
    groups = [index for index, part in enumerate(parts) if _included(part, field)]
    wanted = asking_for(field, value)
    if len(groups) == 1:
        parts[groups[0]] = disjunction([parts[groups[0]], wanted])
    else:
        parts.append(wanted)
    return conjunction(parts)


def excluding(tree: Node, field: str, value: str) -> Node:
    """Return the question for articles that lack a value."""
    value = sayable(value)
    if _is_among(value, values_of(tree, field)[1]):
        return tree
    parts = _parts(without(tree, field, value))
    return conjunction([*parts, negation(asking_for(field, value))])


def without(tree: Node, field: str, value: str) -> Node:
    """Return the question that neither includes nor excludes a value."""
    value = sayable(value)
    kept = [_less(part, field, lambda other: _same(other, value)) for part in _parts(tree)]
    return conjunction(part for part in kept if part is not None)


def cleared(tree: Node, field: str) -> Node:
    """Return the question without the values of a field that it includes."""
    return conjunction(part for part in _parts(tree) if not _included(part, field))


def basis(tree: Node, field: str) -> Node:
    """Return the question of whose answer a field's values are counted, so that one can choose."""
    return tree if asks_for_all(tree, field) else cleared(tree, field)


def only(tree: Node, field: str, value: str) -> Node:
    """Return the question that lists what is counted of a value: it instead of others."""
    return including(basis(tree, field), field, value)


def asks_for_all(tree: Node, field: str) -> bool:
    """Whether a question wants several values of a field at once, not one or another."""
    return sum(1 for part in _parts(tree) if _included(part, field)) > 1


def within_days(tree: Node, start: date | None, end: date | None) -> Node:
    """Return the question for articles of some days, both included; of all if both are open."""
    if start is not None and end is not None and start > end:
        start, end = end, start
    parts = _parts(tree)
    dated = [index for index, part in enumerate(parts) if _is_date(part)]
    kept = [part for part in parts if not _is_date(part)]
    if start is not None or end is not None:
        kept.insert(dated[0] if dated else len(kept), Dates("date", *_partials(start, end)))
    return conjunction(kept)


def days_of(tree: Node) -> tuple[date | None, date | None]:
    """Return the first and the last day that a question asks for; None where it is open."""
    dates = [part for part in _parts(tree) if isinstance(part, Dates) and part.field == "date"]
    starts = [part.start.first for part in dates if part.start is not None]
    ends = [part.end.last for part in dates if part.end is not None]
    return max(starts, default=None), min(ends, default=None)


def clauses(tree: Node) -> list[Clause]:
    """Return the outermost parts of a question, in order."""
    parts = _parts(tree)
    return [
        _clause(part, conjunction([*parts[:index], *parts[index + 1 :]]))
        for index, part in enumerate(parts)
    ]


def words_only(tree: Node) -> Node:
    """Return the outermost parts that ask for words, without those that only filter."""
    return conjunction(part for part in _parts(tree) if _has_words(part))


def filters_only(tree: Node) -> Node:
    """Return the outermost parts that ask for no words."""
    return conjunction(part for part in _parts(tree) if not _has_words(part))


def asking_for(field: str, value: str) -> Node:
    """Return the question for articles that have a value; for the empty one, those without any."""
    if value:
        return Named(field, sayable(value))
    if field not in OWN.has:
        raise ValueError(field)
    return Not(Has(field))


def sayable(value: str) -> str:
    """Return a name as a query can say it: no double quotation marks within, single spaces."""
    return unquoted(value)


def _parts(tree: Node) -> list[Node]:
    match tree:
        case Everything():
            return []
        case And(children):
            return list(children)
        case _:
            return [tree]


def _value_of(node: Node, field: str) -> str | None:
    """Return the value of a field that a node asks for and nothing else; None if it is no such."""
    match node:
        case Named(name, value) if name == field:
            return value
        case Not(Has(what)) if what == field:
            return ""
        case _:
            return None


def _included(part: Node, field: str) -> list[str]:
    """Return the values of a field, one of which a part wants; none if it wants anything else."""
    children = part.children if isinstance(part, Or) else (part,)
    found = [_value_of(child, field) for child in children]
    known = [value for value in found if value is not None]
    return known if len(known) == len(found) else []


def _excluded(part: Node, field: str) -> list[str]:
    if part == Has(field):
        return [""]
    return _included(part.child, field) if isinstance(part, Not) else []


def _less(part: Node, field: str, is_gone: Callable[[str], bool]) -> Node | None:
    """Return a part without some values; None if nothing is left of it."""
    if _excluded(part, field):
        if part == Has(field):
            return None if is_gone("") else part
        left = _less(negation(part), field, is_gone)
        return None if left is None else negation(left)
    if not _included(part, field):
        return part
    children = part.children if isinstance(part, Or) else (part,)
    kept = [child for child in children if not is_gone(_value_of(child, field) or "")]
    return disjunction(kept) if kept else None


def _is_among(value: str, values: Iterable[str]) -> bool:
    return any(_same(value, other) for other in values)


def _same(one: str, other: str) -> bool:
    """Whether two names are one to the language: case and accents apart."""
    return one == other or _folded(one) == _folded(other)


def _folded(value: str) -> str:
    return " ".join(fold(word) for word in value.split())


def _is_date(part: Node) -> bool:
    return isinstance(part, Dates) and part.field == "date"


def _partials(start: date | None, end: date | None) -> tuple[Partial | None, Partial | None]:
    """Return days as years or months where they are whole ones."""
    for length in (1, 2, 3):
        first, last = _partial(start, length), _partial(end, length)
        begins = first is None or first.first == start
        if begins and (last is None or last.last == end):
            return first, last
    raise AssertionError((start, end))


def _partial(day: date | None, length: int) -> Partial | None:
    """Return the first one, two or three of a day's year, month and day."""
    return Partial(*(day.year, day.month, day.day)[:length]) if day is not None else None


def _clause(part: Node, rest: Node) -> Clause:
    negated = isinstance(part, Not)
    inner = part.child if isinstance(part, Not) else part
    field, values = _said(inner)
    return Clause(printed(inner) or "*", field, " or ".join(values), values, negated, rest)


def _said(node: Node) -> tuple[str | None, tuple[str, ...]]:
    match node:
        case Named(field, value):
            return field, (value,)
        case Dates(field) | Numbers(field):
            return field, (printed(node).partition(":")[2],)
        case In(field, child):
            return field, (printed(child),)
        case Has(what):
            return "has", (OWN.has.get(what, what),)
        case Is(what):
            return "is", (OWN.is_.get(what, what),)
        case Or(children):
            said = [_said(child) for child in children]
            fields = {field for field, _ in said}
            if len(fields) == 1 and isinstance(children[0], Named):
                return fields.pop(), tuple(value for _, values in said for value in values)
            return None, (printed(node),)
        case _:
            return None, (printed(node) or "*",)


def _has_words(part: Node) -> bool:
    return any(isinstance(node, Word | Phrase | Near | In) for node in walk(part))
