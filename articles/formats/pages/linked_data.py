"""JSON-LD: found in a page, mended where it is broken, and the node that is the article."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

type Node = Mapping[str, Any]

_MAX_CHARS = 3_000_000
_MAX_NODES = 5_000
_MAX_DEPTH = 12
_MAX_VALUES = 100
_ARTICLE = re.compile(
    r"(?:Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|Review)$", re.IGNORECASE
)
_FRONT = re.compile(r"(?:CollectionPage|SearchResultsPage)$", re.IGNORECASE)
# What hangs below these is another article's.
_OTHERS = frozenset(
    {
        "itemListElement", "hasPart", "mentions", "citation", "liveBlogUpdate", "comment",
        "isPartOf", "relatedLink", "isBasedOn", "review", "subjectOf", "associatedArticle",
    }
)  # fmt: skip
_WRAPPERS = re.compile(
    r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|\]\]>|/\*\]\]>\*/)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BETWEEN = re.compile(r"[\s;,\ufeff]*")
_DECODER = json.JSONDecoder(strict=False)


def nodes(root: HtmlElement) -> list[Node]:
    """Return every object of a page's JSON-LD in order, without those of other articles."""
    found: list[Node] = []
    spent = 0
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        raw = "".join(script.itertext())
        spent += len(raw)
        if spent > _MAX_CHARS:
            break
        for value in _values(raw):
            found.extend(_walk(value))
            if len(found) >= _MAX_NODES:
                return found[:_MAX_NODES]
    return found


def types(node: Node) -> list[str]:
    """Return a node's types, without the vocabulary's address."""
    return [str(name).rsplit("/", 1)[-1] for name in as_list(node.get("@type"))]


def is_article(node: Node) -> bool:
    """Whether a node says that it is an article of some kind."""
    return any(_ARTICLE.search(name) for name in types(node))


def is_front(node: Node) -> bool:
    """Whether a node says that its page lists articles."""
    return any(_FRONT.search(name) for name in types(node))


def as_list(value: object) -> list[Any]:
    """Return a JSON-LD value as a list: none, one or many."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text_of(value: object) -> str:
    """Return a value's text on one line: of a string, of the first of a list, of a node's name."""
    for one in as_list(value):
        item = (one.get("@value") or one.get("name")) if isinstance(one, Mapping) else one
        if isinstance(item, str) and (words := plain(item)):
            return words
    return ""


def plain(value: str) -> str:
    """Return a string from JSON-LD or a meta tag without entities, tags and doubled white space."""
    if "&" in value:
        value = html.unescape(html.unescape(value))
    if "<" in value:
        value = re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", value)
    return " ".join(value.split())


def _values(raw: str) -> Iterator[Any]:
    """Yield the values of one script: one by rights, several end to end on some sites."""
    text = _WRAPPERS.sub("", raw).strip()
    at = 0
    for _ in range(_MAX_VALUES):
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing, too
        if at >= len(text):
            return
        try:
            value, at = _DECODER.raw_decode(text, at)
        except RecursionError:
            return
        except ValueError:
            yield _mend(text[at:])
            return
        yield value


def _mend(text: str) -> Any:
    """Return the value of JSON with the faults that sites make, or None."""
    for attempt in (_TRAILING_COMMA.sub(r"\1", text), html.unescape(text)):
        try:
            return _DECODER.raw_decode(attempt)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: Any) -> Iterator[Node]:
    stack = [(value, 0)]
    while stack:
        item, depth = stack.pop()
        if depth > _MAX_DEPTH:
            continue
        if isinstance(item, list):
            stack.extend((each, depth + 1) for each in reversed(item[:_MAX_NODES]))
        elif isinstance(item, dict):
            yield item
            below = [v for k, v in item.items() if k not in _OTHERS and isinstance(v, list | dict)]
            stack.extend((each, depth + 1) for each in reversed(below))
