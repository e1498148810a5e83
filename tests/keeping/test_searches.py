"""Saved searches: what is new in them, and who reads their feeds."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from articles.keeping import searches
from articles.keeping.searches import SearchNameTakenError, SearchRefusedError
from articles.models import Article, Change, Corpus, SavedSearch
from articles.search.language.errors import QueryError
from tests.factories import make_article, make_corpus, make_member, make_user

type Index = Callable[[], int]


@pytest.fixture
def reader(corpus: Corpus) -> User:
    """Return someone who saves searches."""
    return make_member(corpus)


def came(article: Article, **ago: float) -> Article:
    """Let an article have come in some time ago."""
    Article.objects.filter(pk=article.pk).update(created_at=timezone.now() - timedelta(**ago))
    return article


def new_in(search: SavedSearch, user: User) -> list[int]:
    """Return the articles that are new in a search."""
    return sorted(searches.question(search, user).since(search.looked_at).page().ids)


def test_what_came_in_since_one_looked_is_new(corpus: Corpus, reader: User, index: Index) -> None:
    came(make_article(corpus, headline="Camp, old"), days=2)
    index()
    search = searches.save(by=reader, name="Camps", query="camp")
    assert searches.news([search], reader)[0].count == 0

    new = make_article(corpus, headline="Camp, new")
    make_article(corpus, headline="Harbour, new")
    make_article(make_corpus(), headline="Camp of others")
    index()
    assert new_in(search, reader) == [new.pk]
    assert searches.news([search], reader)[0].count == 1

    before = searches.look(search)
    came(new, minutes=1)
    index()
    assert searches.news([search], reader)[0].count == 0
    assert before < search.looked_at


def test_what_was_stored_but_not_indexed_when_one_looked_is_new_the_next_time(
    corpus: Corpus, reader: User, index: Index
) -> None:
    came(make_article(corpus, headline="Camp, old"), days=2)
    index()
    search = searches.save(by=reader, name="Camps", query="camp")
    SavedSearch.objects.update(looked_at=timezone.now() - timedelta(hours=1))
    search.refresh_from_db()
    waiting = came(make_article(corpus, headline="Camp, stored"), seconds=40)

    searches.look(search)
    index()

    assert new_in(search, reader) == [waiting.pk]


@pytest.mark.django_db(transaction=True)
def test_what_is_being_stored_when_one_looks_is_new_the_next_time(index: Index) -> None:
    corpus = make_corpus()
    reader = make_member(corpus)
    index()
    search = searches.save(by=reader, name="All", query="")
    written, looked = threading.Event(), threading.Event()
    began = timezone.now()

    def store() -> None:
        with transaction.atomic():
            make_article(corpus, headline="In a long batch", created_at=timezone.now())
            written.set()
            looked.wait(20)
        connection.close()

    batch = threading.Thread(target=store)
    batch.start()
    written.wait(20)
    until = searches.complete_until()
    looked.set()
    batch.join()

    assert until < Article.objects.get().created_at
    assert until >= began - timedelta(seconds=10)
    searches.look(search, until=until)
    index()
    assert len(new_in(search, reader)) == 1


def test_looking_never_goes_back(corpus: Corpus, reader: User, index: Index) -> None:
    index()
    search = searches.save(by=reader, name="All", query="")
    known = search.looked_at
    make_article(corpus)
    Change.objects.update(at=timezone.now() - timedelta(days=3))

    searches.look(search)

    assert search.looked_at == known


def test_another_query_begins_anew(corpus: Corpus, reader: User, index: Index) -> None:
    index()
    search = searches.save(by=reader, name="Camps", query="camp")
    SavedSearch.objects.update(looked_at=timezone.now() - timedelta(days=30))
    search.refresh_from_db()
    came(make_article(corpus, headline="Harbour"), days=1)
    index()

    assert searches.edit(search, query="harbour", sort="oldest")
    assert searches.news([search], reader)[0].count == 0
    assert not searches.edit(search, query="harbour")


def test_names_are_one_per_person_while_they_stand(reader: User) -> None:
    first = searches.save(by=reader, name=" All  of it ", query="")
    assert first.name == "All of it"
    with pytest.raises(SearchNameTakenError):
        searches.save(by=reader, name="All of it", query="camp")
    second = searches.save(by=reader, name="Camps", query="camp")
    with pytest.raises(SearchNameTakenError):
        searches.edit(second, name="All of it")
    assert second.name == "Camps"

    searches.remove(first)
    searches.edit(second, name="All of it")
    with pytest.raises(SearchNameTakenError):
        searches.restore(first)
    searches.edit(second, name="Camps")
    searches.restore(first)
    assert SavedSearch.objects.of(reader).count() == 2
    assert not SavedSearch.objects.of(make_user()).exists()


def test_what_cannot_be_asked_is_not_saved(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(QueryError):
        searches.save(by=reader, name="Broken", query='"camps')
    for values in ({"name": ""}, {"name": "x" * 201}, {"sort": "best"}, {"query": "x " * 5_000}):
        with pytest.raises(SearchRefusedError):
            searches.save(by=reader, until=None, **({"name": "N", "query": "camp"} | values))
    monkeypatch.setattr(searches, "MOST_SEARCHES", 0)
    with pytest.raises(SearchRefusedError, match="the most there can be"):
        searches.save(by=reader, name="N", query="camp")
    assert not SavedSearch.objects.exists()


def test_a_query_that_came_to_be_broken_says_so_in_the_list(reader: User, index: Index) -> None:
    index()
    search = searches.save(by=reader, name="Camps", query="camp")
    SavedSearch.objects.update(query="camp AND (")
    search.refresh_from_db()

    [news] = searches.news([search], reader)

    assert news.count is None
    assert news.problem


def test_a_feed_is_opened_by_its_newest_secret_alone(reader: User) -> None:
    search = searches.save(by=reader, name="Camps", query="camp")
    assert searches.of_feed("") is None
    old = searches.new_feed(search)
    new = searches.new_feed(search)

    assert searches.of_feed(old) is None
    assert searches.of_feed(new) == search
    assert new not in str(SavedSearch.objects.values())
    searches.remove(search)
    assert searches.of_feed(new) is None
    searches.restore(search)
    User.objects.update(is_active=False)
    assert searches.of_feed(new) is None
    User.objects.update(is_active=True)
    searches.end_feed(search)
    assert searches.of_feed(new) is None
