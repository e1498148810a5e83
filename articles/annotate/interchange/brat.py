"""brat's standoff: a text and a file of annotations for each article, in a ZIP."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from articles.annotate.interchange.archives import unzipped, zipped
from articles.annotate.interchange.shape import (
    ArticleTags,
    Losses,
    RelationOf,
    Tag,
    UnreadableError,
    decoded,
    in_order,
)

_NUMBER = re.compile(r"(?:^|[-_/])(\d+)$")
_PLAIN = re.compile(r"[^\w-]+")
# How brat's tools call a reference database, and we.
_DATABASES = {"wikidata": "Wikidata"}
_OWN = "Newsroom"


class Brat:
    """``<number>.txt`` and ``<number>.ann``; places are code points."""

    name = "brat"
    label = "brat standoff"
    suffix = "zip"
    media_type = "application/zip"
    lacks = (
        "Who tagged; suggestions and codes of whole articles are left out. Free text and scales of "
        "attributes go in notes."
    )

    def write(self, articles: Iterable[ArticleTags], losses: Losses) -> Iterator[bytes]:
        """Yield the archive."""
        yield from zipped(
            (f"{each.article or place}.{suffix}", data.encode())
            for place, each in enumerate(articles, 1)
            for suffix, data in (("txt", each.text), ("ann", _annotations(each, losses)))
        )

    def read(self, data: bytes) -> Iterator[ArticleTags | UnreadableError]:
        """Yield the pairs of an archive."""
        try:
            files = dict(unzipped(data, (".txt", ".ann")))
        except UnreadableError as fault:
            yield fault
            return
        for name, raw in files.items():
            path = PurePosixPath(name)
            if path.suffix != ".ann":
                continue
            try:
                text = files[str(path.with_suffix(".txt"))]
                yield _read(decoded(text), decoded(raw), name)
            except KeyError:
                yield UnreadableError(f"{name}: its .txt is not there.")
            except UnreadableError as fault:
                yield fault


def _annotations(each: ArticleTags, losses: Losses) -> str:
    lines: list[str] = []
    names: dict[str, str] = {}
    count = _Count()
    if each.codes:
        losses.note("codes and notes", times=len(each.codes))
    for tag in each.tags:
        if tag.status != "accepted":
            losses.note("suggestions", tag.quote)
            continue
        names[tag.key] = known = count.next("T")
        quote = tag.quote.replace("\n", " ")
        lines.append(f"{known}\t{_type(tag.kind)} {_places(tag)}\t{quote}")
        lines += _said(tag, known, count)
    for relation in each.relations:
        if {relation.source, relation.target} <= names.keys():
            lines.append(
                f"{count.next('R')}\t{_type(relation.kind)} Arg1:{names[relation.source]} "
                f"Arg2:{names[relation.target]}"
            )
    return "".join(f"{line}\n" for line in lines)


def _said(tag: Tag, known: str, count: "_Count") -> Iterator[str]:
    for name, value in tag.attributes.items():
        if isinstance(value, str) and value and not _PLAIN.search(value):
            yield f"{count.next('A')}\t{_type(name)} {known} {value}"
        else:
            yield f"{count.next('#')}\tAnnotatorNotes {known}\t{_type(name)}={_line(str(value))}"
    if tag.comment:
        yield f"{count.next('#')}\tAnnotatorNotes {known}\t{_line(tag.comment)}"
    ids = [(_DATABASES.get(scheme, scheme), value) for scheme, value in tag.entity_ids.items()]
    if tag.entity and not ids:
        ids = [(_OWN, str(tag.entity_id or 0))]
    for database, value in ids:
        yield (
            f"{count.next('N')}\tReference {known} {_type(database)}:{_type(value)}"
            f"\t{_line(tag.entity)}"
        )


def _places(tag: Tag) -> str:
    """Return a tag's place, without the line ends in it: a place of brat's is on one line."""
    pieces, at = [], tag.start
    for line in tag.quote.split("\n"):
        if line:
            pieces.append(f"{at} {at + len(line)}")
        at += len(line) + 1
    return ";".join(pieces)


def _type(word: str) -> str:
    return _PLAIN.sub("_", word) or "_"


def _line(words: str) -> str:
    return " ".join(words.split())


class _Count:
    """Numbers for each sort of line."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def next(self, sort: str) -> str:
        self._last[sort] = self._last.get(sort, 0) + 1
        return f"{sort}{self._last[sort]}"


