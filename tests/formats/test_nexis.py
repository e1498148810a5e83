import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.formats.nexis import NexisFormat
from articles.formats.protocol import FormatError, Origin, ReadOptions
from articles.parsed import Caption, Dateline, ParsedArticle, ReadItem
from articles.text import BlockKind
from tests.formats import export_files

READER = NexisFormat()

OLD = """Download Request: Selected Items: 1-2
Terms: lighthouse

                               1 of 2 DOCUMENTS


                          The Harbour Post (Westhaven)

                            January 11, 1926 Monday
                              Final Edition

Keeper of the Grey Rock light retires after forty winters on the
tower

BYLINE: By JANE DOE in Westhaven

SECTION: NEWS; Pg. A12

LENGTH: 52 words

DATELINE: WESTHAVEN, Jan 10

The keeper of the Grey Rock light climbed his stairs for the last time on
Sunday evening, counting each of the two hundred and eleven steps aloud as
he had done every night since he came.

He said that he would miss the gulls more than the company of any man, and
the storms more than the gulls.

LOAD-DATE: January 12, 1926

LANGUAGE: ENGLISH

GRAPHIC: The keeper at his lamp. Photograph: John Roe

PUBLICATION-TYPE: Newspaper


                  Copyright 1926 Harbour Newspapers Limited
                             All Rights Reserved

                               2 of 2 DOCUMENTS


                            The Valley Courier

                            12 January 1926 Tuesday

Bridge over the Ash to be built of stone, council says

LENGTH: 21 words

The council voted by nine to four for the dearer of the two designs, which
the engineer had called the only one that lasts.

LOAD-DATE: January 13, 1926
"""
NEW = [
    "Date and Time: Monday, January 11, 1926 9:31:00 PM GMT",
    "Job Number: 1234567",
    "Documents (2)",
    "1. Keeper of the Grey Rock light retires",
    "Client/Matter: -None-",
    "Search Terms: lighthouse",
    "2. Bridge over the Ash to be built of stone",
    "Client/Matter: -None-",
    "Search Terms: lighthouse",
    "Keeper of the Grey Rock light retires",
    "The Harbour Post (Westhaven)",
    "January 11, 1926 Monday 9:20 AM GMT",
    "Copyright 1926 Harbour Newspapers Limited All Rights Reserved",
    "Section: NEWS; Pg. 4",
    "Length:\xa033 words",
    "Byline: Jane Doe in Westhaven",
    "Highlight: Forty winters end with a last climb",
    "Body",
    "The keeper of the Grey Rock light climbed his stairs for the last time.",
    "Subject: he would not be drawn on what comes next, nor on who.",
    "Link to Image",
    "He will miss the gulls.",
    "https://harbour.example/1926/keeper",
    "Graphic",
    "The keeper at his lamp.",
    "Classification",
    "Language: ENGLISH",
    "Publication-Type: Newspaper",
    "Subject: LIGHTHOUSES (93%); RETIREMENT (90%)",
    "Load-Date: January 12, 1926",
    "End of Document",
    "Bridge over the Ash to be built of stone",
    "The Valley Courier",
    "January 12, 1926 Tuesday",
    "Length: 21 words",
    "Body",
    "The council voted by nine to four for the dearer of the two designs.",
    "Load-Date: January 13, 1926",
    "End of Document",
]
BOLD = (
    *("Section", "Length", "Byline", "Highlight", "Body", "Graphic", "Classification"),
    *("Language", "Publication-Type", "Subject: LIGHT", "Load-Date", "End of", "Documents"),
)
URN = "urn:contentItem:5WG2-7T11-F021-636K-00000-00"
LINKS = {
    "1. Keeper of the Grey Rock light retires": f"https://advance.lexis.com/api/document?id={URN}"
}


def as_word(lines: list[str]) -> bytes:
    return export_files.word(lines, bold=BOLD, links=LINKS)


def read(data: bytes) -> list[ReadItem]:
    return list(READER.read(io.BytesIO(data), Origin(), ReadOptions()))


def articles(data: bytes) -> list[ParsedArticle]:
    items = read(data)
    assert all(isinstance(item, ParsedArticle) for item in items), items
    return [item for item in items if isinstance(item, ParsedArticle)]


def words(item: ParsedArticle, kind: BlockKind) -> list[str]:
    return [block.text for block in item.blocks if block.kind is kind]


