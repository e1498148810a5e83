"""Collections under whatever one does, undone and done again in any order: a model says what."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from articles.history.undo import UndoRefusedError, undo
from articles.keeping import collections
from articles.models import Collection, CollectionItem, Corpus, Door, Operation
from tests.factories import make_article, make_member

ARTICLES = 5
NAMES = ("Camps", "Ports")
some = st.lists(st.integers(0, ARTICLES - 1), max_size=4)
a_name = st.sampled_from(NAMES)

# Of each collection by its name, the notes on its articles.
type Kept = dict[str, dict[int, str]]


class Keeping(RuleBasedStateMachine):
    """What one keeps, beside what the database says, and the states that undoing leads back to."""

    corpus: Corpus
    by: User
    ids: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.kept: Kept = {}
        # What can be taken back, the newest last, with how things were before.
        self.done: list[tuple[Operation, Kept]] = []

    def found(self, name: str) -> Collection:
        collection: Collection = Collection.objects.get(name=name, by=self.by)
        return collection

    def note_down(self, operation: Operation | None, after: Kept) -> None:
        assert (operation is not None) == (after != self.kept)
        if operation is not None:
            self.done.append((operation, self.kept))
        self.kept = after

    def but(self, name: str, notes: dict[int, str]) -> Kept:
        return self.kept | {name: notes}

    @initialize()
    def begin(self) -> None:
        self.make("Camps", [0, 1, 2])
        self.annotate("Camps", 1, "a")

    @rule(name=a_name, places=some)
    def make(self, name: str, places: list[int]) -> None:
        if name in self.kept:
            with pytest.raises(collections.CollectionNameTakenError):
                collections.make(self.corpus, name=name, by=self.by, door=Door.PAGE)
            return
        articles = [self.ids[place] for place in places]
        made = collections.make(
            self.corpus, name=name, by=self.by, door=Door.PAGE, articles=articles
        )
        self.note_down(made.operation, self.but(name, dict.fromkeys(articles, "")))

    @rule(name=a_name, places=some)
    def add(self, name: str, places: list[int]) -> None:
        if name in self.kept:
            articles = [self.ids[place] for place in places]
            known = self.kept[name]
            added = collections.add(self.found(name), articles, by=self.by, door=Door.PAGE)
            assert added.added == len(set(articles) - known.keys())
            assert added.already == len(set(articles) & known.keys())
            self.note_down(added.operation, self.but(name, dict.fromkeys(articles, "") | known))

    @rule(name=a_name, places=some)
    def take_out(self, name: str, places: list[int]) -> None:
        if name in self.kept:
            articles = {self.ids[place] for place in places}
            operation = collections.take_out(self.found(name), articles, by=self.by, door=Door.PAGE)
            left = {pk: note for pk, note in self.kept[name].items() if pk not in articles}
            self.note_down(operation, self.but(name, left))

    @rule(name=a_name, place=st.integers(0, ARTICLES - 1), note=st.sampled_from(["", "a", "b"]))
    def annotate(self, name: str, place: int, note: str) -> None:
        if self.kept.get(name):
            there = sorted(self.kept[name])
            article = there[place % len(there)]
            operation = collections.annotate(
                self.found(name), article, note, by=self.by, door=Door.PAGE
            )
            self.note_down(operation, self.but(name, self.kept[name] | {article: note}))

    @rule(name=a_name, other=a_name)
    def copy_or_merge(self, name: str, other: str) -> None:
        if name not in self.kept or name == other:
            return
        source = self.found(name)
        if other in self.kept:
            done = collections.merge(source, self.found(other), by=self.by, door=Door.PAGE)
        else:
            done = collections.copy(source, name=other, by=self.by, door=Door.PAGE)
        self.note_down(done.operation, self.but(other, self.kept[name] | self.kept.get(other, {})))

    @rule(name=a_name)
    def remove(self, name: str) -> None:
        if name in self.kept:
            operation = collections.remove(self.found(name), by=self.by, door=Door.PAGE)
            self.note_down(operation, {n: kept for n, kept in self.kept.items() if n != name})

    @rule()
    def take_back_the_newest(self) -> None:
        if self.done:
            operation, before = self.done.pop()
            undoing = undo(operation, by=self.by, door=Door.PAGE)
            after, self.kept = self.kept, before
            if len(self.done) % 2:
                undo(undoing, by=self.by, door=Door.PAGE)
                self.kept = after
                self.done = []

    @rule()
    def take_back_an_older_one(self) -> None:
        if len(self.done) > 1:
            before = state()
            try:
                with transaction.atomic():
                    undo(self.done[0][0], by=self.by, door=Door.PAGE)
            except UndoRefusedError:
                assert state() == before
            else:
                self.kept, self.done = state(), []

    @invariant()
    def the_database_says_the_same(self) -> None:
        assert state() == self.kept


def state() -> Kept:
    found: Kept = {name: {} for name in Collection.objects.values_list("name", flat=True)}
    rows = CollectionItem.objects.values_list("collection__name", "article_id", "note")
    for name, article, note in rows:
        found[name][article] = note
    return found


def test_whatever_is_done_the_collections_are_as_they_should_be(corpus: Corpus) -> None:
    reader = make_member(corpus)
    articles = [make_article(corpus).pk for _ in range(ARTICLES)]

    class OfThisCorpus(Keeping):
        def __init__(self) -> None:
            super().__init__()
            self.corpus, self.by, self.ids = corpus, reader, articles
            self.within = transaction.atomic()
            self.within.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.within.__exit__(None, None, None)

    run_state_machine_as_test(
        OfThisCorpus,
        settings=settings(
            max_examples=6,
            stateful_step_count=15,
            deadline=None,
            # Looking for a shorter example takes minutes.
            phases=[phase for phase in Phase if phase is not Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
