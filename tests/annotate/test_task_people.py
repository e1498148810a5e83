"""People are taken out of a task: what they did stays theirs, what they did not goes on."""

from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection, transaction

from articles.annotate.agreement import agreeing, settling_queue
from articles.annotate.tags import tagging
from articles.annotate.tags.layers import Layer, NotAllowedError, layer_for
from articles.annotate.tags.wanted import Wanted
from articles.annotate.tasks import task_people, task_terms, work
from articles.annotate.tasks.progress import progress, summaries, to_discuss
from articles.annotate.tasks.task_people import Heirs
from articles.annotate.tasks.tasks import TaskRefusedError
from articles.history import undo
from articles.history.operations import act, going_on
from articles.history.undo import UndoRefusedError
from articles.models import (
    Act,
    Assignment,
    AssignmentStatus,
    Corpus,
    Door,
    Mention,
    Operation,
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


def finish(task: Task, person: User, count: int) -> list[Assignment]:
    rows = list(work.given(task, person)[:count])
    for row in rows:
        work.finish(row, by=person, door=Door.PAGE, seconds=5)
    return rows


def out(task: Task, person: User, lead: User, **to: Any) -> Operation:
    done = task_people.take_out(task, person, by=lead, door=Door.PAGE, **to)
    assert done is not None
    return done


def shares(task: Task, people: list[User]) -> list[int]:
    return [work.given(task, person).count() for person in people]


def test_what_someone_had_done_stays_theirs_and_counts_in_agreement(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people, count=2)
    for person in people[:2]:
        for row in finish(task, person, 2):
            make_mention(row.item.article, "Article", task=task, layer_of=person, by=person)

    out(task, people[0], lead)

    found = agreeing.agreement(task)
    assert (found.overlap, found.tags) == (2, 4)
    assert [pair.first for pair in found.pairs] + [pair.second for pair in found.pairs] == people[
        :2
    ]
    share = next(share for share in progress(task).shares if share.person == people[0])
    assert (share.total, share.done, share.open) == (2, 2, 0)
    assert share.left_at is not None


def test_who_was_taken_out_no_longer_sees_the_task_nor_works_in_it(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people)
    [row] = finish(task, people[0], 1)

    out(task, people[0], lead)

    assert not Task.objects.readable_by(people[0]).exists()
    assert not work.queues(people[0])
    with pytest.raises(work.WorkRefusedError, match="no work in"):
        work.take_up(row, by=people[0], door=Door.PAGE)
    with pytest.raises(NotAllowedError):
        layer_for(people[0], row.item.article, task)


def test_what_they_are_done_with_stays_blind_to_them(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people, blind=True)
    [row] = finish(task, people[0], 1)

    out(task, people[0], lead)

    blinding = Assignment.objects.blinding(people[0])
    assert [each.item for each in blinding] == [row.item]


def test_what_they_had_begun_stays_blind_to_them_and_counts_for_nothing(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people, blind=True)
    begun = work.given(task, people[0])[2]
    tag(begun)
    work.discuss(begun, needs=True, note="Whose strike?", by=people[0], door=Door.PAGE)

    out(task, people[0], lead)

    blinding = Assignment.objects.blinding(people[0])
    assert [each.item for each in blinding] == [begun.item]
    with pytest.raises(NotAllowedError, match="taken out of it"):
        layer_for(people[0], begun.item.article)
    with pytest.raises(NotAllowedError, match="tag it there"):
        layer_for(people[1], begun.item.article)
    assert {share.person for share in progress(task).shares} == set(people[1:])
    assert not to_discuss(task)
    [(_, summary)] = summaries([task])
    assert (summary.total, summary.people) == (12, 2)
    assert [item.given for item in settling_queue.items_of(task)] == [2] * 6  # type: ignore[attr-defined]  # annotated


def test_what_a_lead_had_begun_stays_blind_to_them_though_they_are_out(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, [lead, people[0]], count=2, blind=True)
    begun, fresh = work.given(task, lead)
    tag(begun)
    theirs = [
        make_mention(row.item.article, "Article", task=task, layer_of=people[0], by=people[0])
        for row in (begun, fresh)
    ]

    out(task, lead, lead)

    seen = Mention.objects.readable_by(lead)
    assert [each in seen for each in theirs] == [False, True]


@pytest.mark.parametrize("sharing", [Sharing.EVERYONE, Sharing.SPLIT])
def test_what_they_had_begun_is_theirs_again_as_it_was(
    corpus: Corpus, lead: User, people: list[User], sharing: Sharing
) -> None:
    task = made(corpus, lead, people, sharing=sharing)
    begun = work.given(task, people[0])[1]
    work.discuss(begun, needs=True, note="Whose strike?", by=people[0], door=Door.PAGE, seconds=30)
    out(task, people[0], lead, to=Heirs.POOL)

    task_people.add(task, people[:1], by=lead, door=Door.PAGE)

    again = work.given(task, people[0]).get(item=begun.item)
    assert (again.position, again.note, again.seconds) == (2, "Whose strike?", 30)
    assert task_people.waiting(task) == 0


def test_what_they_had_begun_before_is_no_work_that_they_have_now(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:2], count=4, sharing=Sharing.SPLIT)
    for row in work.given(task, people[0]):
        tag(row)
    out(task, people[0], lead, to=Heirs.POOL)

    task_people.add(task, [people[0], people[2]], by=lead, door=Door.PAGE)

    assert shares(task, people) == [1, 2, 1]


