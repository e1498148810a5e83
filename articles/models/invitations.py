"""Invitations to a corpus: an address that lets one person in, once."""

import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.access import hashed
from articles.models.corpora import Corpus, Role
from articles.models.tracking import kept

INVITATION_LIVES = timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of invitations."""

    def open(self) -> Self:
        """Those that still let someone in."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def revoke_those_by(self, people: Collection[int], corpus_id: int) -> int:
        """End the open ones that people made who are admins of a corpus no more.

        A link made before would let its maker in again, as an admin if they said so.
        """
        made = self.open().filter(corpus_id=corpus_id, created_by__in=people)
        return made.update(revoked_at=timezone.now())


@kept(exclude=["hash"])
class Invitation(models.Model):
    """A way into a corpus for whoever holds its secret. Only the secret's hash is kept."""

    corpus = models.ForeignKey(Corpus, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.VIEWER)
    # Whom it is for, in the words of the one who invites.
    note = models.CharField(max_length=200, blank=True)
    hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="invitation_role_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.corpus}: {self.note or self.role}"

    @classmethod
    def issue(
        cls, *, corpus: Corpus, role: Role, note: str, created_by_id: int | None
    ) -> tuple["Invitation", str]:
        """Make an invitation; return its row and its secret, which can't be had again."""
        secret = secrets.token_urlsafe(32)
        row = cls.objects.create(
            corpus=corpus,
            role=role,
            note=note,
            hash=hashed(secret),
            created_by_id=created_by_id,
            expires_at=timezone.now() + INVITATION_LIVES,
        )
        return row, secret
