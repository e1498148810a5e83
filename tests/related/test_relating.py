"""What articles are to each other is found, kept beside what people say, and found anew."""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from itertools import islice, permutations
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.models import (
    Article,
    Boilerplate,
    Change,
    Consumer,
    Corpus,
    Coverage,
    Link,
    LinkStatus,
)
from articles.models.links import OF_TEXT
from articles.related.events.events import Comparing
from articles.related.finding import following
from articles.related.store.prints import BUILDS
from articles.related.store.writing import COMMITTED
from articles.related.stories import stories
from tests.factories import (
    current,
    judge,
    make_article,
    make_corpus,
    make_source,
    make_version,
)
from tests.related.prose import prose, story

pytestmark = pytest.mark.django_db

type Relate = Callable[[], int]

CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "captures"
FOOTER = prose("footer", 60)


def kinds(**conditions: object) -> dict[tuple[int, int], str]:
    """Return what is held of texts, by pair."""
    links = Link.objects.held().filter(kind__in=OF_TEXT, **conditions)
    return {(link.first_id, link.second_id): link.kind for link in links}


def only() -> Link:
    link: Link = Link.objects.get(kind__in=OF_TEXT)
    return link


@pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captures are beside the project")
def test_two_editions_of_an_agency_story_are_found_by_ingest_alone(corpus: Corpus) -> None:
    assert corpus
    call_command("ingest", *map(str, sorted(CAPTURES.glob("*.txt"))), stdout=StringIO())

    wire, other, paper = Article.objects.order_by("pk")
    assert kinds() == {(wire.pk, paper.pk): "edited_version"}
    evidence = only().evidence
    first, second = current(wire).text, current(paper).text
    assert evidence["passages_total"] == len(evidence["passages"]) == 17
    shared = [(first[a:b], second[c:d]) for a, b, c, d in evidence["passages"]]
    assert shared[0][0].startswith("China is allowing more than 2,000 ethnic Kazakhs")
    assert any("publicizing" in one and "publicising" in two for one, two in shared)
    assert not any("possibly more than a million" in one for one, _ in shared)
    assert {"Xinjiang", "Kazakhstan"} <= set(evidence["names"])
    assert Coverage.objects.get(article=other).editions == other.pk
    assert Coverage.objects.get(article=paper).editions == wire.pk


def test_a_name_in_both_texts_that_few_others_have_is_told_before_one_that_stands_there_more_often(
    corpus: Corpus, related: Relate
) -> None:
    told = (
        "They came from Kazakhstan, for all Kazakhstan knew Bilash.",
        *story("wire", 6),
    )
    for _ in range(2):
        make_article(corpus, paragraphs=told)
    for number in range(20):
        make_article(corpus, paragraphs=(f"He left Kazakhstan. {prose(f'alone {number}')}",))

    related()

    assert only().evidence["names"] == ["Bilash", "Kazakhstan"]


def test_two_texts_are_linked_whichever_comes_first(corpus: Corpus, related: Relate) -> None:
    text = story("wire")
    whole = make_article(corpus, paragraphs=text)
    related()
    assert kinds() == {}

    cut = make_article(corpus, paragraphs=text[:3])
    related()

    assert kinds() == {(whole.pk, cut.pk): "edited_version"}
    link = only()
    assert (link.suggested, link.status, link.score) == (True, "suggested", 1.0)
    assert (link.first_version, link.second_version) == (current(whole), current(cut))
    assert link.evidence["second_share"] == 1.0
    assert not Change.objects.filter(consumer=Consumer.RELATED).exists()


def test_texts_of_two_corpora_never_meet(corpus: Corpus, related: Relate) -> None:
    make_article(corpus, paragraphs=story("wire"))
    make_article(make_corpus(), paragraphs=story("wire"))

    related()

    assert kinds() == {}


def test_a_link_follows_a_text_that_changes(corpus: Corpus, related: Relate) -> None:
    text = story("wire")
    first = make_article(corpus, paragraphs=text)
    second = make_article(corpus, paragraphs=text)
    related()
    assert kinds() == {(first.pk, second.pk): "same_text"}

    make_version(second, *text[:3])
    related()
    assert kinds() == {(first.pk, second.pk): "edited_version"}
    assert only().second_version == current(Article.objects.get(pk=second.pk))

    make_version(second, *story("another"))
    related()
    assert not Link.objects.filter(kind__in=OF_TEXT).exists()
    assert Coverage.objects.get(article=second).editions == second.pk


@pytest.mark.parametrize("way", ["joined", "deleted"])
def test_links_of_an_article_that_is_gone_go(corpus: Corpus, related: Relate, way: str) -> None:
    first, second, third = (make_article(corpus, paragraphs=story("wire")) for _ in range(3))
    related()
    assert len(kinds()) == 3

    if way == "joined":
        Article.objects.filter(pk=first.pk).update(standing=False)
    else:
        Link.objects.filter(first=first).delete()
        Article.objects.filter(pk=first.pk).update(version=None)
        first.versions.all().delete()
        first.delete()
    related()

    assert kinds() == {(second.pk, third.pk): "same_text"}
    assert Coverage.objects.get(article=third).editions == second.pk


def test_what_a_person_rejected_stays_rejected(corpus: Corpus, related: Relate) -> None:
    text = story("wire")
    first = make_article(corpus, paragraphs=text)
    second = make_article(corpus, paragraphs=text[:3])
    related()
    judge(only(), verdict="rejected")

    Article.objects.filter(pk=second.pk).update(published_date=date(1932, 4, 1))
    related()

    link = only()
    assert (link.status, link.suggested, link.kind) == ("rejected", True, "edited_version")
    assert link.evidence["days"] == 13
    assert Coverage.objects.get(article=second).editions == second.pk
    assert kinds() == {}
    assert first.pk == link.first_id


