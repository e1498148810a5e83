"""Mentions by the API: made, listed, changed, decided, however often they are sent."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from articles.annotate.codebooks.codebook import (
    Attribute,
    Content,
    EntityUse,
    Kind,
    RelationKind,
    ValueType,
)
from articles.models import Access, Article, Corpus, Entity, Mention, Operation, Role
from tests.api.conftest import MakeClient, problem
from tests.factories import (
    make_article,
    make_codebook,
    make_corpus,
    make_entity,
    make_member,
    make_mention,
    make_task,
    make_user,
)

pytestmark = pytest.mark.django_db
MENTIONS = "/api/v1/mentions/"
TEXT = "Mr Lang 🎉 spoke of Café Central, and Mr Lang left for Reykjavík."


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def client(annotator: User, with_token: MakeClient) -> Client:
    return with_token(annotator)


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(corpus, paragraphs=(TEXT,))


def text_of(article: Article) -> str:
    assert article.version is not None
    return article.version.text


def tag_of(article: Article, quote: str, nth: int = 0, **more: Any) -> dict[str, Any]:
    """Return the body that tags words where they stand."""
    start = -1
    for _ in range(nth + 1):
        start = text_of(article).index(quote, start + 1)
    body = {"article": article.pk, "start": start, "end": start + len(quote), "quote": quote}
    return {**body, "kind": "person", "entity_name": "Fritz Lang", **more}


def post(client: Client, address: str, body: Any = None, **headers: str) -> Any:
    return client.post(address, body, content_type="application/json", headers=headers)


def patch(client: Client, address: str, body: Any, **headers: str) -> Any:
    return client.patch(address, body, content_type="application/json", headers=headers)


def tagged(client: Client, article: Article, quote: str = "Mr Lang", **more: Any) -> Any:
    response = post(client, MENTIONS, tag_of(article, quote, **more))
    assert response.status_code == 201, response.content
    return response


def test_words_are_tagged_behind_an_emoji(client: Client, article: Article) -> None:
    made = tagged(client, article, "Reykjavík", kind="place", entity_name="Reykjavík")

    body = made.json()
    assert text_of(article)[body["start"] : body["end"]] == body["quote"] == "Reykjavík"
    assert body["entity"]["name"] == "Reykjavík"
    assert (body["status"], body["origin"], body["placing"]) == ("accepted", "person", "made")
    assert made.headers["Newsroom-Operation"]
    read = client.get(made.headers["Location"])
    assert read.json() == body
    assert read.headers["ETag"] == made.headers["ETag"]
    assert f"#mention-{body['id']}" in read.headers["Link"]


def test_a_mention_is_changed_moved_decided_and_removed(client: Client, article: Article) -> None:
    made = tagged(client, article)
    address = made.headers["Location"]

    changed = patch(
        client, address, {"comment": "The director"}, **{"If-Match": made.headers["ETag"]}
    )
    stale = patch(client, address, {"comment": "x"}, **{"If-Match": made.headers["ETag"]})
    place = {name: tag_of(article, "Mr Lang", 1)[name] for name in ("start", "end", "quote")}
    moved = patch(client, address, place)
    rejected = patch(client, address, {"status": "rejected"})

    assert changed.json()["comment"] == "The director"
    assert problem(stale)["status"] == 412
    assert stale.json()["current"]["comment"] == "The director"
    assert (moved.json()["start"], moved.json()["placing"]) == (place["start"], "placed")
    assert rejected.json()["status"] == "rejected"
    assert rejected.json()["decided_by"]
    kept = client.delete(address, headers={"If-Match": made.headers["ETag"]})
    assert problem(kept)["status"] == 412
    gone = client.delete(address)
    assert gone.status_code == 204
    assert client.get(address).status_code == 404
    undone = post(client, f"/api/v1/operations/{gone.headers['Newsroom-Operation']}/undo/")
    assert undone.status_code == 201
    assert client.get(address).json()["quote"] == "Mr Lang"


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"quote": "Mr Long"}, 400, "quote"), ({"quote": ""}, 400, "quote"),
        ({"start": -1}, 400, "start"), ({"end": "7"}, 400, "end"), ({"end": 10**9}, 400, "end"),
        ({"start": 2**63}, 400, "start"), ({"kind": "ghost"}, 400, "kind"),
        ({"kind": None}, 400, "kind"), ({"entity": 10**9}, 400, "entity"),
        ({"entity_name": ""}, 400, "entity"), ({"entity_name": "x" * 301}, 400, "entity_name"),
        ({"attributes": {"stance": "for"}}, 400, "attributes"),
        ({"attributes": []}, 400, "attributes"), ({"key": "one"}, 400, "key"),
        ({"score": 2}, 400, "score"), ({"status": "rejected"}, 400, "status"),
        ({"origin": "gold"}, 400, "origin"), ({"by": 1}, 400, "by"),
        ({"article": 10**9}, 404, "article"), ({"task": 10**9}, 404, "task"),
        ({"version": 10**9}, 404, "version"), ({"comment": "x" * 10_001}, 400, "comment"),
    ],
)  # fmt: skip
def test_a_bad_tag_is_refused_by_its_field(
    client: Client, article: Article, change: dict[str, Any], status: int, field: str
) -> None:
    body = {**tag_of(article, "Mr Lang"), **change}
    if "entity" in change:
        del body["entity_name"]

    answer = post(client, MENTIONS, body)

    assert problem(answer)["status"] == status
    assert field in answer.json()["errors"]
    assert not Mention.objects.exists()
    assert not Operation.objects.exists()


@pytest.mark.parametrize(
    "body",
    ['{"comment": "a\\u0000"}', '{"comment": "\\ud800"}', "[" * 100_000, "[]", "{", '{"a":' * 70],
)
def test_what_json_cannot_hold_is_refused(client: Client, article: Article, body: str) -> None:
    address = tagged(client, article).headers["Location"]

    for answer in (
        post(client, MENTIONS, body),
        post(client, f"{MENTIONS}bulk/", body),
        post(client, f"{MENTIONS}decide/", body),
        patch(client, address, body),
    ):
        assert problem(answer)["status"] == 400


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("status=odd", 400), ("article=x", 400), ("entity=0", 400), ("task=%2B1", 400),
        ("odd=1", 400), ("kind=%00", 400), ("key=1", 400), ("kind=" + "x" * 501, 400),
        ("cursor=x", 400), ("limit=0", 400), ("article=999999", 404), ("entity=999999", 404),
        ("task=999999", 404), ("corpus=nowhere", 404), ("by=nobody", 200), ("task=-", 200),
    ],
)  # fmt: skip
def test_filters_are_those_that_there_are(
    client: Client, article: Article, query: str, status: int
) -> None:
    del article
    answer = client.get(f"{MENTIONS}?{query}")

    assert answer.status_code == status
    if status != 200:
        assert problem(answer)["errors"]


def test_mentions_are_listed_by_each_filter(
    client: Client, article: Article, corpus: Corpus, annotator: User
) -> None:
    lang = make_entity(corpus, "Fritz Lang")
    alias = make_entity(corpus, "Mr Lang", merged_into=lang)
    first = make_mention(article, "Mr Lang", entity=alias, by=annotator)
    second = make_mention(article, "Reykjavík", "place", status="suggested", origin="recogniser")
    elsewhere = make_mention(make_article(corpus, paragraphs=(TEXT,)), "Mr Lang", entity=lang)

    def found(query: str) -> list[int]:
        return [row["id"] for row in client.get(f"{MENTIONS}?{query}").json()["results"]]

    assert found("") == [first.pk, second.pk, elsewhere.pk]
    assert found(f"article={article.pk}") == [first.pk, second.pk]
    assert found(f"entity={lang.pk}") == found(f"entity={alias.pk}") == [first.pk, elsewhere.pk]
    assert found("kind=place") == found("status=suggested") == [second.pk]
    assert found("origin=recogniser") == [second.pk]
    assert found(f"by={annotator.get_username()}") == [first.pk]
    assert found(f"key={first.key}") == [first.pk]
    assert found(f"corpus={corpus.slug}&task=-") == [first.pk, second.pk, elsewhere.pk]
    of_article = client.get(f"/api/v1/articles/{article.pk}/mentions/").json()["results"]
    assert [row["id"] for row in of_article] == [first.pk, second.pk]
    page = client.get(f"{MENTIONS}?limit=2").json()
    rest = client.get(page["next"]).json()
    assert [row["id"] for row in rest["results"]] == [elsewhere.pk]
    assert rest["next"] is None


def test_the_same_is_made_once(client: Client, article: Article) -> None:
    body = tag_of(article, "Mr Lang", key=str(uuid.uuid4()))

    first = post(client, MENTIONS, body, **{"Idempotency-Key": "k"})
    replayed = post(client, MENTIONS, body, **{"Idempotency-Key": "k"})
    again = post(client, MENTIONS, body)
    without_key = post(client, MENTIONS, tag_of(article, "Mr Lang"))
    other = post(client, MENTIONS, {**body, "comment": "x"}, **{"Idempotency-Key": "k"})

    assert first.status_code == replayed.status_code == 201
    assert replayed.headers["Idempotency-Replayed"] == "true"
    assert again.status_code == without_key.status_code == 200
    assert {answer.json()["id"] for answer in (first, replayed, again, without_key)} == {
        first.json()["id"]
    }
    assert problem(other)["status"] == 409
    assert Mention.objects.count() == Operation.objects.count() == 1
    assert Entity.objects.count() == 1


def test_a_key_of_another_tag_is_refused(client: Client, article: Article, corpus: Corpus) -> None:
    key = tagged(client, article).json()["key"]

    answer = post(
        client, MENTIONS, tag_of(make_article(corpus, paragraphs=(TEXT,)), "Mr Lang", key=key)
    )

    assert problem(answer)["status"] == 409
    assert "key" in answer.json()["errors"]


def test_words_that_are_tagged_so_already_are_not_changed_into_it(
    client: Client, article: Article, corpus: Corpus
) -> None:
    one, other = make_entity(corpus, "Fritz Lang"), make_entity(corpus, "Hans Lang")
    tagged(client, article, entity=one.pk, entity_name="")
    address = tagged(client, article, entity=other.pk, entity_name="").headers["Location"]

    answer = patch(client, address, {"entity": one.pk})

    assert problem(answer)["status"] == 409
    assert client.get(address).json()["entity"]["id"] == other.pk


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["key", "header", "neither"])
def test_what_is_sent_at_once_many_times_is_made_once(
    article: Article, annotator: User, with_token: MakeClient, way: str
) -> None:
    clients = [with_token(annotator) for _ in range(4)]
    more: dict[str, Any] = {"key": str(uuid.uuid4())} if way == "key" else {}
    headers = {"Idempotency-Key": "at-once"} if way == "header" else {}
    body = tag_of(article, "Mr Lang", **more)

    def send(client: Client) -> Any:
        try:
            return post(client, MENTIONS, body, **headers)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as at_once:
        answers = list(at_once.map(send, clients))

    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    assert sum(answer.status_code == 201 for answer in answers) >= 1
    if way != "header":
        assert {answer.status_code for answer in answers} <= {200, 201}
    [mention] = Mention.objects.all()
    assert {answer.json()["id"] for answer in answers if answer.status_code < 300} == {mention.pk}
    assert Entity.objects.count() == 1
    assert post(clients[0], MENTIONS, body, **headers).json()["id"] == mention.pk


def test_many_are_made_at_once_each_with_an_answer(
    client: Client, article: Article, corpus: Corpus
) -> None:
    elsewhere = make_article(make_corpus("closed"), paragraphs=(TEXT,))
    mentions = [
        tag_of(article, "Mr Lang"),
        {**tag_of(article, "Mr Lang"), "quote": "Mr Long"},
        tag_of(article, "Mr Lang"),
        tag_of(elsewhere, "Mr Lang"),
        {"article": article.pk, "odd": 1},
        tag_of(article, "Reykjavík", kind="place", entity_name="Reykjavík", status="suggested",
               origin="recogniser", maker="mine", score=0.5),
        {**tag_of(article, "Reykjavík", kind="place"), "comment": "a\0"},
    ]  # fmt: skip

    answer = post(client, f"{MENTIONS}bulk/", {"mentions": mentions})

    assert answer.status_code == 207
    results = answer.json()["results"]
    outcomes = [row["outcome"] for row in results]
    assert outcomes == ["made", "failed", "unchanged", "failed", "failed", "made", "failed"]
    assert list(results[6]["errors"]) == ["comment"]
    assert list(results[1]["errors"]) == ["quote"]
    assert list(results[3]["errors"]) == ["article"]
    assert {"odd", "start", "quote"} <= results[4]["errors"].keys()
    assert client.get(results[5]["url"]).json()["score"] == 0.5
    assert Mention.objects.count() == 2
    [operation] = answer.json()["operations"]
    assert post(client, f"{operation['url']}undo/").status_code == 201
    assert not Mention.objects.exists()
    assert corpus.mentions.count() == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "mentions"), ({"mentions": []}, "mentions"), ({"mentions": {}}, "mentions"),
        ({"mentions": [{}], "odd": 1}, "odd"), ({"mentions": [{}], "task": "x"}, "task"),
    ],
)  # fmt: skip
def test_a_bad_load_is_refused(client: Client, corpus: Corpus, body: Any, field: str) -> None:
    del corpus
    answer = post(client, f"{MENTIONS}bulk/", body)

    assert problem(answer)["status"] == 400
    assert field in answer.json()["errors"]


def test_suggestions_are_decided_each_with_an_answer(
    client: Client, article: Article, corpus: Corpus
) -> None:
    one = make_mention(article, "Mr Lang", status="suggested", origin="recogniser")
    two = make_mention(article, "Reykjavík", "place", status="suggested", origin="recogniser")
    done = make_mention(article, "Café Central", "place")
    hidden = make_mention(make_article(make_corpus("closed"), paragraphs=(TEXT,)), "Mr Lang")
    body = {"accept": [one.pk, done.pk, hidden.pk, 10**9], "reject": [two.pk]}

    answer = post(client, f"{MENTIONS}decide/", body)

    assert answer.status_code == 207
    outcomes = [(row["id"], row["outcome"]) for row in answer.json()["results"]]
    assert outcomes == [
        (one.pk, "accepted"), (done.pk, "unchanged"), (hidden.pk, "failed"), (10**9, "failed"),
        (two.pk, "rejected"),
    ]  # fmt: skip
    assert len(answer.json()["operations"]) == 2
    assert {row.status for row in corpus.mentions.all()} == {"accepted", "rejected"}
    twice: dict[str, Any] = {"accept": [one.pk], "reject": [one.pk]}
    wrong: list[dict[str, Any]] = [{}, {"accept": []}, twice, {"accept": ["x"]}]
    for bad in wrong:
        assert problem(post(client, f"{MENTIONS}decide/", bad))["status"] == 400


def test_a_quotation_leads_to_who_spoke(
    corpus: Corpus, annotator: User, with_token: MakeClient
) -> None:
    stance = Attribute("stance", "Stance", ValueType.CHOICE, ("for", "against"))
    make_codebook(
        corpus,
        Content(
            kinds=(
                Kind("quote", "Quotation", attributes=(stance,)),
                Kind("person", "Person", entity=EntityUse.OPTIONAL),
            ),
            relations=(RelationKind("speaker", "Speaker", ("quote",), ("person",)),),
        ),
        is_main=True,
    )
    article = make_article(corpus, paragraphs=(TEXT,))
    client = with_token(annotator)
    quoted = tagged(
        client, article, "spoke", kind="quote", entity_name="", attributes={"stance": "for"}
    )
    spoke = tagged(client, article)
    relation = {"kind": "speaker", "target": spoke.json()["id"]}

    related = post(client, f"{quoted.headers['Location']}relate/", relation)
    wrong = post(client, f"{spoke.headers['Location']}relate/", {**relation, "kind": "odd"})
    parted = post(client, f"{quoted.headers['Location']}unrelate/", relation)

    assert quoted.json()["attributes"] == {"stance": "for"}
    [lead] = related.json()["relations"]
    assert (lead["kind"], lead["target"]["id"]) == ("speaker", spoke.json()["id"])
    assert problem(wrong)["status"] == 400
    assert parted.json()["relations"] == []


def test_who_tagged_is_told_to_members_alone(with_token: MakeClient) -> None:
    corpus = make_corpus("open", access=Access.OPEN)
    person = make_member(corpus, Role.ANNOTATOR)
    mention = make_mention(make_article(corpus, paragraphs=(TEXT,)), "Mr Lang", by=person)

    to_member = with_token(make_member(corpus)).get(f"{MENTIONS}{mention.pk}/").json()
    to_other = with_token(make_user()).get(f"{MENTIONS}{mention.pk}/").json()

    assert to_member["by"] == person.get_username()
    assert to_other["by"] is None
    by_name = f"{MENTIONS}?by={person.get_username()}"
    assert with_token(make_user()).get(by_name).json()["results"] == []


def test_one_tags_in_ones_own_layer_of_a_task(
    client: Client, article: Article, corpus: Corpus, annotator: User
) -> None:
    task = make_task(corpus, [article], [annotator], suggestions=True)

    made = tagged(client, article, task=task.pk)
    outside = post(client, MENTIONS, tag_of(article, "Mr Lang", 1))
    bulk = post(
        client, f"{MENTIONS}bulk/", {"task": task.pk, "mentions": [tag_of(article, "Mr Lang", 1)]}
    )

    assert made.json()["task"]["id"] == task.pk
    assert made.json()["layer_of"] == annotator.get_username()
    assert problem(outside)["status"] == 403
    assert bulk.json()["results"][0]["outcome"] == "made"
    listed = client.get(f"{MENTIONS}?task={task.pk}").json()["results"]
    assert len(listed) == 2


def test_what_is_answered_to_who_tags_is_what_is_read(
    client: Client, article: Article, corpus: Corpus, annotator: User
) -> None:
    stands = make_entity(corpus, "Fritz Lang")
    merged = make_entity(corpus, "F. Lang", merged_into=stands)
    make_codebook(
        corpus,
        Content(
            kinds=(
                Kind(
                    slug="person",
                    name="Person",
                    entity=EntityUse.REQUIRED,
                    attributes=(Attribute(slug="tone", name="Tone", type=ValueType.TEXT),),
                ),
            )
        ),
        is_main=True,
    )
    more: dict[str, Any] = {"comment": "🎉", "attributes": {"tone": "é"}, "score": 0.1}
    body = tag_of(article, "Mr Lang", entity=merged.pk, **more)
    del body["entity_name"]
    task = make_task(corpus, [make_article(corpus, paragraphs=(TEXT,))], [annotator])
    given = task.items.get().article

    for wanted in (body, tag_of(given, "Mr Lang", task=task.pk)):
        made = post(client, MENTIONS, wanted)
        read = client.get(made.headers["Location"])

        assert made.status_code == 201, made.content
        assert read.content == made.content
        assert read.headers["ETag"] == made.headers["ETag"]
    assert made.json()["layer_of"] == annotator.get_username()
