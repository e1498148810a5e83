"""A version's text cut into the parts that a page sets; no HTML but what marks hits and tags."""

import re
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
# Paragraphs far down are laid out after what may be in sight at first.
LINES_AT_ONCE = 100
# What a line holds at the full measure, in letters of Latin width, and the half line that a
# paragraph's last one leaves empty.
_LETTERS_A_LINE = 60
_MOST_LINES = 99
_WIDE = re.compile("[\u1100-\u11ff\u2e80-\uffdc\U00016fe0-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the body: ``paragraph``, ``crosshead``, ``quotation`` or ``list``.

    A paragraph may begin with its dateline; a list has ``items`` instead of ``text``. ``far`` are
    the classes of one far down: that it is, and how many lines it takes, about.
    """

    kind: str
    text: str = ""
    dateline: str = ""
    items: list[str] = field(default_factory=list)
    far: str = ""


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

    @property
    def is_far(self) -> bool:
        """Whether some of its paragraphs are far down."""
        return any(part.far for part in self.body)


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
    above = 0
    for number, (name, start, end) in enumerate(version.blocks):
        kind, text = BlockKind(name), set_[number]
        lines = lines_of(version.text[start:end])
        above += lines
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
            far = far_classes(lines) if above - lines > LINES_AT_ONCE else ""
            page.body.append(Part(kind.value, text, dateline, far=far))
            dateline = ""
    if dateline:
        page.body.append(Part("paragraph", "", dateline))
    page.pictures = _pictures(captions, version.read.get("captions") or ())
    return page


def lines_of(words: str) -> int:
    """Return how many lines words take at the full measure, about; at least one."""
    letters = len(words) if words.isascii() else len(words) + len(_WIDE.findall(words))
    return max(round(letters / _LETTERS_A_LINE + 0.5), 1)


def far_classes(lines: int) -> str:
    """Return the classes of a part that is laid out after what is in sight; see css/article.css."""
    tens, ones = divmod(min(lines, _MOST_LINES), 10)
    return " ".join(["far", *([f"l{tens}0"] if tens else []), *([f"l{ones}"] if ones else [])])


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
