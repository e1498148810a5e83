"""Storing records that a script sends: at once, all or none, and harmless to repeat."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from articles.formats.records import FieldErrors, article_from_fields
from articles.ingest import captures, storing
from articles.ingest.preparing import Prepared, prepare
from articles.ingest.sources import Names
from articles.models import AgencyAlias, Corpus, Outcome
from articles.models.corpora import Visitor
from articles.parsed import Refused
from articles.reading import agencies

READER = "api"
READER_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one record; ``errors`` maps a field to what is wrong with it."""

    outcome: Outcome
    article_id: int | None = None
    version_id: int | None = None
    code: str = ""
    reason: str = ""
    errors: dict[str, str] = field(default_factory=dict)


def store(
    *,
    corpus: Corpus,
    user: Visitor,
    body: bytes,
    items: Sequence[Mapping[str, Any]],
    source_name: str = "",
) -> list[Result]:
    """Store records and return what became of each, in order.

    ``body`` is the request as received, kept as the records' capture. Records with errors are not
    stored; the others are, in one transaction. The same body again changes nothing.
    """
    known = dict(AgencyAlias.objects.filter(corpus=corpus).order_by().values_list("alias", "name"))
    read = [_read(record, index, source_name, known) for index, record in enumerate(items)]
    good: list[Prepared | Refused] = [item for item in read if not isinstance(item, Result)]
    stored = iter(_store(corpus, user, body, good) if good else [])
    return [item if isinstance(item, Result) else next(stored) for item in read]


def _read(
    record: Mapping[str, Any], index: int, source_name: str, known_agencies: Mapping[str, str]
) -> Prepared | Refused | Result:
    locator = f"record {index + 1}"
    try:
        with agencies.also_known(known_agencies):
            article = article_from_fields(record, locator)
    except FieldErrors as fault:
        return Result(
            Outcome.FAILED,
            code="invalid",
            reason="This record has errors; nothing of it was stored.",
            errors=dict(fault.errors),
        )
    item = prepare(article, default_source=source_name or None)
    if isinstance(item, Refused):
        return Result(Outcome.FAILED, code=item.code, reason=item.reason)
    return item


def _store(
    corpus: Corpus, user: Visitor, body: bytes, items: Sequence[Prepared | Refused]
) -> list[Result]:
    with transaction.atomic():
        capture = captures.keep(
            io.BytesIO(body),
            corpus=corpus,
            user_id=user.pk,
            media_type="application/json",
        )
        reading = storing.Reading(capture, READER, READER_VERSION)
        results = storing.store(items, corpus=corpus, reading=reading, names=Names(corpus))
    return [Result(r.outcome, r.article_id, r.version_id, r.code, r.reason) for r in results]
