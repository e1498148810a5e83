"""Corpora, members and invitations over the API; texts of licensed corpora."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from articles.models import (
    Access,
    Corpus,
    IdempotencyKey,
    Invitation,
    Membership,
    Operation,
    Role,
)
from tests.api.conftest import MakeClient, problem
from tests.factories import make_article, make_corpus, make_member, make_user


@pytest.fixture(autouse=True)
def _nothing_counted_yet(db: None) -> None:  # noqa: ARG001 -- the counters lie in the database
    cache.clear()


@pytest.fixture
def ada(corpus: Corpus) -> User:
    return make_member(corpus, Role.ADMIN, make_user("ada"))


@pytest.fixture
def admin(ada: User, with_token: MakeClient) -> Client:
    return with_token(ada)


def send(client: Client, method: str, path: str, data: Any = None, **headers: str) -> Any:
    body = {} if data is None else {"data": data, "content_type": "application/json"}
    return getattr(client, method)(f"/api/v1/{path}", headers=headers, **body)


def test_an_admin_makes_a_corpus_and_sets_it_up(admin: Client) -> None:
    made = send(admin, "post", "corpora/", {"name": "Letters", "access": "licensed"})
    read = admin.get(made.headers["Location"])
    changed = send(
        admin, "patch", f"corpora/{made.json()['id']}/", {"access": "open"},
        **{"If-Match": read.headers["ETag"]},
    )  # fmt: skip

    assert made.status_code == 201, made.content
    assert (made.json()["slug"], made.json()["access"]) == ("letters", "licensed")
    assert changed.json()["access"] == "open"
    assert changed.headers["ETag"] == admin.get(made.headers["Location"]).headers["ETag"]
    assert Operation.objects.filter(pk=changed.headers["Newsroom-Operation"]).exists()


def test_who_was_slower_is_told_what_there_is_now(corpus: Corpus, admin: Client) -> None:
    path = f"corpora/{corpus.pk}/"
    etag = send(admin, "get", path).headers["ETag"]
    send(admin, "patch", path, {"name": "First"}, **{"If-Match": etag})

    response = send(admin, "patch", path, {"name": "Second"}, **{"If-Match": etag})

    assert response.status_code == 412
    assert problem(response)["current"]["name"] == "First"


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 400, "name"),
        ({"name": " "}, 400, "name"),
        ({"name": "A", "slug": "default"}, 409, "slug"),
        ({"name": "A", "slug": "a b"}, 400, "slug"),
        ({"name": "A", "access": "all"}, 400, "access"),
        ({"name": "A", "id": 5}, 400, "id"),
    ],
)
def test_a_corpus_that_can_t_be_is_refused(
    admin: Client, body: dict[str, Any], status: int, field: str
) -> None:
    response = send(admin, "post", "corpora/", body)

    assert response.status_code == status
    assert field in problem(response)["errors"]
    assert Corpus.objects.count() == 1


def test_members_are_added_changed_and_removed(corpus: Corpus, admin: Client) -> None:
    ben = make_user("ben")
    path = f"corpora/{corpus.pk}/members/"

    added = send(admin, "post", path, {"username": "ben", "role": "viewer"})
    listed = send(admin, "get", path).json()["results"]
    etag = send(admin, "get", f"{path}{ben.pk}/").headers["ETag"]
    changed = send(admin, "patch", f"{path}{ben.pk}/", {"role": "editor"}, **{"If-Match": etag})
    stale = send(admin, "delete", f"{path}{ben.pk}/", **{"If-Match": etag})
    removed = send(admin, "delete", f"{path}{ben.pk}/")

    assert added.status_code == 201, added.content
    assert [(row["username"], row["role"]) for row in listed] == [
        ("ada", "admin"),
        ("ben", "viewer"),
    ]
    assert changed.json()["role"] == "editor"
    assert stale.status_code == 412
    assert problem(stale)["current"]["role"] == "editor"
    assert (removed.status_code, removed.content) == (204, b"")
    assert Membership.objects.count() == 1


def test_the_same_request_adds_once(corpus: Corpus, admin: Client) -> None:
    make_user("ben")
    path, body = f"corpora/{corpus.pk}/members/", {"username": "ben", "role": "viewer"}

    first = send(admin, "post", path, body, **{"Idempotency-Key": "one"})
    again = send(admin, "post", path, body, **{"Idempotency-Key": "one"})
    other = send(admin, "post", path, body)

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert again.content == first.content


def test_the_last_admin_stays(corpus: Corpus, admin: Client, ada: User) -> None:
    path = f"corpora/{corpus.pk}/members/{ada.pk}/"

    for response in (
        send(admin, "delete", path),
        send(admin, "patch", path, {"role": "viewer"}),
    ):
        assert response.status_code == 409
        assert "only admin" in problem(response)["detail"]
    assert Membership.objects.get().role == Role.ADMIN


def test_a_member_leaves_and_can_t_remove_others(
    corpus: Corpus, ada: User, with_token: MakeClient
) -> None:
    ben = make_member(corpus)
    client, path = with_token(ben), f"corpora/{corpus.pk}/members/"

    assert send(client, "delete", f"{path}{ada.pk}/").status_code == 403
    assert send(client, "delete", f"{path}{ben.pk}/").status_code == 204
    assert send(client, "get", path).status_code == 404


def test_an_invitation_tells_its_link_once(corpus: Corpus, admin: Client) -> None:
    path, body = f"corpora/{corpus.pk}/invitations/", {"role": "editor", "note": "Jane"}

    made = send(admin, "post", path, body, **{"Idempotency-Key": "one"})
    again = send(admin, "post", path, body, **{"Idempotency-Key": "one"})
    listed = send(admin, "get", path).json()["results"]

    assert made.status_code == 201, made.content
    secret = made.json()["link"].rstrip("/").rpartition("/")[2]
    assert Client().get(made.json()["link"]).status_code == 200
    assert again.json() == made.json() | {"link": None}
    assert listed == [made.json() | {"link": None}]
    assert secret not in str(IdempotencyKey.objects.values().get())


def test_a_revoked_invitation_has_ended(corpus: Corpus, admin: Client) -> None:
    path = f"corpora/{corpus.pk}/invitations/"
    made = send(admin, "post", path, {"role": "viewer"}).json()

    revoked = send(admin, "post", f"{path}{made['id']}/revoke/")
    again = send(admin, "post", f"{path}{made['id']}/revoke/")

    assert revoked.json()["state"] == "revoked"
    assert again.status_code == 409
    assert Client().get(made["link"]).status_code == 410
    assert not Invitation.objects.open().exists()


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("members/", {"username": "ada", "role": "owner"}, "role"),
        ("members/", {"role": "viewer"}, "username"),
        ("invitations/", {"role": "superuser"}, "role"),
        ("invitations/", {"role": "viewer", "note": "n" * 201}, "note"),
    ],
)
def test_a_wrong_request_is_named(
    corpus: Corpus, admin: Client, path: str, body: dict[str, Any], field: str
) -> None:
    response = send(admin, "post", f"corpora/{corpus.pk}/{path}", body)

    assert response.status_code == 400
    assert field in problem(response)["errors"]


def test_a_member_who_has_no_account_is_not_there(corpus: Corpus, admin: Client) -> None:
    wanted = {"username": "nobody", "role": "viewer"}

    response = send(admin, "post", f"corpora/{corpus.pk}/members/", wanted)

    assert response.status_code == 404
    assert "Invite" in problem(response)["errors"]["username"]


def test_a_nul_is_refused(corpus: Corpus, admin: Client) -> None:
    path = f"corpora/{corpus.pk}/"

    for response in (
        send(admin, "post", "corpora/", {"name": "A\0"}),
        send(admin, "patch", path, {"description": "A\0"}),
        send(admin, "post", f"{path}invitations/", {"role": "viewer", "note": "a\0"}),
        send(admin, "post", f"{path}members/", {"role": "viewer", "username": "a\0"}),
    ):
        assert response.status_code == 400
        assert "NUL" in problem(response)["detail"]
    assert not Operation.objects.exists()


def test_another_corpus_s_invitation_is_not_there(
    corpus: Corpus, admin: Client, with_token: MakeClient
) -> None:
    elsewhere = make_corpus(access=Access.OPEN)
    other = with_token(make_member(elsewhere, Role.ADMIN))
    made = send(admin, "post", f"corpora/{corpus.pk}/invitations/", {"role": "viewer"}).json()

    path = f"corpora/{elsewhere.pk}/invitations/{made['id']}/"

    assert send(other, "get", path).status_code == 404
    assert send(other, "post", f"{path}revoke/").status_code == 404


def test_outsiders_get_no_text_of_a_licensed_corpus(corpus: Corpus, admin: Client) -> None:
    corpus.access = Access.LICENSED
    corpus.save()
    article = make_article(corpus, paragraphs=("The bridge opened.", "Then the quillwort."))
    nothing = ("text", "blocks", "key_points", "captions", "extra", "provenance", "capture")

    for path in (f"articles/{article.pk}/", f"articles/{article.pk}/versions/1/"):
        outside = send(Client(), "get", path)
        inside = send(admin, "get", path).json()

        body = outside.json()
        assert b"quillwort" not in outside.content
        assert body["text_available"] is False
        assert {name: body[name] for name in nothing} == dict.fromkeys(nothing)
        assert body["headline"] == inside["headline"]
        assert inside["text_available"] is True
        assert "quillwort" in inside["text"]
        assert list(body) == list(inside)
