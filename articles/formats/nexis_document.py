"""One document of a Nexis download: its header lines, labels and body into an article."""

import re
from typing import Any

from articles.formats.exports import shapes
from articles.formats.exports.paragraphs import Paragraph
from articles.formats.nexis_draft import RIGHTS, Draft, draft_of, label_of
from articles.formats.records import article_of
from articles.parsed import ParsedArticle, ReadItem, Refused
from articles.reading import agencies, dates, languages, outlets
from articles.reading.month_names import MONTHS

_HOLDER = re.compile(
    r"(?:copyright|©|\(c\))\s*(?:©|\(c\))?\s*(?:\d{4}(?:[-,]\s*\d{4})*)?[,.]?\s*([^.\n]{2,80})",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[,.]?\s*(?:all rights reserved|tous droits réservés|ltd|inc|limited|gmbh).*", re.IGNORECASE
)
_CONTENT_ITEM = re.compile(r"urn(?::|%3A)contentItem(?::|%3A)([\w-]{8,60})", re.IGNORECASE)
_COVER_LINE = re.compile(
    r"(?:client/matter|search terms?|search type|narrowed by|content type|job number|user name|"
    r"date and time|date of download|suchbegriffe|termes de recherche|terms|source|"
    r"combined source|project id|send to|time of request|download request)\s*(?::.*)?|"
    r"[^:]{3,40}:.*\btimeline: .*",
    re.IGNORECASE | re.DOTALL,
)
_EDITION = re.compile(r"\b(?:edition|ausgabe|édition|edición|editie|edizione)\b", re.IGNORECASE)
_WEB = re.compile(r"https?://\S{4,1000}")
_DAY = re.compile(r"[\s,]*\b([^\W\d]{3,12})\.? \d{1,2}\.?$|[\s,]*\b\d{1,2}\.? ([^\W\d]{3,12})\.?$")
_FIELD_OF = {"headline": "headline", "byline": "byline", "highlight": "standfirst"}
# No cover has these.
_SURE = frozenset({"length", "body"})
_LOOK_BACK = 12


def beginning(part: list[Paragraph], *, knows_bold: bool) -> int:
    """Return where a document begins that comes after a cover: at its title.

    The title stands above the publication, which stands above the date, which stands above the
    first label.
    """
    first = _first_label(part, knows_bold=knows_bold)
    dated = _date_index(part[:first])
    if dated is None:
        return max(0, first - 3)
    title = dated - 2
    while title > 0 and _COVER_LINE.fullmatch(part[title].line):
        title += 1
    return max(0, min(title, dated))


def looks_like_one(part: list[Paragraph], *, knows_bold: bool) -> bool:
    """Return whether paragraphs after the last end mark are a document that lost its own."""
    first = _first_label(part, knows_bold=knows_bold)
    return first < len(part) and _date_index(part[:first]) is not None


def title(part: list[Paragraph]) -> str:
    """Return a document's title as its first line has it."""
    return part[0].line if part else ""


def _first_label(part: list[Paragraph], *, knows_bold: bool) -> int:
    """Return the place of a document's first label, those on a cover before it left out."""
    labels = [label_of(p, knows_bold=knows_bold) for p in part]
    sure = next((i for i, label in enumerate(labels) if label and label[0] in _SURE), len(part))
    after = max((i for i in range(sure) if _COVER_LINE.fullmatch(part[i].line)), default=-1) + 1
    return next((i for i in range(after, len(part)) if labels[i] is not None), len(part))


def _date_index(header: list[Paragraph]) -> int | None:
    """Return the place of the last date line among header lines."""
    for index in range(len(header) - 1, max(-1, len(header) - _LOOK_BACK), -1):
        if not RIGHTS.match(header[index].line) and shapes.date_line(header[index].text):
            return index
    return None


def article(
    part: list[Paragraph], locator: str, *, knows_bold: bool, listed: Paragraph | None
) -> ReadItem:
    """Return a document's article; ``listed`` is its entry in the table of contents."""
    old = (
        bool(part) and re.search(r"\d \w+ \d", part[0].text) is not None and len(part[0].text) < 60
    )
    draft = draft_of(part[1:] if old else part, knows_bold=knows_bold, old=old)
    fields = _header_fields(draft, old=old)
    link = next((p.link for p in draft.header if "contentItem" in p.link), "")
    link = link or (listed.link if listed else "")
    extra = _label_fields(draft, fields)
    urn = _CONTENT_ITEM.search(link)
    if urn:
        fields["external_id"] = ("link", f"urn:contentItem:{urn[1]}")
        extra["nexis_url"] = link
    return _finished(article_of(fields, extra, locator, "Nexis"), draft, part)


