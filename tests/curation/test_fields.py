"""Corrections of fields: laid over what was read, previewed, refused."""

from typing import Any

import pytest

from articles.curation import fields
from articles.curation.fields import (
    AS_READ,
    Changes,
    CorrectionRefusedError,
    StaleError,
    correct,
    preview,
    state_of,
)
from articles.curation.standing_values import values_of
from articles.curation.values import BadValueError
from articles.history.undo import undo
from articles.models import (
    Article,
    Corpus,
    CorrectedField,
    Correction,
    Door,
    Operation,
    Person,
    Version,
)
from tests.factories import current, make_article, make_corpus, make_member, make_source

PAGE = CorrectedField.PAGE
EVERY: dict[CorrectedField, Any] = {
    CorrectedField.SOURCE: "The Herald",
    CorrectedField.PUBLISHED: {"date": "1933-01-02", "precision": "day", "at": None},
    CorrectedField.MODIFIED: {"date": "1933-01-03", "precision": "day", "at": None},
    CorrectedField.BYLINE: "By Ann Lee",
    CorrectedField.CREDITS: [
        {"kind": "person", "name": "Ann Lee", "role": "editing", "place": "Paris"},
        {"kind": "agency", "name": "AFP", "role": None, "place": None},
    ],
    CorrectedField.DATELINE: {"place": "Paris", "agency": "AFP"},
    CorrectedField.SECTION: "News",
    CorrectedField.PAGE: "7",
    CorrectedField.EDITION: "Late",
    CorrectedField.LANGUAGE: "fr",
    CorrectedField.CANONICAL_URL: "https://example.org/a",
    CorrectedField.EXTERNAL_ID: "A 1",
    CorrectedField.RIGHTS: "© The Herald",
}


def put_right(*articles: Article, changes: Changes, **options: Any) -> Operation | None:
    return correct([a.pk for a in articles], changes, by=None, door=Door.API, **options)


def fresh(article: Article) -> Article:
    found: Article = Article.objects.select_related("source", "version").get(pk=article.pk)
    return found


@pytest.mark.parametrize("field", EVERY)
def test_every_field_is_corrected_emptied_and_read_again(
    corpus: Corpus, field: CorrectedField
) -> None:
    article = make_article(corpus, source=make_source(corpus, "The Gazette"), page="3")
    as_read = values_of(article)[field]

    put_right(article, changes={field: EVERY[field]})
    assert values_of(fresh(article))[field] == EVERY[field]

    put_right(article, changes={field: None})
    assert values_of(fresh(article))[field] is None

    put_right(article, changes={field: AS_READ})
    assert values_of(fresh(article))[field] == as_read
    assert not Correction.objects.exists()


def test_rights_that_were_read_stand_until_they_are_put_right(corpus: Corpus) -> None:
    rights = CorrectedField.RIGHTS
    article = make_article(corpus)
    Version.objects.update(read={"rights": "© 1932"})
    assert values_of(fresh(article))[rights] == "© 1932"

    assert put_right(article, changes={rights: "© 1932"}) is None
    put_right(article, changes={rights: None})
    assert values_of(fresh(article))[rights] is None

    [shown] = preview([article.pk], {rights: "© 1933"})
    assert (shown.changed, shown.before) == (1, [("none", 1)])


def test_all_fields_at_once_are_one_operation_and_one_undo(corpus: Corpus) -> None:
    article = make_article(corpus)
    before = values_of(article)

    operation = put_right(article, changes=EVERY)

    assert operation is not None
    assert values_of(fresh(article)) == EVERY
    undo(operation, by=None, door=Door.API)
    assert values_of(fresh(article)) == before


def test_what_is_said_already_is_no_operation(corpus: Corpus) -> None:
    article = make_article(corpus, page="7")

    assert put_right(article, changes={PAGE: " 7 "}) is None
    assert put_right(article, changes={PAGE: AS_READ}) is None

    assert not Operation.objects.exists()


def test_only_the_articles_that_differ_are_touched(corpus: Corpus) -> None:
    one, two = make_article(corpus, page="7"), make_article(corpus, page="8")

    operation = put_right(one, two, changes={PAGE: "7"})

    assert operation is not None
    assert operation.size == 1
    assert [c.article_id for c in Correction.objects.all()] == [two.pk]


