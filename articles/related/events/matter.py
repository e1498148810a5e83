"""What a text is about, in the form in which it is kept. Pure."""

from dataclasses import dataclass

import orjson

from articles.related.events.numbers import NAMES, WORDS, counted
from articles.related.events.profiling import Profile


@dataclass(frozen=True, slots=True)
class Matter:
    """What a text is about: as many ``words``, and ``names``.

    ``numbers`` are those of the words in order, then those of the names, of 4 bytes each, the least
    first; ``times`` how often each stands there, a byte each. ``told`` are words and names
    themselves, in JSON.
    """

    words: int
    names: int
    numbers: bytes
    times: bytes
    told: bytes


def matter_of(corpus_id: int, profile: Profile) -> Matter:
    """Return what a text of a corpus is about, by its profile."""
    words = counted(corpus_id, WORDS, profile.words)
    names = counted(corpus_id, NAMES, profile.names)
    return Matter(
        len(words.numbers),
        len(names.numbers),
        words.numbers.tobytes() + names.numbers.tobytes(),
        words.times.tobytes() + names.times.tobytes(),
        orjson.dumps([profile.words, profile.names, profile.printed]),
    )


def profile_of(told: bytes) -> Profile:
    """Return the words and names that ``told`` says."""
    words, names, printed = orjson.loads(told)
    return Profile(words, names, tuple(printed))
