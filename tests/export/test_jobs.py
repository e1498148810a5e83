"""Exports that the worker writes: to their end, through a kill, a full disk, a change of mind."""

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from articles.export import answers, batches, jobs
from articles.export.answers import FORMATS, OptionError, Options
from articles.export.jobs import BeingWrittenError, ExportRefusedError
from articles.models import Access, Corpus, Export, ExportStatus, Membership
from articles.search.asking import ask
from articles.search.language.errors import QueryError
from tests.factories import make_article, make_corpus, make_member

type Index = Callable[[], int]


@pytest.fixture
def reader(corpus: Corpus) -> User:
    """Return someone who may read the corpus."""
    return make_member(corpus)


def folder() -> Path:
    return Path(settings.EXPORTS_DIR)


def files() -> list[str]:
    return sorted(path.name for path in folder().iterdir()) if folder().is_dir() else []


def finished(export: Export) -> Export:
    jobs.run(export.pk)
    export.refresh_from_db()
    return export


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_job_writes_what_a_stream_would(
    reader: User, corpus: Corpus, index: Index, form: str
) -> None:
    for number in range(3):
        make_article(corpus, headline=f"Harbour {number}")
    index()
    given = Options(text=False, base="https://news.example")

    made = finished(jobs.start(query="harbour", form=form, given=given, by=reader))

    data = jobs.file(made).read_bytes()
    assert (made.status, made.done, made.total) == (ExportStatus.READY, 3, 3)
    assert made.bytes == len(data) > 0
    assert made.ended_at is not None
    if form != "texts":
        # An archive holds the time.
        assert data == b"".join(answers.write(ask("harbour", reader), form, given))
    assert files() == [f"{made.pk}.{FORMATS[form].ending}"]


def test_files_are_for_nobody_elses_eyes(reader: User, index: Index) -> None:
    index()

    path = jobs.file(finished(jobs.start(query="", form="csv", by=reader)))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700


def test_what_can_not_be_asked_makes_no_job(reader: User, index: Index) -> None:
    index()

    with pytest.raises(QueryError):
        jobs.start(query="(harbour", form="csv", by=reader)
    with pytest.raises(OptionError):
        jobs.start(query="", form="docx", by=reader)
    assert not Export.objects.exists()


def test_one_person_has_so_many_at_a_time(reader: User, corpus: Corpus, index: Index) -> None:
    index()
    for _ in range(jobs.MOST_AT_A_TIME):
        jobs.start(query="", form="csv", by=reader)

    with pytest.raises(ExportRefusedError, match="Wait for one"):
        jobs.start(query="", form="csv", by=reader)
    assert jobs.start(query="", form="csv", by=make_member(corpus))


def test_a_cancelled_one_leaves_nothing(
    reader: User, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "ARTICLES", 1)
    monkeypatch.setattr(jobs, "_TELLING_SECONDS", 0.0)
    for _ in range(5):
        make_article(corpus)
    index()
    export = jobs.start(query="", form="jsonl", by=reader)
    seen: list[int] = []

    def cancel_in_the_middle() -> None:
        export.refresh_from_db()
        seen.append(export.done)
        if export.done == 2:
            assert jobs.cancel(export)

    jobs.run(export.pk, watch=cancel_in_the_middle)

    export.refresh_from_db()
    assert export.status == ExportStatus.CANCELLED
    assert max(seen) < 5
    assert files() == []
    assert not jobs.cancel(export)
    jobs.run(export.pk)
    assert files() == []


def test_a_worker_that_leaves_lets_it_begin_anew(
    reader: User, corpus: Corpus, index: Index
) -> None:
    make_article(corpus)
    index()
    export = jobs.start(query="", form="jsonl", by=reader)

    def leave() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        jobs.run(export.pk, watch=leave)
    export.refresh_from_db()
    left = (export.status, files())

    assert left == (ExportStatus.RUNNING, [])
    assert finished(export).status == ExportStatus.READY


