"""Texts for tests of what texts share: words without meaning, the same for the same seed."""

import random

_SYLLABLES = ("ba", "co", "du", "fe", "gi", "ha", "jo", "ku", "le", "mi", "na", "po", "ru", "se")


def prose(seed: object, words: int = 60) -> str:
    """Return a paragraph of so many words, which shares no passage with that of another seed."""
    chance = random.Random(str(seed))  # noqa: S311 -- words for tests
    made = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(words)]
    return " ".join(made).capitalize() + "."


def story(seed: object, paragraphs: int = 5) -> tuple[str, ...]:
    """Return paragraphs of a story."""
    return tuple(prose(f"{seed}-{number}") for number in range(paragraphs))
