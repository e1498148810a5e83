"""Who follows a story by keys: finds it, reads it, moves an article, names it, and goes back."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Corpus, Coverage, Link, Role, Story
from tests.factories import (
    make_article,
    make_corpus,
    make_link,
    make_member,
    make_source,
    make_story,
)

type LogIn = Callable[[User], None]
type Look = Callable[[Page], None]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("empty_cache"),
]

WIRE = (
    "The bridge was opened by the Premier of the state before a great crowd on Saturday.",
    "“It is a dream come true,” said Dr Bradfield, the engineer of the whole work.",
    "A pageant followed it, and after dark Mr Mackay had the arch lit by searchlights.",
)


@pytest.fixture
def corpus() -> Corpus:
    """Return a corpus with a wire story that three ran, and a flood."""
    corpus = make_corpus("default", name="Harbour papers")
    ran = (
        ("Reuters", "Bridge opened", 19, WIRE, ()),
        ("The Times", "The bridge at Sydney", 21, WIRE[:2], ("Reuters",)),
        ("The Age", "Great day for Sydney", 21, WIRE[:1], ("Reuters",)),
        ("Yorkshire Post", "Steel from Middlesbrough", 30, ("Steel went out.",), ()),
    )
    articles = [
        make_article(
            corpus,
            headline=headline,
            source=make_source(corpus, source),
            published=date(1932, 3, day),
            paragraphs=paragraphs,
            agencies=agencies,
        )
        for source, headline, day, paragraphs, agencies in ran
    ]
    make_story(corpus, articles)
    first = articles[0].pk
    Coverage.objects.filter(pk__in=[row.pk for row in articles[:2]]).update(editions=first)
    for child in articles[1:3]:
        link = make_link(child, articles[0])
        Link.objects.filter(pk=link.pk).update(direction="second", found_direction="second")
    flood = make_article(corpus, headline="River over its banks", published=date(1932, 3, 28))
    make_story(corpus, [flood], name="The Tay in flood")
    return corpus


def test_a_story_is_followed_and_put_right_by_keys(
    page: Page, log_in: LogIn, corpus: Corpus, index: Callable[[], int], in_all_looks: Look
) -> None:
    index()
    log_in(make_member(corpus, Role.ANNOTATOR))
    page.goto("/articles/")
    page.keyboard.press("g")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", name="Stories", exact=True)).to_be_visible()
    expect(page.locator(".story-row")).to_have_count(2)
    in_all_looks(page)

    page.keyboard.press("/")
    page.keyboard.type("bridge open")
    expect(page.locator(".story-row")).to_have_count(1)
    # The list is put in place once more for the last letters.
    expect(page).to_have_url(re.compile("q=bridge.open"))
    page.get_by_role("link", name="Bridge opened").click()
    expect(page.get_by_role("heading", name="Bridge opened", level=1)).to_be_visible()
    expect(page.locator(".story-plot .mark")).to_have_count(4)
    expect(page.locator(".story-plot .descends")).to_have_count(2)
    expect(page.locator(".tree .branch .branch")).to_have_count(2)
    in_all_looks(page)

    # The last article belongs to the flood.
    for _ in range(3):
        page.keyboard.press("j")
    expect(page.get_by_role("link", name="Steel from Middlesbrough").last).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_text("1 ticked")).to_be_visible()
    page.keyboard.press("v")
    expect(page.get_by_role("heading", name="Where it belongs")).to_be_visible()
    in_all_looks(page)
    page.get_by_role("button", name=re.compile("The Tay in flood")).click()
    expect(page.get_by_role("heading", name="The Tay in flood", level=1)).to_be_visible()
    expect(page.get_by_text("put here by hand")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_role("status")).to_contain_text("Undone")


def test_what_is_folded_under_an_article_goes_with_it(
    page: Page, log_in: LogIn, corpus: Corpus
) -> None:
    log_in(make_member(corpus, Role.ANNOTATOR))
    page.goto(f"/stories/{Story.objects.get(name='').pk}/")

    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_text("2 ticked")).to_be_visible()
    page.keyboard.press("x")
    expect(page.get_by_text("Tick those that belong elsewhere")).to_be_visible()
    page.get_by_text("+1 edition").click()
    page.keyboard.press("x")
    page.get_by_label("Bridge opened").check()
    expect(page.get_by_text("1 ticked")).to_be_visible()
    page.get_by_text("+1 edition").click()
    page.get_by_label("Bridge opened").uncheck()
    page.get_by_label("Bridge opened").check()
    page.keyboard.press("v")

    expect(page.get_by_role("heading", name="Where they belong")).to_be_visible()
    expect(page.locator(".story-chosen li")).to_have_count(2)
    expect(page.get_by_text("They stay out, whatever else comes in.")).to_be_visible()


def test_a_story_is_named_and_merged(
    page: Page, log_in: LogIn, corpus: Corpus, in_all_looks: Look
) -> None:
    log_in(make_member(corpus, Role.ANNOTATOR))
    story = Story.objects.get(name="")
    page.goto(f"/stories/{story.pk}/")
    page.keyboard.press("e")
    page.get_by_label("Name").fill("The opening")
    page.get_by_label("Note").fill("See the minutes.")
    in_all_looks(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="The opening", level=1)).to_be_visible()

    page.keyboard.press("m")
    page.get_by_label("The Tay in flood is the same").check()
    in_all_looks(page)
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("5 articles")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("merged into")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Undone")


def test_who_takes_from_whom_leads_to_the_pairs(
    page: Page, log_in: LogIn, corpus: Corpus, in_all_looks: Look
) -> None:
    log_in(make_member(corpus))
    page.goto("/stories/")
    page.get_by_role("link", name="Who takes from whom").click()
    expect(page.locator(".flow-table tbody")).to_have_count(2)
    in_all_looks(page)
    # On a phone every figure is on the page.
    page.set_viewport_size({"width": 390, "height": 844})
    for figure in page.locator(".flow-table td[data-label]:not(.flow-blank)").all():
        box = figure.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 390
    expect(page.locator(".flow-table td:visible", has_text="–")).to_have_count(0)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.get_by_role("link", name="1 articles of The Times with text of Reuters").click()
    expect(page.locator(".flow-pairs tbody tr")).to_have_count(1)
    in_all_looks(page)
