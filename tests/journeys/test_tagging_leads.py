"""A quotation is led to who spoke, by keys, by the bar, and from the far end of another script."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Corpus, Entity, Mention, MentionOrigin, Relation, Role
from tests.factories import (
    make_article,
    make_codebook,
    make_entity,
    make_member,
    make_mention,
    make_task,
)
from tests.journeys.tagging import opened, saved

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_index"),
]


@pytest.fixture
def claim(corpus: Corpus, log_in: Callable[[User], None]) -> Mention:
    """Return a quotation in an article where two people are tagged, the nearer behind it."""
    log_in(make_member(corpus, Role.ANNOTATOR))
    make_codebook(corpus)
    article = make_article(
        corpus,
        headline="The strike",
        paragraphs=("Ada Byron came at noon with a crowd. “It is over” said Bela Bart.",),
    )
    for name in ("Ada Byron", "Bela Bart"):
        make_mention(article, name, "person", entity=make_entity(corpus, name))
    make_mention(article, "noon", "place")
    return make_mention(article, "It is over", "quote")


def go_to(page: Page, mention: Mention) -> None:
    """Choose a tag by the line beside the text, as ``]`` does."""
    page.locator(f'[data-mention="{mention.pk}"] .note-at').click()


def marked(page: Page) -> list[str]:
    """Return the words that are marked as what the chosen tag leads to."""
    words: list[str] = page.evaluate(
        "[...(CSS.highlights.get('tag-link') ?? [])].map((range) => range.toString())"
    )
    return words


def leads() -> list[str]:
    rows = Relation.objects.select_related("target__entity").order_by("pk")
    return [row.target.entity.name for row in rows if isinstance(row.target.entity, Entity)]


def test_the_nearest_is_taken_by_two_keys_and_taken_back(page: Page, claim: Mention) -> None:
    opened(page, claim.article)
    line = page.locator(f'[data-mention="{claim.pk}"]')
    go_to(page, claim)

    page.keyboard.press(">")
    window = page.get_by_role("dialog", name="leads to")
    expect(window.locator("option")).to_have_text(["Bela Bart", "Ada Byron"])
    page.keyboard.press("Enter")

    expect(line).to_contain_text("Speaker: Bela Bart")
    saved(page)
    assert leads() == ["Bela Bart"]
    assert marked(page) == ["Bela Bart"]
    page.keyboard.press("Control+z")
    expect(line).not_to_contain_text("Bela Bart")
    assert marked(page) == []
    page.keyboard.press("Control+Shift+z")
    expect(line).to_contain_text("Speaker: Bela Bart")
    saved(page)
    assert leads() == ["Bela Bart"]


def test_another_is_taken_by_the_bar_and_the_first_is_left(page: Page, claim: Mention) -> None:
    bela = Mention.objects.get(entity__name="Bela Bart")
    Relation.objects.create(
        corpus=claim.corpus, article=claim.article, kind="speaker", source=claim, target=bela
    )
    opened(page, claim.article)
    line = page.locator(f'[data-mention="{claim.pk}"]')
    go_to(page, claim)

    page.get_by_role("button", name="Leads to").click()
    expect(page.get_by_role("listbox", name="Leads to")).to_be_focused()
    page.keyboard.press("Enter")
    expect(line).to_contain_text("Ada Byron")
    page.keyboard.press(">")
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    expect(line).not_to_contain_text("Bela Bart")
    saved(page)
    assert leads() == ["Ada Byron"]


def test_what_was_settled_in_a_task_is_not_offered_to_lead_to(page: Page, claim: Mention) -> None:
    settled = make_task(claim.corpus, [], name="Settled")
    make_mention(claim.article, "crowd", "person", task=settled, origin=MentionOrigin.GOLD)
    opened(page, claim.article)
    expect(page.locator("[data-gold]")).to_have_count(1)
    go_to(page, claim)

    page.keyboard.press(">")

    window = page.get_by_role("dialog", name="leads to")
    expect(window.locator("option")).to_have_text(["Bela Bart", "Ada Byron"])


def test_a_tag_that_leads_nowhere_has_no_such_key(page: Page, claim: Mention) -> None:
    opened(page, claim.article)
    go_to(page, Mention.objects.get(entity__name="Bela Bart"))

    page.keyboard.press(">")

    expect(page.get_by_role("button", name="Change")).to_be_visible()
    expect(page.get_by_role("button", name="Leads to")).to_have_count(0)
    expect(page.locator(".tag-popover")).to_have_count(0)


def test_where_nobody_is_tagged_it_says_what_is_missing(page: Page, claim: Mention) -> None:
    Mention.objects.exclude(pk=claim.pk).delete()
    opened(page, claim.article)
    go_to(page, claim)

    page.keyboard.press(">")

    expect(page.locator('[role="status"]', has_text="Nothing is tagged here")).to_contain_text(
        "Person"
    )
