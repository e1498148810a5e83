"""An invitation lets one person in, once, and nobody learns its secret from what is kept."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from articles.history.row_changes import event_model
from articles.history.undo import undo
from articles.membership import invitations
from articles.membership.invitations import AccountRefusedError, InvitationEndedError, Standing
from articles.models import Corpus, Door, Invitation, Membership, Operation, Role
from tests.factories import make_corpus, make_member, make_user


@pytest.fixture
def ada(corpus: Corpus) -> User:
    return make_member(corpus, Role.ADMIN, make_user("ada"))


def invited(corpus: Corpus, by: User, role: Role = Role.EDITOR) -> tuple[Invitation, str]:
    made, secret, _ = invitations.invite(
        corpus, role=role, note="Jane of the archive", by=by, door=Door.PAGE
    )
    return made, secret


def role_of(corpus: Corpus, person: User) -> str | None:
    held = Membership.objects.filter(corpus=corpus, user=person)
    return held.values_list("role", flat=True).first()


def test_the_secret_is_kept_as_a_hash_alone(corpus: Corpus, ada: User) -> None:
    made, secret = invited(corpus, ada)

    kept = " ".join(str(value) for value in Invitation.objects.values().get().values())
    history = " ".join(str(row) for row in event_model(Invitation).objects.values())
    said = " ".join(Operation.objects.values_list("summary", flat=True))
    assert secret not in kept + history + said
    assert invitations.find(secret) == made
    assert len(secret) >= 43
    assert timedelta(days=13) < made.expires_at - timezone.now() <= timedelta(days=14)


def test_who_accepts_is_a_member_and_the_link_is_used_up(corpus: Corpus, ada: User) -> None:
    made, _ = invited(corpus, ada)
    jane = make_user("jane")

    operation = invitations.accept(made, by=jane, door=Door.PAGE)

    assert role_of(corpus, jane) == Role.EDITOR
    assert operation is not None
    assert operation.summary == "jane joined as editor, invited by ada"
    with pytest.raises(InvitationEndedError) as ended:
        invitations.accept(made, by=make_user(), door=Door.PAGE)
    assert ended.value.standing is Standing.USED


def test_an_undone_joining_does_not_open_the_link_again(corpus: Corpus, ada: User) -> None:
    made, _ = invited(corpus, ada)
    jane = make_user()
    operation = invitations.accept(made, by=jane, door=Door.PAGE)
    assert operation is not None

    undo(operation, by=ada, door=Door.PAGE)

    assert role_of(corpus, jane) is None
    with pytest.raises(InvitationEndedError):
        invitations.accept(made, by=jane, door=Door.PAGE)


@pytest.mark.parametrize(
    ("held", "after"), [(Role.ADMIN, "admin"), (Role.EDITOR, "editor"), (Role.VIEWER, "editor")]
)
def test_a_member_keeps_the_higher_role(corpus: Corpus, ada: User, held: Role, after: str) -> None:
    made, _ = invited(corpus, ada, Role.EDITOR)
    member = make_member(corpus, held)

    invitations.accept(made, by=member, door=Door.PAGE)

    assert role_of(corpus, member) == after
    made.refresh_from_db()
    # What changed nothing leaves the link for whom it is meant.
    assert (made.accepted_at is not None) is (held is Role.VIEWER)


def test_a_revoked_or_old_invitation_lets_nobody_in(corpus: Corpus, ada: User) -> None:
    revoked, _ = invited(corpus, ada)
    old, _ = invited(corpus, ada)
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now())

    operation = invitations.revoke(revoked, by=ada, door=Door.PAGE)

    for made, standing in ((revoked, Standing.REVOKED), (old, Standing.EXPIRED)):
        with pytest.raises(InvitationEndedError) as ended:
            invitations.accept(made, by=make_user(), door=Door.PAGE)
        assert ended.value.standing is standing
    assert invitations.revoke(revoked, by=ada, door=Door.PAGE) is None
    assert operation is not None
    undo(operation, by=ada, door=Door.PAGE)
    invitations.accept(revoked, by=make_user(), door=Door.PAGE)


def test_a_new_account_is_made_with_its_membership(corpus: Corpus, ada: User) -> None:
    made, _ = invited(corpus, ada, Role.VIEWER)

    jane = invitations.accept_as_new(
        made, username=" jane ", password="a passphrase of some length", door=Door.PAGE
    )

    assert jane.username == "jane"
    assert jane.check_password("a passphrase of some length")
    assert not jane.is_superuser
    assert role_of(corpus, jane) == Role.VIEWER


@pytest.mark.parametrize(
    ("username", "password", "field"),
    [
        ("аda", "a passphrase of some length", "username"),
        ("ADA", "a passphrase of some length", "username"),
        ("ada lovelace", "a passphrase of some length", "username"),
        ("", "a passphrase of some length", "username"),
        ("jane\0", "a passphrase of some length", "username"),
        ("jane", "password123", "password"),
        ("jane", "short", "password"),
        ("janeausten", "janeausten1", "password"),
    ],
)
def test_a_name_or_password_that_won_t_do_makes_no_account(
    corpus: Corpus, ada: User, username: str, password: str, field: str
) -> None:
    made, _ = invited(corpus, ada)

    with pytest.raises(AccountRefusedError) as refused:
        invitations.accept_as_new(made, username=username, password=password, door=Door.PAGE)

    assert field in refused.value.errors
    assert User.objects.get() == ada
    made.refresh_from_db()
    assert made.accepted_at is None


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_gets_in() -> None:
    corpus = make_corpus()
    made, _ = invited(corpus, make_member(corpus, Role.ADMIN))
    ended: list[Standing] = []
    start = threading.Barrier(2)

    def accept(person: User) -> None:
        mine = Invitation.objects.select_related("corpus", "created_by").get(pk=made.pk)
        start.wait(timeout=10)
        try:
            invitations.accept(mine, by=person, door=Door.PAGE)
        except InvitationEndedError as fault:
            ended.append(fault.standing)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=(make_user(),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert Membership.objects.filter(corpus=corpus, role=Role.EDITOR).count() == 1
    assert ended == [Standing.USED]


def test_who_is_made_less_at_that_moment_invites_nobody(corpus: Corpus) -> None:
    ben = make_member(corpus, Role.EDITOR)

    with pytest.raises(invitations.InvitationsRefusedError):
        invitations.invite(corpus, role=Role.ADMIN, note="", by=ben, door=Door.PAGE)

    assert not Invitation.objects.exists()
    assert not Operation.objects.exists()
