"""The shapes of captions' credits: patterns, in many languages."""
# ruff: noqa: E501 - patterns are easier to compare in long lines

import re

from articles.reading.agency_table import PICTURE_AGENCIES

LABEL = (
    r"(?:(?:file\s+|handout\s+)?(?:photo(?:graph)?s?|pictures?|image|photography|illustration|composite|graphic|video)"
    r"(?:\s+(?:credit|by|courtesy(?:\s+of)?|courtesy|from|source|via))?|credits?|"
    r"(?:image|photo|picture)\s+(?:credit|source|copyright)|source|"
    r"crédits?(?:\s+(?:photo|image)s?)?|photographie|©\s*photo|"
    r"foto(?:s|grafie|graf(?:ía|ia|o)s?|ğraf)?(?:\s+(?:di|de|von|av|af|door|cr[ée]dito))?|bild(?:er|quelle|nachweis)?|quelle|kuva|zdjęcie|fot\.?|kép|"
    r"фото|источник|عدسة|تصوير|الصورة|صورة|图片来源|图|写真|摄影|사진)"
)
MARKED = re.compile(
    rf"(?:^|[\s|(\[\-–—/.•·;])(?P<label>{LABEL})(?:\s*[:：]|(?<=source),)\s*(?P<credit>[^:：|]{{2,90}}?)\s*[)\]]?\s*$",
    re.IGNORECASE,
)
BY = re.compile(
    r"(?:^|[\s|(\[\-–—/.])(?P<label>(?:photo(?:graph)?s?|pictures?|image|illustration|foto|photographie|fotografía|fotografia|bild)"
    r"\s+(?:by|courtesy\s+of|courtesy|par|di|de|por|von|av|af|door))\s+(?P<credit>(?-i:[^\W\d_a-z])[^|:]{1,80}?)\s*[)\]]?\.?\s*$",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"\s*[(\[]\s*(?P<credit>[^()\[\]]{2,120}?)\s*[)\]]\s*\.?\s*$")
COPYRIGHT = re.compile(r"\s*(?P<credit>(?:©|\(c\)|ⓒ)\s*[^©]{1,100})$", re.IGNORECASE)
SLASH = re.compile(
    r"(?:(?<=[.!?…”\"»])\s+|\s+[|–—-]\s+|\s{2,})(?P<credit>[^\W\d_a-z][\w.’'\-]*(?:\s+[\w.’'\-]+){0,4}\s*/\s*[^\W\d_][\w.’'\-&]*(?:\s+[\w.’'\-&]+){0,3}(?:\s*/\s*[\w.’'\-& ]{2,30}){0,2})\s*$"
)
AGENCY_END = re.compile(r"(?:(?<=[.!?…”\"»])\s+|\s+[|/–—-]\s*)(?P<credit>[^.!?|]{2,60})\.?\s*$")
PHOTO_WORD = re.compile(
    r"\b(?:photo|foto|via|pool|file|handout|archive|courtesy|images?|pictures?|getty|фото)\b",
    re.IGNORECASE,
)
PICTURES = re.compile(
    "|".join(re.escape(name) for name in sorted(PICTURE_AGENCIES, key=len, reverse=True))
)
JOINT = " \t|/–—-•·,;([\n"


OPENING = re.compile(
    r"(?:(?:in this|this)\s+(?:\w+[\s,.]+){0,6}?(?:photo(?:graph)?|image|picture|frame grab|video grab|illustration|screen ?grab|file photo)\b|"
    r"(?:file\s+photo|file|photo|image|picture|caption|foto|archivo|archivbild|symbolbild|illustration|photo d.archives?|фото|صورة)\s*[:：]|"
    r"(?:sur cette photo|cette image|en esta imagen|en esta foto|auf diesem (?:foto|bild)|in questa foto|nesta foto|на этом снимке|на фото|في هذه الصورة)\b)",
    re.IGNORECASE,
)
