"""Who is asking: by a token in the ``Authorization`` header, or by the session of a page."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request

from articles.models import ApiToken, attempts
from articles.models.access import TOKEN_PREFIX, hashed

KEYWORD = "Token"
# A write for each request would be the costliest part of many of them.
USE_IS_NOTED_EVERY = timedelta(hours=1)
_TOKEN_PARAMETERS = frozenset({"token", "access_token", "api_token", "api_key", "auth_token"})


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Token nr_…``, as ``manage.py create_token`` prints it."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the person and the token; None without a header. Raises AuthenticationFailed."""
        _refuse_in_address(request)
        header = get_authorization_header(request)
        if not header:
            return None
        keyword, _, printed = header.decode("latin-1").partition(" ")
        if keyword.lower() != KEYWORD.lower():
            raise AuthenticationFailed("Send “Authorization: Token …” with an API token.")
        found = ApiToken.objects.filter(hash=hashed(printed.strip())).select_related("user").first()
        if found is None:
            _count_guess(request._request)  # noqa: SLF001 -- the framework's way to Django's request
            raise AuthenticationFailed("There is no such token.")
        if not found.is_valid:
            raise AuthenticationFailed("This token has expired or was revoked.")
        _note_use(found)
        return found.user, found

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 -- the framework's
        """Return the challenge of a 401."""
        return f'{KEYWORD} realm="Newsroom"'


def _refuse_in_address(request: Request) -> None:
    """Addresses are logged and kept in histories, so a token in one is no secret any more."""
    for name, values in request.query_params.lists():
        looks_like_one = any(str(value).startswith(TOKEN_PREFIX) for value in values)
        if name.lower() in _TOKEN_PARAMETERS or looks_like_one:
            raise AuthenticationFailed(
                "A token in an address is not taken, and is no secret any more: revoke it, and "
                "send another as “Authorization: Token …”."
            )


def _count_guess(request: HttpRequest) -> None:
    # One that is known never comes here: nobody can lock out the rest of an office.
    if wait := attempts.retry_after(request):
        raise Throttled(wait)
    attempts.failed(request)


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - USE_IS_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
