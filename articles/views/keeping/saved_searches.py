"""Saved searches: one's own, what is new in each, and their feeds."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.keeping import searches
from articles.keeping.searches import SearchNameTakenError, SearchRefusedError
from articles.models import Article, SavedSearch
from articles.models.lookups import any_id
from articles.search.asking import Question, has_words
from articles.search.engine.answers import Sort
from articles.search.language.errors import QueryError
from articles.search.snippets import snippets
from articles.views.keeping.keeping import answering, known_only, person, read_query
from articles.views.keeping.keeping_forms import ORDERS, SearchForm
from articles.views.parameters import ParameterError, read_text
from articles.views.search.lists import Row, rows

ARTICLES = 50
REMOVED_SHOWN = 20


def mine(request: HttpRequest) -> Any:
    """Return one's own searches."""
    return SavedSearch.objects.of(request.user)


@login_required
@require_safe
@answering
def saved_search_list(request: HttpRequest) -> HttpResponse:
    """Show one's searches, with how much is new in each."""
    known_only(request)
    removed = SavedSearch.objects.filter(by=person(request), removed_at__isnull=False)
    context = {
        "section": "searches",
        "rows": searches.news(mine(request), person(request)),
        "removed": removed.order_by("-removed_at")[:REMOVED_SHOWN],
    }
    return render(request, "saved_search/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def saved_search_new(request: HttpRequest) -> HttpResponse:
    """Save a question under a name."""
    known_only(request, "q", "sort")
    given = {"query": read_query(request), "sort": read_text(request, "sort")}
    form = SearchForm(request.POST or None, initial={**given, "name": given["query"][:60]})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = searches.save(by=person(request), **values)
        except QueryError as fault:
            form.add_error("query", _pointed(fault))
        except SearchRefusedError as fault:
            form.add_error("name", str(fault))
        else:
            messages.success(request, f"“{made.name}” is saved. What comes in from now on is new.")
            return HttpResponseRedirect(reverse("saved-search-list"))
    return _form_page(request, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def saved_search_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a search's name, query or order."""
    known_only(request)
    search = get_object_or_404(mine(request), pk=pk)
    initial = {"name": search.name, "query": search.query, "sort": search.sort}
    form = SearchForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            changed = searches.edit(search, **form.cleaned_data)
        except QueryError as fault:
            form.add_error("query", _pointed(fault))
        except SearchRefusedError as fault:
            form.add_error("name", str(fault))
        else:
            words = f"“{search.name}” is changed." if changed else "It says so already."
            messages.success(request, words)
            return HttpResponseRedirect(reverse("saved-search-list"))
    return _form_page(request, form, search)


def _pointed(fault: QueryError) -> str:
    meant = f" Did you mean {fault.meant}" if fault.meant else ""
    return f"{fault.message} (at character {fault.position + 1}){meant}"


def _form_page(
    request: HttpRequest, form: SearchForm, search: SavedSearch | None = None
) -> HttpResponse:
    context = {
        "section": "searches",
        "form": form,
        "search": search,
        "orders": list(ORDERS.items()),
        "chosen": form["sort"].value() or "",
    }
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    return render(request, "saved_search/form.html", context, status=status)


@login_required
@require_safe
@never_cache
@answering
def saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is new in a search: since one looked, or since the moment in the address."""
    known_only(request, "since", "cursor")
    search = get_object_or_404(mine(request), pk=pk)
    since = _moment("since", read_text(request, "since")) or search.looked_at
    # Before the index is asked: what comes in from now on may not be on the page.
    until = searches.complete_until()
    question = searches.question(search, person(request))
    new = question.since(since)
    found = new.page(sort=Sort.ADDED, limit=ARTICLES, cursor=read_text(request, "cursor"))
    context = {
        "section": "searches",
        "search": search,
        "since": since,
        "until": until,
        "has_looked": since < search.looked_at,
        "rows": found_rows(question, found.ids),
        "new": new.total(),
        "total": question.total(),
        "whole": whole(search),
        "previous": _page(request, found.previous),
        "next": _page(request, found.next),
    }
    return render(request, "saved_search/detail.html", context)


def found_rows(question: Question, ids: Any) -> list[Row]:
    """Return articles of an answer as rows, with what was found in them."""
    visible = Article.objects.visible_to(question.user).filter(any_id("id", ids))
    known = visible.select_related("source", "version").defer("version__read").in_bulk()
    articles = [known[pk] for pk in ids if pk in known]
    found = snippets(question.tree, articles, lines=1) if has_words(question.tree) else None
    return rows(articles, found=found)


def whole(search: SavedSearch) -> str:
    """Return the address of all of a search's answer."""
    params = {"q": search.query, "sort": search.sort}
    query = urlencode({name: value for name, value in params.items() if value})
    return f"{reverse('article-list')}?{query}" if query else reverse("article-list")


def _moment(name: str, text: str) -> datetime | None:
    if not text:
        return None
    try:
        # A plus that was not escaped is a space.
        moment = datetime.fromisoformat(text.replace(" ", "+"))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=timezone.get_current_timezone())
        moment.astimezone(timezone.get_current_timezone())
    except (ValueError, OverflowError) as fault:
        raise ParameterError(name, "This must be a moment, e.g. 2019-03-02T14:00Z.") from fault
    return moment


def _page(request: HttpRequest, cursor: str | None) -> str:
    """Return the address of a page beside this one; empty if there is none."""
    if not cursor:
        return ""
    params = {"cursor": cursor}
    if since := request.GET.get("since"):
        params["since"] = since
    return f"?{urlencode(params)}"


@login_required
@require_POST
@answering
def saved_search_look(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what is new as seen, up to the moment that a page tells, and show it."""
    search = get_object_or_404(mine(request), pk=pk)
    since = searches.look(search, until=_moment("until", request.POST.get("until", "")[:40]))
    query = urlencode({"since": since.isoformat()})
    return HttpResponseRedirect(f"{search.get_absolute_url()}?{query}")


@login_required
@require_POST
def saved_search_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a search; the list offers it to be restored."""
    search = get_object_or_404(mine(request), pk=pk)
    searches.remove(search)
    messages.info(request, f"“{search.name}” is removed. Below it can be restored.")
    return HttpResponseRedirect(reverse("saved-search-list"))


@login_required
@require_POST
@answering
def saved_search_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back a search that was removed."""
    removed = SavedSearch.objects.filter(by=person(request), removed_at__isnull=False)
    search = get_object_or_404(removed, pk=pk)
    try:
        searches.restore(search)
    except SearchNameTakenError as fault:
        raise ParameterError("name", str(fault)) from fault
    messages.success(request, f"“{search.name}” is back.")
    return HttpResponseRedirect(reverse("saved-search-list"))


@login_required
@require_POST
@never_cache
@sensitive_variables("secret", "address", "context")
def saved_search_feed_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a search a feed under a new address, and show it, this once."""
    search = get_object_or_404(mine(request), pk=pk)
    secret = searches.new_feed(search)
    address = request.build_absolute_uri(reverse("feed", args=[secret]))
    context = {"section": "searches", "search": search, "address": address}
    return render(request, "saved_search/feed.html", context, status=HTTPStatus.CREATED)


@login_required
@require_POST
def saved_search_feed_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the feed of a search: its address leads nowhere any more."""
    search = get_object_or_404(mine(request), pk=pk)
    searches.end_feed(search)
    messages.success(request, f"The feed of “{search.name}” has ended.")
    return HttpResponseRedirect(search.get_absolute_url())
