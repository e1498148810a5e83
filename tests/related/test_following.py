"""Related coverage is caught up with, by commands and by the worker, whatever comes between."""

import shutil
import threading
from contextlib import AbstractContextManager
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from articles.models import Article, Change, Consumer, Corpus, Coverage, Link
from articles.models.links import OF_TEXT
from articles.related.events import event_facts
from articles.related.events.abouts import Abouts
from articles.related.events.events import Alike, Comparing
from articles.related.finding import following, texts
from articles.related.finding.following import follow
from articles.related.finding.keeper import Keeper
from articles.related.store.prints import ALONE, BUILDS
from articles.related.store.writing import COMMITTED
from articles.related.stories import stories
from articles.search.index import alone
from articles.search.index.indexing import IndexBusyError
from tests.factories import make_article, make_corpus
from tests.faults.processes import until
from tests.loops import run_beside
from tests.related import works
from tests.related.prose import story
from tests.related.test_events import ON, QUAKE, QUAKE_ELSEWHERE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def corpus() -> Corpus:
    return make_corpus("default", name="Default")


def relate(**options: object) -> str:
    out = StringIO()
    call_command("relate", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def links() -> int:
    return int(Link.objects.filter(kind__in=OF_TEXT).count())


def make_two(corpus: Corpus, seed: str = "wire") -> None:
    for _ in range(2):
        make_article(corpus, paragraphs=story(seed))


def followed() -> AbstractContextManager[list[str]]:
    """Run the worker's loop beside; give what it says."""
    return run_beside(follow, ALONE.is_followed)


def test_status_says_how_far_it_is_behind(corpus: Corpus) -> None:
    assert not following.status().is_behind
    make_two(corpus)

    before = following.status()
    following.catch_up()
    after = following.status()

    assert (before.waiting, before.is_behind) == (2, True)
    assert before.since is not None
    assert before.problem
    assert (after.waiting, after.since, after.is_behind) == (0, None, False)
    assert following.is_current()


def test_articles_that_were_there_before_are_related_first_of_all(corpus: Corpus) -> None:
    make_two(corpus)
    # As in a database that is older than related coverage.
    Change.objects.filter(consumer=Consumer.RELATED).delete()
    assert not following.is_current()

    relate()

    assert links() == 1


def test_of_two_that_would_relate_one_is_told_to_wait(corpus: Corpus) -> None:
    make_two(corpus)
    with ALONE.writing(wait=True):
        busy = list[bool]()

        def run() -> None:
            try:
                following.catch_up()
            except IndexBusyError:
                busy.append(True)
            finally:
                connections.close_all()

        thread = threading.Thread(target=run)
        thread.start()
        thread.join(30)

    assert busy == [True]
    assert alone.INDEX.number != ALONE.number


@pytest.mark.parametrize("options", [{"all": True}, {"rebuild": True}, {"since": "2000-01-01"}])
def test_what_was_related_before_is_related_anew(
    corpus: Corpus, options: dict[str, object]
) -> None:
    make_two(corpus)
    relate()
    Link.objects.all().delete()
    assert relate().startswith("0 articles")

    assert relate(**options).startswith("2 articles are related")

    assert links() == 1


def test_one_corpus_is_related_anew(corpus: Corpus) -> None:
    other = make_corpus("other")
    make_two(corpus)
    make_two(other)
    relate()
    Link.objects.all().delete()

    relate(corpus="other")

    assert {link.corpus_id for link in Link.objects.all()} == {other.pk}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"corpus": "nowhere"}, "There is no corpus “nowhere”."),
        ({"since": "yesterday"}, "“yesterday” is no day"),
        ({"since": "2024-02-31"}, "“2024-02-31” is no day"),
        ({"since": "2024-02-01", "rebuild": True}, "--rebuild is for all articles"),
    ],
)
def test_what_can_t_be_meant_is_refused(
    corpus: Corpus, options: dict[str, object], told: str
) -> None:
    assert corpus
    with pytest.raises(CommandError, match=told):
        relate(**options)


