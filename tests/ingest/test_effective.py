"""What stands of an article, whatever was read and put right, in whatever order."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from articles.curation.borders import join
from articles.curation.fields import correct, look_at
from articles.curation.texts import blocks_of, choose_version, correct_text
from articles.ingest import effective
from articles.models import Article, Corpus, CorrectedField, Credit, Door, Origin
from articles.text import Block, BlockKind
from tests.factories import current, make_article, make_person
from tests.ingest.conftest import Ingest, record

DOOR = Door.API


def derived() -> Any:
    credits_ = Credit.objects.order_by("version_id", "position")
    columns = ("version_id", "position", "name", "person_id", "standing", "corrected")
    return list(Article.objects.order_by("pk").values()), list(credits_.values_list(*columns))


def put_right(article: Article, **values: Any) -> None:
    changes = {CorrectedField(name): value for name, value in values.items()}
    correct([article.pk], changes, by=None, door=DOOR)


def test_what_ingest_writes_is_what_follows(ingest: Ingest) -> None:
    ingest(
        [
            record(1, author="Jane Doe", section="News", page="7", language="en"),
            record(2, published="1932-03"),
            record(3, published="2019-03-19T10:00:00+01:00", source=None),
            record(4, published="9999-12-31"),
            record(5, published=None, body=""),
            record(6, published="1932-03-19", url="https://example.org/6", id="6"),
            record(7, headline="\u202eenil daeH\u202c 👩\u200d👧", body="x " * 10_000),
        ]
    )
    before = derived()

    changed = effective.derive(Article.objects.values_list("pk", flat=True))

    assert changed == 0
    assert derived() == before


def test_again_it_changes_nothing_whatever_was_put_right(ingest: Ingest) -> None:
    ingest([record(1, id="1", author="Jane Doe")])
    article = Article.objects.get()
    put_right(article, page="7", source="The Herald", credits=[{"kind": "person", "name": "Ann"}])
    correct_text(article, [Block(BlockKind.HEADLINE, "Put right")], by=None, door=DOOR)
    ingest([record(1, id="1", body="Other words.")])
    before = derived()

    effective.derive([article.pk])

    assert derived() == before


def test_what_a_newer_version_does_not_say_the_older_ones_still_do(ingest: Ingest) -> None:
    ingest([record(1, id="1", section="News", page="7")])
    ingest([record(1, id="1", page="8", published=None, body="Other words.")])

    article = Article.objects.get()

    assert (article.section, article.page) == ("News", "8")
    assert article.published_date == date(1932, 3, 19)


def test_a_correction_outlives_what_the_outlet_says_later(ingest: Ingest) -> None:
    ingest([record(1, id="1", page="7")])
    article = Article.objects.get()
    put_right(article, page="9", published={"date": "1932-05-01"})

    ingest([record(1, id="1", page="8", published="1932-04-01", body="Other words.")])

    article.refresh_from_db()
    assert (article.page, article.published_date) == ("9", date(1932, 5, 1))
    assert effective.as_read(article)["page"] == "8"
    assert effective.as_read(article)["published"]["date"] == "1932-04-01"


@pytest.mark.parametrize("field", ["canonical_url", "external_id", "source", "published"])
def test_what_identity_rests_on_is_what_was_read(ingest: Ingest, field: str) -> None:
    given = [record(1, id="1", url="https://example.org/1"), record(2)]
    ingest(given)
    for article in Article.objects.all():
        value = {"canonical_url": "https://example.org/9", "published": {"date": "1999-01-01"}}
        put_right(article, **{field: value.get(field, "Another")})

    # Other bytes: nothing is known by its place.
    again = ingest([*given, record(3)], name="b.jsonl")

    assert (again.stored, again.new_version) == (1, 0)
    assert Article.objects.count() == 3


def test_a_corrected_text_gives_way_to_a_new_one_and_asks_for_a_look(ingest: Ingest) -> None:
    ingest([record(1, id="1")])
    article = Article.objects.get()
    correct_text(article, [Block(BlockKind.HEADLINE, "Put right")], by=None, door=DOOR)

    ingest([record(1, id="1", body="Other words.")])

    article.refresh_from_db()
    assert current(article).origin == Origin.PUBLISHED
    assert article.flags == ["recheck"]
    assert article.edits == 1
    [corrected] = article.versions.filter(origin=Origin.CORRECTED)
    choose_version(article, corrected, by=None, door=DOOR)
    article.refresh_from_db()
    assert (article.headline, article.flags) == ("Put right", ["no_body"])


def test_a_text_that_changes_again_calls_for_another_look(ingest: Ingest) -> None:
    ingest([record(1, id="1")])
    article = Article.objects.get()
    correct_text(article, [Block(BlockKind.HEADLINE, "Put right")], by=None, door=DOOR)
    ingest([record(1, id="1", body="Other words.")])
    look_at([article.pk], ["recheck"], by=None, door=DOOR)
    article.refresh_from_db()
    assert article.flags == []

    ingest([record(1, id="1", body="Still other words.")])

    article.refresh_from_db()
    assert article.flags == ["recheck"]


def test_whatever_was_joined_and_changes_again_calls_for_another_look(ingest: Ingest) -> None:
    # The last has many versions of its own: numbers of different articles say nothing.
    for body in ("A", "B", "C"):
        ingest([record(3, id="3", body=body)])
    ingest([record(1, id="1"), record(2, id="2")])
    inner, middle, whole = (Article.objects.get(external_id=name) for name in "123")
    join(middle, [inner], by=None, door=DOOR)
    join(whole, [middle], by=None, door=DOOR)

    for id_, body in (("1", "Other words."), ("2", "Others."), ("1", "Still other words.")):
        ingest([record(int(id_), id=id_, body=body)])
        whole.refresh_from_db()
        assert whole.flags == ["recheck"]
        look_at([whole.pk], ["recheck"], by=None, door=DOOR)
        whole.refresh_from_db()
        assert whole.flags == []


def test_a_corrected_text_that_the_outlet_publishes_is_its_own_version(ingest: Ingest) -> None:
    ingest([record(1, id="1")])
    article = Article.objects.get()
    [headline, *_] = blocks_of(current(article))
    words = [headline, Block(BlockKind.PARAGRAPH, "Other words.")]
    correct_text(article, words, by=None, door=DOOR)

    run = ingest([record(1, id="1", body="Other words.")])

    assert run.new_version == 1
    article.refresh_from_db()
    assert article.edits == 1


def test_an_instant_that_no_calendar_holds_is_left_out(ingest: Ingest) -> None:
    ingest([record(1, published="9999-12-31T23:59:00-23:59")])

    article = Article.objects.get()
    before = derived()
    effective.derive([article.pk])

    assert derived() == before
    assert article.published_at is None


def test_a_correction_sets_the_place_in_lists(ingest: Ingest) -> None:
    ingest([record(1)])
    article = Article.objects.get()

    put_right(article, published={"at": "2019-03-19T23:30:00-05:00"})
    article.refresh_from_db()
    assert article.sort_at == datetime(2019, 3, 20, 4, 30, tzinfo=UTC)
    assert article.published_date == date(2019, 3, 19)

    put_right(article, published=None)
    article.refresh_from_db()
    assert article.sort_at == datetime(1, 1, 2, tzinfo=UTC)
    assert article.flags == ["undated"]


def test_corrections_of_one_corpus_leave_the_others_alone(ingest: Ingest, corpus: Corpus) -> None:
    ingest([record(1), record(2)])
    one, two = Article.objects.filter(corpus=corpus).order_by("pk")
    before = Article.objects.values().get(pk=two.pk)

    put_right(one, page="7", source="The Herald")

    assert Article.objects.values().get(pk=two.pk) == before


@pytest.mark.parametrize("credits_", [[{"kind": "person", "name": "Ann Lee"}], None])
def test_deriving_again_finds_corrected_credits_as_they_are(
    corpus: Corpus, credits_: list[dict[str, str]] | None
) -> None:
    article = make_article(corpus, people=(make_person(corpus),), agencies=("Reuters",))
    correct([article.pk], {CorrectedField.CREDITS: credits_}, by=None, door=Door.API)
    before = list(Credit.objects.order_by("pk").values())

    assert effective.derive([article.pk]) == 0

    assert list(Credit.objects.order_by("pk").values()) == before
