"""The index follows the articles: what changed is taken in, and what is broken built anew."""

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from articles.models import Access, Article, Build, Change, Consumer, Corpus
from articles.search.asking import ask
from articles.search.engine import index as engine
from articles.search.index import indexing, store
from articles.search.index.keeper import Keeper
from tests.factories import make_article, make_member, make_user

pytestmark = pytest.mark.django_db

type Index = Callable[[], int]


def found(query: str, user: User) -> set[int]:
    """Return the ids that answer a query now."""
    return {id_ for ids in ask(query, user).ids() for id_ in ids}


def standing() -> Path:
    """Return the folder of the build that stands."""
    build = store.standing()
    assert build is not None
    return build


def builds() -> set[Path]:
    """Return all folders of builds."""
    return set(store.folder().glob("build-*"))


def replace(file: Path, content: bytes) -> None:
    """Put a file in the place of one that may be open."""
    beside = file.with_name("beside")
    beside.write_bytes(content)
    beside.replace(file)


class StoppedError(Exception):
    """What a watch raises to end the work."""


def test_what_is_new_changed_or_gone_is_taken_in(
    corpus: Corpus, superuser: User, index: Index
) -> None:
    stays = make_article(corpus, headline="Trams stay", section="Old")
    goes = make_article(corpus, headline="Trams go")
    joined = make_article(corpus, headline="Trams join")
    index()
    assert found("trams", superuser) == {stays.pk, goes.pk, joined.pk}

    stays.section = "New"
    stays.save()
    Article.objects.filter(pk=goes.pk).update(version=None)
    Article.objects.filter(pk=joined.pk).update(standing=False)
    assert indexing.status().waiting == 3
    index()

    assert found("trams", superuser) == {stays.pk}
    assert found("section:new", superuser) == {stays.pk}
    assert found("section:old", superuser) == set()
    assert indexing.is_idle()


def test_a_change_that_comes_while_its_article_is_read_is_not_lost(
    corpus: Corpus, superuser: User, index: Index
) -> None:
    article = make_article(corpus, section="First")
    index()

    def change(_: int) -> None:
        Article.objects.filter(pk=article.pk, section="Second").update(section="Third")

    Article.objects.filter(pk=article.pk).update(section="Second")
    waiting = Change.objects.filter(consumer=Consumer.SEARCH)
    rows = set(waiting.values_list("pk", flat=True))
    with Keeper(change) as keeper:
        assert keeper.step() == 1
        assert set(waiting.values_list("pk", flat=True)).isdisjoint(rows)
        assert not indexing.is_idle()
        keeper.step()

    assert indexing.is_idle()
    assert found("section:third", superuser) == {article.pk}


def test_a_rebuild_answers_meanwhile_and_misses_nothing(
    corpus: Corpus, superuser: User, index: Index
) -> None:
    articles = [make_article(corpus, headline=f"Tram {number}") for number in range(3)]
    index()
    before = standing()
    late: list[Article] = []

    def meanwhile(done: int) -> None:
        assert len(found("tram", superuser)) == 3 + (len(late) if standing() != before else 0)
        if done and not late:
            late.append(make_article(corpus, headline="Late tram"))
            Article.objects.filter(pk=articles[0].pk).update(standing=False)

    indexing.rebuild(watch=meanwhile)
    index()

    assert standing() != before
    assert builds() == {standing()}
    assert late
    assert found("tram", superuser) == {articles[1].pk, articles[2].pk, late[0].pk}
    assert indexing.checked(thorough=True) == indexing.Status(3, 0, None)


