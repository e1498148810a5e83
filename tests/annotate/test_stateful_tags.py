"""Random tagging, changing and undoing on texts that change, held against a plain model.

NEWSROOM_STATEFUL_EXAMPLES and NEWSROOM_STATEFUL_STEPS make a longer run;
NEWSROOM_STATEFUL_SHRINK=1 looks for the shortest way to a fault.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from articles.annotate.anchoring import carrying, orphans
from articles.annotate.tags import tagging
from articles.annotate.tags.placed import placed
from articles.annotate.tags.tagging import Tagged, Wanted
from articles.curation import texts
from articles.history.undo import UndoRefusedError, undo
from articles.models import Anchor, Article, Door, Mention, Operation, Version
from tests.factories import current, make_article, make_corpus, make_entity, make_user, make_version

EXAMPLES = int(os.environ.get("NEWSROOM_STATEFUL_EXAMPLES", "8"))
STEPS = int(os.environ.get("NEWSROOM_STATEFUL_STEPS", "40"))
SHRINK = "NEWSROOM_STATEFUL_SHRINK" in os.environ

# Each of words of its own, so that it is plain where a tag belongs: in its paragraph or nowhere.
PARAGRAPHS = (
    "Gladstone spoke at noon beside Bright.",
    "Ships from Bremen brought coffee 👩‍🚀 yesterday.",
    "Nobody knew why Vesuvius erupted twice.",
    "Édouard Manet painted quickly, é́ they say.",
    "Rails between Lyon and Milan rusted through.",
    "The jury found Crippen guilty on Friday.",
)
KINDS = ("person", "event", "quote")
COMMENTS = ("", "Sure?", "Certainly.")
STATUSES = ("accepted", "suggested", "rejected")
pick = st.integers(0, 1_000)
some_paragraphs = st.lists(st.integers(0, len(PARAGRAPHS) - 1), unique=True, min_size=1, max_size=5)


@dataclass(frozen=True)
class Plain:
    """A tag as it should be: in which paragraph, where in it, and what is said of it."""

    article: int
    paragraph: int
    first: int
    last: int
    kind: str
    entity: int | None
    comment: str = ""
    status: str = "accepted"

    @property
    def quote(self) -> str:
        return PARAGRAPHS[self.paragraph][self.first : self.last]

    @property
    def same(self) -> tuple[Any, ...]:
        """What there is one tag of."""
        return self.article, self.paragraph, self.first, self.last, self.kind, self.entity


@dataclass(frozen=True)
class Done:
    """An operation, and what it made of tags: from what to what, by id."""

    operation: Operation
    changes: dict[int, tuple[Plain | None, Plain | None]]


class Tagging(RuleBasedStateMachine):
    """What annotators, editors and outlets do, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.corpus = make_corpus()
        self.root = make_user(is_superuser=True)
        self.tags: dict[int, Plain] = {}
        self.done: list[Done] = []
        self.paragraphs: dict[int, list[int]] = {}
        # The paragraphs of each version, by article.
        self.versions: dict[int, dict[int, list[int]]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(first=some_paragraphs, second=some_paragraphs)
    def begin(self, first: list[int], second: list[int]) -> None:
        self.entities = [make_entity(self.corpus, name).pk for name in ("Someone", "Another")]
        for chosen in (first, second):
            article = make_article(
                self.corpus, paragraphs=tuple(PARAGRAPHS[number] for number in chosen)
            )
            self.paragraphs[article.pk] = chosen
            self.versions[article.pk] = {article.version_id or 0: chosen}

    # What people do.

    @rule(which=pick, where=pick, length=st.integers(1, 3), kind=pick, who=pick, status=pick)
    def tag(self, which: int, where: int, length: int, kind: int, who: int, status: int) -> None:
        new = self.wanted(which, where, length, kind, who, STATUSES[status % 2])
        article = Article.objects.select_related("corpus", "version").get(pk=new.article)

        made = tagging.tag(article, self.asked(new), by=self.root, door=Door.PAGE)

        self.came_of([(new, made)], made.operation)

    @rule(
        many=st.lists(st.tuples(pick, pick, st.integers(1, 3), pick, pick), min_size=1, max_size=6)
    )
    def tag_many(self, many: list[tuple[int, int, int, int, int]]) -> None:
        wanted = [self.wanted(*each, "accepted") for each in many]
        items = [(new.article, self.asked(new)) for new in wanted]

        made = tagging.tag_many(self.corpus, items, by=self.root, door=Door.PAGE)

        tagged = [each for each in made if isinstance(each, Tagged)]
        assert len(tagged) == len(items)
        operation = next((each.operation for each in tagged if each.operation), None)
        self.came_of(list(zip(wanted, tagged, strict=True)), operation)

    @precondition(lambda self: self.tags)
    @rule(which=pick, many=st.booleans())
    def tag_again(self, which: int, *, many: bool) -> None:
        _, known = self.one(which)
        if known.paragraph not in self.paragraphs[known.article]:
            return
        new = replace(known, status="accepted")
        article = Article.objects.select_related("corpus", "version").get(pk=new.article)

        if many:
            items = [(new.article, self.asked(new))]
            [made] = tagging.tag_many(self.corpus, items, by=self.root, door=Door.PAGE)
            assert isinstance(made, Tagged)
        else:
            made = tagging.tag(article, self.asked(new), by=self.root, door=Door.PAGE)

        self.came_of([(new, made)], made.operation)

    @precondition(lambda self: self.tags)
    @rule(which=pick, kind=pick, who=pick, comment=pick)
    def change(self, which: int, kind: int, who: int, comment: int) -> None:
        pk, was = self.one(which)
        name = KINDS[kind % len(KINDS)]
        now = replace(
            was,
            kind=name,
            entity=self.entities[who % 2] if name == "person" else None,
            comment=COMMENTS[comment % len(COMMENTS)],
        )
        if self.is_taken(now, but=pk):
            return

        operation = tagging.change(
            Mention.objects.get(pk=pk),
            by=self.root,
            door=Door.PAGE,
            kind=now.kind,
            entity=now.entity,
            comment=now.comment,
        )

        assert (operation is None) == (now == was)
        self.note(operation, {pk: (was, now)})

    @precondition(lambda self: self.tags)
    @rule(which=pick, where=pick, length=st.integers(1, 3))
    def move(self, which: int, where: int, length: int) -> None:
        pk, was = self.one(which)
        if was.paragraph not in self.paragraphs[was.article]:
            return
        _, first, last = self.words(was.paragraph, where, length)
        now = replace(was, first=first, last=last)
        if self.is_taken(now, but=pk):
            return
        version = self.current(was.article)
        start = version.text.index(PARAGRAPHS[was.paragraph]) + first

        operation = tagging.move(
            Mention.objects.get(pk=pk),
            start,
            start + last - first,
            now.quote,
            by=self.root,
            door=Door.PAGE,
        )

        assert (operation is None) == (now == was)
        self.note(operation, {pk: (was, now)})

    @precondition(lambda self: self.tags)
    @rule(which=st.lists(pick, min_size=1, max_size=4))
    def remove(self, which: list[int]) -> None:
        chosen = dict(self.one(each) for each in which)

        operation = tagging.remove(
            Mention.objects.filter(pk__in=chosen), by=self.root, door=Door.PAGE
        )

        assert operation is not None
        self.note(operation, {pk: (was, None) for pk, was in chosen.items()})

    @precondition(lambda self: self.tags)
    @rule(which=st.lists(pick, min_size=1, max_size=4), status=pick)
    def decide(self, which: list[int], status: int) -> None:
        chosen = dict(self.one(each) for each in which)
        word = STATUSES[status % 3]

        operation = tagging.decide(
            Mention.objects.filter(pk__in=chosen), word, by=self.root, door=Door.PAGE
        )

        changes = {
            pk: (was, replace(was, status=word)) for pk, was in chosen.items() if was.status != word
        }
        assert (operation is None) == (not changes)
        self.note(operation, changes)

    # What outlets and editors do to texts.

    @rule(which=pick, chosen=some_paragraphs)
    def publish(self, which: int, chosen: list[int]) -> None:
        article = self.article(which)
        version = make_version(article, *(PARAGRAPHS[number] for number in chosen))
        self.versions[article.pk][version.pk] = chosen
        self.stands(article, version.pk)

    @rule(which=pick, version=pick)
    def go_back(self, which: int, version: int) -> None:
        article = self.article(which)
        known = sorted(self.versions[article.pk])
        chosen = known[version % len(known)]
        texts.choose_version(article, Version.objects.get(pk=chosen), by=self.root, door=Door.PAGE)
        self.stands(article, chosen)

    # Undo, and undo of undo.

    @precondition(lambda self: self.done)
    @rule(which=pick)
    def take_back(self, which: int) -> None:
        place = -1 - which % min(len(self.done), 4)
        done = self.done[place]
        is_as_left = all(self.tags.get(pk) == after for pk, (_, after) in done.changes.items())
        then = self.tags | {pk: was for pk, (was, _) in done.changes.items() if was is not None}
        for pk, (was, _) in done.changes.items():
            if was is None:
                then.pop(pk, None)
        if len({tag.same for tag in then.values()}) < len(then):
            return
        before = self.tags
        try:
            undoing = undo(done.operation, by=self.root, door=Door.PAGE)
        except UndoRefusedError:
            is_undone = Operation.objects.filter(undoes=done.operation).exists()
            assert is_undone or not is_as_left
            assert self.tags == before
            return
        if not is_as_left:
            # What is said of a tag and where it is are two rows: a decision is taken back though
            # the tag was moved since, and that stays as it is.
            now = {pk: self.moved(pk, *each) for pk, each in done.changes.items()}
            then = self.tags | {pk: was for pk, (was, _) in now.items()}
            done = Done(done.operation, dict(now))
        self.tags = then
        self.done.append(Done(undoing, {pk: (b, a) for pk, (a, b) in done.changes.items()}))
        carrying.catch_up()

    def moved(self, pk: int, was: Plain | None, left: Plain | None) -> tuple[Plain, Plain]:
        """Return what an operation made of a tag, where that was moved to since; nothing else."""
        assert was is not None
        assert left is not None
        now = self.tags[pk]
        assert now == replace(left, first=now.first, last=now.last)
        return replace(was, first=now.first, last=now.last), now

    @precondition(lambda self: self.done)
    @rule()
    def take_back_the_last(self) -> None:
        self.take_back(0)

    @precondition(lambda self: self.done)
    @rule(which=pick, chosen=some_paragraphs)
    def publish_and_take_back(self, which: int, chosen: list[int]) -> None:
        self.publish(which, chosen)
        self.take_back(0)
        self.take_back(0)

    # What must hold.

    @invariant()
    def tags_are_where_the_model_has_them(self) -> None:
        for article in self.paragraphs:
            version = self.current(article)
            expected = {
                (
                    pk,
                    version.text.index(PARAGRAPHS[tag.paragraph]) + tag.first,
                    tag.quote,
                    tag.kind,
                    tag.entity,
                    tag.comment,
                    tag.status,
                )
                for pk, tag in self.tags.items()
                if tag.article == article
                and tag.paragraph in self.paragraphs[article]
                and tag.status != "rejected"
            }
            found = placed(version, self.root)
            assert {
                (
                    each.id, each.start, each.quote, each.kind, each.entity_id, each.comment,
                    each.status,
                )
                for each in found
            } == expected  # fmt: skip
            assert [each.start for each in found] == sorted(each.start for each in found)

    @invariant()
    def what_has_no_place_is_an_orphan(self) -> None:
        assert {(each.mention_id, each.quote) for each in orphans.orphans(self.root)} == {
            (pk, tag.quote)
            for pk, tag in self.tags.items()
            if tag.paragraph not in self.paragraphs[tag.article]
        }

    @invariant()
    def every_place_is_of_its_words(self) -> None:
        anchors = Anchor.objects.filter(mention__corpus=self.corpus, start__isnull=False)
        for anchor in anchors.select_related("version"):
            text = anchor.version.text
            assert text[anchor.start : anchor.end] == anchor.quote
            assert text[: anchor.start].endswith(anchor.prefix)
            assert text[anchor.end :].startswith(anchor.suffix)
        assert set(Mention.objects.filter(corpus=self.corpus).values_list("pk", flat=True)) == set(
            self.tags
        )

    # Helpers.

    def wanted(
        self, which: int, where: int, length: int, kind: int, who: int, status: str
    ) -> Plain:
        article = self.article(which).pk
        known = self.paragraphs[article]
        paragraph, first, last = self.words(known[where % len(known)], where // 7, length)
        name = KINDS[kind % len(KINDS)]
        entity = self.entities[who % 2] if name == "person" else None
        return Plain(article, paragraph, first, last, name, entity, status=status)

    def words(self, paragraph: int, where: int, length: int) -> tuple[int, int, int]:
        words = PARAGRAPHS[paragraph].split(" ")
        start = where % len(words)
        first = len(" ".join(words[:start])) + bool(start)
        return paragraph, first, first + len(" ".join(words[start : start + length]))

    def asked(self, new: Plain) -> Wanted:
        text = self.current(new.article).text
        start = text.index(PARAGRAPHS[new.paragraph]) + new.first
        return Wanted(
            start=start,
            end=start + len(new.quote),
            quote=new.quote,
            kind=new.kind,
            entity=new.entity,
            status=new.status,
            key=uuid4(),
        )

    def came_of(self, made: list[tuple[Plain, Tagged]], operation: Operation | None) -> None:
        """Take into the model what was made, or was there and is accepted now."""
        changes: dict[int, tuple[Plain | None, Plain | None]] = {}
        known = {tag.same: pk for pk, tag in self.tags.items()}
        for new, tagged in made:
            pk = tagged.mention.pk
            assert tagged.made == (new.same not in known)
            assert known.setdefault(new.same, pk) == pk
            was = self.tags.get(pk)
            now = new if was is None else was
            if was is not None and new.status == "accepted":
                now = replace(was, status="accepted")
            if now != was:
                changes.setdefault(pk, (was, now))
        assert (operation is None) == (not changes)
        self.note(operation, changes)

    def note(
        self, operation: Operation | None, changes: Mapping[int, tuple[Plain | None, Plain | None]]
    ) -> None:
        if operation is None:
            return
        self.done.append(Done(operation, dict(changes)))
        for pk, (_, now) in changes.items():
            if now is None:
                del self.tags[pk]
            else:
                self.tags[pk] = now
        carrying.catch_up()

    def is_taken(self, now: Plain, *, but: int) -> bool:
        return any(tag.same == now.same for pk, tag in self.tags.items() if pk != but)

    def one(self, which: int) -> tuple[int, Plain]:
        known = sorted(self.tags)
        pk = known[which % len(known)]
        return pk, self.tags[pk]

    def article(self, which: int) -> Article:
        known = sorted(self.paragraphs)
        article: Article = Article.objects.select_related("corpus").get(
            pk=known[which % len(known)]
        )
        return article

    def current(self, article: int) -> Version:
        return current(Article.objects.select_related("version").get(pk=article))

    def stands(self, article: Article, version: int) -> None:
        article.refresh_from_db()
        assert article.version_id == version
        self.paragraphs[article.pk] = self.versions[article.pk][version]
        carrying.catch_up()


@pytest.mark.django_db
def test_tags_hold_whatever_is_done_in_whatever_order() -> None:
    run_state_machine_as_test(
        Tagging,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=list(Phase) if SHRINK else [Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
