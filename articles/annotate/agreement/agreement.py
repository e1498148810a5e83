"""How far people agree on what they tag: where it begins and ends, its kind, who is meant.

Spans are counted as nervaluate counts them (SemEval 2013, task 9), in four ways:

``strict``   the same words and the same kind;
``exact``    the same words, whatever the kind;
``partial``  the same words, or half of it for words in common, whatever the kind;
``kind``     the same kind on words in common.

F1 is twice the agreed over all that both tagged, so it is the same whoever is taken for right. It
is so with nervaluate's formulas, not with its own search for partners: there the first span that
overlaps takes the partner of a later one that is equal, and swapping the two people changes the
result. Partners are therefore found by :mod:`articles.annotate.agreement.pairing`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from nervaluate.entities import EvaluationResult  # type: ignore[import-untyped]  # no types

from articles.annotate.agreement.pairing import Paired, Span, by_kind, by_place


class Scheme(StrEnum):
    """A way to count spans that agree."""

    STRICT = "strict"
    EXACT = "exact"
    PARTIAL = "partial"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Number:
    """A measure: ``value`` is None where there is none, and ``why`` a sentence that says why.

    ``of`` is how many things it was taken over, ``agreed`` how many of them agree, where that can
    be counted. Of a share, ``value`` is the one divided by the other; else chance is taken off.
    """

    value: float | None
    why: str = ""
    of: int = 0
    agreed: int | None = None
    is_share: bool = True


@dataclass(slots=True)
class Tally:
    """How many spans of two people agree, in one way of counting, by nervaluate's names.

    ``missed`` are the first person's alone, ``spurious`` the second's alone.
    """

    correct: int = 0
    incorrect: int = 0
    partial: int = 0
    missed: int = 0
    spurious: int = 0

    def __iadd__(self, other: "Tally") -> Self:
        self.correct += other.correct
        self.incorrect += other.incorrect
        self.partial += other.partial
        self.missed += other.missed
        self.spurious += other.spurious
        return self

    @property
    def given(self) -> int:
        """How many spans both gave, those that answer to each other counted as two."""
        pairs = self.correct + self.incorrect + self.partial
        return 2 * pairs + self.missed + self.spurious

    @property
    def f1(self) -> Number:
        """F1 from 0 to 1: of all spans, those that agree; what is partial counts half."""
        if not self.given:
            return Number(None, "Nobody tagged anything here.")
        result = EvaluationResult(
            self.correct, self.incorrect, self.partial, self.missed, self.spurious
        )
        # Where nothing is partial, both formulas of nervaluate's are one.
        result.compute_metrics(partial_or_type=True)
        agreed = 2 * self.correct + self.partial
        return Number(float(result.f1), of=self.given, agreed=agreed)


@dataclass(slots=True)
class Compared:
    """The spans of two people, counted: may be added up over articles and pairs of people.

    ``confused`` are the kinds given by the two to the same words, ``named`` how many pairs of spans
    both say whom they name, ``same_named`` in how many of them it is the same.
    """

    tallies: dict[Scheme, Tally] = field(default_factory=lambda: {each: Tally() for each in Scheme})
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    named: int = 0
    same_named: int = 0

    def __iadd__(self, other: "Compared") -> Self:
        for scheme, tally in other.tallies.items():
            self.tallies[scheme] += tally
        self.confused.update(other.confused)
        self.named += other.named
        self.same_named += other.same_named
        return self

    def f1(self, scheme: Scheme) -> Number:
        """F1 in one way of counting."""
        return self.tallies[scheme].f1

    @property
    def kinds(self) -> Number:
        """Of the same words that both tagged, the share that has the same kind."""
        total = self.confused.total()
        same = sum(count for (one, other), count in self.confused.items() if one == other)
        if not total:
            return Number(None, "No words were tagged by both.")
        return Number(same / total, of=total, agreed=same)

    @property
    def entities(self) -> Number:
        """Of the same words and kind for which both name an entity, the share that is the same."""
        if not self.named:
            return Number(None, "No words were tagged by both with an entity.")
        return Number(self.same_named / self.named, of=self.named, agreed=self.same_named)


def compared(first: Sequence[Span], second: Sequence[Span]) -> Compared:
    """Count how far two people agree on an article."""
    found = Compared()
    places = by_place(first, second)
    found.tallies[Scheme.STRICT] = _tally(places, Scheme.STRICT)
    found.tallies[Scheme.EXACT] = _tally(places, Scheme.EXACT)
    found.tallies[Scheme.PARTIAL] = _tally(places, Scheme.PARTIAL)
    found.tallies[Scheme.KIND] = _tally(by_kind(first, second), Scheme.KIND)
    for one, other in places.pairs:
        if one.place != other.place:
            continue
        found.confused[one.kind, other.kind] += 1
        if one.kind == other.kind and one.named and other.named:
            found.named += 1
            found.same_named += one.named.is_same(other.named)
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two people differ; who tagged nothing there has None."""

    first: Span | None
    second: Span | None

    @property
    def place(self) -> tuple[int, int]:
        """The words of both."""
        spans = [span for span in (self.first, self.second) if span]
        return min(span.start for span in spans), max(span.end for span in spans)


def differences(first: Sequence[Span], second: Sequence[Span], measure: str) -> list[Difference]:
    """Return where two people differ by a measure, in order: a scheme, ``kinds`` or ``entities``.

    Of ``kinds`` those at the same words, of ``entities`` at the same words and of the same kind.
    """
    paired = by_kind(first, second) if measure == Scheme.KIND else by_place(first, second)
    found = [Difference(one, other) for one, other in paired.pairs if _differ(one, other, measure)]
    if measure in set(Scheme):
        found += [Difference(span, None) for span in paired.first]
        found += [Difference(None, span) for span in paired.second]
    return sorted(found, key=lambda each: each.place)


def _differ(one: Span, other: Span, measure: str) -> bool:
    match measure:
        case Scheme.STRICT:
            return (one.place, one.kind) != (other.place, other.kind)
        case Scheme.KIND:
            return one.kind != other.kind
        case "kinds":
            return one.place == other.place and one.kind != other.kind
        case "entities":
            if one.place != other.place or one.kind != other.kind:
                return False
            return bool(one.named and other.named and not one.named.is_same(other.named))
        case _:
            return one.place != other.place


def _tally(paired: Paired, scheme: Scheme) -> Tally:
    found = Tally(missed=len(paired.first), spurious=len(paired.second))
    for one, other in paired.pairs:
        if not _differ(one, other, scheme):
            found.correct += 1
        elif scheme is Scheme.PARTIAL:
            found.partial += 1
        else:
            found.incorrect += 1
    return found