def test_what_they_had_begun_and_others_have_now_is_not_read_twice(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people, sharing=Sharing.SPLIT)
    begun = work.given(task, people[0])[0]
    tag(begun)
    out(task, people[0], lead)

    task_people.add(task, people[:1], by=lead, door=Door.PAGE)
    task_terms.share_anew(task, Sharing.OVERLAP, 2, by=lead, door=Door.PAGE)

    readers = Assignment.objects.counted().filter(item=begun.item)
    assert readers.count() == 2
    assert sum(shares(task, people)) == 12
    assert begun in work.given(task, people[0])


@pytest.mark.parametrize("sharing", [Sharing.SPLIT, Sharing.OVERLAP])
def test_what_is_not_done_goes_to_the_others_in_even_shares(
    corpus: Corpus, lead: User, people: list[User], sharing: Sharing
) -> None:
    task = made(corpus, lead, people, count=9, sharing=sharing, overlap=2)
    readings = Assignment.objects.filter(task=task).count()
    finish(task, people[0], 1)

    out(task, people[0], lead)

    counts = shares(task, people[1:])
    assert abs(counts[0] - counts[1]) <= 1
    waits = task_people.waiting(task)
    assert sum(counts) + 1 + waits == readings
    # Of an overlap of two, whoever has an article already does not get it twice.
    assert waits == 0 or sharing is Sharing.OVERLAP
    for item in task.items.all():
        assert len({each.user_id for each in item.assignments.all()}) == item.assignments.count()


def test_what_is_not_done_goes_to_a_named_person_who_may_be_new(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:2], count=4, sharing=Sharing.SPLIT)

    done = out(task, people[0], lead, to=people[2])

    assert shares(task, people) == [0, 2, 2]
    assert "2 went to" in done.summary


def test_what_waits_in_the_pool_goes_to_who_comes_next(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:2], count=4, sharing=Sharing.SPLIT)

    out(task, people[0], lead, to=Heirs.POOL)
    assert (shares(task, people), task_people.waiting(task)) == ([0, 2, 0], 2)

    task_people.add(task, [people[2]], by=lead, door=Door.PAGE)
    assert (shares(task, people), task_people.waiting(task)) == ([0, 2, 2], 0)


