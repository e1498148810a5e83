"""Lines that a page or a paste has around its article, and marks of a text that was cut.

Rules for whole short lines only: a sentence of an article must never be taken for junk.
"""

import re

from articles.reading.junk_lines import LINES

_LONGEST = 160


def _whole(pattern: str) -> re.Pattern[str]:
    # The tables above are laid out over lines: only the layout's white space goes.
    joined = re.sub(r"\n\s*", "", pattern.strip())
    return re.compile(rf"[\s▶►→»›>+•·*\-–—\[(]*(?:{joined})[\s→»›>▼▾▸+!.…:\])]*", re.IGNORECASE)


_REASONS = tuple((name, _whole(pattern)) for name, pattern in LINES.items())
_ORDER = ("sharing", "comments", "advertisement", "cookie notice", "navigation", "promotion")
_RULES = tuple((name, dict(_REASONS)[name]) for name in _ORDER)
_SENTENCE = re.compile(r"[.!?]\s+[^\W\d_].{30,}[.!?]$")
_NO_WORD = re.compile(r"[\W_]+")


def reason(line: str) -> str | None:
    """Return why a whole line is no part of an article, or ``None``.

    One of ``sharing``, ``promotion``, ``comments``, ``advertisement``, ``cookie notice``,
    ``navigation``, and ``ornament`` for a line without a word ("* * *").
    """
    line = line.strip()
    if not line or len(line) > _LONGEST or line[0] in "“\"«„‘'":
        return None
    if _NO_WORD.fullmatch(line):
        return "ornament"
    for name, pattern in _RULES:
        if pattern.fullmatch(line):
            return None if name == "promotion" and _is_prose(line) else name
    return None


def _is_prose(line: str) -> bool:
    """Return whether a promotion's shape is an ordinary sentence or two after all."""
    return bool(_SENTENCE.search(line))


_RIGHTS = re.compile(
    r"""^\W{0,3}(?:
      (?:©|\(c\)|ⓒ)\s*(?:copyright\b)?|copyrights?\b(?!\s+(?:law|case|infring|lawsuit|bill|act|office|suit|claim|claims|protection|holders?|lawyers?|rules|reform|dispute|trial|battle|violation|ruling))|
      load-date\b\Z|all\ rights?\ reserved|tous\ droits\ (?:de\ reproduction\ )?(?:et\ de\ représentation\ )?réservés|
      todos\ los\ derechos\ reservados|todos\ os\ direitos\ reservados|alle\ rechte\ vorbehalten|tutti\ i\ diritti\ riservati|riproduzione\ riservata|
      alle\ rechten\ voorbehouden|все\ права\ защищены|всі\ права\ захищені|wszelkie\ prawa\ zastrzeżone|tüm\ hakları\ saklıdır|جميع\ الحقوق\ محفوظة|حقوق\ النشر|
      版权所有|著作権|無断転載|무단\ ?전재|hak\ cipta|alla\ rättigheter\ förbehållna|prohibida\ (?:su|la)\ reproducción|
      (?:this\ )?material\ may\ not\ be\ (?:published|reproduced)|reproduction\ (?:interdite|in\ whole|prohibited)|(?:no\ part\ of\ this|not\ for\ (?:republication|reproduction))
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_RIGHTS_INSIDE = re.compile(
    r"(?:©|\(c\)\s?\d{4}|\ball rights? reserved\b|\btous droits réservés\b|\bderechos reservados\b|\bdireitos reservados\b|"
    r"\brechte vorbehalten\b|\bdiritti riservati\b|\bправа защищены\b|\bhakları saklıdır\b|الحقوق محفوظة|版权所有|"
    r"\bmay not be (?:published|reproduced|broadcast|rewritten|redistributed)\b)",
    re.IGNORECASE,
)


def is_rights_line(line: str) -> bool:
    """Return whether a whole line states who holds the rights. Any date in it is no publication date."""
    line = line.strip()
    if not line or len(line) > 400:
        return False
    if _RIGHTS.match(line):
        return True
    return (
        len(line) <= 250 and bool(_RIGHTS_INSIDE.search(line)) and not line.startswith(("“", '"'))
    )


_MARK = re.compile(
    r"""(?P<mark>
      [\[(]\s*(?:full\s+(?:story|article|text|report)|read\s+(?:more|on|full\s+\w+|the\s+(?:rest|full\s+\w+))|more|continue(?:d)?(?:\s+reading)?|
        see\s+more|click\s+(?:here\s+)?(?:for|to)\s+[\w\s]{2,30}|lire\s+la\s+suite|leer\s+más|ler\s+mais|weiterlesen|mehr|leggi\s+tutto|lees\s+verder|
        читать\s+(?:далее|дальше|полностью)|اقرأ\s+المزيد|التتمة|المزيد|devamı|czytaj\s+dalej|全文|続きを読む|阅读全文)\s*(?:…|\.{3}|→|»|>+)?\s*[\])]
      |\[\s*\+\s*[\d,.]+\s*(?:chars?|characters?|words?|caractères|caracteres|zeichen)\s*\]
      |[\[(]\s*(?:…|\.{3})\s*[\])]
      |\[&hellip;\]|\[&\#8230;\]
      |(?:(?<=\s)|(?<=[.!?…”"»])|^)(?:continue\s+reading|read\s+(?:more|the\s+full\s+(?:story|article)|full\s+(?:story|article)|the\s+rest)|view\s+full\s+(?:story|article)|
        lire\s+la\s+suite|seguir\s+leyendo|leer\s+más|sigue\s+leyendo|continue\s+lendo|ler\s+mais|weiterlesen|leggi\s+tutto|continua\s+a\s+leggere|lees\s+verder|
        читать\s+(?:далее|дальше|полностью)|اقرأ\s+المزيد|czytaj\s+dalej)(?:\s+(?:here|on|at)\b[^.!?\n]{0,40})?\s*(?:…|\.{3}|→|»|>+|&raquo;)
      |^(?:continue\s+reading|read\s+more|lire\s+la\s+suite|seguir\s+leyendo|weiterlesen|leggi\s+tutto|читать\s+далее|اقرأ\s+المزيد)\.?
    )\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_TAIL = 100


def truncation_mark(text: str) -> tuple[str, str] | None:
    """Split a mark that the text goes on elsewhere off a paragraph's end: the rest, the mark.

    ``… detained Kazakhs.    [FULL  STORY]`` gives the paragraph without its trailing space, and
    ``[FULL  STORY]`` as printed. ``None`` where there is none.
    """
    start = max(0, len(text) - _TAIL)
    match = _MARK.search(text[start:])
    if not match or (start and match.start() == 0):
        return None
    return text[: start + match.start("mark")].rstrip(), match["mark"].strip()
