"""One correction of many articles: chosen by ids or by the filters of the list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from rest_framework.request import Request

from articles import filters
from articles.api import checking
from articles.api.answers import answer
from articles.api.checking import ID, BadValueError, Check, array, described
from articles.api.correcting import SCHEMA, actor, changes_of, refusals
from articles.api.editing import checked, invalid, operation_headers
from articles.api.permitting import check_editable
from articles.api.presenters.addresses import Addresses
from articles.api.presenters.history import operation_reference
from articles.api.problems import Problem
from articles.api.schemas.parameters import QUERY
from articles.curation.answers import SeveralCorporaError, TooManyError, hold
from articles.curation.fields import AT_ONCE, Preview, correct, preview
from articles.models import Article, Corpus, Door
from articles.models.access import Answer
from articles.models.lookups import any_id

NAMED = 10


def _read_object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadValueError("This must be an object.")
    return value


def _read_yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadValueError("This must be true or false.")
    return value


def _read_count(value: Any) -> int:
    whole = type(value) is int or (type(value) is float and value.is_integer())
    if not whole or value < 0:
        raise BadValueError("This must be a whole number.")
    return int(value)


_FILTERS = Check(
    _read_object,
    {
        "type": "object",
        "properties": {
            **{name: dict(QUERY[name][1]) for name in filters.FILTERS},
            "corpus": {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,80}$"},
        },
        "required": ["corpus"],
        "additionalProperties": False,
        "description": "Those of the list of articles; `corpus` must be among them.",
    },
)
BODY: Mapping[str, Check] = {
    "articles": described(array(ID, AT_ONCE, least=1), "The ids of articles of one corpus."),
    "filters": _FILTERS,
    "changes": Check(_read_object, {**SCHEMA, "description": "As `PATCH` of an article takes it."}),
    "dry_run": described(
        Check(_read_yes_no, {"type": "boolean"}), "Only say what would change, field by field."
    ),
    "expected": described(
        Check(_read_count, {"type": "integer", "minimum": 0}),
        "How many articles you take it to be: 409 if there are more or fewer by now.",
    ),
}
MANY_SCHEMA = {
    "oneOf": [
        checking.fields(
            {name: check for name, check in BODY.items() if name != other},
            required=("changes", chosen),
        ).schema
        for chosen, other in (("articles", "filters"), ("filters", "articles"))
    ]
}


def correct_many(request: Request) -> Answer:
    """Correct articles of one corpus as one operation, or say what that would do; raise Problem."""
    values = checked(request.data, BODY, required=("changes",))
    changes = changes_of(values["changes"], within="changes.")
    if ("articles" in values) == ("filters" in values):
        message = "Send either articles or filters."
        raise invalid(dict.fromkeys(("articles", "filters"), message))
    ids = _chosen(request, values)
    _check_editable(request, ids)
    expected = values.get("expected", len(ids))
    if expected != len(ids):
        message = f"There are {len(ids):,} articles now, not {expected:,}. Look at them again."
        raise Problem(409, f"expected: {message}", errors={"expected": message})
    at = Addresses(request)
    if not ids:
        return answer(200, _shown(0, [], None))
    with refusals():
        if values.get("dry_run"):
            found = preview(ids, changes)
            return answer(200, _shown(len(ids), [_preview(row) for row in found], None))
        operation = correct(ids, changes, by=actor(request), door=Door.API)
    reference = operation_reference(operation, at) if operation else None
    shown = _shown(len(ids), None, reference)
    return answer(200, shown, operation_headers(operation, at))


def _chosen(request: Request, values: Mapping[str, Any]) -> Sequence[int]:
    visible = Article.objects.visible_to(request.user)
    if "articles" in values:
        ids = list(dict.fromkeys(values["articles"]))
        known = set(visible.filter(any_id("id", ids)).order_by().values_list("pk", flat=True))
        missing = [str(id_) for id_ in ids if id_ not in known]
        if missing:
            more = " and others" if len(missing) > NAMED else ""
            message = f"There is no article {', '.join(missing[:NAMED])}{more} that you may see."
            raise Problem(404, message, errors={"articles": message})
        return ids
    query = _query(request, values["filters"])
    try:
        return hold(query.apply(visible)).ids
    except TooManyError:
        raise Problem(
            409, f"At most {AT_ONCE:,} articles are corrected at once. Narrow the filters."
        ) from None
    except SeveralCorporaError as fault:
        raise Problem(409, str(fault)) from None


def _query(request: Request, given: Mapping[str, Any]) -> filters.ListQuery:
    errors = {
        f"filters.{name}": "This must be a string."
        for name, value in given.items()
        if not isinstance(value, str)
    }
    errors |= {
        f"filters.{name}": f"There is no such filter. There are: {', '.join(filters.FILTERS)}."
        for name in given
        if name not in filters.FILTERS
    }
    if not given.get("corpus"):
        errors["filters.corpus"] = "This is required: correct one corpus at a time."
    if errors:
        raise invalid(errors)
    params = QueryDict(mutable=True)
    params.update(given)
    try:
        return filters.read(params, request.user)
    except filters.FilterError as fault:
        errors = {f"filters.{name}": message for name, message in fault.fields.items()}
        status = 404 if fault.names_nothing else 400
        raise Problem(status, str(fault), errors=errors) from None


def _check_editable(request: Request, ids: Sequence[int]) -> None:
    of_them = Article.objects.filter(any_id("id", ids)).order_by().values("corpus")
    for corpus in Corpus.objects.filter(pk__in=of_them):
        check_editable(request, corpus)


def _shown(
    articles: int, preview_: list[dict[str, Any]] | None, operation: Mapping[str, Any] | None
) -> dict[str, Any]:
    return {"articles": articles, "preview": preview_, "operation": operation}


def _preview(row: Preview) -> dict[str, Any]:
    return {
        "field": row.field.value,
        "value": row.value,
        "changed": row.changed,
        "unchanged": row.unchanged,
        "before": [{"value": value, "articles": number} for value, number in row.before],
        "others": row.others,
    }
