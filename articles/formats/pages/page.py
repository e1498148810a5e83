"""A page as read once, for the rules to look things up in: its tree, meta tags and JSON-LD."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from articles.formats.pages import linked_data, tree
from articles.formats.pages.linked_data import Node

_MAX_ARTICLES = 20
# Weights by which a JSON-LD node is known as the page's own: its headline, its address, its fields.
_HEADLINE_WEIGHT, _ADDRESS_WEIGHT, _NAMED = 10, 6, 6
_MAX_META = 2_000
_AFTER_HEADING = 80
_BEFORE_HEADING = 40
_KICKERS, _KICKER_CHARS = 3, 40
_MAX_VALUE = 20_000


@dataclass(frozen=True)
class Found:
    """A value with its provenance: ``rule`` that found it, ``raw`` string it was read from."""

    value: str
    rule: str
    raw: str


@dataclass(frozen=True)
class Page:
    """One page; ``tags`` are its meta tags' values by their names as :func:`folded`.

    ``url`` is where the page came from as far as anybody knows, else ``""``.
    """

    root: HtmlElement
    url: str
    tags: Mapping[str, tuple[str, ...]]
    nodes: tuple[Node, ...]

    @cached_property
    def article(self) -> Node:
        """The JSON-LD node of the page's article; an empty node where there is none."""
        articles = [node for node in self.nodes if linked_data.is_article(node)][:_MAX_ARTICLES]
        if len(articles) < 2:
            return articles[0] if articles else {}
        best = max(articles, key=self._likeness)
        # Among several, one that is in no way named as this page's is as like as not another's.
        return best if len(articles) == 2 or self._likeness(best) >= _NAMED else {}

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """JSON-LD nodes with words of their own, by their ``@id``."""
        return {
            node["@id"]: node
            for node in reversed(self.nodes)
            if isinstance(node.get("@id"), str) and len(node) > 1
        }

    @cached_property
    def heading(self) -> str:
        """The page's first ``<h1>`` with words, or the one in the article if there is one."""
        headings = self.root.xpath("(//article//h1 | //main//h1 | //h1)")
        in_article = self.root.xpath("//article//h1")
        for heading in [*in_article, *headings][:20]:
            if words := tree.words_of(heading):
                return words
        return ""

    @cached_property
    def title(self) -> str:
        """The title in the page's head."""
        for title in self.root.xpath("//title")[:1]:
            if words := tree.words_of(title):
                return words
        return ""

    @cached_property
    def linked_headings(self) -> int:
        """How many headings are links: what a front has many of, and an article few."""
        headings = self.root.iter("h2", "h3", "h4")
        return sum(
            heading.find(".//a") is not None or next(heading.iterancestors()).tag == "a"
            for heading in headings
        )

    @cached_property
    def heading_element(self) -> HtmlElement | None:
        """The element of the page's headline."""
        for element in self.root.xpath("//h1")[:20]:
            if tree.words_of(element) == self.heading:
                found: HtmlElement = element
                return found
        return None

    @cached_property
    def after_heading(self) -> tuple[HtmlElement, ...]:
        """The elements that follow the headline: where pages print standfirst, byline and date."""
        if self.heading_element is None:
            return ()
        return tuple(self.heading_element.xpath(f"following::*[position() <= {_AFTER_HEADING}]"))

    @cached_property
    def around_heading(self) -> tuple[HtmlElement, ...]:
        """The elements after the headline, then those shortly before it."""
        if self.heading_element is None:
            return ()
        before = self.heading_element.xpath(f"preceding::*[position() <= {_BEFORE_HEADING}]")
        return (*self.after_heading, *self.heading_element.iterancestors(), *before)

    @cached_property
    def kickers(self) -> tuple[str, ...]:
        """The short lines right above the headline: a section, a series, "Analysis"."""
        heading = self.heading_element
        if heading is None:
            return ()
        above = islice(heading.itersiblings(preceding=True), _KICKERS)
        words = (tree.words_of(element) for element in above if len(element) <= 1)
        return tuple(text for text in words if 0 < len(text) <= _KICKER_CHARS)

    @cached_property
    def canonical_url(self) -> Found | None:
        """The page's own address as it gives it; http and https only."""
        for rule, raw in self._addresses():
            address = urljoin(self.url, raw.strip()) if self.url else raw.strip()
            if is_web(address) and not (self._is_root(address) and not self._is_root(self.url)):
                return Found(address, rule, raw)
        return None

    def meta(self, name: str) -> tuple[str, ...]:
        """Return the values of the meta tags of a name, however sites write its joints."""
        return self.tags.get(folded(name), ())

    def first(self, *names: str) -> Found | None:
        """Return the first meta tag with a value among ``names``, in their order."""
        for name in names:
            for value in self.meta(name):
                if words := linked_data.plain(value):
                    return Found(words, f"meta {name}", value)
        return None

    def resolve(self, node: Node) -> Node:
        """Return the node that an ``{"@id": …}`` stands for, or the node itself."""
        key = node.get("@id")
        if isinstance(key, str) and "name" not in node:
            return self.by_id.get(key, node)
        return node

    def _likeness(self, node: Node) -> int:
        """How much a JSON-LD node looks like this page's own article; the first wins a tie."""
        headline = linked_data.text_of(node.get("headline") or node.get("name")).casefold()
        shown = {self.heading.casefold()} | {
            linked_data.plain(v).casefold() for v in self.meta("og:title")
        }
        own = {self.url} | {raw for _, raw in self._addresses(jsonld=False)}
        named = {
            linked_data.text_of(value.get("@id") if isinstance(value, Mapping) else value)
            for key in ("url", "mainEntityOfPage", "@id")
            for value in linked_data.as_list(node.get(key))
        } - {""}
        return (
            _HEADLINE_WEIGHT * (headline in shown and bool(headline))
            + _ADDRESS_WEIGHT * bool(named & own)
            + sum(
                1 for key in ("headline", "datePublished", "author", "articleBody") if node.get(key)
            )
        )

    def _addresses(self, *, jsonld: bool = True) -> Iterator[tuple[str, str]]:
        for link in self.root.xpath("//link[@rel='canonical'][@href]")[:3]:
            yield "link canonical", link.get("href") or ""
        for address in self.meta("og:url")[:3]:
            yield "meta og:url", address
        if jsonld:
            for key in ("url", "mainEntityOfPage"):
                named = self.article.get(key)
                value = named.get("@id") if isinstance(named, Mapping) else named
                if isinstance(value, str):
                    yield f"json-ld {key}", value
            if self.url:
                yield "address", self.url

    @staticmethod
    def _is_root(address: str) -> bool:
        parts = split_url(address)
        return parts is not None and parts[1] in {"", "/"}


