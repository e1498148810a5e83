"""Storing articles that a script sends."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rest_framework.request import Request

from articles.api import checking
from articles.api.answers import answer
from articles.api.articles import records
from articles.api.parsing import unstorable
from articles.api.permitting import editable_corpus
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.api.reading import whole_article
from articles.api.schemas.types import ref
from articles.ingest import records as ingest
from articles.ingest.records import Result
from articles.models import DEFAULT_CORPUS, Article, Corpus, Outcome
from articles.models.access import Answer

MAX_RECORDS = 1_000
OUTCOME_HEADER = "Newsroom-Outcome"
BULK: Mapping[str, Any] = {
    "description": (
        "Articles as `POST /articles/` takes them, each checked for itself: an array of them, or "
        "an object that says the corpus or the source of those that do not say it themselves."
    ),
    "anyOf": [ref("NewArticles"), ref("NewArticlesOfOneCorpus")],
}
_CREATED = {Outcome.STORED, Outcome.NEW_VERSION}
_OUR_NAMES = {"url": "canonical_url", "authors": "credits"}


def store_one(request: Request) -> Answer:
    """Store the request's article and answer with it; raise Problem."""
    record, errors = records.checked(request.data)
    if errors:
        raise _invalid(errors)
    corpus = editable_corpus(request, record.pop("corpus", DEFAULT_CORPUS))
    [result] = _store(request, corpus, [record])
    if result.outcome is Outcome.FAILED:
        raise _invalid(_errors(result), result.reason)
    shown = whole_article(Article.objects.all(), result.article_id or 0, Addresses(request))
    headers = {"Location": shown["url"], OUTCOME_HEADER: result.outcome.value}
    return answer(201 if result.outcome in _CREATED else 200, shown, headers)


def store_many(request: Request) -> Answer:
    """Store the request's articles and answer with what became of each; raise Problem."""
    given, defaults = _given(request.data)
    checked = [_checked({**defaults, **item}) for item in given]
    slugs = [record.pop("corpus", DEFAULT_CORPUS) for record, _ in checked]
    wanted = {slug for slug, (_, errors) in zip(slugs, checked, strict=True) if not errors}
    corpora = {slug: editable_corpus(request, slug) for slug in sorted(wanted)}
    results: dict[int, Result] = {}
    for slug, corpus in corpora.items():
        indexes = [
            index
            for index, (_, errors) in enumerate(checked)
            if slugs[index] == slug and not errors
        ]
        stored = _store(request, corpus, [checked[index][0] for index in indexes])
        results.update(zip(indexes, stored, strict=True))
    at = Addresses(request)
    lines = [
        _line(index, results.get(index), errors, at) for index, (_, errors) in enumerate(checked)
    ]
    failed = any(line["outcome"] == Outcome.FAILED for line in lines)
    return answer(207 if failed else 200, {"results": lines})


def _checked(item: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return an article of many as it is checked, and what is wrong with it alone."""
    errors = unstorable(item, whole="record")
    return ({}, errors) if errors else records.checked(item)


def _store(request: Request, corpus: Corpus, items: Sequence[Mapping[str, Any]]) -> list[Result]:
    body = request._request.body  # noqa: SLF001 -- the framework's way to the bytes as received
    return ingest.store(corpus=corpus, user=request.user, body=body, items=items)


def _given(data: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the articles of a request and what is said of all of them; raise Problem."""
    defaults = {}
    if isinstance(data, dict):
        defaults = {name: data[name] for name in ("corpus", "source") if name in data}
        unknown = data.keys() - {"corpus", "source", "articles"}
        if unknown:
            raise _invalid(dict.fromkeys(sorted(unknown), "There is no such field."))
        _, errors = checking.read(records.FIELDS, defaults)
        if errors:
            raise _invalid(errors)
        data = data.get("articles")
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise _invalid({"articles": "This must be an array of objects."})
    if not 1 <= len(data) <= MAX_RECORDS:
        raise _invalid({"articles": f"This must have 1 to {MAX_RECORDS:,} items."})
    return data, defaults


def _line(
    index: int, result: Result | None, errors: Mapping[str, str], at: Addresses
) -> dict[str, Any]:
    if result is not None:
        errors = _errors(result)
    article_id = result.article_id if result else None
    return {
        "index": index,
        "outcome": result.outcome if result else Outcome.FAILED,
        "id": article_id,
        "url": at.of("article-detail", article_id) if article_id else None,
        "errors": dict(errors),
    }


def _errors(result: Result) -> dict[str, str]:
    """Return what ingest says against a record, in our names."""
    if result.outcome is Outcome.FAILED and not result.errors:
        return {"record": result.reason}
    return {_OUR_NAMES.get(name, name): message for name, message in result.errors.items()}


def _invalid(errors: Mapping[str, str], detail: str = "") -> Problem:
    said: Iterable[str] = (f"{name}: {message}" for name, message in errors.items())
    return Problem(400, detail or "; ".join(said), errors=errors)
