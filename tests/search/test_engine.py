"""The engine finds what the yardstick says matches: the conformance suite of the language.

Any engine must pass it. The articles are small enough that each answer can be checked by eye.
"""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.documents import Document
from articles.search.engine import answers
from articles.search.engine import index as engine
from articles.search.engine.answers import Sort
from articles.search.engine.compiling import Compiler
from articles.search.errors import QueryError
from articles.search.matching import matches
from articles.search.query import parse

WORDS = [
    "camp",
    "camps",
    "Camp",
    "US",
    "us",
    "minister",
    "ministers",
    "said",
    "says",
    "Ürümqi",
    "新疆",
    "follow",
    "up",
    "follow-up",
    "president",
    "the",
    "in",
    "a",
]
TYPED = st.sampled_from(
    [
        "camp", "camps", "=camp", "=Camp", "US", "=US", "=us", "minist*", "c?mps", "minster~1",
        "urumqi", "新疆", "follow-up", "follow", "said", "the", "president",
    ]
)  # fmt: skip
SMALL = st.integers(0, 3)
QUESTIONS = st.one_of(
    TYPED,
    st.builds('"{} {}"'.format, TYPED, TYPED),
    st.builds('"{} {}"~{}'.format, TYPED, TYPED, st.integers(1, 3)),
    st.builds('"{} ({} OR {}) {}"'.format, TYPED, TYPED, TYPED, TYPED),
    st.builds("{} NEAR/{} {}".format, TYPED, SMALL, TYPED),
    st.builds("{} PRE/{} {}".format, TYPED, SMALL, TYPED),
    st.builds('({} OR "{} {}") NEAR/{} {}'.format, TYPED, TYPED, TYPED, SMALL, TYPED),
    st.builds('"{} {} {}"~{}'.format, TYPED, TYPED, TYPED, st.integers(1, 2)),
)


