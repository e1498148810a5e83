"""What articles are to all others: found by prints, alignment and events, and kept as links.

An article is in the prints' store before it is related, so that of two that come at once each may
find the other; and what is found of a pair depends on their texts and on what is boilerplate alone.
So it does not matter which came first.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from articles.models import Coverage, LinkKind
from articles.models.links import OF_TEXT
from articles.models.lookups import any_id, id_array
from articles.models.planned import ask
from articles.related.events.event_facts import entries, said_below, seal, tagged_in
from articles.related.events.events import Aligned, Comparing
from articles.related.events.happenings import KINDS
from articles.related.finding import eventing, linking
from articles.related.finding.beside import Beside
from articles.related.finding.candidates import candidates
from articles.related.finding.eventing import Comparisons
from articles.related.finding.evidence import Names, facts_of, named_in, of_text
from articles.related.finding.linking import Finding, Pair, pair_of
from articles.related.finding.stopping import Stops, review
from articles.related.finding.texts import Reader, Text
from articles.related.finding.told import Told
from articles.related.matching.alignment import Alignment, align
from articles.related.matching.direction import direction_of
from articles.related.matching.kinds import RUN, WORDS, kind_of
from articles.related.store.prints import Prints
from articles.related.stories import grouping

# Articles of which the texts, and those of all they are compared with, are in memory at once.
_AT_ONCE = 50
# Of an article with more links, those of texts that did not change are taken as they were found.
_REALIGNED = 60

_PLACE = """
    INSERT INTO articles_coverage (article_id, version_id, pinned)
    SELECT article, version, false FROM unnest(%s::bigint[], %s::bigint[]) AS now (article, version)
    ORDER BY article
    ON CONFLICT (article_id) DO UPDATE SET version_id = excluded.version_id
"""


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was found of the texts of some articles, and what is to be compared by event.

    ``rows`` are all links of theirs; pairs that are ``unchanged`` were not looked at.
    """

    rows: Sequence[linking.Row]
    found: Sequence[Finding]
    unchanged: Collection[Pair]
    compared: Sequence[Comparing]

    def is_of_text(self, row: linking.Row) -> bool:
        """Whether a row would have been found by the texts."""
        return row.kind in OF_TEXT and row.pair not in self.unchanged


