"""The work list: what needs a look, counted by flag, and then one article after another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.curation import fields, worklist
from articles.curation.standing_values import values_of
from articles.curation.values import words
from articles.history.permission import standing_of
from articles.models import Article, Corpus, CorrectedField, Operation
from articles.models.articles import ArticleQuerySet
from articles.models.keyset import CursorError
from articles.parsed import Flag
from articles.search.language.query import parse
from articles.search.language.refining import asks_for_all, cleared, including
from articles.search.language.refining import values_of as values_in
from articles.search.language.tree import Everything, Is, Node, conjunction
from articles.views.editing.editing import refuse_nul
from articles.views.editing.editing_form import written
from articles.views.editing.field_inputs import FieldInputs, inputs_of
from articles.views.editing.worklist_saving import Attempt, no_fault, save
from articles.views.parameters import (
    MAX_CHARACTERS,
    ParameterError,
    read_number,
    read_text,
    refused,
)
from articles.views.reading.facts import facts
from articles.views.reading.typesetting import typeset
from articles.views.search.answer import pills
from articles.views.search.choosing import asks, chosen
from articles.views.search.lists import FLAG_WORDS
from articles.views.search.searching import Place as Question
from articles.views.search.searching import read

# Parameters of the list beside the query: where it goes on (behind a place, or at an article),
# how many were passed, and what was done last, to which article.
ALSO = ("after", "article", "done", "last", "was")
# What was read and is of no help in judging a flag.
_FACTS_LEFT_OUT = frozenset({"word_count", "corpus", "rights"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where someone stands in a work list, as its address says."""

    asked: Question
    tree: Node
    after: str | None = None
    article: int | None = None
    done: int = 0
    last: int | None = None
    was: int | None = None

    def address(self, **more: str | int | None) -> str:
        """Return the list's address with its query and some parameters."""
        given = {name: str(value) for name, value in more.items() if value is not None}
        return f"{reverse('worklist-article')}?{urlencode({**self.asked.params, **given})}"

    @property
    def flags(self) -> list[Flag]:
        """The flags that the query names; none where it is about all of them."""
        if asks_for_all(self.tree, "flag"):
            return []
        named = {value.casefold() for value in values_in(self.tree, "flag")[0]}
        return [flag for flag in Flag if flag.value in named]