class Shelf:
    """An index in memory."""

    def __init__(self, documents: list[Document]) -> None:
        self.index = engine.opened(None)
        writer = self.index.writer(30_000_000, 1)
        engine.write(writer, documents)
        writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()
        self.compiler = Compiler(self.index.schema, self.searcher, frozenset({"en", "de", None}))

    def find(self, query: str, sort: Sort = Sort.OLDEST) -> list[int]:
        """Return all ids of an answer, page by page."""
        compiled = self.compiler.query(parse(query))
        if sort is Sort.RELEVANCE:
            rows = answers.ranked(self.searcher, compiled, start=0, limit=1_000)
            return [id_ for _, id_, _ in rows]
        found: list[int] = []
        after = None
        while True:
            page = answers.keyed(
                self.searcher, self.index.schema, compiled, sort=sort, limit=7, after=after
            )
            found += page.ids
            after = page.last
            if not page.more:
                assert answers.count(self.searcher, compiled) == len(found)
                return found


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Return every short sequence of a few words, and longer ones made of them."""
    return [
        " ".join(WORDS[(start + step * place) % len(WORDS)] for place in range(length))
        for start in range(len(WORDS))
        for step in (1, 2, 3, 5)
        for length in (1, 2, 4, 7)
    ]


@pytest.fixture(scope="module")
def bodies(texts: list[str]) -> Shelf:
    """Return an index of the texts, numbered from 1."""
    return Shelf(
        [Document(number, 1, "en", {"body": text}) for number, text in enumerate(texts, 1)]
    )


@settings(deadline=None)
@given(QUESTIONS)
def test_an_engine_finds_what_matches_and_nothing_else(
    bodies: Shelf, texts: list[str], query: str
) -> None:
    tree = parse(query)
    expected = [n for n, text in enumerate(texts, 1) if matches(tree, text, language="en")]

    try:
        found = bodies.find(query)
    except QueryError:
        # Too much to spell out: refused, never half answered.
        found = expected

    assert found == expected


def day(number: int) -> date:
    """Return a day of March 2019."""
    return date(2019, 3, number)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """Return seven articles, each answer about which can be told by eye."""
    at = datetime(2019, 3, 1, tzinfo=UTC)
    return Shelf(
        [
            Document(
                1, 1, "en", {"headline": "Harbour bridge opens", "body": "Crowds came."},
                {"source": ("10",), "agency": ("Reuters",), "section": ("World News",)},
                day(1), day(1), None, at, 800, 0, frozenset({"date"}),
            ),
            Document(
                2, 1, "en", {"headline": "Crowds", "body": "The harbour bridge opened."},
                {"source": ("10", "11"), "section": ("Sport",)},
                day(2), day(2), None, at.replace(day=2), 300, 2, frozenset({"date"}),
                frozenset({"edited"}),
            ),
            Document(
                3, 1, "de", {"body": "Die Kinder der Brücke"}, {"lang": ("de",)},
                date(2019, 3, 1), date(2019, 3, 31), day(9), at.replace(day=3), 500,
            ),
            Document(4, 1, "en", {"body": "Undated bridges"}, {}, is_=frozenset({"undated"})),
            Document(
                5, 2, "en", {"headline": "Bridge", "caption": "A harbour at night"}, {},
                date(2018, 1, 1), date(2018, 12, 31), None, at.replace(year=2018), 0,
            ),
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", [4, 5, 1, 2, 3]),
        ("bridge", [4, 5, 1, 2]),
        ("harbour bridge", [5, 1, 2]),
        ('"harbour bridge"', [1, 2]),
        ("headline:bridge", [5, 1]),
        ("headline:(bridge crowds)", []),
        ("body:bridge", [4, 2]),
        ("bridge -harbour", [4]),
        ("bridge OR kind", [4, 5, 1, 2, 3]),
        ("-bridge", [3]),
        ("NOT (bridge OR kinder)", []),
        ('section:"world news"', [1]),
        ("section:w*", [1]),
        ("agency:reuters", [1]),
        ("source:10", [1, 2]),
        ("lang:de", [3]),
        ("date:2019-03-02", [2, 3]),
        ("date:2019-03", [1, 2, 3]),
        ("date:2018-06..2019-03-01", [5, 1, 3]),
        ("date:<2019", [5]),
        ("date:>2019-03-01", [2, 3]),
        ("updated:2019-03", [3]),
        ("length:>400", [1, 3]),
        ("length:300..500", [2, 3]),
        ("edits:>0", [2]),
        ("is:undated", [4]),
        ("has:date -is:edited", [1]),
        ("brucke", [3]),
        ("kind", [3]),
        ("*", [4, 5, 1, 2, 3]),
    ],
)
def test_each_part_of_the_language_finds_its_articles(
    shelf: Shelf, query: str, ids: list[int]
) -> None:
    assert shelf.find(query) == ids


def test_every_order_lists_all_of_an_answer_once(shelf: Shelf) -> None:
    for sort in Sort:
        assert sorted(shelf.find("bridge", sort)) == [1, 2, 4, 5]
    assert shelf.find("bridge", Sort.NEWEST) == [2, 1, 5, 4]
    assert shelf.find("bridge", Sort.LONGEST) == [1, 2, 5, 4]


def test_a_word_in_the_headline_weighs_more(shelf: Shelf) -> None:
    assert shelf.find("crowds", Sort.RELEVANCE) == [2, 1]


def test_facets_are_counted_as_the_answer_is(shelf: Shelf) -> None:
    query = shelf.compiler.query(parse("bridge"))

    found = answers.facets(shelf.searcher, shelf.index.schema, query, ["source", "section"], 1)

    assert found["source"].values == [("10", 2)]
    assert found["source"].others == 1
    assert found["section"].others == 1


def test_time_is_charted_at_each_zoom_by_what_is_known(shelf: Shelf) -> None:
    query = shelf.compiler.query(parse(""))

    months = answers.histogram(shelf.searcher, query, "month")

    assert months == {2019 * 12 + 2: 3}
    assert answers.histogram(shelf.searcher, query, "year") == {2018: 1, 2019: 3}
    assert sum(answers.histogram(shelf.searcher, query, "day").values()) == 2


def test_an_article_written_again_is_there_once_and_a_gone_one_is_not(shelf: Shelf) -> None:
    fresh = Shelf(
        [Document(1, 1, "en", {"body": "old words"}), Document(2, 1, "en", {"body": "x"})]
    )
    writer = fresh.index.writer(30_000_000, 1)

    engine.write(writer, [Document(1, 1, "en", {"body": "new words"})], gone=[2])
    writer.commit()
    fresh.index.reload()
    fresh.searcher = fresh.index.searcher()

    assert fresh.find("") == [1]
    assert fresh.find("old") == []
    assert fresh.find("new") == [1]
    assert shelf.find("old") == []
