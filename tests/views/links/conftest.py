"""What tests of pages of links may ask for."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Corpus, Link, Role
from tests.factories import make_link, make_member
from tests.views.links.linked import pair


@pytest.fixture
def ann(corpus: Corpus, client: Client) -> User:
    user = make_member(corpus, Role.ANNOTATOR)
    client.force_login(user)
    return user


@pytest.fixture
def bob(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def link(corpus: Corpus) -> Link:
    return make_link(*pair(corpus))