def test_the_old_layout_is_read_field_by_field() -> None:
    first, second = articles(OLD.encode())

    assert first.locator == "document 1"
    assert first.source == "The Harbour Post (Westhaven)"
    assert first.published is not None
    assert first.published.date == date(1926, 1, 11)
    assert first.edition == "Final Edition"
    assert words(first, BlockKind.HEADLINE) == [
        "Keeper of the Grey Rock light retires after forty winters on the tower"
    ]
    assert first.byline == "By JANE DOE in Westhaven"
    assert (first.section, first.page) == ("NEWS", "A12")
    assert first.dateline == Dateline("WESTHAVEN")
    assert [text.split()[-1] for text in words(first, BlockKind.PARAGRAPH)] == ["came.", "gulls."]
    assert first.captions == (Caption("The keeper at his lamp.", "John Roe"),)
    assert first.language == "en"
    assert first.rights == "Copyright 1926 Harbour Newspapers Limited All Rights Reserved"
    assert first.extra["load_date"] == "January 12, 1926"
    assert first.extra["publication_type"] == "Newspaper"
    assert first.provenance["byline"].rule == "Nexis BYLINE"
    assert second.source == "The Valley Courier"
    assert words(second, BlockKind.HEADLINE)[0].startswith("Bridge over the Ash")


def test_the_layout_with_a_headline_label_is_read() -> None:
    data = b"""                               1 of 1 DOCUMENT

                     Copyright 1926 Harbour Newspapers Limited

                               The Harbour Post

                     January 11, 1926, Monday, Late Edition - Final

SECTION: Section A; Column 1; Foreign Desk; Pg. 6

LENGTH: 17 words

HEADLINE: Keeper of the light retires

BYLINE: By JANE DOE

BODY:
The keeper of the Grey Rock light climbed his stairs for the last time on
Sunday evening, he said.
"""

    (found,) = articles(data)

    assert words(found, BlockKind.HEADLINE) == ["Keeper of the light retires"]
    assert found.source == "The Harbour Post"
    assert found.edition == "Late Edition - Final"
    assert found.page == "6"
    assert len(words(found, BlockKind.PARAGRAPH)) == 1


@pytest.mark.parametrize("container", [as_word, export_files.rtf, export_files.text])
def test_the_new_layout_is_read_from_each_container(
    container: Callable[[list[str]], bytes],
) -> None:
    first, second = articles(container(NEW))

    assert words(first, BlockKind.HEADLINE) == ["Keeper of the Grey Rock light retires"]
    assert first.source == "The Harbour Post (Westhaven)"
    assert first.published is not None
    assert first.published.at is not None
    assert (first.section, first.page) == ("NEWS", "4")
    assert words(first, BlockKind.STANDFIRST) == ["Forty winters end with a last climb"]
    assert words(first, BlockKind.PARAGRAPH)[-1] == "He will miss the gulls."
    assert first.canonical_url == "https://harbour.example/1926/keeper"
    assert words(first, BlockKind.CAPTION) == ["The keeper at his lamp."]
    assert first.extra["load_date"] == "January 12, 1926"
    assert words(second, BlockKind.HEADLINE) == ["Bridge over the Ash to be built of stone"]
    assert second.source == "The Valley Courier"


def test_a_label_in_plain_type_is_a_sentence_of_the_body_in_word() -> None:
    first, _ = articles(as_word(NEW))

    assert words(first, BlockKind.PARAGRAPH)[1].startswith("Subject: he would not")
    assert first.extra["subject"] == "LIGHTHOUSES (93%); RETIREMENT (90%)"


def test_a_line_of_the_first_body_that_reads_like_a_cover_s_is_text() -> None:
    lines = [line.replace("He will miss", "Terms of it were kept. He will miss") for line in NEW]

    first, _ = articles(export_files.rtf(lines))

    assert words(first, BlockKind.HEADLINE) == ["Keeper of the Grey Rock light retires"]


def test_the_document_s_number_comes_from_the_table_of_contents() -> None:
    first, second = articles(as_word(NEW))

    assert first.external_id == URN
    assert second.external_id is None


def test_html_with_its_own_count_is_read() -> None:
    lines = [line.strip() for line in OLD.split("\n") if line.strip()]
    joined = " ".join(lines[lines.index("BYLINE: By JANE DOE in Westhaven") - 2 :][:2])
    lines[lines.index("Final Edition") + 1 : lines.index("BYLINE: By JANE DOE in Westhaven")] = [
        joined
    ]

    first, _ = articles(export_files.page(lines))

    assert first.edition == "Final Edition" or words(first, BlockKind.HEADLINE)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (
            OLD.replace("2 of 2", "3 of 3").replace("1 of 2", "1 of 3").replace("1-2", "1-3"),
            "2 of 3",
        ),
        (OLD[: OLD.index("2 of 2")], "2 of 2"),
    ],
)
def test_a_count_that_is_not_the_declared_one_is_refused(data: str, found: str) -> None:
    with pytest.raises(FormatError, match=found) as caught:
        read(data.encode())

    assert caught.value.code == "count_mismatch"


