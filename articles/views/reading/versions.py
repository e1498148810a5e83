"""What changed from version to version, an article's whole sequence of changes, the most edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.changes import Summary
from articles.curation.version_steps import Step, step_to, steps
from articles.models import Article, Corpus, Origin, Version
from articles.models.articles import TEXT_FIELDS
from articles.models.keyset import CursorError, page
from articles.search.language.query import parse
from articles.search.language.tree import Everything, Numbers, conjunction
from articles.views.parameters import ParameterError, read_number, refused
from articles.views.reading.as_read import differences
from articles.views.reading.version_comparing import compared, side_by_side, stretches_of, summed_up
from articles.views.reading.withheld import check_readable, may_read
from articles.views.search.answer import pills
from articles.views.search.choosing import asks, chosen
from articles.views.search.searching import LABELS, read

ORDER = ("-edits", "-pk")
# Steps of a sequence on a page: the words of each are compared.
SHOWN = 25
TITLES = {
    Origin.PUBLISHED: "What the outlet changed",
    Origin.REREAD: "What a better reading changed",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A step of an article's sequence, with how much changed; None where that is not to be told."""

    step: Step
    title: str
    summary: Summary | None


@dataclass(frozen=True, slots=True)
class Edited:
    """An article of the most edited, and when its outlet last changed it, as far as was seen."""

    article: Article
    last: datetime | None


@require_safe
def version_changes(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show what changed from the version that this one follows to this one."""
    article = _visible(request, pk)
    check_readable(request, article)
    versions = _versions(article)
    all_steps = steps(versions)
    step = next((step for step in all_steps if step.version.number == number), None)
    if step is None:
        raise Http404
    before, after = _with_text(step)
    found = compared(before, after)
    at = all_steps.index(step)
    context = {
        "section": "articles",
        "article": article,
        "step": step,
        "title": title_of(step, names=_is_member(request, article)),
        "stretches": stretches_of(before, after, found),
        "summary": summed_up(before, after, found),
        "side_by_side": side_by_side(article, before, after),
        "differences": differences(before, after),
        "earlier": all_steps[at - 1].version if at else None,
        "later": all_steps[at + 1].version if at + 1 < len(all_steps) else None,
    }
    return render(request, "article/changes.html", context)


@require_safe
def article_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that became of an article's text, the latest first."""
    article = _visible(request, pk)
    try:
        until = read_number(request, "before")
    except ParameterError as fault:
        return refused(request, fault)
    versions = _versions(article)
    found = steps(versions)[::-1]
    earlier = [step for step in found if until is None or step.version.number < until]
    shown = earlier[:SHOWN]
    reads, names = may_read(request, article), _is_member(request, article)
    context = {
        "section": "articles",
        "article": article,
        "first": versions[0] if versions else None,
        "changes": [_change(step, reads=reads, names=names) for step in shown],
        "more": shown[-1].version.number if len(earlier) > SHOWN else None,
        "is_first_page": until is None,
        "edits": sum(step.is_known_edit for step in found),
        "may_read": reads,
    }
    return render(request, "version/sequence.html", context)


@require_safe
@asks
def most_edited(request: HttpRequest) -> HttpResponse:
    """Show the articles whose outlet changed them most often."""
    place = read(request.GET, names=("q", "limit", "cursor"))
    tree = parse(place.q)
    asked = tree if isinstance(tree, Everything) else conjunction([tree, Numbers("edits", 1, None)])
    found = chosen(Article.objects.visible_to(request.user).most_edited(), asked, request.user)
    try:
        shown = page(
            found.select_related("source", "corpus"),
            ORDER,
            limit=place.limit,
            cursor=place.cursor or None,
        )
    except CursorError as fault:
        return refused(request, ParameterError(LABELS["cursor"], str(fault)))
    context = {
        "section": "articles",
        "rows": _edited(shown.rows),
        "page": shown,
        "place": place,
        "pills": pills(tree, place, request.user, to="most-edited"),
    }
    return render(request, "version/most_edited.html", context)


def title_of(step: Step, *, names: bool) -> str:
    """Return whose change a step is, in words. Only what was published is the outlet's.

    ``names`` says that people here may be named: to members of the corpus.
    """
    origin = Origin(step.version.origin)
    if origin is Origin.CORRECTED:
        by = step.version.by if names else None
        return f"What {by.get_username()} corrected" if by else "What was corrected here"
    return TITLES[origin]


def _visible(request: HttpRequest, pk: int) -> Article:
    found = Article.objects.visible_to(request.user).select_related("corpus", "source")
    article: Article = get_object_or_404(found, pk=pk)
    return article


def _is_member(request: HttpRequest, article: Article) -> bool:
    corpora = Corpus.objects.with_members(request.user)
    is_member: bool = corpora.filter(pk=article.corpus_id).exists()
    return is_member


def _versions(article: Article) -> list[Version]:
    return list(article.versions.defer(*TEXT_FIELDS).select_related("by").order_by("number"))


def _with_text(step: Step) -> tuple[Version, Version]:
    texts = Version.objects.in_bulk([step.before.pk, step.after.pk])
    return texts[step.before.pk], texts[step.after.pk]


def _change(step: Step, *, reads: bool, names: bool) -> Change:
    title = title_of(step, names=names)
    if not reads:
        return Change(step, title, None)
    before, after = _with_text(step)
    return Change(step, title, summed_up(before, after, compared(before, after)))


def _edited(articles: Sequence[Article]) -> list[Edited]:
    """Return articles with the time when their latest change was first seen. One query."""
    of: dict[int, list[Version]] = {}
    found = Version.objects.filter(article__in=[article.pk for article in articles])
    for version in found.defer(*TEXT_FIELDS).order_by("article_id", "number"):
        of.setdefault(version.article_id, []).append(version)
    return [Edited(article, _last_edit(of.get(article.pk, []))) for article in articles]


def _last_edit(versions: Sequence[Version]) -> datetime | None:
    for version in reversed(versions):
        step = step_to(version, versions)
        if step and step.is_known_edit:
            return version.first_seen
    return None
