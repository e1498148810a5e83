"""Blind is blind: who has an article in blind work learns by no address what others made of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.annotate.tags import tagging
from articles.annotate.tags.wanted import Wanted
from articles.models import Article, Corpus, Door, Mention, Role, Task
from tests.api.conftest import MakeClient
from tests.factories import current, make_article, make_member, make_task

pytestmark = pytest.mark.django_db
SECRET = "Quillwort"
TEXT = "Mr Lang spoke of Café Central, and Mr Lang left."


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def other(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(corpus, paragraphs=(TEXT,))


@pytest.fixture
def task(corpus: Corpus, article: Article, annotator: User, other: User) -> Task:
    return make_task(corpus, [article], [annotator, other])


@pytest.fixture
def theirs(article: Article, other: User, task: Task) -> Mention:
    """Return what the other one tagged in blind work, with a note and an entity of theirs."""
    start = current(article).text.index("Mr Lang")
    wanted = Wanted(
        start=start,
        end=start + 7,
        quote="Mr Lang",
        kind="person",
        entity_name=f"{SECRET} Lang",
        comment=f"{SECRET} commented",
    )
    tagging.code(article, "note", [f"{SECRET} noted"], by=other, door=Door.API, task=task)
    return tagging.tag(article, wanted, by=other, door=Door.API, task=task).mention


def get(address: str) -> tuple[str, str, Any]:
    return "get", address, None


def peeks(article: Article, theirs: Mention, task: Task) -> Iterator[tuple[str, str, Any]]:
    """Yield requests that would tell, if any did."""
    entity = theirs.entity_id
    api = "/api/v1/"
    tag = f"{api}mentions/{theirs.pk}/"
    named = {"kind": "person", "quote": "Mr Lang", "article": article.pk}
    for query in ("", f"?article={article.pk}", f"?task={task.pk}", f"?entity={entity}",
                  f"?key={theirs.key}", "?kind=person", f"?by={theirs.by}"):  # fmt: skip
        yield get(f"{api}mentions/{query}")
    yield get(f"{api}articles/{article.pk}/mentions/")
    yield get(tag)
    yield "patch", tag, {"comment": "mine"}
    yield "patch", tag, {"status": "rejected"}
    yield "delete", tag, None
    yield "post", f"{tag}relate/", {"kind": "speaker", "target": theirs.pk}
    yield "post", f"{api}mentions/decide/", {"reject": [theirs.pk]}
    yield "post", f"{api}mentions/", {**named, "start": 0, "end": 7, "entity": entity,
                                      "task": task.pk}  # fmt: skip
    yield "post", f"{api}mentions/bulk/", {
        "task": task.pk, "mentions": [{**named, "start": 0, "end": 7, "entity": entity}],
    }  # fmt: skip
    for query in ("", f"?article={article.pk}", f"?task={task.pk}", "?code=note"):
        yield get(f"{api}codes/{query}")
    for query in ("", f"?name={SECRET}", "?kind=person"):
        yield get(f"{api}entities/{query}")
    yield get(f"{api}entities/{entity}/")
    yield "patch", f"{api}entities/{entity}/", {"note": "mine"}
    yield "post", f"{api}entities/{entity}/names/", {"name": "mine"}
    yield get(f"{api}tasks/")
    yield get(f"{api}tasks/{task.pk}/")
    yield get(f"{api}tasks/{task.pk}/assignments/")
    yield get(f"{api}tasks/{task.pk}/progress/")
    yield get(f"{api}operations/")
    yield get(f"{api}articles/{article.pk}/history/")
    yield get("/annotations/")
    yield get("/annotations/?page=0&iris=1")
    yield get(f"/annotations/{theirs.key}")
    yield "put", f"/annotations/{theirs.key}", {}
    yield "delete", f"/annotations/{theirs.key}", None


def ask(client: Client, method: str, address: str, body: Any) -> str:
    response = getattr(client, method)(address, body, content_type="application/json")
    assert response.status_code < 500
    words: str = response.content.decode() + " ".join(response.headers.values())
    return words


def test_nothing_that_another_made_is_told(
    article: Article, theirs: Mention, task: Task, annotator: User, with_token: MakeClient
) -> None:
    client = with_token(annotator)

    told = [
        f"{method} {address}"
        for method, address, body in peeks(article, theirs, task)
        for words in (ask(client, method, address, body),)
        if SECRET in words or (f'"id":{theirs.pk},' in words and "/mentions/" in address)
        or (str(theirs.key) in words and str(theirs.key) not in address)
    ]  # fmt: skip

    assert not told
    theirs.refresh_from_db()
    assert (theirs.comment, theirs.status) == (f"{SECRET} commented", "accepted")


def test_to_who_made_it_and_who_leads_it_is_told(
    article: Article, theirs: Mention, task: Task, other: User, corpus: Corpus,
    with_token: MakeClient,
) -> None:  # fmt: skip
    """Proves that the words would be seen: else nothing is found because nothing is looked for."""
    lead = make_member(corpus, Role.EDITOR)
    for person in (other, lead):
        client = with_token(person)
        assert SECRET in ask(client, *get(f"/api/v1/mentions/?task={task.pk}"))
        assert SECRET in ask(client, *get(f"/api/v1/codes/?article={article.pk}"))
        assert SECRET in ask(client, *get(f"/api/v1/entities/{theirs.entity_id}/"))
        assert SECRET in ask(client, *get(f"/annotations/{theirs.key}"))


def test_once_the_work_is_closed_it_is_shown(
    article: Article, theirs: Mention, task: Task, corpus: Corpus, annotator: User,
    with_token: MakeClient,
) -> None:  # fmt: skip
    start = current(article).text.rindex("Mr Lang")
    lead = make_member(corpus, Role.EDITOR)
    tagged = Wanted(
        start=start, end=start + 7, quote="Mr Lang", kind="person", entity_name="Fritz Lang",
        comment=f"{SECRET} of all",
    )  # fmt: skip
    tagging.tag(article, tagged, by=lead, door=Door.API)
    client = with_token(annotator)
    address = f"/api/v1/mentions/?article={article.pk}"
    assert SECRET not in ask(client, *get(address))

    Task.objects.filter(pk=task.pk).update(closed_at=timezone.now())

    assert f"{SECRET} of all" in ask(client, *get(address))
    del theirs
