"""Who has which words and prints is told as it would be by looking at every article."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.related.events.matter import Matter
from articles.related.store import lookup as looking
from articles.related.store import nearest, postings
from articles.related.store.lookup import Lookup
from articles.related.store.nearest import Asked
from articles.related.store.records import FILE, Head, Records, gone, packed
from articles.related.store.segments import Known as Rows
from articles.related.store.writing import Writing
from articles.search.engine.faults import BrokenIndexError

DAYS = (0, 1, 5, 100, 101, 400, 900)


@dataclass(frozen=True)
class Known:
    """An article as the log has it; its words are small numbers, and so are its prints."""

    id: int
    corpus: int
    day: int
    text: int
    words: tuple[int, ...]
    prints: tuple[int, ...]

    def record(self) -> bytes:
        numbers = np.array(self.words, np.uint32).tobytes()
        matter = Matter(len(self.words), 0, numbers, bytes(len(self.words)), b"told", b"")
        head = Head(
            self.id, self.corpus, 0, self.text, key=-self.id % 7, seal=self.id, day=self.day,
            language=0, manner=0,
        )  # fmt: skip
        return packed(head, matter, self.prints)


# The last ones are where postings are parted.
EVERY = (*range(1, 14), (1 << 31) - 1, 1 << 31, (1 << 32) - 1)
NUMBERS = st.lists(st.sampled_from(EVERY), max_size=8, unique=True).map(sorted).map(tuple)
KNOWN = st.builds(
    Known,
    id=st.integers(1, 14),
    corpus=st.integers(1, 2),
    day=st.sampled_from(DAYS),
    text=st.integers(1, 3).map(lambda number: number << 33 | 7),
    words=NUMBERS,
    prints=NUMBERS,
)
# Articles that come, ids that go, all together in some steps; some are merged, and opened again.
STEPS = st.lists(
    st.tuples(
        st.lists(st.one_of(KNOWN, st.integers(1, 14)), max_size=12),
        st.sampled_from(["", "merge", "open"]),
    ),
    max_size=8,
)


@dataclass
class Kept:
    """A log and who looks articles up in it, beside all articles as they are."""

    build: Path
    records: Writing = field(init=False)
    lookup: Lookup = field(init=False)
    articles: dict[int, Known] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        self.records = Writing(self.build)
        self.lookup = Lookup(self.build, self.records, end=self.records.end, writes=True)

    def add(self, *changes: Known | int) -> None:
        for each in changes:
            if isinstance(each, int):
                self.records.add(gone(each))
                self.articles.pop(each, None)
            else:
                self.records.add(each.record())
                self.articles[each.id] = each
        self.records.commit()
        self.lookup.follow(self.records.end)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path)
    yield made
    made.records.close()


def ids(known: Rows) -> list[int]:
    return sorted(known["article"].tolist())


def agree(lookup: Lookup, articles: dict[int, Known]) -> None:
    """See that what is looked up is what all articles say."""
    some = list(articles.values())
    assert len(lookup) == len(some)
    assert ids(lookup.find(range(16))) == sorted(articles)
    assert lookup.bytes_in_use == sum(len(each.record()) for each in some)
    assert lookup.words(np.array(EVERY, np.uint32)).tolist() == [
        sum(word in each.words for each in some) for word in EVERY
    ]
    for corpus in (1, 2, 3):
        here = [each for each in some if each.corpus == corpus]
        assert lookup.articles_of(corpus) == len(here)
        assert lookup.prints(corpus, EVERY).tolist() == [
            sum(print_ in each.prints for each in here) for print_ in EVERY
        ]
        holders, which = lookup.holders(corpus, (5, 7, 11))
        assert sorted(zip(which.tolist(), holders["article"].tolist(), strict=True)) == sorted(
            (at, each.id)
            for at, print_ in enumerate((5, 7, 11))
            for each in here
            if print_ in each.prints
        )
        known, shared = lookup.sharing(corpus, (2, 3, 5, 7))
        found = dict(zip(known["article"].tolist(), shared.tolist(), strict=True))
        both = {each.id: len({2, 3, 5, 7} & set(each.prints)) for each in here}
        assert found == {id_: number for id_, number in both.items() if number}
    for text in {each.text for each in some}:
        assert ids(lookup.copies(text)) == sorted(each.id for each in some if each.text == text)
    weights = {2: 1.0, 3: 0.5, 5: 0.25, 11: 2.0}
    for day in (0, 1, 100, 401):
        weighed = {
            each.id: sum(weights.get(word, 0.0) for word in each.words)
            for each in some
            if not day or not each.day or abs(each.day - day) <= 300
            if len(weights.keys() & set(each.words)) >= 2
        }
        heavy = sorted((-weight, id_) for id_, weight in weighed.items() if weight >= 0.75)
        asked = Asked(
            np.array([*weights], np.uint32), np.array([*weights.values()]), day=day, days=300
        )
        for limit in (3, 20):
            near = lookup.near(asked, least=0.75, least_words=2, limit=limit)
            assert near["article"].tolist() == [id_ for _, id_ in heavy[:limit]]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.differing_executors])
@given(steps=STEPS, sparse=st.booleans())
def test_what_is_looked_up_is_what_all_articles_say(
    steps: list[tuple[list[Known | int], str]], *, sparse: bool
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(looking, "_AT_ONCE", 5)
        patch.setattr(nearest, "_SPARSE", 0 if sparse else 30)
        patch.setattr(postings, "_AT_ONCE", 9)
        kept = Kept(Path(folder))
        for changes, what in steps:
            kept.add(*changes)
            if what == "merge":
                kept.lookup.merge(always=True)
            if what == "open":
                kept.records.close()
                kept.open()
            agree(kept.lookup, kept.articles)
        beside = Lookup(kept.build, Records(kept.build), end=kept.records.end)
        agree(beside, kept.articles)
        kept.records.close()


def article(number: int, words: tuple[int, ...] = (1, 2)) -> Known:
    return Known(number, 1, 100, 1 << 33 | number, words, (number + 20,))


def test_many_that_come_at_once_are_merged_on_disk_and_nothing_else_is_left(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_LONG", 100)
    monkeypatch.setattr(looking, "_PART", 4)
    many = [article(number, (number, number + 1)) for number in range(1, 15)]

    kept.add(*many)

    agree(kept.lookup, kept.articles)
    assert kept.lookup.state == (kept.records.end, kept.records.end)
    assert [each.name for each in kept.build.glob("[a-z]*-*")] == [f"segment-{kept.records.end}"]


def test_all_are_merged_once_many_are_in_memory_or_stand_no_more(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_MOST", 5)
    kept.add(*(article(number) for number in range(1, 7)))
    first = kept.lookup.merge()
    kept.add(*(article(number) for number in range(1, 6)))
    second = kept.lookup.merge()
    kept.add(6, *range(1, 6))

    assert (first, second, kept.lookup.merge()) == (True, False, True)
    agree(kept.lookup, {})


def test_who_reads_beside_goes_on_with_what_was_merged(kept: Kept) -> None:
    kept.add(article(1), article(2))
    beside = Lookup(kept.build, Records(kept.build), end=kept.records.end)
    kept.add(article(3), 1)
    kept.lookup.merge(always=True)
    kept.add(article(4))

    beside.follow(kept.records.end)

    agree(beside, kept.articles)


@pytest.mark.parametrize("name", ["known", "words.rows", "prints.numbers", "texts.starts"])
def test_a_segment_of_which_a_file_is_damaged_or_gone_is_told(kept: Kept, name: str) -> None:
    kept.add(article(1), article(2))
    kept.lookup.merge(always=True)
    (folder,) = kept.build.glob("segment-*")
    whole = (folder / name).read_bytes()

    (folder / name).write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
    with pytest.raises(BrokenIndexError, match="damaged"):
        kept.lookup.verify()
    (folder / name).write_bytes(whole[4:])
    with pytest.raises(BrokenIndexError):
        Lookup(kept.build, kept.records, end=kept.records.end)
    (folder / name).unlink()
    with pytest.raises(BrokenIndexError):
        Lookup(kept.build, kept.records, end=kept.records.end)


@pytest.mark.parametrize("told", ["{}", "null", "[]", '{"known": 3}', "{"])
def test_a_segment_that_does_not_say_what_it_has_is_made_anew_from_the_log(
    kept: Kept, told: str
) -> None:
    kept.add(article(1), article(2))
    kept.lookup.merge(always=True)
    (folder,) = kept.build.glob("segment-*")
    (folder / "whole.json").write_text(told)
    kept.records.close()

    with pytest.raises(BrokenIndexError):
        Lookup(kept.build, Records(kept.build), end=kept.lookup.state[1])
    kept.open()

    agree(kept.lookup, kept.articles)
    assert not folder.exists()


def test_a_segment_that_tells_of_more_than_the_log_has_is_told(kept: Kept) -> None:
    kept.add(article(1))
    end = kept.records.end
    kept.add(article(2))
    kept.lookup.merge(always=True)

    with pytest.raises(BrokenIndexError):
        Lookup(kept.build, kept.records, end=end, writes=True)


def test_who_only_reads_knows_what_was_merged_since_it_was_asked(kept: Kept) -> None:
    kept.add(article(1))
    end = kept.records.end
    before = Lookup(kept.build, kept.records, end=end)
    kept.add(article(2))
    kept.lookup.merge(always=True)

    before.follow(end)

    agree(before, kept.articles)
    agree(Lookup(kept.build, kept.records, end=end), kept.articles)


def test_a_record_that_is_another_articles_is_told(kept: Kept) -> None:
    kept.add(article(1))
    kept.lookup.merge(always=True)
    other = article(2).record()
    (kept.build / FILE).write_bytes(other)

    with pytest.raises(BrokenIndexError, match="damaged"):
        kept.lookup.verify()


@pytest.mark.parametrize("left", ["segment-1", "segment-9999.made", "part-3"])
def test_what_is_left_of_other_segments_goes_when_the_log_is_opened(kept: Kept, left: str) -> None:
    kept.add(article(1), article(2))
    kept.lookup.merge(always=True)
    (kept.build / left).mkdir()
    kept.lookup.verify()
    kept.records.close()

    kept.open()

    agree(kept.lookup, kept.articles)
    assert [each.name for each in kept.build.glob("[a-z]*-*")] == [f"segment-{kept.records.end}"]


def test_a_segment_that_was_not_written_to_its_end_is_none(kept: Kept) -> None:
    kept.add(article(1), article(2))
    (kept.build / f"segment-{kept.records.end}.made").mkdir()
    kept.records.close()

    kept.open()

    agree(kept.lookup, kept.articles)
    kept.lookup.merge(always=True)
    assert [each.name for each in kept.build.glob("[a-z]*-*")] == [f"segment-{kept.records.end}"]
