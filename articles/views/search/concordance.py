"""The concordance's page: keywords in their contexts, one hit a line, and the same as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from itertools import chain
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from articles.export import concordance as files
from articles.export.streams import BusyError, Stream
from articles.filters import FilterError
from articles.models import Corpus
from articles.models.keyset import CursorError
from articles.search.asking import Question, ask
from articles.search.concordance import (
    Collocates,
    Line,
    Lines,
    NoWordsError,
    Sort,
    collocates,
    concordance,
    every,
    with_hits,
)
from articles.search.deadline import TooSlowError
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from articles.search.language.nearness import Hint
from articles.search.language.query import hint
from articles.search.language.words import words_in
from articles.views.keeping.exports import busy
from articles.views.search.concordance_place import FILE, LABELS, LinesPlace, read
from articles.views.search.searching import Fault, Place, pointed_at, unanswered

TEMPLATE = "concordance/page.html"
# So many lines a file has at most: all that one can look through, and a bounded time.
MAX_FILE_LINES = 100_000
WORDS = {
    Sort.NEWEST: "newest first",
    Sort.OLDEST: "oldest first",
    Sort.SOURCE: "by source",
    Sort.LEFT1: "by the 1st word to the left",
    Sort.LEFT2: "by the 2nd word to the left",
    Sort.LEFT3: "by the 3rd word to the left",
    Sort.RIGHT1: "by the 1st word to the right",
    Sort.RIGHT2: "by the 2nd word to the right",
    Sort.RIGHT3: "by the 3rd word to the right",
}
# A longer query would be repeated in every line of a page; its articles open without marks.
MAX_ONWARD = 1_000
PARTS = {"headline": "headline", "standfirst": "standfirst", "caption": "caption"}


@dataclass(frozen=True, slots=True)
class Order:
    """An order that one may choose."""

    sort: Sort
    words: str
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Side:
    """What stands on one side of a keyword, the word that is sorted by set apart."""

    before: str
    word: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the page shows it."""

    line: Line
    left: Side
    right: Side
    # The part of the text, where it is not the body.
    part: str


@require_safe
def concordance_page(request: HttpRequest) -> HttpResponse:
    """Show a page of lines; without a query, what one might ask."""
    try:
        place = read(request.GET)
    except FilterError as fault:
        return _refused(request, fault)
    if not place.q:
        return _page(request, place, {})
    try:
        question = ask(place.q, request.user, readable=True)
        return _page(request, place, _answer(question, place) | _hinted(place))
    except QueryError as fault:
        return _at_fault(request, place, fault)
    except NoWordsError as fault:
        return _page(request, place, {"no_words": str(fault)} | _hinted(place))
    except CursorError as fault:
        return _refused(request, FilterError({"cursor": str(fault)}), place.but())
    except (IndexMissingError, TooSlowError) as fault:
        return unanswered(request, fault, Place(q=place.q))


@require_safe
def concordance_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Send all lines as a file, in the page's order."""
    if ending not in files.FORMATS:
        raise Http404
    try:
        place = read(request.GET, names=FILE)
    except FilterError as fault:
        return _refused(request, fault)
    try:
        question = ask(place.q, request.user, readable=True)
        found = _at_most(every(question, sort=place.sort, seed=place.seed), MAX_FILE_LINES)
        # What can't be answered says so before the file has begun.
        first = next(found, ())
    except QueryError as fault:
        return _at_fault(request, place, fault)
    except NoWordsError as fault:
        return _page(request, place, {"no_words": str(fault)}, HTTPStatus.BAD_REQUEST)
    except (IndexMissingError, TooSlowError) as fault:
        return unanswered(request, fault, Place(q=place.q))
    base = request.build_absolute_uri("/").rstrip("/")
    try:
        stream = Stream(files.written(chain([first], found), ending, base))
    except BusyError:
        return busy(request, "Many files are being downloaded at the moment. Try again in a while.")
    response = StreamingHttpResponse(stream, content_type=files.FORMATS[ending][1])
    name = slugify(place.q)[:60] or "lines"
    response.headers["Content-Disposition"] = f'attachment; filename="concordance-{name}.{ending}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _at_most(batches: Iterator[Sequence[Line]], most: int) -> Iterator[Sequence[Line]]:
    left = most
    for some in batches:
        yield some[:left]
        left -= len(some)
        if left <= 0:
            return


