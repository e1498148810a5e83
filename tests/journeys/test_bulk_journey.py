"""An editor corrects a whole list, and what was picked by hand, and takes it back."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Article, Corpus, Role
from tests.factories import make_member
from tests.journeys.printed import print_bridge, print_many

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sections() -> set[str | None]:
    return set(Article.objects.values_list("section", flat=True))


@pytest.mark.usefixtures("editor")
def test_a_list_is_corrected_after_a_look_and_taken_back_by_z(
    page: Page, corpus: Corpus, index: Callable[[], int]
) -> None:
    print_many(corpus, 3)
    print_bridge(corpus)
    index()
    page.goto("/articles/?q=source:%22Morning+Ledger%22")

    page.keyboard.press("e")
    page.wait_for_url("**/articles/correct/**")
    page.get_by_label("Section: new value").fill("Transport")
    expect(page.get_by_label("Section: what to do")).to_have_value("value")
    page.get_by_role("button", name="Show what this would do").click()
    expect(page.get_by_text("3 articles would change")).to_be_visible()
    page.get_by_role("button", name="Correct the articles").click()

    expect(page.get_by_text("Section: Transport (3 articles)")).to_be_visible()
    assert sections() == {"Transport", "Home News"}
    page.keyboard.press("z")
    expect(page.get_by_text("Section: Transport (3 articles)")).to_contain_text("Undone")
    assert sections() == {None, "Home News"}


@pytest.mark.usefixtures("editor")
def test_articles_are_picked_by_x_and_corrected_alone(page: Page, corpus: Corpus) -> None:
    articles = print_many(corpus, 3)
    page.goto("/articles/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("link", name="Correct 2 picked…")).to_be_visible()
    assert f"article={articles[0].pk}" in page.url

    page.keyboard.press("e")
    page.get_by_label("Section: new value").fill("Transport")
    page.get_by_role("button", name="Show what this would do").click()
    page.get_by_role("button", name="Correct the articles").click()

    expect(page.get_by_text("Section: Transport (2 articles)")).to_be_visible()
    for article in articles:
        article.refresh_from_db()
    assert [article.section for article in articles] == ["Transport", None, "Transport"]


@pytest.mark.usefixtures("editor")
def test_e_corrects_the_article_that_is_shown_unless_others_are_picked(
    page: Page, corpus: Corpus
) -> None:
    picked, shown = print_many(corpus, 2)
    page.goto("/articles/")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.wait_for_url(f"**/articles/{shown.pk}/edit/**")

    page.goto(f"/articles/?article={shown.pk}")
    page.get_by_role("checkbox").nth(1).click()
    page.keyboard.press("e")

    page.wait_for_url(f"**/articles/correct/?ids={picked.pk}")


def test_e_leads_nowhere_from_an_article_that_one_may_not_correct(
    page: Page, corpus: Corpus, log_in: Callable[[User], None]
) -> None:
    [article] = print_many(corpus, 1)
    user = make_member(corpus, Role.VIEWER)
    log_in(user)
    page.goto("/articles/")
    page.keyboard.press("j")
    expect(page.locator("#pane .reading")).to_be_visible()

    page.keyboard.press("e")

    assert f"article={article.pk}" in page.url
    expect(page.locator("#pane").get_by_role("link", name="Correct")).to_have_count(0)


@pytest.mark.usefixtures("editor")
def test_a_box_picks_and_opens_nothing(page: Page, corpus: Corpus) -> None:
    print_many(corpus, 2)
    page.goto("/articles/")

    page.get_by_role("checkbox").first.click()

    expect(page.get_by_role("link", name="Correct 1 picked…")).to_be_visible()
    assert "article=" not in page.url
    page.get_by_role("checkbox").first.click()
    expect(page.get_by_role("link", name="Correct these…")).to_be_visible()


@pytest.mark.usefixtures("editor")
def test_every_screen_of_correcting_many_is_accessible(
    page: Page,
    corpus: Corpus,
    in_all_looks: Callable[[Page], None],
    index: Callable[[], int],
) -> None:
    print_many(corpus, 20)
    print_bridge(corpus)
    page.goto("/articles/")
    expect(page.get_by_role("checkbox").first).to_be_visible()
    in_all_looks(page)
    page.goto("/articles/correct/")
    in_all_looks(page)
    page.get_by_label("Section: new value").fill("Transport")
    page.get_by_label("Page: what to do").select_option("empty")
    page.get_by_role("button", name="Show what this would do").click()
    expect(page.get_by_role("heading", name="What this would do")).to_be_visible()
    in_all_looks(page)
    index()
    page.goto("/articles/correct/?q=section:Nowhere")
    in_all_looks(page)


def test_a_sequence_of_changes_is_read_by_keys(
    page: Page, corpus: Corpus, in_all_looks: Callable[[Page], None]
) -> None:
    bridge = print_bridge(corpus)
    Article.objects.filter(pk=bridge.pk).update(edits=1)
    page.goto("/most-edited/")
    in_all_looks(page)

    page.get_by_role("link", name="1 change, the whole sequence").click()
    expect(page.get_by_text("1 passage changed, 1 passage added")).to_be_visible()
    in_all_looks(page)
    page.get_by_role("link", name="What the outlet changed").click()
    expect(page.get_by_role("heading", name="Version 1 to version 2")).to_be_visible()
    # Its keys are there once its scripts are.
    page.wait_for_load_state()
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name=bridge.headline)).to_be_visible()
    page.keyboard.press("u")

    page.wait_for_url(f"**/articles/{bridge.pk}/")
