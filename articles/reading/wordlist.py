"""Word lists as they are easiest to read and keep: words parted by white space."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())
