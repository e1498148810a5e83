"""Two or three editions side by side, word by word: kept, cut, added, moved, respelled."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Article, Credit, Version
from articles.models.articles import TEXT_FIELDS
from articles.parsed import CreditKind, Flag
from articles.related.comparing.comparison import Comparison, Text, compare
from articles.related.comparing.left_out import left_out
from articles.views.editions.compare_drawing import Edition
from articles.views.editions.compare_lines import Stretch, lines_of, stretches
from articles.views.editions.compare_links import further_editions, links_between
from articles.views.editions.compare_map import map_of
from articles.views.editions.compare_telling import labels_of, missing, sentences
from articles.views.editions.compare_three import lines_of_three
from articles.views.parameters import ParameterError, refused
from articles.views.reading.as_read import as_it_stood
from articles.views.reading.reading import known
from articles.views.reading.typesetting import direction
from articles.views.reading.withheld import check_readable
from articles.views.search.compare_asking import FATES, SIDES, VIEWS, Place, place_of

# Lines on a page.
SHOWN = 400


@dataclass(slots=True)
class Side:
    """One of the editions, as the head of its column tells of it."""

    name: str
    article: Article
    version: Version
    edition: Edition
    versions: list[Version]
    credits: list[Credit] = field(default_factory=list)

    @property
    def agencies(self) -> list[str]:
        """The agencies that are credited."""
        return [each.name for each in self.credits if each.kind == CreditKind.AGENCY]

    @property
    def credited(self) -> list[str]:
        """The byline, and the names of all who are credited."""
        return [self.article.byline or "", *(each.name for each in self.credits)]

    @property
    def is_cut_short(self) -> bool:
        """Whether its capture ends before its text does."""
        return Flag.TRUNCATED in (self.version.read.get("flags") or ())

    @property
    def cut_short_by(self) -> str:
        """The words that its capture breaks off with, empty where it has none."""
        provenance = self.version.read.get("provenance") or {}
        raw: str = (provenance.get("truncated") or {}).get("raw") or ""
        return raw


@require_safe
def edition_compare(
    request: HttpRequest, first: int, second: int, third: int | None = None
) -> HttpResponse:
    """Show two or three editions side by side, or two in one column."""
    articles = [first, second, *([third] if third is not None else [])]
    try:
        place = place_of(request, articles)
    except ParameterError as fault:
        return refused(request, fault)
    sides = _sides(request, place)
    found = _compared(sides)
    context = {
        "section": "articles",
        "place": place,
        "sides": sides,
        "summaries": [
            _told(sides[0], side, each) for side, each in zip(sides[1:], found, strict=False)
        ],
        "is_whole": all(each.summary.is_whole for each in found),
        "choices": [(name, words, name in place.show) for name, words in FATES.items()],
        "hidden": [name for name in FATES if name not in place.show],
        "views": [(words, place.but(view=name).address, name) for name, words in VIEWS.items()],
        "permalink": _permalink(request, place, sides),
        **_laid_out(place, sides, found),
        **(_beside(request, place, sides) if len(sides) == 2 else {}),
    }
    return render(request, "compare_texts/page.html", context)


def _compared(sides: Sequence[Side]) -> list[Comparison]:
    """Return what became of the first text in each of the others; of three, then of those two."""
    texts = [side.edition.text for side in sides]
    found = [compare(texts[0], other) for other in texts[1:]]
    return found if len(texts) < len(SIDES) else [*found, compare(texts[1], texts[2])]


def _laid_out(place: Place, sides: Sequence[Side], found: Sequence[Comparison]) -> dict[str, Any]:
    """Return the lines that a page shows, and what leads to others."""
    editions = [side.edition for side in sides]
    if len(editions) == len(SIDES):
        lines = lines_of_three(
            (editions[0], editions[1], editions[2]), (found[0], found[1]), found[2]
        )
        share = 1.0
        drawing = None
    else:
        lines = lines_of(editions[0], editions[1], found[0])
        share = max(found[0].summary.first.share, found[0].summary.second.share)
        drawing = map_of(editions[0], editions[1], found[0]) if len(lines) <= SHOWN else None
    shown = lines[place.start : place.start + SHOWN]
    end = place.start + len(shown)
    return {
        "stretches": stretches(shown, share=share) if len(sides) == 2 else [Stretch(shown)],
        "direction": direction(sides[0].article.language),
        "map": drawing,
        "lines": len(lines),
        "shown": (place.start + 1, end),
        "stops": sum(line.is_stop for line in shown),
        "earlier": place.but(start=max(0, place.start - SHOWN)).address if place.start else "",
        "later": place.but(start=end).address if end < len(lines) else "",
    }


def _beside(request: HttpRequest, place: Place, sides: Sequence[Side]) -> dict[str, Any]:
    """Return how two are linked, and which third they can be compared with."""
    pair = [side.article for side in sides]
    return {
        **links_between(request, pair[0], pair[1], place.address),
        "further": further_editions(request, pair, place),
    }


def _told(first: Side, second: Side, found: Comparison) -> dict[str, Any]:
    """Return what two editions come to, in sentences."""
    languages = (first.article.language, second.article.language)
    alone = left_out(
        first.edition.text,
        second.edition.text,
        found,
        languages,
        credited=(first.credited, second.credited),
    )
    return {
        "sentences": sentences(first.edition, second.edition, found),
        "missing": missing(first.edition, second.edition, alone),
    }


def _sides(request: HttpRequest, place: Place) -> list[Side]:
    """Return the editions that an address names; raise Http404 and PermissionDenied."""
    read = []
    for pk, number in zip(place.articles, place.versions, strict=True):
        article = get_object_or_404(known(request), pk=pk)
        check_readable(request, article)
        read.append((article, _version(article, number)))
    labels = _labels(read)
    sides = []
    for name, (article, version), label, sign in zip(SIDES, read, labels, "abc", strict=False):
        stood = article if version.pk == article.version_id else as_it_stood(article, version)
        edition = Edition(Text(version.text, version.spans), sign, label)
        sides.append(
            Side(
                name,
                stood,
                version,
                edition,
                list(article.versions.defer(*TEXT_FIELDS).order_by("number")),
                list(version.credits.standing()),
            )
        )
    return sides


def _version(article: Article, number: int | None) -> Version:
    if number is not None:
        version: Version = get_object_or_404(article.versions, number=number)
        return version
    if article.version is None:
        raise Http404
    return article.version


def _labels(read: Sequence[tuple[Article, Version]]) -> list[str]:
    """Return what the editions are called: versions of one article by their numbers."""
    if len({article.pk for article, _ in read}) == 1:
        return [f"version {version.number}" for _, version in read]
    return labels_of([article for article, _ in read])


def _permalink(request: HttpRequest, place: Place, sides: Sequence[Side]) -> str:
    """Return the address that shows these very texts for good, whatever becomes of the articles."""
    pinned = place.but(versions=tuple(side.version.number for side in sides))
    return request.build_absolute_uri(pinned.address)
