"""Files of names: a list of people or places that someone has, read and loaded as entities.

A CSV file with a line of headings, or JSON Lines. ``name`` is needed; ``kind`` says what it is,
``aliases`` its other names (in a CSV file parted by ``|``), ``note`` a remark; ``wikidata``,
``viaf``, ``gnd``, ``geonames`` and ``orcid`` are ids elsewhere. Loading a file again changes
nothing.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User

from articles.annotate.entities.entities import EntityRefusedError, kind_word, name_line
from articles.annotate.entities.entity_changes import NOTE_CHARACTERS, read_id
from articles.history.operations import act, done
from articles.models import Act, Corpus, Door, Entity, EntityName, ExternalId, Operation
from articles.models.folding import fold
from articles.text import normalise

BYTES = 100_000_000
ALIASES = 100
SCHEMES = ("wikidata", "viaf", "gnd", "geonames", "orcid")
COLUMNS = ("name", "kind", "aliases", "note", *SCHEMES)
_BATCH = 5_000


class LookupFileError(Exception):
    """Why a file can't be read at all; a sentence."""


class Loaded(StrEnum):
    """What became of a row."""

    CREATED = "created"
    ENRICHED = "enriched"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was read; ``wrong`` says why it can't be used."""

    number: int
    name: str = ""
    kind: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""
    ids: tuple[tuple[str, str], ...] = ()
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of a row, and why."""

    number: int
    name: str
    outcome: Loaded
    message: str = ""


@dataclass(slots=True)
class Report:
    """What became of a file, row by row; ``operation`` takes all of it back."""

    rows: list[RowReport] = field(default_factory=list)
    operation: Operation | None = None

    def number(self, outcome: Loaded) -> int:
        """How many rows came to this."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many rows came to each."""
        return [(outcome.value, self.number(outcome)) for outcome in Loaded]


def read(data: bytes, *, kind: str = "", most: int | None = None) -> list[Row]:
    """Return the rows of a file; ``kind`` is that of rows that say none.

    Raises LookupFileError if it is no such file or has more than ``most`` rows.
    """
    if len(data) > BYTES:
        raise LookupFileError(f"The file is larger than {BYTES // 1_000_000} MB. Load it in parts.")
    try:
        text = data.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError as fault:
        raise LookupFileError("The file is no UTF-8 text. Save it as UTF-8.") from fault
    if not text.strip():
        raise LookupFileError("The file is empty.")
    found: list[Row] = []
    for row in _lines(text, kind) if text.lstrip().startswith("{") else _table(text, kind):
        if most is not None and len(found) == most:
            raise LookupFileError(
                f"The file has more than {most:,} rows. Load it with the command load_names."
            )
        found.append(row)
    return found


