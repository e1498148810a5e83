"""Tags of an article as scripts of its pages make, change and read them: JSON in and out.

Answers hold ``mention`` (null for one that is gone), ``operation`` (null where nothing changed),
``undo`` (an address to POST to; it answers alike, and its own ``undo`` does it again), ``blocks``
and ``margin``: by block number, the HTML that takes the place of ``[data-block]`` (as a whole) and
what takes the place of what is in ``[data-margin]``. Errors hold ``problem``, a sentence, and
``field``; 409 and 412 hold ``current`` too, the mention as it is now.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse

from articles.annotate.tags import changing, tagging
from articles.annotate.tags.changing import StaleTagError
from articles.annotate.tags.rules import rules_of
from articles.annotate.tags.wanted import Wanted
from articles.models import (
    Door,
    Mention,
    MentionStatus,
    Operation,
)
from articles.views import json_bodies
from articles.views.json_bodies import BodyError
from articles.views.parameters import read_number
from articles.views.reading.typesetting import places
from articles.views.tagging.desk import Desk, desk, readable, taggable
from articles.views.tagging.json_answers import answering_json, json_problem, only

_QUOTE, _COMMENT, _WORD, _NAME = 100_000, 10_000, 40, 300
_SAID: Mapping[str, json_bodies.Check] = {
    "kind": json_bodies.text(_WORD),
    "entity": json_bodies.whole,
    "entity_name": json_bodies.text(_NAME),
    "attributes": json_bodies.values,
    "comment": json_bodies.text(_COMMENT),
}
_PLACE: Mapping[str, json_bodies.Check] = {
    "version": json_bodies.whole,
    "start": json_bodies.whole,
    "end": json_bodies.whole,
    "quote": json_bodies.text(_QUOTE),
}
_NEW = {"key": json_bodies.key, **_PLACE, **_SAID, "task": json_bodies.whole}
ACTIONS = ("change", "remove", "accept", "reject", "move", "relate", "unrelate")
_CHANGE = {
    "action": json_bodies.one_of(*ACTIONS),
    "revision": json_bodies.text(64),
    "relation": json_bodies.text(_WORD),
    "target": json_bodies.whole,
    **_PLACE,
    **_SAID,
    "task": json_bodies.whole,
}
CODE = {
    "code": json_bodies.text(_WORD),
    "values": json_bodies.texts(4_000, 200),
    "version": json_bodies.whole,
    "task": json_bodies.whole,
}


@answering_json
def tag_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer all tags of a version; or make one."""
    wrong = only(request, "GET", "HEAD", "POST")
    if wrong:
        return wrong
    return _make(request, pk) if request.method == "POST" else _all(request, pk)


def _all(request: HttpRequest, pk: int) -> HttpResponse:
    found = desk(
        request,
        readable(request, pk),
        version=read_number(request, "version"),
        task=read_number(request, "task"),
    )
    tags = found.tags()
    everywhere = frozenset(range(len(places(found.version))))
    return JsonResponse(
        {
            "version": found.version.pk,
            "mentions": [tags.as_json(each) for each in tags.placed],
            "codes": [{"code": row.code, "value": row.value} for row in tags.codes],
            **tags.pieces(everywhere, found.marks()),
        }
    )


def _make(request: HttpRequest, pk: int) -> HttpResponse:
    leave = taggable(request, pk)
    body = json_bodies.read(request, _NEW, required=("start", "end", "quote", "kind"))
    found = desk(request, leave, version=body.pop("version", None), task=body.pop("task", None))
    made = tagging.tag(
        found.article,
        Wanted(**body),
        by=found.user,
        door=Door.PAGE,
        version=found.version,
        task=found.task,
        leave=leave,
    )
    status = HTTPStatus.CREATED if made.made else HTTPStatus.OK
    span = (made.anchor.start or 0, made.anchor.end or 0)
    # What is made is made by the version of the codebook that holds now.
    book = made.mention.codebook_version if made.made else None
    content = rules_of(book) if book is not None else None
    return found.answer(made.operation, [span], made.mention.pk, status=status, content=content)


@answering_json
def tag_detail(request: HttpRequest, pk: int, tag: int) -> HttpResponse:
    """Change a tag, remove it, accept or reject it, put it to other words, lead it to another."""
    wrong = only(request, "POST")
    if wrong:
        return wrong
    leave = taggable(request, pk)
    body = json_bodies.read(request, _CHANGE, required=("action",))
    found = desk(request, leave, version=body.pop("version", None), task=body.pop("task", None))
    by = found.user
    mention = found.mention(tag)
    before = found.place_of(mention)
    match_ = request.headers.get("If-Match", "").strip().strip('"')
    expected = match_ or body.pop("revision", "") or None
    try:
        operation = _act(found, mention, body, by, expected)
    except StaleTagError as fault:
        current = next((e for e in found.tags().placed if e.id == mention.pk), None)
        status = HTTPStatus.PRECONDITION_FAILED if match_ else HTTPStatus.CONFLICT
        now = found.tags().as_json(current) if current else None
        return json_problem(status, str(fault), "revision", now)
    return found.answer(operation, before + found.place_of(mention), mention.pk)


def _act(
    found: Desk, mention: Mention, body: dict[str, Any], by: User, expected: str | None
) -> Operation | None:
    """Do what a body asks for; raise StaleTagError if the mention is not what was seen."""
    action = body.pop("action")
    who: dict[str, Any] = {"by": by, "door": Door.PAGE}
    match action:
        case "change":
            _refuse(body, set(_SAID), action)
            return changing.change(mention, expected_state=expected, **who, **body)
        case "move":
            _take(body, {"start", "end", "quote"}, action)
            return changing.move(
                mention, version=found.version, expected_state=expected, **who, **body
            )
        case "relate" | "unrelate":
            _take(body, {"relation", "target"}, action)
            act = tagging.relate if action == "relate" else tagging.unrelate
            return act(mention, found.mention(body["target"]), body["relation"], **who)
    _refuse(body, set(), action)
    if expected is not None and changing.state_of(mention) != expected:
        raise StaleTagError(mention)
    if action == "remove":
        return changing.remove([mention], **who)
    status = MentionStatus.ACCEPTED if action == "accept" else MentionStatus.REJECTED
    return changing.decide([mention], status, **who)


def _take(body: Mapping[str, Any], needed: set[str], action: str) -> None:
    """Raise BodyError unless just these are there."""
    _refuse(body, needed, action)
    for name in sorted(needed - body.keys()):
        raise BodyError(name, "This is required.")


def _refuse(body: Mapping[str, Any], known_: set[str], action: str) -> None:
    for name in body:
        if name not in known_:
            raise BodyError(name, f"This has no meaning with “{action}”.")
