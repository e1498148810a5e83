"""People are added by a command, which refuses names that look like others'."""

import io
import sys

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from articles.models import Corpus, Membership
from articles.models.usernames import refuse_lookalike, skeleton

GOOD = "a long enough passphrase"


@pytest.fixture
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{GOOD}\n"))


@pytest.mark.parametrize(
    "name",
    ["JANE", "Jane", "jаne", "ｊａｎｅ", "janе"],
    ids=["upper", "title", "cyrillic-a", "wide", "cyrillic-e"],
)
def test_a_name_that_looks_like_anothers_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="could be taken for"):
        refuse_lookalike(name, ["john", "jane"])


@pytest.mark.parametrize(
    ("one", "other"),
    [("paypal", "раураl"), ("bill", "bi1l"), ("bob", "b0b"), ("modern", "modem"), ("Иван", "иван")],
)
def test_names_of_one_shape_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("jane", "joan"), ("anna", "anya"), ("иван", "игорь"), ("li", "lee")]
)
def test_other_names_have_other_skeletons(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.django_db
@pytest.mark.usefixtures("_password")
def test_a_person_is_added_with_a_role(corpus: Corpus) -> None:
    call_command(
        "create_user", "jane", "--corpus", "default", "--role", "editor", stdout=io.StringIO()
    )

    person = User.objects.get()
    assert person.check_password(GOOD)
    assert not person.is_superuser
    assert Membership.objects.get().role == "editor"
    assert Membership.objects.get().corpus == corpus


@pytest.mark.django_db
@pytest.mark.usefixtures("_password")
def test_a_superuser_is_added() -> None:
    call_command("create_user", "root", "--superuser", stdout=io.StringIO())

    assert User.objects.get().is_superuser


@pytest.mark.django_db
@pytest.mark.usefixtures("_password")
@pytest.mark.parametrize(
    "arguments",
    [
        ["Jane"],
        ["jаne"],
        ["a b"],
        ["x\u200by"],
        [""],
        ["x" * 151],
        ["john", "--corpus", "none"],
        ["john", "--role", "editor"],
    ],
    ids=["case", "homoglyph", "space", "invisible", "empty", "long", "no-corpus", "role-alone"],
)
def test_what_does_not_do_is_refused_and_nothing_made(arguments: list[str]) -> None:
    User.objects.create_user("jane")

    with pytest.raises(CommandError):
        call_command("create_user", *arguments)

    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("password\n"))

    with pytest.raises(CommandError, match="too"):
        call_command("create_user", "jane")

    assert not User.objects.exists()
