"""How alike one article is to many, nearly: who may reach the bar is compared exactly then. Pure.

The words of all of them are numbers in one array, and how much each tells is looked up at once.
What comes out differs from the exact cosine (``weighing``) by rounding, or by what was counted of a
rare word a moment before.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from articles.related.events.weighing import Rarity

# By no more it is off, and by far less mostly.
OFF = 1e-3
# Words there is room for at first.
_ROOM = 1 << 10
# What is counted of a word that stands so often: more often none does in what is read of a text.
_OFTEN = np.concatenate(([0.0], 1 + np.log(np.arange(1, 1 << 16))))

type Numbers = npt.NDArray[np.int32]
type Times = npt.NDArray[np.uint16]
type Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counted:
    """Words by their numbers on a scale, each with how often it stands there."""

    words: Numbers
    times: Times


class _Numbered(dict[str, int]):
    """The number of each word that was met, and the words by their numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self.words)
        self.words.append(word)
        return number


class Scale:
    """Words as numbers, in the order they were met, and how much each tells."""

    def __init__(self) -> None:
        self._number = _Numbered()
        self._weights: Values = np.full(_ROOM, np.nan)
        self._one: Values = np.zeros(_ROOM)

    def __len__(self) -> int:
        return len(self._number.words)

    def counted(self, counts: Mapping[str, int]) -> Counted:
        """Return how often words stand in an article, by their numbers."""
        words = np.fromiter(map(self._number.__getitem__, counts), np.int32, len(counts))
        if len(self) > len(self._weights):
            more = 2 * len(self) - len(self._weights)
            self._weights = np.concatenate((self._weights, np.full(more, np.nan)))
            self._one = np.concatenate((self._one, np.zeros(more)))
        times = np.fromiter(counts.values(), np.int64, len(counts))
        return Counted(words, np.minimum(times, len(_OFTEN) - 1).astype(np.uint16))

    def forget(self) -> None:
        """Forget how much words tell: it is otherwise now."""
        self._weights.fill(np.nan)

    def cosines(
        self, one: Counted, others: Sequence[Counted], rarity: Rarity
    ) -> tuple[list[float], list[bool]]:
        """Return how alike the words of one are to those of each other, nearly.

        And whether both have any that tell something.
        """
        words = np.concatenate([other.words for other in others])
        times = np.concatenate([other.times for other in others])
        values = _OFTEN[times] * self._told(words, rarity)
        sizes = np.fromiter((len(other.words) for other in others), np.int64, len(others))
        of = np.repeat(np.arange(len(others)), sizes)
        own = _OFTEN[one.times] * self._told(one.words, rarity)
        length = math.sqrt(float(own @ own))
        self._one[one.words] = own
        shared = np.bincount(of, self._one[words] * values, len(others))
        self._one[one.words] = 0
        lengths = np.sqrt(np.bincount(of, values * values, len(others))) * length
        tell = lengths > 0
        cosines = np.divide(shared, lengths, out=np.zeros(len(others)), where=tell)
        return cosines.tolist(), tell.tolist()

    def _told(self, words: Numbers, rarity: Rarity) -> Values:
        """Return how much each of ``words`` tells."""
        weights = self._weights[words]
        unknown = np.isnan(weights)
        if unknown.any():
            for number in np.unique(words[unknown]).tolist():
                self._weights[number] = rarity.of(self._number.words[number])
            weights = self._weights[words]
        return weights
