"""The margin of a tagged article beside its words, without a jump; and all without scripts."""

import re
from collections.abc import Sequence

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, Corpus, Mention
from articles.views.tagging.margin import AT_ONCE
from tests.factories import make_article, make_entity, make_mention

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = ("Ann Lee", "Bob Ray", "Cid Fox", "Dora Hill", "Eve Stone", "Finn Wood")
PLAIN = "The harbour was quiet that day and nothing was said of it by anyone who was there. " * 5
# How far a line may stand from its words: one line of the text.
NEAR = 30
WATCH = """
window.moved = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.moved += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
PLACES = """() => [...document.querySelectorAll("[data-mention]")].map((line) => [
  line.getBoundingClientRect().top,
  document.querySelector(`[data-m~="${line.dataset.mention}"]`).getClientRects()[0].top,
])"""

# Lists that were just put in their places are laid out with the next frame.
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Of lists that scroll, how much of a line is in sight that is not whole, in px.
CUT = """() => {
  const lists = [...document.querySelectorAll(".margin-block")];
  const clipped = lists.filter((list) => list.scrollHeight > list.clientHeight + 4);
  const parts = clipped.map((list) => {
    const end = list.getBoundingClientRect().bottom;
    const line = [...list.children].find((each) => each.getBoundingClientRect().bottom > end + 1);
    return Math.max(0, end - line.getBoundingClientRect().top);
  });
  return { clipped: clipped.length, most: Math.max(...parts) };
}"""

# Of lists that scroll, how many lines are out of sight below, and how many are said to be.
BELOW = """() => {
  const lists = [...document.querySelectorAll(".margin-block")];
  const clipped = lists.filter((list) => list.scrollHeight > list.clientHeight + 4);
  const hidden = clipped.map((list) => {
    const end = list.getBoundingClientRect().bottom;
    const bottoms = [...list.children].map((each) => each.getBoundingClientRect().bottom);
    return bottoms.filter((bottom) => bottom > end + 1).length;
  });
  return { hidden, said: clipped.map((list) => list.dataset.below) };
}"""


def all_there(page: Page, article: Article) -> str:
    """Open an article until all of its lines are there; return the page as the server sent it."""
    html = page.request.get(article.get_absolute_url()).text()
    page.goto(article.get_absolute_url())
    expect(page.locator(".margin-lines[data-whole]")).to_be_attached()
    return html


def drawn_beside(page: Page, article: Article) -> None:
    """Open an article until its lines stand beside the text."""
    page.goto(article.get_absolute_url())
    expect(page.locator("[data-aligned=beside]")).to_be_attached()
    page.evaluate(DRAWN)


def crowded(corpus: Corpus, count: int, comments: Sequence[str] = ("",)) -> Article:
    """Return an article of so many tags, more than there is room for beside its paragraphs."""
    names = [f"Person{number}" for number in range(count)]
    halves = " ".join(names[:40]), " ".join(names[40:]), "Nobody came."
    article = make_article(corpus, paragraphs=halves)
    entity = make_entity(corpus, "Someone")
    for number, name in enumerate(names):
        make_mention(article, name, entity=entity, comment=comments[number % len(comments)])
    return article


@pytest.fixture
def told(corpus: Corpus) -> Article:
    """Return an article whose paragraphs each name somebody in their midst."""
    article = make_article(corpus, paragraphs=tuple(f"{PLAIN}{n} came. {PLAIN}" for n in NAMES))
    for name in NAMES:
        make_mention(article, name, entity=make_entity(corpus, name))
    return article


@pytest.fixture
def long(corpus: Corpus) -> tuple[Article, list[Mention]]:
    """Return an article with more tags than the margin shows at once, and the tags in order."""
    names = [f"Person{number}" for number in range(AT_ONCE + 20)]
    article = make_article(corpus, paragraphs=tuple(f"{PLAIN}{n} came. {PLAIN}" for n in names))
    entity = make_entity(corpus, "Someone")
    return article, [make_mention(article, name, entity=entity) for name in names]


@pytest.mark.usefixtures("annotator")
def test_lines_stand_beside_their_words_and_nothing_jumps(page: Page, told: Article) -> None:
    page.add_init_script(WATCH)

    page.goto(told.get_absolute_url())
    expect(page.locator(".margin-lines[data-aligned]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    places = page.evaluate(PLACES)

    assert len(places) == len(NAMES)
    for line, words in places:
        assert abs(line - words) < NEAR
    assert page.evaluate("window.moved") < 0.01


def test_without_scripts_words_are_tagged_accepted_and_taken_away(
    browser: Browser, live_server: LiveServer, told: Article, page: Page, annotator: User
) -> None:
    suggested = make_mention(
        told, "Ann", entity=make_entity(told.corpus, "Ann"), status="suggested"
    )
    context = browser.new_context(
        java_script_enabled=False,
        base_url=live_server.url,
        storage_state=page.context.storage_state(),
    )
    plain = context.new_page()

    plain.goto(told.get_absolute_url())
    expect(plain.locator("[data-mention]")).to_have_count(len(NAMES) + 1)
    plain.get_by_role("button", name="Accept Ann", exact=True).click()
    expect(plain.locator("[data-mention].is-suggested")).to_have_count(0)
    plain.get_by_role("link", name="Tag words").click()
    plain.get_by_label("Words").fill("Eve Stone came")
    plain.get_by_label("As", exact=True).select_option("event")
    plain.get_by_role("button", name="Tag", exact=True).click()
    made = plain.locator("[data-mention][data-kind=event]")
    expect(made).to_have_count(1)
    made.hover()
    made.get_by_role("link", name="Change").click()
    plain.get_by_role("button", name="Remove the tag").click()
    expect(plain.locator("[data-mention][data-kind=event]")).to_have_count(0)
    context.close()

    suggested.refresh_from_db()
    assert (suggested.status, suggested.decided_by) == ("accepted", annotator)
    assert Mention.objects.count() == len(NAMES) + 1


@pytest.mark.usefixtures("annotator")
def test_lines_far_down_are_not_there_at_once_and_soon_stand_beside_their_words(
    page: Page, long: tuple[Article, list[Mention]]
) -> None:
    article, mentions = long
    html = all_there(page, article)
    expect(page.locator("[data-mention]")).to_have_count(len(mentions))
    expect(page.locator("[data-lines]")).to_have_count(0)
    places = page.evaluate(PLACES)

    assert html.count("<noscript>") == 20
    assert html.index("<noscript>") < html.index(f'id="tag-{mentions[AT_ONCE].pk}"')
    assert html.index("<noscript>") > html.index(f'id="tag-{mentions[AT_ONCE - 1].pk}"')
    for line, words in places:
        assert abs(line - words) < NEAR


@pytest.mark.usefixtures("annotator")
def test_text_far_down_is_laid_out_soon_and_there_for_those_who_listen(
    page: Page, long: tuple[Article, list[Mention]]
) -> None:
    article, mentions = long
    html = all_there(page, article)
    listener = page.context.new_cdp_session(page)
    nodes = listener.send("Accessibility.getFullAXTree")["nodes"]

    assert html.count('<p class="far ') > len(mentions) - 20
    expect(page.locator(".far")).to_have_count(0)
    heard = [node["name"]["value"] for node in nodes if "name" in node and not node["ignored"]]
    for mention in mentions:
        assert mention.anchors.get().quote in heard


def test_of_more_lines_than_there_is_room_for_none_is_cut_in_half(
    page: Page, corpus: Corpus
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})

    drawn_beside(page, crowded(corpus, 80))
    cut = page.evaluate(CUT)

    assert cut["clipped"] >= 1
    assert cut["most"] < 3, cut


def test_how_many_lines_there_is_no_room_for_is_said_until_one_has_gone_to_the_end(
    page: Page, corpus: Corpus
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})

    drawn_beside(page, crowded(corpus, 80))
    first = page.locator("[data-below]").first
    below = page.evaluate(BELOW)

    assert below["said"] == [f"+{count}" for count in below["hidden"]]
    assert below["hidden"][0] > 0
    first.evaluate("(list) => { list.scrollTop = list.scrollHeight; }")
    expect(first).to_have_class(re.compile("is-at-end"))


def test_of_comments_that_there_is_no_room_for_none_is_cut_in_half(
    page: Page, corpus: Corpus
) -> None:
    long = "Said twice, and later half of it was taken back in the same breath. " * 2
    article = crowded(corpus, 60, ("", "Short.", long))

    for width in (1440, 1366, 1100):
        page.set_viewport_size({"width": width, "height": 900})
        drawn_beside(page, article)
        cut = page.evaluate(CUT)

        assert cut["clipped"] >= 1
        assert cut["most"] < 3, (width, cut)


@pytest.mark.usefixtures("annotator")
def test_an_address_leads_to_a_line_that_is_not_there_at_once(
    page: Page, long: tuple[Article, list[Mention]]
) -> None:
    article, mentions = long

    page.goto(f"{article.get_absolute_url()}#tag-{mentions[-1].pk}")

    expect(page.locator(f"#tag-{mentions[-1].pk}:target")).to_be_in_viewport()


@pytest.mark.usefixtures("annotator")
def test_who_presses_keys_before_all_lines_are_there_misses_none(
    page: Page, long: tuple[Article, list[Mention]]
) -> None:
    article, mentions = long
    # The browser never finds a moment for what can wait.
    page.add_init_script("window.requestIdleCallback = () => 0")

    page.goto(article.get_absolute_url())
    expect(page.locator("[data-lines]")).to_have_count(20)
    page.keyboard.press("[")
    expect(
        page.locator("[role=status]", has_text=mentions[-1].anchors.get().quote)
    ).to_be_attached()
    page.keyboard.press("x")

    expect(page.locator("[data-mention]")).to_have_count(len(mentions) - 1)
    expect(page.locator("[data-tag-count]")).to_have_text(str(len(mentions) - 1))


def test_without_scripts_all_lines_are_there(
    browser: Browser, live_server: LiveServer, long: tuple[Article, list[Mention]]
) -> None:
    article, mentions = long
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    plain = context.new_page()

    plain.goto(article.get_absolute_url())

    expect(plain.locator("[data-mention]")).to_have_count(len(mentions))
    expect(plain.locator("[data-mention]").last).to_be_visible()
    context.close()


@pytest.mark.usefixtures("annotator")
def test_a_margin_in_which_nothing_is_tagged_is_not_printed(
    page: Page, corpus: Corpus, told: Article
) -> None:
    bare = make_article(corpus, paragraphs=(PLAIN,))

    for article, is_printed in ((bare, False), (told, True)):
        page.emulate_media(media="screen")
        page.goto(article.get_absolute_url())
        expect(page.locator(".margin .tag-title")).to_be_visible()
        page.emulate_media(media="print")
        expect(page.locator(".margin .tag-title")).to_be_visible(visible=is_printed)
