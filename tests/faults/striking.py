"""Faults in rounds, one deed after another, and what a run of them counted."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

type Say = Callable[[str], object]
# Does a deed, given its name and the number of the round; returns how many changes waited then.
type Strike = Callable[[str, int], int]


@dataclass(slots=True)
class Figures:
    """What a run did."""

    rounds: int
    seconds: float = 0
    deeds: Counter[str] = field(default_factory=Counter)
    # Of the deeds: how many struck while changes waited.
    at_work: int = 0

    def lines(self) -> Iterator[str]:
        """Yield the figures for people."""
        deeds = ", ".join(f"{name} {count}" for name, count in self.deeds.most_common())
        yield f"  {self.rounds} faults in {self.seconds:.0f} s: {deeds}"
        yield f"  changes waited at {self.at_work} of them"


def strike_again_and_again(
    rounds: int, deeds: Sequence[str], strike: Strike, *, chance: random.Random, say: Say
) -> Figures:
    """Choose a deed and do it, ``rounds`` times."""
    figures, began = Figures(rounds), time.monotonic()
    for number in range(1, rounds + 1):
        deed = chance.choice(deeds)
        figures.deeds[deed] += 1
        waiting = strike(deed, number)
        figures.at_work += bool(waiting)
        say(f"  {number}: {deed}, {waiting:,} changes waited")
    figures.seconds = time.monotonic() - began
    return figures
