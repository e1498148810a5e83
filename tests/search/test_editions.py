"""Editions in an answer: lists show each text once, whatever the page; repeats are counted."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tantivy import Query

from articles.search.engine import answers, editions, index
from articles.search.engine.answers import Sort
from articles.search.engine.compiling import Compiler
from articles.search.index.documents import Document
from articles.search.language.query import parse

KEYED = [sort for sort in Sort if sort is not Sort.RELEVANCE]


def document(number: int, day: int, text: int | None, *, word: str = "word") -> Document:
    first = date(2019, 1, 1) + timedelta(days=day)
    return Document(
        id=number,
        corpus_id=1,
        language="en",
        words={"body": word},
        first_day=first,
        last_day=first,
        sort_at=datetime(first.year, first.month, first.day, tzinfo=UTC),
        added=datetime(2024, 1, 1, tzinfo=UTC),
        length=day * 7 % 5,
        has=frozenset({"editions"} if text else set()),
        editions=text,
    )


class Shelf:
    """Articles in an index of their own, in memory."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.index = index.opened(None)
        writer = self.index.writer(15_000_000, 1)
        index.add(writer, documents)
        writer.commit()
        self.index.reload()
        self.searcher, self.schema = self.index.searcher(), self.index.schema

    def query(self, asked: str = "*") -> Query:
        return Compiler(self.schema, self.searcher, frozenset({"en"})).query(parse(asked))

    def order(self, sort: Sort) -> list[int]:
        page = answers.keyed(self.searcher, self.schema, self.query(), sort=sort, limit=1_000)
        return list(page.ids)

    def folded(self, sort: Sort, limit: int, **place: int | None) -> editions.Folded:
        return editions.folded(
            self.searcher, self.schema, self.query(), sort=sort, limit=limit, **place
        )


def once_each(ids: Sequence[int], texts: dict[int, int | None]) -> list[int]:
    """Return the first of each text, as a list that is folded must have it."""
    seen: set[int] = set()
    found = []
    for pk in ids:
        text = texts[pk]
        if text is None or text not in seen:
            found.append(pk)
        if text is not None:
            seen.add(text)
    return found


ROWS = st.lists(
    st.tuples(st.integers(0, 9), st.none() | st.integers(1, 5)), min_size=1, max_size=60
)


@settings(max_examples=40, deadline=None)
@given(ROWS, st.sampled_from(KEYED), st.integers(1, 7))
def test_pages_forwards_and_back_show_each_text_once_in_order(
    rows: list[tuple[int, int | None]], sort: Sort, limit: int
) -> None:
    documents = [document(number, *row) for number, row in enumerate(rows, 1)]
    texts = {each.id: each.editions for each in documents}
    shelf = Shelf(documents)
    wanted = once_each(shelf.order(sort), texts)

    pages = [shelf.folded(sort, limit)]
    while pages[-1].page.more:
        pages.append(shelf.folded(sort, limit, after=pages[-1].page.last))
    back = [pages[-1]]
    while back[0].page.fewer:
        back.insert(0, shelf.folded(sort, limit, before=back[0].page.first))

    assert [pk for each in pages for pk in each.page.ids] == wanted
    assert [pk for each in back for pk in each.page.ids] == wanted
    assert all(len(each.page.ids) == limit for each in pages[:-1])
    counts = Counter(text for text in texts.values() if text)
    further = {pk: more for each in pages for pk, more in each.further.items()}
    assert further == {
        pk: counts[text] - 1
        for pk in wanted
        if (text := texts[pk]) is not None and counts[text] > 1
    }


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_repeats_are_counted_exactly_in_all_and_by_day(
    rows: list[tuple[int, int | None]],
) -> None:
    documents = [document(number, *row) for number, row in enumerate(rows, 1)]
    shelf = Shelf(documents)

    found = editions.repeats(shelf.searcher, shelf.schema, shelf.query())
    by_day = editions.repeats_by(shelf.searcher, shelf.schema, shelf.query(), "day")

    known = [(each.first_day, each.editions) for each in documents if each.editions]
    assert (found.count, found.exact) == (len(known) - len({text for _, text in known}), True)
    wanted = Counter(day.toordinal() for day, _ in known if day)
    wanted.subtract(day.toordinal() for day, _ in set(known) if day)
    assert (dict(by_day.counts), by_day.exact) == (dict(wanted), True)


def test_what_is_too_much_to_tell_apart_is_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf([document(number, 1, number // 2) for number in range(2, 402)])
    few = {"terms": {"field": "editions", "size": 100, "segment_size": 100}}
    monkeypatch.setattr(editions, "_BY_GROUP", few)

    found = editions.repeats(shelf.searcher, shelf.schema, shelf.query())

    assert not found.exact
    assert found.count == pytest.approx(200, abs=10)


def test_a_page_on_which_all_repeats_says_that_the_list_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(editions, "_BATCHES", 2)
    shelf = Shelf([document(number, number, 1) for number in range(1, 101)])

    pages = [shelf.folded(Sort.OLDEST, 2)]
    while pages[-1].page.more:
        pages.append(shelf.folded(Sort.OLDEST, 2, after=pages[-1].page.last))

    assert [pk for each in pages for pk in each.page.ids] == [1]
    assert pages[0].further == {1: 99}
    places = [each.page.last for each in pages]
    assert all(one < other for one, other in pairwise(places) if one and other)
