"""Who sees and changes what: every endpoint × every kind of visitor × every kind of corpus."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern

from articles.api.urls import urlpatterns
from articles.ingest import imports
from articles.ingest.imports import Pasted
from articles.models import Access, Corpus, Door, Role
from tests.api.conftest import MakeClient, problem
from tests.factories import (
    make_article,
    make_corpus,
    make_member,
    make_person,
    make_source,
    make_user,
)

MEMBERS = ("viewer", "annotator", "editor", "admin")
VISITORS = ("anonymous", "outsider", *MEMBERS, "superuser")
CORPUS_OBJECTS = (
    "corpora/{corpus}/",
    "sources/{source}/",
    "authors/{author}/",
    "articles/{article}/",
    "articles/{article}/versions/",
    "articles/{article}/versions/1/",
    "captures/{capture}/",
    "captures/{capture}/bytes/",
)
IMPORT_OBJECTS = ("imports/{run}/", "imports/{run}/items/", "imports/{run}/report/")
LISTS = ("corpora/", "sources/", "authors/", "articles/", "captures/")

type World = tuple[Corpus, dict[str, int]]
type Visit = Callable[[str, Corpus], Client]


@pytest.fixture
def world(request: pytest.FixtureRequest, db: None) -> World:
    """Return a corpus of the kind asked for and the ids of what is in it."""
    del db
    corpus = make_corpus("of-others", access=request.param)
    author, source = make_person(corpus), make_source(corpus)
    article = make_article(corpus, source=source, people=(author,))
    run = imports.start(corpus=corpus, user=None, door=Door.PAGE, inputs=[Pasted("A headline")])
    capture = run.inputs.get().capture
    assert capture is not None
    ids = {
        "corpus": corpus.pk,
        "source": source.pk,
        "author": author.pk,
        "article": article.pk,
        "capture": capture.pk,
        "run": run.pk,
    }
    return corpus, ids


@pytest.fixture
def visit(with_token: MakeClient) -> Visit:
    def make(visitor: str, corpus: Corpus) -> Client:
        if visitor == "anonymous":
            return Client()
        if visitor == "superuser":
            return with_token(make_user(is_superuser=True))
        if visitor == "outsider":
            return with_token(make_user())
        return with_token(make_member(corpus, Role(visitor)))

    return make


CLOSED = pytest.mark.parametrize("world", [Access.MEMBERS], indirect=True)
OPEN = pytest.mark.parametrize("world", [Access.OPEN], indirect=True)


@CLOSED
@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("path", [*CORPUS_OBJECTS, *IMPORT_OBJECTS])
def test_only_members_read_what_is_in_a_closed_corpus(
    world: World, visit: Visit, visitor: str, path: str
) -> None:
    corpus, ids = world
    client = visit(visitor, corpus)

    response = client.get("/api/v1/" + path.format(**ids))

    expected = 404 if visitor in {"anonymous", "outsider"} else 200
    if visitor == "anonymous" and path in IMPORT_OBJECTS:
        expected = 401
    response.close()
    assert response.status_code == expected
    if expected != 200:
        problem(response)


@OPEN
@pytest.mark.parametrize("visitor", ["anonymous", "outsider", "viewer"])
@pytest.mark.parametrize("path", [*CORPUS_OBJECTS, *IMPORT_OBJECTS])
def test_everyone_reads_what_is_in_an_open_corpus(
    world: World, visit: Visit, visitor: str, path: str
) -> None:
    corpus, ids = world

    response = visit(visitor, corpus).get("/api/v1/" + path.format(**ids))

    response.close()
    only_people = path in IMPORT_OBJECTS and visitor == "anonymous"
    assert response.status_code == (401 if only_people else 200)


@CLOSED
@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("path", [*LISTS, "imports/"])
def test_lists_hold_only_what_may_be_read(
    world: World, visit: Visit, visitor: str, path: str
) -> None:
    corpus, _ = world
    client = visit(visitor, corpus)

    response = client.get(f"/api/v1/{path}")
    of_it = client.get(f"/api/v1/{path}?corpus=of-others") if path != "corpora/" else None

    if visitor == "anonymous" and path == "imports/":
        assert response.status_code == 401
        return
    hidden = visitor in {"anonymous", "outsider"}
    assert bool(response.json()["results"]) is not hidden
    if of_it is not None:
        assert of_it.status_code == (404 if hidden else 200)


WRITES: dict[str, tuple[str, Any]] = {
    "article": ("articles/", {"corpus": "of-others", "headline": "A headline"}),
    "bulk": ("articles/bulk/", {"corpus": "of-others", "articles": [{"headline": "A"}]}),
    "import": ("imports/", {"corpus": "of-others", "text": "A headline"}),
    "retry": ("imports/{run}/retry/", None),
    "cancel": ("imports/{run}/cancel/", None),
}
REFUSED = {"anonymous": 401, "outsider": 404, "viewer": 403, "annotator": 403}
DONE = {"article": 201, "bulk": 200, "import": 202, "retry": 409, "cancel": 200}


@CLOSED
@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("write", list(WRITES))
def test_only_editors_change_a_corpus(world: World, visit: Visit, visitor: str, write: str) -> None:
    corpus, ids = world
    path, data = WRITES[write]
    client = visit(visitor, corpus)

    response = client.post("/api/v1/" + path.format(**ids), data, content_type="application/json")

    assert response.status_code == REFUSED.get(visitor, DONE[write]), response.content


def _addresses() -> Iterator[str]:
    for pattern in urlpatterns:
        if isinstance(pattern, URLPattern) and pattern.name:
            yield re.sub("<int:[a-z]+>", "1", str(pattern.pattern).replace("<int:pk>", "{pk}"))


@OPEN
@pytest.mark.parametrize("path", list(_addresses()))
def test_nothing_is_changed_without_csrf_or_by_another_method(
    world: World, index: Callable[[], int], path: str
) -> None:
    corpus, _ = world
    if "search" in path:
        index()
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(corpus, Role.ADMIN))

    # What is refused leaves the world as it is: one does for all methods.
    address = f"/api/v1/{path}".replace("{pk}", "1")
    answers = {
        method: getattr(client, method)(address, content_type="application/json")
        for method in ("get", "post", "put", "patch", "delete")
    }

    assert answers.pop("get").status_code in {200, 400, 404, 405}
    assert {method: answer.status_code for method, answer in answers.items()} == dict.fromkeys(
        answers, 403
    )
    for answer in answers.values():
        problem(answer)


def test_a_session_with_its_csrf_token_may_write(corpus: Corpus) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(corpus, Role.EDITOR))
    client.cookies["csrftoken"] = "a" * 32

    response = client.post(
        "/api/v1/articles/",
        {"headline": "A headline"},
        content_type="application/json",
        headers={"X-CSRFToken": "a" * 32},
    )

    assert response.status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["articles/bulk/", "imports/1/retry/", "imports/1/cancel/"])
def test_a_change_by_get_is_refused(path: str, with_token: MakeClient) -> None:
    response = with_token(make_user()).get(f"/api/v1/{path}")

    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]
    problem(response)
