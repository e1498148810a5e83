"""One document of a Factiva download into an article: by codes, by classes, or by place."""

import re
from collections.abc import Sequence
from typing import Any

from articles.formats.exports import shapes
from articles.formats.exports.paragraphs import Paragraph
from articles.formats.records import article_of
from articles.parsed import ParsedArticle, ReadItem, Refused
from articles.reading import bylines, junk, languages

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
_WORDS = re.compile(
    r"[\d.,\s\u202f]+(?:words?|wörter|mots?|palabras|parole|palavras|woorden|ord|sanaa|słów|слов\w*|"
    r"字|語|文字|단어|어절|کلمة|كلمة|kelime|slov|szó)",
    re.IGNORECASE,
)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:\s?[ap]m)?(?:\s+[A-Z]{2,5})?", re.IGNORECASE)
_SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9]{2,7}")
_PAGE = re.compile(
    r"(?:p\.? ?)?[A-Z]{0,4}-?\d{1,4}[A-Z]?(?:[-–/,]\s*[A-Z]?\d{1,4})*", re.IGNORECASE
)
_ENTRY = re.compile(r"(?:[•·*]\s*|\d{1,3}[.)]\s+)?(\S.*?)[\s.]*(?:\.{3,}|\s)\s*(?:page )?\d{1,4}")
_NUMBERED = re.compile(r"\d{1,3}\) ")
_BY = re.compile(r"(?:by|von|par|por|di|door|av|af)\s", re.IGNORECASE)
_BOLD_TEXT = frozenset({"articleParagraph", "articlePre"})
_HEAD_LINES = 4

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
    return _words_at(part) is not None or any(_code(p) == "HD" for p in part)


def contents(part: Sequence[Paragraph]) -> list[str]:
    """Return the headlines of a table of contents before the first document."""
    at = _words_at(part)
    before = part[: max(0, at - 1)] if at is not None else ()
    listed = [match[1] for p in before if (match := _ENTRY.fullmatch(p.line))]
    return listed if len(listed) > 1 else []


def title(part: Sequence[Paragraph], listed: Sequence[str] = ()) -> str:
    """Return a document's headline, as it will be read."""
    found = _by_code(part) or _by_class(part) or _by_place(part, listed)
    return str(found.get("headline", ("", ""))[1])


def article(part: list[Paragraph], accession: str, locator: str) -> ReadItem:
    """Return a document's article; a headline without a text is Refused."""
    extra: dict[str, Any] = {}
    listed = contents(part)
    fields = _by_code(part, extra) or _by_class(part, extra) or _by_place(part, listed, extra)
    if "headline" in fields:
        rule, printed = fields["headline"]
        fields["headline"] = (rule, _NUMBERED.sub("", printed, count=1))
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


type _Fields = dict[str, tuple[str, Any]]


def _code(paragraph: Paragraph) -> str:
    """Return the code that a paragraph begins with, or nothing."""
    match = _CODE.match(paragraph.text)
    return match[1] if match and match[1] in _CODES else ""


def _by_code(part: Sequence[Paragraph], extra: dict[str, Any] | None = None) -> _Fields:
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
    fields: _Fields = {}
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


def _by_class(part: Sequence[Paragraph], extra: dict[str, Any] | None = None) -> _Fields:
    """Read a document of a saved page, whose classes say what is what."""
    head = next((i for i, p in enumerate(part) if _is_headline(p)), None)
    if head is None:
        return {}
    extra = {} if extra is None else extra
    fields: _Fields = {"headline": ("headline", part[head].line)}
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
    _lead_fields([p for p in plain if "author" not in p.marks], fields, extra)
    fields["body"] = ("body", shapes.paragraph_blocks(body))
    after = [p for p in part[start:] if _BOLD_TEXT.isdisjoint(p.marks)]
    if after:
        extra["publisher"] = after[-1].line
        fields["captions"] = ("art", [p.line for p in after[:-1]])
    return fields


def _is_headline(paragraph: Paragraph) -> bool:
    return "#hd" in paragraph.marks or any(mark.endswith("Headline") for mark in paragraph.marks)


def _words_at(part: Sequence[Paragraph]) -> int | None:
    """Return the place of the word count that a date follows."""
    for index, paragraph in enumerate(part[:-1]):
        if len(paragraph.text) < 40 and _WORDS.fullmatch(paragraph.line):
            return index
    return None


