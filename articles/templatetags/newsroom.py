"""What templates say of articles: dates, flags, languages, directions."""

from datetime import date, datetime
from urllib.parse import urlencode

from django.template import Library
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from articles.changes import Summary
from articles.models import Sighting, Version
from articles.parsed import Flag, Precision
from articles.views.dates import printed_date
from articles.views.languages import language_name
from articles.views.reading.facts import web_address
from articles.views.reading.typesetting import direction
from articles.views.search.lists import FLAG_WORDS

register = Library()
register.filter("printed_date", printed_date)
register.filter("language_name", language_name)
register.filter("direction", direction)
register.filter("web_address", web_address)

FLAG_SENTENCES = {
    Flag.UNDATED: "No date was found in what was received. It stands at the end of lists by date.",
    Flag.NO_SOURCE: "What was received does not say which outlet printed this.",
    Flag.TRUNCATED: "The text breaks off: the rest was not in what was received.",
    Flag.REPEATS_DROPPED: (
        "Lines that stood in the capture more than once are kept once. "
        "They are listed under “Left out”."
    ),
    Flag.IMPLAUSIBLE_DATE: (
        "The date lies before the first newspapers or in the future. It is shown as read."
    ),
    Flag.NO_BODY: "There is a headline, but no text under it.",
    Flag.RECHECK: (
        "The outlet published another text after someone here had corrected this one. "
        "The outlet’s newer text stands until someone looks."
    ),
}


@register.filter
def short_date(day: date, precision: str | None) -> str:
    """Return a date for a list: ``9 Jan 2019``, ``Jan 2019``, ``2019``."""
    if precision == Precision.YEAR:
        return f"{day.year}"
    if precision == Precision.MONTH:
        return f"{day:%b} {day.year}"
    return f"{day.day} {day:%b} {day.year}"


@register.filter
def flag_word(flag: str) -> str:
    """Return a flag in words."""
    return FLAG_WORDS.get(Flag(flag), flag) if flag in set(Flag) else flag


@register.filter
def flag_sentence(flag: str) -> str:
    """Return what a flag means."""
    return FLAG_SENTENCES[Flag(flag)] if flag in set(Flag) else ""


@register.filter
def in_words(code: str) -> str:
    """Return a code such as ``read_more`` or ``header-line`` in words."""
    return str(code).replace("_", " ").replace("-", " ")


@register.filter
def slashed(day: str) -> str:
    """Return an ISO date as Highwire tags want it: ``2019/01/09``."""
    return day.replace("-", "/")


@register.filter
def instant(at: str) -> str:
    """Return an ISO instant in words, in the zone it was printed in."""
    moment = datetime.fromisoformat(at)
    zone = "UTC" if not moment.utcoffset() else moment.strftime("UTC%:z")
    return f"{moment:%H:%M} {zone}"


@register.filter
def svg(number: float) -> str:
    """Return a number as SVG writes it, whatever the language of the page."""
    return f"{number:g}"


@register.filter
def day_if_any(text: str | None) -> str:
    """Return a day in ISO 8601 as it is, and nothing for all else, which browsers complain of."""
    try:
        return date.fromisoformat(text or "").isoformat()
    except ValueError:
        return ""


@register.filter
def address_words(url: str) -> SafeString:
    """Return an address as people read it: without its scheme, shortened, broken behind slashes."""
    words = url.partition("://")[2].removeprefix("www.").rstrip("/")
    short = words if len(words) <= 60 else f"{words[:36]}…{words[-20:]}"
    return format_html_join(SafeString("/<wbr>"), "{}", ((part,) for part in short.split("/")))


@register.filter
def capture_address(seen: Version | Sighting) -> str:
    """Return the address of a capture, opened at a version's or a sighting's place."""
    capture = seen.capture
    if capture is None:
        return ""
    return f"{capture.get_absolute_url()}?{urlencode({'locator': seen.locator})}"


@register.filter
def summary_sentence(summary: Summary) -> str:
    """Return what changed as a sentence."""
    parts = [
        f"{count} passage{'' if count == 1 else 's'} {what}"
        for count, what in (
            (summary.changed, "changed"),
            (summary.added, "added"),
            (summary.cut, "cut"),
        )
        if count
    ]
    plural = "" if summary.words_added == 1 else "s"
    words = f"{summary.words_added} word{plural} in, {summary.words_cut} out"
    return f"{', '.join(parts)}: {words}."