def test_who_is_put_in_again_has_what_they_had_done_and_goes_on(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people, count=6)
    finish(task, people[0], 2)
    begun = work.given(task, people[0])[2]
    make_mention(begun.item.article, "Article", task=task, layer_of=people[0], by=people[0])
    out(task, people[0], lead)

    task_people.add(task, [people[0]], by=lead, door=Door.PAGE)

    queue = work.queue_of(task, people[0])
    assert queue is not None
    assert (queue.total, queue.done) == (6, 2)
    positions = work.given(task, people[0]).values_list("position", flat=True)
    assert len(set(positions)) == 6
    assert Mention.objects.filter(task=task, layer_of=people[0]).count() == 1


def test_taking_out_is_undone_as_one(corpus: Corpus, lead: User, people: list[User]) -> None:
    task = made(corpus, lead, people, count=6, sharing=Sharing.SPLIT)
    finish(task, people[0], 1)
    before = set(Assignment.objects.values_list("pk", "user", "position", "left_at"))

    done = out(task, people[0], lead)
    undo.undo(done, by=lead, door=Door.PAGE)

    assert set(Assignment.objects.values_list("pk", "user", "position", "left_at")) == before


def places(task: Task, person: User) -> list[int]:
    return list(work.given(task, person).values_list("position", flat=True))


def test_what_comes_back_to_someone_stands_at_a_place_of_its_own(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people, count=6, sharing=Sharing.SPLIT)
    done = out(task, people[0], lead, to=Heirs.POOL)
    out(task, people[2], lead, to=people[0])

    undo.undo(done, by=lead, door=Door.PAGE)

    assert places(task, people[0]) == [1, 2, 3, 4]


def test_what_was_handed_over_comes_back_before_what_was_given_since(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:2], count=4, sharing=Sharing.SPLIT)
    added = task_people.add(task, people[2:], by=lead, door=Door.PAGE)
    assert added is not None
    [moved] = work.given(task, people[2])
    [giver] = [person for person in people[:2] if work.given(task, person).count() == 1]
    [heir] = [person for person in people[:2] if person != giver]
    out(task, heir, lead, to=giver)

    undo.undo(added, by=lead, door=Door.PAGE)

    assert places(task, giver) == [1, 2, 3, 4]
    assert work.given(task, giver)[1] == moved


def test_who_is_given_what_others_had_not_begun_gets_it_behind_what_they_ever_had(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people, count=6, sharing=Sharing.SPLIT)
    out(task, people[0], lead, to=Heirs.POOL)
    task_people.add(task, [make_member(corpus, Role.ANNOTATOR)], by=lead, door=Door.PAGE)
    assert task_people.waiting(task) == 0

    task_people.add(task, people[:1], by=lead, door=Door.PAGE)

    assert places(task, people[0]) == [3]


def tag(row: Assignment, *, layer: Layer | None = None) -> None:
    wanted = Wanted(start=0, end=7, quote="Article", kind="quote")
    who: dict[str, Any] = {"by": row.user, "door": Door.PAGE, "task": row.task}
    tagging.tag(row.item.article, wanted, layer=layer, **who)


def test_taking_out_is_not_undone_where_an_heir_has_tagged_since(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:2], count=4, sharing=Sharing.SPLIT)
    done = out(task, people[0], lead, to=people[2])
    tag(work.given(task, people[2])[0])
    before = set(Assignment.objects.values_list("pk", "user", "position", "left_at"))

    with pytest.raises(UndoRefusedError, match="in 1 article that this would take") as caught:
        undo.undo(done, by=lead, door=Door.PAGE)

    tagged = Operation.objects.get(act=Act.TAG)
    assert people[2].get_username() in caught.value.reason
    assert tagged.summary in caught.value.reason
    assert caught.value.later == [tagged]
    assert set(Assignment.objects.values_list("pk", "user", "position", "left_at")) == before

    undo.undo(tagged, by=people[2], door=Door.PAGE)
    undo.undo(done, by=lead, door=Door.PAGE)
    assert shares(task, people) == [2, 2, 0]


