"""An answer in batches: which articles, in which order, and what their reader may see of them.

What a reader may see is decided anew for each batch: who loses a right in the middle of a long
export gets no more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched

from django.contrib.auth.models import AnonymousUser, User

from articles.models import Article, Collection, CollectionItem, Corpus
from articles.models.articles import ArticleQuerySet
from articles.models.corpora import Visitor
from articles.models.lookups import any_id
from articles.search.asking import Question
from articles.search.engine.answers import Sort
from articles.search.index.tagged import telling
from articles.search.language.tree import Named

ARTICLES = 1_000
# The engine is asked for so many at a time: each page costs it a walk over the answer.
_IDS = 10_000


@dataclass(frozen=True, slots=True)
class Rights:
    """What someone may see at this moment: corpora by id, and those whose texts they may read.

    ``told`` are those of which they may be told what is tagged.
    """

    known: dict[int, str]
    readable: frozenset[int]
    told: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Batch:
    """Ids of articles in order. ``places`` are those in the collection that was asked for."""

    ids: Sequence[int]
    rights: Rights
    collection: Collection | None = None
    places: Sequence[int] = ()

    def articles(self) -> ArticleQuerySet:
        """Return the articles that are still there and may be known of, in no order."""
        found: ArticleQuerySet = Article.objects.filter(
            any_id("id", self.ids),
            standing=True,
            version__isnull=False,
            corpus__in=list(self.rights.known),
        )
        return found.order_by()


def rights(user: Visitor, among: Sequence[int]) -> Rights:
    """Return what ``user`` may see among some corpora, as they are known by now."""
    if user.is_authenticated and user.pk is not None:
        user = User.objects.filter(pk=user.pk, is_active=True).first() or AnonymousUser()
    visible = Corpus.objects.visible_to(user).filter(pk__in=among).order_by()
    known = dict(visible.values_list("pk", "slug"))
    readable = Corpus.objects.readable_by(user).filter(pk__in=known).order_by()
    ids = frozenset(readable.values_list("pk", flat=True))
    return Rights(known, ids, ids & telling(user).corpora)


def collection_asked(question: Question) -> Collection | None:
    """Return the collection, if a question asks for one and for nothing else."""
    match question.tree:
        case Named("collection", value):
            ids = [int(id_) for id_ in question.compiler.mean("collection", value) or ()]
        case _:
            return None
    if len(ids) != 1:
        return None
    found: Collection | None = (
        Collection.objects.visible_to(question.user).filter(pk=ids[0]).first()
    )
    return found


def ends(collection: Collection, many: int) -> list[int]:
    """Return so many articles from either end of a collection."""
    standing = collection.items.filter(article__standing=True)
    return [
        article
        for order in ("pk", "-pk")
        for article in standing.order_by(order).values_list("article_id", flat=True)[:many]
    ]


def total(question: Question) -> int:
    """Return how many articles an export of a question has, if none comes or goes meanwhile."""
    collection = collection_asked(question)
    if collection is None:
        return question.total()
    items = collection.items.filter(article__standing=True)
    return items.filter(article__corpus__in=question.corpora).count()


def batches(question: Question, *, sort: Sort = Sort.NEWEST) -> Iterator[Batch]:
    """Yield an answer in batches, of the index as it was when the question was asked.

    A collection comes in its own order; ``sort`` is for all else, and an order by a key.
    """
    collection = collection_asked(question)
    if collection is not None:
        yield from _of_collection(question, collection)
        return
    for many in question.ids(sort=sort, batch=_IDS):
        for ids in batched(many, ARTICLES, strict=False):
            yield Batch(ids, rights(question.user, question.corpora))


def _of_collection(question: Question, collection: Collection) -> Iterator[Batch]:
    items = CollectionItem.objects.filter(collection=collection).order_by("pk")
    last = items.values_list("pk", flat=True).last() or 0
    at, place = 0, 1
    # Seen no more, it ends: it may have been taken back from who was shown it.
    while Collection.objects.visible_to(question.user).filter(pk=collection.pk).exists():
        rows = list(
            items.filter(pk__gt=at, pk__lte=last).values_list("pk", "article_id")[:ARTICLES]
        )
        if not rows:
            return
        yield Batch(
            [article for _, article in rows],
            rights(question.user, question.corpora),
            collection,
            range(place, place + len(rows)),
        )
        at, place = rows[-1][0], place + len(rows)
