"""The lines of one Nexis document sorted: header, labels, body, rights."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.formats.exports.paragraphs import Paragraph
from articles.formats.nexis_labels import HEADINGS, LABELS, LEADING

RIGHTS = re.compile(r"(?:copyright|©|\(c\)|all rights reserved|tous droits)", re.IGNORECASE)
_LABELLED = re.compile(r"([^\W\d_][\w'’ /-]{1,30}?)\s?:\s*(.*)", re.DOTALL)
_LEAVINGS = re.compile(
    r"(?:page \d+ (?:of|de|von) \d+|link to (?:the )?(?:image|original|pdf)\b.{0,80}|"
    r"pdf[- ]datei dieses dokuments|.{0,60}\bview original\b.{0,60})",
    re.IGNORECASE,
)
_LONGEST_RIGHTS = 600


@dataclass(slots=True)
class Draft:
    """What was found: under each label, and before, between and after them."""

    labels: dict[str, tuple[str, list[Paragraph]]] = field(default_factory=dict)
    header: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    rights: list[str] = field(default_factory=list)

    def put(self, ours: str, printed: str, paragraph: Paragraph | None) -> None:
        """Add a paragraph under a label."""
        _, values = self.labels.setdefault(ours, (printed, []))
        if paragraph is not None and paragraph.text:
            values.append(paragraph)

    def text(self, ours: str) -> str:
        """Return what stands under a label, on one line; nothing without it."""
        return "; ".join(p.line for p in self.labels[ours][1]) if ours in self.labels else ""


type Label = tuple[str, str, str]


def label_of(paragraph: Paragraph, *, knows_bold: bool) -> Label | None:
    """Return ``(our word, as printed, value)`` of a labelled paragraph or a heading, else None.

    Labels are capitals or, where the container shows bold type, bold.
    """
    text = paragraph.text
    alone = LABELS.get(text.casefold()) if len(text) < 30 else None
    if alone in HEADINGS and (text.isupper() or text.istitle() or paragraph.bold):
        return (alone, text, "") if not knows_bold or paragraph.bold else None
    match = _LABELLED.match(text) if ":" in text[:34] else None
    ours = LABELS.get(match[1].strip().casefold()) if match else None
    if match is None or ours is None or (knows_bold and not paragraph.bold):
        return None
    printed = match[1].strip()
    return (ours, printed, match[2]) if printed[0].isupper() else None


def draft_of(part: Sequence[Paragraph], *, knows_bold: bool, old: bool) -> Draft:
    """Sort a document's paragraphs. ``old`` is the layout that has no heading over the body."""
    kept = [p for p in part if not _LEAVINGS.fullmatch(p.line)]
    labels = [label_of(p, knows_bold=knows_bold) for p in kept]
    closing = _closing(kept, labels)
    sorting = _Sorting(old=old)
    for index, (paragraph, found) in enumerate(zip(kept, labels, strict=True)):
        in_body = sorting.place == "body"
        doubtful = found is not None and not knows_bold and not found[1].isupper()
        if found is None or (
            in_body and (found[0] in LEADING or (doubtful and not closing[index]))
        ):
            sorting.take(paragraph)
        else:
            sorting.take_label(found)
    return sorting.draft


def _closing(part: Sequence[Paragraph], labels: Sequence[Label | None]) -> list[bool]:
    """Return, for each paragraph, whether nothing but labels and what is theirs follows it.

    Where bold type is lost, ``Subject: he would not say.`` is told from a label by that alone.
    """
    plain = under_heading = True
    closing = [False] * len(part)
    for index in range(len(part) - 1, -1, -1):
        label = labels[index]
        if label is not None:
            plain = under_heading = plain if label[2] else under_heading
        elif not RIGHTS.match(part[index].line):
            plain = False
        closing[index] = plain
    return closing


class _Sorting:
    """Where in a document one is, and what was found so far."""

    def __init__(self, *, old: bool) -> None:
        self.draft = Draft()
        self.place = "header"
        self._heading = ""
        self._old = old

    def take_label(self, found: Label) -> None:
        ours, printed, value = found
        if ours == "body":
            self.place, self._heading = "body", ""
            if value:
                self.draft.body.append(Paragraph(value))
            return
        self._heading = "" if value else ours
        self.place = "labels" if ours in LEADING and self.place != "end" else "end"
        self.draft.put(ours, printed, Paragraph(value) if value else None)

    def take(self, paragraph: Paragraph) -> None:
        draft = self.draft
        is_rights = RIGHTS.match(paragraph.line) and len(paragraph.text) < _LONGEST_RIGHTS
        if self.place == "body":
            draft.body.append(paragraph)
        elif is_rights:
            draft.rights.append(paragraph.line)
            self._heading = ""
        elif self._heading and self._heading != "classification":
            draft.put(self._heading, self._heading, paragraph)
        elif self.place == "header":
            draft.header.append(paragraph)
        elif self.place == "labels":
            self.place = "body" if self._old or not draft.body else self.place
            draft.body.append(paragraph)
        elif draft.labels:
            # A paragraph after a closing label goes on with it.
            draft.labels[next(reversed(draft.labels))][1].append(paragraph)
