"""What an article is about, and the form in which the prints' store keeps it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import product

import orjson
import tantivy

from articles.related.events.happenings import Manner
from articles.related.events.profiling import Profile

TELLING, DAY, WHOLE = "telling", "day", "about"
WORDS, NAMES, ALL = "w", "n", "a"
_BITS_KEPT = (1 << 44) - 1
# Of a corpus, words and names each.
_MOST_NUMBERS = 200_000


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


# Each way to tell, once.
_MANNERS = {each: Manner(*each) for each in product((False, True), repeat=3)}


def add_fields(builder: tantivy.SchemaBuilder) -> None:
    """Add what is kept of an article's matter to a schema that has an ``id``."""
    builder.add_unsigned_field(TELLING, indexed=True)
    # From 1; 0 where it is not known.
    builder.add_unsigned_field(DAY, indexed=True, fast=True)
    builder.add_bytes_field(WHOLE, stored=True)


def fill(document: tantivy.Document, about: About) -> bytes:
    """Put what an article is about into what the store keeps of it; return it as it is kept."""
    corpus, profile = about.corpus_id, about.profile
    document.add_unsigned(TELLING, number_in(corpus, ALL, ""))
    for what, told in ((WORDS, profile.words), (NAMES, profile.names)):
        for number in map(_numbers_in(corpus, what).__getitem__, told):
            document.add_unsigned(TELLING, number)
    document.add_unsigned(DAY, about.day.toordinal() if about.day else 0)
    whole = _packed(about)
    document.add_bytes(WHOLE, whole)
    return whole


def _packed(about: About) -> bytes:
    profile, manner = about.profile, about.manner
    return orjson.dumps(
        [
            about.article_id,
            about.corpus_id,
            about.source_id,
            about.language,
            about.day.toordinal() if about.day else 0,
            [manner.corrects, manner.looks_back, manner.comes_after],
            profile.words,
            profile.names,
            profile.printed,
        ]
    )


def unpacked(whole: bytes) -> About:
    article, corpus, source, language, day, manner, words, names, printed = orjson.loads(whole)
    return About(
        article,
        corpus,
        source,
        language,
        date.fromordinal(day) if day else None,
        _MANNERS[tuple(manner)],
        Profile(words, names, tuple(printed)),
    )


def number_in(corpus: int, what: str, word: str) -> int:
    """Return a word as it is looked up, within its corpus: alike in any process."""
    return _numbers_in(corpus, what)[word]


class _Numbers(dict[str, int]):
    """The numbers of words, as they are looked up; forgets all when large."""

    def __init__(self, corpus: int, what: str) -> None:
        super().__init__()
        self._before = f"{corpus}/{what}/"

    def __missing__(self, word: str) -> int:
        whole = f"{self._before}{word}".encode("utf-8", "replace")
        made = int.from_bytes(blake2b(whole, digest_size=8).digest(), "little") & _BITS_KEPT
        if len(self) >= _MOST_NUMBERS:
            self.clear()
        self[word] = made
        return made


@lru_cache(maxsize=6)
def _numbers_in(corpus: int, what: str) -> _Numbers:
    return _Numbers(corpus, what)
