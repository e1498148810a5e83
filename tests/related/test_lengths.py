"""How long articles are is found once, and is then the same."""

import numpy as np
import pytest

from articles.related.events.lengths import Lengths
from articles.related.events.numbers import Counted, Numbers
from articles.related.events.weighing import Rarity, lengths_of
from articles.related.store.records import Several

WORDS: tuple[list[int], ...] = ([3, 5, 8], [5], [], [2, 3])


def several(*rows: int, corpora: dict[int, int] | None = None) -> Several:
    """Return some of four articles; all are of corpus 1, unless told."""
    heads = np.zeros(len(rows), np.dtype([("article", "<i8"), ("corpus", "<i8")]))
    heads["article"] = rows
    heads["corpus"] = [(corpora or {}).get(row, 1) for row in rows]
    # Names are as words are.
    words = [WORDS[row] for row in rows for _ in range(2)]
    numbers = np.array([number for each in words for number in each], np.uint32)
    sizes = np.array([len(each) for each in words], np.int64).reshape(-1, 2)
    return Several(heads, Counted(sizes, numbers, np.ones(len(numbers), np.uint8)))


def rare(asked: list[int]) -> Rarity:
    def frequencies(numbers: Numbers) -> np.ndarray:
        asked.append(len(numbers))
        return numbers.astype(np.int32)

    return Rarity(500, frequencies)


def test_they_are_those_of_all_words_whoever_was_asked_before() -> None:
    asked: list[int] = []
    lengths, rarity = Lengths(), rare(asked)
    lengths.of(several(1, 3), np.array([10, 30]), rarity)

    found = lengths.of(several(0, 1, 2, 3), np.array([0, 10, 20, 30]), rarity)

    wanted = lengths_of(several(0, 1, 2, 3).counted, rarity, np.arange(4))
    assert found.tolist() == wanted.tolist()
    assert found[:, 0].tolist() == found[:, 1].tolist()
    assert found[2].tolist() == [0.0, 0.0]


def test_what_is_known_is_not_looked_up_until_it_is_forgotten() -> None:
    asked: list[int] = []
    lengths, rarity = Lengths(), rare(asked)
    first = lengths.of(several(0, 3), np.array([0, 30]), rarity)
    asked.clear()

    assert lengths.of(several(3, 0), np.array([30, 0]), rarity).tolist() == first[::-1].tolist()
    assert asked == []

    lengths.forget()
    lengths.of(several(3), np.array([30]), rarity)
    assert asked == [4]


def test_one_of_another_corpus_is_not_taken_as_it_is_weighed_in_this_one() -> None:
    lengths = Lengths()
    lengths.of(several(0, 1, corpora={1: 2}), np.array([0, 10]), rare([]))

    found = lengths.of(several(1, corpora={1: 2}), np.array([10]), Rarity(7, rare([]).frequencies))

    assert found[0, 0] == pytest.approx(np.log(207 / 5.5))
