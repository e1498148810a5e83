"""The concordance: every hit a line, in every order, whole or as a sample that says so."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser, User

from articles.models import Access, Article, Collection, CollectionItem, Corpus, Source
from articles.models.keyset import CursorError
from articles.search import gathering
from articles.search.asking import Question, ask
from articles.search.concordance import (
    Line,
    NoWordsError,
    Sort,
    collocates,
    concordance,
    every,
)
from articles.search.deadline import TooSlowError
from articles.search.language.words import fold
from tests.factories import make_article, make_corpus, make_member, make_source

type Index = Callable[[], int]
type Place = tuple[int, int]


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    gathering.forget()


@pytest.fixture
def reader(corpus: Corpus) -> User:
    """Return someone who may read the corpus."""
    return make_member(corpus)


@pytest.fixture
def told(corpus: Corpus, index: Index) -> list[Article]:
    """Return articles of three outlets and of none, with hits in all their parts."""
    names = ("The Gazette", "Évening Post", "zeit")
    sources: list[Source | None] = [make_source(corpus, name=name) for name in names]
    made = [
        make_article(
            corpus,
            headline=f"Camp {number}" if number % 2 else "Nothing",
            paragraphs=(
                f"The old camp grew, and Älteste camps {number} stayed.",
                "Guards saw a camp",
                f"near the {'river' if number % 3 else 'wood'} camp",
            ),
            source=[*sources, None][number % 4],
            published=date(1932, 1, 1 + number // 2) if number % 5 else None,
        )
        for number in range(11)
    ]
    index()
    return made


def asked(query: str, user: User | AnonymousUser) -> Question:
    return ask(query, user, readable=True)


def places(lines: Sequence[Line]) -> list[Place]:
    return [(line.article_id, line.number) for line in lines]


def all_places(question: Question, sort: Sort, seed: int = 1) -> list[Place]:
    return places([line for some in every(question, sort=sort, seed=seed) for line in some])


def hits_of(articles: Sequence[Article]) -> list[Place]:
    """Return every form of “camp” in some articles, found by eye."""
    return [
        (article.pk, number)
        for article in articles
        for number, _ in enumerate(re.findall(r"\b[Cc]amps?\b", _text(article)), 1)
    ]


def _text(article: Article) -> str:
    assert article.version is not None
    return article.version.text


def test_every_hit_is_a_line_in_its_context(reader: User, told: list[Article]) -> None:
    lines = {
        (line.article_id, line.number): line
        for line in concordance(asked("camp", reader), limit=500).lines
    }

    assert sorted(lines) == sorted(hits_of(told))
    headline, first, second, *_ = (lines[told[1].pk, number] for number in range(1, 6))
    assert (headline.left, headline.hit, headline.right) == ("", "Camp", " 1")
    assert headline.part == "headline"
    assert (first.left, first.hit) == ("The old ", "camp")
    assert first.right == " grew, and Älteste camps 1 stayed. Guards saw a camp near the river camp"
    assert second.left == "The old camp grew, and Älteste "
    assert _text(told[1])[first.start : first.end] == "camp"
    assert (first.source, first.published_date) == ("Évening Post", date(1932, 1, 1))


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_there_and_back_list_all_lines_once(
    reader: User, told: list[Article], sort: Sort
) -> None:
    question = asked("camp", reader)
    whole = all_places(question, sort)
    there: list[list[Place]] = []
    back: list[str | None] = []
    cursor: str | None = ""
    while cursor is not None:
        page = concordance(question, sort=sort, limit=7, cursor=cursor)
        there.append(places(page.lines))
        back.append(page.previous)
        cursor = page.next

    assert sorted(whole) == sorted(hits_of(told))
    assert [place for page in there for place in page] == whole
    assert back[0] is None
    for number, cursor in enumerate(back[1:]):
        assert cursor is not None
        before = concordance(question, sort=sort, limit=7, cursor=cursor)
        assert places(before.lines) == there[number]
        assert before.next is not None


def test_lines_are_sorted_by_date_and_by_outlet(reader: User, told: list[Article]) -> None:
    by_id = {article.pk: article for article in told}
    question = asked("camp", reader)

    oldest = [by_id[pk].sort_at for pk, _ in all_places(question, Sort.OLDEST)]
    newest = [by_id[pk].sort_at for pk, _ in all_places(question, Sort.NEWEST)]
    outlets = [by_id[pk].source for pk, _ in all_places(question, Sort.SOURCE)]

    assert oldest == sorted(oldest)
    assert newest == sorted(newest, reverse=True)
    names = [source.name if source else None for source in outlets]
    assert list(dict.fromkeys(names)) == ["The Gazette", "zeit", "Évening Post", None]


@pytest.mark.parametrize("sort", [sort for sort in Sort if sort.place])
def test_lines_are_sorted_by_a_neighbour_as_a_plain_model_has_it(
    reader: User, told: list[Article], sort: Sort
) -> None:
    texts = {article.pk: _text(article) for article in told}
    found = [line for some in every(asked("camp", reader), sort=sort) for line in some]
    at = abs(sort.place) - 1
    order = [at, *(n for n in range(3) if n != at)]

    def key(line: Line) -> list[str]:
        text = texts[line.article_id]
        begun = text.index("\n\n") if line.part == "body" else 0
        end = len(text) if line.part == "body" else text.index("\n\n")
        if sort.place > 0:
            near = re.findall(r"\w+", text[line.end : end])
        else:
            near = re.findall(r"\w+", text[begun : line.start])[::-1]
        return [fold(near[n]) if n < len(near) else "\U0010ffff" for n in order]

    assert [key(line) for line in found] == sorted(key(line) for line in found)
    assert sorted(places(found)) == sorted(hits_of(told))


def test_more_lines_than_are_sorted_are_a_sample_that_says_so(
    reader: User, told: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MAX_LINES", 15)
    question = asked("camp", reader)
    page = concordance(question, sort=Sort.LEFT1, limit=500)
    again = all_places(question, Sort.RIGHT1)
    other = all_places(question, Sort.LEFT1, seed=2)

    assert page.total == len(page.lines) == 15
    assert page.sampled is not None
    assert abs(page.sampled - len(hits_of(told))) < 12
    assert set(places(page.lines)) == set(again)
    assert set(places(page.lines)) <= set(hits_of(told))
    assert set(other) != set(again)
    whole = concordance(question, sort=Sort.NEWEST, limit=500)
    assert (whole.sampled, len(whole.lines)) == (None, len(hits_of(told)))


def test_articles_without_a_hit_are_passed_over(reader: User, told: list[Article]) -> None:
    question = asked('wood OR source:"The Gazette"', reader)

    found = all_places(question, Sort.NEWEST)

    assert {pk for pk, _ in found} == {article.pk for article in told if "wood" in _text(article)}
    assert set(all_places(question, Sort.LEFT1)) == set(found)


def test_a_question_without_words_has_no_middle(reader: User, told: list[Article]) -> None:
    del told
    for query in ("", "source:gazette", "-camp", "byline:camp", "has:author -camp"):
        with pytest.raises(NoWordsError, match="no words"):
            concordance(asked(query, reader))
        with pytest.raises(NoWordsError):
            list(every(asked(query, reader)))


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.SOURCE, Sort.LEFT1])
def test_texts_that_one_may_not_read_have_no_lines(
    told: list[Article], index: Index, sort: Sort
) -> None:
    licensed = make_article(make_corpus(access=Access.LICENSED), headline="Camp")
    open_one = make_article(make_corpus(access=Access.OPEN), headline="Camp")
    index()
    del told, licensed

    found = all_places(asked("camp", AnonymousUser()), sort)

    assert found == [(open_one.pk, 1)]


def test_what_has_gone_since_is_left_out(reader: User, told: list[Article]) -> None:
    question = asked("camp", reader)
    before = concordance(question, sort=Sort.LEFT1, limit=500)
    Article.objects.filter(pk=told[0].pk).update(standing=False)

    for sort in (Sort.LEFT1, Sort.NEWEST):
        page = concordance(question, sort=sort, limit=500)
        assert told[0].pk not in {line.article_id for line in page.lines}
        assert 0 < len(page.lines) < len(before.lines)


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.SOURCE, Sort.LEFT1])
@pytest.mark.parametrize(
    "cursor",
    ["x", "a", "a0.1", "a0.0.1", "a1.5.1", f"a0.{1 << 64}.1", "c-1", "c1x", "ab", "c9999999", "c²"],
)
def test_a_cursor_of_nothing_here_is_refused(
    reader: User, told: list[Article], cursor: str, sort: Sort
) -> None:
    del told
    with pytest.raises(CursorError):
        concordance(asked("camp", reader), cursor=cursor, sort=sort)


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.SOURCE, Sort.LEFT1])
def test_what_takes_too_long_is_given_up(
    reader: User, told: list[Article], monkeypatch: pytest.MonkeyPatch, sort: Sort
) -> None:
    del told
    question = asked("camp", reader)
    moments = iter(range(0, 1_000_000, 1_000))
    monkeypatch.setattr(gathering, "time", SimpleNamespace(monotonic=lambda: next(moments)))

    with pytest.raises(TooSlowError, match="stopped"):
        concordance(question, sort=sort)


def test_a_sample_is_smaller_where_time_runs_out(
    reader: User, told: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    del told
    monkeypatch.setattr(gathering, "ENOUGH_LINES", 4)
    monkeypatch.setattr(gathering, "BATCH", 3)
    question = asked("camp", reader)
    whole = places(concordance(question, sort=Sort.LEFT1, limit=500).lines)
    gathering.forget()
    moments = iter([0, 1, *[1_000] * 1_000])
    monkeypatch.setattr(gathering, "time", SimpleNamespace(monotonic=lambda: next(moments)))

    page = concordance(question, sort=Sort.LEFT1, limit=500)

    assert page.sampled is not None
    assert page.total is not None
    assert page.total == len(page.lines) < len(whole)
    assert not page.total % 4
    assert set(places(page.lines)) < set(whole)


def test_an_export_goes_on_as_long_as_there_are_hits(
    reader: User, told: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    question = asked("camp", reader)
    moments = iter(range(0, 1_000_000, 4))
    monkeypatch.setattr(gathering, "time", SimpleNamespace(monotonic=lambda: next(moments)))

    assert sorted(all_places(question, Sort.NEWEST)) == sorted(hits_of(told))


def test_neighbours_are_counted_at_each_place(reader: User, told: list[Article]) -> None:
    beside = {each.place: dict(each.words) for each in collocates(asked("camp", reader))}

    assert list(beside) == [-3, -2, -1, 1, 2, 3]
    assert beside[-1]["old"] == len(told)
    assert beside[-1]["alteste"] == len(told)
    assert beside[1]["grew"] == len(told)
    assert beside[2]["and"] == len(told)
    assert list(beside[-1].values()) == sorted(beside[-1].values(), reverse=True)


def test_a_context_keeps_to_its_part_where_another_stands_between(
    corpus: Corpus, reader: User, index: Index
) -> None:
    article = make_article(corpus, headline="", paragraphs=("The body ends.",))
    version = article.version
    assert version is not None
    text = "The body ends.\n\nA caption.\n\nNotes of the camp."
    type(version).objects.filter(pk=version.pk).update(
        text=text, blocks=[["paragraph", 0, 14], ["caption", 16, 26], ["note", 28, len(text)]]
    )
    Article.objects.filter(pk=article.pk).update(section="Changed")
    index()

    [line] = concordance(asked("camp", reader)).lines

    assert (line.left, line.hit, line.right) == ("Notes of the ", "camp", ".")


def test_lines_of_any_script_have_their_contexts(
    corpus: Corpus, reader: User, index: Index
) -> None:
    make_article(
        corpus, headline="x", paragraphs=("قال المسؤولون إن المعسكرات في المدينة",), language="ar"
    )
    make_article(corpus, headline="x", paragraphs=("新疆的营地很大",), language="zh")
    index()

    [arabic] = concordance(asked("المعسكرات", reader)).lines
    [chinese] = concordance(asked("营地", reader), sort=Sort.RIGHT1).lines

    assert (arabic.left, arabic.right) == ("قال المسؤولون إن ", " في المدينة")
    assert (chinese.left, chinese.hit, chinese.right) == ("新疆的", "营地", "很大")


def test_lines_that_were_kept_are_no_others_who_mean_another_collection_by_the_same_name(
    corpus: Corpus, reader: User, told: list[Article], index: Index
) -> None:
    mine = Collection.objects.create(corpus=corpus, by=reader, name="Reading")
    CollectionItem.objects.create(collection=mine, article=told[0])
    index()
    query = "camp collection:Reading"

    lines = concordance(asked(query, reader), sort=Sort.LEFT1).lines
    others = concordance(asked(query, make_member(corpus)), sort=Sort.LEFT1).lines

    assert {line.article_id for line in lines} == {told[0].pk}
    assert others == []
