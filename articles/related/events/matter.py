"""What a text is about, in the form in which it is kept. Pure."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import orjson

from articles.related.events.numbers import NAMES, WORDS, Numbers, in_order
from articles.related.events.profiling import Profile

# Of the levels of zlib: half the room for a hundredth of what preparing a text takes.
_QUICK = 1


@dataclass(frozen=True, slots=True)
class Matter:
    """What a text is about: as many ``words``, and ``names``.

    ``numbers`` are those of the words in order, then those of the names, of 4 bytes each, the least
    first; ``times`` how often each stands there, a byte each. ``told`` are words and names
    themselves, in JSON, deflated. ``long`` are the numbers of its body's long words, of 4 bytes
    each.
    """

    words: int
    names: int
    numbers: bytes
    times: bytes
    told: bytes
    long: bytes


def matter_of(corpus_id: int, profile: Profile, long_words: Sequence[int] | Numbers = ()) -> Matter:
    """Return what a text of a corpus is about, by its profile and the long words of its body."""
    words, word_times = in_order(corpus_id, WORDS, profile.words)
    names, name_times = in_order(corpus_id, NAMES, profile.names)
    return Matter(
        len(words),
        len(names),
        words.tobytes() + names.tobytes(),
        word_times.tobytes() + name_times.tobytes(),
        zlib.compress(orjson.dumps([profile.words, profile.names, profile.printed]), _QUICK),
        np.asarray(long_words, np.uint32).tobytes(),
    )


def profile_of(told: bytes) -> Profile:
    """Return the words and names that ``told`` says. Raises ValueError."""
    try:
        words, names, printed = orjson.loads(zlib.decompress(told))
    except zlib.error as fault:
        raise ValueError(str(fault)) from fault
    return Profile(words, names, tuple(printed))
