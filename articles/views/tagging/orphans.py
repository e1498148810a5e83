"""Orphans: tags whose words are gone from the text that stands, placed or given up."""

import re
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.annotate.anchoring import orphans
from articles.annotate.codebooks.codebooks import main_content
from articles.annotate.tags.layers import NotAllowedError
from articles.annotate.tags.wanted import TaggingError
from articles.models import Act, Anchor, Corpus, Door, Mention, Operation, keyset
from articles.models.keyset import CursorError
from articles.views.acts import actor, tell
from articles.views.parameters import ParameterError, read_text, refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

PARAMETERS = ("corpus", "cursor")
PAGE = 20
_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})", re.ASCII)
_WORDS_CHARACTERS = 10_000


@login_required
@never_cache
@require_safe
def orphan_list(request: HttpRequest) -> HttpResponse:
    """Show what was tagged and is nowhere now, with where it may be."""
    try:
        _see_to_names(request)
        corpora = list(_annotatable(request))
        corpus = _chosen(corpora, read_text(request, "corpus"))
        context: dict[str, Any] = {"section": "entities", "corpora": corpora, "corpus": corpus}
        if corpus is not None:
            context |= _listed(request, corpus)
    except ParameterError as fault:
        return refused(request, fault)
    except CursorError as fault:
        return refused(request, ParameterError("cursor", str(fault)))
    return render(request, "orphans/list.html", context)


def _see_to_names(request: HttpRequest) -> None:
    for name in request.GET:
        if name not in PARAMETERS:
            raise ParameterError(name, f"There are only {', '.join(PARAMETERS)}.")


def _annotatable(request: HttpRequest) -> "QuerySet[Corpus]":
    found: QuerySet[Corpus] = Corpus.objects.annotatable_by(request.user)
    return found.order_by("name")


def _chosen(corpora: list[Corpus], slug: str) -> Corpus | None:
    if not slug:
        return corpora[0] if corpora else None
    found = next((each for each in corpora if each.slug == slug), None)
    if found is None:
        raise Http404("There is no such corpus, or you may not tag in it.")
    return found


def _listed(request: HttpRequest, corpus: Corpus) -> dict[str, Any]:
    rows = orphans.orphans(request.user, corpus)
    cursor = read_text(request, "cursor") or None
    page = keyset.page(rows, ("pk",), limit=PAGE, cursor=cursor)
    kinds = {kind.slug: kind.name for kind in main_content(corpus).kinds}
    return {
        "rows": [
            (row, kinds.get(row.mention.kind, row.mention.kind), orphans.places_of(row))
            for row in page.rows
        ],
        "total": rows.count(),
        "next": page.next,
        "previous": page.previous,
        "cursor": cursor or "",
    }


@login_required
@require_POST
def orphan_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where an orphan is, or give it up."""
    mention = get_object_or_404(_orphan(request, pk))
    by = actor(request, mention.corpus, Act.TAG)
    try:
        tell(request, _decided(request, mention, by))
    except ParameterError as fault:
        return refused(request, fault)
    except NotAllowedError as fault:
        raise PermissionDenied(str(fault)) from fault
    except TaggingError as fault:
        messages.warning(request, fault.message)
    about = {"corpus": mention.corpus.slug}
    cursor = request.POST.get("cursor", "")
    if cursor and len(cursor) < keyset.CURSOR_CHARACTERS and "\0" not in cursor:
        about["cursor"] = cursor
    return HttpResponseRedirect(f"{reverse('orphan-list')}?{urlencode(about)}")


def _orphan(request: HttpRequest, pk: int) -> "QuerySet[Mention]":
    """Return the mention, if it is one that may be seen: an orphan, or one that was seen to."""
    lost = Anchor.objects.filter(mention=pk).values("mention")
    found: QuerySet[Mention] = Mention.objects.readable_by(request.user)
    return found.filter(pk__in=lost).select_related("corpus", "article__version")


def _decided(request: HttpRequest, mention: Mention, by: "User") -> Operation | None:
    """Do what a form asks; raise ParameterError, NotAllowedError, TaggingError."""
    values = {name: request.POST.get(name, "") for name in ("do", "place", "words")}
    for name, value in values.items():
        if "\0" in value or len(value) > _WORDS_CHARACTERS:
            raise ParameterError(name, "This is too long, or holds a NUL character.")
    if values["do"] == "drop":
        return orphans.drop(mention, by=by, door=Door.PAGE)
    if values["do"] != "place":
        raise ParameterError("do", "This must be place or drop.")
    if values["words"].strip():
        return orphans.place_words(mention, values["words"], by=by, door=Door.PAGE)
    if not values["place"]:
        raise TaggingError("place", "Choose one of the places, or type the words.")
    place = _PLACE.fullmatch(values["place"])
    if place is None:
        raise ParameterError("place", "This must be a place: START-END.")
    start, end = int(place[1]), int(place[2])
    version = mention.article.version
    quote = version.text[start:end] if version is not None else ""
    return orphans.place(mention, start, end, quote, by=by, door=Door.PAGE)
