"""Add a person: ``manage.py create_user NAME [--superuser] [--corpus SLUG --role ROLE]``."""

import getpass
import sys
from typing import Any, override

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from articles.models import Corpus, Membership, Role
from articles.models.usernames import refuse_lookalike


class Command(BaseCommand):
    """The password is typed or comes by standard input: arguments can be seen by others."""

    help = "Add a person, whose password is asked for or read as a line from standard input."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--superuser", action="store_true", help="may see and do everything")
        parser.add_argument("--email", default="")
        parser.add_argument("--corpus", metavar="SLUG", help="make them a member of this corpus")
        parser.add_argument("--role", choices=Role.values, help="viewer unless told")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        person = User(
            username=User.normalize_username(options["username"]),
            email=options["email"],
            is_superuser=options["superuser"],
            is_staff=options["superuser"],
        )
        corpus = _corpus(options["corpus"])
        if options["role"] and corpus is None:
            raise CommandError("A role is held in a corpus: say which with --corpus SLUG.")
        role = options["role"] or Role.VIEWER.value
        try:
            person.clean_fields(exclude=["password"])
            refuse_lookalike(person.username)
            password = _password()
            validate_password(password, person)
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault
        person.set_password(password)
        with transaction.atomic():
            person.save()
            if corpus is not None:
                Membership.objects.create(corpus=corpus, user=person, role=role)
        where = f", {role} of {corpus.slug}" if corpus else ""
        self.stdout.write(f"Added {person.username}{where}.")


def _corpus(slug: str | None) -> Corpus | None:
    if slug is None:
        return None
    found: Corpus | None = Corpus.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Corpus.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no corpus “{slug}”. There are: {known}.")
    return found


def _password() -> str:
    """Return a password, typed twice at a terminal or read as one line; raise ValidationError."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Again: "):
        raise ValidationError("The two passwords differ.")
    return first
