"""Codebooks are drafted, published, and never changed from then on."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from articles.annotate.codebooks import codebooks
from articles.annotate.codebooks.codebook import (
    DEFAULT,
    RESERVED_KEYS,
    Attribute,
    CodeKind,
    CodeType,
    Content,
    EntityUse,
    Example,
    Kind,
    RelationKind,
    ValueType,
    as_json,
    read,
)
from articles.annotate.codebooks.codebooks import CodebookRefusedError
from articles.models import Codebook, CodebookVersion, Corpus, Door, Role
from articles.views.tasks.codebook_form import typed_of
from tests.factories import make_member

pytestmark = pytest.mark.django_db

WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30
).filter(str.strip)
SLUGS = st.from_regex(r"[a-z][a-z0-9_-]{0,9}", fullmatch=True)
KEYS = sorted(set("abcdefghijklmnopqrstuvwxyzäßж") - RESERVED_KEYS)
EXAMPLES = st.lists(
    st.builds(Example, WORDS, st.text("abc", max_size=5), st.booleans()), max_size=2
)
ATTRIBUTES = st.one_of(
    st.builds(Attribute, SLUGS, WORDS, st.just(ValueType.TEXT), required=st.booleans()),
    st.builds(Attribute, SLUGS, WORDS, st.just(ValueType.SCALE), lowest=st.integers(-9, 0)),
    st.builds(
        Attribute,
        SLUGS,
        WORDS,
        st.just(ValueType.CHOICE),
        choices=st.lists(WORDS, min_size=2, max_size=4, unique=True).map(tuple),
    ),
)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    slugs = draw(st.lists(SLUGS, max_size=4, unique=True))
    keys = draw(st.permutations(KEYS))
    kinds = [
        Kind(
            slug,
            draw(WORDS),
            draw(st.sampled_from(["", keys.pop()])),
            draw(st.integers(0, 11)),
            entity=draw(st.sampled_from(EntityUse)),
            guideline=draw(st.text("ab\n é", max_size=20)),
            examples=tuple(draw(EXAMPLES)),
            attributes=tuple(
                draw(st.lists(ATTRIBUTES, max_size=2, unique_by=lambda each: each.slug))
            ),
        )
        for slug in slugs
    ]
    named = draw(st.lists(SLUGS.filter(lambda slug: slug != "note"), max_size=2, unique=True))
    codes = [CodeKind(slug, draw(WORDS), keys.pop(), CodeType.FREE) for slug in named]
    relations = [RelationKind("r", draw(WORDS), tuple(slugs[:1]), tuple(slugs[1:]))]
    return Content(tuple(kinds), tuple(codes), tuple(relations), draw(st.text("ab ", max_size=9)))


@pytest.fixture
def lead(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


def published(corpus: Corpus, lead: User, content: Content = DEFAULT, name: str = "Ours") -> Any:
    codebook, _ = codebooks.make(corpus, content, name=name, by=lead, door=Door.PAGE)
    codebooks.publish(codebook, by=lead, door=Door.PAGE)
    return codebook


@given(contents())
def test_a_codebook_survives_its_way_through_json(content: Content) -> None:
    assert read(json.loads(json.dumps(as_json(content)))) == content


@pytest.mark.parametrize("content", [DEFAULT, Content()])
def test_a_codebook_survives_its_way_through_the_form(content: Content) -> None:
    assert typed_of(content).content() == content


def test_a_corpus_has_one_main_codebook_however_often_it_is_asked_for(corpus: Corpus) -> None:
    assert codebooks.main_content(corpus) == DEFAULT
    assert not Codebook.objects.exists()

    first = codebooks.main_version(corpus)

    assert codebooks.main_version(corpus) == first
    assert first.codebook.is_main
    assert codebooks.main_content(corpus) == DEFAULT


def test_the_main_codebook_finds_a_name_beside_others(corpus: Corpus, lead: User) -> None:
    codebooks.make(corpus, DEFAULT, name=codebooks.MAIN_NAME, by=lead, door=Door.PAGE)

    assert codebooks.main_version(corpus).codebook.name == f"{codebooks.MAIN_NAME} 2"


def test_what_is_published_stays_and_the_next_is_a_draft(corpus: Corpus, lead: User) -> None:
    codebook = published(corpus, lead)
    other = replace(DEFAULT, guideline="Another.")

    codebooks.save_draft(codebook, other, by=lead, door=Door.PAGE, note="A guideline")

    first, draft = CodebookVersion.objects.filter(codebook=codebook).order_by("number")
    assert codebooks.content_of(first) == DEFAULT
    assert (draft.number, draft.published_at, draft.note) == (2, None, "A guideline")
    assert codebooks.newest(codebook) == first

    codebooks.publish(codebook, by=lead, door=Door.PAGE)
    found = codebooks.newest(codebook)
    assert found is not None
    assert codebooks.content_of(found) == other


def test_the_main_version_is_the_newest_that_is_published(corpus: Corpus, lead: User) -> None:
    main = codebooks.main_version(corpus)
    changed = replace(DEFAULT, guideline="Another.")

    codebooks.save_draft(main.codebook, changed, by=lead, door=Door.PAGE)
    assert codebooks.main_version(corpus) == main

    codebooks.publish(main.codebook, by=lead, door=Door.PAGE)
    assert codebooks.main_version(corpus).number == 2


def test_of_two_who_change_the_same_the_second_learns_of_the_first(
    corpus: Corpus, lead: User
) -> None:
    codebook = published(corpus, lead)
    newest = codebooks.newest(codebook)
    assert newest is not None
    base = codebooks.state_of(newest)
    mine, other = replace(DEFAULT, guideline="Mine."), replace(DEFAULT, guideline="Other.")

    codebooks.save_draft(codebook, mine, by=lead, door=Door.PAGE, base=base)
    with pytest.raises(CodebookRefusedError, match="meanwhile"):
        codebooks.save_draft(codebook, other, by=lead, door=Door.PAGE, base=base)

    draft = codebooks.draft_of(codebook)
    assert draft is not None
    assert codebooks.content_of(draft) == mine


def test_saving_the_same_again_is_no_act(corpus: Corpus, lead: User) -> None:
    codebook = published(corpus, lead)

    assert codebooks.save_draft(codebook, DEFAULT, by=lead, door=Door.PAGE) is None
    assert codebooks.draft_of(codebook) is None


def test_nothing_is_published_without_a_draft_or_without_a_kind(corpus: Corpus, lead: User) -> None:
    codebook = published(corpus, lead)
    with pytest.raises(CodebookRefusedError, match="no draft"):
        codebooks.publish(codebook, by=lead, door=Door.PAGE)

    codebooks.save_draft(codebook, Content(), by=lead, door=Door.PAGE)
    with pytest.raises(CodebookRefusedError, match="nothing in it"):
        codebooks.publish(codebook, by=lead, door=Door.PAGE)


def test_a_draft_can_be_dropped_but_not_the_only_version(corpus: Corpus, lead: User) -> None:
    codebook = published(corpus, lead)
    codebooks.save_draft(codebook, Content(), by=lead, door=Door.PAGE)

    codebooks.discard_draft(codebook, by=lead, door=Door.PAGE)
    assert codebooks.draft_of(codebook) is None

    alone, _ = codebooks.make(corpus, DEFAULT, name="Alone", by=lead, door=Door.PAGE)
    with pytest.raises(CodebookRefusedError, match="only version"):
        codebooks.discard_draft(alone, by=lead, door=Door.PAGE)


def test_another_codebook_can_become_the_main_one_and_back(corpus: Corpus, lead: User) -> None:
    first = codebooks.main_version(corpus)
    codebook = published(corpus, lead)

    codebooks.make_main(codebook, by=lead, door=Door.PAGE)
    assert codebooks.main_version(corpus).codebook == codebook

    codebooks.make_main(first.codebook, by=lead, door=Door.PAGE)
    assert codebooks.main_version(corpus) == first


def test_only_editors_change_codebooks(corpus: Corpus, lead: User) -> None:
    codebook = published(corpus, lead)
    annotator = make_member(corpus, Role.ANNOTATOR)

    with pytest.raises(CodebookRefusedError, match="editors"):
        codebooks.save_draft(codebook, Content(), by=annotator, door=Door.PAGE)
    with pytest.raises(CodebookRefusedError, match="editors"):
        codebooks.make(corpus, DEFAULT, name="Theirs", by=annotator, door=Door.PAGE)
