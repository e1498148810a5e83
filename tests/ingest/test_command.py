"""``manage.py ingest``: what it takes, prints and exits with."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from articles.models import Article, Capture, Corpus, Import
from tests.factories import source_name
from tests.ingest.conftest import record

pytestmark = pytest.mark.usefixtures("corpus")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file of two articles."""
    path = tmp_path / "two.jsonl"
    path.write_text("\n".join(json.dumps(record(n)) for n in (1, 2)))
    return path


def run(*args: str, **options: Any) -> str:
    out = StringIO()
    call_command("ingest", *args, stdout=out, **options)
    return out.getvalue()


def test_json_is_one_object_with_counts_and_ids(file: Path) -> None:
    report = json.loads(run(str(file), json=True))

    ids = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    assert report == {
        "stored": 2, "new_version": 0, "unchanged": 0, "duplicate": 0, "failed": 0, "articles": ids,
    }  # fmt: skip


def test_the_table_at_the_end_says_what_became_of_the_items(file: Path) -> None:
    assert "Stored" in run(str(file))


def test_folders_and_globs_are_expanded(file: Path) -> None:
    run(str(file.parent))

    assert json.loads(run(str(file.parent / "*.jsonl"), json=True))["unchanged"] == 2


def test_something_that_failed_exits_1(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(record(1)) + "\n{broken\n")

    with pytest.raises(SystemExit) as ended:
        run(str(path))

    assert ended.value.code == 1
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("args", "options"),
    [
        (["/nowhere/at/all"], {}),
        (["FILE"], {"corpus": "unknown"}),
        (["FILE"], {"format": "unknown"}),
        (["FILE"], {"map": ["nonsense"]}),
        (["ftp://paper.example/x"], {}),
    ],
)
def test_misuse_exits_2(file: Path, args: list[str], options: dict[str, Any]) -> None:
    named = [str(file) if arg == "FILE" else arg for arg in args]

    with pytest.raises(CommandError) as misuse:
        run(*named, **options)

    assert misuse.value.returncode == 2
    assert not Article.objects.exists()


def test_a_dry_run_shows_and_stores_nothing(file: Path, settings: Any) -> None:
    shown = run(str(file), dry_run=True)

    assert "Harbour bridge" in shown
    assert "--map" in shown
    assert "headline" in shown
    assert not Article.objects.exists()
    assert not Capture.objects.exists()
    assert not Import.objects.exists()
    kept = [path for path in Path(settings.CAPTURES_DIR).rglob("*") if path.is_file()]
    assert kept == []


def test_a_source_that_is_given_is_that_of_articles_that_state_none(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in (record(1, source=None), record(2))))

    run(str(path), source="The Evening Paper")

    names = {source_name(article) for article in Article.objects.select_related("source")}
    assert names == {"The Evening Paper", "The Morning Paper"}


def test_a_mapping_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"zeile": "Brücke offen", "inhalt": "Sie ist offen. Endlich."}))

    run(str(path), map=["zeile=headline", "inhalt=body"])

    assert Article.objects.get().headline == "Brücke offen"


def test_the_default_corpus_is_made_when_it_is_missing(file: Path) -> None:
    Corpus.objects.all().delete()

    run(str(file))

    assert Article.objects.get(headline__contains="number 1").corpus.slug == "default"
