"""Tagging by keys alone: words are chosen, tagged, undone, changed; nothing is off by one."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Anchor, Article, Code, Corpus, Mention, Role
from tests.factories import (
    current,
    make_article,
    make_entity,
    make_member,
    make_mention,
)
from tests.journeys.conftest import Complaints
from tests.journeys.tagging import opened, press, saved

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_index"),
]

NAMES = (
    "Ada Byron", "Bela Bart", "Cora Crane", "Dora Diaz", "Emil Erb", "Fay Flood", "Gus Gray",
    "Hal Hope", "Ida Ibsen", "Jan Jones", "Kim Kerr", "Lou Lark", "Max Moon", "Nan Nash",
    "Ole Olsen", "Pia Park", "Quin Quist", "Ron Rees", "Sue Stone", "Tom Tull",
)  # fmt: skip
# Each after an emoji, so that whoever counts in UTF-16 is off by one more each time.
GUESTS = " ".join(f"😀 came {name}." for name in NAMES)


def chosen(page: Page) -> str:
    words: str = page.evaluate("getSelection().toString()")
    return words


def tagged(article: Article) -> list[tuple[str, str, str]]:
    """Return kind, name and words of all tags, in order, as the version's text has them."""
    text = current(article).text
    anchors = Anchor.objects.filter(version=article.version).select_related("mention__entity")
    return [
        (
            anchor.mention.kind,
            anchor.mention.entity.name if anchor.mention.entity else "",
            text[anchor.start : anchor.end],
        )
        for anchor in anchors.order_by("start", "-end", "mention")
        if anchor.start is not None
    ]


@pytest.mark.usefixtures("annotator")
def test_twenty_people_are_tagged_by_keys_alone(page: Page, corpus: Corpus) -> None:
    article = make_article(corpus, headline="Guests", paragraphs=(GUESTS,))
    opened(page, article)
    press(page, "i", "Control+ArrowDown")

    for name in NAMES:
        first = name.split()[0]
        while chosen(page) != first:
            press(page, "ArrowRight")
        press(page, "Shift+ArrowRight", "p", "Enter")
        expect(page.locator(".tag-popover")).to_have_count(0)
        expect(page.locator("[data-mention] .note-name", has_text=name)).to_be_visible()
    saved(page)

    assert tagged(article) == [("person", name, name) for name in NAMES]


@pytest.mark.usefixtures("annotator")
def test_a_name_that_is_known_is_offered_and_named(page: Page, corpus: Corpus) -> None:
    make_entity(corpus, "Emmeline Pankhurst", "person", "Mrs. Pankhurst")
    article = make_article(corpus, headline="Votes", paragraphs=("Then Pankhurst rose.",))
    opened(page, article)
    press(page, "i", "Control+ArrowDown", "ArrowRight", "p")
    expect(page.get_by_role("option", name="Emmeline Pankhurst")).to_have_attribute(
        "aria-selected", "true"
    )
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "true")

    press(page, "Enter")
    expect(page.locator("[data-mention]")).to_have_count(1)
    saved(page)

    assert tagged(article) == [("person", "Emmeline Pankhurst", "Pankhurst")]


@pytest.mark.usefixtures("annotator")
def test_words_that_only_begin_a_name_are_a_new_one_until_one_types(
    page: Page, corpus: Corpus
) -> None:
    make_entity(corpus, "Annette Byron")
    article = make_article(corpus, headline="Votes", paragraphs=("Then Ann rose.",))
    opened(page, article)
    press(page, "i", "Control+ArrowDown", "ArrowRight", "p")
    expect(page.get_by_role("option", name="Annette Byron")).to_be_visible()

    marked = page.locator('[role="option"][aria-selected="true"]')
    expect(marked).to_have_text("New person Ann")
    page.keyboard.type("Anne")
    expect(marked).to_contain_text("Annette Byron")


@pytest.mark.usefixtures("annotator")
def test_the_same_as_last_takes_one_key(page: Page, corpus: Corpus) -> None:
    article = make_article(corpus, headline="Votes", paragraphs=("Lee met her. So Lee left.",))
    opened(page, article)
    press(page, "i", "Control+ArrowDown", "p", "Enter")
    expect(page.locator("[data-mention]")).to_have_count(1)

    press(page, "Control+ArrowRight", "ArrowRight")
    assert chosen(page) == "Lee"
    press(page, "=")
    expect(page.locator("[data-mention]")).to_have_count(2)
    saved(page)

    assert tagged(article) == [("person", "Lee", "Lee"), ("person", "Lee", "Lee")]
    assert Mention.objects.values("entity").distinct().count() == 1


