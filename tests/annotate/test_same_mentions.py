"""The same name elsewhere: here at once, over the corpus as a job, within one's own work."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from articles.annotate.spreading import same_mentions, spreading, spreads
from articles.annotate.spreading.same_spreads import accept_here, spread_over_corpus
from articles.annotate.tags.layers import NotAllowedError
from articles.history.undo import undo
from articles.models import (
    Anchor,
    Corpus,
    Door,
    Mention,
    MentionOrigin,
    MentionStatus,
    Role,
    Spread,
    SpreadStatus,
)
from tests.factories import make_article, make_entity, make_member, make_mention, make_task

type Index = Callable[[], int]


@pytest.fixture
def ann(corpus: Corpus) -> User:
    """Return an annotator."""
    return make_member(corpus, Role.ANNOTATOR)


def run(spread: Spread) -> Spread:
    spreads.run(spread.pk)
    spread.refresh_from_db()
    return spread


def quotes() -> list[str]:
    found = Anchor.objects.filter(mention__origin=MentionOrigin.SAME)
    return sorted(found.values_list("quote", flat=True))


def test_a_preview_tells_of_here_and_of_the_corpus(corpus: Corpus, ann: User, index: Index) -> None:
    doe = make_entity(corpus, "Ann Doe", "person", "A. Doe")
    make_entity(corpus, "Ann Doe House", "place")
    article = make_article(
        corpus, headline="ANN DOE WINS", paragraphs=("Ann Doe said so.", "Ann Doe’s dog; ann doe.")
    )
    make_article(corpus, paragraphs=("We met A. Doe at Ann Doe House.", "And Ann Doe."))
    make_article(corpus, paragraphs=("Doe alone.",))
    mention = make_mention(article, "Ann Doe", entity=doe, by=ann)
    index()

    seen = same_mentions.preview(mention, by=ann)

    assert [line.quote for line in seen.here] == ["ANN DOE", "Ann Doe"]
    assert (seen.total, seen.articles, seen.is_exact) == (2, 1, True)
    assert [(line.quote, line.right) for line in seen.lines] == [
        ("A. Doe", " at Ann Doe House."),
        ("Ann Doe", "."),
    ]
    assert seen.offered == ("Ann Doe", "A. Doe")


def test_a_part_of_a_name_is_chosen_in_its_article_alone(
    corpus: Corpus, ann: User, index: Index
) -> None:
    doe = make_entity(corpus, "Ann Doe")
    article = make_article(corpus, paragraphs=("Doe said so.", "Doe and Ann Doe."))
    make_article(corpus, paragraphs=("Doe, another one.",))
    mention = make_mention(article, "Doe", entity=doe, by=ann)
    index()

    seen = same_mentions.preview(mention, by=ann)
    narrow = same_mentions.preview(mention, by=ann, words=["Ann Doe"])
    wide = same_mentions.preview(mention, by=ann, words=["Doe"])

    assert (seen.offered, seen.looked.words) == (("Ann Doe", "Doe"), ("Ann Doe",))
    assert ([line.quote for line in seen.here], seen.total) == (["Doe", "Ann Doe"], 0)
    assert [line.quote for line in narrow.here] == ["Ann Doe"]
    assert ([line.quote for line in wide.here], wide.total) == (["Doe"], 1)


def test_here_is_accepted_as_one_operation(corpus: Corpus, ann: User, index: Index) -> None:
    doe = make_entity(corpus, "Ann Doe")
    article = make_article(corpus, paragraphs=("Ann Doe, Ann Doe and Ann Doe.",))
    mention = make_mention(article, "Ann Doe", entity=doe, by=ann)
    index()
    last = same_mentions.preview(mention, by=ann).here[-1]

    made, operation = accept_here(mention, by=ann, door=Door.PAGE, excluded=[last.place])

    assert len(made) == 1
    assert made[0].mention.entity == doe
    assert operation is not None
    undo(operation, by=ann, door=Door.PAGE)
    assert quotes() == []


def test_what_was_suggested_at_the_words_is_over(corpus: Corpus, ann: User, index: Index) -> None:
    doe = make_entity(corpus, "Ann Doe")
    article = make_article(corpus, paragraphs=("Ann Doe.", "Ann Doe."))
    other = make_article(corpus, paragraphs=("Ann Doe.",))
    waiting = [
        make_mention(article, "Ann Doe", "organisation", nth=1, status=MentionStatus.SUGGESTED),
        make_mention(other, "Ann Doe", status=MentionStatus.SUGGESTED),
    ]
    mention = make_mention(article, "Ann Doe", entity=doe, by=ann)
    index()

    _, operation = accept_here(mention, by=ann, door=Door.PAGE)
    run(spread_over_corpus(mention, by=ann, door=Door.PAGE))

    found = Mention.objects.filter(pk__in=[each.pk for each in waiting])
    assert {each.status for each in found} == {MentionStatus.REJECTED}
    assert len(quotes()) == 2
    assert operation is not None
    undo(operation, by=ann, door=Door.PAGE)
    waiting[0].refresh_from_db()
    assert waiting[0].status == MentionStatus.SUGGESTED


def test_a_job_tags_the_corpus_and_is_undone_at_once(
    corpus: Corpus, ann: User, index: Index
) -> None:
    doe = make_entity(corpus, "Ann Doe")
    article = make_article(corpus, paragraphs=("Ann Doe.",))
    for _ in range(3):
        make_article(corpus, paragraphs=("Ann Doe and Ann Doe.",))
    rejected = make_article(corpus, paragraphs=("Ann Doe.",))
    make_mention(rejected, "Ann Doe", "organisation", status=MentionStatus.REJECTED)
    mention = make_mention(article, "Ann Doe", entity=doe, by=ann)
    index()

    spread = run(spread_over_corpus(mention, by=ann, door=Door.PAGE))

    assert (spread.status, spread.made, spread.done) == (SpreadStatus.DONE, 6, 5)
    assert quotes() == ["Ann Doe"] * 6
    assert spread.operation is not None
    assert "6 more places" in spread.operation.summary
    undo(spread.operation, by=ann, door=Door.PAGE)
    assert quotes() == []


def test_a_job_that_was_left_goes_on_and_makes_nothing_twice(
    corpus: Corpus, ann: User, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(same_mentions, "_BATCH", 1)
    doe = make_entity(corpus, "Ann Doe")
    article = make_article(corpus, paragraphs=("Ann Doe.",))
    for _ in range(4):
        make_article(corpus, paragraphs=("Ann Doe.",))
    mention = make_mention(article, "Ann Doe", entity=doe, by=ann)
    index()
    spread = spread_over_corpus(mention, by=ann, door=Door.PAGE, status="suggested")

    class LeftError(Exception):
        pass

    def leave() -> None:
        if Spread.objects.get(pk=spread.pk).made == 2:
            raise LeftError

    with pytest.raises(LeftError):
        spreads.run(spread.pk, watch=leave)
    run(spread)

    assert (spread.status, spread.made) == (SpreadStatus.DONE, 4)
    made = Mention.objects.filter(origin=MentionOrigin.SAME)
    assert {mention.status for mention in made} == {MentionStatus.SUGGESTED}
    assert len(quotes()) == 4
    assert spread.operation is not None
    undo(spread.operation, by=ann, door=Door.PAGE)
    assert quotes() == []


def test_a_cancelled_job_makes_no_more(
    corpus: Corpus, ann: User, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(same_mentions, "_BATCH", 1)
    doe = make_entity(corpus, "Ann Doe")
    article = make_article(corpus, paragraphs=("Ann Doe.",))
    for _ in range(4):
        make_article(corpus, paragraphs=("Ann Doe.",))
    mention = make_mention(article, "Ann Doe", entity=doe, by=ann)
    index()
    spread = spread_over_corpus(mention, by=ann, door=Door.PAGE)

    def cancel() -> None:
        if Spread.objects.get(pk=spread.pk).made == 2:
            assert spreading.cancel(spread)

    spreads.run(spread.pk, watch=cancel)

    spread.refresh_from_db()
    assert (spread.status, spread.made) == (SpreadStatus.CANCELLED, 2)
    assert len(quotes()) == 2
    assert not spreading.cancel(spread)


def test_undoing_what_it_made_ends_a_job(
    corpus: Corpus, ann: User, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(same_mentions, "_BATCH", 1)
    doe = make_entity(corpus, "Ann Doe")
    article = make_article(corpus, paragraphs=("Ann Doe.",))
    for _ in range(4):
        make_article(corpus, paragraphs=("Ann Doe.",))
    mention = make_mention(article, "Ann Doe", entity=doe, by=ann)
    index()
    spread = spread_over_corpus(mention, by=ann, door=Door.PAGE)

    def take_back() -> None:
        now = Spread.objects.get(pk=spread.pk)
        if now.made == 2 and now.operation is not None:
            undo(now.operation, by=ann, door=Door.PAGE)

    spreads.run(spread.pk, watch=take_back)

    spread.refresh_from_db()
    assert spread.status == SpreadStatus.CANCELLED
    assert quotes() == []


def test_only_what_was_chosen_is_tagged(corpus: Corpus, ann: User, index: Index) -> None:
    doe = make_entity(corpus, "Ann Doe")
    article = make_article(corpus, paragraphs=("Ann Doe.",))
    for _ in range(3):
        make_article(corpus, paragraphs=("Ann Doe and Ann Doe.",))
    mention = make_mention(article, "Ann Doe", entity=doe, by=ann)
    index()
    chosen = same_mentions.preview(mention, by=ann).lines[3]

    spread = run(spread_over_corpus(mention, by=ann, door=Door.PAGE, only=[chosen.place]))

    assert (spread.status, spread.made, spread.total) == (SpreadStatus.DONE, 1, 1)
    assert Anchor.objects.get(mention__origin=MentionOrigin.SAME).version_id == chosen.version_id


def test_in_a_task_one_meets_ones_own_assignment_alone(
    corpus: Corpus, ann: User, index: Index
) -> None:
    doe = make_entity(corpus, "Ann Doe")
    given = [make_article(corpus, paragraphs=("Ann Doe, Ann Doe.",)) for _ in range(2)]
    make_article(corpus, paragraphs=("Ann Doe elsewhere.",))
    bob = make_member(corpus, Role.ANNOTATOR)
    task = make_task(corpus, given, [ann, bob])
    make_mention(given[1], "Ann Doe", entity=doe, by=bob, task=task, layer_of=bob)
    mention = make_mention(given[0], "Ann Doe", entity=doe, by=ann, task=task, layer_of=ann)
    index()

    seen = same_mentions.preview(mention, by=ann)
    run(spread_over_corpus(mention, by=ann, door=Door.PAGE))

    assert (len(seen.here), seen.total, seen.articles) == (1, 2, 1)
    made = Mention.objects.filter(origin=MentionOrigin.SAME)
    assert {(each.article_id, each.layer_of_id, each.task_id) for each in made} == {
        (given[1].pk, ann.pk, task.pk)
    }
    with pytest.raises(NotAllowedError):
        same_mentions.preview(mention, by=bob)


def test_articles_in_blind_work_are_left_out_elsewhere(
    corpus: Corpus, ann: User, index: Index
) -> None:
    doe = make_entity(corpus, "Ann Doe")
    article = make_article(corpus, paragraphs=("Ann Doe.",))
    blind = make_article(corpus, paragraphs=("Ann Doe.",))
    make_article(corpus, paragraphs=("Ann Doe.",))
    make_task(corpus, [blind], [ann])
    mention = make_mention(article, "Ann Doe", entity=doe, by=ann)
    index()

    seen = same_mentions.preview(mention, by=ann)
    spread = run(spread_over_corpus(mention, by=ann, door=Door.PAGE))

    assert (seen.total, spread.made) == (1, 1)
    assert not Mention.objects.filter(article=blind).exists()
