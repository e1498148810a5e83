"""Articles as exports hold them: under the API's keys, in a constant number of queries a batch."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Func, IntegerField
from django.urls import reverse

from articles.export.batches import Batch
from articles.models import CollectionItem, CorrectedField, Correction, Credit, Version
from articles.models.lookups import any_id

type Row = dict[str, Any]

# Texts are loaded until they have so many bytes: an article may be a book.
TEXT_BYTES = 4 * 1024 * 1024
_READ, _CORRECTED = "read", "corrected"
_COLUMNS = (
    "id", "corpus_id", "source_id", "source__name", "external_id", "headline", "standfirst",
    "snippet", "published_at", "published_date", "published_precision", "modified_at",
    "modified_date", "byline", "dateline_place", "dateline_agency", "section", "page", "edition",
    "language", "canonical_url", "word_count", "flags", "version_id", "version__number",
    "version__origin", "version__sha256", "version__first_seen", "version__last_seen",
    "version__capture_id", "version__locator",
)  # fmt: skip


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
class _Loaded:
    """What belongs to the articles of a batch, by article or version."""

    credits: dict[int, list[dict[str, Any]]]
    # Of what people put right, by article and field.
    corrected: dict[tuple[int, str], Any]
    read: dict[int, Mapping[str, Any]]
    texts: dict[int, tuple[str, list[Any]]]
    notes: dict[int, str]


class Rows:
    """Loads batches as rows of ``keys``; ``base`` goes before addresses."""

    def __init__(self, keys: Sequence[str], base: str = "") -> None:
        self._keys = keys
        self._with_text = "text" in keys or "blocks" in keys
        self._api = _Addresses(base, "api:article-detail")
        self._pages = _Addresses(base, "article-detail")
        self._captures = _Addresses(base, "api:capture-detail")

    def of(self, batch: Batch) -> Iterator[list[Row]]:
        """Yield the rows of a batch in its order, as many at a time as their texts allow."""
        found = {values["id"]: values for values in batch.articles().values(*_COLUMNS)}
        place = dict(zip(batch.ids, batch.places, strict=False))
        ordered = [found[id_] for id_ in batch.ids if id_ in found]
        notes = _notes(batch)
        for some in self._within_bounds(ordered, batch.rights.readable):
            loaded = self._load(some, batch.rights.readable, notes)
            rows = []
            for values in some:
                row = self._row(values, loaded, batch.rights.known[values["corpus_id"]])
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
        if not self._with_text:
            yield list(ordered)
            return
        wanted = [row["version_id"] for row in ordered if row["corpus_id"] in readable]
        sizes = dict(
            Version.objects.filter(any_id("id", wanted))
            .order_by()
            .values_list("pk", _Bytes("text"))
        )
        some: list[Row] = []
        size = 0
        for row in ordered:
            size += sizes.get(row["version_id"], 0)
            if some and size > TEXT_BYTES:
                yield some
                some, size = [], sizes.get(row["version_id"], 0)
            some.append(row)
        if some:
            yield some

    def _load(
        self, rows: Sequence[Row], readable: frozenset[int], notes: dict[int, str]
    ) -> _Loaded:
        versions = [row["version_id"] for row in rows]
        may_read = [row["version_id"] for row in rows if row["corpus_id"] in readable]
        return _Loaded(
            credits=_credits(versions) if "credits" in self._keys else {},
            corrected=_corrected([row["id"] for row in rows]),
            read=_read(versions),
            texts=_texts(may_read) if self._with_text else dict.fromkeys(may_read, ("", [])),
            notes=notes,
        )

    def _row(self, values: Row, loaded: _Loaded, corpus: str) -> Row:
        pk, version = values["id"], values["version_id"]
        read = loaded.read[version]
        text, blocks = loaded.texts.get(version, (None, None))
        reads = text is not None
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


def _read(versions: Iterable[int]) -> dict[int, Mapping[str, Any]]:
    found = Version.objects.filter(any_id("id", versions)).order_by()
    return dict(found.values_list("pk", "read"))


def _texts(versions: Iterable[int]) -> dict[int, tuple[str, list[Any]]]:
    found = Version.objects.filter(any_id("id", versions)).order_by()
    return {pk: (text, blocks) for pk, text, blocks in found.values_list("pk", "text", "blocks")}


def _notes(batch: Batch) -> dict[int, str]:
    if batch.collection is None:
        return {}
    items = CollectionItem.objects.filter(any_id("article_id", batch.ids))
    found = items.filter(collection=batch.collection).order_by()
    return dict(found.values_list("article_id", "note"))
