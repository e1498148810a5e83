"""Bylines: the persons and agencies behind an article, read from what was printed.

The rules cut a byline into pieces, and take a piece for an agency, a role, a place or a person in
that order; what is none of them ("Email The Author") names nobody.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from articles.parsed import Credit, CreditKind
from articles.reading import agencies, outlets
from articles.reading.byline_words import JOINERS, OPENERS, PARTICLES, ROLE_OPENERS, ROLE_WORDS
from articles.reading.dateline_cities import CITIES
from articles.reading.names import as_person, is_upper

_NONE: Mapping[str, str] = MappingProxyType({})
_LONGEST = 400
_LONGEST_LINE = 140

_NOISE = re.compile(
    r"<[^<>]*>|https?://\S+|\bwww\.\S+|[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+|(?<!\w)@\w+|\(?\[?email[^)\]]*protected[)\]]?",
    re.I,
)
_SIGNS_OF_NOISE = ("@", "<", "http", "www.", "rotected")
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
_UPPER_JOINER = re.compile(r"\s+(?:AND|WITH|ET|AVEC|UND|MIT|Y|CON|E|COM|EN|OCH|OG|VE|И|\+|&)\s+")


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
_UNNAMED = frozenset(
    """
    staff agency agencies wire wires wiredesk reports report services news from and our other the
    agences agencias agenzie agenturen agências agencie press وكالات الوكالات
    """.split()
)
# What follows the names on one line, and is no part of the byline.
_AFTERMATH = re.compile(
    r"\s+(?:(?:also\s+)?contributed\s+(?:to|reporting)\b|(?:last\s+)?(?:published|updated|posted|modified)\b[\s:]|"
    r"\d{1,2}[:.]\d{2}\b|\d{1,2}\s+\w+\s+\d{4}\b).*$",
    re.IGNORECASE,
)
_AGENCY_WRITER = re.compile(
    r"(?P<whose>[^\W\d_a-z][\w. ]{1,40}?)\s+(?i:writers?|reporters?|correspondents?)\s+(?=[^\W\d_a-z]\S+\s+\S)"
)
_FIRST_WORD = re.compile(r"[^\s:：.,]+|$")
_OPENING_WORDS = frozenset(
    opener.split()[0].strip("/／.").casefold()
    for opener in (*OPENERS, *ROLE_OPENERS, "di", "notre", "nos", "nuestro", "nuestra", "dal", "dalla")
) | {"do", "von", "unser", "van", "our", "de"}
_UNNAMED_OPENER = re.compile(
    r"(?:(?:par|de|de la part de)\s+)?(?:notre|nos|nuestr[oa]s?|de\s+nuestr[oa]s?|dal(?:la)?\s+nostr[oa]|"
    r"d[oa]\s+noss[oa]|von\s+unser\w+|unser\w*|van\s+onze|our|de\s+notre)\s+"
    r"(?:own\s+)?(?:correspondante?|corresponsal|enviad[oa](?:\s+especial)?|envoyée?(?:\s+spéciale?)?|"
    r"corrispondente|inviat[oa]|correspondente|korrespondent(?:in)?|correspondent|verslaggever|"
    r"reporter(?:in)?|staff|special\s+correspondent)\s*",
    re.I,
)
# "in Almaty": after most prepositions a capital is enough; after those that are particles of names
# too, the place must be one that we know.
_PLACE = re.compile(
    r"\s+(?:(?P<sure>in|from|à|aus|desde|reporting from|reports from|в|из)|(?P<unsure>da|de|em|en|w|في|من))"
    r"\s+(?P<place>[^\W\d_a-z][^\d;|]*)$"
)
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_FOR_WHOM = re.compile(
    r"\s+(?:[Ff]or|FOR|pour|für|para|per|voor|exclusive(?:ly)? for|special to)\s+(?:the\s+)?[^\W\d_a-z].*$"
)


@dataclass
class _Reading:
    """The credits read so far, and with which of them the segment at hand began."""

    extra: Mapping[str, str]
    credits: list[Credit] = field(default_factory=list)
    segment_start: int = 0

    def add(self, credit: Credit) -> None:
        if not any(old.name == credit.name and old.kind is credit.kind for old in self.credits):
            self.credits.append(credit)

    def add_agencies_in(self, text: str) -> None:
        for name in agencies.find(text, extra=self.extra):
            self.add(Credit(CreditKind.AGENCY, name))

    def put_place(self, place: str) -> bool:
        """Give a place to the segment's persons who have none yet; return whether there were any."""
        given = False
        for index in range(self.segment_start, len(self.credits)):
            credit = self.credits[index]
            if credit.kind is CreditKind.PERSON and credit.place is None:
                self.credits[index] = replace(credit, place=place)
                given = True
        return given


