"""Queries as scripts read them: their trees as JSON, and what is wrong with them."""

from collections.abc import Mapping
from typing import Any

from articles.search.language.errors import QueryError
from articles.search.language.nearness import Hint
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
)


def tree(node: Node) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912 -- a line for each kind of node
    """Return a tree; ``type`` says what a node is."""
    match node:
        case Everything():
            return {"type": "everything"}
        case Word():
            return {"type": "word", **_word(node)}
        case Phrase(places, slop):
            spelled = [[_word(word) for word in place] for place in places]
            return {"type": "phrase", "places": spelled, "slop": slop}
        case Near(left, right, distance, ordered):
            sides = {"left": tree(left), "right": tree(right)}
            return {"type": "near", **sides, "distance": distance, "ordered": ordered}
        case In(field, child):
            return {"type": "in", "field": field, "child": tree(child)}
        case Named(field, value):
            return {"type": "named", "field": field, "value": value}
        case Dates(field, start, end):
            return {"type": "dates", "field": field, "start": _day(start), "end": _day(end)}
        case Numbers(field, low, high):
            return {"type": "numbers", "field": field, "low": low, "high": high}
        case Has(what):
            return {"type": "has", "what": what}
        case Is(what):
            return {"type": "is", "what": what}
        case Not(child):
            return {"type": "not", "child": tree(child)}
        case And(children):
            return {"type": "and", "children": [tree(child) for child in children]}
        case Or(children):
            return {"type": "or", "children": [tree(child) for child in children]}


def _word(word: Word) -> dict[str, Any]:
    return {"text": word.text, "exact": word.exact, "fuzzy": word.fuzzy}


def _day(value: Partial | None) -> str | None:
    return None if value is None else str(value)


def fault(error: QueryError | Hint) -> Mapping[str, Any]:
    """Return what is wrong with a query, or may be, and where, in code points of it."""
    return {
        "message": error.message,
        "position": error.position,
        "length": error.length,
        "meant": error.meant or None,
    }
