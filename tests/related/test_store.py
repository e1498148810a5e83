"""Prints are kept, and looked up, within one corpus."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from articles.related.store.prints import Entry, Prints
from articles.related.store.segments import mixed


@pytest.fixture
def prints(tmp_path: Path) -> Iterator[Prints]:
    opened = Prints(tmp_path)
    yield opened
    opened.drop()


def entry(article_id: int, *marks: int, corpus: int = 1, text: int | None = None) -> Entry:
    return Entry(article_id, corpus, marks, text or article_id, article_id)


def frequency(prints: Prints, corpus: int, mark: int) -> int:
    return prints.frequencies(corpus, [mark])[mark]


MANY = tuple(range(100, 120))


def test_who_shares_most_comes_first(prints: Prints) -> None:
    prints.put([entry(1, *MANY), entry(2, *MANY[:5]), entry(3, *MANY[:10]), entry(4, MANY[0])])
    prints.commit()

    hits = prints.alike(1, MANY, least=2, limit=10)

    assert [(hit.article_id, hit.shared) for hit in hits] == [(1, 20), (3, 10), (2, 5)]


def test_corpora_do_not_meet(prints: Prints) -> None:
    prints.put([entry(1, *MANY), entry(2, *MANY, corpus=2)])
    prints.commit()

    assert [hit.article_id for hit in prints.alike(2, MANY, least=2, limit=10)] == [2]
    assert frequency(prints, 1, MANY[0]) == frequency(prints, 2, MANY[0]) == 1
    assert frequency(prints, 3, MANY[0]) == 0


def test_a_print_that_two_corpora_have_as_one_number_brings_no_article_of_the_other(
    prints: Prints,
) -> None:
    both = int(mixed(np.array([1]))[0] ^ mixed(np.array([2]))[0])
    prints.put([entry(1, 5, 6), entry(2, 5 ^ both, 6 ^ both, corpus=2)])
    prints.commit()

    assert prints.holders(1, [5], limit=10)[5] == (1,)
    assert [hit.article_id for hit in prints.alike(1, (5, 6), least=2, limit=10)] == [1]


def test_copies_are_left_out_and_found_apart(prints: Prints) -> None:
    prints.put([entry(1, *MANY, text=7), entry(2, *MANY, text=7), entry(3, *MANY)])
    prints.commit()

    assert [hit.article_id for hit in prints.alike(1, MANY, least=2, limit=10, but=7)] == [3]
    assert prints.copies(1, 7, limit=10) == [1, 2]
    assert prints.copies(2, 7, limit=10) == []


def test_those_with_few_prints_are_asked_for_apart(prints: Prints) -> None:
    prints.put([entry(1, *MANY), entry(2, *MANY[:3])])
    prints.commit()

    hits = prints.alike(1, MANY, least=1, limit=10, few=True)

    assert [(hit.article_id, hit.shared) for hit in hits] == [(2, 3)]


def test_what_is_put_again_replaces_what_was_known(prints: Prints) -> None:
    prints.put([entry(1, *MANY), entry(2, *MANY)])
    prints.commit()
    prints.put([entry(1, 1, 2, 3)], without=[2])
    prints.commit()

    assert prints.alike(1, MANY, least=1, limit=10) == []
    assert [hit.article_id for hit in prints.alike(1, (1, 2), least=2, limit=10)] == [1]
    assert prints.articles() == 1


def test_of_many_holders_the_same_are_looked_at_whatever_came_first(tmp_path: Path) -> None:
    entries = [Entry(n, 1, (5,), n, 1_000 - n) for n in range(1, 5)]
    found = set()
    for number, order in enumerate(permutations(entries)):
        folder = tmp_path / str(number)
        folder.mkdir()
        prints = Prints(folder)
        for each in order:
            prints.put([each])
            prints.commit()
        found.add(prints.holders(1, [5], limit=2)[5])
        prints.drop()

    assert found == {(4, 3)}


def test_it_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    prints = Prints(tmp_path)
    prints.put([entry(1, *MANY)])
    prints.commit()
    prints.put([entry(2, *MANY)])
    prints.drop()
    del prints

    again = Prints(tmp_path)

    assert [hit.article_id for hit in again.alike(1, MANY, least=2, limit=10)] == [1]
    again.drop()


def test_ten_thousand_prints_are_looked_up_at_once(prints: Prints) -> None:
    many = tuple(range(10_000))
    prints.put([entry(1, *many), entry(2, *many[5_000:5_010])])
    prints.commit()

    hits = prints.alike(1, many, least=2, limit=10)

    assert [(hit.article_id, hit.shared) for hit in hits] == [(1, 10_000), (2, 10)]


def _answers(prints: Prints) -> list[object]:
    """Return what is told of articles with prints 100 to 109."""
    return [
        [frequency(prints, 1, mark) for mark in (5, 100, 109, 110)],
        [frequency(prints, 2, mark) for mark in (5, 100)],
        prints.holders(1, [100], limit=3)[100],
        prints.holders(1, [105], limit=10)[105],
        prints.holders(1, [5], limit=10)[5],
        prints.holders(2, [100], limit=10)[100],
        prints.copies(1, 70, limit=2),
        prints.copies(1, 70, limit=10),
        prints.copies(1, 4, limit=10),
        prints.copies(2, 70, limit=10),
        prints.seals([1, 2, 9]),
        prints.alike(1, tuple(range(100, 110)), least=2, limit=10, but=70),
    ]


@pytest.mark.parametrize("key", [0, 1, 2, 3, 9])
def test_one_that_is_held_is_found_as_if_it_were_committed(prints: Prints, key: int) -> None:
    marks = tuple(range(100, 110))
    known = [Entry(n, 1, marks, text, n, seal=n) for n, text in ((1, 70), (2, 70), (3, 71))]
    prints.put([*known, entry(4, *marks, corpus=2, text=70)])
    prints.commit()

    prints.hold(Entry(9, 1, (5, *marks), 70, key, seal=90))
    held, was_owed = _answers(prints), prints.is_owed
    prints.commit()

    assert was_owed
    assert not prints.is_owed
    assert held == _answers(prints)
    assert prints.copies(1, 70, limit=10) == sorted((1, 2, 9), key=lambda n: key if n == 9 else n)


def test_one_that_is_held_is_lost_if_it_is_not_committed(prints: Prints, tmp_path: Path) -> None:
    prints.hold(entry(1, *MANY))
    assert frequency(prints, 1, MANY[0]) == 1
    prints.drop()

    again = Prints(tmp_path)

    assert frequency(again, 1, MANY[0]) == 0
    again.drop()


def test_one_that_is_held_is_there_once_if_it_changes_before_it_is_committed(
    prints: Prints,
) -> None:
    prints.hold(entry(1, *MANY))
    prints.put([entry(1, *MANY[:5])])
    prints.commit()

    assert prints.articles() == 1
    assert prints.holders(1, [MANY[0]], limit=10)[MANY[0]] == (1,)
    assert prints.holders(1, [MANY[5]], limit=10)[MANY[5]] == ()
