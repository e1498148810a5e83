"""Changes of rows in the words of their fields: ``Published: 19 March 1932 → 1 April 1932``."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from articles.history.events import RowChange, State
from articles.history.field_words import words
from articles.history.link_words import LinkWords
from articles.history.names import Names, Thing
from articles.history.readings import readings
from articles.history.tag_words import TagWords
from articles.history.told import NONE, Told
from articles.models import (
    Access,
    AgencyAlias,
    Codebook,
    Collection,
    CollectionItem,
    Corpus,
    CorrectedField,
    Correction,
    DistinctNames,
    Entity,
    Invitation,
    Membership,
    NameKind,
    Person,
    Role,
    Sharing,
    Source,
    SourceAlias,
    Task,
    TextCorrection,
)

__all__ = ["NONE", "Change", "Told", "sentences", "tell"]


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to one object: ``what`` is ``made``, ``changed`` or ``removed``."""

    about: Thing
    what: str
    told: Sequence[Told]
    at: datetime
    context: UUID | None


def tell(rows: Sequence[RowChange]) -> list[Change]:
    """Return changes of rows in words, in their order, in a few queries."""
    telling = _Telling(Names(rows), readings(rows))
    return [
        Change(
            telling.about(row),
            "made" if row.before is None else "removed" if row.after is None else "changed",
            list(telling.told(row)),
            row.at,
            row.context,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class _Telling:
    names: Names
    # What was read of the corrected fields, by correction and moment.
    readings: Mapping[tuple[int, datetime], Any]

    def about(self, row: RowChange) -> Thing:
        """Return what a row's change is about."""
        about: Mapping[type[models.Model], Callable[[RowChange], Thing]] = {
            Correction: lambda row: self.names.article(row.state["article_id"]),
            TextCorrection: lambda row: self.names.article(row.state["article_id"]),
            Source: lambda row: self.names.source(row.id, known_as=row.state["name"]),
            SourceAlias: lambda row: self.names.source(row.state["source_id"]),
            Person: lambda row: self.names.author(row.id, known_as=row.state["name"]),
            Membership: lambda row: self.names.user(row.state["user_id"]),
            Invitation: _invitation,
            AgencyAlias: lambda row: Thing("agency", row.id, row.state["name"]),
            Corpus: lambda row: self.names.corpus(row.id),
            DistinctNames: _names,
            Collection: lambda row: self.names.collection(row.id, known_as=row.state["name"]),
            CollectionItem: lambda row: self.names.article(row.state["article_id"]),
            **TagWords(self.names).about(),
            **LinkWords(self.names).about(),
        }
        return about[row.model](row)

    def told(self, row: RowChange) -> Iterator[Told]:
        """Yield the fields of a row that changed."""
        told: Mapping[type[models.Model], Callable[[RowChange], Iterator[Told]]] = {
            Correction: self._correction,
            TextCorrection: self._text,
            SourceAlias: self._alias,
            Membership: self._membership,
            DistinctNames: self._apart,
            CollectionItem: self._item,
            **TagWords(self.names).told(),
            **LinkWords(self.names).told(),
        }
        yield from told.get(row.model, self._plain)(row)

    def _correction(self, row: RowChange) -> Iterator[Told]:
        field = CorrectedField(row.state["field"])
        read = self.readings.get((row.id, row.at))
        before = row.before["value"] if row.before else read
        after = row.after["value"] if row.after else read
        if before != after:
            in_words = words(field, before), words(field, after)
            yield Told(field.value, field.label, *in_words, (before, after))

    def _text(self, row: RowChange) -> Iterator[Told]:
        before, after = self._text_in_words(row.before), self._text_in_words(row.after)
        if before != after:
            values = tuple(
                state and {"version": state["version_id"], "joined_into": state["joined_into_id"]}
                for state in (row.before, row.after)
            )
            yield Told("text", "Text", before, after, (values[0], values[1]))

    def _text_in_words(self, state: State | None) -> str:
        if state is None:
            return "as read"
        if state["joined_into_id"] is not None:
            return f"joined to “{self.names.article(state['joined_into_id']).name}”"
        return self.names.version(state["version_id"])

    def _alias(self, row: RowChange) -> Iterator[Told]:
        name = row.state["printed"]
        values = tuple(state and state["source_id"] for state in (row.before, row.after))
        before, after = (self.names.source(id_).name if id_ else NONE for id_ in values)
        label = f"Name “{name}”"
        said = f"{label} moved from {before} to {after}"
        if row.before is None:
            said = f"{label}: new, of {after}"
        if row.after is None:
            said = f"{label}: removed from {before}"
        if values[0] != values[1]:
            yield Told("alias", label, before, after, (values[0], values[1]), said)

    def _membership(self, row: RowChange) -> Iterator[Told]:
        values = tuple(state and state["role"] for state in (row.before, row.after))
        before, after = (Role(role).label if role else "no member" for role in values)
        label = f"Role of {self.names.user(row.state['user_id']).name}"
        yield Told("role", label, before, after, (values[0], values[1]))

    def _apart(self, row: RowChange) -> Iterator[Told]:
        known = row.before is not None, row.after is not None
        before, after = ("different" if each else "perhaps the same" for each in known)
        yield Told("different", "They are", before, after, known)

    def _item(self, row: RowChange) -> Iterator[Told]:
        """Yield that an article came into a collection or left it, and what was noted on it."""
        name = self.names.collection(row.state["collection_id"]).name
        there = row.before is not None, row.after is not None
        if there[0] != there[1]:
            said = f"Put into “{name}”" if there[1] else f"Taken out of “{name}”"
            before, after = ("in" if each else "not in" for each in there)
            yield Told("collection", f"In “{name}”", before, after, there, said)
        noted = tuple((state or {}).get("note") or "" for state in (row.before, row.after))
        if noted[0] != noted[1]:
            label = f"Note in “{name}”"
            yield Told("note", label, noted[0] or NONE, noted[1] or NONE, (noted[0], noted[1]))

    def _plain(self, row: RowChange) -> Iterator[Told]:
        """Yield fields that need no words but their own."""
        for name, (label, in_words) in _FIELDS[row.model].items():
            before, after = (
                state[name] if state is not None else None for state in (row.before, row.after)
            )
            if before != after and (before or after):
                said = in_words(self.names, before), in_words(self.names, after)
                yield Told(name.removesuffix("_id"), label, *said, (before, after))


def _invitation(row: RowChange) -> Thing:
    role = Role(row.state["role"]).label.lower()
    note = f" for {row.state['note']}" if row.state["note"] else ""
    return Thing("invitation", row.id, f"Invitation as {role}{note}")


def _names(row: RowChange) -> Thing:
    kind = "source" if row.state["kind"] == NameKind.SOURCE else "author"
    return Thing(kind, None, f"“{row.state['first']}” and “{row.state['second']}”")


type _Words = Callable[[Names, Any], str]


def _as_it_is(_names: Names, value: Any) -> str:
    return str(value) if value else NONE


def _list(_names: Names, value: Any) -> str:
    return ", ".join(value) if value else NONE


def _moment(_names: Names, value: Any) -> str:
    return f"{value.day} {value:%B %Y, %H:%M} UTC" if value else NONE


def _source(names: Names, value: Any) -> str:
    return names.source(value).name if value else NONE


def _author(names: Names, value: Any) -> str:
    return names.author(value).name if value else NONE


def _user(names: Names, value: Any) -> str:
    return names.user(value).name if value else NONE


def _shared(_names: Names, value: Any) -> str:
    return "with the members" if value else "with nobody"


def _entity(names: Names, value: Any) -> str:
    return names.entity(value).name if value else NONE


def _yes(_names: Names, value: Any) -> str:
    return "yes" if value else "no"


def _choice(choices: type[models.TextChoices]) -> _Words:
    return lambda _names, value: str(choices(value).label) if value else NONE


_FIELDS: Mapping[type[models.Model], Mapping[str, tuple[str, _Words]]] = {
    Corpus: {
        "name": ("Name", _as_it_is),
        "description": ("Description", _as_it_is),
        "access": ("Access", _choice(Access)),
    },
    Collection: {
        "name": ("Name", _as_it_is),
        "note": ("Note", _as_it_is),
        "shared": ("Shared", _shared),
    },
    Source: {
        "name": ("Name", _as_it_is),
        "domains": ("Domains", _list),
        "country": ("Country", _as_it_is),
        "languages": ("Languages", _list),
        "merged_into_id": ("Merged into", _source),
    },
    Person: {
        "name": ("Name", _as_it_is),
        "same_as_id": ("Another name of", _author),
    },
    AgencyAlias: {
        "name": ("Agency", _as_it_is),
        "alias": ("Printed as", _as_it_is),
    },
    Invitation: {
        "role": ("Role", _choice(Role)),
        "expires_at": ("Ends", _moment),
        "accepted_by_id": ("Accepted by", _user),
        "revoked_at": ("Taken back", _moment),
    },
    Entity: {
        "name": ("Name", _as_it_is),
        "kind": ("Kind", _as_it_is),
        "note": ("Note", _as_it_is),
        "merged_into_id": ("Merged into", _entity),
    },
    Codebook: {
        "name": ("Name", _as_it_is),
        "note": ("Note", _as_it_is),
        "is_main": ("Main codebook", _yes),
    },
    Task: {
        "name": ("Name", _as_it_is),
        "instructions": ("Instructions", _as_it_is),
        "sharing": ("Shared out", _choice(Sharing)),
        "overlap": ("People an article", _as_it_is),
        "blind": ("Blind", _yes),
        "blind_until": ("Opened", _moment),
        "suggestions": ("With suggestions", _yes),
        "closed_at": ("Closed", _moment),
    },
}


def sentences(changes: Iterable[Change]) -> list[str]:
    """Return changes as sentences, each field's on its own."""
    return [told.sentence for change in changes for told in change.told]
