"""An answer as its page shows it: rows, pills, orders, and where the pages beside it are."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.models.corpora import Visitor
from articles.search import facets, timeline
from articles.search.asking import RELEVANT_DEPTH, Question, has_words
from articles.search.engine.answers import Sort
from articles.search.language.query import parse
from articles.search.language.refining import Clause, clauses
from articles.search.language.tree import And, Node, conjunction, negation
from articles.search.snippets import snippets_of
from articles.views.languages import language_name
from articles.views.search.editions import with_editions
from articles.views.search.facet_links import VALUES
from articles.views.search.lists import Row, listed, listed_with_texts, rows
from articles.views.search.pill_names import NUMBERED, called
from articles.views.search.searching import TEXTS, UNFOLDED, Place

# Of a question in more parts than these, none is shown as a pill.
MOST_PILLS = 40
MOST_WAYS = 6
# Of longer answers distinct texts are counted where one asks for them: it takes as long as they are
# many.
UNASKED = 100_000
SORTS = {
    Sort.RELEVANCE: "best first",
    Sort.NEWEST: "newest first",
    Sort.OLDEST: "oldest first",
    Sort.LONGEST: "longest first",
    Sort.SHORTEST: "shortest first",
    Sort.ADDED: "last added first",
}
FIELDS = {
    "has": "With",
    "is": "Only those where",
    "lang": "Language",
    "edits": "Changes",
    "length": "Words",
    "related": "Related to",
    "copy-of": "Copies of",
}


@dataclass(frozen=True, slots=True)
class Pill:
    """An outermost part of a question: what it says, and the ways without it and to its opposite.

    ``label`` is empty for words.
    """

    label: str
    value: str
    negated: bool
    without: str
    toggled: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order that one may choose."""

    words: str
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One page of an answer. ``total`` is exact; None where the index can't be asked."""

    place: Place
    rows: Sequence[Row] = ()
    total: int | None = None
    next: str | None = None
    previous: str | None = None
    orders: Sequence[Order] = field(default_factory=list)
    order: str = SORTS[Sort.NEWEST]
    # The index changed since the page before, so that a page may repeat or lack an article.
    moved: bool = False
    # The address of the same answer by date, where relevance goes no deeper.
    deeper: str = ""
    # How many distinct texts the articles have; None where that was not counted.
    texts: int | None = None
    texts_exact: bool = True
    # The address of the list with each edition in a row, or with each text in one; empty where
    # that makes no difference.
    refold: str = ""


def answer_page(question: Question, place: Place) -> AnswerPage:
    """Return the page of an answer that a place names; raise CursorError, TooSlowError."""
    # The page is looked for first, since its articles are read and marked next: another core
    # counts meanwhile.
    page = question.ask_page(
        sort=place.sort, limit=place.limit, cursor=place.cursor, fold=place.folds
    )
    zooms = timeline.zooms_ahead(place.zoom)
    facets.ask_ahead(question, values=VALUES, zooms=zooms, few=UNASKED)
    found = page.answer()
    shown = _rows(question, found.ids)
    if found.further:
        shown = with_editions(question, place, shown, found.further)
    total = question.total()
    repeats = question.repeats_of_few(UNASKED)
    if repeats is None and place.measure == TEXTS:
        repeats = question.repeats()
    ends = found.sort is Sort.RELEVANCE and found.next is None and total > RELEVANT_DEPTH
    return AnswerPage(
        place=place,
        rows=shown,
        total=total,
        next=place.turned(found.next).address() if found.next else None,
        previous=_before(place, found.previous),
        orders=_orders(question, place, found.sort),
        order=SORTS[found.sort],
        moved=found.moved,
        deeper=place.but(sort=Sort.NEWEST).turned("").address() if ends else "",
        texts=total - repeats.count if repeats else None,
        texts_exact=repeats.exact if repeats else True,
        refold=_refold(place) if found.further or not place.folds else "",
    )


def _refold(place: Place) -> str:
    return place.but(fold=UNFOLDED if place.folds else "").turned("").address()


def _before(place: Place, cursor: str | None) -> str | None:
    if not cursor:
        return None
    # Of an order by relevance, the first page has no cursor of its own.
    first = cursor.startswith("a0.")
    return place.turned("" if first else cursor).address()


def _rows(question: Question, ids: Sequence[int]) -> list[Row]:
    """Return articles with what was found in them. Two queries.

    They are of the corpora that were asked, which are some of those that one may know of.
    """
    if not has_words(question.tree):
        found = listed(question.corpora, ids)
        return rows([found[pk] for pk in ids if pk in found])
    read = listed_with_texts(question.corpora, ids)
    shown = [read[pk] for pk in ids if pk in read]
    marked = snippets_of(
        question.tree, (each for each in shown if each.article.version_id), lines=1
    )
    return rows([each.article for each in shown], found=marked)


def _orders(question: Question, place: Place, chosen: Sort) -> list[Order]:
    usual = question.usual_sort
    known = [sort for sort in Sort if sort is not Sort.RELEVANCE or usual is Sort.RELEVANCE]
    return [
        Order(
            SORTS[sort],
            place.but(sort=None if sort is usual else sort).turned("").address(),
            sort is chosen,
        )
        for sort in known
    ]


def pills(tree: Node, place: Place, user: Visitor, *, to: str = "article-list") -> list[Pill]:
    """Return the parts of a question, each with the addresses without it and of its opposite.

    Stories and articles go by their names there, as far as ``user`` may know of them. ``to`` names
    the page that the addresses are of. None of a question of very many parts.
    """
    if isinstance(tree, And) and len(tree.children) > MOST_PILLS:
        return []
    return [_pill(clause, place, user, to) for clause in clauses(tree)]


def _pill(clause: Clause, place: Place, user: Visitor, to: str) -> Pill:
    part = parse(clause.text)
    opposite = part if clause.negated else negation(part)
    value = clause.value
    if clause.field == "lang":
        value = " or ".join(language_name(code) for code in clause.values)
    elif clause.field in NUMBERED:
        value = " or ".join(called(user, clause.field, clause.values))
    return Pill(
        label=FIELDS.get(clause.field, clause.field.capitalize()) if clause.field else "",
        value=value,
        negated=clause.negated,
        without=place.asking(clause.without).address(to),
        toggled=place.asking(conjunction([clause.without, opposite])).address(to),
    )


@dataclass(frozen=True, slots=True)
class WayOut:
    """What an answer of nothing would be without a part of its question."""

    part: Pill
    total: int


def ways_out(question: Question, found: Sequence[Pill]) -> list[WayOut]:
    """Return how many articles each part of a question keeps away, the most first.

    A part that keeps none away by itself is no way out.
    """
    parts = zip(found, clauses(question.tree), strict=True)
    ways = [WayOut(pill, question.but(clause.without).total()) for pill, clause in parts]
    return sorted((way for way in ways if way.total), key=lambda way: -way.total)[:MOST_WAYS]
