"""A disk without room: 507, nothing half-written, and all is well once there is room again."""

import errno
import io
import resource
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, connections

from articles.ingest import captures, imports, running
from articles.models import Article, Capture, Corpus, Door, Import, ImportStatus, Link
from articles.models import Door as By
from articles.related.finding import following
from articles.related.finding.keeper import broken
from articles.related.store.prints import BUILDS
from articles.search.asking import ask
from articles.search.engine.faults import IndexRefusedError
from articles.search.index import indexing, store
from tests.factories import make_article, make_corpus, make_user
from tests.faults.doors import DOORS, World, a_world, client_of, everything
from tests.faults.processes import until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("empty_queue"),
]

MEBIBYTE = 1024 * 1024
LARGE = "It runs every ten minutes. " * 60_000


@pytest.fixture
def user() -> User:
    return make_user("root", is_superuser=True)


@pytest.fixture
def world(user: User) -> World:
    return a_world(make_corpus("default", name="Default"), user)


@contextmanager
def no_room(table: str) -> Iterator[None]:
    """Let Postgres say of a table what it says when its disk is full."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
            "'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER no_room BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION no_room()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION no_room CASCADE")


@contextmanager
def small_files(size: int) -> Iterator[None]:
    """Let this process write no file beyond a size, as a quota does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def small_disk() -> Iterator[Callable[[], None]]:
    """Keep captures on a disk of one mebibyte; return what makes room on it."""
    folder = Path(settings.CAPTURES_DIR)
    folder.mkdir(mode=0o700, parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:  # noqa: PLW1510 -- asked
        pytest.skip("Mounting a small disk takes a right that this user does not have.")

    def grow() -> None:
        subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)

    yield grow
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("name", DOORS)
def test_a_database_without_room_keeps_nothing_and_says_so(world: World, name: str) -> None:
    door = DOORS[name]
    client = client_of(world, door)
    before = everything()

    with no_room(door.table):
        refused = door.go(world, client)
        assert refused.status_code == 507, refused.content
        assert refused.headers["Retry-After"]
        assert "disk is full" in refused.content.decode()
        assert everything() == before

    assert door.go(world, client).status_code == door.status


@pytest.mark.parametrize("name", ["import", "api import"])
def test_bytes_beyond_a_quota_are_not_kept_and_that_is_said(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = DOORS[name]
    client = client_of(world, door)
    monkeypatch.setattr("tests.faults.doors.PASTED", LARGE)
    before = everything()

    with small_files(MEBIBYTE):
        refused = door.go(world, client)

    assert refused.status_code == 507
    assert "disk is full" in refused.content.decode()
    assert everything() == before
    assert door.go(world, client).status_code == door.status


def test_a_full_disk_keeps_no_torn_capture(
    world: World, small_disk: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.faults.doors.PASTED", LARGE)
    before = everything()

    for door in (DOORS["import"], DOORS["api import"]):
        refused = door.go(world, client_of(world, door))
        assert refused.status_code == 507
    assert everything()["articles_capture"] == before["articles_capture"]
    assert everything()["files"] == []

    small_disk()
    door = DOORS["api import"]
    assert door.go(world, client_of(world, door)).status_code == door.status
    kept = Capture.objects.get()
    assert captures.path(kept).stat().st_size == kept.size


def test_an_input_for_which_there_is_no_room_fails_with_that_reason_and_can_be_retried(
    tmp_path: Path,
) -> None:
    corpus = make_corpus("default", name="Default")
    path = tmp_path / "large.txt"
    path.write_text(f"A tram\n\n{LARGE}\n")
    given = imports.LocalFile(path)
    run = imports.start(corpus=corpus, user=None, door=By.COMMAND, inputs=[given])

    with small_files(MEBIBYTE):
        imports.run(run.pk)
    item = run.items.get()
    assert (item.code, "disk is full" in item.reason) == ("disk_full", True)
    assert not Capture.objects.exists()

    again = imports.run(imports.retry(run, user=None, door=Door.COMMAND).pk)
    assert (again.stored, again.failed) == (1, 0)


def test_an_import_waits_for_room_in_the_database_and_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    corpus: Corpus = make_corpus("default", name="Default")
    upload = imports.Upload("a.jsonl", "", io.BytesIO(b'{"headline": "A", "body": "B c."}\n'))
    run = imports.start(corpus=corpus, user=None, door=Door.PAGE, inputs=[upload])

    def work() -> None:
        try:
            running.run(run.pk)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    with no_room("articles_importitem"):
        thread.start()
        until(lambda: "No space left" in caplog.text, "an import that waits", seconds=15)
        assert not Article.objects.exists()
    thread.join(60)

    found = Import.objects.get()
    assert (found.status, found.stored) == (ImportStatus.FINISHED, 1)
    assert Article.objects.count() == 1


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_every_way_in_which_a_disk_refuses_is_one_reason(number: int) -> None:
    assert running.is_full(OSError(number, "no"))
    assert not running.is_full(OSError(errno.ENOENT, "no"))


def test_an_index_without_room_waits_and_loses_nothing(user: User) -> None:
    corpus = make_corpus("default", name="Default")
    make_article(corpus, headline="First tram")
    indexing.catch_up()
    before, waiting = store.standing(), indexing.status().waiting
    for number in range(3):
        make_article(corpus, headline=f"Tram {number}", paragraphs=(_many_words(number),))

    with small_files(MEBIBYTE // 8):
        with pytest.raises(IndexRefusedError):
            indexing.catch_up()
        with pytest.raises(IndexRefusedError):
            indexing.rebuild()
    assert (store.standing(), waiting) == (before, 0)
    assert indexing.status().waiting == 3
    assert ask("tram", user).total() == 1

    indexing.catch_up()
    assert ask("tram", user).total() == 4
    assert indexing.checked(thorough=True).problem == ""


def test_related_coverage_without_room_waits_and_loses_nothing() -> None:
    corpus = make_corpus("default", name="Default")
    for _ in range(2):
        make_article(corpus, paragraphs=(_many_words(1),))
    following.catch_up()
    before, links = BUILDS.standing(), Link.objects.count()
    for _ in range(3):
        make_article(corpus, paragraphs=(_many_words(1),))

    with small_files(MEBIBYTE // 64):
        with pytest.raises(IndexRefusedError):
            following.catch_up()
        with pytest.raises(IndexRefusedError):
            following.rebuild()
    assert (BUILDS.standing(), following.status().waiting) == (before, 3)
    assert before is not None
    assert broken(before) == ""

    following.catch_up()
    assert (links, Link.objects.count()) == (1, 10)


def _many_words(number: int) -> str:
    return " ".join(f"word{number}x{place}" for place in range(20_000))
