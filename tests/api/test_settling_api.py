"""What people did is laid side by side and settled by the API, harmlessly repeated."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, Assignment, Corpus, Mention, Operation, Role, Task, TaskItem
from tests.annotate.test_settling import CODEBOOK
from tests.api.conftest import MakeClient, problem
from tests.api.test_work_api import TASKS, post
from tests.factories import make_article, make_codebook, make_member, make_mention, make_task
from tests.factories import make_user as user_called

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def lead(editor: User, with_token: MakeClient) -> Client:
    return with_token(editor)


@pytest.fixture
def people(corpus: Corpus) -> list[User]:
    return [make_member(corpus, Role.ANNOTATOR, user_called(name)) for name in ("ada", "bo")]


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(corpus, paragraphs=("Emily Davison came to London by train.",))


@pytest.fixture
def task(corpus: Corpus, article: Article, people: list[User]) -> Task:
    version = make_codebook(corpus, CODEBOOK)
    task = make_task(corpus, [article], people, codebook_version=version)
    TaskItem.objects.update(position=1)
    Assignment.objects.filter(task=task).update(status="done")
    return task


def tag(task: Task, user: User, quote: str, kind: str = "person") -> Mention:
    article = task.items.get().article
    return make_mention(article, quote, kind, task=task, layer_of=user, by=user)


def side_by_side(lead: Client, task: Task) -> dict[str, Any]:
    answer = lead.get(f"{TASKS}{task.pk}/settling/1/")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def settle(lead: Client, task: Task, **item: Any) -> Any:
    return post(lead, f"{TASKS}{task.pk}/settling/", {"items": [{"position": 1, **item}]})


def gold(task: Task) -> list[tuple[str, str]]:
    found = Mention.objects.filter(task=task, layer_of=None).order_by("anchors__start")
    return [(each.kind, each.anchors.get().quote) for each in found]


def test_articles_and_their_cases_are_laid_side_by_side(
    lead: Client, task: Task, people: list[User]
) -> None:
    both = [tag(task, user, "London", "place").pk for user in people]
    tag(task, people[0], "Emily Davison")
    tag(task, people[1], "Davison")

    listed = lead.get(f"{TASKS}{task.pk}/settling/").json()["results"]
    shown = side_by_side(lead, task)

    assert [(row["position"], row["state"], row["people"]) for row in listed] == [(1, "ready", 2)]
    assert listed[0]["url"].endswith(f"/tasks/{task.pk}/settling/1/")
    assert (shown["people"], shown["is_ready"], shown["is_settled"]) == (["ada", "bo"], True, False)
    differ, agreed = shown["cases"]
    assert [option["people"] for option in differ["options"]] == [["ada"], ["bo"]]
    assert [option["tags"][0]["quote"] for option in differ["options"]] == [
        "Emily Davison",
        "Davison",
    ]
    assert (agreed["is_agreed"], agreed["quote"]) == (True, "London")
    assert sorted(agreed["options"][0]["tags"][0]["mentions"]) == sorted(both)
    assert agreed["decision"] is None


def test_an_article_is_settled_in_one_request_and_once(
    lead: Client, editor: User, task: Task, people: list[User]
) -> None:
    for user in people:
        tag(task, user, "London", "place")
    tag(task, people[0], "Emily Davison")
    tag(task, people[1], "Davison")
    case = side_by_side(lead, task)["cases"][0]["key"]
    asked = {
        "take_agreed": True,
        "decisions": [{"case": case, "option": 0}],
        "finish": True,
    }

    first = settle(lead, task, **asked)
    again = settle(lead, task, **asked)

    assert first.status_code == 200
    told = [(row["step"], row["case"], row["outcome"]) for row in first.json()["results"]]
    assert told == [
        ("take_agreed", None, "settled"),
        ("decide", case, "settled"),
        ("finish", None, "settled"),
    ]
    assert {row["outcome"] for row in again.json()["results"]} == {"unchanged"}
    assert again.json()["operations"] == []
    assert gold(task) == [("person", "Emily Davison"), ("place", "London")]
    shown = side_by_side(lead, task)
    assert shown["is_settled"]
    decision = shown["cases"][0]["decision"]
    assert (decision["how"], decision["by"], decision["people"]) == (
        "person",
        editor.get_username(),
        ["ada"],
    )
    assert len(first.json()["operations"]) == Operation.objects.filter(act="adjudicate").count()


def test_words_are_settled_anew_and_the_same_again_changes_nothing(
    lead: Client, task: Task, people: list[User]
) -> None:
    tag(task, people[0], "Emily Davison")
    case = side_by_side(lead, task)["cases"][0]["key"]
    edit = {"quote": "Emily", "kind": "person", "entity_name": "Emily Davison"}

    first = settle(lead, task, decisions=[{"case": case, "edit": edit}])
    again = settle(lead, task, decisions=[{"case": case, "edit": edit}])

    assert [row["outcome"] for row in first.json()["results"]] == ["settled"]
    assert [row["outcome"] for row in again.json()["results"]] == ["unchanged"]
    assert gold(task) == [("person", "Emily")]


def test_what_fails_is_told_line_by_line_and_the_rest_is_done(
    lead: Client, task: Task, people: list[User]
) -> None:
    tag(task, people[0], "Emily Davison")
    tag(task, people[0], "London", "place")
    one, two = (case["key"] for case in side_by_side(lead, task)["cases"])

    answer = settle(
        lead,
        task,
        decisions=[
            {"case": "0" * 16, "option": 0},
            {"case": one, "option": 9},
            {"case": two, "option": -1},
        ],
        finish=True,
    )

    assert answer.status_code == 207
    rows = answer.json()["results"]
    assert [row["outcome"] for row in rows] == ["failed", "failed", "settled", "failed"]
    assert "changed their tags" in rows[0]["errors"]["case"]
    assert "no such choice" in rows[1]["errors"]["option"]
    assert "still to be settled" in rows[3]["errors"]["case"]


def test_what_was_decided_since_is_not_overwritten_unseen(
    lead: Client, task: Task, people: list[User]
) -> None:
    tag(task, people[0], "Emily Davison")
    case = side_by_side(lead, task)["cases"][0]["key"]
    settle(lead, task, decisions=[{"case": case, "option": 0}])
    state = side_by_side(lead, task)["cases"][0]["state"]

    unseen = settle(lead, task, decisions=[{"case": case, "option": -1}])
    seen = settle(lead, task, decisions=[{"case": case, "option": -1, "state": state}])

    assert "settled in the meantime" in unseen.json()["results"][0]["errors"]["case"]
    assert [row["outcome"] for row in seen.json()["results"]] == ["settled"]
    assert gold(task) == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"items": []},
        {"items": [{}]},
        {"items": [{"position": 1, "more": 1}]},
        {"items": [{"position": 1, "decisions": [{"case": "x", "option": 0}]}]},
        {"items": [{"position": 1, "decisions": [{"case": "0" * 16}]}]},
        {"items": [{"position": 1, "decisions": [{"case": "0" * 16, "edit": {"quote": "a\0"}}]}]},
        {"items": [{"position": 1}] * 101},
    ],
)
def test_what_cannot_be_asked_answers_400(lead: Client, task: Task, body: Any) -> None:
    problem_of = problem(post(lead, f"{TASKS}{task.pk}/settling/", body))

    assert problem_of["status"] == 400


def test_who_works_blind_in_the_task_sees_nothing_of_it(
    lead: Client, editor: User, task: Task, people: list[User]
) -> None:
    item = task.items.get()
    Assignment.objects.create(task=task, item=item, user=editor, position=1)

    for answer in (
        lead.get(f"{TASKS}{task.pk}/settling/"),
        lead.get(f"{TASKS}{task.pk}/settling/1/"),
        settle(lead, task, take_agreed=True),
    ):
        assert answer.status_code == 403
    assert people
