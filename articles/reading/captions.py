"""Captions under pictures: the words, and who took the picture."""

import re

from articles.parsed import Caption
from articles.reading import agencies
from articles.reading.agency_table import PICTURE_AGENCIES

_LONGEST = 1500

_LABEL = (
    r"(?:(?:file\s+|handout\s+)?(?:photo(?:graph)?s?|pictures?|image|photography|illustration|composite|graphic|video)"
    r"(?:\s+(?:credit|by|courtesy(?:\s+of)?|courtesy|from|source|via))?|credits?|"
    r"(?:image|photo|picture)\s+(?:credit|source|copyright)|source|"
    r"crédits?(?:\s+(?:photo|image)s?)?|photographie|©\s*photo|"
    r"foto(?:s|grafie|graf(?:ía|ia|o)s?|ğraf)?(?:\s+(?:di|de|von|av|af|door|cr[ée]dito))?|bild(?:er|quelle|nachweis)?|quelle|kuva|zdjęcie|fot\.?|kép|"
    r"фото|источник|عدسة|تصوير|الصورة|صورة|图片来源|图|写真|摄影|사진)"
)
_MARKED = re.compile(
    rf"(?:^|[\s|(\[\-–—/.•·;])(?P<label>{_LABEL})\s*[:：]\s*(?P<credit>[^:：|]{{2,90}}?)\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:^|[\s|(\[\-–—/.])(?P<label>(?:photo(?:graph)?s?|pictures?|image|illustration|foto|photographie|fotografía|fotografia|bild)"
    r"\s+(?:by|courtesy\s+of|courtesy|par|di|de|por|von|av|af|door))\s+(?P<credit>(?-i:[^\W\d_a-z])[^|:]{1,80}?)\s*[)\]]?\.?\s*$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*[(\[]\s*(?P<credit>[^()\[\]]{2,120}?)\s*[)\]]\s*\.?\s*$")
_COPYRIGHT = re.compile(r"\s*(?P<credit>(?:©|\(c\)|ⓒ)\s*[^©]{1,100})$", re.IGNORECASE)
_SLASH = re.compile(
    r"(?:(?<=[.!?…”\"»])\s+|\s+[|–—-]\s+|\s{2,})(?P<credit>[^\W\d_a-z][\w.’'\-]*(?:\s+[\w.’'\-]+){0,4}\s*/\s*[^\W\d_][\w.’'\-&]*(?:\s+[\w.’'\-&]+){0,3}(?:\s*/\s*[\w.’'\-& ]{2,30}){0,2})\s*$"
)
_AGENCY_END = re.compile(r"(?:(?<=[.!?…”\"»])\s+|\s+[|/–—-]\s*)(?P<credit>[^.!?|]{2,60})\.?\s*$")
_PHOTO_WORD = re.compile(
    r"\b(?:photo|foto|via|pool|file|handout|archive|courtesy|images?|pictures?|getty|фото)\b",
    re.IGNORECASE,
)
_PICTURES = re.compile(
    "|".join(re.escape(name) for name in sorted(PICTURE_AGENCIES, key=len, reverse=True))
)
_JOINT = " \t|/–—-•·,;([\n"


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
    match = _MARKED.search(text) or _BY.search(text)
    if not match:
        return None
    credit = match["credit"].strip(" .,;|-–—")
    words = credit.split()
    if not credit or len(words) > 10 or (len(words) > 4 and re.search(r"[.!?] ", credit)):
        return None
    return text[: match.start("label")].rstrip(_JOINT), credit


def _in_brackets(text: str) -> tuple[str, str] | None:
    match = _BRACKETED.search(text)
    if not match:
        return None
    credit = match["credit"]
    if _labelled_credit := re.match(rf"{_LABEL}\s*[:：]?\s+(?=\S)", credit, re.IGNORECASE):
        rest = credit[_labelled_credit.end() :].strip(" :")
        # "(AP Photo/Dake Kang)" keeps its words; only a label in front goes.
        if rest:
            return text[: match.start()].rstrip(_JOINT), rest
    if not _names_pictures(credit):
        return None
    return text[: match.start()].rstrip(_JOINT), credit


def _copyright(text: str) -> tuple[str, str] | None:
    match = _COPYRIGHT.search(text)
    if not match or len(match["credit"].split()) > 10:
        return None
    credit = re.sub(r"^(?:©|\(c\)|ⓒ)\s*", "", match["credit"], flags=re.IGNORECASE).strip(" .")
    return (text[: match.start()].rstrip(_JOINT), credit) if credit else None


def _with_slash(text: str) -> tuple[str, str] | None:
    match = _SLASH.search(text)
    if not match or not _names_pictures(match["credit"]):
        return None
    return text[: match.start()].rstrip(_JOINT), match["credit"].strip()


def _agency_at_end(text: str) -> tuple[str, str] | None:
    match = _AGENCY_END.search(text)
    if not match:
        return None
    credit = match["credit"].strip(_JOINT)
    if len(credit.split()) > 6 or not _names_pictures(credit):
        return None
    named = agencies.canonical(credit) or _PICTURES.fullmatch(credit)
    if not named and "/" not in credit and not _PHOTO_WORD.search(credit):
        return None
    return text[: match.start()].rstrip(" |/–—-•·,;"), credit


def _names_pictures(credit: str) -> bool:
    """Return whether a short piece names an agency, a picture agency, or says it is a photograph."""
    if len(credit.split()) > 14:
        return False
    return bool(
        agencies.find(credit)
        or _PICTURES.search(credit)
        or (
            re.search(
                r"\b(?:photo|foto|photograph|getty|handout|file)\b(?:\s|/|$)", credit, re.IGNORECASE
            )
            and ("/" in credit or len(credit.split()) <= 5)
        )
    )


_OPENING = re.compile(
    r"(?:(?:in this|this)\s+(?:\w+[\s,.]+){0,6}?(?:photo(?:graph)?|image|picture|frame grab|video grab|illustration|screen ?grab|file photo)\b|"
    r"(?:file\s+photo|file|photo|image|picture|caption|foto|archivo|archivbild|symbolbild|illustration|photo d.archives?|фото|صورة)\s*[:：]|"
    r"(?:sur cette photo|cette image|en esta imagen|en esta foto|auf diesem (?:foto|bild)|in questa foto|nesta foto|на этом снимке|на фото|في هذه الصورة)\b)",
    re.IGNORECASE,
)


def looks_like_caption(line: str) -> bool:
    """Return whether a whole line is a picture's caption: by its credit or by how it opens."""
    line = line.strip()
    if not 4 <= len(line) <= 700 or line[0] in '“"':
        return False
    if _OPENING.match(line):
        return True
    caption = split_credit(line)
    if caption.credit is None:
        return False
    # A paragraph may end in "(AP)" or "(Reuters)"; a caption of many sentences hardly does.
    return len(line) <= 450
