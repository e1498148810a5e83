"""A link on its own page, what is said of it there, and links that people make."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.history import lives
from articles.models import Act, Article, Corpus, Door, Link, LinkKind, LinkStatus, Verdict
from articles.related.links import judging
from articles.related.links.judging import JudgingError
from articles.views.acts import actor, tell
from articles.views.editing.editing import refuse_nul, whole_number
from articles.views.keeping.keeping import answering, known_only, own_page, way_on
from articles.views.parameters import read_text
from articles.views.related.link_choosing import candidates, chosen
from articles.views.related.link_panel import panel
from articles.views.related.link_shown import Shown, shown
from articles.views.related.links import decided

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@never_cache
@require_safe
@answering
def link_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a link: what it rests on, what people say of it, and what they may say."""
    known_only(request)
    return _page(request, _known(request, pk))


def _known(request: HttpRequest, pk: int) -> Link:
    rows = Link.objects.visible_to(request.user)
    wanted = ("corpus", "first__source", "second__source")
    link: Link = get_object_or_404(rows.select_related(*wanted), pk=pk)
    return link


def _page(request: HttpRequest, link: Link, fault: JudgingError | None = None) -> HttpResponse:
    there = shown(request, link)
    rest = Link.objects.visible_to(request.user).exclude(pk=link.pk)
    siblings = rest.filter(first=link.first_id, second=link.second_id)
    context = {
        "section": "links",
        "shown": there,
        "siblings": list(siblings.exclude(status=LinkStatus.WITHDRAWN).order_by("pk")),
        "fault": fault,
        "typed": _typed(request, there),
    }
    status = HTTPStatus.OK if fault is None else HTTPStatus.CONFLICT
    return render(request, "links/detail.html", context, status=status)


def _typed(request: HttpRequest, there: Shown) -> dict[str, str]:
    """Return what the form says: as it was sent, else as one said before."""
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in ("verdict", "direction", "note")}
    mine = there.mine
    if mine is None:
        return {"verdict": "", "direction": "", "note": ""}
    return {"verdict": mine.verdict, "direction": mine.direction, "note": mine.note}


@require_safe
@answering
def link_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what people said of a link, the latest first; to members of its corpus."""
    link = _known(request, pk)
    known_only(request, "cursor")
    if not Corpus.objects.with_members(request.user).filter(pk=link.corpus_id).exists():
        raise PermissionDenied(f"Who judged links is for the members of {link.corpus}.")
    cursor = read_text(request, "cursor") or None
    context = {
        "section": "links",
        "own_kind": "link",
        "own_id": pk,
        "name": f"{link.get_kind_display()}: {link.first.headline or 'Untitled'}",
        "back": link.get_absolute_url(),
        "back_name": "The link",
        "page": lives.life_of_link(link, request.user, cursor=cursor),
    }
    return render(request, "history/life.html", context)


@never_cache
@login_required
@require_POST
@answering
def link_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what is said of a link; answer with the article's panel where it was said there."""
    refuse_nul(request)
    link = _known(request, pk)
    by = actor(request, link.corpus, Act.LINK)
    does = request.POST.get("do", "")
    article = whole_number(request.POST.get("panel", ""))
    try:
        if does == "say":
            operation = judging.judge(
                link,
                request.POST.get("verdict", ""),
                by=by,
                door=Door.PAGE,
                note=request.POST.get("note", ""),
                direction=_direction(request),
            )
        else:
            operation = decided(link, does, by)
    except JudgingError as fault:
        if does == "say":
            return _page(request, link, fault)
        messages.error(request, fault.message)
    else:
        tell(request, operation)
    if request.headers.get("HX-Request") == "true" and article is not None:
        rows = Article.objects.visible_to(request.user).select_related("corpus", "source")
        row = get_object_or_404(rows, pk=article)
        return render(request, "links/panel_swapped.html", panel(request, row))
    return HttpResponseRedirect(way_on(request, link.get_absolute_url()))


def _direction(request: HttpRequest) -> str:
    """Return the direction that a form says; of what is rejected there is none to say."""
    if request.POST.get("verdict") != Verdict.CONFIRMED:
        return ""
    return request.POST.get("direction", "")


