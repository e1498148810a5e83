"""Who tags looks after entities by keys: finds one, puts it right, merges, and goes back."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Corpus, Entity, Role
from tests.factories import make_article, make_corpus, make_entity, make_member, make_mention

type LogIn = Callable[[User], None]
type Look = Callable[[Page], None]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("empty_cache"),
]


@pytest.fixture
def corpus() -> Corpus:
    corpus = make_corpus("default", name="Harbour papers")
    jane, leeds = make_entity(corpus, "Jane Doe"), make_entity(corpus, "Leeds", "place")
    for number in range(3):
        article = make_article(
            corpus, headline=f"Number {number}", paragraphs=("It was Jane Doe who came to Leeds.",)
        )
        make_mention(article, "Jane Doe", entity=jane)
        make_mention(article, "Leeds", "place", entity=leeds)
    make_entity(corpus, "J. Doe")
    make_entity(corpus, "محمد علي")
    return corpus


@pytest.mark.usefixtures("corpus")
def test_an_entity_is_found_put_right_and_merged(
    page: Page, log_in: LogIn, corpus: Corpus, in_all_looks: Look
) -> None:
    log_in(make_member(corpus, Role.ANNOTATOR))
    page.goto("/articles/")
    page.keyboard.press("g")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Entities", exact=True)).to_be_visible()
    in_all_looks(page)

    page.keyboard.press("/")
    page.keyboard.type("do")
    expect(page.locator("#entities tbody tr")).to_have_count(2)
    expect(page).to_have_url(re.compile("q=do"))
    page.get_by_role("link", name="Jane Doe").click()
    expect(page.locator(".kwic-line")).to_have_count(3)
    expect(page.get_by_role("img", name=re.compile("who appears with Jane Doe"))).to_be_visible()
    in_all_looks(page)

    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Edit Jane Doe")).to_be_visible()
    in_all_looks(page)
    page.get_by_label("Id", exact=True).fill("https://www.wikidata.org/wiki/Q42")
    page.get_by_role("button", name="Add the id").click()
    expect(page.get_by_role("cell", name="Q42", exact=True)).to_be_visible()

    page.get_by_role("link", name="Merge with others").click()
    expect(page.get_by_text("the same initials and surname")).to_be_visible()
    in_all_looks(page)
    page.get_by_label("J. Doe is the same").check()
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("“J. Doe” merged into Jane Doe")).to_be_visible()
    assert Entity.objects.get(name="J. Doe").merged_into == Entity.objects.get(name="Jane Doe")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: “J. Doe” merged into Jane Doe").first).to_be_visible()
    assert Entity.objects.get(name="J. Doe").merged_into is None

    page.goto(Entity.objects.get(name="Jane Doe").get_absolute_url())
    page.get_by_role("link", name="Split").click()
    expect(page.get_by_role("heading", name="Split Jane Doe")).to_be_visible()
    in_all_looks(page)


def test_a_corpus_without_entities_says_what_to_do(
    page: Page, log_in: LogIn, in_all_looks: Look
) -> None:
    log_in(make_member(make_corpus("default", name="New"), Role.ANNOTATOR))
    page.goto("/entities/")
    expect(page.get_by_role("heading", name="No entities in New yet")).to_be_visible()
    in_all_looks(page)

    page.get_by_role("link", name="Load a file of names").first.click()
    page.get_by_label("Or the rows themselves").fill("name,kind\nLeeds,place\n,place\n")
    page.get_by_role("button", name="Load").click()
    expect(page.get_by_role("heading", name="What became of 2 rows")).to_be_visible()
    in_all_looks(page)