@login_required
@require_safe
@asks
def worklist_overview(request: HttpRequest) -> HttpResponse:
    """Show how many articles have which flag, and the way into each list."""
    corpora = _corpora(request)
    asked = read(request.GET, names=("q",))
    place = Place(asked, parse(asked.q))
    counts = worklist.counts(_flagged(request, place))
    lists = [(flag, FLAG_WORDS[flag], count, _to(place, flag)) for flag, count in counts.items()]
    context = {
        "section": "worklist",
        "corpora": corpora,
        "lists": lists,
        "several": len(lists) > 1,
        "all": place.address(),
        "pills": pills(place.tree, asked, request.user, to="worklist"),
        "place": asked,
    }
    return render(request, "worklist/overview.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@asks
def worklist_article(request: HttpRequest) -> HttpResponse:
    """Show the next flagged article, and take what is said of it."""
    _corpora(request)
    try:
        place = _place(request)
        if request.method == "POST":
            refuse_nul(request)
            return _take(request, place)
        article = _shown(request, place)
    except CursorError as fault:
        return refused(request, ParameterError("after", str(fault)))
    except ParameterError as fault:
        return refused(request, fault)
    if article is None:
        return _end(request, place)
    return _page(request, place, article)


def _corpora(request: HttpRequest) -> list[Corpus]:
    """Return the corpora that the person may edit; raise PermissionDenied if there are none."""
    corpora = list(Corpus.objects.editable_by(request.user))
    if not corpora:
        raise PermissionDenied(
            "The work list is for editors. An admin of a corpus can give you the role."
        )
    return corpora


def _place(request: HttpRequest) -> Place:
    asked = read(request.GET, names=("q",), also=ALSO)
    return Place(
        asked,
        parse(asked.q),
        after=read_text(request, "after") or None,
        article=read_number(request, "article"),
        done=read_number(request, "done") or 0,
        last=read_number(request, "last"),
        was=read_number(request, "was"),
    )


def _flagged(request: HttpRequest, place: Place) -> ArticleQuerySet:
    """Return the articles of the list: flagged, in corpora that the person may edit.

    What has which flag is read from the database: the index may not have caught up with what was
    put right just now.
    """
    found: ArticleQuerySet = Article.objects.editable_by(request.user).flagged()
    tree = place.tree
    if place.flags:
        found = found.filter(flags__overlap=[flag.value for flag in place.flags])
        tree = cleared(tree, "flag")
    if not isinstance(tree, Everything):
        tree = conjunction([tree, Is("flagged")])
    return chosen(found, tree, request.user)


def _concerned(place: Place, article: Article) -> list[Flag]:
    """Return those flags of an article that the list is about."""
    mine = [Flag(flag) for flag in article.flags if flag in set(Flag)]
    return [flag for flag in mine if not place.flags or flag in place.flags]


def _to(place: Place, flag: Flag) -> str:
    tree = including(cleared(place.tree, "flag"), "flag", flag.value)
    asked = place.asked.asking(tree)
    return Place(asked, tree).address()


def _shown(request: HttpRequest, place: Place) -> Article | None:
    """Return the article to show: the one that is named while it is flagged, else the next."""
    found = _flagged(request, place)
    if place.article is None:
        return worklist.next_after(found, place.after)
    editable = Article.objects.editable_by(request.user)
    named_one: Article = get_object_or_404(editable, pk=place.article)
    if _concerned(place, named_one):
        return named_one
    return worklist.next_after(found, worklist.place_of(named_one))


def _page(
    request: HttpRequest, place: Place, article: Article, attempt: Attempt | None = None
) -> HttpResponse:
    """Show one article: its text, its flags, and what to fill in."""
    # The state first: what changes between the two is noticed when it is saved.
    state = fields.state_of(article)
    whole = Article.objects.select_related("corpus", "source", "version__capture").with_credits()
    article = whole.get(pk=article.pk)
    if article.version is None:
        raise Http404
    found = _flagged(request, place)
    here = request.POST.get("here") or worklist.place_of(article)
    left = worklist.left_from(found, article)
    concerned = _concerned(place, article)
    others = [Flag(flag) for flag in article.flags if flag not in concerned]
    values = values_of(article)
    attempt = attempt or Attempt(written(values, {}))
    context = {
        "section": "worklist",
        "article": article,
        "version": article.version,
        "text": typeset(article.version),
        "facts": [f for f in facts(article, article.version) if f.name not in _FACTS_LEFT_OUT],
        "concerned": concerned,
        "others": others,
        "dropped": (article.version.read.get("dropped") or [])[:50],
        "inputs": [_inputs(name, attempt, values) for name in _wanted([*concerned, *others])],
        "state": state,
        "place": place,
        "here": here,
        "skip": place.address(after=here, done=place.done + 1),
        "number": place.done + 1,
        "total": place.done + left.count,
        "more": left.more,
        "attempt": attempt,
        "pills": pills(place.tree, place.asked, request.user, to="worklist"),
        "overview": place.asked.address("worklist"),
        **_last(request, place),
    }
    return render(request, "worklist/article.html", context, status=attempt.status)


def _inputs(
    name: CorrectedField, attempt: Attempt, values: Mapping[CorrectedField, Any]
) -> FieldInputs:
    now = words(name, values[name]) if attempt.is_stale else ""
    return inputs_of(name, attempt.typed, attempt.errors, now=now)


def _wanted(concerned: list[Flag]) -> list[CorrectedField]:
    """Return the fields that matter for flags, each once."""
    return list(dict.fromkeys(name for flag in concerned for name in worklist.FIELDS.get(flag, ())))


def _last(request: HttpRequest, place: Place) -> dict[str, Any]:
    """Return what was done last, if it can be undone, and where its undo leads."""
    if place.last is None:
        return {}
    visible = Operation.objects.visible_to(request.user).filter(by_id=request.user.pk)
    operation = visible.select_related("corpus").filter(pk=place.last).first()
    if operation is None or not standing_of(operation, request.user).can_undo:
        return {}
    back = place.address(article=place.was, done=max(place.done - 1, 0))
    return {"last": operation, "back": back}


def _end(request: HttpRequest, place: Place) -> HttpResponse:
    context = {
        "section": "worklist",
        "place": place,
        "left": worklist.left_from(_flagged(request, place), None),
        "again": place.address(),
        "pills": pills(place.tree, place.asked, request.user, to="worklist"),
        "overview": place.asked.address("worklist"),
        **_last(request, place),
    }
    return render(request, "worklist/end.html", context)


def _take(request: HttpRequest, place: Place) -> HttpResponse:
    """Save what was filled in, or that there is no fault, and go on to the next article."""
    number = request.POST.get("article", "")
    here = request.POST.get("here", "")[:MAX_CHARACTERS]
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise ParameterError("article", "This must be an article’s number.")
    found = Article.objects.editable_by(request.user)
    article: Article | None = found.filter(pk=int(number)).first()
    if article is None:
        messages.info(request, "That article is no longer there to be put right.")
        return HttpResponseRedirect(place.address(after=here, done=place.done))
    if "no_fault" in request.POST:
        operation = no_fault(request, article)
    else:
        outcome = save(request, article)
        if isinstance(outcome, Attempt):
            return _page(request, place, article, outcome)
        operation = outcome
    last = operation.pk if operation else None
    onwards = place.address(after=here, done=place.done + 1, last=last, was=article.pk)
    return HttpResponseRedirect(onwards)
