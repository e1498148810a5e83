"""Tags for other tools by the API: told, downloaded, taken in."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.annotate.interchange.formats import FORMATS
from articles.annotate.spreading import spreads
from articles.api.tagging import tag_files
from articles.models import Article, Corpus, Mention, Role
from tests.api.conftest import MakeClient, problem
from tests.factories import current, make_article, make_entity, make_member, make_mention

pytestmark = pytest.mark.django_db
EXPORT, IMPORT = "/api/v1/tags/export/", "/api/v1/tags/import/"


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def client(annotator: User, with_token: MakeClient) -> Client:
    return with_token(annotator)


@pytest.fixture
def article(corpus: Corpus) -> Article:
    made = make_article(corpus, paragraphs=("Ann Doe <b> left 🚒 Paris.",))
    make_mention(made, "Paris", "place", entity=make_entity(corpus, "Paris", "place"))
    make_mention(made, "Ann Doe", entity=make_entity(corpus, "Ann Doe"), comment="Sure?")
    return made


def send(client: Client, data: bytes, **fields: str) -> Any:
    values = {"corpus": "default", "format": "jsonl", "file": SimpleUploadedFile("t", data)}
    return client.post(IMPORT, values | fields)


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize("name", FORMATS)
def test_each_form_is_told_and_downloaded(client: Client, name: str) -> None:
    told = client.get(f"{EXPORT}?format={name}").json()

    assert (told["articles"], told["tags"]) == (1, 2)
    [form] = [each for each in told["formats"] if each["name"] == name]
    file = client.get(form["file_url"])
    assert file.headers["Content-Type"] == form["media_type"]
    assert len(file.getvalue()) > 0
    assert told["chosen"]["bytes"]
    loses = {"jsonl": False, "doccano": True}
    assert loses.get(name) in {None, "comments: 1" in " ".join(told["chosen"]["losses"])}


@pytest.mark.usefixtures("article")
def test_what_goes_out_comes_in_again(client: Client, article: Article, annotator: User) -> None:
    file = client.get(f"{EXPORT}jsonl/").getvalue()
    Mention.objects.all().delete()

    trial = send(client, file, trial="true").json()
    assert (trial["made"], trial["is_trial"], trial["operation"]) == (2, True, None)
    assert not Mention.objects.exists()
    taken = send(client, file)
    again = send(client, file).json()

    assert (taken.json()["made"], taken.json()["failed"]) == (2, 0)
    assert (again["made"], again["known"]) == (0, 2)
    assert {mention.by for mention in Mention.objects.all()} == {annotator}
    assert Mention.objects.filter(article=article).count() == 2
    undo = f"/api/v1/operations/{taken.headers['Newsroom-Operation']}/undo/"
    assert client.post(undo).status_code == 201
    assert not Mention.objects.exists()


def test_labels_mean_what_is_said_and_what_is_nowhere_is_listed(
    client: Client, article: Article
) -> None:
    text = current(article).text
    # doccano counts UTF-16 units.
    start = len(text[: text.index("Paris")].encode("utf-16-le")) // 2
    lines = [
        {"text": text, "label": [[start, start + 5, "CITY"]]},
        {"text": "Of another corpus.", "label": [[0, 2, "CITY"]]},
    ]
    Mention.objects.all().delete()
    data = "\n".join(map(json.dumps, lines)).encode()

    report = send(client, data, format="doccano", kinds='{"CITY": "place"}').json()

    assert Mention.objects.filter(kind="place").exists()
    assert report["refused"] == [{"why": "This article is not in the corpus.", "times": 1}]
    assert report["examples"][0]["where"] == "“Of another corpus.”"


def test_the_same_key_takes_it_in_once(client: Client, article: Article) -> None:
    file = client.get(f"{EXPORT}jsonl/").getvalue()
    Mention.objects.filter(article=article).delete()

    def taken() -> Any:
        values = {"corpus": "default", "format": "jsonl", "file": SimpleUploadedFile("t", file)}
        return client.post(IMPORT, values, headers={"Idempotency-Key": "k"}).json()

    assert taken() == taken()


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("layers=gold", 400, "layers"),
        ("layers=nope", 400, "layers"),
        ("task=999", 404, "task"),
        ("format=docx", 400, "format"),
        ("suggestions=yes", 400, "suggestions"),
        ("q=%00", 400, "q"),
        ("nope=1", 400, "nope"),
    ],
)
def test_a_wish_that_is_none_is_refused(
    client: Client, query: str, status: int, field: str
) -> None:
    response = client.get(f"{EXPORT}?{query}")

    assert response.status_code == status
    assert field in problem(response)["errors"]


def test_a_query_that_is_broken_says_where(client: Client) -> None:
    response = client.get(f"{EXPORT}jsonl/?q=(a")

    assert response.status_code == 400
    assert "position" in problem(response)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"corpus": "a b"}, "corpus"),
        ({"format": "docx"}, "format"),
        ({"kinds": "CITY = place"}, "kinds"),
        ({"kinds": '{"CITY": 1}'}, "kinds.CITY"),
        ({"trial": "perhaps"}, "trial"),
        ({"task": "0"}, "task"),
        ({"task": "99"}, "task"),
        ({"nope": "x"}, "nope"),
    ],
)
@pytest.mark.usefixtures("article")
def test_a_form_that_is_none_is_refused(client: Client, fields: dict[str, str], field: str) -> None:
    response = send(client, b"{}", **fields)

    assert response.status_code == 400
    assert field in problem(response)["errors"]


def test_a_file_that_can_not_be_read_or_is_too_large_is_refused(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    del article
    Mention.objects.all().delete()

    unread = send(client, b"no archive", format="brat")
    monkeypatch.setattr(tag_files, "MOST_BYTES", 3)
    large = send(client, b"much")
    none = client.post(IMPORT, {"corpus": "default", "format": "jsonl"})
    bare = client.post(IMPORT, b"", content_type="")

    assert unread.status_code in {200, 400}
    assert unread.json().get("failed", 1) == 1
    assert "file" in problem(large)["errors"]
    assert "file" in problem(none)["errors"]
    assert set(problem(bare)["errors"]) == {"corpus", "format", "file"}
    assert not Mention.objects.exists()


def test_a_viewer_takes_nothing_in(
    article: Article, corpus: Corpus, with_token: MakeClient, client: Client
) -> None:
    del article
    viewer = with_token(make_member(corpus, Role.VIEWER))

    assert client.get(f"{EXPORT}docx/").status_code == 404
    assert send(viewer, b"{}").status_code == 403
    assert send(viewer, b"{}", corpus="none").status_code == 404
    assert viewer.get(EXPORT).json()["tags"] == 2


@pytest.mark.usefixtures("empty_queue")
def test_a_larger_file_is_left_to_the_worker_and_told_of(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tag_files, "AT_ONCE_BYTES", 10)
    data = b"".join(client.get(f"{EXPORT}jsonl/").streaming_content)  # type: ignore[attr-defined]  # of a stream
    Mention.objects.all().delete()

    queued = send(client, data)
    address = queued.headers["Location"]
    waits = client.get(address).json()
    spreads.run(waits["id"])
    over = client.get(address).json()

    assert (queued.status_code, waits["status"], waits["total"]) == (202, "queued", None)
    assert (over["status"], over["done"], over["total"]) == ("done", 1, 1)
    assert over["report"]["made"] == 2
    assert over["report"]["operation"]["id"]
    assert problem(client.post(over["cancel_url"]))["status"] == 409
    assert Mention.objects.filter(article=article).count() == 2
