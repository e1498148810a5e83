"""What a task is changes while people work on it, and is told of what was done before."""

import pytest
from django.contrib.auth.models import User

from articles.annotate.agreement import agreeing
from articles.annotate.tasks import task_people, task_terms, work
from articles.annotate.tasks.tasks import TaskRefusedError
from articles.history import undo
from articles.history.undo import UndoRefusedError
from articles.models import (
    Assignment,
    Change,
    Consumer,
    Corpus,
    Door,
    Mention,
    Role,
    Sharing,
    Task,
)
from tests.annotate.test_tasks import made
from tests.factories import make_member, make_mention

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def people(corpus: Corpus) -> list[User]:
    return [make_member(corpus, Role.ANNOTATOR) for _ in range(3)]


def set_blind(task: Task, lead: User, *, blind: bool) -> None:
    task_terms.set_blind(task, blind=blind, by=lead, door=Door.PAGE)
    task.refresh_from_db()


def set_suggestions(task: Task, lead: User, *, shown: bool) -> None:
    task_terms.set_suggestions(task, shown=shown, by=lead, door=Door.PAGE)
    task.refresh_from_db()


def finish(task: Task, person: User, number: int = 0) -> Assignment:
    row: Assignment = work.given(task, person)[number]
    work.finish(row, by=person, door=Door.PAGE)
    return row


def showed(row: Assignment) -> bool:
    return Assignment.objects.select_related("task").get(pk=row.pk).showed_suggestions


def test_blind_work_that_is_opened_is_seen_by_all_and_search_learns_of_it(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people, blind=True)
    row = work.given(task, people[0])[0]
    mine = make_mention(row.item.article, "Article", task=task, layer_of=people[0], by=people[0])
    Change.objects.all().delete()
    assert mine not in Mention.objects.readable_by(people[1])

    set_blind(task, lead, blind=False)

    assert mine in Mention.objects.readable_by(people[1])
    assert task.blind_until is not None
    noted = Change.objects.filter(article_id=row.item.article_id)
    assert {Consumer.SEARCH, Consumer.RELATED} <= set(noted.values_list("consumer", flat=True))


def test_agreement_tells_what_was_finished_after_it_was_opened(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:2], count=2, blind=True)
    finish(task, people[0])
    finish(task, people[1])
    set_blind(task, lead, blind=False)
    finish(task, people[0], 1)
    finish(task, people[1], 1)

    found = agreeing.agreement(task)

    assert (found.read, found.seen) == (2, 1)


def test_what_was_open_is_blind_only_while_nobody_has_begun(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people, blind=False)
    set_blind(task, lead, blind=True)
    assert task.blind
    set_blind(task, lead, blind=False)
    assert (task.blind, task.blind_until) == (False, None)

    finish(task, people[0])

    with pytest.raises(TaskRefusedError) as caught:
        set_blind(task, lead, blind=True)
    assert caught.value.field == "blind"


@pytest.mark.parametrize("has_work", [False, True])
def test_opening_is_undone_only_while_nobody_has_begun(
    corpus: Corpus, lead: User, people: list[User], *, has_work: bool
) -> None:
    task = made(corpus, lead, people, blind=True)
    if has_work:
        finish(task, people[0])
    done = task_terms.set_blind(task, blind=False, by=lead, door=Door.PAGE)
    assert done is not None

    if has_work:
        with pytest.raises(UndoRefusedError, match="blind again"):
            undo.undo(done, by=lead, door=Door.PAGE)
    else:
        undo.undo(done, by=lead, door=Door.PAGE)

    task.refresh_from_db()
    assert task.blind is not has_work


def test_blind_work_that_an_undo_opens_is_known_to_have_been_opened(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people, blind=False)
    done = task_terms.set_blind(task, blind=True, by=lead, door=Door.PAGE)
    assert done is not None
    finish(task, people[0])

    undo.undo(done, by=lead, door=Door.PAGE)

    task.refresh_from_db()
    assert not task.blind
    assert task.blind_until is not None


