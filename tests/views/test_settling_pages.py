"""Agreement and settling on pages and over HTTP: for who leads, and for nobody still blind."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.annotate.agreement import settling
from articles.models import (
    Assignment,
    AssignmentStatus,
    Corpus,
    Door,
    Mention,
    Role,
    Task,
    TaskItem,
)
from tests.factories import (
    make_article,
    make_entity,
    make_member,
    make_mention,
    make_task,
    make_user,
)

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def lead(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def people(corpus: Corpus) -> list[User]:
    # Sides stand by their names.
    return [make_member(corpus, Role.ANNOTATOR, make_user(name)) for name in ("ada", "bo")]


@pytest.fixture
def task(corpus: Corpus, people: list[User]) -> Task:
    """Return blind work of two who agree on one name, and differ on another."""
    article = make_article(
        corpus,
        headline=f"Derby {SCRIPT}",
        paragraphs=("Emily Davison came with Herbert Jones by train.",),
    )
    task = make_task(corpus, [article], people, name=f"Blind {SCRIPT}")
    entity = make_entity(corpus, f"Davison {SCRIPT}")
    for user, quote in zip(people, ("Herbert Jones", "Jones"), strict=True):
        made: dict[str, Any] = {"task": task, "layer_of": user, "by": user}
        make_mention(article, "Emily Davison", entity=entity, **made)
        rider = make_entity(corpus, "Jones", task=task, by=user)
        make_mention(article, quote, entity=rider, **made)
    Assignment.objects.filter(task=task).update(status=AssignmentStatus.DONE, position=1)
    TaskItem.objects.filter(task=task).update(position=1)
    return task


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def key_of(task: Task) -> str:
    item = TaskItem.objects.select_related("article", "version").get(task=task)
    [case] = settling.settling(task, item).open
    return case.key


@pytest.fixture
def pages(task: Task) -> list[str]:
    """Return the addresses that tell what several people tagged."""
    return [
        f"/tasks/{task.pk}/agreement/",
        f"/tasks/{task.pk}/agreement/?of=strict",
        f"/tasks/{task.pk}/agreement/file.csv",
        f"/tasks/{task.pk}/settle/",
        f"/tasks/{task.pk}/settle/1/",
        f"/api/v1/tasks/{task.pk}/agreement/",
    ]


def test_who_leads_sees_all_of_it_escaped(pages: list[str], lead: User) -> None:
    desk = desk_of(lead)

    for page in pages:
        answer = desk.get(page)
        assert answer.status_code == 200, page
        assert page.startswith("/api/") or page.endswith(".csv") or SCRIPT not in answer.text


def test_who_has_the_task_in_open_blind_work_sees_none_of_it(
    pages: list[str], people: list[User], corpus: Corpus, task: Task
) -> None:
    desk = desk_of(people[0])

    assert [desk.get(page).status_code for page in pages] == [403] * len(pages)

    # Also not as an editor, who has work in it.
    corpus.memberships.filter(user=people[0]).update(role=Role.EDITOR)
    assert [desk.get(page).status_code for page in pages] == [403] * len(pages)
    assert desk.post(pages[4], {"do": "agreed"}).status_code == 403
    assert "blind work" in desk.get(pages[0]).text
    assert not Mention.objects.filter(task=task, layer_of=None).exists()


def test_numbers_lead_to_the_places_behind_them(task: Task, lead: User) -> None:
    desk = desk_of(lead)

    shown = desk.get(f"/tasks/{task.pk}/agreement/").text
    assert '<span class="nowrap">2 of 4</span>' in shown
    assert "alike, before chance is taken off: see where they differ" in shown
    assert "?of=strict&amp;kind=person" in desk.get(f"/tasks/{task.pk}/agreement/").text
    page = desk.get(f"/tasks/{task.pk}/agreement/?of=strict&kind=person").text

    assert "Herbert Jones</span>" in page
    assert f"/tasks/{task.pk}/settle/1/" in page
    assert "They agree" in desk.get(f"/tasks/{task.pk}/agreement/?of=kinds").text


def test_the_file_has_every_number(task: Task, lead: User) -> None:
    lines = desk_of(lead).get(f"/tasks/{task.pk}/agreement/file.csv").text.splitlines()

    assert lines[0] == "of,people,kind or code,measure,value,agreed,counted,why not"
    assert lines[1] == "all,,,strict,0.500000,2,4,"


def test_the_api_says_the_same_numbers(task: Task, lead: User) -> None:
    answer = desk_of(lead).get(f"/api/v1/tasks/{task.pk}/agreement/")
    found = answer.json()

    assert found["overlap"] == 1
    assert found["spans"]["strict"] == {"value": 0.5, "agreed": 2, "of": 4, "why_not": ""}
    assert found["pairs"][0]["cohen_kappa"]["value"] is not None
    again = desk_of(lead).get(
        f"/api/v1/tasks/{task.pk}/agreement/", headers={"If-None-Match": answer["ETag"]}
    )
    assert again.status_code == 304


def test_where_nobody_overlaps_the_pages_say_what_to_do(task: Task, lead: User) -> None:
    Assignment.objects.filter(task=task).update(status=AssignmentStatus.OPEN)
    desk = desk_of(lead)

    assert "Nothing to compare yet" in desk.get(f"/tasks/{task.pk}/agreement/").text
    assert "Nothing to settle yet" in desk.get(f"/tasks/{task.pk}/settle/").text
    assert "Two people at least" in desk.get(f"/tasks/{task.pk}/settle/1/").text
    assert desk.post(f"/tasks/{task.pk}/settle/1/", {"do": "agreed"}).status_code == 400


def test_an_article_is_settled_without_scripts(task: Task, lead: User) -> None:
    desk, page = desk_of(lead), f"/tasks/{task.pk}/settle/1/"

    desk.post(page, {"do": "agreed"})
    answer = desk.post(page, {"do": "choose", "case": key_of(task), "option": "0", "state": ""})
    assert answer.status_code == 302
    assert "settled by" in desk.get(page).text
    answer = desk.post(page, {"do": "finish"})

    assert answer["Location"] == f"/tasks/{task.pk}/settle/"
    quotes = Mention.objects.filter(task=task, layer_of=None).values_list(
        "anchors__quote", flat=True
    )
    assert sorted(quotes) == ["Emily Davison", "Herbert Jones"]
    assert "settled</span>" in desk.get(f"/tasks/{task.pk}/settle/").text


def test_of_two_who_settle_the_same_the_second_is_shown_what_was_decided(
    task: Task, lead: User, corpus: Corpus
) -> None:
    page = f"/tasks/{task.pk}/settle/1/"
    sent = {"do": "choose", "case": key_of(task), "state": ""}
    desk_of(make_member(corpus, Role.EDITOR)).post(page, sent | {"option": "0"})

    answer = desk_of(lead).post(page, sent | {"option": "1"})

    assert answer.status_code == 409
    assert "settled in the meantime" in answer.text
    assert Mention.objects.get(task=task, layer_of=None).anchors.get().quote == "Herbert Jones"


def test_what_was_typed_wrong_stays_in_the_form(task: Task, lead: User) -> None:
    sent = {"do": "edit", "case": key_of(task), "quote": "Nobody else", "kind": "person"}
    answer = desk_of(lead).post(f"/tasks/{task.pk}/settle/1/", sent)

    assert answer.status_code == 400
    assert "does not stand at this place" in answer.text
    assert 'value="Nobody else"' in answer.text


@pytest.mark.parametrize(
    "query",
    ["of=everything", "of=strict&pair=x", "of=strict&page=x", "of=str%00ict", "code=none", "kind=a",
     "else=1", "of=strict&kind=a%00"],
)  # fmt: skip
def test_what_can_not_be_asked_is_said(task: Task, lead: User, query: str) -> None:
    assert desk_of(lead).get(f"/tasks/{task.pk}/agreement/?{query}").status_code == 400


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "else"}, {}, {"do": "choose"}, {"do": "choose", "option": "x"},
        {"do": "choose", "option": "-7"}, {"do": "choose", "option": "9" * 30},
        {"do": "edit", "quote": "a\0b"}, {"do": "edit", "quote": "Jones", "kind": "a\0"},
        {"do": "edit", "quote": "Jones", "kind": "person", "entity_name": "x" * 301},
        {"do": "edit", "quote": "Jones", "kind": "person", "entity_name": "\0"},
    ],
)  # fmt: skip
def test_what_can_not_be_decided_is_said_and_nothing_is_written(
    task: Task, lead: User, sent: dict[str, Any]
) -> None:
    page = f"/tasks/{task.pk}/settle/1/"
    answer = desk_of(lead).post(page, {"case": key_of(task), "state": ""} | sent)

    assert answer.status_code == 400
    assert not Mention.objects.filter(task=task, layer_of=None).exists()


def test_nothing_is_settled_without_a_csrf_token_or_by_looking(task: Task, lead: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lead)
    page = f"/tasks/{task.pk}/settle/1/"

    assert client.post(page, {"do": "agreed"}).status_code == 403
    assert client.get(f"{page}?do=agreed").status_code == 400
    assert desk_of(lead).put(page).status_code == 405
    assert desk_of(lead).post(f"/tasks/{task.pk}/agreement/").status_code == 405


def test_what_was_settled_is_found(task: Task, lead: User, index: Callable[[], int]) -> None:
    item = TaskItem.objects.select_related("article", "version").get(task=task)
    index()
    desk = desk_of(lead)
    assert "Derby" not in desk.get('/articles/?q=entity:"Jones"').text
    settling.choose(task, item, key_of(task), 0, by=lead, door=Door.PAGE)
    settling.finish(task, item, by=lead, door=Door.PAGE)
    index()

    assert "Derby" in desk.get('/articles/?q=entity:"Jones"').text
    assert "Herbert Jones" in desk.get(item.article.get_absolute_url()).text
