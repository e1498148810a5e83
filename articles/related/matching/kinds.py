"""What two texts are to each other, by the words they share: a total function. Pure."""

from articles.related.matching.alignment import Alignment

# Words aligned, and the longest passage, below which nothing is said but of whole texts.
WORDS = 46
RUN = 15
# Shares of each side, of the shorter, of the longer.
SAME = 0.8
EDITED_SHORTER, EDITED_LONGER = 0.35, 0.2
EXCERPT_SHORTER = 0.5
# Shorter texts than this are no articles: a notice, a line of credit.
LEAST = 12


def kind_of(alignment: Alignment) -> str | None:
    """Return same_text, edited_version, excerpt or quoted_passage; None if not linked by text."""
    shorter = max(alignment.first_share, alignment.second_share)
    longer = min(alignment.first_share, alignment.second_share)
    if alignment.words < LEAST:
        return None
    if longer >= SAME:
        return "same_text"
    if alignment.longest < RUN:
        return None
    if shorter >= EXCERPT_SHORTER and longer < EDITED_LONGER:
        return "excerpt"
    if alignment.words < WORDS:
        return None
    if shorter >= EDITED_SHORTER and longer >= EDITED_LONGER:
        return "edited_version"
    return "quoted_passage"
