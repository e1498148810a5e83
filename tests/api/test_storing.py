"""Storing articles one at a time and in bulk."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from articles.models import Access, Article, Corpus, IdempotencyKey, Role, Version
from tests.api.conftest import MakeClient, problem
from tests.factories import make_corpus, make_member, make_user

ARTICLES = "/api/v1/articles/"
BULK = "/api/v1/articles/bulk/"
RECORD: dict[str, Any] = {
    "headline": "Lighthouse keeper retires after forty winters",
    "body": "The lamp was lit for the last time by hand.\n\nIt is electric from tomorrow.",
    "source": "The Harbour Gazette",
    "published": "1931-11-02",
    "byline": "By Ada Finch",
    "external_id": "gazette-1",
}


@pytest.fixture
def client(corpus: Corpus, with_token: MakeClient) -> Client:
    return with_token(make_member(corpus, Role.EDITOR))


def _post(client: Client, data: Any, path: str = ARTICLES, **headers: str) -> Any:
    return client.post(path, data, content_type="application/json", headers=headers)


def test_a_new_article_is_stored_and_sent_back(client: Client) -> None:
    response = _post(client, RECORD)

    assert response.status_code == 201, response.content
    body = response.json()
    assert response.headers["Location"] == body["url"]
    assert response.headers["Newsroom-Outcome"] == "stored"
    assert body["headline"] == RECORD["headline"]
    assert body["source"]["name"] == RECORD["source"]
    assert body["published"]["date"] == "1931-11-02"
    assert body["external_id"] == "gazette-1"
    assert body["credits"][0]["name"] == "Ada Finch"
    assert body["capture"]["url"].startswith("http://testserver/api/v1/captures/")
    assert client.get(body["url"]).json() == body


def test_the_same_again_is_known(client: Client) -> None:
    first = _post(client, RECORD).json()

    again = _post(client, RECORD)

    assert again.status_code == 200
    assert again.headers["Newsroom-Outcome"] == "unchanged"
    assert again.json()["id"] == first["id"]
    assert Version.objects.count() == 1


def test_another_text_is_a_new_version(client: Client) -> None:
    first = _post(client, RECORD).json()

    changed = _post(client, {**RECORD, "body": "The lamp stays."})

    assert changed.status_code == 201
    assert changed.headers["Newsroom-Outcome"] == "new_version"
    assert changed.json()["id"] == first["id"]
    assert changed.json()["version"]["number"] == 2


def test_every_field_arrives(client: Client) -> None:
    record = {
        "headline": "Ferry strike ends",
        "standfirst": "Crews return on Monday.",
        "key_points": ["Pay rises", "Boats sail"],
        "blocks": [
            {"kind": "paragraph", "text": "The crews voted at noon."},
            {"kind": "crosshead", "text": "A long week"},
            {"kind": "quotation", "text": "“We are tired.”"},
        ],
        "published": {"date": "1931-11-09", "precision": "month"},
        "modified": "1931-11-10T08:00:00+00:00",
        "credits": [{"kind": "agency", "name": "Meridian Wire", "role": None, "place": None}],
        "dateline": {"place": "DOVER", "agency": None},
        "section": "Shipping",
        "page": "A4",
        "edition": "Late",
        "language": "en-GB",
        "canonical_url": "https://gazette.example/ferry",
        "captions": [{"text": "A ferry at rest.", "credit": "J. Roe"}],
        "rights": "© The Harbour Gazette",
        "extra": {"shelf": [1, {"row": None}]},
    }

    response = _post(client, record)

    assert response.status_code == 201, response.content
    body = response.json()
    assert body["published"] == {
        "at": None,
        "date": "1931-11-01",
        "precision": "month",
        "origin": "read",
    }
    assert body["modified"] == "1931-11-10T08:00:00+00:00"
    for same in ("standfirst", "key_points", "section", "page", "edition", "canonical_url"):
        assert body[same] == record[same], same
    assert body["captions"] == record["captions"]
    assert body["rights"] == record["rights"]
    assert body["language"] == "en"
    assert body["dateline"]["place"] == "DOVER"
    assert body["credits"][0]["kind"] == "agency"
    assert body["extra"] == record["extra"]
    kinds = [block["kind"] for block in body["blocks"]]
    assert kinds[-4:] == ["paragraph", "crosshead", "quotation", "caption"]


@pytest.mark.parametrize(
    ("published", "at"),
    [
        ("1931-04-20T04:01:51-20:39", "1931-04-21T00:40:51+00:00"),
        ({"at": "1931-04-20T04:01:51+06:00"}, "1931-04-19T22:01:51+00:00"),
        ({"at": "1931-04-19T22:01:51Z", "date": "1931-04-20"}, "1931-04-19T22:01:51+00:00"),
    ],
)
def test_an_instant_keeps_its_printed_day(client: Client, published: Any, at: str) -> None:
    response = _post(client, {**RECORD, "published": published})

    assert response.status_code == 201, response.content
    assert response.json()["published"] == {
        "at": at,
        "date": "1931-04-20",
        "precision": "minute",
        "origin": "read",
    }


def test_numbers_beyond_64_bits_are_sent_back(client: Client) -> None:
    response = _post(client, {**RECORD, "extra": {"n": 1e300}})

    assert response.status_code == 201
    assert response.json()["extra"] == {"n": 10**300}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": 7}, "id"),
        ({"text": "x"}, "text"),
        ({"word_count": 3}, "word_count"),
        ({"colour": "red"}, "colour"),
        ({"published": "2019-02-30"}, "published"),
        ({"published": "9999-12-31T23:59-23:59"}, "published"),
        ({"published": "0000-01-01"}, "published"),
        ({"published": 5}, "published"),
        ({"published": {"date": "2019-01-09", "precision": "second"}}, "published.precision"),
        ({"headline": 5}, "headline"),
        ({"headline": " "}, "headline"),
        ({"canonical_url": "javascript:alert(1)"}, "canonical_url"),
        ({"key_points": "one"}, "key_points"),
        ({"credits": [{"kind": "robot", "name": "R"}]}, "credits.0.kind"),
        ({"captions": [{"text": "A", "by": "B"}]}, "captions.0.by"),
        ({"blocks": [{"kind": "paragraph", "text": "A"}]}, "blocks"),
        ({"extra": []}, "extra"),
        ({"corpus": "no such"}, "corpus"),
        ({"external_id": "x" * 501}, "external_id"),
    ],
)
def test_a_wrong_field_is_named(client: Client, change: dict[str, Any], field: str) -> None:
    response = _post(client, {**RECORD, **change})

    assert response.status_code == 400, response.content
    assert list(problem(response)["errors"]) == [field]
    assert not Article.objects.exists()


@pytest.mark.parametrize("published", [5, "never", ["2019-01-09"], "2019-01-09T14:30"])
def test_all_that_a_date_may_be_is_told(client: Client, published: Any) -> None:
    told = problem(_post(client, {**RECORD, "published": published}))["errors"]["published"]

    assert "a day that exists (2019-01-09)" in told
    assert "an instant with its time zone" in told


@pytest.mark.parametrize(
    "body",
    [
        b'{"headline": "a\\u0000b"}',
        b'{"headline\\u0000": "a"}',
        b'{"extra": {"a": ["\\u0000"]}, "headline": "a"}',
        b'{"headline": "\\ud800"}',
        b'{"headline": NaN}',
        b'{"headline": "a", "extra": {"n": 1e999}}',
        b"[" * 100_000,
        b'{"extra": ' + b'{"a":' * 500 + b"1" + b"}" * 500 + b', "headline": "a"}',
        b"\xff\xfe",
        b"{",
        b"",
        b"[]",
        b"null",
    ],
)
def test_a_body_that_is_none_is_refused(client: Client, body: bytes) -> None:
    response = client.post(ARTICLES, body, content_type="application/json")

    assert response.status_code == 400, response.content
    problem(response)
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"headline": "a\\u0000b"}', "headline"),
        (b'{"headline\\u0000": "a"}', "headline"),
        (b'{"extra": {"a": ["\\u0000"]}, "headline": "a"}', "extra.a.0"),
        (b'{"extra": {"a\\u0000": 1}, "headline": "a"}', "extra.a"),
        (b'"\\u0000"', "body"),
    ],
)
def test_the_field_with_a_nul_is_named(client: Client, body: bytes, field: str) -> None:
    response = client.post(ARTICLES, body, content_type="application/json")

    assert response.status_code == 400
    [[name, message]] = problem(response)["errors"].items()
    assert name == field
    assert "holds a NUL character" in message


def test_another_media_type_is_refused(client: Client) -> None:
    response = client.post(ARTICLES, {"headline": "a"})

    assert response.status_code == 415
    problem(response)


def test_a_body_beyond_the_limit_is_refused(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    response = _post(client, RECORD)

    assert response.status_code == 413
    problem(response)


def test_only_editors_store(corpus: Corpus, with_token: MakeClient) -> None:
    corpus.access = Access.OPEN
    corpus.save()
    hidden = make_corpus()

    assert _post(with_token(make_member(corpus)), RECORD).status_code == 403
    assert _post(with_token(make_user()), RECORD).status_code == 403
    assert _post(with_token(make_user()), {**RECORD, "corpus": hidden.slug}).status_code == 404
    anonymous = _post(Client(), RECORD)
    assert anonymous.status_code == 401
    assert anonymous.headers["WWW-Authenticate"].startswith("Token")
    assert not Article.objects.exists()


def test_a_bulk_says_what_became_of_each(client: Client) -> None:
    bad = {"headline": "x", "published": "never"}
    articles = [RECORD, bad, {**RECORD, "external_id": "gazette-2", "headline": "Another"}]

    response = _post(client, {"corpus": "default", "articles": articles}, BULK)

    assert response.status_code == 207, response.content
    lines = response.json()["results"]
    assert [line["index"] for line in lines] == [0, 1, 2]
    assert [line["outcome"] for line in lines] == ["stored", "failed", "stored"]
    assert list(lines[1]["errors"]) == ["published"]
    assert lines[1]["id"] is None
    assert client.get(lines[2]["url"]).json()["headline"] == "Another"


@pytest.mark.parametrize("whole", [True, False], ids=["an object", "an array"])
def test_a_nul_in_one_of_a_bulk_fails_that_one_alone(client: Client, whole: bool) -> None:  # noqa: FBT001 -- given by pytest
    bad = {**RECORD, "external_id": "gazette-2", "extra": {"note": "a\0b"}}
    deep: Any = "x"
    for _ in range(70):
        deep = [deep]
    articles = [RECORD, bad, {"headline": "x", "extra": {"deep": deep}}]

    response = _post(client, {"articles": articles} if whole else articles, BULK)

    assert response.status_code == 207, response.content
    lines = response.json()["results"]
    assert [line["outcome"] for line in lines] == ["stored", "failed", "failed"]
    assert lines[1]["errors"] == {"extra.note": "This holds a NUL character; remove it."}
    assert list(lines[2]["errors"]) == ["record"]
    assert Article.objects.count() == 1


def test_a_nul_in_what_a_bulk_says_of_all_refuses_all(client: Client) -> None:
    response = _post(client, {"source": "a\0", "articles": [RECORD]}, BULK)

    assert response.status_code == 400
    assert list(problem(response)["errors"]) == ["source"]
    assert not Article.objects.exists()


def test_a_bulk_again_changes_nothing(client: Client) -> None:
    articles = [{**RECORD, "external_id": f"gazette-{number}"} for number in range(20)]
    first = _post(client, articles, BULK)

    again = _post(client, articles, BULK)

    assert first.status_code == again.status_code == 200
    assert {line["outcome"] for line in first.json()["results"]} == {"stored"}
    assert {line["outcome"] for line in again.json()["results"]} == {"unchanged"}
    assert Version.objects.count() == 20


def test_a_bulk_can_go_into_several_corpora(client: Client, corpus: Corpus) -> None:
    user = corpus.memberships.get().user
    other = make_corpus("other")
    make_member(other, Role.EDITOR, user)

    response = _post(client, [RECORD, {**RECORD, "corpus": "other"}, RECORD], BULK)

    assert response.status_code == 200, response.content
    assert len(response.json()["results"]) == 3
    assert Article.objects.filter(corpus=other).count() == 1


@pytest.mark.parametrize(
    "data", [[], [1], {}, {"articles": []}, {"articles": {}}, {"items": []}, [RECORD] * 1001, 3]
)
def test_a_bulk_of_another_shape_is_refused(client: Client, data: Any) -> None:
    response = _post(client, data, BULK)

    assert response.status_code == 400
    problem(response)


def test_a_bulk_into_a_corpus_of_others_stores_nothing(client: Client) -> None:
    hidden = make_corpus()

    response = _post(client, [RECORD, {**RECORD, "corpus": hidden.slug}], BULK)

    assert response.status_code == 404
    assert not Article.objects.exists()


def test_a_repeat_under_a_key_gets_the_same_answer(client: Client) -> None:
    first = _post(client, RECORD, **{"Idempotency-Key": "k1"})

    again = _post(client, RECORD, **{"Idempotency-Key": "k1"})

    assert again.status_code == first.status_code == 201
    assert again.content == first.content
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers


def test_another_request_under_a_key_is_refused(client: Client) -> None:
    _post(client, RECORD, **{"Idempotency-Key": "k1"})

    other = _post(client, {**RECORD, "headline": "Else"}, **{"Idempotency-Key": "k1"})

    assert other.status_code == 409
    assert list(problem(other)["errors"]) == ["Idempotency-Key"]
    assert Article.objects.count() == 1


def test_keys_of_two_people_are_two(client: Client, corpus: Corpus, with_token: MakeClient) -> None:
    _post(client, RECORD, **{"Idempotency-Key": "k1"})
    colleague = with_token(make_member(corpus, Role.EDITOR))

    response = _post(colleague, {**RECORD, "external_id": "2"}, **{"Idempotency-Key": "k1"})

    assert response.status_code == 201


def test_a_refused_request_leaves_its_key_free(client: Client) -> None:
    refused = _post(client, {**RECORD, "published": "never"}, **{"Idempotency-Key": "k1"})
    good = _post(client, RECORD, **{"Idempotency-Key": "k1"})

    assert refused.status_code == 400
    assert good.status_code == 201


@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 256])
def test_a_key_that_is_none_is_refused(client: Client, key: str) -> None:
    response = _post(client, RECORD, **{"Idempotency-Key": key})

    assert response.status_code == 400
    problem(response)


def test_old_keys_are_forgotten(client: Client) -> None:
    _post(client, RECORD, **{"Idempotency-Key": "k1"})
    IdempotencyKey.objects.update(created_at="2000-01-01T00:00:00Z")

    again = _post(client, RECORD, **{"Idempotency-Key": "k1"})

    assert again.status_code == 200
    assert again.headers["Newsroom-Outcome"] == "unchanged"


@pytest.mark.django_db(transaction=True)
def test_the_same_request_twice_at_once_is_done_once(
    superuser: User, with_token: MakeClient, corpus: Corpus, tmp_path: Path
) -> None:
    del corpus, tmp_path
    clients = [with_token(superuser) for _ in range(4)]
    start, answers = threading.Barrier(len(clients)), []

    def send(client: Client) -> None:
        start.wait()
        answers.append(_post(client, RECORD, **{"Idempotency-Key": "once"}))
        connection.close()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Version.objects.count() == 1


def test_a_headline_may_be_among_the_blocks_as_well(client: Client) -> None:
    blocks = [{"kind": "headline", "text": "Fog"}]

    response = _post(client, {"headline": "Fog", "blocks": blocks})

    assert response.status_code == 201, response.content
    assert response.json()["text"] == "Fog"
