"""An editor puts names right: twins by keys, a merge by choice, a split, and the way back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models import Corpus, DistinctNames, Person, Source, SourceAlias
from articles.models.folding import fold
from tests.factories import make_article, make_corpus, make_person, make_source
from tests.journeys.conftest import Complaints, on_a_dark_phone

type Look = Callable[[Page], None]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("empty_cache"),
]


@pytest.fixture
def corpus() -> Corpus:
    corpus = make_corpus("default", name="Harbour papers")
    post = make_source(corpus, "The Harbour Post", domains=["post.example"], country="GB")
    twin = make_source(corpus, "Harbour Post (Norton)")
    jane, initial = make_person(corpus, "Jane Doe"), make_person(corpus, "J. Doe")
    make_article(corpus, source=post, people=(jane,), headline="On the quay")
    make_article(corpus, source=post, people=(jane,), headline="By the lighthouse")
    make_article(corpus, source=twin, people=(initial,), headline="In the fog")
    return corpus


@pytest.mark.usefixtures("editor")
def test_twins_are_decided_by_keys(page: Page, in_all_looks: Look) -> None:
    page.goto("/authors/")
    page.get_by_role("link", name="Likely twins").click()
    expect(page.get_by_role("heading", name="Is this one author?")).to_be_visible()
    expect(page.locator(".twin").first).to_contain_text("Jane Doe")
    expect(page.get_by_text("1 of 1")).to_be_visible()
    in_all_looks(page)

    page.keyboard.press("m")
    expect(page.get_by_role("heading", name="No likely twins")).to_be_visible()
    assert Person.objects.get(name="J. Doe").same_as == Person.objects.get(name="Jane Doe")
    in_all_looks(page)

    page.keyboard.press("u")
    expect(page.get_by_text("1 of 1")).to_be_visible()
    assert Person.objects.get(name="J. Doe").same_as is None

    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="That was the last one")).to_be_visible()
    in_all_looks(page)
    page.get_by_role("link", name="Look at it again").click()
    expect(page.get_by_text("1 of 1")).to_be_visible()

    page.keyboard.press("d")
    expect(page.get_by_role("heading", name="No likely twins")).to_be_visible()
    assert DistinctNames.objects.count() == 1


@pytest.mark.usefixtures("editor")
def test_the_keys_are_listed(page: Page) -> None:
    page.goto("/sources/twins/")

    page.keyboard.press("?")

    expect(page.locator("#keys")).to_contain_text("never ask again")


@pytest.mark.usefixtures("editor")
def test_sources_are_merged_and_split_again(page: Page, in_all_looks: Look) -> None:
    post = Source.objects.get(name="The Harbour Post")
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Merge with others").click()
    expect(page.get_by_role("heading", name="Likely the same")).to_be_visible()
    in_all_looks(page)
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("merged into The Harbour Post")).to_be_visible()
    expect(page.get_by_text("3 articles")).to_be_visible()
    in_all_looks(page)

    page.get_by_role("link", name="Edit", exact=True).click()
    expect(page.get_by_label("Move Harbour Post (Norton)")).to_be_visible()
    in_all_looks(page)
    page.get_by_label("Move Harbour Post (Norton)").check()
    page.get_by_label("Move the ticked names to").fill("Norton Post")
    page.get_by_role("button", name="Move them").click()
    expect(page.get_by_text("moved from The Harbour Post to Norton Post")).to_be_visible()
    expect(page.get_by_label("Move Harbour Post (Norton)")).to_have_count(0)

    page.get_by_role("button", name=re.compile("Undo")).click()
    expect(page.get_by_label("Move Harbour Post (Norton)")).to_be_visible()
    assert not Source.objects.filter(name="Norton Post").exists()


@pytest.mark.usefixtures("editor")
def test_a_name_that_is_taken_says_so(
    page: Page, complaints: Complaints, in_all_looks: Look
) -> None:
    complaints.expect("409")
    post = Source.objects.get(name="The Harbour Post")
    page.goto(f"/sources/{post.pk}/edit/")

    page.get_by_label("Another name").fill("Harbour Post (Norton)")
    page.get_by_role("button", name="Add it").click()

    expect(page.get_by_text("Merge the two")).to_be_visible()
    in_all_looks(page)


@on_a_dark_phone
@pytest.mark.usefixtures("editor")
def test_an_author_s_names_are_parted_on_a_phone(page: Page, in_all_looks: Look) -> None:
    jane = Person.objects.get(name="Jane Doe")
    Person.objects.filter(name="J. Doe").update(same_as=jane)
    page.goto(f"/authors/{jane.pk}/edit/")
    in_all_looks(page)

    page.get_by_label("Part J. Doe").check()
    page.get_by_role("button", name="Part the ticked names").click()

    expect(page.get_by_text("parted from Jane Doe")).to_be_visible()
    assert not jane.other_names.exists()


@pytest.mark.usefixtures("editor")
def test_long_names_stay_within_the_page(page: Page, corpus: Corpus, in_all_looks: Look) -> None:
    post = Source.objects.get(name="The Harbour Post")
    long = "Harbour" * 40
    for printed in (long, "بريد الميناء"):
        SourceAlias.objects.create(
            corpus=corpus, source=post, printed=printed, folded=fold(printed)
        )
    make_source(corpus, f"The {long}")

    page.goto("/sources/twins/")
    in_all_looks(page)
    page.goto(f"/sources/{post.pk}/edit/")
    in_all_looks(page)
