"""API tokens, and what makes a repeated request harmless."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.utils import timezone
from psycopg.errors import LockNotAvailable

TOKEN_PREFIX = "nr_"  # noqa: S105 -- so that a leaked token is recognised for what it is

# How long a repeat gets the same answer, and how long it waits while the first is worked on.
KEY_LIVES = timedelta(hours=24)
KEY_WAIT_SECONDS = 5
_KEYS_FORGOTTEN_AT_ONCE = 100


class KeyReusedError(ValueError):
    """Another request was sent under this key before."""


class KeyInUseError(Exception):
    """The first request under this key is still being worked on."""


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered: ``body`` is JSON."""

    status: int
    headers: Mapping[str, str]
    body: str


def answer_once(
    *, user_id: int, key: str, request_sha256: str, work: Callable[[], Answer]
) -> Answer:
    """Return the answer of ``work``, done once for a key: a repeat gets the answer of the first.

    Work and answer are one transaction, so that a key is known exactly if its work is done. A
    repeat at the same moment waits for the first. Raises KeyReusedError for another request,
    KeyInUseError if the first takes long, and what ``work`` raises (the key stays free then).
    """
    _forget_old_keys()
    with transaction.atomic():
        row = _claim(user_id, key, request_sha256)
        if row is None:
            return _known_answer(user_id, key, request_sha256)
        answer = work()
        row.status = answer.status
        row.answer = {"headers": dict(answer.headers), "body": answer.body}
        row.save(update_fields=["status", "answer"])
    return answer


def was_answered(*, user_id: int, key: str) -> bool:
    """Whether something was answered under a key."""
    known = IdempotencyKey.objects.filter(user_id=user_id, key=key, status__isnull=False)
    return bool(known.exists())


def _claim(user_id: int, key: str, request_sha256: str) -> IdempotencyKey | None:
    """Take a key, waiting for whoever is taking it; None if it was taken before."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{KEY_WAIT_SECONDS}s'")
            row = IdempotencyKey.objects.create(
                user_id=user_id, key=key, request_sha256=request_sha256
            )
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    except IntegrityError:
        return None
    except OperationalError as fault:
        if isinstance(fault.__cause__, LockNotAvailable):
            raise KeyInUseError from fault
        raise
    return row


def _known_answer(user_id: int, key: str, request_sha256: str) -> Answer:
    known = IdempotencyKey.objects.filter(user_id=user_id, key=key).first()
    if known is None or known.status is None or known.answer is None:
        # It was forgotten at this very moment.
        raise KeyInUseError
    if known.request_sha256 != request_sha256:
        raise KeyReusedError
    return Answer(known.status, known.answer["headers"], known.answer["body"])


def _forget_old_keys() -> None:
    old = IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEY_LIVES)
    with transaction.atomic():
        some = old.select_for_update(skip_locked=True).values("pk")[:_KEYS_FORGOTTEN_AT_ONCE]
        IdempotencyKey.objects.filter(pk__in=some).delete()
