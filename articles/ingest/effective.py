"""What stands of an article: what was read of it, and what people put right, laid over that.

An article's own columns are derived. They follow from its versions (the outlet's texts, each with
its best reading), from its aliases' sources, and from corrections; this module alone writes them
once the article is stored, so that a correction, an undo, a merge and a new version all come out
the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import batched
from typing import Any

from django.db import connection

from articles.ingest import corrected_credits, joined, preparing, version_readings
from articles.ingest.copying import update_rows
from articles.ingest.sources import Names, said_under
from articles.models import (
    Article,
    Corpus,
    CorrectedField,
    Correction,
    Origin,
    TextCorrection,
    Version,
)
from articles.models.lookups import any_id
from articles.parsed import Flag
from articles.text import BlockKind, Composed, Span

BATCH = 500
# So many at once stay well within what a statement of a page may take.
FOLLOW_BATCH = 20_000
_STRAY = """
SELECT article.id FROM articles_article AS article
JOIN articles_sourcealias AS alias ON alias.id = article.source_alias_id
WHERE article.source_alias_id = ANY(%s) AND article.source_id IS DISTINCT FROM alias.source_id
    AND NOT EXISTS (
        SELECT FROM articles_correction AS said
        WHERE said.article_id = article.id AND said.field = 'source'
    )
