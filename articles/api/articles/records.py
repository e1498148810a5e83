"""An article as a script sends it: checked field by field, and put in the words of ingest."""

from collections.abc import Mapping
from typing import Any

from articles.api.checking import (
    DAY,
    MOMENT,
    NO_NUL,
    BadValueError,
    Check,
    array,
    described,
    fields,
    nullable,
    one_of,
    read,
    text,
)
from articles.models import DEFAULT_CORPUS
from articles.parsed import CreditKind, Precision
from articles.text import BlockKind

BODY_CHARACTERS = 10_000_000
LINE_CHARACTERS = 20_000
# Something to read: neither white space nor controls alone.
VISIBLE = (
    r"^[^\u0000]*[^\s\u0000-\u001f\u007f-\u00a0\u00ad\u180e\u200b-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u3000\ufeff][^\u0000]*$"
)
_WORDS_HINT = "This must hold words."
_LINE = text(LINE_CHARACTERS)
_NAME = text(300)
_WORDS = text(LINE_CHARACTERS, pattern=VISIBLE, hint=_WORDS_HINT)
_BODY = Check(
    text(BODY_CHARACTERS, pattern=VISIBLE, hint=_WORDS_HINT).read,
    {
        "type": "string",
        "pattern": VISIBLE,
        "description": "The body: its paragraphs stand apart by blank lines.",
    },
)
_WEB_ADDRESS = text(
    2_000,
    pattern=r"^https?://[^\s/<>\"\u0000-\u0020]+[^\s<>\"\u0000-\u0020]*$",
    hint="This must be a web address that begins with http:// or https://.",
)
# A dateline stands before a paragraph, so it is no body by itself.
_BODY_KINDS = [kind for kind in BlockKind if kind.is_body and kind is not BlockKind.DATELINE]


def _read_json(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadValueError("This must be an object.")
    return value


_ANY_JSON = Check(
    _read_json,
    {
        "type": "object",
        "propertyNames": {"pattern": NO_NUL},
        "additionalProperties": {"$ref": "#/components/schemas/Json"},
        "description": "Whatever has no field of its own; kept as it is.",
    },
)


_DATE_HINT = (
    "This must be a day that exists (2019-01-09), an instant with its time zone "
    "(2019-01-09T14:30:00+06:00), or an object of date and precision."
)


def _read_date(value: Any) -> dict[str, Any]:
    """Return a printed date as ``{date, at, precision}``."""
    if isinstance(value, Mapping):
        return _read_date_of_parts(value)
    if isinstance(value, str) and len(value) == 10:
        return {"date": DAY.read(value).isoformat(), "precision": Precision.DAY.value}
    try:
        moment = MOMENT.read(value)
    except BadValueError:
        raise BadValueError(_DATE_HINT) from None
    return {
        "date": moment.date().isoformat(),
        "at": moment.isoformat(),
        "precision": Precision.MINUTE.value,
    }


_PRECISION = one_of(*Precision)
_DATE_PARTS = fields({"date": DAY, "at": nullable(MOMENT), "precision": _PRECISION})


def _read_date_of_parts(value: Any) -> dict[str, Any]:
    parts = _DATE_PARTS.read(value)
    at = parts.get("at")
    if at is None and "date" not in parts:
        raise BadValueError("This is required.", "date")
    known = Precision.MINUTE if at else Precision.DAY
    precision = Precision(parts.get("precision", known))
    day = parts["date"] if "date" in parts else at.date()
    if precision in {Precision.MONTH, Precision.YEAR}:
        day = day.replace(day=1, month=1 if precision is Precision.YEAR else day.month)
    return {
        "date": day.isoformat(),
        "precision": precision.value,
        **({"at": at.isoformat()} if at else {}),
    }


_PRINTED_DATE = Check(
    _read_date,
    {
        "anyOf": [
            DAY.schema,
            MOMENT.schema,
            fields({"date": DAY, "precision": _PRECISION}, required=("date",)).schema,
            fields({"at": MOMENT, "precision": _PRECISION}, required=("at",)).schema,
        ],
        "description": (
            "The outlet's printed day, or the instant with its time zone; as an object with a "
            "precision: of a month or a year, `date` is any day in it. An object may also have "
            "both, where the instant is of that day or the one beside it."
        ),
    },
)
_CREDIT = fields(
    {
        "kind": one_of(*CreditKind),
        "name": text(300, pattern=VISIBLE, hint=_WORDS_HINT),
        "role": nullable(text(200)),
        "place": nullable(_NAME),
    },
    required=("kind", "name"),
)
_BLOCK = fields({"kind": one_of(*BlockKind), "text": _WORDS}, required=("kind", "text"))
_BLOCKS = described(
    array(_BLOCK, 10_000), "The blocks in reading order, at most 10,000; instead of `body`."
)
_CAPTION = fields({"text": _WORDS, "credit": nullable(_LINE)}, required=("text",))

FIELDS: Mapping[str, Check] = {
    "corpus": text(
        80,
        pattern="^[-a-zA-Z0-9_]{1,80}$",
        hint="This must be the slug of a corpus.",
        about=f"The slug of the corpus; `{DEFAULT_CORPUS}` if left out.",
    ),
    "source": nullable(_NAME),
    "headline": nullable(_WORDS),
    "standfirst": nullable(_LINE),
    "key_points": array(_LINE, 100),
    "body": nullable(_BODY),
    "blocks": _BLOCKS,
    "published": nullable(_PRINTED_DATE),
    "modified": nullable(_PRINTED_DATE),
    "byline": nullable(_LINE),
    "credits": array(_CREDIT, 200),
    "dateline": nullable(fields({"place": nullable(_NAME), "agency": nullable(text(200))})),
    "section": nullable(_NAME),
    "page": nullable(text(100)),
    "edition": nullable(_NAME),
    "language": nullable(
        text(
            35,
            pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
            hint="This must be a language tag such as en or pt-BR.",
        )
    ),
    "canonical_url": nullable(_WEB_ADDRESS),
    "external_id": nullable(text(500)),
    "captions": array(_CAPTION, 1_000),
    "rights": nullable(_LINE),
    "extra": _ANY_JSON,
}
# What ingest calls them.
_INGEST_NAMES = {"canonical_url": "url", "credits": "authors"}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {name: check.schema for name, check in FIELDS.items()},
    "additionalProperties": False,
    # An article needs something to read.
    "anyOf": [
        {"required": ["headline"], "properties": {"headline": {"type": "string"}}},
        {"required": ["body"], "properties": {"body": {"type": "string"}}},
        {
            "required": ["blocks"],
            "properties": {
                "blocks": {"contains": {"properties": {"kind": {"enum": list(_BODY_KINDS)}}}}
            },
        },
    ],
    "not": {
        "required": ["body", "blocks"],
        "properties": {"body": {"type": "string"}},
    },
}


def checked(given: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a record for ingest, its corpus with it, and what is wrong with it by field."""
    if not isinstance(given, Mapping):
        return {}, {"record": "This must be an object."}
    values, errors = read(FIELDS, given)
    blocks = values.get("blocks") or []
    has_words = any(block["kind"] in _BODY_KINDS for block in blocks)
    if not (values.get("headline") or values.get("body") or has_words) and not errors:
        errors["body"] = "An article needs a headline, a body, or blocks that hold one."
    if "blocks" in values and values.get("body") is not None:
        errors["blocks"] = "Send either body or blocks."
    record = {_INGEST_NAMES.get(name, name): value for name, value in values.items()}
    return record, errors
