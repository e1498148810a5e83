"""Mentions as Web Annotations and back, without a database."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.annotate.tags.web_annotation import (
    CONTEXT,
    AnnotationError,
    Shown,
    annotation,
    read,
)
from articles.annotate.tags.web_annotation_places import placed

KEY = UUID("0b8f6f2e-7a11-4d0e-9d43-f3b0c6b46f7e")
TEXT = "Mr Lang 🎉 met Mr Lang.\n\nهو قال: 中文 é Mr Lang"


def shown(**more: Any) -> Shown:
    values: dict[str, Any] = {
        "iri": f"http://here/annotations/{KEY}",
        "key": KEY,
        "source": "http://here/articles/1/versions/1/",
        "start": 14,
        "end": 21,
        "quote": "Mr Lang",
        "prefix": "met ",
        "suffix": ".",
        "kind": "person",
    }
    return Shown(**(values | more))


def said(**more: Any) -> dict[str, Any]:
    """Return an annotation as a client sends it."""
    return {
        "@context": CONTEXT,
        "type": "Annotation",
        "body": {"type": "TextualBody", "purpose": "classifying", "value": "person"},
        "target": {
            "source": "http://here/articles/1/",
            "selector": {"type": "TextQuoteSelector", "exact": "Mr Lang"},
        },
        **more,
    }


def test_what_is_written_is_read_back() -> None:
    whole = shown(
        entity="http://here/entities/1/",
        entity_name="Fritz Lang",
        comment="The director 🎬",
        attributes={"stance": "for", "sure": 3},
        created=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        creator="anna",
        software="known names",
    )

    made = annotation(whole)
    back = read(made)

    assert made["created"] == "2026-01-02T03:04:05Z"
    assert made["creator"] == {"type": "Person", "nickname": "anna"}
    assert made["generator"] == {"type": "Software", "name": "known names"}
    assert (back.source, back.start, back.end, back.exact) == (whole.source, 14, 21, "Mr Lang")
    assert (back.kind, back.entity, back.entity_name) == (
        "person", "http://here/entities/1/", "Fritz Lang",
    )  # fmt: skip
    assert (back.comment, back.attributes, back.key) == (whole.comment, whole.attributes, KEY)


def test_what_is_nowhere_has_its_words_alone() -> None:
    [selector] = annotation(shown(start=None, end=None))["target"]["selector"]

    assert selector["type"] == "TextQuoteSelector"


@given(st.text(min_size=1), st.data())
def test_any_words_are_found_where_they_are(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    around = {"prefix": text[max(0, start - 5) : start], "suffix": text[end : end + 5]}
    selector = [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", "exact": words, **around},
    ]
    asked = read(said(target={"source": "http://here/", "selector": selector}))

    if not words.strip():
        with pytest.raises(AnnotationError):
            placed(text, asked)
        return
    first, last = placed(text, asked)

    assert text[first:last] == words.strip()
    assert start <= first < last <= end


@pytest.mark.parametrize(
    ("selector", "place"),
    [
        ({"type": "TextQuoteSelector", "exact": "中文"}, (32, 34)),
        ({"type": "TextQuoteSelector", "exact": "Mr Lang", "prefix": "met "}, (14, 21)),
        ({"type": "TextQuoteSelector", "exact": "Mr Lang", "suffix": "."}, (14, 21)),
        ({"type": "TextPositionSelector", "start": 14, "end": 21}, (14, 21)),
        ({"type": "TextPositionSelector", "start": 13, "end": 22}, (14, 22)),
        # Off by one, as who counts UTF-16 units is behind an emoji: the quote counts.
        ([{"type": "TextPositionSelector", "start": 15, "end": 22},
          {"type": "TextQuoteSelector", "exact": "Mr Lang", "prefix": "met "}], (14, 21)),
        ([{"type": "TextPositionSelector", "start": 0, "end": 7},
          {"type": "TextQuoteSelector", "exact": "Mr Lang"}], (0, 7)),
    ],
)  # fmt: skip
def test_words_are_anchored(selector: Any, place: tuple[int, int]) -> None:
    asked = read(said(target={"source": "http://here/", "selector": selector}))

    assert placed(TEXT, asked) == place


@pytest.mark.parametrize(
    ("selector", "reason"),
    [
        ({"type": "TextQuoteSelector", "exact": "Mr Lang"}, "3 times"),
        ({"type": "TextQuoteSelector", "exact": "Mr Long"}, "do not stand"),
        ({"type": "TextQuoteSelector", "exact": ""}, "do not stand"),
        ({"type": "TextQuoteSelector", "exact": " "}, "times"),
        ({"type": "TextPositionSelector", "start": 5, "end": 5}, "characters"),
        ({"type": "TextPositionSelector", "start": 0, "end": 10**9}, "characters"),
        (None, "Say which words"),
    ],
)
def test_words_that_are_not_sure_are_refused(selector: Any, reason: str) -> None:
    asked = read(said(target={"source": "http://here/", "selector": selector}))

    with pytest.raises(AnnotationError, match=reason):
        placed(TEXT, asked)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"@context": "http://schema.org"}, "@context"), ({"type": "Person"}, "type"),
        ({"rights": "http://…"}, "rights"), ({"motivation": "moderating"}, "motivation"),
        ({"canonical": "http://elsewhere/1"}, "canonical"), ({"canonical": 1}, "canonical"),
        ({"target": []}, "target"), ({"target": ["http://a", "http://b"]}, "target"),
        ({"target": {"source": 1}}, "target.source"),
        ({"target": {"source": "http://a", "state": {}}}, "target.state"),
        ({"target": {"source": "http://a", "selector": {"type": "SvgSelector"}}},
         "target.selector.0.type"),
        ({"target": {"source": "http://a", "selector": "x"}}, "target.selector.0"),
        ({"target": {"source": "http://a",
                     "selector": {"type": "TextPositionSelector", "start": 1.5, "end": 2}}},
         "target.selector.0.start"),
        ({"target": {"source": "http://a", "selector": {"type": "TextQuoteSelector"}}},
         "target.selector.0.exact"),
        ({"body": None}, "body"), ({"body": {"type": "TextualBody", "value": "x"}}, "body"),
        ({"body": [1]}, "body.0"), ({"body": {"type": "Image", "id": "http://a"}}, "body.0"),
        ({"body": {"type": "TextualBody", "value": 1}}, "body.0.value"),
        ({"body": {"type": "TextualBody", "value": "x", "purpose": "moderating"}},
         "body.0.purpose"),
        ({"body": {"type": "TextualBody", "value": "x", "format": "text/html"}}, "body.0.format"),
        ({"body": {"type": "TextualBody", "value": "x", "purpose": "describing",
                   "format": "application/json"}}, "body.0.value"),
        ({"body": [{"source": "http://a"}, {"source": "http://b"}]}, "body.1"),
        ({"body": {"source": "http://a", "selector": {}}}, "body.0.selector"),
        ({"bodyValue": "x"}, "bodyValue"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_named(change: dict[str, Any], path: str) -> None:
    with pytest.raises(AnnotationError) as fault:
        read(said(**change))

    assert fault.value.path == path


@pytest.mark.parametrize("raw", [None, [], "x", 1])
def test_what_is_no_object_is_refused(raw: Any) -> None:
    with pytest.raises(AnnotationError):
        read(raw)


def test_what_the_server_says_itself_is_passed_over() -> None:
    body = said(id="http://mine/1", created="yesterday", creator="me", generator={"name": "x"})

    assert read(body).kind == "person"
