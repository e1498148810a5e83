"""Tags for other tools, by the pages: looked at, downloaded, taken in."""

import json

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import StreamingHttpResponse
from django.test import Client

from articles.annotate.interchange.formats import FORMATS
from articles.annotate.spreading import spreads
from articles.models import Access, Article, Corpus, Mention, Role, Spread
from articles.views.tagging import interchange
from tests.factories import (
    current,
    make_article,
    make_corpus,
    make_entity,
    make_member,
    make_mention,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus() -> Corpus:
    return make_corpus("ours", access=Access.OPEN)


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def browser(client: Client, annotator: User) -> Client:
    client.force_login(annotator)
    return client


@pytest.fixture
def article(corpus: Corpus) -> Article:
    made = make_article(corpus, paragraphs=("Ann Doe <b> left 🚒 Paris.",))
    make_mention(made, "Paris", "place", entity=make_entity(corpus, "Paris", "place"))
    make_mention(made, "Ann Doe", entity=make_entity(corpus, "Ann <Doe>"), comment="Sure?")
    return made


def file(client: Client, name: str, query: str = "") -> bytes:
    response = client.get(f"/tags/export/{name}/{query}")
    assert isinstance(response, StreamingHttpResponse), response.content
    return b"".join(response.streaming_content)


def upload(client: Client, data: bytes, **fields: str) -> str:
    values = {"corpus": "ours", "format": "jsonl", "file": SimpleUploadedFile("tags", data)}
    return client.post("/tags/import/", values | fields).content.decode()


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_looked_at_and_downloaded(browser: Client, name: str) -> None:
    page = browser.get("/tags/export/", {"format": name}).content.decode()

    assert "2 tags in 1 article" in page
    assert FORMATS[name].label in page
    assert file(browser, name)


@pytest.mark.usefixtures("article")
def test_what_a_format_loses_is_said_before_the_download(browser: Client) -> None:
    page = browser.get("/tags/export/", {"format": "doccano"}).content.decode()

    assert "comments: 1" in page
    assert "Ann &lt;Doe&gt;" in page


def test_where_nothing_is_tagged_it_says_what_to_do(browser: Client) -> None:
    assert "No tags to export" in browser.get("/tags/export/").content.decode()


@pytest.mark.usefixtures("article")
def test_strangers_get_what_they_may_read_alone(client: Client, corpus: Corpus) -> None:
    assert b"Paris" in file(client, "jsonl")

    Corpus.objects.filter(pk=corpus.pk).update(access=Access.LICENSED)

    assert file(client, "jsonl") == b""
    assert "No tags to export" in client.get("/tags/export/").content.decode()
    assert client.get("/tags/import/").status_code == 302


def test_a_file_is_tried_and_then_taken_in_with_an_undo(browser: Client, article: Article) -> None:
    data = file(browser, "jsonl")
    Mention.objects.filter(article=article).delete()

    tried = upload(browser, data, trial="yes")
    assert "What would become of it" in tried
    assert not Mention.objects.exists()

    taken = upload(browser, data)
    assert "What became of it" in taken
    assert "Undo" in taken
    assert Mention.objects.filter(article=article).count() == 2


def test_what_is_not_taken_is_listed_escaped(browser: Client, article: Article) -> None:
    text = current(article).text
    line = {
        "text": text,
        "article": article.pk,
        "mentions": [{"start": 0, "end": 3, "quote": "<i>x", "kind": "person"}],
    }

    page = upload(browser, json.dumps(line).encode())

    assert "&lt;i&gt;x" in page
    assert "stand nowhere in our text" in page


def test_all_that_was_not_taken_can_be_downloaded_with_each_reason_counted(
    browser: Client, article: Article, client: Client
) -> None:
    text = current(article).text
    wrong = [{"start": 0, "end": 3, "quote": f"x{n}", "kind": "person"} for n in range(30)]
    other = {"start": 0, "end": 7, "quote": text[:7], "kind": "planet"}
    line = {"text": text, "article": article.pk, "mentions": [*wrong, other]}

    page = upload(browser, json.dumps(line).encode())

    job = Spread.objects.get()
    assert f'href="/jobs/{job.pk}/refused.csv"' in page
    assert '<td>These words stand nowhere in our text.</td><td class="num">30</td>' in page
    assert "21 of the 31, as examples" in page
    table = browser.get(f"/jobs/{job.pk}/refused.csv")
    assert table["Content-Type"].startswith("text/csv")
    assert table.content.decode().count("\r\n") == 32
    assert "x29" in table.content.decode()
    own = browser.get(f"/jobs/{job.pk}/").content.decode()
    assert '<a href="/tags/import/">Take tags in</a>' in own
    assert 'data-go="e" aria-current' not in own
    client.force_login(make_member(article.corpus, Role.ADMIN))
    assert client.get(f"/jobs/{job.pk}/refused.csv").status_code == 404


def test_one_tag_is_told_as_one(browser: Client, article: Article) -> None:
    start = current(article).text.index("Paris")
    tag = {"start": start, "end": start + 5, "quote": "Paris", "kind": "organisation"}
    line = {"text": current(article).text, "article": article.pk, "mentions": [tag]}

    assert "1 tag from Newsroom JSON Lines" in upload(browser, json.dumps(line).encode())


@pytest.mark.parametrize(
    "fields",
    [
        {"corpus": "nowhere"},
        {"format": "nonsense"},
        {"kinds": "no pair"},
        {"kinds": "a\0 = b"},
        {"corpus": "ou\0rs"},
    ],
)
def test_a_form_that_can_not_be_is_refused(
    browser: Client, annotator: User, fields: dict[str, str]
) -> None:
    values = {"corpus": "ours", "format": "jsonl", "file": SimpleUploadedFile("tags", b"{}")}

    response = browser.post("/tags/import/", values | fields)

    assert response.status_code == 400
    assert "Nothing was taken in" in response.content.decode()
    del annotator


@pytest.mark.parametrize(
    "query",
    [
        "?format=nonsense", "?layers=x", "?task=1", "?task=99999999999999999999", "?unknown=1",
        "?q=(", "?q=a%00", "?layers=gold", "?task=%FF",
    ],
)  # fmt: skip
def test_a_question_that_can_not_be_is_refused(browser: Client, query: str) -> None:
    assert browser.get(f"/tags/export/{query}").status_code == 400


def test_a_format_that_is_none_is_not_there(browser: Client) -> None:
    assert browser.get("/tags/export/nonsense/").status_code == 404


def test_who_may_tag_nowhere_may_not_take_in(client: Client, corpus: Corpus) -> None:
    client.force_login(make_member(corpus, Role.VIEWER))

    assert client.get("/tags/import/").status_code == 403
    assert client.post("/tags/import/").status_code == 403


@pytest.mark.usefixtures("empty_queue")
def test_a_larger_file_leads_to_its_progress_and_then_its_report(
    browser: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interchange, "AT_ONCE_BYTES", 10)
    data = file(browser, "jsonl")
    Mention.objects.all().delete()
    values = {"corpus": "ours", "format": "jsonl", "file": SimpleUploadedFile("tags", data)}

    answer = browser.post("/tags/import/", values)
    waits = browser.get(answer["Location"]).content.decode()
    job = Spread.objects.get()
    spreads.run(job.pk)
    over = browser.get(answer["Location"]).content.decode()

    assert answer["Location"] == f"/jobs/{job.pk}/"
    assert "Import of tags" in waits
    assert "What became of it" in over
    assert "<dt>Tags made</dt><dd>2</dd>" in over
    assert "Undo all of it" in over
    assert Mention.objects.filter(article=article).count() == 2