def test_what_is_interrupted_goes_on(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.related.finding.steps.STEP", 2)
    for number in range(4):
        make_two(corpus, str(number))

    class Stopped(Exception):  # noqa: N818 -- no error
        pass

    def stop(count: int) -> None:
        if count >= 4 and links():
            raise Stopped

    following.catch_up()
    Link.objects.all().delete()
    following.ask()
    with pytest.raises(Stopped):
        following.catch_up(stop)
    assert 0 < following.status().waiting < 8

    following.catch_up()

    assert links() == 4
    assert following.status().waiting == 0


def test_what_a_fault_of_ours_kept_from_being_compared_is_told_and_tried_again(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = make_article(corpus, paragraphs=story("wire"))
    one, other = (
        make_article(corpus, headline="Quake in Valdora", paragraphs=text, published=ON)
        for text in (QUAKE, QUAKE_ELSEWHERE)
    )
    tried = list[int]()
    alike = Comparing.alike

    def fail(comparing: Comparing, abouts: Abouts) -> list[Alike]:
        if comparing.article_id == faulty.pk:
            tried.append(faulty.pk)
            raise ZeroDivisionError
        return alike(comparing, abouts)

    with monkeypatch.context() as patched:
        patched.setattr(Comparing, "alike", fail)
        following.catch_up()
        behind = following.status()
        with pytest.raises(CommandError, match="1 articles could not be compared"):
            relate()

    # Three times, and as often again.
    assert tried == [faulty.pk] * 6
    assert set(Link.objects.values_list("first", "second")) == {(one.pk, other.pk)}
    assert (behind.waiting, behind.failed, behind.is_behind) == (0, 1, True)
    assert relate().startswith("1 articles are related")
    assert not following.status().is_behind


def test_a_fault_of_ours_leaves_the_links_that_were_found_by_event(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in (QUAKE, QUAKE_ELSEWHERE):
        make_article(corpus, headline="Quake in Valdora", paragraphs=text, published=ON)
    relate()
    before = rows()
    monkeypatch.delattr(Comparing, "alike")

    following.ask()
    following.catch_up()

    assert before
    assert rows() == before
    assert following.status().failed == 2


def test_what_a_fault_of_ours_kept_from_being_gathered_is_told_and_tried_again(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_two(corpus)
    with monkeypatch.context() as patched:
        patched.delattr(stories, "ground")
        following.catch_up()

    assert links() == 1
    assert (following.status().waiting, following.status().failed) == (0, 2)

    relate()

    assert Coverage.objects.exclude(story=None).count() == 2
    assert not following.status().is_behind


def rows() -> list[dict[str, Any]]:
    """Return all that is kept of links."""
    left_out = {"id", "made_at", "found_at"}
    return [
        {name: value for name, value in row.items() if name not in left_out}
        for row in Link.objects.order_by("first", "second", "kind").values()
    ]


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every article be prepared by processes beside this one."""
    monkeypatch.setattr("articles.related.finding.beside._WORTH_STARTING", 1)
    monkeypatch.setattr("articles.related.finding.beside._WORTH", 1)
    monkeypatch.setattr("articles.related.finding.beside._AT_ONCE", 2)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("step", [3, 200])
def test_links_are_the_same_whatever_the_number_of_processes(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr("articles.related.finding.steps.STEP", step)
    for number in range(4):
        text = story(number)
        for which in (text, text[:3], (*story(f"{number}-own", 8), text[4]), text):
            make_article(corpus, paragraphs=which)
    for text in (QUAKE, QUAKE_ELSEWHERE):
        make_article(corpus, headline="Quake in Valdora", paragraphs=text, published=ON)
    found = []
    for processes in (1, 2, 3):
        Link.objects.all().delete()
        following.rebuild(processes=processes)
        following.catch_up(processes=processes)
        found.append(rows())

    assert {row["kind"] for row in found[0]} >= {"same_text", "quoted_passage", "same_event"}
    assert found[0] == found[1] == found[2]


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("was_related", [False, True])
def test_what_a_process_dies_of_is_told_and_tried_again(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, *, was_related: bool
) -> None:
    make_two(corpus)
    if not was_related:
        relate()
    make_article(corpus, paragraphs=(works.POISON, *story("poison")))
    if was_related:
        relate()
        # So that a store is made anew of what was related before.
        shutil.rmtree(BUILDS.folder())
    with monkeypatch.context() as patched:
        patched.setattr(event_facts, "prepared", works.dies_of_poison)
        # Nor does this process read it.
        patched.setattr(texts, "prints_of", works.never_of_poison)
        following.catch_up(processes=2)
        behind = following.status()

    assert links() == 1
    assert (behind.waiting, behind.failed, behind.is_behind) == (0, 1, True)
    assert relate().startswith("1 articles are related")
    assert not following.status().is_behind


def test_what_an_article_is_about_may_fail_and_is_tried_again(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_two(corpus)
    make_article(corpus, paragraphs=(works.POISON, *story("wire")))
    with monkeypatch.context() as patched:
        patched.setattr(event_facts, "prepared", works.fails_about_poison)
        following.catch_up()
        behind = following.status()

    assert links() == 1
    assert (behind.waiting, behind.failed) == (0, 1)
    assert relate().startswith("1 articles are related")
    assert links() == 3


def test_one_that_arrives_alone_waits_until_the_store_has_it_for_good(corpus: Corpus) -> None:
    make_two(corpus, "first")
    following.catch_up()
    make_article(corpus, paragraphs=story("wire"))
    with ALONE.writing(wait=True), Keeper() as keeper:
        assert keeper.step() == 1
        waiting = following.status().waiting
        # As when the process is killed: nothing more is written.
        keeper.drop()
    assert (waiting, following.status().waiting) == (1, 1)

    make_article(corpus, paragraphs=story("wire"))
    following.catch_up()

    assert links() == 2
    assert following.status().waiting == 0


def test_one_that_arrives_alone_is_related_before_the_store_has_it(corpus: Corpus) -> None:
    make_two(corpus)
    following.catch_up()
    build = BUILDS.standing()
    assert build is not None
    make_article(corpus, paragraphs=story("wire"))
    with ALONE.writing(wait=True), Keeper() as keeper:
        before = (build / COMMITTED).read_bytes()
        keeper.step()
        assert (links(), (build / COMMITTED).read_bytes()) == (3, before)
        assert keeper.step() == 0
        assert (build / COMMITTED).read_bytes() != before
        assert following.status().waiting == 0
        # The next one finds it.
        make_article(corpus, paragraphs=story("wire"))
        keeper.step()
        assert links() == 6


def test_one_that_arrives_alone_is_compared_as_among_many(corpus: Corpus) -> None:
    for text in (QUAKE, QUAKE_ELSEWHERE, *(story(f"other-{number}") for number in range(6))):
        make_article(corpus, headline="Quake in Valdora", paragraphs=text, published=ON)
        following.catch_up()
    last = Article.objects.latest("pk")
    make_article(corpus, headline="Quake in Valdora", paragraphs=QUAKE[:2], published=ON)
    following.catch_up()
    alone_ = [row for row in rows() if row["second_id"] > last.pk]

    following.ask()
    Change.objects.filter(article_id__lte=last.pk).delete()
    following.catch_up()

    assert alone_
    assert [row for row in rows() if row["second_id"] > last.pk] == alone_


def test_the_worker_relates_what_arrives(corpus: Corpus) -> None:
    with followed() as said:
        make_two(corpus)
        until(links, "a link")
        until(following.is_current, "rest")
        make_article(corpus, paragraphs=story("wire"))
        until(lambda: links() == 3, "a further one")

    assert said == []
    assert not ALONE.is_followed()


def test_who_wants_to_relate_gets_to_while_a_worker_runs(corpus: Corpus) -> None:
    make_two(corpus)
    with followed():
        until(links, "a link")

        relate(rebuild=True)

        assert Coverage.objects.exclude(version=None).count() == 2


def test_a_lost_connection_is_waited_for(corpus: Corpus) -> None:
    with followed() as said:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                " AND classid = %s AND database ="
                " (SELECT oid FROM pg_database WHERE datname = current_database())",
                [ALONE.number],
            )
        make_two(corpus)
        until(links, "a link")

    assert any("Related coverage waits for the database" in line for line in said)
