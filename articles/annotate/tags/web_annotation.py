"""Mentions as W3C Web Annotations in JSON-LD, and back.

Pure: no Django, no database. What an annotation can say and a mention can not is refused by name,
so that nothing is dropped in silence. Places are Unicode code points of a version's text, as
``TextPositionSelector`` counts characters; the words themselves are a ``TextQuoteSelector``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_URN = "urn:uuid:"
# The server's to say: what a client sends of these does not count.
_SERVERS = frozenset({"id", "created", "modified", "generated", "creator", "generator"})
_KNOWN = frozenset({"@context", "type", "motivation", "body", "bodyValue", "target", "canonical"})
_MOTIVATIONS = frozenset(
    {"tagging", "identifying", "classifying", "commenting", "describing", "highlighting", "linking"}
)
_OF_TEXT = frozenset({"type", "id", "value", "purpose", "format", "language"})
_OF_RESOURCE = frozenset({"type", "id", "source", "purpose"})
_OF_TARGET = frozenset({"type", "id", "source", "selector", "scope"})
_JSON = "application/json"


class AnnotationError(ValueError):
    """What of an annotation can't be taken: ``path`` says where, ``message`` why, in a sentence."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A mention as an annotation is made of it; ``start`` and ``end`` None: it is nowhere.

    ``creator`` is a person, ``software`` the recogniser or file that it is from; "" for none.
    """

    iri: str
    key: UUID
    source: str
    start: int | None
    end: int | None
    quote: str
    prefix: str
    suffix: str
    kind: str
    entity: str = ""
    entity_name: str = ""
    comment: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    created: datetime | None = None
    creator: str = ""
    software: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What an annotation says, as far as a mention can.

    ``source`` is the address of what it is on, ``entity`` that of whom it names. ``key`` is that
    of its ``canonical`` address, if it has one.
    """

    source: str
    start: int | None
    end: int | None
    exact: str | None
    prefix: str
    suffix: str
    kind: str
    entity: str
    entity_name: str
    comment: str
    attributes: Mapping[str, Any]
    key: UUID | None


def annotation(shown: Shown) -> dict[str, Any]:
    """Return a mention as a Web Annotation."""
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "id": shown.iri,
        "type": "Annotation",
        "motivation": "tagging",
        "canonical": f"{_URN}{shown.key}",
    }
    if shown.created is not None:
        made["created"] = shown.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if shown.creator:
        made["creator"] = {"type": "Person", "nickname": shown.creator}
    if shown.software:
        made["generator"] = {"type": "Software", "name": shown.software}
    made["body"] = list(_bodies(shown))
    made["target"] = {
        "type": "SpecificResource",
        "source": shown.source,
        "selector": list(_selectors(shown)),
    }
    return made


def _bodies(shown: Shown) -> Iterator[dict[str, Any]]:
    yield {"type": "TextualBody", "purpose": "classifying", "value": shown.kind}
    if shown.entity:
        yield {"type": "SpecificResource", "purpose": "tagging", "source": shown.entity}
    if shown.entity_name:
        yield {"type": "TextualBody", "purpose": "tagging", "value": shown.entity_name}
    if shown.attributes:
        value = json.dumps(dict(shown.attributes), ensure_ascii=False, sort_keys=True)
        yield {"type": "TextualBody", "purpose": "describing", "format": _JSON, "value": value}
    if shown.comment:
        yield {
            "type": "TextualBody",
            "purpose": "commenting",
            "format": "text/plain",
            "value": shown.comment,
        }


def _selectors(shown: Shown) -> Iterator[dict[str, Any]]:
    if shown.start is not None and shown.end is not None:
        yield {"type": "TextPositionSelector", "start": shown.start, "end": shown.end}
    quote: dict[str, Any] = {"type": "TextQuoteSelector", "exact": shown.quote}
    around = {"prefix": shown.prefix, "suffix": shown.suffix}
    yield quote | {name: words for name, words in around.items() if words}


def read(raw: Any) -> Said:
    """Return what an annotation says. Raises AnnotationError, with what can't be taken."""
    given = _object(raw, "annotation")
    contexts = _several(given.get("@context"))
    if CONTEXT not in contexts:
        raise AnnotationError("@context", f"This must be {CONTEXT}.")
    if "Annotation" not in _several(given.get("type")):
        raise AnnotationError("type", "This must be Annotation.")
    for name in given:
        if name not in _KNOWN and name not in _SERVERS:
            raise AnnotationError(str(name), "This can't be kept here. Leave it out.")
    for word in _several(given.get("motivation")):
        if word not in _MOTIVATIONS:
            known = ", ".join(sorted(_MOTIVATIONS))
            raise AnnotationError("motivation", f"What is tagged here is one of {known}.")
    source, selectors = _target(given.get("target"))
    place = _place(selectors)
    said = _said(given)
    return Said(source=source, **place, **said, key=_key(given.get("canonical")))


def _key(canonical: Any) -> UUID | None:
    if canonical is None:
        return None
    try:
        if isinstance(canonical, str) and canonical.lower().startswith(_URN):
            return UUID(canonical[len(_URN) :])
    except ValueError:
        pass
    raise AnnotationError("canonical", f"Only one of the form {_URN}… can be kept as it is.")


