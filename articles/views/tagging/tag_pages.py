"""Tags by pages and forms alone: for those without scripts, and for all that is said of a tag."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.annotate.codebooks.codebook import RelationKind
from articles.annotate.tags import changing, tagging
from articles.annotate.tags.changing import StaleTagError
from articles.annotate.tags.layers import NotAllowedError
from articles.annotate.tags.placed import Placed
from articles.annotate.tags.relating import led_in
from articles.annotate.tags.wanted import TaggingError, Wanted
from articles.models import Door, Mention, MentionStatus, Operation
from articles.text import SEPARATOR
from articles.views.acts import tell
from articles.views.parameters import ParameterError, read_number, refused
from articles.views.tagging.desk import Desk, desk, taggable
from articles.views.tagging.margin import kind_of, relation_name
from articles.views.tagging.tag_forms import (
    CodesForm,
    SaidForm,
    WordsForm,
    attributes_of,
    occurrences,
)
from articles.views.tagging.tag_reading import Tags, why_not

_MOST_ACTS = 500
# Offered to lead to; a tag farther off is named by an API.
_MOST_TARGETS = 200
_SLUG = 40


def _page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn what the domain refuses into pages."""

    @login_required
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowedError as fault:
            raise PermissionDenied(str(fault)) from fault
        except ParameterError as fault:
            return refused(request, fault)

    return answer


def _desk(request: HttpRequest, pk: int) -> Desk:
    """Return what is worked on, by the address; raise NotAllowedError for who may not tag it."""
    found = desk(
        request,
        taggable(request, pk),
        version=read_number(request, "version"),
        task=read_number(request, "task"),
    )
    reason = why_not(found.user, found.article, found.version, found.task)
    if reason:
        raise NotAllowedError(reason)
    return found


@_page
@require_http_methods(["GET", "HEAD", "POST"])
def tag_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Tag words that are typed or pasted, where they stand for the n-th time."""
    found = _desk(request, pk)
    tags = found.tags()
    if request.method != "POST":
        return _new_page(found, tags, WordsForm(tags.content))
    form = WordsForm(tags.content, request.POST)
    if not form.is_valid():
        return _new_page(found, tags, form, status=HTTPStatus.BAD_REQUEST)
    said = form.cleaned_data
    places = occurrences(found.version, said["quote"])
    if (wrong := form.check_occurrence(len(places))) or not places:
        form.add_error(wrong or "quote", form.why(len(places)))
        return _new_page(found, tags, form, status=HTTPStatus.BAD_REQUEST)
    if said["occurrence"] is None and len(places) > 1:
        return _new_page(found, tags, form, choices=places)
    place = places[(said["occurrence"] or 1) - 1]
    wanted = Wanted(
        start=place.start,
        end=place.end,
        quote=place.quote,
        kind=said["kind"],
        entity_name=said["entity_name"],
        comment=said["comment"],
    )
    try:
        made = tagging.tag(
            found.article,
            wanted,
            by=found.user,
            door=Door.PAGE,
            version=found.version,
            task=found.task,
        )
    except TaggingError as fault:
        form.add_error(fault.field if fault.field in form.fields else None, fault.message)
        return _new_page(found, tags, form, status=HTTPStatus.BAD_REQUEST)
    tell(request, made.operation)
    return _back(found, made.mention.pk)


def _new_page(
    found: Desk,
    tags: Tags,
    form: WordsForm,
    *,
    choices: list[Any] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = _context(found, tags) | {"form": form, "choices": choices}
    return render(found.request, "article/tag_new.html", context, status=status)


@_page
@require_http_methods(["GET", "HEAD", "POST"])
def tag_edit(request: HttpRequest, pk: int, tag: int) -> HttpResponse:
    """Show all that is known of a tag; change it, remove it, accept or reject it."""
    found = _desk(request, pk)
    mention = found.mention(tag)
    if request.method != "POST":
        return _edit_page(found, mention)
    form = SaidForm(found.tags().content, mention.kind, request.POST)
    if not form.is_valid():
        return _edit_page(found, mention, form, status=HTTPStatus.BAD_REQUEST)
    try:
        operation = _done(found, mention, form)
    except TaggingError as fault:
        form.add_error(fault.field if fault.field in form.fields else None, fault.message)
        return _edit_page(found, mention, form, status=HTTPStatus.BAD_REQUEST)
    except StaleTagError as fault:
        return _edit_page(found, fault.mention, form, stale=str(fault), status=HTTPStatus.CONFLICT)
    tell(request, operation)
    return _back(found, mention.pk)


def _done(found: Desk, mention: Mention, form: SaidForm) -> Operation | None:
    """Do what the button that was pressed says."""
    said = form.cleaned_data
    who: dict[str, Any] = {"by": found.user, "door": Door.PAGE}
    match said["action"]:
        case "remove":
            return changing.remove([mention], **who)
        case "accept":
            return changing.decide([mention], MentionStatus.ACCEPTED, **who)
        case "reject":
            return changing.decide([mention], MentionStatus.REJECTED, **who)
    fields = {"kind": said["kind"], "comment": said["comment"]}
    name = said["entity_name"]
    if name and (mention.entity is None or name != mention.entity.name):
        fields["entity_name"] = name
    elif not name:
        fields["entity"] = None
    if said["kind"] == mention.kind:
        fields["attributes"] = attributes_of(form, found.tags().content)
    else:
        # Of another kind other things are said.
        fields["attributes"] = {}
    return changing.change(mention, expected_state=said["state"] or None, **who, **fields)


def _edit_page(
    found: Desk,
    mention: Mention,
    form: SaidForm | None = None,
    *,
    stale: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    tags = found.tags()
    placed = next((each for each in tags.placed if each.id == mention.pk), None)
    if placed is None:
        raise Http404("There is no such tag in this version.")
    context = _context(found, tags) | {
        "form": form or SaidForm(tags.content, placed.kind, placed=placed),
        "placed": placed,
        "kind": kind_of(tags.content, placed.kind),
        "before": found.version.text[max(0, placed.start - 120) : placed.start].rpartition(
            SEPARATOR
        )[2],
        "after": found.version.text[placed.end : placed.end + 120].partition(SEPARATOR)[0],
        "is_suggested": placed.status == MentionStatus.SUGGESTED,
        "stale": stale,
        "state": placed.state,
        "leads": [
            (relation_name(tags.content, each.kind), each)
            for each in led_in(found.version, {mention.pk})
        ],
        "relations": _relations(tags, placed),
    }
    return render(found.request, "article/tag_edit.html", context, status=status)


def _relations(tags: Tags, placed: Placed) -> list[tuple[RelationKind, list[Placed]]]:
    """Return by which relations a tag may lead on, and to which tags: the nearest first."""
    near = sorted(tags.placed, key=lambda each: abs(each.start - placed.start))
    offered = []
    for relation in tags.content.relations:
        targets = [
            each
            for each in near
            if each.id != placed.id
            and each.status == MentionStatus.ACCEPTED
            and relation.allows(placed.kind, each.kind)
        ]
        if targets:
            offered.append((relation, targets[:_MOST_TARGETS]))
    return offered


@_page
@require_POST
def tag_relate(request: HttpRequest, pk: int, tag: int) -> HttpResponse:
    """Lead from a tag to another, or no more, by the buttons of its page."""
    found = _desk(request, pk)
    source = found.mention(tag)
    does, _, slug = request.POST.get("do", "").partition(":")
    act = {"relate": tagging.relate, "unrelate": tagging.unrelate}.get(does)
    if act is None or not slug or len(slug) > _SLUG or "\0" in slug:
        raise ParameterError("do", "This must be what a button of the page says.")
    targets = _ids(request, f"target-{slug}" if does == "relate" else "target")
    if len(targets) != 1:
        raise ParameterError("target", "Say to which tag.")
    try:
        operation = act(source, found.mention(targets[0]), slug, by=found.user, door=Door.PAGE)
    except TaggingError as fault:
        messages.warning(request, fault.message)
    else:
        if operation is None:
            messages.info(request, "Nothing to change: it is so already.")
        else:
            tell(request, operation)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(f"{reverse('tag-edit', args=[pk, tag])}{query}")


@_page
@require_POST
def tag_acts(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, reject or remove tags, as the buttons of a margin say."""
    found = _desk(request, pk)
    for name in ("accept", "reject", "remove"):
        ids = _ids(request, name)
        if not ids:
            continue
        mentions = [found.mention(each) for each in ids]
        who: dict[str, Any] = {"by": found.user, "door": Door.PAGE}
        if name == "remove":
            tell(request, changing.remove(mentions, **who))
            return _back(found, None)
        status = MentionStatus.ACCEPTED if name == "accept" else MentionStatus.REJECTED
        tell(request, changing.decide(mentions, status, **who))
        return _back(found, ids[0] if name == "accept" else None)
    raise ParameterError("accept", "Say which tags: accept, reject or remove, with their numbers.")


