"""Fetching pages: what is refused, and what a hostile server can't do."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytest_django import Settings

from articles.ingest import fetching

PAGE = b"<html><body><h1>Harbour bridge opens</h1></body></html>"
BOMB = gzip.compress(b"\0" * (64 * 1024 * 1024))


class _Site(BaseHTTPRequestHandler):
    """A small site with a page, redirects and traps."""

    def do_GET(self) -> None:
        host = self.headers["Host"]
        places = {
            "/moved": "/page",
            "/to-metadata": "http://169.254.169.254/latest/meta-data/",
            "/to-localhost": "http://localhost:1/",
            "/to-file": "file:///etc/passwd",
            "/round": f"http://{host}/round",
        }
        if self.path in places:
            self.send_response(302)
            self.send_header("Location", places[self.path])
            self.end_headers()
        elif self.path == "/page":
            self._answer(PAGE)
        elif self.path == "/bomb":
            self._answer(BOMB, {"Content-Encoding": "gzip"})
        else:
            self.send_error(404)

    def _answer(self, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            # The fetcher hung up, as it should.
            return

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def site(settings: Settings) -> Iterator[str]:
    """Return the address of a site that alone of all private ones may be fetched from."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    host = f"127.0.0.1:{server.server_address[1]}"
    settings.FETCH_ALLOWED_PRIVATE = frozenset({host})
    yield f"http://{host}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://0.0.0.0/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
    ],
)
def test_a_private_address_is_refused(url: str) -> None:
    with pytest.raises(fetching.FetchError) as refused:
        fetching.fetch(url)

    assert refused.value.code in {"private_address", "unknown_host"}


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://paper.example/",
        "gopher://paper.example/",
        "javascript:alert(1)",
        "http://",
        "http://user:secret@paper.example/",
        "http://paper.example:99999/",
        "http://paper.example/a b",
        "http://paper.example/\r\nHost: other",
        "//paper.example/",
        "",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(fetching.FetchError) as refused:
        fetching.check_address(url)

    assert refused.value.code == "bad_url"


def test_a_page_is_fetched_through_a_redirect(site: str) -> None:
    fetched = fetching.fetch(f"{site}/moved")

    assert fetched.content == PAGE
    assert fetched.url == f"{site}/page"
    assert fetched.media_type == "text/html"


@pytest.mark.parametrize("path", ["/to-metadata", "/to-localhost", "/to-file"])
def test_a_redirect_to_a_private_machine_is_refused(site: str, path: str) -> None:
    with pytest.raises(fetching.FetchError) as refused:
        fetching.fetch(site + path)

    assert refused.value.code in {"private_address", "bad_url"}


def test_an_endless_redirect_ends(site: str) -> None:
    with pytest.raises(fetching.FetchError) as refused:
        fetching.fetch(f"{site}/round")

    assert refused.value.code == "too_many_redirects"


def test_a_compressed_bomb_is_cut_off(site: str) -> None:
    with pytest.raises(fetching.FetchError) as refused:
        fetching.fetch(f"{site}/bomb")

    assert refused.value.code == "too_large"


def test_an_error_page_is_told_as_such(site: str) -> None:
    with pytest.raises(fetching.FetchError) as refused:
        fetching.fetch(f"{site}/nowhere")

    assert refused.value.code == "http_404"
    assert "404" in str(refused.value)
