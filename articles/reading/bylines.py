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
from articles.reading import byline_patterns as patterns
from articles.reading.byline_words import PARTICLES, ROLE_OPENERS, ROLE_WORDS, WEAK_ROLES
from articles.reading.dateline_cities import CITIES
from articles.reading.names import as_person, is_upper

_NONE: Mapping[str, str] = MappingProxyType({})
_LONGEST = 400
_LONGEST_LINE = 140


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
        """Give a place to the segment's persons without one; return whether there were any."""
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
    extra = extra_agencies or agencies.known_beside_the_table()
    return _parse(byline) if not extra else _read(byline, extra)


@lru_cache(maxsize=8192)
def _parse(byline: str) -> tuple[Credit, ...]:
    return _read(byline, _NONE)


def _read(byline: str, extra: Mapping[str, str]) -> tuple[Credit, ...]:
    text = byline.replace("\n", ";")
    if any(sign in text for sign in patterns.SIGNS_OF_NOISE):
        text = patterns.NOISE.sub(" ", text)
    text = patterns.AFTERMATH.sub("", " ".join(text.split())).strip(" ,;:|•·-–—")
    whole = agencies.canonical(text, extra=extra)
    if whole:
        return (Credit(CreditKind.AGENCY, whole),)
    reading = _Reading(extra)
    for segment in patterns.SEGMENT.split(text):
        if segment:
            _segment(segment, reading)
    return tuple(reading.credits)


def _segment(text: str, reading: _Reading) -> None:
    """Read one part of a byline, such as stands between two semicolons."""
    if text.strip().casefold() in CITIES and reading.put_place(text.strip()):
        return  # "Jane Doe - Almaty"
    reading.segment_start = len(reading.credits)
    text, opened, role = _opened(text.strip())
    asides: list[str] = []
    if "(" in text or "[" in text:
        asides = [round_ or square for round_, square in patterns.BRACKETS.findall(text)]
        text = patterns.BRACKETS.sub(" ", text).strip()
    if not opened and outlets.canonical(text) and not agencies.canonical(text, extra=reading.extra):
        return
    writer = patterns.AGENCY_WRITER.match(text)
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
        first = patterns.FIRST_WORD.match(text)
        if first is None or first[0].casefold() not in patterns.OPENING_WORDS:
            break
        if match := patterns.ROLE_OPENER.match(text):
            role = ROLE_OPENERS[match[0].rstrip(" :：/.").casefold()]
        else:
            match = (
                patterns.UNNAMED_OPENER.match(text)
                or patterns.OPENER.match(text)
                or patterns.PREPOSITION.match(text)
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
        text = patterns.UPPER_JOINER.sub(", ", text)
    pieces = [stripped for piece in patterns.JOINER.split(text) if (stripped := piece.strip(" .,"))]
    if len(pieces) == 2 and "," in text and _is_inverted(pieces[0], pieces[1], extra):
        return [f"{pieces[1]} {pieces[0]}"]
    return pieces


def _is_inverted(surname: str, forename: str, extra: Mapping[str, str]) -> bool:
    """Return whether two pieces are one name as exports print it: "Doe, Jane", "De Vries, Ann"."""
    if len(surname.split()) > 1 and surname.split(maxsplit=1)[0].casefold() not in PARTICLES:
        return False
    if not (surname[0].isupper() or surname[0].islower()) or len(forename.split()) > 2:
        return False
    if any(_known(part, extra) for part in (surname, forename)):
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
    match = patterns.PLACE.search(piece)
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
    piece = patterns.FOR_WHOM.sub("", piece)
    if _is_agency_role(piece, reading.extra):
        _role(piece, reading)
        return
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


def _is_agency_role(piece: str, extra: Mapping[str, str]) -> bool:
    """Return whether a piece is somebody's role at an agency: "AP Aviation Writer"."""
    words = piece.split()
    if len(words) < 3 or not _is_role(words[-1]):
        return False
    # "AP Jane Doe Writer" is nothing that is printed: what stands between is the desk.
    return words[0].isupper() and bool(agencies.canonical(words[0], extra=extra))


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
    return len(piece) > 80 or all(word.casefold() in patterns.UNNAMED for word in piece.split())


def _role(piece: str, reading: _Reading) -> None:
    """Give a role to the person before it; an agency named in it is a credit of its own."""
    if reading.credits:
        last = reading.credits[-1]
        if last.kind is CreditKind.PERSON and last.role is None and not _is_unnamed(piece):
            reading.credits[-1] = replace(last, role=piece)
    reading.add_agencies_in(piece)


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
    if patterns.IMPERSONAL.fullmatch(line) or patterns.OUR_STAFF.fullmatch(line):
        return True
    found = parse(line, extra_agencies=extra_agencies)
    if not found:
        return False
    if "|" in line or patterns.STRONG_OPENER.match(line) or patterns.UNNAMED_OPENER.match(line):
        return _is_mostly_credits(line, found)
    if all(credit.kind is CreditKind.AGENCY for credit in found):
        return len(line.split()) <= 8 and _is_mostly_credits(line, found)
    roles = any(_is_telling(credit) for credit in found) and ":" not in line
    agency = any(credit.kind is CreditKind.AGENCY for credit in found)
    return (roles or agency) and _is_mostly_credits(line, found)


_OPENED_ROLES = frozenset(ROLE_OPENERS.values())


def _is_telling(credit: Credit) -> bool:
    """Return whether a credit's role or place can only be a byline's."""
    if credit.place and credit.place.casefold() in CITIES:
        return True
    if credit.role in _OPENED_ROLES:
        return True
    role = {word.strip(".,").casefold() for word in (credit.role or "").split()}
    return bool(role & ROLE_WORDS - WEAK_ROLES) or bool(credit.role and agencies.find(credit.role))


def _is_mostly_credits(line: str, found: tuple[Credit, ...]) -> bool:
    """Return whether names, roles and places make up most of a line's words."""
    named = 0
    for credit in found:
        named += len(credit.name.split()) + len((credit.role or "").split())
        named += len((credit.place or "").split())
    words = len(line.split())
    return words <= 6 or named * 2 >= words
