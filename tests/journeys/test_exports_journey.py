"""From an answer to its file, and to one that the worker writes."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.export import jobs
from articles.models import Corpus, Export
from tests.factories import make_article, make_member
from tests.journeys.conftest import Complaints

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("members_only"),
]


@pytest.fixture
def reader(corpus: Corpus, log_in: Callable[[User], None], index: Callable[[], int]) -> User:
    """Return someone who is logged in and may read three articles."""
    reader = make_member(corpus)
    for number in range(3):
        make_article(corpus, headline=f"Harbour {number}")
    index()
    log_in(reader)
    return reader


@pytest.mark.usefixtures("reader")
def test_a_reader_sees_the_size_and_downloads(
    page: Page, in_all_looks: Callable[[Page], None]
) -> None:
    page.goto("/search/export/?q=harbour")
    expect(page.get_by_text("3 articles.")).to_be_visible()
    page.get_by_text("Choose columns").click()
    in_all_looks(page)

    page.get_by_label("Headline").check()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download CSV").click()

    path = Path(downloading.value.path())
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert downloading.value.suggested_filename.startswith("newsroom-harbour-")
    assert {row["headline"] for row in rows} == {"Harbour 0", "Harbour 1", "Harbour 2"}
    assert list(rows[0]) == ["id", "headline", "text_available"]


@pytest.mark.usefixtures("reader", "empty_queue")
def test_the_worker_writes_while_one_watches(
    page: Page, in_all_looks: Callable[[Page], None]
) -> None:
    page.goto("/search/export/?q=harbour")
    page.get_by_label("Format", exact=True).select_option("jsonl")
    page.get_by_role("button", name="Write it").click()
    expect(page.get_by_text("Waiting for the worker")).to_be_visible()
    in_all_looks(page)

    jobs.run(Export.objects.latest("pk").pk)

    # The page asks for itself.
    link = page.get_by_role("link", name="Download JSON Lines of harbour")
    expect(link).to_be_visible()
    in_all_looks(page)
    with page.expect_download() as downloading:
        link.click()
    assert Path(downloading.value.path()).read_bytes().count(b"\n") == 3
    page.get_by_role("button", name="Remove JSON Lines of harbour").click()
    expect(link).to_have_count(0)


@pytest.mark.usefixtures("reader")
def test_a_broken_question_is_mended_on_the_page(page: Page, complaints: Complaints) -> None:
    complaints.expect("400")
    page.goto("/search/export/?q=(harbour")
    expect(page.locator(".fault-at")).to_be_visible()

    page.get_by_label("Which articles").fill("harbour 1")
    page.get_by_role("button", name="Show sizes").click()

    expect(page.get_by_text("1 article.")).to_be_visible()
