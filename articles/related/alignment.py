"""Which passages two texts share, word by word. Pure, and bounded."""

from collections.abc import Collection
from dataclasses import dataclass

from articles.related.wording import Words


@dataclass(frozen=True, slots=True)
class Passage:
    """``length`` words in a row that both texts have, by their numbers in the one and the other."""

    first: int
    second: int
    length: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two texts share: passages in the order of the first, disjoint on both sides.

    ``words`` is how many are shared, ``longest`` in the longest passage; the shares are of the
    words of each side. ``is_whole`` is False where a bound on work ended it.
    """

    passages: tuple[Passage, ...]
    words: int
    longest: int
    first_share: float
    second_share: float
    is_whole: bool = True


def align(first: Words, second: Words, *, boilerplate: Collection[int] = frozenset()) -> Alignment:
    """Return what two texts share, but for runs of five words whose hash is ``boilerplate``."""
    raise NotImplementedError
