"""Suggestions of recognisers: never over people's tags, never twice, accepted with their names."""

from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from articles.annotate.recognisers import RecogniserUnavailableError, known_names, registry
from articles.annotate.spreading import spreads
from articles.annotate.spreading.spreading import SpreadRefusedError
from articles.annotate.spreading.suggesting import spread_suggestions, suggest
from articles.annotate.tags import tagging
from articles.annotate.tags.layers import NotAllowedError
from articles.annotate.tags.placed import placed
from articles.history.undo import undo
from articles.models import (
    Anchor,
    Article,
    Corpus,
    Door,
    Entity,
    EntityName,
    Mention,
    MentionOrigin,
    MentionStatus,
    Role,
    Spread,
    SpreadStatus,
)
from tests.factories import (
    current,
    make_article,
    make_entity,
    make_member,
    make_mention,
    make_task,
    make_user,
)

type Index = Callable[[], int]
WORDS = "Mr Tobias Quill met Ann Doe in Paris. Quill spoke for the Harbour Bank."


@pytest.fixture
def ann(corpus: Corpus) -> User:
    """Return an annotator."""
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def article(corpus: Corpus) -> Article:
    """Return an article with some names."""
    return make_article(corpus, headline="what was said", paragraphs=(WORDS,))


def suggested(article: Article) -> list[tuple[str, str, str]]:
    anchors = Anchor.objects.filter(
        mention__article=article, mention__status=MentionStatus.SUGGESTED
    ).select_related("mention__entity")
    return [
        (each.quote, each.mention.kind, str(each.mention.entity or "") or name(each.mention))
        for each in anchors
    ]


def name(mention: Mention) -> str:
    return str(mention.attributes["suggested_name"])


def run(spread: Spread) -> Spread:
    spreads.run(spread.pk)
    spread.refresh_from_db()
    return spread


def test_names_are_suggested_as_whom_they_name(article: Article, ann: User) -> None:
    doe = make_entity(article.corpus, "Ann Doe")

    operation = suggest(article, by=ann, door=Door.PAGE)

    assert operation is not None
    assert operation.summary == "5 names suggested in “what was said”"
    assert suggested(article) == [
        ("Tobias Quill", "person", "Tobias Quill"),
        ("Ann Doe", "person", "Ann Doe"),
        ("Paris", "place", "Paris"),
        ("Quill", "person", "Tobias Quill"),
        ("Harbour Bank", "organisation", "Harbour Bank"),
    ]
    made = Mention.objects.filter(article=article)
    assert {each.origin for each in made} == {MentionOrigin.RECOGNISER}
    assert made.get(entity=doe).maker == "known names"
    assert not Entity.objects.exclude(pk=doe.pk).exists()
    undo(operation, by=ann, door=Door.PAGE)
    assert suggested(article) == []


def test_nothing_is_suggested_twice(article: Article, ann: User) -> None:
    suggest(article, by=ann, door=Door.PAGE)

    assert suggest(article, by=ann, door=Door.PAGE) is None
    assert len(suggested(article)) == 5


def test_what_was_rejected_does_not_come_back_as_whatever(article: Article, ann: User) -> None:
    suggest(article, by=ann, door=Door.PAGE)
    paris = Mention.objects.get(anchors__quote="Paris")
    tagging.decide([paris], MentionStatus.REJECTED, by=ann, door=Door.PAGE)
    make_entity(article.corpus, "Paris", "person")

    assert suggest(article, by=ann, door=Door.PAGE) is None
    assert "Paris" not in [quote for quote, _, _ in suggested(article)]


def test_nothing_is_suggested_over_what_people_tagged(article: Article, ann: User) -> None:
    quill = make_entity(article.corpus, "Tobias Quill")
    make_mention(article, "Mr Tobias Quill", entity=quill, by=ann)
    make_mention(article, "Paris", "organisation", by=ann)

    suggest(article, by=ann, door=Door.PAGE)

    assert [quote for quote, _, _ in suggested(article)] == ["Ann Doe", "Quill", "Harbour Bank"]


def test_accepting_makes_the_entity_once(article: Article, ann: User) -> None:
    suggest(article, by=ann, door=Door.PAGE)
    quills = list(Mention.objects.filter(attributes__suggested_name="Tobias Quill"))

    operation = tagging.decide(quills, MentionStatus.ACCEPTED, by=ann, door=Door.PAGE)

    made = Entity.objects.get()
    assert (made.name, made.kind) == ("Tobias Quill", "person")
    found = Mention.objects.filter(entity=made)
    assert found.count() == 2
    assert {each.status for each in found} == {MentionStatus.ACCEPTED}
    assert {str(each.attributes) for each in found} == {"{}"}
    assert operation is not None
    undo(operation, by=ann, door=Door.PAGE)
    assert not Entity.objects.exists()
    assert len(suggested(article)) == 5


def test_accepting_what_was_tagged_meanwhile_doubles_nothing(article: Article, ann: User) -> None:
    suggest(article, by=ann, door=Door.PAGE)
    suggestion = Mention.objects.get(anchors__quote="Tobias Quill")
    quill = make_entity(article.corpus, "Tobias Quill")
    make_mention(article, "Tobias Quill", entity=quill, by=ann)

    tagging.decide([suggestion], MentionStatus.ACCEPTED, by=ann, door=Door.PAGE)

    suggestion.refresh_from_db()
    assert suggestion.status == MentionStatus.REJECTED
    assert Mention.objects.filter(entity=quill, status=MentionStatus.ACCEPTED).count() == 1


