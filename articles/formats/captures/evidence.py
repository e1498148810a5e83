"""What speaks for some lines of a capture being one article, and for a border between two.

The weights stand in one table; they say what outweighs what.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import median

from articles.formats.captures.labels import Label, Labelled, is_standfirst

# What speaks for reading some lines as one article (+) or against it (-).
_ARTICLE = -4.0  # one more article must be worth its while
_NO_HEADLINE = -1.0
_TWO_HEADLINES = -1.0  # one above the body and another below
_HEADLINE = 1.5  # a heading at the edge, and as much again for words it shares with the body
_POINTS = 1.0  # key points at the edge, by the words they share with the body
_NO_BODY = -3.0
_DATELINE_FIRST = 2.0
_DATELINE_AMID = -4.0
_HEADER_AMID = -3.0
_RIGHTS_AMID = -2.0
_RIGHTS_FIRST = -4.0  # a rights line closes what stands above it
_AFTER_RIGHTS = -1.5
_AFTER_BREAK = -1.0  # beside what a break costs amid the body
_HEADERS_BELOW = -1.0  # header lines below the body, with no headline there
_HEADERS_PARTED = -1.5  # a border between two header lines of one block
_HEAD_PARTED = -1.5  # a border below a heading and above its points or header lines
_CUT_AMID = -3.0
_BREAK_AMID = -1.5
_JUNK_AMID = -0.2
_JUNK_ABOVE = 1.0  # two lines of navigation and sharing or more right above a border
_REPEAT_AFAR = -0.7  # a line whose original would be in another article …
_REPEATS_AFAR = -6.0  # … at most
# Two articles share some of their words (the language's), paragraphs of one article rather more.
# Measured on 1,076 articles in 20 languages, eight paragraphs a side: nine in ten pairs of articles
# in one language share less than this, eight in ten places within an article share more.
_COMMON_SHARE = 0.21
_COHESION = -20.0  # by how far the share is above or below
# In languages whose words we cut badly all shares are lower: then this part of the capture's own.
_USUAL = 0.75
_SAMPLED = 200
_COHESION_LEAST, _COHESION_MOST = -3.0, 2.0
_HEADERS = 2.0  # header lines beside the body
IMPOSSIBLE = float("-inf")

_CROSSHEAD_WORDS = 3
# Words shared with the body beyond this share speak for a heading, below it against it.
_FAIR_SHARE = 0.35
_NEAREST = 2
_TELLING = 8  # fewer words than these compare badly
_NOT_KNOWN = -1.0
_NEAR = 8  # paragraphs on each side of a border that are compared
_FAR = 24  # paragraphs in which a heading's words are looked for
_CLOSING = frozenset({Label.RIGHTS, Label.CREDIT, Label.NOTE})
_FIELDS_OF_A_HEAD = frozenset({"published", "byline", "source", "headline"})


@dataclass(frozen=True, slots=True)
class _Edge:
    """What stands above or below a body: lines of headings and key points, fields of headers."""

    titles: list[int]
    points: list[int]
    fields: set[str]


class Evidence:
    """Scores of possible articles and borders, from sums over the lines that are prepared once."""

    def __init__(
        self, lines: Sequence[Labelled], repeats: dict[int, int], kept: Sequence[int]
    ) -> None:
        index = {at: place for place, at in enumerate(kept)}
        self.lines = [lines[at] for at in kept]
        self.length = len(kept)
        self._repeats = {index[at]: index[first] for at, first in repeats.items()}
        self._repeating = sorted(self._repeats)
        self._breaks = _crossed(lines, kept, Label.BREAK)
        self._junk = _crossed(lines, kept, Label.JUNK)
        self._body = [
            at
            for at, line in enumerate(self.lines)
            if line.is_text and (line.label is Label.QUOTE or line.text)
        ]
        self._where: dict[str, list[int]] = defaultdict(list)
        for place, at in enumerate(self._body):
            for stem in self.lines[at].stems:
                self._where[stem].append(place)
        self._edges: dict[tuple[int, int], _Edge] = {}
        self._fits: dict[tuple[int, int, int], float] = {}
        self._shares: dict[tuple[int, int], float | None] = {}
        self._sums = self._prepare()
        self._usual = self._usual_share()

    def places(self) -> list[int]:
        """Return where an article may start: wherever something other than plain text adjoins."""
        return [0, *(at for at in range(1, self.length) if self._may_start(at))]

    def _may_start(self, at: int) -> bool:
        line, above = self.lines[at], self.lines[at - 1]
        if at in self._repeats and not self._breaks[at]:
            first, before = self._repeats[at], self._repeats.get(at - 1, at - 1)
            if first in {before, before + 1} or line.label in {Label.BODY, Label.POINT}:
                return False
        if self._breaks[at] or line.dated_place or above.mark:
            return True
        if not (line.is_text and above.is_text):
            return not (self._is_crosshead(at) or self._is_crosshead(at - 1))
        return False

    def _is_crosshead(self, at: int) -> bool:
        """Whether a lone short heading stands between paragraphs."""
        line = self.lines[at]
        if line.label is not Label.TITLE or line.words > _CROSSHEAD_WORDS:
            return False
        below = self.lines[at + 1] if at + 1 < self.length else None
        above = self.lines[at - 1] if at else None
        return bool(
            above and below and above.is_text and below.is_text and not below.dated_place
        ) and not (self._breaks[at] or self._breaks[at + 1])

    def _prepare(self) -> dict[str, list[float]]:
        """Return running sums of what costs something amid an article's body."""
        cost = [self._amid(at) for at in range(self.length)]
        datelines = [
            _DATELINE_AMID if line.dated_place and at not in self._repeats else 0.0
            for at, line in enumerate(self.lines)
        ]
        fresh = [
            float(at not in self._repeats and line.label not in {Label.HEADER, Label.RIGHTS})
            for at, line in enumerate(self.lines)
        ]
        return {
            name: [0.0, *accumulate(values)]
            for name, values in (
                ("amid", cost),
                ("apart", [self._apart(at) for at in range(self.length)]),
                ("datelines", datelines),
                ("fresh", fresh),
            )
        }

    def _amid(self, at: int) -> float:
        line = self.lines[at]
        cost = _BREAK_AMID * bool(self._breaks[at]) + _JUNK_AMID * bool(self._junk[at])
        if at in self._repeats:
            return cost
        cost += _CUT_AMID * (bool(line.mark) and at + 1 not in self._repeats)
        if line.label is Label.HEADER:
            fields = {header.field for header in line.headers}
            cost += _HEADER_AMID * len(fields & _FIELDS_OF_A_HEAD)
        elif line.label is Label.RIGHTS:
            cost += _RIGHTS_AMID
        return cost

    def _apart(self, at: int) -> float:
        """Return what it costs that a line goes on with an article that was closed above it."""
        if at in self._repeats:
            return 0.0
        cost = _AFTER_BREAK * bool(self._breaks[at])
        if at and self.lines[at - 1].label is Label.RIGHTS:
            cost += _AFTER_RIGHTS * (self.lines[at].label not in _CLOSING)
        return cost

    def _sum(self, name: str, start: int, end: int) -> float:
        sums = self._sums[name]
        return sums[end] - sums[start] if end > start else 0.0

    def article(self, start: int, end: int) -> float:
        """Score lines ``start`` to ``end`` as one article."""
        if start and not self._sum("fresh", start, end):
            return IMPOSSIBLE  # only repeats and header lines
        first = bisect_left(self._body, start)
        last = bisect_left(self._body, end) - 1
        if first > last:
            return self._without_body(start, end)
        first += self._begins_with_standfirst(start, first, last)
        top, bottom = self._body[first], self._body[last]
        score = _ARTICLE + self._sum("amid", top + 1, bottom)
        score += self._sum("apart", start + 1, end)
        score += self._sum("datelines", top + 1, bottom + 1)
        score += _DATELINE_FIRST * self.lines[top].dated_place
        score += _CUT_AMID * bool(self.lines[top].mark and bottom > top)
        score += self._heads(range(start, top), range(bottom + 1, end), (top, bottom + 1))
        return score + self._repeats_afar(start, end)

    def _begins_with_standfirst(self, start: int, first: int, last: int) -> bool:
        """Whether the first running text of an article is its standfirst and not yet its body."""
        if first == last:
            return False
        at, body = self._body[first], self._body[first + 1]
        heads = range(start, at)
        if not any(self._is_heading(line) for line in heads) or body in self._repeats:
            return False
        if any(self._is_header(line) for line in heads) and not self.lines[body].dated_place:
            return False
        return is_standfirst(self.lines[at], self.lines[at + 1 : body], self.lines[body])

    def _without_body(self, start: int, end: int) -> float:
        if not any(line.label is Label.TITLE for line in self.lines[start:end]):
            return IMPOSSIBLE if start or end < self.length else 0.0
        return _ARTICLE + _NO_BODY

    def _heads(self, above: range, below: range, body: tuple[int, int]) -> float:
        """Score the headings and key points above and below a body."""
        score = 0.0
        edges = [self._edge(part.start, part.stop) for part in (above, below)]
        titles = [self._fresh(edge.titles, above.start) for edge in edges]
        points = [self._fresh(edge.points, above.start) for edge in edges]
        heads = [part for part in titles if part]
        if not heads:
            score += _NO_HEADLINE
        else:
            share = self._share(heads[0][0], body)
            score += _HEADLINE * (1 + (share - _FAIR_SHARE) / (1 - _FAIR_SHARE))
        if len(heads) == 2:
            score += _TWO_HEADLINES
        for part in points:
            if part:
                share = sum(self._share(at, body) for at in part) / len(part)
                score += _POINTS * (share - _FAIR_SHARE) / (1 - _FAIR_SHARE)
        if points[0] and points[1]:
            score += _TWO_HEADLINES
        stated = [edge.fields for edge in edges]
        score += _HEADERS * bool(stated[0] or stated[1])
        # A field stated above a body and stated otherwise below it belongs to two articles.
        score += _HEADER_AMID * len(stated[0] & stated[1])
        return score + _HEADERS_BELOW * bool(stated[1] and not titles[1])

    def _edge(self, first: int, last: int) -> "_Edge":
        """Return what stands between two lines at an article's edge."""
        known = self._edges.get((first, last))
        if known is None:
            part = range(first, last)
            fields = {
                header.field
                for at in part
                if at not in self._repeats and self._is_header(at)
                for header in self.lines[at].headers
            }
            known = self._edges[first, last] = _Edge(
                [at for at in part if self._is_heading(at)],
                [at for at in part if self.lines[at].label is Label.POINT],
                fields & _FIELDS_OF_A_HEAD,
            )
        return known

    def _is_heading(self, at: int) -> bool:
        line = self.lines[at]
        return line.label is Label.TITLE or any(h.field == "headline" for h in line.headers)

    def _is_header(self, at: int) -> bool:
        return self.lines[at].label is Label.HEADER

    def _fresh(self, found: list[int], start: int) -> list[int]:
        """Return the lines among ``found`` that repeat no line of the article from ``start``."""
        return [at for at in found if self._repeats.get(at, -1) < start]

    def _share(self, at: int, body: tuple[int, int]) -> float:
        """Return how well a heading fits a body, from 0 to 1.

        That is the mean of two shares: of its words (rare ones weigh more) that the body uses, and
        of the first paragraphs that use any of them. A crosshead is about the next few lines only.
        """
        first = bisect_left(self._body, body[0])
        last = min(bisect_left(self._body, body[1]), first + _FAR)
        known = self._fits.get((at, first, last))
        if known is None:
            known = self._fits[at, first, last] = self._count_fit(at, first, last)
        return known

    def _count_fit(self, at: int, first: int, last: int) -> float:
        used = whole = 0.0
        touched: set[int] = set()
        for stem in self.lines[at].stems:
            where = self._where.get(stem, ())
            weight = 1 / (1 + len(where)) ** 0.5
            place = bisect_left(where, first)
            end = bisect_left(where, last, lo=place)
            whole += weight
            used += weight * (end > place)
            touched.update(where[place : bisect_left(where, first + _NEAR, place, end)])
        if not whole:
            return _FAIR_SHARE
        return (used / whole + len(touched) / max(1, min(_NEAR, last - first))) / 2

    def _repeats_afar(self, start: int, end: int) -> float:
        within = self._repeating[
            bisect_left(self._repeating, start) : bisect_left(self._repeating, end)
        ]
        afar = sum(self._repeats[at] < start for at in within)
        return max(_REPEATS_AFAR, _REPEAT_AFAR * afar)

    def border(self, at: int, end: int) -> float:
        """Score a border above line ``at``, where an article begins that ends at ``end``."""
        if not at:
            return 0.0
        closes = self.lines[at].label in {Label.RIGHTS, Label.CREDIT}
        score = _RIGHTS_FIRST * closes + _JUNK_ABOVE * (self._junk[at] > 1)
        if not self._breaks[at]:
            parted = self._is_header(at) and self._is_header(at - 1)
            score += _HEADERS_PARTED * (parted and not self.lines[at].line.gap)
            goes_on = self.lines[at].label in {Label.HEADER, Label.POINT}
            score += _HEAD_PARTED * (goes_on and self._is_heading(at - 1))
        return score + self._unlike(at, end)

    def _unlike(self, at: int, end: int) -> float:
        """Score how little the paragraphs above and below a border have in common."""
        place = bisect_left(self._body, at)
        if place < len(self._body) and self._body[place] in self._repeats:
            return 0.0  # repeats are counted by themselves
        share = self._common_share(place, min(_NEAR, bisect_left(self._body, end) - place))
        if share is None:
            return 0.0
        return min(_COHESION_MOST, max(_COHESION_LEAST, _COHESION * (share - self._usual)))

    def _usual_share(self) -> float:
        """Return the share below which a border is likely, lower where all shares are low."""
        step = 1 + len(self._body) // _SAMPLED
        shares = [self._common_share(place, _NEAR) for place in range(2, len(self._body) - 1, step)]
        known = [share for share in shares if share is not None]
        return min(_COMMON_SHARE, _USUAL * median(known)) if known else _COMMON_SHARE

    def _common_share(self, place: int, below_most: int) -> float | None:
        """Return the share of words in common above and below a place in the running text."""
        known = self._shares.get((place, below_most), _NOT_KNOWN)
        if known == _NOT_KNOWN:
            known = self._shares[place, below_most] = self._count_share(place, below_most)
        return known

    def _count_share(self, place: int, below_most: int) -> float | None:
        """Compare with the next paragraphs above alone as well: beyond may be another article."""
        below = self._stems(place, place + below_most)
        shares = [
            len(above & below) / min(len(above), len(below))
            for near in (_NEAREST, _NEAR)
            if min(len(above := self._stems(max(0, place - near), place)), len(below)) >= _TELLING
        ]
        return max(shares, default=None)

    def _stems(self, first: int, last: int) -> frozenset[str]:
        """Return the words of some paragraphs of the running text."""
        return frozenset[str]().union(*(self.lines[at].stems for at in self._body[first:last]))


def _crossed(lines: Sequence[Labelled], kept: Sequence[int], label: Label) -> list[int]:
    """Return for each kept line how many lines of ``label`` stand between it and the one above."""
    marks: list[int] = []
    before = -1
    for at in kept:
        between = lines[before + 1 : at] if before >= 0 else ()
        marks.append(sum(line.label is label for line in between))
        before = at
    return marks
