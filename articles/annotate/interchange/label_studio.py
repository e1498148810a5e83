"""Label Studio's JSON: a list of tasks with annotations and predictions; places in code points."""

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
    Losses,
    RelationOf,
    Tag,
    UnreadableError,
    decoded,
    in_order,
)
from articles.annotate.interchange.units import Units


class LabelStudio:
    """Tags are ``labels`` regions of ``text``; suggestions are predictions."""

    name = "label-studio"
    label = "Label Studio JSON"
    suffix = "json"
    media_type = "application/json"
    lacks = (
        "Who tagged what. Its labels (from_name `label`, to_name `text`) must stand in the "
        "project's labelling; a region's entity, attributes and comment go in its `meta`."
    )

    def write(self, articles: Iterable[ArticleTags], losses: Losses) -> Iterator[bytes]:
        """Yield a list, an article at a time."""
        first = True
        yield b"["
        for each in articles:
            yield (b"" if first else b",") + b"\n" + orjson.dumps(_written(each, losses))
            first = False
        yield b"\n]\n"

    def read(self, data: bytes) -> Iterator[ArticleTags | UnreadableError]:
        """Yield each task's text and regions."""
        try:
            tasks = a_list(parsed(decoded(data), "The file"), "The file")
        except UnreadableError as fault:
            yield fault
            return
        for count, raw in enumerate(tasks, 1):
            try:
                yield _read(an_object(raw, f"Task {count}"), f"Task {count}")
            except UnreadableError as fault:
                yield fault


def _written(each: ArticleTags, losses: Losses) -> dict[str, Any]:
    for _ in each.codes:
        losses.note("codes and notes of whole articles")
    accepted = [tag for tag in each.tags if tag.status == "accepted"]
    suggested = [tag for tag in each.tags if tag.status == "suggested"]
    keys = {tag.key for tag in accepted}
    result = [_region(tag) for tag in accepted] + [
        {
            "type": "relation",
            "from_id": r.source,
            "to_id": r.target,
            "direction": "right",
            "labels": [r.kind],
        }
        for r in each.relations
        if {r.source, r.target} <= keys
    ]
    return {
        # By which its converter knows tasks; where they come in, it gives numbers of its own.
        **({} if each.article is None else {"id": each.article}),
        "data": {
            "text": each.text,
            "article": each.article,
            "sha256": each.sha256,
            "headline": each.headline,
        },
        "annotations": [{"result": result}],
        "predictions": [
            {"model_version": tag.maker or "newsroom", "score": tag.score, "result": [_region(tag)]}
            for tag in suggested
        ],
    }


def _region(tag: Tag) -> dict[str, Any]:
    said = {
        "entity": tag.entity,
        "entity_id": tag.entity_id,
        "entity_ids": dict(tag.entity_ids),
        "attributes": dict(tag.attributes),
    }
    return {
        "id": tag.key,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {
            "start": tag.start,
            "end": tag.end,
            "text": tag.quote,
            "labels": [tag.kind],
        },
        "meta": {
            "text": [tag.comment] if tag.comment else [],
            **{name: value for name, value in said.items() if value},
        },
    }


def _read(task: Mapping[str, Any], where: str) -> ArticleTags:
    data = an_object(task.get("data") or {}, f"{where}, data")
    text = words(data.get("text"), f"{where}, text")
    tags: list[Tag] = []
    relations: list[RelationOf] = []
    for name, status in (("annotations", "accepted"), ("predictions", "suggested")):
        for raw in a_list(task.get(name), where):
            said = an_object(raw, f"{where}, {name}")
            if said.get("was_cancelled"):
                continue
            for region in a_list(said.get("result"), where):
                _take(an_object(region, where), (text, where, status), tags, relations)
    return ArticleTags(
        text=text,
        tags=in_order(tags),
        relations=relations,
        article=known_number(data.get("article")),
        sha256=words(data.get("sha256"), where),
    )


def _take(
    region: Mapping[str, Any],
    context: tuple[str, str, str],
    tags: list[Tag],
    relations: list[RelationOf],
) -> None:
    text, where, status = context
    if region.get("type") == "relation":
        source, target = words(region.get("from_id"), where), words(region.get("to_id"), where)
        relations.extend(
            RelationOf(words(label, where), source, target)
            for label in a_list(region.get("labels"), where) or ["related"]
        )
        return
    if region.get("type") not in {"labels", "hypertextlabels"}:
        return
    value = an_object(region.get("value") or {}, where)
    start, end = _place(text, value, where)
    meta = an_object(region.get("meta") or {}, where)
    comments = [words(each, where) for each in a_list(meta.get("text"), where)]
    ids = an_object(meta.get("entity_ids") or {}, where)
    tags.extend(
        Tag(
            key=words(region.get("id"), where),
            start=start,
            end=end,
            quote=text[start:end],
            kind=words(label, f"{where}, labels"),
            entity=words(meta.get("entity"), where),
            entity_id=known_number(meta.get("entity_id")),
            entity_ids={words(k, where): words(v, where) for k, v in ids.items()},
            attributes=an_object(meta.get("attributes") or {}, where),
            comment="\n".join(comments),
            status=status,
            origin="imported",
        )
        for label in a_list(value.get("labels") or value.get("hypertextlabels"), where)
    )


def _place(text: str, value: Mapping[str, Any], where: str) -> tuple[int, int]:
    """Return a region's place: older versions counted in UTF-16 units, as its words tell."""
    start = number(value.get("start"), f"{where}, start")
    end = number(value.get("end"), f"{where}, end")
    quote = words(value.get("text"), where)
    if quote and text[start:end] != quote:
        units = Units(text)
        counted = units.point(start), units.point(end)
        if text[counted[0] : counted[1]] == quote:
            return counted
    return start, end
