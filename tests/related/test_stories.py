"""What gathers into a story, and that what people said outranks it."""

from itertools import combinations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles.history.undo import undo
from articles.models import Article, Corpus, Coverage, Door, Link, Role, Story
from articles.related.stories import stories, story_acts, story_ground
from articles.related.stories.grouping import settle_editions
from tests.factories import judge, make_article, make_link, make_member, make_story, make_user

pytestmark = pytest.mark.django_db


def story_of(article: Article) -> int | None:
    """Return the story that an article's row names."""
    row = Coverage.objects.filter(article=article).first()
    return row.story_id if row else None


def settle(*articles: Article) -> int:
    """Settle groups and stories of articles."""
    ids = [article.pk for article in articles]
    settle_editions(ids)
    return stories.settle(ids)


@pytest.fixture
def three(corpus: Corpus) -> list[Article]:
    """Return three articles on one event, each linked to the others."""
    articles = [make_article(corpus, headline=f"Bridge opens {n}") for n in range(3)]
    for number, first in enumerate(articles):
        for second in articles[:number]:
            make_link(first, second, "same_event", score=0.5)
    return articles


def test_articles_on_one_event_are_one_story(three: list[Article]) -> None:
    assert settle(*three) == 3

    assert len({story_of(article) for article in three}) == 1
    assert story_of(three[0]) is not None


def test_to_settle_again_changes_nothing(three: list[Article]) -> None:
    settle(*three)

    assert settle(*three) == 0
    assert settle(three[1]) == 0
    assert Story.objects.count() == 1


def test_an_article_stays_in_a_named_story_where_not_all_around_it_is_looked_at(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    met, mate, article, partner = (make_article(corpus, headline=f"Storm {n}") for n in range(4))
    story = make_story(corpus, [mate, article, partner], name="The storm")
    for first, second in ((article, partner), (mate, partner), (met, article)):
        make_link(first, second, "same_event", score=0.6)
    monkeypatch.setattr(story_ground, "MOST_AT_ONCE", 1)

    settle(article)

    assert story_of(article) == story.pk


def test_an_article_of_a_merged_story_stays_with_those_of_the_one_it_was_merged_into(
    corpus: Corpus,
) -> None:
    comes, article, partner = (make_article(corpus, headline=f"Storm {n}") for n in range(3))
    stands = make_story(corpus, [partner], name="The storm")
    merged = make_story(corpus, [article], merged_into=stands)
    make_link(article, partner, "same_event", score=0.6)
    make_link(comes, article, "same_event", score=0.9)

    settle(comes)

    assert story_of(article) in {stands.pk, merged.pk}


def test_to_name_a_story_draws_no_like_event_to_it(corpus: Corpus) -> None:
    quakes = [make_article(corpus, headline=f"Earthquake {n}") for n in range(8)]
    for first, second in combinations(range(4), 2):
        make_link(quakes[first], quakes[second], "same_event", score=0.6)
    settle(*quakes)
    named = story_of(quakes[0])
    assert named is not None
    Story.objects.filter(pk=named).update(name="The first earthquake")

    for first, second in combinations(range(8), 2):
        if second >= 4:
            score = 0.2 if first < 4 else 0.6
            make_link(quakes[first], quakes[second], "same_event", score=score)
    settle(*quakes)

    assert [story_of(article) == named for article in quakes] == [True] * 4 + [False] * 4
    assert len({story_of(article) for article in quakes}) == 2


def test_one_article_alone_is_no_story(corpus: Corpus) -> None:
    alone = make_article(corpus)

    assert settle(alone) == 0
    assert not Story.objects.exists()


def test_two_editions_of_one_text_are_a_story(corpus: Corpus) -> None:
    first, second = make_article(corpus), make_article(corpus)
    make_link(first, second, "edited_version", score=0.9)

    settle(first, second)

    assert story_of(first) == story_of(second) is not None


def test_background_and_quotations_do_not_make_a_story(corpus: Corpus) -> None:
    first, second = make_article(corpus), make_article(corpus)
    make_link(first, second, "background", score=0.9)
    make_link(first, second, "quoted_passage", score=0.9)

    assert settle(first, second) == 0


def test_an_article_that_arrives_joins_the_story(three: list[Article]) -> None:
    settle(*three)
    late = make_article(three[0].corpus)
    for article in three:
        make_link(late, article, "same_event", score=0.4)

    assert settle(late) == 1

    assert story_of(late) == story_of(three[0])


def test_a_pinned_article_is_not_moved(three: list[Article]) -> None:
    editor = make_user()
    other = make_story(three[0].corpus, name="Another thing")
    story_acts.move([three[2].pk], other, by=editor, door=Door.PAGE)

    settle(*three)

    assert story_of(three[2]) == other.pk
    assert story_of(three[0]) == story_of(three[1])


def test_an_article_kept_out_of_any_story_stays_out(three: list[Article]) -> None:
    story_acts.move([three[2].pk], None, by=make_user(), door=Door.PAGE)

    settle(*three)

    assert story_of(three[2]) is None
    assert story_of(three[0]) == story_of(three[1]) is not None


def test_what_people_split_stays_split(three: list[Article]) -> None:
    settle(*three)
    story = Story.objects.get()

    made = story_acts.split(story, [three[1].pk, three[2].pk], by=make_user(), door=Door.PAGE)
    settle(*three)

    assert story_of(three[1]) == story_of(three[2]) == made.pk
    assert story_of(three[0]) == story.pk


def test_what_people_merged_stays_merged(corpus: Corpus, three: list[Article]) -> None:
    pair = [make_article(corpus), make_article(corpus)]
    make_link(pair[0], pair[1], "same_event", score=0.5)
    settle(*three)
    settle(*pair)
    first, second = Story.objects.order_by("pk")

    story_acts.merge(first, [second], by=make_user(), door=Door.PAGE)
    assert settle(*three, *pair) == 0
    late = make_article(corpus)
    for article in pair:
        make_link(late, article, "same_event", score=0.9)
    settle(late)

    assert story_of(pair[0]) == second.pk
    assert story_of(late) == first.pk


def test_rejected_links_do_not_join(three: list[Article]) -> None:
    for link in Link.objects.filter(second=three[2]):
        judge(link, verdict="rejected")

    settle(*three)

    assert story_of(three[2]) is None
    assert story_of(three[0]) == story_of(three[1]) is not None


def test_a_pair_that_was_rejected_is_not_joined_by_others(three: list[Article]) -> None:
    judge(Link.objects.get(first=three[0], second=three[1]), verdict="rejected")

    settle(*three)

    assert story_of(three[0]) != story_of(three[1])


def test_a_story_that_nothing_is_in_any_more_is_deleted(three: list[Article]) -> None:
    settle(*three)
    Link.objects.all().delete()

    settle(*three)

    assert not Story.objects.exists()


def test_a_story_with_a_name_stays_though_it_is_empty(three: list[Article]) -> None:
    settle(*three)
    story_acts.rename(Story.objects.get(), "The bridge", by=make_user(), door=Door.PAGE)
    Link.objects.all().delete()

    settle(*three)

    assert Story.objects.get().name == "The bridge"
    assert not Coverage.objects.exclude(story=None).exists()


type _Drawn = tuple[int, int, str, float]


@st.composite
def links(draw: st.DrawFn) -> list[_Drawn]:
    """Return links between six articles: two of them, a kind and a score."""
    pairs = st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] < pair[1])
    drawn = draw(st.lists(pairs, unique=True, max_size=12))
    kinds = st.sampled_from(["same_event", "follow_up", "edited_version", "background"])
    scores = st.floats(0.18, 1.0)
    return [(one, other, draw(kinds), draw(scores)) for one, other in drawn]


