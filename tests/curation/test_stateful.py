"""Random work on a corpus, held against a plain model of what should be.

NEWSROOM_STATEFUL_EXAMPLES and NEWSROOM_STATEFUL_STEPS make a longer run;
NEWSROOM_STATEFUL_SHRINK=1 looks for the shortest way to a fault.
"""

import io
import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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

from articles.curation import authors, borders, fields, sources, texts
from articles.curation.reread_plan import Wanted
from articles.curation.rereading import reread, withdraw
from articles.history.row_changes import event_model
from articles.history.undo import TRACKED, UndoRefusedError, undo
from articles.ingest import effective, imports
from articles.models import (
    Article,
    CorrectedField,
    Credit,
    Door,
    Import,
    Operation,
    Person,
    Source,
    SourceAlias,
    Version,
)
from articles.models.folding import fold
from articles.text import Block, BlockKind
from tests.curation import toy
from tests.curation.plain_model import FIELDS, Plain
from tests.factories import make_corpus

EXAMPLES = int(os.environ.get("NEWSROOM_STATEFUL_EXAMPLES", "6"))
STEPS = int(os.environ.get("NEWSROOM_STATEFUL_STEPS", "25"))
# Minutes of looking for a shorter example, once there is one.
SHRINK = "NEWSROOM_STATEFUL_SHRINK" in os.environ

OUTLETS = ("The Gazette", "Gazette Weekly", "The Herald")
PEOPLE = ("Jane Doe", "J. Doe", "John Roe")
READERS = ("1", "2", "3")
COLUMNS = ("page", "section", "byline", "external_id")
FLAGS = ("undated", "no_source", "no_body", "recheck")

said = st.fixed_dictionaries(
    {
        "headline": st.integers(0, 2).map(lambda n: f"Bridge {n} opens"),
        "body": st.lists(st.integers(0, 2).map(lambda n: f"Words {n}."), max_size=2),
        "page": st.none() | st.sampled_from("12"),
        "section": st.none() | st.just("News"),
        "byline": st.none() | st.just("By someone"),
        "published": st.none() | st.sampled_from(["1932-03-19", "1932-03-20"]),
        "source": st.none() | st.sampled_from(OUTLETS),
        "people": st.lists(st.sampled_from(PEOPLE), unique=True, max_size=2),
        "external_id": st.none() | st.integers(0, 2).map(lambda n: f"id{n}"),
    }
)
later = st.none() | st.just("It is torn.") | said
lines = st.fixed_dictionaries({"1": said}, optional={"2": later, "3": later})
pick = st.integers(0, 1_000)
change = st.one_of(
    st.tuples(st.sampled_from(["page", "section", "byline"]), st.sampled_from([None, "1", "9"])),
    st.tuples(st.just("published"), st.sampled_from([None, "1932-03-19", "1932-05-01"])),
    st.tuples(st.just("source"), st.sampled_from([None, *OUTLETS, "The Courier"])),
    st.tuples(st.just("external_id"), st.sampled_from([None, "id0", "other"])),
    st.tuples(st.just("credits"), st.lists(st.sampled_from([*PEOPLE, "Zoe Poe"]), max_size=2)),
    st.tuples(
        st.sampled_from([*FIELDS, "source", "external_id", "credits"]), st.just(fields.AS_READ)
    ),
)


def as_given(name: str, value: Any) -> Any:
    """Return the plain model's value of a field as a correction takes it."""
    if value is fields.AS_READ or value is None:
        return value
    if name == "published":
        return {"date": value}
    if name == "credits":
        return [{"kind": "person", "name": person} for person in value]
    return value


