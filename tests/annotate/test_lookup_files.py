"""Files of names: read row by row, loaded once however often, and never over what is known."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.annotate.entities.lookup_files import Loaded, LookupFileError, load, read
from articles.history.undo import undo
from articles.models import Corpus, Door, Entity, EntityName, ExternalId, Role
from tests.factories import make_entity, make_member

CSV = (
    "\ufeffName;kind;Aliases;wikidata;note\r\n"
    "Jane Doe;person;J. Doe|Doe, Jane;Q42;A witness\r\n"
    ";person;;;\r\n"
    "Leeds;;;;\r\n"
    "London;place;;P1;\r\n"
).encode()


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


def outcomes(data: bytes, corpus: Corpus, by: User, kind: str = "place") -> list[str]:
    report = load(corpus, read(data, kind=kind), by=by, door=Door.PAGE)
    return [row.outcome.value for row in report.rows]


def test_a_table_is_loaded_row_by_row(corpus: Corpus, annotator: User) -> None:
    report = load(corpus, read(CSV, kind="place"), by=annotator, door=Door.PAGE)

    assert [(row.number, row.outcome) for row in report.rows] == [
        (2, Loaded.CREATED), (3, Loaded.REFUSED), (4, Loaded.CREATED), (5, Loaded.REFUSED),
    ]  # fmt: skip
    jane = Entity.objects.get(name="Jane Doe")
    assert (jane.kind, jane.note) == ("person", "A witness")
    assert {str(name) for name in jane.names.all()} == {"Jane Doe", "J. Doe", "Doe, Jane"}
    assert str(jane.external_ids.get()) == "wikidata:Q42"
    assert Entity.objects.get(name="Leeds").kind == "place"
    assert report.operation is not None
    undo(report.operation, by=annotator, door=Door.PAGE)
    assert not Entity.objects.exists()
    assert not EntityName.objects.exists()


def test_loading_again_changes_nothing(corpus: Corpus, annotator: User) -> None:
    outcomes(CSV, corpus, annotator)

    report = load(corpus, read(CSV, kind="place"), by=annotator, door=Door.PAGE)

    assert [row.outcome.value for row in report.rows] == [
        "unchanged", "refused", "unchanged", "refused",
    ]  # fmt: skip
    assert report.operation is None
    assert Entity.objects.count() == 2


def test_what_is_known_gets_what_it_lacks_and_keeps_what_it_has(
    corpus: Corpus, annotator: User
) -> None:
    jane = make_entity(corpus, "J. Doe", "person", note="Ours")
    Entity.objects.filter(pk=make_entity(corpus, "Jane Doe", "person").pk).update(merged_into=jane)

    assert outcomes(CSV.replace(b";person;;;\r\n", b""), corpus, annotator)[0] == "enriched"

    jane.refresh_from_db()
    assert jane.note == "Ours"
    assert jane.external_ids.get().value == "Q42"
    assert jane.names.filter(name="Doe, Jane").exists()


def test_another_id_of_the_same_name_is_another_entity(corpus: Corpus, annotator: User) -> None:
    rows = [
        {"name": "Paris", "kind": "place", "wikidata": "Q90"},
        {"name": "Paris", "kind": "place", "wikidata": "Q830149", "aliases": ["Paris, Texas"]},
        {"name": "Paree", "kind": "place", "wikidata": "Q90"},
        {"name": "Both", "kind": "place", "wikidata": "Q90", "viaf": "1"},
    ]
    data = "\n".join(map(json.dumps, rows)).encode()

    assert outcomes(data, corpus, annotator) == ["created", "created", "enriched", "enriched"]
    assert outcomes(data, corpus, annotator) == ["unchanged"] * 4
    assert Entity.objects.filter(name="Paris").count() == 2
    assert ExternalId.objects.count() == 3


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '["a"]',
        '{"name": 1.5}',
        '{"name": "a", "aliases": 7}',
        '{"name": "\\ud800"}',
        "[" * 9000,
    ],
)
def test_a_bad_line_is_reported_and_the_rest_is_loaded(
    corpus: Corpus, annotator: User, line: str
) -> None:
    data = f'{{"name": "Leeds"}}\n{line}\n{{"name": "York\\u0000"}}\n'.encode()

    assert outcomes(data, corpus, annotator) == ["created", "refused", "created"]


@pytest.mark.parametrize(
    "data", [b"", b" \n", b"\xff\xfe\x00", b"title,kind\nA,person", b"name,name\nA,B"]
)
def test_what_is_no_such_file_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(LookupFileError):
        read(data)


def test_a_page_takes_so_many_rows(corpus: Corpus) -> None:
    assert corpus.pk
    with pytest.raises(LookupFileError, match="load_names"):
        read(b"name\nA\nB\nC\n", kind="person", most=2)


def test_the_command_reports_every_row(corpus: Corpus, tmp_path: Path) -> None:
    file, report, told = tmp_path / "names.csv", tmp_path / "report.jsonl", StringIO()
    file.write_bytes(CSV)

    with pytest.raises(SystemExit) as ended:
        call_command(
            "load_names", str(file), corpus=corpus.slug, report=report, stdout=told,
            stderr=StringIO(),
        )  # fmt: skip

    assert ended.value.code == 1
    assert told.getvalue() == "1 created, 0 enriched, 0 unchanged, 3 refused\n"
    assert [json.loads(row)["number"] for row in report.read_text().splitlines()] == [2, 3, 4, 5]
    with pytest.raises(CommandError, match="no corpus"):
        call_command("load_names", str(file), corpus="nowhere")
