"""Codebooks as JSON: read strictly, written so that reading gives the same, and the first one."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from articles.annotate.codebooks.codebook_shape import (
    COLOURS,
    NOTE,
    RESERVED_KEYS,
    Attribute,
    CodebookError,
    CodeKind,
    CodeType,
    Content,
    EntityUse,
    Example,
    Kind,
    RelationKind,
    ValueType,
)

__all__ = [
    "COLOURS",
    "DEFAULT",
    "NOTE",
    "RESERVED_KEYS",
    "Attribute",
    "CodeKind",
    "CodeType",
    "CodebookError",
    "Content",
    "EntityUse",
    "Example",
    "Kind",
    "RelationKind",
    "ValueType",
    "as_json",
    "read",
]

NAME_CHARACTERS = 100
GUIDELINE_CHARACTERS = 10_000
EXAMPLE_CHARACTERS = 1_000
KINDS = 200
CODES = 200
RELATIONS = 50
EXAMPLES = 50
ATTRIBUTES = 20
CHOICES = 100
SCALE_ENDS = range(-1000, 1001)

_SLUG = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read(raw: Any) -> Content:
    """Return what a codebook's JSON says; :class:`CodebookError` names the first fault's place."""
    fields = _Fields(raw, "", {"kinds", "codes", "relations", "guideline"})
    content = Content(
        kinds=fields.each("kinds", _kind, most=KINDS),
        codes=fields.each("codes", _code, most=CODES),
        relations=fields.each("relations", _relation, most=RELATIONS),
        guideline=fields.text("guideline", most=GUIDELINE_CHARACTERS),
    )
    _check_whole(content)
    return content


def as_json(content: Content) -> dict[str, Any]:
    """Return a codebook as JSON's own types, every field given; :func:`read` takes it back."""
    plain: dict[str, Any] = _plain(asdict(content))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, str) else value


class _Fields:
    """The fields of one object of the JSON; what it does not know is an error at its path."""

    def __init__(self, raw: Any, path: str, known: set[str]) -> None:
        if not isinstance(raw, Mapping):
            raise CodebookError(path, "An object with named fields belongs here.")
        for name in raw:
            if name not in known:
                shown = ", ".join(sorted(known))
                where = f"{path}.{name}" if path else f"{name}"
                raise CodebookError(where, f"There is no such field here. There are: {shown}.")
        self.raw = raw
        self.path = path

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def text(self, name: str, *, most: int, required: bool = False) -> str:
        return _text(self.raw.get(name, ""), self.at(name), most=most, required=required)

    def slug(self) -> str:
        value = self.text("slug", most=40, required=True)
        if not _SLUG.fullmatch(value):
            raise CodebookError(
                self.at("slug"),
                "A short word belongs here: a small letter a to z, then letters, digits, - or _;"
                " at most 40 in all.",
            )
        return value

    def key(self) -> str:
        value = self.text("key", most=8)
        if not value:
            return ""
        if len(value) != 1 or not value.isalpha() or value != value.lower():
            raise CodebookError(self.at("key"), "One small letter belongs here, or nothing.")
        if value in RESERVED_KEYS:
            taken = " ".join(sorted(RESERVED_KEYS))
            raise CodebookError(
                self.at("key"), f"The reading view needs {value} itself. It keeps: {taken}."
            )
        return value

    def flag(self, name: str) -> bool:
        value = self.raw.get(name, False)
        if not isinstance(value, bool):
            raise CodebookError(self.at(name), "true or false belongs here.")
        return value

    def number(self, name: str, within: range, otherwise: int) -> int:
        value = self.raw.get(name, otherwise)
        if isinstance(value, bool) or not isinstance(value, int) or value not in within:
            raise CodebookError(
                self.at(name), f"A whole number from {within[0]} to {within[-1]} belongs here."
            )
        return value

    def one_of[C: (CodeType, EntityUse, ValueType)](
        self, name: str, choices: type[C], otherwise: C | None = None
    ) -> C:
        value = self.raw.get(name, otherwise)
        if not isinstance(value, str) or value not in list(choices):
            shown = ", ".join(choices)
            raise CodebookError(self.at(name), f"One of these belongs here: {shown}.")
        return choices(value)

    def each[T](self, name: str, reader: Callable[[Any, str], T], *, most: int) -> tuple[T, ...]:
        value = self.raw.get(name, [])
        if not isinstance(value, list | tuple):
            raise CodebookError(self.at(name), "A list belongs here.")
        if len(value) > most:
            raise CodebookError(self.at(name), f"There are {len(value)} here, and {most} at most.")
        return tuple(reader(each, f"{self.at(name)}[{n}]") for n, each in enumerate(value))

    def choices(self) -> tuple[str, ...]:
        found = self.each("choices", _choice, most=CHOICES)
        _check_unique(found, lambda n: f"{self.at('choices')}[{n}]", "choice")
        return found

    def scale(self) -> tuple[int, int]:
        lowest = self.number("lowest", SCALE_ENDS, 1)
        highest = self.number("highest", SCALE_ENDS, 5)
        if lowest >= highest:
            raise CodebookError(
                self.at("highest"), f"More than {lowest}, the lowest, belongs here."
            )
        return lowest, highest

    def check_choices(self, *, wanted: bool, choices: tuple[str, ...]) -> None:
        if wanted and len(choices) < 2:
            raise CodebookError(self.at("choices"), "Two choices belong here at least.")
        if choices and not wanted:
            raise CodebookError(self.at("choices"), "Choices belong to what is chosen from a list.")