class Work(RuleBasedStateMachine):
    """What people and imports do, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.plain = Plain()
        toy.ToyFormat.version = "1"
        self.corpus = make_corpus()
        # The model's rows when the operation under way began.
        self.begun: dict[Any, Any] = {}
        self.texts_seen: dict[int, Any] = {}
        self.states: dict[int, dict[Any, tuple[Any, Any]]] = {}
        # Where new names of sources come from; each is used once.
        self.named = 0

    def teardown(self) -> None:
        try:
            self.check_history()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    # Imports.

    @initialize(given=st.lists(lines, min_size=2, max_size=4))
    def begin(self, given: list[dict[str, Any]]) -> None:
        self.plain.captures.append(given)
        self.read_capture(0)

    @rule(given=st.lists(lines, min_size=1, max_size=2))
    def ingest(self, given: list[dict[str, Any]]) -> None:
        # The same bytes are the same capture.
        if given not in self.plain.captures:
            self.plain.captures.append(given)
        self.read_capture(self.plain.captures.index(given))

    @rule(which=pick)
    def ingest_again(self, which: int) -> None:
        self.read_capture(which % len(self.plain.captures), again=True)

    def read_capture(self, number: int, *, again: bool = False) -> None:
        """Ingest a capture, item by item as the model expects."""
        given = self.plain.captures[number]
        upload = imports.Upload("a.toy", "", io.BytesIO(toy.capture(*given)))
        run: Import = imports.run(
            imports.start(
                corpus=self.corpus, user=None, door=Door.API, inputs=[upload], format_name="toy"
            ).pk
        )
        self.learn_names()
        items = {item.locator: item for item in run.items.all()}
        for line, entry in enumerate(given):
            words = self.plain.read(entry)
            item = items.get(f"line {line + 1}")
            if words is None:
                assert item is None
            elif isinstance(words, str) or not (words["headline"] or words["body"]):
                assert item is not None
                assert item.outcome == "failed"
            else:
                assert item is not None
                known = self.plain.places.get((number, line))
                outcome, which = self.plain.expect(words, (number, line))
                assert item.outcome == outcome, (item.outcome, outcome, item.reason)
                assert item.article_id is not None
                if which:
                    assert item.article_id in which
                if again and known is not None:
                    assert (outcome, item.article_id) == ("unchanged", known)
                self.plain.ingested(words, (number, line), outcome, item.article_id)

    def learn_names(self) -> None:
        """Take over the sources and people that imports and corrections made on the way."""
        for alias in SourceAlias.objects.filter(corpus=self.corpus):
            self.plain.rows.setdefault(("alias", alias.folded), alias.source_id)
            self.plain.rows.setdefault(
                ("source", alias.source_id), (alias.source.name, alias.source.merged_into_id)
            )
        for person in Person.objects.filter(corpus=self.corpus):
            self.plain.rows.setdefault(("person", person.pk), person.same_as_id)

    # Readers.

    @precondition(lambda self: self.plain.reader != READERS[-1])
    @rule()
    def read_better(self) -> None:
        self.plain.reader = READERS[READERS.index(self.plain.reader) + 1]
        toy.ToyFormat.version = self.plain.reader

    @rule(everything=st.booleans())
    def reread(self, *, everything: bool) -> None:
        expected = self.plain.reread(everything=everything)

        report = reread(Wanted(self.corpus, everything=everything), apply=True)

        self.learn_names()
        assert report.stored == expected
        assert reread(Wanted(self.corpus, everything=everything), apply=True).stored == 0

    @rule()
    def withdraw(self) -> None:
        expected = self.plain.withdraw()

        assert withdraw(Wanted(self.corpus), apply=True) == expected
        assert withdraw(Wanted(self.corpus), apply=True) == 0

    # Corrections.

    @rule(
        which=st.lists(pick, min_size=1, max_size=3), what=st.lists(change, min_size=1, max_size=2)
    )
    def correct(self, which: list[int], what: list[tuple[str, Any]]) -> None:
        ids = sorted({self.one(n) for n in which})
        changes = dict(what)
        touched = set()
        expected: list[tuple[int, str, Any]] = []
        for name, value in changes.items():
            for story in ids:
                known, corrected = self.plain.values(story), self.plain.corrections(story)
                now = known[name]
                if name == "source":
                    now = self.plain.rows["source", now][0] if now else None
                empty = value or None if name == "credits" else value
                is_other = name in corrected if value is fields.AS_READ else (now or None) != empty
                if is_other:
                    touched.add(story)
                    expected.append((story, name, empty))

        with self.operation(something=bool(touched)) as done:
            done.append(
                fields.correct(
                    ids,
                    {CorrectedField(n): as_given(n, v) for n, v in changes.items()},
                    by=None,
                    door=Door.API,
                )
            )
            self.learn_names_aside()
            for story, name, value in expected:
                key = ("correction", story, name)
                if value is fields.AS_READ:
                    del self.plain.rows[key]
                else:
                    self.plain.write(key, value)
            if touched:
                assert done[0].size == len(touched)

    @rule(
        which=st.lists(pick, min_size=1, max_size=3),
        flags=st.sets(st.sampled_from(FLAGS), min_size=1),
    )
    def look_at(self, which: list[int], flags: set[str]) -> None:
        ids = sorted({self.one(n) for n in which})
        seen = {story: flags & set(self.plain.values(story)["flags"]) for story in ids}
        seen = {story: these for story, these in seen.items() if these}

        with self.operation(something=bool(seen)) as done:
            done.append(fields.look_at(ids, flags, by=None, door=Door.API))
            for story, these in seen.items():
                known = self.plain.corrections(story).get("flags", {})
                value = known | dict.fromkeys(these, self.plain.newest_seen(story))
                self.plain.write(("correction", story, "flags"), value)

    # Texts and borders.

    @rule(which=pick, body=st.lists(st.sampled_from(["Right.", "Words 1."]), max_size=2))
    def correct_text(self, which: int, body: list[str]) -> None:
        story = self.one(which)
        blocks = [Block(BlockKind.HEADLINE, "Bridge put right")]
        blocks += [Block(BlockKind.PARAGRAPH, words) for words in body]
        standing = self.standing(story)
        is_other = standing.blocks != blocks

        with self.operation(something=is_other) as done:
            done.append(texts.correct_text(self.get(story), blocks, by=None, door=Door.API))
            if is_other:
                number = self.plain.add_corrected(story, blocks, standing)
                self.plain.let_stand(story, number)

    @rule(which=pick, version=pick)
    def choose_version(self, which: int, version: int) -> None:
        story = self.one(which)
        article = self.get(story)
        numbers = sorted(self.plain.stories[story].texts)
        number = numbers[version % len(numbers)]
        is_other = number != self.plain.standing(story)

        with self.operation(something=is_other) as done:
            chosen = article.versions.get(number=number)
            done.append(texts.choose_version(article, chosen, by=None, door=Door.API))
            if is_other:
                self.plain.let_stand(story, number)

    @rule(which=pick)
    def split(self, which: int) -> None:
        story = self.one(which)
        standing = self.standing(story)
        first = standing.blocks
        second = [Block(BlockKind.HEADLINE, "Bridge of its own"), *standing.blocks[1:]]

        with self.operation(something=True) as done:
            operation, [new] = borders.split(
                self.get(story), [first, second], by=None, door=Door.API
            )
            done.append(operation)
            self.plain.stories[new.pk] = type(self.plain.stories[story])(
                alias=self.plain.stories[story].alias
            )
            made = self.plain.add_corrected(new.pk, second, standing)
            self.plain.let_stand(new.pk, made)
            for name, value in self.plain.corrections(story).items():
                stamp = self.plain.rows["correction", story, name][1]
                self.plain.rows["correction", new.pk, name] = (value, stamp)
            self.plain.let_stand(story, self.plain.add_corrected(story, first, standing))

    @precondition(lambda self: len(self.plain.all_standing()) > 1)
    @rule(which=pick, other=pick)
    def join(self, which: int, other: int) -> None:
        story, joined = self.one(which), self.one(other)
        if story == joined:
            with pytest.raises(texts.TextRefusedError):
                borders.join(self.get(story), [self.get(joined)], by=None, door=Door.API)
            return
        standing = self.standing(story)
        within = {BlockKind.HEADLINE: BlockKind.CROSSHEAD}
        blocks = [
            *standing.blocks,
            *(Block(within.get(b.kind, b.kind), b.text) for b in self.standing(joined).blocks),
        ]

        with self.operation(something=True) as done:
            done.append(borders.join(self.get(story), [self.get(joined)], by=None, door=Door.API))
            # In a text's order: what was a headline is within the body now.
            made = self.plain.add_corrected(story, blocks, standing)
            self.plain.let_stand(story, made)
            after = self.plain.stories[joined].newest
            row = {"version": None, "joined": story, "after": after}
            self.plain.write(("text", joined), row)

    # Sources and authors.

    @precondition(lambda self: len(self.standing_sources()) > 1)
    @rule(which=pick, into=pick)
    def merge_sources(self, which: int, into: int) -> None:
        known = self.standing_sources()
        one, other = known[which % len(known)], known[into % len(known)]
        if one == other:
            return

        with self.operation(something=True) as done:
            done.append(
                sources.merge(
                    [Source.objects.get(pk=one)],
                    Source.objects.get(pk=other),
                    by=None,
                    door=Door.API,
                )
            )
            rows = self.plain.rows
            for key, value in list(rows.items()):
                if key[0] == "alias" and value == one:
                    rows[key] = other
                if key[0] == "source" and (key[1] == one or value[1] == one):
                    rows[key] = (value[0], other)

    @rule(which=pick)
    def move_a_name(self, which: int) -> None:
        rows = self.plain.rows
        may = [
            key[1]
            for key, value in rows.items()
            if key[0] == "alias" and key[1] != fold(rows["source", value][0])
        ]
        if not may:
            return
        folded = sorted(may)[which % len(may)]
        alias = SourceAlias.objects.get(corpus=self.corpus, folded=folded)
        self.named += 1

        with self.operation(something=True) as done:
            operation, new = sources.move_names(
                [alias], f"New {self.named}", by=None, door=Door.API
            )
            done.append(operation)
            rows["source", new.pk] = (new.name, None)
            rows["alias", fold(new.name)] = new.pk
            rows["alias", folded] = new.pk

    @precondition(lambda self: len(self.authors()) > 1)
    @rule(which=pick, into=pick)
    def merge_authors(self, which: int, into: int) -> None:
        known = self.authors()
        one, other = known[which % len(known)], known[into % len(known)]
        if one == other:
            return

        with self.operation(something=True) as done:
            done.append(
                authors.merge(
                    [Person.objects.get(pk=one)],
                    Person.objects.get(pk=other),
                    by=None,
                    door=Door.API,
                )
            )
            for key, value in list(self.plain.rows.items()):
                if key[0] == "person" and (key[1] == one or value == one):
                    self.plain.rows[key] = other

    @rule(which=pick)
    def part_author(self, which: int) -> None:
        names = [k[1] for k, v in self.plain.rows.items() if k[0] == "person" and v is not None]
        if not names:
            return
        one = sorted(names)[which % len(names)]

        with self.operation(something=True) as done:
            name = Person.objects.get(pk=one)
            done.append(authors.split([name], by=None, door=Door.API))
            self.plain.rows["person", one] = None

    # Undo.

    @precondition(lambda self: self.plain.done)
    @rule(which=pick)
    def undo(self, which: int) -> None:
        # Mostly of what was done of late.
        known = sorted(self.plain.done, reverse=True)
        operation = Operation.objects.get(pk=known[which % min(len(known), 6)])
        before, derived = self.made_by_people(), self.derived()
        delta = self.states[operation.pk]
        expected = self.plain.may_undo(operation.pk)
        # The rows that it left may be as they were and yet have others in their place.
        assert not expected or all(before.get(key) == after for key, (_, after) in delta.items())

        try:
            back = undo(operation, by=None, door=Door.API)
        except UndoRefusedError:
            assert self.made_by_people() == before
            assert self.derived() == derived
            assert not expected or self.is_in_use(delta)
            return

        assert expected
        now = self.made_by_people()
        for key, (former, _) in delta.items():
            assert now.get(key) == former
        assert {k: v for k, v in now.items() if k not in delta} == {
            k: v for k, v in before.items() if k not in delta
        }
        self.plain.undo(operation.pk, back.pk)
        self.note(back, before)

    def is_in_use(self, delta: dict[Any, tuple[Any, Any]]) -> bool:
        """Whether an operation made names, which may be in use by now."""
        named = {SourceAlias._meta.db_table, Source._meta.db_table}
        return any(key[0] in named and former is None for key, (former, _) in delta.items())

    # What must hold after each.

    @invariant()
    def values_are_as_they_should_be(self) -> None:
        articles = {
            a.pk: a for a in Article.objects.filter(corpus=self.corpus).select_related("version")
        }
        assert articles.keys() == self.plain.stories.keys()
        found = defaultdict(list)
        for credit in Credit.objects.standing().filter(version__article__corpus=self.corpus):
            found[credit.version_id].append(credit.name)
        for story, article in articles.items():
            if self.plain.standing(story) is None:
                assert not article.standing
                continue
            assert article.version is not None
            assert {
                **{name: getattr(article, name) for name in COLUMNS},
                "published": article.published_date and article.published_date.isoformat(),
                "source": article.source_id,
                "text": article.version.text,
                "number": article.version.number,
                "credits": found[article.version.pk],
                "standing": article.standing,
                "joined": article.joined_into_id,
                "edits": article.edits,
                "flags": article.flags,
            } == self.plain.values(story)

    @invariant()
    def texts_never_change(self) -> None:
        rows = Version.objects.filter(article__corpus=self.corpus).order_by("pk")
        columns = ("number", "origin", "text", "blocks", "sha256", "read", "article_id")
        now = {row[0]: row[1:] for row in rows.values_list("pk", *columns)}
        assert {pk: now.get(pk) for pk in self.texts_seen} == self.texts_seen
        self.texts_seen = now
        for row in now.values():
            assert row[2] == self.plain.stories[row[-1]].texts[row[0]].words

    @invariant()
    def deriving_again_changes_nothing(self) -> None:
        before = self.derived()

        effective.derive(self.plain.stories)

        assert self.derived() == before

    @invariant()
    def no_address_or_id_is_twice(self) -> None:
        ids = [s.external_id for s in self.plain.stories.values() if s.external_id]
        rows = Article.objects.filter(corpus=self.corpus)
        found = rows.values_list("read_external_id", flat=True)
        assert sorted(id_ for id_ in found if id_) == sorted(ids)

    def check_history(self) -> None:
        """Play the history back: it ends at what is there now."""
        for model in TRACKED:
            known: dict[int, Any] = {}
            befores: dict[int, list[Any]] = defaultdict(list)
            afters: dict[int, list[Any]] = defaultdict(list)
            names = [f.attname for f in model._meta.concrete_fields if not f.primary_key]
            for event in event_model(model).objects.order_by("pgh_id"):
                row = tuple(getattr(event, name) for name in names if hasattr(event, name))
                id_ = event.pgh_obj_id
                match event.pgh_label:
                    case "before":
                        befores[id_].append(row)
                    case "after":
                        afters[id_].append((known[id_], row))
                        known[id_] = row
                    case "insert":
                        assert id_ not in known
                        known[id_] = row
                    case "delete":
                        assert known.pop(id_) == row
            kept = [n for n in names if hasattr(event_model(model), n)]
            rows = {row[0]: row[1:] for row in model._default_manager.values_list("pk", *kept)}
            assert rows == known
            # A change is told by two events, in whichever order.
            assert befores == {id_: [was for was, _ in told] for id_, told in afters.items()}

    # Helpers.

    def one(self, number: int) -> int:
        known = self.plain.all_standing()
        return known[number % len(known)]

    def get(self, story: int) -> Article:
        found: Article = Article.objects.get(pk=story)
        return found

    def standing(self, story: int) -> Any:
        return self.plain.stories[story].texts[self.plain.standing(story) or 0]

    def standing_sources(self) -> list[int]:
        return sorted(k[1] for k, v in self.plain.rows.items() if k[0] == "source" and not v[1])

    def authors(self) -> list[int]:
        return sorted(k[1] for k, v in self.plain.rows.items() if k[0] == "person" and v is None)

    def learn_names_aside(self) -> None:
        """Names that a correction makes known are no part of it."""
        self.learn_names()
        self.begun = {
            key: self.plain.rows[key]
            for key in self.plain.rows
            if key[0] in {"alias", "source", "person"}
        } | {k: v for k, v in self.begun.items() if k[0] not in {"alias", "source", "person"}}

    @contextmanager
    def operation(self, *, something: bool) -> Iterator[list[Any]]:
        """Do something as an operation, in the database and in the model alike."""
        self.begun = self.plain.snapshot()
        before = self.made_by_people()
        done: list[Any] = []
        yield done
        [operation] = done
        assert (operation is not None) == something
        if operation is not None:
            self.plain.act(operation.pk, self.begun)
            self.note(operation, before)

    def note(self, operation: Operation, before: dict[Any, Any]) -> None:
        """Note what an operation did to rows; what it made known on the way is not its own."""
        now = self.made_by_people()
        mine = {
            (model._meta.db_table, id_)
            for model in TRACKED
            for id_ in event_model(model)
            .objects.filter(pgh_context_id=operation.context)
            .values_list("pgh_obj_id", flat=True)
        }
        keys = {k for k in before.keys() | now if before.get(k) != now.get(k)} & mine
        self.states[operation.pk] = {k: (before.get(k), now.get(k)) for k in keys}

    def made_by_people(self) -> dict[Any, Any]:
        """Return all rows of the tables that operations change, by table and id."""
        return {
            (model._meta.db_table, row["id"]): row
            for model in TRACKED
            for row in model._default_manager.values()
        }

    def derived(self) -> Any:
        articles = list(Article.objects.filter(corpus=self.corpus).order_by("pk").values())
        columns = ("version_id", "position", "kind", "person_id", "name", "standing", "corrected")
        credits_ = Credit.objects.filter(version__article__corpus=self.corpus)
        return articles, list(credits_.order_by("version_id", "position").values_list(*columns))


@pytest.mark.django_db
def test_whatever_is_done_in_whatever_order_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    toy.install(monkeypatch)

    run_state_machine_as_test(
        Work,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=list(Phase) if SHRINK else [Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
