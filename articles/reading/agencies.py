"""News agencies by the names that bylines, datelines and credits give them."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from types import MappingProxyType

from articles.reading.agency_table import AGENCIES, Agency
from articles.reading.wordlist import word_set

_NONE: Mapping[str, str] = MappingProxyType({})
# Agencies that a corpus knows beside the table. In scope while one of its captures is read, so that
# no reader need hand them on.
_ALSO: ContextVar[Mapping[str, str]] = ContextVar("agencies also known", default=_NONE)

# Words around a name that are no part of it: "the Associated Press news agency".
_LEAD = re.compile(
    r"^(?:the|la|l'|le|el|die|der|agence|agencia|agência|agenzia|agentur|وكالة|агентство)\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?:news\s*agency|newswires?|news\s*service|wire\s*service|wires?|agency|news|"
    r"staff|reports?|agencies|haber ajansı|nachrichtenagentur)$",
    re.IGNORECASE,
)
_NOT_WORD = re.compile(r"[^\w]+")
_TOKEN = re.compile(r"[^\W_]+(?:[.'’\-‑][^\W_]+)*\.?")
# Longest name of an agency in words: no more need be tried.
_LONGEST = 6
_TOO_LONG = 300


def _key(name: str) -> str:
    """Return ``name`` without case and punctuation, its words parted by one space."""
    return _NOT_WORD.sub(" ", name.casefold()).strip()


def _is_abbreviation(name: str) -> bool:
    return len(name) <= 4 and name.isupper()


def _tables() -> tuple[dict[str, str], dict[str, str]]:
    names: dict[str, str] = {}
    abbreviations: dict[str, str] = {}
    for agency in AGENCIES:
        for short in agency.abbreviations:
            abbreviations.setdefault(short.replace(".", ""), agency.name)
        for name in (agency.name, *agency.aliases):
            if _is_abbreviation(name) and name in abbreviations:
                continue
            names.setdefault(_key(name), agency.name)
    return names, abbreviations


_NAMES, _ABBREVIATIONS = _tables()
# Initials that mean other things more often than the agency: only alone or in brackets.
# (ANA RUIZ and MIA JONES are persons.)
_WEAK = word_set(
    "AA ANA ANI APP ATA BETA CP ENA HINA INA INS LANA MAP MIA NAN PL SABA SANA SID SITA STA SUNA "
    "TAP UNI"
)
_SMALL = frozenset({"dpa", "epd", "ddp", "dapd", "sda", "efe", "ansa"})
_BY_NAME: dict[str, Agency] = {agency.name: agency for agency in AGENCIES}


def agency(canonical_name: str) -> Agency | None:
    """Return the table's row of an agency by its canonical name."""
    return _BY_NAME.get(canonical_name)


@contextmanager
def also_known(aliases: Mapping[str, str]) -> Iterator[None]:
    """Know further agencies, alias → canonical name, within a ``with`` block."""
    before = _ALSO.set(aliases)
    try:
        yield
    finally:
        _ALSO.reset(before)


def known_beside_the_table() -> Mapping[str, str]:
    """Return the agencies of the :func:`also_known` block that this runs in."""
    return _ALSO.get()


def canonical(name: str, *, extra: Mapping[str, str] = _NONE) -> str | None:
    """Return the canonical name of the agency that ``name`` as a whole names, or ``None``.

    ``extra`` maps further aliases to canonical names and comes first. Abbreviations count only in
    upper case.
    """
    if not name or len(name) > _TOO_LONG:
        return None
    extra = extra or _ALSO.get()
    if extra and (found := _from_extra(name, extra)):
        return found
    return _canonical(name)


def _from_extra(name: str, extra: Mapping[str, str]) -> str | None:
    if name in extra:
        return extra[name]
    table = _extra_keys(tuple(extra.items()))
    for stem in _stems(name):
        if stem in table.values() and stem == name:
            return stem
        found = table.get(_key(stem))
        if found:
            return found
    return None


@lru_cache(maxsize=64)
def _extra_keys(items: tuple[tuple[str, str], ...]) -> dict[str, str]:
    table: dict[str, str] = {}
    for alias, name in items:
        table[_key(alias)] = name
        table.setdefault(_key(name), name)
    table.pop("", None)
    return table


def _stems(name: str) -> list[str]:
    """Return ``name`` and what is left of it without article and "news agency"."""
    stems = [name.strip().strip("()[]/|·•-–—,;:. ")]
    for pattern in (_LEAD, _TAIL):
        shorter = pattern.sub("", stems[-1])
        if shorter and shorter != stems[-1]:
            stems.append(shorter)
    return stems


@lru_cache(maxsize=4096)
def _canonical(name: str) -> str | None:
    for stem in _stems(name):
        found = _ABBREVIATIONS.get(stem.replace(".", "")) or _NAMES.get(_key(stem))
        if found:
            return found
    return None


def find(text: str, *, extra: Mapping[str, str] = _NONE) -> tuple[str, ...]:
    """Return the agencies named in a short credit or byline, in order, each once.

    Longer names win over shorter ones inside them ("Associated Press of Pakistan").
    """
    extra = extra or _ALSO.get()
    text = text[:_TOO_LONG]
    return _find(text, extra) if extra else _find_known(text)


@lru_cache(maxsize=4096)
def _find_known(text: str) -> tuple[str, ...]:
    return _find(text, _NONE)


def _find(text: str, extra: Mapping[str, str]) -> tuple[str, ...]:
    tokens = list(_TOKEN.finditer(text))
    found: list[str] = []
    index = 0
    while index < len(tokens):
        width, name = _longest_at(text, tokens, index, extra)
        if name is not None and name not in found:
            found.append(name)
        index += width
    return tuple(found)


def _longest_at(
    text: str, tokens: list[re.Match[str]], index: int, extra: Mapping[str, str]
) -> tuple[int, str | None]:
    """Return how many tokens the longest agency name at ``index`` takes, and that agency."""
    start = tokens[index].start()
    for width in range(min(_LONGEST, len(tokens) - index), 0, -1):
        piece = text[start : tokens[index + width - 1].end()]
        if (
            width == 1
            and piece in _WEAK
            and len(tokens) > 1
            and not _bracketed(text, tokens[index])
        ):
            continue
        # In running words "beta" is no agency; those that write themselves small are few.
        name = (
            None
            if piece.islower() and piece not in _SMALL and piece not in extra
            else _exact(piece, extra)
        )
        if name is not None:
            return width, name
        if width == 1 and "-" in piece:
            # "AFP-Getty", but not "dpa-AFX", which is a name of its own above.
            for part in piece.split("-"):
                if part.isupper() and (name := _exact(part, extra)):
                    return 1, name
    return 1, None


def _bracketed(text: str, token: re.Match[str]) -> bool:
    before, after = text[: token.start()].rstrip(), text[token.end() :].lstrip()
    return before.endswith(("(", "/")) or after.startswith((")", "/"))


def _exact(piece: str, extra: Mapping[str, str]) -> str | None:
    key = _key(piece)
    if extra:
        found = extra.get(piece) or _extra_keys(tuple(extra.items())).get(key)
        if found:
            return found
    return _ABBREVIATIONS.get(piece.replace(".", "")) or _NAMES.get(key)
