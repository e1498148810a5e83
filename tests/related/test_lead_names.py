"""The names that a story is about."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from articles.models import Access, Article, Corpus, Coverage
from articles.models.corpora import Visitor
from articles.related.stories.lead_names import lead_names
from articles.related.stories.story_whole import whole
from tests.factories import make_article, make_corpus, make_member, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(corpus: Corpus) -> User:
    return make_member(corpus)


def _article(corpus: Corpus, *paragraphs: str, headline: str = "It was so") -> Article:
    return make_article(corpus, headline=headline, paragraphs=paragraphs)


def _names(articles: list[Article], user: Visitor) -> dict[str, int]:
    story = make_story(articles[0].corpus, articles)
    return {each.name: each.texts for each in lead_names(whole(story, user))}


def test_are_those_of_the_most_texts_for_who_may_read_them() -> None:
    licensed = make_corpus(access=Access.LICENSED)
    articles = [_article(licensed, "She went to Sydney, and he to Paris.")]
    articles += [_article(licensed, "Mr John Smith went to Sydney.") for _ in range(2)]

    found = _names(articles, make_member(licensed))

    assert list(found.items()) == [("Sydney", 3), ("John Smith", 2), ("Paris", 1)]
    assert _names(articles, AnonymousUser()) == {}


def test_may_be_guesses_that_several_texts_or_a_headline_bear_out(
    corpus: Corpus, reader: User
) -> None:
    liner = "They saw the Carpathia at last. People on the Carpathia waved."
    alone = "They saw the Mesaba at last. People on the Mesaba waved."
    head = "They saw the Baltic at last. People on the Baltic waved."
    articles = [
        _article(corpus, liner),
        _article(corpus, liner, alone),
        _article(corpus, head, headline="No word from the Baltic yet"),
    ]

    found = _names(articles, reader)

    assert found == {"Carpathia": 2, "Baltic": 1}


def test_count_a_text_that_has_them_though_nothing_there_shows_it(
    corpus: Corpus, reader: User
) -> None:
    articles = [
        _article(corpus, "It was in Halifax. In Halifax they said so."),
        _article(corpus, "Halifax heard of it first; a halifaxian did not."),
        _article(corpus, "A Halifaxian heard of it.", headline="NOTHING OF IT"),
        _article(corpus, "They heard of it.", headline="HALIFAX IS TOLD"),
    ]

    assert _names(articles, reader)["Halifax"] == 3


def test_are_looked_for_in_every_edition_and_a_text_counts_once(
    corpus: Corpus, reader: User
) -> None:
    articles = [_article(corpus, "They went away."), _article(corpus, "They went to Sydney.")]
    articles.append(_article(corpus, "They went to Sydney."))
    story = make_story(corpus, articles)
    ids = [each.pk for each in articles]
    Coverage.objects.filter(pk__in=ids).update(editions=ids[0])

    [name] = lead_names(whole(story, reader))

    assert (name.name, name.texts) == ("Sydney", 1)


def test_are_no_numbers_that_begin_a_sentence(corpus: Corpus, reader: User) -> None:
    words = "Hundreds said so. Thousands said no. In Sydney nobody did."
    articles = [_article(corpus, words, headline="Hundreds of Hundreds") for _ in range(2)]

    assert _names(articles, reader) == {"Sydney": 2}


def test_within_others_are_told_once(corpus: Corpus, reader: User) -> None:
    board = "He wrote to the Board of Trade in London."
    articles = [
        _article(corpus, board),
        _article(corpus, board),
        _article(corpus, "He wrote to the British Board of Trade. It was in Lime Street."),
    ]

    found = _names(articles, reader)

    assert found["Board of Trade"] == 3
    assert "British Board of Trade" not in found
    assert _names(articles[2:], reader) == {"British Board of Trade": 1, "Lime Street": 1}