def _header_fields(draft: Draft, *, old: bool) -> dict[str, tuple[str, Any]]:
    """Read publication, date, edition and title from the lines above the labels."""
    fields: dict[str, tuple[str, Any]] = {}
    header = draft.header
    index = next((i for i, p in enumerate(header) if shapes.date_line(p.text)), None)
    if index is None:
        titles = header[:1]
        if len(header) > 1:
            fields["source"] = ("publication", header[1].line)
    else:
        found = shapes.date_line(header[index].text)
        if found is not None:
            fields["published"] = ("date", found.printed)
            fields["edition"] = ("date", found.rest)
        if old:
            titles = header[index + 1 :]
            if index:
                fields["source"] = ("publication", header[index - 1].line)
        else:
            # A blog stands under its paper, in brackets: "The New York Times Blogs", "(Green)".
            upper = index - 2 if index > 2 and header[index - 1].text[0] == "(" else index - 1
            titles = header[: max(1, upper)] if index else header[1:2]
            if upper > 0:
                names = header[upper:index]
                fields["source"] = ("publication", " ".join(p.line for p in names))
    _split_edition(fields)
    if titles:
        fields["headline"] = ("title", " ".join(p.line for p in titles))
    return fields


def _split_edition(fields: dict[str, tuple[str, Any]]) -> None:
    """Take the edition off a publication: ``The Guardian (London) - Final Edition``."""
    if "source" not in fields:
        return
    rule, printed = fields["source"]
    name, dash, edition = printed.rpartition(" - ")
    if dash and _EDITION.search(edition):
        fields["source"] = (rule, name)
        if not fields.get("edition", ("", ""))[1]:
            fields["edition"] = (rule, edition)


def _label_fields(draft: Draft, fields: dict[str, tuple[str, Any]]) -> dict[str, Any]:
    """Fill fields from the labels; return what goes to extra."""
    extra: dict[str, Any] = {}
    for ours, (printed, paragraphs) in draft.labels.items():
        text = draft.text(ours)
        if ours in _FIELD_OF:
            fields[_FIELD_OF[ours]] = (printed, text)
        elif ours == "section":
            section, page = shapes.section_and_page(text)
            fields["section"], fields["page"] = (printed, section), (printed, page)
        elif ours == "dateline":
            fields["dateline"] = (printed, _place(text))
        elif ours == "graphic":
            fields["captions"] = (printed, [p.line for p in paragraphs])
        elif ours == "language":
            fields["language"] = (printed, text.split(";")[0])
        elif ours not in {"length", "classification", "copyright"}:
            extra[ours] = text
    body = _without_abstract(draft.body, fields)
    if len(body) > 1 and _WEB.fullmatch(body[-1].line):
        fields["url"] = ("last line", body.pop().line)
    fields["body"] = ("body", shapes.paragraph_blocks(body))
    _rights_fields(draft, fields)
    return extra


def _rights_fields(draft: Draft, fields: dict[str, tuple[str, Any]]) -> None:
    """Fill the rights, and the source from them where no line names one."""
    rights = [*draft.rights, *filter(None, [draft.text("copyright")])]
    if not rights:
        return
    fields["rights"] = ("copyright", " ".join(rights))
    if "source" not in fields and (holder := _holder(rights)):
        fields["source"] = ("copyright", holder)


def _without_abstract(body: list[Paragraph], fields: dict[str, tuple[str, Any]]) -> list[Paragraph]:
    """Take an ABSTRACT before the FULL TEXT as the standfirst that it is."""
    lines = [p.line for p in body]
    if lines[:1] == ["ABSTRACT"] and "FULL TEXT" in lines:
        split = lines.index("FULL TEXT")
        fields.setdefault("standfirst", ("ABSTRACT", " ".join(lines[1:split])))
        return body[split + 1 :]
    return body


def _place(text: str) -> str:
    """Return a dateline without its date: ``BEIRUT, March 14 2013`` is from Beirut."""
    parts = [part.strip() for part in text.split(",")]
    for kept in range(1, len(parts)):
        if dates.parse(", ".join(parts[kept:])) is not None:
            text = ", ".join(parts[:kept])
            break
    match = _DAY.search(text)
    if match and (match[1] or match[2]).casefold() in MONTHS:
        text = text[: match.start()]
    return text.strip(" ,")


def _holder(rights: list[str]) -> str:
    """Return the outlet that a copyright line names, where it is one that is known."""
    match = _HOLDER.search(" ".join(rights))
    name = _TAIL.sub("", match[1]).strip(" ,.-") if match else ""
    return outlets.canonical(name) or agencies.canonical(name) or ""


def _finished(item: ReadItem, draft: Draft, part: list[Paragraph]) -> ReadItem:
    if isinstance(item, Refused):
        raw = "\n".join(p.text for p in part)[:20_000]
        return Refused(item.locator, item.code, item.reason, raw)
    extra = {**item.extra, **shapes.with_length(item, draft.text("length"))}
    if not draft.text("length"):
        extra.pop("length", None)
    fields = {name: getattr(item, name) for name in item.__slots__}
    text = "\n".join(block.text for block in item.blocks if block.kind.is_body)
    language = item.language or languages.detect(text)
    return ParsedArticle(**{**fields, "extra": extra, "language": language})