@pytest.mark.usefixtures("annotator")
def test_the_caret_goes_by_word_line_sentence_and_paragraph(page: Page, corpus: Corpus) -> None:
    article = make_article(
        corpus,
        headline="One two",
        paragraphs=("It began. Then it rained, O’Neill said.", "Last of all."),
    )
    opened(page, article)
    press(page, "ArrowRight")
    assert chosen(page) == "One"
    steps = [
        ("ArrowRight", "two"),
        ("ArrowRight", "It"),
        ("Control+ArrowRight", "Then"),
        ("End", "said"),
        ("ArrowLeft", "O’Neill"),
        ("Shift+ArrowRight", "O’Neill said"),
        ("-", "O’Neill said"),
        ("Shift+ArrowLeft", "rained, O’Neill said"),
        ("Alt+Shift+ArrowRight", "ained, O’Neill said"),
        ("Control+ArrowDown", "Last"),
        ("Control+Shift+ArrowRight", "Last of all."),
        ("Control+Home", "One"),
        ("Control+End", "all"),
        ("Control+ArrowUp", "Last"),
        ("ArrowUp", "It"),
    ]
    for key, words in steps:
        press(page, key)
        assert chosen(page) == words, key
    press(page, "Escape")
    assert chosen(page) == ""


@pytest.mark.usefixtures("annotator")
def test_everything_is_undone_and_done_again(page: Page, corpus: Corpus) -> None:
    article = make_article(corpus, headline="Votes", paragraphs=("Lee met Ann. They left.",))
    opened(page, article)
    lines = page.locator("[data-mention]")
    press(page, "i", "Control+ArrowDown", "p", "Enter")
    expect(lines).to_have_count(1)
    press(page, "x")
    expect(lines).to_have_count(0)
    press(page, "q")
    expect(lines).to_have_count(1)
    press(page, "c")
    expect(page.get_by_label("Comment")).to_be_focused()
    page.keyboard.type("Is it?")
    press(page, "Control+Enter")
    expect(page.locator(".note-comment")).to_have_text("Is it?")
    saved(page)
    assert tagged(article) == [("quote", "", "Lee")]

    press(page, "Control+z")
    expect(page.locator(".note-comment")).to_have_count(0)
    press(page, "Control+z")
    expect(lines).to_have_count(0)
    press(page, "Control+z")
    expect(lines).to_have_count(1)
    press(page, "Control+z")
    expect(lines).to_have_count(0)
    saved(page)
    assert tagged(article) == []

    for _ in range(4):
        press(page, "Control+Shift+z")
    expect(page.locator(".note-comment")).to_have_text("Is it?")
    saved(page)
    assert tagged(article) == [("quote", "", "Lee")]
    page.reload()
    expect(page.locator(".reading[tabindex]")).to_be_visible()
    press(page, "Control+z")
    expect(page.locator(".note-comment")).to_have_count(0)


@pytest.mark.usefixtures("annotator")
def test_a_comment_is_saved_by_enter_and_may_have_several_lines(page: Page, corpus: Corpus) -> None:
    article = make_article(corpus, headline="Votes", paragraphs=("Lee met Ann.",))
    mention = make_mention(article, "Lee", entity=make_entity(corpus, "Lee"))
    opened(page, article)

    press(page, "]", "c")
    expect(page.get_by_label("Comment", exact=True)).to_be_focused()
    page.keyboard.type("Is it?")
    press(page, "Shift+Enter")
    page.keyboard.type("Ask Ann")
    press(page, "Enter")

    expect(page.get_by_role("dialog", name="Change")).to_have_count(0)
    expect(page.locator(".note-comment")).to_contain_text("Is it?")
    saved(page)
    mention.refresh_from_db()
    assert mention.comment == "Is it?\nAsk Ann"
    expect(page.locator(".reading")).to_be_focused()


@pytest.mark.usefixtures("annotator")
def test_suggestions_are_accepted_and_rejected_one_after_another(
    page: Page, corpus: Corpus
) -> None:
    article = make_article(corpus, headline="Votes", paragraphs=("Ann, Bea, Cy and Di met.",))
    for name in ("Ann", "Bea", "Cy", "Di"):
        make_mention(
            article, name, entity=make_entity(corpus, name), status="suggested", origin="recogniser"
        )
    opened(page, article)
    legend = page.get_by_role("list", name="Kinds")
    expect(page.locator("[data-tag-count]")).to_have_text("0")
    expect(legend.get_by_text("Suggested 4")).to_be_visible()

    press(page, "}")
    assert chosen(page) == "Ann"
    press(page, "y")
    assert chosen(page) == "Bea"
    press(page, "x", "x")
    assert chosen(page) == "Di"
    expect(page.locator("[data-mention]")).to_have_count(2)
    # What is only suggested counts for itself alone.
    expect(legend.get_by_text("Suggested 1")).to_be_visible()
    expect(page.locator("[data-tag-count]")).to_have_text("1")
    expect(legend.locator("[data-kind=person] .num")).to_have_text("1")
    expect(page.locator("[data-mention].is-suggested")).to_have_count(1)
    saved(page)

    statuses = Mention.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["accepted", "rejected", "rejected", "suggested"]
    for _ in range(3):
        press(page, "Control+z")
    expect(page.locator("[data-mention].is-suggested")).to_have_count(4)
    saved(page)
    assert set(Mention.objects.values_list("status", flat=True)) == {"suggested"}


