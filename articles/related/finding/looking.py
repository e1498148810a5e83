"""What the texts of articles are to others, and with whom they are to be compared by event."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from articles.models import LinkKind
from articles.models.links import OF_TEXT
from articles.related.events.event_facts import said_below
from articles.related.events.events import Aligned, Comparing
from articles.related.events.happenings import KINDS
from articles.related.finding import linking
from articles.related.finding.candidates import candidates
from articles.related.finding.evidence import Names, facts_of, named_in, of_text
from articles.related.finding.linking import Finding, Pair, pair_of
from articles.related.finding.stopping import Stops
from articles.related.finding.texts import Reader, Text
from articles.related.finding.told import Told
from articles.related.matching.alignment import Alignment, align
from articles.related.matching.direction import direction_of
from articles.related.matching.kinds import RUN, WORDS, kind_of
from articles.related.store.prints import Prints

# Of an article with more links, those of texts that did not change are taken as they were found.
_REALIGNED = 60


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found of the texts of some articles, and what is to be compared by event.

    ``rows`` are all links of theirs; pairs that are ``unchanged`` were not looked at.
    """

    article_ids: Collection[int]
    rows: Sequence[linking.Row]
    found: Sequence[Finding]
    unchanged: Collection[Pair]
    compared: Sequence[Comparing]

    @property
    def of_one_text(self) -> set[Pair]:
        """The pairs that have much of a text in common, so that they are on one event anyway."""
        return {pair for each in self.compared for pair, is_one in each.aligned.items() if is_one}

    def is_of_text(self, row: linking.Row) -> bool:
        """Whether a row would have been found by the texts."""
        return row.kind in OF_TEXT and row.pair not in self.unchanged


@dataclass(slots=True)
class Looker:
    """Looks at texts; for the one process that keeps the prints' store."""

    prints: Prints
    reader: Reader = field(default_factory=Reader)
    stops: Stops = field(default_factory=Stops)
    # Tells with which articles a text is compared, where that was found before; else None.
    near: Callable[[Text], Collection[int] | None] | None = None
    # Pairs of which all was found while nothing changed: from the other side it is the same.
    told: Told = field(default_factory=Told)

    def forget(self) -> None:
        """Forget what was found and not kept."""
        self.stops.forget()
        self.told.forget()

    @property
    def state(self) -> tuple[object, int]:
        """All that what is found rests on, beside the texts."""
        return self.prints.state, self.stops.changes

    def look(self, texts: Mapping[int, Text | None]) -> Looked:
        """Find what the texts of some articles are to others; None for those that stand no more."""
        rows = linking.rows_of(texts)
        near = {text.article_id: self._near(text) for text in texts.values() if text is not None}
        pairs = {pair_of(id_, other) for id_, others in near.items() for other in others}
        pairs |= {row.pair for row in rows if row.suggested and row.kind in OF_TEXT}
        others = self.reader.texts({id_ for pair in pairs for id_ in pair} - texts.keys())
        known = others | {id_: text for id_, text in texts.items() if text is not None}
        unchanged = _unchanged(rows, known) | self.told.texts(self.state, rows, known)
        looked_at = [pair for pair in sorted(pairs - unchanged) if known.keys() >= set(pair)]
        found = self._found([(known[one], known[other]) for one, other in looked_at])
        aligned_now = [(known[each.pair[0]], known[each.pair[1]]) for each in found]
        self.told.add_texts(self.state, aligned_now)
        aligned = {
            row.pair: row.kind in linking.TAKEN
            for row in rows
            if row.pair in unchanged and row.suggested and row.kind in OF_TEXT
        }
        aligned |= dict.fromkeys(looked_at, False) | {each.pair: each.is_taken for each in found}
        return Looked(texts.keys(), rows, found, unchanged, self._compared(rows, aligned, texts))

    def _compared(
        self, rows: Sequence[linking.Row], aligned: Aligned, texts: Mapping[int, Text | None]
    ) -> list[Comparing]:
        """Return articles that stand as they are to be compared by event."""
        linked, told = _linked(rows), self.told.events(self.state, rows)
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
