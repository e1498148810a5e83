"""Bylines: the persons and agencies behind an article, read from what was printed.

The rules cut a byline into pieces, and take a piece for an agency, a role, a place or a person in
that order; what is none of them ("Email The Author") names nobody.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from articles.parsed import Credit, CreditKind
from articles.reading import agencies, outlets
from articles.reading.byline_words import JOINERS, OPENERS, ROLE_OPENERS, ROLE_WORDS
from articles.reading.names import as_person, is_upper

_NONE: Mapping[str, str] = MappingProxyType({})
_LONGEST = 400
_LONGEST_LINE = 140

_NOISE = re.compile(
    r"<[^<>]*>|https?://\S+|\bwww\.\S+|[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+|(?<!\w)@\w+|\(?\[?email[^)\]]*protected[)\]]?",
    re.I,
)
_SPACE = re.compile(r"\s+")
_SEGMENT = re.compile(
    r"\s*(?:[;|•·●⎸\n]|\s[/\-–—]\s|\s//\s|,?\s(?=(?:additional\s|further\s)?(?:reporting|editing|writing)\sby\b)"
    r"|,\s(?=with\s(?:files|reporting|additional|contributions)\b))\s*",
    re.I,
)
_JOINER = re.compile(
    r"\s*(?:[,،、]\s*(?:(?:and|et|und|y|e|och|og|ve|и)\s+)?|\s(?:"
    + "|".join(JOINERS)
    + r")\s|\s?&\s?|\s\+\s|\sو\s?(?=[\u0621-\u064a]{2}))\s*"
)
_UPPER_JOINER = re.compile(r"\s+(?:AND|WITH|And|With|ET|UND|Und)\s+")


def _phrase(words: tuple[str, ...] | dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(
        r"(?:"
        + "|".join(re.escape(word) for word in longest_first)
        + r")(?![\w'’\-])\.?\s*[:：/]?\s*",
        re.I,
    )


_OPENER = _phrase(OPENERS)
_ROLE_OPENER = _phrase(ROLE_OPENERS)
# "Di Luca Bianchi", "de Ana Ruiz": prepositions that are particles of names too.
_PREPOSITION = re.compile(r"(?:di|de|Di)\s+(?=[^\W\d_a-z]\S*\s+\S)")
_UNNAMED_OPENER = re.compile(
    r"(?:(?:par|de|de la part de)\s+)?(?:notre|nos|nuestr[oa]s?|de\s+nuestr[oa]s?|dal(?:la)?\s+nostr[oa]|"
    r"d[oa]\s+noss[oa]|von\s+unser\w+|unser\w*|van\s+onze|our|de\s+notre)\s+"
    r"(?:own\s+)?(?:correspondante?|corresponsal|enviad[oa](?:\s+especial)?|envoyée?(?:\s+spéciale?)?|"
    r"corrispondente|inviat[oa]|correspondente|korrespondent(?:in)?|correspondent|verslaggever|"
    r"reporter(?:in)?|staff|special\s+correspondent)\s*",
    re.I,
)
_PLACE = re.compile(
    r"\s+(?:in|from|à|aus|desde|в|из|في|reporting\s+from|reports\s+from|da|em|w)\s+(?P<place>[^\W\d_a-z][^\d;|]*)$"
)
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_ALL_CAPS_ROLE = re.compile(
    r"^(?P<name>(?:[^\W\d_a-z][^\Wa-z]*\.?\s+){2,4})(?P<role>[A-Z][a-z]\w*(?:\s+\w+){0,4})$"
)
_TRAILING_FOR = re.compile(
    r"\s+(?:for|pour|für|para|per|voor|exclusive(?:ly)? for|special to)\s+(?:the\s+)?[^\W\d_a-z].*$"
)


@dataclass
class _Reading:
    """The credits read so far, and which of them the segment at hand began with."""

    extra: Mapping[str, str]
    credits: list[Credit] = field(default_factory=list)
    segment_start: int = 0

    def add(self, credit: Credit) -> None:
        same = (credit.kind, credit.name)
        if all((old.kind, old.name) != same for old in self.credits):
            self.credits.append(credit)


def parse(byline: str, *, extra_agencies: Mapping[str, str] = _NONE) -> tuple[Credit, ...]:
    """Return the persons and agencies that a byline names, in order, each once.

    A role that follows a name stays with it as printed; parts such as ``reporting`` and ``editing``
    come from "Reporting by …". An impersonal byline ("Staff and agencies") gives none.
    """
    if not byline or len(byline) > _LONGEST:
        return ()
    text = _SPACE.sub(" ", _NOISE.sub(" ", byline.replace("\n", ";"))).strip(" ,;:|•·-–—")
    if not text:
        return ()
    reading = _Reading(extra_agencies)
    whole = agencies.canonical(text, extra=extra_agencies)
    if whole:
        return (Credit(CreditKind.AGENCY, whole),)
    role: str | None = None
    for segment in _SEGMENT.split(text):
        if segment:
            role = _segment(segment, role, reading)
    return tuple(reading.credits)


def _segment(text: str, role: str | None, reading: _Reading) -> str | None:
    """Read one part of a byline; return the role it opened, for a part that only goes on."""
    reading.segment_start = len(reading.credits)
    text = text.strip()
    text, opened, role_here = _opened(text)
    text, bracketed = _without_brackets(text)
    if not opened and outlets.canonical(text) and not agencies.canonical(text, extra=reading.extra):
        return role
    place: str | None = None
    if match := _PLACE.search(text):
        place = _tidy_place(match["place"])
        if place:
            text = text[: match.start()]
    for piece in _pieces(text, reading.extra):
        _piece(piece, opened=opened, role=role_here, reading=reading)
    for aside in bracketed:
        for name in agencies.find(aside, extra=reading.extra):
            reading.add(Credit(CreditKind.AGENCY, name))
    if place:
        for index in range(reading.segment_start, len(reading.credits)):
            credit = reading.credits[index]
            if credit.kind is CreditKind.PERSON and credit.place is None:
                reading.credits[index] = replace(credit, place=place)
    return role_here


def _opened(text: str) -> tuple[str, bool, str | None]:
    """Strip "By", "Reporting by", "Par notre correspondant" …: the rest, whether, and the role."""
    opened, role = False, None
    for _ in range(3):
        before = text
        if match := _ROLE_OPENER.match(text):
            role, opened = ROLE_OPENERS[match[0].rstrip(" :：/.").casefold()], True
        elif match := (
            _UNNAMED_OPENER.match(text) or _OPENER.match(text) or _PREPOSITION.match(text)
        ):
            opened = True
        if match is None:
            break
        text = text[match.end() :]
        if not text or text == before:
            break
    return text, opened, role


def _without_brackets(text: str) -> tuple[str, list[str]]:
    asides = [a or b for a, b in _BRACKETS.findall(text)]
    return (_BRACKETS.sub(" ", text).strip() if asides else text), asides


def _tidy_place(place: str) -> str | None:
    place = place.strip(" .,;")
    if len(place) > 60 or len(place.split()) > 7:
        return None
    return place


def _pieces(text: str, extra: Mapping[str, str]) -> list[str]:
    """Cut at commas and "and", but keep an agency's own name whole."""
    if agencies.canonical(text, extra=extra):
        return [text]
    if is_upper(text) or _UPPER_JOINER.search(text):
        text = _UPPER_JOINER.sub(" and ", text)
    pieces = [piece.strip(" .,") for piece in _JOINER.split(text)]
    return [piece for piece in pieces if piece]