def test_a_suggestion_is_shown_by_its_name_and_not_to_who_wants_none(
    article: Article, ann: User
) -> None:
    suggest(article, by=ann, door=Door.PAGE)

    shown = placed(current(article), ann)

    assert [(each.quote, each.entity_name) for each in shown][3] == ("Quill", "Tobias Quill")
    assert {str(each.attributes) for each in shown} == {"{}"}
    assert placed(current(article), ann, suggestions=False) == []


def test_a_job_suggests_in_a_corpus_and_goes_on_where_it_was(corpus: Corpus, ann: User) -> None:
    for _ in range(3):
        make_article(corpus, headline="what was said", paragraphs=(WORDS,))

    spread = run(spread_suggestions(corpus, by=ann, door=Door.PAGE))
    again = run(spread_suggestions(corpus, by=ann, door=Door.PAGE))

    assert (spread.status, spread.made, spread.done, spread.total) == (SpreadStatus.DONE, 15, 3, 3)
    assert (again.status, again.made, again.operation) == (SpreadStatus.DONE, 0, None)
    assert spread.operation is not None
    undo(spread.operation, by=ann, door=Door.PAGE)
    assert not Mention.objects.exists()


def test_a_job_suggests_in_the_answer_of_a_query(corpus: Corpus, ann: User, index: Index) -> None:
    make_article(corpus, headline="what was said", paragraphs=(WORDS,))
    make_article(corpus, headline="harbours", paragraphs=("In Paris a zeppelin landed.",))
    index()

    run(spread_suggestions(corpus, by=ann, door=Door.PAGE, query="zeppelin"))

    assert list(Anchor.objects.values_list("quote", flat=True)) == ["Paris"]


def test_a_task_with_suggestions_gets_them_in_each_layer(corpus: Corpus, article: Article) -> None:
    people = [make_member(corpus, Role.ANNOTATOR) for _ in range(2)]
    lead = make_member(corpus, Role.EDITOR)
    task = make_task(corpus, [article], people, suggestions=True)
    make_entity(corpus, "Ann Doe")
    without = make_task(corpus, [article], people)

    run(spread_suggestions(corpus, by=lead, door=Door.PAGE, task=task, recognisers=["capitals"]))

    found = Mention.objects.filter(task=task)
    assert {each.layer_of_id for each in found} == {person.pk for person in people}
    assert found.count() == 10
    # Who came to be known after the task began is not known in it.
    assert {each.entity_id for each in found} == {None}
    with pytest.raises(SpreadRefusedError):
        spread_suggestions(corpus, by=lead, door=Door.PAGE, task=without)


def test_blind_work_is_left_alone(article: Article, ann: User) -> None:
    make_task(article.corpus, [article], [ann])

    with pytest.raises(NotAllowedError):
        suggest(article, by=ann, door=Door.PAGE)
    run(spread_suggestions(article.corpus, by=ann, door=Door.PAGE))
    assert not Mention.objects.exists()


def test_who_may_not_tag_suggests_nothing(article: Article) -> None:
    for person in (make_user(), make_member(article.corpus)):
        with pytest.raises(NotAllowedError):
            suggest(article, by=person, door=Door.PAGE)
        with pytest.raises(NotAllowedError):
            spread_suggestions(article.corpus, by=person, door=Door.PAGE)


def test_known_names_are_kept_until_one_changes(corpus: Corpus) -> None:
    doe = make_entity(corpus, "Ann Doe")
    made = known_names.of_corpus(corpus)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert known_names.of_corpus(corpus) is made
    assert len(queries) == 1
    EntityName.objects.filter(entity=doe).update(name="Anna Doe", folded="anna doe")
    assert known_names.of_corpus(corpus) is not made


def test_merged_entities_are_suggested_as_the_one_that_stands(article: Article, ann: User) -> None:
    stands = make_entity(article.corpus, "Anna Doe-Roe")
    make_entity(article.corpus, "Ann Doe", merged_into=stands)

    suggest(article, by=ann, door=Door.PAGE, recognisers=["known names"])

    assert suggested(article) == [("Ann Doe", "person", "Anna Doe-Roe")]


def test_names_of_blind_work_are_not_known(article: Article, ann: User) -> None:
    task = make_task(article.corpus)
    make_entity(article.corpus, "Ann Doe", task=task, by=ann)

    assert suggest(article, by=ann, door=Door.PAGE, recognisers=["known names"]) is None


def test_a_spacy_model_is_used_by_its_setting(
    article: Article, ann: User, tmp_path: Path, settings: Settings
) -> None:
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]  # a component of its own kind
        [{"label": "GPE", "pattern": "Paris"}, {"label": "DATE", "pattern": "Doe"}]
    )
    pipeline.to_disk(tmp_path / "model")
    settings.SPACY_MODEL = str(tmp_path / "model")

    suggest(article, by=ann, door=Door.PAGE, recognisers=["spacy"])

    assert suggested(article) == [("Paris", "place", "Paris")]


@pytest.mark.parametrize(
    ("model", "said"), [("", "NEWSROOM_SPACY_MODEL"), ("no_such_model", "no spaCy model")]
)
def test_a_model_that_is_not_there_is_asked_for(
    corpus: Corpus, settings: Settings, model: str, said: str
) -> None:
    settings.SPACY_MODEL = model

    with pytest.raises(RecogniserUnavailableError, match=said):
        registry.recogniser("spacy", corpus)
    with pytest.raises(RecogniserUnavailableError, match="no recogniser"):
        registry.recogniser("tarot", corpus)
