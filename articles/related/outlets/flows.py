"""Which outlet takes how much from which agency or other outlet, and what it tends to cut.

Direction is known where a link has it, or where an article credits an agency. Elsewhere two
outlets share text, and each is told of the other. Of the texts of an outlet's own articles nothing
is said: what counts is text of another's.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q

from articles.models import Corpus, Link, Source
from articles.models.corpora import Visitor
from articles.models.deadlines import each_statement_within
from articles.models.folding import fold
from articles.models.links import HELD, OF_TEXT, Direction, LinkQuerySet
from articles.models.lookups import any_id
from articles.related.outlets.cuts import Lack
from articles.related.outlets.pairs_read import lack_in
from articles.search.asking import Question
from articles.search.deadline import TooSlowError

# Of a larger answer the newest so many articles are looked at; the page says so.
MOST_ASKED = 50_000
MOST_FLOWS = 500
# So many pairs of all flows are read for what one of them lacks.
READ_ALL = 240
_WHOLE = 0.995

_FLOWS = """
WITH side AS (
    SELECT side.taker, side.giver, link.direction <> '' AS known,
        (link.evidence->>'words')::int AS words,
        (link.evidence->>CASE WHEN side.giver = link.first_id THEN 'first_share'
            ELSE 'second_share' END)::float AS kept
    FROM articles_link AS link CROSS JOIN LATERAL (VALUES
        (link.first_id, link.second_id, link.direction <> 'second'),
        (link.second_id, link.first_id, link.direction <> 'first')
    ) AS side (taker, giver, holds)
    WHERE side.holds AND link.corpus_id = ANY(%(corpora)s)
        AND link.kind = ANY(%(kinds)s) AND link.status = ANY(%(held)s)
        AND (%(everything)s OR side.taker = ANY(%(ids)s))
), carried AS (
    -- An article that shares text with several of an outlet has it from there once.
    SELECT taker.id, taker.source_id AS taker, giver.source_id AS giver,
        bool_or(known) AS known,
        CASE WHEN max(words) IS NOT NULL THEN least(max(words), max(taker.word_count)) END AS words,
        max(kept) AS kept
    FROM side
    JOIN articles_article AS taker ON taker.id = side.taker AND taker.standing
    JOIN articles_article AS giver ON giver.id = side.giver AND giver.standing
    WHERE taker.source_id <> giver.source_id
    GROUP BY taker.id, taker.source_id, giver.source_id
)
SELECT taker, giver, known, count(*), coalesce(sum(words), 0),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY kept)
FROM carried GROUP BY taker, giver, known
ORDER BY count(*) DESC, taker, giver, known LIMIT %(most)s
"""
_CREDITED = """
SELECT article.source_id, agency.name, count(DISTINCT article.id)
FROM articles_article AS article CROSS JOIN LATERAL (
    SELECT credit.name FROM articles_credit AS credit
    WHERE credit.version_id = article.version_id AND credit.kind = 'agency' AND credit.standing
    UNION SELECT article.dateline_agency
) AS agency
WHERE article.corpus_id = ANY(%(corpora)s) AND article.standing AND agency.name <> ''
    AND article.source_id IS NOT NULL AND (%(everything)s OR article.id = ANY(%(ids)s))
GROUP BY article.source_id, agency.name
ORDER BY count(DISTINCT article.id) DESC, 1, 2 LIMIT %(most)s
"""
_SIZES = """
SELECT source_id, count(*), coalesce(sum(word_count), 0) FROM articles_article
WHERE corpus_id = ANY(%(corpora)s) AND standing AND source_id = ANY(%(sources)s)
    AND (%(everything)s OR id = ANY(%(ids)s))
GROUP BY source_id
"""


@dataclass(slots=True)
class Flow:
    """What one outlet has of another, or of an agency that it credits.

    ``articles`` carry text of it and ``words`` are those, ``kept`` is the median share of the
    other's text that they have; ``credited`` articles name it as their agency. ``known``: that it
    is from there is known; else both share it. ``giver`` is None for an agency whose articles are
    not here.
    """

    giver: Source | None
    name: str
    known: bool
    articles: int = 0
    words: int = 0
    kept: float | None = None
    credited: int = 0
    lack: Lack = field(default_factory=Lack)
    # Of its outlet's words.
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Taker:
    """An outlet: how much of it was looked at, and what it has of others, the most first."""

    source: Source
    articles: int
    words: int
    flows: Sequence[Flow]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at: corpora whose texts the reader may read, or some articles of these.

    ``ids`` is None for all articles. ``is_whole`` is false where the answer has more.
    """

    corpora: Sequence[int]
    ids: Sequence[int] | None = None
    is_whole: bool = True

    def parameters(self, **more: Any) -> dict[str, Any]:
        """Return what the statements here take."""
        return {
            "corpora": list(self.corpora),
            "everything": self.ids is None,
            "ids": list(self.ids or ()),
            "most": MOST_FLOWS,
            **more,
        }


def of_corpus(corpus: Corpus) -> Scope:
    """Return all of a corpus, whose texts the reader may read: the caller saw to that."""
    return Scope([corpus.pk])


