"""A link as a page shows it: its two articles, what one is from first, why, what people say."""

from dataclasses import dataclass, field
from itertools import groupby

from django.http import HttpRequest

from articles.models import Article, Corpus, Judgement, Link, LinkKind, Role, Version
from articles.models.lookups import any_id
from articles.parsed import Flag
from articles.related.comparing.comparison import RowFate, Text, compare
from articles.related.links import judging
from articles.related.links.first_side import in_order
from articles.related.links.kin import days_between, side_of
from articles.related.links.why import Why, why
from articles.text import BlockKind
from articles.views.editions.compare_drawing import Edition
from articles.views.editions.compare_lines import Line, lines_of
from articles.views.editions.compare_telling import labels_of, sentences

# A key of each kind, in queues.
KEYS = {
    LinkKind.SAME_TEXT: "s",
    LinkKind.EDITED_VERSION: "e",
    LinkKind.EXCERPT: "c",
    LinkKind.QUOTED_PASSAGE: "q",
    LinkKind.SAME_EVENT: "v",
    LinkKind.FOLLOW_UP: "f",
    LinkKind.BACKGROUND: "b",
    LinkKind.CORRECTION: "r",
    LinkKind.DISPUTES: "d",
}
# Lines of the same words in a row, of which these stay in sight at each end.
_SAME_IN_SIGHT = 1
_LINES = 80
_OPENING = 4
# How a direction is said, by kind, of the one that is from the other.
_SAYINGS = {
    LinkKind.FOLLOW_UP: "follows",
    LinkKind.BACKGROUND: "has as its background",
    LinkKind.CORRECTION: "corrects",
    LinkKind.DISPUTES: "disputes",
}


@dataclass(slots=True)
class Stretch:
    """Lines of a compact diff; ``fold`` says of what folded ones are: kept, cut or added."""

    lines: list[Line]
    fold: str = ""
    words: int = 0


@dataclass(slots=True)
class Diff:
    """Two texts side by side, what is alike folded; ``told`` is what it comes to."""

    stretches: list[Stretch]
    told: list[str]
    is_all: bool


@dataclass(slots=True)
class Side:
    """One of a link's two: its article, how a sentence names it, and how its text begins."""

    article: Article
    which: str
    label: str
    opening: list[str] = field(default_factory=list)
    is_cut_short: bool = False


@dataclass(slots=True)
class Shown:
    """A link with all that a page shows of it. ``sides`` are in order: see :func:`in_order`."""

    link: Link
    kind: LinkKind
    sides: tuple[Side, Side]
    why: Why
    reads: bool
    may_judge: bool
    is_member: bool
    judgements: list[Judgement] = field(default_factory=list)
    mine: Judgement | None = None
    diff: Diff | None = None

    @property
    def direction(self) -> str:
        """What is held of its direction, as a sentence; empty where that is open."""
        return self.directed(self.link.direction)

    def directed(self, which: str) -> str:
        """Return a direction as a sentence."""
        if which not in {"first", "second"}:
            return ""
        there = next(side for side in self.sides if side.which == which)
        other = next(side for side in self.sides if side.which != which)
        return f"{there.label} {_SAYINGS.get(self.kind, 'is from')} {other.label}"

    @property
    def directions(self) -> list[tuple[str, str, bool]]:
        """The directions that can be said, each in words, and whether it needs no note."""
        if self.kind is LinkKind.SAME_EVENT:
            return []
        return [
            (side.which, self.directed(side.which), judging.supports(self.link, side.which))
            for side in self.sides
        ]

    @property
    def others(self) -> list[tuple[LinkKind, str]]:
        """The other kinds that it may be, with their keys."""
        return [(kind, KEYS[kind]) for kind in LinkKind if kind is not self.kind]

    @property
    def disagree(self) -> bool:
        """Whether one confirmed and another rejected it."""
        return self.link.status == "disputed"


