"""Names of sources and authors in the API: merge, split, twins; undo, bad input, who may."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from articles.curation import authors, sources
from articles.history.undo import undo
from articles.models import (
    Access,
    Corpus,
    DistinctNames,
    Door,
    Operation,
    Person,
    Role,
    Source,
    SourceAlias,
)
from articles.models.folding import fold
from tests.api.conftest import MakeClient, problem
from tests.factories import (
    make_article,
    make_corpus,
    make_member,
    make_person,
    make_source,
    make_user,
)


@pytest.fixture(autouse=True)
def _nothing_kept(db: None) -> Iterator[None]:  # noqa: ARG001 -- the cache lives in the database
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def editor(corpus: Corpus, with_token: MakeClient) -> Client:
    return with_token(make_member(corpus, Role.EDITOR))


@pytest.fixture
def post(corpus: Corpus) -> Source:
    return make_source(corpus, "The Harbour Post")


@pytest.fixture
def twin(corpus: Corpus) -> Source:
    return make_source(corpus, "Harbour Post (Norton)")


@pytest.fixture
def jane(corpus: Corpus) -> Person:
    return make_person(corpus, "Jane Doe")


@pytest.fixture
def initial(corpus: Corpus) -> Person:
    return make_person(corpus, "J. Doe")


def send(client: Client, path: str, data: Any, method: str = "post", **headers: str) -> Any:
    return getattr(client, method)(
        f"/api/v1/{path}", data, content_type="application/json", headers=headers
    )


def operation(response: Any) -> Operation:
    return Operation.objects.get(pk=response.headers["Newsroom-Operation"])


def test_a_change_of_a_source_names_its_operation(editor: Client, post: Source) -> None:
    response = send(editor, f"sources/{post.pk}/", {"country": "GB"}, "patch")

    assert operation(response).door == Door.API
    undo(operation(response), by=None, door=Door.API)
    post.refresh_from_db()
    assert post.country == ""


def test_the_same_again_is_no_operation(editor: Client, post: Source) -> None:
    response = send(editor, f"sources/{post.pk}/", {"name": post.name}, "patch")

    assert response.status_code == 200
    assert "Newsroom-Operation" not in response.headers


def test_sources_are_merged_and_lead_on(
    editor: Client, post: Source, twin: Source, index: Callable[[], int]
) -> None:
    article = make_article(post.corpus, source=twin)

    response = send(editor, f"sources/{post.pk}/merge/", {"sources": [twin.pk]})

    body = response.json()
    assert response.status_code == 200, body
    assert body["aliases"] == ["Harbour Post (Norton)", "The Harbour Post"]
    merged = editor.get(f"/api/v1/sources/{twin.pk}/").json()
    assert merged["merged_into"] == {"id": post.pk, "url": body["url"]}
    listed = editor.get("/api/v1/sources/").json()["results"]
    assert [row["id"] for row in listed] == [post.pk]
    index()
    found = editor.get(f"/api/v1/articles/?source={twin.pk}").json()["results"]
    assert [row["id"] for row in found] == [article.pk]
    assert found[0]["source"]["name"] == "The Harbour Post"
    refused = send(editor, f"sources/{twin.pk}/", {"country": "GB"}, "patch")
    assert refused.status_code == 409
    assert "The Harbour Post" in problem(refused)["detail"]


def test_a_merge_under_one_key_is_done_once(editor: Client, post: Source, twin: Source) -> None:
    answers = [
        send(
            editor, f"sources/{post.pk}/merge/", {"sources": [twin.pk]}, **{"Idempotency-Key": "k"}
        )
        for _ in range(2)
    ]

    assert [a.status_code for a in answers] == [200, 200]
    assert operation(answers[0]) == operation(answers[1])


def test_names_are_listed_added_moved_and_removed(
    editor: Client, post: Source, twin: Source
) -> None:
    send(editor, f"sources/{post.pk}/names/", {"name": "HP"})
    send(editor, f"sources/{post.pk}/names/", {"name": "Nobody’s"})
    alias = post.aliases.get(printed="HP")
    make_article(post.corpus, source=post, source_alias=alias)

    names = editor.get(f"/api/v1/sources/{post.pk}/names/").json()["results"]
    assert [(n["name"], n["articles"]) for n in names] == [
        ("HP", 1), ("Nobody’s", 0), ("The Harbour Post", 0),
    ]  # fmt: skip
    unused = f"sources/{post.pk}/names/{names[1]['id']}/"
    assert send(editor, unused, None, "delete").json()["aliases"] == ["HP", "The Harbour Post"]
    assert send(editor, f"sources/{post.pk}/names/{alias.pk}/", None, "delete").status_code == 409
    moved = send(editor, f"sources/{post.pk}/split/", {"names": [alias.pk], "to": twin.pk})
    assert moved.json()["id"] == twin.pk
    again = send(editor, f"sources/{twin.pk}/split/", {"names": [alias.pk], "to_new": "HP Weekly"})
    assert again.json()["name"] == "HP Weekly"
    assert again.json()["aliases"] == ["HP", "HP Weekly"]


def test_an_author_is_renamed_unless_someone_was_faster(editor: Client, jane: Person) -> None:
    etag = editor.get(f"/api/v1/authors/{jane.pk}/").headers["ETag"]

    done = send(editor, f"authors/{jane.pk}/", {"name": "Jane Roe"}, "patch", **{"If-Match": etag})
    late = send(editor, f"authors/{jane.pk}/", {"name": "Jane Poe"}, "patch", **{"If-Match": etag})

    assert done.json()["name"] == "Jane Roe"
    assert [other["name"] for other in done.json()["other_names"]] == ["Jane Roe"]
    assert late.status_code == 412
    assert problem(late)["current"]["name"] == "Jane Roe"


def test_authors_are_merged_and_parted(
    editor: Client, jane: Person, initial: Person, index: Callable[[], int]
) -> None:
    article = make_article(jane.corpus, people=(initial,))

    merged = send(editor, f"authors/{jane.pk}/merge/", {"authors": [initial.pk]}).json()

    assert [other["id"] for other in merged["other_names"]] == [initial.pk]
    other = editor.get(merged["other_names"][0]["url"]).json()
    assert other["same_as"] == {"id": jane.pk, "url": merged["url"]}
    assert len(editor.get("/api/v1/authors/").json()["results"]) == 1
    index()
    found = editor.get(f"/api/v1/articles/?author={jane.pk}").json()["results"]
    assert [row["id"] for row in found] == [article.pk]
    assert found[0]["credits"][0]["name"] == "J. Doe"
    parted = send(editor, f"authors/{jane.pk}/split/", {"names": [initial.pk]}).json()
    assert parted["other_names"] == []


def test_names_of_an_author_are_added_and_removed(editor: Client, jane: Person) -> None:
    added = send(editor, f"authors/{jane.pk}/names/", {"name": "Jane Roe"}).json()

    other = added["other_names"][0]["id"]
    removed = send(editor, f"authors/{jane.pk}/names/{other}/", None, "delete")

    assert removed.json()["other_names"] == []
    taken = send(editor, f"authors/{jane.pk}/names/", {"name": make_person(jane.corpus).name})
    assert taken.status_code == 409


@pytest.mark.parametrize("kind", ["sources", "authors"])
def test_likely_twins_are_listed_until_they_are_told_apart(
    editor: Client, post: Source, twin: Source, jane: Person, initial: Person, kind: str
) -> None:
    one, other = (post, twin) if kind == "sources" else (jane, initial)
    [pair] = editor.get(f"/api/v1/{kind}/twins/?corpus=default").json()["results"]
    assert (pair["first"]["name"], pair["second"]["name"]) == (one.name, other.name)
    assert pair["likeness"] == "likely"
    assert editor.get(pair["first"]["url"]).json()["id"] == one.pk

    response = send(editor, f"{kind}/{one.pk}/different/", {"from": other.pk})

    assert response.status_code == 200
    assert DistinctNames.objects.count() == 1
    assert editor.get(f"/api/v1/{kind}/twins/?corpus=default").json() == {
        "total": 0, "results": [],
    }  # fmt: skip
    itself = send(editor, f"{kind}/{one.pk}/different/", {"from": one.pk})
    assert itself.status_code == 409


BAD: tuple[tuple[str, Any, str], ...] = (
    ("sources/{s}/merge/", {}, "sources"),
    ("sources/{s}/merge/", {"sources": []}, "sources"),
    ("sources/{s}/merge/", {"sources": ["1"]}, "sources.0"),
    ("sources/{s}/merge/", {"sources": [True]}, "sources.0"),
    ("sources/{s}/merge/", {"sources": [2**63]}, "sources.0"),
    ("sources/{s}/merge/", {"sources": [1], "into": 1}, "into"),
    ("sources/{s}/split/", {"names": [1]}, "to"),
    ("sources/{s}/split/", {"names": [1], "to": 1, "to_new": "x"}, "to"),
    ("sources/{s}/split/", {"names": [1], "to_new": " "}, "to_new"),
    ("sources/{s}/names/", {"name": ""}, "name"),
    ("sources/{s}/names/", {"name": 1}, "name"),
    ("sources/{s}/names/", {}, "name"),
    ("authors/{a}/names/", {"name": "x" * 301}, "name"),
    ("authors/{a}/different/", {}, "from"),
)
NOT_THERE: tuple[tuple[str, Any, str], ...] = (
    ("sources/{s}/merge/", {"sources": [999999]}, "sources"),
    ("sources/{s}/split/", {"names": [999999], "to_new": "x"}, "names"),
    ("sources/{s}/split/", {"names": ["{alias}"], "to": 999999}, "to"),
    ("sources/{s}/different/", {"from": 999999}, "from"),
    ("authors/{a}/merge/", {"authors": [2**53 - 1]}, "authors"),
    ("authors/{a}/split/", {"names": [999999]}, "names"),
    ("authors/{a}/different/", {"from": 999999}, "from"),
)


@pytest.mark.parametrize(("path", "data", "field"), BAD)
def test_what_is_wrong_is_named(
    editor: Client, post: Source, jane: Person, path: str, data: Any, field: str
) -> None:
    response = send(editor, path.format(s=post.pk, a=jane.pk), data)

    assert response.status_code == 400, response.content
    assert list(problem(response)["errors"]) == [field]
    assert not Operation.objects.exists()


@pytest.mark.parametrize(("path", "data", "field"), NOT_THERE)
def test_what_a_body_names_and_is_not_there_is_named(
    editor: Client, post: Source, jane: Person, path: str, data: Any, field: str
) -> None:
    if data.get("names") == ["{alias}"]:
        data = {**data, "names": [alias.pk for alias in post.aliases.all()]}

    response = send(editor, path.format(s=post.pk, a=jane.pk), data)

    assert response.status_code == 404, response.content
    assert list(problem(response)["errors"]) == [field]
    assert not Operation.objects.exists()


@pytest.mark.parametrize("path", ["sources/{s}/names/", "sources/{s}/merge/", "authors/{a}/names/"])
@pytest.mark.parametrize("body", ['{"name": "a\\u0000b"}', '{"name": "\\ud800"}', "[]", "{", "1"])
def test_bodies_that_can_t_be_are_refused(
    editor: Client, post: Source, jane: Person, path: str, body: str
) -> None:
    response = send(editor, path.format(s=post.pk, a=jane.pk), body)

    assert response.status_code == 400
    problem(response)


def test_the_description_says_what_must_be_given(client: Client, db: None) -> None:
    del db
    paths = client.get("/api/v1/schema/").json()["paths"]

    for kind in ("sources", "authors"):
        given = paths[f"/api/v1/{kind}/twins/"]["get"]["parameters"]
        assert [one["name"] for one in given if one.get("required")] == ["corpus"]
    body = paths["/api/v1/sources/{id}/split/"]["post"]["requestBody"]["content"]
    ways = body["application/json"]["schema"]["oneOf"]
    assert [way["required"] for way in ways] == [["names", "to"], ["names", "to_new"]]


@pytest.mark.parametrize(
    "query", ["", "?corpus=default&q=x", "?corpus=%00", "?corpus=", "?corpus=+", "?corpus=nowhere"]
)
def test_twins_want_a_corpus_and_nothing_else(editor: Client, query: str) -> None:
    response = editor.get(f"/api/v1/sources/twins/{query}")

    assert response.status_code == (404 if "nowhere" in query else 400)
    assert list(problem(response)["errors"]) in (["corpus"], ["q"])


def test_what_is_merged_into_another_is_refused_with_its_name(
    editor: Client, post: Source, twin: Source, jane: Person, initial: Person
) -> None:
    sources.merge([twin], post, by=None, door=Door.API)
    authors.merge([initial], jane, by=None, door=Door.API)

    for path, data in (
        (f"sources/{post.pk}/merge/", {"sources": [twin.pk]}),
        (f"sources/{twin.pk}/names/", {"name": "New"}),
        (f"authors/{jane.pk}/merge/", {"authors": [initial.pk]}),
        (f"authors/{initial.pk}/names/", {"name": "New"}),
    ):
        assert send(editor, path, data).status_code == 409


POSTS = (
    ("sources/{s}/merge/", {"sources": [1]}),
    ("sources/{s}/split/", {"names": [1], "to_new": "x"}),
    ("sources/{s}/names/", {"name": "x"}),
    ("sources/{s}/different/", {"from": 1}),
    ("authors/{a}/merge/", {"authors": [1]}),
    ("authors/{a}/split/", {"names": [1]}),
    ("authors/{a}/names/", {"name": "x"}),
    ("authors/{a}/different/", {"from": 1}),
)
VISITORS = ("anonymous", "outsider", "viewer", "annotator", "editor", "admin")


@pytest.mark.parametrize("access", Access)
@pytest.mark.parametrize("visitor", VISITORS)
def test_only_editors_change_names(access: Access, visitor: str, with_token: MakeClient) -> None:
    corpus = make_corpus("theirs", access=access)
    source, person = make_source(corpus), make_person(corpus)
    alias = SourceAlias.objects.create(
        corpus=corpus, source=source, printed="Other", folded=fold("Other")
    )
    client = Client()
    if visitor != "anonymous":
        someone = make_user() if visitor == "outsider" else make_member(corpus, Role(visitor))
        client = with_token(someone)
    hidden = access is Access.MEMBERS and visitor == "outsider"
    refusal = 401 if visitor == "anonymous" else 404 if hidden else 403
    may = visitor in {"editor", "admin"}
    ids = {"s": source.pk, "a": person.pk}

    for path, data in POSTS:
        status = send(client, path.format(**ids), data).status_code
        assert status in {200, 404, 409} if may else status == refusal, path
    delete = send(client, f"sources/{source.pk}/names/{alias.pk}/", None, "delete")
    assert delete.status_code == (200 if may else refusal)
    patch = send(client, f"authors/{person.pk}/", {"name": "New"}, "patch")
    assert patch.status_code == (200 if may else refusal)
    for kind in ("sources", "authors"):
        listed = client.get(f"/api/v1/{kind}/twins/?corpus=theirs")
        assert listed.status_code == (200 if may else refusal)
    if not may:
        assert not Operation.objects.exists()
