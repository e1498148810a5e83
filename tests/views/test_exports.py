"""The page that offers exports, what it hands out, and what it leaves to the worker."""

import json
from collections.abc import Callable, Iterator
from typing import cast

import pytest
from django.contrib.auth.models import User
from django.http import StreamingHttpResponse
from django.test import Client

from articles.export import batches, jobs, streams
from articles.export.answers import ENDINGS, FORMATS
from articles.export.streams import Stream
from articles.models import Access, Corpus, Export, ExportStatus
from articles.search.deadline import TooSlowError
from tests.factories import make_article, make_member

type Index = Callable[[], int]

PAGE = "/search/export/"


@pytest.fixture
def reader(corpus: Corpus) -> User:
    """Return someone who may read the corpus."""
    return make_member(corpus)


@pytest.fixture
def browser(reader: User) -> Client:
    """Return the browser of that reader."""
    client = Client()
    client.force_login(reader)
    return client


def body(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, response.content[:300]
    return response.getvalue()


def test_the_page_says_how_large_each_form_is_before_the_click(
    browser: Client, corpus: Corpus, index: Index
) -> None:
    make_article(corpus, headline="Harbour strike")
    index()

    page = browser.get(PAGE, {"q": "harbour"}).content.decode()

    assert all(form.label in page for form in FORMATS.values())
    assert '<strong class="num">1</strong> article.' in page
    assert page.count("bytes</td>") + page.count("\xa0bytes") + page.count("KB") >= len(FORMATS)
    assert "estimates" not in page
    assert page.count(">the same<") == 3
    assert page.count(">texts only<") == 1


def test_the_page_says_that_it_estimates(browser: Client, corpus: Corpus, index: Index) -> None:
    for number in range(181):
        make_article(corpus, headline=f"Harbour {number}")
    index()

    page = browser.get(PAGE).content.decode()

    assert "Sizes are estimates" in page


def test_without_articles_it_says_what_to_do(browser: Client, index: Index) -> None:
    index()

    assert "No articles to export" in browser.get(PAGE, {"q": "harbour"}).content.decode()


@pytest.mark.parametrize("ending", list(ENDINGS))
def test_a_file_comes_as_its_kind_with_its_count_and_name(
    browser: Client, corpus: Corpus, index: Index, ending: str
) -> None:
    make_article(corpus, headline="Harbour strike")
    index()

    response = browser.get(f"{PAGE}file.{ending}", {"q": "harbour"})

    assert response.streaming
    assert response["Content-Type"] == ENDINGS[ending].media_type
    assert response["Newsroom-Articles"] == "1"
    assert response["Content-Disposition"].startswith('attachment; filename="newsroom-harbour-')
    assert response["Content-Disposition"].endswith(f'.{ending}"')
    assert "no-store" in response["Cache-Control"]
    assert response.getvalue()


def test_addresses_in_a_file_are_whole(browser: Client, corpus: Corpus, index: Index) -> None:
    article = make_article(corpus)
    index()

    row = json.loads(body(browser, f"{PAGE}file.jsonl"))

    assert row["url"] == f"http://testserver/api/v1/articles/{article.pk}/"
    assert row["page_url"] == f"http://testserver/articles/{article.pk}/"


def test_texts_and_columns_are_chosen_by_the_address(
    browser: Client, corpus: Corpus, index: Index
) -> None:
    make_article(corpus)
    index()

    bare = json.loads(body(browser, f"{PAGE}file.jsonl?text=no"))
    two = json.loads(body(browser, f"{PAGE}file.jsonl?columns=headline&columns=section"))
    same = json.loads(body(browser, f"{PAGE}file.jsonl?columns=headline,section"))

    assert "text" not in bare
    assert two == same
    assert list(two) == ["id", "headline", "section", "text_available"]


@pytest.mark.parametrize(
    "query",
    [
        "q=(harbour",
        "q=a%00b",
        "sort=price",
        "columns=password",
        "text=maybe",
        "nonsense=1",
        "q=a&q=b",
        "sort=%00",
        "columns=%00",
    ],
)
@pytest.mark.parametrize("address", [PAGE, f"{PAGE}file.csv"])
def test_what_can_not_be_read_is_said(
    browser: Client, index: Index, address: str, query: str
) -> None:
    index()

    response = browser.get(f"{address}?{query}")

    assert response.status_code == 400
    assert b"500" not in response.content[:200]


def test_a_broken_query_is_pointed_at_and_kept(browser: Client, index: Index) -> None:
    index()

    page = browser.get(PAGE, {"q": "(harbour"}).content.decode()

    assert 'value="(harbour"' in page
    assert "fault-at" in page


def test_a_format_that_there_is_not_is_not_found(browser: Client, index: Index) -> None:
    index()

    assert browser.get(f"{PAGE}file.docx").status_code == 404


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}file.csv"])
def test_without_an_index_it_is_tried_again_later(browser: Client, address: str) -> None:
    response = browser.get(address)

    assert response.status_code == 503
    assert response["Retry-After"]


