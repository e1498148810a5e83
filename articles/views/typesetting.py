"""A version's text cut into the parts that a page sets: pure, no HTML."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.models import Version
from articles.text import Block, BlockKind

# Languages written from right to left.
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"}
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the body: ``paragraph``, ``crosshead``, ``quotation`` or ``list``.

    A paragraph may begin with its dateline; a list has ``items`` instead of ``text``.
    """

    kind: str
    text: str = ""
    dateline: str = ""
    items: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of a picture: its caption, and who took it."""

    caption: str
    credit: str


@dataclass(slots=True)
class TypesetText:
    """An article as a page sets it."""

    headline: list[str] = field(default_factory=list)
    standfirst: list[str] = field(default_factory=list)
    key_points: list[str] = field(default_factory=list)
    body: list[Part] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def blocks_of(version: Version) -> list[Block]:
    """Return a version's blocks with their words."""
    text = version.text
    return [Block(BlockKind(kind), text[start:end]) for kind, start, end in version.blocks]


def typeset(version: Version) -> TypesetText:
    """Return a version's text, in its parts."""
    page = TypesetText()
    fields = {
        BlockKind.HEADLINE: page.headline,
        BlockKind.STANDFIRST: page.standfirst,
        BlockKind.KEY_POINT: page.key_points,
        BlockKind.NOTE: page.notes,
    }
    captions: list[str] = []
    dateline = ""
    for block in blocks_of(version):
        if block.kind in fields:
            fields[block.kind].append(block.text)
        elif block.kind is BlockKind.CAPTION:
            captions.append(block.text)
        elif block.kind is BlockKind.DATELINE:
            dateline = block.text
        elif block.kind is BlockKind.LIST_ITEM:
            if not page.body or page.body[-1].kind != "list":
                page.body.append(Part("list"))
            page.body[-1].items.append(block.text)
        else:
            page.body.append(Part(block.kind.value, block.text, dateline))
            dateline = ""
    if dateline:
        page.body.append(Part("paragraph", "", dateline))
    page.pictures = _pictures(captions, version.read.get("captions") or ())
    return page


def _pictures(captions: Sequence[str], read: Sequence[dict[str, str | None]]) -> list[Picture]:
    """Join caption blocks to the credits that were read with them; credits alone come last."""
    credits_of = {" ".join((c.get("text") or "").split()): c.get("credit") or "" for c in read}
    pictures = [Picture(text, credits_of.pop(" ".join(text.split()), "")) for text in captions]
    return pictures + [
        Picture("", credit) for text, credit in credits_of.items() if credit and not text
    ]


def direction(language: str | None) -> str:
    """Return a language's direction, for ``dir``; ``auto`` where the language is not known."""
    if not language:
        return "auto"
    main, *subtags = language.casefold().replace("_", "-").split("-")
    if "latn" in subtags or "cyrl" in subtags:
        return "ltr"
    return "rtl" if main in _RIGHT_TO_LEFT or {"arab", "hebr"} & set(subtags) else "ltr"
