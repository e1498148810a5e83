"""What stands of an article: what was read of it, and what people put right, laid over that.

An article's own columns are derived. They follow from its versions (the outlet's texts, each with
its best reading), from its aliases' sources, and from corrections; this module alone writes them
once the article is stored, so that a correction, an undo, a merge and a new version all come out
the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import batched, pairwise
from typing import Any

from django.db import connection

from articles.ingest import preparing
from articles.ingest.copying import update_rows
from articles.ingest.sources import Names, said_under
from articles.models import (
    Article,
    Corpus,
    CorrectedField,
    Correction,
    Credit,
    Origin,
    TextCorrection,
    Version,
)
from articles.models.lookups import any_id
from articles.parsed import CreditKind, Flag
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
    joined = Article.objects.filter(any_id("id", ids), joined_into__isnull=False)
    said = TextCorrection.objects.filter(any_id("article_id", ids), joined_into__isnull=False)
    ids.update(joined.order_by().values_list("joined_into_id", flat=True))
    ids.update(said.values_list("joined_into_id", flat=True))
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
    return _merged(versions, None)


def said_by(versions: Sequence[Version]) -> dict[str, Any]:
    """Return what versions of one article say together by field, without corrections.

    ``versions`` come in their order; of an article that a split made, all are corrected ones.
    """
    return _merged(versions, versions[-1] if versions else None)


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
    changed = _derive_credits(articles, known)
    return len({row[0] for row in rows} | changed)


@dataclass(slots=True)
class _Known:
    """What effective values follow from, of one batch of articles."""

    versions: dict[int, list[Version]]
    corrections: dict[int, dict[str, Any]]
    texts: dict[int, TextCorrection]
    # Of each article, those that were joined into it and whose outlet changed them since.
    recheck: set[int]
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
        chosen = [v.pk for id_ in ids if (v := _standing(versions[id_], texts.get(id_)))]
        standing = {v.article_id: v for v in Version.objects.filter(any_id("id", chosen))}
        return cls(versions, corrections, texts, _joined_and_changed(ids), sources, standing)


def _joined_and_changed(ids: Sequence[int]) -> set[int]:
    """Return the articles into which others were joined that their outlet changed since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT said.joined_into_id FROM articles_textcorrection AS said "
            "JOIN articles_version AS version ON version.article_id = said.article_id "
            "WHERE said.joined_into_id = ANY(%s) AND version.origin = 'published' "
            "AND version.number > said.after",
            [list(ids)],
        )
        return {row[0] for row in cursor.fetchall()}


def _newest(versions: Sequence[Version]) -> Version | None:
    """Return the newest text that the outlet published, in its best reading."""
    published = [version for version in versions if version.origin == Origin.PUBLISHED]
    return _best(published[-1], versions) if published else None


def _best(published: Version, versions: Sequence[Version]) -> Version:
    anew = [version for version in versions if version.rereads_id == published.pk]
    return anew[-1] if anew else published


def _standing(versions: Sequence[Version], said: TextCorrection | None) -> Version | None:
    """Return the version that stands: a person's choice until the outlet publishes another."""
    if said is not None and said.version_id is not None and not _is_outdated(versions, said):
        return next(version for version in versions if version.pk == said.version_id)
    return _newest(versions)


def _is_outdated(versions: Iterable[Version], said: TextCorrection) -> bool:
    return any(v.origin == Origin.PUBLISHED and v.number > said.after for v in versions)


