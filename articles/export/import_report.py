"""An import's report to take away: every item and what became of it, as CSV or JSON."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from articles.cells import neutral
from articles.models import Import, ImportItem

COLUMNS = ("outcome", "input", "locator", "article", "headline", "code", "reason", "raw")
_BATCH = 2_000

type Link = Callable[[str], str]


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(items: Iterable[ImportItem], link: Link) -> Iterator[str]:
    """Yield a report's lines, with a mark that tells spreadsheets that this is UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(COLUMNS)
    for item in items:
        yield writer.writerow([neutral(str(cell or "")) for cell in _row(item, link).values()])


def as_json(run: Import, items: Iterable[ImportItem], link: Link) -> Iterator[str]:
    """Yield a report as one JSON object, item by item."""
    head: dict[str, Any] = {
        "import": run.pk,
        "address": link(run.get_absolute_url()),
        "corpus": run.corpus.slug,
        "status": run.status,
        "started_at": run.started_at and run.started_at.isoformat(),
        "finished_at": run.finished_at and run.finished_at.isoformat(),
        **run.counts,
        "partial": [
            {"input": given.location, "note": given.note} for given in run.inputs.exclude(note="")
        ],
    }
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "items": ['
    for index, item in enumerate(items):
        yield (",\n  " if index else "\n  ") + json.dumps(_row(item, link), ensure_ascii=False)
    yield "\n ]\n}\n"


def _row(item: ImportItem, link: Link) -> dict[str, str | None]:
    article = item.article
    return {
        "outcome": item.outcome,
        "input": item.input.location,
        "locator": item.locator,
        "article": link(article.get_absolute_url()) if article else None,
        "headline": article.headline if article else None,
        "code": item.code or None,
        "reason": item.reason or None,
        "raw": item.raw or None,
    }


def rows(run: Import, outcome: str = "") -> Iterable[ImportItem]:
    """Return an import's items in their order, read by batches."""
    found = run.items.select_related("article", "input").order_by("pk")
    if outcome:
        found = found.filter(outcome=outcome)
    return found.iterator(chunk_size=_BATCH)
