"""Small words to write JSON Schema with."""

from collections.abc import Iterable, Mapping
from typing import Any

type Schema = Mapping[str, Any]

INTEGER: Schema = {"type": "integer"}
COUNT: Schema = {"type": "integer", "minimum": 0}
STRING: Schema = {"type": "string"}
BOOLEAN: Schema = {"type": "boolean"}
DATE: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def ref(name: str) -> Schema:
    """Return a reference to a component."""
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: Schema) -> Schema:
    """Return the schema of a value that may be null."""
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def array(items: Schema) -> Schema:
    """Return the schema of an array."""
    return {"type": "array", "items": items}


def enum(values: Iterable[str]) -> Schema:
    """Return the schema of an enumeration."""
    return {"type": "string", "enum": [str(value) for value in values]}


def about(text: str, schema: Schema) -> Schema:
    """Return a schema with a description."""
    return {**schema, "description": text}


def fixed(description: str = "", /, **properties: Schema) -> Schema:
    """Return the schema of an object with exactly these keys, all of them always there."""
    schema: dict[str, Any] = {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
    return about(description, schema) if description else schema


def page(name: str, **more: Schema) -> Schema:
    """Return the schema of a page of a list, with ``more`` beside its rows."""
    return fixed(
        "A page of a list. Follow `next` until it is null; addresses are to be taken as they are.",
        results=array(ref(name)),
        next=nullable(ADDRESS),
        previous=nullable(ADDRESS),
        **more,
    )
