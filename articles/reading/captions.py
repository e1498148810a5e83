"""Captions under pictures: the words, and who took the picture."""

import re

from articles.parsed import Caption
from articles.reading import agencies
from articles.reading import caption_patterns as patterns

_LONGEST = 1500
# A credit stands within so many characters of the end.
_TAIL = 130
# A sentence's end, not an initial's: "J. Dupont".
_STOP = re.compile(r"\w\w[.!?] ")


def split_credit(text: str) -> Caption:
    """Split a caption into its words and its credit, as printed without label and brackets.

    ``… their loved ones. Photograph: Dake Kang/AP`` has the credit ``Dake Kang/AP``. Where nothing
    shows a credit, the whole is text.
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return Caption(text)
    for reader in (_labelled, _in_brackets, _copyright, _with_slash, _agency_at_end):
        found = reader(text)
        if found:
            return Caption(*found)
    return Caption(text)


def _labelled(text: str) -> tuple[str, str] | None:
    match = None
    if ":" in text or "：" in text or "ource," in text:
        match = patterns.MARKED.search(text, max(0, len(text) - _TAIL))
    match = match or patterns.BY.search(text, max(0, len(text) - _TAIL))
    if not match:
        return None
    credit = match["credit"].strip(" .,;|-–—")
    words = credit.split()
    if not credit or len(words) > 10 or (len(words) > 4 and _STOP.search(credit)):
        return None
    return text[: match.start("label")].rstrip(patterns.JOINT), credit


def _in_brackets(text: str) -> tuple[str, str] | None:
    match = patterns.BRACKETED.search(text) if text[-2:].rstrip(".").endswith((")", "]")) else None
    if not match:
        return None
    credit = match["credit"]
    if _labelled_credit := re.match(rf"{patterns.LABEL}\s*[:：]?\s+(?=\S)", credit, re.IGNORECASE):
        rest = credit[_labelled_credit.end() :].strip(" :")
        # "(AP Photo/Dake Kang)" keeps its words; only a label in front goes.
        if rest:
            return text[: match.start()].rstrip(patterns.JOINT), rest
    if not _names_pictures(credit):
        return None
    return text[: match.start()].rstrip(patterns.JOINT), credit


def _copyright(text: str) -> tuple[str, str] | None:
    match = patterns.COPYRIGHT.search(text, max(0, len(text) - _TAIL))
    if not match or len(match["credit"].split()) > 10:
        return None
    credit = re.sub(r"^(?:©|\(c\)|ⓒ)\s*", "", match["credit"], flags=re.IGNORECASE).strip(" .")
    return (text[: match.start()].rstrip(patterns.JOINT), credit) if credit else None


def _with_slash(text: str) -> tuple[str, str] | None:
    match = patterns.SLASH.search(text, max(0, len(text) - _TAIL)) if "/" in text else None
    if not match or not _names_pictures(match["credit"]):
        return None
    return text[: match.start()].rstrip(patterns.JOINT), match["credit"].strip()


def _agency_at_end(text: str) -> tuple[str, str] | None:
    match = patterns.AGENCY_END.search(text, max(0, len(text) - _TAIL))
    if not match:
        return None
    credit = match["credit"].strip(patterns.JOINT)
    if len(credit.split()) > 6 or not _names_pictures(credit):
        return None
    named = agencies.canonical(credit) or patterns.PICTURES.fullmatch(credit)
    if not named and "/" not in credit and not patterns.PHOTO_WORD.search(credit):
        return None
    return text[: match.start()].rstrip(" |/–—-•·,;"), credit


def _names_pictures(credit: str) -> bool:
    """Return whether a short piece names an agency or says that it is of a photograph."""
    if len(credit.split()) > 14:
        return False
    return bool(
        agencies.find(credit)
        or patterns.PICTURES.search(credit)
        or (
            re.search(
                r"\b(?:photo|foto|photograph|getty|handout|file)\b(?:\s|/|$)", credit, re.IGNORECASE
            )
            and ("/" in credit or len(credit.split()) <= 5)
        )
    )


def looks_like_caption(line: str) -> bool:
    """Return whether a whole line is a picture's caption: by its credit or by how it opens."""
    line = line.strip()
    if not 4 <= len(line) <= 700 or line[0] in '“"':
        return False
    if patterns.OPENING.match(line):
        return True
    caption = split_credit(line)
    if caption.credit is None:
        return False
    # A paragraph may end in "(AP)" or "(Reuters)"; a caption of many sentences hardly does.
    return len(line) <= 450