def test_of_each_article_it_is_kept_whether_suggestions_were_shown(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:1], count=5, suggestions=False)
    without = finish(task, people[0])
    set_suggestions(task, lead, shown=True)
    with_ = finish(task, people[0], 1)
    begun = work.given(task, people[0])[2]
    work.discuss(begun, needs=True, note="Who?", by=people[0], door=Door.PAGE)
    set_suggestions(task, lead, shown=False)
    late = finish(task, people[0], 3)
    work.finish(begun, by=people[0], door=Door.PAGE)

    assert [showed(row) for row in (without, with_, begun, late)] == [False, True, True, False]

    set_suggestions(task, lead, shown=True)
    assert [showed(row) for row in (without, with_, begun, late)] == [False, True, True, False]
    work.take_up(without, by=people[0], door=Door.PAGE)
    assert showed(without)


def test_agreement_tells_in_how_many_readings_suggestions_were_shown(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:2], count=1, suggestions=False)
    finish(task, people[0])
    set_suggestions(task, lead, shown=True)
    finish(task, people[1])

    found = agreeing.agreement(task)

    assert (found.readings, found.showed_suggestions) == (2, 1)


@pytest.mark.parametrize(
    ("before", "after", "each"),
    [
        (Sharing.EVERYONE, Sharing.SPLIT, 1),
        (Sharing.SPLIT, Sharing.OVERLAP, 2),
        (Sharing.SPLIT, Sharing.EVERYONE, 3),
        (Sharing.OVERLAP, Sharing.SPLIT, 1),
    ],
)
def test_articles_are_shared_out_anew_evenly(
    corpus: Corpus, lead: User, people: list[User], before: Sharing, after: Sharing, each: int
) -> None:
    task = made(corpus, lead, people, count=9, sharing=before, overlap=2)

    task_terms.share_anew(task, after, 2, by=lead, door=Door.PAGE)

    task.refresh_from_db()
    assert task.sharing == after
    assert [work.given(task, person).count() for person in people] == [3 * each] * 3
    for item in task.items.all():
        assert item.assignments.count() == each


def test_what_is_begun_stays_where_it_is_shared_out_anew(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people, count=3)
    rows = [finish(task, person) for person in people]

    done = task_terms.share_anew(task, Sharing.SPLIT, by=lead, door=Door.PAGE)

    assert Assignment.objects.filter(pk__in=[row.pk for row in rows]).count() == 3
    counts = [item.assignments.count() for item in task.items.all()]
    assert counts == [3, 1, 1]
    assert done is not None
    undo.undo(done, by=lead, door=Door.PAGE)
    assert Assignment.objects.filter(task=task).count() == 9


def test_who_left_stands_for_nobody_where_everyone_is_to_have_all(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people, count=3, sharing=Sharing.OVERLAP, overlap=2)
    gone, *stay = people
    finish(task, gone)
    task_people.take_out(task, gone, by=lead, door=Door.PAGE)

    task_terms.share_anew(task, Sharing.EVERYONE, by=lead, door=Door.PAGE)

    for item in task.items.all():
        there = item.assignments.values_list("user", flat=True)
        assert {person.pk for person in stay} <= set(there)


def test_an_overlap_of_more_people_than_there_are_is_refused(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people)

    with pytest.raises(TaskRefusedError) as caught:
        task_terms.share_anew(task, Sharing.OVERLAP, 4, by=lead, door=Door.PAGE)

    assert caught.value.field == "overlap"
    assert task_terms.share_anew(task, Sharing.EVERYONE, by=lead, door=Door.PAGE) is None


def test_only_who_leads_a_task_changes_it(corpus: Corpus, lead: User, people: list[User]) -> None:
    task = made(corpus, lead, people)

    with pytest.raises(TaskRefusedError, match="led by"):
        task_terms.set_blind(task, blind=False, by=people[0], door=Door.PAGE)