def _answer(question: Question, place: LinesPlace) -> dict[str, Any]:
    found = concordance(
        question, sort=place.sort, limit=place.limit, cursor=place.cursor, seed=place.seed
    )
    beside: Sequence[Collocates] = ()
    if place.sort.place:
        beside = collocates(question, seed=place.seed)
    return {
        "found": found,
        "rows": [_row(line, place.sort) for line in found.lines],
        "articles": with_hits(question).total(),
        "next": place.but(cursor=found.next).address if found.next else None,
        "previous": place.but(cursor=found.previous).address if found.previous else None,
        "first": place.but().address,
        "another": place.but(seed=place.seed + 1).address if found.sampled else None,
        "files": [(ending, words, place.file(ending)) for ending, (words, _) in _formats()],
        "most": MAX_FILE_LINES,
        "collocates": beside,
        "onward": Place(q=place.q).onward if len(place.q) <= MAX_ONWARD else "",
        "closed": _closed(question) if not found.lines else (),
        "answer": Place(q=place.q).address(),
        **_orders(place, found),
    }


def _formats() -> Sequence[tuple[str, tuple[str, str]]]:
    return list(files.FORMATS.items())


def _closed(question: Question) -> Sequence[str]:
    """Return the corpora that one knows of but whose texts one may not read."""
    known = Corpus.objects.visible_to(question.user).exclude(pk__in=question.corpora)
    return list(known.order_by("name").values_list("name", flat=True)[:5])


def _orders(place: LinesPlace, found: Lines) -> dict[str, Any]:
    orders = [
        Order(sort, words, place.but(sort=sort).address, sort is found.sort)
        for sort, words in WORDS.items()
    ]
    return {
        "order": WORDS[found.sort],
        "plain_orders": [each for each in orders if not each.sort.place],
        "left_orders": [each for each in reversed(orders) if each.sort.place < 0],
        "right_orders": [each for each in orders if each.sort.place > 0],
    }


def _row(line: Line, sort: Sort) -> Row:
    place = sort.place
    return Row(
        line,
        _side(line.left, place) if place < 0 else Side(line.left),
        _side(line.right, place - 1) if place > 0 else Side(line.right),
        PARTS.get(line.part, ""),
    )


def _side(text: str, index: int) -> Side:
    """Return a side of a line with its word at an index set apart, if it has so many."""
    words = list(words_in(text))
    if not -len(words) <= index < len(words):
        return Side(text)
    start, end = words[index].span()
    return Side(text[:start], text[start:end], text[end:])


def _page(
    request: HttpRequest, place: LinesPlace, context: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    whole = {"section": "articles", "place": place} | context
    return render(request, TEMPLATE, whole, status=status)


def _at_fault(request: HttpRequest, place: LinesPlace, fault: QueryError) -> HttpResponse:
    return _page(request, place, {"fault": _pointed_at(fault, place)}, HTTPStatus.BAD_REQUEST)


def _hinted(place: LinesPlace) -> dict[str, Fault]:
    """Return what was probably meant by a query that can be read, if it may be something else."""
    meant = hint(place.q)
    return {"hint": _pointed_at(meant, place)} if meant else {}


def _pointed_at(fault: QueryError | Hint, place: LinesPlace) -> Fault:
    shown = pointed_at(fault, Place(q=place.q))
    return replace(shown, instead=place.but(q=shown.meant).address) if shown.meant else shown


def _refused(
    request: HttpRequest, fault: FilterError, place: LinesPlace | None = None
) -> HttpResponse:
    errors = {LABELS.get(name, name): sentence for name, sentence in fault.fields.items()}
    kept = place or LinesPlace(q=request.GET.get("q", "").strip().replace("\0", ""))
    return _page(request, kept, {"errors": errors}, HTTPStatus.BAD_REQUEST)
