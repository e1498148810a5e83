"""What the pages by which an editor puts one article right have in common."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from articles.models import Act, Article, Version
from articles.views.acts import actor
from articles.views.parameters import ParameterError
from articles.views.reading.reading import place_in

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MAX_DIGITS = 18


def editable(request: HttpRequest, pk: int, kind: Act) -> "tuple[Article, User]":
    """Return an article and who asks, if they may do such an act to it.

    Raises Http404 for those who may not see it, PermissionDenied for those who may only see it.
    """
    visible = Article.objects.visible_to(request.user).select_related(
        "corpus", "source", "source_alias__source", "version"
    )
    article = get_object_or_404(visible, pk=pk)
    if article.version is None:
        raise Http404
    return article, actor(request, article.corpus, kind)


def standing(article: Article) -> Version:
    """Return the version that stood when an article was read; see :func:`editable`."""
    if article.version is None:
        raise Http404
    return article.version


def onward(request: HttpRequest) -> str:
    """Return the end of addresses that keeps the place in the list. Raises ParameterError."""
    return place_in(request).onward


def to_article(article: Article, ending: str = "") -> HttpResponse:
    """Return the way to an article's page, after a change."""
    return HttpResponseRedirect(article.get_absolute_url() + ending)


def refuse_nul(request: HttpRequest, *, beside: Iterable[str] = ()) -> None:
    """Raise ParameterError if a field holds a NUL character; ``beside`` are judged elsewhere."""
    apart = set(beside)
    for name in request.POST:
        if name not in apart and any("\0" in value for value in request.POST.getlist(name)):
            raise ParameterError(name.replace("\0", ""), "This holds a NUL character; remove it.")


def whole_number(text: str) -> int | None:
    """Return a number as it comes in a form; None for all else."""
    plain = text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS
    return int(text) if plain else None
