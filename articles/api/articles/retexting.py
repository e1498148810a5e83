"""Texts and borders of articles as editors put them right: read from requests."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from rest_framework.request import Request

from articles.api import checking
from articles.api.articles.correcting import Done, actor, put_right
from articles.api.articles.editing import checked, invalid
from articles.api.articles.records import FIELDS as RECORD
from articles.api.articles.records import SCHEMA as RECORD_SCHEMA
from articles.api.checking import ID, Check, array, described, one_of
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.curation import borders, fields, texts
from articles.models import Article, Door, Operation
from articles.models.lookups import any_id
from articles.parsed import Flag
from articles.text import Block, BlockKind

TEXT: Mapping[str, Check] = {
    name: RECORD[name] for name in ("headline", "standfirst", "key_points", "body", "blocks")
}
TEXT_SCHEMA = {
    **checking.fields(TEXT).schema,
    **{name: RECORD_SCHEMA[name] for name in ("anyOf", "not")},
}
_PARTS = 100
_JOINED = 100
PARTS: Mapping[str, Check] = {
    "parts": described(
        array(RECORD["blocks"], _PARTS, least=2),
        "The blocks of each article: the first stays with this one.",
    ),
    "at": described(
        array(ID, _PARTS, least=1),
        "Numbers of blocks, from 0, each of which begins an article of its own.",
    ),
}
SPLIT_SCHEMA = {
    "oneOf": [
        checking.fields({name: check}, required=(name,)).schema for name, check in PARTS.items()
    ]
}
OTHERS: Mapping[str, Check] = {
    "articles": described(
        array(ID, _JOINED, least=1), "Those whose texts follow this one's, in this order."
    )
}
JOIN_SCHEMA = checking.fields(OTHERS, required=("articles",)).schema
FLAGS: Mapping[str, Check] = {"flags": array(one_of(*Flag), len(Flag), least=1)}
FLAGS_SCHEMA = checking.fields(FLAGS, required=("flags",)).schema
_BLANK_LINES = re.compile(r"\n\s*\n")


def correct_text(request: Request, pk: int) -> Done:
    """Let another text stand for an article; raise Problem."""
    blocks = _blocks_of(checked(request.data, TEXT))
    return put_right(
        request,
        pk,
        lambda article: texts.correct_text(article, blocks, by=actor(request), door=Door.API),
    )


def _blocks_of(values: Mapping[str, Any]) -> list[Block]:
    if "blocks" in values and values.get("body") is not None:
        raise invalid({"blocks": "Send either body or blocks."})
    blocks = [
        Block(kind, values[name])
        for name, kind in (
            ("headline", BlockKind.HEADLINE),
            ("standfirst", BlockKind.STANDFIRST),
        )
        if values.get(name)
    ]
    blocks += [Block(BlockKind.KEY_POINT, line) for line in values.get("key_points", ())]
    paragraphs = _BLANK_LINES.split(values.get("body") or "")
    blocks += [Block(BlockKind.PARAGRAPH, words) for words in paragraphs if words.strip()]
    blocks += _of_records(values.get("blocks", ()))
    if not blocks:
        raise invalid({"body": "An article needs a headline, a body, or blocks that hold one."})
    return blocks


def _of_records(given: Any) -> list[Block]:
    return [Block(BlockKind(block["kind"]), block["text"]) for block in given]


def split(request: Request, pk: int) -> tuple[Done, list[Article]]:
    """Make several articles of one; return it and the new ones. Raises Problem."""
    values = checked(request.data, PARTS)
    if len(values) != 1:
        message = "Send either parts or at."
        raise invalid(dict.fromkeys(values or ["parts"], message))
    made: list[Article] = []

    def do(article: Article) -> Operation:
        parts = [_of_records(part) for part in values.get("parts", ())]
        parts = parts or _cut(texts.blocks_of(texts.standing_version(article)), values["at"])
        operation, new = borders.split(article, parts, by=actor(request), door=Door.API)
        made.extend(new)
        return operation

    return put_right(request, pk, do), made


def _cut(blocks: list[Block], at: list[int]) -> list[list[Block]]:
    beyond = [number for number in at if number >= len(blocks)]
    if beyond:
        message = f"This text has {len(blocks)} blocks; there is no block {beyond[0]}."
        raise Problem(409, f"at: {message}", errors={"at": message})
    edges = [0, *sorted(set(at)), len(blocks)]
    return [blocks[start:end] for start, end in pairwise(edges)]


def join(request: Request, pk: int) -> Done:
    """Let the texts of other articles follow an article's; raise Problem."""
    ids = list(dict.fromkeys(checked(request.data, OTHERS, required=("articles",))["articles"]))

    def do(article: Article) -> Operation:
        rows = Article.objects.visible_to(request.user).filter(any_id("id", ids))
        known = {row.pk: row for row in rows}
        missing = [str(id_) for id_ in ids if id_ not in known]
        if missing:
            message = f"There is no article {', '.join(missing)} that you may see."
            raise Problem(404, message, errors={"articles": message})
        others = [known[id_] for id_ in ids]
        return borders.join(article, others, by=actor(request), door=Door.API)

    return put_right(request, pk, do)


def let_stand(request: Request, pk: int, number: int) -> Done:
    """Let one of an article's versions stand; raise Problem."""

    def do(article: Article) -> Operation | None:
        version = article.versions.filter(number=number).first()
        if version is None:
            raise Problem(404, f"This article has no version {number}.")
        return texts.choose_version(article, version, by=actor(request), door=Door.API)

    return put_right(request, pk, do)


def look_at(request: Request, pk: int) -> Done:
    """Say of flags that someone looked and found no fault; raise Problem."""
    flags = checked(request.data, FLAGS, required=("flags",))["flags"]
    return put_right(
        request,
        pk,
        lambda article: fields.look_at([article.pk], flags, by=actor(request), door=Door.API),
    )


def split_shown(done: Done, made: list[Article], at: Addresses) -> dict[str, Any]:
    """Return what a split answers."""
    return {
        "article": done.shown,
        "made": [{"id": new.pk, "url": at.of("article-detail", new.pk)} for new in made],
    }
