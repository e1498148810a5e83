import io
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.formats.factiva import FactivaFormat
from articles.formats.protocol import FormatError, Origin, ReadOptions
from articles.parsed import ParsedArticle, ReadItem, Refused
from articles.text import BlockKind
from tests.formats import export_files

READER = FactivaFormat()

PLAIN = [
    "News",
    "Keeper of the Grey Rock light retires after forty winters",
    "By Jane Doe",
    "32 words",
    "11 January 2006",
    "09:20",
    "The Harbour Post",
    "HARPOS",
    "First Edition",
    "12",
    "English",
    "(c) 2006 Harbour Newspapers Limited",
    "WESTHAVEN (Reuters) - The keeper of the Grey Rock light climbed his stairs for the last time.",
    "He will miss the gulls.",
    "Harbour Newspapers Limited",
    "Document HARPOS0020060111e21b0000d",
    "Bridge over the Ash to be built of stone",
    "14 words",
    "12 January 2006",
    "The Valley Courier",
    "VALCOU",
    "English",
    "Copyright 2006 The Valley Courier",
    "The council voted by nine to four for the dearer of the two designs.",
    "Document VALCOU0020060112e21c0000e",
]
SUMMARY = ["Search Summary", "Text", "lighthouse", "Results Found", "2", "© 2006 Factiva, Inc."]
CODED = [
    ("SE", "News"),
    ("HD", "Keeper of the Grey Rock light retires"),
    ("BY", "By Jane Doe in Westhaven"),
    ("CR", "Associated Press"),
    ("WC", "32 words"),
    ("PD", "11 January 2006"),
    ("ET", "09:20"),
    ("SN", "The Harbour Post"),
    ("SC", "HARPOS"),
    ("ED", "First"),
    ("PG", "12"),
    ("LA", "English"),
    ("CY", "(c) 2006 Harbour Newspapers Limited"),
    ("LP", "The keeper of the Grey Rock light climbed his stairs for the last time."),
    ("TD", "IN the evening he counted the steps.\nHe will miss the gulls."),
    ("CO", "grlite : Grey Rock Light Company"),
    ("NS", "glab : Labour"),
    ("RE", "whv : Westhaven"),
    ("PUB", "Harbour Newspapers Limited"),
    ("AN", "Document HARPOS0020060111e21b0000d"),
]


def coded_text() -> bytes:
    return "\n\n".join(f"{code}\n{value}" for code, value in CODED).encode()


def padded_text() -> bytes:
    values = ((code, value.replace("\n", "\n\n     ")) for code, value in CODED)
    return "\n\n".join(f"{code:5}{value}" for code, value in values).encode()


def coded_rtf() -> bytes:
    cells = [f"{code}|{value}|".replace("\n", "\n") for code, value in CODED]
    return export_files.rtf([line for cell in cells for line in cell.split("\n")])


def coded_page() -> bytes:
    rows = "".join(
        f"<tr><td class='index'><b>{code}</b></td><td>"
        + "".join(
            f"<p class='articleParagraph enarticleParagraph'>{line}</p>"
            for line in value.split("\n")
        )
        + "</td></tr>"
        for code, value in CODED
    )
    document = f"<div class='article enArticle'><table>{rows}</table></div>"
    return f"<html><title>Factiva</title><body>{document}</body></html>".encode()


def saved_page(numbers: tuple[int, ...] = (1, 2)) -> bytes:
    articles_ = "".join(
        f"""<div id="article-HARPOS002006011{n}e21b0000d" class="article">
        <div class="article enArticle">
        <div>News</div>
        <div id="hd"><span class="enHeadline counted">{n}) Keeper retires, part {n}</span></div>
        <div class="author">Jane Doe</div><div>12 words</div><div>1{n} January 2006</div>
        <div>The Harbour Post</div><div>HARPOS</div><div>12</div><div>English</div>
        <div>(c) 2006 Harbour</div>
        <p class="articleParagraph enarticleParagraph">The keeper climbed his <b>stairs</b>.</p>
        <p class="articleParagraph enarticleParagraph">He will miss the gulls.</p>
        <p>The keeper at his lamp.</p><p>Harbour Newspapers</p>
        <p>Document HARPOS002006011{n}e21b0000d</p>
        </div></div>"""
        for n in numbers
    )
    film = """<table class="headlines"><tr><td><a class="enHeadline">Film of the light</a></td></tr>
        <tr><td><div class="leadFields">Harbour TV, 13 January 2006, 72 words, (English)</div>
        </td></tr></table>"""
    body = f"<body><form>{articles_}{film}</form></body>"
    return f"<html><head><title>Factiva</title></head>{body}</html>".encode()


