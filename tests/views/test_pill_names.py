"""What the parts of a question are called that name stories and articles by number."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from articles.models import Access, Corpus
from articles.search.language.query import parse
from articles.views.search.answer import pills
from articles.views.search.pill_names import called
from articles.views.search.searching import Place
from tests.factories import make_article, make_corpus, make_member, make_story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "label", "value"),
    [
        ("story:{story}", "Story", "The Flood"),
        ("-story:{story}", "Story", "The Flood"),
        ("story:{nameless} OR story:{story}", "Story", "Ice breaks or The Flood"),
        ("story:flood*", "Story", "flood*"),
        ("copy-of:{article}", "Copies of", "Ice breaks"),
        ("related:{article}", "Related to", "Ice breaks"),
        ("related:999999999", "Related to", "999999999"),
    ],
)
def test_are_names_and_headlines(corpus: Corpus, query: str, label: str, value: str) -> None:
    article = make_article(corpus, headline="Ice breaks")
    flood, nameless = make_story(corpus, name="The Flood"), make_story(corpus, [article])
    numbers = {"story": flood.pk, "nameless": nameless.pk, "article": article.pk}
    tree = parse(query.format(**numbers))

    [pill] = pills(tree, Place(q=""), make_member(corpus))

    assert (pill.label, pill.value) == (label, value)


def test_are_numbers_to_who_may_not_know_of_them() -> None:
    closed = make_corpus(access=Access.MEMBERS)
    article = make_article(closed)
    story = make_story(closed, [article])

    for field, row in (("story", story), ("copy-of", article), ("related", article)):
        assert called(AnonymousUser(), field, [str(row.pk)]) == [str(row.pk)]


def test_of_a_long_headline_are_cut(corpus: Corpus) -> None:
    article = make_article(corpus, headline="Ice " * 60)

    [said] = called(make_member(corpus), "related", [str(article.pk)])

    assert len(said) == 60
    assert said.endswith("…")


def test_are_on_the_page(client: Client, corpus: Corpus, index: Callable[[], int]) -> None:
    story = make_story(corpus, [make_article(corpus)], name="The Flood")
    index()
    client.force_login(make_member(corpus))

    page = client.get("/articles/", {"q": f"story:{story.pk}"}).content.decode()

    assert '<span class="soft">Story</span> <bdi>The Flood</bdi>' in page
