"""Entities: offered as one types, found by name, put right, merged and split, each undone."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.annotate.entities import entities, entity_changes, entity_mentions, entity_merging
from articles.annotate.entities.cooccurrence import companions, graph
from articles.annotate.entities.entities import EntityKnownError, EntityRefusedError
from articles.annotate.entities.entity_lists import listed, most_tagged, names_of
from articles.annotate.entities.likely_entities import likely, reason_for
from articles.annotate.entities.offering import suggest
from articles.curation.fields import StaleError
from articles.history.undo import undo
from articles.models import Corpus, Door, Entity, EntityName, Mention, Operation, Role
from tests.factories import (
    make_article,
    make_corpus,
    make_entity,
    make_member,
    make_mention,
    make_task,
)


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


def offered(corpus: Corpus, text: str, user: User | AnonymousUser, **more: Any) -> list[str]:
    return [one.name for one in suggest(corpus, text, user=user, **more)]


class TestSuggesting:
    def test_offers_by_the_beginning_of_any_word_of_any_name(
        self, corpus: Corpus, annotator: User
    ) -> None:
        make_entity(corpus, "Ban Ki-moon")
        make_entity(corpus, "Müller, Émile", "person", "L’Avocat d’Orléans")
        make_entity(corpus, "Bank of England", "organisation")
        make_entity(make_corpus(), "Ban Elsewhere")

        assert offered(corpus, "moon", annotator) == ["Ban Ki-moon"]
        assert offered(corpus, "emile mul", annotator) == ["Müller, Émile"]
        assert set(offered(corpus, "ban", annotator)) == {"Ban Ki-moon", "Bank of England"}
        assert offered(corpus, "ban", annotator, kind="organisation") == ["Bank of England"]
        [by_alias] = suggest(corpus, "orle", user=annotator)
        assert (by_alias.name, by_alias.alias) == ("Müller, Émile", "L’Avocat d’Orléans")
        assert offered(corpus, "oon", annotator) == []

    @pytest.mark.parametrize(
        "text", ["'", "\\", "%", "_", "a'b\\:*", "…", "x" * 400, "👩‍👩‍👧", "新"]
    )
    def test_takes_whatever_is_typed(self, corpus: Corpus, annotator: User, text: str) -> None:
        make_entity(corpus, "新疆")

        assert offered(corpus, text, annotator) == (["新疆"] if text == "新" else [])

    def test_puts_the_very_name_first_then_ones_own_latest_then_the_most_tagged(
        self, corpus: Corpus, annotator: User
    ) -> None:
        article = make_article(corpus, paragraphs=("Doe Doe Doe Doe",))
        rare, often, own, exact = (
            make_entity(corpus, name) for name in ("Doe A", "Doe B", "Doe C", "Doe")
        )
        for nth in range(3):
            make_mention(article, "Doe", entity=often, nth=nth)
        make_mention(article, "Doe", entity=own, by=annotator)

        found = suggest(corpus, "doe", user=annotator)

        assert [one.id for one in found] == [exact.pk, own.pk, often.pk, rare.pk]
        assert [one.mentions for one in found] == [0, 1, 3, 0]
        assert [one.recent for one in found] == [False, True, False, False]
        assert [one.id for one in suggest(corpus, "", user=annotator)] == [own.pk, often.pk]

    def test_leads_to_the_one_that_stands(self, corpus: Corpus, annotator: User) -> None:
        stands = make_entity(corpus, "Jane Doe")
        make_entity(corpus, "J. Doe", merged_into=stands)

        [found] = suggest(corpus, "j", user=annotator)

        assert (found.id, found.name) == (stands.pk, "Jane Doe")
        assert entities.resolve(corpus, "j doe", "person", annotator) == stands

    def test_in_blind_work_offers_what_was_there_and_ones_own(
        self, corpus: Corpus, annotator: User
    ) -> None:
        other = make_member(corpus, Role.ANNOTATOR)
        make_entity(corpus, "Doe Before")
        article = make_article(corpus, paragraphs=("Doe Doe Doe",))
        task = make_task(corpus, [article], [annotator, other])
        before = Entity.objects.get()
        make_mention(article, "Doe", entity=before, by=other, task=task, layer_of=other)
        make_mention(article, "Doe", entity=before, by=other, nth=1)
        after = make_entity(corpus, "Doe After")
        make_entity(corpus, "Doe Mine", task=task, by=annotator)
        EntityName.objects.filter(entity__name="Doe Mine").update(by=annotator)
        make_entity(corpus, "Doe Theirs", task=task, by=other)
        EntityName.objects.create(corpus=corpus, entity=before, name="Zed", folded="zed")

        found = suggest(corpus, "doe", user=annotator, task=task)

        assert {one.name for one in found} == {"Doe Before", "Doe Mine"}
        assert {one.mentions for one in found} == {0}
        assert offered(corpus, "zed", annotator, task=task) == []
        assert entities.resolve(corpus, "Doe After", "person", annotator, task) is None
        assert entities.resolve(corpus, "Doe Mine", "person", annotator) is None
        assert set(offered(corpus, "doe", other)) == {"Doe Before", "Doe After"}
        outside = suggest(corpus, "doe", user=annotator)
        assert {one.mentions for one in outside} == {0}, "nor beside the task, while it is open"
        assert after.pk in {one.id for one in outside}

    def test_asks_the_database_as_often_for_many_as_for_one(
        self, corpus: Corpus, annotator: User
    ) -> None:
        def asked() -> int:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                suggest(corpus, "doe", user=annotator)
            return len(queries)

        make_entity(corpus, "Doe 0")
        asked()
        few = asked()
        for number in range(1, 30):
            make_entity(corpus, f"Doe {number}")

        assert asked() == few


class TestMaking:
    def test_makes_one_of_a_name_and_kind(self, corpus: Corpus, annotator: User) -> None:
        made = entities.create(corpus, " Jane\tDoe ", "person", by=annotator, door=Door.API)

        assert (made.name, [str(name) for name in made.names.all()]) == ("Jane Doe", ["Jane Doe"])
        with pytest.raises(EntityKnownError) as known:
            entities.create(corpus, "JANE DOE", "person", by=annotator, door=Door.API)
        assert known.value.known == made
        assert entities.named(corpus, "jane doe", "person", by=annotator, door=Door.API) == (
            made,
            False,
        )
        entities.create(corpus, "Jane Doe", "place", by=annotator, door=Door.API)
        entities.create(corpus, "Jane Doe", "person", by=annotator, door=Door.API, another=True)
        assert Entity.objects.count() == 3

    @pytest.mark.parametrize(
        ("name", "kind"), [("", "person"), ("  ", "person"), ("x" * 301, "person"), ("Jane", "P ")]
    )
    def test_refuses_what_is_no_name_or_kind(
        self, corpus: Corpus, annotator: User, name: str, kind: str
    ) -> None:
        with pytest.raises(EntityRefusedError):
            entities.create(corpus, name, kind, by=annotator, door=Door.API)

        assert not Entity.objects.exists()
        assert not Operation.objects.exists()

    def test_in_blind_work_it_is_its_makers_alone(self, corpus: Corpus, annotator: User) -> None:
        other = make_member(corpus, Role.ANNOTATOR)
        task = make_task(corpus, [make_article(corpus)], [annotator, other])

        both = [
            entities.named(corpus, "Jane Doe", "person", by=who, door=Door.PAGE, task=task)
            for who in (annotator, other)
        ]

        assert [made for _, made in both] == [True, True]
        assert both[0][0] in Entity.objects.readable_by(annotator)
        assert both[0][0] not in Entity.objects.readable_by(other)
        assert {op.blind_task for op in Operation.objects.all()} == {task}


class TestChanging:
    @pytest.fixture
    def jane(self, corpus: Corpus) -> Entity:
        return make_entity(corpus, "Jane Doe", "person", "J. Doe")

    def test_a_new_name_leaves_the_former_as_an_alias(self, jane: Entity, annotator: User) -> None:
        operation = entity_changes.edit(
            jane, name="Jane Roe", kind="organisation", by=annotator, door=Door.PAGE
        )

        assert operation is not None
        assert operation.summary == "Jane Doe: called “Jane Roe”, now organisation"
        assert {str(name) for name in jane.names.all()} == {"Jane Roe", "Jane Doe", "J. Doe"}
        assert names_of(jane, annotator)[0].name == "Jane Roe"
        undo(operation, by=annotator, door=Door.PAGE)
        jane.refresh_from_db()
        assert (jane.name, jane.kind, jane.names.count()) == ("Jane Doe", "person", 2)

    def test_who_was_slower_is_told(self, jane: Entity, annotator: User) -> None:
        state = entity_changes.state_of(jane)
        entity_changes.add_name(jane, "Janet", by=annotator, door=Door.PAGE)

        with pytest.raises(StaleError):
            entity_changes.edit(jane, note="x", by=annotator, door=Door.PAGE, expected_state=state)

        jane.refresh_from_db()
        assert jane.note == ""

    def test_nothing_to_change_is_no_operation(self, jane: Entity, annotator: User) -> None:
        assert entity_changes.edit(jane, name="Jane Doe", by=annotator, door=Door.PAGE) is None
        assert entity_changes.add_name(jane, "J. Doe", by=annotator, door=Door.PAGE) is None
        assert not Operation.objects.exists()

    def test_an_alias_can_go_and_its_own_name_can_not(self, jane: Entity, annotator: User) -> None:
        own, alias = jane.names.get(name="Jane Doe"), jane.names.get(name="J. Doe")

        entity_changes.remove_name(alias, by=annotator, door=Door.PAGE)

        with pytest.raises(EntityRefusedError):
            entity_changes.remove_name(own, by=annotator, door=Door.PAGE)
        assert [str(name) for name in jane.names.all()] == ["Jane Doe"]

    @pytest.mark.parametrize(
        "given", ["Q42", "q42", " Q42 ", "https://www.wikidata.org/wiki/Q42",
                  "http://www.wikidata.org/entity/Q42"],
    )  # fmt: skip
    def test_an_id_of_wikidata_is_read_as_people_have_it(self, given: str) -> None:
        assert entity_changes.read_id("Wikidata", given) == ("wikidata", "Q42")

    @pytest.mark.parametrize(
        ("scheme", "value"),
        [("wikidata", "P42"), ("wikidata", "Q0"), ("wikidata", "Q42/../x"), ("wikidata", ""),
         ("javascript:x", "1"), ("viaf", ""), ("viaf", "x" * 301)],
    )  # fmt: skip
    def test_what_is_no_id_is_refused(self, scheme: str, value: str) -> None:
        with pytest.raises(EntityRefusedError):
            entity_changes.read_id(scheme, value)

    def test_an_id_is_of_one_entity_and_leads_to_its_page(
        self, jane: Entity, corpus: Corpus, annotator: User
    ) -> None:
        other = make_entity(corpus, "Jane Smith")
        entity_changes.add_id(jane, "wikidata", "Q42", by=annotator, door=Door.PAGE)

        with pytest.raises(EntityRefusedError, match="Jane Doe already"):
            entity_changes.add_id(other, "wikidata", "Q42", by=annotator, door=Door.PAGE)
        with pytest.raises(EntityRefusedError, match="Remove that first"):
            entity_changes.add_id(jane, "wikidata", "Q43", by=annotator, door=Door.PAGE)

        known = jane.external_ids.get()
        assert entity_changes.page_of(known) == "https://www.wikidata.org/wiki/Q42"
        known.scheme, known.value = "viaf", "1/../2"
        assert entity_changes.page_of(known) == ""


class TestMerging:
    def test_a_merge_touches_no_mention_and_is_undone(
        self, corpus: Corpus, annotator: User
    ) -> None:
        article = make_article(corpus, paragraphs=("Jane Doe and J. Doe",))
        jane, other = make_entity(corpus, "Jane Doe"), make_entity(corpus, "J. Doe")
        make_mention(article, "Jane Doe", entity=jane)
        make_mention(article, "J. Doe", entity=other)

        operation = entity_merging.merge([other], jane, by=annotator, door=Door.PAGE)

        assert operation is not None
        assert operation.summary == "“J. Doe” merged into Jane Doe"
        assert Mention.objects.filter(entity=other).count() == 1
        assert entity_mentions.of_entity(jane, annotator).count() == 2
        undo(operation, by=annotator, door=Door.PAGE)
        assert entity_mentions.of_entity(jane, annotator).count() == 1

    def test_a_merge_leads_on_and_never_around(self, corpus: Corpus, annotator: User) -> None:
        a, b, c, d = (make_entity(corpus, name) for name in "ABCD")

        for merged, into in ((a, b), (c, d), (b, c), (d, a), (a, a)):
            entity_merging.merge([merged], into, by=annotator, door=Door.PAGE)

        stands = {entity.name: entity.merged_into for entity in Entity.objects.all()}
        assert {name for name, into in stands.items() if into is None} == {"D"}
        assert {into for into in stands.values() if into} == {d}

    def test_refuses_two_corpora_and_what_would_lead_into_blind_work(
        self, corpus: Corpus, annotator: User
    ) -> None:
        task = make_task(corpus, [make_article(corpus)], [annotator])
        public, blind = make_entity(corpus, "A"), make_entity(corpus, "A", task=task, by=annotator)

        with pytest.raises(EntityRefusedError, match="two corpora"):
            entity_merging.merge(
                [make_entity(make_corpus(), "A")], public, by=annotator, door=Door.PAGE
            )
        with pytest.raises(EntityRefusedError, match="blind work"):
            entity_merging.merge([public], blind, by=annotator, door=Door.PAGE)

        operation = entity_merging.merge([blind], public, by=annotator, door=Door.PAGE)
        assert operation is not None
        operation.refresh_from_db()
        assert operation.blind_task == task

    def test_what_was_merged_can_be_parted(self, corpus: Corpus, annotator: User) -> None:
        jane = make_entity(corpus, "Jane Doe")
        merged = [make_entity(corpus, name, merged_into=jane) for name in ("A", "B")]

        entity_merging.unmerge(merged[:1], by=annotator, door=Door.PAGE)

        assert set(Entity.objects.standing()) == {jane, merged[0]}
        with pytest.raises(EntityRefusedError, match="in the meantime"):
            entity_merging.unmerge(merged, by=annotator, door=Door.PAGE)

    def test_mentions_move_to_another_but_where_they_are_tagged_so_already(
        self, corpus: Corpus, annotator: User
    ) -> None:
        article = make_article(corpus, paragraphs=("Doe, Doe and Doe",))
        jane, john = make_entity(corpus, "Jane Doe"), make_entity(corpus, "John Doe")
        ids = [make_mention(article, "Doe", entity=jane, nth=nth).pk for nth in range(3)]
        make_mention(article, "Doe", entity=john, nth=1)

        operation, to, stayed = entity_merging.move_mentions(
            ids[:2], jane, john, by=annotator, door=Door.PAGE
        )

        assert operation is not None
        assert (to, stayed) == (john, 1)
        assert set(Mention.objects.filter(entity=jane).values_list("pk", flat=True)) == set(ids[1:])
        assert Mention.objects.get(pk=ids[0]).anchors.get().label == f"0/0/person/{john.pk}"
        undo(operation, by=annotator, door=Door.PAGE)
        assert Mention.objects.filter(entity=jane).count() == 3
        assert Mention.objects.get(pk=ids[0]).anchors.get().label == f"0/0/person/{jane.pk}"

    def test_mentions_move_to_a_new_one_of_a_name(self, corpus: Corpus, annotator: User) -> None:
        article = make_article(corpus, paragraphs=("Doe",))
        jane = make_entity(corpus, "Doe")
        mention = make_mention(article, "Doe", entity=jane)

        operation, to, _ = entity_merging.move_mentions(
            [mention.pk], jane, "Doe", by=annotator, door=Door.PAGE
        )

        assert operation is not None
        assert to != jane
        undo(operation, by=annotator, door=Door.PAGE)
        assert set(Entity.objects.all()) == {jane}


class TestLikeness:
    @pytest.mark.parametrize(
        ("one", "other", "reason"),
        [
            ("jane doe", "jane doe", "the same name"),
            ("doe jane", "jane doe", "the same words"),
            ("j doe", "jane doe", "the same initials and surname"),
            ("kazakstan", "kazakhstan", "spelt almost the same"),
            ("doe", "jane doe", "the surname alone"),
            ("william carter", "william henry carter", "a shorter form of the name"),
        ],
    )
    def test_names_are_alike_for_a_reason(self, one: str, other: str, reason: str) -> None:
        for pair in ((one, other), (other, one)):
            found = reason_for(*pair)
            assert found is not None
            assert found[1] == reason

    @pytest.mark.parametrize(
        ("one", "other"), [("jane doe", "john roe"), ("iran", "iraq"), ("k doe", "jane doe")]
    )
    def test_others_are_not(self, one: str, other: str) -> None:
        assert reason_for(one, other) is None

    def test_what_was_found_different_is_not_suggested_again(
        self, corpus: Corpus, annotator: User
    ) -> None:
        jane = make_entity(corpus, "Jane Doe")
        same, alias = make_entity(corpus, "JANE DOE"), make_entity(corpus, "X", "person", "Doe")
        make_entity(make_corpus(), "Jane Doe")
        make_entity(corpus, "John Smith")
        assert [one.entity for one in likely(jane, annotator)] == [same, alias]

        operation = entity_merging.not_the_same(jane, same, by=annotator, door=Door.PAGE)

        assert operation is not None
        assert [one.entity for one in likely(jane, annotator)] == [alias]
        assert entity_merging.not_the_same(same, jane, by=annotator, door=Door.PAGE) is None
        undo(operation, by=annotator, door=Door.PAGE)
        assert len(likely(jane, annotator)) == 2


class TestLists:
    def test_lines_show_the_words_where_they_stand_now(
        self, corpus: Corpus, annotator: User
    ) -> None:
        article = make_article(
            corpus, paragraphs=("It was Jane 👩‍👩‍👧 Dox\u0301 of Leeds who spoke.",)
        )
        jane = make_entity(corpus, "Jane")
        make_mention(article, "Jane 👩‍👩‍👧 Dox\u0301", entity=jane)
        make_mention(article, "spoke", entity=jane, status="rejected")

        [line] = entity_mentions.lines(jane, annotator).rows

        assert line.left.endswith("It was ")
        assert line.quote == "Jane 👩‍👩‍👧 Dox\u0301"
        assert line.right.startswith(" of Leeds")
        assert entity_mentions.statuses(jane, annotator) == {
            "accepted": 1, "suggested": 0, "rejected": 1,
        }  # fmt: skip
        assert entity_mentions.lines(jane, annotator, text="nowhere").rows == []
        assert len(entity_mentions.lines(jane, annotator, text="leeds").rows) == 1

    def test_pages_of_lines_have_every_mention_once(self, corpus: Corpus, annotator: User) -> None:
        article = make_article(corpus, paragraphs=("Doe " * 7,))
        jane = make_entity(corpus, "Doe")
        ids = [make_mention(article, "Doe", entity=jane, nth=nth).pk for nth in range(7)]

        seen: list[int] = []
        cursor: str | None = None
        while True:
            shown = entity_mentions.lines(jane, annotator, cursor=cursor, limit=3)
            seen += [line.mention.pk for line in shown.rows]
            cursor = shown.next
            if cursor is None:
                break

        assert seen == ids[::-1]

    def test_companions_are_counted_by_article_and_drawn_the_same_each_time(
        self, corpus: Corpus, annotator: User
    ) -> None:
        jane, ann, bob = (make_entity(corpus, name) for name in ("Jane", "Ann", "Bob"))
        merged = make_entity(corpus, "Annie", merged_into=ann)
        for number in range(3):
            article = make_article(corpus, paragraphs=("Jane, Ann, Ann and Bob",))
            make_mention(article, "Jane", entity=jane)
            make_mention(article, "Ann", entity=ann if number else merged)
            make_mention(article, "Ann", entity=ann, nth=1)
            if number == 2:
                make_mention(article, "Bob", entity=bob)
        make_mention(make_article(corpus, paragraphs=("Bob",)), "Bob", entity=bob)

        found = companions(jane, annotator)
        drawn = graph(jane, found, annotator)

        assert [(one.entity.name, one.articles) for one in found] == [("Ann", 3), ("Bob", 1)]
        assert drawn is not None
        assert drawn == graph(jane, found, annotator)
        assert [node.name for node in drawn.nodes] == ["Jane", "Ann", "Bob"]
        assert sorted(edge.articles for edge in drawn.edges) == [1, 1, 3]
        assert graph(jane, [], annotator) is None

    def test_lists_tell_nothing_of_others_to_who_works_blind(
        self, corpus: Corpus, annotator: User
    ) -> None:
        article = make_article(corpus, paragraphs=("Jane",))
        jane = make_entity(corpus, "Jane")
        make_mention(article, "Jane", entity=jane)
        assert most_tagged(corpus, annotator) == [jane]

        task = make_task(corpus, [article], [annotator])

        assert most_tagged(corpus, annotator) == []
        assert list(listed(corpus, annotator, text="ja")) == [jane]
        assert entity_mentions.lines(jane, annotator).rows == []
        assert entity_mentions.articles(jane, annotator).count() == 0
        task.closed_at = timezone.now()
        task.save()
        assert len(entity_mentions.lines(jane, annotator).rows) == 1