def test_a_preview_says_what_will_be_and_does_nothing(corpus: Corpus) -> None:
    articles = [make_article(corpus, page=page) for page in ("1", "1", "2", None, "7")]

    [found] = preview([a.pk for a in articles], {PAGE: "7"})

    assert (found.field, found.value) == (PAGE, "7")
    assert (found.changed, found.unchanged, found.others) == (4, 1, 0)
    assert sorted(found.before) == [("1", 2), ("2", 1), ("none", 1)]
    assert not Correction.objects.exists()
    assert not Operation.objects.exists()


def test_a_preview_shows_the_most_frequent_values_and_counts_the_others(corpus: Corpus) -> None:
    articles = [make_article(corpus, page=f"{n}") for n in range(fields.SHOWN + 3)]

    [found] = preview([a.pk for a in articles], {PAGE: None})

    assert len(found.before) == fields.SHOWN
    assert found.others == 3


def test_a_correction_of_what_someone_changed_meanwhile_is_refused(corpus: Corpus) -> None:
    article = make_article(corpus)
    shown = state_of(article)
    put_right(article, changes={PAGE: "8"})

    with pytest.raises(StaleError):
        put_right(article, changes={PAGE: "9"}, expected_state=shown)

    assert fresh(article).page == "8"
    assert Operation.objects.count() == 1


def test_a_bad_value_changes_nothing_of_the_good_ones(corpus: Corpus) -> None:
    article = make_article(corpus)

    with pytest.raises(BadValueError):
        put_right(article, changes={PAGE: "8", CorrectedField.PUBLISHED: {"date": "2019-02-30"}})

    assert fresh(article).page is None
    assert not Operation.objects.exists()


def test_articles_of_two_corpora_are_not_corrected_at_once(corpus: Corpus) -> None:
    one, two = make_article(corpus), make_article(make_corpus())

    with pytest.raises(CorrectionRefusedError):
        put_right(one, two, changes={PAGE: "8"})


def test_nothing_to_correct_is_refused(corpus: Corpus) -> None:
    article = make_article(corpus)

    with pytest.raises(CorrectionRefusedError):
        put_right(article, changes={})
    with pytest.raises(CorrectionRefusedError):
        put_right(changes={PAGE: "8"})


def test_more_than_go_at_once_are_refused(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "AT_ONCE", 1)

    with pytest.raises(CorrectionRefusedError, match="At most 1 articles"):
        put_right(make_article(corpus), make_article(corpus), changes={PAGE: "8"})


def test_who_corrected_is_kept_and_outlives_the_account(corpus: Corpus) -> None:
    article = make_article(corpus)
    editor = make_member(corpus)
    name = editor.username
    operation = correct([article.pk], {PAGE: "8"}, by=editor, door=Door.PAGE)
    assert operation is not None

    editor.delete()

    operation.refresh_from_db()
    assert (operation.by, operation.by_name) == (None, name)
    assert fresh(article).page == "8"


def test_corrected_credits_keep_those_that_were_read_beside_them(corpus: Corpus) -> None:
    ann = Person.objects.create(corpus=corpus, name="Ann Lee", folded="ann lee")
    article = make_article(corpus, people=(ann,))

    put_right(article, changes={CorrectedField.CREDITS: EVERY[CorrectedField.CREDITS]})

    rows = current(article).credits.values_list("name", "standing", "corrected", "person")
    assert list(rows) == [
        ("Ann Lee", False, False, ann.pk),
        ("Ann Lee", True, True, ann.pk),
        ("AFP", True, True, None),
    ]


def test_a_correction_to_a_name_of_a_merged_outlet_means_the_one_that_stands(
    corpus: Corpus,
) -> None:
    article = make_article(corpus)
    gazette, herald = make_source(corpus, "The Gazette"), make_source(corpus, "The Herald")
    gazette.aliases.update(source=herald)
    gazette.merged_into = herald
    gazette.save()

    put_right(article, changes={CorrectedField.SOURCE: "The Gazette"})

    assert fresh(article).source == herald
