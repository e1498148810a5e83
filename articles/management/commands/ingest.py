"""``manage.py ingest``: files, folders, globs, addresses or standard input, into a corpus."""

import glob
import io
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from articles.formats import registry
from articles.formats.preview import columns
from articles.formats.protocol import ReadOptions
from articles.ingest import captures, imports
from articles.ingest.unpacking import open_unpacked
from articles.management.index import bring_up
from articles.models import (
    DEFAULT_CORPUS,
    Capture,
    Corpus,
    Door,
    Import,
    ImportItem,
    Outcome,
)

MISUSE = 2
FAILURES_SHOWN = 20
DRY_RUN_SHOWN = 50
# Formats whose columns are mapped to our fields.
_MAPPED = ("jsonl", "table")


class Command(BaseCommand):
    """Ingest what researchers have."""

    help = (
        "Ingest text captures, saved pages, JSONL, tables, database exports and archives of them. "
        "Again changes nothing; interrupted, the same command goes on."
    )
    # Django's checks would import all pages and the API first: a second's work.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "inputs", nargs="+", metavar="PATH|URL|-", help="files, folders, globs, addresses, or -"
        )
        parser.add_argument("--corpus", default=DEFAULT_CORPUS, metavar="SLUG")
        parser.add_argument(
            "--source", default="", metavar="NAME", help="the outlet of articles that state none"
        )
        parser.add_argument("--format", default="", metavar="NAME", help="default: recognised")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help="for tables and JSON: which of our fields a column is; empty for none",
        )
        parser.add_argument("--dry-run", action="store_true", help="show what would happen")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, inputs: list[str], **options: Any) -> None:
        """Ingest; exit 0 when nothing failed, 1 when something did, 2 on misuse."""
        corpus = _corpus(options["corpus"])
        given = list(_inputs(inputs))
        asked = {
            "source_name": options["source"],
            "format_name": options["format"],
            "mapping": _mapping(options["map"]),
        }
        try:
            if options["dry_run"]:
                run = self._dry_run(corpus, given, asked, as_json=options["json"])
            else:
                run = imports.start(
                    corpus=corpus,
                    user=None,
                    door=Door.COMMAND,
                    inputs=given,
                    resume=not any(isinstance(i, imports.Upload) for i in given),
                    **asked,
                )
                run = self._run(run)
                self._tell(run, as_json=options["json"])
                bring_up()
        except imports.ImportRefused as fault:
            raise CommandError(str(fault), returncode=MISUSE) from fault
        except imports.AlreadyRunningError as fault:
            raise CommandError(f"{fault} Wait for it, or stop that one.") from fault
        if run.failed:
            sys.exit(1)

    def _run(self, run: Import) -> Import:
        """Run with a bar of progress, rate and time left, on a terminal."""
        console = Console(stderr=True)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
            task = bar.add_task("Ingesting", total=None, rate="")

            def show(progress: imports.Progress) -> None:
                items = sum(progress.counts.values())
                elapsed = bar.tasks[0].elapsed or 0
                rate = f"{items:,} items, {items / elapsed:,.0f}/s" if elapsed else ""
                name = progress.location.rsplit("/", 1)[-1][:40]
                bar.update(
                    task,
                    description=name,
                    completed=progress.bytes_done,
                    total=max(progress.bytes_total, progress.bytes_done),
                    rate=rate,
                )

            return imports.run(run.pk, progress=show)

    def _dry_run(
        self,
        corpus: Corpus,
        given: list[imports.NewInput],
        asked: dict[str, Any],
        *,
        as_json: bool,
    ) -> Import:
        """Do it all, show it, and undo it."""
        with transaction.atomic():
            before = set(Capture.objects.filter(corpus=corpus).values_list("sha256", flat=True))
            run = imports.start(corpus=corpus, user=None, door=Door.COMMAND, inputs=given, **asked)
            run = self._run(run)
            self._tell(run, as_json=as_json, dry=True)
            after = set(Capture.objects.filter(corpus=corpus).values_list("sha256", flat=True))
            transaction.set_rollback(True)
        for sha256 in after - before:
            captures.discard(sha256)
        return run

    def _tell(self, run: Import, *, as_json: bool, dry: bool = False) -> None:
        if as_json:
            ids = run.items.filter(article__isnull=False).order_by("input__ordinal", "ordinal")
            articles = list(dict.fromkeys(ids.values_list("article_id", flat=True)))
            self.stdout.write(json.dumps({**run.counts, "articles": articles}))
            return
        console = Console(file=cast("IO[str]", self.stdout))
        if dry:
            for table in _mapping_tables(run):
                console.print(table)
            console.print(_articles_table(run))
        console.print(_counts_table(run, dry=dry))
        for given in run.inputs.exclude(note=""):
            console.print(f"[bold]Read in part:[/] {given.location}: {given.note}", highlight=False)
        _print_failures(console, run)


