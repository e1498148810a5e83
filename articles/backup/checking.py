"""Whether a corpus that is in use is whole: what the database says against bytes, texts and rows.

Everything is read in batches; work goes on meanwhile, and nothing is changed.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched, groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from articles.ingest import effective, storing
from articles.models import Article, Capture, Corpus, Credit, Outcome, Version
from articles.models.lookups import any_id
from articles.text import sha256

BATCH = 500
EXAMPLES = 20

# Told what is looked at and how much of it was.
type Progress = Callable[[str, int], None]

_MISCOUNTED = """
SELECT import.id, outcome.name, outcome.said, count(item.id)
FROM articles_import AS import
CROSS JOIN LATERAL (VALUES {outcomes}) AS outcome (name, said)
LEFT JOIN articles_importitem AS item ON item.run_id = import.id AND item.outcome = outcome.name
GROUP BY import.id, outcome.name, outcome.said HAVING count(item.id) <> outcome.said
ORDER BY import.id
"""
_GAPS = """
SELECT article.id, count(version.id), max(version.number), article.version_id IS NULL
FROM articles_article AS article LEFT JOIN articles_version AS version
    ON version.article_id = article.id
GROUP BY article.id
HAVING count(version.id) = 0 OR count(version.id) <> max(version.number)
    OR article.version_id IS NULL
ORDER BY article.id
"""
_STRANGE = """
SELECT article.id FROM articles_article AS article
JOIN articles_version AS version ON version.id = article.version_id
WHERE version.article_id <> article.id ORDER BY article.id
"""


@dataclass(slots=True)
class Finding:
    """One kind of fault: how often it was found, and the first examples."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: str) -> None:
        """Count a fault."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)


@dataclass(slots=True)
class Report:
    """What was looked at, what is wrong, and what is merely odd."""

    seen: dict[str, int] = field(default_factory=dict)
    faults: dict[str, Finding] = field(default_factory=dict)
    # Files that no row speaks of: left by a dry run or a restore, say. They harm nothing.
    orphans: Finding = field(default_factory=Finding)

    def fault(self, kind: str, example: str) -> None:
        """Note something wrong."""
        self.faults.setdefault(kind, Finding()).add(example)


def check_corpus(*, bytes_too: bool = True, progress: Progress = lambda *_: None) -> Report:
    """Look through every corpus. Without ``bytes_too``, captures' sizes alone are compared."""
    report = Report()
    _captures(report, bytes_too=bytes_too, progress=progress)
    _versions(report, progress)
    _effective(report, progress)
    _rows(report)
    return report


def _captures(report: Report, *, bytes_too: bool, progress: Progress) -> None:
    rows = Capture.objects.order_by("sha256", "size").values_list("sha256", "size").distinct()
    known = iter(groupby(rows.iterator(), key=lambda row: row[0][:2]))
    ahead = next(known, None)
    root = Path(settings.CAPTURES_DIR)
    count = 0
    for folder in sorted({f"{number:02x}" for number in range(256)}):
        files = {path.name for path in (root / folder).glob("*")}
        if ahead is not None and ahead[0] == folder:
            for sha, size in ahead[1]:
                files.discard(sha)
                if said := _capture(root / folder / sha, sha, size, bytes_too=bytes_too):
                    report.fault(said, sha)
                count += 1
                progress("captures", count)
            ahead = next(known, None)
        for name in sorted(files):
            report.orphans.add(f"{folder}/{name}")
    report.seen["captures"] = count


def _capture(path: Path, sha: str, size: int, *, bytes_too: bool) -> str:
    """Return what is wrong with the file of a capture, if anything is."""
    try:
        found = path.stat().st_size
    except FileNotFoundError:
        return "The bytes of a capture are gone"
    if found != size:
        return "The bytes of a capture are more or fewer than they were"
    if bytes_too:
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha:
                return "The bytes of a capture are not what they were"
    return ""


def _versions(report: Report, progress: Progress) -> None:
    count = 0
    rows = Version.objects.order_by("pk").values_list(
        "pk", "article_id", "text", "blocks", "sha256"
    )
    for pk, article_id, text, blocks, sha in rows.iterator(chunk_size=BATCH):
        name = f"version {pk} of article {article_id}"
        if sha256(text) != sha:
            report.fault("A text is not the one that was stored", name)
        if not _are_blocks(text, blocks):
            report.fault("The blocks of a text overlap, or leave words out", name)
        count += 1
        progress("texts", count)
    report.seen["texts"] = count


def _are_blocks(text: str, blocks: Iterable[Sequence[Any]]) -> bool:
    """Whether blocks are in order, disjoint, within the text, with white space alone between."""
    at = 0
    for _, start, end in blocks:
        if not at <= start < end <= len(text) or text[at:start].strip():
            return False
        at = end
    return not text[at:].strip()


def _effective(report: Report, progress: Progress) -> None:
    count = 0
    for corpus in Corpus.objects.order_by("pk"):
        ids = Article.objects.filter(corpus=corpus).order_by("pk").values_list("pk", flat=True)
        for some in batched(ids.iterator(), BATCH, strict=False):
            for article_id, names in _differences(corpus, some):
                report.fault(
                    "An article's values do not follow from what was read and corrected",
                    f"article {article_id}: {', '.join(names)}",
                )
            count += len(some)
            progress("articles", count)
    report.seen["articles"] = count


def _differences(corpus: Corpus, ids: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
    """Yield articles whose values would be others if they were derived anew, with their names."""
    with transaction.atomic():
        storing.lock(corpus)
        before = _values(ids)
        effective.derive(ids)
        after = _values(ids)
        transaction.set_rollback(True)
    for id_ in ids:
        names = [name for name, value in after[id_].items() if before[id_][name] != value]
        if names:
            yield id_, names


def _values(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    columns = effective.COLUMNS
    rows = Article.objects.filter(any_id("id", ids)).order_by().values_list("pk", *columns)
    values: dict[int, dict[str, Any]] = {
        pk: {**dict(zip(columns, row, strict=True)), "credits": set()} for pk, *row in rows
    }
    credits_ = Credit.objects.filter(any_id("version__article_id", ids)).order_by()
    for article_id, *credit in credits_.values_list(
        "version__article_id", "version_id", "position", "kind", "person_id", "name", "role",
        "place", "standing", "corrected",
    ):  # fmt: skip
        values[article_id]["credits"].add(tuple(credit))
    return values


def _rows(report: Report) -> None:
    outcomes = ", ".join(f"('{name}', import.{name})" for name in Outcome.values)
    with connection.cursor() as cursor:
        cursor.execute(_MISCOUNTED.format(outcomes=outcomes))
        for import_id, outcome, said, found in cursor.fetchall():
            report.fault(
                "An import does not count its items",
                f"import {import_id}: {said} {outcome}, of which {found} are there",
            )
        cursor.execute(_GAPS)
        for article_id, found, last, _ in cursor.fetchall():
            report.fault(
                "A version of an article is missing",
                f"article {article_id}: {found} there, the last is number {last}",
            )
        cursor.execute(_STRANGE)
        for (article_id,) in cursor.fetchall():
            report.fault("An article shows another's text", f"article {article_id}")
        cursor.execute("SELECT count(*) FROM articles_import")
        report.seen["imports"] = cursor.fetchone()[0]
