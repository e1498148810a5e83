"""The page from which links are downloaded."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Corpus, Link, Role
from tests.factories import judge, make_article, make_link, make_member

pytestmark = pytest.mark.django_db
PAGE = "/links/export/"


@pytest.fixture
def viewer(corpus: Corpus, client: Client) -> User:
    member = make_member(corpus, Role.VIEWER)
    client.force_login(member)
    return member


@pytest.fixture
def link(corpus: Corpus) -> Link:
    return make_link(make_article(corpus), make_article(corpus), score=0.5)


def test_it_counts_what_is_chosen_and_hands_that_out(
    client: Client, viewer: User, link: Link
) -> None:
    del viewer
    page = client.get(f"{PAGE}?kind=edited_version&score_min=0.25&status=&corpus=default")
    address = f"{PAGE}jsonl/?kind=edited_version&amp;score_min=0.25&amp;status=&amp;corpus=default"

    assert "1 link" in page.text
    assert f'href="{address}"' in page.text
    file = client.get(address.replace("&amp;", "&"))
    [line] = file.getvalue().splitlines()
    assert json.loads(line)["id"] == link.pk
    assert json.loads(line)["page"] == f"http://testserver/links/{link.pk}/"


def test_the_word_of_the_pages_chooses_what_was_confirmed(
    client: Client, viewer: User, link: Link
) -> None:
    del viewer
    judge(link)

    page = client.get(f"{PAGE}?status=confirmed").text

    assert '<option value="accepted" selected>Confirmed</option>' in page


def test_with_nothing_to_export_it_says_what_to_do(
    client: Client, viewer: User, link: Link
) -> None:
    del viewer, link

    assert "No links to export" in client.get(f"{PAGE}?kind=disputes").text


@pytest.mark.parametrize(
    "query",
    [
        "kind=nope",
        "status=withdrawn",
        "score_min=nan",
        "score_min=1.5",
        "article=9",
        "article=x",
        "corpus=none",
        "corpus=a%00",
        "kind=%00",
        "nope=1",
        "kind=&kind=",
    ],
)
def test_a_choice_that_is_none_is_refused(
    client: Client, viewer: User, link: Link, query: str
) -> None:
    del viewer, link
    page, file = client.get(f"{PAGE}?{query}"), client.get(f"{PAGE}csv/?{query}")

    assert (page.status_code, file.status_code) == (400, 400)
    assert query.partition("=")[0] in page.text


def test_there_are_these_forms_and_no_others(client: Client, viewer: User, link: Link) -> None:
    del viewer, link
    for form, start in (("csv", "text/csv"), ("jsonl", "application/jsonl"), ("graphml", "appl")):
        head = client.head(f"{PAGE}{form}/")
        assert head.headers["Content-Type"].startswith(start)
        assert f"newsroom-links.{form}" in head.headers["Content-Disposition"]
    assert client.get(f"{PAGE}xlsx/").status_code == 404
