"""Who wrote a page: JSON-LD authors, meta tags, and the byline as printed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from articles.formats.pages import headlines, linked_data, tree
from articles.formats.pages.page import Found, Page
from articles.parsed import Credit, CreditKind
from articles.reading import agencies, bylines

_META = (
    "author", "article:author", "parsely-author", "byl", "dc.creator", "dcterms.creator",
    "sailthru.author", "cxenseparse:author", "citation_author", "article:author_name", "creator",
    "twitter:misc:written by",
)  # fmt: skip
_MAX_AUTHORS = 40
_MAX_BYLINE = 300
_MAX_NAME = 80
# Where pages print who wrote them, surest first; each with whether several of it are several authors.
_PRINTED = (
    ("//*[@itemprop='author']//*[@itemprop='name']", True),
    ("//*[@itemprop='author'][not(self::meta)]", True),
    ("//a[contains(concat(' ', normalize-space(@rel), ' '), ' author ')]", True),
    (
        "//*[self::div or self::p or self::span or self::address or self::li or self::a]"
        "[contains(translate(concat(@class, ' ', @data-testid), 'BYLINE', 'byline'), 'byline')]",
        False,
    ),
    (
        "//h1[1]/following::a[position() <= 60][contains(@href, '/author') or contains(@href, '/autor')"
        " or contains(@href, '/auteur') or contains(@href, '/by/') or contains(@href, '/redaktion/')"
        " or contains(@href, '/people/') or contains(@href, '/journalist')]",
        True,
    ),
    (
        "//*[self::div or self::p or self::span or self::address or self::a]"
        "[contains(translate(@class, 'AUTHOR', 'author'), 'author')]",
        False,
    ),
)
_SEVERAL_LABELS = re.compile(
    r"written by|author|verfasst|geschrieben|écrit par|escrito|scritto|von$|by$", re.IGNORECASE
)


# Two to five words, each with a capital or a particle between: "Miguel A. Herrero", "Ana de la Cruz".
_FULL_NAME = re.compile(r"^[^\W\d_a-z][^\W\d_]*[.’'-]?(?: [^\W\d_][\w.’'-]*){1,4}$")


@dataclass(frozen=True, slots=True)
class Authors:
    """The byline as printed or as given, its credits, and where it was found.

    A byline may name nobody that is a person or an agency: a desk, or the outlet itself.
    """

    credits: tuple[Credit, ...]
    found: Found


def find(page: Page) -> Authors | None:
    """Return who is behind a page, or None where it does not say."""
    desk: Authors | None = None
    for names in (_from_jsonld(page), *_from_meta(page), *_printed(page)):
        named = [found for found in names if _is_name(found.value)]
        if not named:
            continue
        raw = "; ".join(found.raw for found in named)
        authors = Authors(_credits(named, page), Found(raw, named[0].rule, raw))
        if authors.credits:
            return authors
        if desk is None and not named[0].rule.startswith("html") and len(raw) <= _MAX_NAME:
            desk = authors
    return desk


def _is_name(value: str) -> bool:
    return "://" not in value and "@" not in value and len(value) <= _MAX_BYLINE


def _from_jsonld(page: Page) -> list[Found]:
    """Return the names that JSON-LD gives as authors, else as creators."""
    for node in (page.article, *(n for n in page.nodes if "WebPage" in linked_data.types(n))):
        for key in ("author", "creator"):
            names = [
                Found(name, f"json-ld {key}{_kind(value, page)}", name)
                for value in linked_data.as_list(node.get(key))[:_MAX_AUTHORS]
                for name in _names(value, page)
            ]
            if names:
                return names
    return []


def _kind(value: object, page: Page) -> str:
    """Return `` person`` for a node that says it is one: its name needs no proof."""
    named = isinstance(value, dict) and linked_data.types(page.resolve(value)) == ["Person"]
    return " person" if named else ""


def _names(value: object, page: Page) -> Iterator[str]:
    if isinstance(value, dict):
        value = page.resolve(value)
        inner = value.get("name")
        for item in linked_data.as_list(inner):
            if name := linked_data.text_of(item):
                yield name
    elif isinstance(value, str) and (name := linked_data.plain(value)):
        yield name


def _from_meta(page: Page) -> Iterator[list[Found]]:
    for name in _META:
        values = [linked_data.plain(value) for value in page.meta.get(name, ())[:_MAX_AUTHORS]]
        yield [Found(value, f"meta {name}", value) for value in values if value]
    label = page.first("twitter:label1")
    if label and _SEVERAL_LABELS.search(label.value) and (name := page.first("twitter:data1")):
        yield [name]


def _printed(page: Page) -> Iterator[list[Found]]:
    for query, several in _PRINTED:
        elements = page.root.xpath(query)[:20]
        outer = [e for e in elements if not any(a in elements for a in e.iterancestors())]
        texts = [text for element in outer if 1 < len(text := _byline(element)) <= _MAX_BYLINE]
        rule = "html itemprop author" if "itemprop" in query else "html byline"
        for group in [texts] if several else [[text] for text in texts[:3]]:
            yield [Found(text, rule, text) for text in dict.fromkeys(group)]


def _byline(element: HtmlElement) -> str:
    """Return a byline's words; the names that stand in elements of their own parted by semicolons."""
    whole = tree.words_of(element)
    if len(whole) > _MAX_BYLINE or bylines.parse(whole):
        return whole
    pieces = [" ".join(piece.split()) for piece in element.itertext()]
    return "; ".join(dict.fromkeys(piece for piece in pieces if piece))


def _credits(names: list[Found], page: Page) -> tuple[Credit, ...]:
    credits: dict[tuple[CreditKind, str], Credit] = {}
    site = headlines.site_name(page)
    for found in names:
        if agency := agencies.canonical(found.value):
            parsed: tuple[Credit, ...] = (Credit(CreditKind.AGENCY, agency),)
        elif site and found.value.casefold() == site.value.casefold():
            continue
        else:
            parsed = bylines.parse(found.value)
            if not parsed and found.rule.endswith(" person") and _FULL_NAME.match(found.value):
                parsed = (Credit(CreditKind.PERSON, found.value),)
        for credit in parsed:
            credits.setdefault((credit.kind, credit.name.casefold()), credit)
    return tuple(credits.values())
