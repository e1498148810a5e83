"""What is printed between two spaces, and all that is asked of it. Pure.

Texts print the same over and over: it is looked for once, and then looked up, once for all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from articles.related.events.naming import small_words
from articles.related.events.telling import telling_stems
from articles.related.matching.boilerplate import long_number
from articles.related.matching.folding import between_spaces, fold, folded, pattern
from articles.related.matching.known import Known
from articles.related.matching.prints import hash_of
from articles.search.language.words import STEMMERS

# A block as it is stored: its kind, and its place in the text in code points.
type StoredBlock = Sequence[str | int]

# Of so many stretches what is printed in them is kept: a text is asked for its words, and then for
# what it is about.
_MOST_STRETCHES = 256
# Between words, as a number is made of them.
BETWEEN = "\x1f"
# Of a word its hash, and its number if it is long: together, for memory is what takes long to read.
NUMBERS = np.dtype([("hash", "<u8"), ("long", "<u4")])


@dataclass(slots=True)
class Printed:
    """What is asked of something printed between two spaces: mostly one word, none or some.

    ``words`` are folded as texts are compared, ``joined`` into one; ``numbers`` are those of each,
    as ``NUMBERS`` has them. ``stems`` are of those that tell what a text is about, ``small`` those
    in small letters.
    """

    words: tuple[str, ...]
    joined: str
    numbers: bytes
    stems: tuple[str, ...]
    small: tuple[str, ...]


def _printed(language: str | None, printed: str) -> Printed:
    found = pattern(printed).findall(printed)
    # One word alone is kept here: elsewhere are those that are printed together, as many are
    # without spaces.
    words = tuple(map(folded if len(found) > 1 else fold, found))
    stems, small = telling_stems(printed, language), small_words(printed)
    # Mostly these are one: what is kept, and gone through, is then less.
    return Printed(
        words,
        BETWEEN.join(words),
        b"".join([hash_of(word) + long_number(word).to_bytes(4, "little") for word in words]),
        words if stems == words else stems,
        words if small == words else small,
    )


@lru_cache(len(STEMMERS) + 1)
def _known_in(language: str | None) -> Known[Printed]:
    return Known(partial(_printed, language))


@lru_cache(_MOST_STRETCHES)
def printed_in(text: str, start: int, end: int, language: str | None) -> Sequence[Printed]:
    """Return what is printed between the spaces of a stretch of a text, in order."""
    return [*map(_known_in(language).__getitem__, between_spaces(text[start:end]))]
