"""Tags as scripts of an article's page make, change and read them: JSON in and out."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, Corpus, Entity, Mention, Relation, Role, Task
from tests.factories import (
    current,
    make_article,
    make_codebook,
    make_entity,
    make_member,
    make_mention,
    make_task,
    make_version,
)

pytestmark = pytest.mark.django_db

WORDS = "Xi Jinping 👩‍👩‍👧‍👦 met <b>Ann</b> Lee. Xi Jinping left."


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def page(annotator: User) -> Client:
    client = Client()
    client.force_login(annotator)
    return client


@pytest.fixture
def told(corpus: Corpus) -> Article:
    make_codebook(corpus)
    return make_article(corpus, headline="Visits", paragraphs=(WORDS, "Nobody came."))


def send(client: Client, address: str, body: Any, **headers: str) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(address, data, content_type="application/json", headers=headers)


def tags(article: Article) -> str:
    return f"/articles/{article.pk}/tags/"


def place(article: Article, quote: str, nth: int = 0) -> dict[str, Any]:
    text, start = current(article).text, -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return {"start": start, "end": start + len(quote), "quote": quote}


def test_a_tag_is_made_and_what_changed_is_answered(page: Client, told: Article) -> None:
    body = {"key": str(uuid4()), "kind": "person", "entity_name": "Xi", **place(told, "Xi Jinping")}

    response = send(page, tags(told), body)
    answer = response.json()

    assert response.status_code == 201
    assert answer["mention"]["entity_name"] == "Xi"
    assert answer["mention"]["is_own"]
    assert list(answer["blocks"]) == list(answer["margin"]) == ["1"]
    assert f'data-m="{answer["mention"]["id"]}"' in answer["blocks"]["1"]
    assert f'data-mention="{answer["mention"]["id"]}"' in answer["margin"]["1"]
    assert "&lt;b&gt;Ann" in answer["blocks"]["1"]


def test_a_tag_is_made_with_few_statements(
    page: Client, told: Article, corpus: Corpus, django_assert_max_num_queries: Any
) -> None:
    entity = make_entity(corpus, "Xi Jinping")
    body = {"key": str(uuid4()), "kind": "person", "entity": entity.pk}

    with django_assert_max_num_queries(20):
        response = send(page, tags(told), body | place(told, "Xi Jinping"))

    assert response.status_code == 201


def test_the_same_key_makes_it_once(page: Client, told: Article) -> None:
    body = {"key": str(uuid4()), "kind": "person", "entity_name": "Xi", **place(told, "Xi Jinping")}

    first, again = send(page, tags(told), body), send(page, tags(told), body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["mention"] == first.json()["mention"]
    assert again.json()["operation"] is None
    assert Mention.objects.count() == 1


def test_a_tag_after_an_emoji_stands_where_it_was_put(page: Client, told: Article) -> None:
    body = {"kind": "person", "entity_name": "Xi", **place(told, "Xi Jinping", 1)}

    html = send(page, tags(told), body).json()["blocks"]["1"]

    assert html.index("data-m=") > html.index("Lee. ")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"quote": "Xi Jinpin"}, "quote"),
        ({"start": -1}, "start"),
        ({"start": "0"}, "start"),
        ({"start": True}, "start"),
        ({"end": 10**30}, "end"),
        ({"end": None}, "end"),
        ({"kind": "ghost"}, "kind"),
        ({"kind": "per\0son"}, "kind"),
        ({"entity_name": "x\0"}, "entity_name"),
        ({"entity_name": ""}, "entity"),
        ({"entity": 10**18, "entity_name": ""}, "entity"),
        ({"comment": "a" * 10_001}, "comment"),
        ({"attributes": {"stance\0": 1}}, "attributes"),
        ({"attributes": {"stance": ["\0"]}}, "attributes"),
        ({"attributes": {"unknown": 1}}, "attributes"),
        ({"attributes": []}, "attributes"),
        ({"key": "no"}, "key"),
        ({"colour": 3}, "colour"),
        ({"tag\0": 3}, "tag\ufffd"),
    ],
)
def test_what_cannot_be_is_refused_by_field(
    page: Client, told: Article, change: dict[str, Any], field: str
) -> None:
    body = {"kind": "person", "entity_name": "Xi", **place(told, "Xi Jinping"), **change}

    response = send(page, tags(told), body)

    assert response.status_code == 400
    assert response.json()["field"] == field
    assert response.json()["problem"].endswith(".")
    assert not Mention.objects.exists()
    assert not Entity.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"kind": "\\ud800"}', b"\xff", b"[" * 100_000, b"1", b'{"a": NaN}'],
)
def test_what_is_no_object_is_refused(page: Client, told: Article, body: bytes) -> None:
    for address in (tags(told), f"{tags(told)}1/", f"/articles/{told.pk}/codes/"):
        response = send(page, address, body)
        assert response.status_code == 400
        assert response.json()["problem"]


def test_a_tag_is_changed_by_the_state_that_was_seen(page: Client, told: Article) -> None:
    mention = make_mention(told, "Xi Jinping", entity=make_entity(told.corpus, "Xi Jinping"))
    seen = page.get(tags(told)).json()["mentions"][0]["revision"]
    address = f"{tags(told)}{mention.pk}/"

    first = send(page, address, {"action": "change", "comment": "Who?", "revision": seen})
    stale = send(page, address, {"action": "change", "comment": "He?", "revision": seen})
    by_header = send(page, address, {"action": "change", "comment": "He?"}, if_match=f'"{seen}"')

    assert first.status_code == 200
    assert first.json()["mention"]["comment"] == "Who?"
    assert (stale.status_code, by_header.status_code) == (409, 412)
    assert stale.json()["current"]["comment"] == "Who?"
    mention.refresh_from_db()
    assert mention.comment == "Who?"


def test_the_state_is_that_of_the_entity_that_was_named_though_it_was_merged(
    page: Client, told: Article
) -> None:
    stands = make_entity(told.corpus, "Xi Jinping")
    merged = make_entity(told.corpus, "Xi", merged_into=stands)
    mention = make_mention(told, "Xi Jinping", entity=merged)
    seen = page.get(tags(told)).json()["mentions"][0]

    response = send(
        page,
        f"{tags(told)}{mention.pk}/",
        {"action": "change", "comment": "Who?", "revision": seen["revision"]},
    )

    assert seen["entity"] == stands.pk
    assert response.status_code == 200


def test_a_tag_is_removed_and_brought_back(page: Client, told: Article) -> None:
    body = {"kind": "person", "entity_name": "Xi", **place(told, "Xi Jinping")}
    made = send(page, tags(told), body).json()["mention"]["id"]

    removed = send(page, f"{tags(told)}{made}/", {"action": "remove"}).json()
    undone = send(page, removed["undo"], {}).json()
    redone = send(page, undone["undo"], {}).json()

    assert removed["mention"] is None
    assert "data-m=" not in removed["blocks"]["1"]
    assert f'data-m="{made}"' in undone["blocks"]["1"]
    assert "data-m=" not in redone["blocks"]["1"]
    assert not Mention.objects.exists()


def test_suggestions_are_accepted_and_rejected(page: Client, told: Article) -> None:
    entity = make_entity(told.corpus, "Xi Jinping")
    one = make_mention(told, "Xi Jinping", entity=entity, status="suggested")
    other = make_mention(told, "Xi Jinping", entity=entity, status="suggested", nth=1)

    accepted = send(page, f"{tags(told)}{one.pk}/", {"action": "accept"}).json()
    rejected = send(page, f"{tags(told)}{other.pk}/", {"action": "reject"}).json()

    assert accepted["mention"]["status"] == "accepted"
    assert rejected["mention"] is None
    assert f'data-m="{other.pk}"' not in rejected["blocks"]["1"]
    other.refresh_from_db()
    assert other.status == "rejected"


def test_a_tag_is_put_to_other_words(page: Client, told: Article) -> None:
    mention = make_mention(told, "Xi Jinping", entity=make_entity(told.corpus, "Xi Jinping"))

    answer = send(
        page,
        f"{tags(told)}{mention.pk}/",
        {"action": "move", **place(told, "Nobody")},
    ).json()

    assert answer["mention"]["quote"] == "Nobody"
    assert sorted(answer["blocks"]) == ["1", "2"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "action"),
        ({"action": "burn"}, "action"),
        ({"action": "remove", "comment": "x"}, "comment"),
        ({"action": "move", "start": 1, "end": 2}, "quote"),
        ({"action": "change", "start": 1}, "start"),
        ({"action": "change", "kind": "ghost"}, "kind"),
        ({"action": "change", "status": "accepted"}, "status"),
    ],
)
def test_acts_that_make_no_sense_are_refused(
    page: Client, told: Article, body: dict[str, Any], field: str
) -> None:
    mention = make_mention(told, "Xi Jinping", entity=make_entity(told.corpus))

    response = send(page, f"{tags(told)}{mention.pk}/", body)

    assert response.status_code == 400
    assert response.json()["field"] == field


def test_a_tag_is_led_to_another_and_no_more(page: Client, told: Article) -> None:
    said, speaker = make_mention(told, "left", "quote"), make_mention(told, "Ann", "person")
    address = f"{tags(told)}{said.pk}/"
    body = {"action": "relate", "relation": "speaker", "target": speaker.pk}
    here = f'href="#tag-{speaker.pk}"'

    led = send(page, address, body).json()
    assert here in led["margin"]["1"]
    assert send(page, address, body).json()["undo"] is None, "it is so already"
    back = send(page, led["undo"], {}).json()
    assert here not in back["margin"]["1"]
    assert here in send(page, back["undo"], {}).json()["margin"]["1"]
    parted = send(page, address, body | {"action": "unrelate"}).json()
    assert here not in parted["margin"]["1"]
    assert not Relation.objects.exists()


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"relation": "speaker"}, 400, "target"),
        ({"target": 1}, 400, "relation"),
        ({"relation": "speaker", "target": 1, "kind": "person"}, 400, "kind"),
        ({"relation": "speaker", "target": 0}, 404, ""),
        ({"relation": "no such", "target": "it"}, 400, "kind"),
        ({"relation": "a\0", "target": "it"}, 400, "relation"),
        ({"relation": "speaker", "target": True}, 400, "target"),
    ],
)
def test_what_a_tag_can_not_lead_to_is_refused(
    page: Client, told: Article, body: dict[str, Any], status: int, field: str
) -> None:
    said = make_mention(told, "left", "quote")
    if body.get("target") == "it":
        body = body | {"target": make_mention(told, "Ann", "person").pk}

    answer = send(page, f"{tags(told)}{said.pk}/", {"action": "relate", **body})

    assert (answer.status_code, answer.json()["field"]) == (status, field)
    assert not Relation.objects.exists()


def test_a_code_is_set_and_taken_back(page: Client, told: Article) -> None:
    address = f"/articles/{told.pk}/codes/"

    said = send(page, address, {"code": "note", "values": ["Look <again>."]}).json()
    undone = send(page, said["undo"], {})
    wrong = send(page, address, {"code": "ghost", "values": ["x"]})

    assert said["codes"]["note"] == ["Look <again>."]
    assert undone.status_code == 200
    assert page.get(tags(told)).json()["codes"] == []
    assert (wrong.status_code, wrong.json()["field"]) == (400, "code")


def test_all_is_answered_as_the_page_shows_it(page: Client, told: Article) -> None:
    entity = make_entity(told.corpus, "Xi Jinping")
    make_mention(told, "Xi Jinping", entity=entity)
    make_mention(told, "Ann", entity=entity, status="suggested")

    answer = page.get(tags(told)).json()
    people = page.get(f"{tags(told)}?tags=people").json()

    assert answer["version"] == current(told).pk
    assert [each["quote"] for each in answer["mentions"]] == ["Xi Jinping", "Ann"]
    assert sorted(answer["blocks"]) == sorted(answer["margin"]) == ["0", "1", "2"]
    assert answer["blocks"]["1"].count("data-m=") == 2
    assert people["blocks"]["1"].count("data-m=") == 1


@pytest.mark.parametrize(
    "query", ["version=x", "version=%00", "version=-1", "task=1e3", "tags=ghost", "tags=%00"]
)
def test_parameters_that_cannot_be_read_are_refused(
    page: Client, told: Article, query: str
) -> None:
    assert page.get(f"{tags(told)}?{query}").status_code == 400


def test_an_older_version_shows_the_tags_it_has(page: Client, told: Article) -> None:
    first = current(told)
    make_mention(told, "Xi Jinping", entity=make_entity(told.corpus))
    make_version(told, "Other words.")

    old = page.get(f"{tags(told)}?version={first.pk}").json()
    new = page.get(tags(told)).json()
    refused = page.get(f"/articles/{told.pk}/tags/new/?version={first.pk}")

    assert len(old["mentions"]) == 1
    assert new["mentions"] == []
    assert refused.status_code == 403


def test_who_may_not_tag_is_told_so(corpus: Corpus, told: Article) -> None:
    viewer = Client()
    viewer.force_login(make_member(corpus, Role.VIEWER))
    body = {"kind": "person", "entity_name": "Xi", **place(told, "Xi Jinping")}

    refused = send(viewer, tags(told), body)
    strange = send(Client(), tags(told), body)

    assert refused.status_code == 403
    assert "annotator" in refused.json()["problem"]
    assert strange.status_code in {403, 404}
    assert not Mention.objects.exists()


def test_without_a_token_nothing_is_done(annotator: User, told: Article) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(annotator)
    body = {"kind": "person", "entity_name": "Xi", **place(told, "Xi Jinping")}

    assert send(client, tags(told), body).status_code == 403
    assert not Mention.objects.exists()


@pytest.mark.parametrize("rest", ["tags/1/", "tags/undo/1/", "codes/", "tags/act/"])
def test_nothing_is_done_by_looking(page: Client, told: Article, rest: str) -> None:
    assert page.get(f"/articles/{told.pk}/{rest}").status_code == 405


def test_in_a_task_one_tags_in_a_layer_of_ones_own(
    page: Client, told: Article, annotator: User
) -> None:
    other = make_member(told.corpus, Role.ANNOTATOR)
    task: Task = make_task(told.corpus, [told], [annotator, other])
    make_mention(
        told, "Ann", entity=make_entity(told.corpus, "Ann"), task=task, layer_of=other, by=other
    )
    make_mention(told, "Lee", entity=make_entity(told.corpus, "Lee"), by=other)
    body = {"kind": "person", "entity_name": "Xi", **place(told, "Xi Jinping")}

    outside = send(page, tags(told), body)
    inside = send(page, tags(told), {**body, "task": task.pk})
    seen = page.get(f"{tags(told)}?task={task.pk}").json()["mentions"]
    around = page.get(tags(told)).json()["mentions"]
    elsewhere = send(page, tags(told), {**body, "task": task.pk + 1})

    assert outside.status_code == 403
    assert inside.status_code == 201
    assert "Ann" not in json.dumps(inside.json()["margin"])
    assert [each["quote"] for each in seen] == ["Xi Jinping"]
    assert around == []
    assert elsewhere.status_code == 404
