"""What was received: shown as lines, opened at a place, and handed out as it came."""

import re
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Any, cast

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from articles.ingest import captures, unpacking
from articles.models import Capture, Sighting, Version
from articles.models.keyset import CursorError, Page, page
from articles.text import BlockKind
from articles.views.reading import capture_text
from articles.views.reading.capture_text import Place, Window

ARTICLES_SHOWN = 25
_HEAD = 8192
# A first paragraph shorter than this may stand elsewhere too.
_TELLING = 50
_LOCATOR_CHARACTERS = 200
_UNSAFE_IN_NAMES = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\"\\/:*?<>|]"
)
_SUFFIXES = {"text/html": ".html", "text/plain": ".txt", "application/json": ".json"}
# The bytes are anybody's: nothing in them may run or load, wherever a browser opens them.
_SEALED = "default-src 'none'; sandbox"


@require_GET
def capture_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a capture's facts, its text around the place ``locator`` names, and its articles."""
    capture = _visible(request, pk)
    locator = request.GET.get("locator", "").strip()
    locator = "" if "\0" in locator or len(locator) > _LOCATOR_CHARACTERS else locator
    here = _version_at(capture, locator)
    found = Version.objects.filter(capture=capture).select_related("article__source")
    cursor = request.GET.get("cursor") or None
    try:
        versions: Page[Version] = page(found, ("pk",), limit=ARTICLES_SHOWN, cursor=cursor)
    except CursorError as fault:
        return render(
            request,
            "import/bad_page.html",
            {"section": "imports", "reason": str(fault)},
            status=HTTPStatus.BAD_REQUEST,
        )
    context: dict[str, Any] = {
        "section": "imports",
        "capture": capture,
        "locator": locator,
        "here": here,
        "page": versions,
        "sightings": _sightings(capture),
        **_text(capture, locator, here),
    }
    return render(request, "capture/detail.html", context)


def _text(capture: Capture, locator: str, here: Version | None) -> dict[str, Any]:
    """Return the window on a capture's text, or why there is none."""
    try:
        unpacked = unpacking.open_unpacked(captures.path(capture))
    except OSError:
        return {"missing": True}
    with unpacked:
        stream = unpacked.stream
        head = stream.read(_HEAD)
        stream.seek(0)
        if capture_text.is_binary(head):
            return {"is_binary": True, "damaged": unpacked.fault}
        place = capture_text.read_place(locator)
        if not place.is_known and here is not None:
            needles = _first_words(here)
            place = capture_text.find(stream, needles, media_type=capture.media_type)
        shown = _window(stream, place, capture, locator)
        return {
            "window": shown,
            "place": place,
            "before": max(1, shown.first - capture_text.AROUND),
            "after": shown.last + capture_text.AROUND,
            "damaged": unpacked.fault,
        }


def _window(stream: Any, place: Place, capture: Capture, locator: str) -> Window:
    return capture_text.window(
        stream,
        place,
        media_type=capture.media_type,
        by_capture_lines=locator.startswith("lines "),
    )


def _first_words(version: Version) -> list[str]:
    """Return texts by which an article is found in its capture: its body's begin, its headline."""
    spans = version.spans
    body = (s for s in spans if s.kind == BlockKind.PARAGRAPH and s.end - s.start >= _TELLING)
    headline = (s for s in spans if s.kind == BlockKind.HEADLINE)
    found: list[str] = []
    if first := next(body, None):
        words = version.text[first.start : first.end]
        # Its end as well: a dateline before it may be marked up.
        found += [words, words[-_TELLING:]]
    found += [version.text[span.start : span.end] for span in list(headline)[:1]]
    return found


def _version_at(capture: Capture, locator: str) -> Version | None:
    """Return the version that was read at a place of a capture, also one only seen again there."""
    versions = Version.objects.filter(capture=capture, locator=locator)
    found = versions.select_related("article").first()
    if found is None:
        seen = Sighting.objects.filter(capture=capture, locator=locator)
        sighting = seen.select_related("version__article").first()
        found = sighting.version if sighting else None
    return found


def _sightings(capture: Capture) -> QuerySet[Sighting]:
    """Return what was found in it and known already, the first few."""
    seen = Sighting.objects.filter(capture=capture).order_by("pk")
    return seen.select_related("version__article__source")[:ARTICLES_SHOWN]


@require_GET
def capture_raw(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the bytes as received, to be saved and never shown."""
    capture = _visible(request, pk)
    try:
        content = captures.open_bytes(capture)
    except OSError:
        context = {"section": "imports", "capture": capture, "missing": True}
        return render(request, "capture/detail.html", context, status=HTTPStatus.GONE)
    response = FileResponse(
        content,
        as_attachment=True,
        filename=file_name(capture),
        content_type="application/octet-stream",
    )
    response["Content-Security-Policy"] = _SEALED
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{capture.sha256}"'
    response["Cache-Control"] = "private, no-transform"
    return cast("HttpResponse", response)


def file_name(capture: Capture) -> str:
    """Return a name to save a capture under: its own, without what a file system could misread."""
    name = PurePosixPath(capture.filename.replace("\\", "/")).name
    name = _UNSAFE_IN_NAMES.sub("_", name).strip(". ")
    if not name or name == "pasted text":
        media_type = capture.media_type.partition(";")[0].strip()
        name = f"capture-{capture.pk}{_SUFFIXES.get(media_type, '')}"
    return name[-150:]


def _visible(request: HttpRequest, pk: int) -> Capture:
    found = Capture.objects.readable_by(request.user).select_related("corpus", "received_by")
    return get_object_or_404(found, pk=pk)
