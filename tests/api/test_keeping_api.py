"""Saved searches and collections by the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import resolve

from articles.annotate.spreading import spreads
from articles.keeping import collections as keeping
from articles.models import Access, Collection, Corpus, Door, Operation, Role, SavedSearch
from articles.search import asking, deadline
from articles.search.deadline import Asked
from articles.search.index import store
from tests.api.conftest import MakeClient, problem
from tests.factories import make_article, make_corpus, make_member, make_source, make_user

type Index = Callable[[], int]

SEARCHES = "/api/v1/saved-searches/"
COLLECTIONS = "/api/v1/collections/"


@pytest.fixture
def reader(corpus: Corpus) -> User:
    return make_member(corpus)


@pytest.fixture
def client(reader: User, with_token: MakeClient) -> Client:
    return with_token(reader)


def post(client: Client, address: str, body: Any = None, **headers: str) -> Any:
    return client.post(address, body, content_type="application/json", headers=headers)


def patch(client: Client, address: str, body: Any, **headers: str) -> Any:
    return client.patch(address, body, content_type="application/json", headers=headers)


def saved(client: Client, **fields: str) -> Any:
    response = post(client, SEARCHES, {"name": "Harbours", "query": "harbour", **fields})
    assert response.status_code == 201, response.content
    return response


def test_a_search_is_saved_listed_changed_removed_and_restored(
    client: Client, index: Index
) -> None:
    index()
    made = saved(client, sort="oldest")

    address = made.headers["Location"]
    assert made.json()["new"] == 0
    assert [row["name"] for row in client.get(SEARCHES).json()["results"]] == ["Harbours"]
    changed = patch(client, address, {"name": "Ports"}, **{"If-Match": made.headers["ETag"]})
    assert changed.json()["name"] == "Ports"
    assert client.get(changed.json()["results_url"]).json()["query"] == "harbour"
    stale = patch(client, address, {"name": "Quays"}, **{"If-Match": made.headers["ETag"]})
    assert problem(stale)["status"] == 412
    assert stale.json()["current"]["name"] == "Ports"
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404
    assert post(client, f"{address}restore/").json()["name"] == "Ports"
    assert client.get(address).status_code == 200


def test_what_came_in_since_one_looked_is_new(
    client: Client, reader: User, corpus: Corpus, index: Index
) -> None:
    index()
    address = saved(client).headers["Location"]
    SavedSearch.objects.filter(by=reader).update(looked_at="2020-01-01T00:00:00Z")
    make_article(corpus, headline="Harbour strike")
    make_article(corpus, headline="Fog")
    index()

    assert client.get(address).json()["new"] == 1
    looked = post(client, f"{address}look/").json()

    assert looked["looked_at"] > "2020-01-02"


def test_without_an_index_searches_are_listed_all_the_same(client: Client, corpus: Corpus) -> None:
    del corpus
    saved(client)

    [row] = client.get(SEARCHES).json()["results"]

    assert row["new"] is None
    assert row["problem"]


def test_the_feed_is_told_once_and_ends(client: Client, index: Index) -> None:
    index()
    address = saved(client).headers["Location"]

    first = post(client, f"{address}feed/", **{"Idempotency-Key": "one"})
    again = post(client, f"{address}feed/", **{"Idempotency-Key": "one"})

    feed = first.json()["feed"]
    secret = resolve(feed.removeprefix("http://testserver")).kwargs["secret"]
    assert again.json() == {"feed": None}
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Client().get(feed).status_code == 200
    assert not SavedSearch.objects.filter(feed_hash=secret).exists()
    assert client.get(address).json()["has_feed"]
    assert client.delete(f"{address}feed/").status_code == 204
    assert Client().get(feed).status_code == 404


def test_the_same_key_saves_a_search_once(client: Client, index: Index) -> None:
    index()
    body = {"name": "Harbours", "query": "harbour"}

    first = post(client, SEARCHES, body, **{"Idempotency-Key": "k"})
    again = post(client, SEARCHES, body, **{"Idempotency-Key": "k"})
    other = post(client, SEARCHES, {**body, "name": "x"}, **{"Idempotency-Key": "k"})

    assert first.json() == again.json()
    assert problem(other)["status"] == 409
    assert SavedSearch.objects.count() == 1


def test_a_search_is_its_owners_alone(
    client: Client, corpus: Corpus, with_token: MakeClient, index: Index
) -> None:
    index()
    address = saved(client).headers["Location"]
    other = with_token(make_member(corpus, Role.ADMIN))

    assert other.get(SEARCHES).json()["results"] == []
    for answer in (
        other.get(address),
        other.delete(address),
        patch(other, address, {"name": "x"}),
        post(other, f"{address}look/"),
        post(other, f"{address}feed/"),
        post(other, f"{address}restore/"),
        other.delete(f"{address}feed/"),
    ):
        assert problem(answer)["status"] == 404
    assert Client().get(SEARCHES).status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 400, "name"), ({"name": "a"}, 400, "query"),
        ({"name": " ", "query": "a"}, 400, "name"),
        ({"name": "a" * 201, "query": "a"}, 400, "name"), ({"name": 1, "query": "a"}, 400, "name"),
        ({"name": "a", "query": "(a"}, 400, "query"),
        ({"name": "a", "query": "a", "sort": "odd"}, 400, "sort"),
        ({"name": "a", "query": "a", "feed_hash": "x"}, 400, "feed_hash"),
        ({"name": "Taken", "query": "a"}, 409, "name"),
    ],
)  # fmt: skip
def test_a_bad_search_is_refused(
    client: Client, reader: User, index: Index, body: Any, status: int, field: str
) -> None:
    index()
    saved(client, name="Taken")

    answer = post(client, SEARCHES, body)

    assert problem(answer)["status"] == status
    assert field in answer.json()["errors"]
    if field == "query" and "query" in body:
        assert answer.json()["position"] == 0
    assert SavedSearch.objects.filter(by=reader).count() == 1


def test_what_json_cannot_hold_is_refused(client: Client, corpus: Corpus) -> None:
    del corpus
    for body in ('{"name": "a\\u0000", "query": ""}', '{"name": "\\ud800"}', "[" * 100_000, "[]"):
        assert problem(post(client, SEARCHES, body))["status"] == 400
        assert problem(post(client, COLLECTIONS, body))["status"] == 400


def collected(client: Client, **fields: Any) -> Any:
    response = post(client, COLLECTIONS, {"corpus": "default", "name": "Camps", **fields})
    assert response.status_code == 201, response.content
    return response


def test_a_collection_is_made_listed_changed_and_removed(client: Client, corpus: Corpus) -> None:
    article = make_article(corpus)
    made = collected(client, articles=[article.pk], note="For May")

    address = made.headers["Location"]
    assert made.headers["Newsroom-Operation"]
    assert (made.json()["articles"], made.json()["note"]) == (1, "For May")
    [row] = client.get(f"{COLLECTIONS}?corpus=default").json()["results"]
    assert row == made.json()
    etag = client.get(address).headers["ETag"]
    changed = patch(client, address, {"name": "The camps", "shared": True}, **{"If-Match": etag})
    assert (changed.json()["name"], changed.json()["shared"]) == ("The camps", True)
    stale = patch(client, address, {"name": "x"}, **{"If-Match": etag})
    assert stale.json()["current"]["name"] == "The camps"
    assert problem(stale)["status"] == 412
    gone = client.delete(address)
    assert gone.status_code == 204
    assert client.get(address).status_code == 404
    undone = post(client, f"/api/v1/operations/{gone.headers['Newsroom-Operation']}/undo/")
    assert undone.status_code == 201
    assert client.get(address).json()["articles"] == 1


def test_articles_are_added_and_taken_out_by_their_ids_each_with_an_answer(
    client: Client, corpus: Corpus
) -> None:
    one, two = make_article(corpus), make_article(corpus)
    elsewhere = make_article(make_corpus())
    items = collected(client, articles=[one.pk]).json()["items_url"]

    added = post(client, items, {"articles": [one.pk, two.pk, two.pk, elsewhere.pk, 999_999]})
    removed = post(client, f"{items}remove/", {"articles": [two.pk, elsewhere.pk]})

    assert added.json() == {
        "done": 1,
        "already": 1,
        "elsewhere": 2,
        "results": [
            {"id": one.pk, "outcome": "unchanged"},
            {"id": two.pk, "outcome": "added"},
            {"id": elsewhere.pk, "outcome": "not_there"},
            {"id": 999_999, "outcome": "not_there"},
        ],
    }
    assert [row["outcome"] for row in removed.json()["results"]] == ["removed", "not_there"]
    assert [row["article"]["id"] for row in client.get(items).json()["results"]] == [one.pk]
    undone = post(client, f"/api/v1/operations/{removed.headers['Newsroom-Operation']}/undo/")
    assert undone.status_code == 201
    assert len(client.get(items).json()["results"]) == 2


def test_a_whole_answer_is_added_and_taken_out(
    client: Client, corpus: Corpus, index: Index
) -> None:
    found = [make_article(corpus, headline=f"Harbour {n}") for n in range(3)]
    open_one = make_article(make_corpus(access=Access.OPEN), headline="Harbour")
    make_article(corpus, headline="Fog")
    index()
    items = collected(client).json()["items_url"]

    added = post(client, items, {"q": "headline:harbour"}).json()

    assert added == {"done": 3, "already": 0, "elsewhere": 1, "results": None}
    listed = {row["article"]["id"] for row in client.get(items).json()["results"]}
    assert listed == {article.pk for article in found}
    assert open_one.pk not in listed
    index()
    found_by_query = client.get("/api/v1/search/", {"q": collected_query(client)}).json()
    assert found_by_query["total"] == 3
    removed = post(client, f"{items}remove/", {"q": "headline:1"}).json()
    assert removed["done"] == 1


def test_a_long_answer_is_left_to_the_worker(
    client: Client, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_WHILE_ONE_WAITS", 2)
    found = [make_article(corpus, headline=f"Harbour {n}").pk for n in range(3)]
    index()
    made = collected(client, articles=found[:1]).json()

    left = post(client, made["items_url"], {"q": "harbour"}, **{"Idempotency-Key": "long"})
    again = post(client, made["items_url"], {"q": "harbour"}, **{"Idempotency-Key": "long"})

    assert (left.status_code, left.json()["status"]) == (202, "queued")
    assert again.json() == left.json()
    assert left.headers["Location"] == left.json()["url"]
    spreads.run(left.json()["id"])
    job = client.get(left.json()["url"]).json()
    assert (job["status"], job["added"], job["already"]) == ("done", 2, 1)
    assert job["collection_url"] == made["url"]
    assert client.get(made["url"]).json()["articles"] == 3
    assert post(client, job["cancel_url"]).status_code == 409
    undone = post(client, f"{job['operation']['url']}undo/")
    assert undone.status_code == 201
    assert client.get(made["url"]).json()["articles"] == 1


def test_a_collection_of_a_long_answer_is_filled_by_the_worker_and_undone_with_it(
    client: Client, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_WHILE_ONE_WAITS", 2)
    for number in range(3):
        make_article(corpus, headline=f"Harbour {number}")
    index()

    left = post(client, COLLECTIONS, {"corpus": "default", "name": "Long", "q": "harbour"})

    assert (left.status_code, left.headers["Location"]) == (202, left.json()["url"])
    spreads.run(left.json()["id"])
    job = client.get(left.json()["url"]).json()
    assert (job["status"], job["added"], job["already"]) == ("done", 3, 0)
    assert client.get(job["collection_url"]).json()["articles"] == 3
    assert post(client, f"{job['operation']['url']}undo/").status_code == 201
    assert client.get(job["collection_url"]).status_code == 404


def collected_query(client: Client) -> str:
    query: str = client.get(COLLECTIONS).json()["results"][0]["query"]
    return query


def test_a_collection_is_made_of_an_answer(client: Client, corpus: Corpus, index: Index) -> None:
    make_article(corpus, headline="Harbour")
    make_article(corpus, headline="Fog")
    index()

    assert collected(client, q="headline:harbour").json()["articles"] == 1


def test_a_sample_is_drawn_alike_by_the_same_seed(
    client: Client, corpus: Corpus, index: Index
) -> None:
    for name in ("Gazette", "Post"):
        source = make_source(corpus, name)
        for _ in range(6):
            make_article(corpus, source=source)
    index()
    wish = {"q": "", "size": 4, "seed": "spring", "by": "source"}

    first = collected(client, name="One", sample=wish)
    second = collected(client, name="Two", sample=wish)

    assert _members(client, first) == _members(client, second)
    assert len(_members(client, first)) == 4
    recipe = first.json()["recipe"]
    assert (recipe["seed"], recipe["of"], recipe["by"]) == ("spring", 12, "source")
    assert [stratum["drawn"] for stratum in recipe["strata"]] == [2, 2]


def _members(client: Client, made: Any) -> list[int]:
    rows = client.get(made.json()["items_url"]).json()["results"]
    return [row["article"]["id"] for row in rows]


def test_notes_are_written_unless_someone_else_was_faster(client: Client, corpus: Corpus) -> None:
    article = make_article(corpus)
    items = collected(client, articles=[article.pk]).json()["items_url"]
    address = f"{items}{article.pk}/"
    etag = client.get(address).headers["ETag"]

    noted = patch(client, address, {"note": "Look at the byline."}, **{"If-Match": etag})
    stale = patch(client, address, {"note": "x"}, **{"If-Match": etag})

    assert noted.json()["note"] == "Look at the byline."
    assert noted.headers["Newsroom-Operation"]
    assert problem(stale)["status"] == 412
    assert stale.json()["current"]["note"] == "Look at the byline."
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"name": "a"}, 400, "corpus"), ({"corpus": "default"}, 400, "name"),
        ({"corpus": "nowhere", "name": "a"}, 404, "corpus"),
        ({"corpus": "hidden", "name": "a"}, 404, "corpus"),
        ({"corpus": "open", "name": "a"}, 403, ""),
        ({"corpus": "default", "name": "Taken"}, 409, "name"),
        ({"corpus": "default", "name": "a", "by": 1}, 400, "by"),
        ({"corpus": "default", "name": "a", "articles": ["x"]}, 400, "articles.0"),
        ({"corpus": "default", "name": "a", "articles": []}, 400, "articles"),
        ({"corpus": "default", "name": "a", "shared": 1}, 400, "shared"),
        ({"corpus": "default", "name": "a", "q": "(a"}, 400, "q"),
        ({"corpus": "default", "name": "a", "q": "a", "articles": [1]}, 400, "q"),
        ({"corpus": "default", "name": "a", "sample": {"q": "a"}}, 400, "sample.size"),
        ({"corpus": "default", "name": "a", "sample": {"q": "", "size": 0}}, 400, "sample.size"),
        ({"corpus": "default", "name": "a", "sample": {"q": "", "size": 1, "by": "x"}}, 400,
         "sample.by"),
        ({"corpus": "default", "name": "a", "sample": {"q": "", "size": 1, "seed": " "}}, 400,
         "sample.seed"),
        ({"corpus": "default", "name": "a", "sample": {"q": "zzz", "size": 1}}, 409, ""),
    ],
)  # fmt: skip
def test_a_bad_collection_is_refused(
    client: Client, corpus: Corpus, index: Index, body: Any, status: int, field: str
) -> None:
    make_corpus("hidden")
    make_corpus("open", access=Access.OPEN)
    make_article(corpus)
    index()
    collected(client, name="Taken")

    answer = post(client, COLLECTIONS, body)

    assert problem(answer)["status"] == status
    assert field in answer.json().get("errors", {"": ""})
    assert Collection.objects.count() == 1
    assert Operation.objects.count() == 1


def test_private_collections_are_ones_own_and_shared_ones_the_members(
    client: Client, reader: User, corpus: Corpus, with_token: MakeClient
) -> None:
    article = make_article(corpus)
    private = collected(client, name="Private", articles=[article.pk]).headers["Location"]
    shared = collected(client, name="Shared", shared=True).headers["Location"]
    member = with_token(make_member(corpus))
    stranger = with_token(make_user())

    assert [row["name"] for row in member.get(COLLECTIONS).json()["results"]] == ["Shared"]
    assert stranger.get(COLLECTIONS).json()["results"] == []
    for address in (private, f"{private}items/", f"{private}items/{article.pk}/"):
        assert problem(member.get(address))["status"] == 404
        assert problem(stranger.get(address))["status"] == 404
    assert problem(post(member, f"{private}items/", {"articles": [1]}))["status"] == 404
    assert problem(stranger.get(shared))["status"] == 404
    assert post(member, f"{shared}items/", {"articles": [article.pk]}).status_code == 200
    assert problem(patch(member, shared, {"shared": False}))["status"] == 403
    assert problem(member.delete(shared))["status"] == 403
    assert Client().get(COLLECTIONS).status_code == 401
    assert Collection.objects.filter(by=reader).count() == 2


def test_a_collection_of_an_editor_who_left_is_not_theirs_any_more(
    corpus: Corpus, with_token: MakeClient
) -> None:
    person = make_member(corpus, Role.EDITOR)
    made = keeping.make(corpus, name="Old", by=person, door=Door.PAGE).collection
    person.memberships.all().delete()

    answer = with_token(person).get(f"{COLLECTIONS}{made.pk}/")

    assert problem(answer)["status"] == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("empty_queue")
def test_the_engine_is_asked_while_no_transaction_is_open(
    client: Client, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [make_article(corpus, headline=f"Harbour {number}") for number in range(3)]
    index()
    made = collected(client).json()
    asked: list[bool] = []

    def watched(ask: Callable[[], Any]) -> Asked[Any]:
        asked.append(connection.in_atomic_block)
        return deadline.asked(ask)

    def reading() -> Any:
        asked.append(connection.in_atomic_block)
        return read()

    read = store.reading
    monkeypatch.setattr(asking, "asked", watched)
    monkeypatch.setattr(store, "reading", reading)
    search = saved(client).headers["Location"]
    stale = patch(client, search, {"name": "Quays"}, **{"If-Match": '"none"'})
    assert stale.status_code == 412
    for address, body in (
        (f"{search}look/", None),
        (f"{search}restore/", None),
        (made["items_url"], {"q": "harbour"}),
        (f"{made['items_url']}remove/", {"q": "harbour"}),
        (COLLECTIONS, {"corpus": corpus.slug, "name": "All", "q": "harbour"}),
        (COLLECTIONS, {"corpus": corpus.slug, "name": "Some", "sample": {"q": "", "size": 2}}),
    ):
        before = len(asked)
        response = post(client, address, body, **{"Idempotency-Key": f"number-{before}"})
        assert response.status_code in {200, 201}, response.content
        assert len(asked) > before

    assert not any(asked)
    assert Collection.objects.get(name="All").items.count() == len(articles)


def test_a_repeat_of_what_was_answered_asks_the_engine_nothing(
    client: Client, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article(corpus, headline="Harbour")
    index()
    items = collected(client).json()["items_url"]
    first = post(client, items, {"q": "harbour"}, **{"Idempotency-Key": "once"})
    monkeypatch.setattr(store, "reading", None)

    again = post(client, items, {"q": "harbour"}, **{"Idempotency-Key": "once"})

    assert (again.status_code, again.json()) == (200, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
