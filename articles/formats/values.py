"""Values of records as they come (strings, numbers, lists, small objects) into what a field takes.

Every reader of a value raises BadValueError with a sentence for the person who sent it.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from articles.formats import bodies
from articles.parsed import Caption, Credit, CreditKind, Precision, PrintedDate
from articles.reading import agencies, bylines, captions, dates, languages, outlets
from articles.text import Block, BlockKind, normalise_line

MAX_LINE = 20_000


class BadValueError(ValueError):
    """A value that a field can't take; ``str()`` tells the person who sent it why."""


_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:$|[T ]\d\d:\d\d)")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_WEB = re.compile(r"https?://[^\s/?#<>\"]+(?:[/?#][^\s<>\"]*)?$", re.IGNORECASE)
_LONGEST_LIST = 5_000
_LONGEST_DATE = 200
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?$")


def line(value: Any) -> str:
    """Return a one-line string of a string, a number or a list of them."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        text = "; ".join(map(str, value))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        text = str(value)
    else:
        raise BadValueError("This must be a string.")
    if len(text) > MAX_LINE:
        raise BadValueError(f"This is longer than {MAX_LINE:,} characters.")
    if "<" in text or "&" in text:
        text = bodies.plain(text)
    return normalise_line(text)


def lines(value: Any) -> list[str]:
    """Return the one-line strings of a list, or of a string with a line for each."""
    if isinstance(value, str):
        value = listed(value) or value.splitlines()
    if not isinstance(value, list):
        raise BadValueError("This must be a list of strings.")
    return [text for item in value if (text := line(item))]


def listed(text: str) -> list[str]:
    """Return the items of a list that was written into a cell: ``['Jane Doe', 'John Roe']``."""
    if not (text.startswith("[") and text.endswith("]")) or len(text) > _LONGEST_LIST:
        return []
    return [single or double for single, double in _QUOTED.findall(text)]


def language(value: Any) -> str:
    """Return the tag of a language's name or code."""
    found = languages.normalise_tag(line(value))
    if found is None:
        raise BadValueError("This is no language we know; send a code such as “en” or “pt-BR”.")
    return found


def web_address(value: Any) -> str:
    """Return an http(s) address; any other scheme is refused."""
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > 2_000 or not _WEB.match(text):
        raise BadValueError("This must be a web address that begins with http:// or https://.")
    return text


