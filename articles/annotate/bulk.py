"""Tags made by the thousand: each is made, or says why it is not."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from articles.annotate.layers import Layer, NotAllowedError
from articles.annotate.making import tag
from articles.annotate.wanted import Tagged, TaggingError, Wanted
from articles.annotate.writing import changing
from articles.models import Article, Corpus, Door, Operation, Task
from articles.models.lookups import any_id


def tag_many(
    corpus: Corpus,
    items: Sequence[tuple[int, Wanted]],
    *,
    by: User | None,
    door: Door,
    task: Task | None = None,
    layer: Layer | None = None,
    summary: str = "",
    operation: Operation | None = None,
) -> list[Tagged | TaggingError]:
    """Tag many words of many articles, as one operation; return what became of each, in order.

    ``items`` are ids of articles with what is wanted. In the layers that are ``by``'s to tag in,
    or in ``layer``. Within ``operation`` if one is under way.
    """
    ids = {article for article, _ in items}
    found = Article.objects.filter(any_id("id", ids), corpus=corpus)
    articles = {each.pk: each for each in found.select_related("corpus", "version")}
    results: list[Tagged | TaggingError] = []
    layer_of = by.pk if by is not None and task is not None else None
    with changing(
        corpus,
        task,
        layer_of,
        by=by,
        door=door,
        summary=summary or f"{len(items):,} tags",
        operation=operation,
    ) as under:
        for id_, wanted in items:
            article = articles.get(id_)
            if article is None:
                results.append(TaggingError("article", f"There is no article {id_} here."))
                continue
            try:
                results.append(
                    tag(article, wanted, by=by, door=door, task=task, layer=layer, operation=under)
                )
            except TaggingError as fault:
                results.append(fault)
            except NotAllowedError as fault:
                results.append(TaggingError("article", str(fault)))
        made = sum(isinstance(each, Tagged) and each.made for each in results)
        if operation is None:
            under.size = made
    return results
