"""What an address of the pages of links asks for."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from articles.models import Corpus, Link, LinkKind, LinkStatus
from articles.models.links import LinkQuerySet
from articles.related.links.link_filter import (
    CONFIRMED,
    HELD_STATUS,
    NOBODY,
    LinkFilter,
    may_be_asked_for,
    status_meant,
)
from articles.related.links.link_order import LinkOrder
from articles.views.keeping.keeping import known_only
from articles.views.parameters import ParameterError, read_number, read_text

PER_CENT = 100
ALL = "all"
STATUSES = {
    LinkStatus.SUGGESTED.value: "Open suggestions",
    LinkStatus.ACCEPTED.value: "Confirmed",
    LinkStatus.DISPUTED.value: "Confirmed and rejected",
    LinkStatus.REJECTED.value: "Rejected",
    HELD_STATUS: "All that count",
    ALL: "All",
}
VIEWS = ("", "list")
# Of the list; one by one the surest come first.
ORDERS = {
    "": "Surest first",
    LinkOrder.NEWEST.value: "Newest first",
    LinkOrder.DAYS.value: "Fewest days apart first",
}
_FILTERS = ("corpus", "kind", "status", "score", "person", "article", "view", "order")
_PLACE = ("after", "link", "done", "behind", "last", "page")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which links are looked at: ``score`` is the least, in per cent, ``status`` is of STATUSES."""

    corpora: tuple[Corpus, ...]
    corpus: Corpus | None = None
    kind: str = ""
    status: str = ""
    score: int | None = None
    person: str = ""
    article: int | None = None
    view: str = ""
    order: str = ""

    @property
    def shown_status(self) -> str:
        """The status that is meant where none is said: open ones, of a person or article all."""
        return self.status or (ALL if self.person or self.article else LinkStatus.SUGGESTED.value)

    @property
    def params(self) -> dict[str, str]:
        """The filters as an address has them."""
        values: dict[str, Any] = {
            "corpus": self.corpus.slug if self.corpus else "",
            **{name: getattr(self, name) for name in _FILTERS[1:]},
        }
        return {name: str(value) for name, value in values.items() if value not in ("", None)}

    @property
    def told(self) -> str:
        """What is asked for, in a few words."""
        person = "nobody" if self.person == NOBODY else self.person
        parts = [
            self.corpus.name if self.corpus and len(self.corpora) > 1 else "",
            LinkKind(self.kind).label if self.kind else "All kinds",
            STATUSES[self.shown_status].lower(),
            f"at least {self.score} %" if self.score else "",
            f"judged by {person}" if person else "",
        ]
        return ", ".join(part for part in parts if part)

    def but(self, **changes: Any) -> "Asked":
        """Return the same with some parts changed."""
        return replace(self, **changes)

    def address(self, name: str = "link-list", **more: object) -> str:
        """Return the address of a page with these filters and further parameters."""
        given = {key: str(value) for key, value in more.items() if value not in ("", None)}
        params = self.params | given
        return f"{reverse(name)}?{urlencode(params)}" if params else reverse(name)

    def rows(self, request: HttpRequest) -> LinkQuerySet:
        """Return the links that are asked for, of those that one may know of."""
        status = "" if self.shown_status == ALL else self.shown_status
        wanted = LinkFilter(
            corpus=self.corpus.pk if self.corpus else None,
            article=self.article,
            kind=self.kind,
            status=status,
            score_min=None if self.score is None else self.score / PER_CENT,
            judged_by=self.person,
        )
        return wanted.of(Link.objects.visible_to(request.user), request.user)


def asked_of(request: HttpRequest, *also: str) -> Asked:
    """Return what an address asks for. Raises ParameterError, Http404."""
    known_only(request, *_FILTERS, *_PLACE, *also)
    corpora = tuple(Corpus.objects.visible_to(request.user).order_by("name", "pk"))
    slug = read_text(request, "corpus")
    corpus = next((each for each in corpora if each.slug == slug), None)
    if slug and corpus is None:
        raise Http404("There is no such corpus, or it is not yours to see.")
    score = read_number(request, "score")
    if score is not None and score > PER_CENT:
        raise ParameterError("score", "This must be a whole number from 0 to 100.")
    return Asked(
        corpora,
        corpus,
        kind=_one_of(request, "kind", LinkKind.values),
        status=status_meant(_one_of(request, "status", [*STATUSES, CONFIRMED])),
        score=score,
        person=_person(request),
        article=read_number(request, "article"),
        view=_one_of(request, "view", VIEWS),
        order=_one_of(request, "order", list(ORDERS)),
    )


def _person(request: HttpRequest) -> str:
    name = read_text(request, "person")
    if name and not may_be_asked_for(name, request.user):
        raise ParameterError(
            "person",
            f"There is nobody called {name} whose judgements you may see. Choose a name from the"
            " list, or take this out of the address.",
        )
    return name


def _one_of(request: HttpRequest, name: str, values: Any) -> str:
    text = read_text(request, name)
    if text and text not in values:
        told = ", ".join(value for value in values if value)
        raise ParameterError(name, f"This must be one of: {told}.")
    return text