def _ids(request: HttpRequest, name: str) -> list[int]:
    given = request.POST.getlist(name)
    if len(given) > _MOST_ACTS or not all(
        text.isascii() and text.isdigit() and len(text) < 19 for text in given
    ):
        raise ParameterError(name, "This must be numbers that the page offered.")
    return list(dict.fromkeys(map(int, given)))


@_page
@require_http_methods(["GET", "HEAD", "POST"])
def codes_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the codes of the whole article, and a note on it."""
    found = _desk(request, pk)
    tags = found.tags()
    shown = tags.codes_shown
    if request.method != "POST":
        return _codes_page(found, tags, CodesForm(shown))
    form = CodesForm(shown, request.POST)
    if not form.is_valid():
        return _codes_page(found, tags, form, status=HTTPStatus.BAD_REQUEST)
    try:
        operations = _coded(found, form)
    except TaggingError as fault:
        form.add_error(None, fault.message)
        return _codes_page(found, tags, form, status=HTTPStatus.BAD_REQUEST)
    for operation in operations:
        tell(request, operation)
    if not operations:
        messages.info(request, "Nothing to change: it says so already.")
    return _back(found, None, place="codes")


@transaction.atomic
def _coded(found: Desk, form: CodesForm) -> list[Operation]:
    done = (
        tagging.code(
            found.article,
            slug,
            values,
            by=found.user,
            door=Door.PAGE,
            version=found.version,
            task=found.task,
        )
        for slug, values in form.said()
    )
    return [operation for operation in done if operation is not None]


def _codes_page(
    found: Desk, tags: Tags, form: CodesForm, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = _context(found, tags) | {"form": form}
    return render(found.request, "article/codes_edit.html", context, status=status)


def _context(found: Desk, tags: Tags) -> dict[str, Any]:
    return {
        "section": "articles",
        "article": found.article,
        "tags": tags,
        "kinds": tags.content.kinds,
        "back": _address(found, None),
        "query": found.request.GET.urlencode(),
    }


def _address(found: Desk, mention: int | None, place: str = "") -> str:
    """Return the page from which one came: the article, or the work on it."""
    where = f"#tag-{mention}" if mention else f"#{place}" if place else ""
    return f"{found.home}{where}"


def _back(found: Desk, mention: int | None, place: str = "") -> HttpResponse:
    return HttpResponseRedirect(_address(found, mention, place))
