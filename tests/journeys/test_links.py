"""Links in a browser: beside an article, through the queue by key, in all looks."""

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, Corpus, Door, Link, LinkStatus, Operation, Role
from articles.related.links import judging
from tests.factories import (
    PASSWORD,
    judge,
    make_article,
    make_corpus,
    make_link,
    make_member,
    make_source,
)
from tests.journeys.conftest import on_a_dark_phone

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = (
    "The bridge across the harbour was opened on Tuesday after nine years of work.",
    "Crowds came from far away to see the first train go over it at noon.",
)


@pytest.fixture
def corpus() -> Corpus:
    return make_corpus("harbour", name="Harbour")


@pytest.fixture
def ann(corpus: Corpus, log_in: Callable[[User], None]) -> User:
    user = make_member(corpus, Role.ANNOTATOR)
    log_in(user)
    return user


def pair(corpus: Corpus, name: str = "Bridge") -> tuple[Article, Article]:
    first = make_article(
        corpus,
        headline=f"{name} opens after nine years of work on it",
        paragraphs=(*WORDS, "Only the agency has this paragraph of the mayor’s speech."),
        source=make_source(corpus, f"{name} Agency"),
    )
    second = make_article(
        corpus,
        headline=f"{name} is open",
        paragraphs=(WORDS[0], WORDS[1].replace("first train", "first tram")),
        source=make_source(corpus, f"{name} Courier"),
        published=date(1932, 3, 20),
    )
    return first, second


def test_the_queue_is_walked_by_key(page: Page, ann: User, corpus: Corpus) -> None:
    sure = make_link(*pair(corpus), score=0.9)
    less = make_link(*pair(corpus, "Tower"), score=0.5)
    last = make_link(*pair(corpus, "Canal"), "same_event", score=0.2)

    page.goto("/links/")
    expect(page.locator("#progress-words")).to_have_text("1 of 3")
    expect(page.locator(".link-diff")).to_contain_text("tram")
    page.keyboard.press("y")
    expect(page.locator("#progress-words")).to_have_text("2 of 3")
    expect(page.locator(".link-pair")).to_contain_text("Tower is open")
    assert "after=" in page.url or f"link={less.pk}" in page.url

    page.keyboard.press("j")
    expect(page.locator(".link-pair")).to_contain_text("Canal is open")
    page.keyboard.press("k")
    expect(page.locator(".link-pair")).to_contain_text("Tower is open")
    page.keyboard.press("c")
    expect(page.locator(".link-pair")).to_contain_text("Canal is open")
    page.keyboard.press("x")
    expect(page.get_by_role("heading", name="No suggestion waits")).to_be_visible()

    sure.refresh_from_db()
    less.refresh_from_db()
    last.refresh_from_db()
    assert (sure.status, less.status, last.status) == ("accepted", "rejected", "rejected")
    assert Link.objects.get(kind="excerpt").status == "accepted"

    page.keyboard.press("z")
    expect(page.locator(".link-pair")).to_contain_text("Canal is open")
    last.refresh_from_db()
    assert last.status == LinkStatus.SUGGESTED
    assert Operation.objects.filter(by=ann).count() == 4


def test_acts_are_undone_by_key_one_after_another(page: Page, ann: User, corpus: Corpus) -> None:
    del ann
    for number, name in enumerate(("Bridge", "Tower", "Canal", "Market")):
        make_link(*pair(corpus, name), score=0.9 - number / 10)
    page.goto("/links/")
    expect(page.locator("#link-said")).to_have_text("1 of 4")
    for key, number in (("y", 2), ("x", 3), ("j", 4)):
        page.keyboard.press(key)
        expect(page.locator("#progress-words")).to_have_text(f"{number} of 4")

    page.keyboard.press("z")
    expect(page.locator(".link-pair")).to_contain_text("Tower is open")
    expect(page.locator(".link-said")).to_contain_text("Undone: edited version rejected: “Tower")
    expect(page.locator("#link-said")).to_contain_text("2 of 4")
    page.reload()
    page.keyboard.press("z")
    expect(page.locator(".link-pair")).to_contain_text("Bridge is open")
    expect(page.locator("[data-key='z']")).to_have_count(0)

    assert not Link.objects.exclude(status="suggested").exists()


