"""What people put right about stories."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.curation.fields import StaleError
from articles.history.undo import undo
from articles.models import (
    Article,
    Change,
    Consumer,
    Corpus,
    Coverage,
    Door,
    Operation,
    Role,
    Story,
    StoryPin,
)
from articles.related.stories import story_acts
from articles.related.stories.story_acts import StoryError
from articles.related.stories.story_names import UNTITLED, title
from tests.factories import make_article, make_corpus, make_member, make_story

PAGE = {"door": Door.PAGE}


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    """Return who may say what belongs together."""
    return make_member(corpus, Role.ANNOTATOR)


def _articles(corpus: Corpus, number: int = 3) -> list[Article]:
    return [make_article(corpus, headline=f"Headline {n}") for n in range(number)]


def _where(article: Article) -> int | None:
    return Coverage.objects.get(pk=article.pk).story_id


def _refused(fault: pytest.ExceptionInfo[StoryError]) -> str:
    assert not Operation.objects.exists()
    return fault.value.message


def test_a_story_goes_by_the_headline_that_it_began_with(corpus: Corpus) -> None:
    later, first = _articles(corpus, 2)
    Article.objects.filter(pk=first.pk).update(published_date="1931-01-01")
    undated = make_article(corpus, headline="No day", published=None)

    story = make_story(corpus, [later, undated, first])

    assert title(story) == "Headline 1"
    assert title(make_story(corpus)) == UNTITLED


def test_a_name_turns_no_sentence_around_it(corpus: Corpus, annotator: User) -> None:
    articles = [make_article(corpus, headline=f"\u202eHead{n}\u2067") for n in range(3)]
    story = make_story(corpus, articles)

    named = story_acts.rename(story, "\u202eThe bridge", by=annotator, **PAGE)
    let = story_acts.move([articles[0].pk], None, by=annotator, **PAGE)
    story_acts.rename(story, "", by=annotator, **PAGE)
    one = story_acts.merge(make_story(corpus), [story], by=annotator, **PAGE)

    assert named is not None
    assert named.summary == "Story “Head0”: called “The bridge”"
    assert let is not None
    assert let.summary == "“Head0” kept out of any story"
    assert one is not None
    assert "\u202e" not in one.summary


class TestRename:
    """What a story is called."""

    def test_is_one_operation_that_is_undone(self, corpus: Corpus, annotator: User) -> None:
        story = make_story(corpus, _articles(corpus))

        operation = story_acts.rename(story, "  The   bridge ", by=annotator, **PAGE)

        assert operation is not None
        assert operation.summary == "Story “Headline 0”: called “The bridge”"
        assert Story.objects.get().name == "The bridge"
        undo(operation, by=annotator, door=Door.PAGE)
        assert Story.objects.get().name == ""

    def test_to_what_it_is_called_is_nothing(self, corpus: Corpus, annotator: User) -> None:
        story = make_story(corpus, name="The bridge")

        assert story_acts.rename(story, "The bridge", by=annotator, **PAGE) is None
        assert not Operation.objects.exists()

    def test_refuses_a_name_that_is_too_long(self, corpus: Corpus, annotator: User) -> None:
        with pytest.raises(StoryError) as fault:
            story_acts.rename(make_story(corpus), "x" * 301, by=annotator, **PAGE)

        assert "at most 300" in _refused(fault)
        assert fault.value.field == "name"

    def test_refuses_where_another_changed_it_meanwhile(
        self, corpus: Corpus, annotator: User
    ) -> None:
        story = make_story(corpus)
        seen = story_acts.state_of(story)
        Story.objects.update(name="Another")

        with pytest.raises(StaleError):
            story_acts.rename(story, "Mine", by=annotator, expected_state=seen, **PAGE)

        assert Story.objects.get().name == "Another"

    def test_of_a_merged_story_is_refused(self, corpus: Corpus, annotator: User) -> None:
        story = make_story(corpus, name="Old", merged_into=make_story(corpus, name="New"))

        with pytest.raises(StoryError) as fault:
            story_acts.rename(story, "Another", by=annotator, **PAGE)

        assert "“Old” was merged into “New”" in _refused(fault)


def test_a_note_is_written_and_undone(corpus: Corpus, annotator: User) -> None:
    story = make_story(corpus, name="The bridge")

    operation = story_acts.write_note(story, "See the \r\nminutes ", by=annotator, **PAGE)

    assert operation is not None
    assert Story.objects.get().note == "See the \nminutes"
    undo(operation, by=annotator, door=Door.PAGE)
    assert Story.objects.get().note == ""


class TestMerge:
    """What is one story."""

    def test_touches_no_article_and_is_never_in_two_steps(
        self, corpus: Corpus, annotator: User
    ) -> None:
        one, two, three = _articles(corpus)
        stories = [make_story(corpus, [each], name=each.headline) for each in (one, two, three)]
        story_acts.merge(stories[1], [stories[0]], by=annotator, **PAGE)

        operation = story_acts.merge(stories[2], [stories[1]], by=annotator, **PAGE)

        assert operation is not None
        assert operation.summary == "“Headline 1” merged into the story “Headline 2”"
        into = Story.objects.order_by("pk").values_list("merged_into", flat=True)
        assert list(into) == [stories[2].pk, stories[2].pk, None]
        assert _where(one) == stories[0].pk
        undo(operation, by=annotator, door=Door.PAGE)
        assert list(into.all()) == [stories[1].pk, None, None]

    def test_follows_one_that_was_merged_before(self, corpus: Corpus, annotator: User) -> None:
        into = make_story(corpus)
        merged = make_story(corpus, merged_into=into)
        other = make_story(corpus)

        story_acts.merge(merged, [other], by=annotator, **PAGE)

        assert Story.objects.get(pk=other.pk).merged_into == into

    def test_of_what_is_one_already_is_nothing(self, corpus: Corpus, annotator: User) -> None:
        into = make_story(corpus)
        merged = make_story(corpus, merged_into=into)

        assert story_acts.merge(into, [merged, into], by=annotator, **PAGE) is None
        assert not Operation.objects.exists()

    def test_of_two_corpora_is_refused(self, corpus: Corpus, annotator: User) -> None:
        other = make_story(make_corpus())

        with pytest.raises(StoryError) as fault:
            story_acts.merge(make_story(corpus), [other], by=annotator, **PAGE)

        assert "two corpora" in _refused(fault)

    def test_of_none_is_refused(self, corpus: Corpus, annotator: User) -> None:
        with pytest.raises(StoryError) as fault:
            story_acts.merge(make_story(corpus), [], by=annotator, **PAGE)

        assert "Choose" in _refused(fault)


class TestSplit:
    """A new story of some articles of one."""

    def test_makes_a_story_in_which_they_stay(self, corpus: Corpus, annotator: User) -> None:
        one, two, three = _articles(corpus)
        story = make_story(corpus, [one, two, three], name="Both")

        made = story_acts.split(story, [one.pk, two.pk], by=annotator, name="Part", **PAGE)

        assert made.name == "Part"
        assert made.by == annotator
        assert [_where(each) for each in (one, two, three)] == [made.pk, made.pk, story.pk]
        assert Coverage.objects.filter(pinned=True).count() == 2
        operation = story_acts.made_in(made)
        assert operation is not None
        assert operation.summary == "2 articles of “Both” made a story: “Part”"

    def test_is_undone_and_the_machine_places_them_again(
        self, corpus: Corpus, annotator: User
    ) -> None:
        one, two, three = _articles(corpus)
        story = make_story(corpus, [one, two])
        made = story_acts.split(story, [one.pk], by=annotator, **PAGE)
        # Meanwhile the machine gathered another article around it.
        make_story_of = {"version": three.version, "story": made}
        Coverage.objects.create(article=three, editions=three.pk, **make_story_of)
        Change.objects.all().delete()
        operation = story_acts.made_in(made)
        assert operation is not None

        undo(operation, by=annotator, door=Door.PAGE)

        assert list(Story.objects.all()) == [story]
        assert not StoryPin.objects.exists()
        assert [_where(each) for each in (one, two, three)] == [story.pk, story.pk, None]
        waiting = Change.objects.filter(consumer=Consumer.RELATED)
        assert set(waiting.values_list("article_id", flat=True)) == {one.pk, three.pk}

    def test_is_undone_though_the_story_it_was_of_is_gone(
        self, corpus: Corpus, annotator: User
    ) -> None:
        one, two, _ = _articles(corpus)
        story = make_story(corpus, [one, two])
        made = story_acts.split(story, [one.pk], by=annotator, **PAGE)
        operation = story_acts.made_in(made)
        assert operation is not None
        # As the machine does with a story of one article.
        story.delete()

        undo(operation, by=annotator, door=Door.PAGE)

        assert _where(one) is None

    def test_of_all_articles_is_refused(self, corpus: Corpus, annotator: User) -> None:
        articles = _articles(corpus)
        story = make_story(corpus, articles)

        with pytest.raises(StoryError) as fault:
            story_acts.split(story, [each.pk for each in articles], by=annotator, **PAGE)

        assert "nothing would be left" in _refused(fault)
        assert Story.objects.count() == 1

    def test_of_an_article_elsewhere_is_refused(self, corpus: Corpus, annotator: User) -> None:
        one, two, other = _articles(corpus)
        story = make_story(corpus, [one, two])

        with pytest.raises(StoryError) as fault:
            story_acts.split(story, [one.pk, other.pk], by=annotator, **PAGE)

        assert _refused(fault) == (
            f"Not in this story: {other.pk} (“Headline 2”). Look at it again."
        )

    def test_takes_articles_of_what_was_merged_into_it(
        self, corpus: Corpus, annotator: User
    ) -> None:
        one, two, _ = _articles(corpus)
        story = make_story(corpus, [one])
        make_story(corpus, [two], merged_into=story)

        made = story_acts.split(story, [two.pk], by=annotator, **PAGE)

        assert _where(two) == made.pk

    def test_of_no_story_takes_them_from_wherever_they_are(
        self, corpus: Corpus, annotator: User
    ) -> None:
        one, two, _ = _articles(corpus)
        make_story(corpus, [one])

        made = story_acts.split(None, [one.pk, two.pk], by=annotator, **PAGE)

        assert [_where(one), _where(two)] == [made.pk, made.pk]


class TestMove:
    """Where an article belongs, by a person's word."""

    def test_puts_it_where_it_stays_and_is_undone(self, corpus: Corpus, annotator: User) -> None:
        one, two, _ = _articles(corpus)
        here, there = make_story(corpus, [one]), make_story(corpus, [two], name="There")
        first = story_acts.move([one.pk], here, by=annotator, **PAGE)
        assert first is not None

        operation = story_acts.move([one.pk], there, by=annotator, **PAGE)

        assert operation is not None
        assert operation.summary == "“Headline 0” put into the story “There”"
        assert _where(one) == there.pk
        undo(operation, by=annotator, door=Door.PAGE)
        assert _where(one) == here.pk
        assert Coverage.objects.get(pk=one.pk).pinned

    def test_to_none_keeps_it_out_of_any(self, corpus: Corpus, annotator: User) -> None:
        one = make_article(corpus)
        make_story(corpus, [one])

        operation = story_acts.move([one.pk], None, by=annotator, **PAGE)

        assert operation is not None
        assert operation.summary.endswith("kept out of any story")
        coverage = Coverage.objects.get(pk=one.pk)
        assert coverage.story is None
        assert coverage.pinned

    def test_where_a_person_put_it_before_is_nothing(self, corpus: Corpus, annotator: User) -> None:
        one = make_article(corpus)
        story = make_story(corpus, [one], pinned=True)
        standing = make_story(corpus)
        Story.objects.filter(pk=story.pk).update(merged_into=standing)

        assert story_acts.move([one.pk], standing, by=annotator, **PAGE) is None
        assert not Operation.objects.exists()

    def test_to_another_corpus_is_refused(self, corpus: Corpus, annotator: User) -> None:
        story = make_story(make_corpus())

        with pytest.raises(StoryError) as fault:
            story_acts.move([make_article(corpus).pk], story, by=annotator, **PAGE)

        assert "another corpus" in _refused(fault)

    @pytest.mark.parametrize("how", ["none", "gone", "two corpora"])
    def test_of_what_makes_no_sense_is_refused(
        self, corpus: Corpus, annotator: User, how: str
    ) -> None:
        here, there = make_article(corpus), make_article(make_corpus())
        ids: dict[str, Any] = {"none": [], "gone": [there.pk + 9], "two corpora": [here, there]}
        chosen = [getattr(each, "pk", each) for each in ids[how]]

        with pytest.raises(StoryError) as fault:
            story_acts.move(chosen, None, by=annotator, **PAGE)

        said = {"none": "Choose", "gone": "is gone", "two corpora": "one corpus only"}
        assert said[how] in _refused(fault)

    def test_is_let_go_for_the_machine_to_place_again(
        self, corpus: Corpus, annotator: User
    ) -> None:
        one, two, _ = _articles(corpus)
        story = make_story(corpus, [one], pinned=True)

        operation = story_acts.let_go([one.pk, two.pk], by=annotator, **PAGE)

        assert operation is not None
        assert operation.size == 1
        assert _where(one) is None
        undo(operation, by=annotator, door=Door.PAGE)
        assert _where(one) == story.pk
        assert story_acts.let_go([two.pk], by=annotator, **PAGE) is None
