"""Rows that stand for several editions of one text, which open below them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from articles.models import Article
from articles.models.lookups import any_id
from articles.search.asking import Question
from articles.search.language.tree import Named, conjunction
from articles.views.search.lists import Editions, Row
from articles.views.search.searching import Place

# Of more, the first are shown, and a link leads to all.
SHOWN = 100
_FIELDS = (
    "corpus_id", "source__name", "headline", "published_date", "published_precision", "language",
    "word_count",
)  # fmt: skip


def with_editions(
    question: Question, place: Place, rows: Sequence[Row], further: Mapping[int, int]
) -> list[Row]:
    """Return rows with what they stand for: ``further`` articles each, by the row's article."""
    return [
        replace(row, editions=_editions(question, place, row.article, further[row.article.pk]))
        if row.article.pk in further
        else row
        for row in rows
    ]


def _editions(question: Question, place: Place, article: Article, more: int) -> Editions:
    is_open = place.open == article.pk
    away = place.but(open=None if is_open else article.pk, article=None).address()
    address = f"{away}#editions-{article.pk}"
    if not is_open:
        return Editions(more, address)
    ids = question.editions_of(article.pk, limit=SHOWN)
    visible = Article.objects.visible_to(question.user).filter(any_id("id", ids)).order_by()
    found = visible.select_related("source").only(*_FIELDS).in_bulk()
    copies = conjunction([question.tree, Named("copy-of", str(article.pk))])
    return Editions(
        more,
        address,
        is_open=True,
        articles=[found[pk] for pk in ids if pk in found],
        rest=place.asking(copies).but(fold="no").address() if more > len(ids) else "",
    )
