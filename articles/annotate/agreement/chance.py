"""Agreement beyond chance: Cohen's and Fleiss' kappa on words, Krippendorff's alpha on codes."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Literal

import krippendorff

from articles.annotate.agreement.agreement import Number
from articles.annotate.agreement.pairing import Span

# The kinds that lie on a word, in order; none: ().
type Labels = tuple[str, ...]

_NOTHING = Number(None, "There are no words to compare.")
_ALWAYS_SAME = (
    "Everyone says the same of every word, so nothing tells agreement from chance; κ needs two"
    " answers at least."
)


def labels_of(words: Sequence[tuple[int, int]], spans: Sequence[Span]) -> list[Labels]:
    """Return for each word the kinds of the spans that lie on any part of it.

    ``words`` are places in order, not overlapping.
    """
    starts = [start for start, _ in words]
    ends = [end for _, end in words]
    found: list[Labels] = [()] * len(words)
    for span in spans:
        # From the first word that ends behind its start to the last that begins before its end.
        first = bisect_left(ends, span.start + 1)
        for number in range(first, bisect_left(starts, span.end)):
            if span.kind not in found[number]:
                found[number] = tuple(sorted((*found[number], span.kind)))
    return found


def of_kind[C: Hashable](
    counted: Mapping[tuple[Labels, ...], int], kind: str
) -> Counter[tuple[bool, ...]]:
    """Return answers with only this left of each: whether the kind lies on the word."""
    found: Counter[tuple[bool, ...]] = Counter()
    for answers, count in counted.items():
        found[tuple(kind in answer for answer in answers)] += count
    return found


def cohen[L: Hashable](counted: Mapping[tuple[L, L], int]) -> Number:
    """Return Cohen's kappa of two people: ``counted`` are the answers of both with how often.

    1 is full agreement, 0 what chance gives by how often each gives each answer, below 0 less.
    """
    total = sum(counted.values())
    if not total:
        return _NOTHING
    first: Counter[L] = Counter()
    second: Counter[L] = Counter()
    same = 0
    for (one, other), count in counted.items():
        first[one] += count
        second[other] += count
        same += count * (one == other)
    expected = sum(first[answer] * second[answer] for answer in first)
    if expected == total * total:
        return Number(None, _ALWAYS_SAME, total, same, is_share=False)
    # In whole numbers as far as can be: what agrees fully is 1 to the last digit.
    value = (same * total - expected) / (total * total - expected)
    return Number(value, of=total, agreed=same, is_share=False)


def fleiss[L: Hashable](counted: Mapping[tuple[L, ...], int]) -> Number:
    """Return Fleiss' kappa: ``counted`` are the answers to a word, in any order, with how often.

    Words may have been read by different people, and by different numbers of them: each word counts
    by the share of its pairs of people who agree. Where all were read by as many, this is Fleiss'
    own.
    """
    read = {answers: count for answers, count in counted.items() if count and len(answers) > 1}
    total = sum(read.values())
    if not total:
        return Number(None, "No words were read by two people.")
    given: Counter[L] = Counter()
    agreement = 0.0
    for answers, count in read.items():
        counts = Counter(answers)
        people = len(answers)
        pairs = sum(each * (each - 1) for each in counts.values())
        agreement += count * pairs / (people * (people - 1))
        for answer, each in counts.items():
            given[answer] += each * count
    if len(given) == 1:
        return Number(None, _ALWAYS_SAME, total)
    answers_given = given.total()
    expected = sum((each / answers_given) ** 2 for each in given.values())
    return Number((agreement / total - expected) / (1 - expected), of=total, is_share=False)


type Level = Literal["nominal", "ordinal", "interval"]


def alpha(units: Sequence[Sequence[float]], level: Level) -> Number:
    """Return Krippendorff's alpha: of each unit the values given to it, by whomever.

    Values are numbers; of nominal ones any that tell them apart. Units with one value count for
    nothing. 1 is full agreement, 0 what chance gives.
    """
    paired = [unit for unit in units if len(unit) > 1]
    if not paired:
        return Number(None, "No article was coded by two people.")
    domain = sorted({value for unit in paired for value in unit})
    if len(domain) == 1:
        return Number(
            None,
            "Everyone gave the same value throughout, so nothing tells agreement from chance; α"
            " needs two values at least.",
            len(paired),
        )
    counts = [[Counter(unit)[value] for value in domain] for unit in paired]
    value = krippendorff.alpha(value_counts=counts, value_domain=domain, level_of_measurement=level)
    same = sum(len(set(unit)) == 1 for unit in paired)
    return Number(float(value), of=len(paired), agreed=same, is_share=False)
