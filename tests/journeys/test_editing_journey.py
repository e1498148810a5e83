"""An editor puts an article right: by keyboard, by mouse and without scripts."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.curation import texts
from articles.curation.fields import correct
from articles.models import Article, Corpus, CorrectedField, Door, Role
from articles.text import Block, BlockKind
from tests.factories import current, make_article, make_member, make_source
from tests.journeys.conftest import PHONE, Complaints
from tests.journeys.printed import print_arabic, print_bridge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LogIn = Callable[[User], None]
Look = Callable[[Page], None]


@pytest.fixture
def bridge(corpus: Corpus) -> Article:
    return print_bridge(corpus)


def field(page: Page, name: str) -> str:
    return page.locator(f"[name='{name}']").input_value()


def words(page: Page) -> list[str]:
    areas = page.locator("[data-blocks] textarea")
    return [areas.nth(at).input_value() for at in range(areas.count())]


def test_a_field_is_put_right_by_keyboard_and_undone(
    page: Page, editor: User, bridge: Article, in_all_looks: Look
) -> None:
    page.goto(bridge.get_absolute_url())

    page.keyboard.press("e")
    page.wait_for_url(f"**/articles/{bridge.pk}/edit/")
    in_all_looks(page)
    page.get_by_label("Section").fill("Abroad")
    page.get_by_label("Day, month or year").first.fill("1932-04")
    page.get_by_label("Time").first.fill("")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{bridge.get_absolute_url()}")

    mark = page.locator(".fact", has_text="Section").locator(".fact-corrected")
    expect(mark).to_contain_text(f"corrected by {editor.get_username()}")
    page.get_by_label("Where “Section” was read").focus()
    expect(page.locator("#why-section")).to_contain_text("What was read: none")
    expect(page.locator(".reading-line")).to_contain_text("April 1932")
    in_all_looks(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".fact-corrected")).to_have_count(0)


@pytest.mark.usefixtures("editor")
def test_a_field_at_fault_has_the_focus(
    page: Page, bridge: Article, complaints: Complaints
) -> None:
    complaints.expect("400")
    page.goto(f"{bridge.get_absolute_url()}edit/")
    page.keyboard.press("e")
    expect(page.get_by_label("Source")).to_be_focused()
    day = page.get_by_label("Day, month or year").first
    day.fill("1932-02-30")

    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved yet")
    expect(day).to_be_focused()


def test_escape_leaves_the_field_and_then_the_page(
    page: Page, editor: User, bridge: Article
) -> None:
    del editor
    page.goto(f"/articles/{bridge.pk}/edit/")

    page.get_by_label("Section").focus()
    page.keyboard.press("Escape")
    assert page.url.endswith("/edit/")
    page.keyboard.press("Escape")

    page.wait_for_url(f"**{bridge.get_absolute_url()}")


def test_leaving_asks_before_words_are_lost(page: Page, editor: User, bridge: Article) -> None:
    del editor
    page.goto(f"/articles/{bridge.pk}/edit/")
    page.get_by_label("Section").fill("Abroad")
    asked = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", stay)
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Back without saving").click()
    expect(page.get_by_label("Section")).to_have_value("Abroad")

    assert asked == ["beforeunload"]


def test_names_are_offered_as_one_types(
    page: Page, editor: User, corpus: Corpus, bridge: Article
) -> None:
    del editor
    make_source(corpus, "The Harbour Herald")
    page.goto(f"/articles/{bridge.pk}/edit/")

    page.get_by_label("Source").fill("the harb")

    options = page.locator("#source-names option")
    expect(options).to_have_count(2)
    page.locator("[name='credit_name']").first.fill("")
    page.locator("[name='credit_name']").first.press_sequentially("tob")
    expect(page.locator("#credit-names option")).to_have_attribute("value", "Tobias Quill")


def test_credits_are_added_moved_and_removed(page: Page, editor: User, bridge: Article) -> None:
    del editor
    page.goto(f"/articles/{bridge.pk}/edit/")
    rows = page.locator(".edit-credit")

    page.get_by_role("button", name="Move credit 2 up").click()
    expect(page.get_by_role("button", name="Move credit 1 up")).to_be_focused()
    page.get_by_role("button", name="Remove credit 3").click()
    page.get_by_role("button", name="Add a credit").click()
    expect(rows).to_have_count(3)
    page.keyboard.type("Ann Lee")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url(f"**{bridge.get_absolute_url()}")

    standing = current(Article.objects.get(pk=bridge.pk)).credits.filter(standing=True)
    assert [c.name for c in standing.order_by("position")] == [
        "Tobias Quill",
        "Eleanor Marsh",
        "Ann Lee",
    ]


def test_a_stale_form_keeps_what_was_typed(
    page: Page,
    editor: User,
    corpus: Corpus,
    bridge: Article,
    in_all_looks: Look,
    complaints: Complaints,
) -> None:
    del editor
    complaints.expect("409")
    page.goto(f"/articles/{bridge.pk}/edit/")
    page.get_by_label("Section").fill("Sport")
    colleague = make_member(corpus, Role.EDITOR)
    correct([bridge.pk], {CorrectedField.SECTION: "Abroad"}, by=colleague, door=Door.PAGE)

    page.get_by_label("Section").press("Control+Enter")

    expect(page.get_by_role("alert")).to_contain_text("Section says now: Abroad")
    assert field(page, "section") == "Sport"
    in_all_looks(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{bridge.get_absolute_url()}")
    assert Article.objects.get(pk=bridge.pk).section == "Sport"


def test_a_text_is_put_right_by_keyboard(
    page: Page, editor: User, bridge: Article, in_all_looks: Look
) -> None:
    del editor
    page.goto(bridge.get_absolute_url())
    page.keyboard.press("t")
    page.wait_for_url(f"**/articles/{bridge.pk}/text/")
    in_all_looks(page)
    before = words(page)
    areas = page.locator("[data-blocks] textarea")

    # The second paragraph is split at the cursor, and its rest moved up.
    ribbon = before.index("A rider cut the ribbon; it was tied, and cut again.")
    areas.nth(ribbon).evaluate("area => { area.focus(); area.setSelectionRange(24, 24); }")
    page.keyboard.press("Alt+Enter")
    assert words(page)[ribbon : ribbon + 2] == [
        "A rider cut the ribbon;",
        "it was tied, and cut again.",
    ]
    page.keyboard.press("Alt+ArrowUp")
    assert words(page)[ribbon] == "it was tied, and cut again."
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("Backspace")
    assert words(page) == before
    areas.nth(0).fill("Harbour bridge opens")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{bridge.get_absolute_url()}")

    expect(page.locator("h1")).to_have_text("Harbour bridge opens")
    expect(page.locator(".versions li").first).to_contain_text("corrected by")
    assert Article.objects.get(pk=bridge.pk).versions.count() == 3


def test_a_text_is_put_right_by_mouse(page: Page, editor: User, bridge: Article) -> None:
    del editor
    page.goto(f"/articles/{bridge.pk}/text/")
    before = words(page)

    page.get_by_role("button", name="Remove block 2").click()
    expect(page.get_by_role("status").last).to_contain_text("was removed")
    assert words(page) == [before[0], *before[2:]]
    page.get_by_role("button", name="Put back").click()
    assert words(page) == before
    page.get_by_role("button", name="Add a block below block 1", exact=True).click()
    page.keyboard.type("A new line")
    page.get_by_label("Kind of block 2").select_option("standfirst")
    page.get_by_role("button", name="Join block 4 to the one before").click()
    page.get_by_role("button", name="Save as a corrected version").click()
    page.wait_for_url(f"**{bridge.get_absolute_url()}")

    blocks = texts.blocks_of(current(Article.objects.get(pk=bridge.pk)))
    assert blocks[1] == Block(BlockKind.STANDFIRST, "A new line")
    assert blocks[2].text == f"{before[1]} {before[2]}"


def test_a_stale_text_is_compared(
    page: Page, editor: User, bridge: Article, in_all_looks: Look, complaints: Complaints
) -> None:
    del editor
    complaints.expect("409")
    page.goto(f"/articles/{bridge.pk}/text/")
    page.locator("[data-blocks] textarea").first.fill("My headline")
    blocks = texts.blocks_of(current(bridge))
    texts.correct_text(
        bridge, [Block(BlockKind.HEADLINE, "Theirs"), *blocks[1:]], by=None, door=Door.API
    )

    page.keyboard.press("Control+Enter")

    expect(page.locator(".edit-changes del").first).to_contain_text("Theirs")
    assert words(page)[0] == "My headline"
    in_all_looks(page)


def test_an_arabic_text_is_put_right(
    page: Page, editor: User, corpus: Corpus, in_all_looks: Look
) -> None:
    del editor
    article = print_arabic(corpus)
    page.goto(f"/articles/{article.pk}/text/")

    in_all_looks(page)


def test_an_article_is_split_and_joined_again(
    page: Page, editor: User, bridge: Article, in_all_looks: Look
) -> None:
    del editor
    page.goto(f"/articles/{bridge.pk}/split/")
    in_all_looks(page)

    page.keyboard.press("j")
    for _ in range(5):
        page.keyboard.press("j")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/split/?at=*")
    in_all_looks(page)
    page.get_by_label("Headline").fill("A ribbon, twice")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{bridge.get_absolute_url()}")
    new = Article.objects.exclude(pk=bridge.pk).get()
    assert new.headline == "A ribbon, twice"

    page.get_by_text("Correct", exact=True).click()
    page.get_by_role("link", name="Join", exact=True).click()
    page.get_by_label("A ribbon, twice").check()
    in_all_looks(page)
    page.get_by_role("button", name="Look at them together").click()
    expect(page.locator(".edit-part")).to_have_count(2)
    in_all_looks(page)
    page.get_by_role("button", name="Join 2 articles into one").click()
    page.wait_for_url(f"**{bridge.get_absolute_url()}")

    page.goto(new.get_absolute_url())
    page.wait_for_url(f"**{bridge.get_absolute_url()}")
    expect(page.locator(".rail-joined")).to_contain_text("A ribbon, twice")


def test_an_older_version_is_let_stand(
    page: Page, editor: User, bridge: Article, in_all_looks: Look
) -> None:
    del editor
    page.goto(f"/articles/{bridge.pk}/versions/1/")
    in_all_looks(page)

    page.locator(".notice").get_by_role("button", name="Let this version stand").click()

    page.wait_for_url(f"**{bridge.get_absolute_url()}")
    expect(page.locator("h1")).to_contain_text("half a million")


def test_readers_are_offered_no_tools(page: Page, bridge: Article, in_all_looks: Look) -> None:
    correct([bridge.pk], {CorrectedField.SECTION: None}, by=None, door=Door.API)
    page.goto(bridge.get_absolute_url())

    expect(page.get_by_text("Correct", exact=True)).to_have_count(0)
    expect(page.locator(".fact-corrected")).to_contain_text("corrected, ")
    page.keyboard.press("e")
    assert page.url.endswith(bridge.get_absolute_url())
    in_all_looks(page)


def test_all_of_it_works_without_scripts(
    browser: Browser, live_server: LiveServer, corpus: Corpus, log_in: LogIn, page: Page
) -> None:
    article = make_article(corpus, paragraphs=("One of it.", "Another story", "Two of it."))
    log_in(make_member(corpus, Role.EDITOR))
    state = page.context.storage_state()
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        storage_state=state,
    )
    plain = context.new_page()

    plain.goto(f"/articles/{article.pk}/edit/")
    credits_named = plain.locator("[name='credit_name']")
    before = credits_named.count()
    plain.get_by_role("button", name="Add a credit").click()
    expect(credits_named).to_have_count(before + 1)
    credits_named.last.fill("Ann Lee")
    plain.get_by_role("button", name="Save", exact=True).last.click()
    expect(plain.locator(".rail-facts").last).to_contain_text("Ann Lee")

    plain.goto(f"/articles/{article.pk}/text/")
    plain.locator("textarea").nth(1).fill("One of it.\n\nMore of it.")
    plain.get_by_role("button", name="Move block 2 down").click()
    expect(plain.locator("textarea").nth(1)).to_have_value("Another story")
    plain.get_by_role("button", name="Save as a corrected version").click()
    expect(plain.locator(".set p")).to_have_text(
        ["Another story", "One of it.", "More of it.", "Two of it."]
    )

    plain.goto(f"/articles/{article.pk}/split/")
    plain.get_by_label("A new article begins here").nth(2).check()
    plain.get_by_role("button", name="Look at the parts").click()
    plain.get_by_role("button", name="Split into 2 articles").click()
    expect(plain.locator(".set p")).to_have_text(["Another story", "One of it."])
    context.close()
