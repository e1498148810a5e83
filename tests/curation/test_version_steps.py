"""By whose hand one version follows another, and which two texts are compared."""

from articles.curation.version_steps import Step, step_to, steps
from articles.models import Article, Corpus, Origin, Version
from tests.factories import current, make_article, make_member, make_version


def steps_of(article: Article) -> list[Step]:
    return steps(list(article.versions.order_by("number")))


def reread(article: Article, of: Version, *paragraphs: str) -> Version:
    return make_version(
        article, *paragraphs, origin=Origin.REREAD, rereads=of, previous=of, reader_version="2"
    )


def test_what_the_outlet_published_next_is_its_change(corpus: Corpus) -> None:
    article = make_article(corpus)
    first = current(article)
    second = make_version(article, "The bridge opened on Wednesday.")

    [step] = steps_of(article)

    assert (step.follows, step.version) == (first, second)
    assert step.is_known_edit
    assert article.edits == 1


def test_the_first_version_follows_nothing(corpus: Corpus) -> None:
    version = current(make_article(corpus))

    assert step_to(version, [version]) is None


def test_texts_are_compared_as_the_best_reader_of_both_reads_them(corpus: Corpus) -> None:
    article = make_article(corpus)
    first = current(article)
    second = make_version(article, "The bridge opened on Wednesday.")
    better_first = reread(article, first, "The bridge opened on Tuesday.")
    better_second = reread(article, second, "The bridge opened on Wednesday, at last.")

    published = [step for step in steps_of(article) if step.is_by_outlet]

    assert [(s.before, s.after) for s in published] == [(better_first, better_second)]
    assert published[0].alike


def test_what_a_better_reading_sees_is_no_change_by_the_outlet(corpus: Corpus) -> None:
    article = make_article(corpus)
    first = current(article)
    better = reread(article, first, "The bridge opened on Tuesday.")

    [step] = steps_of(article)

    assert (step.follows, step.version) == (first, better)
    assert not step.is_by_outlet
    assert not step.is_known_edit
    assert article.edits == 0


def test_texts_that_no_reader_read_both_are_not_known_to_differ(corpus: Corpus) -> None:
    article = make_article(corpus)
    make_version(article, "The bridge opened on Wednesday.", reader_version="2")

    [step] = steps_of(article)

    assert not step.alike
    assert not step.is_known_edit
    assert article.edits == 0


def test_a_published_text_follows_the_one_before_whatever_people_made_between(
    corpus: Corpus,
) -> None:
    article = make_article(corpus)
    first = current(article)
    corrected = make_version(
        article, "The bridge closed.", origin=Origin.CORRECTED, by=make_member(corpus)
    )
    third = make_version(article, "The bridge opened on Wednesday.")

    by_hand, by_outlet = steps_of(article)

    assert (by_hand.follows, by_hand.version) == (first, corrected)
    assert not by_hand.is_by_outlet
    assert (by_outlet.follows, by_outlet.version) == (first, third)
