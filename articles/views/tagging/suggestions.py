"""Suggestions that wait, by name: accepted or rejected together, each with a way back."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles import tasks
from articles.annotate.codebooks.codebooks import main_content
from articles.annotate.recognisers import RecogniserUnavailableError, registry
from articles.annotate.spreading import suggesting, suggestions
from articles.annotate.spreading.spreading import SpreadRefusedError
from articles.annotate.tags.layers import NotAllowedError
from articles.annotate.tags.wanted import TaggingError
from articles.models import Act, Article, Corpus, Door, MentionStatus, Spread
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from articles.views.acts import actor, tell
from articles.views.parameters import ParameterError, read_number, read_text, refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_PARAMETERS = frozenset({"corpus", "kind", "maker", "words", "page", "group", "q"})
_MOST_IDS = 1_000
# A kind, an id and a name.
_KEY_CHARACTERS = 400
# More than Postgres' bigint holds for certain.
_DIGITS = 19
# Nobody pages so far.
_LAST_PAGE = 10_000
_JOBS_SHOWN = 5
_STATUS = {"accept": MentionStatus.ACCEPTED, "reject": MentionStatus.REJECTED}


@login_required
@never_cache
@require_safe
def suggestion_list(request: HttpRequest) -> HttpResponse:
    """Show what waits in a corpus, by name; or the places of one name."""
    try:
        _see_to_names(request.GET)
        user = cast("User", request.user)
        corpora = list(Corpus.objects.annotatable_by(user).order_by("name"))
        corpus = _corpus(corpora, read_text(request, "corpus"))
        context: dict[str, Any] = {"section": "entities", "corpora": corpora, "corpus": corpus}
        if corpus is None:
            return render(request, "suggestion/list.html", context)
        group = read_text(request, "group")
        if group:
            return _group(request, corpus, group)
        return render(request, "suggestion/list.html", context | _listed(request, corpus))
    except ParameterError as fault:
        return refused(request, fault)


def _listed(request: HttpRequest, corpus: Corpus) -> dict[str, Any]:
    user = cast("User", request.user)
    page = read_number(request, "page") or 1
    if page > 10_000:
        raise ParameterError("page", "There is no such page.")
    asked = {name: read_text(request, name) for name in ("kind", "maker", "words")}
    found = suggestions.groups(corpus, user, skip=(page - 1) * suggestions.PAGE, **asked)
    kinds = {kind.slug: kind for kind in main_content(corpus).kinds}
    return {
        "groups": [(group, kinds.get(group.kind)) for group in found.groups],
        "has_more": found.has_more,
        "page": page,
        "kinds": kinds.values(),
        "asked": asked,
        "is_narrowed": any(asked.values()),
        "q": read_text(request, "q"),
        "recognisers": [
            (name, registry.LABELS[name], name in registry.chosen())
            for name in registry.RECOGNISERS
        ],
        "jobs": Spread.objects.filter(by=user, corpus=corpus)[:_JOBS_SHOWN],
    }


def _group(request: HttpRequest, corpus: Corpus, key: str) -> HttpResponse:
    user = cast("User", request.user)
    found = suggestions.of_group(corpus, user, key)
    kind, _, rest = key.partition("/")
    entity, _, name = rest.partition("/")
    first = found.select_related("entity__merged_into").first()
    if first is not None and first.entity is not None:
        name = (first.entity.merged_into or first.entity).name
    context = {
        "section": "entities",
        "corpus": corpus,
        "group": key,
        "kind": next((each for each in main_content(corpus).kinds if each.slug == kind), None),
        "name": name,
        "entity": int(entity) if entity.isascii() and entity.isdigit() else None,
        "total": found.count(),
        "lines": suggestions.lines(found),
    }
    return render(request, "suggestion/group.html", context)


@login_required
@require_POST
def suggestion_decide(request: HttpRequest) -> HttpResponse:
    """Accept or reject names, or single places."""
    try:
        corpus = _named(request)
        by = actor(request, corpus, Act.TAG)
        does, keys, ids = _decided(request.POST)
        operation = suggestions.decide_groups(
            corpus, keys=keys, ids=ids, status=_STATUS[does], by=by, door=Door.PAGE
        )
    except ParameterError as fault:
        return refused(request, fault)
    except NotAllowedError as fault:
        raise PermissionDenied(str(fault)) from fault
    except TaggingError as fault:
        messages.warning(request, fault.message)
    else:
        if operation is None:
            messages.info(request, "Nothing was ticked that still waits.")
        else:
            tell(request, operation)
    return HttpResponseRedirect(_back(request, corpus))


@login_required
@require_POST
def suggestion_spread(request: HttpRequest) -> HttpResponse:
    """Have recognisers look through a corpus, or the answer of a query, in the worker."""
    try:
        corpus = _named(request)
        by = actor(request, corpus, Act.TAG)
        query = _one(request.POST, "q", 6_000)
        names = [each for each in request.POST.getlist("recogniser") if each]
        with transaction.atomic():
            spread = suggesting.spread_suggestions(
                corpus, by=by, door=Door.PAGE, query=query, recognisers=names
            )
            tasks.enqueue_spread(spread)
    except ParameterError as fault:
        return refused(request, fault)
    except QueryError as fault:
        return refused(request, ParameterError("q", fault.message))
    except NotAllowedError as fault:
        raise PermissionDenied(str(fault)) from fault
    except (SpreadRefusedError, RecogniserUnavailableError, IndexMissingError) as fault:
        messages.warning(request, str(fault))
        return HttpResponseRedirect(_back(request, corpus))
    return HttpResponseRedirect(reverse("spread-detail", args=[spread.pk]))


@login_required
@require_POST
def article_suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """Have recognisers look through one article, now."""
    known = Article.objects.visible_to(request.user).select_related("corpus", "version")
    article = known.filter(pk=pk, version__isnull=False).first()
    if article is None:
        raise Http404("There is no such article, or it is not yours to see.")
    by = actor(request, article.corpus, Act.TAG)
    try:
        operation = suggesting.suggest(article, by=by, door=Door.PAGE)
    except NotAllowedError as fault:
        raise PermissionDenied(str(fault)) from fault
    except RecogniserUnavailableError as fault:
        messages.warning(request, str(fault))
    else:
        if operation is None:
            messages.info(request, "No names were found here that are not tagged or looked at.")
        else:
            tell(request, operation)
    return HttpResponseRedirect(article.get_absolute_url())


def _see_to_names(params: QueryDict) -> None:
    for name in params:
        if name not in _PARAMETERS:
            raise ParameterError(name, f"There are only {', '.join(sorted(_PARAMETERS))}.")


def _decided(params: QueryDict) -> tuple[str, list[str], list[int]]:
    """Return what is to be done with which groups and suggestions; raise ParameterError.

    A row's own button names its group: ``accept:person/12/``.
    """
    does, _, own = params.get("do", "").partition(":")
    if does not in _STATUS:
        raise ParameterError("do", f"This must be one of {', '.join(_STATUS)}.")
    if own:
        return does, [_checked("do", own)], []
    keys = [_checked("group", each) for each in params.getlist("group")]
    given = params.getlist("mention")
    if len(given) + len(keys) > _MOST_IDS:
        raise ParameterError("mention", f"At most {_MOST_IDS} at once.")
    if not all(each.isascii() and each.isdigit() and len(each) < _DIGITS for each in given):
        raise ParameterError("mention", "These must be whole numbers.")
    return does, keys, [int(each) for each in given]


def _one(params: QueryDict, name: str, most: int) -> str:
    value = params.get(name, "").strip()
    if "\0" in value or len(value) > most:
        raise ParameterError(name, f"This must be text of at most {most} characters, without NUL.")
    return value


def _checked(name: str, value: str) -> str:
    if "\0" in value or len(value) > 400:
        raise ParameterError(
            name, f"This must be text of at most {_KEY_CHARACTERS} characters, without NUL."
        )
    return value


def _named(request: HttpRequest) -> Corpus:
    slug = _one(request.POST, "corpus", 100)
    corpus = Corpus.objects.visible_to(request.user).filter(slug=slug).first()
    if corpus is None:
        raise Http404("There is no such corpus, or it is not yours to see.")
    return corpus


def _corpus(corpora: list[Corpus], slug: str) -> Corpus | None:
    if slug:
        found = next((each for each in corpora if each.slug == slug), None)
        if found is None:
            raise Http404("There is no such corpus, or you may not tag in it.")
        return found
    return corpora[0] if corpora else None


def _back(request: HttpRequest, corpus: Corpus) -> str:
    """Return the page that the form came from: of the list, as it was narrowed."""
    about = {"corpus": corpus.slug}
    for name in ("kind", "maker", "words", "group", "page"):
        value = request.POST.get(f"back_{name}", "")
        if value and len(value) < 400 and "\0" not in value:
            about[name] = value
    return f"{reverse('suggestion-list')}?{urlencode(about)}"