def _piece(piece: str, *, opened: bool, role: str | None, reading: _Reading) -> None:
    """Read one name, role or agency into ``reading``."""
    name = agencies.canonical(piece, extra=reading.extra)
    if name:
        reading.add(Credit(CreditKind.AGENCY, name, role))
        return
    if "/" in piece:
        for part in piece.split("/"):
            if part.strip():
                _piece(part.strip(), opened=opened, role=role, reading=reading)
        return
    piece = _TRAILING_FOR.sub("", piece)
    if _is_role(piece):
        if _person_with_role(piece, reading):
            return
        _role(piece, reading)
        return
    person = as_person(piece, alone_will_do=opened)
    if person and not outlets.canonical(piece):
        reading.add(Credit(CreditKind.PERSON, person, role))


def _is_role(piece: str) -> bool:
    return any(
        word.casefold().strip(".:'’\"()") in ROLE_WORDS for word in piece.replace("-", " ").split()
    )


def _person_with_role(piece: str, reading: _Reading) -> bool:
    """Read "JANE DOE Staff Writer" and "Jane Doe Staff Writer"; return whether it was that."""
    words = piece.split()
    for index in range(2, min(5, len(words))):
        head, tail = " ".join(words[:index]), " ".join(words[index:])
        if not _is_role(words[index]) and not agencies.canonical(words[index], extra=reading.extra):
            continue
        person = None if _is_role(head) else as_person(head, alone_will_do=False)
        if person:
            reading.add(Credit(CreditKind.PERSON, person, tail))
            for name in agencies.find(tail, extra=reading.extra):
                reading.add(Credit(CreditKind.AGENCY, name))
            return True
    return False


