"""Lines that a page or a paste has around its article, and marks of a text that was cut.

Rules for whole short lines only: a sentence of an article must never be taken for junk.
"""

import re

from articles.reading import junk_lines

_LONGEST = 160
_LONGEST_RIGHTS = 400
# What someone says is the article's, whatever it says.
_QUOTES = "“\"«„‘'"


def _whole(pattern: str) -> re.Pattern[str]:
    # The table is laid out over lines: only the layout's white space goes.
    joined = re.sub(r"\n\s*", "", pattern.strip())
    before, after = r"[\s▶►→»›>+•·*\-–—\[(]*", r"[\s→»›>▼▾▸+!.…:\])]*"
    return re.compile(f"{before}(?:{joined}){after}", re.IGNORECASE)


_REASONS = tuple((name, _whole(pattern)) for name, pattern in junk_lines.LINES.items())
_ORDER = ("sharing", "comments", "advertisement", "cookie notice", "navigation", "promotion")
_RULES = tuple((name, dict(_REASONS)[name]) for name in _ORDER)
_BUTTON = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")
_MOST_BUTTONS = 12
_SENTENCE = re.compile(r"[.!?]\s+[^\W\d_].{30,}[.!?]$")
_NO_WORD = re.compile(r"[\W_]+")


def reason(line: str) -> str | None:
    """Return why a whole line is no part of an article, or ``None``.

    One of ``sharing``, ``promotion``, ``comments``, ``advertisement``, ``cookie notice``,
    ``navigation``, and ``ornament`` for a line without a word ("* * *").
    """
    line = line.strip()
    if not line or len(line) > _LONGEST or line[0] in _QUOTES:
        return None
    if _NO_WORD.fullmatch(line):
        return "ornament"
    for name, pattern in _RULES:
        if pattern.fullmatch(line):
            return None if name == "promotion" and _is_prose(line) else name
    return "sharing" if _is_row_of_buttons(line) else None


def _is_row_of_buttons(line: str) -> bool:
    """Return whether a line is the names of two or more buttons and perhaps a count."""
    if line[-1] in ".!?":
        return False
    words = _BUTTON.findall(line.casefold())
    return 2 <= len(words) <= _MOST_BUTTONS and junk_lines.BUTTONS.issuperset(words)


def _is_prose(line: str) -> bool:
    """Return whether a promotion's shape is an ordinary sentence or two after all."""
    return bool(_SENTENCE.search(line))


def is_rights_line(line: str) -> bool:
    """Return whether a whole line says who holds the rights; its year dates no article."""
    line = line.strip()
    if not line or len(line) > _LONGEST_RIGHTS or line[0] in _QUOTES:
        return False
    folded = line.casefold()
    if not any(word in folded for word in junk_lines.RIGHTS_WORDS):
        return False
    if junk_lines.RIGHTS.match(line):
        return True
    return line[0] not in '“"' and bool(junk_lines.RIGHTS_INSIDE.search(line[:250]))


_TAIL = 100


def truncation_mark(text: str) -> tuple[str, str] | None:
    """Split a mark that the text goes on elsewhere off a paragraph's end: the rest, the mark.

    ``… detained Kazakhs.    [FULL  STORY]`` gives the paragraph without its trailing space, and
    ``[FULL  STORY]`` as printed. ``None`` where there is none.
    """
    start = max(0, len(text) - _TAIL)
    match = junk_lines.MARK.search(text[start:])
    if not match or (start and match.start() == 0):
        return None
    return text[: start + match.start("mark")].rstrip(), match["mark"].strip()