def read(data: bytes) -> list[ReadItem]:
    return list(READER.read(io.BytesIO(data), Origin(), ReadOptions()))


def articles(data: bytes) -> list[ParsedArticle]:
    return [item for item in read(data) if isinstance(item, ParsedArticle)]


def words(item: ParsedArticle, kind: BlockKind) -> list[str]:
    return [block.text for block in item.blocks if block.kind is kind]


def as_word(lines: list[str]) -> bytes:
    return export_files.word(lines, bold=("Keeper of", "Bridge over"))


@pytest.mark.parametrize("container", [as_word, export_files.rtf, export_files.text])
def test_a_download_without_indexing_is_read_by_place(
    container: Callable[[list[str]], bytes],
) -> None:
    first, second = articles(container([*PLAIN, *SUMMARY]))

    assert words(first, BlockKind.HEADLINE) == [PLAIN[1]]
    assert first.section == "News"
    assert first.byline == "By Jane Doe"
    assert first.published is not None
    assert first.published.date == date(2006, 1, 11)
    assert (first.source, first.edition, first.page) == ("The Harbour Post", "First Edition", "12")
    assert first.language == "en"
    assert first.rights == "(c) 2006 Harbour Newspapers Limited"
    assert first.external_id == "HARPOS0020060111e21b0000d"
    assert first.dateline is not None
    assert (first.dateline.place, first.dateline.agency) == ("WESTHAVEN", "Reuters")
    assert words(first, BlockKind.PARAGRAPH)[-1] == "He will miss the gulls."
    assert first.extra["publisher"] == "Harbour Newspapers Limited"
    assert first.extra["source_code"] == "HARPOS"
    assert words(second, BlockKind.HEADLINE) == ["Bridge over the Ash to be built of stone"]
    assert second.source == "The Valley Courier"
    assert len(words(second, BlockKind.PARAGRAPH)) == 1


@pytest.mark.parametrize(
    ("above", "section", "headline", "byline"),
    [
        (["Keeper retires"], None, "Keeper retires", None),
        (["News", "Keeper retires"], "News", "Keeper retires", None),
        (
            ["Keeper of the light retires", "Jane Doe"],
            None,
            "Keeper of the light retires",
            "Jane Doe",
        ),
        (["News", "KEEPER RETIRES", "JANE DOE"], "News", "KEEPER RETIRES", "JANE DOE"),
        (
            ["News", "Gulls", "Jane Doe, John Roe and Mary Major"],
            "News",
            "Gulls",
            "Jane Doe, John Roe and Mary Major",
        ),
        (["News", "Gulls", "By Jane Doe", "Special to the Post"], "News", "Gulls", "By Jane Doe"),
        (["Dow Jones", "Keeper retires"], None, "Keeper retires", None),
    ],
)
def test_lines_above_the_word_count_are_told_apart(
    above: list[str], section: str | None, headline: str, byline: str | None
) -> None:
    (found,) = articles(export_files.text([*above, *PLAIN[3:16]]))

    assert words(found, BlockKind.HEADLINE) == [headline]
    assert (found.section, found.byline) == (section, byline)


