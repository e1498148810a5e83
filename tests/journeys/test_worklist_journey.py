"""An editor works through what needs a look, by keys."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Corpus
from tests.factories import (
    current,
    make_article,
    make_source,
    source_name,
)
from tests.journeys.conftest import Complaints, on_a_dark_phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def flagged(corpus: Corpus, headline: str, *flags: str) -> Article:
    article = make_article(
        corpus,
        headline=headline,
        published=None if "undated" in flags else date(1932, 3, 19),
        source=None if "no_source" in flags else make_source(corpus),
    )
    version = current(article)
    version.read = {**version.read, "flags": list(flags)}
    version.save()
    article.flags = list(flags)
    article.save()
    return article


@pytest.mark.usefixtures("editor")
def test_a_list_is_worked_through_by_keys(page: Page, corpus: Corpus) -> None:
    skipped, faultless, filled = (
        flagged(corpus, name, "undated", "no_source") for name in ("Third", "Second", "First")
    )
    page.goto("/articles/")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url("**/to-check/")
    page.keyboard.press("1")
    headline = page.locator(".headline")
    expect(headline).to_have_text("First")
    expect(page.locator(".work-progress label")).to_have_text("1 of 3")

    page.keyboard.press("e")
    page.keyboard.type("1932-03-19")
    page.locator("[name=source]").fill("The Gazette")
    page.keyboard.press("Enter")
    expect(headline).to_have_text("Second")
    expect(page.locator(".work-progress label")).to_have_text("2 of 3")
    page.keyboard.press("n")
    expect(headline).to_have_text("Third")
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="The list ends here")).to_be_visible()

    for article in (skipped, faultless, filled):
        article.refresh_from_db()
    assert filled.flags == []
    assert filled.published_date == date(1932, 3, 19)
    assert source_name(filled) == "The Gazette"
    assert faultless.flags == ["no_source"]
    assert skipped.flags == ["undated", "no_source"]
    page.keyboard.press("Enter")
    expect(headline).to_have_text("Third")


@pytest.mark.usefixtures("editor")
def test_u_takes_the_last_back_and_returns_to_it(page: Page, corpus: Corpus) -> None:
    flagged(corpus, "Second", "truncated")
    first = flagged(corpus, "First", "truncated")
    page.goto("/to-check/article/")
    page.keyboard.press("n")
    expect(page.locator(".headline")).to_have_text("Second")
    first.refresh_from_db()
    assert first.flags == []

    page.keyboard.press("u")

    expect(page.locator(".headline")).to_have_text("First")
    expect(page.locator(".work-progress label")).to_have_text("1 of 2")
    first.refresh_from_db()
    assert first.flags == ["truncated"]


@pytest.mark.usefixtures("editor")
def test_a_fault_in_what_was_typed_takes_one_to_the_field(
    page: Page, corpus: Corpus, complaints: Complaints
) -> None:
    complaints.expect("the server responded with a status of 400")
    article = flagged(corpus, "Undated", "undated")
    page.goto("/to-check/article/")

    page.keyboard.press("e")
    page.keyboard.type("2019-02-30")
    page.keyboard.press("Enter")

    expect(page.get_by_text("There is no such date")).to_be_visible()
    expect(page.locator("[name=published_day]")).to_be_focused()
    expect(page.locator("[name=published_day]")).to_have_value("2019-02-30")
    article.refresh_from_db()
    assert article.flags == ["undated"]


@on_a_dark_phone
@pytest.mark.usefixtures("editor")
def test_a_phone_has_the_buttons_at_its_edge(page: Page, corpus: Corpus) -> None:
    flagged(corpus, "Second", "undated")
    flagged(corpus, "First", "undated")
    page.goto("/to-check/article/")

    page.get_by_role("link", name="Skip", exact=True).click()

    expect(page.locator(".headline")).to_have_text("Second")
    expect(page.get_by_role("button", name="No fault")).to_be_in_viewport()


@pytest.mark.usefixtures("editor")
def test_every_screen_of_the_work_list_is_accessible(
    page: Page, corpus: Corpus, in_all_looks: Callable[[Page], None]
) -> None:
    page.goto("/to-check/")
    expect(page.get_by_role("heading", name="Nothing to check")).to_be_visible()
    in_all_looks(page)
    flagged(corpus, "Doubtful", "repeats_dropped", "recheck")
    flagged(corpus, "Undated", "undated", "no_source", "truncated")
    for screen in (
        "/to-check/",
        "/to-check/?q=flag:no_body",
        "/to-check/article/",
        "/to-check/article/?q=flag:undated",
    ):
        page.goto(screen)
        in_all_looks(page)
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="That was the last one")).to_be_visible()
    in_all_looks(page)
