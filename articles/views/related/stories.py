"""Stories: the list of them, and one with its timeline, its outlets and its articles."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Act, Corpus, Story
from articles.related.stories import story_reading, story_whole
from articles.related.stories.descent import descent
from articles.related.stories.lead_names import lead_names
from articles.related.stories.story_names import title
from articles.related.stories.story_whole import First, Whole
from articles.views.dates import printed_date
from articles.views.entities.entities import may_annotate
from articles.views.keeping.keeping import answering, known_only
from articles.views.parameters import ParameterError, read_text
from articles.views.related.story_chart import story_chart

ROWS = 50
# Of a large story the first so many texts stand on its page; all are a question away.
TEXTS_SHOWN = 250
ORDERS = {"latest": "Latest", "largest": "Largest"}
_PARAMETERS = ("corpus", "q", "from", "to", "order", "cursor")


@require_safe
@answering
def story_list(request: HttpRequest) -> HttpResponse:
    """Show the stories that the reader may know of: the latest first, or the largest."""
    known_only(request, *_PARAMETERS)
    words, slug = read_text(request, "q"), read_text(request, "corpus")
    since, until = read_day(request, "from"), read_day(request, "to")
    order, cursor = _order(request), read_text(request, "cursor") or None
    corpora = list(Corpus.objects.visible_to(request.user))
    corpus = get_object_or_404(Corpus.objects.visible_to(request.user), slug=slug) if slug else None
    if order == "largest" and not words:
        found = story_reading.largest(request.user, corpus=corpus, since=since, until=until)
    else:
        found = story_reading.listed(
            request.user,
            corpus=corpus,
            words=words,
            since=since,
            until=until,
            limit=ROWS,
            cursor=cursor,
        )
    context = {
        "section": "stories",
        "page": found,
        "corpora": corpora if len(corpora) > 1 else [],
        "corpus": corpus,
        "words": words,
        "since": since,
        "until": until,
        "order": order,
        "orders": ORDERS,
        "is_narrowed": bool(words or since or until or corpus),
    }
    return render(request, "story/list.html", context)


def read_day(request: HttpRequest, name: str) -> date | None:
    """Return a parameter as a day, None if not given. Raises ParameterError."""
    text = read_text(request, name)
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as fault:
        raise ParameterError(name, "This must be a day, such as 1932-03-19.") from fault
    if len(text) != len("1932-03-19") or day == date.max:
        raise ParameterError(name, "This must be a day, such as 1932-03-19.")
    return day


def _order(request: HttpRequest) -> str:
    order = read_text(request, "order") or "latest"
    if order not in ORDERS:
        raise ParameterError("order", "This must be latest or largest.")
    return order


@require_safe
@answering
def story_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a story: over time, who was first, who took it from whom, and its articles."""
    known_only(request)
    story = get_object_or_404(story_reading.visible(request.user), pk=pk)
    if story.merged_into is not None:
        return HttpResponseRedirect(story.merged_into.get_absolute_url())
    told = story_whole.whole(story, request.user)
    known = descent(told, request.user)
    names = lead_names(told)
    context = {
        "section": "stories",
        "story": story,
        "name": title(story),
        "told": told,
        "span": span(told),
        "first": first_sentence(told.first),
        "chart": story_chart(told, known),
        "descent": known,
        "names": names,
        # Once each says nothing of one over another.
        "are_counted": any(each.texts > 1 for each in names),
        "texts": told.texts[:TEXTS_SHOWN],
        "whole": whole_address(story),
        "may_act": may_annotate(request.user, story.corpus),
        "is_member": Corpus.objects.with_members(request.user).filter(pk=story.corpus_id).exists()
        if request.user.is_authenticated
        else False,
        "act": Act.STORY,
    }
    return render(request, "story/detail.html", context)


def whole_address(story: Story) -> str:
    """Return the address of the list of articles that has all of a story's."""
    return f"{reverse('article-list')}?{urlencode({'q': f'story:{story.pk}'})}"


def span(told: Whole) -> str:
    """Return from when to when a story ran, in words; empty where nothing is dated."""
    dated = [row for row in told.articles if row.published_date is not None]
    if not dated:
        return ""
    first = min(dated, key=lambda row: row.published_date or date.max)
    last = max(dated, key=lambda row: row.published_date or date.min)
    begun, ended = (
        printed_date(row.published_date, row.published_precision)
        for row in (first, last)
        if row.published_date is not None
    )
    return begun if begun == ended else f"{begun} to {ended}"


def first_sentence(first: First | None) -> str:
    """Return who was first as a sentence without its end; empty where nothing has a day."""
    if first is None:
        return ""
    names = [row.source.name if row.source else "an unknown source" for row in first.articles]
    names = list(dict.fromkeys(names))
    day = first.articles[0].published_date
    when = printed_date(day, "day") if day else ""
    if first.is_known:
        return f"{names[0]}, on {when}"
    listed = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    if len(names) == 1:
        return f"{names[0]}, on {when}, with {len(first.articles)} articles"
    if first.to == "minute":
        return f"{listed}, in the same minute of {when}"
    return f"{listed}: all on {when}, and which of them was first is not known"
