"""A lost connection, a reload, a session that ended: what was tagged waits, and nothing is lost."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, Route, expect

from articles.models import Article, Corpus, Mention, Role
from tests.factories import make_article, make_member
from tests.journeys.conftest import Complaints
from tests.journeys.tagging import opened, press, saved

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_index"),
]


TAGS = re.compile(r"/articles/\d+/tags/")


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(
        corpus, headline="Votes", paragraphs=("Lee met Ann. Bob left 😀 and Cy came.",)
    )


def waiting(page: Page) -> int:
    count: int = page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('newsroom.tagging.')).length"
    )
    return count


def tag_three(page: Page) -> None:
    """Tag Lee, Ann and Cy as quotations: no name has to be asked for."""
    press(page, "i", "Control+ArrowDown", "q", "ArrowRight", "ArrowRight", "q")
    press(page, "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "q")


def try_now(page: Page, context: BrowserContext) -> None:
    """Press the button as the server comes back.

    The queue tries by itself too, and the button goes once all is saved: what is sent is held
    until the press.
    """
    held: list[Route] = []
    is_pressed = False

    def hold(route: Route) -> None:
        if is_pressed:
            route.continue_()
        else:
            held.append(route)

    # The newer goes before the one that fails, which must not be missing for a moment.
    context.route(TAGS, hold)
    page.get_by_role("button", name="Try now").click()
    is_pressed = True
    for route in held:
        route.continue_()


@pytest.mark.usefixtures("annotator")
def test_what_was_tagged_without_a_network_outlasts_a_reload_and_is_saved_in_order(
    page: Page, context: BrowserContext, article: Article, complaints: Complaints
) -> None:
    complaints.expect("Failed to load resource")
    opened(page, article)
    # Reading works, writing does not: so the page can be loaded again meanwhile.
    context.route(TAGS, lambda route: route.abort())
    tag_three(page)
    bar = page.get_by_role("region", name="Tagging")
    expect(bar).to_contain_text("3 changes wait to be saved.")
    assert not Mention.objects.exists()

    page.reload()
    expect(bar).to_contain_text("3 changes wait to be saved.")
    assert waiting(page) == 3
    assert page.evaluate("CSS.highlights.get('tag-k4').size") == 3
    try_now(page, context)
    expect(page.locator("[data-mention]")).to_have_count(3)
    saved(page)
    expect(page.locator(".tag-bar")).not_to_contain_text("wait")

    quotes = Mention.objects.order_by("pk").values_list("anchors__quote", flat=True)
    assert list(quotes) == ["Lee", "Ann", "Cy"]
    assert not page.evaluate("CSS.highlights.has('tag-k4')")


@pytest.mark.usefixtures("annotator")
def test_what_was_received_without_an_answer_is_made_once(
    page: Page, context: BrowserContext, article: Article, complaints: Complaints
) -> None:
    complaints.expect("Failed to load resource")
    opened(page, article)
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    context.route(TAGS, lose_the_first_answer)
    press(page, "i", "Control+ArrowDown", "q")
    expect(page.locator("[data-mention]")).to_have_count(1)
    saved(page)

    assert len(lost) == 1
    assert Mention.objects.count() == 1


@pytest.mark.usefixtures("annotator")
def test_what_waits_is_undone_and_done_again_without_the_server(
    page: Page, context: BrowserContext, article: Article, complaints: Complaints
) -> None:
    complaints.expect("Failed to load resource")
    opened(page, article)
    context.route(TAGS, lambda route: route.abort())
    tag_three(page)
    bar = page.get_by_role("region", name="Tagging")
    expect(bar).to_contain_text("3 changes wait to be saved.")

    press(page, "Control+z", "Control+z")
    expect(bar).to_contain_text("1 change waits to be saved.")
    press(page, "Control+Shift+z")
    expect(bar).to_contain_text("2 changes wait to be saved.")
    try_now(page, context)
    expect(page.locator("[data-mention]")).to_have_count(2)
    saved(page)

    quotes = Mention.objects.order_by("pk").values_list("anchors__quote", flat=True)
    assert list(quotes) == ["Lee", "Ann"]


@pytest.mark.usefixtures("annotator")
def test_what_is_saved_while_the_page_is_loaded_again_is_on_it(
    page: Page, context: BrowserContext, article: Article
) -> None:
    opened(page, article)
    tags: list[Route] = []
    drawn: list[str] = []
    context.route(TAGS, lambda route: route.continue_() if drawn else tags.append(route))
    press(page, "i", "Control+ArrowDown", "q")
    expect(page.locator(".reading[data-waiting]")).to_have_attribute("data-waiting", "1")

    def draw_then_save(route: Route) -> None:
        answer = route.fetch()
        drawn.append(answer.text())
        tags[0].continue_()
        saved(page)
        route.fulfill(response=answer)

    # Another window stands for the same one, loaded again.
    again = context.new_page()
    again.route(re.compile(rf"/articles/{article.pk}/$"), draw_then_save)
    opened(again, article)

    assert len(drawn) == 1
    assert "data-mention=" not in drawn[0]
    expect(again.locator("[data-mention]")).to_have_count(1)
    again.close()


@pytest.mark.usefixtures("annotator")
def test_what_the_server_refuses_is_kept_until_it_is_decided(
    page: Page, article: Article, corpus: Corpus, complaints: Complaints
) -> None:
    complaints.expect("the server responded with a status of 403")
    opened(page, article)
    corpus.memberships.update(role=Role.VIEWER)

    press(page, "i", "Control+ArrowDown", "q")
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("Not saved: Quotation “Lee”")
    expect(problem).to_contain_text("role of annotator")
    corpus.memberships.update(role=Role.ANNOTATOR)
    page.reload()
    expect(problem).to_contain_text("Not saved: Quotation “Lee”")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-mention]")).to_have_count(1)
    expect(problem).to_have_count(0)

    assert Mention.objects.count() == 1


@pytest.mark.usefixtures("annotator")
def test_what_was_tagged_as_a_session_ended_waits_for_the_next_login(
    page: Page,
    article: Article,
    annotator: User,
    log_in: Callable[[User], None],
    complaints: Complaints,
) -> None:
    complaints.expect("the server responded with a status of 403")
    opened(page, article)
    Session.objects.all().delete()

    press(page, "i", "Control+ArrowDown", "q")
    bar = page.get_by_role("region", name="Tagging")
    expect(bar).to_contain_text("1 change waits to be saved.")
    expect(bar.get_by_role("link", name="Log in")).to_be_visible()
    # Else the page that is left might send it, once the session is there.
    page.goto("about:blank")
    log_in(annotator)
    opened(page, article)
    expect(page.locator("[data-mention]")).to_have_count(1)
    saved(page)

    assert Mention.objects.get().by == annotator


@pytest.mark.usefixtures("annotator")
def test_what_one_person_left_waiting_is_not_sent_as_anothers(
    page: Page,
    context: BrowserContext,
    article: Article,
    corpus: Corpus,
    log_in: Callable[[User], None],
    complaints: Complaints,
) -> None:
    complaints.expect("Failed to load resource")
    opened(page, article)
    context.route(TAGS, lambda route: route.abort())
    press(page, "i", "Control+ArrowDown", "q")
    expect(page.get_by_role("region", name="Tagging")).to_contain_text("1 change waits")
    # Else the page might send it once more before it is left.
    page.goto("about:blank")
    context.unroute(TAGS)

    log_in(make_member(corpus, Role.ANNOTATOR))
    opened(page, article)

    expect(page.get_by_role("region", name="Tagging")).to_be_hidden()
    assert waiting(page) == 1
    assert not Mention.objects.exists()
