"""Tags follow the text of their article: exactly, or it is said how, or they are orphans."""

import logging
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from articles.annotate.anchoring import carrying, following, orphans
from articles.annotate.anchoring.anchoring import Carrier
from articles.annotate.tags import tagging
from articles.annotate.tags.placed import placed
from articles.annotate.tags.tagging import Tagged, TaggingError, Wanted
from articles.curation import texts
from articles.history.undo import undo
from articles.models import (
    Anchor,
    Article,
    Change,
    Consumer,
    Corpus,
    Door,
    Mention,
    Placing,
    Role,
    Version,
)
from tests.factories import (
    current,
    make_article,
    make_corpus,
    make_entity,
    make_member,
    make_mention,
    make_task,
    make_version,
)

FIRST = "Mr. Gladstone opened the bridge in Leeds."
SECOND = "Crowds came from far away to see Disraeli."


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(corpus, paragraphs=(FIRST, SECOND))


@pytest.fixture
def ann(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


def wanted(version: Version, quote: str, **fields: Any) -> Wanted:
    start = version.text.index(quote)
    values: dict[str, Any] = {"kind": "person", "entity_name": quote, "key": uuid4()} | fields
    return Wanted(start=start, end=start + len(quote), quote=quote, **values)


def tag(article: Article, quote: str, by: User, **fields: Any) -> Mention:
    version = fields.pop("version", None) or current(article)
    made = tagging.tag(
        article, wanted(version, quote, **fields), by=by, door=Door.PAGE, version=version
    )
    return made.mention


def anchor(mention: Mention, version: Version) -> Anchor:
    return Anchor.objects.get(mention=mention, version=version)


def test_a_tag_follows_its_words_and_says_so(article: Article, ann: User) -> None:
    mention = tag(article, "Gladstone", ann)
    version = make_version(article, "A line before.", FIRST, SECOND)

    assert carrying.waits(article)
    assert carrying.catch_up() == 1
    assert not carrying.waits(article)

    there = anchor(mention, version)
    assert version.text[there.start : there.end] == there.quote == "Gladstone"
    assert (there.placing, there.sure) == (Placing.EXACT, 1.0)
    assert (there.prefix[-4:], there.suffix[:7]) == ("Mr. ", " opened")
    assert [each.placing for each in placed(version, ann)] == ["exact"]


def test_words_that_are_gone_make_an_orphan_that_is_listed_and_not_moved(
    article: Article, ann: User
) -> None:
    mention = tag(article, "Disraeli", ann)
    version = make_version(article, FIRST, "Nobody came.")
    carrying.catch_up()

    assert placed(version, ann) == []
    [orphan] = orphans.orphans(ann)
    assert (orphan.mention, orphan.quote, orphan.placing) == (mention, "Disraeli", Placing.ORPHAN)
    assert orphan.prefix.endswith("far away to see ")
    stranger = make_member(article.corpus, Role.VIEWER)
    assert list(orphans.orphans(stranger)) == [orphan]
    assert (
        list(orphans.orphans(make_member(mention.corpus.__class__.objects.create(slug="x")))) == []
    )


def test_an_orphan_is_placed_by_a_person_and_that_is_undone(article: Article, ann: User) -> None:
    mention = tag(article, "Disraeli", ann)
    old = current(article)
    version = make_version(article, FIRST, "Nobody came to see Dizzy.")
    carrying.catch_up()
    start = version.text.index("Dizzy")

    operation = orphans.place(mention, start, start + 5, "Dizzy", by=ann, door=Door.PAGE)

    assert operation is not None
    assert (anchor(mention, version).placing, anchor(mention, version).quote) == (
        Placing.PLACED,
        "Dizzy",
    )
    assert anchor(mention, old).quote == "Disraeli"
    assert list(orphans.orphans(ann)) == []
    undo(operation, by=ann, door=Door.PAGE)
    assert [each.mention for each in orphans.orphans(ann)] == [mention]


def test_an_orphan_that_was_given_up_stays_so_in_later_texts(article: Article, ann: User) -> None:
    mention = tag(article, "Disraeli", ann)
    make_version(article, FIRST, "Nobody came.")
    carrying.catch_up()

    assert orphans.drop(mention, by=ann, door=Door.PAGE) is not None
    assert orphans.drop(mention, by=ann, door=Door.PAGE) is None
    version = make_version(article, FIRST, "Nobody came at all.")
    carrying.catch_up()

    assert anchor(mention, version).placing == Placing.DROPPED
    assert list(orphans.orphans(ann)) == []


def test_what_has_a_place_is_not_given_up(article: Article, ann: User) -> None:
    with pytest.raises(TaggingError):
        orphans.drop(tag(article, "Disraeli", ann), by=ann, door=Door.PAGE)


def test_a_text_that_stands_again_has_its_own_places_again(article: Article, ann: User) -> None:
    old = current(article)
    mention = tag(article, "Disraeli", ann)
    make_version(article, FIRST, "Nobody came.")
    carrying.catch_up()

    texts.choose_version(article, old, by=None, door=Door.PAGE)
    article.refresh_from_db()
    carrying.catch_up()

    [there] = placed(old, ann)
    assert (there.id, there.placing) == (mention.pk, "made")
    assert list(orphans.orphans(ann)) == []


def test_a_tag_made_on_the_newer_text_is_carried_to_the_older_one(
    article: Article, ann: User
) -> None:
    old = current(article)
    make_version(article, "A line before.", FIRST, SECOND)
    mention = tag(article, "Gladstone", ann)
    texts.choose_version(article, old, by=None, door=Door.PAGE)
    carrying.catch_up()

    there = anchor(mention, old)
    assert old.text[there.start : there.end] == "Gladstone"


def test_what_comes_back_is_found_from_where_it_was_last(article: Article, ann: User) -> None:
    mention = tag(article, "Disraeli", ann)
    make_version(article, FIRST, "Nobody came.")
    carrying.catch_up()
    version = make_version(article, "Before.", FIRST, SECOND)
    carrying.catch_up()

    assert anchor(mention, version).placing == Placing.EXACT


def test_how_unsurely_it_came_is_still_told_later(article: Article, ann: User) -> None:
    mention = tag(article, "Mr. Gladstone", ann)
    second = make_version(article, FIRST.replace("Gladstone", "Gladston"), SECOND)
    carrying.catch_up()
    third = make_version(article, "Before.", FIRST.replace("Gladstone", "Gladston"), SECOND)
    carrying.catch_up()

    assert anchor(mention, second).placing == anchor(mention, third).placing == Placing.FUZZY
    assert anchor(mention, third).sure == anchor(mention, second).sure < 1


def test_open_work_stays_at_its_version_and_follows_once_it_is_closed(
    article: Article, ann: User
) -> None:
    task = make_task(article.corpus, [article], [ann])
    pinned = current(article)
    mine = tagging.tag(article, wanted(pinned, "Leeds"), by=ann, door=Door.PAGE, task=task).mention
    gold = make_mention(article, "Disraeli", task=task)
    version = make_version(article, "Before.", FIRST, SECOND)
    carrying.catch_up()

    assert [each.version for each in mine.anchors.all()] == [pinned]
    assert anchor(gold, version).quote == "Disraeli"
    late = tagging.tag(
        article, wanted(pinned, "Gladstone"), by=ann, door=Door.PAGE, task=task
    ).mention
    assert [each.version for each in late.anchors.all()] == [pinned]

    task.closed_at = task.created_at
    task.save()
    following.note_all()
    carrying.catch_up()
    assert anchor(mine, version).quote == "Leeds"


def test_of_two_that_come_to_the_same_words_one_is_an_orphan(article: Article, ann: User) -> None:
    entity = make_entity(article.corpus, "W. E. Gladstone")
    both = make_article(
        article.corpus, paragraphs=("Gladstone came. " + FIRST.replace("Mr. ", ""),)
    )
    for nth in range(2):
        make_mention(both, "Gladstone", entity=entity, nth=nth)
    # Made again by hand before the tags were carried.
    version = make_version(both, FIRST.replace("Mr. ", ""))
    tag(both, "Gladstone", ann, entity=entity.pk, entity_name="")
    carrying.catch_up()

    there = Anchor.objects.filter(version=version)
    assert there.filter(start__isnull=False).count() == 1
    assert there.filter(placing=Placing.ORPHAN).count() == 2


def test_a_tag_on_a_text_that_stands_no_more_follows_at_once(
    article: Article, ann: User, django_capture_on_commit_callbacks: Any
) -> None:
    old = current(article)
    version = make_version(article, "Before.", FIRST, SECOND)
    carrying.catch_up()
    with django_capture_on_commit_callbacks(execute=True):
        mention = tag(article, "Leeds", ann, version=old)
    with django_capture_on_commit_callbacks(execute=True):
        [many] = tagging.tag_many(
            article.corpus,
            [(article.pk, wanted(version, "Gladstone"))],
            by=ann,
            door=Door.PAGE,
        )
    carrying.catch_up()

    assert anchor(mention, version).quote == "Leeds"
    assert isinstance(many, Tagged)
    assert many.anchor.version == version
    assert not Change.objects.filter(consumer=Consumer.ANNOTATE).exists()


def test_what_is_moved_is_carried_from_there(article: Article, ann: User) -> None:
    mention = tag(article, "Gladstone", ann)
    version = make_version(article, "Before.", FIRST, SECOND)
    carrying.catch_up()
    start = version.text.index("Mr. Gladstone")

    operation = tagging.move(mention, start, start + 13, "Mr. Gladstone", by=ann, door=Door.PAGE)

    assert [each.quote for each in mention.anchors.all()] == ["Mr. Gladstone"]
    texts.choose_version(article, article.versions.get(number=1), by=None, door=Door.PAGE)
    carrying.catch_up()
    assert anchor(mention, article.versions.get(number=1)).quote == "Mr. Gladstone"
    assert operation is not None
    undo(operation, by=ann, door=Door.PAGE)
    assert {each.quote for each in mention.anchors.all()} == {"Gladstone"}


def test_a_fault_in_one_article_does_not_stop_the_others(
    article: Article,
    ann: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    other = make_article(article.corpus, headline="Another", paragraphs=(FIRST,))
    bad, good = tag(article, "Leeds", ann), tag(other, "Leeds", ann)
    carry = Carrier.carry

    def broken(self: Carrier, *args: Any) -> object:
        if "Disraeli" in self.old:
            raise ValueError
        return carry(self, *args)

    monkeypatch.setattr(Carrier, "carry", broken)
    make_version(article, "Before.", FIRST, SECOND)
    version = make_version(other, "Before.", FIRST)
    with caplog.at_level(logging.ERROR):
        carrying.catch_up()

    assert anchor(good, version).quote == "Leeds"
    assert "could not be carried on" in caplog.text
    monkeypatch.undo()
    # The next start of the worker finds it.
    assert following.note_all() == 1
    carrying.catch_up()
    article.refresh_from_db()
    assert anchor(bad, current(article)).quote == "Leeds"


def test_what_has_no_tags_is_forgotten_on_the_way(article: Article) -> None:
    make_version(article, "Before.")
    assert Change.objects.filter(consumer=Consumer.ANNOTATE).count() == 1

    assert carrying.catch_up() == 0

    assert not Change.objects.filter(consumer=Consumer.ANNOTATE).exists()


def test_only_some_articles_are_carried_if_so_asked(article: Article, ann: User) -> None:
    mention = tag(article, "Leeds", ann)
    version = make_version(article, "Before.", FIRST)

    assert carrying.catch_up(only=[article.pk + 1]) == 0
    assert carrying.catch_up(only=[article.pk]) == 1
    assert anchor(mention, version)


def test_the_search_index_is_told_of_places_that_were_found(article: Article, ann: User) -> None:
    tag(article, "Leeds", ann)
    make_version(article, "Before.", FIRST)
    Change.objects.filter(consumer=Consumer.SEARCH).delete()

    carrying.catch_up()

    assert Change.objects.filter(consumer=Consumer.SEARCH, article_id=article.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_the_worker_carries_what_waits_until_it_is_told_to_end() -> None:
    article = make_article(make_corpus(), paragraphs=(FIRST, SECOND))
    mention = make_mention(article, "Leeds")
    with transaction.atomic():
        version = make_version(article, "Before.", FIRST)
    stop = Event()
    said: list[str] = []
    loop = Thread(target=carrying.follow, args=(stop, said.append))

    loop.start()
    while not Anchor.objects.filter(mention=mention, version=version).exists():
        assert loop.is_alive()
    stop.set()
    loop.join()

    assert said == []
