"""What two texts are to each other, by the words they share: a total function. Pure."""

from articles.related.alignment import Alignment


def kind_of(alignment: Alignment) -> str | None:
    """Return same_text, edited_version, excerpt or quoted_passage; None if not linked by text."""
    raise NotImplementedError
