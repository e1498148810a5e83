"""What a page says of where it stands: section, language, rights, paywall."""

import re
from collections.abc import Mapping

from lxml.etree import XPath

from articles.formats.pages import linked_data, tree
from articles.formats.pages.page import Found, Page
from articles.reading import languages
from articles.text import word_count

_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")
_MAX_WORDS = 100_000
_NOT_SECTIONS = frozenset(
    {"home", "homepage", "start", "startseite", "accueil", "inicio", "article", "articles", "news"}
)
_TRAIL = XPath("//*[contains(@class, 'readcrumb') or contains(@aria-label, 'readcrumb')]")
_MAX_TRAILS, _MAX_STEPS = 2, 8
_CLOSED_TIERS = frozenset(
    {"locked", "metered", "premium", "paid", "subscriber", "subscribers", "subscription"}
)


def section(page: Page) -> Found | None:
    """Return the section that the article stands in, as the outlet calls it."""
    for value in linked_data.as_list(page.article.get("articleSection")):
        if name := linked_data.text_of(value):
            return Found(name, "json-ld articleSection", name)
    if found := page.first("article:section", "section", "parsely-section", "cxenseparse:section"):
        return found
    return _from_breadcrumbs(page) or _from_printed_breadcrumb(page)


def language(page: Page) -> Found | None:
    """Return the page's language as it declares it: a tag such as ``en`` or ``pt-BR``."""
    root = page.root.getroottree().getroot()
    declared = [
        ("html lang", root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"))
    ]
    if value := linked_data.text_of(page.article.get("inLanguage")):
        declared.append(("json-ld inLanguage", value))
    for name in ("og:locale", "content-language", "language", "dc.language"):
        declared.extend((f"meta {name}", value) for value in page.meta(name)[:1])
    for rule, raw in declared:
        if raw and _LANGUAGE.match(raw.strip()) and (tag := languages.normalise_tag(raw.strip())):
            return Found(tag, rule, raw)
    return None


def rights(page: Page) -> Found | None:
    """Return the page's notice of rights, from JSON-LD or meta tags."""
    for key in ("copyrightNotice", "copyrightHolder", "license"):
        value = linked_data.text_of(page.article.get(key))
        if value and "://" not in value:
            year = linked_data.text_of(str(page.article.get("copyrightYear") or ""))
            line = f"© {year} {value}" if key == "copyrightHolder" and year else value
            return Found(line, f"json-ld {key}", value)
    return page.first("copyright", "dc.rights", "dcterms.rights", "rights", "dcterms.rightsholder")


def paywall(page: Page) -> Found | None:
    """Return the mark by which the page says that it is not free to read, or None."""
    for node in (page.article, *page.nodes):
        free = node.get("isAccessibleForFree")
        if (
            free is False or str(free).strip().lower() in {"false", "no"}
        ) and "isAccessibleForFree" in node:
            return Found("closed", "json-ld isAccessibleForFree", str(free))
        if node is not page.article and linked_data.is_article(node):
            break
    tier = page.first("article:content_tier", "article:access", "paywall", "cxenseparse:paywall")
    if tier and tier.value.lower() in _CLOSED_TIERS | {"true", "yes", "1"}:
        return Found(tier.value.lower(), tier.rule, tier.raw)
    return None


def declared_words(page: Page) -> int:
    """Return how many words the page says its text has, by their number or by the text; else 0."""
    declared = str(page.article.get("wordCount") or "").strip()
    if declared.isdecimal() and 0 < int(declared[:7]) < _MAX_WORDS:
        return int(declared)
    return word_count(linked_data.text_of(page.article.get("articleBody")))


def _from_breadcrumbs(page: Page) -> Found | None:
    for node in page.nodes:
        if "BreadcrumbList" not in linked_data.types(node):
            continue
        names = [_crumb(item) for item in linked_data.as_list(node.get("itemListElement"))[:8]]
        headline = linked_data.text_of(page.article.get("headline")) or page.heading
        named = [n for n in names if n and n != headline and n.casefold() not in _NOT_SECTIONS]
        if named and len(names) > 1:
            return Found(named[0], "json-ld breadcrumb", " > ".join(n for n in names if n))
    return None


def _from_printed_breadcrumb(page: Page) -> Found | None:
    """Return the first step of a printed trail of links, "Home › World", after the front page."""
    for trail in _TRAIL(page.root)[:_MAX_TRAILS]:
        links = [tree.words_of(link) for link in trail.iter("a")][:_MAX_STEPS]
        named = [name for name in links if name and name.casefold() not in _NOT_SECTIONS]
        if len(links) > 1 and 0 < len(named) < len(links):
            return Found(named[0], "html breadcrumb", " > ".join(links))
    return None


def _crumb(item: object) -> str:
    if not isinstance(item, Mapping):
        return ""
    return linked_data.text_of(item.get("name")) or linked_data.text_of(item.get("item"))
