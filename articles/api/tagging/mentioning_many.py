"""Many mentions at once: each is made or decided, or its line of the answer says why not."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework.request import Request

from articles.annotate.tags import tagging
from articles.annotate.tags.layers import NotAllowedError
from articles.annotate.tags.wanted import Tagged, TaggingError, Wanted
from articles.api import checking
from articles.api.answers import answer
from articles.api.articles.editing import checked, invalid
from articles.api.parsing import unstorable
from articles.api.presenters.addresses import Addresses
from articles.api.presenters.history import operation_reference
from articles.api.problems import Problem
from articles.api.tagging import mention_bodies as bodies
from articles.api.tagging.mentioning import mentions_of, task_of, wanted
from articles.api.tagging.tag_refusals import asking, refusals
from articles.models import Article, Corpus, Door, Mention, MentionStatus, Operation
from articles.models.access import Answer
from articles.models.lookups import any_id

type Line = dict[str, Any]


def make_many(request: Request) -> Answer:
    """Tag words of many articles and answer with what became of each; raise Problem."""
    values = checked(request.data, bodies.BULK, required=("mentions",))
    given = values["mentions"]
    if not isinstance(given, list) or not 1 <= len(given) <= bodies.MAX_MENTIONS:
        raise invalid({"mentions": f"This must be an array of 1 to {bodies.MAX_MENTIONS:,}."})
    task = task_of(request, values)
    at = Addresses(request)
    lines: dict[int, Line] = {}
    by_corpus: dict[int, list[tuple[int, int, Wanted]]] = defaultdict(list)
    read = [_read(item) for item in given]
    corpora = _corpora(request, [found["article"] for found, errors in read if not errors])
    for index, (found, errors) in enumerate(read):
        if not errors and found["article"] not in corpora:
            errors["article"] = f"There is no article {found['article']} that you may see."
        if errors:
            lines[index] = _failed(index, errors)
        else:
            place = (index, found["article"], wanted(found))
            by_corpus[corpora[found["article"]]].append(place)
    operations: dict[int, Operation] = {}
    if not by_corpus and not corpora and not any(errors.keys() - {"article"} for _, errors in read):
        raise Problem(404, "There is none of these articles that you may see.")
    for corpus in Corpus.objects.filter(any_id("id", by_corpus)).order_by("pk"):
        items = by_corpus[corpus.pk]
        with refusals():
            results = tagging.tag_many(
                corpus,
                [(article, each) for _, article, each in items],
                by=asking(request),
                door=Door.API,
                task=task,
            )
        for (index, _, _), result in zip(items, results, strict=True):
            lines[index] = _line(index, result, at)
            if isinstance(result, Tagged) and result.operation is not None:
                operations[result.operation.pk] = result.operation
    return _answer([lines[index] for index in range(len(given))], operations.values(), at)


def _read(item: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """Return an item as it is checked, and what is wrong with it."""
    if not isinstance(item, dict):
        return {}, {"mention": "This must be an object."}
    if errors := unstorable(item, whole="mention"):
        return {}, errors
    values, errors = checking.read(bodies.EACH, item)
    errors |= {name: "This is required." for name in bodies.REQUIRED if name not in item}
    if "version" in values:
        errors["version"] = "In bulk the text that stands is tagged. Leave this out."
    if "entity" in values and values.get("entity_name"):
        errors["entity"] = "Give one of entity and entity_name."
    return values, errors


def _corpora(request: Request, articles: Sequence[int]) -> dict[int, int]:
    """Return the corpora of those articles that the client may know of, by article."""
    rows = Article.objects.visible_to(request.user).filter(any_id("id", set(articles)))
    return dict(rows.order_by().values_list("pk", "corpus_id"))


def _line(index: int, result: Tagged | TaggingError, at: Addresses) -> Line:
    if isinstance(result, TaggingError):
        return _failed(index, {result.field: result.message})
    mention = result.mention
    return {
        "index": index,
        "outcome": "made" if result.made else "unchanged",
        "id": mention.pk,
        "url": at.of("mention-detail", mention.pk),
        "key": str(mention.key),
        "errors": {},
    }


def _failed(index: int, errors: Mapping[str, str]) -> Line:
    return {
        "index": index,
        "outcome": "failed",
        "id": None,
        "url": None,
        "key": None,
        "errors": dict(errors),
    }


def decide_many(request: Request) -> Answer:
    """Accept and reject suggestions and answer with what became of each; raise Problem."""
    values = checked(request.data, bodies.DECISIONS)
    asked = [
        (pk, status)
        for name, status in (
            ("accept", MentionStatus.ACCEPTED),
            ("reject", MentionStatus.REJECTED),
        )
        for pk in values.get(name, ())
    ]
    if not 1 <= len(asked) <= bodies.MAX_DECISIONS:
        message = f"Say 1 to {bodies.MAX_DECISIONS:,} mentions in accept and reject."
        raise invalid({"accept": message})
    known = mentions_of(request, [pk for pk, _ in asked])
    if not known:
        raise Problem(404, "There is none of these mentions that you may see.")
    twice = {pk for pk in values.get("accept", ()) if pk in set(values.get("reject", ()))}
    if twice:
        raise invalid({"reject": f"{min(twice)} is in accept as well."})
    lines: dict[int, Line] = {}
    operations: list[Operation] = []
    for status in (MentionStatus.ACCEPTED, MentionStatus.REJECTED):
        chosen = [known[pk] for pk, said in asked if said == status and pk in known]
        for group in _layers(chosen):
            whole = len(group) == len(asked)
            lines |= _decide(request, group, status, operations, whole=whole)
    at = Addresses(request)
    results = [
        lines.get(pk, _not_there(pk)) | {"index": index} for index, (pk, _) in enumerate(asked)
    ]
    for line in results:
        line["url"] = at.of("mention-detail", line["id"]) if line["outcome"] != "failed" else None
    return _answer(results, operations, at)


def _layers(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Return mentions by the layers that they lie in: what is done at once is done to one."""
    groups: dict[tuple[int, int | None, int | None], dict[int, Mention]] = defaultdict(dict)
    for mention in mentions:
        place = (mention.corpus_id, mention.task_id, mention.layer_of_id)
        groups[place][mention.pk] = mention
    return [list(group.values()) for group in groups.values()]


def _decide(
    request: Request,
    group: Sequence[Mention],
    status: str,
    operations: list[Operation],
    *,
    whole: bool,
) -> dict[int, Line]:
    """Decide mentions of one layer; Problem 403 where that is ``whole`` of what was asked."""
    said = {mention.pk: mention.status for mention in group}
    keys = {mention.pk: str(mention.key) for mention in group}
    try:
        operation = tagging.decide(group, status, by=asking(request), door=Door.API)
    except NotAllowedError as fault:
        if whole:
            raise Problem(403, str(fault)) from None
        return {pk: _failed(0, {"mention": str(fault)}) | {"id": pk} for pk in said}
    if operation is not None:
        operations.append(operation)
    return {
        pk: {
            "id": pk,
            "outcome": "unchanged" if was == status else status,
            "key": keys[pk],
            "errors": {},
        }
        for pk, was in said.items()
    }


def _not_there(pk: int) -> Line:
    return _failed(0, {"mention": f"There is no mention {pk} that you may see."}) | {"id": pk}


def _answer(lines: Sequence[Line], operations: Any, at: Addresses) -> Answer:
    failed = any(line["outcome"] == "failed" for line in lines)
    told = [operation_reference(each, at) for each in operations]
    return answer(207 if failed else 200, {"results": lines, "operations": told})
