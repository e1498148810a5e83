"""Every format brings back the same characters, of every script, or says what it could not hold."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import spacy
import spacy.tokens
from cassis import load_cas_from_xmi, load_typesystem
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.annotate.interchange.formats import FORMATS
from articles.annotate.interchange.shape import (
    ArticleTags,
    CodeOf,
    Losses,
    RelationOf,
    Tag,
    UnreadableError,
    apart,
    in_order,
)
from articles.annotate.interchange.units import Units
from articles.text import Block, BlockKind, compose

# Emoji with joiners and skin, combining marks, Chinese, Arabic, a bidi mark, quotes, a formula.
WORDS = (
    "Ann", "Doe", "said", "👩🏽‍🚒", "🚒", "e\u0301lan", "北京", "العربية", "\u200fشيء", "=1+1",
    "O’Hara", "x\u0302y", "𝔘𝔫", "<b>", '"q"', "a_b", "-", "…", "ﬁn", "\u200d",
)  # fmt: skip
KINDS = ("person", "place", "quote")


@st.composite
def articles(draw: st.DrawFn) -> ArticleTags:
    """Return an article of a few blocks, with tags that may overlap, each within a block."""
    lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
    made = compose(
        Block(BlockKind.PARAGRAPH, line) for line in draw(st.lists(lines, min_size=1, max_size=4))
    )
    text = made.text
    tags: dict[tuple[int, int, str], Tag] = {}
    for _ in range(draw(st.integers(0, 6))):
        if not made.spans:
            break
        block = draw(st.sampled_from(made.spans))
        start = draw(st.integers(block.start, block.end - 1))
        end = draw(st.integers(start + 1, block.end))
        quote = text[start:end]
        if quote.strip() == quote and not quote.isspace():
            kind = draw(st.sampled_from(KINDS))
            tags[start, end, kind] = Tag(
                start=start, end=end, quote=quote, kind=kind, key=f"k{len(tags)}"
            )
    return ArticleTags(
        text=text, tags=in_order(tags.values()), article=draw(st.integers(1, 10**6)),
        sha256="0" * 64, blocks=made.spans,
    )  # fmt: skip


def back(name: str, *some: ArticleTags) -> tuple[list[ArticleTags], Losses]:
    """Return what a format reads of what it wrote."""
    losses = Losses()
    data = b"".join(FORMATS[name].write(some, losses))
    found = []
    for each in FORMATS[name].read(data):
        assert isinstance(each, ArticleTags), each
        found.append(each)
    return found, losses


def places(each: ArticleTags) -> list[tuple[int, int, str, str]]:
    return sorted((tag.start, tag.end, tag.quote, tag.kind) for tag in each.tags)


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in {"conll", "csv"}])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(article=articles())
def test_text_and_places_come_back_as_they_were(name: str, article: ArticleTags) -> None:
    found, _ = back(name, article)

    assert [each.text for each in found] == [article.text]
    assert [each.article for each in found] == [article.article]
    assert places(found[0]) == places(article)


@settings(max_examples=30, deadline=None)
@given(article=articles())
def test_a_table_brings_back_the_places(article: ArticleTags) -> None:
    found, _ = back("csv", article)

    assert [place for each in found for place in places(each)] == places(article)


@settings(max_examples=50, deadline=None)
@given(article=articles())
def test_columns_bring_back_the_words_and_what_does_not_overlap(article: ArticleTags) -> None:
    found, losses = back("conll", article)

    kept = apart(article.tags, Losses())
    assert "".join(found[0].text.split()) == "".join(article.text.split())
    assert ["".join(tag.quote.split()) for tag in found[0].tags] == [
        "".join(tag.quote.split()) for tag in kept
    ]
    assert [tag.kind for tag in found[0].tags] == [tag.kind for tag in kept]
    assert losses.counts.total() == len(article.tags) - len(kept)


@given(text=st.text(st.sampled_from("ab🚒𝔘é\u0301")), data=st.data())
def test_units_and_code_points_are_one_another(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))

    assert Units(text).of(place) == len(text[:place].encode("utf-16-le")) // 2
    assert Units(text).point(Units(text).of(place)) == place


FULL = ArticleTags(
    text="“We leave,” said Ann Doe in Paris.",
    article=7,
    version=2,
    sha256="a" * 64,
    headline="=Leave",
    language="en",
    tags=(
        Tag(
            start=0, end=11, quote="“We leave,”", kind="quote", key="q",
            attributes={"stance": "for", "certainty": 3}, comment="Sure?\nYes", by="mo",
        ),
        Tag(
            start=17, end=24, quote="Ann Doe", kind="person", key="p", entity="Ann Doe",
            entity_id=12, entity_ids={"wikidata": "Q42"},
        ),
        Tag(start=28, end=33, quote="Paris", kind="place", key="l", status="suggested", score=0.5),
    ),
    codes=(CodeOf("frame", "economy"), CodeOf("note", "To read")),
    relations=(RelationOf("speaker", "q", "p"),),
)  # fmt: skip


def test_newsrooms_own_form_loses_nothing() -> None:
    found, losses = back("jsonl", FULL)

    assert [replace(found[0], tags=tuple(found[0].tags), codes=tuple(found[0].codes),
                    relations=tuple(found[0].relations), blocks=())] == [FULL]  # fmt: skip
    assert not losses.counts


@pytest.mark.parametrize(
    ("name", "lost"),
    [
        ("doccano", {"attributes", "comments", "entities", "suggestions"}),
        ("conll", {"attributes", "comments", "entities", "suggestions", "relations",
                   "codes and notes"}),
        ("spacy", {"attributes", "comments", "suggestions", "relations", "codes and notes"}),
        ("brat", {"suggestions", "codes and notes"}),
        ("uima", {"relations", "codes and notes"}),
        ("label-studio", {"codes and notes of whole articles"}),
        ("csv", {"relations", "codes and notes"}),
    ],
)  # fmt: skip
def test_what_a_format_can_not_hold_is_counted(name: str, lost: set[str]) -> None:
    assert set(back(name, FULL)[1].counts) == lost


@pytest.mark.parametrize("name", ["label-studio", "brat", "uima", "csv"])
def test_what_is_said_of_a_tag_comes_back(name: str) -> None:
    tags = {tag.start: tag for each in back(name, FULL)[0] for tag in each.tags}

    quote, person = tags[0], tags[17]
    assert quote.attributes["stance"] == "for"
    assert quote.comment.split() == ["Sure?", "Yes"]
    assert person.entity == "Ann Doe"
    assert person.entity_ids == {"wikidata": "Q42"}


@pytest.mark.parametrize("name", ["label-studio", "brat", "doccano", "jsonl"])
def test_relations_come_back_between_the_same_tags(name: str) -> None:
    (each,), _ = back(name, FULL)
    by_key = {tag.key: tag for tag in each.tags}

    (relation,) = each.relations
    assert relation.kind == "speaker"
    assert by_key[relation.source].quote == "“We leave,”"
    assert by_key[relation.target].quote == "Ann Doe"


def test_spacy_reads_entities_with_what_they_are_known_as() -> None:
    data = b"".join(FORMATS["spacy"].write([FULL], Losses()))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        raw = archive.read("part-0001.spacy")
    (doc,) = (
        spacy.tokens.DocBin(store_user_data=True).from_bytes(raw).get_docs(spacy.blank("en").vocab)
    )

    assert doc.text == FULL.text
    assert [(span.text, span.label_, span.kb_id_) for span in doc.ents] == [
        ("“We leave,”", "quote", ""), ("Ann Doe", "person", "Q42"),
    ]  # fmt: skip


def test_cassis_reads_entities_at_their_words(tmp_path: Path) -> None:
    article = replace(FULL, text="🚒" + FULL.text, tags=[_later(tag) for tag in FULL.tags])
    data = b"".join(FORMATS["uima"].write([article], Losses()))
    zipfile.ZipFile(io.BytesIO(data)).extractall(tmp_path)
    with (tmp_path / "TypeSystem.xml").open("rb") as types:
        system = load_typesystem(types)
    raw = (tmp_path / "7.xmi").read_bytes()
    cas = load_cas_from_xmi(io.BytesIO(raw), typesystem=system)

    (named,) = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    assert named.get_covered_text() == "Ann Doe"
    assert named.identifier == "http://www.wikidata.org/entity/Q42"
    # In the file itself places are UTF-16 units: the emoji takes two.
    assert b'begin="19" end="26"' in raw


def _later(tag: Tag) -> Tag:
    return replace(tag, start=tag.start + 1, end=tag.end + 1)


def test_doccano_is_given_units_of_its_page() -> None:
    article = ArticleTags(
        text="🚒 Ann", tags=[Tag(start=2, end=5, quote="Ann", kind="person", key="k")]
    )
    line = json.loads(b"".join(FORMATS["doccano"].write([article], Losses())))

    assert line["label"] == [[3, 6, "person"]]


def test_an_older_label_studio_that_counted_units_is_understood() -> None:
    region = {
        "id": "x", "from_name": "label", "to_name": "text", "type": "labels",
        "value": {"start": 3, "end": 6, "text": "Ann", "labels": ["person"]},
    }  # fmt: skip
    raw = json.dumps([{"data": {"text": "🚒 Ann"}, "annotations": [{"result": [region]}]}])

    (each,) = FORMATS["label-studio"].read(raw.encode())
    assert isinstance(each, ArticleTags)
    assert places(each) == [(2, 5, "Ann", "person")]


def test_label_studios_tasks_are_numbered_as_its_converter_needs() -> None:
    tasks = json.loads(b"".join(FORMATS["label-studio"].write([FULL], Losses())))

    assert [task["id"] for task in tasks] == [FULL.article]


def test_brat_files_have_a_line_a_tag_with_its_words() -> None:
    data = b"".join(FORMATS["brat"].write([FULL], Losses()))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("7.txt").decode() == FULL.text
        lines = archive.read("7.ann").decode().splitlines()

    assert "T2\tperson 17 24\tAnn Doe" in lines
    assert "N1\tReference T2 Wikidata:Q42\tAnn Doe" in lines
    assert "R1\tspeaker Arg1:T1 Arg2:T2" in lines
    assert "A1\tstance T1 for" in lines


BAD: list[tuple[str, Any]] = [
    ("jsonl", b'{"text": "a", "mentions": [{"start": -1}]}'),
    ("jsonl", b'{"text": "a\\u0000"}'),
    ("jsonl", b"[" * 100_000),
    ("jsonl", b"nonsense"),
    ("csv", b"a,b\n1,2\n"),
    ("csv", b"\xff\xfe"),
    ("doccano", b'{"text": "a", "label": [[1]]}'),
    ("doccano", b'{"text": 1}'),
    ("label-studio", b'{"data": 1}'),
    ("label-studio", b'[{"data": {"text": "a"}, "annotations": [{"result": [1]}]}]'),
    ("conll", b"\xff"),
    ("conll", b"alone\n"),
    ("brat", b"no zip"),
    ("spacy", b"no docs"),
    ("uima", b"no zip"),
]


@pytest.mark.parametrize(("name", "data"), BAD)
def test_what_can_not_be_read_says_so(name: str, data: bytes) -> None:
    found = list(FORMATS[name].read(data))

    assert any(isinstance(each, UnreadableError) and str(each) for each in found)


def test_one_bad_line_does_not_cost_the_others() -> None:
    good = b"".join(FORMATS["jsonl"].write([FULL], Losses()))

    found = list(FORMATS["jsonl"].read(good + b"{\n" + good))

    assert [type(each) for each in found] == [ArticleTags, UnreadableError, ArticleTags]
