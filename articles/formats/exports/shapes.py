"""The shapes that fields have in database exports: dates with editions, sections with pages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from articles.formats.exports.paragraphs import Paragraph
from articles.formats.protocol import FormatError
from articles.parsed import ParsedArticle, PrintedDate
from articles.reading import dates
from articles.reading.month_names import MONTHS
from articles.text import Block, BlockKind, word_count

_PAGE = re.compile(
    r"(?:pgs?|pages?|pags?|páginas?|s|seiten?|p|pp|blz|side|sida|стр)\b\.?\s*"
    r"(?P<page>[A-Z]{0,3}[-.]?\d+[A-Z]?(?:\s*[-–,&]\s*[A-Z]{0,3}\d+[A-Z]?)*)",
    re.IGNORECASE,
)
_BARE_PAGE = re.compile(r"[A-Z]{1,2}-?\d{1,3}")
_COMMA_PAGE = re.compile(r"(.+?),\s*(Pg\..*|S\..*|p\. ?\d.*)", re.IGNORECASE)
_WEEKDAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonnabend",
        "sonntag",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "lunes",
        "martes",
        "miércoles",
        "jueves",
        "viernes",
        "sábado",
        "domingo",
        "lunedì",
        "martedì",
        "mercoledì",
        "giovedì",
        "venerdì",
        "sabato",
        "domenica",
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
        "zondag",
        "segunda-feira",
        "terça-feira",
        "quarta-feira",
        "quinta-feira",
        "sexta-feira",
    ]
)
_NUMBER = re.compile(r"\d[\d.,\u202f\xa0 ]*")
_LONGEST_DATE = 160


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that begins with a date: the date, as printed, and what follows it."""

    date: PrintedDate
    printed: str
    rest: str


def date_line(text: str, *, language: str | None = None) -> DateLine | None:
    """Read ``November 5, 2002 Tuesday Final Edition``; None if it does not begin with a date.

    The date ends with the first word that adds nothing to it.
    """
    line = " ".join(text.split())
    if not line or len(line) > _LONGEST_DATE or not re.search(r"\d", line):
        return None
    words = line.split(" ")
    first = words[0].strip(".,").casefold()
    if not (first[0:1].isdigit() or first in MONTHS or first in _WEEKDAYS):
        return None
    whole = dates.parse(line, language=language)
    if whole is None:
        return None
    for kept in range(1, len(words) + 1):
        printed = " ".join(words[:kept])
        if dates.parse(printed, language=language) == whole:
            break
    rest = [word for word in words[kept:] if word.strip(",;-").casefold() not in _WEEKDAYS]
    return DateLine(whole, printed.rstrip(",;- "), " ".join(rest).strip(" ,;-"))


def section_and_page(text: str) -> tuple[str, str]:
    """Split ``News; Briefs; Pg. A10; Column`` into ``News; Briefs; Column`` and ``A10``."""
    page = ""
    kept: list[str] = []
    parts = [part.strip() for part in text.split(";")]
    for part in parts:
        inside = _COMMA_PAGE.fullmatch(part)
        match = _PAGE.match(inside[2] if inside else part)
        if match and not page:
            page = match["page"]
            rest = (inside[2] if inside else part)[match.end() :].strip(" ,")
            kept.extend(piece for piece in ((inside[1] if inside else ""), rest) if piece)
        elif part == parts[-1] and not page and len(parts) > 1 and _BARE_PAGE.fullmatch(part):
            page = part
        elif part:
            kept.append(part)
    return "; ".join(kept), page


def number_in(text: str) -> int | None:
    """Return the first number of ``1,269 words``; None without one."""
    match = _NUMBER.search(text)
    digits = re.sub(r"\D", "", match[0]) if match else ""
    return int(digits) if digits and len(digits) < 9 else None


def with_length(article: ParsedArticle, printed: str) -> dict[str, Any]:
    """Return what to keep of a printed length, and that it is far from the body as read."""
    kept: dict[str, Any] = {"length": printed}
    declared = number_in(printed)
    if declared is None:
        return kept
    body = sum(word_count(block.text) for block in article.blocks if block.kind.is_body)
    if abs(declared - body) > max(60, declared * 0.4):
        kept["length_differs"] = {"printed": declared, "read": body}
    return kept


def paragraph_blocks(paragraphs: Iterable[Paragraph]) -> list[Block]:
    """Return paragraphs as blocks of a body."""
    return [Block(BlockKind.PARAGRAPH, paragraph.text) for paragraph in paragraphs]


def check_count(declared: int | None, read: int, missing: Sequence[str] = ()) -> None:
    """Raise FormatError when an export declares another number of documents than was read."""
    if declared is None or declared == read:
        return
    which = f" Not found or out of order: {'; '.join(missing[:5])}." if missing else ""
    more = f" (and {len(missing) - 5} more)" if len(missing) > 5 else ""
    raise FormatError(
        f"The export says that it holds {declared} documents, but {read} were read.{which}{more} "
        "Nothing was stored. The file may be cut short, joined from parts, or of a layout that "
        "is not known here: download it again, or split it.",
        code="count_mismatch",
    )


def nothing_found(service: str) -> FormatError:
    """Return the error of a file without a single document."""
    return FormatError(
        f"No document was found in this file: it does not have the layout of a download from "
        f"{service}.",
        code="not_an_export",
    )
