"""Questions that are put into SQL once: they answer as their querysets do, with other values."""

import pytest
from django.db import connection
from django.db.models import Q, Value
from django.test.utils import CaptureQueriesContext

from articles.models import Corpus, Mention, Version
from articles.models.lookups import any_id
from articles.models.statements import Statement, loaded, names_of, stand_in
from tests.factories import current, make_article, make_mention

pytestmark = pytest.mark.django_db


def test_a_statement_answers_as_its_queryset_with_other_values(corpus: Corpus) -> None:
    article = make_article(corpus, paragraphs=("Ann met Bob.",))
    ann, bob = (make_mention(article, name, "person") for name in ("Ann", "Bob"))
    asked = Statement.of(
        Mention.objects.filter(pk=stand_in(0), article=stand_in(1)).values_list(
            "pk", "key", "attributes", Value("more")
        )
    )

    for mention in (ann, bob):
        with CaptureQueriesContext(connection) as captured:
            assert asked.ask(mention.pk, article.pk) == [(mention.pk, mention.key, {}, "more")]
        assert len(captured) == 1
    assert asked.ask(ann.pk, article.pk + 1) == []
    assert asked.ask(2**70, article.pk) == []


def test_a_row_is_loaded_with_what_was_read_and_reads_the_rest(corpus: Corpus) -> None:
    version = current(make_article(corpus, headline="Read", paragraphs=("One.", "Two.")))
    names = names_of(Version, "text")
    asked = Statement.of(Version.objects.filter(pk=stand_in(0)).values_list(*names))

    [row] = asked.ask(version.pk)
    found = loaded(Version, names, row)

    with CaptureQueriesContext(connection) as captured:
        assert found == version
        assert found.blocks == version.blocks
        assert not captured
        assert found.text == version.text
        assert len(captured) == 1


def test_what_goes_into_the_words_of_a_statement_can_not_be_asked_with_other_values() -> None:
    within_an_array = Mention.objects.filter(any_id("id", [stand_in(0), 5]))
    as_text = Mention.objects.filter(Q(kind=str(stand_in(0))))

    for rows in (within_an_array, as_text):
        with pytest.raises(ValueError, match="can't be put into this"):
            Statement.of(rows.values_list("pk"))


def test_a_question_that_nothing_answers_is_not_asked() -> None:
    asked = Statement.of(Mention.objects.filter(pk=stand_in(0)).none().values_list("pk"))

    with CaptureQueriesContext(connection) as captured:
        assert asked.ask(1) == []
    assert not captured
