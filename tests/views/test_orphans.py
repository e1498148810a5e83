"""Orphans are listed with where they may be, placed or given up, and that is undone."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.annotate.anchoring import carrying
from articles.history.undo import undo
from articles.models import Anchor, Article, Corpus, Door, Mention, Operation, Placing, Role
from tests.factories import (
    current,
    make_article,
    make_corpus,
    make_entity,
    make_member,
    make_mention,
    make_version,
)

pytestmark = pytest.mark.django_db
PAGE = "/orphans/"
BEFORE = "The bridge was opened by Prime Minister Gladstone on Monday."
AFTER = (
    "The bridge was opened by Lord Salisbury on Monday. Crowds & <b>bands</b> came twice, twice."
)


@pytest.fixture
def annotator(corpus: Corpus, client: Client) -> User:
    user = make_member(corpus, Role.ANNOTATOR)
    client.force_login(user)
    return user


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(corpus, paragraphs=(BEFORE,))


@pytest.fixture
def orphan(article: Article) -> Mention:
    entity = make_entity(article.corpus, "W. E. Gladstone")
    mention = make_mention(
        article, "Prime Minister Gladstone", entity=entity, comment="<script>alert(1)</script>"
    )
    make_version(article, AFTER)
    carrying.catch_up()
    return mention


def decide(client: Client, mention: Mention, **fields: str) -> Any:
    return client.post(f"{PAGE}{mention.pk}/", fields, follow=True)


def place(mention: Mention) -> Anchor:
    version = Article.objects.select_related("version").get(pk=mention.article_id)
    return Anchor.objects.get(mention=mention, version=current(version))


@pytest.mark.usefixtures("annotator")
def test_it_shows_what_was_tagged_where_it_was_and_where_it_may_be(
    client: Client, orphan: Mention
) -> None:
    assert place(orphan).placing == Placing.ORPHAN

    page = client.get(PAGE).text

    assert "<del" in page
    assert "Prime Minister Gladstone" in page
    assert "W. E. Gladstone" in page
    assert ">Lord Salisbury</mark>" in page
    assert "<script>alert" not in page


@pytest.mark.usefixtures("annotator")
def test_a_place_that_is_chosen_is_taken_and_that_is_undone(
    client: Client, orphan: Mention, annotator: User
) -> None:
    start = current(place(orphan).mention.article).text.index("Lord Salisbury")

    shown = decide(client, orphan, do="place", place=f"{start}-{start + 14}")

    now = place(orphan)
    assert (now.start, now.end, now.quote) == (start, start + 14, "Lord Salisbury")
    assert "No orphans" in shown.text
    assert "data-takes-back" in shown.text
    undo(Operation.objects.latest("pk"), by=annotator, door=Door.PAGE)
    assert place(orphan).placing == Placing.ORPHAN


@pytest.mark.usefixtures("annotator")
def test_words_that_stand_once_are_a_place(client: Client, orphan: Mention) -> None:
    decide(client, orphan, do="place", words=" Lord Salisbury ", place="0-5")

    assert place(orphan).quote == "Lord Salisbury"


@pytest.mark.usefixtures("annotator")
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"words": "Disraeli"}, "The text has no “Disraeli”"),
        ({"words": "twice"}, "more than once"),
        ({}, "Choose one of the places, or type the words"),
        ({"place": "0-99999"}, ""),
        ({"place": "5-5"}, ""),
    ],
)
def test_what_is_no_place_is_told(
    client: Client, orphan: Mention, fields: dict[str, str], said: str
) -> None:
    shown = decide(client, orphan, do="place", **fields)

    assert shown.status_code == 200
    assert said in shown.text
    assert place(orphan).placing == Placing.ORPHAN


@pytest.mark.usefixtures("annotator")
def test_one_that_is_given_up_is_listed_no_more(client: Client, orphan: Mention) -> None:
    shown = decide(client, orphan, do="drop")
    again = decide(client, orphan, do="drop")

    assert "No orphans" in shown.text
    assert place(orphan).placing == Placing.DROPPED
    assert again.status_code == 200


@pytest.mark.usefixtures("annotator")
def test_more_than_a_page_is_paged(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.views.tagging.orphans.PAGE", 1)
    for words in ("Prime Minister Gladstone", "The bridge"):
        make_mention(article, words)
    make_version(article, "Nothing of it is left.")
    carrying.catch_up()

    first = client.get(PAGE)
    cursor = first.context["next"]
    second = client.get(PAGE, {"cursor": cursor})

    assert 'rel="next"' in first.text
    assert 'rel="next"' not in second.text
    quotes = [page.context["rows"][0][0].quote for page in (first, second)]
    assert quotes == ["Prime Minister Gladstone", "The bridge"]


@pytest.mark.usefixtures("annotator")
@pytest.mark.parametrize("query", ["nope=1", "cursor=nonsense", "corpus=a%00b"])
def test_a_parameter_that_is_none_is_refused(client: Client, query: str) -> None:
    assert client.get(f"{PAGE}?{query}").status_code == 400


@pytest.mark.usefixtures("annotator")
@pytest.mark.parametrize(
    "fields",
    [{"do": "nope"}, {"do": "place", "words": "a\0"}, {"do": "place", "place": "1_2-3"}],
)
def test_a_form_that_is_none_is_refused(
    client: Client, orphan: Mention, fields: dict[str, str]
) -> None:
    assert decide(client, orphan, **fields).status_code == 400
    assert place(orphan).placing == Placing.ORPHAN


def test_it_is_for_those_who_may_tag(client: Client, corpus: Corpus, orphan: Mention) -> None:
    client.force_login(make_member(corpus, Role.VIEWER))

    assert "no corpus that you may tag in" in client.get(PAGE).text
    assert client.get(f"{PAGE}?corpus=default").status_code == 404
    assert decide(client, orphan, do="drop").status_code == 403
    client.force_login(make_member(make_corpus("other"), Role.ADMIN))
    assert decide(client, orphan, do="drop").status_code == 404
    assert client.get(f"{PAGE}{orphan.pk}/").status_code == 405
