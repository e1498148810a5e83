"""Stories as they are read: lists, one with all of it, and who took it from whom."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from articles.models import Access, Article, Corpus, Coverage, Link, Story
from articles.models.keyset import CursorError
from articles.related.stories import story_reading, story_whole
from articles.related.stories.descent import Branch, Descent, descent
from articles.related.stories.story_whole import First, Whole
from tests.factories import (
    judge,
    make_article,
    make_corpus,
    make_link,
    make_member,
    make_source,
    make_story,
)

pytestmark = pytest.mark.django_db

WIRE = (
    "The bridge was opened by the Premier before a great crowd on Saturday.",
    "“It is a dream come true,” said Dr Bradfield of Sydney.",
    "A pageant followed, and after dark the arch was lit by searchlights.",
)


@pytest.fixture
def reader(corpus: Corpus) -> User:
    return make_member(corpus)


def _at(day: int, hour: int | None = None, **fields: Any) -> dict[str, Any]:
    """Return when an article of March 1932 came out, to the hour where it is known."""
    if hour is None:
        return {"published": date(1932, 3, day), **fields}
    moment = datetime(1932, 3, day, hour, tzinfo=UTC)
    told: dict[str, Any] = {"published_at": moment, "published_precision": "minute"}
    return {"published": date(1932, 3, day), **told, **fields}


def _told(articles: list[Article], user: User | AnonymousUser) -> tuple[Whole, Descent]:
    corpus = articles[0].corpus
    story = Story.objects.filter(corpus=corpus).first() or make_story(corpus, articles)
    told = story_whole.whole(story, user)
    return told, descent(told, user)


def _editions(*articles: Article) -> None:
    first = min(article.pk for article in articles)
    Coverage.objects.filter(pk__in=[each.pk for each in articles]).update(editions=first)


def _from(child: Article, parent: Article, kind: str = "edited_version") -> Link:
    link = make_link(child, parent, kind)
    side = "first" if link.first_id == child.pk else "second"
    Link.objects.filter(pk=link.pk).update(direction=side, found_direction=side)
    return link


def _drawn(branch: Branch) -> object:
    """Return a tree as nested lists of headlines."""
    name = branch.article.headline if branch.article else branch.agency
    return [name, *map(_drawn, branch.children)] if branch.children else name


class TestListed:
    """Lists of stories."""

    def test_goes_by_the_latest_article_page_by_page(self, corpus: Corpus, reader: User) -> None:
        for month in (5, 3, 4):
            early = make_article(corpus, published=date(1931, 1, month))
            late = make_article(corpus, headline=f"Month {month}", published=date(1932, month, 1))
            make_story(corpus, [early, late], name=f"Story of {month}")

        first = story_reading.listed(reader, limit=2)
        second = story_reading.listed(reader, limit=2, cursor=first.next)

        assert [row.name for row in first.rows] == ["Story of 5", "Story of 4"]
        assert [row.name for row in second.rows] == ["Story of 3"]
        assert second.next is None
        back = story_reading.listed(reader, limit=2, cursor=second.previous)
        assert [row.name for row in back.rows] == ["Story of 5", "Story of 4"]

    def test_counts_what_was_merged_and_texts_once(self, corpus: Corpus, reader: User) -> None:
        gazette = make_source(corpus, "The Gazette")
        one, two, three = (make_article(corpus, source=gazette, **_at(day)) for day in (1, 2, 3))
        story = make_story(corpus, [one, two])
        make_story(corpus, [three], merged_into=story)
        _editions(one, two)

        [row] = story_reading.listed(reader).rows

        assert (row.articles, row.texts, row.outlets) == (3, 2, 1)
        assert (row.first, row.last) == (date(1932, 3, 1), date(1932, 3, 3))
        assert row.outlet_names == ["The Gazette"]

    def test_keeps_to_days(self, corpus: Corpus, reader: User) -> None:
        make_story(corpus, [make_article(corpus, **_at(1)), make_article(corpus, **_at(9))])
        make_story(corpus, [make_article(corpus, published=None)], name="Undated")

        def number(since: int | None, until: int | None) -> int:
            days = [date(1932, 3, day) if day else None for day in (since, until)]
            return len(story_reading.listed(reader, since=days[0], until=days[1]).rows)

        assert [number(1, 1), number(2, 8), number(9, None), number(None, 2)] == [1, 0, 1, 1]

    def test_finds_by_a_name_and_by_any_headline(
        self, corpus: Corpus, reader: User, index: Callable[[], int]
    ) -> None:
        flood = make_article(corpus, headline="The river rises")
        other = make_article(corpus, headline="Dams burst at night")
        make_story(corpus, [flood, other], name="The Tay in flood")
        make_story(corpus, [make_article(corpus, headline="A quiet day")])
        index()

        found = {words: len(story_reading.listed(reader, words=words).rows) for words in (
            "flood tay", "burst dam", "river", "nothing of it", "((", "*"
        )}  # fmt: skip

        assert found == {
            "flood tay": 1, "burst dam": 1, "river": 1, "nothing of it": 0, "((": 0, "*": 0,
        }  # fmt: skip

    def test_finds_names_while_there_is_no_index(self, corpus: Corpus, reader: User) -> None:
        make_story(corpus, [make_article(corpus)], name="The Tay in flood")

        found = story_reading.listed(reader, words="tay")

        assert [row.name for row in found.rows] == ["The Tay in flood"]
        assert not found.is_whole

    def test_shows_nothing_of_a_corpus_that_is_not_known(self, corpus: Corpus) -> None:
        make_story(corpus, [make_article(corpus)], name="Hidden")
        licensed = make_corpus(access=Access.LICENSED)
        make_story(licensed, [make_article(licensed)], name="Known")

        assert [row.name for row in story_reading.listed(AnonymousUser()).rows] == ["Known"]
        assert [row.name for row in story_reading.largest(AnonymousUser()).rows] == ["Known"]

    def test_leaves_out_what_has_no_articles_any_more(self, corpus: Corpus, reader: User) -> None:
        article = make_article(corpus)
        make_story(corpus, [article])
        Article.objects.filter(pk=article.pk).update(standing=False)
        make_story(corpus)

        assert not story_reading.listed(reader).rows
        assert not story_reading.largest(reader).rows

    def test_refuses_a_cursor_of_another_list(self, reader: User) -> None:
        with pytest.raises(CursorError):
            story_reading.listed(reader, cursor="nonsense")

    def test_the_largest_come_first_when_asked(self, corpus: Corpus, reader: User) -> None:
        for number in (1, 3, 2):
            articles = [make_article(corpus) for _ in range(number)]
            make_story(corpus, articles, name=str(number))

        assert [row.name for row in story_reading.largest(reader).rows] == ["3", "2", "1"]


class TestStoryOf:
    """The story of an article."""

    def test_is_the_one_that_stands(self, corpus: Corpus, reader: User) -> None:
        article = make_article(corpus)
        standing = make_story(corpus, name="Standing")
        make_story(corpus, [article], pinned=True, merged_into=standing)

        found = story_reading.story_of(article, reader)

        assert found is not None
        assert (found.name, found.articles, found.pinned) == ("Standing", 1, True)

    def test_is_none_for_one_that_is_alone_or_not_to_be_known(
        self, corpus: Corpus, reader: User
    ) -> None:
        article, alone = make_article(corpus), make_article(corpus)
        make_story(corpus, [article])

        assert story_reading.story_of(alone, reader) is None
        assert story_reading.story_of(article, AnonymousUser()) is None


class TestFirst:
    """Who was first, as far as dates tell."""

    def test_is_the_one_of_the_earliest_day(self, corpus: Corpus, reader: User) -> None:
        later, first = make_article(corpus, **_at(2)), make_article(corpus, **_at(1))

        told, _ = _told([later, first], reader)

        assert told.first is not None
        assert told.first.articles == [first]

    def test_is_the_earliest_minute_of_one_day(self, corpus: Corpus, reader: User) -> None:
        later, first = make_article(corpus, **_at(1, 9)), make_article(corpus, **_at(1, 8))

        told, _ = _told([later, first], reader)

        assert told.first is not None
        assert (told.first.articles, told.first.to) == ([first], "minute")

    def test_is_not_known_where_one_of_a_day_has_no_time(
        self, corpus: Corpus, reader: User
    ) -> None:
        articles = [make_article(corpus, **_at(1, 9)), make_article(corpus, **_at(1))]

        told, _ = _told(articles, reader)

        assert told.first is not None
        assert not told.first.is_known
        assert len(told.first.articles) == 2

    def test_is_nobody_where_no_day_is_known(self, corpus: Corpus, reader: User) -> None:
        year: dict[str, Any] = {"published": date(1932, 1, 1), "published_precision": "year"}
        articles = [make_article(corpus, published=None), make_article(corpus, **year)]

        told, _ = _told(articles, reader)

        assert told.first is None
        assert len(told.off_days) == 2


class TestDescent:
    """Who took a text from whom."""

    def test_is_a_tree_where_direction_is_known(self, corpus: Corpus, reader: User) -> None:
        wire, one, two = (
            make_article(corpus, headline=name, paragraphs=WIRE, **_at(day))
            for name, day in (("wire", 1), ("one", 2), ("two", 3))
        )
        _from(one, wire)
        _from(two, one)

        _, known = _told([wire, one, two], reader)

        [strand] = known.strands
        assert strand.is_known
        assert [_drawn(root) for root in strand.roots] == [["wire", ["one", "two"]]]
        assert strand.roots[0].children[0].kept == 1.0

    def test_claims_nothing_where_it_is_not(self, corpus: Corpus, reader: User) -> None:
        late, early = (
            make_article(corpus, headline=name, paragraphs=WIRE, **_at(day))
            for name, day in (("late", 2), ("early", 1))
        )
        make_link(late, early, "same_text")

        _, known = _told([late, early], reader)

        [strand] = known.strands
        assert not strand.is_known
        assert [_drawn(root) for root in strand.roots] == ["early", "late"]
        assert strand.roots[1].like == early
        assert known.lines == []

    def test_puts_a_credited_agency_over_those_that_credit_it(
        self, corpus: Corpus, reader: User
    ) -> None:
        one, two, other = (
            make_article(corpus, headline=name, paragraphs=WIRE, agencies=credited, **_at(day))
            for name, day, credited in (("one", 1, ("Reuters",)), ("two", 2, ("Reuters",)),
                                        ("other", 3, ()))
        )  # fmt: skip
        story = make_story(corpus, [one, two, other])
        _editions(one, two, other)

        known = descent(story_whole.whole(story, reader), reader)

        [strand] = known.strands
        assert [_drawn(root) for root in strand.roots] == [["Reuters", "one", "two"], "other"]

    def test_has_the_agencys_own_copy_where_that_is_here(
        self, corpus: Corpus, reader: User
    ) -> None:
        wire = make_article(
            corpus, headline="wire", paragraphs=WIRE, source=make_source(corpus, "Reuters")
        )
        one = make_article(corpus, headline="one", paragraphs=WIRE, agencies=("Reuters",))
        _from(one, wire)

        _, known = _told([wire, one], reader)

        assert [_drawn(root) for root in known.strands[0].roots] == [["wire", "one"]]

    def test_never_goes_round_in_a_circle(self, corpus: Corpus, reader: User) -> None:
        articles = [make_article(corpus, paragraphs=WIRE) for _ in range(3)]
        for child, parent in zip(articles, articles[1:] + articles[:1], strict=True):
            _from(child, parent)

        _, known = _told(articles, reader)

        [strand] = known.strands
        assert strand.size == 3
        assert len(known.lines) == 2
        assert len(strand.roots) == 1

    def test_prefers_what_a_person_confirmed_and_forgets_what_was_rejected(
        self, corpus: Corpus, reader: User
    ) -> None:
        wire, rival, one, two = (make_article(corpus, paragraphs=WIRE) for _ in range(4))
        _from(one, wire, "same_text")
        said = make_link(one, rival, "excerpt")
        judge(said, direction="first" if said.first_id == one.pk else "second")
        judge(_from(two, wire), verdict="rejected")

        _, known = _told([wire, rival, one, two], reader)

        assert [(tie.child, tie.parent) for tie in known.lines] == [(one.pk, rival.pk)]
        assert known.alone == 1

    def test_says_of_a_link_what_people_said_of_it(self, corpus: Corpus, reader: User) -> None:
        wire, *copies = (make_article(corpus, paragraphs=WIRE) for _ in range(4))
        links = [_from(copy, wire) for copy in copies]
        judge(links[1])
        judge(links[2])
        judge(links[2], verdict="rejected")

        _, known = _told([wire, *copies], reader)

        assert [tie.status for tie in known.lines] == ["suggested", "accepted", "disputed"]

    def test_says_who_was_first_of_those_that_have_a_day(
        self, corpus: Corpus, reader: User
    ) -> None:
        undated = make_article(corpus, paragraphs=WIRE, published=None)
        taken = make_article(corpus, paragraphs=WIRE, **_at(1))
        early = make_article(corpus, paragraphs=WIRE, **_at(2))
        alike = make_article(corpus, paragraphs=WIRE, **_at(2))
        _from(taken, undated)
        make_link(early, alike)

        _, known = _told([undated, taken, early, alike], reader)

        roots = {root.article: root for strand in known.strands for root in strand.roots}
        assert roots[undated].first is None
        assert roots[early].first == First([early, alike], "day")
        assert (roots[alike].first, roots[alike].like) == (None, early)

    def test_tells_no_shares_to_who_may_not_read_the_texts(self) -> None:
        licensed = make_corpus(access=Access.LICENSED)
        wire, one = (make_article(licensed, paragraphs=WIRE) for _ in range(2))
        _from(one, wire)

        _, known = _told([wire, one], AnonymousUser())

        assert len(known.lines) == 1
        assert known.strands[0].roots[0].children[0].kept is None

    def test_of_a_long_line_of_copies_is_drawn_so_deep_and_no_deeper(
        self, corpus: Corpus, reader: User
    ) -> None:
        articles = [make_article(corpus, paragraphs=WIRE) for _ in range(30)]
        for parent, child in pairwise(articles):
            _from(child, parent)

        _, known = _told(articles, reader)

        def depth(branch: Branch) -> int:
            return 1 + max(map(depth, branch.children), default=0)

        def size(branch: Branch) -> int:
            return 1 + sum(map(size, branch.children))

        [root] = known.strands[0].roots
        assert depth(root) <= 10
        assert size(root) == 30