# One is put into a story that people named since a second is like both, and the second stays where
# it is: counted as one of that story's, the first made it less like all the others.
_BY_ANOTHER: list[_Drawn] = [
    (0, 3, "same_event", 0.25), (1, 3, "same_event", 0.5), (1, 4, "same_event", 0.75),
    (4, 5, "same_event", 1.0), (2, 3, "same_event", 0.5),
]  # fmt: skip


def standing() -> dict[int, tuple[int | None, bool]]:
    """Return where all articles stand."""
    rows = Coverage.objects.values_list("article_id", "story_id", "pinned")
    return {article: (story, pinned) for article, story, pinned in rows}


@given(
    drawn=links(),
    pinned=st.dictionaries(st.integers(0, 5), st.integers(0, 1), max_size=3),
    first=st.lists(st.integers(0, 5), min_size=1),
)
@example(drawn=_BY_ANOTHER, pinned={1: 0}, first=[0])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_to_settle_is_idempotent_and_pins_outrank(
    corpus: Corpus,
    drawn: list[tuple[int, int, str, float]],
    pinned: dict[int, int],
    first: list[int],
) -> None:
    with transaction.atomic():
        articles = [make_article(corpus) for _ in range(6)]
        for one, other, kind, score in drawn:
            make_link(articles[one], articles[other], kind, score=score)
        kept = [make_story(corpus, name="One"), make_story(corpus, name="Two")]
        settle(*(articles[number] for number in first))
        for number, story in pinned.items():
            story_acts.move([articles[number].pk], kept[story], by=None, door=Door.COMMAND)
        settle(*articles)

        once = standing()

        assert settle(*articles) == 0
        assert standing() == once
        if not pinned:
            # What is around one article is enough to tell where it stands.
            assert all(settle(article) == 0 for article in articles)
        for number, story in pinned.items():
            assert once[articles[number].pk] == (kept[story].pk, True)
        # What people took the others from may have one left.
        assert all(story.coverage.exists() for story in Story.objects.filter(name=""))
        transaction.set_rollback(True)


def test_to_undo_a_pin_leads_back(three: list[Article]) -> None:
    settle(*three)
    story = story_of(three[0])
    editor = make_member(three[0].corpus, Role.EDITOR)
    operation = story_acts.move([three[2].pk], None, by=editor, door=Door.PAGE)
    settle(*three)
    assert story_of(three[2]) is None
    assert operation is not None

    undo(operation, by=editor, door=Door.PAGE)
    settle(*three)

    assert {story_of(article) for article in three} == {story}


def test_to_undo_a_split_leads_back(three: list[Article]) -> None:
    settle(*three)
    story = Story.objects.get()
    editor = make_member(three[0].corpus, Role.EDITOR)
    made = story_acts.split(story, [three[1].pk, three[2].pk], by=editor, door=Door.PAGE)
    settle(*three)
    operation = story_acts.made_in(made)
    assert operation is not None

    undo(operation, by=editor, door=Door.PAGE)
    settle(*three)

    assert {story_of(article) for article in three} == {story.pk}


def test_a_story_of_hundreds_of_editions_is_one(corpus: Corpus) -> None:
    articles = [make_article(corpus) for _ in range(450)]
    Link.objects.bulk_create(
        Link(
            corpus=corpus,
            first=articles[number - back],
            second=article,
            kind="edited_version",
            score=1.0,
        )
        for number, article in enumerate(articles)
        for back in range(1, min(number, 4) + 1)
    )

    for start in range(0, 450, 150):
        settle(*articles[start : start + 150])

    assert Story.objects.count() == 1
    assert Coverage.objects.filter(story=Story.objects.get()).count() == 450
