"""What an address asks of the index: parameters that are read once, all that is wrong at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rest_framework.request import Request

from articles.api.articles.editing import invalid
from articles.filters import DEFAULT_LIMIT, MAX_LIMIT
from articles.search.engine.answers import Sort
from articles.search.facets import FETCHED

RESULTS, TOTAL, FACETS, HISTOGRAM = "results", "total", "facets", "histogram"
TEXTS = "texts"
PARTS = (RESULTS, TOTAL, FACETS, HISTOGRAM, TEXTS)
USUAL_PARTS = (RESULTS, TOTAL)
ZOOMS = ("day", "month", "year")
DEFAULT_VALUES, MAX_VALUES = 12, FETCHED
DEFAULT_LINES, MAX_LINES = 100, 1_000
MAX_SEED = 2**31 - 1
_DIGITS = 18


@dataclass(slots=True)
class Parameters:
    """The parameters of a request; ``errors`` grows by what is wrong with those that are read."""

    request: Request
    errors: dict[str, str] = field(default_factory=dict)

    def all(self, name: str) -> list[str]:
        """Return every value of a parameter."""
        return list(self.request.query_params.getlist(name))

    def one(self, name: str) -> str:
        """Return a parameter's only value, empty if it is not given."""
        given = self.all(name)
        if len(given) > 1:
            self.errors[name] = "Give this once."
        return given[0].strip() if given else ""

    def query(self, name: str = "q") -> str:
        """Return a query as it was typed, so that places in it are those of its errors."""
        self.one(name)
        return (self.all(name) or [""])[0]

    def choice(self, name: str, known: Sequence[str]) -> str:
        """Return one of some words, empty if it is not given."""
        text = self.one(name)
        if text and text not in known:
            self.errors[name] = f"This must be one of {', '.join(known)}."
            return ""
        return text

    def choices(self, name: str, known: Sequence[str], usual: Sequence[str]) -> tuple[str, ...]:
        """Return some of the words that there are, parted by commas in the address."""
        text = self.one(name)
        if not text:
            return tuple(usual)
        found = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
        wrong = [part for part in found if part not in known]
        if wrong:
            self.errors[name] = f"There is no “{wrong[0][:40]}”. There are: {', '.join(known)}."
            return tuple(usual)
        return found

    def number(self, name: str, usual: int, most: int) -> int:
        """Return a whole number from 1; what is greater than ``most`` counts as it."""
        text = self.one(name)
        if not self.all(name):
            return usual
        if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS and int(text)):
            self.errors[name] = (
                f"This must be a whole number from 1; more than {most:,} is {most:,}."
            )
            return usual
        return min(int(text), most)

    def sort(self) -> Sort | None:
        """Return the order that is asked for."""
        text = self.choice("sort", list(Sort))
        return Sort(text) if text else None

    def limit(self, most: int = MAX_LIMIT) -> int:
        """Return how many rows a page is to have."""
        return self.number("limit", DEFAULT_LIMIT, most)

    def done(self) -> None:
        """Raise Problem if anything was wrong."""
        if self.errors:
            raise invalid(self.errors)


def read[T](request: Request, reader: Callable[[Parameters], T]) -> T:
    """Return what ``reader`` makes of the parameters; raise Problem that names all at fault."""
    params = Parameters(request)
    found = reader(params)
    params.done()
    return found


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of an answer."""

    q: str
    sort: Sort | None
    limit: int
    cursor: str
    parts: tuple[str, ...]
    facets: tuple[str, ...]
    values: int
    zoom: str | None
    # Each text once.
    fold: bool


def wish(params: Parameters, facets: Sequence[str]) -> Wish:
    """Return what is asked of an answer; ``facets`` are those that there are."""
    return Wish(
        q=params.query(),
        sort=params.sort(),
        limit=params.limit(),
        cursor=params.one("cursor"),
        parts=params.choices("include", PARTS, USUAL_PARTS),
        facets=params.choices("facets", facets, facets),
        values=params.number("values", DEFAULT_VALUES, MAX_VALUES),
        zoom=params.choice("zoom", ZOOMS) or None,
        fold=params.choice("fold", ("true", "false")) == "true",
    )
