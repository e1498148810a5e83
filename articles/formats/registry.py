"""The formats that are installed, and the choice of one for a capture."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from articles.formats.protocol import Format, FormatError, Origin

GROUP = "newsroom.formats"
SNIFF_BYTES = 64 * 1024


@cache
def _points() -> dict[str, EntryPoint]:
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return {point.name: point for point in found}


@cache
def _loaded(name: str) -> Format:
    fmt: Format = _points()[name].load()()
    return fmt


def installed() -> dict[str, Format]:
    """Return every format by name, in alphabetical order."""
    return {name: _loaded(name) for name in _points()}


def by_name(name: str) -> Format:
    """Return the format called ``name``; raise FormatError that lists the names there are."""
    # Only this one is loaded: some bring large libraries.
    if name not in _points():
        known = ", ".join(_points())
        raise FormatError(
            f"There is no format called “{name}”. Known are: {known}.", code="unknown_format"
        )
    return _loaded(name)


def sniff(head: bytes, origin: Origin) -> Format:
    """Return the format most sure of a capture that begins with ``head``, or raise FormatError."""
    if not head.strip():
        raise FormatError("The file is empty: there is nothing to read in it.", code="empty")
    ranked = sorted(
        ((fmt.sniff(head, origin), name, fmt) for name, fmt in installed().items()),
        key=lambda entry: (-entry[0], entry[1]),
    )
    sureness, _, best = ranked[0]
    if sureness <= 0:
        raise FormatError(
            "None of the formats recognises this file. Name one with --format if you know it.",
            code="unknown_format",
        )
    return best
