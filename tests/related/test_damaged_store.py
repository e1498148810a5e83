"""A store of prints that is gone, damaged or mostly waste is made anew, and nothing is lost."""

import shutil
from collections.abc import Callable
from datetime import date

import pytest

from articles.models import Article, Build, Consumer, Corpus, Link
from articles.related.finding import following
from articles.related.finding.keeper import Keeper
from articles.related.store.prints import ALONE, BUILDS, FORMAT, Prints
from articles.related.store.records import FILE
from articles.related.store.writing import COMMITTED
from tests.factories import make_article, make_corpus
from tests.faults.processes import until
from tests.related.prose import story
from tests.related.test_following import followed, links, make_two

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def corpus() -> Corpus:
    return make_corpus("default", name="Default")


def _remove(corpus: Corpus) -> None:
    assert corpus
    shutil.rmtree(BUILDS.folder())


def _damage(corpus: Corpus) -> None:
    assert corpus
    build = BUILDS.standing()
    assert build is not None
    (build / COMMITTED).write_bytes(b"\xff" * 8)


def _cut_records(corpus: Corpus) -> None:
    _rewrite_records(corpus, lambda _: b"")


def _spoil_records(corpus: Corpus) -> None:
    _rewrite_records(corpus, lambda whole: bytes(len(whole)))


def _rewrite_records(corpus: Corpus, change: Callable[[bytes], bytes]) -> None:
    assert corpus
    build = BUILDS.standing()
    assert build is not None
    (build / FILE).write_bytes(change((build / FILE).read_bytes()))


def _spoil_segment(corpus: Corpus, name: str = "words.starts") -> None:
    assert corpus
    build = BUILDS.standing()
    assert build is not None
    prints = Prints(build)
    prints._lookup.merge(always=True)
    prints.drop()
    (folder,) = build.glob("segment-*")
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(bytes(255 - byte for byte in whole))


def _other_format(corpus: Corpus) -> None:
    assert corpus
    Build.objects.filter(consumer=Consumer.RELATED).update(format=FORMAT + 1)


def test_what_is_damaged_on_disk_is_found_when_it_is_verified(corpus: Corpus) -> None:
    make_two(corpus)
    following.catch_up()
    with Keeper() as keeper:
        keeper.verify()
    before = BUILDS.standing()
    # Nothing that is read by itself tells of it.
    _spoil_segment(corpus, "words.numbers")

    with ALONE.writing(wait=True), Keeper() as keeper:
        keeper.verify()
        assert before is not None
        assert BUILDS.standing() is None
        while keeper.step():
            pass

    assert links() == 1


@pytest.mark.parametrize(
    "fault", [_remove, _damage, _cut_records, _spoil_records, _spoil_segment, _other_format]
)
def test_a_store_that_is_gone_or_broken_is_made_anew(
    corpus: Corpus, fault: Callable[[Corpus], None]
) -> None:
    first = make_article(corpus, paragraphs=story("wire"))
    following.catch_up()
    fault(corpus)
    second = make_article(corpus, paragraphs=story("wire"))

    following.catch_up()

    assert list(Link.objects.values_list("first", "second")) == [(first.pk, second.pk)]
    assert len(list(BUILDS.folder().glob("build-*"))) == 1


def test_a_store_of_which_most_was_replaced_is_made_anew(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.related.store.prints._SPARE", 1)
    make_two(corpus)
    following.catch_up()
    before = BUILDS.standing()
    with ALONE.writing(wait=True), Keeper() as keeper:
        for day in range(1, 31):
            Article.objects.update(published_date=date(1932, 3, day))
            while keeper.step():
                pass

    assert BUILDS.standing() != before
    assert BUILDS.bytes_on_disk() > 0
    assert links() == 1


def test_a_worker_that_starts_finds_what_is_damaged(corpus: Corpus) -> None:
    make_two(corpus)
    following.catch_up()
    before = BUILDS.standing()
    _spoil_segment(corpus, "words.numbers")

    with followed() as said:
        until(lambda: BUILDS.standing() not in {before, None}, "another store")

    assert said == []
    assert links() == 1