def _role(piece: str, reading: _Reading) -> None:
    """Give a role to the person before it; an agency named in it is a credit of its own."""
    if reading.credits and len(reading.credits) > reading.segment_start - 1:
        last = reading.credits[-1]
        if last.kind is CreditKind.PERSON and last.role is None and len(piece) <= 80:
            reading.credits[-1] = replace(last, role=piece)
    for name in agencies.find(piece, extra=reading.extra):
        reading.add(Credit(CreditKind.AGENCY, name))


_STRONG_OPENER = re.compile(
    r"(?:by|story by|reporting by|additional reporting by|editing by|writing by|written by|byline|authors?|"
    r"par|von|por|a cura di|door|av|af|автор|текст|oleh|بقلم|كتب|كتبت|إعداد|autor[a-z]*|"
    r"di|text|texte?|texto|words|written by|compiled by|yazan|haber|作者|记者)(?:\s*[:：]\s*|\s+)(?=\S)",
    re.I,
)
_IMPERSONAL = re.compile(
    r"(?:(?:by|from|par|von|por|de|di|da)\s+)?(?:the\s+)?(?:(?:our\s+|notre\s+|nuestr[oa]\s+)?(?:own\s+|foreign\s+)?"
    r"(?:staff|agenc(?:y|ies)|wire|wires|correspondents?|reporters?|writers?|news ?desk|"
    r"news ?room|rédaction|redacción|redazione|redaktion|redação|agences|agencias|agenzie|agenturen|"
    r"agências|correspondante?s?|corresponsal|وكالات|الوكالات|редакция)"
    r"(?:\s*(?:,|and|et|y|e|und|&|/|with|-)\s*|\s+)?){1,4}(?:reports?)?\.?",
    re.I,
)


def looks_like_byline(line: str, *, extra_agencies: Mapping[str, str] = _NONE) -> bool:
    """Return whether a whole line is a byline and hardly anything else.

    A bare name ("Jane Doe") is not enough, since crossheads look the same: the place of such a line
    must speak for it. Needs an opener, an agency, a role or an impersonal form.
    """
    line = line.strip()
    if not 2 <= len(line) <= _LONGEST_LINE or "\n" in line:
        return False
    if line[-1] in '.?!…”"' and not re.search(r"\b(?:Inc|Jr|Sr|St|agencies|agences)\.$", line):
        return False
    if _IMPERSONAL.fullmatch(line):
        return True
    if agencies.canonical(line, extra=extra_agencies):
        return True
    found = parse(line, extra_agencies=extra_agencies)
    if not found:
        return False
    if _STRONG_OPENER.match(line):
        return _is_mostly_credits(line, found)
    if all(credit.kind is CreditKind.AGENCY for credit in found):
        return len(line.split()) <= 8 and _is_mostly_credits(line, found)
    roles = any(credit.role or credit.place for credit in found)
    agency = any(credit.kind is CreditKind.AGENCY for credit in found)
    return (roles or agency) and _is_mostly_credits(line, found)


def _is_mostly_credits(line: str, found: tuple[Credit, ...]) -> bool:
    """Return whether names, roles and places make up most of a line's words."""
    named = 0
    for credit in found:
        named += len(credit.name.split()) + len((credit.role or "").split())
        named += len((credit.place or "").split())
    words = len(line.split())
    return words <= 6 or named * 2 >= words
