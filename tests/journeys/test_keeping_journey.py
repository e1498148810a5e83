"""A reader keeps what they found: by hand, all of an answer, a sample; and hears of what is new."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.keeping import collections, samples, searches
from articles.keeping.samples import By, Share
from articles.models import Collection, CollectionItem, Corpus, Door, SavedSearch
from articles.search.asking import ask
from tests.factories import make_member
from tests.journeys.printed import print_bridge, print_many

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
type Index = Callable[[], int]


@pytest.fixture
def reader(corpus: Corpus, log_in: Callable[[User], None]) -> User:
    user = make_member(corpus)
    log_in(user)
    return user


def test_an_article_is_collected_by_keys_noted_on_and_taken_out(
    page: Page, corpus: Corpus, reader: User, index: Index
) -> None:
    bridge = print_bridge(corpus)
    for name in ("Ports", "Bridges", "Camps"):
        collections.make(corpus, name=name, by=reader, door=Door.PAGE)
    index()
    page.goto("/articles/?q=bridge")
    page.keyboard.press("j")
    expect(page.locator("#pane [data-collects]")).to_be_visible()

    page.keyboard.press("a")
    expect(page.get_by_label("Name of a collection")).to_be_focused()
    page.keyboard.type("BRI")
    expect(page.locator("#choose > li:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Added 1 article to “Bridges”.")).to_be_visible()
    assert f"article={bridge.pk}" in page.url
    assert CollectionItem.objects.get().collection.name == "Bridges"

    page.goto(f"/collections/{Collection.objects.get(name='Bridges').pk}/")
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.keyboard.type("See page 4")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".item-note-text")).to_have_text("See page 4")
    expect(page.locator("[data-note] summary")).to_be_focused()
    assert CollectionItem.objects.get().note == "See page 4"
    page.keyboard.press("x")
    expect(page.get_by_text("Took 1 article out of “Bridges”")).to_be_visible()
    expect(page.get_by_text("Nothing is in it yet")).to_be_visible()
    page.keyboard.press("z")
    expect(page.locator(".item-note-text")).to_have_text("See page 4")


def test_a_collection_is_made_where_none_is_called_so(
    page: Page, corpus: Corpus, reader: User, index: Index
) -> None:
    article = print_bridge(corpus)
    collections.make(corpus, name="Ports", by=reader, door=Door.PAGE)
    index()
    page.goto(f"/articles/{article.pk}/")

    page.keyboard.press("a")
    expect(page.get_by_label("Name of a collection")).to_be_focused()
    page.keyboard.type("Rivers")
    expect(page.get_by_text("No collection is called so")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Rivers")
    page.get_by_role("button", name="Make it and add the article").click()

    expect(page.get_by_text("Added 1 article to “Rivers”.")).to_be_visible()
    page.wait_for_url(re.compile(f"/articles/{article.pk}/"))


@pytest.mark.usefixtures("reader")
def test_an_answer_is_sampled_and_saved(page: Page, corpus: Corpus, index: Index) -> None:
    print_many(corpus, 8)
    index()
    page.goto("/articles/?q=source:%22Morning+Ledger%22")

    page.get_by_text("With these").click()
    page.get_by_role("link", name="Draw a sample").click()
    page.get_by_label("Articles", exact=True).fill("3")
    page.get_by_label("Seed").fill("4711")
    page.get_by_label("Stratify by").select_option("source")
    page.get_by_role("button", name="Show what would be drawn").click()
    expect(page.get_by_role("heading", name="3 of 8 articles")).to_be_visible()
    page.get_by_role("button", name="Draw 3 articles").click()
    expect(page.get_by_role("heading", name="How this sample was drawn")).to_be_visible()
    expect(page.locator("#kept > .item")).to_have_count(3)

    page.goto("/articles/?q=source:%22Morning+Ledger%22")
    page.get_by_text("With these").click()
    page.get_by_role("link", name="Save this search").click()
    page.get_by_label("Name").fill("The Ledger")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="The Ledger")).to_be_visible()
    SavedSearch.objects.update(looked_at=timezone.now() - timedelta(days=3))
    page.reload()
    page.get_by_role("button", name="8 new in The Ledger").click()
    expect(page.get_by_text("taken as seen")).to_be_visible()
    expect(page.locator("#kept > .item")).to_have_count(8)
    page.get_by_role("button", name="Make a feed").click()
    expect(page.locator("#feed-address")).to_contain_text("/feeds/")


def test_what_is_kept_looks_right_to_everyone(
    page: Page,
    corpus: Corpus,
    reader: User,
    index: Index,
    in_all_looks: Callable[[Page], None],
) -> None:
    articles = print_many(corpus, 6)
    index()
    camps = collections.make(
        corpus, name="Camps", by=reader, door=Door.PAGE, note="For the chapter on camps.",
        articles=[article.pk for article in articles], shared=True,
    ).collection  # fmt: skip
    collections.annotate(camps, articles[0].pk, "See page 4", by=reader, door=Door.PAGE)
    sample = samples.draw(
        ask("", reader), corpus, name="Three of them", size=3, seed="1", by=By.YEAR,
        share=Share.EQUAL, by_whom=reader, door=Door.PAGE,
    ).collection  # fmt: skip
    search = searches.save(by=reader, name="All of it", query="")
    broken = searches.save(by=reader, name="Broken", query="camp")
    SavedSearch.objects.filter(pk=broken.pk).update(query="camp AND (")
    SavedSearch.objects.filter(pk=search.pk).update(looked_at=timezone.now() - timedelta(days=3))
    searches.remove(searches.save(by=reader, name="Removed", query="x"))
    for address in (
        "/collections/",
        camps.get_absolute_url(),
        sample.get_absolute_url(),
        f"{camps.get_absolute_url()}edit/",
        "/collections/new/",
        f"/collections/add/?articles={articles[0].pk}",
        "/collections/add/?q=",
        f"/collections/add/?q=&collection={sample.pk}",
        "/collections/sample/?q=&size=3&seed=1&by=year&share=equal&corpus=default",
        "/searches/",
        "/searches/new/?q=camp",
        search.get_absolute_url(),
    ):
        page.goto(address)
        in_all_looks(page)
