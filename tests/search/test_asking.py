"""What a question answers, from articles in the database to pages of their ids."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, User
from pytest_django import Settings

from articles.models import Access, Article, Corpus, SourceAlias
from articles.models.keyset import CursorError
from articles.search.asking import ask
from articles.search.engine.answers import Sort
from articles.search.index import indexing
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from tests.factories import make_article, make_corpus, make_member, make_source

type Index = Callable[[], int]


@pytest.fixture
def reader(corpus: Corpus) -> User:
    """Return someone who may read the corpus."""
    return make_member(corpus)


def test_without_an_index_it_says_so(reader: User) -> None:
    with pytest.raises(IndexMissingError, match="being built"):
        ask("", reader)


def test_an_answer_keeps_to_what_its_reader_may_see(
    reader: User, corpus: Corpus, index: Index
) -> None:
    mine = make_article(corpus, headline="Harbour strike")
    hidden = make_article(make_corpus(), headline="Harbour strike")
    open_one = make_article(make_corpus(access=Access.OPEN), headline="Harbour strike")
    index()

    assert set(ask("harbour", reader).page().ids) == {mine.pk, open_one.pk}
    assert set(ask("harbour", AnonymousUser()).page().ids) == {open_one.pk}
    assert ask("harbour", AnonymousUser()).total() == 1
    assert hidden.pk not in ask("", reader).page().ids


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_there_and_back_list_all_of_an_answer_once(
    reader: User, corpus: Corpus, index: Index, sort: Sort
) -> None:
    made = [make_article(corpus, headline=f"Harbour {n}") for n in range(7)]
    index()
    question = ask("harbour", reader)

    there: list[list[int]] = []
    cursors: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        found = question.page(sort=sort, limit=3, cursor=cursor)
        there.append(list(found.ids))
        cursors.append(found.previous or "")
        cursor = found.next

    assert sorted(id_ for page in there for id_ in page) == [article.pk for article in made]
    assert [len(page) for page in there] == [3, 3, 1]
    assert list(question.page(sort=sort, limit=3, cursor=cursors[2]).ids) == there[1]
    assert list(question.page(sort=sort, limit=3, cursor=cursors[1]).ids) == there[0]
    assert not cursors[0]
    middle = Article.objects.get(pk=there[1][0])
    assert question.beside(middle, sort=sort) == (there[0][2], there[1][1])


@pytest.mark.parametrize("cursor", ["x", "a", "a-1", "a99999999999999999999", "b1.zz", "a1.f.f"])
def test_a_cursor_of_nothing_here_is_refused(reader: User, index: Index, cursor: str) -> None:
    index()
    with pytest.raises(CursorError):
        ask("", reader).page(cursor=cursor)


def test_what_changes_is_found_as_it_is_now(reader: User, corpus: Corpus, index: Index) -> None:
    article = make_article(corpus, headline="Harbour strike")
    index()
    Article.objects.filter(pk=article.pk).update(section="Ports")
    assert not indexing.is_idle()
    index()
    assert list(ask("section:ports", reader).page().ids) == [article.pk]
    Article.objects.filter(pk=article.pk).update(standing=False)
    index()
    assert ask("", reader).total() == 0
    assert indexing.is_idle()


def test_more_names_than_can_be_looked_up_are_refused(reader: User, index: Index) -> None:
    index()
    names = " OR ".join(f'source:"Paper {number}"' for number in range(501))
    with pytest.raises(QueryError, match="at most 500 names"):
        ask(names, reader)
    assert ask(names.rpartition(" OR ")[0], reader).total() == 0


def test_what_is_remembered_is_of_one_state_and_of_what_one_may_see(
    reader: User, corpus: Corpus, index: Index
) -> None:
    make_article(corpus, headline="Harbour strike")
    other = make_corpus(access=Access.OPEN)
    make_article(other, headline="Harbour strike")
    index()

    assert ask("harbour", reader).total() == 2
    assert ask("harbour", AnonymousUser()).total() == 1
    assert ask("harbour", AnonymousUser()).facets(["corpus"])["corpus"].values == [
        (str(other.pk), 1)
    ]
    make_article(other, headline="Harbour strike")
    index()
    assert ask("harbour", reader).total() == 3
    assert ask("harbour", AnonymousUser()).facets(["corpus"])["corpus"].values == [
        (str(other.pk), 2)
    ]


def test_a_name_means_what_it_means_now(reader: User, corpus: Corpus, index: Index) -> None:
    source = make_source(corpus, "The Morning Paper")
    make_article(corpus, source=source)
    index()
    assert ask('source:"The Evening Paper"', reader).total() == 0

    SourceAlias.objects.create(
        corpus=corpus, source=source, folded="the evening paper", printed="The Evening Paper"
    )

    assert ask('source:"The Evening Paper"', reader).total() == 1


def test_what_is_counted_for_several_is_waited_for_by_each_as_long(
    reader: User, corpus: Corpus, index: Index, settings: Settings
) -> None:
    make_article(corpus, headline="Harbour strike")
    index()
    settings.SEARCH_SECONDS = 1_000
    first = ask("harbour", reader).ask_total()
    settings.SEARCH_SECONDS = 5_000

    second = ask("harbour", reader)

    assert second.ask_total().future is first.future
    assert second.ask_total().until == second.until > first.until
    assert second.but(second.tree).ask_total().until == second.until
    assert second.total() == 1