def _table(text: str, kind: str) -> Iterator[Row]:
    """Read CSV, with whichever of comma, semicolon and tab the line of headings has most."""
    first = text.splitlines()[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        heads = [head.strip().lower() for head in next(reader)]
        if "name" not in heads:
            raise LookupFileError(
                "The first line must be headings, with name among them. Those that are read: "
                f"{', '.join(COLUMNS)}."
            )
        if len(set(heads)) < len(heads):
            raise LookupFileError("Two columns have the same heading.")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(heads):
                yield Row(reader.line_num, wrong="It has more cells than there are headings.")
                continue
            given: dict[str, Any] = dict(zip(heads, cells, strict=False))
            given["aliases"] = given.get("aliases", "").split("|")
            yield _row(reader.line_num, given, kind)
    except csv.Error as fault:
        raise LookupFileError(f"Line {reader.line_num} can’t be read: {fault}.") from fault


def _lines(text: str, kind: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            json.dumps(given, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            yield Row(number, wrong="This is no JSON.")
            continue
        if not isinstance(given, dict):
            yield Row(number, wrong="This is no JSON object.")
            continue
        yield _row(number, given, kind)


def _row(number: int, given: dict[str, Any], kind: str) -> Row:
    try:
        return Row(
            number,
            name_line(_text(given, "name")),
            kind_word(_text(given, "kind").strip() or kind),
            tuple(name_line(alias) for alias in _aliases(given)),
            _note(given),
            tuple(read_id(s, _text(given, s)) for s in SCHEMES if _text(given, s).strip()),
        )
    except EntityRefusedError as fault:
        name = given.get("name")
        return Row(number, name if isinstance(name, str) else "", wrong=fault.message)


def _aliases(given: dict[str, Any]) -> list[str]:
    aliases = given.get("aliases") or []
    if isinstance(aliases, str):
        aliases = aliases.split("|")
    if not isinstance(aliases, list) or len(aliases) > ALIASES:
        raise EntityRefusedError(f"aliases must be a list of at most {ALIASES} names.")
    return [name for name in (_plain("aliases", alias) for alias in aliases) if name.strip()]


def _note(given: dict[str, Any]) -> str:
    note = normalise(_text(given, "note")).strip()
    if len(note) > NOTE_CHARACTERS:
        raise EntityRefusedError(f"note has at most {NOTE_CHARACTERS:,} characters.")
    return note


def _text(given: dict[str, Any], column: str) -> str:
    return _plain(column, given.get(column))


def _plain(column: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise EntityRefusedError(f"{column} must be text.")


def load(corpus: Corpus, rows: Sequence[Row], *, by: User | None, door: Door) -> Report:
    """Make entities of rows, or add to the known ones what they lack, as one operation.

    A row is a known entity's if an id says so, else if one of its kind goes by its name (or has it
    as an alias) and no id says otherwise. What is known is never overwritten.
    """
    report = Report()
    with act(Act.ENTITY, corpus=corpus, by=by, summary="", door=door) as operation:
        known = _Known(corpus, by)
        for row in rows:
            report.rows.append(known.take(row))
        known.save()
        created, enriched = report.number(Loaded.CREATED), report.number(Loaded.ENRICHED)
        operation.summary = f"A file of names: {created:,} added, {enriched:,} added to"
        operation.size = created + enriched
    report.operation = done(operation)
    return report


class _Known:
    """What a corpus knows, and what a file adds to it, until it is saved."""

    def __init__(self, corpus: Corpus, by: User | None) -> None:
        self.corpus, self.by = corpus, by
        self.entities = {
            entity.pk: entity for entity in Entity.objects.filter(corpus=corpus, task=None)
        }
        self.by_name: dict[tuple[str, str], Entity] = {}
        self.names: dict[int, set[str]] = {}
        self.by_id: dict[tuple[str, str], Entity] = {}
        self.schemes: dict[int, set[str]] = {}
        named = EntityName.objects.filter(corpus=corpus, task=None).order_by("pk")
        for owner, folded in named.values_list("entity_id", "folded"):
            entity = self._standing(owner)
            if entity is not None:
                self._note_name(entity, folded)
        ids = ExternalId.objects.filter(corpus=corpus).order_by("pk")
        for owner, scheme, value in ids.values_list("entity_id", "scheme", "value"):
            entity = self._standing(owner)
            if entity is not None:
                self.by_id[scheme, value] = entity
                self.schemes.setdefault(id(entity), set()).add(scheme)
        self.made: list[Entity] = []
        self.noted: list[Entity] = []
        self.new_names: list[EntityName] = []
        self.new_ids: list[ExternalId] = []

    def _standing(self, pk: int) -> Entity | None:
        entity = self.entities.get(pk)
        if entity is not None and entity.merged_into_id is not None:
            entity = self.entities.get(entity.merged_into_id)
        return entity

    def _note_name(self, entity: Entity, folded: str) -> bool:
        """Note that an entity has a name; return whether that is new."""
        names = self.names.setdefault(id(entity), set())
        if folded in names:
            return False
        names.add(folded)
        other = self.by_name.get((entity.kind, folded))
        if other is None or (fold(other.name) != folded and fold(entity.name) == folded):
            self.by_name[entity.kind, folded] = entity
        return True

    def take(self, row: Row) -> RowReport:
        """Take a row in; return what becomes of it."""
        if row.wrong:
            return RowReport(row.number, row.name, Loaded.REFUSED, row.wrong)
        meant = {id(e): e for e in map(self.by_id.get, row.ids) if e is not None}
        if len(meant) > 1:
            names = " and ".join(entity.name for entity in meant.values())
            return RowReport(
                row.number, row.name, Loaded.REFUSED, f"Its ids are those of {names}: merge them."
            )
        entity = next(iter(meant.values()), None)
        message = ""
        if entity is None:
            entity = self.by_name.get((row.kind, fold(row.name)))
            if entity is not None and self._has_other_id(entity, row):
                message = "made beside one of the same name with another id"
                entity = None
        if entity is None:
            entity = self._make(row)
            self._add(entity, row)
            return RowReport(row.number, row.name, Loaded.CREATED, message)
        added = self._add(entity, row)
        if not added:
            return RowReport(row.number, row.name, Loaded.UNCHANGED)
        return RowReport(row.number, row.name, Loaded.ENRICHED, f"{entity.name}: {added}")

    def _has_other_id(self, entity: Entity, row: Row) -> bool:
        return any(scheme in self.schemes.get(id(entity), ()) for scheme, _ in row.ids)

    def _make(self, row: Row) -> Entity:
        entity = Entity(corpus=self.corpus, kind=row.kind, name=row.name, by=self.by)
        self.made.append(entity)
        return entity

    def _add(self, entity: Entity, row: Row) -> str:
        """Add what a row knows and an entity lacks; return what that was, in words."""
        aliases = 0
        for name in (row.name, *row.aliases):
            folded = fold(name)
            if self._note_name(entity, folded):
                aliases += 1
                self.new_names.append(
                    EntityName(
                        corpus=self.corpus, entity=entity, name=name, folded=folded, by=self.by
                    )
                )
        schemes = self.schemes.setdefault(id(entity), set())
        ids = 0
        for scheme, value in row.ids:
            if scheme not in schemes:
                ids += 1
                schemes.add(scheme)
                self.by_id[scheme, value] = entity
                self.new_ids.append(
                    ExternalId(corpus=self.corpus, entity=entity, scheme=scheme, value=value)
                )
        is_noted = bool(row.note) and not entity.note
        if is_noted:
            entity.note = row.note
            if entity.pk is not None:
                self.noted.append(entity)
        parts = [f"{aliases} names" * bool(aliases), f"{ids} ids" * bool(ids), "note" * is_noted]
        return ", ".join(part for part in parts if part)

    def save(self) -> None:
        """Write what was added."""
        Entity.objects.bulk_create(self.made, batch_size=_BATCH)
        Entity.objects.bulk_update(self.noted, ["note"], batch_size=_BATCH)
        EntityName.objects.bulk_create(self.new_names, batch_size=_BATCH)
        ExternalId.objects.bulk_create(self.new_ids, batch_size=_BATCH)
