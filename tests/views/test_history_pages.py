"""The pages of history: what was done, and taking it back."""

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from articles.curation import fields
from articles.models import Article, Corpus, CorrectedField, Door, Operation, Role
from tests.factories import make_article, make_member


@pytest.fixture
def editor(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def browser(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def corrected(article: Article, page: str = "7", by: User | None = None) -> Operation:
    operation = fields.correct([article.pk], {CorrectedField.PAGE: page}, by=by, door=Door.PAGE)
    assert operation is not None
    return operation


def test_an_undo_goes_back_and_offers_to_do_it_again(corpus: Corpus, browser: Client) -> None:
    article = make_article(corpus)
    operation = corrected(article)

    answer = browser.post(
        reverse("operation-undo", args=[operation.pk]), {"next": article.get_absolute_url()}
    )

    assert answer.status_code == 302
    assert answer.headers["Location"] == article.get_absolute_url()
    [message] = get_messages(answer.wsgi_request)
    undoing = Operation.objects.get(undoes=operation)
    assert message.extra_tags == f"redo-{undoing.pk}"
    article.refresh_from_db()
    assert article.page is None
    shown = browser.get(article.get_absolute_url()).content.decode()
    assert reverse("operation-undo", args=[undoing.pk]) in shown
    assert ">Redo " in shown
