"""Editions of one text in a list: one row for them, opened below it, counted beside articles."""

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client

from articles.models import Article, Corpus, Coverage
from articles.views.search import answer, editions
from tests.factories import make_article, make_source
from tests.views.test_article_list import headlines

pytestmark = pytest.mark.django_db

type Index = Callable[[], int]


@pytest.fixture
def wire(open_corpus: Corpus, index: Index) -> list[Article]:
    """Three editions of one text, of three days, and one article that nobody else ran."""
    source = make_source(open_corpus, "The Harbour Post")
    made = [
        make_article(
            open_corpus, headline=f"Harbour {word}", published=date(1931, 1, day), source=source
        )
        for day, word in enumerate(("one", "two", "three", "alone"), 1)
    ]
    for each in made[:3]:
        Coverage.objects.create(article=each, editions=made[0].pk)
    index()
    return made


def page_of(client: Client, **params: str | int) -> str:
    response = client.get("/articles/", params)
    assert response.status_code == 200, response.content.decode()[:2000]
    return unescape(response.content.decode())


@pytest.mark.usefixtures("wire")
def test_editions_of_one_text_are_one_row_with_their_number(visitor: Client) -> None:
    html = page_of(visitor)

    assert headlines(html) == ["Harbour alone", "Harbour three"]
    assert "4 articles" in html
    assert ", 2 distinct texts" in html
    assert html.count("+2 editions") == 1


@pytest.mark.usefixtures("wire")
def test_of_what_a_question_finds_the_first_in_its_order_stands_for_the_others(
    visitor: Client,
) -> None:
    assert headlines(page_of(visitor, sort="oldest")) == ["Harbour one", "Harbour alone"]
    narrowed = page_of(visitor, q="date:1931-01-02..1931-01-04")
    assert headlines(narrowed) == ["Harbour alone", "Harbour three"]
    assert "+1 edition<" in narrowed
    assert headlines(page_of(visitor, q="harbour -two -three")) == ["Harbour alone", "Harbour one"]
    assert "editions-toggle" not in page_of(visitor, q="harbour -two -three")


def test_a_row_opens_and_shows_the_others_the_earliest_first(
    visitor: Client, wire: list[Article]
) -> None:
    first, second, third, _ = wire

    html = page_of(visitor, open=third.pk)

    at = [html.find(f'class="edition-headline" href="/articles/{each.pk}/') for each in wire]
    assert 0 < at[0] < at[1]
    assert at[2] == at[3] == -1
    assert f"/compare/{third.pk}/{first.pk}/" in html
    assert f"/compare/{third.pk}/{second.pk}/" in html
    assert "−2 editions" in html
    assert f'href="/articles/#editions-{third.pk}"' in html


def test_of_very_many_editions_the_first_are_shown_and_a_link_leads_to_all(
    visitor: Client, wire: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "SHOWN", 1)

    html = page_of(visitor, open=wire[2].pk)

    assert html.count('class="edition-headline"') == 1
    assert f"/articles/?q=copy-of%3A%22{wire[2].pk}%22&fold=no" in html


def test_pages_of_a_folded_list_repeat_and_lack_nothing(
    visitor: Client, wire: list[Article]
) -> None:
    first = page_of(visitor, limit=1)
    address = first.partition('rel="next" href="')[2].partition('"')[0]
    second = visitor.get(address).content.decode()

    assert headlines(first) == ["Harbour alone"]
    assert headlines(second) == ["Harbour three"]
    assert 'rel="next"' not in second
    assert len(wire) == 4


@pytest.mark.usefixtures("wire")
def test_each_edition_can_have_a_row_and_the_question_keeps_to_it(visitor: Client) -> None:
    html = page_of(visitor, fold="no")

    assert len(headlines(html)) == 4
    assert "Fold editions" in html
    assert '<input type="hidden" name="fold" value="no">' in html
    assert "editions-toggle" not in html


@pytest.mark.usefixtures("wire")
def test_bars_count_distinct_texts_each_by_itself(visitor: Client) -> None:
    html = page_of(visitor, measure="texts", zoom="month")
    by_day = page_of(visitor, measure="texts", zoom="day")

    assert "most: 2 in Jan 1931" in html or "most: 2 in January 1931" in html
    assert '<th scope="col" class="num">Distinct texts</th>' in html
    assert "4 articles, 2 distinct texts, 100 % of all 4" in html
    assert by_day.count("1 articles, 1 distinct texts") == 4


@pytest.mark.usefixtures("wire")
def test_of_a_long_answer_distinct_texts_are_counted_when_asked_for(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "UNASKED", 3)

    assert "stream-texts" not in page_of(visitor)
    assert ", 2 distinct texts" in page_of(visitor, measure="texts")


def test_a_list_without_editions_says_nothing_of_them(
    visitor: Client, open_corpus: Corpus, index: Index
) -> None:
    make_article(open_corpus)
    index()

    html = page_of(visitor)

    assert "editions" not in html.partition('id="list"')[2].partition("</section>")[0]
    assert "stream-texts" not in html


@pytest.mark.parametrize(
    ("name", "value"),
    [("fold", "1"), ("fold", "no\0"), ("open", "x"), ("open", "0"), ("measure", "all")],
)
def test_what_cant_be_read_of_a_fold_is_refused(visitor: Client, name: str, value: str) -> None:
    assert visitor.get("/articles/", {name: value}).status_code == 400
