"""A lead gives articles out; an annotator works through the queue by keyboard; the lead looks."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.annotate.codebooks import codebooks
from articles.annotate.tasks import tasks, work
from articles.annotate.tasks.tasks import Terms
from articles.models import Assignment, Corpus, Door, Mention, Role, Task
from tests.factories import make_article, make_member

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("members_only"),
]
IS_ON_TOP = """(element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height - 4) === element;
}"""
type Index = Callable[[], int]


@pytest.fixture
def lead(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def person(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


def given(corpus: Corpus, lead: User, person: User, count: int = 3) -> Task:
    ids = [
        make_article(
            corpus,
            headline=f"Strike number {n}",
            paragraphs=(f"The miners struck on day {n}. Gladstone spoke to them.",),
        ).pk
        for n in range(1, count + 1)
    ]
    terms = Terms(name="Who speaks", people=[person], instructions="Tag all who speak.")
    return tasks.make(corpus, ids, terms, by=lead, door=Door.PAGE).task


def shows(page: Page, number: int) -> None:
    """See that an article is there, and its keys."""
    expect(page.get_by_role("heading", name=f"Strike number {number}")).to_be_visible()
    page.wait_for_load_state()


def test_a_lead_gives_an_answer_to_annotators(
    page: Page,
    corpus: Corpus,
    lead: User,
    person: User,
    index: Index,
    log_in: Callable[[User], None],
    axe: Callable[[Page], None],
) -> None:
    for n in range(4):
        make_article(corpus, headline=f"Strike number {n}")
    index()
    log_in(lead)
    page.goto("/tasks/")
    expect(page.get_by_text("No tasks yet")).to_be_visible()
    page.goto("/articles/?q=strike")

    page.get_by_text("With these", exact=True).click()
    page.get_by_role("link", name="Give to annotators").click()
    page.get_by_label("Name").fill("Who speaks")
    page.get_by_label(person.get_username()).check()
    axe(page)
    page.get_by_role("button", name="Make the task").click()

    expect(page.get_by_role("heading", name="Who speaks", level=1)).to_be_visible()
    assert work.given(Task.objects.get(), person).count() == 4
    axe(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: Made the task")).to_be_visible()
    assert not Task.objects.exists()


def test_what_is_to_be_discussed_is_written_over_the_bar_of_tagging(
    page: Page, corpus: Corpus, lead: User, person: User, log_in: Callable[[User], None]
) -> None:
    task = given(corpus, lead, person)
    log_in(person)
    page.set_viewport_size({"width": 390, "height": 620})
    page.goto(f"/tasks/{task.pk}/work/1/")
    shows(page, 1)
    page.keyboard.press("i")
    page.keyboard.press("q")
    expect(page.get_by_role("region", name="Tagging")).to_be_visible()

    page.keyboard.press("!")

    button = page.get_by_role("button", name="It needs to be discussed")
    expect(button).to_be_visible()
    assert button.evaluate(IS_ON_TOP)
    panel = page.locator(".task-discuss-panel").bounding_box()
    assert panel is not None
    assert panel["x"] >= 0
    page.set_viewport_size({"width": 1000, "height": 460})
    assert button.evaluate(IS_ON_TOP)
    # The bar of the task stays at the edge, the bar of tagging on it.
    over, under = page.locator(".tag-bar").bounding_box(), page.locator(".task-bar").bounding_box()
    assert over is not None
    assert under is not None
    assert abs(over["y"] + over["height"] - under["y"]) < 2
    assert abs(under["y"] + under["height"] - 460) < 2
    assert page.get_by_label("What is to be discussed?").evaluate(IS_ON_TOP)


def test_an_annotator_works_through_the_queue_by_keyboard(
    page: Page,
    corpus: Corpus,
    lead: User,
    person: User,
    log_in: Callable[[User], None],
    axe: Callable[[Page], None],
) -> None:
    task = given(corpus, lead, person)
    log_in(person)
    page.goto("/articles/")
    page.keyboard.press("g")
    page.keyboard.press("w")
    page.get_by_role("link", name="Begin with Who speaks").click()
    shows(page, 1)
    axe(page)

    # A word of the headline is tagged on the way: the letter of the kind, and its name.
    page.keyboard.press("i")
    page.keyboard.press("q")
    expect(page.locator(".mention[data-m]").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press(".")
    shows(page, 2)
    assert Mention.objects.get().layer_of == person

    page.keyboard.press("!")
    page.keyboard.type("Who is meant?")
    page.get_by_role("button", name="It needs to be discussed").click()
    expect(page.get_by_text("To discuss ✓")).to_be_visible()
    page.keyboard.press(",")
    shows(page, 3)
    page.keyboard.press("<")
    shows(page, 2)
    page.keyboard.press(">")
    shows(page, 3)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing is left to do in")).to_be_visible()
    axe(page)

    said = Assignment.objects.filter(task=task).order_by("position")
    assert [each.status for each in said] == ["done", "skipped", "done"]
    assert said[1].note == "Who is meant?"


def test_every_screen_is_well_in_every_look(
    page: Page,
    corpus: Corpus,
    lead: User,
    person: User,
    log_in: Callable[[User], None],
    in_all_looks: Callable[[Page], None],
) -> None:
    task = given(corpus, lead, person)
    work.finish(work.given(task, person)[0], by=person, door=Door.PAGE, seconds=31)
    codebook = codebooks.main_version(corpus).codebook
    log_in(lead)
    for address in (
        "/tasks/",
        f"/tasks/{task.pk}/",
        f"/tasks/{task.pk}/terms/",
        f"/tasks/{task.pk}/people/{person.pk}/out/",
        "/tasks/new/",
        "/codebooks/",
        "/codebooks/new/",
        f"/codebooks/{codebook.pk}/",
        f"/codebooks/{codebook.pk}/edit/",
        f"/codebooks/{codebook.pk}/migrate/",
    ):
        page.goto(address)
        in_all_looks(page)
    log_in(person)
    for address in (f"/tasks/{task.pk}/", f"/tasks/{task.pk}/work/2/"):
        page.goto(address)
        in_all_looks(page)


def test_a_codebook_gets_a_kind_and_is_published(
    page: Page, corpus: Corpus, lead: User, log_in: Callable[[User], None]
) -> None:
    codebook = codebooks.main_version(corpus).codebook
    log_in(lead)
    page.goto(f"/codebooks/{codebook.pk}/edit/")

    page.get_by_role("button", name="Add a kind").click()
    row = page.locator("[data-row]").filter(has=page.locator("[name=kind-name]")).last
    row.locator("[name=kind-name]").fill("Ship")
    row.locator("[name=kind-key]").fill("s")
    row.locator("[name=kind-colour]").select_option(label="9")
    expect(row.locator("[data-swatch]")).to_have_class(re.compile("m8"))
    page.get_by_role("button", name="Save and publish").click()

    expect(page.get_by_role("heading", name=re.compile("Ship"))).to_be_visible()
    version = codebooks.newest(codebook)
    assert version is not None
    kind = codebooks.content_of(version).kind("ship")
    assert kind is not None
    assert (kind.key, kind.colour) == ("s", 8)
