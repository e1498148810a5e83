"""A codebook as a form: rows of fields that come in lists, and lines of text for what is small.

Examples are lines, with what is tagged in [brackets]: ``[Gladstone] rose | a note``; one that
begins with ``-`` is not to be tagged so. Attributes are lines as well: ``manner* | Manner |
direct / indirect``, ``certainty | Certainty | 1-5``, ``remark | Remark | text``; ``*`` is for
required ones. Relations: ``speaker | Speaker | quote > person, organisation``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.text import slugify

from articles.annotate.codebooks.codebook import (
    CODES,
    KINDS,
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
    read,
)

KIND_FIELDS = ("slug", "name", "key", "colour", "what", "guideline", "examples", "attributes")
CODE_FIELDS = (
    "slug", "name", "key", "type", "choices", "scale", "required", "guideline", "examples"
)  # fmt: skip
PASSAGE = "passage"
WHATS = (
    (EntityUse.REQUIRED.value, "names an entity"),
    (EntityUse.OPTIONAL.value, "may name an entity"),
    (EntityUse.NONE.value, "words, without an entity"),
    (PASSAGE, "a code of a passage"),
)
CODE_TYPES = (
    (CodeType.SINGLE.value, "one of the choices"),
    (CodeType.MULTIPLE.value, "one or more of the choices"),
    (CodeType.SCALE.value, "a number of a scale"),
    (CodeType.FREE.value, "free text"),
)
_SCALE = re.compile(r"(-?\d{1,6})\s*(?:-|–|to|\.\.)\s*(-?\d{1,6})")
_PLACE = re.compile(r"(kinds|codes)\[(\d+)\](?:\.(\w+))?")
# Where a form's field has another name than the codebook's.
_FIELDS = {"passage": "what", "entity": "what", "highest": "scale", "lowest": "scale"}


@dataclass(slots=True)
class Typed:
    """What stands in the form: rows of text by field; ``fault`` is what is wrong, at ``row``."""

    kinds: list[dict[str, str]] = field(default_factory=list)
    codes: list[dict[str, str]] = field(default_factory=list)
    relations: str = ""
    guideline: str = ""
    fault: str = ""
    # ("kinds", number of the row, field), where the fault is.
    place: tuple[str, int, str] = ("", -1, "")

    def content(self) -> Content:
        """Return the codebook that it is; raise CodebookError."""
        kinds = [_kind(row, f"kinds[{n}]") for n, row in enumerate(_filled(self.kinds))]
        codes = [_code(row) for row in _filled(self.codes)]
        relations = [_relation(line, n) for n, line in enumerate(_lines(self.relations))]
        raw = {"kinds": kinds, "codes": codes, "relations": relations}
        return read({**raw, "guideline": self.guideline})

    def blame(self, error: CodebookError) -> None:
        """Say what is wrong, in which row and field."""
        found = _PLACE.match(error.path)
        self.fault = error.message
        self.kinds, self.codes = _filled(self.kinds), _filled(self.codes)
        if found is None:
            self.fault = f"{error.path}: {error.message}" if error.path else error.message
            return
        group, number, name = found.groups()
        self.place = (group, int(number), _FIELDS.get(name, name or ""))

    def act(self, do: str) -> None:
        """Do what a button of a row asks for: ``add-kind``, ``kinds-up-2``, ``codes-remove-0``."""
        if do == "add-kind":
            self.kinds.append(blank_kind(len(self.kinds)))
            return
        if do == "add-code":
            self.codes.append(blank_code())
            return
        group, _, rest = do.partition("-")
        verb, _, number = rest.partition("-")
        rows = self.kinds if group == "kinds" else self.codes
        if not number.isdigit() or int(number) >= len(rows):
            return
        at = int(number)
        if verb == "remove":
            del rows[at]
        elif verb in {"up", "down"}:
            to = at + (1 if verb == "down" else -1)
            if 0 <= to < len(rows):
                rows[at], rows[to] = rows[to], rows[at]


def typed_of(content: Content) -> Typed:
    """Return a codebook as it stands in the form."""
    return Typed(
        kinds=[_kind_row(kind) for kind in content.kinds],
        codes=[_code_row(code) for code in content.codes],
        relations="\n".join(_relation_line(each) for each in content.relations),
        guideline=content.guideline,
    )


def typed_in(data: QueryDict) -> Typed:
    """Return what was sent; raise CodebookError where lists of fields do not match."""
    return Typed(
        kinds=_rows(data, "kind", KIND_FIELDS, KINDS),
        codes=_rows(data, "code", CODE_FIELDS, CODES),
        relations=data.get("relations", ""),
        guideline=_plain(data.get("guideline", "")),
    )


def blank_kind(number: int = 0) -> dict[str, str]:
    """Return a row for a new kind, in a colour of its own as long as there is one."""
    row = dict.fromkeys(KIND_FIELDS, "")
    return row | {"what": EntityUse.NONE.value, "colour": str(number % 12)}


def blank_code() -> dict[str, str]:
    """Return a row for a new code."""
    row = dict.fromkeys(CODE_FIELDS, "")
    return row | {"type": CodeType.SINGLE.value, "scale": "1-5", "required": "no"}


def _rows(data: QueryDict, prefix: str, fields: Sequence[str], most: int) -> list[dict[str, str]]:
    lists = {name: data.getlist(f"{prefix}-{name}") for name in fields}
    counts = {len(values) for values in lists.values()}
    if len(counts) != 1 or max(counts) > most + 1:
        raise CodebookError("", "The form arrived incomplete. Go back, and send it again.")
    return [
        {name: _plain(values[n]) for name, values in lists.items()} for n in range(counts.pop())
    ]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _filled(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Return the rows in which something was said."""
    return [
        row
        for row in rows
        if any(row[name].strip() for name in ("slug", "name", "key", "guideline"))
    ]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in _plain(text).split("\n") if line.strip()]


