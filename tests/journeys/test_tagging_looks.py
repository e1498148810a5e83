"""Tagging by mouse and by touch, the same words elsewhere, and its screens in all looks."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Anchor, Article, Assignment, Corpus, Mention, Role
from tests.factories import (
    current,
    make_article,
    make_entity,
    make_member,
    make_mention,
    make_task,
)
from tests.journeys.conftest import PHONE, Complaints
from tests.journeys.tagging import opened, press, ready, saved

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_index"),
]


def drag(page: Page, block: int, start: int, end: int) -> None:
    """Drag the mouse over characters of a block."""
    place = page.evaluate(
        """([block, start, end]) => {
          const node = document.querySelector(`[data-block="${block}"]`).firstChild;
          const range = document.createRange();
          range.setStart(node, start);
          range.setEnd(node, end);
          const { left, right, top, bottom } = range.getBoundingClientRect();
          return { left, right, y: (top + bottom) / 2 };
        }""",
        [block, start, end],
    )
    page.mouse.move(place["left"] + 1, place["y"])
    page.mouse.down()
    page.mouse.move(place["right"] - 1, place["y"], steps=4)
    page.mouse.up()


@pytest.mark.usefixtures("annotator")
def test_a_careless_drag_chooses_whole_words_and_a_careful_one_characters(
    page: Page, corpus: Corpus
) -> None:
    article = make_article(corpus, headline="Votes", paragraphs=("Then Ann Lee spoke.",))
    opened(page, article)
    toolbar = page.get_by_role("group", name="Tag as")

    drag(page, 1, 6, 11)
    expect(toolbar).to_be_visible()
    expect(page.locator(".tag-row-chosen .tag-quote")).to_have_text("Ann Lee")
    page.mouse.click(5, 400)
    page.keyboard.down("Alt")
    drag(page, 1, 6, 11)
    page.keyboard.up("Alt")
    quote = page.locator(".tag-row-chosen .tag-quote")
    expect(quote).to_have_text("nn Le")
    # What is pressed on the choice itself would drag it away.
    page.mouse.click(5, 400)
    expect(quote).to_be_hidden()
    drag(page, 1, 6, 11)
    expect(quote).to_have_text("Ann Lee")
    toolbar.get_by_role("button", name="Person").click()
    page.get_by_role("option", name="New person Ann Lee").click()
    expect(page.locator("[data-mention]")).to_have_count(1)
    page.locator(".mention").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("[data-mention]")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-mention]")).to_have_count(1)
    saved(page)

    assert [anchor.quote for anchor in Anchor.objects.all()] == ["Ann Lee"]


def test_on_a_phone_words_are_tagged_by_touch(
    browser: Browser,
    context: BrowserContext,
    live_server: LiveServer,
    corpus: Corpus,
    log_in: Callable[[User], None],
) -> None:
    user = make_member(corpus, Role.ANNOTATOR)
    article = make_article(corpus, headline="Votes", paragraphs=("Then Ann Lee spoke.",))
    log_in(user)
    phone = browser.new_context(
        base_url=live_server.url,
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        has_touch=True,
        is_mobile=True,
    )
    cookies = context.cookies()
    phone.add_cookies(
        [{"name": c["name"], "value": c["value"], "url": live_server.url} for c in cookies]
    )
    page = phone.new_page()
    opened(page, article)

    # Chromium's emulation selects nothing on a long press: what it would do is done here.
    page.touchscreen.tap(30, 300)
    page.evaluate(
        """() => {
          const node = document.querySelector('[data-block="1"]').firstChild;
          getSelection().setBaseAndExtent(node, 6, node, 11);
        }"""
    )
    expect(page.locator(".tag-row-chosen .tag-quote")).to_have_text("Ann Lee")
    page.get_by_role("button", name="Person", exact=True).tap()
    expect(page.get_by_role("combobox")).to_be_in_viewport()
    page.get_by_role("option", name="New person Ann Lee").tap()
    expect(page.locator("[data-mention]")).to_have_count(1)
    page.locator(".mention").tap()
    expect(page.get_by_role("button", name="Remove")).to_be_in_viewport()
    saved(page)

    assert [anchor.quote for anchor in Anchor.objects.all()] == ["Ann Lee"]
    phone.close()


@pytest.mark.usefixtures("annotator")
def test_the_same_words_are_tagged_at_once_and_undone_at_once(
    page: Page, corpus: Corpus, index: Callable[[], int]
) -> None:
    article = make_article(
        corpus, headline="Lee", paragraphs=("Lee met Ann. Lee left.", "Then Lee’s dog came.")
    )
    make_article(corpus, headline="Dogs", paragraphs=("Lee had two.",))
    index()
    opened(page, article)

    press(page, "i", "p", "Enter")
    bar = page.get_by_role("region", name="Tagging")
    expect(bar).to_contain_text("3 more here, 1 in 1 other article")
    assert page.evaluate("CSS.highlights.get('tag-same').size") == 3
    press(page, "+")
    expect(page.locator("[data-mention]")).to_have_count(4)
    saved(page)
    assert Mention.objects.filter(status="accepted").count() == 4

    press(page, "Control+z")
    expect(page.locator("[data-mention]")).to_have_count(1)
    saved(page)


@pytest.fixture
def lees(corpus: Corpus, index: Callable[[], int]) -> Article:
    """Return an article with one of its names tagged, that stands elsewhere in it and beyond."""
    article = make_article(
        corpus, headline="Lee", paragraphs=("Ann met Lee. Lee left.", "Then Lee’s dog came.")
    )
    make_mention(article, "Lee", entity=make_entity(corpus, "Lee"))
    make_article(corpus, headline="Dogs", paragraphs=("Lee had two. Ann too.",))
    index()
    return article


@pytest.mark.usefixtures("annotator")
@pytest.mark.parametrize("is_clicked", [False, True])
def test_a_tag_that_one_came_to_tells_where_its_words_stand_too(
    page: Page, lees: Article, *, is_clicked: bool
) -> None:
    opened(page, lees)
    if is_clicked:
        page.locator(".reading [data-m]").first.click()
    else:
        press(page, "]")
    expect(page.get_by_role("button", name="Same elsewhere")).to_be_visible()
    press(page, "+")
    expect(page.locator("[data-mention]")).to_have_count(4)
    saved(page)
    press(page, "*")
    page.wait_for_url("**/spread/")


@pytest.mark.usefixtures("annotator")
def test_the_corpus_is_looked_at_after_the_same_words_were_tagged_here(
    page: Page, lees: Article
) -> None:
    mention = lees.mentions.get()
    mention.anchors.all().delete()
    mention.delete()
    opened(page, lees)
    press(page, "i", "p", "Enter")
    expect(page.locator("[data-mention]")).to_have_count(1)
    press(page, "+")
    expect(page.locator("[data-mention]")).to_have_count(4)
    saved(page)
    bar = page.get_by_role("region", name="Tagging")
    expect(bar).to_contain_text("1 in 1 other article")
    # Of the words that were let go of, the offer stays.
    press(page, "Escape", "*")
    page.wait_for_url("**/spread/")


@pytest.mark.usefixtures("annotator")
def test_where_the_words_stand_nowhere_else_the_bar_says_so(
    page: Page, corpus: Corpus, index: Callable[[], int]
) -> None:
    article = make_article(corpus, headline="Votes", paragraphs=("Ann met Lee.",))
    make_mention(article, "Ann", entity=make_entity(corpus, "Ann"))
    index()
    opened(page, article)
    press(page, "]", "+")
    expect(page.get_by_role("region", name="Tagging")).to_contain_text("Ann: nowhere else.")


@pytest.mark.usefixtures("annotator")
def test_the_bar_offers_where_else_a_tag_stands(page: Page, lees: Article) -> None:
    make_mention(lees, "left", "quote")
    opened(page, lees)
    press(page, "]")
    bar = page.get_by_role("region", name="Tagging")
    bar.get_by_role("button", name="Same elsewhere").click()
    expect(bar).to_contain_text("3 more here, 1 in 1 other article")
    assert Mention.objects.count() == 2
    # A quotation names nobody.
    press(page, "]")
    expect(bar.get_by_role("group", name="Quotation left")).to_be_visible()
    expect(bar.get_by_role("button", name="Same elsewhere")).to_have_count(0)


@pytest.mark.usefixtures("annotator")
def test_every_state_of_tagging_is_accessible(
    page: Page, corpus: Corpus, in_all_looks: Callable[[Page], None], complaints: Complaints
) -> None:
    complaints.expect("the server responded with a status of 403")
    article = make_article(
        corpus, headline="Votes", paragraphs=("Lee met Ann. Bob and Cy came on Friday.",)
    )
    make_mention(article, "Bob", entity=make_entity(corpus, "Bob"), status="suggested")
    make_mention(article, "Cy", entity=make_entity(corpus, "Cy"))
    opened(page, article)
    press(page, "i", "Control+ArrowDown")
    in_all_looks(page)
    press(page, "p")
    expect(page.get_by_role("combobox")).to_be_focused()
    in_all_looks(page)
    press(page, "Enter")
    expect(page.locator("[data-mention]")).to_have_count(3)
    press(page, "}")
    in_all_looks(page)
    press(page, "]", "e")
    expect(page.get_by_label("Comment", exact=True)).to_be_visible()
    in_all_looks(page)
    press(page, "Escape", "Escape", ";")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    in_all_looks(page)
    press(page, "Escape", "i")
    corpus.memberships.update(role=Role.VIEWER)
    press(page, "q")
    expect(page.get_by_role("alert")).to_be_visible()
    in_all_looks(page)


def test_what_is_tagged_in_a_task_lies_in_ones_own_layer(
    page: Page, corpus: Corpus, annotator: User
) -> None:
    article = make_article(corpus, headline="Votes", paragraphs=("Lee met Ann.",))
    other = make_member(corpus, Role.ANNOTATOR)
    task = make_task(corpus, [article], [annotator, other])
    Assignment.objects.update(position=1)
    make_mention(article, "Ann", task=task, layer_of=other, by=other)
    page.goto(f"/tasks/{task.pk}/next/")
    ready(page)

    press(page, "i", "Control+ArrowDown", "p", "Enter")
    expect(page.locator("[data-mention]")).to_have_count(1)
    saved(page)
    over, under = page.locator(".tag-bar").bounding_box(), page.locator(".task-bar").bounding_box()
    assert over is not None
    assert under is not None
    assert over["y"] < under["y"]

    mine = Mention.objects.values_list("task", "entity__name").get(layer_of=annotator)
    assert mine == (task.pk, "Lee")


ODD = (
    "😀", "👩\u200d👩\u200d👧", "e\u0301", "q\u0301", "ש", "سلام", "中文", "<b>", "&", "\u202e",
    "Bee", " ", ".",
)  # fmt: skip
odd_text = st.lists(st.sampled_from(ODD), min_size=3, max_size=14).map("".join)


def test_browser_api_and_database_hold_the_same_characters(
    page: Page, corpus: Corpus, annotator: User
) -> None:
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    @given(words=odd_text, data=st.data())
    def check(words: str, data: st.DataObject) -> None:
        article: Article = make_article(corpus, headline="H", paragraphs=(f"a{words}b", words))
        text = current(article).text
        _, first, last = data.draw(st.sampled_from(current(article).blocks))
        places = st.integers(first, last - 1)
        start, end = sorted((data.draw(places), data.draw(places)))
        end += 1
        if text[start].isspace() or text[end - 1].isspace() or "\ufeff" in text:
            return
        opened(page, article)
        page.evaluate(
            """async ([start, end]) => {
              const { Text } = await import("/static/js/tagging/offsets.js");
              const text = new Text(document.querySelector(".reading"));
              const range = text.rangeOf(start, end);
              const alt = new PointerEvent("pointerup", { altKey: true, bubbles: true });
              const down = new PointerEvent("pointerdown", { bubbles: true });
              document.querySelector("[data-block]").dispatchEvent(down);
              getSelection().removeAllRanges();
              getSelection().addRange(range);
              document.querySelector("[data-block]").dispatchEvent(alt);
            }""",
            [start, end],
        )
        expect(page.get_by_role("group", name="Tag as")).to_be_visible()
        press(page, "q")
        expect(page.locator("[data-mention]")).to_have_count(1)

        anchor = Anchor.objects.get(version=article.version)
        told = page.evaluate(f"fetch('/articles/{article.pk}/tags/').then((r) => r.json())")
        (mention,) = told["mentions"]
        drawn = page.evaluate(
            "[...document.querySelectorAll('[data-m]')].map((e) => e.textContent).join('')"
        )
        assert (anchor.start, anchor.end, anchor.quote) == (start, end, text[start:end])
        assert (mention["start"], mention["end"], mention["quote"]) == (start, end, anchor.quote)
        assert drawn == text[start:end]

    check()
    assert annotator.pk is not None
