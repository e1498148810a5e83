"""Make an API token and print it, alone, so that a script can take it."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any, override

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.models import ApiToken

MAX_DAYS = 36_500


class Command(BaseCommand):
    """``manage.py create_token USERNAME [--name NAME] [--days N]``."""

    help = "Make an API token for someone and print it. It can't be shown again."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="whose rights the token has")
        parser.add_argument("--name", default="command line", help="what it is for")
        parser.add_argument("--days", type=int, help="how many days it is good for; else always")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        """Print the token; raise CommandError."""
        name, days = options["name"].strip(), options["days"]
        if not 1 <= len(name) <= 100 or "\0" in name:
            raise CommandError("--name must have 1 to 100 characters.")
        if days is not None and not 1 <= days <= MAX_DAYS:
            raise CommandError(f"--days must be from 1 to {MAX_DAYS:,}.")
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is nobody called “{options['username']}”.")
        if not user.is_active:
            raise CommandError(f"“{user.username}” is not active, so no token would work.")
        expires_at = timezone.now() + timedelta(days=days) if days else None
        _, token = ApiToken.issue(user_id=user.pk, name=name, expires_at=expires_at)
        self.stdout.write(token)
