import io

import pytest

from articles.formats.preview import preview
from articles.formats.protocol import FormatError, Origin, ReadOptions


def test_a_table_s_columns_are_shown_with_their_fields_and_first_values() -> None:
    stream = io.BytesIO(b"Titre,Texte,Cote\nA,b,7\nC,d,8\n")

    shown = preview(stream, Origin("x.csv"), ReadOptions(mapping={"Cote": "page"}))

    assert shown["format"] == "table"
    assert shown["records"] == 2
    assert {column["column"]: column["field"] for column in shown["columns"]} == {
        "Titre": "headline",
        "Texte": "body",
        "Cote": "page",
    }
    assert shown["columns"][0] == {
        "column": "Cote",
        "field": "page",
        "why": "given",
        "values": ["7", "8"],
    }
    assert stream.tell() == 0


def test_json_s_keys_are_shown_by_their_paths() -> None:
    stream = io.BytesIO(b'[{"title": "A", "source": {"name": "Harbour Post"}, "mood": 1}]')

    shown = preview(stream, Origin(), ReadOptions())

    assert shown["format"] == "jsonl"
    assert {column["column"]: column["field"] for column in shown["columns"]} == {
        "title": "headline",
        "source.name": "source",
        "mood": "extra",
    }


def test_a_text_has_no_columns() -> None:
    with pytest.raises(FormatError) as caught:
        preview(io.BytesIO(b"The Harbour Post\nKeeper retires"), Origin(), ReadOptions())

    assert caught.value.code == "no_columns"
