"""Putting stories right: name and note, which are one, where an article belongs."""

from collections.abc import Sequence
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.curation.fields import StaleError
from articles.history import lives
from articles.models import Act, Article, Door, Operation, Story
from articles.models.lookups import any_id
from articles.related.stories import story_acts, story_reading
from articles.related.stories.story_acts import NAME_CHARACTERS, NOTE_CHARACTERS, StoryError
from articles.related.stories.story_names import title
from articles.related.stories.story_reading import StorySummary
from articles.views.acts import actor, tell
from articles.views.keeping.keeping import MOST_PICKED, answering, known_only
from articles.views.keeping.keeping import read_ids as ids_in
from articles.views.names.name_edits import read_ids
from articles.views.parameters import MAX_DIGITS, ParameterError, read_number, read_text

OFFERED = 20
# How near in time another story is to be offered unasked.
_NEAR = timedelta(days=7)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answering
def story_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a story's name and note right."""
    known_only(request)
    story, by = _to_put_right(request, pk)
    context: dict[str, Any] = {
        "given_name": story.name,
        "given_note": story.note,
        "state": story_acts.state_of(story),
    }
    if request.method != "POST":
        return _edit_page(request, story, context)
    name, note = _posted(request, "name"), _posted(request, "note")
    context |= {"given_name": name, "given_note": note}
    try:
        operation = story_acts.edit(
            story,
            name=name,
            note=note,
            by=by,
            door=Door.PAGE,
            expected_state=_posted(request, "state") or None,
        )
    except (StoryError, StaleError) as fault:
        wrong = {"wrong": str(fault), "wrong_field": getattr(fault, "field", "")}
        return _edit_page(request, story, context | wrong)
    tell(request, operation)
    return HttpResponseRedirect(story.get_absolute_url())


