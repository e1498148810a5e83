"""Runs: reports, checkpoints, failures kept, and a process that is killed."""

import gzip
import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connections

from articles.ingest import imports, parsing
from articles.models import (
    Article,
    Capture,
    Corpus,
    Door,
    Import,
    ImportItem,
    ImportStatus,
    Outcome,
    Version,
)
from tests.faults.processes import until
from tests.faults.site import CALM_SECONDS
from tests.ingest.conftest import Ingest, record

ROOT = Path(__file__).resolve().parents[2]


def lines(*records: dict[str, object]) -> bytes:
    return b"".join(json.dumps(r).encode() + b"\n" for r in records)


def test_one_bad_line_in_many_is_reported_with_its_number_and_kept(ingest: Ingest) -> None:
    good = [lines(record(n)) for n in range(200)]
    good[40] = b'{"headline": "Broken\n'

    run = ingest(b"".join(good), name="a.jsonl")

    assert (run.stored, run.failed) == (199, 1)
    item = run.items.get(outcome=Outcome.FAILED)
    assert item.locator == "line 41"
    assert item.reason
    assert "Broken" in item.raw


def test_a_failed_item_can_be_retried_and_only_it(ingest: Ingest, corpus: Corpus) -> None:
    data = lines(record(1)) + b"{broken\n" + lines(record(2))
    run = ingest(data, name="a.jsonl")

    again = imports.run(imports.retry(run, user=None, door=Door.PAGE).pk)

    assert again.counts == {
        "stored": 0, "new_version": 0, "unchanged": 0, "duplicate": 0, "failed": 1,
    }  # fmt: skip
    assert run.items.get(outcome=Outcome.FAILED).retried_in == again
    with pytest.raises(imports.ImportRefused):
        imports.retry(run, user=None, door=Door.PAGE)
    assert Article.objects.filter(corpus=corpus).count() == 2


def test_nothing_to_ingest_is_refused(corpus: Corpus) -> None:
    with pytest.raises(imports.ImportRefused):
        imports.start(corpus=corpus, user=None, door=Door.PAGE, inputs=[])


def test_an_unknown_format_is_refused_before_anything_is_kept(corpus: Corpus) -> None:
    with pytest.raises(imports.ImportRefused, match="capture"):
        imports.start(
            corpus=corpus, user=None, door=Door.PAGE, inputs=[imports.Pasted("x")], format_name="no"
        )

    assert not Capture.objects.exists()


def test_an_empty_file_is_a_failed_item_with_its_reason(ingest: Ingest) -> None:
    run = ingest(b"", name="empty.txt")

    assert run.failed == 1
    assert "empty" in run.items.get().reason
    assert run.status == ImportStatus.FINISHED


def test_a_cancelled_import_keeps_what_is_stored_and_does_no_more(corpus: Corpus) -> None:
    upload = imports.Upload("a.jsonl", "", io.BytesIO(lines(record(1))))
    run = imports.start(corpus=corpus, user=None, door=Door.PAGE, inputs=[upload])

    assert imports.cancel(run)
    after = imports.run(run.pk)

    assert after.status == ImportStatus.CANCELLED
    assert not Article.objects.exists()
    assert not imports.cancel(after)


def test_a_gzipped_file_is_read(ingest: Ingest) -> None:
    run = ingest(gzip.compress(lines(record(1))), name="a.jsonl.gz")

    assert run.stored == 1


def test_a_gzip_bomb_is_capped_and_marked_partial(ingest: Ingest) -> None:
    bomb = gzip.compress(lines(record(1)) + b" " * 80_000_000 + b"\n" + lines(record(2)))

    run = ingest(bomb, name="bomb.jsonl.gz")

    assert (run.stored, run.failed) == (1, 1)
    given = run.inputs.get()
    assert "unpacks to more than" in given.note
    assert run.items.get(outcome=Outcome.FAILED).code == "capped"