@dataclass(slots=True)
class Relater:
    """Relates articles; for the one process that keeps the prints' store."""

    prints: Prints
    reader: Reader = field(default_factory=Reader)
    stops: Stops = field(default_factory=Stops)
    # Tells with which articles a text is compared, where that was found before; else None.
    near: Callable[[Text], Collection[int] | None] | None = None
    # Articles that a fault of ours kept from being prepared, or from being compared by event, since
    # that was last asked.
    failed: set[int] = field(default_factory=set)
    beside: Beside = field(default_factory=Beside)
    # Pairs of which all was found while nothing changed: from the other side it is the same.
    told: Told = field(default_factory=Told)

    def forget(self) -> None:
        """Forget what was found and not kept."""
        self.stops.forget()
        self.told.forget()

    @property
    def _state(self) -> tuple[object, int]:
        """All that what is found rests on, beside the texts."""
        return self.prints.state, self.stops.changes

    def put(self, article_ids: Collection[int]) -> dict[int, Text]:
        """Put articles as they are now into the store, and commit; return those that stand.

        One that comes alone is held there, and a commit is owed for it.

        What the store has as it is stays. Those that ``failed`` are left out.
        """
        self.reader.forget()
        texts = self.reader.texts(article_ids)
        tagged = tagged_in(texts)
        known = self.prints.seals(article_ids)
        fresh = [
            text for id_, text in texts.items() if known.get(id_) != seal(text, tagged.get(id_, ()))
        ]
        as_they_were = texts.keys() - {text.article_id for text in fresh}
        for id_, (prints, number) in self.prints.printed(as_they_were).items():
            texts[id_].body.take(prints, number)
        gone = known.keys() - texts.keys()
        if fresh or gone:
            made = list(entries(fresh, tagged, beside=self.beside))
            if len(made) == len(article_ids) == 1 and not known:
                self.prints.hold(made[0])
            else:
                self.prints.put(made, gone)
                self.prints.commit()
            self.failed |= {text.article_id for text in fresh} - {each.article_id for each in made}
        return {id_: text for id_, text in texts.items() if id_ not in self.failed}

    def relate(self, article_ids: Collection[int], texts: Mapping[int, Text]) -> set[int]:
        """Find what articles are to others, and keep it; return all whose links changed.

        ``texts`` are those of them that stand, as :meth:`put` returned them. In a transaction.
        """
        touched: dict[int, set[int]] = {}
        for text in texts.values():
            touched.setdefault(text.corpus_id, set()).update(text.prints)
        review(self.prints, self.stops, touched, set(article_ids))
        ids, changed = sorted(article_ids), set[int]()
        looked: list[_Looked] = []
        with Comparisons(len(ids), self.prints, self.beside) as comparisons:
            for start in range(0, len(ids), _AT_ONCE):
                part = ids[start : start + _AT_ONCE]
                looked.append(self._look({id_: texts.get(id_) for id_ in part}))
                # Processes beside are at these while the texts of the next are looked at.
                comparisons.want(looked[-1].compared)
                if start + _AT_ONCE < len(ids):
                    # For those that follow, they are one group already.
                    found = linking.keep(looked[-1].rows, looked[-1].found, looked[-1].is_of_text)
                    grouping.settle_editions(found)
                    changed |= found
            kept = set[tuple[Pair, str]]()
            for each, (alike, failed) in zip(looked, comparisons.found(), strict=True):
                # Those beside are at the next of them.
                self.failed |= failed
                by_event = eventing.findings(alike, texts, kept)
                kept |= {(finding.pair, finding.kind.value) for finding in by_event}
                changed |= self._keep_by_event(each, by_event, is_last=each is looked[-1])
        return changed | _place(ids, texts)

    def _keep_by_event(
        self, looked: "_Looked", found: Sequence[Finding], *, is_last: bool
    ) -> set[int]:
        """Keep what some articles are to others by event, and of the last what their texts are."""

        def is_looked_for(row: linking.Row) -> bool:
            if row.kind in KINDS:
                return self.failed.isdisjoint(row.pair)
            return is_last and looked.is_of_text(row)

        changed = linking.keep(
            looked.rows, [*(looked.found if is_last else ()), *found], is_looked_for
        )
        self.told.add_events(self._state, [each.pair for each in found])
        return changed

    def _look(self, texts: Mapping[int, Text | None]) -> "_Looked":
        """Find what the texts of some articles are to others; None for those that stand no more."""
        rows = linking.rows_of(texts)
        near = {text.article_id: self._near(text) for text in texts.values() if text is not None}
        pairs = {pair_of(id_, other) for id_, others in near.items() for other in others}
        pairs |= {row.pair for row in rows if row.suggested and row.kind in OF_TEXT}
        others = self.reader.texts({id_ for pair in pairs for id_ in pair} - texts.keys())
        known = others | {id_: text for id_, text in texts.items() if text is not None}
        unchanged = _unchanged(rows, known) | self.told.texts(self._state, rows, known)
        looked_at = [pair for pair in sorted(pairs - unchanged) if known.keys() >= set(pair)]
        found = self._found([(known[one], known[other]) for one, other in looked_at])
        aligned_now = [(known[each.pair[0]], known[each.pair[1]]) for each in found]
        self.told.add_texts(self._state, aligned_now)
        aligned = {
            row.pair: row.kind in linking.TAKEN
            for row in rows
            if row.pair in unchanged and row.suggested and row.kind in OF_TEXT
        }
        aligned |= dict.fromkeys(looked_at, False) | {each.pair: each.is_taken for each in found}
        return _Looked(rows, found, unchanged, self._compared(rows, aligned, texts))

    def _compared(
        self, rows: Sequence[linking.Row], aligned: Aligned, texts: Mapping[int, Text | None]
    ) -> list[Comparing]:
        """Return articles that stand as they are to be compared by event."""
        linked, told = _linked(rows), self.told.events(self._state, rows)
        pairs: dict[int, dict[Pair, bool]] = {}
        for pair, is_one in aligned.items():
            for id_ in pair:
                pairs.setdefault(id_, {})[pair] = is_one
        return [
            Comparing(
                id_,
                linked.get(id_, frozenset()),
                pairs.get(id_, {}),
                said_below(text) if text.marks <= self.stops.of(text.corpus_id) else None,
                told.get(id_, {}),
            )
            for id_, text in sorted(texts.items())
            if text is not None
        ]

    def _near(self, text: Text) -> Collection[int]:
        known = self.near(text) if self.near is not None else None
        if known is not None:
            return known
        return candidates(text, self.prints, self.stops.of(text.corpus_id))

    def _found(self, pairs: Iterable[tuple[Text, Text]]) -> list[Finding]:
        """Return what texts are to each other, of those that have enough in common."""
        aligned = [
            (first, second, alignment, kind)
            for first, second in pairs
            if first.corpus_id == second.corpus_id
            if (kind := kind_of(alignment := self._alignment(first, second))) is not None
        ]
        names = named_in([text for pair in aligned for text in pair[:2]], self.prints.abouts)
        return [
            _finding(first, second, alignment, kind, names)
            for first, second, alignment, kind in aligned
        ]

    def _alignment(self, first: Text, second: Text) -> Alignment:
        stops = self.stops.of(first.corpus_id)
        shared = (first.marks & stops) | (second.marks & stops) if stops else frozenset[int]()
        return align(first.words, second.words, boilerplate=shared)


