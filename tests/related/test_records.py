"""Records of what articles are about: read as they were written, many at once, or told broken."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.related.events.matter import matter_of
from articles.related.events.numbers import counted
from articles.related.events.profiling import Profile
from articles.related.store.records import FILE, Head, packed
from articles.related.store.writing import COMMITTED, Writing
from articles.search.engine.faults import BrokenIndexError, IndexLockedError, IndexRefusedError

COUNTS = st.dictionaries(st.text(max_size=8), st.integers(1, 400), max_size=40)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Writing]:
    opened = Writing(tmp_path)
    yield opened
    opened.close()


def record(article: int, words: dict[str, int], names: dict[str, int]) -> bytes:
    prints = range(article)
    head = Head(
        article=article, corpus=1, source=0, text=1 << 43, key=5, seal=6, day=-3, language=0,
        manner=0,
    )  # fmt: skip
    matter = matter_of(1, Profile(words, names, ()), range(2 * article))
    return packed(head, matter, prints)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(articles=st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=8), data=st.data())
def test_what_is_written_is_read_in_any_order(
    records: Writing, articles: list[tuple[dict[str, int], dict[str, int]]], data: st.DataObject
) -> None:
    places = [records.add(record(number, *each)) for number, each in enumerate(articles)]
    order = data.draw(st.lists(st.integers(0, len(articles) - 1), min_size=1, max_size=12))

    some = records.at([places[number] for number in order])

    assert some.heads["article"].tolist() == order
    assert set(some.heads["text"].tolist()) == {1 << 43}
    assert set(some.heads["day"].tolist()) == {-3}
    expected = counted(1, *(articles[number] for number in order))
    assert some.counted.sizes.tolist() == expected.sizes.tolist()
    assert some.counted.numbers.tolist() == expected.numbers.tolist()
    assert some.counted.times.tolist() == expected.times.tolist()
    marks = list(records.marks([places[number] for number in order]))
    assert [int(head["article"]) for head, _, _ in marks] == order
    assert [prints for _, prints, _ in marks] == [frozenset(range(number)) for number in order]
    assert [long for _, _, long in marks] == [frozenset(range(2 * number)) for number in order]
    assert int(records.looked(places).sizes.sum()) * 4 == records.size - places[0] * 4
    assert records.faults(places) == 0


def test_records_are_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    first = Writing(tmp_path)
    place = first.add(record(1, {"quake": 2}, {}))
    first.commit()
    first.close()
    # As a crash leaves it: part of a record.
    with (tmp_path / FILE).open("ab") as file:
        file.write(b"xyz")

    again = Writing(tmp_path)
    later = again.add(record(2, {}, {"valdora": 1}))

    assert again.at([later, place]).heads["article"].tolist() == [2, 1]
    again.close()


@pytest.mark.parametrize("place", [1, 5_000, 1 << 40])
def test_a_place_without_a_record_is_told(records: Writing, place: int) -> None:
    records.add(record(1, {f"word{number}": 1 for number in range(60)}, {}))

    with pytest.raises(BrokenIndexError):
        records.at([place])
    assert records.faults([0, place]) == 1


def test_of_no_places_nothing_is_read_though_there_is_no_record(records: Writing) -> None:
    assert len(records.at([])) == 0
    assert list(records.marks([])) == []


def test_a_record_of_which_a_byte_is_another_is_told(tmp_path: Path, records: Writing) -> None:
    places = [records.add(record(number, {"quake": 2, "sea": 1}, {"li": 1})) for number in (1, 2)]
    records.commit()
    whole = bytearray((tmp_path / FILE).read_bytes())
    whole[records.size - 8] ^= 1
    (tmp_path / FILE).write_bytes(whole)

    assert records.faults(places) == 1


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises((BrokenIndexError, IndexRefusedError)):
        Writing(tmp_path / "nowhere")


def test_what_a_kill_leaves_behind_what_was_committed_is_kept_if_it_is_whole(
    tmp_path: Path, records: Writing
) -> None:
    first = records.add(record(1, {"quake": 2}, {}))
    records.commit()
    second = records.add(record(2, {"sea": 1}, {}))
    records.flush()
    # As the disk is when the process is killed.
    killed = tmp_path / "killed"
    shutil.copytree(tmp_path, killed)
    with (killed / FILE).open("ab") as file:
        file.write(record(3, {}, {})[:-4])

    again = Writing(killed)

    assert again.articles([first, second]).tolist() == [1, 2]
    assert again.size == records.size
    assert (killed / COMMITTED).read_bytes() == again.size.to_bytes(8, "little")
    again.close()
    assert (killed / FILE).stat().st_size == again.size


def test_who_has_the_log_in_sight_sees_what_is_added_for_some_time(records: Writing) -> None:
    first = records.add(record(1, {"quake": 2}, {}))
    records.at([first])
    seen = records._units
    places = [records.add(record(number, {"sea": number}, {})) for number in (2, 3)]

    assert records.at(places).heads["article"].tolist() == [2, 3]
    assert records._units is seen
    assert list(records.walk(0, records.end)) == [first, *places]


@pytest.mark.parametrize("noted", [b"", b"abc", b"\xff" * 8])
def test_a_log_of_which_it_is_not_known_how_much_was_committed_is_told(
    tmp_path: Path, records: Writing, noted: bytes
) -> None:
    records.add(record(1, {"quake": 2}, {}))
    records.commit()
    records.close()
    (tmp_path / COMMITTED).write_bytes(noted)

    with pytest.raises(BrokenIndexError):
        Writing(tmp_path)
    (tmp_path / COMMITTED).write_bytes(records.size.to_bytes(8, "little"))
    Writing(tmp_path).close()


def test_a_log_that_is_gone_is_told(tmp_path: Path, records: Writing) -> None:
    records.close()
    (tmp_path / FILE).unlink()

    with pytest.raises(BrokenIndexError):
        Writing(tmp_path)


def test_a_log_has_one_writer(tmp_path: Path, records: Writing) -> None:
    assert records.size == 0

    with pytest.raises(IndexLockedError):
        Writing(tmp_path)