def _text(value: Any, path: str, *, most: int, required: bool = False) -> str:
    if not isinstance(value, str):
        raise CodebookError(path, "Text belongs here.")
    if "\0" in value:
        raise CodebookError(path, "There is a NUL character in it, which no text may hold.")
    if _SURROGATE.search(value):
        raise CodebookError(path, "There is half a character in it (a lone surrogate).")
    if required and not value.strip():
        raise CodebookError(path, "This may not be empty.")
    if len(value) > most:
        raise CodebookError(path, f"It has {len(value):,} characters, and may have {most:,}.")
    return value


def _choice(raw: Any, path: str) -> str:
    return _text(raw, path, most=NAME_CHARACTERS, required=True)


def _example(raw: Any, path: str) -> Example:
    fields = _Fields(raw, path, {"text", "note", "wrong"})
    return Example(
        text=fields.text("text", most=EXAMPLE_CHARACTERS, required=True),
        note=fields.text("note", most=EXAMPLE_CHARACTERS),
        wrong=fields.flag("wrong"),
    )


def _attribute(raw: Any, path: str) -> Attribute:
    known = {"slug", "name", "type", "choices", "lowest", "highest", "required"}
    fields = _Fields(raw, path, known)
    value_type = fields.one_of("type", ValueType)
    choices = fields.choices()
    fields.check_choices(wanted=value_type is ValueType.CHOICE, choices=choices)
    lowest, highest = fields.scale()
    return Attribute(
        slug=fields.slug(),
        name=fields.text("name", most=NAME_CHARACTERS, required=True),
        type=value_type,
        choices=choices,
        lowest=lowest,
        highest=highest,
        required=fields.flag("required"),
    )


def _kind(raw: Any, path: str) -> Kind:
    known = {"slug", "name", "key", "colour", "passage", "entity", "guideline", "examples"}
    fields = _Fields(raw, path, known | {"attributes"})
    attributes = fields.each("attributes", _attribute, most=ATTRIBUTES)
    _check_unique(
        [each.slug for each in attributes], lambda n: f"{path}.attributes[{n}].slug", "attribute"
    )
    kind = Kind(
        slug=fields.slug(),
        name=fields.text("name", most=NAME_CHARACTERS, required=True),
        key=fields.key(),
        colour=fields.number("colour", range(COLOURS), 0),
        passage=fields.flag("passage"),
        entity=fields.one_of("entity", EntityUse, EntityUse.NONE),
        guideline=fields.text("guideline", most=GUIDELINE_CHARACTERS),
        examples=fields.each("examples", _example, most=EXAMPLES),
        attributes=attributes,
    )
    if kind.passage and kind.entity is not EntityUse.NONE:
        raise CodebookError(fields.at("entity"), "A code of a passage names no entity: none.")
    return kind


def _code(raw: Any, path: str) -> CodeKind:
    known = {"slug", "name", "key", "type", "choices", "lowest", "highest", "guideline"}
    fields = _Fields(raw, path, known | {"examples", "required"})
    code_type = fields.one_of("type", CodeType)
    choices = fields.choices()
    fields.check_choices(wanted=code_type.has_choices, choices=choices)
    lowest, highest = fields.scale()
    return CodeKind(
        slug=fields.slug(),
        name=fields.text("name", most=NAME_CHARACTERS, required=True),
        key=fields.key(),
        type=code_type,
        choices=choices,
        lowest=lowest,
        highest=highest,
        guideline=fields.text("guideline", most=GUIDELINE_CHARACTERS),
        examples=fields.each("examples", _example, most=EXAMPLES),
        required=fields.flag("required"),
    )


