"""Backup, wipe, restore: the same rows, files and sequences, checked by hash."""

import io
import resource
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from articles.backup import loading, reading, saving, schema, tables
from articles.backup.archive import BadBackupError
from articles.curation.fields import correct
from articles.history.undo import undo
from articles.ingest import captures
from articles.keeping import collections, searches
from articles.models import (
    ApiToken,
    Article,
    Capture,
    CollectionItem,
    Corpus,
    CorrectedField,
    Door,
    Operation,
    Role,
    SavedSearch,
)
from articles.related.finding import following
from tests.databases import address, another_database
from tests.factories import make_article, make_corpus, make_member, make_person, make_source

pytestmark = pytest.mark.usefixtures("own_database")


CorrectionEvent = apps.get_model("articles", "CorrectionEvent")
SourceEvent = apps.get_model("articles", "SourceEvent")


def _fill(articles: int = 3) -> Corpus:
    """Make a corpus with something of everything that people make."""
    corpus = make_corpus("default")
    editor = make_member(corpus, Role.EDITOR)
    source = make_source(corpus, "The Aldersgate\tChronicle \\N")
    person = make_person(corpus)
    made = [
        make_article(corpus, source=source, people=(person,), headline=f"Line\nbreak {number} é 𝄞")
        for number in range(articles)
    ]
    for number in range(articles):
        captures.keep(
            io.BytesIO(f"capture {number}".encode() * 1000), corpus=corpus, user_id=editor.pk
        )
    ids = [article.pk for article in made]
    operation = correct(ids, {CorrectedField.SECTION: "World"}, by=editor, door=Door.PAGE)
    assert operation is not None
    undo(operation, by=editor, door=Door.PAGE)
    correct(ids[:1], {CorrectedField.PAGE: "A1"}, by=editor, door=Door.PAGE)
    kept = collections.make(corpus, name="Kept", by=editor, door=Door.PAGE, articles=ids)
    collections.annotate(kept.collection, ids[0], "See page 4", by=editor, door=Door.PAGE)
    searches.new_feed(searches.save(by=editor, name="Asked again", query="harbour"))
    ApiToken.objects.create(
        user=editor, name="notebook", hash="0" * 64, hint="abc",
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    return corpus


def _backup() -> bytes:
    stream = io.BytesIO()
    saving.save(stream)
    return stream.getvalue()


def _everything() -> dict[str, Any]:
    """Return the hash of every table and the state of every sequence."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        tables.fix_form()
        found: dict[str, Any] = {
            name: tables.count_of(name, columns) for name, columns in tables.tables().items()
        }
        found["sequences"] = tables.sequences()
        cursor.execute("COMMIT")
    return found


def _shape() -> list[Any]:
    """Return every index, constraint and trigger."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT indexdef, '', '' FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL
            SELECT conrelid::regclass || conname, pg_get_constraintdef(oid), convalidated::text
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL
            SELECT tgname, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger
            WHERE NOT tgisinternal ORDER BY 1, 2, 3
        """)
        return list(cursor.fetchall())


def test_what_was_wiped_is_there_again_by_hash(template: str) -> None:
    _fill()
    before, shape = _everything(), _shape()
    data = _backup()
    files = {path.name: path.read_bytes() for path in settings.CAPTURES_DIR.rglob("*/*")}
    shutil.rmtree(settings.CAPTURES_DIR)

    with another_database(template):
        restored = loading.load(io.BytesIO(data))

        assert _everything() == before
        assert _shape() == shape
        assert Article.objects.count() == 3
    assert not restored.upgraded
    assert {p.name: p.read_bytes() for p in settings.CAPTURES_DIR.rglob("*/*")} == files


def test_a_restored_corpus_has_its_history_and_goes_on_with_it(template: str) -> None:
    _fill()
    data = _backup()
    events = CorrectionEvent.objects.count()

    with another_database(template):
        loading.load(io.BytesIO(data))

        assert CorrectionEvent.objects.count() == events
        assert SourceEvent.objects.count() == 1
        corrected, last = Operation.objects.order_by("pk")[2], Operation.objects.latest("pk")
        assert undo(corrected, by=None, door=Door.COMMAND).pk == last.pk + 1
        assert CorrectionEvent.objects.count() > events
        noted = Operation.objects.get(summary__startswith="Noted on")
        undo(noted, by=None, door=Door.COMMAND)
        assert set(CollectionItem.objects.values_list("note", flat=True)) == {""}
        assert SavedSearch.objects.get().feed_hash
        with pytest.raises(Exception, match="Cannot update or delete"):
            CorrectionEvent.objects.all().delete()


def test_every_table_is_in_or_is_left_out_for_a_reason() -> None:
    every = set(tables.every_table())

    assert set(tables.tables()) | set(tables.LEFT_OUT) == every
    assert not set(tables.tables()) & set(tables.LEFT_OUT)
    assert all(tables.LEFT_OUT.values())


def test_a_backup_is_of_one_moment_while_work_goes_on(own_database: str) -> None:
    corpus = _fill()
    before = _everything()
    stream = io.BytesIO()
    came = []

    with psycopg.connect(address(own_database), autocommit=True) as other:

        def work(table: str, *_: int) -> None:
            """Add a person, who would be in a table that is yet to be read."""
            if table == "articles_article":
                came.append(table)
                other.execute(
                    "INSERT INTO articles_person (corpus_id, name, folded) VALUES (%s, 'x', %s)",
                    [corpus.pk, str(len(came))],
                )

        manifest = saving.save(stream, progress=work)

    assert came
    assert manifest.tables["articles_person"] == before["articles_person"]
    stream.seek(0)
    loading.load(stream, wipe=True)
    assert _everything()["articles_person"] == before["articles_person"]


def test_a_database_with_content_is_left_alone() -> None:
    _fill()
    data = _backup()
    before = _everything()

    with pytest.raises(loading.NotEmptyError, match="articles_article"):
        loading.load(io.BytesIO(data))

    assert _everything() == before


def test_a_damaged_backup_leaves_the_database_as_it_was() -> None:
    _fill()
    data = bytearray(_backup())
    place = data.find(b"manifest.json")
    data[place + 700] ^= 1
    before, shape = _everything(), _shape()

    with pytest.raises(BadBackupError):
        loading.load(io.BytesIO(data), wipe=True)

    assert _everything() == before
    assert _shape() == shape


def test_a_backup_of_a_newer_newsroom_is_refused() -> None:
    data = _backup()
    known = MigrationExecutor(connection).loader.disk_migrations
    newest = max(key for key in known if key[0] == "articles")
    future = data.replace(newest[1].encode(), b"9" + newest[1].encode()[1:])

    with pytest.raises(BadBackupError, match="made by a newer Newsroom"):
        loading.load(io.BytesIO(future))


def test_captures_whose_bytes_were_lost_before_are_named() -> None:
    corpus = _fill()
    lost, damaged, _ = Capture.objects.filter(corpus=corpus)
    captures.path(lost).unlink()
    captures.path(damaged).write_bytes(b"x" * damaged.size)

    stream = io.BytesIO()
    manifest = saving.save(stream)

    assert manifest.lost == {
        lost.sha256: "the file is not there",
        damaged.sha256: "the file was changed or damaged",
    }
    stream.seek(0)
    assert reading.Backup(stream).read(reading.Nowhere()) == manifest


def test_a_large_capture_goes_through_in_parts(
    template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.backup.archive.PART", 1000)
    monkeypatch.setattr("articles.backup.saving.PART", 1000)
    _fill()
    before = _everything()
    data = _backup()

    with another_database(template):
        loading.load(io.BytesIO(data))

        assert _everything() == before


def test_the_commands_do_it_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _fill()
    # What a restored database would be related with is in the backup already.
    following.catch_up()
    before = _everything()
    file = tmp_path / "one.backup"

    call_command("backup", str(file))
    call_command("verify", str(file))
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(file))
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(file))
    with pytest.raises(CommandError, match="say --yes too"):
        call_command("restore", str(file), wipe=True)
    call_command("restore", str(file), wipe=True, yes=True)

    assert _everything() == before
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("one*")] == ["one.backup"]
    assert "Whole." in capsys.readouterr().out


def test_a_full_disk_leaves_no_backup_that_looks_whole(own_database: str, tmp_path: Path) -> None:
    _fill()
    file = tmp_path / "one.backup"
    small = (resource.RLIMIT_FSIZE, (20_000, 20_000))

    ended = subprocess.run(
        [sys.executable, "manage.py", "backup", str(file)],
        cwd=settings.BASE_DIR,
        env={
            "DATABASE_URL": address(own_database),
            "NEWSROOM_DATA_DIR": str(tmp_path),
            # Else Python would cut off what it keeps of modules, for everyone.
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        preexec_fn=lambda: resource.setrlimit(*small),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert "could not be written" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not list(tmp_path.glob("one*"))


def test_a_database_that_is_in_use_is_left_alone(
    own_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "_PATIENCE", "SET LOCAL lock_timeout = '100ms'")
    _fill()
    before = _everything()
    call_command("backup", str(tmp_path / "one.backup"))

    with psycopg.connect(address(own_database)) as other:
        other.execute("SELECT count(*) FROM articles_article")
        with pytest.raises(CommandError, match="end the web process and the worker first"):
            call_command("restore", str(tmp_path / "one.backup"), wipe=True, yes=True)

    assert _everything() == before
