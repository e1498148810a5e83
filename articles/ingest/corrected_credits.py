"""Corrected credits, laid over those that were read of the version that stands."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from articles.ingest.sources import Names
from articles.models import Article, Corpus, Credit, Version
from articles.models.lookups import any_id
from articles.parsed import CreditKind


def lay_over(
    said: Mapping[int, list[Any]],
    *,
    articles: Sequence[Article],
    versions: Iterable[int],
    standing: Mapping[int, Version],
) -> set[int]:
    """Let corrected credits stand on standing versions, and only there; return whose changed.

    ``said`` and ``standing`` are by article, ``versions`` the ids of all that the articles have.
    """
    of_them = any_id("version_id", versions)
    stale = Credit.objects.filter(of_them, corrected=True)
    had = set(stale.values_list("version__article_id", flat=True))
    stale.delete()
    Credit.objects.filter(of_them, standing=False).update(standing=True)
    corrected = {id_: credits_ for id_, credits_ in said.items() if id_ in standing}
    if corrected:
        _write(corrected, articles, {standing[id_].pk: id_ for id_ in corrected})
    return had | corrected.keys()


def _write(
    corrected: Mapping[int, list[Any]], articles: Sequence[Article], of_version: Mapping[int, int]
) -> None:
    as_read = Credit.objects.filter(any_id("version_id", of_version))
    as_read.update(standing=False)
    counts: dict[int, int] = {}
    for version_id in as_read.order_by().values_list("version_id", flat=True):
        counts[version_id] = counts.get(version_id, 0) + 1
    corpora = {article.pk: article.corpus_id for article in articles}
    people = _people(corpora, corrected)
    Credit.objects.bulk_create(
        Credit(
            version_id=version_id,
            position=counts.get(version_id, 0) + position,
            kind=credit["kind"],
            person_id=people[corpora[id_], credit["name"]]
            if credit["kind"] == CreditKind.PERSON.value
            else None,
            name=credit["name"],
            role=credit.get("role"),
            place=credit.get("place"),
            corrected=True,
        )
        for version_id, id_ in of_version.items()
        for position, credit in enumerate(corrected[id_])
    )


def _people(
    corpora: Mapping[int, int], corrected: Mapping[int, list[Any]]
) -> dict[tuple[int, str], int]:
    """Return people's ids by corpus and name, made where they are new."""
    named: dict[int, set[str]] = {}
    for id_, credits_ in corrected.items():
        named.setdefault(corpora[id_], set()).update(
            credit["name"] for credit in credits_ if credit["kind"] == CreditKind.PERSON.value
        )
    return {
        (corpus.pk, name): person_id
        for corpus in Corpus.objects.filter(pk__in=named)
        for name, person_id in Names(corpus).person_ids(named[corpus.pk]).items()
    }
