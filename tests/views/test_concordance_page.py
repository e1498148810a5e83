"""The concordance's page and its files: lines, orders, and what is wrong with an address."""

import csv
import io
import json
import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from articles.export.streams import MOST, Stream
from articles.models import Access, Corpus
from articles.search import gathering
from tests.factories import make_article, make_corpus, make_member, make_source

type Index = Callable[[], int]


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    gathering.forget()


@pytest.fixture
def reader(corpus: Corpus) -> User:
    """Return someone who may read the corpus."""
    return make_member(corpus)


@pytest.fixture
def browser(reader: User) -> Client:
    client = Client()
    client.force_login(reader)
    return client


@pytest.fixture
def world(corpus: Corpus, index: Index) -> Corpus:
    """Return a corpus with camps."""
    make_article(
        corpus,
        headline="=A camp <b>",
        paragraphs=("The old camp grew.", "A new camp, they said, & more."),
        source=make_source(corpus, "Post & <Co>"),
    )
    make_article(corpus, headline="x", paragraphs=("زار المعسكرات أمس",), language="ar")
    index()
    return corpus


def at(query: str, **params: object) -> str:
    return f"/search/concordance/?{urlencode({'q': query, **params})}"


def file(ending: str, query: str, **params: object) -> str:
    return f"/search/concordance/lines.{ending}?{urlencode({'q': query, **params})}"


def html(client: Client, address: str, status: int = 200) -> str:
    got = client.get(address)
    assert got.status_code == status, got.content.decode()[:2_000]
    assert isinstance(got, HttpResponse)
    return got.content.decode()


def lines_of(page: str) -> list[str]:
    """Return the lines of a page as they read."""
    texts = re.findall(r'<div class="kwic-text".*?</div>', page, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", each)) for each in texts]


def streamed(client: Client, address: str) -> bytes:
    got = client.get(address)
    assert isinstance(got, StreamingHttpResponse)
    assert got.status_code == 200
    return b"".join(got)


def test_hits_stand_in_lines_that_lead_to_them(browser: Client, world: Corpus) -> None:
    page = html(browser, at("camp"))

    assert lines_of(page) == [
        "=A camp <b>",
        "The old camp grew. A new camp, they said, & more.",
        "The old camp grew. A new camp, they said, & more.",
    ]
    [*_, last] = re.findall(r'<a href="([^"]*)"><mark class="hit">camp</mark>', page)
    assert last.endswith("?in=q%3Dcamp#hit-3")
    article = html(browser, unescape(last).partition("#")[0])
    assert 'id="hit-3"' in article
    del world


def test_a_line_is_set_in_the_direction_of_its_language(browser: Client, world: Corpus) -> None:
    del world
    assert '<div class="kwic-text" dir="rtl" lang="ar">' in html(browser, at("المعسكرات"))


def test_the_word_that_lines_are_sorted_by_is_set_apart(browser: Client, world: Corpus) -> None:
    del world
    left = html(browser, at("camp", sort="left1"))
    right = html(browser, at("camp", sort="right2"))

    assert re.findall("<b>(.*?)</b>", left) == ["A", "new", "old"]
    assert "<b>said</b>" in right
    assert "3</strong> lines in 1 article" in left
    assert "1st left" in left


def test_a_sample_says_so_and_another_can_be_drawn(
    browser: Client, world: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    del world
    monkeypatch.setattr(gathering, "MAX_LINES", 2)

    page = html(browser, at("camp", sort="left1"))

    words = " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())
    assert "A sample of 2 of about 3 lines (seed 1)." in words
    assert "sort=left1&amp;seed=2" in page


def test_pages_lead_on_and_back(browser: Client, world: Corpus) -> None:
    del world
    for sort in ("-date", "source", "left1"):
        first = html(browser, at("camp", limit=1, sort=sort))
        [onward] = re.findall(r'rel="next" href="([^"]*)"', first)
        second = html(browser, unescape(onward))
        [back] = re.findall(r'rel="prev" href="([^"]*)"', second)

        assert lines_of(html(browser, unescape(back))) == lines_of(first)
        assert "seed" not in onward


def test_without_a_query_it_says_what_one_might_ask(browser: Client, world: Corpus) -> None:
    del world
    assert "Which words are to stand in the middle?" in html(browser, "/search/concordance/")


def test_a_query_without_words_says_what_is_missing(browser: Client, world: Corpus) -> None:
    del world
    assert "There are no words to look for" in html(browser, at("source:post"))
    assert browser.get(file("csv", "source:post")).status_code == 400


def test_a_fault_points_at_its_place(browser: Client, world: Corpus) -> None:
    del world
    page = html(browser, at('camp "old'), 400)

    assert 'class="fault-at"' in page
    assert browser.get(file("csv", 'camp "old')).status_code == 400


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (at("camp", sort="sideways"), "This must be one of"),
        (at("camp", seed="x"), "This must be a whole number"),
        (at("camp", seed="0"), "This must be a whole number"),
        (at("camp", limit="0"), "from 1 to 500"),
        (at("camp", cursor="x"), "is not one of this list"),
        (at("camp", cursor="\0"), "NUL"),
        (at("camp", sort="\0"), "NUL"),
        (at("camp", page=2), "There is no such parameter"),
        (at("camp") + "&q=other", "Give this once"),
        (at("ca\0mp"), "NUL"),
        (file("csv", "camp", cursor="a1"), "There is no such parameter"),
        (file("csv", "ca\0mp"), "NUL"),
    ],
)
def test_an_address_that_can_not_be_read_is_refused(
    browser: Client, world: Corpus, address: str, says: str
) -> None:
    del world
    assert says in html(browser, address, 400)


