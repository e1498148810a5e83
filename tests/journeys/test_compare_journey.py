"""Setting questions side by side, in a browser."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.search.index import indexing
from tests.factories import make_article, make_corpus, make_member, make_source, make_user
from tests.journeys.conftest import Complaints

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader(live_server: LiveServer) -> User:
    """Return someone who may read a corpus of war and peace."""
    del live_server
    corpus = make_corpus("default", name="Default")
    gazette, post = make_source(corpus, "Gazette"), make_source(corpus, "Post")
    for year in range(1925, 1940):
        for source in (gazette, post)[: year % 3]:
            headline = "War and peace" if year % 4 == 0 else "War" if year % 2 else "Peace"
            make_article(
                corpus,
                headline=headline,
                paragraphs=("No more.",),
                source=source,
                published=date(year, 1 + year % 12, 3),
                agencies=("Reuters",) if year % 2 else ("Havas",),
            )
    make_article(corpus, headline="Peace", source=post, published=None)
    indexing.catch_up()
    return make_member(corpus, user=make_user("ann"))


def test_questions_are_written_compared_and_looked_at_in_other_ways(
    page: Page,
    log_in: Callable[[User], None],
    reader: User,
    in_all_looks: Callable[[Page], None],
) -> None:
    log_in(reader)
    page.goto("/search/compare/")
    expect(page.get_by_role("heading", name="Some to begin with")).to_be_visible()
    in_all_looks(page)

    page.keyboard.press("/")
    page.keyboard.type("war")
    page.keyboard.press("Tab")
    page.keyboard.type("peace")
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="Articles by month")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_count(3)
    in_all_looks(page)

    page.keyboard.press("m")
    expect(page.get_by_role("img", name="Share of all coverage by month")).to_be_visible()
    page.keyboard.press("-")
    expect(page.get_by_role("img", name="Share of all coverage by year")).to_be_visible()
    page.keyboard.press("f")
    expect(page.get_by_role("rowheader", name="Reuters")).to_be_visible()
    page.get_by_text("The numbers").click()
    expect(page.get_by_role("region", name="Share of all coverage by year")).to_be_visible()
    in_all_looks(page)


def test_a_number_leads_to_its_articles(
    page: Page, log_in: Callable[[User], None], reader: User
) -> None:
    log_in(reader)
    page.goto("/search/compare/?q=war&q=peace")

    row = page.get_by_role("row", name="Gazette")
    count = row.get_by_role("link").first
    number = count.inner_text()
    count.click()
    expect(page).to_have_title('war source:"Gazette" – Articles – Newsroom')
    expect(page.locator("main")).to_contain_text(f"{number} article")


def test_a_broken_question_is_put_right_by_a_click(
    page: Page,
    log_in: Callable[[User], None],
    reader: User,
    in_all_looks: Callable[[Page], None],
    complaints: Complaints,
) -> None:
    complaints.expect("400")
    log_in(reader)
    page.goto("/search/compare/?q=war&q=(peace&q=Reuters")
    expect(page.get_by_text("This bracket is not closed.")).to_be_visible()
    in_all_looks(page)

    page.get_by_role("link", name="(peace)").click()
    expect(page.get_by_text("This bracket is not closed.")).to_have_count(0)
    expect(page.get_by_role("searchbox").nth(1)).to_have_value("(peace)")
    page.get_by_role("link", name="Remove question 3").click()
    expect(page.get_by_role("link", name="Remove question 3")).to_have_count(0)
