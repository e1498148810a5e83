"""What was done, the lives of articles, and undo."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from articles.curation import fields
from articles.history.operations import act
from articles.models import (
    Access,
    Act,
    Article,
    Corpus,
    CorrectedField,
    Door,
    Membership,
    Operation,
    Role,
)
from tests.api.conftest import MakeClient, problem
from tests.factories import make_article, make_corpus, make_member, make_user

URL = "/api/v1/operations/"
JSON = "application/json"


@pytest.fixture
def editor(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR, make_user("ann"))


@pytest.fixture
def client(editor: User, with_token: MakeClient) -> Client:
    return with_token(editor)


def corrected(article: Article, page: str = "7", by: User | None = None) -> Operation:
    operation = fields.correct([article.pk], {CorrectedField.PAGE: page}, by=by, door=Door.PAGE)
    assert operation is not None
    return operation


def test_an_operation_says_what_it_changed(corpus: Corpus, client: Client, editor: User) -> None:
    article = make_article(corpus)
    operation = corrected(article, by=editor)

    body = client.get(f"{URL}{operation.pk}/").json()

    assert body["kind"] == "correct"
    assert body["by"] == "ann"
    assert body["can_undo"] is True
    [change] = body["changes"]
    assert change["about"]["url"].endswith(f"/api/v1/articles/{article.pk}/")
    assert change["fields"] == [
        {"field": "page", "before": None, "after": "7", "sentence": "Page: none → 7"}
    ]


def test_operations_come_in_pages_and_by_filters(
    corpus: Corpus, client: Client, editor: User
) -> None:
    article = make_article(corpus)
    mine, _, last = (corrected(article, str(n), by=(editor if n == 1 else None)) for n in (1, 2, 3))
    client.post(f"{URL}{last.pk}/undo/")

    first = client.get(f"{URL}?limit=3").json()
    assert len(first["results"]) == 3
    assert [row["id"] for row in client.get(first["next"]).json()["results"]] == [mine.pk]

    def found(query: str) -> list[int]:
        return [row["id"] for row in client.get(f"{URL}?{query}").json()["results"]]

    assert found("by=ann&kind=correct") == [mine.pk]
    assert last.pk in found("by=-")
    assert found("state=undone") == [last.pk]
    assert found("kind=undo&state=standing&corpus=default") == [last.pk + 1]
    assert found("before=2020-01-01") == []
    assert found("by=nobody") == []


def test_changes_of_many_articles_come_in_pages(corpus: Corpus, client: Client) -> None:
    ids = [make_article(corpus).pk for _ in range(7)]
    operation = fields.correct(ids, {CorrectedField.PAGE: "7"}, by=None, door=Door.PAGE)
    assert operation is not None

    first = client.get(f"{URL}{operation.pk}/changes/?limit=4").json()
    second = client.get(first["next"]).json()

    pages = [first["results"], second["results"]]
    assert [[row["about"]["id"] for row in page] for page in pages] == [ids[:4], ids[4:]]
    assert client.get(second["previous"]).json()["results"] == first["results"]


def test_an_undo_can_be_undone(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus)
    operation = corrected(article)

    undone = client.post(f"{URL}{operation.pk}/undo/")
    article.refresh_from_db()
    assert (undone.status_code, article.page) == (201, None)
    assert undone.headers["Location"] == undone.json()["url"]
    assert undone.json()["undoes"]["id"] == operation.pk

    redone = client.post(undone.json()["undo_url"])
    article.refresh_from_db()
    assert (redone.status_code, article.page) == (201, "7")


def test_a_refused_undo_names_what_is_in_its_way(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus)
    first, second = corrected(article, "7"), corrected(article, "8")

    refused = client.post(f"{URL}{first.pk}/undo/")

    assert refused.status_code == 409
    assert [row["id"] for row in problem(refused)["later"]] == [second.pk]
    article.refresh_from_db()
    assert article.page == "8"
    assert Operation.objects.count() == 2


def test_what_was_undone_is_not_undone_twice(corpus: Corpus, client: Client) -> None:
    operation = corrected(make_article(corpus))
    client.post(f"{URL}{operation.pk}/undo/")

    again = client.post(f"{URL}{operation.pk}/undo/")

    assert again.status_code == 409
    assert "already" in problem(again)["detail"]


def test_the_same_key_undoes_once(corpus: Corpus, client: Client) -> None:
    operation = corrected(make_article(corpus))
    header = {"Idempotency-Key": "undo-1"}

    first = client.post(f"{URL}{operation.pk}/undo/", headers=header, content_type=JSON)
    again = client.post(f"{URL}{operation.pk}/undo/", headers=header, content_type=JSON)

    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Operation.objects.filter(undoes=operation).count() == 1


@pytest.mark.django_db(transaction=True)
def test_undo_at_once_under_one_key_is_one_undo(corpus: Corpus, with_token: MakeClient) -> None:
    editor = make_member(corpus, Role.EDITOR)
    client = with_token(editor)
    operation = corrected(make_article(corpus))

    def press(_: int) -> Any:
        answer = client.post(
            f"{URL}{operation.pk}/undo/", headers={"Idempotency-Key": "same"}, content_type=JSON
        )
        connection.close()
        return answer

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(press, range(2))

    assert {first.status_code, second.status_code} == {201}
    assert first.json()["id"] == second.json()["id"]
    assert Operation.objects.filter(undoes=operation).count() == 1


@pytest.mark.django_db(transaction=True)
def test_undo_at_once_without_a_key_is_one_undo(corpus: Corpus, with_token: MakeClient) -> None:
    client = with_token(make_member(corpus, Role.EDITOR))
    operation = corrected(make_article(corpus))

    def press(_: int) -> int:
        status = client.post(f"{URL}{operation.pk}/undo/").status_code
        connection.close()
        return int(status)

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(press, range(2)))

    assert statuses == [201, 409]


@pytest.mark.parametrize(
    ("role", "seen", "undone"),
    [(None, 404, 404), (Role.VIEWER, 200, 403), (Role.ANNOTATOR, 200, 403)],
)
def test_who_may_not_undo_changes_nothing(
    corpus: Corpus, with_token: MakeClient, role: Role | None, seen: int, undone: int
) -> None:
    operation = corrected(make_article(corpus))
    client = with_token(make_member(corpus, role) if role else make_user())

    assert client.get(f"{URL}{operation.pk}/").status_code == seen
    assert client.get(f"{URL}{operation.pk}/changes/").status_code == seen
    assert client.post(f"{URL}{operation.pk}/undo/").status_code == undone
    assert Operation.objects.count() == 1


def test_what_admins_do_is_shown_to_admins(corpus: Corpus, client: Client, editor: User) -> None:
    with act(Act.MEMBERS, corpus=corpus, by=None, summary="Role", door=Door.PAGE) as operation:
        Membership.objects.filter(user=editor).update(role=Role.EDITOR)

    assert client.get(f"{URL}{operation.pk}/").status_code == 404
    assert client.post(f"{URL}{operation.pk}/undo/").status_code == 404
    assert client.get(URL).json()["results"] == []


def test_operations_need_a_token(corpus: Corpus) -> None:
    operation = corrected(make_article(corpus))

    for path in (URL, f"{URL}{operation.pk}/", f"{URL}{operation.pk}/changes/"):
        assert Client().get(path).status_code == 401
    assert Client().post(f"{URL}{operation.pk}/undo/").status_code == 401
    wrong = Client(headers={"Authorization": "Token nr_wrong"})
    assert wrong.get(URL).status_code == 401


def test_a_session_needs_its_csrf_token(corpus: Corpus, editor: User) -> None:
    operation = corrected(make_article(corpus))
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)

    assert browser.post(f"{URL}{operation.pk}/undo/").status_code == 403
    assert browser.get(f"{URL}{operation.pk}/undo/").status_code == 405
    assert Operation.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("by__password=a", "by__password"),
        ("kind=burn", "kind"),
        ("state=maybe", "state"),
        ("after=2019-02-30", "after"),
        ("after=0000-01-01", "after"),
        ("before=9999-99-99", "before"),
        ("after=2020-01-02&before=2020-01-01", "before"),
        ("by=%00", "by"),
        ("by=a&by=b", "by"),
        ("limit=0", "limit"),
        ("limit=", "limit"),
        ("limit=999999999999999999999999999999", "limit"),
        ("cursor=nonsense", "cursor"),
        ("cursor=%ED%A0%80", "cursor"),
    ],
)
def test_a_bad_parameter_is_named(client: Client, query: str, field: str) -> None:
    response = client.get(f"{URL}?{query}")

    assert response.status_code == 400
    assert list(problem(response)["errors"]) == [field]


def test_the_last_day_there_is_can_be_asked_for(client: Client) -> None:
    assert client.get(f"{URL}?before=9999-12-31").status_code == 200


def test_a_corpus_that_one_may_not_see_is_not_there(client: Client) -> None:
    hidden = make_corpus()

    assert client.get(f"{URL}?corpus={hidden.slug}").status_code == 404


@pytest.mark.parametrize("path", ["operations/{}/changes/", "articles/{}/history/"])
@pytest.mark.parametrize("cursor", ["x", "-", "1.2.3.4", "1.999999999999999999999", "%00"])
def test_a_cursor_that_is_none_is_refused(
    corpus: Corpus, client: Client, path: str, cursor: str
) -> None:
    article = make_article(corpus)
    number = corrected(article).pk if "operations" in path else article.pk

    response = client.get(f"/api/v1/{path.format(number)}?cursor={cursor}")

    assert response.status_code == 400
    assert list(problem(response)["errors"]) == ["cursor"]


def test_an_articles_life(corpus: Corpus, client: Client, editor: User) -> None:
    article = make_article(corpus)
    operation = corrected(article, by=editor)

    body = client.get(f"/api/v1/articles/{article.pk}/history/?limit=1").json()
    rest = client.get(body["next"]).json()

    [entry] = body["results"]
    assert entry["what"] == "operation"
    assert entry["by"] == "ann"
    assert entry["operation"]["id"] == operation.pk
    assert entry["changes"][0]["fields"][0]["sentence"] == "Page: none → 7"
    [stored] = rest["results"]
    assert (stored["what"], stored["version"]["number"]) == ("stored", 1)


def test_outsiders_are_not_told_who_did_it(editor: User) -> None:
    shown, hidden = make_corpus(access=Access.OPEN), make_corpus()
    article, other = make_article(shown), make_article(hidden)
    corrected(article, by=editor)

    entry = Client().get(f"/api/v1/articles/{article.pk}/history/").json()["results"][0]

    assert (entry["by"], entry["operation"], entry["undone"]) == (None, None, None)
    assert entry["changes"][0]["fields"][0]["after"] == "7"
    assert Client().get(f"/api/v1/articles/{other.pk}/history/").status_code == 404


@pytest.mark.parametrize("rows", [2, 20])
def test_a_list_takes_a_constant_number_of_queries(
    corpus: Corpus, client: Client, django_assert_num_queries: Any, rows: int
) -> None:
    article = make_article(corpus)
    for number in range(rows):
        corrected(article, str(number))
    client.get(URL)

    with django_assert_num_queries(5):
        assert len(client.get(URL).json()["results"]) == rows