def test_a_refused_undo_keeps_the_queue_and_says_why(page: Page, ann: User, corpus: Corpus) -> None:
    first = make_link(*pair(corpus), score=0.9)
    make_link(*pair(corpus, "Tower"), score=0.5)
    page.goto("/links/")
    page.keyboard.press("y")
    expect(page.locator(".link-pair")).to_contain_text("Tower is open")
    judging.judge(first, "rejected", by=ann, door=Door.API)

    page.keyboard.press("z")

    expect(page.locator("#notices")).to_contain_text("This was not undone. Later work touched")
    expect(page.locator(".link-pair")).to_contain_text("Tower is open")
    expect(page.locator("#progress-words")).to_have_text("2 of 2")


def test_who_was_logged_out_is_led_back_by_the_log_in(
    page: Page, ann: User, corpus: Corpus
) -> None:
    links = [make_link(*pair(corpus, name), score=0.5) for name in ("Bridge", "Tower")]
    page.goto("/links/")
    page.keyboard.press("j")
    expect(page.locator(".link-pair")).to_contain_text("Tower is open")
    Session.objects.all().delete()

    for key in "jy":
        page.keyboard.press(key)
        expect(page.locator("#notices")).to_contain_text("Log in again")
        expect(page.locator(".link-pair")).to_contain_text("Tower is open")
        page.get_by_role("button", name="Dismiss").click()
    page.keyboard.press("y")
    page.locator("#notices").get_by_role("link", name="Log in").click()
    page.get_by_label("User name").fill(ann.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.locator(".link-pair")).to_contain_text("Tower is open")
    assert f"link={links[1].pk}" in page.url
    assert not links[1].judgements.exists()


def test_who_was_logged_out_keeps_the_article(page: Page, ann: User, corpus: Corpus) -> None:
    del ann
    Corpus.objects.filter(pk=corpus.pk).update(access="open")
    link = make_link(*pair(corpus))
    page.goto(link.first.get_absolute_url())
    Session.objects.all().delete()

    page.keyboard.press("w")
    page.keyboard.press("y")

    expect(page.locator("#notices")).to_contain_text("Log in again")
    expect(page.locator("#related")).to_contain_text("Bridge is open")


def test_a_relation_is_judged_beside_its_article(page: Page, ann: User, corpus: Corpus) -> None:
    link = make_link(*pair(corpus))
    page.goto(link.first.get_absolute_url())

    page.keyboard.press("w")
    expect(page.locator(f"[data-kin='{link.pk}']")).to_be_focused()
    page.keyboard.press("y")

    expect(page.locator("#related")).to_contain_text("You confirmed it")
    expect(page.locator("#notices")).to_contain_text("edited version confirmed")
    expect(page.locator(f"[data-kin='{link.pk}']")).to_be_focused()
    assert link.judgements.get().by == ann

    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect(page.locator("#related")).not_to_contain_text("You confirmed it")
    assert not link.judgements.exists()


def test_focus_goes_to_what_took_the_place_and_back_with_an_undo(
    page: Page, ann: User, corpus: Corpus
) -> None:
    del ann
    article = make_article(corpus, headline="Bridge opens")
    links = [
        make_link(article, make_article(corpus, published=date(1932, 4, day)))
        for day in range(1, 9)
    ]

    def kin(number: int) -> Locator:
        return page.locator(f"[data-kin='{links[number].pk}']")

    page.goto(article.get_absolute_url())
    for key in "wjjj":
        page.keyboard.press(key)
    expect(kin(3)).to_be_focused()
    page.keyboard.press("x")
    expect(kin(3)).to_have_count(0)
    expect(kin(4)).to_be_focused()

    page.keyboard.press("z")
    expect(kin(3)).to_be_focused()

    # What is folded stays unfolded while one judges there.
    page.get_by_text("3 more").click()
    page.keyboard.press("w")
    for _ in range(6):
        page.keyboard.press("j")
    expect(kin(6)).to_be_focused()
    page.keyboard.press("x")
    expect(kin(7)).to_be_focused()
    page.keyboard.press("x")
    expect(kin(5)).to_be_focused()


