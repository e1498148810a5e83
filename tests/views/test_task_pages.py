"""Tasks on pages: made of an answer, worked through without scripts, led, closed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.annotate.codebooks import codebooks
from articles.annotate.spreading import spreads, suggesting
from articles.annotate.spreading.spreading import MOST_AT_A_TIME
from articles.annotate.tasks import tasks, work
from articles.annotate.tasks.tasks import Terms
from articles.keeping import collections
from articles.models import Assignment, Corpus, Door, Mention, Role, Sharing, Spread, Task
from tests.factories import current, make_article, make_member, make_mention, make_version

pytestmark = pytest.mark.django_db
type Index = Callable[[], int]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def lead(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def person(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def a_task(corpus: Corpus, lead: User, person: User, count: int = 3, **terms: Any) -> Task:
    ids = [make_article(corpus, headline=f"Article {n}").pk for n in range(count)]
    known = {"name": "Strikes", "people": [person]} | terms
    return tasks.make(corpus, ids, Terms(**known), by=lead, door=Door.PAGE).task


def a_task_with_names(corpus: Corpus, lead: User, *people: User, **terms: Any) -> Task:
    """Return a task that wants suggestions, of an article that names somebody twice."""
    words = ("On Monday Serikzhan Bilash spoke in Almaty.", "There Serikzhan Bilash was heard.")
    article = make_article(corpus, paragraphs=words)
    wanted = Terms(name="Strikes", people=people, suggestions=True, **terms)
    return tasks.make(corpus, [article.pk], wanted, by=lead, door=Door.PAGE).task


def look_for_names(desk: Client, task: Task) -> Any:
    """Ask for names to be looked for; return the answer."""
    return desk.post(f"/tasks/{task.pk}/suggest/", {"recogniser": "capitals"})


def sent(**more: Any) -> dict[str, Any]:
    return {"name": "Strikes", "sharing": "everyone", "blind": "on", "seed": "7"} | more


def test_a_task_is_made_of_an_answer(
    corpus: Corpus, lead: User, person: User, index: Index
) -> None:
    make_article(corpus, headline="The strike")
    make_article(corpus, headline="The flood", paragraphs=("Rain.",))
    index()
    desk = browser_of(lead)

    page = desk.get("/tasks/new/?q=strike")
    answer = desk.post(
        "/tasks/new/?q=strike", sent(people=[person.pk], instructions="Tag all."), follow=True
    )

    assert "1 article in" in page.content.decode()
    task = Task.objects.get()
    assert [item.article.headline for item in task.items.all()] == ["The strike"]
    assert (task.blind, task.suggestions, task.recipe["query"]) == (True, False, "strike")
    assert "Made the task “Strikes”: 1 article for 1 person" in answer.content.decode()
    assert codebooks.main_version(corpus) == task.codebook_version


def test_a_task_is_made_of_a_collection(corpus: Corpus, lead: User, person: User) -> None:
    ids = [make_article(corpus).pk for _ in range(3)]
    made = collections.make(corpus, name="Kept", by=lead, door=Door.PAGE, articles=ids)

    browser_of(lead).post(
        f"/tasks/new/?collection={made.collection.pk}", sent(people=[person.pk], size="2")
    )

    task = Task.objects.get()
    assert task.items.count() == 2
    assert task.recipe["name"] == "Kept"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Choose who is to tag"),
        ({"people": ["0"]}, "not one of the available choices"),
        ({"people": ["\0"]}, ""),
        ({"name": "a\0b"}, "Null characters"),
        ({"sharing": "nobody"}, "not one of the available choices"),
        ({"sharing": "overlap", "overlap": "9"}, "at most"),
        ({"size": "10001"}, "less than or equal to 10000"),
        ({"size": "1" * 400}, ""),
        ({"codebook_version": "99999999999999999999"}, ""),
    ],
)
def test_what_makes_no_task_is_said_beside_its_field(
    corpus: Corpus, lead: User, person: User, index: Index, more: dict[str, Any], said: str
) -> None:
    make_article(corpus)
    index()
    people = {} if said.startswith("Choose") else {"people": [person.pk]}

    answer = browser_of(lead).post("/tasks/new/?q=", sent(**people | more))

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Task.objects.exists()


@pytest.mark.parametrize("query", ["q=a%00b", "unknown=1", "collection=x", "q=%28"])
def test_what_no_task_can_be_made_of_answers_400(corpus: Corpus, lead: User, query: str) -> None:
    del corpus

    assert browser_of(lead).get(f"/tasks/new/?{query}").status_code == 400


def test_the_queue_is_worked_through_by_posts_and_redirects(
    corpus: Corpus, lead: User, person: User
) -> None:
    task = a_task(corpus, lead, person)
    desk = browser_of(person)

    first = desk.get(f"/tasks/{task.pk}/next/")
    assert first["Location"] == f"/tasks/{task.pk}/work/1/"
    second = desk.post(first["Location"], {"do": "done", "seconds": "31"}, follow=True)
    assert second.request["PATH_INFO"] == f"/tasks/{task.pk}/work/2/"
    assert "Undo:" in second.content.decode()
    third = desk.post(f"/tasks/{task.pk}/work/2/", {"do": "skip"}, follow=True)
    assert third.request["PATH_INFO"] == f"/tasks/{task.pk}/work/3/"
    end = desk.post(f"/tasks/{task.pk}/work/3/", {"do": "done", "seconds": "5"}, follow=True)

    assert "Nothing is left to do" in end.content.decode()
    assert list(work.given(task, person).values_list("status", "seconds")) == [
        ("done", 31),
        ("skipped", 0),
        ("done", 5),
    ]


def test_a_note_asks_for_a_talk_and_the_lead_reads_it(
    corpus: Corpus, lead: User, person: User
) -> None:
    task = a_task(corpus, lead, person)
    note = f"Who is it? {SCRIPT}"

    browser_of(person).post(f"/tasks/{task.pk}/work/1/", {"do": "discuss", "note": note})
    page = browser_of(lead).get(f"/tasks/{task.pk}/").content.decode()

    assert "Who is it?" in page
    assert SCRIPT not in page


def test_what_was_noted_is_kept_by_who_goes_straight_on(
    corpus: Corpus, lead: User, person: User
) -> None:
    task = a_task(corpus, lead, person)

    browser_of(person).post(f"/tasks/{task.pk}/work/1/", {"do": "done", "note": "Look at this"})

    mine = Assignment.objects.get(user=person, position=1)
    assert (mine.status, mine.needs_discussion, mine.note) == ("done", True, "Look at this")


@pytest.mark.parametrize(
    "body", [{}, {"do": "else"}, {"do": "discuss", "note": "a\0b"}, {"do": "done", "seconds": "-1"}]
)
def test_what_cannot_be_said_of_an_article_answers_400(
    corpus: Corpus, lead: User, person: User, body: dict[str, str]
) -> None:
    task = a_task(corpus, lead, person)

    answer = browser_of(person).post(f"/tasks/{task.pk}/work/1/", body)

    assert answer.status_code == 400
    assert Assignment.objects.get(user=person, position=1).status == "open"


def test_the_article_stays_at_the_version_it_was_given_at(
    corpus: Corpus, lead: User, person: User
) -> None:
    article = make_article(corpus, paragraphs=("The first words.",))
    terms = Terms(name="Pinned", people=[person])
    task = tasks.make(corpus, [article.pk], terms, by=lead, door=Door.PAGE).task
    first = current(article)
    make_version(article, "Quite others.")

    page = browser_of(person).get(f"/tasks/{task.pk}/work/1/").content.decode()

    assert "The first words." in page
    assert "Quite others." not in page
    assert f'data-version="{first.pk}"' in page
    assert "there is a newer one" in page


def test_ones_own_tags_are_shown_and_nobody_elses(corpus: Corpus, lead: User, person: User) -> None:
    article = make_article(corpus, paragraphs=("Ada met Bea.",))
    other = make_member(corpus, Role.ANNOTATOR)
    terms = Terms(name="Two", people=[person, other])
    task = tasks.make(corpus, [article.pk], terms, by=lead, door=Door.PAGE).task
    mine = make_mention(article, "Ada", task=task, layer_of=person, by=person)
    theirs = make_mention(article, "Bea", task=task, layer_of=other, by=other)

    page = browser_of(person).get(f"/tasks/{task.pk}/work/1/").content.decode()

    assert f'data-mention="{mine.pk}"' in page
    assert f'data-mention="{theirs.pk}"' not in page


def test_an_annotator_sees_their_share_and_not_how_others_get_on(
    corpus: Corpus, lead: User, person: User
) -> None:
    other = make_member(corpus, Role.ANNOTATOR)
    task = a_task(corpus, lead, person, people=[person, other])

    page = browser_of(person).get(f"/tasks/{task.pk}/").content.decode()

    assert "Your articles" in page
    assert other.get_username() not in page


def test_the_lead_closes_a_task_and_opens_it_again(
    corpus: Corpus, lead: User, person: User
) -> None:
    task = a_task(corpus, lead, person)
    desk = browser_of(lead)

    desk.post(f"/tasks/{task.pk}/state/", {"do": "close"})
    refused = browser_of(person).post(f"/tasks/{task.pk}/work/1/", {"do": "done"})
    assert refused.status_code == 409
    assert "closed" in refused.content.decode()

    desk.post(f"/tasks/{task.pk}/state/", {"do": "reopen"})
    task.refresh_from_db()
    assert task.closed_at is None
    assert desk.post(f"/tasks/{task.pk}/state/", {"do": "else"}).status_code == 400


def test_names_are_suggested_to_each_who_has_work_in_a_task(
    corpus: Corpus, lead: User, person: User
) -> None:
    other = make_member(corpus, Role.ANNOTATOR)
    task = a_task_with_names(corpus, lead, person, other)
    desk = browser_of(lead)
    assert "None were made yet" in desk.get(f"/tasks/{task.pk}/").content.decode()

    answer = look_for_names(desk, task)
    spread = Spread.objects.get()
    spreads.run(spread.pk)

    assert answer["Location"] == f"/jobs/{spread.pk}/"
    assert f"/jobs/{spread.pk}/" in desk.get(f"/tasks/{task.pk}/").content.decode()
    made = Mention.objects.filter(task=task, status="suggested")
    assert set(made.values_list("layer_of", flat=True)) == {person.pk, other.pk}
    assert "Serikzhan Bilash" in set(made.values_list("anchors__quote", flat=True))


def test_who_gets_articles_later_has_names_suggested_as_the_others_had(
    corpus: Corpus, lead: User, person: User
) -> None:
    late, last = (make_member(corpus, Role.ANNOTATOR) for _ in range(2))
    task = a_task_with_names(corpus, lead, person, sharing=Sharing.SPLIT)
    desk = browser_of(lead)

    desk.post(f"/tasks/{task.pk}/people/", {"people": [str(late.pk)]})
    assert not Spread.objects.exists(), "none were looked for yet"
    look_for_names(desk, task)
    spreads.run(Spread.objects.get().pk)
    desk.post(f"/tasks/{task.pk}/people/{person.pk}/out/", {"to": "heir", "heir": str(last.pk)})
    again = Spread.objects.order_by("pk")[1]
    spreads.run(again.pk)

    assert again.plan["recognisers"] == ["capitals"]
    made = Mention.objects.filter(task=task, status="suggested")
    assert set(made.values_list("layer_of", flat=True)) == {last.pk}
    desk.post(f"/tasks/{task.pk}/terms/", {"do": "hide"})
    desk.post(f"/tasks/{task.pk}/people/", {"people": [str(person.pk)]})
    assert Spread.objects.count() == 2, "none are wanted any more"
    desk.post(f"/tasks/{task.pk}/terms/", {"do": "show"})
    assert Spread.objects.count() == 3


def test_what_was_taken_back_is_not_suggested_again_where_articles_are_handed_out(
    corpus: Corpus, lead: User, person: User
) -> None:
    late = make_member(corpus, Role.ANNOTATOR)
    task = a_task_with_names(corpus, lead, person)
    desk = browser_of(lead)
    look_for_names(desk, task)
    desk.post(f"/tasks/{task.pk}/people/", {"people": [str(late.pk)]})
    assert Spread.objects.count() == 1, "one that waits does so anyway"
    spread = Spread.objects.get()
    spreads.run(spread.pk)
    spread.refresh_from_db()
    assert Mention.objects.filter(task=task, layer_of=late).exists()

    desk.post(f"/history/{spread.operation_id}/undo/")
    desk.post(f"/tasks/{task.pk}/people/{late.pk}/out/", {"to": "others"})
    desk.post(f"/tasks/{task.pk}/people/", {"people": [str(late.pk)]})

    assert Spread.objects.count() == 1
    assert not Mention.objects.filter(task=task).exists()


def test_what_is_done_is_left_alone_where_articles_are_handed_out(
    corpus: Corpus, lead: User, person: User
) -> None:
    late = make_member(corpus, Role.ANNOTATOR)
    task = a_task_with_names(corpus, lead, person)
    desk = browser_of(lead)
    look_for_names(desk, task)
    spreads.run(Spread.objects.get().pk)
    Mention.objects.filter(task=task).delete()
    work.finish(work.given(task, person)[0], by=person, door=Door.PAGE)

    desk.post(f"/tasks/{task.pk}/people/", {"people": [str(late.pk)]})
    spreads.run(Spread.objects.latest("pk").pk)

    made = Mention.objects.filter(task=task)
    assert set(made.values_list("layer_of", flat=True)) == {late.pk}


def test_why_no_names_are_looked_for_is_said_where_too_many_jobs_wait(
    corpus: Corpus, lead: User, person: User
) -> None:
    task = a_task_with_names(corpus, lead, person)
    desk = browser_of(lead)
    look_for_names(desk, task)
    spreads.run(Spread.objects.get().pk)
    for _ in range(MOST_AT_A_TIME):
        suggesting.spread_suggestions(corpus, by=lead, door=Door.PAGE, recognisers=["capitals"])
    late = make_member(corpus, Role.ANNOTATOR)

    told = desk.post(f"/tasks/{task.pk}/people/", {"people": [str(late.pk)]}, follow=True)

    assert "No names are looked for in what was handed out" in told.content.decode()
    assert work.given(task, late).count() == 1
    assert Spread.objects.count() == MOST_AT_A_TIME + 1


def test_no_names_are_suggested_where_a_task_wants_none(
    corpus: Corpus, lead: User, person: User
) -> None:
    without = a_task(corpus, lead, person)
    desk = browser_of(lead)

    desk.post(f"/tasks/{without.pk}/suggest/")
    assert desk.post(f"/tasks/{without.pk}/suggest/", {"recogniser": "none"}).status_code == 400
    assert browser_of(person).post(f"/tasks/{without.pk}/suggest/").status_code == 403
    assert not Spread.objects.exists()
    assert "Look for names" not in desk.get(f"/tasks/{without.pk}/").content.decode()


def test_a_task_is_renamed_and_given_to_more_people(
    corpus: Corpus, lead: User, person: User
) -> None:
    task = a_task(corpus, lead, person)
    other = make_member(corpus, Role.ANNOTATOR)
    desk = browser_of(lead)

    desk.post(f"/tasks/{task.pk}/edit/", {"name": f"Renamed {SCRIPT}", "instructions": SCRIPT})
    desk.post(f"/tasks/{task.pk}/people/", {"people": [other.pk]})

    page = desk.get(f"/tasks/{task.pk}/").content.decode()
    assert "Renamed" in page
    assert SCRIPT not in page
    assert work.given(task, other).count() == 3


def test_the_number_of_ones_open_articles_stands_in_the_navigation(
    corpus: Corpus, lead: User, person: User
) -> None:
    a_task(corpus, lead, person)

    assert "3 articles to do" in browser_of(person).get("/tasks/").content.decode()
    assert "articles to do" not in browser_of(lead).get("/tasks/").content.decode()