@pytest.mark.parametrize("data", [coded_text(), padded_text(), coded_rtf(), coded_page()])
def test_a_download_with_indexing_is_read_by_codes(data: bytes) -> None:
    (found,) = articles(data)

    assert words(found, BlockKind.HEADLINE) == ["Keeper of the Grey Rock light retires"]
    assert found.byline == "By Jane Doe in Westhaven"
    assert [credit.name for credit in found.credits] == ["Jane Doe", "Associated Press"]
    assert found.published is not None
    assert found.published.date == date(2006, 1, 11)
    assert (found.section, found.page, found.edition) == ("News", "12", "First")
    assert [text[:6] for text in words(found, BlockKind.PARAGRAPH)] == [
        "The ke",
        "IN the",
        "He wil",
    ]
    assert found.extra["regions"] == "whv : Westhaven"
    assert found.extra["subjects"] == "glab : Labour"
    assert found.external_id == "HARPOS0020060111e21b0000d"
    assert found.provenance["headline"].rule == "Factiva HD"


def test_a_saved_page_is_read_by_its_classes() -> None:
    first, second, film = read(saved_page())

    assert isinstance(first, ParsedArticle)
    assert isinstance(second, ParsedArticle)
    assert words(first, BlockKind.HEADLINE) == ["Keeper retires, part 1"]
    assert words(first, BlockKind.PARAGRAPH) == [
        "The keeper climbed his stairs.",
        "He will miss the gulls.",
    ]
    assert words(first, BlockKind.CAPTION) == ["The keeper at his lamp."]
    assert first.section == "News"
    assert first.byline == "Jane Doe"
    assert first.external_id == "HARPOS0020060111e21b0000d"
    assert isinstance(film, Refused)
    assert film.code == "no_text"
    assert "Film of the light" in film.raw


def test_a_gap_in_the_numbers_of_headlines_is_refused() -> None:
    with pytest.raises(FormatError, match=r"2\)") as caught:
        read(saved_page((1, 3)))

    assert caught.value.code == "count_mismatch"


def test_a_search_that_found_more_than_was_read_is_refused() -> None:
    summary = [line if line != "2" else "3" for line in SUMMARY]

    with pytest.raises(FormatError, match="holds 3 documents, but 2 were read") as caught:
        read(export_files.text([*PLAIN, *summary]))

    assert caught.value.code == "count_mismatch"


def test_a_search_that_found_more_than_a_download_holds_says_nothing_of_it() -> None:
    summary = [line if line != "2" else "1,771" for line in SUMMARY]

    assert len(articles(export_files.text([*PLAIN, *summary]))) == 2


def test_a_document_without_its_end_is_refused() -> None:
    with pytest.raises(FormatError, match="Bridge over the Ash") as caught:
        read(export_files.text(PLAIN[:-1]))

    assert caught.value.code == "count_mismatch"


def test_a_table_of_contents_that_lists_more_is_refused() -> None:
    contents = [
        "Table of contents",
        "Keeper of the Grey Rock light retires after forty winters ... 2",
    ]
    contents += [
        "Bridge over the Ash to be built of stone ... 3",
        "The third one that is not here ... 4",
    ]

    with pytest.raises(FormatError, match="The third one") as caught:
        read(export_files.text([*contents, *PLAIN]))

    assert caught.value.code == "count_mismatch"


def test_another_text_is_no_export() -> None:
    with pytest.raises(FormatError) as caught:
        read(b"The Harbour Post\nKeeper retires\nHe climbed his stairs.")

    assert caught.value.code == "not_an_export"


@pytest.mark.parametrize(
    "data",
    [as_word(PLAIN), export_files.rtf(PLAIN), export_files.text(PLAIN), coded_text(), saved_page()],
)
def test_an_export_is_recognised_by_its_marks(data: bytes) -> None:
    assert READER.sniff(data[:65536], Origin()) > 85


def test_an_article_as_pasted_is_left_to_others() -> None:
    assert READER.sniff(b"The Guardian\nDate: 9 Jan 2019\nBy: Jane Doe\n\nText.", Origin()) == 0


_LINES = st.sampled_from([*PLAIN, *SUMMARY, *(f"{code}  {value}" for code, value in CODED), "HD"])


@settings(deadline=None)
@given(st.binary(max_size=200) | st.lists(_LINES, max_size=20).map(export_files.text))
def test_any_bytes_give_items_or_one_error(data: bytes) -> None:
    for start in (b"", b"{\\rtf1 ", b"<html><p class=articleParagraph>"):
        try:
            items = read(start + data)
        except FormatError:
            continue
        assert items == read(start + data)
