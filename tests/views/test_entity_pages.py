"""Pages of entities: found, shown in context, put right without scripts, as far as one may see."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.annotate.entities import entity_changes, entity_merging
from articles.models import Access, Article, Corpus, Door, Entity, Operation, Role
from tests.factories import (
    make_article,
    make_corpus,
    make_entity,
    make_member,
    make_mention,
    make_task,
)

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def annotator(corpus: Corpus, client: Client) -> User:
    user = make_member(corpus, Role.ANNOTATOR)
    client.force_login(user)
    return user


@pytest.fixture
def jane(corpus: Corpus) -> Entity:
    return make_entity(corpus, "Jane Doe", "person", "J. Doe")


@pytest.fixture
def article(corpus: Corpus, jane: Entity) -> Article:
    made = make_article(corpus, paragraphs=("Then Jane Doe spoke in Leeds.",))
    make_mention(made, "Jane Doe", entity=jane)
    return made


def page(name: str, *args: int, **query: str) -> str:
    return reverse(name, args=args) + "?" + "&".join(f"{k}={v}" for k, v in query.items())


def names(client: Client, **query: str) -> list[str]:
    answer = client.get(reverse("entity-suggest"), query)
    return [one["name"] for one in answer.json()["results"]]


class TestSuggesting:
    def test_answers_json(self, client: Client, annotator: User, jane: Entity) -> None:
        assert annotator.pk
        answer = client.get(reverse("entity-suggest"), {"q": "doe", "corpus": "default"})

        assert answer.json() == {
            "counted_to": 100,
            "results": [
                {"id": jane.pk, "name": "Jane Doe", "alias": "", "kind": "person", "mentions": 0,
                 "recent": False}
            ],
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("query", "field", "status"),
        [
            ({"q": "a\0b", "corpus": "default"}, "q", 400),
            ({"q": "x" * 501, "corpus": "default"}, "q", 400),
            ({"corpus": "default", "limit": "-1"}, "limit", 400),
            ({"corpus": "default", "limit": "9" * 30}, "limit", 400),
            ({"corpus": "default", "name__startswith": "a"}, "name__startswith", 400),
            ({"corpus": "nowhere"}, "corpus", 404),
            ({}, "corpus", 404),
            ({"corpus": "default", "task": "1"}, "task", 404),
        ],
    )
    @pytest.mark.usefixtures("annotator")
    def test_refuses_what_it_does_not_know(
        self, client: Client, query: dict[str, str], field: str, status: int
    ) -> None:
        answer = client.get(reverse("entity-suggest"), query)

        assert (answer.status_code, answer.json()["field"]) == (status, field)

    def test_in_blind_work_it_knows_what_the_task_knows(
        self, client: Client, corpus: Corpus, annotator: User, jane: Entity
    ) -> None:
        task = make_task(corpus, [make_article(corpus)], [annotator])
        make_entity(corpus, "Doe Later")

        assert jane.name == "Jane Doe"
        assert names(client, q="doe", corpus="default", task=str(task.pk)) == ["Jane Doe"]
        assert len(names(client, q="doe", corpus="default")) == 2


class TestListing:
    @pytest.mark.usefixtures("annotator", "article")
    def test_lists_by_name_and_by_kind_and_as_typed(self, client: Client, corpus: Corpus) -> None:
        make_entity(corpus, SCRIPT, "place")
        make_entity(make_corpus(), "Elsewhere")

        whole = client.get(reverse("entity-list")).content.decode()
        places = client.get(page("entity-list", kind="place")).content.decode()
        typed = client.get(page("entity-list", q="j")).content.decode()
        most = client.get(page("entity-list", order="most")).content.decode()

        assert "Jane Doe" in whole
        assert "&lt;script&gt;alert(1)" in whole
        assert SCRIPT not in whole
        assert "Elsewhere" not in whole
        assert "Jane Doe" not in places
        assert "Jane Doe" in typed
        assert "Jane Doe" in most

    def test_says_what_to_do_where_there_is_none(self, client: Client, annotator: User) -> None:
        assert annotator.pk
        assert "No entities in Default yet" in client.get(reverse("entity-list")).content.decode()

    @pytest.mark.parametrize("query", ["q=a%00b", "order=odd", "cursor=zz", "kind=%00"])
    @pytest.mark.usefixtures("annotator")
    def test_refuses_what_can_not_be_read(self, client: Client, query: str) -> None:
        assert client.get(f"{reverse('entity-list')}?{query}").status_code == 400

    def test_strangers_to_all_corpora_are_told_what_entities_are(
        self, client: Client, db: None
    ) -> None:
        assert db is None
        assert "No corpus to read" in client.get(reverse("entity-list")).content.decode()


class TestShowing:
    @pytest.mark.usefixtures("annotator", "article")
    def test_shows_names_ids_mentions_and_companions(
        self, client: Client, article: Article, jane: Entity, annotator: User
    ) -> None:
        entity_changes.add_id(jane, "wikidata", "Q42", by=annotator, door=Door.PAGE)
        leeds = make_entity(article.corpus, f"Leeds {SCRIPT}", "place")
        make_mention(article, "Leeds", "place", entity=leeds)

        shown = client.get(jane.get_absolute_url()).content.decode()

        assert "J. Doe" in shown
        assert 'href="https://www.wikidata.org/wiki/Q42"' in shown
        assert "Then " in shown
        assert " spoke in Leeds." in shown
        assert "&lt;script&gt;" in shown
        assert SCRIPT not in shown
        assert "<circle" in shown

    def test_a_merged_one_leads_to_the_one_that_stands(
        self, client: Client, annotator: User, corpus: Corpus, jane: Entity
    ) -> None:
        assert annotator.pk
        merged = make_entity(corpus, "J.", merged_into=jane)

        assert client.get(merged.get_absolute_url()).headers["Location"] == jane.get_absolute_url()

    @pytest.mark.parametrize("query", ["status=odd", "q=%00", "cursor=zz"])
    @pytest.mark.usefixtures("annotator")
    def test_refuses_what_can_not_be_read(self, client: Client, jane: Entity, query: str) -> None:
        assert client.get(f"{jane.get_absolute_url()}?{query}").status_code == 400

    @pytest.mark.usefixtures("article")
    def test_is_not_there_for_who_may_not_read_the_texts(
        self, client: Client, corpus: Corpus, jane: Entity
    ) -> None:
        Corpus.objects.filter(pk=corpus.pk).update(access=Access.LICENSED)
        assert client.get(jane.get_absolute_url()).status_code == 404
        assert "Jane" not in client.get(reverse("entity-list")).content.decode()

        Corpus.objects.filter(pk=corpus.pk).update(access=Access.OPEN)
        assert client.get(jane.get_absolute_url()).status_code == 200

    def test_one_made_in_blind_work_is_its_makers_alone(
        self, client: Client, corpus: Corpus, annotator: User
    ) -> None:
        other = make_member(corpus, Role.ANNOTATOR)
        task = make_task(corpus, [make_article(corpus)], [annotator, other])
        theirs = make_entity(corpus, "Theirs", task=task, by=other)

        assert client.get(theirs.get_absolute_url()).status_code == 404
        assert client.get(reverse("entity-history", args=[theirs.pk])).status_code == 404
        assert "Theirs" not in client.get(reverse("entity-list")).content.decode()
        client.force_login(other)
        assert client.get(theirs.get_absolute_url()).status_code == 200


def test_the_history_does_not_tell_of_others_blind_work(
    client: Client, corpus: Corpus, annotator: User, jane: Entity
) -> None:
    other = make_member(corpus, Role.ANNOTATOR)
    task = make_task(corpus, [make_article(corpus)], [annotator, other])
    theirs = make_entity(corpus, "Zibeline", task=task, by=other)
    entity_merging.merge([theirs], jane, by=other, door=Door.PAGE)
    address = reverse("entity-history", args=[jane.pk])

    assert "Zibeline" not in client.get(address).content.decode()
    assert "Zibeline" not in client.get(reverse("entity-edit", args=[jane.pk])).content.decode()
    assert "Zibeline" not in client.get(reverse("entity-split", args=[jane.pk])).content.decode()
    client.force_login(other)
    assert "Zibeline" in client.get(address).content.decode()


class TestPuttingRight:
    @pytest.mark.usefixtures("annotator")
    def test_adds_one_and_asks_before_it_adds_another_of_its_name(
        self, client: Client, corpus: Corpus
    ) -> None:
        address = page("entity-new", corpus=corpus.slug)
        given = {"name": "Ann Roe", "kind": "person"}

        made = client.post(address, given)
        again = client.post(address, given)
        another = client.post(address, given | {"another": "on"})

        assert (made.status_code, again.status_code, another.status_code) == (302, 409, 302)
        assert "somebody or something else of the same name" in again.content.decode()
        assert Entity.objects.filter(name="Ann Roe").count() == 2

    def test_edits_and_tells_who_was_slower(
        self, client: Client, annotator: User, jane: Entity
    ) -> None:
        assert annotator.pk
        address = reverse("entity-edit", args=[jane.pk])
        given = {"name": "Jane Roe", "kind": "person", "note": "n",
                 "state": entity_changes.state_of(jane)}  # fmt: skip

        first = client.post(address, given)
        second = client.post(address, given | {"name": "Janet"})

        assert (first.status_code, second.status_code) == (302, 409)
        assert "Someone changed this entity" in second.content.decode()
        jane.refresh_from_db()
        assert jane.name == "Jane Roe"

    @pytest.mark.parametrize(
        ("name", "sent", "status"),
        [
            ("entity-name-add", {"name": "Janie"}, 302),
            ("entity-name-add", {"name": "a\0b"}, 400),
            ("entity-name-add", {"name": " "}, 400),
            ("entity-id-add", {"scheme": "wikidata", "value": "Q7"}, 302),
            ("entity-id-add", {"scheme": "wikidata", "value": "7"}, 409),
            ("entity-merge", {"others": "x"}, 400),
            ("entity-merge", {}, 409),
            ("entity-different", {}, 409),
            ("entity-split", {"mentions": "1", "to": ""}, 409),
            ("entity-split", {"mentions": "1", "to": "a\0b"}, 409),
            ("entity-edit", {"name": "", "kind": "person"}, 400),
        ],
    )
    @pytest.mark.usefixtures("annotator")
    def test_answers_what_is_sent(
        self, client: Client, jane: Entity, name: str, sent: dict[str, str], status: int
    ) -> None:
        answer = client.post(reverse(name, args=[jane.pk]), sent)

        assert answer.status_code == status
        assert Operation.objects.count() == (status == 302)

    def test_merges_tells_apart_and_splits_without_scripts(
        self, client: Client, annotator: User, corpus: Corpus, article: Article, jane: Entity
    ) -> None:
        assert annotator.pk
        same, other = make_entity(corpus, "Doe"), make_entity(corpus, "Jane Do")
        offered = client.get(reverse("entity-merge", args=[jane.pk])).content.decode()
        assert "the surname alone" in offered
        assert "spelt almost the same" in offered

        client.post(reverse("entity-different", args=[jane.pk]), {"different": other.pk})
        client.post(reverse("entity-merge", args=[jane.pk]),
                    {"others": [same.pk], "stands": jane.pk})  # fmt: skip
        assert Entity.objects.get(pk=same.pk).merged_into == jane
        client.post(reverse("entity-split", args=[jane.pk]), {"merged": [same.pk]})
        assert Entity.objects.get(pk=same.pk).merged_into is None
        mention = article.mentions.get()
        client.post(reverse("entity-split", args=[jane.pk]),
                    {"mentions": [mention.pk], "to": "Jane Do"})  # fmt: skip

        mention.refresh_from_db()
        assert mention.entity == other
        told = client.get(reverse("entity-history", args=[jane.pk])).content.decode()
        assert "“Doe” merged into Jane Doe" in told

    @pytest.mark.usefixtures("annotator")
    def test_loads_a_file_and_says_what_became_of_each_row(
        self, client: Client, corpus: Corpus
    ) -> None:
        address = page("entity-load", corpus=corpus.slug)

        loaded = client.post(address, {"text": "name\nLeeds\n\n,\nYork\0\n", "kind": "place"})
        bad = client.post(address, {"text": "", "kind": "place"})

        assert loaded.status_code == 200
        assert "<strong>2</strong> created" in loaded.content.decode()
        assert bad.status_code == 400
        assert {entity.name for entity in Entity.objects.all()} == {"Leeds", "York"}

    def test_viewers_may_not(self, client: Client, corpus: Corpus, jane: Entity) -> None:
        client.force_login(make_member(corpus))

        for name in ("entity-edit", "entity-merge", "entity-split"):
            assert client.get(reverse(name, args=[jane.pk])).status_code == 403
        assert (
            client.post(reverse("entity-name-add", args=[jane.pk]), {"name": "x"}).status_code
            == 403
        )
        assert "Merge with others" not in client.get(jane.get_absolute_url()).content.decode()


def test_json_of_the_suggestions_never_holds_what_is_not_asked(
    client: Client, corpus: Corpus
) -> None:
    Corpus.objects.filter(pk=corpus.pk).update(access=Access.OPEN)
    make_entity(corpus, "Jane Doe", note="a secret of the house")

    answer = client.get(reverse("entity-suggest"), {"q": "j", "corpus": corpus.slug})

    assert "secret" not in json.dumps(answer.json())
