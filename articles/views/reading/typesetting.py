"""A version's text cut into the parts that a page sets; no HTML but what marks hits and tags."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import mark_safe

from articles.models import Version
from articles.search.language.matching import Hit
from articles.search.marking import Mark
from articles.text import Block, BlockKind
from articles.views.tagging.tagged_text import TaggedText, mark_tag

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


def marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """Return a stretch of a text, escaped, with each hit in a mark that bears its number.

    ``marks`` are in order and in code points of the text; a hit's first mark has the id
    ``hit-<number>``. Without marks in the stretch it is plain text, which templates escape.
    """
    pieces: list[str] = []
    at = start
    for mark in marks[bisect_left(marks, (start,)) : bisect_left(marks, (end,))]:
        pieces.append(escape(text[at : mark.start]))
        pieces.append(f"{mark_tag(mark)}{escape(text[mark.start : mark.end])}</mark>")
        at = mark.end
    if not pieces:
        return text[start:end]
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces))  # noqa: S308 -- every piece is escaped


def marked_line(line: str, hits: Sequence[Hit]) -> str:
    """Return a line that is no part of a text, such as a byline, with its hits in marks."""
    return marked(line, 0, len(line), [Mark(hit.start, hit.end, 0, "") for hit in hits])


def typeset(
    version: Version, marks: Sequence[Mark] = (), tagged: TaggedText | None = None
) -> TypesetText:
    """Return a version's text, in its parts; hits are marked, see :func:`marked`.

    With ``tagged`` each block is an element that bears its number and place, and what is tagged in
    it is drawn.
    """
    set_: Mapping[int, str]
    if tagged:
        set_ = dict(tagged.blocks(places(version), marks))
    else:
        set_ = {
            number: marked(version.text, start, end, marks)
            for number, (start, end) in enumerate(places(version))
        }
    return _parts(version, set_)


def places(version: Version) -> list[tuple[int, int]]:
    """Return where a version's blocks are in its text, in order."""
    return [(start, end) for _, start, end in version.blocks]


def _parts(version: Version, set_: Mapping[int, str]) -> TypesetText:
    page = TypesetText()
    fields = {
        BlockKind.HEADLINE: page.headline,
        BlockKind.STANDFIRST: page.standfirst,
        BlockKind.KEY_POINT: page.key_points,
        BlockKind.NOTE: page.notes,
    }
    captions: list[tuple[str, str]] = []
    dateline = ""
    for number, (name, start, end) in enumerate(version.blocks):
        kind, text = BlockKind(name), set_[number]
        if kind in fields:
            fields[kind].append(text)
        elif kind is BlockKind.CAPTION:
            captions.append((version.text[start:end], text))
        elif kind is BlockKind.DATELINE:
            dateline = text
        elif kind is BlockKind.LIST_ITEM:
            if not page.body or page.body[-1].kind != "list":
                page.body.append(Part("list"))
            page.body[-1].items.append(text)
        else:
            page.body.append(Part(kind.value, text, dateline))
            dateline = ""
    if dateline:
        page.body.append(Part("paragraph", "", dateline))
    page.pictures = _pictures(captions, version.read.get("captions") or ())
    return page


def _pictures(
    captions: Sequence[tuple[str, str]], read: Sequence[dict[str, str | None]]
) -> list[Picture]:
    """Join captions, as they are and as they are set, to the credits that were read with them.

    Credits alone come last.
    """
    credits_of = {" ".join((c.get("text") or "").split()): c.get("credit") or "" for c in read}
    pictures = [
        Picture(set_, credits_of.pop(" ".join(text.split()), "")) for text, set_ in captions
    ]
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
