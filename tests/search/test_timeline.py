"""An answer over time: every dated article is in one bar, or said not to be."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from articles.models import Access, Corpus
from articles.search.asking import ask
from articles.search.language.refining import within_days
from articles.search.remembering import EVERYONES
from articles.search.timeline import MOST_BARS, Zoom, densest, timeline
from tests.factories import make_article, make_corpus, make_member

type Index = Callable[[], int]


@pytest.fixture
def reader(corpus: Corpus) -> User:
    """Return someone who may read the corpus."""
    return make_member(corpus)


def make_days(corpus: Corpus, *days: str, headline: str = "War") -> None:
    """Make an article of each day, month or year."""
    for day in days:
        first = date.fromisoformat((day + "-01-01")[:10])
        precision = {4: "year", 7: "month", 10: "day"}[len(day)]
        make_article(corpus, headline=headline, published=first, published_precision=precision)


def test_bars_stand_for_every_day_between_the_first_and_the_last(
    corpus: Corpus, reader: User, index: Index
) -> None:
    make_days(corpus, "1932-02-27", "1932-02-27", "1932-03-01")
    make_days(corpus, "1932-02-28", "1932-03-02", headline="Peace")
    make_days(make_corpus("other", access=Access.MEMBERS), "1932-03-01")
    make_days(make_corpus("open", access=Access.OPEN), "1932-03-01", headline="Peace")
    index()

    found = timeline(ask("war", reader))
    assert found.zoom is Zoom.DAY
    assert [(bar.start, bar.count, bar.of_all) for bar in found.bars] == [
        (date(1932, 2, 27), 2, 2),
        (date(1932, 2, 28), 0, 1),
        (date(1932, 2, 29), 0, 0),
        (date(1932, 3, 1), 1, 2),
    ]
    assert all(bar.start == bar.end for bar in found.bars)
    assert [bar.share for bar in found.bars] == [1.0, 0.0, 0.0, 0.5]


@pytest.mark.parametrize(
    ("last", "zoom"),
    [
        ("1932-04-29", Zoom.DAY),
        ("1932-04-30", Zoom.MONTH),
        ("1956-12-31", Zoom.MONTH),
        ("1957-01-01", Zoom.YEAR),
    ],
)
def test_bars_are_as_long_as_the_span_asks_for(
    corpus: Corpus, reader: User, index: Index, last: str, zoom: Zoom
) -> None:
    make_days(corpus, "1932-01-01", last)
    index()

    found = timeline(ask("war", reader))
    assert found.zoom is zoom
    assert found.bars[0].start == date(1932, 1, 1)
    assert found.bars[-1].start <= date.fromisoformat(last) <= found.bars[-1].end


@pytest.mark.parametrize(("zoom", "drawn"), [("day", 2), ("month", 3), ("year", 4)])
def test_what_is_known_by_month_or_year_is_not_in_finer_bars(
    corpus: Corpus, reader: User, index: Index, zoom: str, drawn: int
) -> None:
    make_days(corpus, "1932-01-01", "1932-03-05", "1932-02", "1932")
    make_article(corpus, headline="War", published=None)
    index()

    found = timeline(ask("war", reader), zoom)
    assert found.zoom == zoom
    assert sum(bar.count for bar in found.bars) == drawn
    assert (found.coarser, found.undated, found.outside) == (4 - drawn, 1, 0)


def test_what_is_dated_coarsely_alone_has_bars_at_its_own_length(
    corpus: Corpus, reader: User, index: Index
) -> None:
    make_days(corpus, "1932-02")
    index()

    found = timeline(ask("war", reader), "day")
    assert (found.zoom, len(found.bars), found.coarser) == (Zoom.MONTH, 1, 0)


def test_a_bar_lists_what_it_counts(corpus: Corpus, reader: User, index: Index) -> None:
    make_days(corpus, "1932-01-31", "1932-02-01", "1932-02-29", "1932-03-01", "1935-12-31")
    index()
    for zoom in Zoom:
        question = ask("war", reader)

        for bar in timeline(question, zoom).bars:
            listed = question.but(within_days(question.tree, bar.start, bar.end))
            assert listed.total() == bar.count


def test_a_misread_year_takes_no_room_from_the_others(
    corpus: Corpus, reader: User, index: Index
) -> None:
    make_days(corpus, "0007-05-01", "1931-01-01", "1932-01-01", "9999-12-31")
    index()

    found = timeline(ask("war", reader), "year")
    assert [bar.start.year for bar in found.bars] == [1931, 1932]
    assert found.outside == 2
    alone = timeline(ask("war date:9999", reader), "month")
    assert (alone.bars[-1].start, alone.bars[-1].end) == (date(9999, 12, 1), date.max)


def test_days_over_a_long_span_are_bounded(corpus: Corpus, reader: User, index: Index) -> None:
    first = date(1932, 1, 1)
    make_days(corpus, str(first), str(first + timedelta(days=MOST_BARS - 1)))
    make_days(corpus, str(first), str(first + timedelta(days=MOST_BARS)), headline="Peace")
    index()

    assert len(timeline(ask("war", reader), "day").bars) == MOST_BARS
    assert timeline(ask("peace", reader), "day").zoom is Zoom.MONTH


def test_of_what_has_no_date_there_are_no_bars(corpus: Corpus, reader: User, index: Index) -> None:
    make_article(corpus, headline="War", published=None)
    index()

    found = timeline(ask("war", reader))
    assert (list(found.bars), found.undated, found.coarser) == ([], 1, 0)
    nothing = timeline(ask("nowhere", reader), "day")
    assert (list(nothing.bars), nothing.undated) == ([], 0)


def test_the_stretch_that_holds_most_is_kept() -> None:
    assert densest({1: 1, 5: 2, 6: 2, 20: 3}, most=5) == {5: 2, 6: 2}
    assert densest({1: 1, 5: 2, 6: 2, 20: 9}, most=5) == {20: 9}
    assert densest({1: 1, 5: 2}, most=5) == {1: 1, 5: 2}
    assert densest({}) == {}


def test_by_day_all_coverage_is_counted_and_remembered_of_the_days_shown_alone(
    corpus: Corpus, reader: User, index: Index
) -> None:
    make_days(corpus, "1932-02-27", "1932-03-01")
    make_days(corpus, "1850-01-01", "1932-02-28", "1932-02", "1932", "1990-01-01", headline="Peace")
    index()
    EVERYONES.clear()

    found = timeline(ask("war", reader))

    assert [bar.of_all for bar in found.bars] == [1, 1, 0, 1]
    remembered = [each.answer() for each in EVERYONES._known.values()]
    by_day = [kept for kept in remembered if isinstance(kept, dict) and max(kept) > 100_000]
    assert [len(kept) for kept in by_day] == [2, 3]
