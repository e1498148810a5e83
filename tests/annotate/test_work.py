"""A person goes through their queue; what they say is theirs, counted, and can be taken back."""

import pytest
from django.contrib.auth.models import User

from articles.annotate.codebooks import codebooks
from articles.annotate.codebooks.codebook import CodeKind, CodeType, Content, as_json
from articles.annotate.tasks import tasks, work
from articles.annotate.tasks.tasks import Terms
from articles.history import undo
from articles.models import (
    Assignment,
    AssignmentStatus,
    CodebookVersion,
    Corpus,
    Door,
    Operation,
    Role,
    Task,
)
from tests.factories import make_article, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def task(corpus: Corpus, person: User) -> Task:
    lead = make_member(corpus, Role.EDITOR)
    ids = [make_article(corpus, headline=f"Article {n}").pk for n in range(4)]
    terms = Terms(name="Strikes", people=[person])
    return tasks.make(corpus, ids, terms, by=lead, door=Door.PAGE).task


def at(task: Task, person: User, position: int) -> Assignment:
    return work.given(task, person).get(position=position)


def test_the_next_one_is_behind_and_then_what_was_left_before(task: Task, person: User) -> None:
    work.finish(at(task, person, 3), by=person, door=Door.PAGE)

    assert work.next_open(task, person) == 1
    assert work.next_open(task, person, 2) == 4
    assert work.next_open(task, person, 4) == 1


def test_nothing_comes_next_at_the_end(task: Task, person: User) -> None:
    for each in work.given(task, person):
        work.skip(each, by=person, door=Door.PAGE)

    assert work.next_open(task, person) is None
    assert work.open_count(person) == 0


def test_what_is_done_counts_its_seconds_and_can_be_undone(task: Task, person: User) -> None:
    operation = work.finish(at(task, person, 1), by=person, door=Door.PAGE, seconds=42)

    done = at(task, person, 1)
    assert (done.status, done.seconds) == (AssignmentStatus.DONE, 42)
    assert done.done_at is not None
    assert operation is not None
    undo.undo(operation, by=person, door=Door.PAGE)
    assert at(task, person, 1).status == AssignmentStatus.OPEN


def test_seconds_have_bounds(task: Task, person: User) -> None:
    work.finish(at(task, person, 1), by=person, door=Door.PAGE, seconds=10**6)
    work.finish(at(task, person, 2), by=person, door=Door.PAGE, seconds=-5)

    assert at(task, person, 1).seconds == work.MOST_SECONDS
    assert at(task, person, 2).seconds == 0


def test_saying_it_again_changes_nothing(task: Task, person: User) -> None:
    work.finish(at(task, person, 1), by=person, door=Door.PAGE)

    assert work.finish(at(task, person, 1), by=person, door=Door.PAGE) is None


def test_nobody_does_anothers_work(task: Task, person: User) -> None:
    with pytest.raises(work.WorkRefusedError):
        work.finish(at(task, person, 1), by=make_user(), door=Door.PAGE)


def test_blind_work_is_put_down_to_its_task(task: Task, person: User, corpus: Corpus) -> None:
    operation = work.finish(at(task, person, 1), by=person, door=Door.PAGE)

    assert operation is not None
    other = make_member(corpus, Role.ANNOTATOR)
    assert Operation.objects.visible_to(person).filter(pk=operation.pk).exists()
    assert not Operation.objects.visible_to(other).filter(pk=operation.pk).exists()


def test_an_article_is_not_done_without_the_codes_it_must_have(task: Task, person: User) -> None:
    wanted = CodeKind("tone", "Tone", type=CodeType.FREE, required=True)
    CodebookVersion.objects.filter(pk=task.codebook_version_id).update(
        content=as_json(Content(codes=(wanted,)))
    )

    with pytest.raises(work.WorkRefusedError, match="Tone"):
        work.finish(at(task, person, 1), by=person, door=Door.PAGE)
    assert codebooks.content_of(CodebookVersion.objects.get(pk=task.codebook_version_id)).codes


def test_who_is_no_member_any_more_has_no_work(task: Task, person: User, corpus: Corpus) -> None:
    assert [queue.task for queue in work.queues(person)] == [task]

    corpus.memberships.filter(user=person).delete()

    assert not work.queues(person)
    assert work.open_count(person) == 0
