"""A codebook is read strictly, and written so that reading it gives the same."""

import json
from typing import Any

import pytest

from articles.annotate.codebooks.codebook import (
    DEFAULT,
    RESERVED_KEYS,
    CodebookError,
    Content,
    Kind,
    as_json,
    read,
)


def kind(**fields: Any) -> dict[str, Any]:
    return {"slug": "person", "name": "Person"} | fields


def test_the_first_codebook_reads_back_as_it_was_written() -> None:
    written = json.loads(json.dumps(as_json(DEFAULT)))

    assert read(written) == DEFAULT


def test_nothing_at_all_is_an_empty_codebook() -> None:
    assert read({}) == Content()


def test_a_kind_needs_no_more_than_a_slug_and_a_name() -> None:
    assert read({"kinds": [kind()]}).kinds == (Kind(slug="person", name="Person"),)


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ([], ""),
        ("text", ""),
        (None, ""),
        ({"kindz": []}, "kindz"),
        ({"kinds": {}}, "kinds"),
        ({"kinds": [3]}, "kinds[0]"),
        ({"kinds": [kind(slug="")]}, "kinds[0].slug"),
        ({"kinds": [kind(slug="Person")]}, "kinds[0].slug"),
        ({"kinds": [kind(slug="a" * 41)]}, "kinds[0].slug"),
        ({"kinds": [kind(slug="person\n")]}, "kinds[0].slug"),
        ({"kinds": [kind(), kind()]}, "kinds[1].slug"),
        ({"kinds": [kind(name=" ")]}, "kinds[0].name"),
        ({"kinds": [kind(name="a\0b")]}, "kinds[0].name"),
        ({"kinds": [kind(name="a\ud800b")]}, "kinds[0].name"),
        ({"kinds": [kind(name=3)]}, "kinds[0].name"),
        ({"kinds": [kind(key="pp")]}, "kinds[0].key"),
        ({"kinds": [kind(key="P")]}, "kinds[0].key"),
        ({"kinds": [kind(key="1")]}, "kinds[0].key"),
        ({"kinds": [kind(key="j")]}, "kinds[0].key"),
        ({"kinds": [kind(key="p"), kind(slug="b", key="p")]}, "kinds[1].key"),
        ({"kinds": [kind(colour=12)]}, "kinds[0].colour"),
        ({"kinds": [kind(colour=-1)]}, "kinds[0].colour"),
        ({"kinds": [kind(colour=True)]}, "kinds[0].colour"),
        ({"kinds": [kind(colour=1.0)]}, "kinds[0].colour"),
        ({"kinds": [kind(passage="yes")]}, "kinds[0].passage"),
        ({"kinds": [kind(entity="maybe")]}, "kinds[0].entity"),
        ({"kinds": [kind(passage=True, entity="optional")]}, "kinds[0].entity"),
        ({"kinds": [kind(examples=[{"text": ""}])]}, "kinds[0].examples[0].text"),
        ({"kinds": [kind(attributes=[{}])]}, "kinds[0].attributes[0].type"),
        (
            {"kinds": [kind(attributes=[{"slug": "s", "name": "S", "type": "choice"}])]},
            "kinds[0].attributes[0].choices",
        ),
        (
            {
                "kinds": [
                    kind(attributes=[{"slug": "s", "name": "S", "type": "scale", "lowest": 5}])
                ]
            },
            "kinds[0].attributes[0].highest",
        ),
        (
            {
                "kinds": [
                    kind(attributes=[{"slug": "s", "name": "S", "type": "text", "choices": ["a"]}])
                ]
            },
            "kinds[0].attributes[0].choices",
        ),
        ({"codes": [{"slug": "t", "name": "T"}]}, "codes[0].type"),
        ({"codes": [{"slug": "t", "name": "T", "type": "single"}]}, "codes[0].choices"),
        (
            {"codes": [{"slug": "t", "name": "T", "type": "single", "choices": ["a", "a"]}]},
            "codes[0].choices[1]",
        ),
        ({"codes": [{"slug": "note", "name": "N", "type": "free"}]}, "codes[0].slug"),
        (
            {"kinds": [kind(key="p")], "codes": [kind(slug="t", key="p", type="free")]},
            "codes[0].key",
        ),
        (
            {"relations": [{"slug": "r", "name": "R", "sources": ["nobody"]}]},
            "relations[0].sources[0]",
        ),
        ({"kinds": [kind(slug=f"k{n}") for n in range(201)]}, "kinds"),
        ({"guideline": "x" * 10_001}, "guideline"),
    ],
)
def test_what_a_codebook_cannot_hold_is_named_by_its_place(raw: Any, path: str) -> None:
    with pytest.raises(CodebookError) as caught:
        read(raw)

    assert caught.value.path == path
    assert caught.value.message.endswith(".")


def test_no_key_of_the_first_codebook_is_the_readers() -> None:
    keys = {kind.key for kind in DEFAULT.kinds}

    assert {"p", "o", "l", "v"} <= keys
    assert not keys & RESERVED_KEYS


def test_an_example_tells_what_is_tagged_in_it() -> None:
    example = DEFAULT.kinds[0].examples[0]

    assert example.parts == (("Mr. ", False), ("Gladstone", True), (" rose amid cheers.", False))
