"""The headline: JSON-LD, OpenGraph, the first ``<h1>``, the title; without the site's name."""

import re
from collections.abc import Iterator

from articles.formats.pages import linked_data
from articles.formats.pages.page import Found, Page, split_url

# What stands between a headline and the site's name in a title.
_JOINT = re.compile(r"\s+[|‖–—*·•»:~/-]+\s+|\s*[|ㅣ｜：]\s*")
_JOINT_OR_END = re.compile(r"\s*(?:[|‖–—*·•»:~ㅣ｜：/-]|$)")
_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…)$")
_NOT_WORD = re.compile(r"[\W_]+")
_MAX_SITE_WORDS = 6


def find(page: Page) -> Found | None:
    """Return the page's headline, or None."""
    found = list(candidates(page))
    for candidate in found:
        if is_site(candidate.value, page):
            continue
        whole = _uncut(candidate, found)
        return Found(without_site(whole.value, page), whole.rule, whole.raw)
    return None


def site_name(page: Page) -> Found | None:
    """Return the name that the site gives itself, or its publisher's."""
    if found := page.first("og:site_name"):
        return found
    for node in (page.article, *page.nodes):
        for value in linked_data.as_list(node.get("publisher")):
            owner = page.resolve(value) if isinstance(value, dict) else value
            if name := linked_data.text_of(owner):
                return Found(name, "json-ld publisher", name)
    return page.first("application-name", "twitter:app:name:iphone", "dc.publisher")


def candidates(page: Page) -> Iterator[Found]:
    """Yield the headlines that a page gives itself, as it gives them, surest first."""
    if raw := linked_data.text_of(page.article.get("headline")):
        yield Found(raw, "json-ld headline", raw)
    if found := page.first("og:title"):
        yield found
    if page.heading:
        yield Found(page.heading, "h1", page.heading)
    if found := page.first("twitter:title", "headline", "dc.title", "title"):
        yield found
    if page.title:
        yield Found(page.title, "title", page.title)


def _uncut(candidate: Found, others: list[Found]) -> Found:
    """Return the printed headline where a machine-readable one is it cut short with dots."""
    stem = _ELLIPSIS.sub("", candidate.value)
    if stem == candidate.value or len(stem) < 20:
        return candidate
    longer = (other for other in others if other.rule == "h1" and other.value.startswith(stem))
    return next(longer, candidate)


def without_site(value: str, page: Page) -> str:
    """Return a headline without the site's name before or behind it."""
    heading = page.heading
    if heading and value != heading and value.startswith(heading) and len(heading) > 15:
        rest = value[len(heading) :]
        if _JOINT_OR_END.match(rest):
            return heading
    for _ in range(2):
        joints = list(_JOINT.finditer(value))
        if not joints:
            return value
        last, first = joints[-1], joints[0]
        if is_site(value[last.end() :], page):
            value = value[: last.start()].rstrip()
        elif is_site(value[: first.start()], page):
            value = value[first.end() :].lstrip()
        else:
            return value
    return value


def is_site(words: str, page: Page) -> bool:
    """Whether words are the site's name, as the page or its address gives it."""
    key = _key(words)
    if not key:
        return True
    if len(words.split()) > _MAX_SITE_WORDS:
        return False
    name = site_name(page)
    if name and key == _key(name.value):
        return True
    address = page.canonical_url
    parts = split_url(address.value) if address else None
    if parts is None:
        return False
    host = parts[0].removeprefix("www.")
    if f"({host})" in words or f"(www.{host})" in words:
        return True
    labels = host.split(".")
    return key in {_key(host), *(_key(label) for label in labels[:-1])} and len(key) > 1


def others(page: Page, chosen: Found) -> dict[str, str]:
    """Return the other headlines that a page gives itself, by the rule that finds each."""
    found: dict[str, str] = {}
    for candidate in candidates(page):
        value = without_site(candidate.value, page)
        if value not in {chosen.value, *found.values()} and not is_site(value, page):
            found[candidate.rule] = value
    return found


def _key(words: str) -> str:
    return _NOT_WORD.sub("", words.casefold()).removeprefix("the")
