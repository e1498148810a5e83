"""Articles as exports hold them: under the API's keys, in a constant number of queries a batch."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Func, IntegerField, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from articles.export.batches import Batch
from articles.export.tags import KEYS as TAGS
from articles.export.tags import NOTHING, Tags, tags_of
from articles.models import CollectionItem, CorrectedField, Correction, Credit, Version
from articles.models.lookups import any_id

type Row = dict[str, Any]

# Texts are loaded until they have so many bytes: an article may be a book.
TEXT_BYTES = 4 * 1024 * 1024
_LONG_NUMBER = re.compile(r"\d{19}")
_READ, _CORRECTED = "read", "corrected"
_COLUMNS = (
    "id", "corpus_id", "source_id", "source__name", "external_id", "headline", "standfirst",
    "snippet", "published_at", "published_date", "published_precision", "modified_at",
    "modified_date", "byline", "dateline_place", "dateline_agency", "section", "page", "edition",
    "language", "canonical_url", "word_count", "flags", "version_id", "version__number",
    "version__origin", "version__sha256", "version__first_seen", "version__last_seen",
    "version__capture_id", "version__locator",
)  # fmt: skip


_UNTAGGED = Tags()


class _Bytes(Func):
    """How many bytes a text has, as the head of its row says."""

    function = "OCTET_LENGTH"
    output_field = IntegerField()


class _Addresses:
    """Addresses of one kind, without resolving each."""

    def __init__(self, base: str, name: str) -> None:
        before, _, after = reverse(name, args=[0]).rpartition("0")
        self._before, self._after = base + before, after

    def of(self, pk: int) -> str:
        return f"{self._before}{pk}{self._after}"


@dataclass(slots=True)
class _Version:
    """A version that may be read; without text and blocks where they are not wanted."""

    read: Mapping[str, Any]
    text: str = ""
    blocks: Sequence[tuple[str, int, int]] = ()


@dataclass(slots=True)
class _Loaded:
    """What belongs to the articles of a batch, by article or version."""

    credits: dict[int, list[dict[str, Any]]]
    # Of what people put right, by article and field.
    corrected: dict[tuple[int, str], Any]
    read: dict[int, _Version]
    # What was read of versions whose text is not to be shown.
    closed: dict[int, Mapping[str, Any]]


class Rows:
    """Loads batches as rows of ``keys``; ``base`` goes before addresses."""

    def __init__(self, keys: Sequence[str], base: str = "") -> None:
        self._keys = keys
        self._with_text = "text" in keys or "blocks" in keys
        self._with_tags = any(key in keys for key in TAGS)
        self._api = _Addresses(base, "api:article-detail")
        self._pages = _Addresses(base, "article-detail")
        self._captures = _Addresses(base, "api:capture-detail")

    def of(self, batch: Batch) -> Iterator[list[Row]]:
        """Yield the rows of a batch in its order, as many at a time as their texts allow."""
        asked = batch.articles().values(*_COLUMNS, bytes=_Bytes("version__text"))
        found = {values["id"]: values for values in asked}
        place = dict(zip(batch.ids, batch.places, strict=False))
        ordered = [found[id_] for id_ in batch.ids if id_ in found]
        notes = _notes(batch)
        for some in self._within_bounds(ordered, batch.rights.readable):
            loaded = self._load(some, batch.rights.readable)
            tagged = self._tagged(some, batch.rights.told)
            rows = []
            for values in some:
                row = self._row(values, loaded, batch.rights.known[values["corpus_id"]])
                row |= tagged.get(values["id"], NOTHING)
                if batch.collection is not None:
                    row["collection"] = {
                        "id": batch.collection.pk,
                        "name": batch.collection.name,
                        "position": place[values["id"]],
                        "note": notes.get(values["id"]) or None,
                    }
                rows.append({key: row[key] for key in self._keys})
            yield rows

    def _within_bounds(
        self, ordered: Sequence[Row], readable: frozenset[int]
    ) -> Iterator[list[Row]]:
        some: list[Row] = []
        size = 0
        for row in ordered:
            more = row["bytes"] if self._with_text and row["corpus_id"] in readable else 0
            if some and size + more > TEXT_BYTES:
                yield some
                some, size = [], 0
            some.append(row)
            size += more
        if some:
            yield some

    def _load(self, rows: Sequence[Row], readable: frozenset[int]) -> _Loaded:
        open_ones = [row["version_id"] for row in rows if row["corpus_id"] in readable]
        others = [row["version_id"] for row in rows if row["corpus_id"] not in readable]
        read = _versions(open_ones, with_text=self._with_text)
        return _Loaded(
            credits=_credits([*open_ones, *others]) if "credits" in self._keys else {},
            corrected=_corrected([row["id"] for row in rows]),
            read=read,
            closed={pk: found.read for pk, found in _versions(others, with_text=False).items()},
        )

    def _tagged(self, rows: Sequence[Row], told: frozenset[int]) -> dict[int, Row]:
        """Return what is tagged in those of which it may be told."""
        ids = [row["id"] for row in rows if row["corpus_id"] in told]
        if not self._with_tags or not ids:
            return {}
        found = tags_of(ids, self._keys)
        return {pk: found.get(pk, _UNTAGGED).row() for pk in ids}

    def _row(self, values: Row, loaded: _Loaded, corpus: str) -> Row:
        pk, version = values["id"], values["version_id"]
        whole = loaded.read.get(version)
        reads = whole is not None
        read = whole.read if whole else loaded.closed[version]
        text, blocks = (whole.text, whole.blocks) if whole else (None, None)
        corrected = loaded.corrected
        return {
            "id": pk,
            "url": self._api.of(pk),
            "page_url": self._pages.of(pk),
            "external_id": values["external_id"],
            "corpus": {"id": values["corpus_id"], "slug": corpus},
            "source": {"id": values["source_id"], "name": values["source__name"]}
            if values["source_id"]
            else None,
            "headline": values["headline"],
            "standfirst": values["standfirst"],
            "snippet": values["snippet"],
            "key_points": read.get("key_points", []) if reads else None,
            "published": {
                "at": values["published_at"],
                "date": values["published_date"],
                "precision": values["published_precision"],
                "origin": _CORRECTED if (pk, CorrectedField.PUBLISHED) in corrected else _READ,
            }
            if values["published_date"]
            else None,
            "modified": values["modified_at"] or values["modified_date"],
            "modified_date": values["modified_date"],
            "byline": values["byline"],
            "credits": loaded.credits.get(version, []),
            "dateline": _dateline(values["dateline_place"], values["dateline_agency"]),
            "section": values["section"],
            "page": values["page"],
            "edition": values["edition"],
            "language": values["language"],
            "canonical_url": values["canonical_url"],
            "captions": read.get("captions", []) if reads else None,
            "rights": corrected.get((pk, CorrectedField.RIGHTS), read.get("rights")),
            "extra": read.get("extra", {}) if reads else None,
            "text_available": reads,
            "text": text,
            "blocks": [{"kind": kind, "start": start, "end": end} for kind, start, end in blocks]
            if blocks is not None
            else None,
            "word_count": values["word_count"],
            "flags": values["flags"],
            "version": {
                "id": version,
                "number": values["version__number"],
                "origin": values["version__origin"],
                "sha256": values["version__sha256"],
                "first_seen": values["version__first_seen"],
                "last_seen": values["version__last_seen"],
            },
            "capture": self._capture(values) if reads else None,
        }

    def _capture(self, values: Row) -> dict[str, Any] | None:
        pk = values["version__capture_id"]
        if pk is None:
            return None
        return {"id": pk, "url": self._captures.of(pk), "locator": values["version__locator"]}


def _dateline(place: str | None, agency: str | None) -> dict[str, str | None] | None:
    return {"place": place, "agency": agency} if place or agency else None


def _credits(versions: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    found = Credit.objects.standing().filter(any_id("version_id", versions))
    by_version: dict[int, list[dict[str, Any]]] = {}
    for version, kind, name, role, place in found.order_by("version", "position").values_list(
        "version_id", "kind", "name", "role", "place"
    ):
        credit = {"kind": kind, "name": name, "role": role, "place": place}
        by_version.setdefault(version, []).append(credit)
    return by_version


def _corrected(articles: Iterable[int]) -> dict[tuple[int, str], Any]:
    fields = (CorrectedField.PUBLISHED.value, CorrectedField.RIGHTS.value)
    found = Correction.objects.filter(any_id("article_id", articles), field__in=fields).order_by()
    return {
        (article, field): value
        for article, field, value in found.values_list("article_id", "field", "value")
    }


def _versions(versions: Sequence[int], *, with_text: bool) -> dict[int, _Version]:
    if not versions:
        return {}
    found = Version.objects.filter(any_id("id", versions)).order_by()
    # As text: Django would have a slower parser read it.
    read, blocks = Cast("read", TextField()), Cast("blocks", TextField())
    if not with_text:
        return {pk: _Version(_parsed(read)) for pk, read in found.values_list("pk", read)}
    return {
        pk: _Version(_parsed(read), text, orjson.loads(blocks))
        for pk, read, text, blocks in found.values_list("pk", read, "text", blocks)
    }


def _parsed(read: str) -> Mapping[str, Any]:
    # Of whole numbers beyond 64 bits it would make fractions.
    if _LONG_NUMBER.search(read):
        parsed: Mapping[str, Any] = json.loads(read)
        return parsed
    found: Mapping[str, Any] = orjson.loads(read)
    return found


def _notes(batch: Batch) -> dict[int, str]:
    if batch.collection is None:
        return {}
    items = CollectionItem.objects.filter(any_id("article_id", batch.ids))
    found = items.filter(collection=batch.collection).order_by()
    return dict(found.values_list("article_id", "note"))
