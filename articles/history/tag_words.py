"""Changes of tags and of all that belongs to them, in words, as ``telling`` says of other rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from articles.history.events import RowChange, State
from articles.history.names import Names, Thing
from articles.history.told import NONE, Told
from articles.models import (
    Adjudication,
    Anchor,
    Assignment,
    AssignmentStatus,
    Code,
    Codebook,
    CodebookVersion,
    DistinctEntities,
    Entity,
    EntityName,
    ExternalId,
    Mention,
    MentionStatus,
    Placing,
    Relation,
    Task,
    TaskItem,
)

_QUOTED = 80


@dataclass(frozen=True, slots=True)
class TagWords:
    """Says what changes of tags are about, and what changed."""

    names: Names

    def about(self) -> Mapping[type[models.Model], Callable[[RowChange], Thing]]:
        """Return, for each table, what says what a change is about."""
        names = self.names
        return {
            Entity: lambda row: names.entity(row.id, known_as=row.state["name"]),
            EntityName: lambda row: names.entity(row.state["entity_id"]),
            ExternalId: lambda row: names.entity(row.state["entity_id"]),
            DistinctEntities: self._two,
            Codebook: lambda row: names.codebook(row.id, known_as=row.state["name"]),
            CodebookVersion: lambda row: names.codebook(row.state["codebook_id"]),
            Task: lambda row: names.task(row.id, known_as=row.state["name"]),
            TaskItem: lambda row: names.article(row.state["article_id"]),
            Assignment: lambda row: names.article(names.given(row.state["item_id"])),
            Adjudication: lambda row: names.article(names.given(row.state["item_id"])),
            Mention: lambda row: names.article(row.state["article_id"]),
            Anchor: lambda row: names.article(names.article_of(row.state["version_id"])),
            Code: lambda row: names.article(row.state["article_id"]),
            Relation: lambda row: names.article(row.state["article_id"]),
        }

    def told(self) -> Mapping[type[models.Model], Callable[[RowChange], Iterator[Told]]]:
        """Return, for each table, what yields the fields that changed."""
        return {
            EntityName: self._name,
            ExternalId: self._external_id,
            DistinctEntities: self._distinct,
            CodebookVersion: self._codebook_version,
            TaskItem: self._item,
            Assignment: self._assignment,
            Adjudication: self._adjudication,
            Mention: self._mention,
            Anchor: self._anchor,
            Code: self._code,
            Relation: self._relation,
        }

    def _two(self, row: RowChange) -> Thing:
        first, second = (
            self.names.entity(row.state[end]).name for end in ("first_id", "second_id")
        )
        return Thing("entity", None, f"“{first}” and “{second}”")

    def _name(self, row: RowChange) -> Iterator[Told]:
        yield from _either(row, "name", "Name", lambda state: state["name"])

    def _external_id(self, row: RowChange) -> Iterator[Told]:
        yield from _either(
            row, "external_id", "Id elsewhere", lambda state: f"{state['scheme']}:{state['value']}"
        )

    def _distinct(self, row: RowChange) -> Iterator[Told]:
        known = row.before is not None, row.after is not None
        before, after = ("different" if each else "perhaps the same" for each in known)
        yield Told("different", "They are", before, after, known)

    def _codebook_version(self, row: RowChange) -> Iterator[Told]:
        label = f"Version {row.state['number'] or ''}".strip()
        before, after = (_stage(state) for state in (row.before, row.after))
        if before != after:
            yield Told("version", label, before, after, (before, after))
        elif row.before and row.after and row.before["content"] != row.after["content"]:
            said = f"{label}: changed while it is a draft"
            yield Told("content", label, "", "", (None, None), said)

    def _item(self, row: RowChange) -> Iterator[Told]:
        task = self.names.task(row.state["task_id"]).name
        version = self.names.version(row.state["version_id"])
        there = row.before is not None, row.after is not None
        before, after = ("in" if each else "not in" for each in there)
        said = f"Put into “{task}”, at {version}" if there[1] else f"Taken out of “{task}”"
        yield Told("task", f"In “{task}”", before, after, there, said)

    def _assignment(self, row: RowChange) -> Iterator[Told]:
        person = self.names.user(row.state["user_id"]).name
        there = row.before is not None, row.after is not None
        if there[0] != there[1]:
            said = f"Given to {person}" if there[1] else f"Taken from {person}"
            before, after = (person if each else NONE for each in there)
            yield Told("given", "Given to", before, after, there, said)
            return
        yield from _fields(row, _OF_ASSIGNMENTS, self.names)

    def _adjudication(self, row: RowChange) -> Iterator[Told]:
        values = tuple(bool(state and state["is_done"]) for state in (row.before, row.after))
        before, after = ("settled" if value else "being settled" for value in values)
        if row.before is None or row.after is None:
            there = row.before is not None, row.after is not None
            before, after = ("begun" if each else "not begun" for each in there)
        if before != after:
            yield Told("settled", "Settling", before, after, (values[0], values[1]))

    def _mention(self, row: RowChange) -> Iterator[Told]:
        before, after = (self._tag(state) for state in (row.before, row.after))
        if before != after:
            values = tuple(
                state and {"kind": state["kind"], "entity": state["entity_id"]}
                for state in (row.before, row.after)
            )
            yield Told("tag", "Tag", before, after, (values[0], values[1]))
        is_change = row.before is not None and row.after is not None
        for told in _fields(row, _OF_MENTIONS, self.names):
            # That it was accepted as it was made goes without saying.
            if is_change or told.field != "status" or MentionStatus.SUGGESTED in told.values:
                yield told

    def _tag(self, state: State | None) -> str:
        if state is None:
            return NONE
        named = state["entity_id"]
        return f"{state['kind']} {self.names.entity(named).name if named else ''}".strip()

    def _anchor(self, row: RowChange) -> Iterator[Told]:
        version = self.names.version(row.state["version_id"])
        before, after = (_place(state) for state in (row.before, row.after))
        if before != after:
            values = tuple(
                state and {"start": state["start"], "end": state["end"], "quote": state["quote"]}
                for state in (row.before, row.after)
            )
            yield Told("place", f"Place in {version}", before, after, (values[0], values[1]))

    def _code(self, row: RowChange) -> Iterator[Told]:
        label = f"Code {row.state['code'] or ''}".strip()
        yield from _either(row, "code", label, lambda state: _short(state["value"]))

    def _relation(self, row: RowChange) -> Iterator[Told]:
        ends = [self.names.mention(row.state[end]) for end in ("source_id", "target_id")]
        label = f"{(row.state['kind'] or 'relation').capitalize()} of {ends[0]}"
        yield from _either(row, "relation", label, lambda _state: ends[1])


def _either(
    row: RowChange, field: str, label: str, in_words: Callable[[State], str]
) -> Iterator[Told]:
    """Yield what a row says that is there or is not, or that came to say something else."""
    before, after = (
        in_words(state) if state is not None else NONE for state in (row.before, row.after)
    )
    if before != after:
        values = row.before and before, row.after and after
        yield Told(field, label, before, after, values)


def _fields(
    row: RowChange,
    fields: Mapping[str, tuple[str, Callable[[Names, Any], str]]],
    names: Names,
) -> Iterator[Told]:
    for name, (label, in_words) in fields.items():
        before, after = (
            state[name] if state is not None else None for state in (row.before, row.after)
        )
        if before != after and (before or after):
            said = in_words(names, before), in_words(names, after)
            yield Told(name, label, *said, (before, after))


def _stage(state: State | None) -> str:
    if state is None:
        return NONE
    return "published" if state["published_at"] else "draft"


def _place(state: State | None) -> str:
    if state is None:
        return NONE
    quote = f"“{_short(state['quote'] or '')}”"
    if state["start"] is None:
        word = "given up" if state["placing"] == Placing.DROPPED else "nowhere"
        return f"{quote} {word}"
    return f"{quote} at {state['start']:,}"


def _short(text: str) -> str:
    line = " ".join(str(text).split())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}…"


def _words(_names: Names, value: Any) -> str:
    return _short(value) if value else NONE


def _pairs(_names: Names, value: Any) -> str:
    return ", ".join(f"{name} {said}" for name, said in (value or {}).items()) or NONE


def _status(_names: Names, value: Any) -> str:
    return str(MentionStatus(value).label) if value else NONE


def _of_work(_names: Names, value: Any) -> str:
    return str(AssignmentStatus(value).label) if value else NONE


def _yes(_names: Names, value: Any) -> str:
    return "yes" if value else "no"


def _as_task(names: Names, value: Any) -> str:
    return "as the task says" if value is None else _yes(names, value)


_OF_MENTIONS: Mapping[str, tuple[str, Callable[[Names, Any], str]]] = {
    "status": ("Status", _status),
    "attributes": ("Attributes", _pairs),
    "comment": ("Comment", _words),
}
_OF_ASSIGNMENTS: Mapping[str, tuple[str, Callable[[Names, Any], str]]] = {
    "status": ("Status", _of_work),
    "needs_discussion": ("To be talked over", _yes),
    "note": ("Note", _words),
    "suggestions": ("Suggestions shown", _as_task),
    "left_at": ("Taken out of the task", _yes),
}
