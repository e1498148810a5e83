import io

from articles.formats.jsonl import JsonLinesFormat
from articles.formats.preview import columns
from articles.formats.protocol import ReadOptions
from articles.formats.registry import by_name
from articles.formats.table import TableFormat


def test_a_table_s_columns_are_shown_with_their_fields_and_first_values() -> None:
    stream = io.BytesIO(b"Titre,Texte,Cote\nA,b,\nC,d,8\n")

    found = columns(TableFormat(), stream, ReadOptions(mapping={"Cote": "page"}))

    assert [(column.name, column.field) for column in found] == [
        ("Titre", "headline"),
        ("Texte", "body"),
        ("Cote", "page"),
    ]
    cote = found[2]
    assert cote.is_given
    assert cote.sample == "8"


def test_json_s_keys_are_shown_by_their_paths() -> None:
    stream = io.BytesIO(b'[{"title": "A", "source": {"name": "Harbour Post"}, "mood": 1}]')

    found = columns(JsonLinesFormat(), stream, ReadOptions())

    assert {column.name: column.field for column in found} == {
        "title": "headline",
        "source.name": "source",
        "mood": "",
    }


def test_long_values_are_shown_in_part_and_on_one_line() -> None:
    stream = io.BytesIO(b'{"title": "' + b"word\\n" * 100 + b'", "body": "x"}')

    title = columns(JsonLinesFormat(), stream, ReadOptions())[0]

    assert title.sample.startswith("word word")
    assert title.sample.endswith("…")
    assert len(title.sample) <= 160


def test_a_text_has_no_columns() -> None:
    stream = io.BytesIO(b"The Harbour Post\nKeeper retires")

    assert columns(by_name("capture"), stream, ReadOptions()) == []
