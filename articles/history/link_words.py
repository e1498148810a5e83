"""Changes of what people say of related coverage, in words, as ``telling`` says of other rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from articles.history.events import RowChange, State
from articles.history.names import Names, Thing
from articles.history.told import NONE, Told
from articles.models import Judgement, SaidDirection, Story, StoryPin, Verdict

_DIRECTIONS: Mapping[str, str] = {
    SaidDirection.FIRST: "“{first}” is from “{second}”",
    SaidDirection.SECOND: "“{second}” is from “{first}”",
    SaidDirection.NONE: "none that is known",
}


@dataclass(frozen=True, slots=True)
class LinkWords:
    """Says what changes of judgements and stories are about, and what changed."""

    names: Names

    def about(self) -> Mapping[type[models.Model], Callable[[RowChange], Thing]]:
        """Return, for each table, what says what a change is about."""
        names = self.names
        return {
            Judgement: lambda row: names.link(row.state["link_id"]),
            Story: lambda row: names.story(row.id, known_as=row.state["name"]),
            StoryPin: lambda row: names.article(row.state["article_id"]),
        }

    def told(self) -> Mapping[type[models.Model], Callable[[RowChange], Iterator[Told]]]:
        """Return, for each table, what yields the fields that changed."""
        return {Judgement: self._judgement, Story: self._story, StoryPin: self._pin}

    def _judgement(self, row: RowChange) -> Iterator[Told]:
        said = tuple(state and state["verdict"] for state in (row.before, row.after))
        before, after = (
            Verdict(verdict).label.lower() if verdict else "not judged" for verdict in said
        )
        if before != after:
            label = self.names.link_kind(row.state["link_id"])
            yield Told("verdict", label, before, after, (said[0], said[1]))
        yield from _changed(row, "direction", "Direction", self._direction(row))
        yield from _changed(row, "note", "Note", lambda state: state["note"] or NONE)

    def _direction(self, row: RowChange) -> Callable[[State], str]:
        first, second = self.names.ends(row.state["link_id"])

        def in_words(state: State) -> str:
            words = _DIRECTIONS.get(state["direction"] or "", NONE)
            return words.format(first=first, second=second)

        return in_words

    def _story(self, row: RowChange) -> Iterator[Told]:
        there = row.before is not None, row.after is not None
        if there[0] != there[1]:
            before, after = ("there" if each else NONE for each in there)
            yield Told("story", "Story", before, after, there)
        yield from _changed(row, "name", "Name", lambda state: state["name"] or NONE)
        yield from _changed(row, "note", "Note", lambda state: state["note"] or NONE)
        yield from _changed(
            row, "merged_into", "Merged into", lambda state: self._called(state["merged_into_id"])
        )

    def _called(self, story: int | None) -> str:
        return self.names.story(story).name if story else NONE

    def _pin(self, row: RowChange) -> Iterator[Told]:
        before, after = (self._pinned(state) for state in (row.before, row.after))
        values: list[Any] = [
            state and {"story": state["story_id"]} for state in (row.before, row.after)
        ]
        if values[0] != values[1]:
            yield Told("story", "Story", before, after, (values[0], values[1]))

    def _pinned(self, state: State | None) -> str:
        if state is None:
            return "as gathered"
        name = self._called(state["story_id"])
        return f"“{name}”, by hand" if state["story_id"] else "kept out of all, by hand"


def _changed(
    row: RowChange, field: str, label: str, in_words: Callable[[State], str]
) -> Iterator[Told]:
    """Yield a field whose words are others now."""
    before, after = (
        in_words(state) if state is not None else NONE for state in (row.before, row.after)
    )
    if before != after:
        column = f"{field}_id" if field == "merged_into" else field
        values = tuple(state and state[column] for state in (row.before, row.after))
        yield Told(field, label, before, after, (values[0], values[1]))