def _target(raw: Any) -> tuple[str, list[Any]]:
    """Return the address of what is annotated, and the selectors of its words."""
    targets = _several(raw)
    if len(targets) != 1:
        raise AnnotationError("target", "There must be one: words of one article.")
    if isinstance(targets[0], str):
        return targets[0], []
    target = _only(_object(targets[0], "target"), _OF_TARGET, "target")
    source = target.get("source", target.get("id"))
    if isinstance(source, dict):
        source = source.get("id")
    if not isinstance(source, str):
        raise AnnotationError("target.source", "This must be the address of an article.")
    return source, _several(target.get("selector"))


def _place(selectors: Sequence[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "start": None, "end": None, "exact": None, "prefix": "", "suffix": "",
    }  # fmt: skip
    for number, raw in enumerate(selectors):
        path = f"target.selector.{number}"
        selector = _object(raw, path)
        match selector.get("type"):
            case "TextPositionSelector":
                _only(selector, {"type", "id", "start", "end"}, path)
                found |= {name: _whole(selector, name, path) for name in ("start", "end")}
            case "TextQuoteSelector":
                _only(selector, {"type", "id", "exact", "prefix", "suffix"}, path)
                found["exact"] = _words(selector, "exact", path)
                for name in ("prefix", "suffix"):
                    found[name] = _words(selector, name, path) if name in selector else ""
            case _:
                raise AnnotationError(
                    f"{path}.type",
                    "Words are chosen here by a TextQuoteSelector or a TextPositionSelector.",
                )
    return found


def _said(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the bodies say: of what kind, whom it names, comments."""
    bodies = _several(given.get("body"))
    if "bodyValue" in given:
        if bodies:
            raise AnnotationError("bodyValue", "Send either body or bodyValue.")
        bodies = [{"type": "TextualBody", "value": given["bodyValue"]}]
    said: dict[str, Any] = {
        "kind": "", "entity": "", "entity_name": "", "comment": "", "attributes": {},
    }  # fmt: skip
    for number, raw in enumerate(bodies):
        path = f"body.{number}"
        name, value = _body(raw, path)
        if said[name]:
            raise AnnotationError(path, f"There can be one body that says this ({name}).")
        said[name] = value
    if not (said["kind"] or said["entity"]):
        raise AnnotationError(
            "body",
            "Say what it is: a TextualBody with the purpose classifying and a kind of the codebook "
            "as its value, or a SpecificResource with the purpose tagging and an entity as its "
            "source.",
        )
    return said


def _body(raw: Any, path: str) -> tuple[str, Any]:
    """Return what one body says, and under which name."""
    if isinstance(raw, str):
        return "entity", raw
    body = _object(raw, path)
    if "source" in body:
        _only(body, _OF_RESOURCE, path)
        _purpose(body, path, {"", "tagging", "identifying", "linking", "classifying"})
        if not isinstance(body["source"], str):
            raise AnnotationError(f"{path}.source", "This must be an address.")
        return "entity", body["source"]
    if "TextualBody" not in _several(body.get("type")) and "value" not in body:
        raise AnnotationError(
            path, "A body is a TextualBody, or a SpecificResource whose source is an entity."
        )
    _only(body, _OF_TEXT, path)
    purpose = _purpose(
        body, path, {"", "classifying", "tagging", "identifying", "commenting", "describing"}
    )
    value = _words(body, "value", path)
    if purpose == "describing" and body.get("format") == _JSON:
        return "attributes", _attributes(value, f"{path}.value")
    if body.get("format", "text/plain") != "text/plain":
        raise AnnotationError(f"{path}.format", "Comments are kept as text/plain.")
    names = {"classifying": "kind", "tagging": "entity_name", "identifying": "entity_name"}
    return names.get(purpose, "comment"), value


def _attributes(value: str, path: str) -> dict[str, Any]:
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise AnnotationError(path, "This must be a JSON object: the attributes of its kind.")
    return found


def _purpose(body: Mapping[str, Any], path: str, known: set[str]) -> str:
    purpose = body.get("purpose", "")
    if purpose not in known:
        told = ", ".join(sorted(known - {""}))
        raise AnnotationError(f"{path}.purpose", f"Of such a body this is one of {told}.")
    return str(purpose)


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _object(value: Any, path: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise AnnotationError(path, "This must be an object.")
    return value


def _only(value: Mapping[str, Any], known: set[str] | frozenset[str], path: str) -> Any:
    for name in value:
        if name not in known:
            raise AnnotationError(f"{path}.{name}", "This can't be kept here. Leave it out.")
    return value


def _words(value: Mapping[str, Any], name: str, path: str) -> str:
    found = value.get(name)
    if not isinstance(found, str):
        raise AnnotationError(f"{path}.{name}", "This must be a string.")
    return found


def _whole(value: Mapping[str, Any], name: str, path: str) -> int:
    found = value.get(name)
    if type(found) is not int or found < 0:
        raise AnnotationError(f"{path}.{name}", "This must be a whole number from 0.")
    return found
