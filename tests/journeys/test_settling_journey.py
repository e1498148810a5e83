"""Two people tag the same articles blind; their lead sees how far they agree, and settles."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.annotate.tags import tagging
from articles.annotate.tags.wanted import Wanted
from articles.annotate.tasks import tasks, work
from articles.models import (
    Article,
    Assignment,
    Corpus,
    Door,
    Mention,
    Role,
    Sharing,
    Task,
)
from articles.search.index import indexing
from tests.factories import current, make_article, make_member, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tagged(task: Task, article: Article, by: User, quote: str, kind: str, name: str) -> None:
    start = current(article).text.index(quote)
    wanted = Wanted(start=start, end=start + len(quote), quote=quote, kind=kind, entity_name=name)
    tagging.tag(article, wanted, by=by, door=Door.PAGE, task=task)


@pytest.fixture
def task(corpus: Corpus) -> Task:
    """Return blind work that two are done with, each by their own tags."""
    lead = make_member(corpus, Role.ADMIN)
    people = [make_member(corpus, Role.ANNOTATOR, make_user(name)) for name in ("ada", "bo")]
    articles = [
        make_article(
            corpus,
            headline=f"Derby {number}",
            paragraphs=("Emily Davison came from London with Herbert Jones. 😀 Ascot waited.",),
        )
        for number in (1, 2)
    ]
    terms = tasks.Terms(
        name="Who and where", people=people, sharing=Sharing.OVERLAP, overlap=2, seed="1"
    )
    task = tasks.make(corpus, [each.pk for each in articles], terms, by=lead, door=Door.PAGE).task
    for article in articles:
        for user, quote in zip(people, ("Herbert Jones", "Jones"), strict=True):
            tagged(task, article, user, "Emily Davison", "person", "Emily Davison")
            tagged(task, article, user, "London", "place", "London")
            tagged(task, article, user, quote, "person", "Herbert Jones")
        tagged(task, article, people[0], "Ascot", "place", "Ascot")
    for assignment in Assignment.objects.filter(task=task):
        work.finish(assignment, by=assignment.user, door=Door.PAGE)
    return task


def test_a_lead_sees_how_far_people_agree_and_settles_by_keys(
    page: Page,
    corpus: Corpus,
    task: Task,
    log_in: Callable[[User], None],
    in_all_looks: Callable[[Page], None],
) -> None:
    log_in(make_member(corpus, Role.EDITOR))
    page.goto(f"/tasks/{task.pk}/")
    page.get_by_role("link", name="Agreement", exact=True).click()

    expect(page.get_by_role("heading", name="Agreement", level=1)).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Same words, same kind").first
    # 2 of 4 and 3 tags each time.
    expect(row).to_contain_text("0.57")
    expect(row).to_contain_text("8 of 14")
    pairs = page.get_by_role("region", name="By pair of people")
    assert pairs.evaluate("(box) => box.scrollWidth - box.clientWidth") == 0
    in_all_looks(page)
    row.get_by_role("link").click()
    expect(page.locator(".difference")).to_have_count(4)
    in_all_looks(page)
    page.go_back()
    page.get_by_role("link", name="Settle", exact=True).click()
    expect(page.get_by_text("0 of 2 settled")).to_be_visible()
    in_all_looks(page)

    page.keyboard.press("Enter")
    page.wait_for_url("**/settle/1/")
    in_all_looks(page)
    page.keyboard.press("y")
    expect(page.get_by_text("taken", exact=True)).to_be_visible()
    # His "Jones" is not the whole name.
    expect(page.locator(".case.is-current")).to_contain_text("Herbert Jones")
    page.keyboard.press("a")
    expect(page.locator(".case.is-current")).to_contain_text("Ascot")
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Settled, next")).to_be_enabled()
    in_all_looks(page)
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="1 left")).to_be_disabled()
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Settled, next")).to_be_enabled()
    page.keyboard.press(".")

    page.wait_for_url("**/settle/2/?last=*")
    page.keyboard.press("e")
    page.keyboard.type("with Herbert Jones")
    page.keyboard.press("Enter")
    expect(page.locator(".case.is-settled")).to_contain_text("with Herbert Jones")
    page.keyboard.press("n")
    page.get_by_role("button", name="Settled, next").click()
    expect(page.get_by_text("2 of 2 settled")).to_be_visible()

    first = task.items.get(position=1).article
    quotes = Mention.objects.filter(task=task, layer_of=None, article=first)
    found = quotes.order_by("anchors__start").values_list("anchors__quote", flat=True)
    assert list(found) == ["Emily Davison", "London", "Herbert Jones", "Ascot"]
    page.goto(first.get_absolute_url())
    expect(page.locator(".mention", has_text="Herbert Jones").first).to_be_visible()
    indexing.catch_up()
    page.goto('/articles/?q=entity:"Herbert Jones"')
    expect(page.get_by_text("Derby 1").first).to_be_visible()


def test_settling_works_without_scripts(
    page: Page, corpus: Corpus, task: Task, log_in: Callable[[User], None]
) -> None:
    log_in(make_member(corpus, Role.EDITOR))
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"/tasks/{task.pk}/settle/1/")

    page.get_by_role("button", name="Take 2").click()
    expect(page.get_by_text("taken", exact=True)).to_be_visible()
    page.locator(".case").first.get_by_role("button").first.click()

    expect(page.locator(".case.is-settled")).to_have_count(1)
