"""Two to five questions side by side: over time, by who covers which more, and what they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from articles.models.corpora import Visitor
from articles.search.asking import Question, ask, check_names
from articles.search.deadline import TooSlowError
from articles.search.facets import FACETS, FacetList, facet_lists
from articles.search.language import refining
from articles.search.language.errors import QueryError
from articles.search.language.printing import printed
from articles.search.language.query import parse
from articles.search.language.tree import Everything, Is, Node, conjunction, disjunction
from articles.search.timeline import Bar, Timeline, Zoom, timeline

FEWEST, MOST = 2, 5
# The fields by which it can be told who covers which more.
BY = ("source", "agency", "author", "section", "lang", "place")
ROWS = 12


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the questions: ``total`` articles, of which some are undated or not in the bars.

    ``error`` is set, and all else empty, if it can't be read or answered.
    """

    query: str
    total: int = 0
    bars: Sequence[Bar] = ()
    undated: int = 0
    not_drawn: int = 0
    error: QueryError | TooSlowError | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """How many articles of a question have a value, what share of its articles, what lists them."""

    count: int
    share: float
    query: str


@dataclass(frozen=True, slots=True)
class CompareRow:
    """A value of the field, and a cell for every question; None where it can't be answered."""

    value: str
    label: str
    cells: Sequence[Cell | None]
    of_all: int


@dataclass(frozen=True, slots=True)
class Shared:
    """Articles that some questions have in common: their places, and the query that lists them."""

    of: Sequence[int]
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Questions in the order given; their bars have one axis. ``shared``: each pair, then all."""

    queries: Sequence[Compared]
    zoom: Zoom = Zoom.YEAR
    by: str = "source"
    rows: Sequence[CompareRow] = ()
    shared: Sequence[Shared] = ()
    others: int = 0


def compare(
    queries: Sequence[str], user: Visitor, *, zoom: str | None = None, by: str = "source"
) -> Comparison:
    """Return some questions side by side; a broken one has its error, and the others answers.

    Raises ValueError for a zoom or a field that there is none of, or too many questions;
    :class:`articles.search.index.store.IndexMissingError`.
    """
    if len(queries) > MOST or by not in BY or (zoom and zoom not in list(Zoom)):
        raise ValueError(f"{len(queries)} {zoom} {by}")
    everything = ask(Everything(), user)
    asked = [_Asked.of(query, everything) for query in queries]
    good = [one for one in asked if one.tree is not None]
    if not good:
        return Comparison([one.answered() for one in asked], by=by)
    union = everything.but(disjunction(one.question.tree for one in good))
    whole = timeline(union, zoom)
    for one in good:
        one.count(whole)
    rows, others = _rows(union, asked, by)
    return Comparison(
        [one.answered() for one in asked], whole.zoom, by, rows, _shared(asked), others
    )


@dataclass(slots=True)
class _Asked:
    """A question as it is being answered; ``tree`` is None if it can't be read."""

    query: str
    question: Question
    tree: Node | None = None
    error: QueryError | TooSlowError | None = None
    total: int = 0
    bars: Sequence[Bar] = ()
    undated: int = 0

    @classmethod
    def of(cls, query: str, everything: Question) -> "_Asked":
        try:
            tree = parse(query)
            check_names(tree)
            question = everything.but(tree)
            return cls(query, question, tree, total=question.total())
        except (QueryError, TooSlowError) as fault:
            return cls(query, everything, error=fault)

    def count(self, whole: Timeline) -> None:
        """Count on the axis of all the questions together."""
        if whole.bars:
            counts = self.question.times(whole.zoom)
            numbered = [(whole.zoom.number(bar.start), bar) for bar in whole.bars]
            self.bars = [
                Bar(bar.start, bar.end, counts.get(number, 0), bar.of_all)
                for number, bar in numbered
            ]
        self.undated = self.with_also(Is("undated")).total()

    def with_also(self, node: Node) -> Question:
        return self.question.but(conjunction([self.question.tree, node]))

    def answered(self) -> Compared:
        drawn = sum(bar.count for bar in self.bars)
        not_drawn = max(self.total - self.undated - drawn, 0)
        return Compared(self.query, self.total, self.bars, self.undated, not_drawn, self.error)


def _rows(union: Question, asked: Sequence[_Asked], by: str) -> tuple[list[CompareRow], int]:
    """Return the values that the questions together have most, and who has how many of them."""
    lists = facet_lists(union, [by], values=ROWS, choosing=False)
    # Of what is tagged, or collected, a reader may be told nothing.
    found = lists[0] if lists else FacetList(by, FACETS[by].label, ())
    rows = [
        CompareRow(
            value.value,
            value.label,
            [_cell(one, by, value.value) if one.tree is not None else None for one in asked],
            value.count,
        )
        for value in found.values
    ]
    return rows, found.others


def _cell(one: _Asked, by: str, value: str) -> Cell:
    tree = conjunction([one.question.tree, refining.asking_for(by, value)])
    count = one.question.but(tree).total()
    return Cell(count, count / one.total if one.total else 0.0, printed(tree))


def _shared(asked: Sequence[_Asked]) -> list[Shared]:
    good = [(place, one) for place, one in enumerate(asked) if one.tree is not None]
    groups: list[Sequence[tuple[int, _Asked]]] = list(combinations(good, 2))
    if len(good) > 2:
        groups.append(good)
    return [_in_common(group) for group in groups]


def _in_common(group: Sequence[tuple[int, _Asked]]) -> Shared:
    tree = conjunction(one.question.tree for _, one in group)
    count = group[0][1].question.but(tree).total()
    return Shared([place for place, _ in group], count, printed(tree))