def _finding(first: Text, second: Text, alignment: Alignment, kind: str, names: Names) -> Finding:
    """Return what two texts are to each other, with what that rests on."""
    direction = direction_of(facts_of(first), facts_of(second), alignment)
    return Finding(
        pair=(first.article_id, second.article_id),
        corpus_id=first.corpus_id,
        kind=LinkKind(kind),
        score=score_of(alignment),
        evidence=of_text(first, second, alignment, direction, names(first, second)),
        direction=direction.side if direction else "",
        versions=(first.version_id, second.version_id),
    )


def score_of(alignment: Alignment) -> float:
    """Return how surely words were handed on: half at the least that is linked, then more."""
    weight = alignment.words / WORDS * alignment.longest / RUN
    doubt: float = 0.5 ** min(weight, 20.0)
    return round(1 - doubt, 4)


def _unchanged(rows: Iterable[linking.Row], texts: Mapping[int, Text]) -> set[Pair]:
    """Return the pairs of articles with very many links that need not be aligned again."""
    of_text = [row for row in rows if row.suggested and row.kind in OF_TEXT]
    if len(of_text) <= _REALIGNED:
        return set()
    return {
        row.pair
        for row in of_text
        if row.pair[0] in texts and row.pair[1] in texts
        if row.versions == (texts[row.pair[0]].version_id, texts[row.pair[1]].version_id)
    }


def _linked(rows: Iterable[linking.Row]) -> dict[int, set[int]]:
    """Return what articles were found to be linked to by event."""
    linked: dict[int, set[int]] = {}
    for row in rows:
        if row.suggested and row.kind in KINDS:
            linked.setdefault(row.pair[0], set()).add(row.pair[1])
            linked.setdefault(row.pair[1], set()).add(row.pair[0])
    return linked


def _place(article_ids: Iterable[int], texts: Mapping[int, Text]) -> set[int]:
    """Keep which text of each article was related; return of whom groups of those gone are."""
    versions = id_array(text.version_id for text in texts.values())
    ask(_PLACE, [id_array(texts), versions])
    gone = set(article_ids) - texts.keys()
    if gone:
        Coverage.objects.filter(any_id("article_id", gone)).update(version=None)
        # With an article that was deleted its links went: a group may be called by it.
        called = Coverage.objects.filter(any_id("editions", gone)).order_by()
        return set(called.values_list("article_id", flat=True))
    return set()
