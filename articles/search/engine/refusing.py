"""What the engine finds too large only when it looks: refused with a sentence, like the rest."""

from collections.abc import Iterator
from contextlib import contextmanager

from articles.search.language.errors import QueryError

_SENTENCES = {
    "max expansions": (
        "A word with * or ? in a phrase or near others stands for too many words. Write more of "
        "its letters."
    ),
    "size limit": "A word with * or ? has too many letters to be looked up in a phrase.",
}


@contextmanager
def refusing() -> Iterator[None]:
    """Raise QueryError where the engine says that a query is more than it takes."""
    try:
        yield
    except ValueError as fault:
        for sign, sentence in _SENTENCES.items():
            if sign in str(fault):
                raise QueryError(sentence, position=0) from fault
        raise
