"""Which of a link's two is shown first, on whatever page they stand beside each other."""

from typing import Any

from articles.models import Article, Link


def in_order(link: Link) -> tuple[Article, Article]:
    """Return a link's two: what the other is from, or follows, first.

    Where that is not known they are in order of time, undated ones last.
    """
    match link.direction:
        case "first":
            is_turned = True
        case "second":
            is_turned = False
        case _:
            is_turned = _when(link.second) < _when(link.first)
    return (link.second, link.first) if is_turned else (link.first, link.second)


def _when(article: Article) -> tuple[bool, Any]:
    return article.published_date is None, article.sort_at
