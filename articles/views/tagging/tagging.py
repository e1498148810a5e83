"""Tags of an article as scripts of its pages make, change and read them: JSON in and out.

Answers hold ``mention`` (null for one that is gone), ``operation`` (null where nothing changed),
``undo`` (an address to POST to; it answers alike, and its own ``undo`` does it again), ``blocks``
and ``margin``: by block number, the HTML that takes the place of ``[data-block]`` (as a whole) and
what takes the place of what is in ``[data-margin]``. Errors hold ``problem``, a sentence, and
``field``; 409 and 412 hold ``current`` too, the mention as it is now.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from articles.annotate.codebooks.codebook import Content
from articles.annotate.tags import changing, tagging
from articles.annotate.tags.changing import StaleTagError
from articles.annotate.tags.layers import Leave, NotAllowedError, leave_for
from articles.annotate.tags.rules import rules_of
from articles.annotate.tags.wanted import TaggingError, Wanted
from articles.models import (
    Anchor,
    Article,
    Door,
    Mention,
    MentionStatus,
    Operation,
    Role,
    Task,
    Version,
)
from articles.views import json_bodies
from articles.views.json_bodies import BodyError
from articles.views.parameters import ParameterError, read_number
from articles.views.reading.reading import marks_of, place_in
from articles.views.reading.typesetting import places
from articles.views.tagging.tag_reading import Tags, blocks_of, tags_of

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


def json_problem(
    status: HTTPStatus, problem: str, field: str = "", current: Any = None
) -> JsonResponse:
    """Return what is wrong, as all of these addresses say it."""
    told: dict[str, Any] = {"problem": problem, "field": field}
    if current is not None:
        told["current"] = current
    return JsonResponse(told, status=status)


def answering_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say in JSON why a request can't be answered."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BodyError as fault:
            return json_problem(HTTPStatus.BAD_REQUEST, fault.message, fault.field)
        except TaggingError as fault:
            return json_problem(HTTPStatus.BAD_REQUEST, fault.message, fault.field)
        except ParameterError as fault:
            return json_problem(HTTPStatus.BAD_REQUEST, fault.message, fault.name)
        except NotAllowedError as fault:
            return json_problem(HTTPStatus.FORBIDDEN, str(fault))
        except Http404 as fault:
            return json_problem(HTTPStatus.NOT_FOUND, str(fault) or "There is no such thing.")

    return answer


@dataclass(frozen=True, slots=True)
class Desk:
    """An article on which someone works: at a version, in a task where one is given."""

    request: HttpRequest
    article: Article
    version: Version
    task: Task | None
    # That of the user to tag the article by their role, where they must have it.
    leave: Leave | None = None

    @property
    def user(self) -> User:
        if not self.request.user.is_authenticated:
            raise NotAllowedError("Log in to tag.")
        return self.request.user

    def tags(self) -> Tags:
        """Return what is tagged, as the page that asks shows it."""
        request = self.request
        return tags_of(request.user, self.article, self.version, task=self.task, query=request.GET)

    def tags_in(self, blocks: Iterable[int], content: Content | None = None) -> Tags:
        """Return what is tagged in some blocks, for who tagged there just now by their leave."""
        spans = places(self.version)
        return tags_of(
            self.request.user,
            self.article,
            self.version,
            task=self.task,
            query=self.request.GET,
            within=[spans[number] for number in blocks],
            leave=self.leave,
            content=content,
        )

    def answer(
        self,
        operation: Operation | None,
        spans: Iterable[tuple[int, int]],
        mention: int | None = None,
        *,
        status: HTTPStatus = HTTPStatus.OK,
        content: Content | None = None,
    ) -> JsonResponse:
        """Return what became of the places of the text that were touched.

        ``content`` is what the codebook says, if it is known.
        """
        # What lies in the same blocks may have to move to another line of theirs.
        touched = blocks_of(self.version, spans)
        tags = self.tags_in(touched, content)
        found = next((each for each in tags.placed if each.id == mention), None)
        pieces = tags.pieces(touched, self.marks())
        return JsonResponse(
            {
                "mention": tags.as_json(found) if found else None,
                "operation": operation.pk if operation else None,
                "undo": self.undo_address(operation),
                **pieces,
            },
            status=status,
        )

    @property
    def home(self) -> str:
        """The page on which the article is worked: its own, or that of the task."""
        if self.task is not None:
            given = (
                self.task.assignments.current()
                .filter(user=self.user, item__article=self.article)
                .first()
            )
            if given is not None:
                return reverse("task-work", args=[self.task.pk, given.position])
        return self.article.get_absolute_url()

    def undo_address(self, operation: Operation | None) -> str | None:
        """Return where an operation is taken back, with all that says what is looked at."""
        if operation is None:
            return None
        address = reverse("tag-undo", args=[self.article.pk, operation.pk])
        about = f"?version={self.version.pk}"
        return f"{address}{about}" + (f"&task={self.task.pk}" if self.task else "")

    def marks(self) -> Any:
        """Return the hits of the list that the article was opened from: blocks keep theirs."""
        return marks_of(self.version, self.article.language, place_in(self.request))

    def mention(self, pk: int) -> Mention:
        """Return a mention that the user may see, in this layer. Raises Http404."""
        seen = Mention.objects.readable_by(self.request.user).filter(article=self.article)
        layer = {"task": self.task, "layer_of": self.request.user.pk} if self.task else {}
        found = (
            seen.filter(**(layer or {"task": None}))
            .select_related("article__corpus", "corpus", "entity", "task", "layer_of")
            .filter(pk=pk)
            .first()
        )
        if found is None:
            raise Http404("There is no such tag in this article. Someone may have removed it.")
        mention: Mention = found
        return mention

    def place_of(self, mention: Mention) -> list[tuple[int, int]]:
        """Return where a mention is in the version."""
        anchors = Anchor.objects.filter(mention=mention, version=self.version, start__isnull=False)
        return [(each.start or 0, each.end or 0) for each in anchors]


def readable(request: HttpRequest, pk: int) -> Article:
    """Return an article whose text the user may read. Raises Http404, NotAllowedError."""
    whole = Article.objects.select_related("corpus", "version")
    article: Article | None = whole.readable_by(request.user).filter(pk=pk).first()
    if article is not None and article.version is not None:
        return article
    if Article.objects.visible_to(request.user).filter(pk=pk).exists():
        raise NotAllowedError("The text of this article is not yours to read.")
    raise Http404("There is no such article, or it is not yours to see.")


def taggable(request: HttpRequest, pk: int) -> Leave:
    """Return the user's leave to tag an article by their role. Raises Http404, NotAllowedError."""
    leave = leave_for(request.user, pk)
    if leave is not None:
        return leave
    article = readable(request, pk)
    if not request.user.is_authenticated:
        raise NotAllowedError("Log in to tag.")
    role = Role.ANNOTATOR.label.lower()
    raise NotAllowedError(f"To tag you need the role of {role} in {article.corpus}.")


