"""``manage.py create_corpus SLUG``."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from articles.models import Access, Corpus


class Command(BaseCommand):
    """Make a corpus."""

    help = "Make a corpus: a body of articles with members of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="its name in addresses: letters, digits, hyphens")
        parser.add_argument("--name", default="", help="its name on pages")
        access = parser.add_mutually_exclusive_group()
        access.add_argument("--open", action="store_true", help="anyone may read it")
        access.add_argument(
            "--licensed", action="store_true", help="anyone may see what there is; members read it"
        )

    def handle(self, **options: Any) -> None:
        """Make it; one that is there already stays as it is."""
        slug = options["slug"]
        corpus = Corpus(
            slug=slug,
            name=options["name"] or slug.replace("-", " ").title(),
            access=_access(options),
        )
        if Corpus.objects.filter(slug=slug).exists():
            self.stdout.write(f"There is a corpus “{slug}” already.")
            return
        try:
            corpus.full_clean()
        except ValidationError as fault:
            raise CommandError("; ".join(fault.messages), returncode=2) from fault
        corpus.save()
        self.stdout.write(f"Made the corpus “{slug}”.")


def _access(options: dict[str, Any]) -> Access:
    if options["open"]:
        return Access.OPEN
    return Access.LICENSED if options["licensed"] else Access.MEMBERS
