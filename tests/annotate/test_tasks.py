"""A task pins articles and gives them to people."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.annotate.tasks import task_people, tasks, work
from articles.annotate.tasks.progress import progress, to_discuss
from articles.annotate.tasks.tasks import TaskRefusedError, Terms
from articles.history import undo
from articles.models import Assignment, Corpus, Door, Role, Sharing, Task, TaskItem
from tests.factories import current, make_article, make_corpus, make_member, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def people(corpus: Corpus) -> list[User]:
    return [make_member(corpus, Role.ANNOTATOR) for _ in range(3)]


def made(corpus: Corpus, lead: User, people: list[User], count: int = 6, **terms: Any) -> Task:
    ids = [make_article(corpus, headline=f"Article {n}").pk for n in range(count)]
    known = {"name": "Strikes", "people": people, "seed": "7"} | terms
    return tasks.make(corpus, ids, Terms(**known), by=lead, door=Door.PAGE).task


def test_everyone_gets_every_article_in_its_order(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people)

    for person in people:
        given = list(work.given(task, person))
        assert [each.item.article.headline for each in given] == [f"Article {n}" for n in range(6)]
        assert [each.position for each in given] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(("sharing", "each"), [(Sharing.SPLIT, 1), (Sharing.OVERLAP, 2)])
def test_work_is_shared_evenly(
    corpus: Corpus, lead: User, people: list[User], sharing: Sharing, each: int
) -> None:
    task = made(corpus, lead, people, sharing=sharing, overlap=2)

    assert [work.given(task, person).count() for person in people] == [2 * each] * 3
    for item in TaskItem.objects.filter(task=task):
        assert item.assignments.count() == each


def test_a_later_version_moves_nobodys_work(corpus: Corpus, lead: User, people: list[User]) -> None:
    article = make_article(corpus)
    first = current(article)
    terms = Terms(name="Pinned", people=people)
    task = tasks.make(corpus, [article.pk], terms, by=lead, door=Door.PAGE).task

    make_version(article, "Quite another text.")

    assert TaskItem.objects.get(task=task).version == first


def test_what_cannot_be_tagged_is_left_out_and_counted(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    mine, elsewhere = make_article(corpus), make_article(make_corpus())
    gone = make_article(corpus, standing=False)

    found = tasks.make(
        corpus,
        [mine.pk, elsewhere.pk, gone.pk, 10**12],
        Terms(name="Some", people=people),
        by=lead,
        door=Door.PAGE,
    )

    assert found.left_out == 3
    assert [item.article for item in TaskItem.objects.filter(task=found.task)] == [mine]


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"people": []}, "people"),
        ({"sharing": Sharing.OVERLAP, "overlap": 4}, "overlap"),
        ({"sharing": Sharing.OVERLAP, "overlap": 1}, "overlap"),
        ({"instructions": "x" * 20_001}, "instructions"),
    ],
)
def test_what_makes_no_task_is_refused_by_its_field(
    corpus: Corpus, lead: User, people: list[User], terms: dict[str, Any], field: str
) -> None:
    with pytest.raises(TaskRefusedError) as caught:
        made(corpus, lead, terms.pop("people", people), **terms)

    assert caught.value.field == field
    assert not Task.objects.exists()


def test_a_name_is_taken_once(corpus: Corpus, lead: User, people: list[User]) -> None:
    made(corpus, lead, people)

    with pytest.raises(TaskRefusedError, match="Use another name"):
        made(corpus, lead, people)


def test_only_annotators_are_given_work_and_only_editors_give_it(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    viewer = make_member(corpus, Role.VIEWER)

    with pytest.raises(TaskRefusedError, match="no annotator"):
        made(corpus, lead, [viewer])
    with pytest.raises(TaskRefusedError, match="editors"):
        made(corpus, people[0], people)


def test_a_task_has_an_end_to_its_size(
    corpus: Corpus, lead: User, people: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "MOST_ARTICLES", 5)

    with pytest.raises(TaskRefusedError, match="5 articles at most"):
        made(corpus, lead, people)


def test_making_a_task_can_be_undone(corpus: Corpus, lead: User, people: list[User]) -> None:
    ids = [make_article(corpus).pk]
    terms = Terms(name="Undone", people=people)
    found = tasks.make(corpus, ids, terms, by=lead, door=Door.PAGE)

    undo.undo(found.operation, by=lead, door=Door.PAGE)

    assert not Task.objects.exists()
    assert not Assignment.objects.exists()


def test_someone_new_gets_every_article_where_everyone_does(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people[:2])

    task_people.add(task, [people[2]], by=lead, door=Door.PAGE)

    assert work.given(task, people[2]).count() == 6


@pytest.mark.parametrize("sharing", [Sharing.SPLIT, Sharing.OVERLAP])
def test_someone_new_takes_over_what_is_not_begun(
    corpus: Corpus, lead: User, people: list[User], sharing: Sharing
) -> None:
    task = made(corpus, lead, people[:2], count=9, sharing=sharing, overlap=2)
    begun = list(work.given(task, people[0])[:2])
    for each in begun:
        work.finish(each, by=people[0], door=Door.PAGE, seconds=3)

    task_people.add(task, [people[2]], by=lead, door=Door.PAGE)

    counts = [work.given(task, person).count() for person in people]
    assert sum(counts) == 9 * (1 if sharing is Sharing.SPLIT else 2)
    assert counts[2] >= 2
    assert all(Assignment.objects.get(pk=each.pk).user == people[0] for each in begun)
    for item in TaskItem.objects.filter(task=task):
        assert len({each.user_id for each in item.assignments.all()}) == item.assignments.count()


def test_a_closed_task_takes_no_more_work_until_it_is_opened(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people)
    assignment = work.given(task, people[0])[0]
    tasks.close(task, by=lead, door=Door.PAGE)

    with pytest.raises(work.WorkRefusedError, match="closed"):
        work.finish(assignment, by=people[0], door=Door.PAGE)
    assert tasks.close(task, by=lead, door=Door.PAGE) is None

    tasks.reopen(task, by=lead, door=Door.PAGE)
    assert work.finish(assignment, by=people[0], door=Door.PAGE) is not None


def test_progress_counts_people_days_and_speed(
    corpus: Corpus, lead: User, people: list[User]
) -> None:
    task = made(corpus, lead, people)
    first = list(work.given(task, people[0]))
    for each, seconds in zip(first[:3], (10, 20, 90), strict=True):
        work.finish(each, by=people[0], door=Door.PAGE, seconds=seconds)
    work.skip(first[3], by=people[0], door=Door.PAGE, seconds=500)
    work.discuss(first[4], needs=True, note="Who is it?", by=people[0], door=Door.PAGE)

    far = progress(task)

    mine = next(share for share in far.shares if share.person == people[0])
    assert (mine.total, mine.done, mine.skipped, mine.open, mine.discussed) == (6, 3, 1, 2, 1)
    assert mine.seconds == 20
    assert [day.total for day in far.days] == [3]
    assert (far.total, far.done) == (18, 3)
    assert [each.note for each in to_discuss(task)] == ["Who is it?"]
