"""Who gets which articles of a task: balanced, and the same whenever it is drawn by one seed."""

import random
from collections.abc import Sequence
from itertools import combinations


def shared_out(items: int, people: Sequence[int], each: int, seed: str) -> list[list[int]]:
    """Return for each of ``items`` articles the ``each`` people who get it, in order of ``people``.

    Nobody gets over one article more than another, and where several people share articles, each
    pair shares about as many: those with the fewest come first, then those who met the least, then
    whoever the seed says. Raises ValueError where there are fewer people than an article needs.
    """
    if not 1 <= each <= len(people):
        raise ValueError("each article needs that many people")
    if each == len(people):
        return [list(people) for _ in range(items)]
    chance = random.Random(seed)  # noqa: S311 -- a draw that can be repeated, no secret
    order = {person: place for place, person in enumerate(people)}
    loads = dict.fromkeys(people, 0)
    met: dict[frozenset[int], int] = {}
    given = []
    for _ in range(items):
        ranks = {person: chance.random() for person in people}
        chosen: list[int] = []
        while len(chosen) < each:
            left = [person for person in people if person not in chosen]
            chosen.append(
                min(
                    left,
                    key=lambda person: (
                        loads[person],
                        sum(met.get(frozenset((person, other)), 0) for other in chosen),
                        ranks[person],
                    ),
                )
            )
        for person in chosen:
            loads[person] += 1
        for pair in combinations(chosen, 2):
            met[frozenset(pair)] = met.get(frozenset(pair), 0) + 1
        given.append(sorted(chosen, key=order.__getitem__))
    return given