def test_a_full_disk_fails_it_with_a_reason_and_nothing_stays(
    reader: User, corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article(corpus)
    index()
    export = jobs.start(query="", form="jsonl", by=reader)

    def full(_: Any, __: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    finished(export)

    assert export.status == ExportStatus.FAILED
    assert export.problem == "The disk is full. Nothing of it was kept."
    assert files() == []
    with pytest.raises(ExportRefusedError):
        jobs.file(export)


def test_an_index_that_went_away_fails_it_with_a_reason(reader: User, index: Index) -> None:
    index()
    export = jobs.start(query="", form="jsonl", by=reader)
    for path in Path(settings.SEARCH_DIR).rglob("meta.json"):
        path.unlink()

    finished(export)

    assert (export.status, bool(export.problem)) == (ExportStatus.FAILED, True)


def test_one_that_breaks_off_again_and_again_is_given_up(reader: User, index: Index) -> None:
    index()
    export = jobs.start(query="", form="jsonl", by=reader)
    Export.objects.update(options=export.options | {"tries": 5}, status=ExportStatus.RUNNING)

    finished(export)

    assert export.status == ExportStatus.FAILED
    assert "5 times" in export.problem


def test_a_file_is_handed_out_while_all_in_it_may_be_read(
    reader: User, corpus: Corpus, index: Index
) -> None:
    make_article(corpus)
    make_article(make_corpus(access=Access.LICENSED))
    index()
    export = finished(jobs.start(query="", form="jsonl", by=reader))
    assert jobs.file(export).is_file()

    Membership.objects.all().delete()
    with pytest.raises(ExportRefusedError, match="no longer read"):
        jobs.file(export)
    Corpus.objects.filter(pk=corpus.pk).update(access=Access.LICENSED)
    with pytest.raises(ExportRefusedError, match="no longer read"):
        jobs.file(export)
    Corpus.objects.filter(pk=corpus.pk).update(access=Access.OPEN)

    assert jobs.file(export).is_file()


def test_old_ones_are_removed_with_their_files(reader: User, index: Index) -> None:
    index()
    old, new = (finished(jobs.start(query="", form="csv", by=reader)) for _ in range(2))
    Export.objects.filter(pk=old.pk).update(
        ended_at=timezone.now() - jobs.KEPT - timedelta(minutes=1)
    )
    (folder() / "999999.part").touch()

    assert jobs.tidy() == 1

    assert list(Export.objects.all()) == [new]
    assert files() == [f"{new.pk}.csv"]


@pytest.fixture
def another_connection(transactional_db: None) -> Iterator[Any]:  # noqa: ARG001 -- opens the database
    """Return a connection of someone else's."""
    other = connection.copy()
    yield other
    other.close()


def test_two_workers_do_not_write_one_export(
    another_connection: Any, corpus: Corpus, index: Index
) -> None:
    reader = make_member(corpus)
    index()
    export = jobs.start(query="", form="csv", by=reader)

    with another_connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [jobs.WRITING_LOCK, export.pk])
        with pytest.raises(BeingWrittenError):
            jobs.run(export.pk)


KILLED = """
import os, signal, sys
import django
django.setup()
from articles.export import batches, jobs
batches.ARTICLES, jobs._TELLING_SECONDS = 1, 0.0
calls = []
def die():
    calls.append(1)
    if len(calls) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
jobs.run(int(sys.argv[1]), watch=die)
"""


def test_one_that_was_killed_begins_anew_and_is_whole(
    transactional_db: None,  # noqa: ARG001 -- opens the database
    corpus: Corpus,
    index: Index,
    environment: dict[str, str],
) -> None:
    reader = make_member(corpus)
    for _ in range(5):
        make_article(corpus)
    index()
    export = jobs.start(query="", form="jsonl", by=reader)
    env = environment | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}

    died = subprocess.run([sys.executable, "-c", KILLED, str(export.pk)], env=env, check=False)
    export.refresh_from_db()
    left = (export.status, files())
    finished(export)

    assert died.returncode == -signal.SIGKILL
    assert left == (ExportStatus.RUNNING, [f"{export.pk}.part"])
    assert (export.status, export.done) == (ExportStatus.READY, 5)
    assert jobs.file(export).read_bytes().count(b"\n") == 5
    assert files() == [f"{export.pk}.jsonl"]
