"""The concordance: every hit of a question as a line, its keyword between its left and right.

By date or by outlet, lines are walked through page by page at any number; by a word beside the
keyword they are gathered first, see :mod:`articles.search.gathering`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import batched, islice

from articles.models.keyset import CursorError
from articles.search.asking import Question
from articles.search.gathering import MAX_LINES, Patience, by_words, counted, gathered
from articles.search.kwic import Context, Line, lines
from articles.search.language.tree import (
    And,
    In,
    Near,
    Node,
    Or,
    Phrase,
    Word,
    conjunction,
    disjunction,
)
from articles.search.walking import Place, Walk, by_date, by_source

SEED = 1
# Lines whose articles are looked up at once where all are asked for.
_AT_ONCE = 500
_NO_PLACE = "This cursor is not one of this list. Start at its first page."
__all__ = [
    "MAX_LINES", "SEED", "Collocates", "Line", "Lines", "NoWordsError", "Sort", "collocates",
    "concordance", "every", "with_hits",
]  # fmt: skip


class Sort(StrEnum):
    """The orders of lines: by when or where they were printed, or by a word beside the keyword."""

    OLDEST = "date"
    NEWEST = "-date"
    SOURCE = "source"
    LEFT1 = "left1"
    LEFT2 = "left2"
    LEFT3 = "left3"
    RIGHT1 = "right1"
    RIGHT2 = "right2"
    RIGHT3 = "right3"

    @property
    def place(self) -> int:
        """The neighbour that lines are sorted by: 1 the first right, -1 the first left; else 0."""
        number = int(self.value[-1]) if self.value[-1].isdigit() else 0
        return -number if self.value.startswith("left") else number


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of lines. ``next`` is the cursor of the page that follows, None on the last.

    ``total`` is the number of lines where it is known. ``sampled`` says that they are a random
    sample, and of about how many lines.
    """

    lines: Sequence[Line]
    sort: Sort
    next: str | None = None
    previous: str | None = None
    total: int | None = None
    sampled: int | None = None
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Collocates:
    """The most frequent words at one place beside the keyword: -1 is the first to its left."""

    place: int
    words: Sequence[tuple[str, int]]


class NoWordsError(Exception):
    """The query asks for no words, so that there is nothing to stand in the middle of a line."""


def concordance(
    question: Question,
    *,
    sort: Sort = Sort.NEWEST,
    limit: int = 100,
    cursor: str = "",
    seed: int = SEED,
) -> Lines:
    """Return a page of lines of a question over readable corpora.

    Raises CursorError, NoWordsError, QueryError, TooSlowError.
    """
    asked = with_hits(question)
    if sort.place:
        return _gathered_page(asked, sort, limit, cursor, seed)
    place = Place.read(cursor) if cursor else None
    found = list(islice(_walk(asked, sort, Patience())(place), limit + 1))
    more, page = len(found) > limit, found[:limit]
    backwards = place is not None and place.backwards
    if backwards:
        page.reverse()
    after = more if not backwards else bool(page)
    before = more if backwards else place is not None and bool(page)
    return Lines(
        lines([each.context for each in page], question.corpora),
        sort,
        next=page[-1].after if after and page else None,
        previous=page[0].before if before and page else None,
        seed=seed,
    )


def every(
    question: Question, *, sort: Sort = Sort.NEWEST, seed: int = SEED
) -> Iterator[Sequence[Line]]:
    """Yield all lines in order, some at a time; by neighbours a sample where there are too many.

    Raises NoWordsError, QueryError, TooSlowError.
    """
    asked = with_hits(question)
    found: Iterator[Context]
    if sort.place:
        found = iter(by_words(gathered(asked, seed).lines, sort.place))
    else:
        found = (each.context for each in _walk(asked, sort, None)(None))
    for some in batched(found, _AT_ONCE, strict=False):
        yield lines(some, question.corpora)


def collocates(question: Question, *, seed: int = SEED, most: int = 10) -> list[Collocates]:
    """Return the most frequent neighbours of the lines, from the third left to the third right.

    Of all lines or of the sample that lines by neighbours are. Raises as :func:`concordance` does.
    """
    found = gathered(with_hits(question), seed).lines
    places = [sort.place for sort in Sort if sort.place]
    return [Collocates(place, counted(found, place, most)) for place in sorted(places)]


def with_hits(question: Question) -> Question:
    """Return a question to those articles alone that have hits; raise NoWordsError if none can."""
    keywords = _keywords(question.tree)
    if keywords is None:
        raise NoWordsError(
            "A concordance shows words in their contexts, and this query asks for no words of the "
            "texts. Add the word or phrase that is to stand in the middle."
        )
    if _needs_a_hit(question.tree):
        return question
    return question.but(conjunction([question.tree, keywords]))


def _keywords(tree: Node) -> Node | None:
    """Return what any hit answers, as a query; None where a query can have no hits in texts."""
    match tree:
        case Word() | Phrase() | Near():
            return tree
        case In(name, child):
            within = _keywords(child)
            return In(name, within) if within is not None and name != "byline" else None
        case And(children) | Or(children):
            found = [each for child in children if (each := _keywords(child)) is not None]
            return disjunction(found) if found else None
        case _:
            return None


def _needs_a_hit(tree: Node) -> bool:
    """Whether every article that a tree is true of has a hit."""
    match tree:
        case Word() | Phrase() | Near():
            return True
        case In(name, child):
            return name != "byline" and _needs_a_hit(child)
        case And(children):
            return any(_needs_a_hit(child) for child in children)
        case Or(children):
            return all(_needs_a_hit(child) for child in children)
        case _:
            return False


def _walk(question: Question, sort: Sort, patience: Patience | None) -> Walk:
    if sort is Sort.SOURCE:
        return by_source(question, patience=patience)
    return by_date(question, newest_first=sort is Sort.NEWEST, patience=patience)


def _gathered_page(question: Question, sort: Sort, limit: int, cursor: str, seed: int) -> Lines:
    start = _offset(cursor)
    found = gathered(question, seed)
    in_order = by_words(found.lines, sort.place)
    return Lines(
        lines(in_order[start : start + limit], question.corpora),
        sort,
        next=f"c{start + limit}" if start + limit < len(in_order) else None,
        previous=f"c{max(start - limit, 0)}" if start else None,
        total=len(in_order),
        sampled=found.of if found.is_sample else None,
        seed=seed,
    )


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    number = cursor[1:]
    if cursor[0] != "c" or not (number.isascii() and number.isdigit()) or len(number) > 6:
        raise CursorError(_NO_PLACE)
    return int(number)
