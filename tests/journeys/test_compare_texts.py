"""Editions side by side, in a browser."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, Corpus, Role
from tests.factories import (
    make_article,
    make_corpus,
    make_link,
    make_member,
    make_source,
    make_user,
)
from tests.journeys.conftest import on_a_dark_phone

pytestmark = pytest.mark.django_db(transaction=True)

OPENING = (
    "The bridge opened on Tuesday after nine years of labor on both banks, and more than a "
    "million people, perhaps two, came to see it."
)
FERRY = (
    "“We have carried this town for sixty years,” said Captain Elias Thorne, who will cross the "
    "harbor for the last time on Sunday with the ferry."
)
TOLL = "A toll of sixpence will be asked of every motor car until the loan has been repaid in full."
TRAMS = "Trams will run across from the first of next month, every ten minutes in the morning."
ITEMS = [
    f"Item {n} on the list was put off until after supper, and then forgotten." for n in range(9)
]


@pytest.fixture
def corpus(live_server: LiveServer) -> Corpus:
    del live_server
    return make_corpus("default", name="Default")


@pytest.fixture
def reader(corpus: Corpus) -> User:
    return make_member(corpus, user=make_user("ann"))


@pytest.fixture
def pair(corpus: Corpus) -> tuple[Article, Article]:
    """Return two editions: in the second the ferry comes first, and there is more besides."""
    edited = OPENING.replace("labor", "labour").replace("more than", "as many as")
    filed = make_article(
        corpus,
        paragraphs=(OPENING, TOLL, TRAMS, FERRY),
        source=make_source(corpus, "Harbour Gazette"),
        published=date(1932, 3, 19),
        byline="By Jane Doe",
    )
    printed = make_article(
        corpus,
        headline="At last, a bridge",
        paragraphs=(FERRY, edited, TOLL, TRAMS, *ITEMS),
        source=make_source(corpus, "Evening Packet"),
        published=date(1932, 3, 20),
    )
    return filed, printed


def address(pair: tuple[Article, ...]) -> str:
    return f"/compare/{'/'.join(str(article.pk) for article in pair)}/"


def test_editions_are_read_side_by_side(
    page: Page,
    log_in: Callable[[User], None],
    reader: User,
    pair: tuple[Article, Article],
    in_all_looks: Callable[[Page], None],
) -> None:
    log_in(reader)
    page.goto(address(pair))
    expect(page.get_by_role("heading", level=1)).to_have_text("Harbour Gazette and Evening Packet")
    side = page.get_by_role("region", name="Side by side")
    expect(side.locator("ins", has_text="as many as")).to_be_visible()
    expect(side.locator("mark.w-respelled", has_text="labour")).to_be_visible()
    in_all_looks(page)

    # Rows stand beside each other.
    toll = side.get_by_text("A toll of sixpence")
    expect(toll).to_have_count(2)
    left, right = (toll.nth(n).bounding_box() for n in (0, 1))
    assert left
    assert right
    assert left["y"] == right["y"]
    assert left["x"] < right["x"]


def test_keys_go_from_difference_to_difference_and_to_the_other_place(
    page: Page, log_in: Callable[[User], None], reader: User, pair: tuple[Article, Article]
) -> None:
    log_in(reader)
    page.goto(address(pair))
    place = page.locator("[data-place]")
    expect(place).to_contain_text("5 differences")

    page.keyboard.press("n")
    expect(place).to_have_text("1 of 5")
    page.keyboard.press("n")
    here = page.locator(".side-by-side .line.is-here")
    expect(here).to_contain_text("Captain Elias Thorne")
    first = here.bounding_box()
    page.keyboard.press("m")
    expect(here).to_contain_text("Captain Elias Thorne")
    other = here.bounding_box()
    assert first != other
    page.keyboard.press("m")
    expect(here.locator(".cell").first).to_have_class("cell is-gap")
    page.keyboard.press("p")
    expect(place).to_have_text("1 of 5")


def test_what_is_marked_is_chosen_at_once_and_stays_in_the_address(
    page: Page, log_in: Callable[[User], None], reader: User, pair: tuple[Article, Article]
) -> None:
    log_in(reader)
    page.goto(address(pair))
    side = page.get_by_role("region", name="Side by side")
    item = side.get_by_text("Item 0 on the list")
    expect(item).to_be_visible()

    page.get_by_role("checkbox", name="added").uncheck()
    expect(item).to_be_hidden()
    expect(page).to_have_url(f"{page.url.split('?')[0]}?show=kept,cut,moved,respelled")
    page.reload()
    expect(item).to_be_hidden()
    page.keyboard.press("3")
    expect(item).to_be_visible()
    expect(page).to_have_url(page.url.split("?")[0])


def test_what_one_edition_alone_has_is_folded_and_opened(
    page: Page, log_in: Callable[[User], None], reader: User, pair: tuple[Article, Article]
) -> None:
    log_in(reader)
    page.goto(address(pair))
    side = page.get_by_role("region", name="Side by side")
    item = side.get_by_text("Item 4 on the list")

    page.keyboard.press("o")
    expect(item).to_be_hidden()
    side.get_by_text("7 more paragraphs that Evening Packet alone has").click()
    expect(item).to_be_visible()


def test_one_column_comes_by_a_key_and_the_sides_are_swapped(
    page: Page,
    log_in: Callable[[User], None],
    reader: User,
    pair: tuple[Article, Article],
    in_all_looks: Callable[[Page], None],
) -> None:
    log_in(reader)
    page.goto(address(pair))
    page.keyboard.press("v")
    column = page.get_by_role("region", name="In one column")
    expect(column.locator("del", has_text="more than")).to_be_visible()
    in_all_looks(page)

    page.keyboard.press("x")
    expect(page.get_by_role("heading", level=1)).to_have_text("Evening Packet and Harbour Gazette")
    expect(column.locator("ins", has_text="more than")).to_be_visible()


@on_a_dark_phone
def test_a_phone_shows_one_column_of_itself(
    page: Page, log_in: Callable[[User], None], reader: User, pair: tuple[Article, Article]
) -> None:
    log_in(reader)
    page.goto(address(pair))
    expect(page.get_by_role("region", name="In one column")).to_be_visible()
    expect(page.get_by_role("region", name="Side by side")).to_be_hidden()

    # A link leads to the place in the layout that is shown.
    page.get_by_role("link", name="To where it stands in Evening Packet").first.click()
    expect(page.locator(".unified .line.is-here")).to_contain_text("Captain Elias Thorne")


def test_three_editions_and_texts_from_right_to_left(
    page: Page,
    log_in: Callable[[User], None],
    reader: User,
    corpus: Corpus,
    pair: tuple[Article, Article],
    in_all_looks: Callable[[Page], None],
) -> None:
    log_in(reader)
    third = make_article(
        corpus, paragraphs=(OPENING, TRAMS), source=make_source(corpus, "Morning Echo")
    )
    page.goto(address((*pair, third)))
    expect(page.locator(".editions .edition")).to_have_count(3)
    in_all_looks(page)

    lines = (
        "قالت وزارة الخارجية إن ألفي كازاخي سيغادرون البلاد هذا العام",
        "قالت وزارة الخارجية إن آلاف الكازاخ سيغادرون البلاد قريبا",
    )
    arabic = tuple(
        make_article(corpus, headline="الصين", paragraphs=(line,), language="ar") for line in lines
    )
    page.goto(address(arabic))
    left, right = (page.locator(".side-by-side .edition").nth(n).bounding_box() for n in (1, 0))
    assert left
    assert right
    assert left["x"] < right["x"], "the first edition stands at the right"
    in_all_looks(page)


def test_paper_has_both_columns_and_all_that_was_folded(
    page: Page, log_in: Callable[[User], None], reader: User, pair: tuple[Article, Article]
) -> None:
    log_in(reader)
    page.goto(address(pair))
    page.keyboard.press("o")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    side = page.get_by_role("region", name="Side by side")
    expect(side.get_by_text("Item 4 on the list")).to_be_visible()
    expect(page.get_by_role("checkbox", name="added")).to_be_hidden()


def test_what_can_be_done_about_a_link_stays_on_the_screen(
    page: Page, log_in: Callable[[User], None], corpus: Corpus, pair: tuple[Article, Article]
) -> None:
    log_in(make_member(corpus, Role.ANNOTATOR))
    page.goto(address(pair))
    expect(page.get_by_role("link", name="Link them")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.get_by_text("Not linked.")).to_be_visible()
    expect(page.locator(".compare-link-new")).to_be_hidden()


def test_in_one_column_only_what_was_cut_is_struck(
    page: Page, log_in: Callable[[User], None], reader: User, pair: tuple[Article, Article]
) -> None:
    log_in(reader)
    page.goto(f"{address(pair[::-1])}?view=unified")

    def drawn_through(words: str) -> str:
        found = page.locator(".unified .line", has_text=words).locator("del").first
        line: str = found.evaluate("(words) => getComputedStyle(words).textDecorationLine")
        return line

    page.keyboard.press("o")
    page.keyboard.press("o")
    assert drawn_through("Item 0 on the list") == "line-through"
    assert "line-through" not in drawn_through("stood here in Evening Packet")
    assert page.get_by_text("stands here in Harbour Gazette").count() == 1


def test_paper_has_the_quotations_that_one_text_alone_has(
    page: Page, log_in: Callable[[User], None], reader: User, corpus: Corpus
) -> None:
    log_in(reader)
    texts = tuple(make_article(corpus, paragraphs=each) for each in ((OPENING, FERRY), (OPENING,)))
    page.goto(address(texts))
    quoted = page.locator(".told-quotations li", has_text="We have carried this town")
    expect(quoted).to_be_hidden()

    page.emulate_media(media="print")

    expect(quoted).to_be_visible()


def test_paper_has_room_for_three_editions(
    page: Page, log_in: Callable[[User], None], reader: User, pair: tuple[Article, Article]
) -> None:
    log_in(reader)
    page.set_viewport_size({"width": 700, "height": 990})
    page.goto(address((*pair, pair[0])))

    page.emulate_media(media="print")

    last = page.locator(".side-by-side .edition").last.bounding_box()
    assert last
    assert last["x"] + last["width"] <= 700


def test_two_or_three_that_are_picked_in_a_list_are_compared(
    page: Page,
    log_in: Callable[[User], None],
    corpus: Corpus,
    pair: tuple[Article, Article],
    index: Callable[[], int],
) -> None:
    log_in(make_member(corpus, Role.ANNOTATOR))
    undated = make_article(corpus, headline="No day", paragraphs=(OPENING,), published=None)
    index()
    page.goto("/articles/")
    compare = page.locator("[data-compares]")
    expect(compare).to_be_hidden()

    for article in (undated, pair[1]):
        page.locator(f".item-pick[value='{article.pk}']").check()
    expect(compare).to_have_text("Compare the two")
    page.locator(f".item-pick[value='{pair[0].pk}']").check()
    expect(compare).to_have_text("Compare the three")
    page.keyboard.press("C")

    # The earliest first, without a day last.
    page.wait_for_url(f"**{address((*pair, undated))}")
    expect(page.locator(".editions .edition")).to_have_count(3)


def test_a_third_edition_is_added(
    page: Page,
    log_in: Callable[[User], None],
    reader: User,
    corpus: Corpus,
    pair: tuple[Article, Article],
    in_all_looks: Callable[[Page], None],
) -> None:
    log_in(reader)
    third = make_article(
        corpus, paragraphs=(OPENING, TRAMS), source=make_source(corpus, "Morning Echo")
    )
    make_link(pair[0], third)
    page.goto(address(pair))

    page.get_by_text("Add an edition").click()
    in_all_looks(page)
    page.get_by_role("link", name="Morning Echo").click()

    page.wait_for_url(f"**{address((*pair, third))}")
    expect(page.locator(".editions .edition")).to_have_count(3)


def test_who_says_how_two_are_linked_can_compare_them(
    page: Page, log_in: Callable[[User], None], corpus: Corpus, pair: tuple[Article, Article]
) -> None:
    log_in(make_member(corpus, Role.ANNOTATOR))
    page.goto(f"/links/new/?first={pair[0].pk}&second={pair[1].pk}")

    page.get_by_role("link", name="Compare word by word").click()

    page.wait_for_url(f"**{address(pair)}")