def read(root: HtmlElement, url: str) -> Page:
    """Return the page whose tree is ``root`` and which came from ``url`` (``""`` if unknown)."""
    tags: dict[str, list[str]] = {}
    for tag in root.xpath("//meta[@content]")[:_MAX_META]:
        value = tag.get("content")[:_MAX_VALUE]
        for attribute in ("property", "name", "itemprop"):
            if key := folded(tag.get(attribute) or ""):
                tags.setdefault(key, []).append(value)
    return Page(
        root=root,
        url=url if is_web(url) else "",
        tags={key: tuple(values) for key, values in tags.items()},
        nodes=tuple(linked_data.nodes(root)),
    )


_JOINTS = re.compile(r"[^a-z0-9]+")


def folded(name: str) -> str:
    """Return a meta tag's name with its joints, be they ``:``, ``-`` or ``.``, made one."""
    return _JOINTS.sub("_", name.lower()).strip("_")


def split_url(address: str) -> tuple[str, str, str] | None:
    """Return host, path and query of a web address, or None if it is none."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    return host, parts.path, parts.query


_UNSAFE = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f\x7f]")


def is_web(address: str) -> bool:
    """Whether this is a whole http or https address without characters that break out of one."""
    return split_url(address) is not None and not _UNSAFE.search(address)
