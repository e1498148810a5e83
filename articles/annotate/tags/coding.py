"""Codes of whole articles: labels, numbers on a scale, notes."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import connection

from articles.annotate.tags.layers import Layer, layer_for
from articles.annotate.tags.rules import check_values, code_of, rules_of, version_of
from articles.annotate.tags.wanted import TaggingError
from articles.annotate.tags.writing import changing
from articles.history.operations import done
from articles.models import Article, Code, Door, Operation, Task, Version

# Of Postgres's two-part advisory locks: setting a code of an article.
_CODING_LOCK = 7_104


def code(  # noqa: PLR0913 -- as tag takes them, and what it is to say
    article: Article,
    code: str,
    values: Sequence[str],
    *,
    by: User | None,
    door: Door,
    version: Version | None = None,
    task: Task | None = None,
    layer: Layer | None = None,
    operation: Operation | None = None,
) -> Operation | None:
    """Set the values of a code of an article, none to take it away; None if it says so already.

    In the layer that is ``by``'s to tag in, or in ``layer``. Raises NotAllowedError, TaggingError.
    """
    layer = layer or layer_for(by, article, task)
    chosen = layer.version or version or article.version
    if chosen is None or chosen.article_id != article.pk or not article.standing:
        raise TaggingError("version", "This article stands no more, or the version is not of it.")
    codebook = version_of(layer)
    kind = code_of(rules_of(codebook), code)
    wanted = check_values(kind, values)
    summary = f"{kind.name}: {', '.join(wanted)}" if wanted else f"{kind.name} taken away"
    layer_of = layer.layer_of.pk if layer.layer_of is not None else None
    with changing(
        layer.corpus,
        layer.task,
        layer_of,
        by=by,
        door=door,
        summary=f"{summary} (“{article.headline[:80] or 'Untitled'}”)",
        operation=operation,
    ) as under:
        # Of two who set it at once the second finds what the first one set.
        place = f"{article.pk}/{layer.label(code, None)}"
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_CODING_LOCK, place])
        there = Code.objects.in_layer(layer.task, layer_of).filter(article=article, code=code)
        known = set(there.order_by().values_list("value", flat=True))
        new = [value for value in wanted if value not in known]
        gone, _ = there.exclude(value__in=wanted).delete()
        for value in new:
            Code.objects.create(
                corpus=layer.corpus,
                article=article,
                version=chosen,
                codebook_version=codebook,
                code=code,
                value=value,
                by=by,
                task=layer.task,
                layer_of=layer.layer_of,
            )
        if operation is None:
            under.size = int(bool(new or gone))
    return done(under)
