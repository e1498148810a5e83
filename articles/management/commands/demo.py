"""``manage.py demo``: all that ``make demo`` needs in the database; again is quick."""

import sys
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from articles.management.index import bring_up
from articles.models import DEFAULT_CORPUS, Access, Act, Corpus, Door, Operation

USERNAME = "demo"
PASSWORD = "newsroom-demo"  # noqa: S105 -- printed for all to see, on one's own machine only
# Order matters: the updates are later editions of what another file holds.
SAMPLES = (
    "captures",
    "pages",
    "archive.jsonl",
    "forenoon.jsonl",
    "updates",
    "*.csv",
    "nexis",
)
# Who and what the articles name, and where; see sample/README.md.
NAMES, TAGS = "tags/names.jsonl", "tags/tags.jsonl"


class Command(BaseCommand):
    """Migrate, make the demo login, ingest the sample corpus and take in its tags."""

    help = (
        "Prepare the demo: tables, a login, the sample corpus through the ordinary ingest, and who "
        "and what is named in it through the ordinary import of tags."
    )

    def handle(self, **_: Any) -> None:
        """Do what is not done yet."""
        if not settings.DEMO:
            raise CommandError(
                "The demo has a login that everyone knows: it runs in local mode only, "
                "with NEWSROOM_DEMO=1."
            )
        call_command("migrate", verbosity=0)
        corpus, _made = Corpus.objects.get_or_create(
            slug=DEFAULT_CORPUS, defaults={"name": "Sample corpus", "access": Access.OPEN}
        )
        user, made = User.objects.get_or_create(
            username=USERNAME, defaults={"is_superuser": True, "is_staff": False}
        )
        if made:
            user.set_password(PASSWORD)
            user.save()
        sample = Path(settings.BASE_DIR) / "sample"
        call_command("load_sources", str(sample / "sources.json"), stdout=self.stdout)
        inputs = [str(path) for name in SAMPLES for path in sorted(sample.glob(name))]
        if corpus.articles.exists():
            self.stdout.write(f"The sample corpus is there: {corpus.articles.count()} articles.")
            bring_up()
        else:
            try:
                call_command("ingest", *inputs, stdout=self.stdout)
            except SystemExit as ended:
                if ended.code:
                    sys.exit("The sample corpus was not ingested whole: see above.")
        self._tag(corpus, sample)

    def _tag(self, corpus: Corpus, sample: Path) -> None:
        """Take in what is tagged, once: what somebody undid or removed since stays so."""
        if Operation.objects.filter(corpus=corpus, act=Act.TAG, door=Door.COMMAND).exists():
            return
        # Of the names the import of tags tells by what it made of them.
        call_command("load_names", str(sample / NAMES), stdout=StringIO())
        call_command("import_tags", str(sample / TAGS), by=USERNAME, stdout=self.stdout)
