"""Pages on which who leads a task changes it say first what that does."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.annotate.tasks import task_terms, work
from articles.models import Assignment, Corpus, Door, Operation, Role, Sharing, Task
from tests.factories import make_member
from tests.views.test_task_pages import a_task, browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def desk(lead: User) -> Client:
    return browser_of(lead)


@pytest.fixture
def person(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def other(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


def finish(task: Task, person: User) -> None:
    work.finish(work.given(task, person)[0], by=person, door=Door.PAGE, seconds=9)


def words(page: object) -> str:
    return " ".join(page.content.decode().split())  # type: ignore[attr-defined]  # a response


def test_what_becomes_of_someones_work_is_said_before_they_are_taken_out(
    corpus: Corpus, lead: User, desk: Client, person: User, other: User
) -> None:
    task = a_task(corpus, lead, person, 4, people=[person, other], sharing=Sharing.SPLIT)
    finish(task, person)
    address = f"/tasks/{task.pk}/people/{person.pk}/out/"

    said = words(desk.get(address))

    assert "<b>1</b> stays theirs: their tags are kept and count in agreement" in said
    assert "Who gets the 1 that is not done" in said
    assert "the articles that they have begun or are done with stay blind to them" in said
    assert Assignment.objects.filter(left_at=None).count() == 4

    told = words(desk.post(address, {"to": "others"}, follow=True))
    assert "1 article done stays theirs, 1 went to the others" in told
    assert "taken out" in told
    assert work.given(task, other).count() == 3
    assert desk.get(address).status_code == 404


def test_the_share_goes_to_the_person_who_is_chosen(
    corpus: Corpus, lead: User, desk: Client, person: User, other: User
) -> None:
    task = a_task(corpus, lead, person, 3, sharing=Sharing.SPLIT)
    address = f"/tasks/{task.pk}/people/{person.pk}/out/"

    assert desk.post(address, {"to": "heir"}).status_code == 400
    assert desk.post(address, {"to": "nobody"}).status_code == 400
    assert desk.post(address, {"to": "heir", "heir": "\0"}).status_code == 400
    desk.post(address, {"to": "heir", "heir": other.pk})

    assert work.given(task, other).count() == 3


def test_what_waits_for_someone_is_told_to_who_leads(
    corpus: Corpus, lead: User, desk: Client, person: User
) -> None:
    task = a_task(corpus, lead, person, 3, sharing=Sharing.SPLIT)

    told = words(desk.post(f"/tasks/{task.pk}/people/{person.pk}/out/", {}, follow=True))

    assert "3 readings wait for someone" in told


def test_work_that_was_done_before_it_was_opened_is_told_without_a_warning(
    corpus: Corpus, lead: User, desk: Client, person: User, other: User
) -> None:
    task = a_task(corpus, lead, person, 3, people=[person, other])
    for one in (person, other):
        finish(task, one)
    desk.post(f"/tasks/{task.pk}/terms/", {"do": "open"})

    agreed = words(desk.get(f"/tasks/{task.pk}/agreement/"))
    settled = words(desk.get(f"/tasks/{task.pk}/settle/"))

    assert '<div class="notice notice-note"><strong>This work was blind until' in agreed
    assert "All these articles were finished before that" in agreed
    assert "0 of 1 settled" in settled
    assert "2 more wait until two people are done with them" in settled


def test_opening_blind_work_is_explained_done_and_told_on_the_agreement_page(
    corpus: Corpus, lead: User, desk: Client, person: User, other: User
) -> None:
    task = a_task(corpus, lead, person, 1, people=[person, other])
    finish(task, person)
    address = f"/tasks/{task.pk}/terms/"

    said = words(desk.get(address))
    assert "they do not agree independently" in said
    assert "this can’t be undone" in said

    desk.post(address, {"do": "open"})
    finish(task, other)

    told = words(desk.get(f"/tasks/{task.pk}/agreement/"))
    assert '<div class="notice notice-warn"><strong>This work was blind until' in told
    assert "1 of these 1 articles was finished by someone after that" in told
    refused = desk.post(address, {"do": "blind"})
    assert refused.status_code == 409
    assert "can&#x27;t be blind any more" in words(refused)
    undoing = desk.post(f"/history/{Operation.objects.filter(act='task').first().pk}/undo/")  # type: ignore[union-attr]  # there is one
    assert undoing.status_code in {302, 409}
    task.refresh_from_db()
    assert not task.blind


def test_suggestions_and_sharing_are_changed_and_can_be_undone(
    corpus: Corpus, lead: User, desk: Client, person: User, other: User
) -> None:
    task = a_task(corpus, lead, person, 4, people=[person, other])
    address = f"/tasks/{task.pk}/terms/"

    shown = words(desk.post(address, {"do": "show"}, follow=True))
    shared = words(desk.post(address, {"do": "share", "sharing": "split"}, follow=True))

    assert "Suggestions are shown in the task" in shown
    assert "0 readings more, 4 not begun taken back" in shared
    task.refresh_from_db()
    assert (task.suggestions, task.sharing) == (True, "split")
    assert [work.given(task, each).count() for each in (person, other)] == [2, 2]


@pytest.mark.parametrize("body", [{}, {"do": "all"}, {"do": "share", "sharing": "x"}])
def test_what_cannot_be_changed_so_answers_400(
    corpus: Corpus, lead: User, desk: Client, person: User, body: dict[str, str]
) -> None:
    task = a_task(corpus, lead, person)

    assert desk.post(f"/tasks/{task.pk}/terms/", body).status_code == 400


def test_agreement_tells_of_suggestions_reading_by_reading(
    corpus: Corpus, lead: User, desk: Client, person: User, other: User
) -> None:
    task = a_task(corpus, lead, person, 1, people=[person, other])
    finish(task, person)
    task_terms.set_suggestions(task, shown=True, by=lead, door=Door.PAGE)
    finish(task, other)

    told = words(desk.get(f"/tasks/{task.pk}/agreement/"))

    assert "Suggestions were on in 1 of 2 readings" in told
    assert "No tag began as a suggestion" in told
    assert "higher than they would be" not in told
