"""Which articles are told to be on one event, to follow up on it, or to look back."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import permutations

import pytest

from articles.models import Article, Change, Consumer, Corpus, Link
from articles.related.events import happenings
from articles.related.events.happenings import Manner, Related
from articles.related.events.profiling import profile
from articles.related.finding import following
from tests.factories import (
    judge,
    make_article,
    make_corpus,
    make_entity,
    make_mention,
    make_source,
)
from tests.related.prose import prose

pytestmark = pytest.mark.django_db

type Relate = Callable[[], int]

QUAKE = (
    "An earthquake of great force struck the harbour town of Valdora before dawn on Tuesday.",
    "Mayor Ilsa Brandt said that the cathedral of Valdora had fallen, and the customs house too.",
    "Tremors were felt in Castrel, where Ilsa Brandt asked for tents and water for the homeless.",
)
QUAKE_ELSEWHERE = (
    "Houses fell in Valdora when the earth shook in the night; the cathedral is a heap of stones.",
    "Fishermen of Castrel set out with bread. Ilsa Brandt, the mayor, slept outdoors.",
)
BUDGET = (
    "The finance committee of Norhaven put off its vote on the budget for schools and roads.",
    "Councillor Otto Rehm wants lower taxes; Councillor Petra Lund asks who shall pay.",
)
ON = date(1932, 3, 19)


def kinds() -> dict[tuple[int, int], str]:
    """Return the links by event, by pair."""
    rows = Link.objects.held().filter(
        kind__in=("same_event", "follow_up", "background", "correction")
    )
    return {(link.first_id, link.second_id): link.kind for link in rows}


def pair(first: Article, second: Article) -> tuple[int, int]:
    return (min(first.pk, second.pk), max(first.pk, second.pk))


@pytest.fixture
def quakes(corpus: Corpus) -> tuple[Article, Article]:
    """Return two articles on one event, in words of their own, of two outlets and one day."""
    return (
        make_article(corpus, headline="Quake destroys Valdora", paragraphs=QUAKE, published=ON),
        make_article(
            corpus, headline="Night of ruin in Valdora", paragraphs=QUAKE_ELSEWHERE, published=ON
        ),
    )


def test_two_reports_of_one_day_are_on_the_same_event(
    quakes: tuple[Article, Article], related: Relate
) -> None:
    make_article(quakes[0].corpus, headline="Vote put off", paragraphs=BUDGET, published=ON)

    related()

    assert kinds() == {pair(*quakes): "same_event"}
    evidence = Link.objects.get().evidence
    assert {"Valdora", "Ilsa Brandt", "Castrel"} <= set(evidence["names"])
    assert evidence["days"] == 0
    assert evidence["words_in_common"]
    assert 0 < evidence["cosine"] < 1
    assert 0 < evidence["names_cosine"] <= 1


def test_what_comes_days_later_is_a_follow_up_from_the_earlier(
    quakes: tuple[Article, Article], related: Relate
) -> None:
    Article.objects.filter(pk=quakes[0].pk).update(published_date=date(1932, 3, 25))

    related()

    link = Link.objects.get()
    assert (link.kind, link.direction) == ("follow_up", "first")
    assert link.evidence["days"] == -6


def test_articles_years_apart_are_not_related(
    quakes: tuple[Article, Article], related: Relate
) -> None:
    Article.objects.filter(pk=quakes[0].pk).update(published_date=date(1935, 3, 19))

    related()

    assert not kinds()


def test_articles_of_two_corpora_are_not_related(corpus: Corpus, related: Relate) -> None:
    make_article(corpus, paragraphs=QUAKE, published=ON)
    make_article(make_corpus(), paragraphs=QUAKE_ELSEWHERE, published=ON)

    related()

    assert not kinds()


def test_an_outlet_s_correction_corrects_its_own_article(
    quakes: tuple[Article, Article], related: Relate
) -> None:
    corpus = quakes[0].corpus
    paper, other = make_source(corpus), make_source(corpus)
    Article.objects.filter(pk=quakes[0].pk).update(source=paper)
    Article.objects.filter(pk=quakes[1].pk).update(source=other)
    notice = make_article(
        corpus,
        headline="Correction: Valdora",
        paragraphs=(
            "A report on the earthquake in Valdora named the mayor wrongly: she is Ilsa Brandt.",
            "The cathedral of Valdora has not fallen.",
        ),
        source=paper,
        published=date(1932, 3, 20),
    )

    related()

    assert kinds()[pair(quakes[0], notice)] == "correction"
    assert kinds().get(pair(quakes[1], notice)) != "correction"
    assert Link.objects.get(kind="correction").direction == "second"


def test_who_is_tagged_counts_as_the_names(
    quakes: tuple[Article, Article], related: Relate
) -> None:
    mayor = make_entity(quakes[0].corpus, "Ilsa Brandt of Valdora")
    for article in quakes:
        make_mention(article, "Ilsa Brandt", entity=mayor)

    related()

    assert Link.objects.get().evidence["names"] == ["Ilsa Brandt of Valdora"]


def test_headlines_over_the_same_few_words_are_compared(corpus: Corpus, related: Relate) -> None:
    made = [
        make_article(corpus, headline=headline, paragraphs=("Full report below.",), published=ON)
        for headline in (
            "Mayor Ilsa Brandt flees Valdora as quake fells the cathedral",
            "Quake: cathedral of Valdora falls, mayor Ilsa Brandt is safe",
        )
    ]

    related()

    assert kinds() == {pair(*made): "same_event"}


def test_headlines_over_a_stock_sentence_are_compared_though_many_have_it(
    corpus: Corpus, related: Relate, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock = prose("footer", 14)
    for number in range(12):
        day = ON - timedelta(days=100 * number)
        make_article(corpus, paragraphs=(prose(number, 200), stock), published=day)
    made = [
        make_article(corpus, headline=headline, paragraphs=(stock,), published=ON)
        for headline in (
            "Otto Rehm leaves Norhaven",
            "Mayor Ilsa Brandt flees Valdora as quake fells the cathedral",
            "Quake: cathedral of Valdora falls, mayor Ilsa Brandt is safe",
        )
    ]
    # So of three that have the very same words the last two are not aligned with each other.
    monkeypatch.setattr("articles.related.finding.candidates.MOST_OF_GROUP", 0)

    related()

    assert kinds() == {pair(*made[1:]): "same_event"}


def test_a_rejected_pair_is_not_suggested_again_by_another_kind(
    quakes: tuple[Article, Article], related: Relate
) -> None:
    related()
    judge(Link.objects.get(), verdict="rejected")
    Article.objects.filter(pk=quakes[0].pk).update(published_date=date(1932, 3, 25))

    related()

    assert not kinds()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_pairs_do_not_depend_on_who_came_first(
    corpus: Corpus, related: Relate, order: tuple[int, ...]
) -> None:
    texts = [
        ("Quake destroys Valdora", QUAKE, ON),
        ("Night of ruin in Valdora", QUAKE_ELSEWHERE, date(1932, 3, 20)),
        ("Vote put off", BUDGET, ON),
    ]
    made = {}
    for number in order:
        headline, paragraphs, day = texts[number]
        made[number] = make_article(corpus, headline=headline, paragraphs=paragraphs, published=day)
        related()
    one_by_one = kinds()

    following.ask()
    related()

    assert one_by_one == kinds() == {pair(made[0], made[1]): "same_event"}
    assert not Change.objects.filter(consumer=Consumer.RELATED).exists()


PLAIN = Manner()


@pytest.mark.parametrize(
    ("score", "days", "first", "second", "expected"),
    [
        (0.17, 0, PLAIN, PLAIN, None),
        (0.19, 0, PLAIN, PLAIN, Related("same_event")),
        (0.19, -1, PLAIN, PLAIN, Related("same_event")),
        (0.19, 1, PLAIN, Manner(comes_after=True), Related("follow_up", 2)),
        (0.19, -1, PLAIN, Manner(comes_after=True), Related("same_event")),
        (0.19, 2, PLAIN, PLAIN, Related("follow_up", 2)),
        (0.19, 10, PLAIN, PLAIN, None),
        (0.3, -10, PLAIN, PLAIN, Related("follow_up", 1)),
        (0.3, 200, PLAIN, PLAIN, Related("background", 1)),
        (0.9, 401, PLAIN, PLAIN, None),
        (0.33, None, PLAIN, PLAIN, None),
        (0.35, None, PLAIN, PLAIN, Related("same_event")),
        (0.3, None, Manner(looks_back=True), PLAIN, Related("background", 1)),
        (0.3, 1, Manner(looks_back=True), PLAIN, Related("background", 1)),
        (0.3, 1, PLAIN, Manner(corrects=True), Related("correction", 2)),
        (0.3, -1, PLAIN, Manner(corrects=True), Related("same_event")),
    ],
)
def test_kinds_follow_from_likeness_days_and_manner(
    score: float, days: int | None, first: Manner, second: Manner, expected: Related | None
) -> None:
    assert happenings.related(score, days, first, second, one_source=True) == expected


def test_to_swap_two_articles_swaps_their_sides() -> None:
    for days in (None, 0, 1, -1, 5, -200):
        for first in (PLAIN, Manner(looks_back=True), Manner(comes_after=True)):
            one = happenings.related(0.5, days, first, PLAIN, one_source=True)
            other = happenings.related(0.5, -days if days else days, PLAIN, first, one_source=True)

            assert one is not None
            assert other is not None
            assert one.kind == other.kind
            assert (one.derived, other.derived) in {(0, 0), (1, 2), (2, 1)}


@pytest.mark.parametrize(
    "text",
    [
        "Le « Hindenburg » a brûlé.",
        "La fin du « Hindenburg ».",
        "“Hindenburg” burned.",
        '"Hindenburg"',
    ],
)
def test_a_name_in_quotation_marks_is_a_name(text: str) -> None:
    assert profile(text, [("paragraph", 0, len(text))], "fr").printed == ("Hindenburg",)


@pytest.mark.parametrize(
    "text", ["“Nobody knew,” he said.", "“Nobody came.”", "“Yes”, said the yes man."]
)
def test_the_first_word_of_what_is_said_is_no_name(text: str) -> None:
    assert profile(text, [("paragraph", 0, len(text))], "en").printed == ()
