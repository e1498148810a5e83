"""Tagging is undone and done again, whatever became of the texts meanwhile."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.annotate.anchoring import carrying
from articles.annotate.entities import entities, entity_changes, entity_merging
from articles.annotate.tags import tagging
from articles.annotate.tags.placed import placed
from articles.annotate.tags.tagging import Tagged, Wanted
from articles.history.events import rows_of
from articles.history.operations import OperationUndoneError, act, going_on
from articles.history.telling import sentences, tell
from articles.history.undo import UndoRefusedError, undo
from articles.models import (
    Act,
    Anchor,
    Article,
    Code,
    Corpus,
    Door,
    Entity,
    EntityName,
    Mention,
    Operation,
    Relation,
    Role,
    Version,
)
from tests.factories import (
    current,
    make_article,
    make_entity,
    make_member,
    make_mention,
    make_task,
    make_version,
)

FIRST, SECOND = "Mr. Gladstone spoke in Leeds.", "He was cheered by all."


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(corpus, paragraphs=(FIRST, SECOND))


@pytest.fixture
def ann(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


def tag(article: Article, quote: str, by: User, kind: str = "event", **fields: Any) -> Tagged:
    start = current(article).text.index(quote)
    want = Wanted(start=start, end=start + len(quote), quote=quote, kind=kind, **fields)
    return tagging.tag(article, want, by=by, door=Door.PAGE)


def rows(*models: Any) -> list[Sequence[Any]]:
    return [row for model in models for row in model.objects.order_by("pk").values_list()]


def there_and_back(operation: Operation | None) -> None:
    """Undo, redo, undo and redo: each time all is as it was."""
    tables = Mention, Anchor, Relation, Entity, Code
    after = rows(*tables)
    assert operation is not None
    undone = undo(operation, by=None, door=Door.PAGE)
    before = rows(*tables)
    redone = undo(undone, by=None, door=Door.PAGE)
    assert rows(*tables) == after
    again = undo(redone, by=None, door=Door.PAGE)
    assert rows(*tables) == before != after
    undo(again, by=None, door=Door.PAGE)
    assert rows(*tables) == after


def told(operation: Operation | None) -> list[str]:
    assert operation is not None
    return sentences(tell(rows_of(operation, limit=100).rows))


def test_a_tag_and_the_entity_it_made_are_undone_together(article: Article, ann: User) -> None:
    made = tag(article, "Gladstone", ann, "person", entity_name="Gladstone")

    assert told(made.operation) == [
        "Name: none → Gladstone",
        "Kind: none → person",
        "Name: none → Gladstone",
        "Tag: none → person Gladstone",
        f"Place in version 1: none → “Gladstone” at {made.anchor.start}",
    ]
    there_and_back(made.operation)
    assert Entity.objects.count() == 1


def entity_of(made: Tagged) -> Entity:
    entity = made.mention.entity
    assert entity is not None
    return entity


USES: list[Callable[[Entity, Article, User], object]] = [
    lambda entity, article, ann: tag(article, "Leeds", ann, "person", entity=entity.pk),
    lambda entity, _, ann: entity_changes.add_name(entity, "The G. O. M.", by=ann, door=Door.PAGE),
    lambda entity, _, ann: entity_changes.add_id(entity, "wikidata", "Q1", by=ann, door=Door.PAGE),
    lambda entity, _, ann: entity_changes.edit(entity, note="P. M.", by=ann, door=Door.PAGE),
    lambda entity, _, ann: entity_merging.merge(
        [make_entity(entity.corpus, "W. E. G.")], entity, by=ann, door=Door.PAGE
    ),
    lambda entity, _, ann: entity_merging.merge(
        [entity], make_entity(entity.corpus, "W. E. G."), by=ann, door=Door.PAGE
    ),
]


@pytest.mark.parametrize("use", USES)
def test_an_entity_that_a_tag_made_and_others_use_outlives_its_undo(
    corpus: Corpus, article: Article, ann: User, use: Callable[[Entity, Article, User], object]
) -> None:
    other = make_member(corpus, Role.ANNOTATOR)
    made = tag(article, "Gladstone", ann, "person", entity_name="Gladstone")
    entity = entity_of(made)
    use(entity, article, other)
    before = rows(Entity, EntityName)

    undoing = undo(made.operation or Operation(), by=ann, door=Door.PAGE)

    assert undoing.summary.endswith(". “Gladstone” stays: in use by now")
    assert not Mention.objects.filter(pk=made.mention.pk).exists()
    assert rows(Entity, EntityName) == before
    undo(undoing, by=ann, door=Door.PAGE)
    assert Mention.objects.get(pk=made.mention.pk).entity == entity


def test_an_entity_that_was_made_alone_is_not_removed_while_it_is_used(
    corpus: Corpus, article: Article, ann: User
) -> None:
    entity = entities.create(corpus, "Gladstone", "person", by=ann, door=Door.PAGE)
    tag(article, "Gladstone", ann, "person", entity=entity.pk)
    operation = Operation.objects.filter(act=Act.ENTITY).get()

    with pytest.raises(UndoRefusedError, match="in use"):
        undo(operation, by=ann, door=Door.PAGE)
    assert Entity.objects.filter(pk=entity.pk).exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            lambda mention, ann: tagging.change(
                mention, by=ann, door=Door.PAGE, kind="place", entity_name="Leeds"
            ),
            "Tag: event → place Leeds",
        ),
        (
            lambda mention, ann: tagging.change(mention, by=ann, door=Door.PAGE, comment="Sure?"),
            "Comment: none → Sure?",
        ),
        (
            lambda mention, ann: tagging.decide([mention], "rejected", by=ann, door=Door.PAGE),
            "Status: Accepted → Rejected",
        ),
        (
            lambda mention, ann: tagging.move(mention, 0, 7, "Harbour", by=ann, door=Door.PAGE),
            "Place in version 1: “Leeds” at 62 → “Harbour” at 0",
        ),
        (
            lambda mention, ann: tagging.remove([mention], by=ann, door=Door.PAGE),
            "Tag: event → none",
        ),
        (
            lambda mention, ann: tagging.code(
                mention.article, "note", ["Well."], by=ann, door=Door.PAGE
            ),
            "Code note: none → Well.",
        ),
    ],
)
def test_each_thing_that_is_done_is_told_and_undone(
    article: Article, ann: User, change: Callable[[Mention, User], Operation], says: str
) -> None:
    mention = tag(article, "Leeds", ann).mention

    operation = change(mention, ann)

    assert says in told(operation)
    there_and_back(operation)


def test_what_was_removed_comes_back_with_what_led_to_it(article: Article, ann: User) -> None:
    quote = tag(article, "cheered", ann, "quote").mention
    who = tag(article, "Gladstone", ann, "person", entity_name="Gladstone").mention
    related = tagging.relate(quote, who, "speaker", by=ann, door=Door.PAGE)
    assert told(related) == ["Speaker of “cheered”: none → “Gladstone”"]
    make_version(article, "Before.", FIRST, SECOND)
    carrying.catch_up()

    operation = tagging.remove([who], by=ann, door=Door.PAGE)

    assert not Relation.objects.exists()
    there_and_back(operation)
    assert operation is not None
    undo(Operation.objects.latest("pk"), by=None, door=Door.PAGE)
    assert Relation.objects.count() == 1
    assert Anchor.objects.filter(mention=who).count() == 2


def test_a_tag_that_was_carried_since_is_undone_and_carried_again(
    article: Article, ann: User
) -> None:
    made = tag(article, "Leeds", ann)
    version = make_version(article, "Before.", FIRST)
    carrying.catch_up()
    assert made.operation is not None

    undone = undo(made.operation, by=ann, door=Door.PAGE)

    assert not Mention.objects.exists()
    assert not Anchor.objects.exists()
    newest = make_version(article, "Long before.", FIRST)
    carrying.catch_up()
    redone = undo(undone, by=ann, door=Door.PAGE)
    carrying.catch_up()
    # Where it was carried to in between comes back, where it was not is found.
    assert {anchor.version_id for anchor in Anchor.objects.all()} == {
        article.versions.get(number=1).pk,
        version.pk,
        newest.pk,
    }
    article.refresh_from_db()
    assert [each.quote for each in placed(newest, ann)] == ["Leeds"]
    assert undo(redone, by=ann, door=Door.PAGE)
    assert not Anchor.objects.exists()


def changed_and_carried(article: Article, ann: User) -> tuple[Operation, Version]:
    """Change the kind of a tag, and have it carried to another text."""
    mention = tag(article, "Leeds", ann).mention
    operation = tagging.change(mention, by=ann, door=Door.PAGE, kind="quote")
    version = make_version(article, "Before.", FIRST)
    carrying.catch_up()
    assert operation is not None
    return operation, version


def test_a_change_of_kind_is_undone_though_it_was_carried_since(
    article: Article, ann: User
) -> None:
    operation, version = changed_and_carried(article, ann)

    undo(operation, by=ann, door=Door.PAGE)
    carrying.catch_up()

    assert {anchor.label for anchor in Anchor.objects.all()} == {"0/0/event/0"}
    assert Anchor.objects.filter(version=version).count() == 1


def test_a_change_is_made_again_though_its_tag_went_and_came_back_since(
    article: Article, ann: User
) -> None:
    operation, version = changed_and_carried(article, ann)
    undone = undo(operation, by=ann, door=Door.PAGE)
    carrying.catch_up()
    removed = tagging.remove(Mention.objects.all(), by=ann, door=Door.PAGE)
    assert removed is not None
    undo(removed, by=ann, door=Door.PAGE)
    carrying.catch_up()

    undo(undone, by=ann, door=Door.PAGE)
    carrying.catch_up()

    assert Mention.objects.get().kind == "quote"
    assert Anchor.objects.filter(version=version).count() == 1
    article.refresh_from_db()
    assert [each.quote for each in placed(version, ann)] == ["Leeds"]


def test_what_others_worked_on_since_is_not_undone(article: Article, ann: User) -> None:
    made = tag(article, "Leeds", ann)
    tagging.change(made.mention, by=ann, door=Door.PAGE, comment="Sure?")

    with pytest.raises(UndoRefusedError, match="Later work touched the same: “Tag of “Leeds”"):
        undo(made.operation or Operation(), by=ann, door=Door.PAGE)


def test_what_others_worked_on_since_is_not_told_to_who_is_blind(
    article: Article, ann: User
) -> None:
    made = tag(article, "Leeds", ann)
    other = make_member(article.corpus, Role.ANNOTATOR)
    tagging.change(made.mention, by=other, door=Door.PAGE, comment="Sure?")
    make_task(article.corpus, [article], [ann], blind=True)

    with pytest.raises(UndoRefusedError, match="once your blind work is closed") as caught:
        undo(made.operation or Operation(), by=ann, door=Door.PAGE)

    assert caught.value.later == []


def test_thousands_are_decided_and_that_is_undone(corpus: Corpus, ann: User) -> None:
    words = " ".join(f"word{number}" for number in range(2_500))
    article = make_article(corpus, paragraphs=(words,))
    text = current(article).text
    items = [
        (
            article.pk,
            Wanted(
                start=text.index(f"word{number}"),
                end=text.index(f"word{number}") + len(f"word{number}"),
                quote=f"word{number}",
                kind="event",
                status="suggested",
            ),
        )
        for number in range(1_000, 2_500)
    ]
    made = tagging.tag_many(corpus, items, by=ann, door=Door.PAGE)
    mentions = [each.mention for each in made if isinstance(each, Tagged)]

    operation = tagging.decide(mentions, "accepted", by=ann, door=Door.PAGE)

    assert operation is not None
    assert (operation.size, operation.summary) == (1_500, "1,500 tags accepted")
    assert set(Mention.objects.values_list("status", "decided_by")) == {("accepted", ann.pk)}
    undone = undo(operation, by=ann, door=Door.PAGE)
    assert not Mention.objects.exclude(status="suggested", decided_by=None).exists()
    undo(undone, by=ann, door=Door.PAGE)
    assert set(Mention.objects.values_list("status", flat=True)) == {"accepted"}
    first = Operation.objects.earliest("pk")
    with pytest.raises(UndoRefusedError):
        undo(first, by=ann, door=Door.PAGE)
    removed = tagging.remove(mentions, by=ann, door=Door.PAGE)
    assert removed is not None
    undo(removed, by=ann, door=Door.PAGE)
    assert Anchor.objects.count() == 1_500


def test_a_merge_of_entities_is_undone_and_touches_no_tag(article: Article, ann: User) -> None:
    first, second = (make_entity(article.corpus, name) for name in ("Gladstone", "W. E. G."))
    make_mention(article, "Gladstone", entity=first)
    before = rows(Mention, Anchor)

    operation = entity_merging.merge([first], second, by=ann, door=Door.PAGE)

    assert [each.entity_name for each in placed(current(article), ann)] == ["W. E. G."]
    assert rows(Mention, Anchor) == before
    there_and_back(operation)


def test_a_job_goes_on_with_its_operation_until_it_is_undone(article: Article, ann: User) -> None:
    with act(
        Act.TAG, corpus=article.corpus, by=ann, summary="A job", door=Door.COMMAND
    ) as operation:
        pass

    for quote in ("Gladstone", "Leeds"):
        start = current(article).text.index(quote)
        want = Wanted(start=start, end=start + len(quote), quote=quote, kind="event")
        [made] = tagging.tag_many(
            article.corpus, [(article.pk, want)], by=ann, door=Door.COMMAND, operation=operation
        )
        assert isinstance(made, Tagged)
        assert made.operation == operation
    # Of nobody's act, and not of the job's.
    make_mention(article, "cheered", "event")

    undo(operation, by=ann, door=Door.PAGE)

    assert [each.quote for each in Anchor.objects.all()] == ["cheered"]
    with pytest.raises(OperationUndoneError), going_on(operation):
        raise AssertionError
