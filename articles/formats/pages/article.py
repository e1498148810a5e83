"""One page to one article: every field by its first rule that finds it, with where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.formats.pages import (
    authors,
    body,
    captions,
    cleaning,
    headlines,
    key_points,
    refusals,
    sections,
    standfirsts,
    times,
    tree,
)
from articles.formats.pages import (
    page as pages,
)
from articles.formats.pages.page import Found, Page
from articles.parsed import (
    Caption,
    Credit,
    Flag,
    ParsedArticle,
    PrintedDate,
    Provenance,
    ReadItem,
)
from articles.reading import languages, outlets
from articles.text import Block, BlockKind, normalise_line, word_count

_MAX_NAME = 100
# A closed page with fewer words than this shows its first lines alone.
_TEASER_WORDS = 250


@dataclass(slots=True)
class _Notes:
    """Provenance as it is gathered, field by field."""

    of: dict[str, Provenance] = field(default_factory=dict)

    def take(self, name: str, found: Found | None) -> str | None:
        if found is None or not (value := normalise_line(found.value)):
            return None
        self.of[name] = Provenance(found.rule, normalise_line(found.raw)[:1000])
        return value


def read(text: str, url: str = "") -> ReadItem:
    """Return the article of a page's text, or why it is none.

    ``url`` is where the page came from, if known. Raises FormatError for a page that can't be read.
    """
    root = tree.parse(text)
    page = pages.read(root, url or tree.saved_from(text))
    notes = _Notes()
    fields = _fields(page, notes)
    _ = page.linked_headings  # counted while they are there
    fields["key_points"] = key_points.take(page)
    body.prune(root)
    pictures = captions.take(root)
    found = body.extract(root, fields["expected"])
    refused = refusals.refuse(page, found, body.words_in(found))
    if refused is not None:
        return refused
    return _article(page, fields, notes, pictures, found)


def _fields(page: Page, notes: _Notes) -> dict[str, Any]:
    """Read all that is not the text; the tree is whole only until the text is read."""
    language = notes.take("language", sections.language(page))
    headline = headlines.find(page)
    people = authors.find(page)
    paywall = sections.paywall(page)
    return {
        "headline": notes.take("headline", headline),
        "headlines": headlines.others(page, headline) if headline else {},
        "standfirst": notes.take("standfirst", standfirsts.find(page)),
        "description": standfirsts.description(page),
        "source": _source(page, notes),
        "published": _date(
            "published", times.published(page, language) or times.guessed(page), notes
        ),
        "modified": _date("modified", times.modified(page, language), notes),
        "byline": notes.take("byline", people.found if people else None),
        "people": people,
        "kickers": page.kickers,
        "section": notes.take("section", sections.section(page)),
        "language": language,
        "canonical_url": notes.take("canonical_url", page.canonical_url),
        "rights": notes.take("rights", sections.rights(page)),
        "paywall": paywall,
        "expected": 0 if paywall else sections.declared_words(page),
    }


def _article(
    page: Page,
    fields: Mapping[str, Any],
    notes: _Notes,
    pictures: tuple[Caption, ...],
    found: list[Block],
) -> ParsedArticle:
    who: authors.Authors | None = fields["people"]
    who = authors.with_first_lines(who, found) if who else None
    cleaned = cleaning.clean(
        found,
        labels=[
            fields["headline"],
            page.heading,
            *fields["headlines"].values(),
            fields["section"],
        ],
        standfirst=fields["standfirst"],
        bylines=[fields["byline"], *(who.printed if who else ())],
        kickers=fields["kickers"],
        captions=pictures,
    )
    people = _people(fields["byline"], who.credits if who else (), cleaned, notes)
    _note_text(cleaned, pictures, fields["key_points"], notes)
    text = " ".join(block.text for block in cleaned.blocks)
    flags = {Flag.TRUNCATED} if _is_truncated(page, fields, cleaned, text) else set()
    if any(dropped.reason == "repeat" for dropped in cleaned.dropped):
        flags.add(Flag.REPEATS_DROPPED)
    return ParsedArticle(
        locator="",
        blocks=_blocks(fields, cleaned.blocks, pictures),
        source=fields["source"],
        published=fields["published"],
        modified=fields["modified"],
        byline=people[0],
        credits=people[1],
        dateline=cleaned.dateline,
        captions=pictures,
        section=fields["section"],
        language=fields["language"] or _detected(text, notes),
        canonical_url=fields["canonical_url"],
        rights=fields["rights"] or cleaned.rights,
        flags=frozenset(flags),
        extra=_extra(fields),
        provenance=notes.of,
        dropped=tuple(cleaned.dropped),
    )


def _people(
    byline: str | None,
    credits_: tuple[Credit, ...],
    cleaned: cleaning.Cleaned,
    notes: _Notes,
) -> tuple[str | None, tuple[Credit, ...]]:
    """Return byline and credits: as the page gives them, else as its text begins, and ends."""
    if not credits_ and (opening := authors.in_text(cleaned.blocks)):
        index, people = opening
        del cleaned.blocks[index]
        byline, credits_ = notes.take("byline", people.found), people.credits
    if ending := authors.closing(cleaned.blocks):
        index, people = ending
        del cleaned.blocks[index]
        notes.take("credits", people.found)
        byline = byline or notes.take("byline", people.found)
        known = {credit.name.casefold() for credit in credits_}
        added = (c for c in people.credits if c.name.casefold() not in known)
        credits_ = (*credits_, *added)
    return byline, credits_


def _blocks(
    fields: Mapping[str, Any], text: list[Block], pictures: tuple[Caption, ...]
) -> tuple[Block, ...]:
    opening = (
        (BlockKind.HEADLINE, fields["headline"]),
        (BlockKind.STANDFIRST, fields["standfirst"]),
        *((BlockKind.KEY_POINT, point) for point in fields["key_points"]),
    )
    return (
        *(Block(kind, words) for kind, words in opening if words),
        *text,
        *(Block(BlockKind.CAPTION, caption.text) for caption in pictures),
    )


def _note_text(
    cleaned: cleaning.Cleaned,
    pictures: tuple[Caption, ...],
    points: tuple[str, ...],
    notes: _Notes,
) -> None:
    if cleaned.blocks:
        notes.of["body"] = Provenance("trafilatura", "")
    if cleaned.dateline is not None:
        notes.of["dateline"] = Provenance("first paragraph", cleaned.dateline_printed)
    if cleaned.rights and "rights" not in notes.of:
        notes.of["rights"] = Provenance("rights line", cleaned.rights)
    if points:
        notes.of["key_points"] = Provenance("markup of key points", "\n".join(points)[:1000])
    if pictures:
        first = pictures[0]
        raw = f"{first.text} ({first.credit})" if first.credit else first.text
        notes.of["captions"] = Provenance("markup of captions", raw[:1000])


def _source(page: Page, notes: _Notes) -> str | None:
    """Return the outlet by its canonical name, else as its site calls itself, else by domain."""
    name = headlines.site_name(page)
    address = page.canonical_url.value if page.canonical_url else page.url
    known = outlets.by_domain(address) if address else None
    if known:
        return notes.take("source", Found(known, "domain", address))
    if name and "://" not in name.value and len(name.value) <= _MAX_NAME:
        return notes.take(
            "source", Found(outlets.canonical(name.value) or name.value, name.rule, name.raw)
        )
    if parts := pages.split_url(address):
        return notes.take(
            "source", Found(outlets.from_domain(parts[0]) or parts[0], "domain", address)
        )
    return None


def _date(name: str, dated: tuple[PrintedDate, Found] | None, notes: _Notes) -> PrintedDate | None:
    if dated is None:
        return None
    notes.take(name, dated[1])
    return dated[0]


def _detected(text: str, notes: _Notes) -> str | None:
    """Return the language that the text looks like, where the page declares none."""
    tag = languages.detect(text) if text else None
    return notes.take("language", Found(tag, "detected", text[:80])) if tag else None


def _is_truncated(
    page: Page, fields: Mapping[str, Any], cleaned: cleaning.Cleaned, text: str
) -> bool:
    """Whether the page shows only the beginning of its article."""
    if cleaned.truncated:
        return True
    if fields["paywall"] is None:
        return False
    words = word_count(text)
    declared = sections.declared_words(page)
    return words < (0.7 * declared if declared else _TEASER_WORDS)


def _extra(fields: Mapping[str, Any]) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    if fields["headlines"]:
        extra["headlines"] = fields["headlines"]
    if fields["paywall"] is not None:
        extra["paywall"] = f"{fields['paywall'].rule}: {fields['paywall'].raw}"
    description: Found | None = fields["description"]
    if description is not None and description.value != fields["standfirst"]:
        extra["description"] = normalise_line(description.value)
    return extra
