"""What should hold of articles that are ingested, corrected, reread and undone: plain dicts.

Nothing here asks the database. It is written from the rules as editors know them, the long way
round, so that it can disagree with the code.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from articles.models.folding import fold
from articles.text import Block, BlockKind, Composed, compose

_TEXTS = count()
FIELDS = ("page", "section", "byline", "published")
BODY = {BlockKind.PARAGRAPH, BlockKind.CROSSHEAD}


@dataclass
class Text:
    """A version."""

    origin: str
    blocks: list[Block]
    said: dict[str, Any]
    credits: list[str]
    reader: str = ""
    # Of a reread one, the number of the published one; of a corrected one, what it was made from.
    of: int | None = None
    place: tuple[int, int] | None = None

    @property
    def composed(self) -> Composed:
        return compose(self.blocks)

    @property
    def words(self) -> str:
        return self.composed.text


@dataclass
class Story:
    """An article."""

    texts: dict[int, Text] = field(default_factory=dict)
    external_id: str | None = None
    alias: str | None = None
    # Of each text, how many there were before it in all.
    born: dict[int, int] = field(default_factory=dict)

    @property
    def published(self) -> list[int]:
        return [n for n, text in sorted(self.texts.items()) if text.origin == "published"]

    @property
    def newest(self) -> int:
        return max(self.texts)

    def readings(self, number: int) -> list[Text]:
        anew = [t for _, t in sorted(self.texts.items()) if t.origin == "reread" and t.of == number]
        return [self.texts[number], *anew]

    def best(self, number: int) -> Text:
        return self.readings(number)[-1]

    def add(self, text: Text) -> int:
        number = max(self.texts, default=0) + 1
        self.texts[number] = text
        self.born[number] = next(_TEXTS)
        return number

    def seen(self) -> dict[str, Text]:
        """Return the outlet's texts by their words, the first reading of each."""
        found: dict[str, Text] = {}
        for _, text in sorted(self.texts.items()):
            if text.origin != "corrected":
                found.setdefault(text.words, text)
        return found

    def root(self, number: int) -> int | None:
        """Return the published version that a text goes back to."""
        text: Text | None = self.texts[number]
        while text is not None and text.origin == "corrected":
            number = text.of or 0
            text = self.texts.get(number)
        if text is None:
            return None
        return text.of if text.origin == "reread" else number


