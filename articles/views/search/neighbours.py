"""What stands beside an article in the list that it was opened from."""

from dataclasses import dataclass

from articles.models import Article
from articles.models.corpora import Visitor
from articles.models.keyset import Cursor, Page, page
from articles.models.lookups import any_id
from articles.search.asking import ask
from articles.search.deadline import TooSlowError
from articles.search.engine.answers import Sort
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError
from articles.views.search.lists import ORDER
from articles.views.search.searching import Place


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The articles before and after one, in the answer of ``place``."""

    place: Place
    previous: Article | None
    next: Article | None

    @property
    def onward(self) -> str:
        """What to put behind a neighbour's address."""
        return self.place.onward

    def back(self, article: Article) -> str:
        """Return the address of the list, with the article chosen in it."""
        return self.place.but(article=article.pk).address()


def neighbours(article: Article, place: Place, user: Visitor) -> Neighbours:
    """Return the articles before and after one in an answer; in the whole list without a query.

    An answer that can't be had has no neighbours.
    """
    if not place.q and place.sort in {None, Sort.NEWEST}:
        return Neighbours(place, *_in_the_whole_list(article, user))
    try:
        question = ask(place.q, user)
        ids = question.beside(article, sort=place.sort or question.usual_sort)
    except (QueryError, IndexMissingError, TooSlowError):
        return Neighbours(place, None, None)
    visible = Article.objects.visible_to(user).only("pk", "headline", "sort_at")
    found = visible.filter(any_id("id", [pk for pk in ids if pk is not None])).in_bulk()
    previous, following = (found.get(pk) if pk is not None else None for pk in ids)
    return Neighbours(place, previous, following)


def _in_the_whole_list(article: Article, user: Visitor) -> tuple[Article | None, Article | None]:
    visible = Article.objects.visible_to(user).only("pk", "headline", "sort_at")

    def beside(*, backwards: bool) -> Article | None:
        cursor = Cursor((article.sort_at, article.pk), backwards).encode()
        found: Page[Article] = page(visible, ORDER, limit=1, cursor=cursor)
        return found.rows[0] if found.rows else None

    return beside(backwards=True), beside(backwards=False)
