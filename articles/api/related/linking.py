"""Links made and judged as a request asks: is it so, of what kind, from which side."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from articles.api.answers import answer, once
from articles.api.articles.editing import checked, invalid, operation_headers
from articles.api.endpoint import etag_of
from articles.api.presenters import links as present
from articles.api.presenters.addresses import Addresses
from articles.api.presenters.history import operation_reference
from articles.api.problems import Problem
from articles.api.related import link_bodies as bodies
from articles.api.tagging.entity_changing import check_annotatable
from articles.api.tagging.tag_refusals import asking, check_unchanged
from articles.models import Article, Corpus, Door, Link, LinkStatus, Operation, Verdict
from articles.models.access import Answer
from articles.models.lookups import any_id
from articles.related.links import judging

type Line = dict[str, Any]

# What the domain calls the fields that we call otherwise.
_OUR_NAMES = {"article": "second"}


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what can't be said of links into Problems."""
    try:
        yield
    except judging.JudgingError as fault:
        field = _OUR_NAMES.get(fault.field, fault.field)
        told = f"{field}: {fault.message}" if field else fault.message
        raise Problem(409, told, errors={field: fault.message} if field else None) from None


def shown_as(request: Request, pk: int) -> dict[str, Any]:
    """Return a link as it is now; raise Http404."""
    row = get_object_or_404(present.links_shown(request.user), pk=pk)
    return present.link(row, Addresses(request), present.Rights(request.user))


def make(request: Request) -> Answer:
    """Link two articles and answer with the link; raise Problem."""
    values = checked(request.data, bodies.NEW, required=bodies.NEW_REQUIRED)
    known = _articles(request, values)
    first, second = known[values["first"]], known[values["second"]]
    check_annotatable(request, first.corpus)
    pair = sorted((first.pk, second.pk))
    there = Link.objects.filter(first=pair[0], second=pair[1], kind=values["kind"])
    was_held = there.exclude(status=LinkStatus.WITHDRAWN).exists()
    with refusals():
        said = judging.make(
            first, second, values["kind"], by=asking(request), door=Door.API,
            direction=values.get("direction", ""), note=values.get("note", ""),
        )  # fmt: skip
    return _answer(request, said.link.pk, said.operation, status=200 if was_held else 201)


def _articles(request: Request, values: Mapping[str, Any]) -> dict[int, Article]:
    """Return the two articles that a body names, by id; raise Problem 404 that names the field."""
    ids = {values["first"], values["second"]}
    rows = Article.objects.visible_to(request.user).select_related("corpus")
    known = {row.pk: row for row in rows.filter(any_id("id", ids))}
    errors = {
        name: f"There is no article {values[name]} that you may see."
        for name in present.SIDES
        if values[name] not in known
    }
    if errors:
        told = "; ".join(f"{name}: {message}" for name, message in errors.items())
        raise Problem(404, told, errors=errors)
    return known


def judge(request: Request, pk: int) -> HttpResponse:
    """Say that a link is so or not; raise Problem, Http404."""
    row = _to_judge(request, pk)
    values = checked(request.data, bodies.JUDGEMENT, required=("verdict",))

    def work() -> Answer:
        with _held(request, pk) as link, refusals():
            operation = judging.judge(link, by=asking(request), door=Door.API, **values)
        return _answer(request, row.pk, operation)

    return once(request, work)


