"""Questions side by side: one axis, one table, and what they share."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, User

from articles.models import Corpus
from articles.search.asking import ask
from articles.search.comparing import BY, Comparison, compare
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from articles.search.timeline import Zoom
from tests.factories import make_article, make_member, make_person, make_source

type Index = Callable[[], int]


@pytest.fixture
def reader(corpus: Corpus) -> User:
    """Return someone who may read the corpus."""
    return make_member(corpus)


@pytest.fixture
def world(corpus: Corpus, index: Index) -> Corpus:
    """Articles on war, peace and both, of three outlets and one unknown."""
    gazette, post = make_source(corpus, "Gazette"), make_source(corpus, "Post")
    for headline, year, source in [
        ("War", 1932, gazette),
        ("War", 1932, post),
        ("War and peace", 1934, gazette),
        ("War, peace, harbour", 1936, None),
        ("Peace", 1933, post),
        ("Peace", None, post),
        ("Harbour", 1940, make_source(corpus, "Herald")),
    ]:
        published = date(year, 5, 1) if year else None
        make_article(
            corpus,
            headline=headline,
            paragraphs=("No more.",),
            source=source,
            published=published,
            agencies=("AP",) if year == 1932 else (),
            people=(make_person(corpus, "Jane Doe"),) if year == 1940 else (),
            section="World",
        )
    index()
    return corpus


def totals(found: Comparison) -> Sequence[int]:
    return [each.total for each in found.queries]


@pytest.mark.usefixtures("world")
def test_each_is_counted_on_one_axis(reader: User) -> None:
    found = compare(["war", "peace"], reader, zoom="year")

    assert totals(found) == [4, 4]
    assert found.zoom is Zoom.YEAR
    years = [[bar.start.year for bar in each.bars] for each in found.queries]
    assert years == [[1932, 1933, 1934, 1935, 1936]] * 2
    assert [bar.count for bar in found.queries[0].bars] == [2, 0, 1, 0, 1]
    assert [bar.count for bar in found.queries[1].bars] == [0, 1, 1, 0, 1]
    assert [bar.of_all for bar in found.queries[1].bars] == [2, 1, 1, 0, 1]
    assert [each.undated for each in found.queries] == [0, 1]
    assert [each.not_drawn for each in found.queries] == [0, 0]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("by", BY)
def test_every_number_lists_what_it_counts(reader: User, by: str) -> None:
    queries = ["war", "source:gazette OR peace", "harbour section:world", '"no more"']

    found = compare(queries, reader, by=by)
    assert found.rows or by in {"lang", "place"}
    for row in found.rows:
        for cell, each in zip(row.cells, found.queries, strict=True):
            assert cell is not None
            assert ask(cell.query, reader).total() == cell.count
            assert cell.share == cell.count / each.total
    assert len(found.shared) == 6 + 1
    for shared in found.shared:
        assert ask(shared.query, reader).total() == shared.count


@pytest.mark.usefixtures("world")
def test_it_is_told_who_covers_which_more_and_what_is_shared(reader: User) -> None:
    found = compare(["war", "peace", "harbour"], reader)

    rows = {row.label: [cell.count for cell in row.cells if cell] for row in found.rows}
    assert rows == {
        "Gazette": [2, 1, 0],
        "Post": [1, 2, 0],
        "Herald": [0, 0, 1],
        "No source": [1, 1, 1],
    }
    shared = [(tuple(each.of), each.count) for each in found.shared]
    assert shared == [((0, 1), 2), ((0, 2), 1), ((1, 2), 1), ((0, 1, 2), 1)]


@pytest.mark.usefixtures("world")
def test_outlets_are_set_side_by_side_without_the_others(reader: User) -> None:
    found = compare(["source:gazette", "-source:gazette peace", "has:source harbour"], reader)

    rows = [
        (row.label, row.of_all, [cell.count for cell in row.cells if cell]) for row in found.rows
    ]
    assert rows == [
        ("Gazette", 2, [2, 0, 0]),
        ("Post", 2, [0, 2, 0]),
        ("Herald", 1, [0, 0, 1]),
        ("No source", 1, [0, 1, 0]),
    ]


@pytest.mark.usefixtures("world")
def test_a_broken_one_does_not_hide_the_others(reader: User) -> None:
    found = compare(["war", "(peace", "harbour", "nul\0"], reader)

    assert totals(found) == [4, 0, 2, 0]
    fault = found.queries[1].error
    assert isinstance(fault, QueryError)
    assert (fault.position, fault.meant) == (0, "(peace)")
    assert isinstance(found.queries[3].error, QueryError)
    assert [tuple(each.of) for each in found.shared] == [(0, 2)]
    assert all(row.cells[1] is None for row in found.rows)


@pytest.mark.usefixtures("world")
def test_one_of_more_names_than_can_be_looked_up_is_refused(reader: User) -> None:
    names = " OR ".join(f'source:"Paper {number}"' for number in range(501))

    found = compare(["war", names], reader)

    assert totals(found) == [4, 0]
    assert "at most 500 names" in str(found.queries[1].error)


@pytest.mark.usefixtures("world")
def test_where_all_are_broken_there_is_nothing_else(reader: User) -> None:
    found = compare(["(", '"'], reader)

    assert all(each.error for each in found.queries)
    assert not found.rows
    assert not found.shared


@pytest.mark.usefixtures("world")
def test_a_stranger_compares_nothing(world: Corpus) -> None:
    found = compare(["war", "peace"], AnonymousUser())

    assert world.name
    assert totals(found) == [0, 0]
    assert not found.rows
    assert [each.count for each in found.shared] == [0]


def test_what_there_is_none_of_is_refused(reader: User, index: Index) -> None:
    with pytest.raises(IndexMissingError):
        compare(["war", "peace"], reader)
    index()
    for given in ({"zoom": "week"}, {"by": "password"}):
        with pytest.raises(ValueError, match=next(iter(given.values()))):
            compare(["war", "peace"], reader, **given)
    with pytest.raises(ValueError, match="6"):
        compare(["war"] * 6, reader)
