"""Invitations: an address that lets one person into a corpus, once, within fourteen days."""

from enum import Enum

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.history.operations import act, aside, corpus_allows, done
from articles.models import Act, Corpus, Door, Invitation, Membership, Operation, Role
from articles.models.access import hashed
from articles.models.usernames import refuse_lookalike

MAX_NOTE = 200
# More open links than this are a list that nobody looks after.
MAX_OPEN = 200


class Standing(Enum):
    """What has become of an invitation, in words."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


class InvitationEndedError(Exception):
    """An invitation lets nobody in any more."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(f"This invitation was {standing.value}.")
        self.standing = standing


class InvitationsRefusedError(Exception):
    """Why there can be no such invitation; a sentence."""


class AccountRefusedError(Exception):
    """What is wrong with a new account: sentences by field."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("; ".join(" ".join(messages) for messages in errors.values()))
        self.errors = errors


def standing(invitation: Invitation) -> Standing:
    """Return what has become of an invitation."""
    if invitation.accepted_at is not None:
        return Standing.USED
    if invitation.revoked_at is not None:
        return Standing.REVOKED
    return Standing.EXPIRED if invitation.expires_at <= timezone.now() else Standing.OPEN


def invite(
    corpus: Corpus, *, role: Role, note: str, by: User, door: Door
) -> tuple[Invitation, str, Operation]:
    """Make an invitation; return it, its secret (told this once), and the operation.

    ``note`` says whom it is for. Raises InvitationsRefusedError.
    """
    for_whom = f" for {note.strip()}" if note.strip() else ""
    summary = f"Invited a new {role.label.lower()}{for_whom}"
    with act(Act.MEMBERS, corpus=corpus, by=by, summary=summary, door=door) as operation:
        # Asked under the lock: who is made less at this moment must leave no way back in.
        if not corpus_allows(corpus, by, Role.ADMIN):
            raise InvitationsRefusedError("You are no admin of this corpus any more.")
        if Invitation.objects.open().filter(corpus=corpus).count() >= MAX_OPEN:
            raise InvitationsRefusedError(
                f"{MAX_OPEN} invitations wait to be accepted. Revoke some first."
            )
        invitation, secret = Invitation.issue(
            corpus=corpus, role=role, note=note.strip()[:MAX_NOTE], created_by_id=by.pk
        )
    return invitation, secret, operation


def revoke(invitation: Invitation, *, by: User | None, door: Door) -> Operation | None:
    """End an invitation; None if it has ended already."""
    for_whom = f" for {invitation.note}" if invitation.note else ""
    summary = f"Revoked the invitation of a new {Role(invitation.role).label.lower()}{for_whom}"
    with act(Act.MEMBERS, corpus=invitation.corpus, by=by, summary=summary, door=door) as operation:
        still_open = Invitation.objects.open().filter(pk=invitation.pk)
        operation.size = still_open.update(revoked_at=timezone.now())
    return done(operation)


def find(secret: str) -> Invitation | None:
    """Return the invitation that a secret belongs to, whatever has become of it."""
    found = Invitation.objects.filter(hash=hashed(secret))
    invitation: Invitation | None = found.select_related("corpus", "created_by").first()
    return invitation


def held_role(invitation: Invitation, person: User) -> Role | None:
    """Return someone's role in the corpus of an invitation, if they are a member."""
    held = Membership.objects.filter(corpus=invitation.corpus, user=person)
    role = held.values_list("role", flat=True).first()
    return Role(role) if role else None


def accept(invitation: Invitation, *, by: User, door: Door) -> Operation | None:
    """Make ``by`` a member, or raise their role; None if theirs is as high, and it stays open.

    Raises InvitationEndedError.
    """
    role = Role(invitation.role)
    inviter = invitation.created_by.get_username() if invitation.created_by else "a command"
    summary = f"{by.get_username()} joined as {role.label.lower()}, invited by {inviter}"
    with act(Act.MEMBERS, corpus=invitation.corpus, by=by, summary=summary, door=door) as operation:
        invitation.refresh_from_db()
        if (now := standing(invitation)) is not Standing.OPEN:
            raise InvitationEndedError(now)
        held = held_role(invitation, by)
        if held is not None and held in Role.at_least(role):
            operation.size = 0
        else:
            Membership.objects.update_or_create(
                corpus=invitation.corpus, user=by, defaults={"role": role}
            )
            # Used is used: who is let out again by an undo must not come back by the same link.
            with aside(operation):
                invitation.accepted_at, invitation.accepted_by = timezone.now(), by
                invitation.save(update_fields=["accepted_at", "accepted_by"])
    return done(operation)


def accept_as_new(invitation: Invitation, *, username: str, password: str, door: Door) -> User:
    """Make an account and let it in, or neither; raise AccountRefusedError, InvitationEndedError.

    Names that could be taken for someone's who is here, and weak passwords, are refused.
    """
    person = User(username=User.normalize_username(username.strip()))
    _check_account(person, password)
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
            accept(invitation, by=person, door=door)
    except IntegrityError as fault:
        if "username" not in str(fault):
            raise
        raise AccountRefusedError({"username": ["This name was taken a moment ago."]}) from fault
    return person


def _check_account(person: User, password: str) -> None:
    errors: dict[str, list[str]] = {}
    try:
        person.clean_fields(exclude=["password"])
        refuse_lookalike(person.username)
    except ValidationError as fault:
        errors["username"] = fault.messages
    try:
        validate_password(password, person)
    except ValidationError as fault:
        errors["password"] = fault.messages
    if errors:
        raise AccountRefusedError(errors)