"""
_FOLLOW = """
UPDATE articles_article AS article SET source_id = alias.source_id
FROM articles_sourcealias AS alias
WHERE alias.id = article.source_alias_id AND article.id = ANY(%s)
"""
# Flags that a reader alone can know; the others follow from effective values.
READERS_FLAGS = frozenset({Flag.TRUNCATED, Flag.REPEATS_DROPPED})
_PLAIN = ("byline", "section", "page", "edition", "language")
COLUMNS = (
    "source_id", "version_id", "standing", "joined_into_id", "edits", "external_id",
    "canonical_url", "headline", "standfirst", "snippet", "byline", "published_at",
    "published_date", "published_precision", "modified_at", "modified_date", "dateline_place",
    "dateline_agency", "section", "page", "edition", "language", "word_count", "flags", "sort_at",
)  # fmt: skip

type Corrections = Mapping[str, Any]


def derive(article_ids: Iterable[int]) -> int:
    """Write the effective values of articles anew; return how many had others before.

    Call within a transaction that holds the corpus (see :func:`articles.ingest.storing.lock`). An
    article that another was joined into is derived too. The same rows always give the same values.
    """
    ids = set(article_ids)
    reached = ids
    # What was joined to one that was joined itself bears on the last of them.
    while reached := joined.joined_into(reached) - ids:
        ids = ids | reached
    return sum(_derive(some) for some in batched(sorted(ids), BATCH, strict=False))


def follow(corpus: Corpus, alias_ids: Iterable[int]) -> int:
    """Let articles stand under the sources that their printed names mean now; return how many.

    As :func:`derive` for what moving names changes, without reading any article: a source may
    have printed hundreds of thousands. Where a person said which source it is, that stands.
    """
    wanted = list(alias_ids)
    if not wanted:
        return 0
    derive(said_under(corpus, wanted))
    moved = 0
    with connection.cursor() as cursor:
        cursor.execute(_STRAY, [wanted])
        stray = [row[0] for row in cursor.fetchall()]
        for some in batched(stray, FOLLOW_BATCH, strict=False):
            cursor.execute(_FOLLOW, [list(some)])
            moved += cursor.rowcount
    return moved


def as_read(article: Article) -> dict[str, Any]:
    """Return what the outlet says of an article by field, without corrections; as in ``read``."""
    versions = list(article.versions.defer("text", "blocks"))
    return version_readings.merged(versions, None)


def said_by(versions: Sequence[Version]) -> dict[str, Any]:
    """Return what versions of one article say together by field, without corrections.

    ``versions`` come in their order; of an article that a split made, all are corrected ones.
    """
    return version_readings.merged(versions, versions[-1] if versions else None)


def _derive(ids: Sequence[int]) -> int:
    articles = list(
        Article.objects.filter(any_id("id", ids))
        .select_related("source_alias")
        .order_by("corpus_id", "pk")
    )
    known = _Known.of(ids)
    rows = []
    for article in articles:
        values = _values(article, known)
        new = [values[name] for name in COLUMNS]
        if new != [getattr(article, name) for name in COLUMNS]:
            rows.append([article.pk, *new])
    update_rows(Article, COLUMNS, rows)
    changed = corrected_credits.lay_over(
        {
            id_: said[CorrectedField.CREDITS] or []
            for id_, said in known.corrections.items()
            if CorrectedField.CREDITS in said
        },
        articles=articles,
        versions=[version.pk for each in known.versions.values() for version in each],
        standing=known.standing,
    )
    return len({row[0] for row in rows} | changed)


@dataclass(slots=True)
class _Known:
    """What effective values follow from, of one batch of articles."""

    versions: dict[int, list[Version]]
    corrections: dict[int, dict[str, Any]]
    texts: dict[int, TextCorrection]
    # Of articles to which others were joined that their outlet changed since, the newest change.
    joined_and_changed: dict[int, int]
    # What corrected names of outlets mean.
    sources: dict[tuple[int, str], int]
    standing: dict[int, Version]

    @classmethod
    def of(cls, ids: Sequence[int]) -> "_Known":
        versions: dict[int, list[Version]] = {id_: [] for id_ in ids}
        found = Version.objects.filter(any_id("article_id", ids)).order_by("article_id", "number")
        for each in found.defer("text", "blocks"):
            versions[each.article_id].append(each)
        texts = {
            text.article_id: text
            for text in TextCorrection.objects.filter(any_id("article_id", ids))
        }
        corrections: dict[int, dict[str, Any]] = {}
        said: dict[int, set[str]] = {}
        for row in Correction.objects.filter(any_id("article_id", ids)):
            corrections.setdefault(row.article_id, {})[row.field] = row.value
            if row.field == CorrectedField.SOURCE and row.value:
                said.setdefault(row.corpus_id, set()).add(row.value)
        sources = {
            (corpus.pk, name): outlet.source_id
            for corpus in Corpus.objects.filter(pk__in=said)
            for name, outlet in Names(corpus).outlets(said[corpus.pk]).items()
        }
        stand = (version_readings.standing(versions[id_], texts.get(id_)) for id_ in ids)
        chosen = [version.pk for version in stand if version is not None]
        standing = {v.article_id: v for v in Version.objects.filter(any_id("id", chosen))}
        return cls(versions, corrections, texts, joined.joined_and_changed(ids), sources, standing)


def _values(article: Article, known: _Known) -> dict[str, Any]:
    versions = known.versions[article.pk]
    said = known.texts.get(article.pk)
    corrections = known.corrections.get(article.pk, {})
    standing = known.standing.get(article.pk)
    joined_into = said.joined_into_id if said else None
    if standing is None:
        # A split made it, and was undone.
        values = {name: getattr(article, name) for name in COLUMNS}
        return values | {"standing": False, "joined_into_id": joined_into}
    read = version_readings.merged(versions, standing) | corrections
    composed = Composed(standing.text, _spans(standing))
    values = {name: read.get(name) for name in _PLAIN}
    values |= _dates(read) | _dateline(read)
    values |= {
        "source_id": _source(article, corrections, known),
        "version_id": standing.pk,
        "standing": joined_into is None,
        "joined_into_id": joined_into,
        "edits": version_readings.edits(versions),
        "external_id": corrections.get("external_id", article.read_external_id),
        "canonical_url": corrections.get("canonical_url", article.read_canonical_url),
        "headline": _words(composed, BlockKind.HEADLINE) or "",
        "standfirst": _words(composed, BlockKind.STANDFIRST),
        "snippet": preparing.snippet(composed),
        "word_count": standing.word_count,
    }
    changed_within = known.joined_and_changed.get(article.pk, 0)
    outdated = said is not None and version_readings.is_outdated(versions, said)
    flags = {Flag(flag) for flag in standing.read.get("flags") or ()} & READERS_FLAGS
    newest = max((v.pk for v in versions if v.origin == Origin.PUBLISHED), default=0)
    flagged = preparing.flags_of(
        flags | ({Flag.RECHECK} if outdated or changed_within else set()),
        day=values["published_date"],
        has_source=values["source_id"] is not None,
        has_body=preparing.has_body(composed),
        # A date that lay ahead when the text was seen stays implausible when its day has come.
        now=standing.first_seen,
    )
    return values | {"flags": _not_looked_at(flagged, corrections, max(newest, changed_within))}


def _spans(version: Version) -> tuple[Span, ...]:
    return tuple(Span(BlockKind(kind), start, end) for kind, start, end in version.blocks)


def _words(composed: Composed, kind: BlockKind) -> str | None:
    found = next((span for span in composed.spans if span.kind is kind), None)
    return composed.text[found.start : found.end] if found else None


def _source(article: Article, corrections: Corrections, known: _Known) -> int | None:
    if CorrectedField.SOURCE in corrections:
        name = corrections[CorrectedField.SOURCE]
        return known.sources[article.corpus_id, name] if name else None
    return article.source_alias.source_id if article.source_alias else None


def _dates(read: Mapping[str, Any]) -> dict[str, Any]:
    published, modified = read.get("published") or {}, read.get("modified") or {}
    day, at = _day(published), _instant(published)
    return {
        "published_date": day,
        "published_precision": published.get("precision"),
        "published_at": at,
        "modified_date": _day(modified),
        "modified_at": _instant(modified),
        "sort_at": preparing.sort_at(at, day),
    }


def _day(printed: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(printed["date"]) if printed.get("date") else None


def _instant(printed: Mapping[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(printed["at"]).astimezone(UTC) if printed.get("at") else None
    except OverflowError:
        return None


def _dateline(read: Mapping[str, Any]) -> dict[str, Any]:
    dateline = read.get("dateline") or {}
    return {"dateline_place": dateline.get("place"), "dateline_agency": dateline.get("agency")}


def _not_looked_at(flags: Sequence[str], corrections: Corrections, newest: int) -> list[str]:
    """Return the flags that nobody looked at; a later change by the outlet calls for a new look.

    ``newest`` is the id of the newest text that the outlet published.
    """
    looked_at = corrections.get(CorrectedField.FLAGS) or {}
    return [
        flag
        for flag in flags
        if flag not in looked_at or (flag == Flag.RECHECK and looked_at[flag] < newest)
    ]