def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back what the client said of a link; raise Problem, Http404."""
    _to_judge(request, pk)

    def work() -> Answer:
        with _held(request, pk) as link, refusals():
            operation = judging.withdraw(link, by=asking(request), door=Door.API)
        return _answer(request, pk, operation)

    return once(request, work)


def change_kind(request: Request, pk: int) -> HttpResponse:
    """Say that two are related in another way; raise Problem, Http404."""
    _to_judge(request, pk)
    values = checked(request.data, bodies.KIND, required=("kind",))

    def work() -> Answer:
        with _held(request, pk) as link, refusals():
            said = judging.change_kind(link, by=asking(request), door=Door.API, **values)
        return _answer(request, said.link.pk, said.operation)

    return once(request, work)


def _to_judge(request: Request, pk: int) -> Link:
    row: Link = get_object_or_404(present.links_shown(request.user), pk=pk)
    check_annotatable(request, row.corpus)
    return row


@contextmanager
def _held(request: Request, pk: int) -> Iterator[Link]:
    """Hold a link as it is until the transaction ends, if it is as the client saw it."""
    with transaction.atomic():
        # Held before it is read: of two who saw the same only one gets through.
        if not Link.objects.select_for_update().filter(pk=pk).exists():
            raise Http404
        row: Link = get_object_or_404(present.links_shown(request.user), pk=pk)
        current = present.link(row, Addresses(request), present.Rights(request.user))
        check_unchanged(request, current)
        yield row


def _answer(request: Request, pk: int, operation: Operation | None, *, status: int = 200) -> Answer:
    shown = shown_as(request, pk)
    headers = {"ETag": etag_of(shown)} | operation_headers(operation, Addresses(request))
    if status == 201:
        headers["Location"] = shown["url"]
    return answer(status, shown, headers)


def judge_many(request: Request) -> Answer:
    """Confirm some links and reject others, and answer with what became of each; raise Problem."""
    values = checked(request.data, bodies.JUDGED)
    asked = [
        (pk, verdict)
        for name, verdict in (("confirm", Verdict.CONFIRMED), ("reject", Verdict.REJECTED))
        for pk in values.get(name, ())
    ]
    if not 1 <= len(asked) <= bodies.MAX_JUDGED:
        raise invalid({"confirm": f"Say 1 to {bodies.MAX_JUDGED:,} links in confirm and reject."})
    rows = Link.objects.visible_to(request.user).select_related("corpus", "first", "second")
    known = {row.pk: row for row in rows.filter(any_id("id", {pk for pk, _ in asked}))}
    if not known:
        raise Problem(404, "There is none of these links that you may see.")
    twice = set(values.get("confirm", ())) & set(values.get("reject", ()))
    if twice:
        message = f"{min(twice)} is in confirm as well."
        raise Problem(409, f"reject: {message}", errors={"reject": message})
    allowed = Corpus.objects.annotatable_by(request.user).filter(
        any_id("id", {row.corpus_id for row in known.values()})
    )
    mine = set(allowed.values_list("pk", flat=True))
    if not mine:
        check_annotatable(request, next(iter(known.values())).corpus)
    lines: dict[int, Line] = {}
    operations: list[Operation] = []
    for corpus in sorted(mine):
        for verdict in Verdict:
            chosen = {
                pk: known[pk]
                for pk, said in asked
                if said == verdict and pk in known and known[pk].corpus_id == corpus
            }
            lines |= _judged(request, list(chosen.values()), verdict, values, operations)
    at = Addresses(request)
    results = [
        {"index": index, "id": pk, **lines.get(pk, _refused(pk, there=pk in known))}
        for index, (pk, _) in enumerate(asked)
    ]
    for line in results:
        failed = line["outcome"] == "failed"
        line["url"] = None if failed else at.of("link-detail", line["id"])
    told = [operation_reference(each, at) for each in operations]
    some_failed = any(line["outcome"] == "failed" for line in results)
    return answer(207 if some_failed else 200, {"results": results, "operations": told})


def _judged(
    request: Request,
    links: Sequence[Link],
    verdict: Verdict,
    values: Mapping[str, Any],
    operations: list[Operation],
) -> dict[int, Line]:
    if not links:
        return {}
    with refusals():
        operation, results = judging.judge_many(
            links,
            verdict,
            by=asking(request),
            door=Door.API,
            note=values.get("note"),
            only_open=values.get("only_open", False),
        )
    if operation is not None:
        operations.append(operation)
    outcomes = {"changed": str(verdict), "unchanged": "unchanged", "refused": "failed"}
    return {
        each.link.pk: {
            "outcome": outcomes[each.what],
            "errors": {"link": each.why} if each.why else {},
        }
        for each in results
    }


def _refused(pk: int, *, there: bool) -> Line:
    why = "This needs the role of annotator." if there else f"There is no link {pk} here."
    return {"outcome": "failed", "errors": {"link": why}}
