"""Orphans by the API: listed with where they may be, placed or given up."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.annotate.anchoring import carrying
from articles.models import Anchor, Article, Corpus, Mention, Placing, Role
from tests.api.conftest import MakeClient, problem
from tests.factories import (
    make_article,
    make_corpus,
    make_entity,
    make_member,
    make_mention,
    make_version,
)

pytestmark = pytest.mark.django_db
ORPHANS = "/api/v1/orphans/"
AFTER = "The bridge 🎉 was opened by Lord Salisbury on Monday."


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def client(annotator: User, with_token: MakeClient) -> Client:
    return with_token(annotator)


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(
        corpus, paragraphs=("The bridge 🎉 was opened by Prime Minister Gladstone on Monday.",)
    )


@pytest.fixture
def orphan(article: Article) -> Mention:
    entity = make_entity(article.corpus, "Gladstone")
    mention = make_mention(article, "Prime Minister Gladstone", entity=entity)
    make_mention(article, "bridge")
    make_version(article, AFTER)
    carrying.catch_up()
    return mention


def post(client: Client, address: str, body: Any = None, **headers: str) -> Any:
    return client.post(address, body, content_type="application/json", headers=headers)


def found(client: Client, query: str = "") -> list[Any]:
    results: list[Any] = client.get(f"{ORPHANS}{query}").json()["results"]
    return results


def test_it_is_listed_with_where_it_may_be(client: Client, orphan: Mention) -> None:
    [listed] = found(client)

    assert listed["mention"]["id"] == orphan.pk
    assert (listed["mention"]["placing"], listed["mention"]["start"]) == ("orphan", None)
    assert listed["mention"]["quote"] == "Prime Minister Gladstone"
    place = listed["places"][0]
    text = client.get(listed["mention"]["article"]["url"]).json()["text"]
    assert text[place["start"] : place["end"]] == place["quote"] == "Lord Salisbury"


def test_it_is_placed_there_and_that_is_undone(client: Client, orphan: Mention) -> None:
    [listed] = found(client)
    chosen = {name: listed["places"][0][name] for name in ("start", "end", "quote")}

    placed = post(client, listed["place_url"], chosen)

    assert (placed.status_code, placed.json()["quote"]) == (200, "Lord Salisbury")
    assert found(client) == []
    operation = placed.headers["Newsroom-Operation"]
    assert post(client, f"/api/v1/operations/{operation}/undo/").status_code == 201
    assert [each["mention"]["id"] for each in found(client)] == [orphan.pk]


def test_it_is_given_up(client: Client, orphan: Mention) -> None:
    dropped = post(client, found(client)[0]["drop_url"])
    again = post(client, f"{ORPHANS}{orphan.pk}/drop/")

    assert dropped.json()["placing"] == "dropped"
    assert again.status_code == 200
    assert "Newsroom-Operation" not in again.headers
    assert found(client) == []


def test_a_tag_that_has_its_place_is_no_orphan(client: Client, orphan: Mention) -> None:
    other = Mention.objects.exclude(pk=orphan.pk).get()

    response = post(client, f"{ORPHANS}{other.pk}/drop/")

    assert response.status_code == 400
    assert "no orphan" in problem(response)["detail"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"start": 0, "end": 4, "quote": "nope"}, "quote"),
        ({"start": 0, "end": 10**6, "quote": "x"}, "end"),
        ({"start": -1, "end": 4, "quote": "x"}, "start"),
        ({"start": 0, "end": 4}, "quote"),
        ({"start": 0, "end": 4, "quote": "x", "kind": "place"}, "kind"),
    ],
)
def test_a_place_that_is_none_is_refused(
    client: Client, orphan: Mention, body: Any, field: str
) -> None:
    response = post(client, f"{ORPHANS}{orphan.pk}/place/", body)

    assert response.status_code == 400
    assert set(problem(response)["errors"]) & {field, "start", "quote", "end"}
    assert Anchor.objects.filter(mention=orphan, placing=Placing.ORPHAN).exists()


def test_who_saw_it_otherwise_is_told(client: Client, orphan: Mention) -> None:
    address = f"/api/v1/mentions/{orphan.pk}/"
    seen = client.get(address).headers["ETag"]
    client.patch(address, {"comment": "Seen"}, content_type="application/json")

    late = post(client, f"{ORPHANS}{orphan.pk}/drop/", if_match=seen)

    assert late.status_code == 412
    assert problem(late)["current"]["comment"] == "Seen"


def test_they_are_narrowed(client: Client, orphan: Mention) -> None:
    assert len(found(client, f"?article={orphan.article_id}&kind=person&corpus=default")) == 1
    assert found(client, "?kind=place") == []
    assert client.get(f"{ORPHANS}?article=999999").status_code == 404
    assert client.get(f"{ORPHANS}?nope=1").status_code == 400
    assert client.get(f"{ORPHANS}?cursor=x").status_code == 400


def test_to_others_it_is_not_there(orphan: Mention, corpus: Corpus, with_token: MakeClient) -> None:
    viewer = with_token(make_member(corpus, Role.VIEWER))
    stranger = with_token(make_member(make_corpus("other"), Role.ADMIN))

    assert len(found(viewer)) == 1
    assert post(viewer, f"{ORPHANS}{orphan.pk}/drop/").status_code == 403
    assert found(stranger) == []
    assert post(stranger, f"{ORPHANS}{orphan.pk}/drop/").status_code == 404
