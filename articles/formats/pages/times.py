"""When a page was published and last changed, with the time zone where any is given."""

import re
from collections.abc import Iterator
from datetime import timedelta, timezone, tzinfo

from htmldate import find_date
from lxml.html import HtmlElement

from articles.formats.pages import linked_data, tree, zones
from articles.formats.pages.page import Found, Page
from articles.parsed import Precision, PrintedDate
from articles.reading import dates

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished",
    "og:published_time", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "dc.date.issued", "dcterms.created", "dcterms.issued", "dc.date.created", "publishdate",
    "publish_date", "publish-date", "publication_date", "publication-date", "pubdate",
    "published_time", "article_date_original", "article.published", "citation_publication_date",
    "originalpublicationdate", "datecreated", "dc.date", "dcterms.date", "date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "article:modified",
    "last-modified", "dcterms.modified", "dc.date.modified", "revised", "lastmod",
)  # fmt: skip
_MAX_TIMES = 60
_MAX_MARKED = 120
# Clocks are rarely put forward or back within so short a time.
_SAME_CLOCK = timedelta(days=3)
_CLOCK = re.compile(r"\d[:.h]\d\d")
_PUBLISHED_HINTS = (
    "publish",
    "posted",
    "dateline",
    "byline",
    "article",
    "date",
    "created",
    "entry",
)
_LABEL = re.compile(
    r"(?:publication |publish(?:ed|ing) )?dates?\s*:?|published\s*:?|(?:erscheinungs)?datum\s*:?|"
    r"veröffentlicht\s*:?|fecha\s*:?|publicado\s*:?|data\s*:?|pubblicato\s*:?|publié\s*:?|дата\s*:?",
    re.IGNORECASE,
)
_MODIFIED_HINTS = ("modif", "update", "aktualis", "revis")


def published(page: Page, language: str | None) -> tuple[PrintedDate, Found] | None:
    """Return the date of publication and where it was found, or None."""
    return _best(page, _published_candidates(page), language)


def modified(page: Page, language: str | None) -> tuple[PrintedDate, Found] | None:
    """Return the date of the last change and where it was found, or None."""
    return _best(page, _modified_candidates(page), language)


def guessed(page: Page) -> tuple[PrintedDate, Found] | None:
    """Return the day that htmldate finds in markup or address, where no rule of ours did."""
    address = page.canonical_url
    try:
        raw = find_date(
            page.root,
            extensive_search=False,
            original_date=True,
            url=address.value if address else None,
        )
    except (ValueError, TypeError, AttributeError, OverflowError, IndexError, RecursionError):
        return None
    parsed = dates.parse(raw) if raw else None
    return (parsed, Found(raw, "htmldate", raw)) if parsed and raw else None


def _best(
    page: Page, candidates: Iterator[Found], language: str | None
) -> tuple[PrintedDate, Found] | None:
    """Return the first date; a later one of the same day that knows the instant betters it.

    A time that nobody gives a zone for is the outlet's own, where its country has but one.
    """
    best: tuple[PrintedDate, Found] | None = None
    clock: tuple[PrintedDate, Found] | None = None
    for found in candidates:
        parsed = dates.parse(found.value, language=language)
        if parsed is None or (best is not None and parsed.date != best[0].date):
            continue
        if parsed.at is not None:
            return parsed, found
        best = best or (parsed, found)
        clock = clock or _at_home(page, parsed, found, language)
    return clock or best


def _at_home(
    page: Page, day: PrintedDate, found: Found, language: str | None
) -> tuple[PrintedDate, Found] | None:
    """Return a printed clock time as the instant it is where the outlet is, or None."""
    if not _CLOCK.search(found.value):
        return None
    address = page.canonical_url
    zone: tzinfo | None = zones.of_outlet(address.value if address else page.url)
    rule = "zone of the outlet"
    if zone is None:
        zone, rule = _offset_beside(page, day, language), "offset of the page's other time"
    if zone is None:
        return None
    for suffix in ("Z", " UTC"):
        parsed = dates.parse(found.value + suffix, language=language)
        if parsed is not None and parsed.at is not None and parsed.date == day.date:
            local = parsed.at.replace(tzinfo=zone)
            offset = local.utcoffset()
            at = local.replace(tzinfo=timezone(offset)) if offset is not None else local
            dated = PrintedDate(day.date, Precision.MINUTE, at)
            return dated, Found(found.value, f"{found.rule}, {rule}", found.raw)
    return None


