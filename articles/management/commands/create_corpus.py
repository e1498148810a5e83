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
        parser.add_argument("--open", action="store_true", help="anyone may read it")

    def handle(self, **options: Any) -> None:
        """Make it; one that is there already stays as it is."""
        slug = options["slug"]
        corpus = Corpus(
            slug=slug,
            name=options["name"] or slug.replace("-", " ").title(),
            access=Access.OPEN if options["open"] else Access.MEMBERS,
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