def parse(byline: str, *, extra_agencies: Mapping[str, str] = _NONE) -> tuple[Credit, ...]:
    """Return the persons and agencies that a byline names, in order, each once.

    A role that follows a name stays with it as printed; parts such as ``reporting`` and ``editing``
    come from "Reporting by …". An impersonal byline ("Staff and agencies") gives none.
    ``extra_agencies`` maps further names of agencies to canonical ones.
    """
    if not byline or len(byline) > _LONGEST:
        return ()
    return _parse(byline) if not extra_agencies else _read(byline, extra_agencies)


@lru_cache(maxsize=8192)
def _parse(byline: str) -> tuple[Credit, ...]:
    return _read(byline, _NONE)


def _read(byline: str, extra: Mapping[str, str]) -> tuple[Credit, ...]:
    text = byline.replace("\n", ";")
    if any(sign in text for sign in _SIGNS_OF_NOISE):
        text = _NOISE.sub(" ", text)
    text = _AFTERMATH.sub("", " ".join(text.split())).strip(" ,;:|•·-–—")
    whole = agencies.canonical(text, extra=extra)
    if whole:
        return (Credit(CreditKind.AGENCY, whole),)
    reading = _Reading(extra)
    for segment in _SEGMENT.split(text):
        if segment:
            _segment(segment, reading)
    return tuple(reading.credits)


def _segment(text: str, reading: _Reading) -> None:
    """Read one part of a byline, such as stands between two semicolons."""
    reading.segment_start = len(reading.credits)
    text, opened, role = _opened(text.strip())
    asides: list[str] = []
    if "(" in text or "[" in text:
        asides = [round_ or square for round_, square in _BRACKETS.findall(text)]
        text = _BRACKETS.sub(" ", text).strip()
    if not opened and outlets.canonical(text) and not agencies.canonical(text, extra=reading.extra):
        return
    writer = _AGENCY_WRITER.match(text)
    whose = agencies.find(writer["whose"], extra=reading.extra) if writer else ()
    if writer and whose:
        text = text[writer.end() :]
    for piece in _pieces(text, reading.extra):
        _piece(piece, opened=opened, role=role, reading=reading)
    for name in whose:
        reading.add(Credit(CreditKind.AGENCY, name))
    for aside in asides:
        if aside.strip().casefold() in CITIES:
            reading.put_place(aside.strip())
        reading.add_agencies_in(aside)


def _opened(text: str) -> tuple[str, bool, str | None]:
    """Strip "By", "Reporting by", "Par notre correspondant" …: the rest, whether, and the role."""
    opened, role = False, None
    for _ in range(3):
        first = _FIRST_WORD.match(text)
        if first is None or first[0].casefold() not in _OPENING_WORDS:
            break
        if match := _ROLE_OPENER.match(text):
            role = ROLE_OPENERS[match[0].rstrip(" :：/.").casefold()]
        else:
            match = (
                _UNNAMED_OPENER.match(text) or _OPENER.match(text) or _PREPOSITION.match(text)
            )
        if match is None:
            break
        text, opened = text[match.end() :], True
    return text, opened, role


def _pieces(text: str, extra: Mapping[str, str]) -> list[str]:
    """Cut at commas and "and", but keep an agency's own name whole, and "Doe, Jane" one name."""
    if agencies.canonical(text, extra=extra):
        return [text]
    if is_upper(text):
        text = _UPPER_JOINER.sub(", ", text)
    pieces = [stripped for piece in _JOINER.split(text) if (stripped := piece.strip(" .,"))]
    if len(pieces) == 2 and "," in text and _is_inverted(pieces[0], pieces[1], extra):
        return [f"{pieces[1]} {pieces[0]}"]
    return pieces


def _is_inverted(surname: str, forename: str, extra: Mapping[str, str]) -> bool:
    """Return whether two pieces are one name as exports print it: "Doe, Jane", "De Vries, Anna B."."""
    if len(surname.split()) > 1 and surname.split()[0].casefold() not in PARTICLES:
        return False
    if len(forename.split()) > 2 or any(_known(part, extra) for part in (surname, forename)):
        return False
    return as_person(f"{forename} {surname}", alone_will_do=False) is not None