def test_what_changes_during_a_rebuild_reaches_the_old_index_too(
    corpus: Corpus, superuser: User, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.search.index.keeper.BATCH", 1)
    for number in range(3):
        make_article(corpus, headline=f"Tram {number}")
    index()
    before, seen = standing(), set[int]()

    def meanwhile(done: int) -> None:
        if done == 1:
            Article.objects.order_by("pk").update(section="Late")
        if standing() == before:
            seen.add(len(found("section:late", superuser)))

    indexing.rebuild(watch=meanwhile)

    assert seen == {0, 3}
    assert len(found("section:late", superuser)) == 3


def test_a_rebuild_that_is_interrupted_leaves_the_old_index(
    corpus: Corpus, superuser: User, index: Index
) -> None:
    article = make_article(corpus)
    index()
    before = standing()

    def stop(_: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        indexing.rebuild(watch=stop)

    assert builds() == {before}
    assert found("bridge", superuser) == {article.pk}


def test_left_overs_are_removed_but_not_what_is_being_filled(corpus: Corpus, index: Index) -> None:
    make_article(corpus)
    index()
    dead = store.begin()
    (dead / "something").touch()
    alive = store.begin()
    writer = engine.writer(alive, many=False)

    indexing.rebuild()

    assert builds() == {standing(), alive}
    del writer


def test_an_index_that_is_not_there_is_said_and_built(
    corpus: Corpus, superuser: User, index: Index
) -> None:
    article = make_article(corpus)
    index()
    shutil.rmtree(store.folder())

    with pytest.raises(store.IndexMissingError):
        ask("bridge", superuser)
    assert indexing.status().problem
    index()

    assert found("bridge", superuser) == {article.pk}


def _no_meta(build: Path) -> None:
    (build / "meta.json").unlink()


def _bad_meta(build: Path) -> None:
    replace(build / "meta.json", b"{not JSON")


def _no_segment(build: Path) -> None:
    next(build.glob("*.term")).unlink()


def _short_segment(build: Path) -> None:
    file = next(build.glob("*.idx"))
    replace(file, file.read_bytes()[:100])


def _bad_list(build: Path) -> None:
    replace(build / ".managed.json", b"[")


@pytest.mark.parametrize("damage", [_no_meta, _bad_meta, _no_segment, _short_segment, _bad_list])
def test_a_broken_index_is_said_noticed_and_built_anew(
    corpus: Corpus,
    superuser: User,
    index: Index,
    damage: Callable[[Path], None],
) -> None:
    first = make_article(corpus)
    index()
    broken = standing()
    damage(broken)

    with pytest.raises(store.IndexMissingError):
        ask("bridge", superuser)
    assert indexing.checked(thorough=True).problem
    assert indexing.mend()
    index()

    assert found("bridge", superuser) == {first.pk}
    assert builds() == {standing()} != {broken}


@pytest.mark.parametrize("damage", [_bad_meta, _no_segment, _short_segment])
def test_a_broken_index_is_built_anew_by_the_next_change(
    corpus: Corpus, superuser: User, index: Index, damage: Callable[[Path], None]
) -> None:
    first = make_article(corpus)
    index()
    damage(standing())

    second = make_article(corpus)
    index()

    assert found("bridge", superuser) == {first.pk, second.pk}


def test_a_damaged_byte_is_found_when_it_is_suspected(corpus: Corpus, index: Index) -> None:
    make_article(corpus)
    index()
    file = next(standing().glob("*.pos"))
    content = bytearray(file.read_bytes())
    content[0] ^= 0xFF
    replace(file, bytes(content))

    assert not indexing.mend()
    assert "checksum" in indexing.checked(thorough=True).problem
    store.suspect()
    assert indexing.mend()


def test_a_suspicion_that_is_unfounded_is_taken_back(corpus: Corpus, index: Index) -> None:
    make_article(corpus)
    index()
    before = standing()
    store.suspect()
    assert store.is_suspected(before)

    assert not indexing.mend()

    assert not store.is_suspected(before)
    assert standing() == before


def test_an_index_that_holds_other_articles_is_noticed(
    corpus: Corpus, superuser: User, index: Index
) -> None:
    first = make_article(corpus)
    index()
    second = make_article(corpus)
    Change.objects.all().delete()

    assert indexing.checked().problem == "The index holds 1 articles, and there are 2."
    assert indexing.mend()
    index()
    assert found("bridge", superuser) == {first.pk, second.pk}

    Article.objects.filter(pk=first.pk).update(word_count=1_000)
    Change.objects.all().delete()
    assert indexing.checked().problem == "The index holds other articles than there are."


def test_an_index_of_another_form_is_built_anew(corpus: Corpus, index: Index) -> None:
    make_article(corpus)
    index()
    Build.objects.update(format=store.FORMAT + 1)

    index()

    assert Build.objects.get().format == store.FORMAT
    assert builds() == {standing()}


def test_one_process_writes_and_others_are_told(corpus: Corpus) -> None:
    make_article(corpus)
    values = connection.settings_dict
    with psycopg.connect(
        dbname=values["NAME"], user=values["USER"], host=values["HOST"], autocommit=True
    ) as other:
        other.execute("SELECT pg_advisory_lock(%s, 0)", [0x4E54])
        with pytest.raises(indexing.IndexBusyError):
            indexing.catch_up()
        # Closing alone gives it back a moment later.
        other.execute("SELECT pg_advisory_unlock(%s, 0)", [0x4E54])
    assert indexing.catch_up()


def test_a_build_that_another_writes_is_not_taken_for_broken(corpus: Corpus, index: Index) -> None:
    make_article(corpus)
    index()
    before = standing()
    other = engine.writer(before, many=False)
    make_article(corpus)

    with pytest.raises(indexing.IndexBusyError):
        index()
    assert standing() == before

    del other
    assert index()


def test_the_command_builds_it_anew(corpus: Corpus, superuser: User, index: Index) -> None:
    article = make_article(corpus)
    index()
    _no_segment(standing())
    out = StringIO()

    call_command("reindex", stdout=out)

    assert out.getvalue().startswith("1 articles are indexed")
    assert found("bridge", superuser) == {article.pk}


def _status(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("index_status", *arguments, stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def test_the_status_says_what_is_and_what_to_do(
    corpus: Corpus, index: Index, related: Index
) -> None:
    code, said = _status()
    assert code == 1
    assert "being built" in said
    assert "manage.py reindex" in said

    make_article(corpus)
    index()
    code, said = _status()
    assert code == 3
    assert "1 articles are still to be related" in said
    assert "manage.py relate" in said
    related()
    index()
    assert _status("--check")[0] == 0
    code, said = _status()
    assert code == 0
    assert said.startswith("1 articles are indexed, in ")
    assert "The prints of articles take" in said

    make_article(corpus)
    code, said = _status()
    assert code == 3
    assert "1 articles changed since and wait" in said
    assert "No worker runs" in said

    _bad_meta(standing())
    assert _status()[0] == 1


def test_many_that_wait_are_counted_once_until_others_wait(
    corpus: Corpus,
    index: Index,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    index()
    Corpus.objects.update(access=Access.MEMBERS)
    monkeypatch.setattr(indexing, "_MANY", 2)
    reader = make_member(corpus)
    for _ in range(2):
        make_article(corpus)
    assert indexing.waiting_for(reader) == 2

    # Whether any wait, and which.
    with django_assert_num_queries(2):
        assert indexing.waiting_for(reader) == 2
    # What is told to one is not what is told to another.
    assert indexing.waiting_for(make_user()) == 0
    make_article(corpus)
    assert indexing.waiting_for(reader) == 3
    index()
    assert indexing.waiting_for(reader) == 0
