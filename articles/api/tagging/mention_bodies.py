"""What is sent to make, change and decide mentions."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from articles.annotate.tags.wanted import COMMENT_CHARACTERS, MAKER_CHARACTERS, NAME_CHARACTERS
from articles.api import checking
from articles.api.checking import (
    ID,
    NO_NUL,
    BadValueError,
    Check,
    array,
    described,
    nullable,
    one_of,
    text,
)
from articles.models import MentionOrigin, MentionStatus

MAX_MENTIONS = 10_000
MAX_DECISIONS = 10_000
QUOTE_CHARACTERS = 100_000
_MOST_PLACE = 2**31 - 1


def _read_place(value: Any) -> int:
    whole = type(value) is int or (type(value) is float and value.is_integer())
    if not whole or not 0 <= value <= _MOST_PLACE:
        raise BadValueError("This must be a whole number: code points of the text, from 0.")
    return int(value)


def _read_key(value: Any) -> UUID:
    try:
        if isinstance(value, str) and len(value) == 36:
            return UUID(value)
    except ValueError:
        pass
    raise BadValueError("This must be a UUID.")


def _read_attributes(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadValueError("This must be an object.")
    return value


def _read_score(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise BadValueError("This must be a number from 0 to 1.")
    return float(value)


_PLACE = Check(_read_place, {"type": "integer", "minimum": 0, "maximum": _MOST_PLACE})
KEY = described(
    Check(_read_key, {"type": "string", "format": "uuid"}),
    "Your own UUID for it: with the same one nothing is made twice, however often it is sent.",
)
_ATTRIBUTES = described(
    Check(
        _read_attributes,
        {
            "type": "object",
            "propertyNames": {"pattern": NO_NUL},
            "additionalProperties": {"$ref": "#/components/schemas/Json"},
        },
    ),
    "What its kind has attributes for.",
)
KIND = described(text(40, about="A word of the codebook, such as person."), "")
TASK = described(ID, "The task in which it is: in your own layer of it. None: the corpus's layer.")
_ENTITY = described(ID, "The id of an entity.")
_ENTITY_NAME = described(
    text(NAME_CHARACTERS),
    "Instead of an id: the entity of that name and kind is found, or made.",
)
_COMMENT = text(COMMENT_CHARACTERS)
_PLACED: Mapping[str, Check] = {
    "start": described(_PLACE, "Where it begins in the text, in code points."),
    "end": described(_PLACE, "Where it ends, exclusive."),
    "quote": text(QUOTE_CHARACTERS, about="What stands there, to the letter."),
    "version": described(ID, "The id of the version whose text you read; the current one if none."),
}
NEW: Mapping[str, Check] = {
    "article": described(ID, "The id of an article."),
    **_PLACED,
    "kind": KIND,
    "entity": _ENTITY,
    "entity_name": _ENTITY_NAME,
    "attributes": _ATTRIBUTES,
    "comment": _COMMENT,
    "key": KEY,
    "task": TASK,
    "status": described(
        one_of(MentionStatus.ACCEPTED, MentionStatus.SUGGESTED), "Accepted unless told."
    ),
    "origin": described(
        one_of(MentionOrigin.PERSON, MentionOrigin.RECOGNISER, MentionOrigin.IMPORTED),
        "A person unless told.",
    ),
    "maker": text(MAKER_CHARACTERS, about="Which recogniser or file it is from."),
    "score": described(
        Check(_read_score, {"type": "number", "minimum": 0, "maximum": 1}),
        "How sure its recogniser is.",
    ),
}
REQUIRED = ("article", "start", "end", "quote", "kind")
NEW_SCHEMA = {
    "anyOf": [
        checking.fields(
            {name: check for name, check in NEW.items() if name != other}, required=REQUIRED
        ).schema
        for other in ("entity_name", "entity")
    ]
}
# In bulk the task is said once.
EACH: Mapping[str, Check] = {name: check for name, check in NEW.items() if name != "task"}
BULK: Mapping[str, Check] = {
    "mentions": Check(
        lambda value: value,
        {
            "type": "array",
            "minItems": 1,
            "items": {"$ref": "#/components/schemas/JsonObject"},
            "description": f"At most {MAX_MENTIONS:,}, each as `POST mentions/` takes it but for "
            "`task`; those that can't be made are answered one by one.",
        },
    ),
    "task": TASK,
}
BULK_SCHEMA = checking.fields(BULK, required=("mentions",)).schema
SAID: Mapping[str, Check] = {
    "kind": KIND,
    "entity": described(nullable(ID), "The id of an entity, null for none."),
    "entity_name": _ENTITY_NAME,
    "attributes": _ATTRIBUTES,
    "comment": _COMMENT,
}
STATUS: Mapping[str, Check] = {"status": one_of(*MentionStatus)}
CHANGES: Mapping[str, Check] = {**SAID, **STATUS, **_PLACED}
MOVED = ("start", "end", "quote")
CHANGES_SCHEMA = {
    "anyOf": [
        *(
            {
                **checking.fields({n: check for n, check in SAID.items() if n != other}).schema,
                "minProperties": 1,
            }
            for other in ("entity_name", "entity")
        ),
        checking.fields(STATUS, required=("status",)).schema,
        checking.fields(_PLACED, required=MOVED).schema,
    ]
}
_IDS = described(array(ID, MAX_DECISIONS, least=1), "Ids of mentions.")
DECISIONS: Mapping[str, Check] = {"accept": _IDS, "reject": _IDS}
DECISIONS_SCHEMA = {**checking.fields(DECISIONS).schema, "minProperties": 1}
RELATION: Mapping[str, Check] = {
    "kind": text(40, about="A relation of the codebook, such as speaker."),
    "target": described(ID, "The id of the mention it leads to."),
}
RELATION_SCHEMA = checking.fields(RELATION, required=("kind", "target")).schema
