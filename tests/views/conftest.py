"""What tests of pages may ask for."""

import pytest
from django.test import Client

from articles.models import Access, Corpus
from tests.factories import make_corpus


@pytest.fixture
def open_corpus(db: None) -> Corpus:  # noqa: ARG001 -- opens the database
    """Return a corpus that everybody may read."""
    return make_corpus("default", name="Default", access=Access.OPEN)


@pytest.fixture
def visitor(db: None) -> Client:  # noqa: ARG001 -- opens the database
    """Return a browser of somebody who is not logged in."""
    return Client()
