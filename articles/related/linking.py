"""Keeping what is found as links, beside what people said of them.

What a person judged is never overruled: of such a row the machine says what it finds, and the
database derives the rest. A row that nobody judged comes and goes with what is found.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from articles.history.undo import event_model
from articles.models import Judgement, Link, LinkKind, LinkStatus
from articles.models.links import OF_TEXT
from articles.models.lookups import any_id

type Pair = tuple[int, int]

_OF_EVENTS = (LinkKind.SAME_EVENT, LinkKind.FOLLOW_UP, LinkKind.BACKGROUND, LinkKind.CORRECTION)
_TAKEN = (LinkKind.SAME_TEXT, LinkKind.EDITED_VERSION, LinkKind.EXCERPT)
_FOUND = (
    "suggested", "score", "evidence", "found_direction", "first_version", "second_version",
    "found_at",
)  # fmt: skip
_ROWS = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """What two articles are to each other; the first of ``pair`` has the smaller id."""

    pair: Pair
    corpus_id: int
    kind: LinkKind
    score: float
    evidence: dict[str, Any]
    direction: str
    versions: tuple[int, int]

    @property
    def is_taken(self) -> bool:
        """Whether much of one text is the other's, so that both are on one event."""
        return self.kind in _TAKEN


@dataclass(frozen=True, slots=True)
class Row:
    """A link as it is kept; ``judged`` says whether a person has a word on it."""

    id: int
    pair: Pair
    kind: str
    suggested: bool
    versions: tuple[int | None, int | None]
    judged: bool


def rows_of(article_ids: Iterable[int]) -> list[Row]:
    """Return the links of articles, held until the transaction ends: nobody judges meanwhile."""
    ids = list(article_ids)
    links = Link.objects.filter(Q(any_id("first_id", ids)) | Q(any_id("second_id", ids)))
    rows = list(
        links.order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .values_list(
            "pk", "first_id", "second_id", "kind", "suggested", "first_version_id",
            "second_version_id",
        )
    )  # fmt: skip
    said = Judgement.objects.filter(any_id("link_id", [row[0] for row in rows])) if rows else None
    judged = set(said.order_by().values_list("link_id", flat=True)) if said is not None else set()
    return [
        Row(pk, (first, second), kind, suggested, (one, other), pk in judged)
        for pk, first, second, kind, suggested, one, other in rows
    ]


def keep(
    rows: Sequence[Row], found: Sequence[Finding], unchanged: Collection[Pair], *, events: bool
) -> set[int]:
    """Keep what was found of articles whose links are ``rows``; return all whose links changed.

    Pairs that are ``unchanged`` were not looked at, nor were ``events`` unless told so.
    """
    known = {(row.pair, row.kind): row for row in rows}
    judged: dict[Pair, list[Row]] = defaultdict(list)
    for row in rows:
        if row.judged:
            judged[row.pair].append(row)
    kept = [finding for finding in found if not _is_settled(finding, judged[finding.pair])]
    fresh: list[Link] = []
    again: list[Link] = []
    of_judged: list[Link] = []
    for finding in kept:
        was = known.get((finding.pair, finding.kind))
        link = _link(finding, was)
        (fresh if was is None else of_judged if was.judged else again).append(link)
    Link.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=_ROWS)
    _update(again, (*_FOUND, "status", "direction"))
    _update(of_judged, _FOUND)
    there = {(finding.pair, finding.kind) for finding in kept}
    looked_at = (*OF_TEXT, *_OF_EVENTS) if events else OF_TEXT
    gone = [
        row
        for row in rows
        if row.suggested and row.kind in looked_at and row.pair not in unchanged
        if (row.pair, row.kind) not in there
    ]
    _withdraw(gone)
    changed = {link.first_id for link in fresh} | {link.second_id for link in fresh}
    changed |= {id_ for row in gone for id_ in row.pair}
    # What was withdrawn, and is found again.
    return changed | {
        id_ for link in again if not known[(link.first_id, link.second_id), link.kind].suggested
        for id_ in (link.first_id, link.second_id)
    }  # fmt: skip


def _is_settled(finding: Finding, judged: Iterable[Row]) -> bool:
    """Whether a person said of these very texts what they are, or are not, by another kind."""
    return any(row.kind != finding.kind and row.versions == finding.versions for row in judged)


def _link(finding: Finding, was: Row | None) -> Link:
    return Link(
        pk=was.id if was else None,
        corpus_id=finding.corpus_id,
        first_id=finding.pair[0],
        second_id=finding.pair[1],
        kind=finding.kind,
        status=LinkStatus.SUGGESTED,
        direction=finding.direction,
        suggested=True,
        score=finding.score,
        evidence=finding.evidence,
        found_direction=finding.direction,
        first_version_id=finding.versions[0],
        second_version_id=finding.versions[1],
        found_at=timezone.now(),
    )


def _update(links: Sequence[Link], fields: Sequence[str]) -> None:
    """Write rows that are held, so that each is there."""
    for link in links:
        link.pk = None
    Link.objects.bulk_create(
        links,
        update_conflicts=True,
        update_fields=list(fields),
        unique_fields=["first", "second", "kind"],
        batch_size=_ROWS,
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
