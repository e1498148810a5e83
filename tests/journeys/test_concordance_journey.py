"""Reading hits in line: by keyboard, on a phone, and without being able to see."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models import Access
from tests.factories import make_article, make_corpus, make_source
from tests.journeys.conftest import Complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_lines_are_read_sorted_and_followed_by_keys(
    page: Page, index: Callable[[], int], in_all_looks: Callable[[Page], None]
) -> None:
    corpus = make_corpus("default", name="Default", access=Access.OPEN)
    source = make_source(corpus, "A Gazette of some length, and then more of it")
    long = "They spoke of many things that day before anyone came to speak of it at all. "
    first = make_article(
        corpus,
        headline="Camps grow",
        paragraphs=(f"{long * 3}The zealous camp was seen from afar. {long * 3}", "An able camp."),
        source=source,
    )
    make_article(
        corpus,
        headline="x",
        paragraphs=("قال المسؤولون إن المعسكرات في المدينة كبيرة " * 4,),
        language="ar",
    )
    index()

    page.goto("/search/concordance/")
    in_all_looks(page)
    page.get_by_role("searchbox").fill("camp OR المعسكرات")
    page.keyboard.press("Enter")
    expect(page.locator(".kwic-line")).to_have_count(7)
    in_all_looks(page)

    page.locator("h1").click()
    page.keyboard.press("l")
    page.keyboard.press("1")
    page.wait_for_url("**sort=left1*")
    expect(page.locator("[data-sort=left1]")).to_have_attribute("aria-current", "true")
    expect(page.locator(".kwic-line b").first).to_have_text("able")
    expect(page.locator(".collocates")).to_be_visible()
    in_all_looks(page)

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/articles/{first.pk}/**#hit-*")
    expect(page.locator("mark.hit:target.is-here")).to_be_visible()


def test_what_can_not_be_shown_is_said_in_every_look(
    page: Page,
    index: Callable[[], int],
    in_all_looks: Callable[[Page], None],
    complaints: Complaints,
) -> None:
    make_article(make_corpus("default", access=Access.OPEN), headline="Camp")
    index()
    complaints.expect("400")

    page.goto('/search/concordance/?q=camp "open')
    in_all_looks(page)
    page.goto("/search/concordance/?q=source:none")
    in_all_looks(page)
    page.goto("/search/concordance/?q=nothinglikeit")
    in_all_looks(page)
    page.goto("/search/concordance/?q=camp&sort=sideways")
    in_all_looks(page)
