"""Which two texts are aligned, by the prints that they share. Pure: one rule for all who ask."""

from hashlib import blake2b

# Of each text, the first so many prints are kept and looked up: some 45,000 words.
MOST_PRINTS = 10_000
# Of a text with so few, one that is shared makes a candidate; of others two.
FEW_PRINTS = 6
ENOUGH = 2
_NUMBERS = (1 << 44) - 1


def number_of(*parts: object) -> int:
    """Return a number of 44 bits that follows from ``parts`` alone, in any process."""
    made = blake2b("\x1f".join(map(str, parts)).encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(made.digest(), "little") & _NUMBERS


def least_shared(prints: int) -> int:
    """Return how many prints a text of so many must share with another, whatever that has."""
    return 1 if prints <= FEW_PRINTS else ENOUGH


def are_candidates(shared: int, one: int, other: int) -> bool:
    """Whether two texts are aligned that share so many prints, and have so many each.

    Prints that are boilerplate do not count as shared.
    """
    return shared >= least_shared(min(one, other))