def desk(
    request: HttpRequest,
    on: Article | Leave,
    *,
    version: int | None = None,
    task: int | None = None,
) -> Desk:
    """Return an article at a version, in a task. Raises Http404.

    ``on`` is the article, or the user's leave to tag it.
    """
    leave = on if isinstance(on, Leave) else None
    article = on.article if isinstance(on, Leave) else on
    given = None
    if task is not None:
        given = (
            Task.objects.readable_by(request.user)
            .filter(pk=task, corpus=article.corpus_id)
            .select_related("codebook_version", "corpus")
            .first()
        )
        if given is None:
            raise Http404("There is no such task, or it is not yours.")
    return Desk(request, article, _version(article, version, given), given, leave)


def _version(article: Article, wanted: int | None, task: Task | None) -> Version:
    chosen: Version | None = article.version
    if wanted is not None and (chosen is None or wanted != chosen.pk):
        chosen = article.versions.filter(pk=wanted).first()
    elif wanted is None and task is not None:
        item = task.items.filter(article=article).select_related("version").first()
        chosen = item.version if item is not None else None
    if chosen is None:
        raise Http404("The article has no such version.")
    return chosen


def only(request: HttpRequest, *methods: str) -> HttpResponse | None:
    if request.method in methods:
        return None
    response = json_problem(
        HTTPStatus.METHOD_NOT_ALLOWED, f"This takes {' and '.join(methods)} alone."
    )
    response["Allow"] = ", ".join(methods)
    return response


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