def _merged(versions: Sequence[Version], standing: Version | None) -> dict[str, Any]:
    """Return what was read: what a newer version does not say, the older ones still do."""
    merged: dict[str, Any] = {}
    published = (version for version in versions if version.origin == Origin.PUBLISHED)
    readings = [_best(version, versions) for version in published]
    if standing is not None and standing.origin == Origin.CORRECTED:
        # It holds what was read when its text was corrected; by now that may be read better.
        readings.insert(0, standing)
    for version in readings:
        merged.update({k: v for k, v in version.read.items() if v is not None})
    return merged


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
    read = _merged(versions, standing) | corrections
    composed = Composed(standing.text, _spans(standing))
    values = {name: read.get(name) for name in _PLAIN}
    values |= _dates(read) | _dateline(read)
    values |= {
        "source_id": _source(article, corrections, known),
        "version_id": standing.pk,
        "standing": joined_into is None,
        "joined_into_id": joined_into,
        "edits": _edits(versions),
        "external_id": corrections.get("external_id", article.read_external_id),
        "canonical_url": corrections.get("canonical_url", article.read_canonical_url),
        "headline": _words(composed, BlockKind.HEADLINE) or "",
        "standfirst": _words(composed, BlockKind.STANDFIRST),
        "snippet": preparing.snippet(composed),
        "word_count": standing.word_count,
    }
    recheck = article.pk in known.recheck or (said is not None and _is_outdated(versions, said))
    flags = {Flag(flag) for flag in standing.read.get("flags") or ()} & READERS_FLAGS
    flagged = preparing.flags_of(
        flags | ({Flag.RECHECK} if recheck else set()),
        day=values["published_date"],
        has_source=values["source_id"] is not None,
        has_body=preparing.has_body(composed),
        # A date that lay ahead when the text was seen stays implausible when its day has come.
        now=standing.first_seen,
    )
    return values | {"flags": _not_looked_at(flagged, corrections, versions)}


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


def _edits(versions: Sequence[Version]) -> int:
    """Return how often the outlet changed the text.

    Two published texts are compared as one and the same reader read them: what a better reader
    sees otherwise is no change by the outlet.
    """
    published = [version for version in versions if version.origin == Origin.PUBLISHED]
    return sum(
        1
        for before, after in pairwise(published)
        if (same := read_alike(before, after, versions)) and same[0].sha256 != same[1].sha256
    )


def read_alike(
    before: Version, after: Version, versions: Sequence[Version]
) -> tuple[Version, Version] | None:
    """Return readings of two published texts by one and the same reader; None if there are none."""
    readings_before = [before, *(v for v in versions if v.rereads_id == before.pk)]
    readings_after = [after, *(v for v in versions if v.rereads_id == after.pk)]
    for later in reversed(readings_after):
        for earlier in reversed(readings_before):
            if (earlier.reader, earlier.reader_version) == (later.reader, later.reader_version):
                return earlier, later
    return None


def _not_looked_at(
    flags: Sequence[str], corrections: Corrections, versions: Sequence[Version]
) -> list[str]:
    """Return the flags that nobody looked at; a later change by the outlet calls for a new look."""
    looked_at = corrections.get(CorrectedField.FLAGS) or {}
    newest = max((v.number for v in versions if v.origin == Origin.PUBLISHED), default=0)
    return [
        flag
        for flag in flags
        if flag not in looked_at or (flag == Flag.RECHECK and looked_at[flag] < newest)
    ]


def _derive_credits(articles: Sequence[Article], known: _Known) -> set[int]:
    """Let corrected credits stand on the standing version, and only there; return whose changed."""
    corrected = {
        article.pk: known.corrections[article.pk][CorrectedField.CREDITS] or []
        for article in articles
        if CorrectedField.CREDITS in known.corrections.get(article.pk, {})
        and article.pk in known.standing
    }
    versions = [v.pk for article in articles for v in known.versions[article.pk]]
    stale = Credit.objects.filter(any_id("version_id", versions), corrected=True)
    had = set(stale.values_list("version__article_id", flat=True))
    stale.delete()
    silenced = Credit.objects.filter(any_id("version_id", versions), standing=False)
    silenced.update(standing=True)
    if corrected:
        _lay_over(articles, corrected, known)
    return had | corrected.keys()


def _lay_over(
    articles: Sequence[Article], corrected: Mapping[int, list[Any]], known: _Known
) -> None:
    standing = {known.standing[id_].pk: id_ for id_ in corrected}
    as_read = Credit.objects.filter(any_id("version_id", standing))
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
        for version_id, id_ in standing.items()
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