@dataclass
class Plain:
    """The whole of it. ``rows`` are what people made, each with a stamp of when."""

    stories: dict[int, Story] = field(default_factory=dict)
    captures: list[list[dict[str, Any]]] = field(default_factory=list)
    places: dict[tuple[int, int], int] = field(default_factory=dict)
    reader: str = "1"
    rows: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    stamp: int = 0
    # By operation: what it did to rows, and what undid it.
    done: dict[int, dict[tuple[Any, ...], tuple[Any, Any]]] = field(default_factory=dict)
    undone: set[int] = field(default_factory=set)

    # What effective values follow from.

    def corrections(self, story: int) -> dict[str, Any]:
        return {
            key[2]: row[0]
            for key, row in self.rows.items()
            if key[0] == "correction" and key[1] == story
        }

    def said_of_text(self, story: int) -> dict[str, Any] | None:
        row = self.rows.get(("text", story))
        return row[0] if row else None

    def is_outdated(self, story: int) -> bool:
        said = self.said_of_text(story)
        return said is not None and any(n > said["after"] for n in self.stories[story].published)

    def standing(self, story: int) -> int | None:
        """Return the number of the version that stands."""
        said = self.said_of_text(story)
        if said and said["version"] is not None and not self.is_outdated(story):
            return int(said["version"])
        published = self.stories[story].published
        if not published:
            return None
        best = self.stories[story].best(published[-1])
        return next(n for n, text in self.stories[story].texts.items() if text is best)

    def stands(self, story: int) -> bool:
        said = self.said_of_text(story)
        return self.standing(story) is not None and not (said and said["joined"])

    def all_standing(self) -> list[int]:
        return [story for story in sorted(self.stories) if self.stands(story)]

    def source(self, story: int) -> int | None:
        corrections = self.corrections(story)
        name = self.stories[story].alias
        if "source" in corrections:
            name = fold(corrections["source"]) if corrections["source"] else None
        return self.rows["alias", name] if name else None

    def values(self, story: int) -> dict[str, Any]:
        """Return the effective values of an article that has a text."""
        it = self.stories[story]
        number = self.standing(story)
        assert number is not None
        standing = it.texts[number]
        read: dict[str, Any] = {}
        readings = [it.best(n) for n in it.published]
        if standing.origin == "corrected":
            readings.insert(0, standing)
        for text in readings:
            read |= {k: v for k, v in text.said.items() if k in FIELDS and v is not None}
        corrections = self.corrections(story)
        said = self.said_of_text(story)
        return {
            **{name: corrections.get(name, read.get(name)) for name in FIELDS},
            "source": self.source(story),
            "external_id": corrections.get("external_id", it.external_id),
            "text": standing.words,
            "number": number,
            "credits": corrections["credits"] or []
            if "credits" in corrections
            else standing.credits,
            "standing": self.stands(story),
            "joined": said["joined"] if said else None,
            "edits": self.edits(story),
            "flags": self.flags(story, corrections.get("published", read.get("published"))),
        }

    def edits(self, story: int) -> int:
        it = self.stories[story]
        count = 0
        for before, after in zip(it.published, it.published[1:], strict=False):
            left, right = it.readings(before), it.readings(after)
            pairs = [(a, b) for b in reversed(right) for a in reversed(left)]
            same = next((pair for pair in pairs if pair[0].reader == pair[1].reader), None)
            count += same is not None and same[0].words != same[1].words
        return count

    def flags(self, story: int, day: str | None) -> list[str]:
        it = self.stories[story]
        number = self.standing(story)
        assert number is not None
        changed = [
            self.stories[other].born[number]
            for other in self.parts(story)
            if (said := self.said_of_text(other))
            for number in self.stories[other].published
            if number > said["after"]
        ]
        flags = {
            "undated": day is None,
            "no_source": self.source(story) is None,
            "no_body": not any(b.kind in BODY for b in it.texts[number].blocks),
            "recheck": self.is_outdated(story) or bool(changed),
        }
        seen = self.corrections(story).get("flags", {})
        newest = max([*(it.born[n] for n in it.published), *changed], default=-1)
        return [
            flag
            for flag, holds in flags.items()
            if holds and (flag not in seen or (flag == "recheck" and seen[flag] < newest))
        ]

    def parts(self, story: int) -> list[int]:
        """Return what was joined to an article, and to that."""
        joined = [
            other
            for other in self.stories
            if (said := self.said_of_text(other)) and said["joined"] == story
        ]
        return [*joined, *(part for other in joined for part in self.parts(other))]

    def newest_seen(self, story: int) -> int:
        """Return the newest text that someone who looks at an article may have seen."""
        return max(max(self.stories[each].born.values()) for each in [story, *self.parts(story)])

    # What people do.

    def write(self, key: tuple[Any, ...], value: Any, *, stamped: bool = True) -> None:
        self.rows[key] = (value, self.stamp) if stamped else value

    def act(self, operation: int, before: dict[tuple[Any, ...], Any]) -> None:
        """Note what an operation did since ``before``."""
        self.stamp += 1
        keys = {k for k in before.keys() | self.rows if before.get(k) != self.rows.get(k)}
        self.done[operation] = {k: (before.get(k), self.rows.get(k)) for k in keys}

    def snapshot(self) -> dict[tuple[Any, ...], Any]:
        return deepcopy(self.rows)

    def may_undo(self, operation: int) -> bool:
        return operation not in self.undone and all(
            self.rows.get(key) == after for key, (_, after) in self.done[operation].items()
        )

    def undo(self, operation: int, by: int) -> None:
        before = self.snapshot()
        for key, (value, _) in self.done[operation].items():
            if value is None:
                del self.rows[key]
            else:
                self.rows[key] = value
        self.act(by, before)
        self.undone.add(operation)

    def let_stand(self, story: int, number: int) -> None:
        self.write(
            ("text", story),
            {"version": number, "joined": None, "after": self.stories[story].newest},
        )

    def add_corrected(self, story: int, blocks: Iterable[Block], made_from: Text) -> int:
        it = self.stories[story]
        of = next((n for n, text in it.texts.items() if text is made_from), None)
        blocks = list(blocks)
        credits_ = list(made_from.credits)
        return it.add(Text("corrected", blocks, dict(made_from.said), credits_, of=of))

    # What imports and rereads do.

    def read(self, line: dict[str, Any]) -> Any:
        return line.get(self.reader, line["1"])

    def text_of(self, said: dict[str, Any], **more: Any) -> Text:
        blocks = [Block(BlockKind.HEADLINE, said["headline"])]
        blocks += [Block(BlockKind.PARAGRAPH, words) for words in said["body"]]
        return Text("published", blocks, said, list(said["people"]), self.reader, **more)

    def expect(self, said: dict[str, Any], place: tuple[int, int]) -> tuple[str, set[int]]:
        """Return what ingest makes of an item, and of which articles it may be."""
        text = self.text_of(said)
        at_place = self.places.get(place)
        known = {n for n, s in self.stories.items() if s.external_id == said["external_id"]}
        if said["external_id"] is None:
            known = set()
        if at_place is not None:
            return "unchanged", {at_place}
        if known:
            [story] = known
            is_seen = text.words in self.stories[story].seen()
            return ("unchanged" if is_seen else "new_version"), known
        duplicates = set(self._duplicates(said, text))
        return ("duplicate", duplicates) if duplicates else ("stored", set())

    def _duplicates(self, said: dict[str, Any], text: Text) -> Iterator[int]:
        if said["external_id"] is not None or said["source"] is None:
            return
        name = fold(said["source"])
        for number, story in self.stories.items():
            seen = story.seen().get(text.words)
            if seen is None:
                continue
            column = self.values(number)["published"] if self.standing(number) else None
            # A name that is new means no source that is known.
            means = self.rows.get(("alias", name), 0)
            is_of = name == story.alias or means == self.source(number)
            if is_of and said["published"] in {column, seen.said["published"]}:
                yield number

    def ingested(
        self, said: dict[str, Any], place: tuple[int, int], outcome: str, id_: int
    ) -> None:
        """Take over what was expected, the article's number known now."""
        if outcome in {"stored", "new_version"}:
            story = self.stories.setdefault(id_, Story())
            story.add(self.text_of(said, place=place))
            story.external_id = story.external_id or said["external_id"]
            if said["source"]:
                story.alias = fold(said["source"])
        self.places.setdefault(place, id_)

    def reread(self, *, everything: bool) -> int:
        """Read all places again; return how many readings that adds."""
        added = 0
        for capture, lines in enumerate(self.captures):
            for line, given in enumerate(lines):
                said = self.read(given)
                found = self._published_at((capture, line))
                if found is not None and isinstance(said, dict):
                    added += self._reread(*found, said, everything=everything)
        return added

    def _published_at(self, place: tuple[int, int]) -> tuple[Story, int] | None:
        for story in self.stories.values():
            for number in story.published:
                if story.texts[number].place == place:
                    return story, number
        return None

    def _reread(self, story: Story, number: int, said: dict[str, Any], *, everything: bool) -> int:
        text = self.text_of(said)
        by_this = any(t.reader == self.reader for t in story.readings(number))
        if by_this and not everything:
            return 0
        best = story.best(number)
        is_same = (text.words, text.said, text.credits) == (best.words, best.said, best.credits)
        is_newest = number == story.published[-1]
        if is_newest and said["source"] and fold(said["source"]) != story.alias:
            is_same = False
        if is_same and (by_this or len(story.published) < 2):
            return 0
        self._count(story, number, text)
        if is_newest:
            story.external_id = story.external_id or self._free(said["external_id"])
            if said["source"]:
                story.alias = fold(said["source"])
        return 1

    def _free(self, external_id: str | None) -> str | None:
        taken = {story.external_id for story in self.stories.values()}
        return None if external_id in taken else external_id

    def _count(self, story: Story, number: int, text: Text) -> None:
        text.origin, text.of = "reread", number
        for n, t in story.texts.items():
            if t.origin == "corrected" and story.root(n) == number:
                t.credits = list(text.credits)
        story.add(text)

    def withdraw(self) -> int:
        """Let the readings before those of this reader count again."""
        number_of = 0
        for story in self.stories.values():
            for number in story.published:
                readings = story.readings(number)
                former = [t for t in readings if t.reader != self.reader]
                target = former[-1] if former else readings[0]
                best = readings[-1]
                is_same = (target.words, target.said) == (best.words, best.said)
                if len(readings) == 1 or best.reader != self.reader or is_same:
                    continue
                number_of += 1
                copy = deepcopy(target)
                copy.place = None
                self._count(story, number, copy)
                if number == story.published[-1]:
                    self._forget(story, copy, best)
        return number_of

    def _forget(self, story: Story, target: Text, withdrawn: Text) -> None:
        sources = [story.best(n).said["source"] for n in story.published]
        stated = [name for name in sources if name]
        story.alias = fold(stated[-1]) if stated else None
        was, now = withdrawn.said["external_id"], target.said["external_id"]
        if now is None and was is not None and story.external_id == was:
            story.external_id = None
