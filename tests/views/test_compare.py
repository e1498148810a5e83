"""The Compare page: questions, their chart, their tables, and what is wrong with them."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qs, urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Corpus
from articles.search.asking import ask
from articles.search.comparing import Compared
from articles.search.timeline import Bar, Zoom
from articles.views.search.compare_chart import chart
from tests.factories import make_article, make_member, make_source

type Index = Callable[[], int]


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
    """Return a corpus with war and peace."""
    gazette, post = make_source(corpus, "Meteor"), make_source(corpus, "Post & <Co>")
    for headline, year, source in [
        ("War", 1932, gazette),
        ("War and peace", 1934, gazette),
        ("War", 1936, post),
        ("Peace", 1936, post),
        ("Peace", None, post),
    ]:
        published = date(year, 5, 1) if year else None
        make_article(
            corpus, headline=headline, paragraphs=("No.",), source=source, published=published
        )
    index()
    return corpus


def at(*queries: str, **params: str) -> str:
    return f"/search/compare/?{urlencode([*(('q', query) for query in queries), *params.items()])}"


def plain(html: str) -> str:
    """Return a page's words."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.usefixtures("world")
def test_it_shows_a_line_a_table_and_what_is_shared(browser: Client) -> None:
    answer = browser.get(at("war", "peace"))

    assert answer.status_code == 200
    html = answer.content.decode()
    assert html.count('<polyline class="series-line"') == 2
    words = plain(html)
    assert "3 articles Remove" in words
    assert "3 articles , 1 undated Remove" in words
    assert "Meteor 2 67 % , the greatest share of this row 1 33 % 2" in words
    assert "1 article : 33 % of 1, 33 % of 2" in words


@pytest.mark.usefixtures("world")
def test_every_number_leads_to_what_it_counts(browser: Client, reader: User) -> None:
    html = browser.get(at("war", "peace", "war OR peace", share="1")).content.decode()

    links = re.findall(r'<a href="/articles/\?([^"]+)">(?:<strong>)?([\d,]+)', html)
    assert len(links) > 20
    for query, number in links:
        asked = parse_qs(unescape(query))["q"][0]
        assert ask(asked, reader).total() == int(number.replace(",", "")), asked


@pytest.mark.usefixtures("world")
def test_the_address_holds_all_and_leads_to_other_ways_of_looking(browser: Client) -> None:
    html = browser.get(at("war", "peace", zoom="month", by="lang", share="1")).content.decode()

    assert 'href="/search/compare/?q=war&amp;q=peace&amp;zoom=month&amp;by=lang"' in html
    assert 'href="/search/compare/?q=war&amp;q=peace&amp;zoom=month&amp;share=1"' in html
    assert 'href="/search/compare/?q=peace&amp;zoom=month&amp;by=lang&amp;share=1"' in html
    for name, value in (("zoom", "month"), ("by", "lang"), ("share", "1")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in html
    assert "English" in html


@pytest.mark.usefixtures("world")
def test_it_says_when_it_shows_longer_bars_than_asked_for(browser: Client) -> None:
    assert "too long to be shown by day" in browser.get(at("war", zoom="day")).content.decode()


@pytest.mark.usefixtures("world")
def test_a_broken_question_is_pointed_at_and_the_others_are_shown(browser: Client) -> None:
    answer = browser.get(at("war", "peace (harbour", "a && b"))

    assert answer.status_code == 400
    html = answer.content.decode()
    assert html.count('aria-invalid="true"') == 2
    words = plain(html)
    assert "This bracket is not closed. peace ( harbour Did you mean peace (harbour) ?" in words
    assert "?q=war&amp;q=peace+%28harbour%29&amp;q=a+%26%26+b" in html
    assert "3 articles Remove" in words
    assert html.count('<polyline class="series-line"') == 1


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=war&page=2", "page: There is no such parameter"),
        ("zoom=week", "Zoom: This must be one of day, month, year."),
        ("by=password", "Compare by: This must be one of source"),
        ("share=yes", "Share: This must be one of 1."),
        ("share=%00", "Share: This must be one of 1."),
        ("by=source&by=lang", "Compare by: Give this once."),
        ("q=a&q=b&q=c&q=d&q=e&q=f", "At most 5 questions"),
        ("q=a&q=b%00", "This is a NUL character; remove it."),
        ("q=%22", "This quotation mark is not closed."),
    ],
)
@pytest.mark.usefixtures("world")
def test_an_address_that_can_not_be_read_is_refused(
    browser: Client, query: str, words: str
) -> None:
    answer = browser.get(f"/search/compare/?{query}")

    assert answer.status_code == 400
    assert words in plain(answer.content.decode())


@pytest.mark.usefixtures("world")
def test_the_empty_lines_of_a_form_are_not_kept_in_the_address(browser: Client) -> None:
    answer = browser.get("/search/compare/?q=war&q=peace&q=&zoom=month")

    assert answer.status_code == 302
    assert answer["Location"] == "/search/compare/?q=war&q=peace&zoom=month"
    assert browser.get(answer["Location"]).status_code == 200


@pytest.mark.usefixtures("world")
def test_without_questions_it_offers_some_of_what_there_is(browser: Client) -> None:
    for address in ("/search/compare/", "/search/compare/?q=&q="):
        answer = browser.get(address)

        assert answer.status_code == 200
        words = plain(answer.content.decode())
        assert 'by source source:"Post & <Co>" source:"Meteor"' in words


def test_with_nothing_to_see_it_still_says_how(visitor: Client, index: Index) -> None:
    index()
    for address in ("/search/compare/", at("war", "peace")):
        answer = visitor.get(address)

        assert answer.status_code == 200
    assert "Nothing that these questions find has a date" in answer.content.decode()