def _corpus(slug: str) -> Corpus:
    corpus = Corpus.objects.filter(slug=slug).first()
    if corpus is None and slug == DEFAULT_CORPUS:
        corpus, _ = Corpus.objects.get_or_create(slug=slug, defaults={"name": "Default"})
    if corpus is None:
        known = ", ".join(Corpus.objects.values_list("slug", flat=True)) or "none"
        raise CommandError(
            f"There is no corpus “{slug}”. There are: {known}. "
            f"Make it with: manage.py create_corpus {slug}",
            returncode=MISUSE,
        )
    found: Corpus = corpus
    return found


def _mapping(pairs: list[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        column, equals, name = pair.partition("=")
        if not equals or not column:
            raise CommandError(f"--map wants COLUMN=FIELD, not “{pair}”.", returncode=MISUSE)
        mapping[column] = name
    return mapping


def _inputs(names: list[str]) -> Iterator[imports.NewInput]:
    """Expand what was named; raise CommandError for a name that is nothing."""
    for name in names:
        if name == "-":
            yield imports.Upload("standard input", "", io.BytesIO(sys.stdin.buffer.read()))
        elif name.lower().startswith(("http://", "https://")):
            yield imports.Address(name)
        else:
            yield from _files(name)


def _files(name: str) -> Iterator[imports.LocalFile]:
    path = Path(name)
    if path.is_file():
        found = [path]
    elif path.is_dir():
        found = sorted(
            file
            for file in path.rglob("*")
            if file.is_file()
            and not any(part.startswith(".") for part in file.relative_to(path).parts)
        )
    else:
        found = sorted(Path(match) for match in glob.glob(name, recursive=True))  # noqa: PTH207 -- takes absolute patterns
        found = [file for file in found if file.is_file()]
    if not found:
        raise CommandError(f"There is no file at “{name}”.", returncode=MISUSE)
    for file in found:
        yield imports.LocalFile(file.resolve())


def _counts_table(run: Import, *, dry: bool) -> Table:
    title = "What would happen" if dry else f"Import {run.pk}"
    table = Table("Outcome", "Items", title=title, title_justify="left")
    table.columns[1].justify = "right"
    for outcome in Outcome:
        table.add_row(outcome.label, f"{run.counts[outcome.value]:,}")
    table.add_row("Total", f"{run.total:,}", style="bold")
    return table


def _mapping_tables(run: Import) -> Iterator[Table]:
    """Yield, for each table and JSON file, which of our fields each column is taken for."""
    for given in run.inputs.filter(format_name__in=_MAPPED).select_related("capture"):
        if given.capture is None:
            continue
        with open_unpacked(captures.path(given.capture)) as unpacked:
            reader = registry.by_name(given.format_name)
            found = columns(reader, unpacked.stream, ReadOptions(mapping=run.mapping))
        table = Table("Column", "Field", "Why", "First value", title_justify="left")
        table.title = f"{given.location}: change it with --map COLUMN=FIELD"
        for column in found:
            table.add_row(column.name, column.field or "extra", column.reason, column.sample[:40])
        yield table


def _articles_table(run: Import) -> Table:
    table = Table("Format", "Outcome", "Source", "Date", "Headline", title_justify="left")
    items = run.items.select_related("article__source", "input").order_by(
        "input__ordinal", "ordinal"
    )
    for item in items[:DRY_RUN_SHOWN]:
        article = item.article
        table.add_row(
            item.input.format_name,
            Outcome(item.outcome).label,
            str(article.source or "") if article else "",
            str(article.published_date or "") if article else "",
            article.headline[:80] if article else item.reason[:80],
        )
    table.title = (
        f"The first {DRY_RUN_SHOWN} of {run.total:,}" if run.total > DRY_RUN_SHOWN else None
    )
    return table


def _print_failures(console: Console, run: Import) -> None:
    failed = ImportItem.objects.filter(run=run, outcome=Outcome.FAILED).select_related("input")
    for item in failed.order_by("pk")[:FAILURES_SHOWN]:
        console.print(
            f"[red]Failed[/] {item.input.location}, {item.locator}: {item.reason}", highlight=False
        )
    if run.failed > FAILURES_SHOWN:
        console.print(f"… and {run.failed - FAILURES_SHOWN:,} more: see the import's page.")
