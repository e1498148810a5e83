"""A real browser on a real server: Debian's chromium, driven by Playwright.

``page`` fails its test on console errors, page errors and breaches of the content security policy.
Neither a click nor a key waits for the page that it leads to: a test says what it expects to see
there before it asks for anything that does not wait by itself, such as the address or the database.
Keys alone are held back until the scripts of a page that is on its way are there.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from articles.models import Access, Corpus, Role
from tests.factories import make_corpus, make_member

# The same browser without windows, menus and tabs takes half the time; bin/browser installs it.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
# Both themes at both sizes, one step from each to the next.
_ALL_LOOKS = (("light", DESK), ("dark", DESK), ("dark", PHONE), ("light", PHONE))
on_a_dark_phone = pytest.mark.parametrize(
    "look", [pytest.param(("dark", PHONE), id="dark-phone")], indirect=True
)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Beside axe's own choice: 7:1 for text, which the house asks for.
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}
# The rules that look at colours: a theme changes nothing else, see tests/views/test_contrast.py.
AXE_COLOURS = {
    "resultTypes": ["violations"],
    "runOnly": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"],
}
_AXE = Axe()

# How long a page may take, in ms. It says nothing of how long one should: a busy machine may well
# stand still for seconds, and whoever sees what they wait for waits no longer.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

# What htmx calls an error when a page is left, or asks again, while it still waits for an answer.
GIVEN_UP = ("htmx:sendAbort", "htmx:afterRequest")

# Playwright's own loop runs in this thread, and Django takes it for an asynchronous caller.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@dataclass
class Complaints:
    """What a browser complained of, less what a test expects."""

    heard: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, words: str) -> None:
        """Let complaints pass that hold ``words``, e.g. the status of an error page."""
        self.expected.append(words)

    @property
    def unexpected(self) -> list[str]:
        """What is left."""
        known = (*self.expected, *GIVEN_UP)
        return [h for h in self.heard if not any(words in h for words in known)]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the browser, one for the whole run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> Complaints:
    """Return what the browser complains of during this test."""
    return Complaints()


@pytest.fixture
def look(request: pytest.FixtureRequest) -> tuple[str, dict[str, int]]:
    """Return theme and size in which a journey is walked; a desk by day unless told otherwise."""
    chosen: tuple[str, dict[str, int]] = getattr(request, "param", ("light", DESK))
    return chosen


@pytest.fixture
def context(
    browser: Browser, live_server: LiveServer, look: tuple[str, dict[str, int]]
) -> Iterator[BrowserContext]:
    """Return a fresh profile on the live server."""
    theme, size = look
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": size["width"], "height": size["height"]},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        timezone_id="Asia/Almaty",
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, complaints: Complaints) -> Iterator[Page]:
    """Return a page; complaints that were not expected fail the test."""
    page = context.new_page()

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.heard.append(f"{message.type}: {message.text} ({message.location['url']})")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.heard.append(f"page error: {error}"))
    page.on("requestfailed", lambda request: _note_failure(complaints, page, request.url))
    _hold_keys(page)
    yield page
    page.close()
    assert not complaints.unexpected, "\n".join(complaints.unexpected)


def _hold_keys(page: Page) -> None:
    """Have keys wait for a page that is on its way: before its scripts are there nobody hears."""

    def held(send: Callable[..., None]) -> Callable[..., None]:
        def wait_and_send(*args: Any, **options: Any) -> None:
            page.wait_for_load_state()
            send(*args, **options)

        return wait_and_send

    for name in ("press", "type"):
        setattr(page.keyboard, name, held(getattr(page.keyboard, name)))


def _note_failure(complaints: Complaints, page: Page, url: str) -> None:
    """Note requests that leave our server: nothing may be loaded from elsewhere."""
    if urlsplit(url).netloc != urlsplit(page.url).netloc:
        complaints.heard.append(f"request elsewhere: {url}")


@pytest.fixture
def log_in(context: BrowserContext, live_server: LiveServer) -> Callable[[User], None]:
    """Return what logs someone in without going through the form."""

    def log_in(user: User) -> None:
        client = Client()
        client.force_login(user)
        morsel = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies(
            [{"name": morsel.key, "value": morsel.value, "url": live_server.url, "httpOnly": True}]
        )

    return log_in


@pytest.fixture
def members_only() -> None:
    """Keep the corpus of a test for its members."""


@pytest.fixture
def corpus(request: pytest.FixtureRequest, transactional_db: None) -> Corpus:  # noqa: ARG001 -- opens the database
    """Return the default corpus: open to read, unless a test or its file says ``members_only``."""
    is_closed = "members_only" in request.fixturenames
    return make_corpus(
        "default", name="Default", access=Access.MEMBERS if is_closed else Access.OPEN
    )


@pytest.fixture
def annotator(corpus: Corpus, log_in: Callable[[User], None]) -> User:
    """Return someone who may tag, logged in."""
    user = make_member(corpus, Role.ANNOTATOR)
    log_in(user)
    return user


@pytest.fixture
def editor(corpus: Corpus, log_in: Callable[[User], None]) -> User:
    """Return someone who may put articles right, logged in."""
    user = make_member(corpus, Role.EDITOR)
    log_in(user)
    return user


@pytest.fixture
def empty_cache(transactional_db: None) -> Iterator[None]:  # noqa: ARG001 -- the cache lies in the database
    """Begin and end with nothing kept and no guess counted: Django empties its own tables alone."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def no_index(complaints: Complaints) -> None:
    """Let it pass that nothing is offered elsewhere: the browser notes the answer."""
    complaints.expect("/same/")


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return what fails the test if axe finds a violation on a page as it stands."""

    def check(page: Page) -> None:
        page.wait_for_load_state()
        _assert_content(page, AXE_OPTIONS)

    return check


@pytest.fixture
def in_all_looks(look: tuple[str, dict[str, int]]) -> Callable[[Page], None]:
    """Return what looks at a page in both themes and at both sizes.

    axe must be content, and nothing stick out of the window. A journey is walked once, and each of
    its screens looked at so; afterwards the page is as it was. A page that is on its way is waited
    for, but which page that is only the test can tell: after a key or a click that leads elsewhere
    it says first what it expects to see.

    Colours are looked at in all four, the rest once at each size: a theme is nothing but colours,
    so what axe finds wrong beside them it finds wrong in both.
    """

    def check(page: Page) -> None:
        page.wait_for_load_state()
        seen: list[int] = []
        for theme, size in _ALL_LOOKS:
            _dress(page, theme, size)
            assert page.evaluate(OVERFLOW) <= 0, f"{page.url} is wider than {size['width']} px"
            _assert_content(page, AXE_COLOURS if size["width"] in seen else AXE_OPTIONS)
            seen.append(size["width"])
        _dress(page, *look)

    return check


def _assert_content(page: Page, options: Mapping[str, Any]) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE.axe_script)
    told = page.evaluate("options => axe.run(options).then((told) => told.violations)", options)
    words = [
        f"{v['id']}: {v['help']}\n    " + "\n    ".join(n["html"][:200] for n in v["nodes"][:5])
        for v in told
    ]
    assert not words, "\n".join(words)


def _dress(page: Page, theme: str, size: dict[str, int]) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
