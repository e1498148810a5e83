"""``manage.py carry``: let what is tagged follow the texts of articles that changed."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.annotate.anchoring import carrying, following
from articles.management.index import bar
from articles.models import Anchor, Placing


class Command(BaseCommand):
    """Carry tags on to the current texts of their articles; say how many are nowhere."""

    help = (
        "Carry tags on to the current texts of their articles. The worker does so by itself; this "
        "finds what was missed, and does it where no worker runs."
    )

    def handle(self, **_options: Any) -> None:
        """Look for every tag without a place, and find it one."""
        following.note_all()
        with bar("Carrying") as progress:
            task = progress.add_task("", total=None)
            done = carrying.catch_up(watch=lambda count: progress.update(task, completed=count))
        nowhere = Anchor.objects.filter(placing=Placing.ORPHAN).count()
        self.stdout.write(f"Tags carried on: {done:,}. Nowhere in some text: {nowhere:,}.")