def test_a_format_that_there_is_not_is_not_found(browser: Client, world: Corpus) -> None:
    del world
    assert browser.get(file("exe", "camp")).status_code == 404


def test_nothing_found_names_what_is_left_out(world: Corpus, index: Index) -> None:
    make_article(make_corpus("l", name="Licensed <1>", access=Access.LICENSED), headline="Camp")
    index()
    del world

    page = html(Client(), at("camp"))

    assert "No hits" in page
    assert "Licensed &lt;1&gt;" in page
    assert not lines_of(page)


@pytest.mark.usefixtures("world", "busy_engine")
def test_a_question_that_takes_too_long_is_answered_503(browser: Client) -> None:
    for address in (at("camp"), at("camp", sort="left1"), file("csv", "camp")):
        got = browser.get(address)
        assert got.status_code == 503
        assert got.headers["Retry-After"]


def test_before_there_is_an_index_it_is_answered_503(browser: Client) -> None:
    assert browser.get(at("camp")).status_code == 503


def test_a_table_has_a_row_a_line_and_no_formula(browser: Client, world: Corpus) -> None:
    del world
    text = streamed(browser, file("csv", "camp", sort="-date")).decode()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))

    assert text.startswith("\ufeff")
    assert [row["keyword"] for row in rows] == ["camp"] * 3
    assert rows[0]["headline"] == "'=A camp <b>"
    assert rows[0]["left"] == "'=A "
    assert (rows[2]["left"], rows[2]["number"]) == ("The old camp grew. A new ", "3")
    assert rows[0]["url"].startswith("http://testserver/articles/")
    assert rows[0]["source"] == "Post & <Co>"
    tabbed = streamed(browser, file("tsv", "camp")).decode().splitlines()
    assert len(tabbed) == 4
    assert tabbed[0].split("\t")[:3] == ["left", "keyword", "right"]


def test_lines_of_json_are_the_lines_as_they_are(browser: Client, world: Corpus) -> None:
    del world
    rows = [
        json.loads(line)
        for line in streamed(browser, file("jsonl", "camp", sort="right1")).splitlines()
    ]

    assert [row["right"][:6] for row in rows] == [" <b>", " grew.", ", they"]
    assert rows[0]["headline"] == "=A camp <b>"
    assert rows[0]["date"] == "1932-03-19"


def test_a_file_has_no_more_lines_than_are_told(
    browser: Client, world: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    del world
    monkeypatch.setattr("articles.views.search.concordance.MAX_FILE_LINES", 2)

    assert len(streamed(browser, file("jsonl", "camp")).splitlines()) == 2


@pytest.mark.usefixtures("world")
def test_so_many_files_are_sent_at_a_time(browser: Client) -> None:
    held = [Stream(iter([b"a"])) for _ in range(MOST)]

    refused = browser.get(file("jsonl", "camp"))
    for each in held:
        each.close()

    assert refused.status_code == 503
    assert refused["Retry-After"]
    assert "Try again" in refused.content.decode()
    assert streamed(browser, file("jsonl", "camp"))


def test_nearness_in_small_letters_is_hinted_at_and_one_click_away(
    browser: Client, world: Corpus
) -> None:
    del world

    html = unescape(browser.get(at("old near/5 camp")).content.decode())

    assert "“near/5” is looked for as words" in html
    assert f'href="{at("old NEAR/5 camp")}"' in html
    assert "is looked for as words" not in browser.get(at("old NEAR/5 camp")).content.decode()
