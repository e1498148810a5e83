"""An annotator has names looked for, accepts and rejects them by key, and spreads a tag."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.annotate.spreading import spreads
from articles.models import (
    Anchor,
    Corpus,
    Entity,
    Mention,
    MentionOrigin,
    MentionStatus,
    Spread,
)
from tests.factories import make_article, make_entity, make_mention

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("empty_queue"),
]
type Index = Callable[[], int]

WORDS = "Mr Tobias Quill met Ann Roe in Paris. Quill spoke of Paris."


@pytest.mark.usefixtures("annotator")
def test_names_are_looked_for_and_decided_by_key(
    page: Page, corpus: Corpus, in_all_looks: Callable[[Page], None]
) -> None:
    make_article(corpus, headline="what was said", paragraphs=(WORDS,))
    page.goto("/suggestions/")
    page.get_by_role("button", name="Look for names").click()
    expect(page.get_by_text("Waiting for the worker")).to_be_visible()
    spreads.run(Spread.objects.get().pk)
    page.get_by_role("link", name="Look at the suggestions").click()
    expect(page.get_by_role("heading", name="Suggestions")).to_be_visible()

    in_all_looks(page)
    page.keyboard.press("j")
    page.keyboard.press("y")
    expect(page.get_by_text("2 tags accepted")).to_be_visible()
    assert Entity.objects.get().name in {"Tobias Quill", "Paris"}

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".spread-lines .kwic-line")).to_have_count(2)
    in_all_looks(page)
    page.get_by_role("button", name="Reject all").click()
    expect(page.get_by_text("Nothing of this waits")).to_be_visible()
    page.keyboard.press("z")
    expect(page.locator("#notices")).to_contain_text("Undone")
    assert Mention.objects.filter(status=MentionStatus.REJECTED).count() == 0


# Once the page has asked how far it is, and the answer stands there, or was left.
ANSWERED = "new Promise((done) => document.addEventListener('htmx:afterRequest', () => done()))"


@pytest.mark.usefixtures("annotator")
def test_a_button_stays_while_it_is_pressed_and_keeps_the_focus(page: Page, corpus: Corpus) -> None:
    make_article(corpus, headline="what was said", paragraphs=(WORDS,))
    page.goto("/suggestions/")
    page.get_by_role("button", name="Look for names").click()
    button = page.get_by_role("button", name="Cancel", exact=True)

    button.focus()
    page.evaluate(ANSWERED)
    expect(button).to_be_focused()
    button.hover()
    page.mouse.down()
    page.evaluate(ANSWERED)
    page.mouse.up()

    expect(page.get_by_text("It was given up")).to_be_visible()


def test_a_tag_is_spread_from_its_page(
    page: Page,
    corpus: Corpus,
    annotator: User,
    index: Index,
    in_all_looks: Callable[[Page], None],
) -> None:
    quill = make_entity(corpus, "Tobias Quill")
    article = make_article(corpus, paragraphs=(WORDS,))
    for _ in range(2):
        make_article(corpus, paragraphs=("Tobias Quill’s speech, and Tobias Quill.",))
    mention = make_mention(article, "Tobias Quill", entity=quill, by=annotator)
    index()
    page.goto(f"/articles/{article.pk}/tags/{mention.pk}/spread/")
    expect(page.locator(".lede")).to_contain_text("4 in 2 other articles")

    in_all_looks(page)
    page.keyboard.press("j")
    page.keyboard.press("t")
    page.get_by_role("button", name="Only those ticked below").click()
    expect(page.get_by_text("Waiting for the worker")).to_be_visible()
    spreads.run(Spread.objects.get().pk)
    expect(page.get_by_role("button", name="Undo all of it")).to_be_visible()

    made = Anchor.objects.filter(mention__origin=MentionOrigin.SAME)
    assert made.count() == 3
    in_all_looks(page)
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.locator("#notices")).to_contain_text("Undone")
    assert made.count() == 0
