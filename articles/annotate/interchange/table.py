"""CSV: a row a tag, for spreadsheets; no cell of it is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import orjson

from articles.annotate.interchange.plain_json import an_object, known_number, parsed, words
from articles.annotate.interchange.shape import (
    ArticleTags,
    Losses,
    Tag,
    UnreadableError,
    decoded,
    in_order,
)
from articles.cells import as_written, neutral

COLUMNS = (
    "article", "external_id", "version", "sha256", "headline", "layer", "start", "end", "quote",
    "kind", "entity", "entity_id", "wikidata", "attributes", "comment", "status", "origin",
    "maker", "score", "by", "key",
)  # fmt: skip
_NEEDED = ("article", "start", "end", "quote", "kind")
_MARK = "\ufeff"
# As long as one cell may be.
_CELL = 4 * 1024 * 1024


class Table:
    """A row a tag."""

    name = "csv"
    label = "CSV"
    suffix = "csv"
    media_type = "text/csv; charset=utf-8"
    lacks = "The text, codes of whole articles, relations, ids but Wikidata’s."

    def write(self, articles: Iterable[ArticleTags], losses: Losses) -> Iterator[bytes]:
        """Yield the names of the columns and a row a tag."""
        yield _MARK.encode() + _lines([COLUMNS])
        for each in articles:
            for what, some in (("codes and notes", each.codes), ("relations", each.relations)):
                if some:
                    losses.note(what, times=len(some))
            if each.tags:
                yield _lines([_row(each, tag) for tag in each.tags])

    def read(self, data: bytes) -> Iterator[ArticleTags | UnreadableError]:
        """Yield the tags of each article, from rows that follow each other."""
        try:
            text = decoded(data)
            csv.field_size_limit(_CELL)
            reader = csv.DictReader(io.StringIO(text, newline=""))
            missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
            rows = list(enumerate(reader, 2))
        except csv.Error as fault:
            yield UnreadableError(f"This is no CSV: {fault}.")
            return
        except UnreadableError as fault:
            yield fault
            return
        if missing:
            yield UnreadableError(f"There is no column {', '.join(missing)}.")
            return
        for (article, external, sha), some in groupby(rows, key=lambda row: _whose(row[1])):
            tags: list[Tag] = []
            for count, row in some:
                try:
                    tags.append(_tag(row, f"Row {count}"))
                except UnreadableError as fault:
                    yield fault
            yield ArticleTags(
                text="",
                article=known_number(article),
                external_id=external,
                sha256=sha,
                tags=in_order(tags),
            )


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _row(each: ArticleTags, tag: Tag) -> list[str]:
    return [
        _plain(each.article), neutral(each.external_id), _plain(each.version), each.sha256,
        neutral(each.headline), each.layer, str(tag.start), str(tag.end), neutral(tag.quote),
        tag.kind, neutral(tag.entity), _plain(tag.entity_id), tag.entity_ids.get("wikidata", ""),
        orjson.dumps(dict(tag.attributes)).decode() if tag.attributes else "",
        neutral(tag.comment), tag.status, tag.origin, neutral(tag.maker), _plain(tag.score),
        neutral(tag.by), tag.key,
    ]  # fmt: skip


def _plain(value: float | None) -> str:
    return "" if value is None else str(value)


def _whose(row: dict[str, str]) -> tuple[str, str, str]:
    return row["article"] or "", as_written(row.get("external_id") or ""), row.get("sha256") or ""


def _tag(row: dict[str, str], where: str) -> Tag:
    def cell(name: str) -> str:
        return words(as_written(row.get(name) or ""), f"{where}, {name}")

    try:
        start, end = int(row["start"] or ""), int(row["end"] or "")
        score = float(row["score"]) if row.get("score") else None
    except ValueError as fault:
        raise UnreadableError(f"{where}: start and end are whole numbers.") from fault
    attributes = an_object(parsed(cell("attributes") or "{}", where), f"{where}, attributes")
    return Tag(
        start=start,
        end=end,
        quote=cell("quote"),
        kind=cell("kind"),
        key=cell("key"),
        entity=cell("entity"),
        entity_id=known_number(cell("entity_id")),
        entity_ids={"wikidata": cell("wikidata")} if cell("wikidata") else {},
        attributes=attributes,
        comment=cell("comment"),
        status=cell("status") or "accepted",
        origin=cell("origin") or "imported",
        maker=cell("maker"),
        score=score,
        by=cell("by"),
    )
