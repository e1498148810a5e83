"""Asking, and moving in an answer, by keyboard and mouse."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from articles.models import Access, Corpus
from tests.factories import make_corpus
from tests.journeys.conftest import Complaints
from tests.journeys.printed import print_arabic, print_bridge, print_many

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_corpus(index: Callable[[], int]) -> Corpus:
    """Return a corpus of a bridge, an Arabic article and five trams, indexed."""
    corpus = make_corpus("default", name="Default", access=Access.OPEN)
    print_bridge(corpus)
    print_arabic(corpus)
    print_many(corpus, 5)
    index()
    return corpus


@pytest.mark.usefixtures("open_corpus")
def test_the_answer_moves_as_one_types_and_words_half_typed_are_one_step_back(page: Page) -> None:
    page.goto("/articles/")
    expect(page.locator(".stream-title")).to_have_text("7 articles")

    page.keyboard.press("/")
    page.keyboard.type("ribbon", delay=30)

    expect(page.locator(".stream-title")).to_have_text("1 article")
    page.wait_for_url("**/articles/?q=ribbon")
    expect(page.locator("#said")).to_have_text("1 article")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator(".pill-pair")).to_have_count(1)
    expect(page.locator("#facets")).to_contain_text("The Harbour Post")
    assert page.title() == "ribbon – Articles – Newsroom"
    page.go_back()
    expect(page.locator(".stream-title")).to_have_text("7 articles")
    expect(page.locator("#q")).to_have_value("")
    page.go_forward()
    expect(page.locator(".stream-title")).to_have_text("1 article")
    expect(page.locator("#q")).to_have_value("ribbon")


@pytest.mark.usefixtures("open_corpus")
@pytest.mark.parametrize("waits", [True, False], ids=["answered", "at once"])
def test_enter_leaves_the_line_for_the_answer_where_its_keys_work(page: Page, waits: bool) -> None:  # noqa: FBT001 -- given by pytest
    page.goto("/articles/")
    page.keyboard.press("/")
    page.keyboard.type("tram")
    if waits:
        page.wait_for_url("**/articles/?q=tram")
    page.keyboard.press("Enter")
    expect(page.locator("#list")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/?q=tram")
    expect(page.locator(".stream-title")).to_have_text("5 articles")

    page.keyboard.press("j")

    expect(page.locator(".item.is-chosen")).to_have_count(1)
    expect(page.locator(".item").first).to_have_class(re.compile("is-chosen"))
    expect(page.locator("#q")).to_have_value("tram")
    page.keyboard.press("/")
    page.keyboard.type("ribbon")
    expect(page.locator(".stream-title")).to_have_text("1 article")
    page.go_back()
    expect(page.locator("#q")).to_have_value("tram")
    page.go_back()
    expect(page.locator("#q")).to_have_value("")


@pytest.mark.usefixtures("open_corpus")
def test_enter_stays_in_a_line_that_can_not_be_read(page: Page, complaints: Complaints) -> None:
    complaints.expect("the server responded with a status of 400")
    page.goto("/articles/")
    page.keyboard.press("/")
    page.keyboard.type("tram (")
    page.keyboard.press("Enter")

    expect(page.locator(".fault-at")).to_be_visible()
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("late)")
    expect(page.locator("#q")).to_have_value("tram (late)")
    expect(page.locator(".fault-at")).to_have_count(0)


@pytest.mark.usefixtures("open_corpus")
def test_a_question_half_written_is_pointed_at_while_the_last_answer_stays(
    page: Page, complaints: Complaints
) -> None:
    complaints.expect("the server responded with a status of 400")
    page.goto("/articles/?q=ribbon")

    page.locator("#q").press("End")
    page.keyboard.type(" date:1931-02-30")

    expect(page.locator(".fault-at")).to_have_text("1931-02-30")
    expect(page.locator(".stream-title")).to_have_text("1 article")
    expect(page.locator("#q")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("link", name="ribbon date:1931-02-28").click()
    expect(page.locator(".stream-title")).to_have_text("0 articles")
    expect(page.locator("#q")).to_have_value("ribbon date:1931-02-28")
    expect(page.locator(".fault-at")).to_have_count(0)


@pytest.mark.usefixtures("open_corpus")
def test_an_answer_that_was_overtaken_is_never_shown(page: Page) -> None:
    page.goto("/articles/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/articles/?q=tram", hold)

    page.locator("#q").fill("tram")
    expect(page.locator(".search-line.is-asking")).to_be_visible()
    page.locator("#q").fill("ribbon")
    expect(page.locator(".stream-title")).to_have_text("1 article")
    for route in held:
        route.abort()

    expect(page.locator(".stream-title")).to_have_text("1 article")
    assert page.url.endswith("?q=ribbon")


@pytest.mark.usefixtures("open_corpus")
def test_values_are_let_in_and_out_and_parts_taken_away(page: Page) -> None:
    page.goto("/articles/?q=tram+OR+ribbon")

    page.get_by_role("link", name=re.compile("Morning Ledger.*only these")).click()
    expect(page.locator(".stream-title")).to_have_text("5 articles")
    expect(page.locator("#q")).to_have_value(re.compile("Morning Ledger"))
    page.get_by_role("link", name="Leave out Morning Ledger").first.click()
    expect(page.locator(".stream-title")).to_have_text("1 article")
    page.get_by_role("link", name="Take source Morning Ledger away").click()

    expect(page.locator(".stream-title")).to_have_text("6 articles")
    page.wait_for_url("**/articles/?q=tram+OR+ribbon")


@pytest.mark.usefixtures("open_corpus")
def test_hits_are_stepped_through_by_n_and_p(page: Page) -> None:
    page.goto("/articles/?q=ribbon")
    page.keyboard.press("j")
    expect(page.locator("#pane mark.hit").first).to_be_visible()
    total = len({m.get_attribute("data-hit") for m in page.locator("#pane mark.hit").all()})

    page.keyboard.press("n")
    expect(page.locator("[data-hit-place]")).to_have_text(f"1 of {total}")
    expect(page.locator("#pane mark.hit.is-here")).to_be_in_viewport()
    page.keyboard.press("p")

    expect(page.locator("[data-hit-place]")).to_have_text(f"{total} of {total}")


@pytest.mark.usefixtures("open_corpus")
def test_days_are_brushed_by_keys(page: Page) -> None:
    page.goto("/articles/?zoom=day&q=tram")

    page.keyboard.press("b")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".shape-said")).to_contain_text(" to ")
    page.keyboard.press("Enter")

    page.wait_for_url("**date%3A1931-01-01..1931-01-03**")
    expect(page.locator("#q")).to_have_value("tram date:1931-01-01..1931-01-03")
    page.get_by_role("link", name="all days").click()
    page.wait_for_url("**/articles/?q=tram")


@pytest.mark.usefixtures("open_corpus")
def test_a_second_enter_on_the_bars_does_nothing(page: Page) -> None:
    page.goto("/articles/?zoom=day&q=tram")
    page.keyboard.press("b")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**date%3A1931-01-01..1931-01-02**")

    expect(page.locator("[data-brush]")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("j")

    expect(page.locator(".item.is-chosen")).to_have_count(1)
    expect(page.locator("#q")).to_have_value("tram date:1931-01-01..1931-01-02")


@pytest.mark.usefixtures("open_corpus")
def test_the_focus_goes_to_what_was_pressed_or_to_what_is_around_it(page: Page) -> None:
    page.goto("/articles/?q=lang:en tram")
    toggle = page.locator(".pill-toggle", has_text="tram")
    toggle.press("Enter")
    expect(page.locator("#q")).to_have_value(re.compile("-tram"))
    expect(toggle).to_be_focused()
    inside = "(link) => getComputedStyle(link).outlineOffset"
    assert toggle.evaluate(inside) == "-2px"

    page.locator(".pill-away").last.press("Enter")
    expect(page.locator(".pill-pair")).to_have_count(1)

    expect(page.locator("#shape")).to_be_focused()
    question = page.locator("#q").input_value()
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    expect(page.locator(".item.is-chosen")).to_have_count(1)
    expect(page.locator("#q")).to_have_value(question)


@pytest.mark.usefixtures("open_corpus")
def test_a_value_that_was_pressed_keeps_the_focus(page: Page) -> None:
    page.goto("/articles/?q=tram+OR+ribbon")
    value = page.locator(".facet-value a.facet-in", has_text="Morning Ledger")

    value.press("Enter")

    expect(page.locator(".stream-title")).to_have_text("5 articles")
    expect(value).to_be_focused()


@pytest.mark.usefixtures("open_corpus")
def test_days_are_brushed_by_dragging(page: Page) -> None:
    page.goto("/articles/?zoom=day&q=tram")
    box = page.locator("[data-brush]").bounding_box()
    assert box

    page.mouse.move(box["x"] + 2, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.35, box["y"] + 20, steps=4)
    page.mouse.up()

    page.wait_for_url("**date%3A1931-01-01..1931-01-02**")
    expect(page.locator(".stream-title")).to_have_text("2 articles")


@pytest.mark.usefixtures("open_corpus")
def test_what_is_read_stays_beside_an_answer_that_has_it(page: Page) -> None:
    page.goto("/articles/?q=tram")
    page.keyboard.press("j")
    expect(page.locator("#pane .headline")).to_contain_text("Tram number")
    headline = page.locator("#pane .headline").inner_text()

    page.locator("#q").fill("tram late")
    page.wait_for_url("**q=tram+late**")
    expect(page.locator("#pane .headline")).to_have_text(headline)
    page.locator("#q").fill("ribbon")

    expect(page.locator(".stream-title")).to_have_text("1 article")
    expect(page.get_by_text("Choose an article")).to_be_visible()


@pytest.mark.usefixtures("open_corpus")
def test_help_opens_beside_the_line_with_examples(
    page: Page, in_all_looks: Callable[[Page], None]
) -> None:
    page.goto("/articles/")

    page.get_by_role("link", name="Help").click()
    expect(page.get_by_role("heading", name="Phrases and nearness")).to_be_visible()
    in_all_looks(page)
    page.keyboard.press("Escape")

    expect(page.get_by_role("heading", name="Phrases and nearness")).not_to_be_visible()


@pytest.mark.usefixtures("open_corpus")
def test_a_search_is_copied(page: Page, in_all_looks: Callable[[Page], None]) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/articles/?q=tram")

    page.get_by_text("With these").click()
    page.get_by_role("link", name="Copy as").click()
    in_all_looks(page)
    page.locator("[data-copies=copy-curl]").click()

    expect(page.locator("[data-copies=copy-curl]")).to_have_text("Copied")
    assert "/api/v1/search/?q=tram" in page.evaluate("navigator.clipboard.readText()")


def test_an_index_that_is_not_there_yet_is_said_and_all_is_readable(
    page: Page, in_all_looks: Callable[[Page], None], complaints: Complaints
) -> None:
    complaints.expect("the server responded with a status of 503")
    print_many(make_corpus("default", access=Access.OPEN), 3)

    page.goto("/articles/")
    expect(page.get_by_text("Search is not ready")).to_be_visible()
    in_all_looks(page)
    page.keyboard.press("j")
    expect(page.locator("#pane .headline")).to_contain_text("Tram number")
    page.goto("/articles/?q=tram")

    expect(page.get_by_role("heading", name="Search is not ready")).to_be_visible()
    in_all_looks(page)


@pytest.mark.usefixtures("open_corpus")
def test_a_question_is_looked_at_in_line_and_beside_others_and_as_articles_again(
    page: Page, in_all_looks: Callable[[Page], None]
) -> None:
    page.goto("/articles/")
    page.keyboard.press("/")
    page.keyboard.type("ribbon")
    page.wait_for_url("**/articles/?q=ribbon")
    expect(page.locator(".stream-title")).to_have_text("1 article")

    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.wait_for_url("**/search/concordance/?q=ribbon")
    expect(page.locator(".ways [aria-current]")).to_have_text("Concordance")
    page.keyboard.press("c")
    page.wait_for_url("**/search/compare/?q=ribbon")
    expect(page.locator("#q-1")).to_have_value("ribbon")
    in_all_looks(page)
    page.keyboard.press("l")
    page.wait_for_url("**/search/concordance/?q=ribbon")
    page.locator(".ways").get_by_role("link", name="Articles").click()
    page.wait_for_url("**/articles/?q=ribbon")
    page.locator(".ways").get_by_role("link", name="Compare").click()
    page.wait_for_url("**/search/compare/?q=ribbon")
    page.keyboard.press("u")
    page.wait_for_url("**/articles/?q=ribbon")
