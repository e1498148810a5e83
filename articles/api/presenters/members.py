"""The members of a corpus, and the invitations to it."""

from typing import Any

from articles.api.presenters.addresses import Addresses
from articles.api.presenters.corpora import corpus_reference
from articles.membership.invitations import standing
from articles.models import Invitation, Membership


def member(row: Membership, at: Addresses) -> dict[str, Any]:
    """Return a member; corpus and person are loaded."""
    return {
        "id": row.user_id,
        "url": at.of("member-detail", row.corpus_id, row.user_id),
        "corpus": corpus_reference(row.corpus),
        "username": row.user.get_username(),
        "role": row.role,
    }


def invitation(row: Invitation, at: Addresses) -> dict[str, Any]:
    """Return an invitation without its link; corpus and people are loaded."""
    return {
        "id": row.pk,
        "url": at.of("invitation-detail", row.corpus_id, row.pk),
        "corpus": corpus_reference(row.corpus),
        "role": row.role,
        "note": row.note,
        "state": standing(row).value,
        "created_by": row.created_by.get_username() if row.created_by else None,
        "created_at": row.created_at,
        "expires_at": row.expires_at,
        "accepted_by": row.accepted_by.get_username() if row.accepted_by else None,
        "accepted_at": row.accepted_at,
        "revoked_at": row.revoked_at,
        "link": None,
    }