def _slug(row: Mapping[str, str]) -> str:
    """Return the word of a row: as it was given, else made of its name."""
    return row["slug"].strip() or slugify(row["name"])[:40].strip("-")


def _kind(row: Mapping[str, str], path: str) -> dict[str, Any]:
    what = row["what"]
    if what not in {value for value, _ in WHATS}:
        raise CodebookError(f"{path}.what", "Choose what it tags.")
    attributes = [_attribute(line, f"{path}.attributes") for line in _lines(row["attributes"])]
    return {
        "slug": _slug(row),
        "name": row["name"].strip(),
        "key": row["key"].strip(),
        "colour": int(row["colour"]) if row["colour"].isdecimal() else -1,
        "passage": what == PASSAGE,
        "entity": EntityUse.NONE.value if what == PASSAGE else what,
        "guideline": row["guideline"].strip(),
        "examples": [_example(line) for line in _lines(row["examples"])],
        "attributes": attributes,
    }


def _code(row: Mapping[str, str]) -> dict[str, Any]:
    has_choices = row["type"] in {CodeType.SINGLE, CodeType.MULTIPLE}
    scale = _SCALE.fullmatch(row["scale"].strip()) if row["type"] == CodeType.SCALE else None
    lowest, highest = (int(scale[1]), int(scale[2])) if scale else (1, 5)
    if row["type"] == CodeType.SCALE and scale is None:
        lowest, highest = 1, 0
    return {
        "slug": _slug(row),
        "name": row["name"].strip(),
        "key": row["key"].strip(),
        "type": row["type"],
        "choices": _lines(row["choices"]) if has_choices else [],
        "lowest": lowest,
        "highest": highest,
        "required": row["required"] == "yes",
        "guideline": row["guideline"].strip(),
        "examples": [_example(line) for line in _lines(row["examples"])],
    }


def _example(line: str) -> dict[str, Any]:
    wrong = line.startswith("-")
    text, _, note = line.removeprefix("-").partition("|")
    return {"text": text.strip(), "note": note.strip(), "wrong": wrong}


def _attribute(line: str, path: str) -> dict[str, Any]:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 3:
        raise CodebookError(
            path, f"“{line[:80]}” needs three parts, like: manner | Manner | direct / indirect."
        )
    slug, name, values = parts
    given: dict[str, Any] = {
        "slug": slug.removesuffix("*").strip(),
        "name": name,
        "required": slug.endswith("*"),
        "type": ValueType.CHOICE.value,
    }
    scale = _SCALE.fullmatch(values)
    if scale:
        ends = {"lowest": int(scale[1]), "highest": int(scale[2])}
        given |= {"type": ValueType.SCALE.value, **ends}
    elif values == ValueType.TEXT.value:
        given["type"] = ValueType.TEXT.value
    else:
        given["choices"] = [each.strip() for each in values.split("/") if each.strip()]
    return given


def _relation(line: str, number: int) -> dict[str, Any]:
    parts = [part.strip() for part in line.split("|")]
    sources, arrow, targets = parts[2].partition(">") if len(parts) == 3 else ("", "", "")
    if not arrow:
        raise CodebookError(
            f"relations[{number}]",
            f"“{line[:80]}” should be like: speaker | Speaker | quote > person, organisation.",
        )
    ends = {"sources": _words(sources), "targets": _words(targets)}
    return {"slug": parts[0], "name": parts[1], **ends}


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _kind_row(kind: Kind) -> dict[str, str]:
    return {
        "slug": kind.slug,
        "name": kind.name,
        "key": kind.key,
        "colour": str(kind.colour),
        "what": PASSAGE if kind.passage else kind.entity.value,
        "guideline": kind.guideline,
        "examples": "\n".join(_example_line(each) for each in kind.examples),
        "attributes": "\n".join(_attribute_line(each) for each in kind.attributes),
    }


def _code_row(code: CodeKind) -> dict[str, str]:
    return {
        "slug": code.slug,
        "name": code.name,
        "key": code.key,
        "type": code.type.value,
        "choices": "\n".join(code.choices),
        "scale": f"{code.lowest}-{code.highest}",
        "required": "yes" if code.required else "no",
        "guideline": code.guideline,
        "examples": "\n".join(_example_line(each) for each in code.examples),
    }


def _example_line(example: Example) -> str:
    note = f" | {example.note}" if example.note else ""
    return f"{'- ' if example.wrong else ''}{example.text}{note}"


def _attribute_line(attribute: Attribute) -> str:
    values = {
        ValueType.CHOICE: " / ".join(attribute.choices),
        ValueType.SCALE: f"{attribute.lowest}-{attribute.highest}",
        ValueType.TEXT: "text",
    }[attribute.type]
    return f"{attribute.slug}{'*' if attribute.required else ''} | {attribute.name} | {values}"


def _relation_line(relation: RelationKind) -> str:
    ends = f"{', '.join(relation.sources)} > {', '.join(relation.targets)}"
    return f"{relation.slug} | {relation.name} | {ends}"
