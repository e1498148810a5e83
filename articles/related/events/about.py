"""What an article is about, and the form in which the prints' store keeps it.

To be looked up, the store has the number of each word and name, and the day. To be compared, a
record of numbers (``records``), whose place it knows. To say why, the words and names themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from zlib import crc32

import orjson
import tantivy

from articles.related.events.happenings import Manner
from articles.related.events.numbers import ALL, NAMES, WORDS, counted, number_in
from articles.related.events.profiling import Profile
from articles.related.events.records import Head, packed

TELLING, DAY, TOLD, PLACE = "telling", "day", "about", "place"
# Each way to tell, by its number.
MANNERS = tuple(Manner(*each) for each in product((False, True), repeat=3))
_NUMBER_OF = {each: number for number, each in enumerate(MANNERS)}


@dataclass(frozen=True, slots=True)
class About:
    """What an article is about: ``day`` is None where it is not known to the day."""

    article_id: int
    corpus_id: int
    source_id: int | None
    language: str | None
    day: date | None
    manner: Manner
    profile: Profile


def add_fields(builder: tantivy.SchemaBuilder) -> None:
    """Add what is kept of an article's matter to a schema that has an ``id``."""
    builder.add_unsigned_field(TELLING, indexed=True)
    # From 1; 0 where it is not known.
    builder.add_unsigned_field(DAY, indexed=True, fast=True)
    builder.add_bytes_field(TOLD, stored=True)
    builder.add_unsigned_field(PLACE, fast=True)


def record_of(about: About, prints: Sequence[int], text: int) -> bytes:
    """Return the record of an article; ``text`` is alike for the same words."""
    corpus, profile = about.corpus_id, about.profile
    head = Head(
        article=about.article_id,
        corpus=corpus,
        source=about.source_id or 0,
        text=text,
        day=_day(about),
        language=crc32(about.language.encode()) if about.language else 0,
        manner=_NUMBER_OF[about.manner],
    )
    words, names = counted(corpus, WORDS, profile.words), counted(corpus, NAMES, profile.names)
    return packed(head, words, names, prints)


def fill(document: tantivy.Document, about: About, place: int) -> None:
    """Put what an article is about into what the store keeps of it; its record is at ``place``."""
    profile = about.profile
    for number in numbers_of(about):
        document.add_unsigned(TELLING, number)
    document.add_unsigned(DAY, _day(about))
    document.add_unsigned(PLACE, place)
    document.add_bytes(TOLD, orjson.dumps([profile.words, profile.names, profile.printed]))


def numbers_of(about: About) -> list[int]:
    """Return the numbers by which an article is looked up, and counted."""
    corpus, profile = about.corpus_id, about.profile
    return [
        number_in(corpus, ALL, ""),
        *(number_in(corpus, WORDS, word) for word in profile.words),
        *(number_in(corpus, NAMES, name) for name in profile.names),
    ]


def unpacked(told: bytes) -> Profile:
    """Return the words and names of an article from what the store keeps of them."""
    words, names, printed = orjson.loads(told)
    return Profile(words, names, tuple(printed))


def _day(about: About) -> int:
    return about.day.toordinal() if about.day else 0
