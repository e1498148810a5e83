"""The W3C Web Annotation Protocol at /annotations/: what its text and its public tester ask."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.annotate.entities import entity_changes
from articles.api.presenters import annotations as present
from articles.models import Access, Article, Corpus, Door, Mention, Role
from tests.api.conftest import MakeClient, problem
from tests.factories import (
    make_article,
    make_corpus,
    make_entity,
    make_member,
    make_mention,
    make_task,
    make_user,
)

pytestmark = pytest.mark.django_db
CONTAINER = "/annotations/"
WHOLE = "http://testserver/annotations/"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
LD = f'application/ld+json; profile="{CONTEXT}"'
LDP, OA = "http://www.w3.org/ns/ldp#", "http://www.w3.org/ns/oa#"
TEXT = "Mr Lang 🎉 spoke of Café Central, and Mr Lang left for Reykjavík."


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def client(annotator: User, with_token: MakeClient) -> Client:
    return with_token(annotator)


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(corpus, paragraphs=(TEXT,))


def said(article: Article, exact: str = "Reykjavík", **more: Any) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "type": "Annotation",
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": "place"},
            {"type": "TextualBody", "purpose": "tagging", "value": exact},
            {"type": "TextualBody", "value": "A comment"},
        ],
        "target": {
            "source": f"http://testserver/articles/{article.pk}/",
            "selector": {"type": "TextQuoteSelector", "exact": exact},
        },
        **more,
    }


def post(client: Client, body: Any, **headers: str) -> Any:
    return client.post(CONTAINER, body, content_type=LD, headers=headers)


def put(client: Client, address: str, body: Any, **headers: str) -> Any:
    return client.put(address, body, content_type=LD, headers=headers)


def made(client: Client, article: Article, **more: Any) -> Any:
    response = post(client, said(article, **more))
    assert response.status_code == 201, response.content
    return response


def test_an_annotation_is_made_at_its_words(client: Client, article: Article) -> None:
    response = made(client, article)

    body = response.json()
    assert response.headers["Location"] == body["id"]
    assert body["id"].startswith(WHOLE)
    assert response.headers["Content-Type"] == LD
    mention = Mention.objects.get()
    assert body["canonical"] == f"urn:uuid:{mention.key}"
    assert body["target"]["source"] == f"http://testserver/articles/{article.pk}/versions/1/"
    position, quote = body["target"]["selector"]
    assert article.version is not None
    assert article.version.text[position["start"] : position["end"]] == "Reykjavík"
    assert quote["exact"] == "Reykjavík"
    assert quote["suffix"] == "."
    assert mention.entity is not None
    assert {each.get("source", each.get("value")) for each in body["body"]} == {
        "place", f"http://testserver/entities/{mention.entity_id}/", "Reykjavík", "A comment",
    }  # fmt: skip


def test_an_annotation_says_what_it_is(client: Client, article: Article) -> None:
    address = made(client, article).headers["Location"]

    read = client.get(address)

    assert read.headers["Content-Type"] == LD
    assert read.headers["Link"] == f'<{LDP}Resource>; rel="type"'
    assert read.headers["ETag"]
    assert "Accept" in read.headers["Vary"]
    assert {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"} <= set(read.headers["Allow"].split(", "))
    assert client.head(address).status_code == 200
    options = client.options(address)
    assert (options.status_code, options.headers["Allow"]) == (200, read.headers["Allow"])
    again = client.get(address, headers={"If-None-Match": read.headers["ETag"]})
    assert again.status_code == 304
    as_json = client.get(address, headers={"Accept": "application/json"})
    assert as_json.json() == read.json()
    assert client.get(address, headers={"Accept": "text/turtle"}).status_code == 406


def test_the_container_says_what_it_is(client: Client, article: Article) -> None:
    made(client, article)

    read = client.get(CONTAINER)

    body = read.json()
    assert body["type"] == ["BasicContainer", "AnnotationCollection"]
    assert read.headers["Content-Type"] == LD
    assert read.headers["Content-Location"] == body["id"]
    assert f'<{LDP}BasicContainer>; rel="type"' in read.headers["Link"]
    assert (
        f'<http://www.w3.org/TR/annotation-protocol/>; rel="{LDP}constrainedBy"'
        in read.headers["Link"]
    )
    assert {"Accept", "Prefer"} <= set(read.headers["Vary"].split(", "))
    assert {"GET", "HEAD", "OPTIONS", "POST"} <= set(read.headers["Allow"].split(", "))
    assert read.headers["Accept-Post"] == LD
    assert read.headers["ETag"]
    assert client.head(CONTAINER).status_code == client.options(CONTAINER).status_code == 200
    assert (body["total"], len(body["first"]["items"])) == (1, 1)


@pytest.mark.parametrize(
    ("include", "kind"),
    [
        (f"{LDP}PreferMinimalContainer", None),
        (f"{OA}PreferContainedIRIs", str),
        (f"{OA}PreferContainedDescriptions", dict),
        (f"{OA}PreferContainedDescriptions {OA}PreferContainedIRIs", dict),
        ("http://unheard/of", dict),
    ],
)
def test_the_container_is_sent_as_is_preferred(
    client: Client, article: Article, include: str, kind: type | None
) -> None:
    made(client, article)

    read = client.get(CONTAINER, headers={"Prefer": f'return=representation;include="{include}"'})

    first, last = read.json()["first"], read.json()["last"]
    assert read.headers["Preference-Applied"] == "return=representation"
    assert isinstance(last, str)
    if kind is None:
        assert isinstance(first, str)
        assert client.get(first).json()["items"]
    else:
        assert [type(item) for item in first["items"]] == [kind]


def test_pages_lead_to_each_other(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.api.tagging.annotations.PAGE", 2)
    assert present.PAGE == 100
    keys = [str(make_mention(article, word, "place").key) for word in TEXT.split()[:5]]
    make_mention(article, "Reykjavík", "place", status="suggested")
    minimal = f'return=representation;include="{LDP}PreferMinimalContainer"'
    container = client.get(f"{CONTAINER}?iris=1", headers={"Prefer": minimal}).json()

    pages, address = [], container["first"]
    while address:
        pages.append(client.get(address).json())
        address = pages[-1].get("next")

    assert container["total"] == 5
    assert [len(page["items"]) for page in pages] == [2, 2, 1]
    assert [item.removeprefix(WHOLE) for page in pages for item in page["items"]] == keys
    assert [page["startIndex"] for page in pages] == [0, 2, 4]
    assert pages[-1]["id"] == container["last"]
    assert "prev" not in pages[0]
    assert [page.get("prev") for page in pages[1:]] == [pages[0]["id"], pages[1]["id"]]
    assert {page["partOf"]["id"] for page in pages} == {container["id"]}
    assert {page["partOf"]["total"] for page in pages} == {5}


@pytest.mark.parametrize(
    ("query", "status"),
    [("page=x", 400), ("page=-1", 400), ("odd=1", 400), ("iris=2", 400), ("page=%00", 400),
     ("page=99999999999999999999", 400), ("page=999999999", 404)],
)  # fmt: skip
def test_a_page_that_there_is_not_is_refused(
    client: Client, article: Article, query: str, status: int
) -> None:
    made(client, article)

    answer = client.get(f"{CONTAINER}?{query}")

    assert problem(answer)["status"] == status
    assert "constrainedBy" in answer.headers["Link"]


def test_an_annotation_is_replaced(client: Client, article: Article) -> None:
    first = made(client, article)
    address, etag = first.headers["Location"], first.headers["ETag"]
    body = said(article, "Café Central", canonical=first.json()["canonical"])

    changed = put(client, address, body, **{"If-Match": etag})
    stale = put(client, address, body, **{"If-Match": etag})

    assert changed.status_code == 200
    assert changed.json()["id"] == address
    assert changed.json()["target"]["selector"][1]["exact"] == "Café Central"
    assert changed.json()["canonical"] == first.json()["canonical"]
    assert client.get(address).json() == changed.json()
    assert problem(stale)["status"] == 412
    assert stale.json()["current"]["id"] == address
    again = put(client, address, body)
    assert again.status_code == 200
    assert "Newsroom-Operation" not in again.headers


def test_an_annotation_is_removed(client: Client, article: Article) -> None:
    first = made(client, article)
    address = first.headers["Location"]

    stale = client.delete(address, headers={"If-Match": '"other"'})
    gone = client.delete(address, headers={"If-Match": first.headers["ETag"]})

    assert problem(stale)["status"] == 412
    assert gone.status_code == 204
    assert problem(client.get(address))["status"] == 404
    assert problem(client.delete(address))["status"] == 404
    assert client.get(CONTAINER).json()["total"] == 0


def test_a_canonical_address_stays_as_it_is(client: Client, article: Article) -> None:
    canonical = f"urn:uuid:{uuid4()}"

    first = made(client, article, canonical=canonical)
    again = post(client, said(article, canonical=canonical))
    other = post(client, said(article, canonical=f"urn:uuid:{uuid4()}"))
    changed = put(client, first.headers["Location"], said(article, canonical=other_key()))

    assert first.json()["canonical"] == again.json()["canonical"] == canonical
    assert again.status_code == 200
    assert problem(other)["status"] == problem(changed)["status"] == 409
    assert Mention.objects.count() == 1


def other_key() -> str:
    return f"urn:uuid:{uuid4()}"


def test_a_slug_is_found_again(client: Client, article: Article) -> None:
    first = post(client, said(article), Slug="anno1.jsonld")
    taken = post(client, said(article, "Café Central"), Slug="anno1.jsonld")
    key = str(uuid4())
    by_key = post(client, said(article, "spoke"), Slug=key)

    assert client.get(f"{CONTAINER}anno1.jsonld").json() == first.json()
    assert taken.json()["id"] != first.json()["id"]
    assert by_key.json()["id"] == WHOLE + key
    assert post(client, said(article, "left"), Slug="a/b" * 200).status_code == 201


def test_what_is_sent_twice_is_made_once(client: Client, article: Article) -> None:
    first = post(client, said(article), **{"Idempotency-Key": "k"})
    again = post(client, said(article), **{"Idempotency-Key": "k"})
    without = post(client, said(article))

    assert (first.status_code, again.status_code, without.status_code) == (201, 201, 200)
    assert again.headers["Content-Type"] == first.headers["Content-Type"] == LD
    assert {each.json()["id"] for each in (first, again, without)} == {first.json()["id"]}
    assert Mention.objects.count() == 1


def test_a_tag_names_an_entity_by_its_address_or_at_wikidata(
    client: Client, article: Article, corpus: Corpus, annotator: User
) -> None:
    entity = make_entity(corpus, "Reykjavík", "place")
    entity_changes.add_id(entity, "wikidata", "Q1764", by=annotator, door=Door.API)
    for address in (
        f"http://testserver/entities/{entity.pk}/",
        f"http://testserver/api/v1/entities/{entity.pk}/",
        "http://www.wikidata.org/entity/Q1764",
    ):
        body = {"type": "SpecificResource", "purpose": "tagging", "source": address}
        answer = post(client, said(article, body=body))
        assert answer.status_code in {200, 201}, answer.content
    [mention] = Mention.objects.all()
    assert (mention.entity, mention.kind) == (entity, "place")
    for address, status in (
        ("http://testserver/entities/999999/", 404),
        ("http://www.wikidata.org/entity/Q7", 404),
        ("http://elsewhere/entities/1/", 400),
        ("http://[", 400),
    ):
        assert problem(post(client, said(article, body=address)))["status"] == status


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"target": "http://www.example.com/index.html"}, 400, "target.source"),
        ({"target": "http://testserver/articles/999999/"}, 404, "target.source"),
        ({"target": "http://testserver/entities/1/"}, 400, "target.source"),
        ({"rights": "x"}, 400, "rights"), ({"@context": None}, 400, "@context"),
        ({"canonical": "http://elsewhere"}, 400, "canonical"),
        ({"body": {"type": "TextualBody", "value": "I like this page!"}}, 400, "body"),
        ({"body": {"type": "TextualBody", "purpose": "classifying", "value": "ghost"}}, 400,
         "kind"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said(
    client: Client, article: Article, change: dict[str, Any], status: int, field: str
) -> None:
    answer = post(client, {**said(article), **change})

    assert problem(answer)["status"] == status
    assert field in answer.json()["errors"]
    assert not Mention.objects.exists()


@pytest.mark.parametrize("body", ["[]", "{", '{"a":"\\u0000"}', "[" * 100_000, '"x"'])
def test_what_is_no_annotation_is_refused(client: Client, article: Article, body: str) -> None:
    address = made(client, article).headers["Location"]

    assert problem(post(client, body))["status"] == 400
    assert problem(put(client, address, body))["status"] == 400
    turtle = client.post(CONTAINER, "<> a <> .", content_type="text/turtle")
    assert problem(turtle)["status"] == 415


def test_words_that_stand_twice_need_what_is_around_them(client: Client, article: Article) -> None:
    twice = post(client, said(article, "Mr Lang"))
    source = f"http://testserver/articles/{article.pk}/versions/1/"
    quote = {"type": "TextQuoteSelector", "exact": "Mr Lang", "prefix": "and "}
    sure = post(client, said(article, "Mr Lang", target={"source": source, "selector": quote}))

    assert problem(twice)["status"] == 400
    assert "2 times" in twice.json()["detail"]
    assert sure.json()["target"]["selector"][1]["suffix"].startswith(" left")


def test_others_see_what_they_may(
    article: Article, corpus: Corpus, annotator: User, with_token: MakeClient
) -> None:
    mention = make_mention(article, "Reykjavík", "place", by=annotator)
    address = f"{CONTAINER}{mention.key}"
    opened = make_corpus("open", access=Access.OPEN)
    person = make_member(opened, Role.ANNOTATOR)
    public = make_mention(make_article(opened, paragraphs=(TEXT,)), "Reykjavík", "place", by=person)

    for client in (Client(), with_token(make_user())):
        assert client.get(address).status_code == 404
        assert client.get(CONTAINER).json()["total"] == 1
        shown = client.get(f"{CONTAINER}{public.key}").json()
        assert "creator" not in shown
    assert with_token(person).get(f"{CONTAINER}{public.key}").json()["creator"]["nickname"]
    assert post(Client(), said(article)).status_code == 401
    viewer = with_token(make_member(corpus))
    assert problem(post(viewer, said(article)))["status"] == 403
    assert problem(viewer.delete(address))["status"] == 403
    assert problem(put(viewer, address, said(article)))["status"] == 403


def test_blind_work_is_blind_over_the_protocol(
    article: Article, corpus: Corpus, annotator: User, with_token: MakeClient
) -> None:
    other = make_member(corpus, Role.ANNOTATOR)
    task = make_task(corpus, [article], [annotator, other])
    theirs = make_mention(article, "Reykjavík", "place", by=other, task=task, layer_of=other)
    before = make_mention(article, "spoke", "place", by=other)
    own = make_mention(article, "left", "place", by=annotator, task=task, layer_of=annotator)

    container = with_token(annotator).get(f"{CONTAINER}?iris=1").json()

    assert container["first"]["items"] == [f"{WHOLE}{own.key}"]
    for hidden in (theirs, before):
        assert with_token(annotator).get(f"{CONTAINER}{hidden.key}").status_code == 404