def of_answer(question: Question) -> Scope:
    """Return the articles of an answer, which was asked of what the reader may read.

    Raises TooSlowError.
    """
    found: list[int] = []
    for batch in question.ids(batch=5_000):
        found.extend(batch)
        if len(found) > MOST_ASKED:
            return Scope(question.corpora, found[:MOST_ASKED], is_whole=False)
    return Scope(question.corpora, found)


def flows(scope: Scope, *, with_cuts: bool = True) -> list[Taker]:
    """Return who takes how much from whom in what is looked at: the largest taker first.

    Raises TooSlowError, or OperationalError of a statement that was stopped, after SEARCH_SECONDS;
    the pairs that are read for what is cut are only so many as there is time for.
    """
    until = time.monotonic() + settings.SEARCH_SECONDS
    held = {"kinds": [str(kind) for kind in OF_TEXT], "held": [str(each) for each in HELD]}
    rows = _run(_FLOWS, scope.parameters(**held), until)
    credited = _run(_CREDITED, scope.parameters(), until)
    ids = {pk for row in rows for pk in row[:2]} | {row[0] for row in credited}
    sources = Source.objects.filter(any_id("id", ids)).in_bulk()
    sized = _run(_SIZES, scope.parameters(sources=list(ids)), until)
    sizes = {row[0]: row[1:] for row in sized}
    by_taker: dict[int, list[Flow]] = {}
    for taker, giver, known, articles, words, kept in rows:
        flow = Flow(sources[giver], sources[giver].name, known, articles, words, kept)
        by_taker.setdefault(taker, []).append(flow)
    for taker, agency, articles in credited:
        _credit(by_taker.setdefault(taker, []), sources[taker], agency, articles)
    takers = []
    for pk, found in by_taker.items():
        articles, words = sizes.get(pk, (0, 0))
        if found:
            takers.append(Taker(sources[pk], articles, words, _in_order(found)))
    for taker in takers:
        for flow in taker.flows:
            flow.share = flow.words / taker.words if taker.words else 0.0
    takers.sort(
        key=lambda each: (-sum(f.articles + f.credited for f in each.flows), each.source.pk)
    )
    if with_cuts:
        _see_what_lacks(takers, scope, until)
    return takers


def _in_order(found: Iterable[Flow]) -> list[Flow]:
    return sorted(found, key=lambda flow: (-max(flow.articles, flow.credited), flow.name))


def _credit(found: list[Flow], taker: Source, agency: str, articles: int) -> None:
    """Note that articles credit an agency: with what of its text is here, if anything."""
    if fold(agency) == fold(taker.name):
        return
    for flow in found:
        if flow.known and fold(flow.name) == fold(agency):
            flow.credited += articles
            return
    found.append(Flow(None, agency, known=True, credited=articles))


def pairs(
    scope: Scope, user: Visitor, *, taker: int, giver: int, known: bool | None = None
) -> LinkQuerySet:
    """Return the links behind a flow, between articles of two outlets.

    With ``known``, those alone whose direction is the flow's, or none.
    """
    return _between(Link.objects.readable_by(user), scope, taker, giver, known=known)


def _between(
    links: LinkQuerySet, scope: Scope, taker: int, giver: int, *, known: bool | None
) -> LinkQuerySet:
    """Return those of some links that are behind a flow, as :func:`pairs`."""
    takes_first = Q(first__source=taker, second__source=giver) & ~Q(direction=Direction.SECOND)
    takes_second = Q(second__source=taker, first__source=giver) & ~Q(direction=Direction.FIRST)
    if scope.ids is not None:
        takes_first &= Q(any_id("first_id", scope.ids))
        takes_second &= Q(any_id("second_id", scope.ids))
    found: LinkQuerySet = links.held().filter(
        takes_first | takes_second, kind__in=OF_TEXT, corpus__in=scope.corpora
    )
    if known is not None:
        found = found.exclude(direction="") if known else found.filter(direction="")
    return found


def _see_what_lacks(takers: Sequence[Taker], scope: Scope, until: float) -> None:
    """Read some pairs of each flow for what the taker lacks of the giver's text.

    Whether they may be read was seen to with the scope.
    """
    left = READ_ALL
    standing = Link.objects.filter(first__standing=True, second__standing=True)
    wanted = [(taker, flow) for taker in takers for flow in taker.flows if flow.giver is not None]
    wanted.sort(key=lambda each: -each[1].articles)
    for taker, flow in wanted:
        if left <= 0 or flow.giver is None or time.monotonic() > until:
            return
        source = taker.source.pk
        links = _between(standing, scope, source, flow.giver.pk, known=flow.known)
        flow.lack, number = lack_in(links, source)
        left -= number


def _run(statement: str, parameters: Mapping[str, Any], until: float) -> list[tuple[Any, ...]]:
    left = int((until - time.monotonic()) * 1_000)
    if left <= 0:
        raise TooSlowError(
            f"This took longer than {settings.SEARCH_SECONDS:g} seconds and was stopped. Ask for"
            " fewer articles."
        )
    with each_statement_within(left), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
