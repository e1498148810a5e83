"""``manage.py reread``: read captures again with today's rules, and see or keep the difference."""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

import orjson
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from articles.curation.reread_compare import Finding, Found
from articles.curation.reread_plan import Wanted, records_left_out
from articles.curation.reread_words import as_json, in_words
from articles.curation.rereading import Report, reread, withdraw
from articles.formats import registry
from articles.formats.protocol import FormatError
from articles.management.index import bring_up
from articles.models import DEFAULT_CORPUS, Capture, Corpus, Import, Source, SourceAlias
from articles.models.folding import fold

MISUSE = 2
SAMPLES = 8
LINES = 6
_LABELS = {
    Found.SAME: "Same",
    Found.TEXT: "Text read otherwise",
    Found.FIELDS: "Fields read otherwise",
    Found.GONE: "Borders differ: no article there now",
    Found.NEW: "Borders differ: an article there now",
    Found.FAILED: "Failed now",
    Found.READABLE: "Failed then, can be read now",
}


class Command(BaseCommand):
    """Read again what was read by readers of before."""

    help = (
        "Read captures again with today's rules and show what would be read otherwise. "
        "Nothing is stored without --apply, and nothing of it counts as a change by the outlet."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--corpus", default=DEFAULT_CORPUS, metavar="SLUG")
        parser.add_argument("--import", type=int, metavar="N", dest="import_id")
        parser.add_argument("--capture", type=int, metavar="N", dest="capture_id")
        parser.add_argument("--format", default="", metavar="NAME", help="what this reader read")
        parser.add_argument("--source", default="", metavar="NAME", help="articles of this outlet")
        parser.add_argument("--limit", type=int, metavar="N", help="stop after so many places")
        parser.add_argument(
            "--all", action="store_true", help="also what today's readers have read already"
        )
        parser.add_argument("--apply", action="store_true", help="store it")
        parser.add_argument(
            "--withdraw",
            action="store_true",
            help="take back what today's readers read anew; with --apply",
        )
        parser.add_argument("--details", metavar="FILE.jsonl", help="write every place there")

    def handle(self, **options: Any) -> None:
        """Report; exit 0, or 2 on misuse."""
        wanted = _wanted(options)
        console = Console(file=cast("IO[str]", self.stdout))
        if options["withdraw"]:
            _withdraw(console, wanted, apply=options["apply"])
            if options["apply"]:
                bring_up()
            return
        if options["limit"] is not None and options["limit"] < 1:
            raise CommandError("--limit wants a number over 0.", returncode=MISUSE)
        samples: list[Finding] = []
        with _details(options["details"]) as details, _bar() as show:
            kinds: Counter[Found] = Counter()

            def watch(capture: Capture, finding: Finding) -> None:
                if details is not None:
                    details.write(orjson.dumps(as_json(capture, finding), default=str) + b"\n")
                kinds[finding.found] += 1
                if kinds[finding.found] <= SAMPLES:
                    samples.append(finding)

            report = reread(
                wanted,
                apply=options["apply"],
                limit=options["limit"],
                watch=watch,
                progress=show,
            )
        _tell(console, report, samples, applied=options["apply"])
        if left_out := records_left_out(wanted):
            console.print(
                f"{left_out:,} texts came as records through the API: no rules read them."
            )
        if options["apply"]:
            bring_up()


def _wanted(options: dict[str, Any]) -> Wanted:
    corpus = Corpus.objects.filter(slug=options["corpus"]).first()
    if corpus is None:
        raise CommandError(f"There is no corpus “{options['corpus']}”.", returncode=MISUSE)
    for name, model in (("import_id", Import), ("capture_id", Capture)):
        number = options[name]
        if number is not None and not model.objects.filter(corpus=corpus, pk=number).exists():
            what = model.__name__.lower()
            raise CommandError(f"There is no {what} {number} in “{corpus}”.", returncode=MISUSE)
    if options["format"]:
        try:
            registry.by_name(options["format"])
        except FormatError as fault:
            raise CommandError(str(fault), returncode=MISUSE) from fault
    return Wanted(
        corpus=corpus,
        import_id=options["import_id"],
        capture_id=options["capture_id"],
        format_name=options["format"],
        source=_source(corpus, options["source"]) if options["source"] else None,
        everything=options["all"],
    )


def _source(corpus: Corpus, name: str) -> Source:
    alias = SourceAlias.objects.filter(corpus=corpus, folded=fold(name)).first()
    if alias is None:
        raise CommandError(f"No source of “{corpus}” goes by “{name}”.", returncode=MISUSE)
    found: Source = alias.source
    return found


def _withdraw(console: Console, wanted: Wanted, *, apply: bool) -> None:
    number = withdraw(wanted, apply=apply)
    places = "1 place" if number == 1 else f"{number:,} places"
    if apply:
        console.print(f"The readings before count again: {places}.")
    else:
        console.print(
            f"The readings before would count again: {places}. Do it with --withdraw --apply."
        )


@contextmanager
def _details(name: str | None) -> Iterator[IO[bytes] | None]:
    if name is None:
        yield None
        return
    try:
        with Path(name).open("wb") as file:
            yield file
    except OSError as fault:
        reason = f"{name} can't be written: {fault.strerror or fault}."
        raise CommandError(reason, returncode=MISUSE) from fault


@contextmanager
def _bar() -> Iterator[Any]:
    """Show captures, places and their rate, on a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rate]}"))
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Reading again", total=None, rate="")

        def show(report: Report, capture: Capture, bytes_done: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0
            rate = f"{report.total / elapsed:,.0f}/s" if elapsed else ""
            bar.update(
                task,
                description=f"{report.captures:,}: {str(capture)[:40]}",
                completed=bytes_done,
                total=max(capture.size, bytes_done),
                rate=f"{report.total:,} places, {rate}",
            )

        yield show


def _tell(console: Console, report: Report, samples: list[Finding], *, applied: bool) -> None:
    for found in Found:
        of_kind = [finding for finding in samples if finding.found is found]
        if of_kind:
            console.print(f"\n[bold]{_LABELS[found]}[/]")
        for finding in of_kind:
            console.print(f"  {_name(finding)}", highlight=False)
            lines = list(in_words(finding))
            for line in lines[:LINES]:
                console.print(f"    {escape(line)}", highlight=False)
            if len(lines) > LINES:
                console.print(f"    … and {len(lines) - LINES} more", highlight=False)
    table = Table("Read again", "Places", title_justify="left")
    table.columns[1].justify = "right"
    for found in Found:
        table.add_row(_LABELS[found], f"{report.found[found]:,}")
    table.add_row(f"Total, in {report.captures:,} captures", f"{report.total:,}", style="bold")
    console.print(table)
    for line in _remarks(report, applied=applied):
        console.print(line, highlight=False)


def _remarks(report: Report, *, applied: bool) -> Iterator[str]:
    if report.corrected:
        yield f"{report.corrected:,} texts stay as a person corrected or chose them."
    if report.found[Found.GONE] or report.found[Found.NEW]:
        yield "Borders are for a person to put right: split or join those articles."
    if report.found[Found.READABLE]:
        yield "Retry their imports to have what failed then."
    if report.for_comparing:
        yield (
            f"{report.for_comparing:,} that read the same are kept too, to tell what the outlet "
            "changed between its texts."
        )
    if applied:
        yield f"Stored {report.stored:,} readings. Take them back with: --withdraw --apply."
    elif report.found[Found.TEXT] or report.found[Found.FIELDS] or report.for_comparing:
        yield "Nothing was stored. Store it with --apply."


def _name(finding: Finding) -> str:
    if finding.readings is not None:
        headline = finding.readings.best.read.get("headline") or "Untitled"
        article = f"article {finding.readings.article.pk}, {str(headline)[:80]}"
        return escape(f"{article} ({finding.locator})" if finding.locator else article)
    headline = finding.item.headline if finding.item is not None else ""
    return escape(f"{headline[:80]} ({finding.locator})" if headline else finding.locator)
