"""Parsing, and the caps that hostile pages meet."""

import pytest

from articles.formats.pages import tree
from articles.formats.protocol import FormatError


def test_deep_nesting_is_refused_with_a_reason() -> None:
    with pytest.raises(FormatError, match="256 deep") as caught:
        tree.parse("<div>" * 100_000 + "words")

    assert caught.value.code == "too_deep"


@pytest.mark.parametrize(
    "text",
    ["<div><b>a</b></div>" * tree.MAX_TAGS, "<p>" + "<b>a</b>" * (tree.MAX_CHILDREN + 1) + "</p>"],
)
def test_too_many_elements_are_refused_with_a_reason(text: str) -> None:
    with pytest.raises(FormatError, match="elements") as caught:
        tree.parse(text)

    assert caught.value.code == "too_large"


def test_a_page_over_the_byte_cap_is_refused_with_a_reason() -> None:
    with pytest.raises(FormatError, match="10 MB"):
        tree.check_size(tree.MAX_BYTES + 1)


@pytest.mark.parametrize("text", ["", "  \n", "<!-- -->", "<?xml version='1.0'?>"])
def test_a_page_with_nothing_in_it_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        tree.parse(text)


def test_an_xml_declaration_does_no_harm() -> None:
    root = tree.parse(
        '<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>Größe</p></body></html>'
    )

    assert tree.words_of(root) == "Größe"


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0031)https://example.org/a/story-1 -->",
        "<!--\n Page saved with SingleFile \n url: https://example.org/a/story-1 \n-->",
    ],
)
def test_the_address_that_a_browser_noted_is_found(comment: str) -> None:
    assert tree.saved_from(f"<!DOCTYPE html>{comment}<html>") == "https://example.org/a/story-1"


def test_an_address_that_is_no_web_address_is_not_taken() -> None:
    assert tree.saved_from("<!-- saved from url=(0020)javascript:alert(1) -->") == ""


@pytest.mark.parametrize(
    "written", ["\x01", "&#1;", "&#x1F;", "&#xFFFE;", "\ud800", "&#99999999999;"]
)
def test_characters_that_no_text_may_hold_become_spaces(written: str) -> None:
    root = tree.parse(f"<p>before{written}after</p>")

    assert tree.words_of(root) == "before after"


def test_ordinary_references_stay() -> None:
    assert tree.words_of(tree.parse("<p>&#8217;&#x27;&#10;x</p>")) == "’' x"
