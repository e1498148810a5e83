"""Settling writes the gold layer, keeps who decided what, and can be undone and done anew."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from articles.annotate.agreement import settling
from articles.annotate.agreement.settling import Edited, SettlingError, StaleCaseError, state_of
from articles.annotate.agreement.settling_queue import items_of, next_to_settle, standings
from articles.annotate.codebooks.codebook import (
    CodeKind,
    CodeType,
    Content,
    EntityUse,
    Kind,
    RelationKind,
)
from articles.annotate.tags.layers import NotAllowedError
from articles.annotate.tags.placed import placed
from articles.history import undo
from articles.models import (
    Adjudication,
    Article,
    Assignment,
    AssignmentStatus,
    Code,
    Corpus,
    Door,
    Entity,
    Mention,
    Operation,
    Relation,
    Role,
    Task,
    TaskItem,
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
        Kind("quote", "Quotation"),
        Kind("irony", "Irony", passage=True),
    ),
    codes=(CodeKind("tone", "Tone", type=CodeType.SINGLE, choices=("good", "bad")),),
    relations=(RelationKind("speaker", "Speaker", ("quote",), ("person",)),),
)


@pytest.fixture
def lead(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def people(corpus: Corpus) -> list[User]:
    # Sides stand by their names.
    return [make_member(corpus, Role.ANNOTATOR, make_user(name)) for name in ("ada", "bo")]


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(
        corpus, paragraphs=("Emily Davison came to London by train. She said “I shall go”.",)
    )


@pytest.fixture
def task(corpus: Corpus, article: Article, people: list[User]) -> Task:
    version = make_codebook(corpus, CODEBOOK)
    task = make_task(corpus, [article], people, codebook_version=version)
    Assignment.objects.filter(task=task).update(status=AssignmentStatus.DONE)
    return task


@pytest.fixture
def item(task: Task) -> TaskItem:
    return TaskItem.objects.select_related("article", "version").get(task=task)


def tag(item: TaskItem, user: User, quote: str, kind: str = "person", **fields: Any) -> Mention:
    return make_mention(item.article, quote, kind, task=item.task, layer_of=user, by=user, **fields)


def gold(task: Task) -> list[tuple[str, str]]:
    found = Mention.objects.filter(task=task, layer_of=None).order_by("anchors__start")
    return [(each.kind, each.anchors.get().quote) for each in found]


def key_of(task: Task, item: TaskItem) -> str:
    [case] = settling.settling(task, item).open
    return case.key


def choose(task: Task, item: TaskItem, option: int, lead: User) -> Operation | None:
    key = key_of(task, item)
    return settling.choose(task, item, key, option, by=lead, door=Door.PAGE)


def test_what_all_agree_on_is_taken_at_once(
    task: Task, item: TaskItem, people: list[User], lead: User
) -> None:
    for user in people:
        tag(item, user, "Emily Davison")
        tag(item, user, "London", "place")
    tag(item, people[0], "train", "place")

    operation = settling.take_agreed(task, item, by=lead, door=Door.PAGE)

    assert gold(task) == [("person", "Emily Davison"), ("place", "London")]
    assert operation is not None
    assert operation.size == 2
    made = Mention.objects.filter(task=task, layer_of=None)
    assert {(each.origin, each.by) for each in made} == {("gold", lead)}
    assert settling.take_agreed(task, item, by=lead, door=Door.PAGE) is None


def test_a_gold_tag_that_is_agreed_on_since_outlives_the_decision_it_was_made_by(
    task: Task, item: TaskItem, people: list[User], lead: User
) -> None:
    for person, quote in zip(people, ("Emily Davison came to London", "Emily"), strict=True):
        tag(item, person, quote)
    key = key_of(task, item)
    settling.edit(task, item, key, Edited("London", "place"), by=lead, door=Door.PAGE)
    Mention.objects.filter(layer_of__isnull=False).delete()
    for person in people:
        tag(item, person, "Emily Davison")
        tag(item, person, "London", "place")

    settling.take_agreed(task, item, by=lead, door=Door.PAGE)

    assert gold(task) == [("person", "Emily Davison"), ("place", "London")]
    kept = {id_ for each in Adjudication.objects.get().decisions for id_, _ in each["gold"]}
    assert kept == set(Mention.objects.filter(layer_of=None).values_list("pk", flat=True))


def test_the_rest_is_settled_by_choosing_whose_is_right(
    task: Task, item: TaskItem, people: list[User], lead: User
) -> None:
    ada, bo = people
    tag(item, ada, "Emily Davison")
    his = tag(item, bo, "Davison")

    choose(task, item, 1, lead)

    assert gold(task) == [("person", "Davison")]
    [decision] = Adjudication.objects.get(item=item).decisions
    assert (decision["how"], decision["people"], decision["by"]) == ("person", [bo.pk], lead.pk)
    assert decision["gold"][0][1] == [his.pk]
    now = settling.settling(task, item)
    assert (now.settled, now.total, now.open) == (1, 1, [])


def test_a_decision_is_replaced_with_its_tags(
    task: Task, item: TaskItem, people: list[User], lead: User
) -> None:
    tag(item, people[0], "Emily Davison")
    tag(item, people[1], "Davison")
    key = key_of(task, item)

    for option, stands in ((0, ["Emily Davison"]), (1, ["Davison"]), (-1, [])):
        now = settling.settling(task, item)
        state = state_of(now.decisions.get(key))
        settling.choose(task, item, key, option, by=lead, door=Door.PAGE, state=state)
        assert [quote for _, quote in gold(task)] == stands

    assert len(Adjudication.objects.get(item=item).decisions) == 1


def test_what_nobody_tagged_can_be_said(
    task: Task, item: TaskItem, people: list[User], lead: User
) -> None:
    tag(item, people[0], "Emily Davison")
    tag(item, people[1], "Davison")
    edited = Edited("Emily", "person", "Emily Wilding Davison")

    settling.edit(task, item, key_of(task, item), edited, by=lead, door=Door.PAGE)

    made = Mention.objects.get(task=task, layer_of=None)
    assert made.anchors.get().quote == "Emily"
    assert made.entity is not None
    assert (made.entity.name, made.entity.task) == ("Emily Wilding Davison", None)


@pytest.mark.parametrize(
    ("edited", "field"),
    [
        (Edited("Nowhere", "person"), "quote"),
        (Edited("London", "person"), "quote"),
        (Edited(" ", "person"), "quote"),
        (Edited("Davison", "planet"), "kind"),
        (Edited("Davison", "quote", "Davison"), "entity"),
    ],
)
def test_what_can_not_be_there_is_refused_and_nothing_changes(
    task: Task, item: TaskItem, people: list[User], lead: User, edited: Edited, field: str
) -> None:
    tag(item, people[0], "Davison")

    with pytest.raises(SettlingError) as caught:
        settling.edit(task, item, key_of(task, item), edited, by=lead, door=Door.PAGE)

    assert caught.value.field == field
    assert gold(task) == []
    assert not Operation.objects.filter(act="adjudicate").exists()


def test_nested_tags_on_which_all_agree_are_not_settled_with_the_rest(
    task: Task, item: TaskItem, people: list[User]
) -> None:
    ada, bo = people
    for user in people:
        tag(item, user, "Davison")
    tag(item, ada, "Emily Davison", "place")
    tag(item, bo, "Davison came", "irony")

    now = settling.settling(task, item)

    text = item.version.text
    assert [text[c.start : c.end] for c in now.cases if c.is_agreed] == ["Davison"]
    # The passage is a case by itself, though it overlaps.
    assert len(now.open) == 2


def test_entities_of_blind_work_become_the_corpuses_and_twins_are_joined(
    task: Task, item: TaskItem, people: list[User], lead: User, corpus: Corpus
) -> None:
    mine = [make_entity(corpus, "Emily Davison", task=task, by=user) for user in people]
    for user, entity in zip(people, mine, strict=True):
        tag(item, user, "Emily Davison", entity=entity)

    operation = settling.take_agreed(task, item, by=lead, door=Door.PAGE)

    hers, his = (Entity.objects.get(pk=entity.pk) for entity in mine)
    assert (hers.task, hers.merged_into) == (None, None)
    assert his.merged_into == hers
    assert not hers.names.exclude(task=None).exists()
    assert Mention.objects.get(task=task, layer_of=None).entity == hers
    # What was decided stands, though two entities are one now.
    assert not settling.settling(task, item).agreed

    assert operation is not None
    undo.undo(operation, by=lead, door=Door.PAGE)
    hers, his = (Entity.objects.get(pk=entity.pk) for entity in mine)
    assert (hers.task, his.task, his.merged_into) == (task, task, None)
    assert gold(task) == []


def test_an_entity_of_blind_work_is_joined_with_the_corpuses_of_its_name(
    task: Task, item: TaskItem, people: list[User], lead: User, corpus: Corpus
) -> None:
    mine = make_entity(corpus, "Emily Davison", task=task, by=people[0])
    known = make_entity(corpus, "emily davison")
    tag(item, people[0], "Emily Davison", entity=mine)

    choose(task, item, 0, lead)

    assert Mention.objects.get(task=task, layer_of=None).entity == known
    assert Entity.objects.get(pk=mine.pk).merged_into == known


def test_codes_are_settled_like_tags(
    task: Task, item: TaskItem, people: list[User], lead: User
) -> None:
    for user, value in zip(people, ("good", "bad"), strict=True):
        Code.objects.create(
            corpus=task.corpus,
            article=item.article,
            version=item.version,
            code="tone",
            value=value,
            task=task,
            layer_of=user,
        )

    choose(task, item, 1, lead)
    values = Code.objects.filter(task=task, layer_of=None).values_list("value", flat=True)

    assert list(values) == ["bad"]


def test_relations_are_taken_where_all_who_made_both_ends_agree(
    task: Task, item: TaskItem, people: list[User], lead: User
) -> None:
    for number, user in enumerate(people):
        speaker = tag(item, user, "Emily Davison")
        other = tag(item, user, "She")
        quote = tag(item, user, "I shall go", "quote")
        for target in (speaker, other)[: 1 + number]:
            Relation.objects.create(
                corpus=task.corpus, article=item.article, kind="speaker", source=quote,
                target=target,
            )  # fmt: skip

    settling.take_agreed(task, item, by=lead, door=Door.PAGE)

    [relation] = Relation.objects.filter(source__layer_of=None)
    assert relation.target.anchors.get().quote == "Emily Davison"


def test_an_article_is_settled_once_nothing_is_left(
    task: Task, item: TaskItem, people: list[User], lead: User
) -> None:
    for user in people:
        tag(item, user, "London", "place")
    tag(item, people[0], "Emily Davison")

    with pytest.raises(SettlingError, match="1 place is still"):
        settling.finish(task, item, by=lead, door=Door.PAGE)
    choose(task, item, 0, lead)
    settling.finish(task, item, by=lead, door=Door.PAGE)

    assert settling.settling(task, item).is_done
    # What all agreed on was taken with it.
    assert len(gold(task)) == 2
    assert next_to_settle(task) is None
    assert [each.state for each in standings(task, list(items_of(task)))] == ["settled"]


def test_what_someone_changes_afterwards_is_shown_and_settled_anew(
    task: Task, item: TaskItem, people: list[User], lead: User
) -> None:
    hers = tag(item, people[0], "Emily Davison")
    choose(task, item, 0, lead)
    settling.finish(task, item, by=lead, door=Door.PAGE)
    hers.anchors.all().delete()
    hers.delete()
    tag(item, people[0], "Davison")

    now = settling.settling(task, item)
    assert now.has_changed
    assert len(now.outdated) == 1
    assert [each.state for each in standings(task, list(items_of(task)))] == ["changed"]
    # Nothing moves by itself.
    assert gold(task) == [("person", "Emily Davison")]

    choose(task, item, 0, lead)
    settling.finish(task, item, by=lead, door=Door.PAGE)

    assert gold(task) == [("person", "Davison")]
    assert settling.settling(task, item).is_done


def test_what_changed_since_the_page_was_made_is_not_settled(
    task: Task, item: TaskItem, people: list[User], lead: User, corpus: Corpus
) -> None:
    tag(item, people[0], "Emily Davison")
    key = key_of(task, item)
    other = make_member(corpus, Role.EDITOR)
    settling.choose(task, item, key, 0, by=other, door=Door.PAGE)

    with pytest.raises(StaleCaseError, match="in the meantime"):
        settling.choose(task, item, key, -1, by=lead, door=Door.PAGE)
    tag(item, people[1], "Davison")
    with pytest.raises(StaleCaseError, match="changed their tags"):
        settling.choose(task, item, key, -1, by=lead, door=Door.PAGE)

    assert gold(task) == [("person", "Emily Davison")]


@pytest.mark.parametrize("option", [0, -1])
def test_a_choice_made_again_changes_nothing_whatever_was_seen_before_it(
    task: Task, item: TaskItem, people: list[User], lead: User, option: int
) -> None:
    tag(item, people[0], "Emily Davison")
    key = key_of(task, item)
    settling.choose(task, item, key, option, by=lead, door=Door.PAGE)
    made = Mention.objects.filter(task=task, layer_of=None).values_list("pk", flat=True)
    before = list(made)

    again = settling.choose(task, item, key, option, by=lead, door=Door.PAGE, state="")

    assert again is None
    assert list(made.all()) == before
    assert Operation.objects.filter(act="adjudicate").count() == 1


def test_what_is_typed_again_just_so_changes_nothing(
    task: Task, item: TaskItem, people: list[User], lead: User
) -> None:
    tag(item, people[0], "Emily Davison")
    key = key_of(task, item)
    typed = Edited("Davison", "person", "Emily Wilding Davison")
    settling.edit(task, item, key, typed, by=lead, door=Door.PAGE)

    assert settling.edit(task, item, key, typed, by=lead, door=Door.PAGE) is None
    with pytest.raises(StaleCaseError):
        settling.edit(task, item, key, Edited("Emily", "person"), by=lead, door=Door.PAGE)
    assert gold(task) == [("person", "Davison")]


def test_a_decision_is_undone_with_its_tags(
    task: Task, item: TaskItem, people: list[User], lead: User
) -> None:
    tag(item, people[0], "Emily Davison")
    operation = choose(task, item, 0, lead)
    assert operation is not None

    undo.undo(operation, by=lead, door=Door.PAGE)

    assert gold(task) == []
    assert len(settling.settling(task, item).open) == 1


def test_only_who_leads_settles_and_only_what_two_are_done_with(
    task: Task, item: TaskItem, people: list[User], lead: User
) -> None:
    with pytest.raises(NotAllowedError, match="editor"):
        settling.take_agreed(task, item, by=people[0], door=Door.PAGE)

    Assignment.objects.filter(user=people[0]).update(status=AssignmentStatus.OPEN)
    with pytest.raises(SettlingError, match="Two people"):
        settling.take_agreed(task, item, by=lead, door=Door.PAGE)


def test_what_is_settled_is_shown_on_the_article_but_not_to_those_still_blind(
    task: Task, item: TaskItem, people: list[User], lead: User
) -> None:
    tag(item, people[0], "Emily Davison")
    choose(task, item, 0, lead)
    version = current(item.article)

    assert [each.quote for each in placed(version, lead)] == ["Emily Davison"]
    assert placed(version, people[1]) == []
    # Whoever asks what is placed has seen to it that the text may be read: this is by what.
    assert not Mention.objects.readable_by(AnonymousUser()).exists()
    assert Mention.objects.readable_by(lead).exists()
