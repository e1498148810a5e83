"""The OpenAPI description: paths from the endpoints' operations, components by hand."""

import re
from typing import Any, override

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry

from articles.annotate.interchange.formats import FORMATS as TAG_FORMATS
from articles.api.operations import JSON, Operation
from articles.api.problems import MEDIA_TYPE
from articles.api.schemas.components import COMPONENTS
from articles.api.schemas.parameters import IDEMPOTENCY_KEY, OPAQUE, query
from articles.api.schemas.types import Schema, enum, ref
from articles.export.answers import ENDINGS
from articles.export.links import FORMATS as LINK_FORMATS

# Parts of addresses that are no ids.
_INSIDE = {"ending": enum(ENDINGS), "form": enum(LINK_FORMATS), "tags": enum(TAG_FORMATS)}
_BYTES = {"type": "string", "format": "binary"}
_TEXT_HEADER = {"schema": {"type": "string"}}
_HEADERS: dict[str, dict[str, Any]] = {
    "Location": {
        "description": "The address of what was made.",
        "required": True,
        "schema": {"type": "string", "format": "uri"},
    },
    "ETag": {"description": "Send it back as If-None-Match.", "required": True, **_TEXT_HEADER},
}
_PROBLEMS = {
    "400": "The request is wrong; `errors` says where.",
    "401": "There is no such token, it has expired, or there must be one and is none.",
    "403": "You may not do this.",
    "404": "There is nothing here, or nothing that you may see; `errors` names it in the body.",
    "409": "What is there now does not allow it, or the Idempotency-Key was used for another.",
    "412": "Someone changed it since you read it; `current` is what it is now.",
    "413": "The body is too large.",
    "415": "Another media type is needed.",
    "429": "Too many wrong tokens from this address; `Retry-After` says how long to wait.",
    "503": "The database took too long or is not there; try again after `Retry-After`.",
    "default": "Anything else that went wrong.",
}
_WRITES_ONLY = frozenset({"403", "409", "412", "413", "415"})


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a token is sent."""

    target_class = "articles.api.authentication.TokenAuthentication"
    name = "token"

    @override
    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token nr_…`, as `manage.py create_token` or your account page gives.",
        }


class EndpointSchema(AutoSchema):
    """Describes a method of an endpoint by its operation."""

    @override
    def get_operation(
        self,
        path: str,
        path_regex: str,
        path_prefix: str,
        method: str,
        registry: ComponentRegistry,
    ) -> dict[str, Any] | None:
        self.registry = registry
        operation: Operation | None = getattr(self.view, "operations", {}).get(method.upper())
        if operation is None:
            return None
        said = (getattr(self.view, method.lower()).__doc__ or "").strip().split("\n\n", 1)
        described: dict[str, Any] = {
            "operationId": f"{_snake(type(self.view).__name__)}_{method.lower()}",
            "summary": " ".join(said[0].split()),
            "tags": [path.split("/")[3]],
            "parameters": _parameters(path, method, operation),
            "security": self._security(method),
            "responses": _responses(method, operation),
        }
        if more := _description(said, operation):
            described["description"] = more
        if operation.body:
            described["requestBody"] = {
                "required": operation.body_is_required,
                "content": {kind: {"schema": schema} for kind, schema in operation.body.items()},
            }
        return described

    def _security(self, method: str) -> list[dict[str, Any]]:
        self.method = method
        ways: list[dict[str, Any]] = self.get_auth()
        return ways


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _description(said: list[str], operation: Operation) -> str:
    more = [" ".join(said[1].split())] if len(said) > 1 else []
    if OPAQUE.intersection(operation.parameters):
        more.append(
            "Further pages are at `next` and `previous`, whose `cursor` only the list itself can "
            "make. Other parameters than these answer 400."
        )
    return "\n\n".join(more)


def _parameters(path: str, method: str, operation: Operation) -> list[dict[str, Any]]:
    inside = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": _INSIDE.get(name, {"type": "integer", "minimum": 0}),
        }
        for name in re.findall(r"{(\w+)}", path)
    ]
    given = [
        query(name, required=name in operation.required)
        for name in operation.parameters
        if name not in OPAQUE
    ]
    return [*inside, *given, *([dict(IDEMPOTENCY_KEY)] if method.upper() == "POST" else [])]


def _responses(method: str, operation: Operation) -> dict[str, Any]:
    answers = {
        str(status): _answer(status, name, operation.media_type)
        for status, name in operation.answers.items()
    }
    writes = method.upper() not in {"GET", "HEAD"}
    for status in _PROBLEMS:
        if (writes or status not in _WRITES_ONLY) and (
            status != "412" or method in {"PATCH", "PUT", "DELETE"}
        ):
            answers[status] = {"$ref": f"#/components/responses/Problem{status.title()}"}
    return answers


def _answer(status: int, name: str | None, media_type: str) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": name or "Nothing is sent."}
    if status == 304:
        answer["description"] = "What you have is what there is."
    if status == 307:
        answer["description"] = "It is elsewhere now."
    if media_type != JSON and status == 200:
        answer["content"] = {kind: {"schema": _of_file(kind)} for kind in media_type.split(", ")}
    elif name is not None:
        answer["content"] = {JSON: {"schema": ref(name)}}
    names = {304: ("ETag",), **dict.fromkeys((201, 202, 307), ("Location",))}.get(status, ())
    if names:
        answer["headers"] = {name: _HEADERS[name] for name in names}
    return answer


def _of_file(media_type: str) -> Schema:
    return {"type": "array"} if media_type.endswith("+json") else _BYTES


def add_components(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Put the components written by hand into the description."""
    components = result.setdefault("components", {})
    components["schemas"] = {**components.get("schemas", {}), **COMPONENTS}
    components["responses"] = {
        f"Problem{status.title()}": {
            "description": description,
            "content": {MEDIA_TYPE: {"schema": ref("Problem")}},
        }
        for status, description in _PROBLEMS.items()
    }
    return result
