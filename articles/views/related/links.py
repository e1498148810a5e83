"""Links that wait to be looked at, one after another; and lists of links."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.models import (
    Act,
    Article,
    Corpus,
    Door,
    Link,
    LinkKind,
    LinkStatus,
    Operation,
    Verdict,
)
from articles.related.links import judging, queue
from articles.related.links.judging import JudgingError
from articles.related.links.kin import is_related
from articles.related.links.link_filter import judges
from articles.views.acts import actor
from articles.views.editing.editing import refuse_nul, whole_number
from articles.views.keeping.keeping import answering
from articles.views.parameters import ParameterError
from articles.views.related import link_walk
from articles.views.related.link_asking import ORDERS, STATUSES, Asked, asked_of
from articles.views.related.link_listing import listed, take_many
from articles.views.related.link_shown import shown

_PEOPLE = 200
VERDICTS = {"confirm": Verdict.CONFIRMED, "reject": Verdict.REJECTED}
KIND_PREFIX = "kind:"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def link_list(request: HttpRequest) -> HttpResponse:
    """Show the next link that is asked for, and take what is said of it; or list them all."""
    asked = asked_of(request)
    if request.method == "POST":
        return _take(request, asked)
    may_judge = Corpus.objects.annotatable_by(request.user).exists()
    context = _context(request, asked) | {"may_judge": may_judge}
    if asked.view == "list" or not may_judge:
        return render(request, "links/list.html", context | listed(request, asked))
    rows = asked.rows(request)
    context |= link_walk.last_done(request, asked)
    link = link_walk.chosen(request, asked)
    if link is None:
        back = link_walk.back_from_end(request, asked)
        ended = {"left": queue.left(rows), "again": asked.address(), "back": back}
        return render(request, "links/ended.html", context | ended)
    context |= {"shown": shown(request, link)} | link_walk.placed(request, asked, link)
    return render(request, "links/queue.html", context)


def _context(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    people = list(judges(request.user).values_list("username", flat=True)[:_PEOPLE])
    if asked.person and asked.person not in people:
        people.append(asked.person)
    about = None
    if asked.article is not None:
        visible = Article.objects.visible_to(request.user).select_related("source")
        about = get_object_or_404(visible, pk=asked.article)
    return {
        "section": "links",
        "asked": asked,
        "kinds": LinkKind,
        "statuses": STATUSES.items(),
        "orders": ORDERS.items(),
        "people": people,
        "about": about,
        "is_related": is_related(about) if about is not None else True,
    }


def _bulk_corpus(request: HttpRequest, asked: Asked) -> Corpus | None:
    """Return the corpus of which one may accept many at once, if there is but one that is meant."""
    mine = Corpus.objects.annotatable_by(request.user)
    if asked.corpus is not None:
        mine = mine.filter(pk=asked.corpus.pk)
    found = list(mine[:2])
    return found[0] if len(found) == 1 else None


def _take(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Take what is said of a link, and go on to the next one; or take back what was said."""
    refuse_nul(request)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    does = request.POST.get("do", "")
    if does.startswith(link_walk.UNDO_PREFIX):
        return link_walk.take_back(request, asked, does.removeprefix(link_walk.UNDO_PREFIX))
    if asked.view == "list" and does in VERDICTS:
        return take_many(request, VERDICTS[does])
    number = whole_number(request.POST.get("link", ""))
    if number is None:
        raise ParameterError("link", "This must be a link’s number.")
    known = Link.objects.visible_to(request.user).select_related("corpus", "first", "second")
    link: Link = get_object_or_404(known, pk=number)
    by = actor(request, link.corpus, Act.LINK)
    place, steps = queue.place_of(link), link_walk.steps_of(request)
    # One that was gone back to is counted already.
    is_again = steps.behind > 0 and not asked.rows(request).filter(pk=link.pk).exists()
    try:
        operation = decided(link, does, by)
    except JudgingError as fault:
        messages.error(request, fault.message)
        return HttpResponseRedirect(asked.address(link=link.pk, **steps.params()))
    if operation is None:
        messages.info(request, "You said so already.")
    went = steps.params(behind=-1) if is_again else steps.params(done=1)
    last = operation.pk if operation else None
    return HttpResponseRedirect(asked.address(after=place, last=last, **went))


def decided(link: Link, does: str, by: User) -> Operation | None:
    """Say of a link what a button says: confirm, reject, withdraw or kind:<kind>.

    Raises JudgingError, ParameterError.
    """
    if does in VERDICTS:
        return judging.judge(link, VERDICTS[does], by=by, door=Door.PAGE)
    if does == "withdraw":
        return judging.withdraw(link, by=by, door=Door.PAGE)
    if does.startswith(KIND_PREFIX):
        kind = does.removeprefix(KIND_PREFIX)
        return judging.change_kind(link, kind, by=by, door=Door.PAGE).operation
    raise ParameterError("do", "This must be confirm, reject, withdraw or kind:<kind>.")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def link_accept(request: HttpRequest) -> HttpResponse:
    """Show what accepting all open suggestions above a score would accept, and accept them."""
    asked = asked_of(request)
    if asked.corpus is not None:
        actor(request, asked.corpus, Act.LINK)
    corpus = _bulk_corpus(request, asked)
    if corpus is None:
        corpora = Corpus.objects.annotatable_by(request.user).order_by("name")
        context = {"section": "links", "asked": asked, "corpora": corpora}
        return render(request, "links/accept.html", context)
    asked = asked.but(corpus=corpus, status=LinkStatus.SUGGESTED.value, person="")
    by = actor(request, corpus, Act.LINK)
    score = 90 if asked.score is None else asked.score
    rows = queue.above(asked.but(score=None).rows(request), score / 100)
    count = queue.left(rows)
    problem = ""
    if request.method == "POST":
        refuse_nul(request)
        if request.POST.get("count") == str(count.count) and not count.more:
            return _accept_all(asked, list(rows), by)
        problem = "There are others by now than when you looked. Nothing was accepted."
    context = {
        "section": "links",
        "asked": asked,
        "corpus": corpus,
        "score": score,
        "count": count,
        "by_kind": [(kind, number) for kind, number in queue.by_kind(rows).items()],
        "least": list(rows.select_related("first__source", "second__source")[:5]),
        "kinds": LinkKind,
        "problem": problem,
    }
    return render(request, "links/accept.html", context, status=409 if problem else 200)


def _accept_all(asked: Asked, links: list[Link], by: User) -> HttpResponseRedirect:
    operation, _ = judging.judge_many(
        links, Verdict.CONFIRMED, by=by, door=Door.PAGE, only_open=True
    )
    address = asked.but(score=None, status="").address(last=operation.pk if operation else None)
    return HttpResponseRedirect(address)
