"""What an address of the concordance asks for, and the other addresses that follow from it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from articles.filters import FilterError
from articles.search.concordance import SEED, Sort

LABELS = {
    "q": "Query",
    "sort": "Order",
    "seed": "Seed",
    "limit": "Lines on a page",
    "cursor": "Place in the list",
}
# Of a file: it has no pages.
FILE = ("q", "sort", "seed")
DEFAULT_LINES, MAX_LINES = 100, 500
# Seeds are numbers that people write down.
MAX_SEED = 999_999_999


@dataclass(frozen=True, slots=True)
class LinesPlace:
    """A query and how its lines are looked at: all that an address holds."""

    q: str = ""
    sort: Sort = Sort.NEWEST
    seed: int = SEED
    limit: int = DEFAULT_LINES
    cursor: str = ""

    @property
    def params(self) -> dict[str, str]:
        """The parameters of its address: those that differ from the usual."""
        given = {
            "q": self.q,
            "sort": "" if self.sort is Sort.NEWEST else self.sort.value,
            "seed": "" if self.seed == SEED else str(self.seed),
            "limit": "" if self.limit == DEFAULT_LINES else str(self.limit),
            "cursor": self.cursor,
        }
        return {name: value for name, value in given.items() if value}

    def but(self, **changes: Any) -> "LinesPlace":
        """Return another place; a new one begins at its first page."""
        return replace(self, **{"cursor": "", **changes})

    @property
    def address(self) -> str:
        """Its address."""
        return _address(reverse("concordance"), self.params)

    def file(self, ending: str) -> str:
        """Return the address of all its lines as a file."""
        known = {name: value for name, value in self.params.items() if name in FILE}
        return _address(reverse("concordance-file", args=[ending]), known)


def _address(path: str, params: dict[str, str]) -> str:
    return f"{path}?{urlencode(params)}" if params else path


def read(params: QueryDict, *, names: tuple[str, ...] = tuple(LABELS)) -> LinesPlace:
    """Return the place that an address names; raise FilterError for what it can't hold."""
    errors: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name in params:
        raw = params.getlist(name)
        try:
            if name not in names:
                raise ValueError(f"There is no such parameter. There are: {', '.join(names)}.")  # noqa: TRY301 -- told with the others
            values[name] = _read(name, raw)
        except ValueError as fault:
            errors[name] = str(fault)
    if errors:
        raise FilterError(errors)
    return LinesPlace(**{name: value for name, value in values.items() if value is not None})


def _read(name: str, raw: list[str]) -> Any:
    if len(raw) > 1:
        raise ValueError("Give this once.")
    text = raw[0].strip()
    if name != "q" and "\0" in text:
        raise ValueError("This holds a NUL character; remove it.")
    if not text:
        return None
    match name:
        case "sort":
            if text not in list(Sort):
                raise ValueError(f"This must be one of {', '.join(Sort)}.")
            return Sort(text)
        case "seed":
            return _number(text, MAX_SEED)
        case "limit":
            return _number(text, MAX_LINES, lowers=True)
        case _:
            return text


def _number(text: str, most: int, *, lowers: bool = False) -> int:
    """Return a whole number; what is more than ``most`` is taken as that where it ``lowers``."""
    is_number = text.isascii() and text.isdigit() and len(text) < 19 and int(text) >= 1
    if not is_number or (int(text) > most and not lowers):
        raise ValueError(f"This must be a whole number from 1 to {most:,}.")
    return min(int(text), most)
