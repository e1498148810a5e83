"""A Factiva document without codes: what each line is, by its place around the word count."""

import re
from collections.abc import Sequence
from typing import Any

from articles.formats.exports import shapes
from articles.formats.exports.paragraphs import Paragraph
from articles.reading import bylines, junk, languages

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
# Factiva may count the documents of a download in their headlines.
NUMBERED = re.compile(r"(\d{1,3})\) ")
_BY = re.compile(r"(?:by|von|par|por|di|door|av|af)\s", re.IGNORECASE)
_HEAD_LINES = 4

_COMPANY = re.compile(
    r"\b(?:ltd|limited|inc|llc|gmbh|ag|s\.?a\.?|company|corp\w*|group|newspapers?|press|digital|"
    r"media|verlag|publish\w*|agency|news|holdings?|plc|bv|co|full text)\b",
    re.IGNORECASE,
)
_COMPANY_END = re.compile(r"\b(?:inc|ltd|co|corp|llc|s\.a|pty)\.$", re.IGNORECASE)
_MASTHEAD = re.compile(r"dow jones|factiva|dow jones factiva|table of contents", re.IGNORECASE)
_LONGEST_BYLINE = 160
_LONGEST_ENTRY = 300
type Fields = dict[str, tuple[str, Any]]


def entry(paragraph: Paragraph) -> str:
    """Return the headline of a line in a table of contents; nothing if it is no such line."""
    match = _ENTRY.fullmatch(paragraph.line) if len(paragraph.text) < _LONGEST_ENTRY else None
    return match[1] if match else ""


def words_at(part: Sequence[Paragraph]) -> int | None:
    """Return the place of the word count that a date follows."""
    for index, paragraph in enumerate(part[:-1]):
        if len(paragraph.text) < 40 and _WORDS.fullmatch(paragraph.line):
            return index
    return None


def by_place(
    part: Sequence[Paragraph], listed: Sequence[str], extra: dict[str, Any] | None = None
) -> Fields:
    """Read a document without codes: section, headline and byline stand above the word count."""
    at = words_at(part)
    if at is None:
        return {}
    extra = {} if extra is None else extra
    fields: Fields = {}
    above = list(part[max(0, at - _HEAD_LINES) : at])
    above = [p for p in above if not entry(p) or p.line in listed or not listed]
    above = [p for p in above if not _MASTHEAD.fullmatch(p.line)]
    head = _headline_among(above, listed)
    if head is not None:
        fields["headline"] = ("headline", above[head].line)
        if head:
            fields["section"] = ("section", above[head - 1].line)
        _byline(above[head + 1 :], fields, extra)
    used = lead_fields(part[at:], fields, extra)
    rest = list(part[at + used :])
    if rest and _is_publisher(rest[-1]):
        extra["publisher"] = rest.pop().line
    fields["body"] = ("body", shapes.paragraph_blocks(rest))
    return fields


def _byline(lines: Sequence[Paragraph], fields: Fields, extra: dict[str, Any]) -> None:
    """Read the lines between headline and word count: the byline, then what it adds."""
    if lines:
        fields["byline"] = ("author", lines[0].line)
        extra["credit_line"] = "; ".join(p.line for p in lines[1:])


def _is_publisher(paragraph: Paragraph) -> bool:
    """Return whether a last line is a company's name and no sentence."""
    line = paragraph.line
    if len(line) > 70 or (line[-1] in '.!?”"…:' and not _COMPANY_END.search(line)):
        return False
    return _COMPANY.search(line) is not None


def _headline_among(above: Sequence[Paragraph], listed: Sequence[str]) -> int | None:
    """Return which of the lines above the word count is the headline.

    They are, of which some may be missing: section, headline, byline, more about the author.
    """
    if not above:
        return None
    bold = [i for i, p in enumerate(above) if p.bold]
    known = [i for i, p in enumerate(above) if p.line in listed]
    numbered = [i for i, p in enumerate(above) if NUMBERED.match(p.line)]
    if known or numbered or len(bold) == 1:
        return (known or numbered or bold)[-1]
    printed = next((i for i in range(1, len(above)) if _BY.match(above[i].line)), None)
    if printed is not None:
        return printed - 1
    last = len(above) - 1
    return last - 1 if last and _is_byline(above, last) else last


def _is_byline(above: Sequence[Paragraph], last: int) -> bool:
    """Return whether the last line names people, and is no headline under a section's name."""
    line, before = above[last].line, above[last - 1].line
    if len(line) > _LONGEST_BYLINE:
        return False
    named = 2 * sum(len(credit.name) for credit in bylines.parse(line)) >= len(line)
    if last > 1:
        # Section and headline stand above it already.
        return named or len(line.split()) <= 4
    return named and len(line) < len(before)


def lead_fields(lines: Sequence[Paragraph], fields: Fields, extra: dict[str, Any]) -> int:
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
