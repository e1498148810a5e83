"""What was told of a pair is not told again, unless there is something else to tell."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from articles.models import Article, Boilerplate, Corpus, Link, LinkKind
from articles.models.links import OF_TEXT
from articles.related.finding import settling, steps
from articles.related.finding.keeper import Keeper
from articles.related.finding.stopping import note
from articles.related.store.prints import ALONE
from tests.factories import judge, make_article, make_link, make_source
from tests.related.prose import prose, story

pytestmark = pytest.mark.django_db

ON = date(1932, 3, 19)
QUAKE = (
    "An earthquake of great force struck the harbour town of Valdora before dawn on Tuesday.",
    "Mayor Ilsa Brandt said that the cathedral of Valdora had fallen, and the customs house too.",
)
QUAKE_ELSEWHERE = (
    "Houses fell in Valdora when the earth shook in the night; the cathedral is a heap of stones.",
    "Fishermen of Castrel set out with bread. Ilsa Brandt, the mayor, slept outdoors.",
)


@pytest.fixture
def keeper(corpus: Corpus) -> Iterator[Keeper]:
    """Return a keeper that has related all, and stays."""
    for words in (QUAKE, QUAKE_ELSEWHERE, story("wire"), story("wire")[:3]):
        make_article(
            corpus, headline="Told by somebody", paragraphs=words, published=ON,
            source=make_source(corpus, f"The {words[0][:20]} of {len(words)}"),
        )  # fmt: skip
    with ALONE.writing(wait=True), Keeper() as keeper:
        settle(keeper)
        yield keeper


def settle(keeper: Keeper, *again: Article) -> None:
    """Relate what changed, and some articles again."""
    note([article.pk for article in again])
    while keeper.step():
        pass


def links() -> list[tuple[str, float | None, object]]:
    rows = Link.objects.filter(suggested=True).order_by("kind", "pk")
    return [(link.kind, link.score, link.evidence) for link in rows]


def found_at() -> list[object]:
    return list(Link.objects.order_by("pk").values_list("found_at", flat=True))


def test_what_was_told_from_one_side_is_not_written_again_from_the_other(keeper: Keeper) -> None:
    before, were = links(), found_at()
    assert {kind for kind, _, _ in before} == {"edited_version", "same_event"}

    settle(keeper, *Article.objects.all())

    assert links() == before
    assert found_at() == were


def test_links_that_are_gone_are_found_again(keeper: Keeper) -> None:
    before = links()
    Link.objects.all().delete()

    settle(keeper, *Article.objects.all())

    assert links() == before


def test_who_an_article_says_wrote_it_is_told_though_its_text_did_not_change(
    keeper: Keeper,
) -> None:
    link = Link.objects.get(kind__in=OF_TEXT)
    assert "direction" not in link.evidence
    settle(keeper, link.first)
    source = link.first.source
    assert source is not None
    Article.objects.filter(pk=link.second_id).update(byline=f"By {source.name}")

    settle(keeper, link.second)

    link.refresh_from_db()
    assert link.evidence["direction"]["side"] == "second"


def test_what_a_person_said_meanwhile_outranks_what_was_told(keeper: Keeper) -> None:
    link = Link.objects.get(kind__in=OF_TEXT)
    other = make_link(
        link.first, link.second, LinkKind.EXCERPT, suggested=False, score=None,
        first_version=link.first_version, second_version=link.second_version,
    )  # fmt: skip
    judge(other)

    settle(keeper, link.first, link.second)

    assert not Link.objects.filter(kind=link.kind, suggested=True).exists()


@pytest.fixture
def failing_once(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> Keeper:
    """Return a keeper of which the next thing is undone, and tried again at once."""
    failed: list[bool] = []

    def settle(article_ids: set[int], unsure: set[int]) -> set[int]:
        if not failed:
            failed.append(True)
            raise IntegrityError
        return settling.settle(article_ids, unsure)

    monkeypatch.setattr(steps, "settle", settle)
    return keeper


def test_what_was_told_and_undone_is_told_again(failing_once: Keeper) -> None:
    link = Link.objects.get(kind__in=OF_TEXT)
    assert link.first.source is not None
    Article.objects.filter(pk=link.second_id).update(byline=f"By {link.first.source.name}")

    settle(failing_once, link.second)

    link.refresh_from_db()
    assert link.evidence["direction"]["side"] == "second"


def test_boilerplate_that_was_found_and_undone_is_found_again(
    failing_once: Keeper, corpus: Corpus
) -> None:
    made = [
        make_article(
            corpus, paragraphs=(*story(f"alone {number}", 3), prose("footer")),
            published=ON + timedelta(days=30 * number),
        )
        for number in range(6)
    ]  # fmt: skip
    assert not Boilerplate.objects.exists()

    settle(failing_once, *made)

    assert Boilerplate.objects.filter(corpus=corpus, stops=True).exists()
