"""What a page shows of an article whose text is for the members of its corpus alone."""

from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from articles.models import Article
from articles.views.reading.facts import Fact
from articles.views.reading.typesetting import TypesetText


def may_read(request: HttpRequest, article: Article) -> bool:
    """Whether the reader may see the text of an article that they may know of."""
    may: bool = Article.objects.readable_by(request.user).filter(pk=article.pk).exists()
    return may


def check_readable(request: HttpRequest, article: Article) -> None:
    """Raise PermissionDenied, with the reason, where the text is not to be shown."""
    if not may_read(request, article):
        raise PermissionDenied(
            f"The texts of {article.corpus} are licensed to its members. You may see what the "
            "article is, but not read it. An admin of the corpus can invite you."
        )


def outline(article: Article) -> TypesetText:
    """Return an article without its text: headline and standfirst."""
    return TypesetText(
        headline=[article.headline] if article.headline else [],
        standfirst=[article.standfirst] if article.standfirst else [],
    )


def without_provenance(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts without the lines that they were read from."""
    return [replace(fact, rule="", raw="") for fact in facts]
