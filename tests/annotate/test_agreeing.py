"""What a task's agreement is counted over, and which places are behind it."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.annotate.agreement import agreeing
from articles.annotate.agreement.agreement import Scheme
from articles.annotate.agreement.side_by_side import StillBlindError, see_to_sight
from articles.annotate.codebooks.codebook import CodeKind, CodeType, Content, EntityUse, Kind
from articles.models import (
    Article,
    Assignment,
    AssignmentStatus,
    Code,
    Corpus,
    MentionStatus,
    Role,
    Task,
)
from tests.factories import (
    current,
    make_article,
    make_codebook,
    make_entity,
    make_member,
    make_mention,
    make_task,
    make_user,
)

pytestmark = pytest.mark.django_db

CODEBOOK = Content(
    kinds=(
        Kind("person", "Person", entity=EntityUse.OPTIONAL),
        Kind("place", "Place", entity=EntityUse.OPTIONAL),
    ),
    codes=(
        CodeKind("tone", "Tone", type=CodeType.SINGLE, choices=("good", "bad")),
        CodeKind("about", "About", type=CodeType.MULTIPLE, choices=("war", "trade")),
        CodeKind("certainty", "Certainty", type=CodeType.SCALE),
        CodeKind("gist", "Gist", type=CodeType.FREE),
    ),
)


@pytest.fixture
def people(corpus: Corpus) -> list[User]:
    # Sides stand by their names.
    return [make_member(corpus, Role.ANNOTATOR, make_user(name)) for name in ("ada", "bo")]


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(corpus, paragraphs=("Emily Davison came to London by train.",))


@pytest.fixture
def task(corpus: Corpus, article: Article, people: list[User]) -> Task:
    return make_task(corpus, [article], people, codebook_version=make_codebook(corpus, CODEBOOK))


def finish(task: Task, *people: User) -> None:
    mine = Assignment.objects.filter(task=task)
    if people:
        mine = mine.filter(user__in=people)
    mine.update(status=AssignmentStatus.DONE)


def tag(task: Task, user: User, quote: str, kind: str = "person", **fields: Any) -> None:
    article = task.items.get().article
    make_mention(article, quote, kind, task=task, layer_of=user, by=user, **fields)


def code(task: Task, user: User, name: str, *values: str) -> None:
    article = task.items.get().article
    for value in values:
        Code.objects.create(
            corpus=task.corpus,
            article=article,
            version=current(article),
            code=name,
            value=value,
            task=task,
            layer_of=user,
        )


def test_only_articles_that_two_people_are_done_with_are_counted(
    task: Task, people: list[User]
) -> None:
    tag(task, people[0], "London", "place")
    finish(task, people[0])

    found = agreeing.agreement(task)

    assert (found.total, found.overlap, found.tags) == (1, 0, 0)
    assert found.kappa.value is None
    assert not found.pairs


def test_people_are_compared_pair_by_pair_and_kind_by_kind(task: Task, people: list[User]) -> None:
    ada, bo = people
    king = make_entity(task.corpus, "Emily Davison")
    tag(task, ada, "Emily Davison", entity=king)
    tag(task, bo, "Emily Davison", entity=king)
    tag(task, ada, "London", "place")
    tag(task, bo, "to London", "place")
    finish(task)

    found = agreeing.agreement(task)

    [pair] = found.pairs
    assert pair.spans.f1(Scheme.STRICT).value == 0.5
    assert pair.spans.f1(Scheme.PARTIAL).value == 0.75
    assert pair.spans.entities.value == 1.0
    # The headline's six words and seven more: all are labelled alike but for one.
    assert (pair.kappa.agreed, pair.kappa.of) == (12, 13)
    assert [(each.kind.slug, each.tags) for each in found.kinds] == [("person", 2), ("place", 2)]
    assert [each.spans.f1(Scheme.STRICT).value for each in found.kinds] == [1.0, 0.0]


def test_what_was_suggested_or_rejected_is_no_tag(task: Task, people: list[User]) -> None:
    tag(task, people[0], "London", "place", status=MentionStatus.SUGGESTED)
    tag(task, people[1], "London", "place", status=MentionStatus.REJECTED)
    finish(task)

    assert agreeing.agreement(task).tags == 0


def test_the_same_name_made_by_two_in_blind_work_is_the_same(
    task: Task, people: list[User]
) -> None:
    for user in people:
        mine = make_entity(task.corpus, "Emily Davison", task=task, by=user)
        tag(task, user, "Emily Davison", entity=mine)
    finish(task)

    assert agreeing.agreement(task).spans.entities.value == 1.0


def test_merged_entities_are_one(task: Task, people: list[User]) -> None:
    stands = make_entity(task.corpus, "Emily Davison")
    merged = make_entity(task.corpus, "E. W. Davison", merged_into=stands)
    tag(task, people[0], "Emily Davison", entity=stands)
    tag(task, people[1], "Emily Davison", entity=merged)
    finish(task)

    assert agreeing.agreement(task).spans.entities.value == 1.0


def test_each_code_is_measured_by_its_type(corpus: Corpus, people: list[User]) -> None:
    articles = [make_article(corpus) for _ in range(2)]
    task = make_task(corpus, articles, people, codebook_version=make_codebook(corpus, CODEBOOK))
    said = [("good", "5"), ("bad", "1")]
    for article, (tone, sure) in zip(articles, said, strict=True):
        for user in people:
            for name, value in (("tone", tone), ("certainty", sure), ("gist", "A day out")):
                Code.objects.create(
                    corpus=corpus,
                    article=article,
                    version=current(article),
                    code=name,
                    value=value,
                    task=task,
                    layer_of=user,
                )
    finish(task)

    found = {(each.code.slug, each.value, each.level): each.alpha.value
             for each in agreeing.agreement(task).codes}  # fmt: skip

    assert found == {
        ("tone", "", "nominal"): pytest.approx(1.0),
        # Nobody said either of anything: there is nothing to tell from chance.
        ("about", "war", "nominal"): None,
        ("about", "trade", "nominal"): None,
        ("certainty", "", "ordinal"): pytest.approx(1.0),
        ("certainty", "", "interval"): pytest.approx(1.0),
        ("gist", "", ""): None,
    }


def test_the_places_behind_a_number_are_where_people_differ(task: Task, people: list[User]) -> None:
    ada, bo = people
    tag(task, ada, "London", "place")
    tag(task, bo, "to London", "place")
    tag(task, ada, "Emily Davison")
    tag(task, bo, "Emily Davison")
    finish(task)

    [place] = agreeing.examples(task, "strict")

    text = place.sides.item.version.text
    first, second = place.difference.first, place.difference.second
    assert first is not None
    assert second is not None
    assert (text[slice(*first.place)], text[slice(*second.place)]) == ("London", "to London")
    assert not list(agreeing.examples(task, "strict", kind="person"))
    assert not list(agreeing.examples(task, "strict", pair=(bo.pk, ada.pk)))


def test_the_articles_behind_a_code_are_those_said_differently(
    task: Task, people: list[User]
) -> None:
    code(task, people[0], "tone", "good")
    code(task, people[0], "about", "war", "trade")
    code(task, people[1], "tone", "bad")
    code(task, people[1], "about", "war")
    finish(task)

    assert len(list(agreeing.code_examples(task, "tone"))) == 1
    assert len(list(agreeing.code_examples(task, "about", "trade"))) == 1
    assert not list(agreeing.code_examples(task, "about", "war"))


def test_who_has_open_blind_work_sees_nothing_of_the_others(
    task: Task, people: list[User], corpus: Corpus
) -> None:
    lead = make_member(corpus, Role.EDITOR)
    see_to_sight(task, lead)

    with pytest.raises(StillBlindError, match="blind work"):
        see_to_sight(task, people[0])
