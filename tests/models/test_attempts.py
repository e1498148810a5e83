"""Guessing is counted by address and by name."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from articles.models import attempts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    cache.clear()


def _from(address: str, **meta: str) -> HttpRequest:
    request: HttpRequest = RequestFactory().post("/login/")
    request.META |= {"REMOTE_ADDR": address, **meta}
    return request


def _fail(request: HttpRequest, username: str, times: int) -> None:
    for _ in range(times):
        attempts.failed(request, username)


def test_a_name_is_blocked_after_five_failures_from_one_address() -> None:
    request = _from("192.0.2.1")

    _fail(request, "jane", 4)
    assert not attempts.blocked(request, "jane")
    _fail(request, "jane", 1)

    assert attempts.blocked(request, "jane")
    assert 1 <= attempts.retry_after(request, "jane") <= attempts.WINDOW_SECONDS + 1
    assert not attempts.blocked(request, "john")
    assert not attempts.blocked(_from("192.0.2.2"), "jane")


def test_another_spelling_of_a_name_is_the_same_name() -> None:
    request = _from("192.0.2.1")

    _fail(request, "jane", 5)

    assert attempts.blocked(request, "JANE")
    assert attempts.blocked(request, "ｊａｎｅ")


def test_an_address_is_blocked_whatever_names_it_tries() -> None:
    request = _from("192.0.2.1")

    for number in range(attempts.FAILURES_PER_ADDRESS):
        attempts.failed(request, f"name{number}")

    assert attempts.blocked(request, "another")
    assert attempts.blocked(request)


def test_an_ipv6_network_counts_as_one_address() -> None:
    for number in range(attempts.FAILURES_PER_ADDRESS):
        attempts.failed(_from(f"2001:db8::{number:x}"))

    assert attempts.blocked(_from("2001:db8::ffff"))
    assert not attempts.blocked(_from("2001:db8:0:1::1"))


def test_a_success_forgets_the_failures_of_the_name() -> None:
    request = _from("192.0.2.1")
    _fail(request, "jane", 5)

    attempts.succeeded(request, "jane")

    assert not attempts.blocked(request, "jane")


def test_a_forwarded_address_is_not_believed_without_proxies(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 0
    for number in range(attempts.FAILURES_PER_ADDRESS):
        attempts.failed(_from("192.0.2.1", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}"))

    assert attempts.blocked(_from("192.0.2.1", HTTP_X_FORWARDED_FOR="198.51.100.200"))


@pytest.mark.parametrize(
    ("proxies", "header", "expected"),
    [
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    settings: Settings, proxies: int, header: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies

    assert attempts.address(_from("192.0.2.1", HTTP_X_FORWARDED_FOR=header)) == expected


@pytest.mark.django_db(transaction=True)
def test_failures_at_the_same_moment_are_all_counted() -> None:
    cache.clear()
    request = _from("192.0.2.1")
    start = threading.Barrier(5)

    def guess() -> None:
        start.wait()
        attempts.failed(request, "jane")
        connection.close()

    threads = [threading.Thread(target=guess) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert attempts.blocked(request, "jane")