def _offset_beside(page: Page, day: PrintedDate, language: str | None) -> timezone | None:
    """Return the offset from UTC at which the page gives its last change, if near ``day``.

    UTC itself is no offset to go by: it is where machines write, not where the outlet is.
    """
    for found in _modified_candidates(page):
        parsed = dates.parse(found.value, language=language)
        at = parsed.at if parsed else None
        if at is not None and abs(at.date() - day.date) <= _SAME_CLOCK and (o := at.utcoffset()):
            return timezone(o)
    return None


def _published_candidates(page: Page) -> Iterator[Found]:
    yield from _from_nodes(page, ("datePublished", "dateCreated", "uploadDate"))
    yield from _from_meta(page, _PUBLISHED)
    yield from _from_itemprop(page, "datepublished")
    yield from _from_times(page)
    yield from _from_marked(page)
    for words in tree.labelled(page.root, _LABEL):
        if len(words) <= _MAX_MARKED:
            yield Found(words, "html label", words)


def _modified_candidates(page: Page) -> Iterator[Found]:
    yield from _from_nodes(page, ("dateModified",))
    yield from _from_meta(page, _MODIFIED)
    yield from _from_itemprop(page, "datemodified")


def _from_nodes(page: Page, keys: tuple[str, ...]) -> Iterator[Found]:
    pages = (node for node in page.nodes if "WebPage" in linked_data.types(node))
    for node in (page.article, *pages):
        for key in keys:
            if raw := linked_data.text_of(node.get(key)):
                yield Found(raw, f"json-ld {key}", raw)


def _from_meta(page: Page, names: tuple[str, ...]) -> Iterator[Found]:
    for name in names:
        for value in page.meta(name)[:3]:
            if value.strip():
                yield Found(value.strip(), f"meta {name}", value)


def _from_itemprop(page: Page, name: str) -> Iterator[Found]:
    query = "//*[translate(@itemprop, 'DPM', 'dpm') = $name][not(self::meta)]"
    for element in page.root.xpath(query, name=name)[:3]:
        if value := _stamp(element):
            yield Found(value, f"itemprop {name}", value)


def _from_times(page: Page) -> Iterator[Found]:
    """Yield the ``<time>`` elements, those that say what they are first."""
    ranked: list[tuple[int, int, Found]] = []
    for order, element in enumerate(page.root.xpath("//time")[:_MAX_TIMES]):
        value = _stamp(element)
        marks = _marks(element)
        if value and not any(hint in marks for hint in _MODIFIED_HINTS):
            rank = 0 if any(hint in marks for hint in _PUBLISHED_HINTS) else 1
            ranked.append((rank, order, Found(value, "time element", value)))
    yield from (found for _, _, found in sorted(ranked, key=lambda entry: entry[:2]))


def _from_marked(page: Page) -> Iterator[Found]:
    """Yield the dates in short elements below the headline that markup calls dates."""
    for element in page.after_heading:
        marks = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if not any(hint in marks for hint in ("date", "time", "publish", "meta", "posted")):
            continue
        words = tree.words_of(element)
        if any(hint in f"{marks} {words.lower()}" for hint in _MODIFIED_HINTS):
            continue
        if len(words) <= _MAX_MARKED and (found := dates.find(words)):
            yield Found(found[1], "html date", words)


def _marks(element: HtmlElement) -> str:
    parent = element.getparent()
    own = [element.get("class"), element.get("itemprop"), element.get("id")]
    if parent is not None:
        own.append(parent.get("class"))
    return " ".join(mark for mark in own if mark).lower()


def _stamp(element: HtmlElement) -> str:
    return (element.get("datetime") or element.get("content") or tree.words_of(element)).strip()[
        :200
    ]
