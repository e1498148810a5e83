"""What is sent to settle the articles of a task."""

from collections.abc import Mapping
from typing import Any

from articles.annotate.agreement.settling import Edited
from articles.annotate.agreement.settling_many import Decision, Wanted
from articles.annotate.tags.wanted import NAME_CHARACTERS
from articles.annotate.tasks.tasks import MOST_ARTICLES
from articles.api import checking
from articles.api.checking import YES_NO, BadValueError, Check, described, text
from articles.api.tagging.mention_bodies import KIND, QUOTE_CHARACTERS
from articles.api.tasks.task_bodies import whole

MAX_ITEMS = 100
MAX_DECISIONS = 500
_MOST_OPTIONS = 200
_KEY = text(16, pattern=r"^[0-9a-f]{16}$", hint="This must be the key of a case.")
_EDITED: Mapping[str, Check] = {
    "quote": text(QUOTE_CHARACTERS, about="The words as they stand there."),
    "kind": KIND,
    "entity_name": text(NAME_CHARACTERS, about="Whom or what they name."),
}
_DECISION: Mapping[str, Check] = {
    "case": described(_KEY, "The key of a case, which changes when anyone changes their tags."),
    "option": whole(
        -1, _MOST_OPTIONS, "Whose is right, as listed from 0; -1: nothing is to stand."
    ),
    "edit": described(
        Check(
            lambda value: _read(value, _EDITED, ("quote", "kind")),
            {**checking.fields(_EDITED, required=("quote", "kind")).schema},
        ),
        "Instead of an option: what stands there and nobody tagged so.",
    ),
    "state": text(80, about="The state of the decision this replaces; empty if there is none."),
}


def _read(value: Any, fields: Mapping[str, Check], required: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadValueError("This must be an object.")
    values, errors = checking.read(fields, value)
    errors |= {name: "This is required." for name in required if name not in value}
    if errors:
        raise BadValueError("; ".join(f"{name}: {said}" for name, said in errors.items()))
    return values


def _decisions(value: Any) -> list[Decision]:
    if not isinstance(value, list) or len(value) > MAX_DECISIONS:
        raise BadValueError(f"This must be an array of at most {MAX_DECISIONS:,}.")
    found = []
    for each in value:
        given = _read(each, _DECISION, ("case",))
        if ("option" in given) == ("edit" in given):
            raise BadValueError("Give one of option and edit in each decision.")
        edit = given.get("edit")
        found.append(
            Decision(
                given["case"],
                given.get("option", -1),
                Edited(edit["quote"], edit["kind"], edit.get("entity_name", "")) if edit else None,
                given.get("state", ""),
            )
        )
    return found


_ITEM: Mapping[str, Check] = {
    "position": whole(0, MOST_ARTICLES, "The article's place in the task."),
    "take_agreed": described(YES_NO, "First take all on which all agree."),
    "decisions": described(
        Check(
            _decisions,
            {
                "type": "array",
                "items": {
                    "oneOf": [
                        checking.fields(
                            {name: check for name, check in _DECISION.items() if name != other},
                            required=("case", way),
                        ).schema
                        for way, other in (("option", "edit"), ("edit", "option"))
                    ]
                },
            },
        ),
        f"In all at most {MAX_DECISIONS:,} in a request.",
    ),
    "finish": described(YES_NO, "Last say that the article is settled."),
}
BODY: Mapping[str, Check] = {
    "items": Check(
        lambda value: value,
        {
            "type": "array",
            "minItems": 1,
            "maxItems": MAX_ITEMS,
            "items": checking.fields(_ITEM, required=("position",)).schema,
            "description": "Articles of the task, each with what is to be settled of it.",
        },
    )
}
BODY_SCHEMA = checking.fields(BODY, required=("items",)).schema


def read_item(value: Any) -> Wanted:
    """Return what is asked of an article; raise BadValueError."""
    given = _read(value, _ITEM, ("position",))
    return Wanted(
        given["position"],
        given.get("take_agreed", False),
        given.get("decisions", ()),
        given.get("finish", False),
    )
