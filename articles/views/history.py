"""History: what was done, by whom, what it changed, and the way back."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from articles import operation_filters
from articles.filters import FilterError
from articles.history import lives
from articles.history.events import rows_of
from articles.history.permission import standing_of, standings
from articles.history.telling import tell
from articles.history.undo import UndoRefusedError, undo
from articles.models import (
    Act,
    Article,
    Codebook,
    Collection,
    Corpus,
    Door,
    Operation,
    Person,
    Source,
    Task,
)
from articles.models.keyset import CursorError, page
from articles.views.acts import tell_undone
from articles.views.parameters import ParameterError, read_text, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet

    from articles.history.places import Slice
    from articles.models.operations import OperationQuerySet

CHANGES_PER_PAGE = 100
PEOPLE_OFFERED = 500


def _visible(request: HttpRequest) -> "OperationQuerySet":
    found: OperationQuerySet = Operation.objects.visible_to(request.user)
    return found.select_related("corpus", "by", "undoes__undoes")


@login_required
@require_safe
def operation_list(request: HttpRequest) -> HttpResponse:
    """Show what was done, the latest first."""
    try:
        query = operation_filters.read(request.GET, request.user)
    except FilterError as fault:
        status = HTTPStatus.NOT_FOUND if fault.names_nothing else HTTPStatus.BAD_REQUEST
        return _list_page(request, {"errors": fault.fields, "given": _as_given(request)}, status)
    listed = query.apply(_visible(request))
    if query.kind is None:
        listed = listed.without_tagging()
    try:
        found = page(listed, ("-pk",), limit=query.limit, cursor=query.cursor)
    except CursorError as fault:
        return refused(request, ParameterError("cursor", str(fault)))
    return _list_page(
        request,
        {
            "page": found,
            "rows": standings(found.rows, request.user),
            "given": query.given,
            "left_out": _left_out(query.given) if query.kind is None else (),
        },
        HTTPStatus.OK,
    )


def _list_page(request: HttpRequest, shown: dict[str, object], status: int) -> HttpResponse:
    corpora = list(Corpus.objects.with_members(request.user))
    fellows = User.objects.filter(memberships__corpus__in=corpora).order_by("username").distinct()
    context = {
        "section": "history",
        "corpora": corpora,
        "kinds": [(act.value, act.label) for act in Act],
        "people": list(fellows.values_list("username", flat=True)[:PEOPLE_OFFERED]),
        **shown,
    }
    return render(request, "history/list.html", context, status=status)


def _left_out(given: "Mapping[str, str]") -> list[tuple[str, str]]:
    """Return what a list of everything leaves out, by its name, with where it is shown."""
    page = reverse("operation-list")
    return [
        (act.label.lower(), f"{page}?{urlencode({**given, 'kind': act.value})}")
        for act in (Act.TAG, Act.WORK)
    ]


def _as_given(request: HttpRequest) -> dict[str, str]:
    """Return what was asked for as it was written, to be mended."""
    return {
        name: request.GET[name].replace("\0", "")
        for name in operation_filters.FILTERS
        if name in request.GET
    }


@login_required
@require_safe
def operation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one operation and what it changed."""
    operation = get_object_or_404(_visible(request), pk=pk)
    try:
        cursor = read_text(request, "cursor")
        found = rows_of(operation, limit=CHANGES_PER_PAGE, cursor=cursor or None)
    except ParameterError as fault:
        return refused(request, fault)
    except CursorError as fault:
        return refused(request, ParameterError("cursor", str(fault)))
    context = {
        "section": "history",
        "row": standing_of(operation, request.user),
        "page": found,
        "changes": tell(found.rows),
    }
    return render(request, "history/detail.html", context)


@login_required
@require_POST
def operation_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an operation back, and go to where one was; if that is refused, say why."""
    operation = get_object_or_404(_visible(request), pk=pk)
    standing = standing_of(operation, request.user)
    if standing.why_not:
        raise PermissionDenied(standing.why_not)
    try:
        undoing = undo(operation, by=cast("User", request.user), door=Door.PAGE)
    except UndoRefusedError as fault:
        context = {
            "section": "history",
            "row": standing_of(operation, request.user),
            "reason": fault.reason,
            "later": standings(fault.later, request.user),
        }
        return render(request, "history/refused.html", context, status=HTTPStatus.CONFLICT)
    tell_undone(request, undoing)
    return HttpResponseRedirect(_onwards(request, undoing))


def _onwards(request: HttpRequest, undoing: Operation) -> str:
    onwards = request.POST.get("next", "")
    if "\0" not in onwards and url_has_allowed_host_and_scheme(onwards, allowed_hosts=None):
        return _still_there(onwards)
    return undoing.get_absolute_url()


def _still_there(address: str) -> str:
    """Return an address, or that of its list where what it shows was just taken back."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return address
    model, otherwise = _LISTS.get(found.url_name or "", (None, ""))
    if model is None or model.objects.filter(pk=found.kwargs["pk"]).exists():
        return address
    return reverse(otherwise)


# Pages of what is made in one act, and where to go when it was undone.
_LISTS: dict[str, tuple[Any, str]] = {
    "task-detail": (Task, "task-list"),
    "codebook-detail": (Codebook, "codebook-list"),
    "codebook-edit": (Codebook, "codebook-list"),
    "collection-detail": (Collection, "collection-list"),
}


@require_safe
def article_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of an article, also of one that was joined to another."""
    rows: QuerySet[Article] = lives.known_articles(request.user)
    article = get_object_or_404(rows.select_related("corpus", "source", "joined_into"), pk=pk)
    return _life_page(
        request,
        lambda cursor: lives.life_of_article(article, request.user, cursor=cursor),
        {
            "section": "articles",
            "own_kind": "article",
            "own_id": pk,
            "article": article,
            # What was received is for those who may read the text.
            "reads": Corpus.objects.readable_by(request.user).filter(pk=article.corpus_id).exists(),
            "name": article.headline or "Untitled",
            "back": article.get_absolute_url() if article.standing else reverse("article-list"),
            "back_name": "The article" if article.standing else "Articles",
        },
    )


@require_safe
def source_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of an outlet and its names."""
    source = get_object_or_404(Source.objects.visible_to(request.user), pk=pk)
    return _life_page(
        request,
        lambda cursor: lives.life_of_source(source, request.user, cursor=cursor),
        {
            "section": "sources",
            "own_kind": "source",
            "own_id": pk,
            "name": source.name,
            "back": source.get_absolute_url(),
            "back_name": "The source",
        },
    )


@require_safe
def person_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of an author and their names."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    return _life_page(
        request,
        lambda cursor: lives.life_of_person(person, request.user, cursor=cursor),
        {
            "section": "people",
            "own_kind": "author",
            "own_id": pk,
            "name": person.name,
            "back": person.get_absolute_url(),
            "back_name": "The author",
        },
    )


def _life_page(
    request: HttpRequest,
    read: "Callable[[str | None], Slice[lives.Entry]]",
    context: dict[str, object],
) -> HttpResponse:
    try:
        found = read(read_text(request, "cursor") or None)
    except ParameterError as fault:
        return refused(request, fault)
    except CursorError as fault:
        return refused(request, ParameterError("cursor", str(fault)))
    return render(request, "history/life.html", {**context, "page": found})
