"""Editions in the list: a row opens to show who else ran its text, by mouse and by keyboard."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from articles.models import Access, Article, Corpus, Coverage
from tests.factories import make_article, make_corpus, make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wire(index: Callable[[], int]) -> list[Article]:
    """Return three editions of one text and an article that nobody else ran."""
    corpus: Corpus = make_corpus("default", name="Default", access=Access.OPEN)
    made = [
        make_article(
            corpus,
            headline=f"Harbour {word}",
            published=date(1931, 1, day),
            source=make_source(corpus, f"The {word.title()} Post"),
        )
        for day, word in enumerate(("one", "two", "three", "alone"), 1)
    ]
    for each in made[:3]:
        Coverage.objects.create(article=each, editions=made[0].pk)
    index()
    return made


def test_a_row_of_editions_opens_and_closes_where_it_is(
    page: Page, wire: list[Article], in_all_looks: Callable[[Page], None]
) -> None:
    page.goto("/articles/")
    expect(page.locator(".stream-title")).to_have_text("4 articles, 2 distinct texts")
    toggle = page.locator(".editions-toggle")

    toggle.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".edition-headline")).to_have_text(["Harbour one", "Harbour two"])
    expect(toggle).to_be_focused()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.wait_for_url(f"**/articles/?open={wire[2].pk}")
    in_all_looks(page)
    page.keyboard.press("Enter")
    expect(page.locator(".edition-headline")).to_have_count(0)
    expect(toggle).to_be_focused()


@pytest.mark.usefixtures("wire")
def test_distinct_texts_and_rows_for_each_edition_are_chosen_and_kept(page: Page) -> None:
    page.goto("/articles/")

    page.get_by_role("link", name="distinct texts", exact=True).click()
    page.wait_for_url("**/articles/?measure=texts")
    page.get_by_role("link", name="Each edition in its own row").click()
    expect(page.locator(".item")).to_have_count(4)
    page.locator("#q").fill("harbour")

    page.wait_for_url("**q=harbour**")
    expect(page.locator(".item")).to_have_count(4)
    assert "fold=no" in page.url
    assert "measure=texts" in page.url


def test_an_edition_below_a_row_leads_to_its_own_page(page: Page, wire: list[Article]) -> None:
    page.goto(f"/articles/?open={wire[2].pk}")

    page.locator(".edition-headline").first.click()

    page.wait_for_url(f"**/articles/{wire[0].pk}/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Harbour one")