@pytest.mark.usefixtures("annotator")
def test_a_tag_is_changed_and_put_to_other_words(page: Page, corpus: Corpus) -> None:
    article = make_article(corpus, headline="Votes", paragraphs=("The New York Times wrote.",))
    make_mention(article, "New York", "place", entity=make_entity(corpus, "New York", "place"))
    opened(page, article)

    press(page, "]")
    assert chosen(page) == "New York"
    press(page, "Shift+ArrowRight", "t")
    expect(page.locator('[data-mention] .note-at[aria-label*="New York Times"]')).to_be_visible()
    saved(page)
    assert tagged(article) == [("place", "New York", "New York Times")]
    press(page, "e")
    page.get_by_label("Kind", exact=True).select_option("organisation")
    page.get_by_role("combobox", name="Organisation").fill("The New York Times")
    press(page, "Enter")
    expect(page.locator("[data-mention] .note-name")).to_have_text("The New York Times")
    saved(page)

    assert tagged(article) == [("organisation", "The New York Times", "New York Times")]


@pytest.mark.usefixtures("annotator")
def test_a_note_on_the_article_is_left_by_key(page: Page, corpus: Corpus) -> None:
    article = make_article(corpus)
    opened(page, article)

    press(page, ";")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    page.keyboard.type("Look at the date again")
    press(page, "Escape")
    expect(page.locator('[data-code="note"]')).to_contain_text("Look at the date again")
    saved(page)

    assert [(code.code, code.value) for code in Code.objects.all()] == [
        ("note", "Look at the date again")
    ]
    press(page, "Control+z")
    expect(page.locator('[data-code="note"]')).to_be_hidden()
    saved(page)
    assert not Code.objects.exists()


@pytest.mark.usefixtures("annotator")
def test_letters_are_the_pages_own_until_words_are_chosen(page: Page, corpus: Corpus) -> None:
    article = make_article(corpus)
    opened(page, article)

    press(page, "c")
    expect(page.locator("#cite")).to_be_visible()
    press(page, "Escape", "p")

    expect(page.locator(".tag-popover")).to_have_count(0)
    assert not Mention.objects.exists()


@pytest.mark.usefixtures("annotator")
def test_focus_and_words_are_where_they_were_after_a_window_is_left(
    page: Page, corpus: Corpus
) -> None:
    article = make_article(corpus, headline="Votes", paragraphs=("Lee met Ann. They left.",))
    opened(page, article)
    press(page, "i", "ArrowRight", "ArrowRight", "p")
    expect(page.get_by_role("combobox")).to_be_focused()

    press(page, "Escape")

    expect(page.locator(".tag-popover")).to_have_count(0)
    expect(page.locator(".reading")).to_be_focused()
    assert chosen(page) == "met"
    press(page, "ArrowRight")
    assert chosen(page) == "Ann"


@pytest.mark.usefixtures("annotator")
def test_a_text_from_right_to_left_is_gone_through_as_it_is_read(
    page: Page, corpus: Corpus
) -> None:
    article = make_article(
        corpus, headline="خبر", paragraphs=("قال محمد علي أمس 😀 إن سعيد وصل.",), language="ar"
    )
    opened(page, article)

    press(page, "i", "Control+ArrowDown", "ArrowLeft", "Shift+ArrowLeft")
    assert chosen(page) == "محمد علي"
    press(page, "p", "Enter")
    expect(page.locator("[data-mention]")).to_have_count(1)
    press(page, "ArrowLeft", "ArrowLeft", "ArrowLeft")
    assert chosen(page) == "سعيد"
    press(page, "p", "Enter")
    expect(page.locator("[data-mention]")).to_have_count(2)
    saved(page)

    assert tagged(article) == [("person", "محمد علي", "محمد علي"), ("person", "سعيد", "سعيد")]


def test_who_may_not_tag_has_no_tools(
    page: Page, corpus: Corpus, log_in: Callable[[User], None]
) -> None:
    log_in(make_member(corpus, Role.VIEWER))
    article = make_article(corpus)
    page.goto(f"/articles/{article.pk}/")

    press(page, "i", "p")

    expect(page.locator(".tag-bar")).to_have_count(0)
    assert chosen(page) == ""


@pytest.mark.usefixtures("annotator")
def test_what_was_changed_by_others_meanwhile_is_shown_and_decided(
    page: Page, corpus: Corpus, complaints: Complaints
) -> None:
    complaints.expect("the server responded with a status of 409")
    article = make_article(corpus, headline="Votes", paragraphs=("Lee met Ann.",))
    mention = make_mention(article, "Lee", entity=make_entity(corpus, "Lee"))
    opened(page, article)
    press(page, "]", "c")
    expect(page.get_by_label("Comment")).to_be_focused()
    Mention.objects.filter(pk=mention.pk).update(comment="Mine first")

    page.keyboard.type("And mine")
    press(page, "Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Mine first")
    mention.refresh_from_db()
    assert mention.comment == "Mine first"
    page.get_by_role("button", name="Do it all the same").click()
    expect(page.locator(".note-comment")).to_have_text("And mine")
    saved(page)

    mention.refresh_from_db()
    assert mention.comment == "And mine"
