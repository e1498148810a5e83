"""The same name elsewhere: told to scripts in JSON, and as a page on which one chooses."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles import tasks
from articles.annotate.spreading import same_mentions
from articles.annotate.spreading.same_spreads import MOST_CHOSEN, accept_here, spread_over_corpus
from articles.annotate.spreading.spreading import SpreadRefusedError
from articles.annotate.spreading.texts import Line
from articles.annotate.tags.layers import NotAllowedError
from articles.annotate.tags.wanted import TaggingError
from articles.models import Door, Mention, MentionStatus
from articles.search.deadline import TooSlowError
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from articles.views import json_bodies
from articles.views.acts import tell
from articles.views.parameters import ParameterError, refused
from articles.views.search.searching import Place, unanswered
from articles.views.tagging.desk import desk, taggable
from articles.views.tagging.json_answers import answering_json, json_problem, only

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_PLACE_CHARACTERS, _WORD_CHARACTERS = 60, 300
_EXAMPLES = 5
_STATUS: Mapping[str, str] = {
    "tags": MentionStatus.ACCEPTED,
    "suggestions": MentionStatus.SUGGESTED,
}
_BODY = {
    "where": json_bodies.one_of("here", "corpus"),
    "as": json_bodies.one_of(*_STATUS),
    "excluded": json_bodies.texts(_PLACE_CHARACTERS, MOST_CHOSEN),
    "only": json_bodies.texts(_PLACE_CHARACTERS, MOST_CHOSEN),
    "words": json_bodies.texts(_WORD_CHARACTERS, same_mentions.MOST_WORDS),
    "version": json_bodies.whole,
    "task": json_bodies.whole,
}
_PARAMETERS = frozenset({"words", "task", "chosen"})
_FIELDS = frozenset({"csrfmiddlewaretoken", "words", "place", "where", "as", "task"})


@answering_json
def tag_same(request: HttpRequest, pk: int, tag: int) -> HttpResponse:
    """Answer where the same stands here and in the corpus; or tag it there."""
    wrong = only(request, "GET", "HEAD", "POST")
    if wrong:
        return wrong
    leave = taggable(request, pk)
    try:
        if request.method == "POST":
            body = json_bodies.read(request, _BODY, required=("where",))
            found = desk(
                request, leave, version=body.pop("version", None), task=body.pop("task", None)
            )
            return _spread(found, found.mention(tag), body)
        # What else an article's address holds says what list one came from.
        words, task = _asked(request.GET)
        found = desk(request, leave, task=task)
        mention = found.mention(tag)
        seen = same_mentions.preview(mention, by=found.user, words=words, most=_EXAMPLES)
        return JsonResponse(_as_json(seen, mention))
    except SpreadRefusedError as fault:
        return json_problem(HTTPStatus.CONFLICT, str(fault))
    except (IndexMissingError, TooSlowError, QueryError) as fault:
        return json_problem(HTTPStatus.SERVICE_UNAVAILABLE, str(fault))


def _spread(found: Any, mention: Mention, body: dict[str, Any]) -> HttpResponse:
    given = {
        "status": _STATUS[body.get("as", "tags")],
        "words": body.get("words"),
        "excluded": body.get("excluded", ()),
        "only": body.get("only"),
        "by": found.user,
        "door": Door.PAGE,
    }
    if body["where"] == "here":
        made, operation = accept_here(mention, **given)
        spans = [(each.anchor.start or 0, each.anchor.end or 0) for each in made]
        answer: HttpResponse = found.answer(operation, spans, mention.pk)
        return answer
    with transaction.atomic():
        spread = spread_over_corpus(mention, **given)
        tasks.enqueue_spread(spread)
    return JsonResponse(
        {"spread": spread.pk, "address": reverse("spread-detail", args=[spread.pk])},
        status=HTTPStatus.ACCEPTED,
    )


def _as_json(seen: same_mentions.Preview, mention: Mention) -> dict[str, Any]:
    chosen = seen.looked.words
    return {
        "kind": seen.looked.kind,
        "words": [{"word": each, "chosen": each in chosen} for each in seen.offered],
        "here": {"count": len(seen.here), "lines": [_line(each) for each in seen.here]},
        "corpus": {
            "count": seen.total,
            "articles": seen.articles,
            "exact": seen.is_exact,
            "lines": [_line(each) for each in seen.lines],
        },
        "page": reverse("spread-new", args=[mention.article_id, mention.pk])
        + (f"?task={mention.task_id}" if mention.task_id else ""),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "place": line.place,
        "article": line.article_id,
        "version": line.version_id,
        "start": line.start,
        "end": line.end,
        "left": line.left,
        "quote": line.quote,
        "right": line.right,
        "score": line.sure,
    }


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def spread_new(request: HttpRequest, pk: int, tag: int) -> HttpResponse:
    """Show where the same stands, to choose all or some; and have it tagged there."""
    try:
        _see_to_names(request.GET)
        leave = taggable(request, pk)
        words, task = _asked(request.GET)
        found = desk(request, leave, task=task)
        mention = found.mention(tag)
        if request.method == "POST":
            return _post(request, mention, words)
        seen = same_mentions.preview(mention, by=found.user, words=words)
    except ParameterError as fault:
        return refused(request, fault)
    except NotAllowedError as fault:
        raise PermissionDenied(str(fault)) from fault
    except (TaggingError, SpreadRefusedError) as fault:
        messages.warning(request, str(fault))
        return HttpResponseRedirect(request.get_full_path())
    except QueryError as fault:
        return refused(request, ParameterError("words", fault.message))
    except (IndexMissingError, TooSlowError) as fault:
        return unanswered(request, fault, Place(q=""))
    context = {
        "section": "entities",
        "seen": seen,
        "mention": mention,
        "article": found.article,
        "task": found.task,
        "home": found.home,
        "words": [(each, each in seen.looked.words) for each in seen.offered],
        "shown_all": seen.is_exact and len(seen.lines) == seen.total,
    }
    return render(request, "spread/new.html", context)


def _post(request: HttpRequest, mention: Mention, asked: list[str] | None) -> HttpResponse:
    for name in request.POST:
        if name not in _FIELDS:
            raise ParameterError(name, "There is no such field.")
    places = [_text(request.POST, "place", each) for each in request.POST.getlist("place")]
    words = [_text(request.POST, "words", each) for each in request.POST.getlist("words")]
    where, status = request.POST.get("where", ""), request.POST.get("as", "tags")
    if status not in _STATUS:
        raise ParameterError("as", f"This must be one of {', '.join(_STATUS)}.")
    given: dict[str, Any] = {
        "words": words or None,
        "status": _STATUS[status],
        "by": cast("User", request.user),
        "door": Door.PAGE,
    }
    match where:
        case "here":
            # Without a choice of words all of them are looked for here.
            here = given if asked is not None else given | {"words": None}
            _, operation = accept_here(mention, only=places, **here)
            tell(request, operation)
            return HttpResponseRedirect(request.get_full_path())
        case "all" | "chosen":
            only_these = places if where == "chosen" else None
            if where == "chosen" and not places:
                raise SpreadRefusedError("Tick the places that are meant.")
            with transaction.atomic():
                spread = spread_over_corpus(mention, only=only_these, **given)
                tasks.enqueue_spread(spread)
            return HttpResponseRedirect(reverse("spread-detail", args=[spread.pk]))
        case _:
            raise ParameterError("where", "This must be here, all or chosen.")


def _see_to_names(params: QueryDict) -> None:
    for name in params:
        if name not in _PARAMETERS:
            raise ParameterError(name, "There are only words and task.")


def _asked(params: QueryDict) -> tuple[list[str] | None, int | None]:
    """Return the words and the task that are asked for; raise ParameterError."""
    words = [_text(params, "words", each) for each in params.getlist("words")]
    if len(words) > same_mentions.MOST_WORDS:
        raise ParameterError("words", f"At most {same_mentions.MOST_WORDS} names.")
    task = params.get("task", "")
    if task and not (task.isascii() and task.isdigit() and len(task) < 19):
        raise ParameterError("task", "This must be a whole number.")
    return (words if "words" in params or "chosen" in params else None), int(task) if task else None


def _text(_params: QueryDict, name: str, value: str) -> str:
    if "\0" in value or len(value) > _WORD_CHARACTERS:
        raise ParameterError(
            name, f"This must be text of at most {_WORD_CHARACTERS} characters, without NUL."
        )
    return value