def shown(request: HttpRequest, link: Link, *, diff: bool = True) -> Shown:
    """Return a link as a page shows it to who asks; ``diff`` asks for the texts as well."""
    user = request.user
    reads = Link.objects.readable_by(user).filter(pk=link.pk).exists()
    corpora = Corpus.objects
    is_member = corpora.with_members(user).filter(pk=link.corpus_id).exists()
    found = Shown(
        link,
        LinkKind(link.kind),
        _sides(link),
        _why(link, reads=reads),
        reads,
        corpora.allowing(user, Role.ANNOTATOR).filter(pk=link.corpus_id).exists(),
        is_member,
    )
    if is_member:
        found.judgements = list(link.judgements.select_related("by").order_by("at", "pk"))
        found.mine = next((each for each in found.judgements if each.by_id == user.pk), None)
    if reads and diff:
        _add_texts(found)
    return found


def _why(link: Link, *, reads: bool) -> Why:
    versions = [each for each in (link.first_version_id, link.second_version_id) if each]
    known = Version.objects.filter(any_id("id", versions)).order_by() if reads else ()
    blocks = dict(known.values_list("pk", "blocks")) if known else {}
    return why(
        link if reads else None,
        days=days_between(link.first, link.second),
        first=side_of(link, blocks, is_first=True),
        second=side_of(link, blocks, is_first=False),
    )


def _sides(link: Link) -> tuple[Side, Side]:
    """Return both sides as they are shown."""
    pair = in_order(link)
    labels = labels_of(pair)
    which = ("first", "second") if pair[0] == link.first else ("second", "first")
    return Side(pair[0], which[0], labels[0]), Side(pair[1], which[1], labels[1])


def _add_texts(found: Shown) -> None:
    """Add what both texts are beside each other, or of kinds of events how each begins."""
    pks = [side.article.version_id for side in found.sides]
    versions = Version.objects.in_bulk([pk for pk in pks if pk is not None])
    texts = [versions.get(pk or 0) for pk in pks]
    for side, version in zip(found.sides, texts, strict=True):
        if version is not None:
            side.opening = _opening(version)
            side.is_cut_short = Flag.TRUNCATED in (version.read.get("flags") or ())
    if found.kind.is_of_text and texts[0] is not None and texts[1] is not None:
        found.diff = _diff(found.sides, texts[0], texts[1])


def _opening(version: Version) -> list[str]:
    body = [
        version.text[start:end]
        for kind, start, end in version.blocks
        if kind in (BlockKind.STANDFIRST, BlockKind.PARAGRAPH)
    ]
    return body[:_OPENING]


def _diff(sides: tuple[Side, Side], first: Version, second: Version) -> Diff:
    editions = [
        Edition(Text(version.text, version.spans), sign, side.label)
        for version, sign, side in zip((first, second), "ab", sides, strict=True)
    ]
    comparison = compare(editions[0].text, editions[1].text)
    # Both headlines stand above.
    lines = [
        line
        for line in lines_of(editions[0], editions[1], comparison)
        if any(each.kind != BlockKind.HEADLINE for cell in line.cells for each in cell)
    ]
    told = sentences(editions[0], editions[1], comparison)
    return Diff(_compact(lines[:_LINES]), list(told), len(lines) <= _LINES)


def _compact(lines: list[Line]) -> list[Stretch]:
    found: list[Stretch] = []
    for fate, group in groupby(lines, key=lambda line: line.fate):
        those = list(group)
        if fate in {RowFate.CUT, RowFate.ADDED}:
            side = 0 if fate is RowFate.CUT else 1
            found.append(_folded(those, fate.value, side))
        elif fate is RowFate.SAME and len(those) > 2 * _SAME_IN_SIGHT + 1:
            found += [
                Stretch(those[:_SAME_IN_SIGHT]),
                _folded(those[_SAME_IN_SIGHT:-_SAME_IN_SIGHT], "kept", 0),
                Stretch(those[-_SAME_IN_SIGHT:]),
            ]
        else:
            found.append(Stretch(those))
    return found


def _folded(lines: list[Line], fold: str, side: int) -> Stretch:
    words = sum(each.count for line in lines for each in line.cells[side])
    return Stretch(lines, fold, words)
