"""Members come, change roles and go; a corpus never loses its last admin."""

import threading
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection

from articles.history.undo import UndoRefusedError, undo
from articles.membership import invitations, members
from articles.membership.members import MembersRefusedError, NotAMemberError
from articles.models import Act, Corpus, Door, Invitation, Membership, Operation, Role
from tests.factories import make_corpus, make_member, make_user


def roles(corpus: Corpus) -> dict[str, str]:
    held = Membership.objects.filter(corpus=corpus).values_list("user__username", "role")
    return dict(held)


def test_who_is_added_has_the_role_and_it_can_be_undone(corpus: Corpus) -> None:
    ada = make_member(corpus, Role.ADMIN, make_user("ada"))

    operation = members.add(corpus, make_user("ben"), Role.EDITOR, by=ada, door=Door.PAGE)

    assert roles(corpus) == {"ada": "admin", "ben": "editor"}
    assert (operation.act, operation.about) == (Act.MEMBERS, Role.ADMIN)
    undo(operation, by=ada, door=Door.PAGE)
    assert roles(corpus) == {"ada": "admin"}


def test_who_is_a_member_is_not_added_again(corpus: Corpus) -> None:
    ada = make_member(corpus, Role.ADMIN)

    with pytest.raises(MembersRefusedError, match="already"):
        members.add(corpus, ada, Role.VIEWER, by=ada, door=Door.PAGE)

    assert not Operation.objects.exists()


def test_a_changed_role_is_kept_and_undone(corpus: Corpus) -> None:
    ada = make_member(corpus, Role.ADMIN)
    ben = make_member(corpus, Role.VIEWER, make_user("ben"))

    operation = members.change_role(corpus, ben.pk, Role.EDITOR, by=ada, door=Door.PAGE)

    assert operation is not None
    assert operation.summary == "ben: viewer → editor"
    assert roles(corpus)["ben"] == "editor"
    undo(operation, by=ada, door=Door.PAGE)
    assert roles(corpus)["ben"] == "viewer"


def test_the_role_that_someone_has_is_no_change(corpus: Corpus) -> None:
    ada = make_member(corpus, Role.ADMIN)

    assert members.change_role(corpus, ada.pk, Role.ADMIN, by=ada, door=Door.PAGE) is None

    assert not Operation.objects.exists()


@pytest.mark.parametrize(
    "go",
    [
        lambda corpus, ada: members.remove(corpus, ada.pk, by=ada, door=Door.PAGE),
        lambda corpus, ada: members.change_role(
            corpus, ada.pk, Role.EDITOR, by=ada, door=Door.PAGE
        ),
    ],
    ids=["leave", "lower"],
)
def test_the_only_admin_can_neither_leave_nor_be_lowered(
    corpus: Corpus, go: Callable[[Corpus, User], object]
) -> None:
    ada = make_member(corpus, Role.ADMIN, make_user("ada"))
    make_member(corpus, Role.EDITOR)
    # Who can't log in is no admin.
    make_member(corpus, Role.ADMIN, make_user(is_active=False))

    with pytest.raises(MembersRefusedError, match="ada is the only admin"):
        go(corpus, ada)

    assert roles(corpus)["ada"] == "admin"


def test_one_of_two_admins_may_leave_and_come_back_by_undo(corpus: Corpus) -> None:
    ada = make_member(corpus, Role.ADMIN, make_user("ada"))
    ben = make_member(corpus, Role.ADMIN, make_user("ben"))

    operation = members.remove(corpus, ben.pk, by=ben, door=Door.PAGE)

    assert roles(corpus) == {"ada": "admin"}
    assert operation.summary == "ben left, who was admin"
    undo(operation, by=ada, door=Door.PAGE)
    assert roles(corpus) == {"ada": "admin", "ben": "admin"}


def test_who_is_no_admin_after_an_undo_keeps_no_way_back_in(corpus: Corpus) -> None:
    ada = make_member(corpus, Role.ADMIN, make_user("ada"))
    ben = make_member(corpus, Role.EDITOR, make_user("ben"))
    raised = members.change_role(corpus, ben.pk, Role.ADMIN, by=ada, door=Door.PAGE)
    assert raised is not None
    invitation, _, _ = invitations.invite(corpus, role=Role.ADMIN, note="", by=ben, door=Door.PAGE)

    undoing = undo(raised, by=ada, door=Door.PAGE)

    with pytest.raises(invitations.InvitationEndedError):
        invitations.accept(invitation, by=ben, door=Door.PAGE)
    assert roles(corpus)["ben"] == "editor"
    undo(undoing, by=ada, door=Door.PAGE)
    assert roles(corpus)["ben"] == "admin"
    assert Invitation.objects.open().filter(pk=invitation.pk).exists()


def test_an_undo_does_not_take_the_last_admin_away(corpus: Corpus) -> None:
    ada = make_member(corpus, Role.ADMIN)
    ben = make_user("ben")
    added = members.add(corpus, ben, Role.ADMIN, by=ada, door=Door.PAGE)
    members.remove(corpus, ada.pk, by=ada, door=Door.PAGE)

    with pytest.raises(UndoRefusedError, match="without an admin"):
        undo(added, by=ben, door=Door.PAGE)

    assert roles(corpus) == {"ben": "admin"}


def test_who_is_no_member_of_this_corpus_can_t_be_changed(corpus: Corpus) -> None:
    ada = make_member(corpus, Role.ADMIN)
    elsewhere = make_member(make_corpus(), Role.VIEWER)

    with pytest.raises(NotAMemberError):
        members.remove(corpus, elsewhere.pk, by=ada, door=Door.PAGE)

    assert Membership.objects.filter(user=elsewhere).exists()


def test_an_admin_who_goes_leaves_no_way_back_in(corpus: Corpus) -> None:
    ada, ben = make_member(corpus, Role.ADMIN), make_member(corpus, Role.ADMIN)
    invitations.invite(corpus, role=Role.ADMIN, note="", by=ben, door=Door.PAGE)
    invitations.invite(corpus, role=Role.VIEWER, note="", by=ada, door=Door.PAGE)

    operation = members.change_role(corpus, ben.pk, Role.VIEWER, by=ada, door=Door.PAGE)

    assert [i.created_by for i in Invitation.objects.open()] == [ada]
    assert operation is not None
    undo(operation, by=ada, door=Door.PAGE)
    assert Invitation.objects.open().count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_admins_who_leave_at_once_do_not_both_go() -> None:
    corpus = make_corpus()
    both = [make_member(corpus, Role.ADMIN), make_member(corpus, Role.ADMIN)]
    refused: list[str] = []
    start = threading.Barrier(2)

    def leaving(person_id: int) -> Callable[[], None]:
        def leave() -> None:
            start.wait(timeout=10)
            try:
                members.remove(corpus, person_id, by=None, door=Door.API)
            except MembersRefusedError as fault:
                refused.append(fault.reason)
            finally:
                connection.close()

        return leave

    threads = [threading.Thread(target=leaving(person.pk)) for person in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert Membership.objects.filter(corpus=corpus, role=Role.ADMIN).count() == 1
    assert len(refused) == 1
