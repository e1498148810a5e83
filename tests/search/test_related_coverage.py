"""Related coverage, in questions and facets: links, editions and stories of what one may see."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, User

from articles.models import Access, Article, Change, Consumer, Corpus, Coverage, Link, Role, Story
from articles.search.asking import ask
from articles.search.facets import FacetValue, facet_lists
from articles.search.language.errors import QueryError
from articles.search.language.query import parse
from articles.search.language.refining import only
from tests.factories import (
    judge,
    make_article,
    make_corpus,
    make_link,
    make_member,
    make_story,
    make_user,
)

type Index = Callable[[], int]


def edited(*articles: Article) -> None:
    """Say that articles ran one text, as grouping does."""
    for article in articles:
        Coverage.objects.update_or_create(
            article=article, defaults={"editions": min(each.pk for each in articles)}
        )


def found(query: str, user: User | AnonymousUser) -> set[int]:
    return set(ask(query, user).page(limit=50).ids)


@pytest.fixture
def papers(corpus: Corpus) -> list[Article]:
    """Five articles: an agency's, two that ran it, one that quotes it, and one alone.

    The second is from the first; what the third and the fourth are from is open.
    """
    made = [make_article(corpus, headline=f"Paper {n}") for n in range(5)]
    agency, ran, cut, quotes, _ = made
    make_link(agency, ran, "same_text", direction="second")
    make_link(agency, cut, "edited_version")
    make_link(agency, quotes, "quoted_passage")
    edited(agency, ran, cut)
    return made


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("related:{0}", {1, 2, 3}),
        ("related:{1}", {0}),
        ("related:{4}", set()),
        ("related:({1} OR {3})", {0}),
        ("-related:{0}", {0, 4}),
        ("copy-of:{0}", {1, 2, 3}),
        ("copy-of:{1}", {2}),
        ("copy-of:{2}", {0, 1}),
        ("copy-of:{3}", {0}),
        ("copy-of:{4}", set()),
        ("has:link", {0, 1, 2, 3}),
        ("has:editions", {0, 1, 2}),
        ("has:story", set()),
    ],
)
def test_a_question_finds_what_is_linked(
    papers: list[Article], superuser: User, index: Index, query: str, numbers: set[int]
) -> None:
    index()

    asked = query.format(*(article.pk for article in papers))

    assert found(asked, superuser) == {papers[number].pk for number in numbers}


def test_what_people_say_of_a_link_is_followed(
    papers: list[Article], superuser: User, index: Index
) -> None:
    index()
    agency, _, _, quotes, _ = papers
    link = Link.objects.get(second=quotes)

    judge(link, verdict="rejected")
    index()
    rejected = found(f"related:{agency.pk}", superuser)
    link.judgements.update(verdict="confirmed", direction="first")
    index()

    assert quotes.pk not in rejected
    assert quotes.pk in found(f"related:{agency.pk}", superuser)
    # Now the agency's text is from the one that quotes it.
    assert quotes.pk not in found(f"copy-of:{agency.pk}", superuser)
    assert agency.pk in found(f"copy-of:{quotes.pk}", superuser)


def test_a_link_of_the_same_event_makes_no_copy(
    corpus: Corpus, superuser: User, index: Index
) -> None:
    one, other = make_article(corpus, headline="One"), make_article(corpus, headline="Other")
    make_link(one, other, "same_event")
    index()

    assert found(f"related:{one.pk}", superuser) == {other.pk}
    assert found(f"copy-of:{one.pk}", superuser) == set()


def test_the_first_of_editions_is_found_once_another_joins_it(
    corpus: Corpus, superuser: User, index: Index
) -> None:
    first, second = (make_article(corpus, headline=word) for word in ("First", "Second"))
    edited(first)
    edited(second)
    index()
    alone = found("has:editions", superuser)

    Coverage.objects.filter(article=second).update(editions=first.pk)
    index()
    together = found("has:editions", superuser)
    Coverage.objects.filter(article=second).update(editions=second.pk)
    index()

    assert alone == set()
    assert together == {first.pk, second.pk}
    assert found("has:editions", superuser) == set()


def test_coverage_that_says_nothing_is_no_change(corpus: Corpus) -> None:
    article = make_article(corpus)
    Change.objects.all().delete()

    edited(article)
    Coverage.objects.update(editions=None)

    assert set(Change.objects.filter(consumer=Consumer.SEARCH).values_list("article_id")) <= {
        (article.pk,)
    }


@pytest.mark.parametrize("value", ["abc", '"12 13"', "1234567890123456789", "12*", "-3"])
def test_an_article_is_named_by_its_number(value: str) -> None:
    with pytest.raises(QueryError, match="by its number, as in related:123") as fault:
        parse(f"harbour related:{value}")

    assert fault.value.position == len("harbour related:")


@pytest.fixture
def flood(corpus: Corpus, papers: list[Article]) -> Story:
    return make_story(corpus, papers[:2], name="The Flood")


@pytest.mark.parametrize(
    "query", ["story:{0}", 'story:"the flood"', "story:the*", 'story:("The Flood" OR nothing)']
)
def test_a_story_is_found_by_name_and_number(
    flood: Story, papers: list[Article], superuser: User, index: Index, query: str
) -> None:
    index()

    assert found(query.format(flood.pk), superuser) == {papers[0].pk, papers[1].pk}
    assert found(f"has:story -{query.format(flood.pk)}", superuser) == set()


def test_a_story_that_was_merged_is_the_one_that_stands(
    corpus: Corpus, flood: Story, papers: list[Article], superuser: User, index: Index
) -> None:
    other = make_story(corpus, papers[2:3], name="High water")
    index()
    ids = {article.pk for article in papers[:3]}

    Story.objects.filter(pk=other.pk).update(merged_into=flood)
    before = found(f"story:{flood.pk}", superuser)
    index()

    # While the index is behind, both are asked for.
    assert before == ids
    assert found(f"story:{flood.pk}", superuser) == ids
    assert found('story:"high water"', superuser) == ids
    assert listed(superuser)[0].count == 3


def listed(user: User | AnonymousUser, query: str = "") -> list[FacetValue]:
    return list(facet_lists(ask(query, user), ["story"])[0].values)


@pytest.mark.usefixtures("flood")
def test_stories_are_counted_under_their_names(
    corpus: Corpus, superuser: User, index: Index
) -> None:
    late = make_article(corpus, headline="Later", published=date(1950, 2, 1))
    early = make_article(corpus, headline="It begins", published=date(1950, 1, 1))
    nameless = make_story(corpus, [late, early])
    index()

    assert listed(superuser) == [
        FacetValue(str(nameless.pk), "It begins", 2),
        FacetValue("The Flood", "The Flood", 2),
        FacetValue("", "No story", 3),
    ]
    for value in listed(superuser):
        question = ask("", superuser)
        assert question.but(only(question.tree, "story", value.value)).total() == value.count
    chosen = listed(superuser, f"story:{nameless.pk}")
    assert [(value.label, value.state) for value in chosen if value.state] == [
        ("It begins", "included")
    ]


def test_a_story_that_is_left_out_keeps_its_name(
    flood: Story, superuser: User, index: Index
) -> None:
    index()

    rows = listed(superuser, f"-story:{flood.pk}")

    assert [(row.label, row.value) for row in rows if row.state == "excluded"] == [
        ("The Flood", str(flood.pk))
    ]
    huge = listed(superuser, "-story:99999999999999999999")
    assert [row.label for row in huge if row.state] == ["99999999999999999999"]


def test_of_other_corpora_nothing_is_told(
    flood: Story, papers: list[Article], index: Index
) -> None:
    own = make_corpus("Own")
    stranger = make_member(own, Role.VIEWER, make_user("stranger"))
    mine = [make_article(own, headline=f"Mine {n}") for n in range(2)]
    make_story(own, mine, name="The Flood")
    index()
    ids = {article.pk for article in mine}

    assert found('story:"the flood"', stranger) == ids
    assert found(f"story:{flood.pk}", stranger) == set()
    assert found(f"related:{papers[0].pk}", stranger) == set()
    assert found(f"-related:{papers[0].pk}", stranger) == ids
    assert found(f"copy-of:{papers[0].pk}", stranger) == set()
    assert found(f"-copy-of:{papers[0].pk}", stranger) == ids
    assert [value.label for value in listed(stranger)] == ["The Flood"]
    assert listed(stranger)[0].count == 2


def test_outsiders_of_a_licensed_corpus_see_its_links_and_stories(index: Index) -> None:
    licensed = make_corpus("Licensed", access=Access.LICENSED)
    one, other = (make_article(licensed, headline=word) for word in ("One", "Other"))
    make_link(one, other, "same_text")
    make_story(licensed, [one, other], name="The Flood")
    index()

    nobody = AnonymousUser()

    assert found(f"related:{one.pk}", nobody) == {other.pk}
    assert found('story:"The Flood"', nobody) == {one.pk, other.pk}


def test_an_article_that_no_longer_stands_has_no_copies(
    papers: list[Article], superuser: User, index: Index
) -> None:
    Article.objects.filter(pk=papers[0].pk).update(standing=False)
    index()

    assert found(f"related:{papers[0].pk}", superuser) == set()
    assert found(f"copy-of:{papers[0].pk}", superuser) == set()


def test_what_is_linked_to_an_article_that_stands_no_more_is_no_longer_found(
    papers: list[Article], superuser: User, index: Index
) -> None:
    index()
    agency, _, _, quotes, _ = papers

    Article.objects.filter(pk=agency.pk).update(standing=False)
    index()
    gone = found("has:link", superuser)
    Article.objects.filter(pk=agency.pk).update(standing=True)
    index()

    assert gone == set()
    assert {agency.pk, quotes.pk} <= found("has:link", superuser)
