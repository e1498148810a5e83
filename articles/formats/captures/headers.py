"""Header lines: what a line above or below an article says about it.

``Date: 9 Jan 2019``, ``The Guardian``, ``Par Jeanne Petit``, ``The Guardian | 9 Jan 2019``. A line
is a header only if all of it is understood; else it is left for others to explain.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from articles.formats.captures.header_words import CHANGED, DATE_WORDS, HOME, LABELS
from articles.formats.captures.words import count
from articles.reading import agencies, bylines, dates, junk, outlets

# The longest header line in characters, and the most words that may stand round a date in one.
_LONGEST, _LONGEST_URL = 200, 1000
_WORDS_ROUND_A_DATE = 4
_MOST_TOPIC_WORDS = 30

_FIELD_OF = {
    label.replace("-", " "): field for field, labels in LABELS.items() for label in labels.split()
}
_LABELLED = re.compile(r"([^:：]{1,24}?)\s?[:：]\s*(\S.*)")
_URL = re.compile(r"(?:(?P<label>[^\s:]{1,12})\s?:\s+)?(?P<url>https?://[^\s<>\"]+)", re.IGNORECASE)
_PARTS = re.compile(r"\s+[|·•–—/]\s+|\s*[|·•]\s*|\s+-\s+")
_STEP = re.compile(r"\s*[›»>→]\s*|\s+/\s+")
_MOST_STEPS, _STEP_WORDS = 4, 4
_PAGE = re.compile(
    r"(?:page|pages|p\.|pp\.|pg\.?|seite|s\.|página|pág\.|pagina|pag\.|стр\.|страница|صفحة|ص)\s?"
    r"([A-Z]{0,2}\d{1,3}(?:[-–]\d{1,3})?)",
    re.IGNORECASE,
)
_CUTS = frozenset(",;()")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Header:
    """One field read from a header line: ``field`` as in the table above, its value, and how."""

    field: str
    value: Any
    raw: str
    rule: str


class Outlets:
    """The names by which a line is known as an outlet's."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known = {name.casefold().strip(): name.strip() for name in sorted(known)}

    def name(self, text: str) -> str | None:
        """Return the canonical name of the outlet that ``text`` as a whole names, or ``None``."""
        words = text.strip(" ,;|·•–—()[]")
        if not words or len(words) > _LONGEST:
            return None
        return outlets.canonical(words) or self._known.get(words.casefold())


def parse(text: str, known: Outlets) -> tuple[Header, ...]:
    """Return what a header line says, in its order; nothing if it is no header line."""
    url = _URL.fullmatch(text) if len(text) <= _LONGEST_URL else None
    if url:
        return (Header("url", url["url"], text, "url line"),)
    if len(text) > _LONGEST:
        return ()
    return _labelled(text, known) or _whole(text, known) or _parts(text, known)


def _labelled(text: str, known: Outlets) -> tuple[Header, ...]:
    """Read ``Label: value`` where the label is one we know and the value is of its kind."""
    match = _LABELLED.fullmatch(text)
    field = _FIELD_OF.get(match[1].casefold().strip()) if match else None
    if match is None or field is None:
        return ()
    value = match[2].strip()
    rule = f"labelled {field}"
    if field in {"published", "modified"}:
        found = dates.find(value)
        return (Header(field, found[0], text, rule),) if found else ()
    if field == "source":
        agency = None if known.name(value) else agencies.canonical(value)
        if agency:  # "Source: AP" names who wrote it, not who printed it
            return (Header("byline", value, text, rule),)
        return (Header("source", known.name(value) or value, text, rule),)
    if field == "byline" and not _may_be_byline(match[1], value):
        return ()
    if field == "topics" and (value[-1] in ".!?" or count(value) > _MOST_TOPIC_WORDS):
        return ()
    if field == "length" and not value[:1].isdigit():
        return ()
    return (Header(field, value, text, rule),)


def _may_be_byline(label: str, value: str) -> bool:
    """Whether what follows a byline's label is names: "By: 2030, all cars …" is not."""
    stops = value.rstrip(".").count(". ")
    return bool(label) and count(value) <= 20 and stops <= 2 and not value[0].isdigit()


def _whole(text: str, known: Outlets) -> tuple[Header, ...]:
    """Read a line that as a whole is an outlet, an agency, a byline or a date."""
    # An agency that also has a site of its own wrote the story; who printed it is another line's.
    if agencies.canonical(text):
        return (Header("byline", text.strip("()[]"), text, "line is an agency"),)
    source = known.name(text)
    if source:
        return (Header("source", source, text, "line is an outlet"),)
    if section := _breadcrumb(text):
        return section
    if bylines.looks_like_byline(text):
        return (Header("byline", text, text, "line is a byline"),)
    found = dates.find(text)
    if found and _only_date_words(text.replace(found[1], " ", 1)):
        return (_dated(text, found),)
    return ()


def _dated(text: str, found: tuple[Any, str]) -> Header:
    field = "modified" if CHANGED.search(text.replace(found[1], " ", 1)) else "published"
    return Header(field, found[0], text, "line is a date")


def _only_date_words(rest: str) -> bool:
    """Whether only words as in "Published on … at … GMT" are left round a date."""
    words = _WORD.findall(rest.casefold())
    return len(words) <= 2 * _WORDS_ROUND_A_DATE and all(word in DATE_WORDS for word in words)


def _round_a_date(text: str, printed: str) -> list[str]:
    """Cut a line before and after its date, if commas or brackets do so: no sentence is cut."""
    before, _, after = text.partition(printed)
    if (before and before.rstrip()[-1:] not in _CUTS) or (
        after and after.lstrip()[:1] not in _CUTS
    ):
        return []
    pieces = [piece.strip(" ,;()") for piece in (before, printed, after)]
    return [piece for piece in pieces if piece]


def _page(piece: str) -> tuple[Header, ...]:
    """Read "Page 3", which says where a story stood only beside a date or an outlet."""
    match = _PAGE.fullmatch(piece)
    return (Header("page", match[1], piece, "page"),) if match else ()


def _breadcrumb(text: str) -> tuple[Header, ...]:
    """Read "Home > World > Asia" as the section that it leads through."""
    steps = [step.strip() for step in _STEP.split(text)]
    if not 2 <= len(steps) <= _MOST_STEPS or steps[0].casefold() not in HOME:
        return ()
    if any(not step or count(step) > _STEP_WORDS or step.endswith(".") for step in steps):
        return ()
    return (Header("section", steps[1], text, "breadcrumb"),)


def _parts(text: str, known: Outlets) -> tuple[Header, ...]:
    """Read a line of parts, ``The Guardian | 9 Jan 2019``: a date or an outlet, little else."""
    pieces = [piece.strip() for piece in _PARTS.split(text) if piece.strip()]
    found = dates.find(text)
    if len(pieces) < 2 and found:
        pieces = _round_a_date(text, found[1])
    if len(pieces) < 2:
        return ()
    pieces = [piece for piece in pieces if _page(piece) or not junk.reason(piece)] or pieces
    read = [_labelled(piece, known) or _whole(piece, known) or _page(piece) for piece in pieces]
    strange = sum(count(piece) for piece, headers in zip(pieces, read, strict=True) if not headers)
    headers = [header for piece in read for header in piece]
    firm = {header.field for header in headers} & {"published", "modified", "source"}
    if not firm or (strange and not {"published", "modified"} & firm):
        return ()
    if strange > _WORDS_ROUND_A_DATE or (strange and len(pieces) < 3):
        return ()
    return tuple(Header(h.field, h.value, text, f"{h.rule}, in parts") for h in headers)
