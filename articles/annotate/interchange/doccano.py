"""doccano's JSON Lines. Places are UTF-16 units there, since its page draws them by those."""

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
    in_order,
)
from articles.annotate.interchange.units import Units


class Doccano:
    """``text`` with ``label``; with relations, as projects for those have it, with ``entities``."""

    name = "doccano"
    label = "doccano JSON Lines"
    suffix = "jsonl"
    media_type = "application/x-ndjson"
    lacks = (
        "Which entity is meant, attributes, comments, who tagged; suggestions are left out. Places "
        "are UTF-16 units."
    )

    def write(self, articles: Iterable[ArticleTags], losses: Losses) -> Iterator[bytes]:
        """Yield a line an article."""
        for each in articles:
            units = Units(each.text)
            tags = [tag for tag in each.tags if _is_held(tag, losses)]
            numbers = {tag.key: place for place, tag in enumerate(tags, 1)}
            line: dict[str, Any] = {"text": each.text}
            related = [r for r in each.relations if {r.source, r.target} <= numbers.keys()]
            if related:
                line["entities"] = [
                    {
                        "id": place,
                        "label": tag.kind,
                        "start_offset": units.of(tag.start),
                        "end_offset": units.of(tag.end),
                    }
                    for place, tag in enumerate(tags, 1)
                ]
                line["relations"] = [
                    {
                        "id": place,
                        "type": r.kind,
                        "from_id": numbers[r.source],
                        "to_id": numbers[r.target],
                    }
                    for place, r in enumerate(related, 1)
                ]
            else:
                line["label"] = [[units.of(t.start), units.of(t.end), t.kind] for t in tags]
            line["cats"] = [code.value for code in each.codes if code.code != "note"]
            line["Comments"] = [code.value for code in each.codes if code.code == "note"]
            # What doccano does not know it keeps with the text, and gives back.
            line |= {"article": each.article, "sha256": each.sha256}
            yield orjson.dumps(line) + b"\n"

    def read(self, data: bytes) -> Iterator[ArticleTags | UnreadableError]:
        """Yield the article of each line, of either kind of project."""
        for count, line in enumerate(data.splitlines(), 1):
            if not line.strip():
                continue
            try:
                yield _read(an_object(parsed(line, f"Line {count}"), f"Line {count}"), count)
            except UnreadableError as fault:
                yield fault


def _is_held(tag: Tag, losses: Losses) -> bool:
    if tag.status != "accepted":
        losses.note("suggestions", tag.quote)
        return False
    losses.of_tag(tag)
    return True


def _read(fields: Mapping[str, Any], count: int) -> ArticleTags:
    where = f"Line {count}"
    text = words(fields.get("text") or fields.get("data"), f"{where}, text")
    units = Units(text)
    tags, numbers = [], {}
    for place, raw in enumerate(a_list(fields.get("entities"), where)):
        entity = an_object(raw, f"{where}, entities")
        key = str(entity.get("id", place))
        tag = _tag(
            text, units, [entity.get("start_offset"), entity.get("end_offset"),
                          entity.get("label")], where, key,
        )  # fmt: skip
        numbers[key] = tag
        tags.append(tag)
    labels = fields.get("label") if "label" in fields else fields.get("labels")
    tags.extend(_tag(text, units, raw, where, "") for raw in a_list(labels, where))
    meta = an_object(fields.get("meta") or fields.get("metadata") or {}, where)
    relations = [
        RelationOf(words(r.get("type"), where), str(r.get("from_id", "")), str(r.get("to_id", "")))
        for r in (an_object(each, where) for each in a_list(fields.get("relations"), where))
    ]
    return ArticleTags(
        text=text,
        tags=in_order(tags),
        article=known_number(fields.get("article", meta.get("article"))),
        sha256=words(fields.get("sha256", meta.get("sha256")), where),
        relations=[r for r in relations if {r.source, r.target} <= numbers.keys()],
        codes=[
            CodeOf("note", words(value, where))
            for value in a_list(fields.get("Comments"), where)
            if value
        ],
    )


def _tag(text: str, units: Units, raw: Any, where: str, key: str) -> Tag:
    if not isinstance(raw, list) or len(raw) != 3:
        raise UnreadableError(f"{where}: a label is [start, end, name].")
    start = units.point(number(raw[0], f"{where}, start"))
    end = units.point(number(raw[1], f"{where}, end"))
    return Tag(
        start=start,
        end=end,
        quote=text[start:end],
        kind=words(raw[2], f"{where}, label"),
        key=key,
        origin="imported",
    )