def test_another_kind_is_suggested_only_once_a_text_changed(
    corpus: Corpus, related: Relate
) -> None:
    text = story("wire")
    first = make_article(corpus, paragraphs=text)
    second = make_article(corpus, paragraphs=text)
    related()
    link = only()
    # A person says that it is another kind: the machine's own is not suggested beside it.
    Link.objects.filter(pk=link.pk).update(kind="edited_version")
    judge(Link.objects.get(pk=link.pk))
    related()
    assert kinds() == {(first.pk, second.pk): "edited_version"}
    assert only().suggested is False

    make_version(second, *text, prose("more", 20))
    related()

    found = {each.kind: each.status for each in Link.objects.filter(kind__in=OF_TEXT)}
    assert found == {"edited_version": "accepted", "same_text": "suggested"}


def test_a_confirmed_link_stays_when_its_texts_share_nothing_any_more(
    corpus: Corpus, related: Relate
) -> None:
    make_article(corpus, paragraphs=story("wire"))
    second = make_article(corpus, paragraphs=story("wire"))
    related()
    judge(only())

    make_version(second, *story("another"))
    related()

    assert (only().status, only().suggested) == ("accepted", False)


def test_a_judgement_that_is_taken_back_leaves_the_row_for_its_history(
    corpus: Corpus, related: Relate
) -> None:
    make_article(corpus, paragraphs=story("wire"))
    second = make_article(corpus, paragraphs=story("wire"))
    related()
    judge(only()).delete()
    make_version(second, *story("another"))

    related()

    assert (only().status, only().suggested) == (LinkStatus.WITHDRAWN, False)


def test_every_copy_of_a_text_is_of_one_group_with_links_to_some(
    corpus: Corpus, related: Relate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.related.finding.relating._AT_ONCE", 10)
    text = story("wire", 4)
    for _ in range(40):
        make_article(corpus, source=make_source(corpus), paragraphs=text)
    for number in range(20):
        cut = text[: 1 + number % 3] + text[2 + number % 3 :]
        make_article(corpus, source=make_source(corpus), paragraphs=cut)

    related()

    assert Coverage.objects.values_list("editions").distinct().count() == 1
    # Each links to a dozen of its group and a dozen of its copies, and to those it came with.
    assert len(kinds()) < 60 * (12 + 13 + 4) < 60 * 59 / 2
    assert not Boilerplate.objects.filter(stops=True).exists()


def test_copies_that_are_more_than_are_aligned_are_not_on_one_event_beside(
    corpus: Corpus, related: Relate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.related.finding.candidates.MOST_OF_GROUP", 4)
    monkeypatch.setattr("articles.related.finding.relating._AT_ONCE", 5)
    for _ in range(20):
        make_article(corpus, source=make_source(corpus), paragraphs=story("wire", 4))

    related()

    assert len(kinds()) < 20 * 19 / 2
    assert set(Link.objects.values_list("kind", flat=True)) == {"same_text"}


def test_what_the_store_has_as_it_is_is_not_written_again(corpus: Corpus, related: Relate) -> None:
    def written() -> bytes:
        build = BUILDS.standing()
        assert build is not None
        return (build / COMMITTED).read_bytes()

    article = make_article(corpus, paragraphs=story("wire"))
    make_article(corpus, paragraphs=story("other"))
    related()
    before = written()

    following.ask()
    related()
    as_it_was = written()
    Article.objects.filter(pk=article.pk).update(language="de")
    following.ask()
    related()

    assert as_it_was == before
    assert written() != before


def test_one_footer_in_unrelated_articles_links_none(corpus: Corpus, related: Relate) -> None:
    for number in range(30):
        make_article(
            corpus,
            source=make_source(corpus),
            published=date(2024, 1, 1) + timedelta(days=number),
            paragraphs=(*story(number, 2), FOOTER),
        )
        if number < 4 or number % 10 == 0:
            related()
    related()

    assert kinds() == {}
    assert Boilerplate.objects.filter(stops=True).count() > 5


def test_links_are_the_same_for_every_order_of_arrival(related: Relate) -> None:
    wire = story("wire", 4)
    texts = [
        wire,
        wire[:2],
        (*wire[:2], *story("own", 3)),
        (wire[3], *story("feature", 6)),
        *((*story(number, 2), FOOTER) for number in range(5)),
        (FOOTER, *wire[1:3]),
        (prose("brief", 20),),
        (prose("brief", 20), *story("long", 3)),
    ]
    found = set()
    for number, order in enumerate(islice(permutations(range(len(texts))), 0, None, 79_833_600)):
        corpus = make_corpus()
        ids = {}
        for place, which in enumerate(order):
            source = make_source(corpus, f"Paper {which}")
            day = date(2024, 1, 1) + timedelta(days=20 * which)
            ids[make_article(corpus, source=source, published=day, paragraphs=texts[which]).pk] = (
                which
            )
            if place % (number + 1) == 0:
                related()
        related()
        links = kinds(corpus=corpus)
        found.add(frozenset((frozenset((ids[a], ids[b])), kind) for (a, b), kind in links.items()))

    assert len(found) == 1
    assert len(next(iter(found))) > 5


def test_a_fault_in_what_comes_of_events_stops_no_text(
    corpus: Corpus, related: Relate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Comparing, "alike", fail)
    monkeypatch.setattr(stories, "settle", fail)
    make_article(corpus, paragraphs=story("wire"))
    make_article(corpus, paragraphs=story("wire"))

    related()

    assert len(kinds()) == 1
