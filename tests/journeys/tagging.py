"""What people do at an article that they tag."""

from playwright.sync_api import Page, expect

from articles.models import Article


def opened(page: Page, article: Article) -> None:
    """Open an article, and see its tools there."""
    page.goto(f"/articles/{article.pk}/")
    ready(page)


def ready(page: Page) -> None:
    """See the tools of tagging on the page."""
    expect(page.locator(".reading[tabindex]")).to_be_visible()


def press(page: Page, *keys: str) -> None:
    """Press one key after another."""
    for key in keys:
        page.keyboard.press(key)


def saved(page: Page) -> None:
    """Wait until nothing waits to be saved."""
    expect(page.locator(".reading[data-waiting]")).to_have_attribute("data-waiting", "0")
