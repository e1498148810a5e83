"""What a client wants imported: files of a form, or addresses or text in JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, cast

import orjson
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from rest_framework.request import Request

from articles.api.articles.records import FIELDS, VISIBLE
from articles.api.checking import (
    NO_NUL,
    BadValueError,
    Check,
    array,
    described,
    nullable,
    one_of,
    read,
    text,
)
from articles.api.permitting import editable_corpus
from articles.api.problems import Problem
from articles.formats import registry
from articles.formats.mapping import FIELDS as COLUMN_FIELDS
from articles.ingest.imports import Address, NewInput, Pasted, Upload
from articles.models import DEFAULT_CORPUS, Corpus

PASTE_CHARACTERS = 20_000_000
MAX_ADDRESSES = 1_000
# The second is what people write who send one.
FILE_PARTS = ("files", "file")
_LABEL = "[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?"
_ADDRESS = text(
    2_000,
    pattern=(
        rf"^https?://{_LABEL}(\.{_LABEL}){{0,8}}(:([0-9]{{1,4}}|[1-5][0-9]{{4}}|6[0-4][0-9]{{3}}))?"
        r"([/?#][^\s\u0000-\u0020]*)?$"
    ),
    hint=(
        "This must be the address of a page that begins with http:// or https://. Write "
        "international names of hosts as xn--…."
    ),
)
_TEXT = Check(
    text(PASTE_CHARACTERS, pattern=VISIBLE, hint="This must hold words.").read,
    {"type": "string", "pattern": VISIBLE, "description": "An article as it was pasted."},
)


def _read_mapping(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise BadValueError("This must be an object of columns and fields.")
    for column, ours in value.items():
        # In a form, this is JSON within a field: its escapes come past the check of the body.
        if "\0" in column:
            raise BadValueError("The name of a column holds a NUL character; remove it.")
        if ours != "" and ours not in COLUMN_FIELDS:
            raise BadValueError(f"This must be empty or one of {', '.join(COLUMN_FIELDS)}.", column)
    return value


_MAPPING = Check(
    _read_mapping,
    {
        "type": "object",
        "propertyNames": {"pattern": NO_NUL},
        "additionalProperties": {"type": "string", "enum": ["", *COLUMN_FIELDS]},
        "description": (
            "Of tables and JSON Lines: which column is which field; empty keeps it in `extra`. "
            "What is not named is guessed."
        ),
    },
)


_SAID: Mapping[str, Check] = {
    "corpus": FIELDS["corpus"],
    "source": described(nullable(text(300)), "The outlet of what states none itself."),
    "format": described(one_of(*registry.installed()), "Recognised if left out."),
    "mapping": _MAPPING,
}
_GIVEN: Mapping[str, Check] = {
    "url": described(_ADDRESS, "The address of a page."),
    "urls": array(_ADDRESS, MAX_ADDRESSES, least=1),
    "text": _TEXT,
}
_FILES = Check(
    lambda value: value,
    {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1},
)


def _of_fields(known: Mapping[str, Check], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: check.schema for name, check in known.items()},
        "required": list(required),
        "additionalProperties": False,
    }


BODIES: Mapping[str, Mapping[str, Any]] = {
    "application/json": {
        "oneOf": [_of_fields({**_SAID, name: check}, name) for name, check in _GIVEN.items()]
    },
    "multipart/form-data": _of_fields({**_SAID, "files": _FILES}, "files"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be imported, and what is said of it."""

    corpus: Corpus
    inputs: Sequence[NewInput]
    source: str
    format: str
    mapping: Mapping[str, str]


def read_wish(request: Request) -> Wish:
    """Return what a request asks for; raise Problem."""
    if str(request.content_type).startswith("multipart/"):
        inputs, values = _of_form(cast("QueryDict", request.data))
    else:
        inputs, values = _of_json(request.data)
    return Wish(
        corpus=editable_corpus(request, values.get("corpus", DEFAULT_CORPUS)),
        inputs=inputs,
        source=values.get("source") or "",
        format=values.get("format", ""),
        mapping=values.get("mapping", {}),
    )


def _of_json(data: Any) -> tuple[list[NewInput], dict[str, Any]]:
    if not isinstance(data, dict):
        raise Problem(400, "This must be an object.")
    values = _checked({**_SAID, **_GIVEN}, data)
    given = [name for name in _GIVEN if name in values]
    if len(given) != 1:
        message = "Send one of url, urls and text; or files, as multipart/form-data."
        raise Problem(400, message, errors=dict.fromkeys(given or ["url"], message))
    if "text" in values:
        return [Pasted(values["text"])], values
    return [Address(url) for url in values.get("urls") or [values["url"]]], values


def _of_form(form: QueryDict) -> tuple[list[NewInput], dict[str, Any]]:
    files: list[NewInput] = []
    said_of_all: dict[str, Any] = {}
    for name, parts in form.lists():
        if name in FILE_PARTS and all(isinstance(part, UploadedFile) for part in parts):
            files += [_upload(cast("UploadedFile[Any]", part)) for part in parts]
        elif len(parts) == 1 and isinstance(parts[0], str):
            said_of_all[name] = _json(parts[0]) if name == "mapping" else parts[0]
        else:
            message = "This must be sent once, as a field; files as files."
            raise Problem(400, f"{name}: {message}", errors={name: message})
    values = _checked(_SAID, said_of_all)
    if not files:
        message = "Send at least one file as “files”."
        raise Problem(400, message, errors={"files": message})
    return files, values


def _upload(file: "UploadedFile[Any]") -> Upload:
    return Upload(file.name or "file", file.content_type or "", cast("IO[bytes]", file.file))


def _json(printed: str) -> Any:
    try:
        return orjson.loads(printed)
    except orjson.JSONDecodeError:
        return printed


def _checked(known: Mapping[str, Check], given: Mapping[str, Any]) -> dict[str, Any]:
    values, errors = read(known, given)
    if errors:
        detail = "; ".join(f"{name}: {message}" for name, message in errors.items())
        raise Problem(400, detail, errors=errors)
    return values
