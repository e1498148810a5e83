"""Upgrading from the version before, with data of that version in it.

``at-0002.backup`` is a corpus that Newsroom made when its newest migration was ``articles.0002``:
the sample's captures, pages, tables and archives, ingested in two corpora, one article changed and
one seen again, with members, a token and imports of which items failed.
"""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection

from articles.backup import checking, loading, tables
from articles.curation.fields import correct
from articles.history.undo import undo
from articles.ingest.effective import derive
from articles.migrations import _locks
from articles.models import Article, CorrectedField, CorrectionEvent, Door, Role, SourceAlias
from tests.databases import address
from tests.migrations.conftest import migrate_to


def test_an_upgrade_keeps_every_row_and_derives_what_it_would_now(
    upgraded: loading.Restored,
) -> None:
    assert upgraded.upgraded
    here = tables.tables()
    for name, expected in upgraded.manifest.tables.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {tables.quoted(name)}")  # noqa: S608 -- quoted
            found = cursor.fetchone()[0]
        # New models bring permissions of their own.
        assert found == expected.rows or name in {"auth_permission", "django_content_type"}
        assert name in here

    report = checking.check_corpus()

    assert not report.faults
    assert report.seen == {"captures": 51, "texts": 96, "articles": 94, "imports": 6}
    assert Article.objects.filter(source__isnull=False, source_alias__isnull=True).count() == 0
    assert {article.version.number for article in Article.objects.filter(edits=1)} == {2}
    assert derive(Article.objects.values_list("pk", flat=True)) == 0


def test_an_upgraded_row_can_be_corrected_and_put_back(
    upgraded: loading.Restored,
) -> None:
    editor = User.objects.get(username="ada")
    assert editor.memberships.get().role == Role.EDITOR
    article = Article.objects.filter(source__isnull=False, corpus__slug="default").first()
    before = (article.source_id, article.source_alias_id)

    operation = correct(
        [article.pk], {CorrectedField.SOURCE: "The Gazette"}, by=editor, door=Door.PAGE
    )
    article.refresh_from_db()
    corrected = (article.source.name, article.source_alias_id)
    undo(operation, by=editor, door=Door.PAGE)
    article.refresh_from_db()

    assert corrected == ("The Gazette", before[1])
    assert (article.source_id, article.source_alias_id) == before
    assert list(CorrectionEvent.objects.values_list("pgh_label", flat=True)) == ["insert", "delete"]


def test_a_row_older_than_its_history_has_one_from_its_next_change(
    upgraded: loading.Restored,
) -> None:
    alias = SourceAlias.objects.first()
    assert alias.events.count() == 0

    alias.printed = "Another"
    alias.save()

    assert {event.pgh_label for event in alias.events.all()} == {"before", "after"}


def test_an_upgrade_behind_a_long_reader_keeps_nobody_waiting(
    database_of_before: str, tmp_path: Path
) -> None:
    where = address(database_of_before)
    with psycopg.connect(where) as reader, psycopg.connect(where, autocommit=True) as other:
        reader.execute("SELECT count(*) FROM articles_article")
        upgrade = subprocess.Popen(
            [sys.executable, "manage.py", "migrate", "articles", "0003"],
            cwd=settings.BASE_DIR,
            env={"DATABASE_URL": where, "NEWSROOM_DATA_DIR": str(tmp_path)},
            stdout=subprocess.DEVNULL,
        )
        other.execute("SET lock_timeout = '1s'")
        waits = 0
        while waits < 3:
            # Whoever waits for a lock that took too long fails here.
            other.execute("SELECT external_id FROM articles_article")
            waits += other.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = "
                "(SELECT oid FROM pg_database WHERE datname = current_database())"
            ).fetchone()[0]
        assert upgrade.poll() is None
        reader.rollback()
        assert upgrade.wait() == 0
        other.execute("SELECT read_external_id FROM articles_article")


def test_an_upgrade_that_never_gets_the_tables_says_who_has_them(
    database_of_before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_locks, "GIVE_UP_SECONDS", 0)
    with psycopg.connect(address(database_of_before), application_name="a report") as reader:
        reader.execute("SELECT count(*) FROM articles_article")

        with pytest.raises(_locks.BusyTablesError, match=r"\(a report\)") as caught:
            migrate_to("articles", "0003_identity_as_read")

    assert "Nothing was changed" in str(caught.value)
    migrate_to("articles", "0003_identity_as_read")


def test_an_upgrade_that_was_interrupted_goes_on(database_of_before: str) -> None:
    migrate_to("articles", "0005_fill_kept")
    with connection.cursor() as cursor:
        # As the first try left it: an index built, the migration not noted.
        cursor.execute("CREATE INDEX article_by_joined_into ON articles_article (id)")

    migrate_to()

    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'article_by_joined_into'")
        assert "(joined_into_id)" in cursor.fetchone()[0]
