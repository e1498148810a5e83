"""The formats that are installed, and the choice of one for a capture."""

from functools import cache
from importlib.metadata import entry_points

from articles.formats.protocol import Format, FormatError, Origin

GROUP = "newsroom.formats"
SNIFF_BYTES = 64 * 1024


@cache
def installed() -> dict[str, Format]:
    """Return every format by name, in alphabetical order."""
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return {point.name: point.load()() for point in found}


def by_name(name: str) -> Format:
    """Return the format called ``name``; raise FormatError that lists the names there are."""
    formats = installed()
    if name not in formats:
        known = ", ".join(formats)
        raise FormatError(
            f"There is no format called “{name}”. Known are: {known}.", code="unknown_format"
        )
    return formats[name]


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
