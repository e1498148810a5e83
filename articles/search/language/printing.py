"""A query's tree as text again: parsed once more it gives the same tree."""

from collections.abc import Sequence

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

# How tightly a form binds, the loosest first.
_OR, _AND, _NOT, _NEAR, _UNIT = range(5)


def printed(node: Node) -> str:
    """Return a tree as a query; the empty text for all articles."""
    return "" if isinstance(node, Everything) else _print(node, _OR)


def _print(node: Node, around: int) -> str:
    text, binds = _form(node)
    return f"({text})" if binds < around else text


def _form(node: Node) -> tuple[str, int]:
    """Return a node as text, and how tightly its form binds."""
    match node:
        case Near(left, right, distance, ordered):
            operator = f"{'PRE' if ordered else 'NEAR'}/{distance}"
            return f"{_print(left, _NEAR)} {operator} {_print(right, _UNIT)}", _NEAR
        case Not(child):
            return f"-{_print(child, _UNIT)}", _NOT
        case And(children):
            return " ".join(_print(child, _NOT) for child in children), _AND
        case Or(children) if names := _names(children):
            return names, _UNIT
        case Or(children):
            return " OR ".join(_print(child, _AND) for child in children), _OR
        case _:
            return _unit(node), _UNIT


def _names(nodes: Sequence[Node]) -> str:
    """Return names of one field as ``field:("a" OR "b")``; the empty text if they are not that."""
    named = [node for node in nodes if isinstance(node, Named)]
    if len(named) < len(nodes) or len({node.field for node in named}) > 1:
        return ""
    values = " OR ".join(f'"{node.value}"' for node in named)
    return f"{named[0].field}:({values})"


def _unit(node: Everything | Word | Phrase | In | Named | Dates | Numbers | Has | Is) -> str:
    match node:
        case Everything():
            return "*"
        case Word():
            return _word(node)
        case Phrase(places, slop):
            words = " ".join(_place(place) for place in places)
            return f'"{words}"' + (f"~{slop}" if slop else "")
        case In(field, child):
            return f"{field}:{_print(child, _UNIT)}"
        case Named(field, value):
            return f'{field}:"{value}"'
        case Dates(field, start, end) | Numbers(field, start, end):
            return f"{field}:{_range(start, end)}"
        case Has(what):
            return f"has:{what}"
        case Is(what):
            return f"is:{what}"


def _word(word: Word) -> str:
    return ("=" if word.exact else "") + word.text + (f"~{word.fuzzy}" if word.fuzzy else "")


def _place(place: tuple[Word, ...]) -> str:
    words = " OR ".join(_word(word) for word in place)
    return f"({words})" if len(place) > 1 else words


def _range(start: Partial | int | None, end: Partial | int | None) -> str:
    if start == end:
        return str(start)
    return f"{'' if start is None else start}..{'' if end is None else end}"
