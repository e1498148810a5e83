"""Links as a list: in an order, with why, and what is said of many that are ticked."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from articles.models import Act, Corpus, Door, Judgement, Link, Verdict, Version
from articles.models.links import LinkQuerySet
from articles.models.lookups import any_id
from articles.related.links import judging, queue
from articles.related.links.first_side import in_order
from articles.related.links.judging import JudgingError
from articles.related.links.kin import days_between, side_of
from articles.related.links.link_order import LinkOrder, dated
from articles.related.links.why import Why, why
from articles.views.acts import actor, tell
from articles.views.editing.editing import whole_number
from articles.views.parameters import ParameterError, read_number
from articles.views.related.link_asking import Asked

PER_PAGE = 50
_LAST_PAGE = 1_000


def listed(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Return a page of the list. Raises ParameterError."""
    page = read_number(request, "page") or 1
    if page > _LAST_PAGE:
        raise ParameterError("page", "Narrow the list: nobody reads so far.")
    rows = asked.rows(request)
    left = queue.left(rows)
    if not left.more:
        # Those that were judged on the last page may be in the list no more.
        page = min(page, max(-(-left.count // PER_PAGE), 1))
    members = list(Corpus.objects.with_members(request.user).values_list("pk", flat=True))
    said = Judgement.objects.filter(any_id("corpus_id", members)).select_related("by")
    found = list(
        _ordered(rows, asked.order)
        .select_related("first__source", "second__source", "corpus")
        .prefetch_related(Prefetch("judgements", said))[(page - 1) * PER_PAGE :][: PER_PAGE + 1]
    )
    shown = found[:PER_PAGE]
    told = _whys(request, shown)
    return {
        "rows": [(link, in_order(link), told[link.pk]) for link in shown],
        "left": left,
        "earlier": asked.address(page=page - 1) if page > 1 else "",
        "later": asked.address(page=page + 1) if len(found) > PER_PAGE else "",
    }


def _ordered(rows: LinkQuerySet, order: str) -> LinkQuerySet:
    if order == LinkOrder.NEWEST:
        return rows.order_by("-pk")
    if order == LinkOrder.DAYS:
        days: Any = dated(rows)
        found: LinkQuerySet = days.order_by("apart", "pk")
        return found
    return rows.order_by(*queue.ORDER)


def _whys(request: HttpRequest, links: list[Link]) -> Mapping[int, Why]:
    """Return why each of some links is held, as far as one may read its texts, by number."""
    reads = Link.objects.readable_by(request.user).filter(any_id("id", [each.pk for each in links]))
    readable = set(reads.order_by().values_list("pk", flat=True))
    versions = {
        pk
        for link in links
        if link.pk in readable
        for pk in (link.first_version_id, link.second_version_id)
        if pk is not None
    }
    known = Version.objects.filter(any_id("id", versions)).order_by()
    blocks = dict(known.values_list("pk", "blocks"))
    return {
        link.pk: why(
            link if link.pk in readable else None,
            days=days_between(link.first, link.second),
            first=side_of(link, blocks, is_first=True),
            second=side_of(link, blocks, is_first=False),
        )
        for link in links
    }


def take_many(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """Say the same of all links that are ticked, as one operation, and stay.

    Raises Http404, ParameterError, PermissionDenied.
    """
    here = HttpResponseRedirect(request.get_full_path())
    said = {whole_number(text) for text in request.POST.getlist("link")}
    numbers = {number for number in said if number is not None}
    if len(numbers) < len(said) or len(said) > PER_PAGE:
        raise ParameterError("link", f"These must be at most {PER_PAGE} links’ numbers.")
    if not numbers:
        messages.info(request, "No link is ticked. Tick those that you mean.")
        return here
    known = Link.objects.visible_to(request.user).select_related("corpus")
    links = list(known.filter(any_id("id", numbers)).order_by("pk"))
    if len(links) < len(numbers):
        raise Http404("One of these links is no longer there, or not yours to see.")
    by = [actor(request, link.corpus, Act.LINK) for link in links]
    try:
        operation, became = judging.judge_many(links, verdict, by=by[0], door=Door.PAGE)
    except JudgingError as fault:
        messages.error(request, fault.message)
        return here
    tell(request, operation)
    refused = sum(each.what == "refused" for each in became)
    if refused:
        messages.warning(request, f"{refused} left out: one of its two articles stands no more.")
    return here
