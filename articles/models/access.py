"""API tokens, and what makes a repeated request harmless."""

import hashlib
import secrets
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

TOKEN_PREFIX = "nr_"  # noqa: S105 -- so that a leaked token is recognised for what it is


def hashed(token: str) -> str:
    """Return what is kept of a token: of 256 random bits a plain hash can't be reversed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Reads of tokens."""

    def valid(self) -> "ApiTokenQuerySet":
        """Those of active people that are neither revoked nor expired."""
        alive = models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=timezone.now())
        return self.filter(alive, revoked_at__isnull=True, user__is_active=True)


class ApiToken(models.Model):
    """A named key to the API. Only its hash is kept; the token itself is shown once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    # The first characters, so that people can tell their tokens apart.
    hint = models.CharField(max_length=12)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(
        cls, *, user_id: int, name: str, expires_at: datetime | None = None
    ) -> tuple["ApiToken", str]:
        """Make a token; return its row and the token itself, which can't be had again."""
        token = TOKEN_PREFIX + secrets.token_urlsafe(32)
        row = cls.objects.create(
            user_id=user_id, name=name, hash=hashed(token), hint=token[:8], expires_at=expires_at
        )
        return row, token

    @property
    def is_valid(self) -> bool:
        """Whether it opens the door now: not revoked, not expired, of an active person."""
        alive = self.expires_at is None or self.expires_at > timezone.now()
        return alive and self.revoked_at is None and self.user.is_active


class IdempotencyKey(models.Model):
    """The answer given to a POST with an ``Idempotency-Key``, so that its repeat gets the same."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    # Method, path and body: another request under the same key is refused.
    request_sha256 = models.CharField(max_length=64)
    # Null while the first request is still being worked on.
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key"),)
        indexes = (models.Index(fields=["created_at"], name="idempotency_by_age"),)

    def __str__(self) -> str:
        return self.key
