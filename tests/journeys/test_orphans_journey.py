"""An annotator sees to orphans by key: places one, gives one up, and takes that back."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from playwright.sync_api import Page, expect

from articles.annotate.anchoring import carrying
from articles.models import Anchor, Corpus, Mention, Placing, Role
from tests.factories import (
    make_article,
    make_entity,
    make_member,
    make_mention,
    make_version,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def orphans(corpus: Corpus) -> list[Mention]:
    article = make_article(
        corpus,
        paragraphs=("The bridge was opened by Prime Minister Gladstone on Monday in Leeds.",),
    )
    mentions = [
        make_mention(article, words, kind, entity=make_entity(corpus, words, kind))
        for words, kind in (("Prime Minister Gladstone", "person"), ("Leeds", "place"))
    ]
    with transaction.atomic():
        make_version(article, "The bridge was opened by Lord Salisbury on Monday, with a band.")
    carrying.catch_up()
    return mentions


def placing(mention: Mention) -> str:
    anchor: Anchor = mention.anchors.latest("pk")
    return anchor.placing


def test_orphans_are_placed_and_given_up_by_key(
    page: Page,
    corpus: Corpus,
    orphans: list[Mention],
    log_in: Callable[[User], None],
    in_all_looks: Callable[[Page], None],
) -> None:
    log_in(make_member(corpus, Role.ANNOTATOR))
    page.goto("/entities/?corpus=default")
    page.get_by_role("link", name="Orphans").click()
    expect(page.get_by_role("heading", name="Prime Minister Gladstone")).to_be_visible()
    in_all_looks(page)

    page.keyboard.press("j")
    page.keyboard.press("1")
    page.keyboard.press("y")
    expect(page.get_by_role("heading", name="Prime Minister Gladstone")).to_have_count(0)
    assert orphans[0].anchors.latest("pk").quote == "Lord Salisbury"

    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("heading", name="No orphans")).to_be_visible()
    assert placing(orphans[1]) == Placing.DROPPED

    page.keyboard.press("z")
    expect(page.get_by_text("Undone: Tag of")).to_be_visible()
    page.goto("/orphans/")
    expect(page.get_by_role("heading", name="Leeds")).to_be_visible()

    page.keyboard.press("j")
    page.keyboard.press("w")
    page.keyboard.type("a band")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="No orphans")).to_be_visible()
    assert orphans[1].anchors.latest("pk").quote == "a band"