def test_putting_in_is_not_undone_where_who_came_has_tagged_in_what_moved(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:1], count=4, sharing=Sharing.SPLIT)
    added = task_people.add(task, people[1:2], by=lead, door=Door.PAGE)
    assert added is not None
    article = work.given(task, people[1])[0].item.article
    tagging.code(article, "note", ["On strikes"], by=people[1], door=Door.PAGE, task=task)

    with pytest.raises(UndoRefusedError, match=people[1].get_username()):
        undo.undo(added, by=lead, door=Door.PAGE)

    assert shares(task, people) == [2, 2, 0]


@pytest.mark.django_db(transaction=True)
def test_taking_out_is_not_undone_where_a_job_that_had_begun_has_tagged_since(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:2], count=2, sharing=Sharing.SPLIT)
    heir = people[2]
    with act(Act.TAG, corpus=corpus, by=heir, summary="Spread names", door=Door.PAGE) as job:
        pass
    done = out(task, people[0], lead, to=heir)
    article = work.given(task, heir)[0].item.article
    with going_on(job):
        make_mention(article, "Article", task=task, layer_of=heir, by=heir)

    with pytest.raises(UndoRefusedError, match="Spread names") as caught:
        undo.undo(done, by=lead, door=Door.PAGE)

    assert caught.value.later == [job]


def test_a_lead_who_is_blind_is_not_told_what_was_tagged_since(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, [people[0], lead], count=2, blind=True)
    added = task_people.add(task, people[1:2], by=lead, door=Door.PAGE)
    assert added is not None
    tag(work.given(task, people[1])[0])

    with pytest.raises(UndoRefusedError, match=people[1].get_username()) as caught:
        undo.undo(added, by=lead, door=Door.PAGE)

    assert caught.value.later == []
    assert Operation.objects.get(act=Act.TAG).summary not in caught.value.reason


def test_what_was_tagged_before_or_suggested_since_stands_in_no_undo_s_way(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:2], count=2)
    row = work.given(task, people[0])[0]
    tag(row)
    out(task, people[0], lead)
    added = task_people.add(task, people[:1], by=lead, door=Door.PAGE)
    assert added is not None
    make_mention(row.item.article, "Article", task=task, layer_of=people[0], status="suggested")

    undo.undo(added, by=lead, door=Door.PAGE)

    assert shares(task, people) == [0, 2, 0]


def test_suggestions_that_nobody_looked_at_go_with_the_share(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people, count=2, suggestions=True)
    row = work.given(task, people[0])[0]
    make_mention(row.item.article, "Article", task=task, layer_of=people[0], status="suggested")

    out(task, people[0], lead)

    assert not Mention.objects.exists()


def test_what_a_recogniser_suggested_is_no_work_begun(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people, count=3, suggestions=True)
    first, second = work.given(task, people[0])[:2]
    make_mention(first.item.article, "Article", task=task, layer_of=people[0], status="suggested")
    make_mention(second.item.article, "Article", task=task, layer_of=people[0], by=people[0])

    leaving = task_people.leaving(task, people[0])

    assert leaving is not None
    assert (leaving.done, leaving.begun, leaving.fresh, leaving.others) == (0, 1, 2, 2)


def test_what_cannot_be_is_refused_by_its_field(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:2])
    viewer = make_member(corpus, Role.VIEWER)

    for person, to, field in (
        (people[2], Heirs.OTHERS, "person"),
        (people[0], people[1], "to"),
        (people[0], people[0], "to"),
    ):
        with pytest.raises(TaskRefusedError) as caught:
            out(task, person, lead, to=to)
        assert caught.value.field == field
    split = made(corpus, lead, people[:2], name="Split", sharing=Sharing.SPLIT)
    with pytest.raises(TaskRefusedError, match="no annotator"):
        out(split, people[0], lead, to=viewer)
    with pytest.raises(TaskRefusedError, match="led by"):
        out(task, people[0], people[1])
    assert not Assignment.objects.exclude(left_at=None).exists()


