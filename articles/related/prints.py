"""Prints: hashes of some of a text's runs of five words, chosen by winnowing. Pure."""

from collections.abc import Sequence

RUN = 5
WINDOW = 8


def prints(folded: Sequence[str]) -> list[int]:
    """Return the prints of folded words, in order and each once, from 0 to 2**63 - 1.

    Any 12 words in a row that two texts share leave a print in both (Schleimer, Wilkerson and
    Aiken, 2003).
    """
    raise NotImplementedError
