"""What of a text is found without any other: its prints, and what it is about. Pure.

Most of the work of a batch, so it is made to be done in processes beside the one that relates.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.related.events.happenings import Manner, manner
from articles.related.events.matter import Matter, matter_of
from articles.related.events.profiling import profile
from articles.related.matching import prints
from articles.related.matching.sharing import MOST_PRINTS
from articles.related.matching.wording import Words, body_words
from articles.related.printed import StoredBlock


@dataclass(frozen=True, slots=True)
class Given:
    """A text of a corpus; ``tagged`` are the names of who is tagged in it."""

    corpus_id: int
    text: str
    blocks: Sequence[StoredBlock]
    language: str | None = None
    tagged: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """The prints of a text, the number its words have, and what it is about."""

    prints: tuple[int, ...]
    number: int
    manner: Manner
    matter: Matter


def prints_of(words: Words) -> tuple[int, ...]:
    """Return the prints that are kept of a text, and looked up."""
    return tuple(prints.prints_of(words.hashes)[:MOST_PRINTS])


def prepared(given: Given) -> Prepared:
    """Return what is found of a text."""
    words = body_words(given.text, given.blocks, given.language)
    return Prepared(
        prints_of(words),
        words.number,
        manner(given.text, given.blocks),
        matter_of(
            given.corpus_id,
            profile(given.text, given.blocks, given.language, given.tagged),
            words.long,
        ),
    )
