"""Codes, codebooks and tasks by the API."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.annotate.codebooks.codebook import CodeKind, CodeType, Content, Kind, as_json
from articles.models import Article, Code, Codebook, Corpus, Role, Task
from tests.api.conftest import MakeClient, problem
from tests.factories import make_article, make_codebook, make_corpus, make_member, make_task

pytestmark = pytest.mark.django_db
CODES, CODEBOOKS, TASKS = "/api/v1/codes/", "/api/v1/codebooks/", "/api/v1/tasks/"
TONE = CodeKind("tone", "Tone", type=CodeType.MULTIPLE, choices=("calm", "loud"))


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def client(annotator: User, with_token: MakeClient) -> Client:
    return with_token(annotator)


@pytest.fixture
def editor(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def lead(editor: User, with_token: MakeClient) -> Client:
    return with_token(editor)


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(corpus)


def post(client: Client, address: str, body: Any = None, **headers: str) -> Any:
    return client.post(address, body, content_type="application/json", headers=headers)


def patch(client: Client, address: str, body: Any, **headers: str) -> Any:
    return client.patch(address, body, content_type="application/json", headers=headers)


def put(client: Client, address: str, body: Any, **headers: str) -> Any:
    return client.put(address, body, content_type="application/json", headers=headers)


def test_codes_of_an_article_are_set_and_taken_away(
    client: Client, corpus: Corpus, article: Article
) -> None:
    make_codebook(corpus, Content(codes=(TONE,)), is_main=True)
    body = {"article": article.pk, "code": "tone", "values": ["calm", "loud"]}

    both = post(client, CODES, body)
    one = post(client, CODES, {**body, "values": ["loud"]})
    note = post(client, CODES, {"article": article.pk, "code": "note", "values": ["Odd."]})

    assert [row["value"] for row in both.json()["results"]] == ["calm", "loud"]
    assert both.headers["Newsroom-Operation"]
    assert [row["value"] for row in one.json()["results"]] == ["loud"]
    assert note.json()["results"][0]["value"] == "Odd."
    found = client.get(f"{CODES}?article={article.pk}&code=tone").json()["results"]
    assert [row["value"] for row in found] == ["loud"]
    assert len(client.get(f"{CODES}?value=Odd.").json()["results"]) == 1
    assert post(client, CODES, {**body, "values": []}).json()["results"] == []
    assert Code.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"values": ["odd"]}, 400, "values"), ({"values": "x"}, 400, "values"),
        ({"values": [1]}, 400, "values.0"), ({"code": "ghost"}, 400, "code"),
        ({"article": 10**9}, 404, "article"), ({"by": 1}, 400, "by"),
    ],
)  # fmt: skip
def test_a_bad_code_is_refused(
    client: Client,
    corpus: Corpus,
    article: Article,
    change: dict[str, Any],
    status: int,
    field: str,
) -> None:
    make_codebook(corpus, Content(codes=(TONE,)), is_main=True)
    body = {"article": article.pk, "code": "tone", "values": ["calm"], **change}

    answer = post(client, CODES, body)

    assert problem(answer)["status"] == status
    assert field in answer.json()["errors"]
    assert not Code.objects.exists()


def test_a_codebook_is_drafted_published_and_made_the_main_one(
    lead: Client, client: Client
) -> None:
    content = as_json(Content(kinds=(Kind("ship", "Ship"),)))
    first = post(lead, CODEBOOKS, {"corpus": "default", "name": "Ships", "content": content})
    address = first.headers["Location"]

    assert (first.json()["version"], first.json()["draft"]) == (None, 1)
    assert client.get(address).json()["versions"] == []
    assert client.get(f"{address}versions/1/").status_code == 404
    published = post(lead, f"{address}publish/")
    assert published.json()["content"] == content
    assert problem(post(lead, f"{address}publish/"))["status"] == 409
    etag = lead.get(address).headers["ETag"]
    more = as_json(Content(kinds=(Kind("ship", "Ship"), Kind("port", "Port"))))
    drafted = put(lead, f"{address}draft/", {"content": more}, **{"If-Match": etag})
    stale = put(lead, f"{address}draft/", {"content": content}, **{"If-Match": etag})
    assert drafted.json()["draft"] == 2
    assert problem(stale)["status"] == 412
    assert lead.get(f"{address}versions/2/").json()["content"] == more
    assert lead.delete(f"{address}draft/").json()["draft"] is None
    main = patch(lead, address, {"is_main": True, "note": "For ships"})
    assert (main.json()["is_main"], main.json()["note"]) == (True, "For ships")
    assert problem(patch(lead, address, {"is_main": False}))["status"] == 409
    assert [row["id"] for row in client.get(f"{CODEBOOKS}?corpus=default").json()["results"]]
    assert problem(post(client, f"{address}publish/"))["status"] == 403


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"content": {"kinds": [{"slug": "x"}]}}, 400, "content.kinds[0].name"),
        ({"content": []}, 400, "content"), ({"content": {"odd": []}}, 400, "content.odd"),
        ({"name": " "}, 400, "name"), ({"name": "Taken"}, 409, "name"),
        ({"is_main": True}, 400, "is_main"), ({"corpus": "nowhere"}, 404, "corpus"),
    ],
)  # fmt: skip
def test_a_bad_codebook_is_refused(
    lead: Client, corpus: Corpus, change: dict[str, Any], status: int, field: str
) -> None:
    make_codebook(corpus, Content(), "Taken")

    answer = post(lead, CODEBOOKS, {"corpus": "default", "name": "New", "content": {}, **change})

    assert problem(answer)["status"] == status
    assert field in answer.json()["errors"], answer.json()
    assert Codebook.objects.filter(name="New").count() == 0


def test_a_task_is_made_worked_through_and_closed(
    lead: Client, client: Client, corpus: Corpus, annotator: User, article: Article
) -> None:
    other = make_article(corpus)
    body = {
        "corpus": "default",
        "name": "Names",
        "people": [annotator.get_username()],
        "articles": [article.pk, other.pk],
    }

    first = post(lead, TASKS, body, **{"Idempotency-Key": "k"})
    replayed = post(lead, TASKS, body, **{"Idempotency-Key": "k"})

    address = first.headers["Location"]
    assert first.status_code == 201, first.content
    assert first.json() == replayed.json()
    assert (first.json()["blind"], first.json()["leads"], first.json()["own"]) == (True, True, None)
    mine = client.get(address).json()
    assert (mine["leads"], mine["recipe"]) == (False, None)
    assert mine["own"] == {"total": 2, "open": 2, "done": 0, "skipped": 0, "discussed": 0}
    queue = client.get(f"{address}assignments/?person=me&status=open").json()["results"]
    assert [row["article"]["id"] for row in queue] == [article.pk, other.pk]
    etag = client.get(queue[0]["url"]).headers["ETag"]
    done = patch(client, queue[0]["url"], {"status": "done", "seconds": 40}, **{"If-Match": etag})
    stale = patch(client, queue[0]["url"], {"status": "open"}, **{"If-Match": etag})
    asked = patch(client, queue[1]["url"], {"needs_discussion": True, "note": "Who?"})
    assert (done.json()["status"], done.json()["seconds"]) == ("done", 40)
    assert problem(stale)["status"] == 412
    assert (asked.json()["needs_discussion"], asked.json()["note"]) == (True, "Who?")
    progress = lead.get(f"{address}progress/").json()
    assert (progress["total"], progress["done"], progress["discussed"]) == (2, 1, 1)
    assert progress["people"][0]["person"] == annotator.get_username()
    assert problem(client.get(f"{address}progress/"))["status"] == 403
    assert problem(patch(lead, queue[0]["url"], {"status": "open"}))["status"] == 403
    closed = patch(lead, address, {"closed": True, "name": "Old names"})
    assert closed.json()["closed_at"]
    assert problem(patch(client, queue[0]["url"], {"status": "open"}))["status"] == 409
    assert [row["name"] for row in client.get(f"{TASKS}?state=closed").json()["results"]] == [
        "Old names"
    ]
    assert client.get(f"{TASKS}?state=open").json()["results"] == []


def test_people_see_their_own_share_alone(
    lead: Client, client: Client, corpus: Corpus, annotator: User, article: Article,
    with_token: MakeClient,
) -> None:  # fmt: skip
    other = make_member(corpus, Role.ANNOTATOR)
    task = make_task(corpus, [article], [annotator, other])
    address = f"{TASKS}{task.pk}/assignments/"

    assert len(lead.get(address).json()["results"]) == 2
    [mine] = client.get(address).json()["results"]
    assert mine["person"] == annotator.get_username()
    assert client.get(f"{address}?person={other.get_username()}").json()["results"] == []
    theirs = lead.get(f"{address}?person={other.get_username()}").json()["results"][0]
    assert client.get(theirs["url"]).status_code == 404
    assert with_token(make_member(corpus)).get(address).status_code == 404
    joined = make_member(corpus, Role.ANNOTATOR)
    added = post(lead, f"{TASKS}{task.pk}/people/", {"people": [joined.get_username()]})
    assert added.status_code == 200
    assert len(lead.get(address).json()["results"]) == 3


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"people": ["nobody"]}, 404, "people"), ({"people": []}, 400, "people"),
        ({"articles": []}, 400, "articles"), ({"q": "x"}, 400, "q"),
        ({"size": 1}, 400, "size"), ({"name": "Taken"}, 409, "name"),
        ({"articles": [10**9]}, 409, "articles"), ({"sharing": "odd"}, 400, "sharing"),
        ({"sharing": "overlap", "overlap": 5}, 409, "overlap"),
        ({"codebook_version": 10**9}, 404, "codebook_version"),
        ({"corpus": "closed"}, 404, "corpus"), ({"recipe": {}}, 400, "recipe"),
    ],
)  # fmt: skip
def test_a_bad_task_is_refused(
    lead: Client,
    corpus: Corpus,
    annotator: User,
    article: Article,
    change: dict[str, Any],
    status: int,
    field: str,
) -> None:
    make_corpus("closed")
    make_task(corpus, name="Taken")
    body = {
        "corpus": "default",
        "name": "New",
        "people": [annotator.get_username()],
        "articles": [article.pk],
        **change,
    }

    answer = post(lead, TASKS, body)

    assert problem(answer)["status"] == status
    assert field in answer.json()["errors"]
    assert Task.objects.count() == 1
