"""Moving through the list and the articles, by keyboard, by mouse and without scripts."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Access, Corpus
from tests.factories import make_article, make_corpus
from tests.journeys.conftest import PHONE, Complaints
from tests.journeys.printed import print_bridge, print_many

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def make_open_corpus() -> Corpus:
    return make_corpus("default", name="Default", access=Access.OPEN)


def test_j_and_k_move_the_pane_and_the_address_keeps_the_place(page: Page) -> None:
    articles = print_many(make_open_corpus(), 6)
    newest, second = articles[-1], articles[-2]
    page.goto("/articles/")

    page.keyboard.press("j")
    expect(page.locator("#pane .headline")).to_have_text(newest.headline)
    page.keyboard.press("j")
    expect(page.locator("#pane .headline")).to_have_text(second.headline)

    assert f"article={second.pk}" in page.url
    page.keyboard.press("k")
    expect(page.locator("#pane .headline")).to_have_text(newest.headline)
    page.reload()
    expect(page.locator("#pane .headline")).to_have_text(newest.headline)
    expect(page.locator(".item.is-chosen .item-headline")).to_have_text(newest.headline)


def test_enter_opens_the_article_and_its_neighbours_are_those_of_the_list(
    page: Page, index: Callable[[], int]
) -> None:
    corpus = make_open_corpus()
    print_bridge(corpus)
    articles = print_many(corpus, 4)
    index()
    page.goto("/articles/?q=source:%22Morning+Ledger%22")

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/articles/{articles[-2].pk}/**")
    page.keyboard.press("k")
    page.wait_for_url(f"**/articles/{articles[-1].pk}/**")

    # The bridge is newer, but not of this list.
    expect(page.get_by_role("link", name="Previous", exact=True)).to_have_count(0)
    page.keyboard.press("u")
    page.wait_for_url("**/articles/?q=source*Morning*")
    expect(page.locator(".item.is-chosen .item-headline")).to_have_text(articles[-1].headline)


def test_o_opens_what_is_chosen(page: Page) -> None:
    articles = print_many(make_open_corpus(), 2)
    page.goto("/articles/")

    page.keyboard.press("j")
    page.keyboard.press("o")

    page.wait_for_url(f"**/articles/{articles[-1].pk}/**")


def test_a_click_opens_beside_the_list_and_back_returns(page: Page) -> None:
    articles = print_many(make_open_corpus(), 3)
    page.goto("/articles/")

    page.get_by_role("link", name=articles[2].headline).click()
    expect(page.locator("#pane .headline")).to_have_text(articles[2].headline)
    page.get_by_role("link", name=articles[1].headline).click()
    expect(page.locator("#pane .headline")).to_have_text(articles[1].headline)
    page.go_back()
    expect(page.locator("#pane .headline")).to_have_text(articles[2].headline)
    page.go_back()

    expect(page.get_by_text("Choose an article")).to_be_visible()
    assert "article=" not in page.url


@pytest.mark.parametrize("has_index", [True, False], ids=["index", "no index"])
def test_pages_turn_with_capital_j_and_k(
    page: Page, index: Callable[[], int], *, has_index: bool
) -> None:
    print_many(make_open_corpus(), 40)
    if has_index:
        index()
    page.goto("/articles/")
    first = page.locator(".item-headline").first.inner_text()

    page.keyboard.press("J")
    page.wait_for_url("**cursor=**")
    expect(page.locator(".item")).to_have_count(10)
    page.keyboard.press("K")

    expect(page.locator(".item-headline").first).to_have_text(first)


def test_what_a_fact_was_read_from_shows_on_focus(page: Page) -> None:
    bridge = print_bridge(make_open_corpus())
    page.goto(bridge.get_absolute_url())

    page.get_by_role("button", name="Where “Published” was read").focus()

    expect(page.get_by_text("Date: 20 Mar 1932")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Date: 20 Mar 1932")).not_to_be_visible()


def test_times_are_the_reader_s_with_the_original_on_hover(page: Page) -> None:
    bridge = print_bridge(make_open_corpus())

    page.goto(bridge.get_absolute_url())

    moment = page.locator(".fact time.local")
    expect(moment).to_contain_text("20 Mar 1932")
    expect(moment).to_have_attribute("title", "22:30 UTC")


def test_times_from_before_there_were_zones_stand_as_printed(page: Page) -> None:
    early = print_bridge(make_open_corpus(), published_at=datetime(1906, 4, 19, 5, 30, tzinfo=UTC))

    page.goto(early.get_absolute_url())

    expect(page.locator(".fact time.local")).to_have_text("05:30 UTC")


def test_a_theme_is_chosen_and_kept(page: Page) -> None:
    make_open_corpus()
    page.goto("/sources/")

    page.get_by_text("Theme", exact=True).click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/authors/")

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_on_a_phone_an_article_opens_on_its_own_page(page: Page) -> None:
    articles = print_many(make_open_corpus(), 2)
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.goto("/articles/")

    page.get_by_role("link", name=articles[1].headline).click()

    page.wait_for_url(f"**/articles/{articles[1].pk}/**")


def test_it_all_works_without_scripts(
    browser: Browser, live_server: LiveServer, index: Callable[[], int]
) -> None:
    corpus = make_open_corpus()
    bridge = print_bridge(corpus)
    print_many(corpus, 60)
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    index()
    page.goto("/articles/")

    page.get_by_label("Search the articles").fill("ribbon")
    page.get_by_role("button", name="Search", exact=True).click()
    page.wait_for_url("**/articles/?q=ribbon")
    page.get_by_role("link", name=re.compile("Harbour Post.*only these")).click()
    page.wait_for_url("**/articles/?q=ribbon*Harbour*")
    page.get_by_role("link", name=bridge.headline).click()
    page.get_by_role("link", name="What changed").click()

    expect(page.get_by_text("1 passage added")).to_be_visible()
    page.goto(bridge.get_absolute_url())
    page.get_by_role("link", name="Cite").click()
    expect(page.get_by_role("heading", name="Chicago")).to_be_visible()
    page.get_by_text("Theme", exact=True).click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()


def test_a_script_in_a_headline_stays_words(page: Page) -> None:
    words = "<script>document.title='stolen'</script><img src=x onerror=alert(1)>"
    article = make_article(make_open_corpus(), headline=words)

    page.goto(f"/articles/?article={article.pk}")
    expect(page.locator("#pane .headline")).to_have_text(words)
    page.goto(article.get_absolute_url())

    expect(page.locator("h1.headline")).to_have_text(words)
    assert page.title().startswith(words)


def test_an_article_that_went_away_meanwhile_is_said_to_be_gone(
    page: Page, complaints: Complaints
) -> None:
    complaints.expect("404 (Not Found)")
    articles = print_many(make_open_corpus(), 3)
    page.goto("/articles/")
    page.get_by_role("link", name=articles[2].headline).click()
    expect(page.locator("#pane .headline")).to_have_text(articles[2].headline)
    gone = articles[0]
    page.route(f"**/articles/{gone.pk}/pane/", lambda route: route.fulfill(status=404))

    page.reload()
    page.get_by_role("link", name=gone.headline).click()

    expect(page.get_by_text("That is no longer here.")).to_be_visible()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text("That is no longer here.")).not_to_be_visible()
