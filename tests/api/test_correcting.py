"""Putting articles right by script."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from articles.models import Access, Article, Corpus, Correction, Operation, Role, Version
from tests.api.conftest import MakeClient, problem
from tests.factories import (
    current,
    make_article,
    make_corpus,
    make_member,
    make_person,
    make_source,
    make_user,
    source_name,
)

JSON = "application/json"


@pytest.fixture
def editor(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR, make_user("ann"))


@pytest.fixture
def client(editor: User, with_token: MakeClient) -> Client:
    return with_token(editor)


def url(article: Article, more: str = "") -> str:
    return f"/api/v1/articles/{article.pk}/{more}"


def undo_of(operation: str) -> str:
    return f"/api/v1/operations/{operation}/undo/"


def patch(client: Client, article: Article, body: Any, **headers: str) -> Any:
    return client.patch(url(article), body, content_type=JSON, headers=headers)


def post(client: Client, address: str, body: Any, **headers: str) -> Any:
    return client.post(address, body, content_type=JSON, headers=headers)


def test_rights_are_put_right_though_no_list_shows_them(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus)
    Version.objects.update(read={"rights": "© 1932"})

    said = patch(client, article, {"rights": "© The Herald"}).json()

    assert said["rights"] == "© The Herald"
    assert said["corrections"]["rights"]["read"] == "© 1932"
    assert patch(client, article, {"as_read": ["rights"]}).json()["rights"] == "© 1932"


def test_fields_are_corrected_and_say_so(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus, source=make_source(corpus, "Gazette"), section="News")

    answer = patch(
        client,
        article,
        {
            "source": "The Herald",
            "published": "1932-04-01",
            "section": None,
            "credits": [{"kind": "person", "name": "Ann Lee", "role": "Editor"}],
            "dateline": {"place": "Leith", "agency": None},
        },
    )

    body = answer.json()
    assert answer.status_code == 200, body
    assert body["source"]["name"] == "The Herald"
    assert body["published"] == {
        "at": None,
        "date": "1932-04-01",
        "precision": "day",
        "origin": "corrected",
    }
    assert body["section"] is None
    assert [credit["name"] for credit in body["credits"]] == ["Ann Lee"]
    assert body["corrections"]["section"]["read"] == "News"
    assert body["corrections"]["source"]["by"] == "ann"
    assert body["corrections"]["source"]["read"] == "Gazette"
    assert body["corrections"]["published"]["read"]["date"] == "1932-03-19"
    operation = Operation.objects.get()
    assert answer.headers["Newsroom-Operation"] == str(operation.pk)
    assert f'/operations/{operation.pk}/>; rel="related"' in answer.headers["Link"]
    assert 'rel="alternate"' in answer.headers["Link"]
    assert answer.headers["ETag"] == client.get(url(article)).headers["ETag"]
    [listed] = client.get("/api/v1/articles/").json()["results"]
    assert listed["published"]["origin"] == "corrected"


def test_a_correction_is_taken_back_by_its_operation(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus)
    # Derived once, as ingest would have.
    patch(client, article, {"page": "6"})
    before = client.get(url(article)).json()
    operation = patch(client, article, {"page": "7"}).headers["Newsroom-Operation"]

    undone = client.post(undo_of(operation))

    assert undone.status_code == 201
    assert client.get(url(article)).json() == before


def test_a_field_can_say_again_what_was_read(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus)
    patch(client, article, {"published": {"date": "1931-05-09", "precision": "month"}, "page": "7"})

    body = patch(client, article, {"as_read": ["published"]}).json()

    assert body["published"]["date"] == "1932-03-19"
    assert body["published"]["origin"] == "read"
    assert list(body["corrections"]) == ["page"]


def test_what_says_so_already_is_no_operation(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus, page="7")

    answer = patch(client, article, {"page": "7"})

    assert answer.status_code == 200
    assert "Newsroom-Operation" not in answer.headers
    assert not Operation.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"headline": "New"}, "headline"),
        ({"id": 7}, "id"),
        ({"flags": []}, "flags"),
        ({"user__password": "x"}, "user__password"),
        ({"published": "2019-02-30"}, "published"),
        ({"published": "0000-01-01"}, "published"),
        ({"published": "9999-12-31T23:59:00-23:59"}, "published"),
        ({"published": {"date": "1932-01-01", "origin": "read"}}, "published.origin"),
        ({"language": "zzz"}, "language"),
        ({"canonical_url": "javascript:alert(1)"}, "canonical_url"),
        ({"page": 7}, "page"),
        ({"credits": [{"kind": "robot", "name": "R"}]}, "credits.0.kind"),
        ({"as_read": ["headline"]}, "as_read.0"),
        ({"as_read": []}, "as_read"),
    ],
)
def test_a_wrong_field_is_named(
    corpus: Corpus, client: Client, body: dict[str, Any], field: str
) -> None:
    article = make_article(corpus)

    answer = patch(client, article, {"section": "News", **body})

    assert answer.status_code == 400
    assert list(problem(answer)["errors"]) == [field]
    assert not Correction.objects.exists()


def test_a_field_is_not_corrected_and_as_read_at_once(corpus: Corpus, client: Client) -> None:
    answer = patch(client, make_article(corpus), {"page": "7", "as_read": ["page"]})

    assert answer.status_code == 409
    assert list(problem(answer)["errors"]) == ["page"]
    assert not Operation.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [
        b'{"page": "a\\u0000b"}',
        b'{"pa\\u0000ge": "a"}',
        b'{"page": "\\ud800"}',
        b'{"page": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"[]",
        b"{}",
        b"{",
        b'{"page": NaN}',
    ],
)
@pytest.mark.parametrize("more", ["", "text/", "split/", "join/", "flags/"])
def test_what_can_not_be_kept_is_refused(
    corpus: Corpus, client: Client, raw: bytes, more: str
) -> None:
    article = make_article(corpus)
    send = {"": client.patch, "text/": client.put}.get(more, client.post)

    answer = send(url(article, more), raw, content_type=JSON)

    assert answer.status_code == 400
    problem(answer)
    assert not Operation.objects.exists()


def test_who_was_slower_is_told_what_there_is_now(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus)
    etag = client.get(url(article)).headers["ETag"]
    patch(client, article, {"page": "7"})

    late = patch(client, article, {"page": "8"}, **{"If-Match": etag})

    assert late.status_code == 412
    assert problem(late)["current"]["page"] == "7"
    assert Operation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_with_the_same_etag_one_gets_through(corpus: Corpus, with_token: MakeClient) -> None:
    article = make_article(corpus)
    clients = [with_token(make_member(corpus, Role.EDITOR)) for _ in range(2)]
    etag = clients[0].get(url(article)).headers["ETag"]

    def correct(number: int) -> int:
        answer = patch(clients[number], article, {"page": str(number)}, **{"If-Match": etag})
        connection.close()
        return int(answer.status_code)

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(correct, range(2)))

    assert statuses == [200, 412]
    assert Operation.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "status"), [(None, 404), (Role.VIEWER, 403), (Role.ANNOTATOR, 403)]
)
def test_who_may_not_edit_changes_nothing(
    corpus: Corpus, with_token: MakeClient, role: Role | None, status: int
) -> None:
    article, other = make_article(corpus), make_article(corpus)
    client = with_token(make_member(corpus, role) if role else make_user())

    answers = [
        patch(client, article, {"page": "7"}),
        client.put(url(article, "text/"), {"headline": "New"}, content_type=JSON),
        post(client, url(article, "split/"), {"at": [1]}),
        post(client, url(article, "join/"), {"articles": [other.pk]}),
        post(client, url(article, "flags/"), {"flags": ["undated"]}),
        post(client, url(article, "versions/1/stand/"), {}),
        post(
            client,
            "/api/v1/articles/correct/",
            {"articles": [article.pk], "changes": {"page": "7"}, "dry_run": True},
        ),
    ]

    assert [answer.status_code for answer in answers] == [status] * 7
    assert not Operation.objects.exists()


def test_editing_needs_a_token_or_a_session_with_its_csrf_token(
    corpus: Corpus, editor: User
) -> None:
    article = make_article(make_corpus(access=Access.OPEN))
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)

    assert patch(Client(), article, {"page": "7"}).status_code == 401
    assert patch(browser, make_article(corpus), {"page": "7"}).status_code == 403
    assert browser.get("/api/v1/articles/correct/").status_code == 405
    assert not Operation.objects.exists()


def test_outsiders_see_what_was_corrected_and_not_by_whom(client: Client, editor: User) -> None:
    shown = make_corpus(access=Access.OPEN)
    make_member(shown, Role.EDITOR, editor)
    article = make_article(shown)
    patch(client, article, {"page": "7"})

    body = Client().get(url(article)).json()

    assert body["corrections"]["page"]["by"] is None
    assert body["corrections"]["page"]["value"] == "7"


def test_a_text_is_put_right_as_a_version_of_its_own(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus, people=(make_person(corpus, "Jane Doe"),))

    answer = client.put(
        url(article, "text/"),
        {"headline": "Bridge opens", "body": "One.\n\nTwo."},
        content_type=JSON,
    )

    body = answer.json()
    assert answer.status_code == 200, body
    assert body["text"] == "Bridge opens\n\nOne.\n\nTwo."
    assert [block["kind"] for block in body["blocks"]] == ["headline", "paragraph", "paragraph"]
    assert (body["version"]["number"], body["version"]["origin"]) == (2, "corrected")
    assert [credit["name"] for credit in body["credits"]] == ["Jane Doe"]
    assert "Newsroom-Operation" in answer.headers


def test_a_text_of_blocks_goes_round(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus)
    body = client.get(url(article)).json()
    blocks = [
        {"kind": block["kind"], "text": body["text"][block["start"] : block["end"]]}
        for block in body["blocks"]
    ]

    answer = client.put(url(article, "text/"), {"blocks": blocks}, content_type=JSON)

    assert answer.status_code == 200
    assert answer.json() == body
    assert not Operation.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"page": "7"}, "page"),
        ({"headline": None}, "body"),
        ({"headline": " "}, "headline"),
        ({"body": "One.", "blocks": [{"kind": "note", "text": "x"}]}, "blocks"),
        ({"blocks": [{"kind": "poem", "text": "x"}]}, "blocks.0.kind"),
    ],
)
def test_a_wrong_text_is_refused(
    corpus: Corpus, client: Client, body: dict[str, Any], field: str
) -> None:
    answer = client.put(url(make_article(corpus), "text/"), body, content_type=JSON)

    assert answer.status_code == 400
    assert list(problem(answer)["errors"]) == [field]
    assert Version.objects.count() == 1


def test_a_version_is_chosen_and_the_outlets_again(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus)
    client.put(url(article, "text/"), {"headline": "Other"}, content_type=JSON)

    back = post(client, url(article, "versions/1/stand/"), {})

    assert back.status_code == 200
    assert back.json()["version"]["number"] == 1
    assert post(client, url(article, "versions/9/stand/"), {}).status_code == 404


def test_a_split_says_what_it_made(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus, paragraphs=("One.", "Two.", "Three."))

    answer = post(client, url(article, "split/"), {"at": [2, 3]})

    body = answer.json()
    assert answer.status_code == 201, body
    assert body["article"]["text"].endswith("One.")
    texts = [client.get(made["url"]).json()["text"] for made in body["made"]]
    assert texts == ["Two.", "Three."]
    assert answer.headers["Location"] == body["made"][0]["url"]
    assert client.post(undo_of(answer.headers["Newsroom-Operation"])).status_code == 201
    assert client.get(body["made"][0]["url"]).status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"at": [99]}, 409, "at"),
        ({"at": [0]}, 400, "at.0"),
        ({"at": ["1"]}, 400, "at.0"),
        ({"parts": [[]]}, 400, "parts"),
        ({"at": [1], "parts": [[], []]}, 400, "at"),
    ],
)
def test_a_split_that_can_not_be_is_refused(
    corpus: Corpus, client: Client, body: dict[str, Any], status: int, field: str
) -> None:
    answer = post(client, url(make_article(corpus), "split/"), body)

    assert answer.status_code == status
    assert field in problem(answer)["errors"]
    assert Article.objects.count() == 1


def test_a_joined_articles_address_leads_on(corpus: Corpus, client: Client) -> None:
    article, other = make_article(corpus), make_article(corpus, headline="The rest")

    answer = post(client, url(article, "join/"), {"articles": [other.pk]})

    assert answer.status_code == 200
    assert "The rest" in answer.json()["text"]
    there = client.get(url(other))
    assert (there.status_code, there.headers["Location"]) == (307, answer.json()["url"])
    assert patch(client, other, {"page": "7"}).status_code == 404
    assert client.get(url(other, "history/")).status_code == 200


def test_a_join_with_what_one_may_not_see_is_refused(corpus: Corpus, client: Client) -> None:
    article, hidden = make_article(corpus), make_article(make_corpus())

    for ids, status in (([hidden.pk], 404), ([article.pk], 409), ([2**63], 400), ([], 400)):
        assert post(client, url(article, "join/"), {"articles": ids}).status_code == status
    assert not Operation.objects.exists()


def test_a_flag_that_was_looked_at_is_shown_no_more(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus, published=None)

    body = post(client, url(article, "flags/"), {"flags": ["undated"]}).json()

    assert "undated" not in body["flags"]
    assert body["corrections"]["flags"]["value"] == ["undated"]
    wrong = post(client, url(article, "flags/"), {"flags": ["tired"]})
    assert list(problem(wrong)["errors"]) == ["flags.0"]


def test_many_are_corrected_as_one_operation(
    corpus: Corpus, client: Client, index: Callable[[], int]
) -> None:
    gazette = make_source(corpus, "Gazette")
    articles = [make_article(corpus, source=gazette) for _ in range(3)]
    other = make_article(corpus, source=make_source(corpus, "Other"))
    index()
    body = {
        "filters": {"corpus": "default", "source": "Gazette"},
        "changes": {"source": "The Herald", "page": "7"},
    }

    dry = post(client, "/api/v1/articles/correct/", {**body, "dry_run": True})
    assert dry.json()["articles"] == 3
    assert dry.json()["operation"] is None
    assert dry.json()["preview"][0] == {
        "field": "source",
        "value": "The Herald",
        "changed": 3,
        "unchanged": 0,
        "before": [{"value": "Gazette", "articles": 3}],
        "others": 0,
    }
    assert not Operation.objects.exists()

    done = post(client, "/api/v1/articles/correct/", {**body, "expected": 3})
    assert done.status_code == 200, done.json()
    articles = list(Article.objects.filter(pk__in=[article.pk for article in articles]))
    assert {source_name(article) for article in articles} == {"The Herald"}
    other.refresh_from_db()
    assert other.page is None
    assert client.post(undo_of(done.headers["Newsroom-Operation"])).status_code == 201
    assert not Correction.objects.exists()


def test_the_whole_answer_of_a_query_is_corrected(
    corpus: Corpus, client: Client, index: Callable[[], int]
) -> None:
    found = [make_article(corpus, headline=f"Harbour {n}") for n in range(2)]
    other = make_article(corpus, headline="Fog")
    index()
    body = {"q": "headline:harbour", "changes": {"page": "7"}, "expected": 2}

    done = post(client, "/api/v1/articles/correct/", body)

    assert done.json()["articles"] == 2
    assert done.json()["index"] == {"behind": False, "waiting": 0}
    pages = dict(Article.objects.values_list("pk", "page"))
    assert pages == {found[0].pk: "7", found[1].pk: "7", other.pk: None}


def test_a_query_that_finds_articles_of_two_corpora_corrects_none(
    corpus: Corpus, client: Client, editor: User, index: Callable[[], int]
) -> None:
    second = make_corpus()
    make_member(second, Role.EDITOR, editor)
    make_article(corpus)
    make_article(second)
    index()

    answer = post(client, "/api/v1/articles/correct/", {"q": "", "changes": {"page": "7"}})

    assert problem(answer)["status"] == 409
    assert not Operation.objects.exists()


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"changes": {"page": "7"}}, 400, "articles"),
        ({"articles": [1], "filters": {"corpus": "default"}, "changes": {"page": "7"}}, 400,
         "articles"),
        ({"articles": [999_999_999], "changes": {"page": "7"}}, 404, "articles"),
        ({"articles": ["1"], "changes": {"page": "7"}}, 400, "articles.0"),
        ({"q": "a(", "changes": {"page": "7"}}, 400, "q"),
        ({"q": 7, "changes": {"page": "7"}}, 400, "q"),
        ({"q": "a", "articles": [1], "changes": {"page": "7"}}, 400, "articles"),
        ({"filters": {}, "changes": {"page": "7"}}, 400, "filters.corpus"),
        ({"filters": {"corpus": "nowhere"}, "changes": {"page": "7"}}, 404, "filters.corpus"),
        ({"filters": {"corpus": "default", "user__password": "x"}, "changes": {"page": "7"}}, 400,
         "filters.user__password"),
        ({"filters": {"corpus": "default", "limit": "1"}, "changes": {"page": "7"}}, 400,
         "filters.limit"),
        ({"filters": {"corpus": "default"}, "changes": {"headline": "x"}}, 400,
         "changes.headline"),
        ({"filters": {"corpus": "default"}, "changes": {"page": "7"}, "expected": 99}, 409,
         "expected"),
        ({"filters": {"corpus": "default"}, "changes": {"page": "7"}, "dry_run": 1}, 400,
         "dry_run"),
        ({"filters": {"corpus": "default"}}, 400, "changes"),
    ],
)  # fmt: skip
def test_a_wrong_correction_of_many_changes_nothing(
    corpus: Corpus, client: Client, body: dict[str, Any], status: int, field: str
) -> None:
    make_article(corpus)

    answer = post(client, "/api/v1/articles/correct/", body)

    assert answer.status_code == status
    assert field in problem(answer)["errors"]
    assert not Operation.objects.exists()


def test_articles_of_two_corpora_are_not_corrected_at_once(
    corpus: Corpus, client: Client, editor: User
) -> None:
    second = make_corpus()
    make_member(second, Role.EDITOR, editor)
    ids = [make_article(corpus).pk, make_article(second).pk]

    answer = post(client, "/api/v1/articles/correct/", {"articles": ids, "changes": {"page": "7"}})

    assert answer.status_code == 409
    assert not Operation.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("more", ["split/", "join/", "correct"])
def test_the_same_key_at_once_is_one_operation(
    corpus: Corpus, with_token: MakeClient, more: str
) -> None:
    client = with_token(make_member(corpus, Role.EDITOR))
    article, other = make_article(corpus), make_article(corpus)
    known: dict[str, tuple[str, dict[str, Any]]] = {
        "split/": (url(article, "split/"), {"at": [1]}),
        "join/": (url(article, "join/"), {"articles": [other.pk]}),
        "correct": (
            "/api/v1/articles/correct/",
            {"articles": [article.pk], "changes": {"page": "7"}},
        ),
    }
    address, body = known[more]

    def send(_: int) -> Any:
        answer = post(client, address, body, **{"Idempotency-Key": "one"})
        connection.close()
        return answer

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(send, range(2))

    assert first.status_code == second.status_code
    assert first.status_code < 300
    assert first.content == second.content
    assert first.headers["Newsroom-Operation"] == second.headers["Newsroom-Operation"]
    assert Operation.objects.count() == 1
    other_body = post(client, address, {**body, "x": 1}, **{"Idempotency-Key": "one"})
    assert other_body.status_code in {400, 409}


def test_words_are_kept_as_they_are_sent(corpus: Corpus, client: Client) -> None:
    article = make_article(corpus)
    words = "<script>alert(1)</script> العربية 🦘"

    patch(client, article, {"section": words})

    article.refresh_from_db()
    assert article.section == words
    assert current(article).number == 1
