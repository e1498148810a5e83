"""What an address of the Compare page asks for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from articles.views.keeping.keeping import known_only
from articles.views.parameters import ParameterError, read_number, read_text

VIEWS = {"side": "Side by side", "unified": "In one column"}
# What can be marked. Case and punctuation alone are not, unless one asks for it.
FATES = {
    "kept": "kept",
    "cut": "cut",
    "added": "added",
    "moved": "moved",
    "respelled": "respelled",
    "marks": "case and punctuation",
}
AT_FIRST = frozenset(FATES) - {"marks"}
SIDES = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Place:
    """Which texts are compared, and how they are shown. ``versions`` are None where they stand."""

    articles: tuple[int, ...]
    versions: tuple[int | None, ...]
    view: str = ""
    show: frozenset[str] = AT_FIRST
    start: int = 0

    def but(self, **changes: Any) -> "Place":
        """Return another place, with some parts changed."""
        return replace(self, **changes)

    @property
    def params(self) -> list[tuple[str, str]]:
        """What stands in its address beside the articles."""
        params = [
            (f"{side}_version", str(number))
            for side, number in zip(SIDES, self.versions, strict=False)
            if number is not None
        ]
        params += [("view", self.view)] if self.view else []
        if self.show != AT_FIRST:
            params.append(("show", ",".join(name for name in FATES if name in self.show)))
        return params + ([("from", str(self.start))] if self.start else [])

    @property
    def address(self) -> str:
        """Its address."""
        path = reverse("edition-compare", args=self.articles)
        return f"{path}?{urlencode(self.params)}" if self.params else path

    @property
    def swapped(self) -> str:
        """The address of the same texts, the first two on each other's side."""
        other = replace(
            self,
            articles=(*self.articles[1::-1], *self.articles[2:]),
            versions=(*self.versions[1::-1], *self.versions[2:]),
        )
        return other.address


def place_of(request: HttpRequest, articles: Sequence[int]) -> Place:
    """Return what an address asks for. Raises ParameterError."""
    numbers = [f"{side}_version" for side in SIDES[: len(articles)]]
    known_only(request, "view", "show", "from", *numbers)
    view = read_text(request, "view")
    if view and view not in VIEWS:
        raise ParameterError("view", f"This must be one of: {', '.join(VIEWS)}.")
    return Place(
        articles=tuple(articles),
        versions=tuple(read_number(request, name) for name in numbers),
        view=view,
        show=_show(request),
        start=read_number(request, "from") or 0,
    )


def _show(request: HttpRequest) -> frozenset[str]:
    """Return what is to be marked: ``show=cut,added``, or as a form sends it."""
    read_text(request, "show")
    if "show" not in request.GET:
        return AT_FIRST
    asked = {name for value in request.GET.getlist("show") for name in value.split(",")} - {""}
    if unknown := asked - set(FATES):
        name = min(unknown).replace("\0", "")[:40]
        raise ParameterError("show", f"There is no “{name}”. There are: {', '.join(FATES)}.")
    return frozenset(asked)
