"""Entities by the API: made, found, named, merged and parted."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Corpus, Entity, Role
from tests.api.conftest import MakeClient, problem
from tests.factories import (
    make_article,
    make_corpus,
    make_entity,
    make_member,
    make_mention,
    make_task,
)

pytestmark = pytest.mark.django_db
ENTITIES = "/api/v1/entities/"


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def client(annotator: User, with_token: MakeClient) -> Client:
    return with_token(annotator)


def post(client: Client, address: str, body: Any = None, **headers: str) -> Any:
    return client.post(address, body, content_type="application/json", headers=headers)


def patch(client: Client, address: str, body: Any, **headers: str) -> Any:
    return client.patch(address, body, content_type="application/json", headers=headers)


def made(client: Client, **more: Any) -> Any:
    body = {"corpus": "default", "name": "Fritz Lang", "kind": "person", **more}
    response = post(client, ENTITIES, body)
    assert response.status_code == 201, response.content
    return response


def test_an_entity_is_made_named_and_known_elsewhere(client: Client, corpus: Corpus) -> None:
    del corpus
    first = made(client, aliases=["Lang"], note="A director")
    address = first.headers["Location"]

    named = post(client, f"{address}names/", {"name": "Mr Lang"})
    known = post(
        client,
        f"{address}ids/",
        {"scheme": "wikidata", "value": "https://www.wikidata.org/wiki/Q19504"},
    )

    assert [name["name"] for name in named.json()["names"]] == ["Fritz Lang", "Lang", "Mr Lang"]
    [other] = known.json()["external_ids"]
    assert (other["scheme"], other["value"]) == ("wikidata", "Q19504")
    assert other["page"] == "https://www.wikidata.org/wiki/Q19504"
    for query in ("name=mr la", "kind=person", "external_id=wikidata:Q19504", "corpus=default"):
        assert len(client.get(f"{ENTITIES}?{query}").json()["results"]) == 1, query
    assert client.get(f"{ENTITIES}?name=ang").json()["results"] == []
    number = named.json()["names"][2]["id"]
    gone = client.delete(f"{address}names/{number}/")
    assert [name["name"] for name in gone.json()["names"]] == ["Fritz Lang", "Lang"]
    own = client.delete(f"{address}names/{named.json()['names'][0]['id']}/")
    assert problem(own)["status"] == 409
    assert client.delete(f"{address}ids/{other['id']}/").json()["external_ids"] == []


def test_a_change_of_what_one_has_not_seen_is_refused(client: Client, corpus: Corpus) -> None:
    del corpus
    first = made(client)
    address, etag = first.headers["Location"], first.headers["ETag"]

    changed = patch(client, address, {"name": "F. Lang"}, **{"If-Match": etag})
    stale = patch(client, address, {"note": "x"}, **{"If-Match": etag})
    by_name = post(client, f"{address}names/", {"name": "x"}, **{"If-Match": etag})

    assert changed.json()["name"] == "F. Lang"
    assert changed.headers["Newsroom-Operation"]
    assert {name["name"] for name in changed.json()["names"]} == {"F. Lang", "Fritz Lang"}
    assert problem(stale)["status"] == problem(by_name)["status"] == 412
    assert stale.json()["current"]["name"] == "F. Lang"
    undo = f"/api/v1/operations/{changed.headers['Newsroom-Operation']}/undo/"
    assert post(client, undo).status_code == 201
    assert client.get(address).json()["name"] == "Fritz Lang"


def test_entities_are_merged_and_parted(client: Client, corpus: Corpus) -> None:
    stands = made(client).json()
    other = make_entity(corpus, "Mr Lang")
    mention = make_mention(
        make_article(corpus, paragraphs=("Mr Lang left.",)), "Mr Lang", entity=other
    )

    merged = post(client, f"{stands['url']}merge/", {"entities": [other.pk]})

    assert [each["id"] for each in merged.json()["merged"]] == [other.pk]
    assert [name["name"] for name in merged.json()["names"]] == ["Fritz Lang", "Mr Lang"]
    listed = client.get(ENTITIES).json()["results"]
    assert [row["id"] for row in listed] == [stands["id"]]
    gone = client.get(f"{ENTITIES}{other.pk}/").json()
    assert gone["merged_into"]["id"] == stands["id"]
    assert client.get(stands["mentions_url"]).json()["results"][0]["id"] == mention.pk
    parted = post(client, f"{stands['url']}split/", {"entities": [other.pk]})
    assert parted.json()["merged"] == []
    again = post(client, f"{stands['url']}split/", {"entities": [other.pk]})
    assert problem(again)["status"] == 409
    different = post(client, f"{stands['url']}different/", {"from": other.pk})
    assert different.status_code == 200


def test_mentions_move_to_who_is_meant(client: Client, corpus: Corpus) -> None:
    entity = make_entity(corpus, "Lang")
    mention = make_mention(
        make_article(corpus, paragraphs=("Mr Lang left.",)), "Mr Lang", entity=entity
    )
    address = f"{ENTITIES}{entity.pk}/split/"

    moved = post(client, address, {"mentions": [mention.pk], "to_new": "Hans Lang"})

    assert moved.json()["name"] == "Hans Lang"
    mention.refresh_from_db()
    assert mention.entity_id == moved.json()["id"]
    assert problem(post(client, address, {"mentions": [mention.pk]}))["status"] == 400
    both: dict[str, Any] = {"mentions": [mention.pk], "entities": [entity.pk]}
    assert problem(post(client, address, both))["status"] == 400
    nowhere = post(client, address, {"mentions": [mention.pk], "to": 10**9})
    assert problem(nowhere)["status"] == 404


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"name": " "}, 400, "name"), ({"name": "x" * 301}, 400, "name"),
        ({"name": 1}, 400, "name"), ({"kind": "A Person"}, 400, "kind"),
        ({"corpus": "nowhere"}, 404, "corpus"), ({"corpus": "closed"}, 404, "corpus"),
        ({"by": 1}, 400, "by"), ({"aliases": [1]}, 400, "aliases.0"),
        ({"name": "Known"}, 409, "name"), ({"task": 10**9}, 404, "task"),
        ({"merged_into": 1}, 400, "merged_into"),
    ],
)  # fmt: skip
def test_a_bad_entity_is_refused(
    client: Client, corpus: Corpus, change: dict[str, Any], status: int, field: str
) -> None:
    make_corpus("closed")
    make_entity(corpus, "Known")
    body = {"corpus": "default", "name": "New", "kind": "person", **change}

    answer = post(client, ENTITIES, body)

    assert problem(answer)["status"] == status
    assert field in answer.json()["errors"]
    assert Entity.objects.count() == 1


def test_another_of_the_same_name_is_made_if_it_is_wanted(client: Client, corpus: Corpus) -> None:
    make_entity(corpus, "Fritz Lang")

    assert made(client, another=True).json()["name"] == "Fritz Lang"
    assert Entity.objects.count() == 2


def test_an_entity_is_made_once(client: Client, corpus: Corpus) -> None:
    del corpus
    body = {"corpus": "default", "name": "Fritz Lang", "kind": "person"}

    answers = [post(client, ENTITIES, body, **{"Idempotency-Key": "k"}) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert Entity.objects.count() == 1


def test_what_was_made_in_blind_work_is_its_makers(
    client: Client, corpus: Corpus, annotator: User, with_token: MakeClient
) -> None:
    other = make_member(corpus, Role.ANNOTATOR)
    task = make_task(corpus, [make_article(corpus)], [annotator, other])

    mine = made(client, task=task.pk)

    address = mine.headers["Location"]
    assert client.get(address).status_code == 200
    assert with_token(other).get(address).status_code == 404
    assert with_token(other).get(ENTITIES).json()["results"] == []
    outsider = with_token(make_member(corpus, Role.ANNOTATOR))
    body = {"corpus": "default", "name": "x", "kind": "person", "task": task.pk}
    assert problem(post(outsider, ENTITIES, body))["status"] == 404
