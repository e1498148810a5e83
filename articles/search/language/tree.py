"""The tree of a query: what a researcher asks, typed, without how any engine answers it.

Nodes are frozen and compare by what they ask; where they stood in the text is no part of that.
Trees in normal form come from :func:`conjunction`, :func:`disjunction` and :func:`negation`: no
node of a kind within one of the same kind, no double negation, no group of one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Everything:
    """All articles: the empty query, and ``*``."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, as typed but for typographic quotes.

    It is stemmed unless ``exact``, which also keeps case and accents. ``*`` stands for any letters
    and ``?`` for one. ``fuzzy`` letters may differ.
    """

    text: str
    exact: bool = False
    fuzzy: int = 0

    @property
    def is_pattern(self) -> bool:
        """Whether it has wildcards."""
        return "*" in self.text or "?" in self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words beside each other; at each place one of several. ``slop`` words may come between.

    With a slop the order is free.
    """

    places: tuple[tuple[Word, ...], ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Near:
    """Two things with at most ``distance`` words between them; ``ordered``: the left one first."""

    left: "Positional"
    right: "Positional"
    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class In:
    """Words that must stand in one part of the text: ``headline:(a OR b)``."""

    field: str
    child: "Node"


@dataclass(frozen=True, slots=True)
class Named:
    """A value of a field that holds names: ``source:"The Gazette"``. ``*`` ends a prefix."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Partial:
    """A day, a month or a year."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first(self) -> date:
        """The first day of it."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day of it."""
        if self.day is not None:
            return self.first
        if self.month is None or self.month == 12:
            return date(self.year, 12, 31)
        return date(self.year, self.month + 1, 1) - timedelta(days=1)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Dates:
    """Days from the first of ``start`` to the last of ``end``; None where it is open."""

    field: str
    start: Partial | None
    end: Partial | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Whole numbers from ``low`` to ``high``, both included; None where it is open."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Has:
    """Articles that have something: ``has:byline``."""

    what: str


@dataclass(frozen=True, slots=True)
class Is:
    """Articles that are something: ``is:undated``."""

    what: str


@dataclass(frozen=True, slots=True)
class Not:
    """All articles but those."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """Articles that all of it is true of."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that some of it is true of."""

    children: tuple["Node", ...]


type Node = (
    Everything | Word | Phrase | Near | In | Named | Dates | Numbers | Has | Is | Not | And | Or
)
# What has places in a text: an Or of these has too.
type Positional = Word | Phrase | Near | Or


def conjunction(nodes: Iterable[Node]) -> Node:
    """Return what all of ``nodes`` are true of, in normal form."""
    parts = [
        part for node in nodes for part in (node.children if isinstance(node, And) else (node,))
    ]
    parts = list(dict.fromkeys(part for part in parts if not isinstance(part, Everything)))
    if not parts:
        return Everything()
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def disjunction(nodes: Iterable[Node]) -> Node:
    """Return what some of ``nodes`` are true of, in normal form."""
    parts = [
        part for node in nodes for part in (node.children if isinstance(node, Or) else (node,))
    ]
    parts = list(dict.fromkeys(parts))
    if not parts or any(isinstance(part, Everything) for part in parts):
        return Everything()
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def negation(node: Node) -> Node:
    """Return what ``node`` is not true of, in normal form."""
    return node.child if isinstance(node, Not) else Not(node)


def is_positional(node: Node) -> bool:
    """Whether a node has places in a text, so that something can be near it."""
    if isinstance(node, Or):
        return all(is_positional(child) for child in node.children)
    return isinstance(node, Word | Phrase | Near)


def below(node: Node) -> tuple[Node, ...]:
    """Return what stands directly below a node, in order."""
    match node:
        case And(children) | Or(children):
            return children
        case Not(child) | In(_, child):
            return (child,)
        case Near(left, right):
            return (left, right)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, each before what is below it."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(below(here)))


def depth(node: Node) -> int:
    """Return how many nodes lie on the longest way down."""
    level, found = [node], 0
    while level:
        level = [child for here in level for child in below(here)]
        found += 1
    return found
