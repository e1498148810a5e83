"""What a codebook lets be tagged: kinds, their entities and attributes, codes and relations."""

from collections.abc import Mapping, Sequence
from typing import Any

from articles.annotate.codebooks.codebook import (
    Attribute,
    CodeKind,
    CodeType,
    Content,
    EntityUse,
    Kind,
    RelationKind,
    ValueType,
)
from articles.annotate.codebooks.codebooks import content_of, main_version
from articles.annotate.tags.layers import Layer
from articles.annotate.tags.wanted import TaggingError, check_text, listed, short
from articles.models import CodebookVersion

ATTRIBUTE_CHARACTERS = 1_000
VALUE_CHARACTERS = 4_000
VALUES = 200


def version_of(layer: Layer) -> CodebookVersion:
    """Return the version of a codebook by which a layer is tagged."""
    return layer.codebook_version or main_version(layer.corpus)


def rules_of(version: CodebookVersion) -> Content:
    """Return what a version says."""
    return content_of(version)


def kind_of(content: Content, slug: str) -> Kind:
    """Return the kind of a word; raise TaggingError if the codebook has none."""
    kind = content.kind(slug)
    if kind is None:
        has = listed(each.slug for each in content.kinds) or "none"
        raise TaggingError("kind", f"The codebook has no kind “{short(slug)}”. There are: {has}.")
    return kind


def check_entity_use(kind: Kind, *, named: bool) -> None:
    """Raise TaggingError unless a mention of a kind names an entity if, and only if, it must."""
    if named and kind.entity is EntityUse.NONE:
        raise TaggingError("entity", f"{kind.name} names no entity.")
    if not named and kind.entity is EntityUse.REQUIRED:
        raise TaggingError("entity", f"Say which one: {kind.name} names an entity.")


def check_attributes(kind: Kind, given: Mapping[str, Any], *, complete: bool) -> dict[str, Any]:
    """Return the attributes of a mention; with ``complete`` those required must be there.

    One that is empty or null counts as not given. Raises TaggingError.
    """
    unknown = [slug for slug in given if kind.attribute(str(slug)) is None]
    if unknown:
        raise TaggingError("attributes", f"{kind.name} has no {listed(map(short, unknown))}.")
    found = {slug: value for slug, value in given.items() if value not in (None, "")}
    for attribute in kind.attributes:
        if attribute.slug in found:
            _check_value(attribute, found[attribute.slug])
        elif complete and attribute.required:
            raise TaggingError("attributes", f"{attribute.name} is required of {kind.name}.")
    return found


def _check_value(attribute: Attribute, value: Any) -> None:
    match attribute.type:
        case ValueType.CHOICE:
            if value not in attribute.choices:
                raise TaggingError(
                    "attributes", f"{attribute.name} is one of {listed(attribute.choices)}."
                )
        case ValueType.SCALE:
            ends = attribute.lowest, attribute.highest
            if isinstance(value, bool) or not isinstance(value, int):
                raise TaggingError("attributes", f"{attribute.name} is a whole number.")
            if not ends[0] <= value <= ends[1]:
                raise TaggingError(
                    "attributes", f"{attribute.name} is from {ends[0]} to {ends[1]}."
                )
        case ValueType.TEXT:
            if not isinstance(value, str):
                raise TaggingError("attributes", f"{attribute.name} is text.")
            check_text("attributes", value, ATTRIBUTE_CHARACTERS)


def code_of(content: Content, slug: str) -> CodeKind:
    """Return the code of a word; raise TaggingError if the codebook has none."""
    code = content.code(slug)
    if code is None:
        raise TaggingError("code", f"The codebook has no code “{short(slug)}”.")
    return code


def check_values(code: CodeKind, values: Sequence[str]) -> list[str]:
    """Return the values of a code of an article, each once. Raises TaggingError."""
    found = list(dict.fromkeys(value.strip() for value in values))
    if len(found) > VALUES:
        raise TaggingError("values", f"At most {VALUES} values.")
    found = [value for value in found if value]
    if len(found) > 1 and code.type is not CodeType.MULTIPLE:
        raise TaggingError("values", f"{code.name} takes one value.")
    for value in found:
        check_text("values", value, VALUE_CHARACTERS)
        if code.type.has_choices and value not in code.choices:
            raise TaggingError("values", f"{code.name} is one of {listed(code.choices)}.")
        if code.type is CodeType.SCALE and not _is_on(code, value):
            raise TaggingError(
                "values", f"{code.name} is a whole number from {code.lowest} to {code.highest}."
            )
    return found


def _is_on(code: CodeKind, value: str) -> bool:
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 6):
        return False
    return value == str(int(value)) and code.lowest <= int(value) <= code.highest


def relation_of(content: Content, slug: str, source: str, target: str) -> RelationKind:
    """Return a relation that may lead from one kind to another. Raises TaggingError."""
    relation = content.relation(slug)
    if relation is None:
        raise TaggingError("kind", f"The codebook has no relation “{short(slug)}”.")
    if not relation.allows(source, target):
        raise TaggingError(
            "kind", f"{relation.name} does not lead from “{short(source)}” to “{short(target)}”."
        )
    return relation
