"""Compare: questions side by side, over time, by who covers which more, and what they share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.filters import FilterError
from articles.search.asking import ask
from articles.search.comparing import BY, FEWEST, MOST, Comparison, compare
from articles.search.deadline import TooSlowError
from articles.search.facets import FACETS, facet_lists
from articles.search.index.store import IndexMissingError
from articles.search.language.printing import printed
from articles.search.language.query import hint
from articles.search.language.refining import asking_for
from articles.search.timeline import Zoom
from articles.views.search.compare_chart import chart
from articles.views.search.compare_tables import Panel, in_common, panels, times, values

TEMPLATE = "compare/page.html"
LABELS = {"q": "Question", "zoom": "Zoom", "by": "Compare by", "share": "Share"}
# What is not there yet is asked for again after so many seconds.
RETRY_SECONDS = 10
# The fields from whose most frequent values examples are made.
_EXAMPLES = ("source", "agency", "section", "lang")


@dataclass(frozen=True, slots=True)
class Place:
    """Questions and how they are looked at: all that an address of the page holds."""

    queries: tuple[str, ...] = ()
    zoom: str = ""
    by: str = BY[0]
    as_share: bool = False

    def but(self, **changes: Any) -> "Place":
        """Return another place, with some parts changed."""
        return replace(self, **changes)

    @property
    def address(self) -> str:
        """Its address."""
        params = [("q", query) for query in self.queries]
        params += [("zoom", self.zoom)] if self.zoom else []
        params += [("by", self.by)] if self.by != BY[0] else []
        params += [("share", "1")] if self.as_share else []
        return f"{reverse('compare')}?{urlencode(params)}" if params else reverse("compare")


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to look at the same questions."""

    words: str
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Example:
    """Questions to begin with."""

    about: str
    queries: Sequence[str]

    @property
    def address(self) -> str:
        return Place(queries=tuple(self.queries)).address


@dataclass(slots=True)
class Box:
    """A field to write a question in, what is known of it, and the addresses that change it."""

    number: int
    query: str
    without: str
    panel: Panel | None
    instead: str = ""
    # What was probably meant, though it could be read as it is.
    hint: str = ""
    meant: str = ""


@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """Show two to five questions side by side; without any, what one might ask."""
    try:
        place = read(request.GET)
    except FilterError as fault:
        return _refused(request, fault)
    if not place.queries:
        return _page(request, place, {"examples": _examples(request)})
    if not all(query.strip() for query in request.GET.getlist("q")):
        # A form sends its empty lines too; the address that one keeps has none.
        return HttpResponseRedirect(place.address)
    try:
        found = compare(place.queries, request.user, zoom=place.zoom or None, by=place.by)
    except (IndexMissingError, TooSlowError) as fault:
        return _unanswered(request, place, fault)
    response = _page(request, place, _answer(place, found), _status(found))
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _status(found: Comparison) -> HTTPStatus:
    """Return what becomes of a request of which some questions may have no answer."""
    faults = [each.error for each in found.queries if each.error is not None]
    if any(isinstance(fault, TooSlowError) for fault in faults):
        return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK


def read(params: QueryDict) -> Place:
    """Return the place that an address names; raise FilterError for what it can't hold."""
    errors = {
        name: f"There is no such parameter. There are: {', '.join(LABELS)}."
        for name in params
        if name not in LABELS
    }
    queries = tuple(query.strip() for query in params.getlist("q") if query.strip())
    if len(queries) > MOST:
        errors["q"] = f"At most {MOST} questions can be compared at once."
    known = {"zoom": list(Zoom), "by": BY, "share": ("1",)}
    for name, values_ in known.items():
        given = params.getlist(name)
        if len(given) > 1:
            errors[name] = "Give this once."
        elif given and given[0] and given[0] not in values_:
            errors[name] = f"This must be one of {', '.join(values_)}."
    if errors:
        raise FilterError(errors)
    return Place(
        queries,
        params.get("zoom", ""),
        params.get("by", "") or BY[0],
        as_share=params.get("share") == "1",
    )


def _answer(place: Place, found: Comparison) -> dict[str, Any]:
    answered = [each for each in found.queries if each.error is None]
    return {
        "panels": panels(found.queries),
        "answered": len(answered),
        "zoom": found.zoom.value,
        "chart": chart(found.queries, found.zoom, as_share=place.as_share),
        "times": times(found),
        "rows": values(found),
        "others": found.others,
        "by_label": FACETS[place.by].label,
        "shared": in_common(found),
        "measures": [
            Choice("articles", place.but(as_share=False).address, not place.as_share),
            Choice("share of all", place.but(as_share=True).address, place.as_share),
        ],
        "zooms": [
            Choice(zoom.value, place.but(zoom=zoom.value).address, zoom is found.zoom)
            for zoom in Zoom
        ],
        "fields": [
            Choice(FACETS[name].label.lower(), place.but(by=name).address, name == place.by)
            for name in BY
        ],
    }


def _page(
    request: HttpRequest, place: Place, context: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    given = list(place.queries)
    free = 1 if FEWEST <= len(given) < MOST else max(FEWEST - len(given), 0)
    known = {panel.number: panel for panel in context.get("panels", ())}
    boxes = [
        Box(number, query, _without(place, number - 1), known.get(number))
        for number, query in enumerate([*given, *[""] * free], 1)
    ]
    for box in boxes:
        if box.panel and box.panel.fault and box.panel.fault.meant:
            box.instead = _instead(place, box.number - 1, box.panel.fault.meant)
        elif box.panel and not box.panel.fault and (meant := hint(box.query)):
            box.hint, box.meant = meant.message, meant.meant
            box.instead = _instead(place, box.number - 1, meant.meant)
    whole = {"section": "articles", "place": place, "boxes": boxes, "most": MOST} | context
    return render(request, TEMPLATE, whole, status=status)


def _without(place: Place, index: int) -> str:
    """Return the address without one of the questions; empty if there would be none left."""
    left = place.queries[:index] + place.queries[index + 1 :]
    return place.but(queries=left).address if left and index < len(place.queries) else ""


def _instead(place: Place, index: int, meant: str) -> str:
    """Return the address with what was probably meant by one of the questions."""
    queries = (*place.queries[:index], meant, *place.queries[index + 1 :])
    return place.but(queries=queries).address


def _examples(request: HttpRequest) -> list[Example]:
    """Return questions about what there is most of."""
    try:
        found = facet_lists(ask("", request.user), _EXAMPLES, values=3)
    except (IndexMissingError, TooSlowError):
        return []
    return [
        Example(
            f"by {each.label.lower()}",
            [printed(asking_for(each.field, one.value)) for one in named],
        )
        for each in found
        if len(named := [one for one in each.values if one.value]) >= FEWEST
    ]


def _refused(request: HttpRequest, fault: FilterError) -> HttpResponse:
    errors = {LABELS.get(name, name): sentence for name, sentence in fault.fields.items()}
    given = tuple(request.GET.getlist("q")[:MOST])
    place = Place(tuple(query for query in given if query.strip()))
    return _page(request, place, {"errors": errors}, HTTPStatus.BAD_REQUEST)


def _unanswered(
    request: HttpRequest, place: Place, fault: IndexMissingError | TooSlowError
) -> HttpResponse:
    context = {"sentence": str(fault), "is_slow": isinstance(fault, TooSlowError)}
    response = _page(request, place, context, HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
