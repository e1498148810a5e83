"""What tests of pages may ask for."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Access, Article, Corpus, Role
from tests.factories import make_article, make_corpus, make_member, make_person, make_source


@pytest.fixture
def open_corpus(db: None) -> Corpus:  # noqa: ARG001 -- opens the database
    """Return a corpus that everybody may read."""
    return make_corpus("default", name="Default", access=Access.OPEN)


@pytest.fixture
def visitor(db: None) -> Client:  # noqa: ARG001 -- opens the database
    """Return a browser of somebody who is not logged in."""
    return Client()


@pytest.fixture
def editor(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(
        corpus,
        source=make_source(corpus, "The Gazette"),
        people=(make_person(corpus, "Jane Doe"), make_person(corpus, "John Roe")),
        byline="By Jane Doe and John Roe",
        section="Home",
    )