@dataclass(slots=True)
class _Reading:
    """The lines of one file, as they are read."""

    text: str
    name: str
    tags: dict[str, Tag] = field(default_factory=dict)
    relations: list[RelationOf] = field(default_factory=list)

    def line(self, count: int, line: str) -> None:
        where = f"{self.name}, line {count}"
        parts = line.split("\t")
        if len(parts) < 2:
            raise UnreadableError(f"{where}: columns are parted by tabs.")
        known, said = parts[0], parts[1].split(" ")
        match known[:1]:
            case "T":
                self._tag(known, said[0], parts[1][len(said[0]) + 1 :], where)
            case "R":
                found = dict(each.split(":", 1) for each in said[1:] if ":" in each)
                ends = list(found.values())
                if len(ends) != 2:
                    raise UnreadableError(f"{where}: a relation has two ends.")
                self.relations.append(RelationOf(said[0], ends[0], ends[1]))
            case "A" | "M" if len(said) > 1:
                self._set(said[1], said[0], said[2] if len(said) > 2 else "yes")
            case "N" if len(said) > 2:
                self._reference(said[1], said[2], parts[2] if len(parts) > 2 else "")
            case "#" if len(said) > 1 and len(parts) > 2:
                self._note(said[1], parts[2])
            case _:
                pass

    def _tag(self, known: str, kind: str, places: str, where: str) -> None:
        try:
            pairs = [[int(n) for n in piece.split(" ")] for piece in places.split(";")]
            start, end = min(p[0] for p in pairs), max(p[1] for p in pairs)
        except (ValueError, IndexError) as fault:
            raise UnreadableError(f"{where}: a place is “start end”.") from fault
        self.tags[known] = Tag(
            key=known,
            start=start,
            end=end,
            quote=self.text[start:end],
            kind=kind,
            origin="imported",
        )

    def _set(self, known: str, name: str, value: str) -> None:
        if known in self.tags:
            tag = self.tags[known]
            self.tags[known] = replace(tag, attributes={**tag.attributes, name: value})

    def _reference(self, known: str, reference: str, name: str) -> None:
        if known not in self.tags:
            return
        database, _, value = reference.partition(":")
        tag = replace(self.tags[known], entity=name or self.tags[known].quote)
        if database == _OWN:
            tag = replace(tag, entity_id=int(value) if value.isdecimal() and int(value) else None)
        else:
            tag = replace(tag, entity_ids={**tag.entity_ids, database.casefold(): value})
        self.tags[known] = tag

    def _note(self, known: str, note: str) -> None:
        if known not in self.tags:
            return
        tag = self.tags[known]
        name, is_value, value = note.partition("=")
        if is_value and not _PLAIN.search(name):
            self._set(known, name, value)
        else:
            comment = f"{tag.comment}\n{note}" if tag.comment else note
            self.tags[known] = replace(tag, comment=comment)


def _read(text: str, annotations: str, name: str) -> ArticleTags:
    reading = _Reading(text, name)
    for count, line in enumerate(annotations.split("\n"), 1):
        if line.strip():
            reading.line(count, line)
    number = _NUMBER.search(str(PurePosixPath(name).with_suffix("")))
    return ArticleTags(
        text=text,
        tags=in_order(reading.tags.values()),
        relations=reading.relations,
        article=int(number[1]) if number else None,
    )