@dataclass(frozen=True, slots=True)
class _Making:
    """Two articles that are to be linked, as far as they are known."""

    first: Article | None
    second: Article | None
    texts: tuple[str, str]

    @property
    def there(self) -> tuple[Article, Article] | None:
        if self.first is None or self.second is None:
            return None
        return self.first, self.second


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def link_new(request: HttpRequest) -> HttpResponse:
    """Choose two articles by number, address or words, and link them."""
    if not Corpus.objects.annotatable_by(request.user).exists():
        raise PermissionDenied("Articles are linked by annotators of their corpus.")
    known_only(request, "first", "second", "next", "kind")
    refuse_nul(request)
    given = request.POST if request.method == "POST" else request.GET
    texts = tuple(given.get(name, "").strip() for name in ("first", "second"))
    if request.method != "POST":
        texts = read_text(request, "first"), read_text(request, "second")
    first, second = (chosen(text, request.user) for text in texts)
    making = _Making(first, second, (texts[0], texts[1]))
    if request.method == "POST" and making.there is not None:
        return _make(request, *making.there)
    return _asking(request, making)


def _make(request: HttpRequest, first: Article, second: Article) -> HttpResponse:
    by = actor(request, first.corpus, Act.LINK)
    said = {name: request.POST.get(name, "") for name in ("kind", "direction", "note")}
    try:
        made = judging.make(first, second, by=by, door=Door.PAGE, **said)
    except JudgingError as fault:
        making = _Making(first, second, (str(first.pk), str(second.pk)))
        return _asking(request, making, fault, said)
    tell(request, made.operation)
    return HttpResponseRedirect(way_on(request, made.link.get_absolute_url()))


def _asking(
    request: HttpRequest,
    making: _Making,
    fault: JudgingError | None = None,
    said: dict[str, str] | None = None,
) -> HttpResponse:
    first, second = making.first, making.second
    known = first or second
    offered: list[Article] = []
    text = making.texts[1] if first is not None else making.texts[0]
    if making.there is None and text:
        offered = candidates(text, cast("User", request.user), beside=known)
    links: Any = Link.objects.none()
    if making.there is not None:
        ids = sorted(row.pk for row in making.there)
        links = Link.objects.visible_to(request.user).filter(first=ids[0], second=ids[1])
    onward = own_page(request.GET.get("next", "") or request.POST.get("next", ""))
    context = {
        "section": "links",
        "first": first,
        "second": second,
        "texts": making.texts,
        "both": making.there or (),
        "ask_for": "second" if first is not None else "first",
        "known": known,
        "words": text,
        "offered": [(row, _with(making, row, onward)) for row in offered],
        "kinds": LinkKind,
        "said": said or {"kind": read_text(request, "kind"), "direction": "", "note": ""},
        "fault": fault,
        "next": onward,
        "known_links": list(links.exclude(status=LinkStatus.WITHDRAWN)),
    }
    status = HTTPStatus.OK if fault is None else HTTPStatus.CONFLICT
    return render(request, "links/new.html", context, status=status)


def _with(making: _Making, row: Article, onward: str) -> str:
    """Return the address of the form with an article that was missing."""
    params: dict[str, Any] = {"first": making.first.pk if making.first else row.pk}
    if making.first is not None:
        params["second"] = row.pk
    elif making.second is not None:
        params["second"] = making.second.pk
    more = {"next": onward} if onward else {}
    return f"{reverse('link-new')}?{urlencode(params | more)}"


@never_cache
@login_required
@require_safe
@answering
def link_options(request: HttpRequest) -> HttpResponse:
    """Answer the articles that ``second`` (words, an address, a number) may mean beside one."""
    known_only(request, "first", "second", "next")
    first = chosen(read_text(request, "first"), request.user)
    text = read_text(request, "second")
    onward = own_page(request.GET.get("next", ""))
    making = _Making(first, None, ("", text))
    found = candidates(text, cast("User", request.user), beside=first) if text else []
    context = {"offered": [(row, _with(making, row, onward)) for row in found], "words": text}
    return render(request, "links/offered.html", context)
