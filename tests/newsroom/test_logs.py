"""Logs hold no secrets."""

import io
import logging

import pytest
from django.core.cache import cache
from django.test import Client

from newsroom.logs import HideSecrets, hidden

SECRET = "nkEQIXGbLaRr7rqnR2xu_vmB1I4ev7dIJ-qRoFnZRN4"


@pytest.mark.parametrize(
    "line",
    [
        f'"GET /invitations/{SECRET}/ HTTP/1.1" 200 5120',
        f'"GET /login/?next=/invitations/{SECRET}/ HTTP/1.1" 200 5120',
        f'"GET /login/?next=%2Finvitations%2F{SECRET}%2F HTTP/1.1" 200 5120',
        f"Gone: /invitations/{SECRET}",
        f'"GET /feeds/{SECRET}/ HTTP/1.1" 200 5120',
    ],
)
def test_the_secret_of_an_invitation_is_left_out(line: str) -> None:
    assert SECRET not in hidden(line)
    assert line.split(SECRET, maxsplit=1)[0] in hidden(line)
    assert line.endswith(hidden(line).partition("…")[2])


def test_other_addresses_stay() -> None:
    line = "Not Found: /api/v1/corpora/1/invitations/12/revoke/ /corpora/letters/invitations/"

    assert hidden(line) == line


@pytest.mark.django_db
def test_what_the_server_logs_of_a_wrong_link_does_not_hold_it() -> None:
    cache.clear()
    written = io.StringIO()
    [console] = [
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler, logging.StreamHandler)
        and any(isinstance(each, HideSecrets) for each in handler.filters)
    ]
    before = console.setStream(written)

    response = Client().get(f"/invitations/{SECRET}/")

    console.setStream(before or console.stream)
    assert response.status_code == 404
    assert "Not Found: /invitations/…/" in written.getvalue()
    assert SECRET not in written.getvalue()