def test_without_an_index_it_says_so_and_keeps_the_questions(browser: Client) -> None:
    answer = browser.get(at("war", "peace"))

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert 'value="peace"' in answer.content.decode()
    assert browser.get("/search/compare/").status_code == 200


@pytest.mark.usefixtures("world", "busy_engine")
def test_what_takes_too_long_is_stopped(browser: Client) -> None:
    answer = browser.get(at("war", "peace"))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "too long" in answer.content.decode()


@pytest.mark.usefixtures("world")
def test_a_stranger_learns_nothing(visitor: Client) -> None:
    for address in ("/search/compare/", at("war", "source:meteor")):
        html = visitor.get(address).content.decode()

        assert "Meteor" not in html
        assert "1932" not in plain(html.partition("<main")[2]).replace("date:1932", "")


def test_a_thing_is_only_read(browser: Client) -> None:
    assert browser.post("/search/compare/").status_code == 405


def bars(*counts: int, of_all: tuple[int, ...] = ()) -> list[Bar]:
    """Return a bar a year from 1931 on."""
    return [
        Bar(date(1931 + n, 1, 1), date(1931 + n, 12, 31), count, of_all[n] if of_all else 100)
        for n, count in enumerate(counts)
    ]


@pytest.mark.parametrize(
    ("counts", "ticks"),
    [
        ((1, 0), ["1", "0"]),
        ((3, 1), ["3", "2", "1", "0"]),
        ((7, 0), ["8", "6", "4", "2", "0"]),
        ((10, 0), ["12", "9", "6", "3", "0"]),
        ((1234, 5), ["1,500", "1,000", "500", "0"]),
        ((0, 0), ["1", "0"]),
    ],
)
def test_the_axis_has_round_numbers_above_the_most(
    counts: tuple[int, ...], ticks: list[str]
) -> None:
    drawn = chart([Compared("a", 9, bars(*counts))], Zoom.YEAR, as_share=False)

    assert drawn is not None
    assert drawn.ticks == ticks


def test_a_share_of_nothing_is_a_gap_in_the_line() -> None:
    counted = bars(1, 2, 0, 4, 4, of_all=(4, 4, 0, 8, 4))

    drawn = chart([Compared("a", 11, counted)], Zoom.YEAR, as_share=True)
    assert drawn is not None
    assert drawn.ticks[0] == "100 %"
    assert len(drawn.lines[0].strokes) == 2
    assert len(drawn.lines[0].marks) == 4
    assert "1932\na: 2 (50 %)" in [slot.said for slot in drawn.slots]


def test_of_many_points_some_are_marked_and_no_two_lines_at_one_place() -> None:
    counted = [
        Bar(date(1000 + n, 1, 1), date(1000 + n, 12, 31), n % 50 + 1, 100) for n in range(400)
    ]
    queries = [Compared(name, 1, counted) for name in "abcde"]

    drawn = chart(queries, Zoom.YEAR, as_share=False)
    assert drawn is not None
    assert [len(line.marks) for line in drawn.lines] == [8] * 5
    assert len({mark.x for line in drawn.lines for mark in line.marks}) == 40
    assert [label.text for label in drawn.labels] == ["1000", "1100", "1200", "1300"]


def test_words_below_the_axis_stand_at_round_times_as_far_from_each_other() -> None:
    days = [date(1912, 2, 1) + timedelta(days=n) for n in range(20)]
    months = [date(1911 + (n + 8) // 12, (n + 8) % 12 + 1, 1) for n in range(36)]

    def named(starts: list[date], zoom: Zoom) -> list[str]:
        counted = [Bar(start, start, 1, 1) for start in starts]
        drawn = chart([Compared("a", 1, counted)], zoom, as_share=False)
        assert drawn is not None
        return [label.text for label in drawn.labels]

    assert named([date(1869 + n, 1, 1) for n in range(89)], Zoom.YEAR) == [
        "1880", "1900", "1920", "1940",
    ]  # fmt: skip
    assert named(months, Zoom.MONTH) == [
        "Jan 1912", "Jul 1912", "Jan 1913", "Jul 1913", "Jan 1914", "Jul 1914",
    ]  # fmt: skip
    assert named(days, Zoom.DAY) == [
        "1 Feb 1912", "5 Feb 1912", "9 Feb 1912", "13 Feb 1912", "17 Feb 1912",
    ]  # fmt: skip


def test_of_many_points_with_little_in_them_the_peaks_are_marked() -> None:
    counts = [0] * 100
    counts[10:13], counts[50] = [1, 3, 2], 1

    drawn = chart([Compared("a", 7, bars(*counts))], Zoom.YEAR, as_share=False)
    assert drawn is not None
    assert [mark.x for mark in drawn.lines[0].marks] == [11.5, 50.5]


@pytest.mark.usefixtures("world")
def test_where_all_have_the_same_share_none_has_the_greatest(browser: Client) -> None:
    html = browser.get(at("war", "peace", by="lang")).content.decode()

    assert "100 %" in plain(html)
    assert "the greatest share of this row" not in html


def test_without_dates_nothing_is_drawn() -> None:
    assert chart([Compared("a", 3), Compared("(")], Zoom.YEAR, as_share=False) is None


def test_nearness_in_small_letters_is_hinted_at_in_its_own_question(
    browser: Client, world: Corpus
) -> None:
    del world

    html = browser.get(at("war near/5 peace", "peace")).content.decode()

    assert "“near/5” is looked for as words" in unescape(html)
    assert html.count("is looked for as words") == 1
    meant = urlencode([("q", "war NEAR/5 peace"), ("q", "peace")])
    assert f"/search/compare/?{meant}" in unescape(html)
