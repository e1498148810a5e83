"""Datelines: where a story was filed, printed before its first words.

``WASHINGTON (AP) — …``, ``ALMATY, Kazakhstan: …``, ``PARIS, Jan 9 (Reuters) - …``. A run of words
before a dash or colon is a dateline only on evidence: an agency in brackets, a date, or a place we
know in a shape that datelines have.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from articles.parsed import Dateline, PrintedDate
from articles.reading import agencies, dates
from articles.reading.dateline_cities import CITIES, NO_PLACES
from articles.reading.month_names import MONTHS
from articles.reading.names import is_upper
from articles.reading.wordlist import word_set

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Split:
    """A paragraph cut after its dateline.

    ``printed`` is the dateline with its dash or colon, ``rest`` the paragraph after it, neither
    with white space at the edges. ``day_month`` is the date as printed, ``printed_date`` what it is
    where its year is printed too.
    """

    dateline: Dateline
    printed: str
    rest: str
    printed_date: PrintedDate | None = None
    day_month: str | None = None


_HEAD_LONGEST = 130
# Without one of these, the head of a paragraph holds no dateline.
_SIGN = re.compile(r"[—–―:：()\[/]|-[\s-]")
_DASH = r"(?:--+|[—–―]|[-‐‑−](?=\s|$))"
# What may end a dateline: dash, colon, or the bracket of an agency alone, in that order of trust.
_END = re.compile(rf"(?P<dash>\s*{_DASH}+)\s*|(?<=\S)(?P<colon>\s?[:：])(?=\s)\s*")
_MONTH = "|".join(re.escape(name) for name in sorted(MONTHS, key=len, reverse=True))
_DAY_MONTH = re.compile(
    rf"[\s,،]*\b(?P<date>(?:(?:mon|tues?|wed|wednes|thurs?|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
    rf"(?:(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?|"
    rf"\d{{1,2}}(?:er|\.|º)?\s*(?:de\s+)?(?:{_MONTH})\b\.?|"
    rf"\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?)(?:(?:\s+de)?,?\s+\d{{4}})?)[\s,.]*$",
    re.IGNORECASE,
)
_DAY_MONTH_FOLD = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_WEEKDAY = re.compile(r"[\s,]+(?:mon|tues|wednes|thurs|fri|satur|sun)day\s*$", re.IGNORECASE)
_PLACE = re.compile(r"[^\W\d_][^\W\d_'’.\-‑]*(?:['’.\-‑ ,/&]+[^\W\d_]+)*\.?")
_VERBISH = re.compile(
    r"(?:^|\s)(?:said|says|is|are|was|were|has|have|the|and|of|for|that|with|on|to)(?:\s|$)"
)
_DETERMINERS = word_set(
    "the a an this that these his her its their our my one some der die das ein eine les une un una"
)
_US_STATES = word_set("""
    ala ariz ark calif colo conn del fla ga idaho ill ind iowa kan ky la maine mass md mich minn
    miss mo mont neb nev nh nj nm ny nc nd ohio okla ore pa ri sc sd tenn texas tex utah va vt wash
    wis wisc wva wyo dc ia penn ken ct ca fl tx ma tn az
    alaska hawaii ont que alta bc
    """)


def split(paragraph: str, extra_agencies: Mapping[str, str] = _NONE) -> Split | None:
    """Cut a paragraph after its dateline; ``None`` if it opens with none.

    ``extra_agencies`` maps further names of agencies to canonical ones.
    """
    start = len(paragraph) - len(paragraph.lstrip())
    head = paragraph[start : start + _HEAD_LONGEST]
    if not head or head[0] in "“\"«„‘'" or head[0].isdigit():
        return None
    if not _SIGN.search(head):
        return _east_asian(head, paragraph, start)
    bracket = _at_bracket(head, paragraph, start, extra_agencies)
    if bracket:
        return _with_place_behind(bracket, extra_agencies)
    for end in _END.finditer(head):
        found = _before(head, end, extra_agencies)
        if found:
            dateline, day_month, extent = found
            cut = start + extent
            rest = paragraph[cut:].strip()
            printed = paragraph[start:cut].strip()
            # "LONDON —" alone is a dateline printed on a line of its own.
            return Split(dateline, printed, rest, _dated(day_month), day_month)
        if end["colon"] is not None or end.start() > 80:
            break
    return _east_asian(head, paragraph, start)


_EAST_ASIAN = re.compile(
    r"(?P<agency>新华社|新華社|中新社|中新网|法新社|路透社|美联社|中央社)(?P<place>[\u4e00-\u9fff·]{2,8}?)?"
    r"(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)?电[\s　]*"
)


def _east_asian(head: str, paragraph: str, start: int) -> Split | None:
    """Read 新华社北京1月9日电: agency, place and date without a mark between them."""
    match = _EAST_ASIAN.match(head)
    if not match:
        return None
    agency = agencies.canonical(match["agency"]) or match["agency"]
    cut = start + match.end()
    day_month = match["date"]
    return Split(
        Dateline(match["place"], agency),
        paragraph[start:cut].strip(),
        paragraph[cut:].strip(),
        _dated(day_month),
        day_month,
    )


def _with_place_behind(found: Split, extra: Mapping[str, str]) -> Split:
    """Join "(ANSA) -" with the "ROMA, 9 GEN -" that follows it."""
    if found.dateline.place is not None or not found.rest:
        return found
    behind = split(found.rest, extra)
    if behind is None or behind.dateline.place is None or behind.dateline.agency is not None:
        return found
    return Split(
        Dateline(behind.dateline.place, found.dateline.agency),
        f"{found.printed} {behind.printed}",
        behind.rest,
        behind.printed_date,
        behind.day_month,
    )


def _dated(day_month: str | None) -> PrintedDate | None:
    return dates.parse(day_month) if day_month and re.search(r"\d{4}", day_month) else None


_AGENCY_HEAD = re.compile(
    rf"(?P<place>[^()\[\]/:：]{{0,80}}?)\s*"
    rf"(?:[(\[]\s*(?P<round>[^()\[\]]{{2,60}}?)\s*[)\]]|/\s*(?P<slash>[^/]{{2,40}}?)\s*/)"
    rf"(?P<after>[^()\[\]]{{0,24}}?)\s*(?P<end>[.,]?\s?{_DASH}+|[:：.]|(?=\s))\s*"
)


def _at_bracket(head: str, paragraph: str, start: int, extra: Mapping[str, str]) -> Split | None:
    """Read a dateline with its agency in brackets or between slashes: the surest kind."""
    match = _AGENCY_HEAD.match(head)
    if not match:
        return None
    named = match["round"] or match["slash"]
    agency = agencies.canonical(named, extra=extra)
    if agency is None:
        several = agencies.find(named, extra=extra)
        # "(Reuters Life!)", "(AP/AFP)", "(EUROPA PRESS)": the agency and hardly more.
        if not several or len(named.split()) > 4:
            return None
        agency = several[0]
    end = match["end"]
    if not end and match["slash"] is None and not is_upper(match["place"]):
        return None
    place, day_month = _place_and_date(
        match["place"] + (f", {match['after']}" if match["after"].strip() else "")
    )
    if place is None and day_month is None and match["place"].strip(" ,.-–—"):
        return None
    if place is not None and not _may_be_place(place):
        return None
    cut = match.end()
    rest = paragraph[start + cut :].strip()
    printed = paragraph[start : start + cut].strip()
    return Split(Dateline(place, agency), printed, rest, _dated(day_month), day_month)


def _place_and_date(text: str) -> tuple[str | None, str | None]:
    """Cut "PARIS, Jan 9" into place and date, either of which may be missing."""
    text = text.strip(" ,،-–—:\u200f").lstrip(".")
    day_month = None
    if match := _DAY_MONTH.search(text.translate(_DAY_MONTH_FOLD)):
        day_month = text[match.start("date") : match.end("date")].strip(" ,.")
        text = text[: match.start()]
    place = _WEEKDAY.sub("", text).strip(" ,،-–—:") if text else ""
    if place.endswith(".") and not _is_abbreviated(place):
        place = place.rstrip(". ")
    return (place or None), day_month


def _is_abbreviated(place: str) -> bool:
    """Return whether a place ends in a shortened state: "MIAMI, Fla.", "EDISON, N.J."."""
    last = place.rpartition(" ")[2].rstrip(".")
    return last.replace(".", "").casefold() in _US_STATES or "." in last


def _may_be_place(place: str) -> bool:
    """Return whether beside an agency's name these words can be a place."""
    words = place.split()
    if not 1 <= len(words) <= 8 or len(place) > 70 or not _PLACE.fullmatch(place):
        return False
    if place.casefold() in NO_PLACES or words[0].casefold() in _DETERMINERS:
        return False
    return not _VERBISH.search(place) and (place[0].isupper() or not place[0].islower())