def _known(piece: str, extra: Mapping[str, str]) -> bool:
    return bool(
        _is_role(piece)
        or piece.casefold() in CITIES
        or agencies.canonical(piece, extra=extra)
        or outlets.canonical(piece)
    )


def _piece(piece: str, *, opened: bool, role: str | None, reading: _Reading) -> None:
    """Read one name, role, place or agency into ``reading``."""
    name = agencies.canonical(piece, extra=reading.extra)
    if name:
        reading.add(Credit(CreditKind.AGENCY, name, role))
        return
    if "/" in piece:
        for part in piece.split("/"):
            if part.strip():
                _piece(part.strip(), opened=opened, role=role, reading=reading)
        return
    piece, place = _without_place(piece)
    _named(piece, opened=opened, role=role, reading=reading)
    if place:
        reading.put_place(place)


def _without_place(piece: str) -> tuple[str, str | None]:
    match = _PLACE.search(piece)
    if not match:
        return piece, None
    place = match["place"].strip(" .,;")
    if len(place) > 60 or len(place.split()) > 7:
        return piece, None
    if match["unsure"] and place.casefold() not in CITIES:
        return piece, None
    return piece[: match.start()], place


def _named(piece: str, *, opened: bool, role: str | None, reading: _Reading) -> None:
    name = agencies.canonical(piece, extra=reading.extra)
    if name:
        reading.add(Credit(CreditKind.AGENCY, name, role))
        return
    if piece.casefold() in CITIES:
        reading.put_place(piece)
        return
    piece = _FOR_WHOM.sub("", piece)
    if _with_tail(piece, role, reading):
        return
    if _is_role(piece):
        _role(piece, reading)
        return
    person = as_person(piece, alone_will_do=opened)
    if person and not outlets.canonical(piece):
        reading.add(Credit(CreditKind.PERSON, person, role))


def _is_role(piece: str) -> bool:
    return any(
        word.casefold().strip(".:'’\"()") in ROLE_WORDS for word in piece.replace("-", " ").split()
    )


def _with_tail(piece: str, role: str | None, reading: _Reading) -> bool:
    """Read a name with its role or agency behind it, without a comma; return whether it was that.

    "JANE DOE Staff Writer", "Jane Doe Associated Press".
    """
    words = piece.split()
    for index in range(2, min(5, len(words))):
        tail = " ".join(words[index:])
        agency = agencies.canonical(tail, extra=reading.extra)
        if agency is None and outlets.canonical(tail):
            person = as_person(" ".join(words[:index]), alone_will_do=False)
            if person:
                reading.add(Credit(CreditKind.PERSON, person, role))
            return person is not None
        if agency is None and not _is_role(words[index]):
            agency = agencies.canonical(words[index], extra=reading.extra)
            if agency is None or not _is_role(tail):
                continue
        head = " ".join(words[:index])
        person = None if _is_role(head) else as_person(head, alone_will_do=False)
        if person is None:
            return False
        whole_tail_is_agency = agency is not None and agencies.canonical(tail, extra=reading.extra)
        reading.add(Credit(CreditKind.PERSON, person, role if whole_tail_is_agency else tail))
        if agency is not None:
            reading.add(Credit(CreditKind.AGENCY, agency))
        return True
    return False


def _is_unnamed(piece: str) -> bool:
    """Return whether a piece stands for people without a role of anyone's: "agencies", "staff"."""
    return len(piece) > 80 or all(word.casefold() in _UNNAMED for word in piece.split())


def _role(piece: str, reading: _Reading) -> None:
    """Give a role to the person before it; an agency named in it is a credit of its own."""
    if reading.credits:
        last = reading.credits[-1]
        if last.kind is CreditKind.PERSON and last.role is None and not _is_unnamed(piece):
            reading.credits[-1] = replace(last, role=piece)
    reading.add_agencies_in(piece)


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


_OUR_STAFF = re.compile(
    r"(?:By\s+)?(?:[^\W\d_a-z][\w’'&.]*\s+){1,4}(?i:staff|reporters?|correspondents?|agencies|staff (?:writers?|reporters?))"
    r"(?:\s+and\s+agencies)?"
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
    if _IMPERSONAL.fullmatch(line) or _OUR_STAFF.fullmatch(line):
        return True
    found = parse(line, extra_agencies=extra_agencies)
    if not found:
        return False
    if "|" in line or _STRONG_OPENER.match(line) or _UNNAMED_OPENER.match(line):
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
