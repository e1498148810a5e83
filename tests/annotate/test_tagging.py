"""Tagging: what is made, what is refused, and who may."""

from uuid import uuid4

import pytest

from articles.annotate import tagging
from articles.annotate.placed import codes_of, placed
from articles.annotate.tagging import NotAllowedError, TaggingError, Wanted
from articles.models import Anchor, Article, Corpus, Door, Entity, Mention, Role
from tests.factories import current, make_article, make_entity, make_member, make_task

TEXT = "Mr. Gladstone spoke in Leeds. Gladstone was cheered."


@pytest.fixture
def article(corpus: Corpus) -> Article:
    return make_article(corpus, paragraphs=(TEXT, "The rest was silence."))


@pytest.fixture
def ann(corpus: Corpus) -> object:
    return make_member(corpus, Role.ANNOTATOR)


def wanted(article: Article, quote: str, kind: str = "person", **fields: object) -> Wanted:
    start = current(article).text.index(quote)
    return Wanted(start=start, end=start + len(quote), quote=quote, kind=kind, **fields)


def test_a_tag_is_where_it_was_made(article: Article, ann) -> None:
    made = tagging.tag(
        article, wanted(article, "Gladstone", entity_name="W. E. Gladstone"), by=ann, door=Door.PAGE
    )

    assert made.made
    [there] = placed(current(article), ann)
    assert (there.quote, there.entity_name, there.is_own) == ("Gladstone", "W. E. Gladstone", True)
    again = tagging.tag(
        article,
        wanted(article, "Gladstone", entity=there.entity_id),
        by=make_member(article.corpus, Role.ANNOTATOR),
        door=Door.PAGE,
    )
    assert not again.made
    assert again.mention.pk == made.mention.pk
    op = tagging.change(made.mention, by=ann, door=Door.PAGE, comment="Sure?")
    assert op is not None
    assert tagging.decide([made.mention], "rejected", by=ann, door=Door.PAGE)
    third = tagging.tag(
        article, wanted(article, "Gladstone", entity=there.entity_id), by=ann, door=Door.PAGE
    )
    assert third.mention.status == "accepted"
    start = current(article).text.index("Mr. Gladstone")
    assert tagging.move(made.mention, start, start + 13, "Mr. Gladstone", by=ann, door=Door.PAGE)
    assert tagging.code(article, "note", ["Look at this"], by=ann, door=Door.PAGE)
    assert [c.value for c in codes_of(article, ann)] == ["Look at this"]
    quote = tagging.tag(article, wanted(article, "was cheered", "quote"), by=ann, door=Door.PAGE)
    assert tagging.relate(quote.mention, made.mention, "speaker", by=ann, door=Door.PAGE)
    assert tagging.remove([made.mention], by=ann, door=Door.PAGE)
    many = tagging.tag_many(
        article.corpus,
        [(article.pk, wanted(article, "Leeds", "place", entity_name="Leeds"))],
        by=ann,
        door=Door.PAGE,
    )
    assert many[0].made
    task = make_task(article.corpus, [article], [ann])
    own = tagging.tag(
        article,
        wanted(article, "Leeds", "place", entity_name="Leeds"),
        by=ann,
        door=Door.PAGE,
        task=task,
    )
    assert own.made
