"""Newsroom's own JSON Lines: an article a line, with everything."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from articles.annotate.interchange.plain_json import (
    a_list,
    an_object,
    known_number,
    number,
    parsed,
    words,
)
from articles.annotate.interchange.shape import (
    ArticleTags,
    CodeOf,
    Losses,
    RelationOf,
    Tag,
    UnreadableError,
)
from articles.text import BlockKind, Span

_BLOCKS = frozenset(BlockKind)


class Native:
    """An article a line: text, blocks, tags with all that is known of them, codes, relations."""

    name = "jsonl"
    label = "Newsroom JSON Lines"
    suffix = "jsonl"
    media_type = "application/x-ndjson"
    lacks = "Nothing is lost: every field, every overlap."

    def write(self, articles: Iterable[ArticleTags], losses: Losses) -> Iterator[bytes]:  # noqa: ARG002 -- loses nothing
        """Yield a line an article."""
        for each in articles:
            yield orjson.dumps(_written(each)) + b"\n"

    def read(self, data: bytes) -> Iterator[ArticleTags | UnreadableError]:
        """Yield the article of each line."""
        for count, line in enumerate(data.splitlines(), 1):
            if not line.strip():
                continue
            try:
                yield _read(parsed(line, f"Line {count}"), f"Line {count}")
            except UnreadableError as fault:
                yield fault


def _written(each: ArticleTags) -> dict[str, Any]:
    return {
        "article": each.article,
        "external_id": each.external_id or None,
        "version": each.version,
        "sha256": each.sha256,
        "headline": each.headline,
        "language": each.language or None,
        "layer": each.layer,
        "text": each.text,
        "blocks": [[block.kind, block.start, block.end] for block in each.blocks],
        "mentions": [_tag(tag) for tag in each.tags],
        "codes": [{"code": c.code, "value": c.value, "by": c.by} for c in each.codes],
        "relations": [
            {"kind": r.kind, "source": r.source, "target": r.target} for r in each.relations
        ],
    }


def _tag(tag: Tag) -> dict[str, Any]:
    return {
        "key": tag.key,
        "start": tag.start,
        "end": tag.end,
        "quote": tag.quote,
        "kind": tag.kind,
        "entity": {"id": tag.entity_id, "name": tag.entity, "ids": dict(tag.entity_ids)}
        if tag.entity
        else None,
        "attributes": dict(tag.attributes),
        "comment": tag.comment,
        "status": tag.status,
        "origin": tag.origin,
        "maker": tag.maker,
        "score": tag.score,
        "by": tag.by,
    }


def _read(raw: Any, where: str) -> ArticleTags:
    fields = an_object(raw, where)
    return ArticleTags(
        text=words(fields.get("text"), f"{where}, text"),
        article=known_number(fields.get("article")),
        external_id=words(fields.get("external_id"), f"{where}, external_id"),
        version=known_number(fields.get("version")),
        sha256=words(fields.get("sha256"), f"{where}, sha256"),
        headline=words(fields.get("headline"), f"{where}, headline"),
        language=words(fields.get("language"), f"{where}, language"),
        layer=words(fields.get("layer"), f"{where}, layer") or "corpus",
        blocks=[_block(block, where) for block in a_list(fields.get("blocks"), where)],
        tags=[
            _read_tag(tag, f"{where}, mention {place}")
            for place, tag in enumerate(a_list(fields.get("mentions"), where), 1)
        ],
        codes=[_code(code, where) for code in a_list(fields.get("codes"), where)],
        relations=[_relation(each, where) for each in a_list(fields.get("relations"), where)],
    )


def _block(raw: Any, where: str) -> Span:
    match raw:
        case [str(kind), int(start), int(end)] if kind in _BLOCKS and 0 <= start <= end:
            return Span(BlockKind(kind), start, end)
        case _:
            raise UnreadableError(f"{where}: a block is [kind, start, end].")


def _read_tag(raw: Any, where: str) -> Tag:
    fields = an_object(raw, where)
    entity = an_object(fields.get("entity") or {}, f"{where}, entity")
    ids = an_object(entity.get("ids") or {}, f"{where}, entity")
    score = fields.get("score")
    return Tag(
        key=words(fields.get("key"), where),
        start=number(fields.get("start"), f"{where}, start"),
        end=number(fields.get("end"), f"{where}, end"),
        quote=words(fields.get("quote"), f"{where}, quote"),
        kind=words(fields.get("kind"), f"{where}, kind"),
        entity=words(entity.get("name"), f"{where}, entity"),
        entity_id=known_number(entity.get("id")),
        entity_ids={words(k, where): words(v, where) for k, v in ids.items()},
        attributes=_attributes(fields.get("attributes"), where),
        comment=words(fields.get("comment"), f"{where}, comment"),
        status=words(fields.get("status"), where) or "accepted",
        origin=words(fields.get("origin"), where) or "person",
        maker=words(fields.get("maker"), where),
        score=float(score) if isinstance(score, int | float) else None,
        by=words(fields.get("by"), where),
    )


def _attributes(raw: Any, where: str) -> Mapping[str, Any]:
    fields = an_object(raw or {}, f"{where}, attributes")
    for value in fields.values():
        if isinstance(value, str):
            words(value, f"{where}, attributes")
    return fields


def _code(raw: Any, where: str) -> CodeOf:
    fields = an_object(raw, f"{where}, codes")
    return CodeOf(
        words(fields.get("code"), where), words(fields.get("value"), where),
        words(fields.get("by"), where),
    )  # fmt: skip


def _relation(raw: Any, where: str) -> RelationOf:
    fields = an_object(raw, f"{where}, relations")
    return RelationOf(
        words(fields.get("kind"), where), words(fields.get("source"), where),
        words(fields.get("target"), where),
    )  # fmt: skip
