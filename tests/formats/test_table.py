import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.formats.protocol import FormatError, Origin, ReadOptions
from articles.formats.table import TableFormat
from articles.parsed import ParsedArticle, ReadItem, Refused
from articles.text import BlockKind

READER = TableFormat()


def read(data: bytes, **mapping: str) -> list[ReadItem]:
    return list(READER.read(io.BytesIO(data), Origin(), ReadOptions(mapping=mapping)))


def articles(data: bytes, **mapping: str) -> list[ParsedArticle]:
    items = read(data, **mapping)
    assert all(isinstance(item, ParsedArticle) for item in items), items
    return [item for item in items if isinstance(item, ParsedArticle)]


def words(item: ReadItem, kind: BlockKind) -> list[str]:
    assert isinstance(item, ParsedArticle)
    return [block.text for block in item.blocks if block.kind is kind]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    rows = ["headline", "text", "tags"], ["Bridge opens", '"One; two, three | four\tfive"', "x"]

    (found,) = articles("\n".join(delimiter.join(row) for row in rows).encode())

    assert words(found, BlockKind.PARAGRAPH) == ["One; two, three | four\tfive"]
    assert found.extra == {"tags": "x"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    data = "Titre,Texte\nL’été à Paris,“Déjà”\n".encode(encoding)

    (found,) = articles(data)

    assert words(found, BlockKind.HEADLINE) == ["L’été à Paris"]


def test_a_late_character_decides_the_encoding_of_the_whole() -> None:
    data = b"title,text\n" + b"plain,plain\n" * 20_000 + "Café,é\n".encode("cp1252")

    assert words(read(data)[-1], BlockKind.HEADLINE) == ["Café"]


def test_a_row_is_found_again_by_the_line_it_begins_on() -> None:
    items = read(b'title,text\r\nA,"one\r\n\r\ntwo"\r\nB,three\r\n')

    assert [item.locator for item in items] == ["line 2", "line 5"]
    assert words(items[0], BlockKind.PARAGRAPH) == ["one", "two"]


def test_a_row_with_other_cells_than_names_is_refused_with_its_line() -> None:
    items = read(b"title,text,tag\nA,b,c\nB,c\nC,d,e,f\nD,e,f\n")

    assert [type(item) for item in items] == [ParsedArticle, Refused, Refused, ParsedArticle]
    refused = items[1]
    assert isinstance(refused, Refused)
    assert (refused.locator, refused.code) == ("line 3", "wrong_column_count")
    assert "2 cells" in refused.reason
    assert refused.raw == "B\tc"


def test_a_quotation_mark_that_never_closes_costs_its_own_row_only() -> None:
    items = read(b'title,text,tag\nA,b,c\nB,"c,d\nC,d,e\n')

    assert [item.locator for item in items] == ["line 2", "line 3", "line 4"]
    assert isinstance(items[1], Refused)
    assert isinstance(items[2], ParsedArticle)


def test_quotation_marks_in_unquoted_tsv_are_letters() -> None:
    found = articles(b'title\ttext\n"Bridge" opens\t"It did\nB\tc\n')

    assert words(found[0], BlockKind.HEADLINE) == ['"Bridge" opens']
    assert words(found[0], BlockKind.PARAGRAPH) == ['"It did']


def test_a_second_column_of_one_name_is_kept_under_a_name_of_its_own() -> None:
    (found,) = articles(b"title,tag,tag,text,tag\nA,1,2,b,3\n")

    assert found.extra == {"tag": "1", "tag (2)": "2", "tag (3)": "3"}


def test_a_cell_of_a_book_s_length_is_read() -> None:
    cell = b"word " * 60_000

    (found,) = articles(b'title,text\nA,"' + cell + b'"\n')

    assert len(words(found, BlockKind.PARAGRAPH)[0]) == 300_000 - 1


def test_a_formula_is_text_like_any_other() -> None:
    (found,) = articles(b'title,text,x\n=cmd(),+1,"@SUM(A1)"\n')

    assert words(found, BlockKind.HEADLINE) == ["=cmd()"]
    assert found.extra == {"x": "@SUM(A1)"}


def test_nul_is_stripped_and_noted() -> None:
    (found,) = articles(b"title,text\nBrid\0ge,b\n")

    assert words(found, BlockKind.HEADLINE) == ["Bridge"]
    assert found.dropped[0].reason == "NUL character"


def test_a_line_of_values_is_not_taken_for_names() -> None:
    with pytest.raises(FormatError, match="2019-01-09") as caught:
        read(b"2019-01-09,Bridge opens,https://harbour.example/1\n2019-01-10,B,c\n")

    assert caught.value.code == "no_header"


def test_a_line_of_ten_thousand_cells_is_no_line_of_names() -> None:
    with pytest.raises(FormatError) as caught:
        read(b"title" + b"," * 10_000 + b"\nA\n")

    assert caught.value.code == "too_many_columns"


def test_a_table_without_text_names_its_columns() -> None:
    with pytest.raises(FormatError, match="“count”, “colour”") as caught:
        read(b"count,colour\n1,red\n")

    assert caught.value.code == "no_text_column"


def test_a_mapping_to_a_column_that_is_none_names_those_there_are() -> None:
    with pytest.raises(FormatError, match=r"no column “headlin”.*“title”"):
        read(b"title,text\nA,b\n", headlin="headline")


def test_days_before_months_are_told_by_the_whole_column() -> None:
    found = articles(b"title,date\nA,03/04/2019\nB,23/04/2019\n")

    assert [item.published.date if item.published else None for item in found] == [
        date(2019, 4, 3),
        date(2019, 4, 23),
    ]


def test_excel_s_line_of_the_separator_is_no_row() -> None:
    items = read(b"sep=;\ntitle;text\nA;b, c\n")

    assert [item.locator for item in items] == ["line 3"]


def test_row_names_without_a_name_are_kept() -> None:
    (found,) = articles(b'"title","text"\n"1","A","b"\n')

    assert found.extra == {"row": "1"}


def test_a_table_is_recognised_by_its_name_or_its_lines() -> None:
    assert READER.sniff(b"a,b\n1,2\n", Origin("x.csv")) > 40
    assert READER.sniff(b"title,date,text\nA,b,c\nD,e,f\n", Origin("x.txt")) > 40
    assert READER.sniff(b"The Guardian\nBridge, long, opens\nBy Jane Doe\n", Origin("x.txt")) == 0
    assert READER.sniff(b"PK\x03\x04", Origin("x.csv")) == 0


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(alphabet='ab,;"\t\n\r\0é|', max_size=60).map(str.encode))
def test_any_bytes_give_items_or_one_error(data: bytes) -> None:
    for prefix in (b"", b"title,text\n"):
        try:
            items = read(prefix + data)
        except FormatError:
            continue
        assert items == read(prefix + data)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_can_be_sniffed(data: bytes) -> None:
    assert 0 <= READER.sniff(data, Origin()) <= 100