def _by_place(
    part: Sequence[Paragraph], listed: Sequence[str], extra: dict[str, Any] | None = None
) -> _Fields:
    """Read a document without codes: section, headline and byline stand above the word count."""
    at = _words_at(part)
    if at is None:
        return {}
    extra = {} if extra is None else extra
    fields: _Fields = {}
    above = list(part[max(0, at - _HEAD_LINES) : at])
    above = [p for p in above if not _ENTRY.fullmatch(p.line) or p.line in listed or not listed]
    head = _headline_among(above, listed)
    if head is not None:
        fields["headline"] = ("headline", above[head].line)
        if head:
            fields["section"] = ("section", above[head - 1].line)
        if head + 1 < len(above):
            fields["byline"] = ("author", "; ".join(p.line for p in above[head + 1 :]))
    used = _lead_fields(part[at:], fields, extra)
    rest = list(part[at + used :])
    if rest and _is_publisher(rest[-1]):
        extra["publisher"] = rest.pop().line
    fields["body"] = ("body", shapes.paragraph_blocks(rest))
    return fields


def _is_publisher(paragraph: Paragraph) -> bool:
    """Return whether a last line is a company's name and no sentence."""
    return (
        len(paragraph.text) < 70
        and paragraph.text[-1] not in '.!?”"…:'
        and (
            re.search(
                r"\b(?:ltd|limited|inc|llc|gmbh|ag|s\.?a\.?|company|corp\w*|group|newspapers?|press|"
                r"media|verlag|publish\w*|agency|news|holdings?|plc|bv|co)\b",
                paragraph.line,
                re.IGNORECASE,
            )
            is not None
        )
    )


def _headline_among(above: Sequence[Paragraph], listed: Sequence[str]) -> int | None:
    """Return which of the lines above the word count is the headline."""
    if not above:
        return None
    bold = [i for i, p in enumerate(above) if p.bold]
    known = [i for i, p in enumerate(above) if p.line in listed]
    if known or len(bold) == 1:
        return (known or bold)[-1]
    last = len(above) - 1
    if last and _is_byline(above[last].line, above[last - 1].line):
        return last - 1
    return last


def _is_byline(line: str, headline: str) -> bool:
    if _BY.match(line):
        return True
    words = line.split()
    return (
        1 < len(words) <= 6
        and len(line) < len(headline)
        and not line.isupper()
        and all(
            word[0].isupper() or word in {"and", "und", "et", "y", "de", "van"} for word in words
        )
        and bool(bylines.parse(line))
    )


def _lead_fields(lines: Sequence[Paragraph], fields: _Fields, extra: dict[str, Any]) -> int:
    """Read the lines from the word count to the rights by their order; return how many they are.

    Words, date, time, source, its code, edition, page, language, rights: some may be missing.
    """
    texts = [p.line for p in lines[:12]]
    index = 0
    while index < len(texts) and not _WORDS.fullmatch(texts[index]):
        index += 1
    if index == len(texts):
        return 0
    extra["length"] = texts[index]
    index += 1
    if index < len(texts) and shapes.date_line(texts[index]):
        printed = texts[index]
        index += 1
        if index < len(texts) and _TIME.fullmatch(texts[index]):
            printed = f"{printed} {texts[index]}"
            index += 1
        fields["published"] = ("date", printed)
    if index < len(texts):
        fields["source"] = ("source", texts[index])
        index += 1
    if index < len(texts) and _SOURCE_CODE.fullmatch(texts[index]):
        extra["source_code"] = texts[index]
        index += 1
    end = _language_at(texts, index)
    for text in texts[index : end if end is not None else index]:
        ours = "page" if _PAGE.fullmatch(text) else "edition"
        fields.setdefault(ours, (ours, text))
    if end is not None:
        fields["language"] = ("language", texts[end])
        index = end + 1
    if index < len(texts) and _is_rights(texts[index]):
        fields["rights"] = ("rights", texts[index])
        index += 1
    return index


def _is_rights(text: str) -> bool:
    return junk.is_rights_line(text) or "opyright" in text


def _language_at(texts: Sequence[str], start: int) -> int | None:
    """Return the place of the language: a line that names one, or the last before the rights."""
    for index in range(start, min(len(texts), start + 5)):
        if _is_rights(texts[index]):
            return index - 1 if index > start and len(texts[index - 1]) < 30 else None
        if not texts[index].isupper() and languages.normalise_tag(texts[index]):
            return index
    return None