def _relation(raw: Any, path: str) -> RelationKind:
    fields = _Fields(raw, path, {"slug", "name", "sources", "targets"})
    return RelationKind(
        slug=fields.slug(),
        name=fields.text("name", most=NAME_CHARACTERS, required=True),
        sources=fields.each("sources", _choice, most=KINDS),
        targets=fields.each("targets", _choice, most=KINDS),
    )


def _check_unique(values: Iterable[str], where: Callable[[int], str], noun: str) -> None:
    seen: set[str] = set()
    for n, value in enumerate(values):
        if value in seen:
            raise CodebookError(where(n), f"There is another {noun} {value} before it.")
        seen.add(value)


def _check_whole(content: Content) -> None:
    """Check what no part can know of: words and keys that are there twice, kinds that are not."""
    _check_unique([k.slug for k in content.kinds], lambda n: f"kinds[{n}].slug", "kind")
    _check_unique([c.slug for c in content.codes], lambda n: f"codes[{n}].slug", "code")
    _check_unique([r.slug for r in content.relations], lambda n: f"relations[{n}].slug", "relation")
    for n, code in enumerate(content.codes):
        if code.slug == NOTE:
            raise CodebookError(f"codes[{n}].slug", "note is in every codebook as it is.")
    _check_keys(content)
    slugs = {kind.slug for kind in content.kinds}
    for n, relation in enumerate(content.relations):
        for field, ends in (("sources", relation.sources), ("targets", relation.targets)):
            for place, slug in enumerate(ends):
                if slug not in slugs:
                    raise CodebookError(
                        f"relations[{n}].{field}[{place}]", f"There is no kind {slug}."
                    )


def _check_keys(content: Content) -> None:
    taken: dict[str, str] = {}
    for path, key, name in [
        *((f"kinds[{n}].key", kind.key, kind.name) for n, kind in enumerate(content.kinds)),
        *((f"codes[{n}].key", code.key, code.name) for n, code in enumerate(content.codes)),
    ]:
        if key in taken:
            raise CodebookError(path, f"The key {key} is that of {taken[key]} already.")
        if key:
            taken[key] = name


DEFAULT = Content(
    guideline=(
        "Tag what the text says, by the words that say it: the whole name, without the article"
        " before it and without the comma after it. When in doubt, tag it and add a comment."
    ),
    kinds=(
        Kind(
            slug="person",
            name="Person",
            key="p",
            colour=0,
            entity=EntityUse.REQUIRED,
            guideline=(
                "A human being, living, dead or invented, named by their own name. Tag the name"
                " and leave out titles and offices. A word like he or the minister is not tagged."
            ),
            examples=(
                Example("Mr. [Gladstone] rose amid cheers."),
                Example("The letter was signed by [Emily Davison]."),
                Example("[The Prime Minister] rose.", "An office names nobody.", wrong=True),
            ),
        ),
        Kind(
            slug="organisation",
            name="Organisation",
            key="o",
            colour=1,
            entity=EntityUse.REQUIRED,
            guideline=(
                "A company, a party, a ministry, a newspaper, a club: people who act under one"
                " name. Tag the name as it stands, also when it is shortened."
            ),
            examples=(
                Example("A spokesman of the [Great Western Railway] denied it."),
                Example("[Parliament] sat until three."),
            ),
        ),
        Kind(
            slug="place",
            name="Place",
            key="l",
            colour=2,
            entity=EntityUse.REQUIRED,
            guideline=(
                "A country, a town, a street, a building, a river: something one can be at. Where"
                " a country acts like a person, it is a place all the same."
            ),
            examples=(
                Example("The ship left [Southampton] on Wednesday."),
                Example("[France] protested.", "A place, though a government is meant."),
            ),
        ),
        Kind(
            slug="event",
            name="Event",
            key="v",
            colour=3,
            entity=EntityUse.OPTIONAL,
            guideline="Something that happened or will, and that has a name of its own.",
            examples=(
                Example("Since the [Great Exhibition] prices have doubled."),
                Example("There was [a fire] in the night.", "It has no name.", wrong=True),
            ),
        ),
        Kind(
            slug="quote",
            name="Quotation",
            key="q",
            colour=4,
            entity=EntityUse.NONE,
            guideline=(
                "Words that the article puts down to somebody. Tag the words without their"
                " quotation marks, and lead from them to who spoke."
            ),
            examples=(Example("He said, “[We shall not yield].”"),),
            attributes=(
                Attribute("manner", "Manner", ValueType.CHOICE, ("direct", "indirect")),
                Attribute("stance", "Stance", ValueType.CHOICE, ("for", "against", "neutral")),
            ),
        ),
    ),
    relations=(RelationKind("speaker", "Speaker", ("quote",), ("person", "organisation")),),
)
