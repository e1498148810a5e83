"""What an article is about: what the store keeps of it to compare events by."""

from dataclasses import dataclass
from datetime import date
from itertools import product
from zlib import crc32

from articles.related.events.happenings import Manner
from articles.related.events.matter import Matter

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


def manner_number(manner: Manner) -> int:
    """Return the number of a way to tell: its place in ``MANNERS``."""
    return _NUMBER_OF[manner]


def language_number(language: str | None) -> int:
    """Return the number of a language, 0 where it is not known."""
    return crc32(language.encode()) if language else 0
