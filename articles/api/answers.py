"""Answers to what changes something: done in one transaction, and once for an Idempotency-Key."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse, QueryDict
from rest_framework.request import Request

from articles.api.encoding import encode
from articles.api.problems import Problem
from articles.models.access import (
    Answer,
    KeyInUseError,
    KeyReusedError,
    answer_once,
    was_answered,
)

KEY_HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotency-Replayed"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


def answer(status: int, data: Any, headers: Mapping[str, str] | None = None) -> Answer:
    """Return an answer of JSON."""
    return Answer(status, dict(headers or {}), encode(data).decode())


def once(request: Request, work: Callable[[], Answer]) -> HttpResponse:
    """Do ``work`` in a transaction and answer; the same request under the same key does it once.

    Raises Problem 400 for a key that is none, 409 for one under which something else was sent or
    is still being worked on.
    """
    key = request.headers.get(KEY_HEADER)
    if key is None:
        with transaction.atomic():
            return _response(work())
    if not _KEY.fullmatch(key):
        message = "This must be 1 to 255 visible ASCII characters."
        raise Problem(400, f"{KEY_HEADER}: {message}", errors={KEY_HEADER: message})
    did_it = []

    def work_now() -> Answer:
        did_it.append(True)
        return work()

    try:
        given = answer_once(
            user_id=int(request.user.pk or 0),
            key=key,
            request_sha256=_digest(request),
            work=work_now,
        )
    except KeyReusedError:
        message = "Another request was sent under this key. Use a new key for a new request."
        raise Problem(409, message, errors={KEY_HEADER: message}) from None
    except KeyInUseError:
        message = "The first request under this key is still being worked on. Send it again later."
        raise Problem(409, message, errors={KEY_HEADER: message}, wait=5) from None
    sent = _response(given)
    if not did_it:
        sent.headers[REPLAYED_HEADER] = "true"
    return sent


def once_found[T](
    request: Request, find: Callable[[], T], work: Callable[[T], Answer]
) -> HttpResponse:
    """Find something, and then do work with it as :func:`once` does.

    The search engine is asked so: it takes its time, in which no transaction is to be open. A
    repeat of what was answered asks for nothing.
    """
    key = request.headers.get(KEY_HEADER)
    if key is not None and was_answered(user_id=int(request.user.pk or 0), key=key):
        # Only one that is forgotten at this very moment is done again.
        return once(request, lambda: work(find()))
    found = find()
    return once(request, lambda: work(found))


def _response(given: Answer) -> HttpResponse:
    return HttpResponse(
        given.body,
        status=given.status,
        content_type="application/json",
        headers=dict(given.headers),
    )


def _digest(request: Request) -> str:
    """Return a hash of method, address and body; of a form, its parts (the boundary is random)."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if str(request.content_type).startswith("multipart/"):
        for part in _parts(request):
            digest.update(hashlib.sha256(part).digest())
    else:
        digest.update(request._request.body)  # noqa: SLF001 -- the framework's way to it
    return digest.hexdigest()


def _parts(request: Request) -> Iterator[bytes]:
    form = cast("QueryDict", request.data)
    for name, values in sorted(form.lists()):
        for value in values:
            yield name.encode()
            if isinstance(value, UploadedFile):
                yield (value.name or "").encode()
                contents = hashlib.sha256()
                for chunk in value.chunks():
                    contents.update(chunk)
                value.seek(0)
                yield contents.digest()
            else:
                yield str(value).encode()
