"""Bytes to text: what a page's encoding is taken to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.formats.pages.decode import decode


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xef\xbb\xbf<p>caf\xc3\xa9", "utf-8"),
        ("\ufeff<p>café".encode("utf-16-le"), "utf-16-le"),
        ("<p>café".encode(), "utf-8"),
        ("<meta charset=windows-1252><p>café".encode("cp1252"), "cp1252"),
        (
            '<meta http-equiv=content-type content="text/html; charset=iso-8859-1"><p>café'.encode(
                "cp1252"
            ),
            "cp1252",
        ),
        ('<?xml version="1.0" encoding="windows-1252"?><p>café'.encode("cp1252"), "cp1252"),
        # It says Latin-1 and is UTF-8, as many pages are.
        (b"<meta charset=iso-8859-1><p>caf\xc3\xa9", "utf-8"),
    ],
)
def test_the_text_comes_out_whatever_the_encoding(data: bytes, encoding: str) -> None:
    decoded = decode(data)

    assert decoded.text.endswith("café")
    assert decoded.encoding == encoding


def test_the_charset_of_the_answer_counts_before_the_page_s_own() -> None:
    data = "<meta charset=utf-8><p>Жители".encode("cp1251")

    decoded = decode(data, "text/html; charset=windows-1251")

    assert decoded.text.endswith("Жители")


def test_an_encoding_nobody_knows_is_passed_over() -> None:
    assert decode(b"<meta charset=klingon><p>caf\xc3\xa9").text.endswith("café")


def test_a_codec_that_is_none_of_text_is_passed_over() -> None:
    assert decode(b"<meta charset=hex><p>caf\xe9").text.endswith("é")


def test_an_undeclared_legacy_encoding_is_guessed() -> None:
    russian = "<p>Жители города вышли на площадь, чтобы услышать новости о мире. " * 20

    assert "Жители" in decode(russian.encode("cp1251")).text


def test_a_few_damaged_bytes_do_not_turn_utf_8_into_something_else() -> None:
    data = b"<meta charset=utf-8><p>" + "Größe und Maß, ".encode() * 50 + b"\xff tail"

    assert "Größe und Maß" in decode(data).text


def test_nul_characters_are_taken_out_and_counted() -> None:
    decoded = decode(b"<p>a\0b\0</p>")

    assert decoded.text == "<p>ab</p>"
    assert decoded.nuls == 2


@given(st.binary(max_size=400), st.text(max_size=40))
def test_no_bytes_make_it_fail(data: bytes, media_type: str) -> None:
    assert "\0" not in decode(data, media_type).text