def _edit_page(request: HttpRequest, story: Story, context: dict[str, Any]) -> HttpResponse:
    context |= {
        "section": "stories",
        "story": story,
        "name": title(story),
        "most_name": NAME_CHARACTERS,
        "most_note": NOTE_CHARACTERS,
    }
    status = HTTPStatus.CONFLICT if context.get("wrong") else HTTPStatus.OK
    return render(request, "story/edit.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answering
def story_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which stories are one with this, and which name stands; then merge them."""
    known_only(request, "q")
    story, by = _to_put_right(request, pk)
    if request.method != "POST":
        return _merge_page(request, story)
    others, stands = read_ids(request, "others"), read_ids(request, "stands")
    into = stands[0] if stands else story.pk
    among = story_reading.visible(by).filter(any_id("id", {*others, story.pk}), corpus=story.corpus)
    found = {row.pk: row for row in among}
    if into not in found or len(found) < 2:
        wrong = "Tick which stories are the same, and choose which name of the ticked ones stands."
        return _merge_page(request, story, wrong=wrong, chosen=others)
    target = found.pop(into)
    try:
        operation = story_acts.merge(target, list(found.values()), by=by, door=Door.PAGE)
    except StoryError as fault:
        return _merge_page(request, story, wrong=fault.message, chosen=others)
    tell(request, operation)
    return HttpResponseRedirect(target.get_absolute_url())


def _merge_page(
    request: HttpRequest, story: Story, *, wrong: str = "", chosen: Sequence[int] = ()
) -> HttpResponse:
    words = read_text(request, "q")
    this = story_reading.summaries([story.pk], request.user)
    near = (this[0].first, this[0].last) if this else (None, None)
    found = _offered(request, story, words, near)
    context = {
        "section": "stories",
        "story": story,
        "name": title(story),
        "this": this[0] if this else None,
        "found": [row for row in found if row.story.pk != story.pk],
        "words": words,
        "chosen": chosen,
        "wrong": wrong,
    }
    status = HTTPStatus.CONFLICT if wrong else HTTPStatus.OK
    return render(request, "story/merge.html", context, status=status)


def _offered(
    request: HttpRequest, beside: Story | Article, words: str, near: tuple[date | None, date | None]
) -> Sequence[StorySummary]:
    """Return stories to choose from: those that words name, else those near in time."""
    corpus, (first, last) = beside.corpus, near
    if words:
        return story_reading.named(request.user, words, corpus=corpus, limit=OFFERED + 1)
    since = first - _NEAR if first is not None and first - date.min > _NEAR else None
    until = last + _NEAR if last is not None and date.max - last > 2 * _NEAR else None
    found = story_reading.listed(
        request.user, corpus=corpus, since=since, until=until, limit=OFFERED + 1
    )
    return found.rows


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answering
def story_move(request: HttpRequest) -> HttpResponse:
    """Say where articles belong: in a new story, in another, in none, or where the machine says."""
    known_only(request, "articles", "of", "q")
    articles = _articles(request)
    by = actor(request, articles[0].corpus, Act.STORY)
    number = read_number(request, "of")
    of = _of(request, number) if number is not None else None
    if request.method != "POST":
        return _move_page(request, articles, of)
    try:
        operation, to = _moved(request, [row.pk for row in articles], of, by)
    except StoryError as fault:
        return _move_page(request, articles, of, wrong=fault.message)
    tell(request, operation)
    if to is None:
        to = of
    return HttpResponseRedirect((to or articles[0]).get_absolute_url())


def _moved(
    request: HttpRequest, ids: Sequence[int], of: Story | None, by: User
) -> tuple[Operation | None, Story | None]:
    """Do what the form says; return the operation, and where the articles are now."""
    match _posted(request, "to"):
        case "new":
            made = story_acts.split(of, ids, by=by, door=Door.PAGE, name=_posted(request, "name"))
            return story_acts.made_in(made), made
        case "none":
            return story_acts.move(ids, None, by=by, door=Door.PAGE), None
        case "machine":
            return story_acts.let_go(ids, by=by, door=Door.PAGE), None
        case "story":
            text = _posted(request, "story")
            known = text.isascii() and text.isdigit() and len(text) < MAX_DIGITS
            found = story_reading.visible(by).filter(pk=int(text)).first() if known else None
            if found is None:
                raise StoryError("Choose the story that they belong to.", "story")
            target = found.merged_into or found
            return story_acts.move(ids, target, by=by, door=Door.PAGE), target
        case _:
            raise StoryError("Choose where they belong.", "to")


def _articles(request: HttpRequest) -> list[Article]:
    """Return the articles that the address names, those that the reader may know of."""
    ids = ids_in(",".join(request.GET.getlist("articles")).replace("\0", "x"), "articles")
    found = Article.objects.visible_to(request.user).filter(any_id("id", ids))
    rows = list(found.select_related("corpus", "source").oldest_first())
    if not ids:
        raise ParameterError(
            "articles", f"Name 1 to {MOST_PICKED} articles by their numbers, parted by commas."
        )
    if not rows:
        raise Http404
    if len({row.corpus_id for row in rows}) > 1:
        raise ParameterError("articles", "A story has articles of one corpus only.")
    return rows


def _of(request: HttpRequest, number: int) -> Story:
    story: Story = get_object_or_404(story_reading.visible(request.user), pk=number)
    return story.merged_into or story


def _move_page(
    request: HttpRequest, articles: Sequence[Article], of: Story | None, *, wrong: str = ""
) -> HttpResponse:
    words = read_text(request, "q")
    days = [row.published_date for row in articles if row.published_date is not None]
    near = (min(days), max(days)) if days else (None, None)
    found = _offered(request, articles[0], words, near)
    context = {
        "section": "stories",
        "articles": articles,
        "given": ",".join(str(row.pk) for row in articles),
        "of": of,
        "of_name": title(of) if of is not None else "",
        "found": [row for row in found if of is None or row.story.pk != of.pk],
        "words": words,
        "wrong": wrong,
        "to": request.POST.get("to", "").replace("\0", ""),
        "new_name": request.POST.get("name", "").replace("\0", ""),
        "most_name": NAME_CHARACTERS,
    }
    status = HTTPStatus.CONFLICT if wrong else HTTPStatus.OK
    return render(request, "story/move.html", context, status=status)


@login_required
@require_safe
@answering
def story_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what people did to a story and to those merged into it: for members."""
    known_only(request, "cursor")
    story = get_object_or_404(story_reading.visible(request.user), pk=pk)
    actor(request, story.corpus, Act.COLLECT)
    found = lives.life_of_story(story, request.user, cursor=read_text(request, "cursor") or None)
    context = {
        "section": "stories",
        "own_kind": "story",
        "own_id": pk,
        "name": title(story),
        "back": story.get_absolute_url(),
        "back_name": "The story",
        "page": found,
    }
    return render(request, "history/life.html", context)


def _to_put_right(request: HttpRequest, pk: int) -> tuple[Story, User]:
    """Return the story that stands for one, and who may put it right; raise Http404 or 403."""
    row: Story = get_object_or_404(story_reading.visible(request.user), pk=pk)
    by = actor(request, row.corpus, Act.STORY)
    return row.merged_into or row, by


def _posted(request: HttpRequest, name: str) -> str:
    """Return a field of a form; raise ParameterError for NUL in it."""
    text = request.POST.get(name, "")
    if "\0" in text:
        raise ParameterError(name, "This holds a NUL character; remove it.")
    return text
