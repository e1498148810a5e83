"""Boilerplate is told from wire copy."""

import random
from datetime import date, timedelta

import pytest

from articles.related.matching.boilerplate import Holder, is_boilerplate, long_number
from articles.related.matching.prints import prints
from tests.related.prose import prose

DAY = date(2024, 3, 1)
FOOTER = prose("footer", 50)


def holder(*paragraphs: str, source: int | None = None, day: date | None = DAY) -> Holder:
    folded = " ".join(paragraphs).casefold().replace(".", "").split()
    long_words = frozenset(map(long_number, folded)) - {0}
    return Holder(frozenset(prints(folded)), long_words, source, day)


def test_a_footer_in_articles_that_have_nothing_else_in_common_is_boilerplate() -> None:
    assert is_boilerplate(
        [
            holder(prose(n, 200), FOOTER, source=n, day=DAY + timedelta(days=20 * n))
            for n in range(8)
        ]
    )


def test_a_footer_is_told_where_each_outlet_has_another_line_below_it() -> None:
    articles = [
        holder(
            prose(n, 200),
            FOOTER,
            prose(f"line of {n % 3}", 50),
            source=n % 3,
            day=DAY + timedelta(days=20 * n),
        )
        for n in range(12)
    ]

    assert is_boilerplate(articles)


def test_a_footer_is_told_though_it_is_half_of_the_briefs_above_it() -> None:
    lengths = [60, 60, *[500] * 8]
    articles = [
        holder(prose(n, length), prose("footer", 62), source=1, day=DAY + timedelta(days=20 * n))
        for n, length in enumerate(lengths)
    ]

    assert is_boilerplate(articles)


def test_a_footer_of_one_day_is_told_once_it_is_in_very_many() -> None:
    articles = [holder(prose(n, 200), FOOTER, source=n) for n in range(20)]

    assert is_boilerplate(articles)
    assert not is_boilerplate(articles[:8])


def test_a_passage_that_many_quote_within_days_is_the_finding() -> None:
    wire = prose("wire", 300)
    quoting = [holder(prose(n, 200), " ".join(wire.split()[:60]), source=n) for n in range(8)]

    assert not is_boilerplate([holder(wire, source=n) for n in range(10, 15)] + quoting)


def test_in_few_articles_it_is_not_told_yet() -> None:
    assert not is_boilerplate([holder(prose(n, 200), FOOTER, source=n) for n in range(4)])


def test_what_many_outlets_ran_is_the_finding() -> None:
    assert not is_boilerplate([holder(prose("wire", 300), source=n) for n in range(32)])


def test_what_many_outlets_ran_and_cut_each_in_its_way_is_the_finding() -> None:
    parts = [prose(f"wire-{n}", 60) for n in range(6)]
    cut = [
        holder(*[part for place, part in enumerate(parts) if place != n % 6], source=n)
        for n in range(12)
    ]

    assert not is_boilerplate(cut)


def test_its_lead_that_some_ran_alone_is_the_finding() -> None:
    lead, rest = prose("lead", 60), prose("rest", 300)
    whole = [holder(lead, rest, source=n) for n in range(4)]
    briefs = [holder(lead, source=n) for n in range(4, 12)]

    assert not is_boilerplate(whole + briefs)


def test_background_in_one_outlet_over_many_days_is_boilerplate() -> None:
    matter = prose("matter", 400).split()
    articles = [
        # On one matter: the long words of each are much the same.
        holder(
            " ".join(random.Random(n).sample(matter, len(matter))),  # noqa: S311 -- words
            FOOTER,
            source=1,
            day=DAY + timedelta(days=n),
        )
        for n in range(6)
    ]

    assert is_boilerplate(articles)


def test_a_statement_that_many_quote_within_days_is_the_finding() -> None:
    words = prose("matter", 120).casefold().replace(".", "").split()
    articles = [
        holder(" ".join(words[n % 7 :: 2] + words[n % 5 :: 3]), FOOTER, source=n) for n in range(8)
    ]

    assert not is_boilerplate(articles)


@pytest.mark.parametrize("days", [1, 40])
def test_a_text_that_one_outlet_ran_again_and_again_is_the_finding(days: int) -> None:
    again = [
        holder(prose("notice", 80), source=1, day=DAY + timedelta(days=days * n)) for n in range(10)
    ]

    assert not is_boilerplate(again)
