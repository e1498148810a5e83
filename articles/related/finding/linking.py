"""Keeping what is found as links, beside what people said of them.

What a person judged is never overruled: of such a row the machine says what it finds, and the
database derives the rest. A row that nobody judged comes and goes with what is found.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

import orjson
from django.utils import timezone

from articles.history.row_changes import event_model
from articles.models import Judgement, Link, LinkKind, LinkStatus
from articles.models.lookups import any_id, id_array
from articles.models.planned import ask

type Pair = tuple[int, int]

TAKEN = (LinkKind.SAME_TEXT, LinkKind.EDITED_VERSION, LinkKind.EXCERPT)
_ROWS_OF = """
    SELECT id, first_id, second_id, kind, suggested, score, first_version_id, second_version_id
    FROM articles_link
    WHERE first_id = ANY(%(ids)s::bigint[]) OR second_id = ANY(%(ids)s::bigint[])
    ORDER BY id FOR NO KEY UPDATE
"""
_JUDGED = "SELECT DISTINCT link_id FROM articles_judgement WHERE link_id = ANY(%s::bigint[])"
# What people made or judged meanwhile is no row that is held: of that nothing is written.
_KEEP = """
    INSERT INTO articles_link (
        corpus_id, first_id, second_id, kind, status, direction, suggested, score, evidence,
        found_direction, first_version_id, second_version_id, made_at, found_at
    )
    SELECT corpus, "first", "second", kind, 'suggested', direction, true, score, evidence,
        direction, "one", "other", %(at)s::timestamptz, %(at)s::timestamptz
    FROM jsonb_to_recordset(%(found)s::jsonb) AS found (
        corpus bigint, "first" bigint, "second" bigint, kind text, direction text,
        score double precision, evidence jsonb, "one" bigint, "other" bigint
    )
    ON CONFLICT (first_id, second_id, kind) DO UPDATE SET
        suggested = true, score = excluded.score, evidence = excluded.evidence,
        found_direction = excluded.found_direction, first_version_id = excluded.first_version_id,
        second_version_id = excluded.second_version_id, found_at = excluded.found_at,
        status = CASE WHEN articles_link.id = ANY(%(judged)s::bigint[])
            THEN articles_link.status ELSE excluded.status END,
        direction = CASE WHEN articles_link.id = ANY(%(judged)s::bigint[])
            THEN articles_link.direction ELSE excluded.direction END
    WHERE articles_link.id = ANY(%(held)s::bigint[])
"""
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What two articles are to each other; the first of ``pair`` has the smaller id.

    Without ``evidence`` it is what is kept of them, to the last digit.
    """

    pair: Pair
    corpus_id: int
    kind: LinkKind
    score: float
    evidence: dict[str, Any] | None
    direction: str
    versions: tuple[int, int]

    @property
    def is_taken(self) -> bool:
        """Whether much of one text is the other's, so that both are on one event."""
        return self.kind in TAKEN


@dataclass(frozen=True, slots=True)
class Row:
    """A link as it is kept; ``judged`` says whether a person has a word on it."""

    id: int
    pair: Pair
    kind: str
    suggested: bool
    score: float | None
    versions: tuple[int | None, int | None]
    judged: bool


def pair_of(one: int, other: int) -> Pair:
    """Return two articles as a pair."""
    return (one, other) if one < other else (other, one)


def rows_of(article_ids: Iterable[int]) -> list[Row]:
    """Return the links of articles, held until the transaction ends: nobody judges meanwhile."""
    rows = ask(_ROWS_OF, {"ids": id_array(article_ids)})
    said = ask(_JUDGED, [id_array(row[0] for row in rows)]) if rows else ()
    judged = {pk for (pk,) in said}
    return [
        Row(pk, (first, second), kind, suggested, score, (one, other), pk in judged)
        for pk, first, second, kind, suggested, score, one, other in rows
    ]


def keep(
    rows: Sequence[Row],
    found: Sequence[Finding],
    is_looked_for: Callable[[Row], bool],
) -> set[int]:
    """Keep what was found of articles whose links are ``rows``; return all whose links changed.

    A row that ``is_looked_for``, and was not found, goes.
    """
    known = {(row.pair, row.kind): row for row in rows}
    judged: dict[Pair, list[Row]] = defaultdict(list)
    for row in rows:
        if row.judged:
            judged[row.pair].append(row)
    kept = [finding for finding in found if not _is_settled(finding, judged[finding.pair])]
    held = [(finding, known.get((finding.pair, finding.kind))) for finding in kept]
    fresh = [(finding, was) for finding, was in held if finding.evidence is not None]
    for part in batched(fresh, _AT_ONCE, strict=False):
        _write(part)
    there = {(finding.pair, finding.kind) for finding in kept}
    gone = [
        row
        for row in rows
        if row.suggested and (row.pair, row.kind) not in there and is_looked_for(row)
    ]
    _withdraw(gone)
    changed = {id_ for row in gone for id_ in row.pair}
    # What is new; what was withdrawn, and is found again.
    return changed | {
        id_
        for finding, was in held
        if was is None or not (was.suggested or was.judged)
        for id_ in finding.pair
    }


def _is_settled(finding: Finding, judged: Iterable[Row]) -> bool:
    """Whether a person said of these very texts what they are, or are not, by another kind."""
    return any(row.kind != finding.kind and row.versions == finding.versions for row in judged)


def _write(held: Sequence[tuple[Finding, Row | None]]) -> None:
    """Write findings, each with the row that is held of it."""
    found = [
        {
            "corpus": finding.corpus_id,
            "first": finding.pair[0],
            "second": finding.pair[1],
            "kind": finding.kind.value,
            "direction": finding.direction,
            "score": finding.score,
            "evidence": finding.evidence,
            "one": finding.versions[0],
            "other": finding.versions[1],
        }
        for finding, _ in held
    ]
    rows = [was for _, was in held if was is not None]
    ask(
        _KEEP,
        {
            "found": orjson.dumps(found).decode(),
            "at": timezone.now(),
            "held": id_array(row.id for row in rows),
            "judged": id_array(row.id for row in rows if row.judged),
        },
    )


def _withdraw(rows: Iterable[Row]) -> None:
    """Let rows go that are found no more; those that people have, or had, a word on stay."""
    ids = {row.id for row in rows}
    if not ids:
        return
    Link.objects.filter(any_id("id", ids)).update(suggested=False)
    # An undo that is undone needs the row.
    history = event_model(Judgement).objects.filter(any_id("link_id", ids))
    said = set(history.values_list("link_id", flat=True))
    unsaid = ids - said - {row.id for row in rows if row.judged}
    had = ids - unsaid - {row.id for row in rows if row.judged}
    Link.objects.filter(any_id("id", had)).update(status=LinkStatus.WITHDRAWN)
    Link.objects.filter(any_id("id", unsaid)).delete()
