"""What is to be settled of a task, as the API shows it."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User

from articles.annotate.agreement.cases import Case, CodeCase, Option
from articles.annotate.agreement.settled import Settling, state_of
from articles.annotate.agreement.settling_queue import Standing
from articles.annotate.agreement.side_by_side import Tagged
from articles.api.presenters.addresses import Addresses
from articles.models import TaskItem
from articles.models.lookups import any_id


def item(row: Standing, at: Addresses) -> dict[str, Any]:
    """Return an article of a task, and how far it is settled; its article is loaded."""
    return {
        **_place(row.item, at),
        "state": row.state,
        "people": row.people,
        "given": row.given,
        "settled": row.settled,
        "cases": row.cases,
    }


def article(now: Settling, at: Addresses, *, is_ready: bool) -> dict[str, Any]:
    """Return an article with what people did in it side by side, and what was decided."""
    version = now.item.version
    people = {side.person.pk: side.person.get_username() for side in now.sides.sides}
    deciders = User.objects.filter(
        any_id("id", {each["by"] for each in now.decisions.values() if each["by"]})
    )
    names = people | dict(deciders.values_list("pk", "username"))
    return {
        **_place(now.item, at),
        "version": {
            "id": version.pk,
            "number": version.number,
            "url": at.of("version-detail", now.item.article_id, version.number),
        },
        "is_ready": is_ready,
        "is_settled": now.is_done,
        "has_changed": now.has_changed,
        "people": list(people.values()),
        "cases": [_case(now, case, names) for case in now.every],
    }


def _place(row: TaskItem, at: Addresses) -> dict[str, Any]:
    return {
        "position": row.position,
        "url": at.of("task-settling-item", row.task_id, row.position),
        "article": {
            "id": row.article_id,
            "url": at.of("article-detail", row.article_id),
            "headline": row.article.headline,
        },
    }


def _case(now: Settling, case: Case | CodeCase, names: Mapping[int, str]) -> dict[str, Any]:
    made = now.decisions.get(case.key)
    told = {
        "key": case.key,
        "state": state_of(made),
        "is_agreed": case.is_agreed,
        "decision": _decision(made, names) if made else None,
    }
    text = now.item.version.text
    if isinstance(case, CodeCase):
        options: list[dict[str, Any]] = [
            {"people": [names[user] for user in people], "tags": [], "values": list(values)}
            for people, values in case.options
        ]
        place: dict[str, Any] = {
            "code": case.code,
            "start": None,
            "end": None,
            "quote": "",
            "is_passage": False,
        }
        return told | place | {"options": options}
    place = {
        "code": None,
        "start": case.start,
        "end": case.end,
        "quote": text[case.start : case.end],
        "is_passage": case.is_passage,
    }
    return told | place | {"options": [_option(text, option, names) for option in case.options]}


def _option(text: str, option: Option, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "people": [names[user] for user in option.people],
        "tags": [
            _tag(text, tag) | {"mentions": list(sources)}
            for tag, sources in zip(option.tags, option.sources, strict=True)
        ],
        "values": [],
    }


def _tag(text: str, tag: Tagged) -> dict[str, Any]:
    start, end = tag.span.place
    return {
        "start": start,
        "end": end,
        "quote": text[start:end],
        "kind": tag.span.kind,
        "entity": {"id": tag.named_id, "name": tag.entity_name} if tag.named_id else None,
        "attributes": tag.attributes,
        "comment": tag.comment,
    }


def _decision(made: Mapping[str, Any], names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "how": made["how"],
        "by": names.get(made["by"]),
        "at": made["at"],
        "people": [names.get(user, "") for user in made["people"]],
        "mentions": [pk for pk, _ in made["gold"]],
    }
