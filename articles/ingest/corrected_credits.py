"""Corrected credits, laid over those that were read of the version that stands."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from articles.ingest.sources import Names
from articles.models import Article, Corpus, Credit, Version
from articles.models.lookups import any_id
from articles.parsed import CreditKind

_FIELDS = ("kind", "person_id", "name", "role", "place")


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
    corrected = {id_: credits_ for id_, credits_ in said.items() if id_ in standing}
    people = _people({article.pk: article.corpus_id for article in articles}, corrected)
    wanted = {
        id_: [(standing[id_].pk, *_values(credit, people[id_])) for credit in credits_]
        for id_, credits_ in corrected.items()
    }
    of_them = Credit.objects.filter(any_id("version_id", versions)).order_by("version", "position")
    there: dict[int, list[tuple[Any, ...]]] = {}
    laid = of_them.filter(corrected=True)
    for id_, *row in laid.values_list("version__article_id", "version_id", *_FIELDS):
        there.setdefault(id_, []).append(tuple(row))
    silenced = of_them.filter(standing=False, corrected=False).values_list(
        "version__article_id", "version_id"
    )
    loud = Credit.objects.filter(
        any_id("version_id", [standing[id_].pk for id_ in corrected]),
        standing=True,
        corrected=False,
    )
    changed = {
        *(id_ for id_ in {*there, *wanted} if there.get(id_, []) != wanted.get(id_, [])),
        *(id_ for id_, of in silenced if id_ not in corrected or of != standing[id_].pk),
        *loud.values_list("version__article_id", flat=True),
    }
    if changed:
        mine = Credit.objects.filter(version__article__in=changed)
        mine.filter(corrected=True).delete()
        mine.filter(standing=False).update(standing=True)
        _write({id_: rows for id_, rows in wanted.items() if id_ in changed}, standing)
    return changed


def _values(credit: Mapping[str, Any], people: Mapping[str, int]) -> tuple[Any, ...]:
    person_id = people[credit["name"]] if credit["kind"] == CreditKind.PERSON.value else None
    return credit["kind"], person_id, credit["name"], credit.get("role"), credit.get("place")


def _write(
    wanted: Mapping[int, Sequence[tuple[Any, ...]]], standing: Mapping[int, Version]
) -> None:
    """Write corrected credits after those as read, which stand no more."""
    as_read = Credit.objects.filter(any_id("version_id", [standing[id_].pk for id_ in wanted]))
    as_read.update(standing=False)
    counts = Counter(as_read.order_by().values_list("version_id", flat=True))
    Credit.objects.bulk_create(
        Credit(
            position=counts[row[0]] + position,
            corrected=True,
            **dict(zip(("version_id", *_FIELDS), row, strict=True)),
        )
        for rows in wanted.values()
        for position, row in enumerate(rows)
    )


def _people(
    corpora: Mapping[int, int], corrected: Mapping[int, list[Any]]
) -> dict[int, dict[str, int]]:
    """Return people's ids by article and name, made where they are new."""
    named: dict[int, set[str]] = {}
    for id_, credits_ in corrected.items():
        named.setdefault(corpora[id_], set()).update(
            credit["name"] for credit in credits_ if credit["kind"] == CreditKind.PERSON.value
        )
    known = {
        corpus.pk: Names(corpus).person_ids(named[corpus.pk])
        for corpus in Corpus.objects.filter(pk__in=named)
    }
    return {id_: known[corpora[id_]] for id_ in corrected}
