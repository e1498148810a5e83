"""One document of a Factiva download into an article: by codes, by classes, or by place."""

import re
from collections.abc import Sequence
from typing import Any

from articles.formats.exports import shapes
from articles.formats.exports.paragraphs import Paragraph
from articles.formats.factiva_place import NUMBERED, Fields, by_place, entry, lead_fields, words_at
from articles.formats.records import article_of
from articles.parsed import ParsedArticle, ReadItem, Refused
from articles.reading import languages

_CODE = re.compile(r"\|?\s*([A-Z]{2,3})\s*(?:\|\s*|\t\s*|\s{2,}|$)(.*)", re.DOTALL)
_CODES = frozenset(
    [
        "AN",
        "ART",
        "BY",
        "CLM",
        "CO",
        "CR",
        "CT",
        "CX",
        "CY",
        "DLN",
        "ED",
        "ET",
        "GC",
        "HD",
        "HL",
        "IN",
        "IPC",
        "IPD",
        "LA",
        "LP",
        "NGC",
        "NS",
        "PD",
        "PG",
        "PUB",
        "RE",
        "RF",
        "RST",
        "SC",
        "SE",
        "SN",
        "TD",
        "VOL",
        "WC",
    ]
)
_BOLD_TEXT = frozenset({"articleParagraph", "articlePre"})

_FIELD_OF = {
    "HD": "headline",
    "BY": "byline",
    "SN": "source",
    "SE": "section",
    "PG": "page",
    "ED": "edition",
    "LA": "language",
    "CY": "rights",
    "DLN": "dateline",
    "CR": "agency",
    "ART": "captions",
}
_OWN_NAME = {
    "ET": "time",
    "SC": "source_code",
    "CO": "companies",
    "IN": "industries",
    "NS": "subjects",
    "RE": "regions",
    "IPC": "information_provider_codes",
    "IPD": "information_provider_descriptors",
    "PUB": "publisher",
    "CT": "contact",
    "RF": "references",
    "CLM": "column",
    "VOL": "volume",
    "NGC": "newspaper_group",
    "GC": "group_code",
    "WC": "length",
}


def looks_like_one(part: Sequence[Paragraph]) -> bool:
    """Return whether paragraphs without an accession number are a document that lost it."""
    return words_at(part) is not None or any(_code(p) == "HD" for p in part)


def contents(part: Sequence[Paragraph]) -> list[str]:
    """Return the headlines of a table of contents before the first document."""
    at = words_at(part)
    before = part[: max(0, at - 1)] if at is not None else ()
    listed = [headline for p in before if (headline := entry(p))]
    return listed if len(listed) > 1 else []


def title(part: Sequence[Paragraph], listed: Sequence[str] = ()) -> str:
    """Return a document's headline, as it will be read."""
    found = _by_code(part) or _by_class(part) or by_place(part, listed)
    return str(found.get("headline", ("", ""))[1])


def article(part: list[Paragraph], accession: str, locator: str, listed: Sequence[str]) -> ReadItem:
    """Return a document's article; a headline without a text is Refused.

    ``listed`` are the headlines of the table of contents, if there is one.
    """
    extra: dict[str, Any] = {}
    fields = _by_code(part, extra) or _by_class(part, extra) or by_place(part, listed, extra)
    if "headline" in fields:
        rule, printed = fields["headline"]
        fields["headline"] = (rule, NUMBERED.sub("", printed, count=1))
    if accession:
        fields["external_id"] = ("AN", accession)
    if "edition" in fields and not fields["edition"][1]:
        del fields["edition"]
    raw = "\n".join(p.text for p in part)
    if not fields.get("body", ("", []))[1] and not accession:
        reason = (
            "This document has a headline but no text in the export: most often it is sound, film "
            "or a web page that the service only links to."
        )
        return Refused(locator, "no_text", reason, raw[:20_000])
    item = article_of(fields, extra, locator, "Factiva")
    if isinstance(item, Refused):
        return Refused(item.locator, item.code, item.reason, raw[:20_000])
    kept = {**item.extra}
    if "length" in kept:
        kept |= shapes.with_length(item, str(kept["length"]))
    text = "\n".join(block.text for block in item.blocks if block.kind.is_body)
    values = {name: getattr(item, name) for name in item.__slots__}
    language = item.language or languages.detect(text)
    return ParsedArticle(**{**values, "extra": kept, "language": language})


def _code(paragraph: Paragraph) -> str:
    """Return the code that a paragraph begins with, or nothing."""
    match = _CODE.match(paragraph.text)
    return match[1] if match and match[1] in _CODES else ""


def _by_code(part: Sequence[Paragraph], extra: dict[str, Any] | None = None) -> Fields:
    """Read a document with indexing: each field under its code."""
    found: dict[str, list[Paragraph]] = {}
    code = ""
    for paragraph in part:
        match = _CODE.match(paragraph.text)
        if match and match[1] in _CODES and match[1] not in found:
            code = match[1]
            found[code] = []
            value = match[2].strip(" |")
        else:
            value = paragraph.text.strip(" |")
        if code and value:
            found[code].append(Paragraph(value))
    if "HD" not in found or len(found) < 3:
        return {}
    fields: Fields = {}
    for name, values in found.items():
        text = " ".join(p.line for p in values)
        if name in _FIELD_OF:
            fields[_FIELD_OF[name]] = (name, text)
        elif extra is not None and name in _OWN_NAME:
            extra[_OWN_NAME[name]] = text
    day = " ".join(p.line for p in found.get("PD", ()))
    time = " ".join(p.line for p in found.get("ET", ()))
    fields["published"] = ("PD", f"{day} {time}".strip())
    body = [p for name in ("LP", "TD") for p in found.get(name, ())]
    fields["body"] = ("LP", shapes.paragraph_blocks(body))
    if "HL" in found:
        fields["standfirst"] = ("HL", " ".join(p.line for p in found["HL"]))
    return fields


def _by_class(part: Sequence[Paragraph], extra: dict[str, Any] | None = None) -> Fields:
    """Read a document of a saved page, whose classes say what is what."""
    head = next((i for i, p in enumerate(part) if _is_headline(p)), None)
    if head is None:
        return {}
    extra = {} if extra is None else extra
    fields: Fields = {"headline": ("headline", part[head].line)}
    above = [p for p in part[:head] if "article" in p.marks]
    if above:
        fields["section"] = ("section", above[-1].line)
    body = [p for p in part[head + 1 :] if not _BOLD_TEXT.isdisjoint(p.marks)]
    if not body and any("headlines" in p.marks for p in part):
        return fields
    start = next((i for i, p in enumerate(part) if p in body), len(part)) if body else len(part)
    plain = [p for p in part[head + 1 : start] if _BOLD_TEXT.isdisjoint(p.marks)]
    authors = [p.line for p in plain if "author" in p.marks]
    if authors:
        fields["byline"] = ("author", "; ".join(authors))
    lead_fields([p for p in plain if "author" not in p.marks], fields, extra)
    fields["body"] = ("body", shapes.paragraph_blocks(body))
    after = [p for p in part[start:] if _BOLD_TEXT.isdisjoint(p.marks)]
    if after:
        extra["publisher"] = after[-1].line
        fields["captions"] = ("art", [p.line for p in after[:-1]])
    return fields


def _is_headline(paragraph: Paragraph) -> bool:
    return "#hd" in paragraph.marks or any(mark.endswith("Headline") for mark in paragraph.marks)
