"""Stories and articles within the sentences that the history keeps of what was done to them."""

import re
from collections.abc import Sequence

from articles.models import Article, Story
from articles.related.stories.story_names import title

# They turn what is written after them, up to the end of the sentence that a name stands in.
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def without_turns(name: str) -> str:
    """Return a name without the signs that turn the direction of what stands around it."""
    return _TURNS.sub("", name)


def told(story: Story) -> str:
    """Return what a story is called."""
    return without_turns(title(story))


def counted(articles: Sequence[Article]) -> str:
    """Return articles as the subject of a sentence."""
    if len(articles) == 1:
        return f"“{without_turns(articles[0].headline) or 'Untitled'}”"
    return f"{len(articles):,} articles"


def numbered(articles: Sequence[Article]) -> str:
    """Return articles by number and headline, three at most and how many more."""
    shown = [f"{row.pk} (“{without_turns(row.headline) or 'Untitled'}”)" for row in articles[:3]]
    more = len(articles) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


def listed(names: Sequence[str]) -> str:
    """Return names of stories, two at most and how many more."""
    shown = [f"“{without_turns(name)}”" for name in names[:2]]
    return (
        " and ".join(shown) if len(names) <= 2 else f"{', '.join(shown)} and {len(names) - 2} more"
    )
