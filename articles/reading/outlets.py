"""Outlets by the names and addresses that captures give them."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from articles.reading.outlet_table import OUTLETS, Outlet
from articles.reading.wordlist import word_set

__all__ = ["Outlet", "by_domain", "canonical", "from_domain", "outlet", "strip_place"]

_LONGEST = 200
_NOT_WORD = re.compile(r"[^\w&]+")
_ARTICLE = re.compile(r"^(?:the|le|la|les|l|der|die|das|el|il|de)\s+")
_PLACE = re.compile(r"\s*[(\[][^()\[\]]{2,40}[)\]]\s*$")
_EDITION = re.compile(
    r"\s*(?:[-–—|:,]\s*)?\b(?:online|online edition|print edition|international edition|us edition|"
    r"uk edition|"
    r"web edition|abstracts|blogs)\s*$",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9\-]{1,62}")
# Second levels under which names are registered, as far as newspapers live there.
_SECOND_LEVELS = word_set("co com org net gov edu ac gob gouv or ne go in my nom web info")
_MINOR = frozenset({"www", "m", "amp", "mobile", "wap", "www2", "www1"})


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", plain.replace("’", "'").replace("'", "")).strip()


def _tables() -> tuple[dict[str, Outlet], dict[str, Outlet]]:
    names: dict[str, Outlet] = {}
    domains: dict[str, Outlet] = {}
    for row in OUTLETS:
        for domain in row.domains:
            domains.setdefault(domain, row)
        for name in (row.name, *row.aliases):
            names.setdefault(_key(name), row)
    for row in OUTLETS:
        # "Guardian" and "Washington Post" as well; a name of its own always comes first.
        short = _ARTICLE.sub("", _key(row.name))
        if len(short) > 3 and short not in _COMMON:
            names.setdefault(short, row)
    return names, domains


# What is left of a name without its article, and means too many things alone.
_COMMON = word_set("""
    times sun star nation national standard herald age hill wire paper mirror express independent
    observer telegraph conversation atlantic verge presse welt zeit news post record citizen punch
    namibian intercept australian sunday times diplomat forward lancet press journal spectator
    monitor mundo pais economist scotsman
    """) - {"economist"}
_NAMES, _DOMAINS = _tables()


def outlet(canonical_name: str) -> Outlet | None:
    """Return the table's row of an outlet by its canonical name."""
    row = _NAMES.get(_key(canonical_name))
    return row if row and row.name == canonical_name else None


@lru_cache(maxsize=4096)
def canonical(name: str) -> str | None:
    """Return the canonical name of the outlet that a name or an address names, or ``None``.

    "The Guardian (London)", "Guardian" and "guardian.co.uk" are "The Guardian".
    """
    name = name.strip().strip("|·•-–—,;:*_\"'“”").strip()
    if not name or len(name) > _LONGEST:
        return None
    for form in (name, strip_place(name), _EDITION.sub("", name)):
        row = _NAMES.get(_key(form))
        if row:
            return row.name
    return by_domain(name) if "." in name else None


def strip_place(name: str) -> str:
    """Return ``name`` without a place or note in brackets at its end: "The Guardian (London)"."""
    return _PLACE.sub("", name).strip() or name.strip()


def _host(host_or_url: str) -> str | None:
    """Return the lower-case host of an address or a bare host, or ``None`` if it is neither."""
    text = host_or_url.strip().lower()
    if not text or len(text) > 2000 or " " in text:
        return None
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname
    except ValueError:
        return None
    host = (host or "").rstrip(".")
    return host if _HOST.fullmatch(host) else None


def by_domain(host_or_url: str) -> str | None:
    """Return the canonical name of the outlet at a host or URL; subdomains are tolerated."""
    host = _host(host_or_url)
    while host and "." in host:
        row = _DOMAINS.get(host)
        if row:
            return row.name
        host = host.partition(".")[2]
    return None


def from_domain(host: str) -> str:
    """Return the domain that was registered for a host or URL: a name where no better is known.

    ``www.news.example.co.uk`` gives ``example.co.uk``. What is no host comes back
    trimmed.
    """
    found = _host(host)
    if not found:
        return host.strip()
    labels = found.split(".")
    while len(labels) > 2 and labels[0] in _MINOR:
        labels = labels[1:]
    keep = 2
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS:
        keep = 3
    return ".".join(labels[-keep:])
