"""Fetching a page from the open web, and nothing else.

Every hop is resolved once, checked, and connected to at the checked address, so that neither a
redirect nor a second answer of the name server leads to a private machine (server-side request
forgery). One deadline and one byte cap hold for the whole.
"""

import ipaddress
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import urllib3
from django.conf import settings
from urllib3.exceptions import HTTPError

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

HOPS = 5
SECONDS = 30.0
CONNECT_SECONDS = 10.0
CAP = 20 * 1024 * 1024
USER_AGENT = "Newsroom/0.1 (research corpus; fetches single pages on a person's request)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")


class FetchError(Exception):
    """The address was refused or did not answer well. ``str()`` is a sentence for the person."""

    def __init__(self, reason: str, *, code: str = "fetch_failed") -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page's bytes, decompressed, with the address that gave them after redirects."""

    url: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Target:
    """One hop: where to connect, and whom to ask for."""

    scheme: str
    host: str
    port: int
    address: str
    path: str


def check_address(url: str) -> None:
    """Raise FetchError if ``url`` is not one that could be fetched, as far as it alone tells."""
    _split(url)


def fetch(url: str) -> Fetched:
    """Return what ``url`` gives; raise FetchError with the reason."""
    deadline = time.monotonic() + SECONDS
    for _ in range(HOPS):
        target = _resolve(url)
        response = _request(target, deadline)
        try:
            location = response.headers.get("Location")
            if response.status in _REDIRECTS and location:
                url = urljoin(url, location)
                continue
            if response.status != 200:
                raise FetchError(
                    f"The server at {target.host} answered {response.status} for this address.",
                    code=f"http_{response.status}",
                )
            content = _read(response, deadline)
            return Fetched(url, response.headers.get("Content-Type", ""), content)
        except HTTPError as fault:
            raise FetchError(f"{target.host} broke off its answer. Try again later.") from fault
        finally:
            response.close()
    raise FetchError(f"This address redirects more than {HOPS} times.", code="too_many_redirects")


def _split(url: str) -> tuple[str, str, int, str]:
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
    except ValueError as fault:
        raise FetchError("This is not an address that can be fetched.", code="bad_url") from fault
    if parts.scheme not in {"http", "https"}:
        raise FetchError("Only http and https addresses can be fetched.", code="bad_url")
    if not host or parts.username is not None or any(ord(c) < 33 for c in url):
        raise FetchError("This is not an address that can be fetched.", code="bad_url")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path


def _resolve(url: str) -> _Target:
    """Look a hop's host up once; refuse it if any of its addresses is not a public one."""
    scheme, host, port, path = _split(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise FetchError(f"There is no machine called {host}.", code="unknown_host") from fault
    addresses = [str(entry[4][0]) for entry in found]
    if f"{host}:{port}" not in settings.FETCH_ALLOWED_PRIVATE:
        for address in addresses:
            if not is_public(address):
                raise FetchError(
                    f"{host} is a machine of a private network; Newsroom fetches none of those.",
                    code="private_address",
                )
    return _Target(scheme, host, port, addresses[0], path)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also when it embeds another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip in _SIX_TO_FOUR:
            return is_public(str(ipaddress.IPv4Address((int(ip) >> 80) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


def _request(target: _Target, deadline: float) -> "BaseHTTPResponse":
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError("The server took too long to answer.", code="too_slow")
    timeout = urllib3.Timeout(connect=min(left, CONNECT_SECONDS), read=min(left, CONNECT_SECONDS))
    default = 443 if target.scheme == "https" else 80
    name = f"[{target.host}]" if ":" in target.host else target.host
    headers = {
        "Host": name if target.port == default else f"{name}:{target.port}",
        "User-Agent": USER_AGENT,
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }
    pool: urllib3.HTTPConnectionPool
    if target.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            target.address,
            target.port,
            timeout=timeout,
            server_hostname=target.host,
            assert_hostname=target.host,
        )
    else:
        pool = urllib3.HTTPConnectionPool(target.address, target.port, timeout=timeout)
    try:
        return pool.urlopen(
            "GET",
            target.path,
            headers=headers,
            redirect=False,
            retries=False,
            preload_content=False,
            assert_same_host=False,
        )
    except HTTPError as fault:
        raise FetchError(f"{target.host} did not answer. Try again later.") from fault


def _read(response: "BaseHTTPResponse", deadline: float) -> bytes:
    """Read a body under the deadline and the cap, which holds after decompression."""
    pieces: list[bytes] = []
    size = 0
    # read1 returns what is there: a body of one byte a second can't hold us past the deadline.
    while piece := response.read1(64 * 1024, decode_content=True):
        pieces.append(piece)
        size += len(piece)
        if size > CAP:
            raise FetchError(f"The page is larger than {CAP // 2**20} MB.", code="too_large")
        if time.monotonic() > deadline:
            raise FetchError(f"The page took longer than {SECONDS:.0f} s.", code="too_slow")
    return b"".join(pieces)
