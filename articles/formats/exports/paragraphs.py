"""What every container is read into: paragraphs, in order."""

import re
from dataclasses import dataclass

_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufeff\u200b\u00ad]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    r"""A paragraph that has words. ``\n`` in ``text`` is a line break printed inside it.

    ``marks`` are the classes and tags around it in HTML, ``bold`` where Word has a run in bold,
    ``link`` the address of its first hyperlink.
    """

    text: str
    bold: bool = False
    link: str = ""
    marks: frozenset[str] = frozenset()

    @property
    def line(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Document:
    """A container's paragraphs. ``knows_bold`` is false where bold type leaves no trace."""

    paragraphs: tuple[Paragraph, ...]
    knows_bold: bool = False
    declared: int | None = None


def tidy(text: str) -> str:
    """Return text without controls, its lines trimmed and white space folded; may be empty."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