def test_the_way_through_a_queue_leaps_over_what_went_to_others(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:1], count=4, sharing=Sharing.SPLIT)
    Assignment.objects.filter(task=task, position=2).delete()
    first, third, last = work.given(task, people[0])

    assert work.neighbours(first) == (None, third.position)
    assert work.neighbours(third) == (first.position, last.position)
    assert work.neighbours(last) == (third.position, None)


def test_a_task_that_nobody_is_left_in_waits_whole(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:1], count=3, sharing=Sharing.SPLIT)

    out(task, people[0], lead)

    assert task_people.waiting(task) == 3
    assert not Assignment.objects.filter(status=AssignmentStatus.OPEN).exists()


def test_a_task_is_of_no_more_people_and_readings_than_one_request_can_deal(
    corpus: Corpus, lead: User, people: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    task = made(corpus, lead, people[:2], count=3)
    monkeypatch.setattr(task_people, "MOST_ASSIGNMENTS", 8)
    monkeypatch.setattr(task_terms, "MOST_ASSIGNMENTS", 5)

    with pytest.raises(TaskRefusedError, match="8 readings at most"):
        task_people.add(task, people[2:], by=lead, door=Door.PAGE)
    split = made(corpus, lead, people[:2], count=3, name="Split", sharing=Sharing.SPLIT)
    with pytest.raises(TaskRefusedError, match="5 at most"):
        task_terms.share_anew(split, Sharing.EVERYONE, by=lead, door=Door.PAGE)
    monkeypatch.setattr(task_people, "MOST_PEOPLE", 2)
    with pytest.raises(TaskRefusedError, match="2 people at most"):
        task_people.add(split, people[2:], by=lead, door=Door.PAGE)

    assert shares(task, people) == [3, 3, 0]
    assert Assignment.objects.filter(task=split).count() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("do", ["put in", "take out", "share anew"])
def test_who_says_that_they_are_done_is_waited_for_before_it_is_dealt_anew(
    corpus: Corpus, lead: User, people: list[User], do: str
) -> None:
    task = made(corpus, lead, people[:2], count=4, sharing=Sharing.SPLIT)
    by: dict[str, Any] = {"by": lead, "door": Door.PAGE}
    acts = {
        "put in": partial(task_people.add, task, people[2:], **by),
        "take out": partial(task_people.take_out, task, people[0], to=Heirs.POOL, **by),
        "share anew": partial(task_terms.share_anew, task, Sharing.OVERLAP, **by),
    }
    theirs = work.given(task, people[1])[0]
    other = connection.copy()
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    try:
        # As somebody else does who says so, and has not come to the end of it.
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                "UPDATE articles_assignment SET status = 'done' WHERE id = %s", [theirs.pk]
            )
        with pytest.raises(OperationalError, match="lock timeout"):
            acts[do]()
        other.rollback()
        acts[do]()
    finally:
        other.close()
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")


@pytest.mark.django_db(transaction=True)
def test_an_article_is_not_taken_away_while_it_is_being_tagged(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:2], count=1)
    row = work.given(task, people[0])[0]
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        with transaction.atomic():
            tag(row)
            with other.cursor() as cursor, pytest.raises(OperationalError, match="lock timeout"):
                cursor.execute(
                    "SELECT 1 FROM articles_assignment WHERE id = %s FOR UPDATE", [row.pk]
                )
    finally:
        other.close()

    out(task, people[0], lead)

    # It was begun by then, and stays known to be.
    assert Assignment.objects.get(pk=row.pk).left_at is not None


@pytest.mark.django_db(transaction=True)
def test_an_article_that_was_taken_away_meanwhile_is_not_tagged(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:2], count=1)
    row = work.given(task, people[0])[0]
    # Looked at before it is taken away.
    layer = layer_for(people[0], row.item.article, task)
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE articles_assignment SET left_at = now() WHERE id = %s", [row.pk])
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            tag(row, layer=layer)
        other.commit()
        with pytest.raises(NotAllowedError, match="not given to you"):
            tag(row, layer=layer)
    finally:
        other.close()
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")

    assert not Mention.objects.exists()
    assert not Operation.objects.filter(act=Act.TAG).exists()