def printed_date(value: Any, *, day_first: bool | None = None) -> PrintedDate:
    """Return a date of a string, of seconds since 1970, or of ``{"date", "at", "precision"}``."""
    if isinstance(value, Mapping):
        return _date_of_parts(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadValueError("This must be a date such as 2019-01-09 or 2019-01-09T14:30:00+06:00.")
    text = str(value).strip()
    found = _date(text, day_first) if len(text) <= _LONGEST_DATE else None
    if found is None:
        raise BadValueError(f"“{str(value)[:80]}” is not a date that exists.")
    return found


@lru_cache(maxsize=16_384)
def _date(text: str, day_first: bool | None) -> PrintedDate | None:  # noqa: FBT001 - cached
    if _ISO.match(text):
        return _iso(text)
    if _EPOCH.match(text):
        return dates.from_epoch(float(text))
    return dates.parse(text, day_first=day_first) if text else None


def _iso(text: str) -> PrintedDate | None:
    """Read ISO 8601: the common form, without the cost of a grammar."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return dates.parse(text)
    if len(text) == 10:
        return PrintedDate(moment.date())
    if moment.tzinfo is None:
        # A time without its zone is no instant; the day stands.
        return PrintedDate(moment.date())
    try:
        moment.astimezone(UTC)
    except OverflowError:
        return None
    return PrintedDate(moment.date(), Precision.MINUTE, moment)


def _date_of_parts(value: Mapping[str, Any]) -> PrintedDate:
    printed = value.get("at") or value.get("date")
    found = printed_date(printed) if isinstance(printed, str) else None
    if found is None:
        raise BadValueError("This must have a “date” or an “at”, such as 2019-01-09.")
    day = printed_date(value["date"]).date if isinstance(value.get("date"), str) else found.date
    if abs((day - found.date).days) > 1:
        raise BadValueError("“date” and “at” are more than a day apart.")
    precision = value.get("precision")
    if precision is None:
        return PrintedDate(day, found.precision, found.at)
    try:
        return PrintedDate(day, Precision(precision), found.at)
    except ValueError:
        known = ", ".join(Precision)
        raise BadValueError(f"“precision” must be one of {known}.") from None


def people(value: Any) -> tuple[Credit, ...]:
    """Return the credits of authors: names in a list, objects with names, or one string."""
    if isinstance(value, str):
        value = listed(value.strip()) or value
    if isinstance(value, str):
        return bylines.parse(line(value))
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, list):
        raise BadValueError("This must be a list of names.")
    return tuple(credit for item in value if (credit := _person(item)) is not None)


def _person(item: Any) -> Credit | None:
    if isinstance(item, Mapping):
        role, place = item.get("role"), item.get("place")
        name = item.get("name") or " ".join(
            str(part)
            for key in ("firstname", "given", "lastname", "family")
            if (part := item.get(key))
        )
        kind = item.get("kind")
        named = line(name) if isinstance(name, str) else ""
        if not named:
            return None
        return Credit(
            CreditKind.AGENCY
            if kind == CreditKind.AGENCY or agencies.canonical(named)
            else CreditKind.PERSON,
            agencies.canonical(named) or named,
            line(role) if isinstance(role, str) and role else None,
            line(place) if isinstance(place, str) and place else None,
        )
    if not isinstance(item, str):
        raise BadValueError("Each author must be a name or an object with a “name”.")
    name = line(item)
    agency = agencies.canonical(name)
    if agency:
        return Credit(CreditKind.AGENCY, agency)
    # A name of one's own is parsed like a byline, so that "By" and titles go.
    parsed = bylines.parse(name)
    return parsed[0] if len(parsed) == 1 else Credit(CreditKind.PERSON, name) if name else None


def source_name(value: Any) -> str:
    """Return an outlet's canonical name, or the name as given where we don't know it."""
    name = line(value)
    return outlets.canonical(name) or name


def agency(value: Any) -> Credit:
    """Return the credit of a news agency's name."""
    name = line(value)
    return Credit(CreditKind.AGENCY, agencies.canonical(name) or name)


def picture_captions(value: Any) -> tuple[Caption, ...]:
    """Return captions of strings, or of objects with ``text`` (or ``caption``) and ``credit``."""
    if isinstance(value, str):
        value = listed(value.strip()) or bodies.paragraphs(value)
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, list):
        raise BadValueError("This must be a list of captions.")
    found: list[Caption] = []
    for item in value:
        if isinstance(item, str):
            text, credit = item, None
        elif isinstance(item, Mapping):
            text = item.get("text") or item.get("caption") or ""
            credit = item.get("credit")
        else:
            raise BadValueError("Each caption must be a string or an object with a “text”.")
        caption = captions.split_credit(line(text))
        if credit:
            caption = Caption(line(text), line(credit))
        if caption.text:
            found.append(caption)
    return tuple(found)


def given_blocks(value: Any, text: Any = None) -> list[Block]:
    """Return blocks of ``[{kind, text}]``, or of ``[{kind, start, end}]`` over ``text``."""
    if not isinstance(value, list):
        raise BadValueError("This must be a list of objects with a “kind” and a “text”.")
    return [_block(index, item, text) for index, item in enumerate(value)]


def _block(index: int, item: Any, text: Any) -> Block:
    if not isinstance(item, Mapping):
        raise BadValueError(f"Block {index} must be an object with a “kind” and a “text”.")
    try:
        kind = BlockKind(item.get("kind", ""))
    except ValueError:
        raise BadValueError(
            f"Block {index} has a kind we don't know; it must be one of {', '.join(BlockKind)}."
        ) from None
    words = item.get("text")
    start, end = item.get("start"), item.get("end")
    if words is None and isinstance(text, str) and isinstance(start, int) and isinstance(end, int):
        if not 0 <= start <= end <= len(text):
            raise BadValueError(f"Block {index} reaches beyond the text.")
        words = text[start:end]
    if not isinstance(words, str):
        raise BadValueError(f"Block {index} has no “text”.")
    return Block(kind, words)
