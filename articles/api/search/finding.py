"""What was found, as the API sends it: rows of articles, and how the index stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from articles.api.presenters import articles as present
from articles.api.presenters import search as present_search
from articles.api.presenters.addresses import Addresses
from articles.models import Article, Corpus, CorrectedField, Correction
from articles.models.articles import ArticleQuerySet
from articles.models.corpora import Visitor
from articles.models.lookups import any_id
from articles.search.index import indexing
from articles.search.language.tree import Node
from articles.search.snippets import Snippet, snippets


def with_dates(rows: ArticleQuerySet) -> ArticleQuerySet:
    """Return articles that know whether a person put their date right."""
    dates = Correction.objects.filter(article=OuterRef("pk"), field=CorrectedField.PUBLISHED.value)
    return rows.annotate(**{present.PUBLISHED_IS_CORRECTED: Exists(dates)})


def listed(ids: Sequence[int], at: Addresses) -> list[dict[str, Any]]:
    """Return articles as lists show them, in the order of their ids.

    What is gone since the index was written is left out.
    """
    visible = Article.objects.visible_to(at.request.user).filter(any_id("id", ids))
    rows = {row.pk: row for row in with_dates(visible.for_lists()).order_by()}
    return [present.listed(rows[pk], at) for pk in ids if pk in rows]


def found(
    ids: Sequence[int], tree: Node, at: Addresses, *, further: Mapping[int, int] | None = None
) -> list[dict[str, Any]]:
    """Return articles with what a query finds in them, in the order of their ids.

    ``further`` is how many more have the text of each, where each text is there once.
    """
    user = at.request.user
    visible = Article.objects.visible_to(user).filter(any_id("id", ids)).with_credits()
    loaded = visible.select_related("corpus", "source", "version").defer("version__read")
    rows = {row.pk: row for row in with_dates(loaded).order_by()}
    shown = _snippets(tree, list(rows.values()), user)
    return [
        present_search.found(
            rows[pk],
            shown.get(pk) or Snippet([]),
            at,
            editions=None if further is None else further.get(pk, 0),
        )
        for pk in ids
        if pk in rows
    ]


def _snippets(tree: Node, rows: Sequence[Article], user: Visitor) -> Mapping[int, Snippet]:
    """Return snippets: of texts that someone may not read, one line."""
    readable = set(Corpus.objects.readable_by(user).values_list("pk", flat=True))
    whole = [row for row in rows if row.corpus_id in readable]
    rest = [row for row in rows if row.corpus_id not in readable]
    return {
        **snippets(tree, whole, counted=True),
        **snippets(tree, rest, lines=1, counted=True),
    }


def index_state(user: Visitor) -> dict[str, Any]:
    """Return whether the index lacks something, and how many of someone's articles it has not."""
    if indexing.is_idle():
        return {"behind": False, "waiting": 0}
    return {"behind": True, "waiting": indexing.waiting_for(user)}
