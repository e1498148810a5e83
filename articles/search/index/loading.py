"""Articles from the database as an index holds them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from articles.models import Article, CollectionItem, Credit, Origin
from articles.models.lookups import any_id
from articles.parsed import CreditKind, Precision
from articles.search.index.coverage import Standing, standings
from articles.search.index.documents import Document
from articles.search.index.tagged import Tags, tags
from articles.search.language.parts import words_of
from articles.text import BlockKind


class _Row(NamedTuple):
    """What is asked of an article and its version: names as the query has them."""

    id: int
    corpus_id: int
    source_id: int | None
    language: str | None
    published_date: date | None
    published_precision: str | None
    modified_date: date | None
    sort_at: datetime
    created_at: datetime
    word_count: int
    edits: int
    flags: Sequence[str]
    byline: str | None
    standfirst: str | None
    dateline_place: str | None
    dateline_agency: str | None
    section: str | None
    page: str | None
    edition: str | None
    canonical_url: str | None
    version_id: int
    version__origin: str
    version__text: str
    version__blocks: Sequence[tuple[str, int, int]]


@dataclass(slots=True)
class _Credited:
    """Who is behind a version: people's ids under the name that they go by, and agencies."""

    people: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)


_NOBODY = _Credited()
_NOTHING = Tags()
_ALONE = Standing()


def documents(article_ids: Iterable[int]) -> tuple[list[Document], set[int]]:
    """Return the articles that stand, as an index holds them; and the ids of those that do not.

    In nine queries for rows of plain values: model instances would take twice the time.
    """
    ids = set(article_ids)
    standing = Article.objects.filter(any_id("id", ids), standing=True, version__isnull=False)
    rows = [_Row(*row) for row in standing.order_by().values_list(*_Row._fields)]
    credited = _credits([row.version_id for row in rows])
    collected = _collections([row.id for row in rows])
    tagged = tags([row.id for row in rows])
    stand = standings([row.id for row in rows])
    made = [
        _document(
            row,
            credited.get(row.version_id, _NOBODY),
            collected.get(row.id, ()),
            tagged.get(row.id, _NOTHING),
            stand.get(row.id, _ALONE),
        )
        for row in rows
    ]
    return made, ids - {row.id for row in rows}


def _credits(version_ids: Sequence[int]) -> Mapping[int, _Credited]:
    found: dict[int, _Credited] = defaultdict(_Credited)
    rows = (
        Credit.objects.standing()
        .filter(any_id("version_id", version_ids))
        .order_by("version_id", "position")
        .values_list("version_id", "kind", "name", "person_id", "person__same_as_id")
    )
    for version_id, kind, name, person_id, same_as_id in rows:
        if person_id is not None:
            found[version_id].people.append(str(same_as_id or person_id))
        if kind == CreditKind.AGENCY:
            found[version_id].agencies.append(name)
    return found


def _collections(article_ids: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    items = CollectionItem.objects.filter(any_id("article_id", article_ids)).order_by()
    for article_id, collection_id in items.values_list("article_id", "collection_id"):
        found[article_id].append(str(collection_id))
    return found


def _document(
    row: _Row,
    credited: _Credited,
    collections: Sequence[str],
    tagged: Tags,
    stands: Standing,
) -> Document:
    first, last = _days(row.published_date, row.published_precision)
    known = {
        "source": str(row.source_id) if row.source_id else None,
        "place": row.dateline_place,
        "section": row.section,
        "page": row.page,
        "edition": row.edition,
        "lang": row.language,
        "story": str(stands.story) if stands.story else None,
    }
    several = {
        "author": tuple(dict.fromkeys(credited.people)),
        "agency": tuple(dict.fromkeys(credited.agencies)),
        "flag": tuple(row.flags),
        "collection": tuple(collections),
        **tagged.names(),
    }
    return Document(
        id=row.id,
        corpus_id=row.corpus_id,
        language=row.language,
        words=_words(row),
        names={name: (value,) for name, value in known.items() if value} | several,
        first_day=first,
        last_day=last,
        updated=row.modified_date,
        sort_at=row.sort_at,
        added=row.created_at,
        length=row.word_count,
        edits=row.edits,
        has=_has(row, credited, stands),
        is_=_is(row),
        related=frozenset(stands.related),
        copied=frozenset(stands.copied),
        lent=frozenset(stands.lent),
        editions=stands.editions,
    )


def _words(row: _Row) -> dict[str, str]:
    words = words_of(row.version__text, row.version__blocks)
    if row.byline:
        words["byline"] = row.byline
    return words


def _days(day: date | None, precision: str | None) -> tuple[date | None, date | None]:
    """Return the first and the last day that a printed date may mean."""
    if day is None:
        return None, None
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    if precision == Precision.MONTH:
        first = day.replace(day=1)
        if first.month == 12:
            return first, first.replace(day=31)
        return first, first.replace(month=first.month + 1) - timedelta(days=1)
    return day, day


def _has(row: _Row, credited: _Credited, stands: Standing) -> frozenset[str]:
    there = {
        "author": credited.people,
        "agency": credited.agencies,
        "byline": row.byline,
        "caption": any(kind == BlockKind.CAPTION for kind, _, _ in row.version__blocks),
        "date": row.published_date,
        "dateline": row.dateline_place or row.dateline_agency,
        "editions": stands.editions,
        "flag": row.flags,
        "link": stands.related,
        "section": row.section,
        "source": row.source_id,
        "standfirst": row.standfirst,
        "story": stands.story,
        "url": row.canonical_url,
    }
    return frozenset(name for name, value in there.items() if value)


def _is(row: _Row) -> frozenset[str]:
    true = {
        "corrected": row.version__origin == Origin.CORRECTED,
        "edited": row.edits > 0,
        "flagged": bool(row.flags),
        "undated": row.published_date is None,
    }
    return frozenset(name for name, value in true.items() if value)