def test_another_article_is_linked_by_typing(page: Page, ann: User, corpus: Corpus) -> None:
    first, second = pair(corpus)
    page.goto(first.get_absolute_url())

    page.get_by_text("Link another article").click()
    page.get_by_label("Its address, number, or words of it").fill("is open")
    page.locator("#related-offered a").click()
    page.get_by_label("Follow-up").check()
    page.get_by_label("Note").fill("The same bridge.")
    page.get_by_role("button", name="Link them").click()

    expect(page.locator("#related")).to_contain_text("Follow-up")
    link = Link.objects.get()
    assert (link.first, link.second, link.status) == (first, second, "accepted")
    assert link.judgements.get().by == ann


def test_two_that_are_picked_in_a_list_are_linked(
    page: Page, ann: User, corpus: Corpus, index: Callable[[], int]
) -> None:
    del ann
    pair(corpus)
    index()
    page.goto("/articles/")
    link = page.locator("[data-links]")
    expect(link).to_be_hidden()

    for box in page.locator(".item-pick").all():
        box.check()
    expect(link).to_be_visible()
    link.click()

    expect(page.get_by_role("heading", name="Link two articles")).to_be_visible()
    expect(page.locator(".link-pair")).to_contain_text("Bridge is open")


def test_without_scripts_a_link_is_judged_by_forms(
    browser: Browser, live_server: LiveServer, corpus: Corpus
) -> None:
    ann = make_member(corpus, Role.ANNOTATOR)
    link = make_link(*pair(corpus))
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    client = Client()
    client.force_login(ann)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    page = context.new_page()

    page.goto(link.first.get_absolute_url())
    page.get_by_role("button", name="Confirm Bridge is open").click()
    expect(page.locator("#related")).to_contain_text("You confirmed it")
    page.goto("/links/?status=all")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_role("heading", name="That was the last one")).to_be_visible()
    context.close()

    assert link.judgements.get().verdict == "rejected"


def test_a_page_of_the_list_is_rejected_and_undone(page: Page, ann: User, corpus: Corpus) -> None:
    del ann
    for name in ("Bridge", "Tower", "Canal"):
        make_link(*pair(corpus, name))
    page.goto("/links/?view=list")

    page.get_by_label("All on this page").check()
    page.get_by_label("Edited version: Tower").uncheck()
    page.get_by_role("button", name="Reject ticked").click()
    expect(page.locator("#notices")).to_contain_text("2 links rejected")
    expect(page.locator("[name=link]")).to_have_count(1)
    page.keyboard.press("z")

    expect(page.locator("[name=link]")).to_have_count(3)


@on_a_dark_phone
def test_on_a_phone_the_reason_and_a_text_are_in_view(
    page: Page, ann: User, corpus: Corpus
) -> None:
    del ann
    make_link(*pair(corpus), "background")
    page.goto("/links/?kind=background")

    for there in (".link-why", ".link-opening p >> nth=0"):
        expect(page.locator(there)).to_be_in_viewport()
    bar = page.locator(".work-bar").bounding_box()
    assert bar is not None
    assert bar["height"] < 100
    for name in ("Open", "Compare"):
        expect(page.get_by_role("link", name=name, exact=True)).to_be_in_viewport()

    expect(page.get_by_label("Status")).to_be_hidden()
    page.get_by_text("Background, open suggestions").click()
    expect(page.get_by_label("Status")).to_be_in_viewport()

    page.goto("/links/?view=list")
    headline = page.locator(".link-row-end >> nth=0").bounding_box()
    assert headline is not None
    assert headline["width"] > 300


def test_links_in_all_looks(
    page: Page, ann: User, corpus: Corpus, in_all_looks: Callable[..., None]
) -> None:
    link = make_link(*pair(corpus), score=0.9)
    judge(make_link(*pair(corpus, "Tower"), "same_event"), ann)
    disputed = make_link(*pair(corpus, "Canal"))
    judge(disputed, ann, note="The same words.")
    judge(disputed, verdict="rejected", note="A press release.")

    for address in (
        "/links/",
        "/links/?kind=same_event&status=all",
        "/links/?view=list&status=all",
        "/links/?kind=disputes",
        "/links/accept/?score=10",
        disputed.get_absolute_url(),
        f"/links/new/?first={link.first_id}&second=open",
        f"/links/new/?first={link.first_id}&second={link.second_id}",
        link.first.get_absolute_url(),
    ):
        page.goto(address)
        in_all_looks(page)
