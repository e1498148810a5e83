"""What was done, and taking it back, in a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.curation import fields
from articles.models import Article, CorrectedField, Door, Operation, Role
from tests.factories import make_article, make_corpus, make_member, make_source, make_user
from tests.journeys.conftest import Complaints, on_a_dark_phone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article(live_server: LiveServer) -> Article:
    del live_server
    corpus = make_corpus("default", name="Default")
    return make_article(corpus, source=make_source(corpus, "Gazette"))


@pytest.fixture
def editor(article: Article) -> User:
    return make_member(article.corpus, Role.EDITOR, make_user("ann"))


def corrected(article: Article, page: str, by: User) -> Operation:
    operation = fields.correct([article.pk], {CorrectedField.PAGE: page}, by=by, door=Door.PAGE)
    assert operation is not None
    return operation


def test_history_is_walked_by_keys_and_undone_and_redone(
    page: Page,
    log_in: Callable[[User], None],
    article: Article,
    editor: User,
    in_all_looks: Callable[[Page], None],
) -> None:
    first = corrected(article, "7", editor)
    log_in(editor)
    page.goto("/history/")
    in_all_looks(page)

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What changed")).to_be_visible()
    in_all_looks(page)
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("Undone: Page: 7")).to_be_visible()
    in_all_looks(page)
    article.refresh_from_db()
    assert article.page is None
    page.keyboard.press("z")
    expect(page.get_by_text("Done again: Page: 7")).to_be_visible()
    article.refresh_from_db()
    assert article.page == "7"
    assert page.url.endswith(first.get_absolute_url())
    page.keyboard.press("z")
    expect(page.get_by_text("Undone: Page: 7")).to_be_visible()
    article.refresh_from_db()
    assert article.page is None


def test_a_refused_undo_shows_the_way(
    page: Page,
    log_in: Callable[[User], None],
    article: Article,
    editor: User,
    in_all_looks: Callable[[Page], None],
    complaints: Complaints,
) -> None:
    first, second = corrected(article, "7", editor), corrected(article, "8", editor)
    complaints.expect("409")
    log_in(editor)
    page.goto(first.get_absolute_url())

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("Nothing was changed")).to_be_visible()
    in_all_looks(page)
    page.get_by_role("link", name=second.summary).click()
    page.wait_for_url(f"**{second.get_absolute_url()}")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: Page: 8")).to_be_visible()
    page.goto(first.get_absolute_url())
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: Page: 7")).to_be_visible()


@on_a_dark_phone
def test_an_articles_life_and_empty_lists(
    page: Page,
    log_in: Callable[[User], None],
    article: Article,
    editor: User,
    in_all_looks: Callable[[Page], None],
    look: Any,
) -> None:
    del look
    log_in(editor)
    page.goto("/history/")
    expect(page.get_by_text("Nothing has been done yet")).to_be_visible()
    in_all_looks(page)
    corrected(article, "7", editor)
    page.goto("/history/?by=nobody")
    expect(page.get_by_text("Nothing like that was done")).to_be_visible()

    page.goto(f"/articles/{article.pk}/history/")

    expect(page.get_by_role("link", name="Stored")).to_be_visible()
    in_all_looks(page)