def _before(
    head: str, end: re.Match[str], extra: Mapping[str, str]
) -> tuple[Dateline, str | None, int] | None:
    """Read what stands before a dash or colon, without an agency in brackets.

    Gives the dateline, its date as printed, and how far it reaches.
    """
    text = head[: end.start()].strip()
    agency = None
    place, day_month = _place_and_date(text)
    if place is None:
        return None
    if not _is_place(place, dated=day_month is not None, dashed=end["dash"] is not None):
        return None
    extent = end.end()
    if (
        not is_upper(place.split(",")[0])
        and day_month is None
        and head[extent : extent + 1].islower()
    ):
        # "Paris – a city on the Seine – …" is a sentence.
        return None
    if end["dash"] is not None and (match := _AGENCY_AFTER.match(head, extent)):
        # "МОСКВА, 9 янв - РИА Новости.": the agency follows, with a mark of its own.
        agency = agencies.canonical(match["agency"], extra=extra)
        extent = match.end() if agency else extent
    return Dateline(place, agency), day_month, extent


_AGENCY_AFTER = re.compile(rf"(?P<agency>[^\n.:–—]{{2,40}}?)\s*(?:$|[.:：]\s|{_DASH}+)\s*")


def _is_place(place: str, *, dated: bool, dashed: bool) -> bool:
    """Weigh the evidence that words before a dash or colon are a dateline's place."""
    words = place.split()
    if len(words) > 7 or len(place) > 60 or not _PLACE.fullmatch(place):
        return False
    first, *others = [
        part.strip() for part in re.split(r"[,/،]|\s+and\s+", place) if part.strip()
    ] or [""]
    if first.casefold() in NO_PLACES or place.casefold() in NO_PLACES:
        return False
    known = first.casefold() in CITIES
    upper = is_upper(first)
    caseless = not any(char.isupper() or char.islower() for char in first)
    if known and (upper or caseless):
        return all(_is_rest_of_place(other) for other in others)
    if upper and others and len(first.split()) <= 4:
        # "SMALLTOWN, Ohio —": the town in capitals, its state or country not.
        return all(_is_region(other) for other in others)
    if upper and dated:
        return len(first.split()) <= 4
    if known and dashed and first[0].isupper():
        # "Berlin – ": some papers print no capitals; the words after decide nothing more.
        return all(_is_rest_of_place(other) for other in others)
    return False


def _is_rest_of_place(other: str) -> bool:
    return other[0].isupper() or not other[0].islower()


def _is_region(other: str) -> bool:
    """Return whether this is a state or country as datelines add it: "Kazakhstan", "N.Y."."""
    if other.replace(".", "").replace(" ", "").casefold() in _US_STATES:
        return True
    return other[0].isupper() and not is_upper(other) and len(other.split()) <= 3
