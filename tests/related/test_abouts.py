"""What articles are about is found the same whoever reads it: held, beside, or out of memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.related.events.about import About
from articles.related.events.events import Alike, Comparing
from articles.related.events.happenings import Manner
from articles.related.events.matter import matter_of
from articles.related.events.profiling import Profile
from articles.related.finding.beside import Beside
from articles.related.finding.reading import Asked, Reading, read_alike
from articles.related.store.prints import Entry, Prints

CORPORA = (1, 2, 3, 4, 5)


@pytest.fixture
def prints(tmp_path: Path) -> Iterator[Prints]:
    opened = Prints(tmp_path)
    opened.put(entry(corpus, number) for corpus in CORPORA for number in (1, 2))
    opened.commit()
    yield opened
    opened.drop()


def entry(corpus: int, number: int) -> Entry:
    # Each corpus meets its words in another order: they have other numbers.
    words = {f"word{(place + corpus) % 20}": 1 + place % 3 for place in range(20)}
    profile = Profile({**words, f"own{number}": 1}, {f"name{corpus}": 2}, (f"Name{corpus}",))
    id_ = 10 * corpus + number
    about = About(id_, corpus, number, "en", None, Manner(), matter_of(corpus, profile))
    return Entry(id_, corpus, (), id_, id_, about, id_)


def found(prints: Prints) -> list[list[Alike]]:
    return [Comparing(10 * corpus + 1).alike(prints.abouts) for corpus in CORPORA]


def test_articles_are_told_of_again_that_are_no_more_in_memory(
    prints: Prints, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = found(prints)
    prints.drop()
    monkeypatch.setattr("articles.related.events.abouts._MOST_TOLD", 1)
    again = Prints(prints.build)

    assert all(len(each) == 1 for each in before)
    assert [found(again) for _ in range(3)] == [before] * 3
    assert len(again.abouts._told) == 1
    again.drop()


def test_one_that_is_held_counts_among_the_words_as_if_it_were_committed(prints: Prints) -> None:
    more = entry(1, 3)
    prints.hold(more)
    held = Comparing(13).alike(prints.abouts)
    prints.commit()

    assert {each.other_id for each in held} == {11, 12}
    assert held == Comparing(13).alike(prints.abouts)


def test_of_those_that_weigh_the_same_the_ones_with_the_lowest_ids_are_near(
    prints: Prints,
) -> None:
    for numbers in (range(40, 20, -1), range(20, 10, -1), range(10, 0, -1)):
        prints.put(entry(9, number) for number in numbers)
        prints.commit()
    article = prints.abouts.read([*prints.abouts.places([105]).items()])

    near = prints.abouts.near(article, days=400, limit=5)

    assert [id_ for id_, _ in near] == [91, 92, 93, 94, 95]


@pytest.mark.parametrize("exactly", [0, 5_000])
def test_a_corpus_that_grows_beside_a_large_one_is_weighed_as_it_is_now(
    prints: Prints, monkeypatch: pytest.MonkeyPatch, exactly: int
) -> None:
    monkeypatch.setattr("articles.related.events.rarities._COUNTED_EXACTLY", exactly)
    prints.put(entry(1, number) for number in range(1_000, 7_000))
    prints.commit()
    before = Comparing(21).alike(prints.abouts)

    for number in range(3, 40):
        prints.put([entry(2, number)])
        prints.commit()
        Comparing(20 + number).alike(prints.abouts)

    again = Reading(prints.build, prints.state)
    now = Comparing(21).alike(prints.abouts)
    assert now == Comparing(21).alike(again.abouts)
    assert now[0].score != pytest.approx(before[0].score, abs=0.01)


def test_a_process_beside_reads_what_was_put_anew(prints: Prints) -> None:
    reading = Reading(prints.build, prints.state)
    before = Comparing(11).alike(reading.abouts)
    changed = About(
        12, 1, 2, "en", None, Manner(), matter_of(1, Profile({"word1": 1, "own1": 1}, {}, ()))
    )
    prints.put([Entry(12, 1, (), 12, 12, changed, 13), entry(1, 3)])
    prints.commit()

    reading.follow(prints.state)

    assert [each.other_id for each in before] == [12]
    assert Comparing(11).alike(reading.abouts) == Comparing(11).alike(prints.abouts) != before


def test_what_was_asked_before_may_be_read_after_what_was_asked_later(prints: Prints) -> None:
    before = prints.state
    prints.put([entry(1, 3)])
    prints.commit()
    reading = Reading(prints.build, prints.state)

    reading.follow(before)

    assert Comparing(11).alike(reading.abouts) == Comparing(11).alike(prints.abouts)


def test_processes_beside_that_know_no_settings_find_what_is_found_here(
    prints: Prints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.related.finding.beside._WORTH_STARTING", 1)
    monkeypatch.setattr("articles.related.finding.beside._AT_ONCE", 3)
    wanted = [Comparing(10 * corpus + 1) for corpus in CORPORA]
    beside = Beside(2)

    there = dict(
        beside.each(
            read_alike,
            {each.article_id: Asked(prints.build, prints.state, each) for each in wanted},
        )
    )

    beside.close()
    assert [*there.values()] == found(prints)