def test_a_truncated_gzip_is_marked_partial(ingest: Ingest) -> None:
    whole = gzip.compress(b"".join(lines(record(n, body=os.urandom(500).hex())) for n in range(40)))

    run = ingest(whole[: len(whole) // 2], name="cut.jsonl.gz")

    assert 0 < run.stored < 40
    assert run.items.filter(code="capped").count() == 1
    assert "damaged" in run.inputs.get().note


def test_each_file_of_an_archive_is_read(ingest: Ingest) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("one.jsonl", lines(record(1)))
        archive.writestr("deep/two.jsonl", lines(record(2)))
        archive.writestr("__MACOSX/._one.jsonl", b"junk")

    run = ingest(buffer.getvalue(), name="all.zip")

    assert (run.stored, run.failed) == (2, 0)


def test_nul_and_surrogates_in_a_file_are_stored_without_harm(ingest: Ingest) -> None:
    run = ingest("Harbour bridge opens\n\nThe bridge\0 opened\ud800 on Tuesday. It is long.\n")

    assert run.failed == 0
    assert "\0" not in Version.objects.get().text


def test_the_bytes_are_kept_as_they_came(ingest: Ingest) -> None:
    data = lines(record(1))

    ingest(data, name="a.jsonl")

    capture = Capture.objects.get()
    folder = Path(django_settings.CAPTURES_DIR)
    kept = folder / capture.sha256[:2] / capture.sha256
    assert kept.read_bytes() == data
    assert folder.stat().st_mode & 0o077 == 0


def test_items_past_the_checkpoint_alone_are_read_again(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "BATCH_ITEMS", 10)
    data = lines(*(record(n) for n in range(35)))
    upload = imports.Upload("a.jsonl", "", io.BytesIO(data))
    run = imports.start(corpus=corpus, user=None, door=Door.PAGE, inputs=[upload])

    class Stopped(Exception):  # noqa: N818 -- a signal to itself
        pass

    def stop(progress: imports.Progress) -> None:
        if progress.counts["stored"] >= 20:
            raise Stopped

    with pytest.raises(Stopped):
        imports.run(run.pk, progress=stop)
    done = imports.run(run.pk)

    assert (done.stored, done.unchanged) == (35, 0)
    assert list(done.items.values_list("ordinal", flat=True)) == list(range(35))


def _start_command(path: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "ingest", "--json", str(path)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _kill_when_stored(articles: int, process: subprocess.Popen[bytes]) -> None:
    """Kill a process as soon as so many articles are there, if it is not over by then."""
    until(
        lambda: process.poll() is not None or Article.objects.count() >= articles,
        "so many articles",
        # Who asks without a pause takes the machine from who stores.
        every=CALM_SECONDS,
    )
    process.kill()


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Corpus]:  # noqa: ARG001 -- opens the database
    """Return a default corpus that other processes see."""
    yield Corpus.objects.create(slug="default", name="Default")
    connections.close_all()


@pytest.mark.usefixtures("committed")
def test_a_run_that_is_killed_again_and_again_stores_each_item_once(
    environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "many.jsonl"
    # Large enough to be read beside, in batches, so that there is something to kill.
    padding = " ".join(["padding"] * 500)
    path.write_bytes(lines(*(record(n, note=padding) for n in range(2400))))
    assert path.stat().st_size > parsing.OWN_PROCESS_BYTES
    assert 2 * parsing.BATCH_ITEMS < 2400

    for kill_at in (1, parsing.BATCH_ITEMS + 1):
        process = _start_command(path, environment)
        _kill_when_stored(kill_at, process)
        process.communicate()
    last = _start_command(path, environment)
    out, err = last.communicate()

    assert last.returncode == 0, err.decode()
    assert Article.objects.count() == 2400
    assert Version.objects.count() == 2400
    run = Import.objects.order_by("pk").first()
    assert run is not None
    assert run.status == ImportStatus.FINISHED
    assert sum(run.counts.values()) == ImportItem.objects.filter(run=run).count() == 2400
    assert json.loads(out)["failed"] == 0


def test_the_same_file_twice_at_once_is_stored_once(
    committed: Corpus, environment: dict[str, str], tmp_path: Path
) -> None:
    for copy in ("one.jsonl", "two.jsonl"):
        (tmp_path / copy).write_bytes(lines(*(record(n) for n in range(300))))

    both = [_start_command(tmp_path / name, environment) for name in ("one.jsonl", "two.jsonl")]
    reports = [json.loads(process.communicate()[0]) for process in both]

    assert Article.objects.filter(corpus=committed).count() == 300
    assert sum(report["stored"] for report in reports) == 300
    assert sum(report["unchanged"] for report in reports) == 300


def test_an_import_is_run_by_one_process_at_a_time(committed: Corpus) -> None:
    upload = imports.Upload("a.jsonl", "", io.BytesIO(lines(record(1))))
    run = imports.start(corpus=committed, user=None, door=Door.PAGE, inputs=[upload])
    refused: list[BaseException] = []

    def second(_: imports.Progress) -> None:
        def attempt() -> None:
            try:
                imports.run(run.pk)
            except imports.AlreadyRunningError as fault:
                refused.append(fault)
            finally:
                connections.close_all()

        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()

    imports.run(run.pk, progress=second)

    assert refused
    assert Article.objects.count() == 1
