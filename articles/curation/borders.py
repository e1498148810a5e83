"""Where an article begins and ends: one that is two, two that are one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from articles.curation.fields import check_state, make_known
from articles.curation.texts import (
    TextRefusedError,
    add_version,
    blocks_of,
    composed_of,
    headline_of,
    let_join,
    let_stand,
    standing_version,
)
from articles.curation.values import checked
from articles.history.operations import act, aside
from articles.ingest import effective
from articles.ingest.preparing import UNDATED_SORT
from articles.models import (
    Act,
    Article,
    CorrectedField,
    Correction,
    Door,
    Operation,
)
from articles.text import Block, BlockKind

# What a joined article's own head becomes within another's text.
_WITHIN = {
    BlockKind.HEADLINE: BlockKind.CROSSHEAD,
    BlockKind.STANDFIRST: BlockKind.PARAGRAPH,
    BlockKind.KEY_POINT: BlockKind.LIST_ITEM,
}


def split(
    article: Article,
    parts: Sequence[Sequence[Block]],
    *,
    by: User | None,
    door: Door,
    expected_state: str | None = None,
    values: Sequence[Mapping[CorrectedField, Any]] = (),
) -> tuple[Operation, list[Article]]:
    """Make several articles of one; return the operation and the new ones, in order.

    ``parts`` are the blocks of each: the first stays with ``article``, each other becomes an
    article of its own, from the same place of the same capture, with the same values until
    someone corrects them. ``values`` are corrections of each of these, from the second part on.
    Raises TextRefusedError, BadValueError, StaleError.
    """
    if len(parts) < 2:
        raise TextRefusedError("Say where the next article begins.")
    composed = [composed_of(part) for part in parts]
    said = [{name: checked(name, value) for name, value in each.items()} for each in values]
    summary = f"“{headline_of(article)}” split into {len(parts)}"
    with act(
        Act.SPLIT, corpus=article.corpus, by=by, summary=summary, door=door, size=len(parts)
    ) as operation:
        if expected_state is not None:
            check_state(article.pk, expected_state)
        with aside(operation):
            for each in said:
                make_known(each, article.corpus)
        standing = standing_version(article)
        made = []
        for number, text in enumerate(composed[1:]):
            new: Article = Article.objects.create(
                corpus_id=article.corpus_id,
                source_alias_id=article.source_alias_id,
                headline="",
                snippet="",
                sort_at=UNDATED_SORT,
                created_at=timezone.now(),
            )
            let_stand(new, add_version(new, text, made_from=standing, by=by), by=by)
            _carry_corrections(article, new)
            _correct(new, said[number] if number < len(said) else {}, by=by)
            made.append(new)
        let_stand(article, add_version(article, composed[0], made_from=standing, by=by), by=by)
        effective.derive([article.pk, *(new.pk for new in made)])
    for new in made:
        new.refresh_from_db()
    return operation, made


def join(
    article: Article,
    others: Sequence[Article],
    *,
    by: User | None,
    door: Door,
    expected_state: str | None = None,
) -> Operation:
    """Make one article of several: the texts of ``others`` follow that of ``article``.

    The others stand no more; their addresses lead to ``article``. Raises TextRefusedError,
    StaleError.
    """
    # One that is named twice is joined once.
    others = list({other.pk: other for other in others}.values())
    if not others:
        raise TextRefusedError("Say which articles belong to this one.")
    if any(other.pk == article.pk for other in others):
        raise TextRefusedError("An article can't be joined to itself.")
    if any(other.corpus_id != article.corpus_id for other in others):
        raise TextRefusedError("Articles of one corpus can't be joined to those of another.")
    named = ", ".join(f"“{headline_of(other)}”" for other in others)
    summary = f"{named} joined to “{headline_of(article)}”"
    with act(
        Act.JOIN, corpus=article.corpus, by=by, summary=summary, door=door, size=1 + len(others)
    ) as operation:
        if expected_state is not None:
            check_state(article.pk, expected_state)
        standing = standing_version(article)
        blocks = blocks_of(standing)
        for other in others:
            blocks += [
                Block(_WITHIN.get(block.kind, block.kind), block.text)
                for block in blocks_of(standing_version(other))
            ]
        composed = composed_of(blocks)
        let_stand(article, add_version(article, composed, made_from=standing, by=by), by=by)
        for other in others:
            let_join(other, article, by=by)
        effective.derive([article.pk, *(other.pk for other in others)])
    return operation


def _correct(new: Article, values: Mapping[CorrectedField, Any], *, by: User | None) -> None:
    for name, value in values.items():
        Correction.objects.update_or_create(
            article=new,
            field=name,
            defaults={
                "corpus_id": new.corpus_id,
                "value": value,
                "by": by,
                "at": timezone.now(),
            },
        )


def _carry_corrections(article: Article, new: Article) -> None:
    Correction.objects.bulk_create(
        Correction(
            corpus_id=row.corpus_id,
            article=new,
            field=row.field,
            value=row.value,
            by_id=row.by_id,
            at=row.at,
        )
        for row in article.corrections.all()
    )
