"""The members of a corpus and their roles. A corpus never loses its last admin."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from articles.history.operations import act, done
from articles.models import Act, Corpus, Door, Invitation, Membership, Operation, Role


class MembersRefusedError(Exception):
    """Why a membership stays as it is; a sentence for the one who asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAMemberError(MembersRefusedError):
    """Who is to be changed is no member, or no more."""

    def __init__(self) -> None:
        super().__init__("This person is not a member of this corpus, or is none any more.")


@dataclass(frozen=True, slots=True)
class _Change:
    """A person whose role changes, under the corpus' lock."""

    membership: Membership
    operation: Operation

    def lower_to(self, role: Role | None) -> None:
        """Take away rights, down to ``role`` or to none; raise MembersRefusedError."""
        if self.membership.role == Role.ADMIN:
            _keep_an_admin(self.membership)
            Invitation.objects.revoke_those_by({self.membership.user_id}, self.membership.corpus_id)
        if role is None:
            self.membership.delete()
        else:
            self.raise_to(role)

    def raise_to(self, role: Role) -> None:
        self.membership.role = role
        self.membership.save(update_fields=["role"])


def add(corpus: Corpus, person: User, role: Role, *, by: User | None, door: Door) -> Operation:
    """Make someone with an account a member; raise MembersRefusedError if they are one."""
    summary = f"Added {person.get_username()} as {role.label.lower()}"
    with act(Act.MEMBERS, corpus=corpus, by=by, summary=summary, door=door) as operation:
        if not person.is_active:
            raise MembersRefusedError("This account is switched off.")
        if Membership.objects.filter(corpus=corpus, user=person).exists():
            raise MembersRefusedError(
                f"{person.get_username()} is a member already. Change the role in the list."
            )
        Membership.objects.create(corpus=corpus, user=person, role=role)
    return operation


def change_role(
    corpus: Corpus, person_id: int, role: Role, *, by: User | None, door: Door
) -> Operation | None:
    """Give a member another role; None if they have it. Raises MembersRefusedError."""
    with act(Act.MEMBERS, corpus=corpus, by=by, summary="", door=door) as operation:
        membership = _member(corpus, person_id)
        was, name = Role(membership.role), membership.user.get_username()
        operation.summary = f"{name}: {was.label.lower()} → {role.label.lower()}"
        change = _Change(membership, operation)
        if role == was:
            operation.size = 0
        elif role in Role.at_least(was):
            change.raise_to(role)
        else:
            change.lower_to(role)
    return done(operation)


def remove(corpus: Corpus, person_id: int, *, by: User | None, door: Door) -> Operation:
    """End a membership, or one's own; raise MembersRefusedError. Nothing they made is touched."""
    with act(Act.MEMBERS, corpus=corpus, by=by, summary="", door=door) as operation:
        membership = _member(corpus, person_id)
        name, role = membership.user.get_username(), Role(membership.role).label.lower()
        if by is not None and by.pk == person_id:
            operation.summary = f"{name} left, who was {role}"
        else:
            operation.summary = f"Removed {name}, who was {role}"
        _Change(membership, operation).lower_to(None)
    return operation


def _member(corpus: Corpus, person_id: int) -> Membership:
    found = Membership.objects.filter(corpus=corpus, user_id=person_id).select_related("user")
    membership = found.first()
    if membership is None:
        raise NotAMemberError
    return membership


def _keep_an_admin(leaving: Membership) -> None:
    """Raise MembersRefusedError if no other admin would be left who can log in."""
    others = Membership.objects.filter(
        corpus_id=leaving.corpus_id, role=Role.ADMIN, user__is_active=True
    ).exclude(pk=leaving.pk)
    if not others.exists():
        raise MembersRefusedError(
            f"{leaving.user.get_username()} is the only admin of this corpus, and it needs one. "
            "Make someone else an admin first."
        )
