"""What follows articles, at the end of a command: brought up, or left to the worker."""

import sys

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from articles.annotate.anchoring import carrying
from articles.models import Article
from articles.related.finding import following as relating
from articles.related.store.prints import ALONE as RELATING
from articles.search.engine.faults import BrokenIndexError, IndexRefusedError
from articles.search.index import alone, indexing


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "")


def bar(title: str) -> Progress:
    """Return a bar of progress with rate and time left; nothing where there is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), _Rate())
    return Progress(
        *columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal
    )


def _carry() -> None:
    """Let what is tagged follow texts that changed; a worker that runs does it by itself."""
    if alone.is_followed():
        return
    if carried := carrying.catch_up():
        print(f"Tags carried on to texts that changed: {carried:,}.", file=sys.stderr)


def relate() -> bool:
    """Relate what changed, or say on standard error why not; return whether nothing is left."""
    if relating.is_current():
        return True
    if RELATING.is_followed():
        print("The worker relates what is new.", file=sys.stderr)
        return True
    try:
        with bar("Relating") as progress:
            task = progress.add_task("", total=relating.status().waiting or None)
            relating.catch_up(wait=True, watch=lambda count: progress.update(task, completed=count))
    except (IndexRefusedError, BrokenIndexError, indexing.IndexBusyError, OSError) as fault:
        print(
            f"Related coverage was not brought up to date: {fault} The worker will do it, or "
            "manage.py relate.",
            file=sys.stderr,
        )
        return False
    return True


def bring_up() -> bool:
    """Let all that follows articles know of what a command changed, or say why not.

    A worker that runs does it by itself. Return whether nothing is left to do.
    """
    _carry()
    # What is related is found in the index.
    return relate() & _index()


def _index() -> bool:
    """Let the index know of what changed, or say on standard error why not."""
    if indexing.is_idle() and not indexing.status().problem:
        return True
    if alone.is_followed():
        print("The worker indexes what is new.", file=sys.stderr)
        return True
    try:
        with bar("Indexing") as progress:
            # Of a rebuild it is known how many there are, of what waits about.
            task = progress.add_task("", total=Article.objects.count())
            indexing.catch_up(wait=True, watch=lambda count: progress.update(task, completed=count))
    except (IndexRefusedError, BrokenIndexError, indexing.IndexBusyError, OSError) as fault:
        print(
            f"The search index was not brought up to date: {fault} The worker will do it, or "
            "manage.py reindex.",
            file=sys.stderr,
        )
        return False
    return True
