"""What an article is about, and the form in which the prints' store keeps it.

To be looked up, the store has the number of each word and name, and the day. To be compared, a
record of numbers (``records``), whose place it knows. To say why, the words and names themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from zlib import crc32

import numpy as np
import tantivy

from articles.related.events.happenings import Manner
from articles.related.events.matter import Matter
from articles.related.events.numbers import ALL, Numbers, number_in
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
    matter: Matter


def add_fields(builder: tantivy.SchemaBuilder) -> None:
    """Add what is kept of an article's matter to a schema that has an ``id``."""
    builder.add_unsigned_field(TELLING, indexed=True)
    # From 1; 0 where it is not known.
    builder.add_unsigned_field(DAY, indexed=True, fast=True)
    builder.add_bytes_field(TOLD, stored=True)
    builder.add_unsigned_field(PLACE, fast=True)


def record_of(about: About, prints: Sequence[int], text: int) -> bytes:
    """Return the record of an article; ``text`` is alike for the same words."""
    head = Head(
        article=about.article_id,
        corpus=about.corpus_id,
        source=about.source_id or 0,
        text=text,
        day=_day(about),
        language=crc32(about.language.encode()) if about.language else 0,
        manner=_NUMBER_OF[about.manner],
    )
    return packed(head, about.matter, prints)


def fields_of(about: About, place: int) -> dict[str, object]:
    """Return what the store keeps of an article, by field; its record is at ``place``."""
    return {
        TELLING: numbers_of(about).tolist(),
        DAY: _day(about),
        PLACE: place,
        TOLD: about.matter.told,
    }


def numbers_of(about: About) -> Numbers:
    """Return the numbers by which an article is looked up, and counted, in order."""
    own = np.frombuffer(about.matter.numbers, np.uint32)
    return np.sort(np.append(own, np.uint32(number_in(about.corpus_id, ALL, ""))))


def _day(about: About) -> int:
    return about.day.toordinal() if about.day else 0
