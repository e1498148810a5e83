"""One correction of many articles: chosen by ids, by the filters of the list, or by a query."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework.request import Request

from articles.api import checking
from articles.api.answers import answer
from articles.api.articles.correcting import SCHEMA, actor, changes_of, refusals
from articles.api.articles.editing import checked, invalid, operation_headers
from articles.api.articles.narrowing import FILTERS, Narrowed, narrowed
from articles.api.checking import ID, YES_NO, BadValueError, Check, array, described, text
from articles.api.permitting import check_editable
from articles.api.presenters.addresses import Addresses
from articles.api.presenters.history import operation_reference
from articles.api.problems import Problem
from articles.api.schemas.parameters import QUERY
from articles.api.search import finding
from articles.curation.answers import SeveralCorporaError, TooManyError, hold
from articles.curation.fields import AT_ONCE, Preview, correct, preview
from articles.filters import FilterError
from articles.models import Article, Corpus, Door
from articles.models.access import Answer
from articles.models.articles import ArticleQuerySet
from articles.models.lookups import any_id
from articles.search.asking import ask
from articles.search.language.query import MAX_CHARACTERS

NAMED = 10


def _read_object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadValueError("This must be an object.")
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
            **{name: dict(QUERY[name][1]) for name in FILTERS},
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
    "q": text(MAX_CHARACTERS, about="A query whose whole answer is to be corrected."),
    "changes": Check(_read_object, {**SCHEMA, "description": "As `PATCH` of an article takes it."}),
    "dry_run": described(YES_NO, "Only say what would change, field by field."),
    "expected": described(
        Check(_read_count, {"type": "integer", "minimum": 0}),
        "How many articles you take it to be: 409 if there are more or fewer by now.",
    ),
}
_WAYS = ("articles", "filters", "q")
MANY_SCHEMA = {
    "oneOf": [
        checking.fields(
            {name: check for name, check in BODY.items() if name == chosen or name not in _WAYS},
            required=("changes", chosen),
        ).schema
        for chosen in _WAYS
    ]
}


def correct_many(request: Request) -> Answer:
    """Correct articles of one corpus as one operation, or say what that would do; raise Problem."""
    values = checked(request.data, BODY, required=("changes",))
    changes = changes_of(values["changes"], within="changes.")
    if sum(way in values for way in _WAYS) != 1:
        raise invalid(dict.fromkeys(_WAYS, "Send one of articles, filters and q."))
    # As it was before the index was asked: what comes in later is no matter of this answer.
    index = None if "articles" in values else finding.index_state(request.user)
    ids = _chosen(request, values)
    _check_editable(request, ids)
    expected = values.get("expected", len(ids))
    if expected != len(ids):
        message = f"There are {len(ids):,} articles now, not {expected:,}. Look at them again."
        raise Problem(409, f"expected: {message}", errors={"expected": message})
    at = Addresses(request)
    if not ids:
        return answer(200, _shown(0, [], None, index))
    with refusals():
        if values.get("dry_run"):
            found = preview(ids, changes)
            return answer(200, _shown(len(ids), [_preview(row) for row in found], None, index))
        operation = correct(ids, changes, by=actor(request), door=Door.API)
    reference = operation_reference(operation, at) if operation else None
    shown = _shown(len(ids), None, reference, index)
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
    try:
        return hold(_asked(request, values)).ids
    except TooManyError:
        raise Problem(
            409, f"At most {AT_ONCE:,} articles are corrected at once. Ask for fewer."
        ) from None
    except SeveralCorporaError as fault:
        raise Problem(409, str(fault)) from None


def _asked(request: Request, values: Mapping[str, Any]) -> ArticleQuerySet:
    """Return the articles that filters or a query ask for, no more than are too many."""
    visible = Article.objects.visible_to(request.user)
    wanted = _narrowed(request, values)
    if wanted.is_plain and wanted.corpus is not None:
        return visible.filter(corpus=wanted.corpus)
    found: list[int] = []
    for some in ask(wanted.whole, request.user).ids():
        found.extend(some)
        if len(found) > AT_ONCE:
            break
    return visible.filter(any_id("id", found))


def _narrowed(request: Request, values: Mapping[str, Any]) -> Narrowed:
    if "q" in values:
        return narrowed({}, request.user, query=values["q"])
    given = values["filters"]
    errors = {
        f"filters.{name}": "This must be a string."
        for name, value in given.items()
        if not isinstance(value, str)
    }
    errors |= {
        f"filters.{name}": f"There is no such filter. There are: {', '.join(FILTERS)}."
        for name in given
        if name not in FILTERS
    }
    if not given.get("corpus"):
        errors["filters.corpus"] = "This is required: correct one corpus at a time."
    if errors:
        raise invalid(errors)
    try:
        return narrowed(given, request.user)
    except FilterError as fault:
        errors = {f"filters.{name}": message for name, message in fault.fields.items()}
        status = 404 if fault.names_nothing else 400
        raise Problem(status, str(fault), errors=errors) from None


def _check_editable(request: Request, ids: Sequence[int]) -> None:
    of_them = Article.objects.filter(any_id("id", ids)).order_by().values("corpus")
    for corpus in Corpus.objects.filter(pk__in=of_them):
        check_editable(request, corpus)


def _shown(
    articles: int,
    preview_: list[dict[str, Any]] | None,
    operation: Mapping[str, Any] | None,
    index: Mapping[str, Any] | None,
) -> dict[str, Any]:
    return {"articles": articles, "preview": preview_, "operation": operation, "index": index}


def _preview(row: Preview) -> dict[str, Any]:
    return {
        "field": row.field.value,
        "value": row.value,
        "changed": row.changed,
        "unchanged": row.unchanged,
        "before": [{"value": value, "articles": number} for value, number in row.before],
        "others": row.others,
    }