def test_a_document_missing_from_the_new_layout_is_named() -> None:
    cut = [*NEW[:9], *NEW[31:]]

    with pytest.raises(
        FormatError, match=r"holds 2 documents, but 1 .*Keeper of the Grey"
    ) as caught:
        read(as_word(cut))

    assert caught.value.code == "count_mismatch"


def test_a_file_cut_in_its_last_document_says_so() -> None:
    with pytest.raises(FormatError) as caught:
        read(
            export_files.text(["Documents (3)", *NEW[3:], *NEW[31:-1]]).replace(
                b"Documents (3)", b"Documents (2)"
            )
        )

    assert caught.value.code == "count_mismatch"


def test_a_part_of_a_longer_search_counts_from_its_own_first() -> None:
    data = OLD.replace("1 of 2 DOC", "2001 of 2002 DOC").replace("2 of 2 DOC", "2002 of 2002 DOC")

    assert len(articles(data.encode())) == 2


def test_a_length_far_from_the_text_is_noted() -> None:
    first, _ = articles(OLD.replace("52 words", "900 words").encode())

    assert first.extra["length"] == "900 words"
    assert first.extra["length_differs"]["printed"] == 900


def test_a_zip_that_unpacks_beyond_the_limit_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a/>")
        archive.writestr("word/big.bin", bytes(201 * 1024 * 1024))

    with pytest.raises(FormatError) as caught:
        read(out.getvalue())

    assert caught.value.code == "too_large"


def test_entities_in_word_are_not_followed() -> None:
    out = io.BytesIO()
    bomb = '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", bomb)

    with pytest.raises(FormatError) as caught:
        read(out.getvalue())

    assert caught.value.code == "damaged"


@pytest.mark.parametrize("table", ["\\f1" * 60_000, "{\\f1\\fcharset0" * 20_000, "{" * 90_000])
def test_a_font_table_of_an_unusual_shape_costs_no_more_than_another(table: str) -> None:
    with pytest.raises(FormatError):
        read(f"{{\\rtf1{{\\fonttbl{table}}}}} text}}".encode())


def test_letters_of_another_character_set_are_read_by_the_font_table() -> None:
    lines = export_files.rtf(NEW).decode()
    fonts = "{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}{\\f1\\fswiss\\fcharset204 Arial Cyr;}}"
    data = lines.replace("{\\fonttbl{\\f0 Arial;}}", fonts)
    data = data.replace("Keeper of the Grey Rock light retires", "\\f1 \\'ca\\'e8\\'f2\\f0")

    first, _ = articles(data.encode())

    assert words(first, BlockKind.HEADLINE) == ["Кит"]


def test_another_text_is_no_export() -> None:
    with pytest.raises(FormatError) as caught:
        read(b"The Harbour Post\nKeeper retires\nHe climbed his stairs.")

    assert caught.value.code == "not_an_export"


@pytest.mark.parametrize(
    "data", [OLD.encode(), as_word(NEW), export_files.rtf(NEW), export_files.text(NEW)]
)
def test_an_export_is_recognised_by_its_marks(data: bytes) -> None:
    assert READER.sniff(data[:65536], Origin()) >= 85


def test_a_page_that_speaks_of_documents_is_left_to_others() -> None:
    page = b"<html><p>The court saw 3 of 12 documents, on advance.lexis.com.</p></html>"

    assert READER.sniff(page, Origin()) == 0


def test_an_article_as_pasted_is_left_to_others() -> None:
    assert READER.sniff(b"The Guardian\nDate: 9 Jan 2019\nBy: Jane Doe\n\nText.", Origin()) == 0


_MARKS = st.sampled_from([*NEW, *OLD.split("\n"), "", "1 of 1 DOCUMENTS", "End of Document"])


@settings(deadline=None)
@given(st.binary(max_size=200) | st.lists(_MARKS, max_size=14).map(export_files.text))
def test_any_bytes_give_items_or_one_error(data: bytes) -> None:
    for start in (b"", b"{\\rtf1 ", b"PK\x03\x04word/", b"<html>", b"1 of 1 DOCUMENTS\n"):
        try:
            items = read(start + data)
        except FormatError:
            continue
        assert items == read(start + data)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_start_can_be_sniffed(data: bytes) -> None:
    for start in (b"", b"{\\rtf1 ", b"PK\x03\x04word/document.xml", b"<html>"):
        assert 0 <= READER.sniff(start + data, Origin()) <= 100
