"""What schemathesis does otherwise when it tries the API: see ``test_schema.py``."""

import gc
import re
from typing import Any

import schemathesis

from articles.search.language.errors import QueryError
from articles.search.language.query import parse

_QUERIES = ("q", "query")
# No schema says which words stand where in a text, and what a codebook knows.
_ON_WORDS = ("/mentions/", "/mentions/bulk/", "/mentions/decide/", "/codes/")
_OF_TASKS = ("gold", "people")
_NOWHERE = 2**53 - 1

# What is loaded stays, and need not be looked through again and again for what could go.
gc.freeze()


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: dict[str, Any]) -> None:
    """Send requests without the ``Idempotency-Key`` that they all share, and queries that are some.

    With the key, only the first is done, and every other is answered 409 whatever its body. Keys
    that are none stay: they must be refused. No pattern says which texts are queries: those that
    are none are tried by our own tests. What the schema does not allow stays.
    """
    for name, value in list((case.headers or {}).items()):
        if name.lower() == "idempotency-key" and re.fullmatch(r"[!-~]{1,255}", str(value)):
            del case.headers[name]
    if case.path.endswith(_ON_WORDS) and isinstance(case.body, dict):
        _lead_nowhere(case.body)
    if case.path.endswith("/tags/import/") and isinstance(case.body, dict):
        _lead_to_no_corpus(case.body)
    if "/codebooks/" in case.path and isinstance(case.body, dict) and "content" in case.body:
        case.body["content"] = _without_nul(case.body["content"])
    if "/tags/export/" in case.path and (case.query or {}).get("layers") in _OF_TASKS:
        # No schema says that a layer of a task needs the task.
        del case.query["layers"]
    _mend(case.query, wordless=not case.path.endswith("/concordance/"))
    _mend(case.body)
    if isinstance(case.body, dict):
        _mend(case.body.get("sample"))


def _mend(fields: Any, *, wordless: bool = True) -> None:
    """Put a query in the place of each text that is none."""
    if not isinstance(fields, dict):
        return
    for name in _QUERIES:
        given = fields.get(name)
        if isinstance(given, str):
            fields[name] = _mended(given, wordless=wordless)
        elif isinstance(given, list):
            fields[name] = [_mended(each, wordless=wordless) for each in given]


def _mended(text: Any, *, wordless: bool) -> Any:
    if not isinstance(text, str) or "\0" in text:
        return text
    try:
        parse(text)
    except QueryError:
        return "harbour"
    if wordless or not text.strip() or re.fullmatch(r"[a-z]+", text):
        return text
    return "harbour"


def _lead_nowhere(body: dict[str, Any]) -> None:
    """Let what is well formed be of an article that there is not: by chance it can't be right."""
    article = body.get("article")
    if isinstance(article, int) and not isinstance(article, bool) and article >= 1:
        body["article"] = _NOWHERE


def _lead_to_no_corpus(body: dict[str, Any]) -> None:
    """Let a file of tags be for no corpus that there is: no schema says what a file must hold."""
    if isinstance(body.get("corpus"), str) and "\0" not in body["corpus"]:
        body["corpus"] = "nowhere"


def _without_nul(value: Any) -> Any:
    """Return an object without NUL in names within: a schema says that of no open object."""
    if isinstance(value, dict):
        return {str(name).replace("\0", ""): _without_nul(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_without_nul(each) for each in value]
    return value
