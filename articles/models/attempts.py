"""How often someone may guess: failed logins and tokens, counted across processes.

Each failure takes a numbered slot in the cache, which ends after the window. Taking a slot is one
INSERT under a unique key, so that failures at the same moment are all counted.
"""

import hashlib
import ipaddress
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 15 * 60
# Homes and offices share an address, so it may fail more often than one name from there.
FAILURES_PER_NAME_AND_ADDRESS = 5
FAILURES_PER_ADDRESS = 30
# High, since anyone can fill it for anyone: it stops a guess spread over many addresses.
FAILURES_PER_NAME = 100
# An IPv6 network, all of which is usually one customer's.
_IPV6_PREFIX = 64


@dataclass(frozen=True, slots=True)
class _Counter:
    """What is counted, under a name that gives nothing away, and how much of it is enough."""

    key: str
    limit: int

    def slots(self) -> list[str]:
        return [f"attempts:{self.key}:{slot}" for slot in range(self.limit)]

    def taken(self) -> list[float]:
        """Return when each of the remembered failures was, in seconds since 1970."""
        return list(cache.get_many(self.slots()).values())

    def take(self) -> None:
        known, now = cache.get_many(self.slots()), time.time()
        free = (slot for slot in self.slots() if slot not in known)
        any(cache.add(slot, now, WINDOW_SECONDS) for slot in free)


def address(request: HttpRequest) -> str:
    """Return the client's address; proxies' word for it counts only as far as they are ours."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    trusted: int = settings.TRUSTED_PROXIES
    if not trusted:
        return peer
    entries = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    # Each of our proxies appended one entry; whatever stands before them, the client wrote.
    entry = entries[-trusted].strip() if len(entries) >= trusted else ""
    return entry if _is_address(entry) else peer


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def blocked(request: HttpRequest, username: str = "") -> bool:
    """Whether this client must wait before it tries again. Ask before checking a password."""
    return retry_after(request, username) > 0


def retry_after(request: HttpRequest, username: str = "") -> int:
    """Return the seconds until this client may try again, 0 if it may now."""
    now = time.time()
    waits = [
        min(taken) + WINDOW_SECONDS - now
        for counter in _counters(request, username)
        if len(taken := counter.taken()) >= counter.limit
    ]
    return max(1, int(max(waits)) + 1) if waits else 0


def failed(request: HttpRequest, username: str = "") -> None:
    """Count a failure; without a user name, that of a token."""
    for counter in _counters(request, username):
        counter.take()


def succeeded(request: HttpRequest, username: str) -> None:
    """Forget the failures of this name from this address (not those of the address)."""
    cache.delete_many(_name_and_address(request, username).slots())


def _counters(request: HttpRequest, username: str) -> Iterable[_Counter]:
    yield _Counter(_digest("address", _network(request)), FAILURES_PER_ADDRESS)
    if username:
        yield _name_and_address(request, username)
        yield _Counter(_digest("name", _folded(username)), FAILURES_PER_NAME)


def _name_and_address(request: HttpRequest, username: str) -> _Counter:
    key = _digest("both", _network(request), _folded(username))
    return _Counter(key, FAILURES_PER_NAME_AND_ADDRESS)


def _network(request: HttpRequest) -> str:
    """Return the client's address, of IPv6 its network."""
    client = address(request)
    if not _is_address(client):
        return client
    found = ipaddress.ip_address(client)
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), _IPV6_PREFIX), strict=False))
    return str(found)


def _folded(username: str) -> str:
    return unicodedata.normalize("NFKC", username).casefold()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]
