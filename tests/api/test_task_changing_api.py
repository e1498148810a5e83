"""Tasks are changed by the API as by the pages."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.annotate.spreading import spreads, suggesting
from articles.annotate.spreading.spreading import MOST_AT_A_TIME, start
from articles.annotate.tasks import tasks, work
from articles.annotate.tasks.tasks import Terms
from articles.models import Corpus, Door, Role, Sharing, Spread, Task
from tests.api.conftest import MakeClient, problem
from tests.api.test_work_api import TASKS, patch, post
from tests.factories import make_article, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def lead(editor: User, with_token: MakeClient) -> Client:
    return with_token(editor)


@pytest.fixture
def people(corpus: Corpus) -> list[User]:
    return [make_member(corpus, Role.ANNOTATOR) for _ in range(2)]


@pytest.fixture
def task(corpus: Corpus, editor: User, people: list[User]) -> Task:
    ids = [make_article(corpus).pk for _ in range(4)]
    terms = Terms(name="Strikes", people=people, sharing=Sharing.SPLIT)
    return tasks.make(corpus, ids, terms, by=editor, door=Door.API).task


def test_someone_is_taken_out_once_however_often_it_is_sent(
    lead: Client, task: Task, people: list[User]
) -> None:
    first, begun = work.given(task, people[0])
    work.finish(first, by=people[0], door=Door.API)
    work.discuss(begun, needs=True, note="Who struck?", by=people[0], door=Door.API)
    address = f"{TASKS}{task.pk}/people/take-out/"
    body = {"person": people[0].get_username(), "to": "pool"}

    answers = [post(lead, address, body, **{"Idempotency-Key": "one"}) for _ in range(2)]
    again = post(lead, address, body)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].headers["Newsroom-Operation"] == answers[1].headers["Newsroom-Operation"]
    assert again.status_code == 409
    rows = lead.get(f"{TASKS}{task.pk}/assignments/?person={people[0]}").json()["results"]
    assert [(row["status"], row["left_at"] is None) for row in rows] == [("done", False)]
    far = lead.get(f"{TASKS}{task.pk}/progress/").json()
    assert far["waiting"] == 1
    assert [row["left_at"] is None for row in far["people"]] == [False, True]


def test_the_share_goes_to_an_heir(lead: Client, task: Task, people: list[User]) -> None:
    one, two = (person.get_username() for person in people)
    address = f"{TASKS}{task.pk}/people/take-out/"

    both = post(lead, address, {"person": one, "to": "others", "heir": two})
    nobody = post(lead, address, {"person": one, "heir": "nobody"})
    done = post(lead, address, {"person": one, "heir": two})

    assert problem(both)["errors"].keys() == {"heir"}
    assert problem(nobody)["errors"].keys() == {"heir"}
    assert done.status_code == 200
    assert work.given(task, people[1]).count() == 4


def test_what_people_see_and_get_is_changed(lead: Client, task: Task, people: list[User]) -> None:
    work.finish(work.given(task, people[0])[0], by=people[0], door=Door.API)

    changed = patch(
        lead,
        f"{TASKS}{task.pk}/",
        {"blind": False, "suggestions": True, "sharing": "overlap", "overlap": 2},
    )
    blind = patch(lead, f"{TASKS}{task.pk}/", {"blind": True})

    told = changed.json()
    assert (told["blind"], told["suggestions"]) == (False, True)
    assert (told["sharing"], told["overlap"]) == ("overlap", 2)
    assert told["blind_until"] is not None
    assert [work.given(task, person).count() for person in people] == [4, 4]
    assert problem(blind)["errors"].keys() == {"blind"}
    agreed = lead.get(f"{TASKS}{task.pk}/agreement/").json()
    assert agreed["blind_until"] == told["blind_until"]
    assert (agreed["readings"], agreed["showed_suggestions"], agreed["seen"]) == (0, 0, 0)


def test_names_are_looked_for_again_where_articles_are_handed_out(
    lead: Client, corpus: Corpus, editor: User, people: list[User]
) -> None:
    terms = Terms(name="Named", people=people[:1], suggestions=True, sharing=Sharing.SPLIT)
    task = tasks.make(corpus, [make_article(corpus).pk], terms, by=editor, door=Door.API).task
    asked = suggesting.spread_suggestions(
        corpus, by=editor, door=Door.API, recognisers=["capitals"], task=task
    )
    spreads.run(asked.pk)

    post(lead, f"{TASKS}{task.pk}/people/", {"people": [people[1].get_username()]})
    spreads.run(Spread.objects.latest("pk").pk)
    patch(lead, f"{TASKS}{task.pk}/", {"suggestions": False})
    patch(lead, f"{TASKS}{task.pk}/", {"suggestions": True})

    made = Spread.objects.filter(pk__gt=asked.pk)
    assert [(each.plan["task"], each.plan["recognisers"]) for each in made] == [
        (task.pk, ["capitals"])
    ] * 2


def test_that_names_are_not_looked_for_again_is_told_with_the_reason(
    lead: Client, corpus: Corpus, editor: User, people: list[User]
) -> None:
    terms = Terms(name="Busy", people=people[:1], suggestions=True, sharing=Sharing.SPLIT)
    articles = [make_article(corpus).pk for _ in range(4)]
    task = tasks.make(corpus, articles, terms, by=editor, door=Door.API).task
    address = f"{TASKS}{task.pk}/"
    asked = suggesting.spread_suggestions(
        corpus, by=editor, door=Door.API, recognisers=["capitals"], task=task
    )
    spreads.run(asked.pk)
    before = Spread.objects.count()
    for _ in range(MOST_AT_A_TIME):
        start(corpus, "same", {}, by=editor)

    added = post(lead, f"{address}people/", {"people": [people[1].get_username()]}).json()
    taken = post(lead, f"{address}people/take-out/", {"person": people[1].get_username()}).json()
    hidden = patch(lead, address, {"suggestions": False})
    shown = patch(lead, address, {"suggestions": True})

    assert "5 of your jobs are at work" in added["names_problem"]
    assert "5 of your jobs are at work" in taken["names_problem"]
    assert hidden.json()["names_problem"] is None
    assert "5 of your jobs are at work" in shown.json()["names_problem"]
    assert shown.headers["ETag"] == lead.get(address).headers["ETag"]
    assert "names_problem" not in lead.get(address).json()
    assert Spread.objects.count() == before + MOST_AT_A_TIME
