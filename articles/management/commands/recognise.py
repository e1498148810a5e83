"""``manage.py recognise``: suggests names in articles; given again, it goes on where it was."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from articles.annotate.recognisers import RecogniserUnavailableError
from articles.annotate.recognisers.registry import RECOGNISERS, chosen
from articles.annotate.spreading import spreads
from articles.annotate.spreading.spreading import UNFINISHED, BeingSpreadError, SpreadRefusedError
from articles.annotate.spreading.suggesting import RECOGNISE, spread_suggestions
from articles.annotate.tags.layers import NotAllowedError
from articles.models import Corpus, Door, Spread, SpreadStatus
from articles.search.language.errors import QueryError


class Command(BaseCommand):
    """Run recognisers over a corpus, or over the answer of a query, bit by bit."""

    help = "Suggest names in the articles of a corpus. Stopped, it goes on when given again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the corpus, the query, the recognisers, and in whose name."""
        parser.add_argument("--corpus", default="default", help="its short name")
        parser.add_argument("--query", default="", help="such as 'date:1932'; all if not given")
        parser.add_argument(
            "--recogniser",
            action="append",
            default=[],
            choices=list(RECOGNISERS),
            help="one of those there are; again for more; those of the settings if not given",
        )
        parser.add_argument(
            "--as-user",
            default="",
            metavar="NAME",
            help="who suggests; the first superuser if none",
        )

    def handle(self, **options: Any) -> None:
        """Do it, and say how far it is."""
        corpus = Corpus.objects.filter(slug=options["corpus"]).first()
        if corpus is None:
            known = ", ".join(Corpus.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"There is no corpus “{options['corpus']}”. There are: {known}.")
        by = _user(options["as_user"])
        try:
            spread = _left(corpus, by, options) or spread_suggestions(
                corpus,
                by=by,
                door=Door.COMMAND,
                query=options["query"],
                recognisers=options["recogniser"],
            )
            self._run(spread)
        except QueryError as fault:
            raise CommandError(f"{fault.message} (at character {fault.position + 1})") from fault
        except BeingSpreadError as fault:
            raise CommandError(
                "The worker does this already. It is left to it; see the page of suggestions."
            ) from fault
        except (NotAllowedError, RecogniserUnavailableError, SpreadRefusedError) as fault:
            raise CommandError(str(fault)) from fault

    def _run(self, spread: Spread) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task("Articles", total=None)

            def tell() -> None:
                spread.refresh_from_db(fields=["done", "total"])
                bar.update(task, completed=spread.done, total=spread.total)

            spreads.run(spread.pk, watch=tell)
        spread.refresh_from_db()
        if spread.status == SpreadStatus.FAILED:
            raise CommandError(spread.problem)
        self.stdout.write(f"{spread.made:,} names suggested in {spread.done:,} articles.")


def _left(corpus: Corpus, by: User, options: dict[str, Any]) -> Spread | None:
    """Return the job of the same command that was stopped."""
    for spread in Spread.objects.filter(
        corpus=corpus, by=by, what=RECOGNISE, status__in=UNFINISHED
    ):
        same = {
            "query": options["query"],
            "recognisers": options["recogniser"] or list(chosen()),
            "door": Door.COMMAND,
            "task": None,
        }
        if {name: spread.plan.get(name) for name in same} == same:
            return spread
    return None


def _user(name: str) -> User:
    found = User.objects.filter(is_active=True)
    user = found.filter(username=name) if name else found.filter(is_superuser=True)
    first = user.order_by("pk").first()
    if first is None:
        raise CommandError(
            f"There is no user “{name}”." if name else "There is no superuser: give --as-user."
        )
    return first