def test_what_takes_too_long_is_told_before_the_file_begins(
    browser: Client, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article(corpus)
    index()

    def slow(*_: object) -> object:
        raise TooSlowError("This took longer than 10 seconds and was stopped.")

    monkeypatch.setattr(batches, "rights", slow)

    assert browser.get(f"{PAGE}file.jsonl").status_code == 503


def test_a_file_that_breaks_off_is_not_ended_as_if_whole(
    browser: Client, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "ARTICLES", 1)
    for _ in range(3):
        make_article(corpus)
    index()
    response: object = browser.get(f"{PAGE}file.jsonl")
    assert isinstance(response, StreamingHttpResponse)
    stream = iter(cast("Iterator[bytes]", response.streaming_content))
    next(stream)

    def broken(*_: object) -> object:
        raise TooSlowError("The engine is gone.")

    monkeypatch.setattr(batches, "rights", broken)

    # The server then closes the connection without the last chunk.
    with pytest.raises(TooSlowError):
        list(stream)


def test_a_file_too_many_at_a_time_is_put_off(
    browser: Client, corpus: Corpus, index: Index
) -> None:
    make_article(corpus)
    index()
    sent = [Stream(iter((b"a", b"b"))) for _ in range(streams.MOST)]

    refused = browser.get(f"{PAGE}file.jsonl")
    for each in sent:
        each.close()

    assert (refused.status_code, bool(refused["Retry-After"])) == (503, True)
    assert "downloaded at the moment" in refused.content.decode()
    assert body(browser, f"{PAGE}file.jsonl")


def test_head_tells_of_a_file_without_making_it(
    browser: Client, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article(corpus)
    index()
    monkeypatch.setattr("articles.export.answers.write", None)

    response = browser.head(f"{PAGE}file.csv")

    assert (response.status_code, response["Newsroom-Articles"]) == (200, "1")


def test_strangers_get_metadata_of_a_licensed_corpus(corpus: Corpus, index: Index) -> None:
    make_article(corpus, paragraphs=("First words. " * 40, "The quillwort bloomed."))
    Corpus.objects.update(access=Access.LICENSED)
    index()

    data = body(Client(), f"{PAGE}file.jsonl").decode()

    assert json.loads(data)["text"] is None
    assert "quillwort" not in data


def test_the_worker_writes_what_it_is_left_and_hands_it_to_its_owner(
    browser: Client, reader: User, corpus: Corpus, index: Index
) -> None:
    make_article(corpus, headline="Harbour strike")
    index()

    sent = browser.post(f"{PAGE}start/", {"q": "harbour", "format": "csv", "text": "no"})
    export = Export.objects.get()
    waiting = browser.get(f"{PAGE}written/").content.decode()
    jobs.run(export.pk)
    ready = browser.get(f"{PAGE}written/").content.decode()
    file = browser.get(f"/exports/{export.pk}/file/")

    assert sent["Location"] == f"{PAGE}?q=harbour#exports"
    assert (export.by, export.options["text"]) == (reader, False)
    assert export.options["base"] == "http://testserver"
    assert "Waiting for the worker" in waiting
    assert "every 2s" in waiting
    assert "every 2s" not in ready
    assert b"Harbour strike" in file.getvalue()
    assert file["Content-Disposition"].endswith('.csv"')


def test_an_export_is_cancelled_and_removed(browser: Client, index: Index) -> None:
    index()
    browser.post(f"{PAGE}start/", {"format": "csv"})
    export = Export.objects.get()

    browser.post(f"/exports/{export.pk}/cancel/")
    export.refresh_from_db()
    cancelled = export.status
    browser.post(f"/exports/{export.pk}/remove/")

    assert cancelled == ExportStatus.CANCELLED
    assert not Export.objects.exists()


def test_a_file_that_is_gone_is_said_on_the_page(browser: Client, index: Index) -> None:
    index()
    browser.post(f"{PAGE}start/", {"format": "csv"})
    export = Export.objects.get()

    page = browser.get(f"/exports/{export.pk}/file/", follow=True)

    assert "Export it once more" in page.content.decode()


@pytest.mark.parametrize(
    "data", [{"format": "docx"}, {"format": "csv", "q": "(a"}, {"format": "csv", "q": "a\0"}, {}]
)
def test_what_can_not_be_left_to_the_worker_is_said(
    browser: Client, index: Index, data: dict[str, str]
) -> None:
    index()

    assert browser.post(f"{PAGE}start/", data).status_code == 400
    assert not Export.objects.exists()


def test_exports_are_their_makers_alone(browser: Client, corpus: Corpus, index: Index) -> None:
    index()
    browser.post(f"{PAGE}start/", {"format": "csv"})
    export = Export.objects.get()
    other = Client()
    other.force_login(make_member(corpus))

    assert other.get(f"/exports/{export.pk}/file/").status_code == 404
    assert other.post(f"/exports/{export.pk}/cancel/").status_code == 404
    assert other.post(f"/exports/{export.pk}/remove/").status_code == 404
    assert b"/cancel/" not in other.get(PAGE).content
    assert Client().post(f"{PAGE}start/", {"format": "csv"}).status_code == 302
    assert Export.objects.count() == 1
