"""Which article of a story is from which: a tree where direction is known, else an order in time.

Direction is known where a link has it: byline, agency, dateline or time supports it, or a person
said so. Where it is not, nothing is claimed: the earliest known copy stands first and says so. An
agency that is credited, but whose own copy is not here, stands over those that credit it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q

from articles.models import Article, Link, LinkKind, LinkStatus
from articles.models.corpora import Visitor
from articles.models.folding import fold
from articles.models.links import OF_TEXT, Direction
from articles.models.lookups import any_id
from articles.related.stories.story_whole import First, Whole, first_of, in_time

# So many links are read; the page says where there are more.
MOST_LINKS = 5_000
# Copies of copies of copies stand beside each other from here on.
DEEPEST = 8


class Tie(NamedTuple):
    """A link as the drawing needs it. Shares are of the article's own words, None if not known."""

    link: int
    first: int
    second: int
    kind: LinkKind
    status: LinkStatus
    direction: str
    first_share: float | None
    second_share: float | None

    @property
    def child(self) -> int:
        """The one that is from the other; only where direction is known."""
        return self.first if self.direction == Direction.FIRST else self.second

    @property
    def parent(self) -> int:
        """The one that the other is from; only where direction is known."""
        return self.second if self.direction == Direction.FIRST else self.first

    def share_of(self, article: int) -> float | None:
        """Return how much of an article's words both have."""
        return self.first_share if article == self.first else self.second_share

    def other(self, article: int) -> int:
        """Return the other side."""
        return self.second if article == self.first else self.first


@dataclass(slots=True)
class Branch:
    """An article, or an agency whose copy is not here, and what is from it.

    ``tie`` is the link to what it stands under. Where no line of descent is known, ``likeness`` is
    its link to another one of the strand, ``like``. ``first`` says who of its strand was first, if
    it is (one of) those.
    """

    article: Article | None
    agency: str = ""
    tie: Tie | None = None
    likeness: Tie | None = None
    like: Article | None = None
    first: First | None = None
    children: list["Branch"] = field(default_factory=list)

    @property
    def kept(self) -> float | None:
        """How much of what it is from it kept; None if that is not known."""
        return self.tie.share_of(self.tie.parent) if self.tie else None

    @property
    def own(self) -> float | None:
        """How much of it is from there; None if that is not known."""
        return self.tie.share_of(self.tie.child) if self.tie else None


@dataclass(frozen=True, slots=True)
class Strand:
    """Articles that share text, as trees: one where all descent is known.

    The first of several begins with the earliest known copy, as far as days tell.
    """

    roots: Sequence[Branch]
    size: int

    @property
    def is_known(self) -> bool:
        """Whether all of it is from one."""
        return len(self.roots) == 1


@dataclass(frozen=True, slots=True)
class Descent:
    """All strands of a story, the largest first, and the lines of descent that are known.

    ``alone`` counts articles that share text with none of the others.
    """

    strands: Sequence[Strand]
    lines: Sequence[Tie]
    alone: int
    is_whole: bool


def descent(told: Whole, user: Visitor) -> Descent:
    """Return what is known of who took a story's text from whom."""
    ties = list(_ties(told, user))
    known = [tie for tie in ties if tie.direction]
    by_id = {article.pk: article for article in told.articles}
    groups = _groups(told, ties)
    parents = _parents(known, by_id)
    strands = [
        _strand(members, by_id, parents, ties, told.agencies)
        for members in groups
        if len(members) > 1
    ]
    strands.sort(key=lambda strand: -strand.size)
    alone = sum(len(members) == 1 for members in groups)
    lines = [parents[child] for child in sorted(parents)]
    return Descent(strands, lines, alone, is_whole=len(ties) < MOST_LINKS)


def _ties(told: Whole, user: Visitor) -> Iterator[Tie]:
    """Yield links of text within a story: all whose direction is known, and those to the leads.

    Five hundred copies of one text are a hundred thousand pairs; which of them are one text, their
    group says.
    """
    ids = [article.pk for article in told.articles]
    leads = [text.lead.pk for text in told.texts]
    of_leads = Q(any_id("first_id", leads)) | Q(any_id("second_id", leads))
    rows = (
        Link.objects.visible_to(user)
        .held()
        .filter(any_id("first_id", ids), any_id("second_id", ids), kind__in=OF_TEXT)
        .filter(~Q(direction="") | of_leads)
        .order_by("-direction", "pk")
        .values_list(
            "pk", "first_id", "second_id", "kind", "status", "direction",
            "evidence__first_share", "evidence__second_share",
        )[:MOST_LINKS]
    )  # fmt: skip
    for pk, first, second, kind, status, direction, *shares in rows:
        # Evidence is of the texts: for those who may read them.
        ours, theirs = (_share(share) if told.is_readable else None for share in shares)
        yield Tie(pk, first, second, LinkKind(kind), LinkStatus(status), direction, ours, theirs)


def _share(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _groups(told: Whole, ties: Iterable[Tie]) -> list[list[int]]:
    """Return the articles that hang together by text, each group in order of time."""
    leader = {article.pk: article.pk for article in told.articles}

    def head(pk: int) -> int:
        while leader[pk] != pk:
            leader[pk] = leader[leader[pk]]
            pk = leader[pk]
        return pk

    for text in told.texts:
        for other in text.others:
            leader[head(other.pk)] = head(text.lead.pk)
    for tie in ties:
        leader[head(tie.first)] = head(tie.second)
    groups: dict[int, list[int]] = {}
    for article in told.articles:
        groups.setdefault(head(article.pk), []).append(article.pk)
    return list(groups.values())


def _parents(known: Sequence[Tie], by_id: Mapping[int, Article]) -> dict[int, Tie]:
    """Return for each article the one link to what it is from; never in a circle."""
    parents: dict[int, Tie] = {}
    for tie in sorted(known, key=_rank(by_id)):
        if tie.child in parents:
            continue
        above = tie.parent
        while above != tie.child and above in parents:
            above = parents[above].parent
        if above != tie.child:
            parents[tie.child] = tie
    return parents


def _rank(by_id: Mapping[int, Article]) -> Callable[[Tie], tuple[object, ...]]:
    """Return what puts first what a person confirmed, then the closer kind, the larger share."""
    kinds = list(OF_TEXT)
    return lambda tie: (
        tie.status != LinkStatus.ACCEPTED,
        kinds.index(tie.kind),
        -(tie.share_of(tie.child) or 0),
        in_time(by_id[tie.parent]),
        tie.link,
    )


def _strand(
    members: Sequence[int],
    by_id: Mapping[int, Article],
    parents: Mapping[int, Tie],
    ties: Sequence[Tie],
    agencies: Mapping[int, Sequence[str]],
) -> Strand:
    """Return articles that hang together, in order of time, as trees."""
    branches = {pk: Branch(by_id[pk], tie=parents.get(pk)) for pk in members}
    roots = []
    for pk in members:
        tie = parents.get(pk)
        if tie is None:
            roots.append(branches[pk])
        else:
            branches[_shallow(tie.parent, parents)].children.append(branches[pk])
    first = first_of(by_id[pk] for pk in members)
    if first is not None and roots[0].article in first.articles:
        roots[0].first = first
    for root in roots if roots[0].first is None else roots[1:]:
        if root.article is not None:
            root.likeness = _likeness(root.article.pk, members[0], ties)
            other = root.likeness.other(root.article.pk) if root.likeness else None
            root.like = by_id[other] if other else None
    return Strand(_under_agencies(roots, members, by_id, agencies), len(members))


def _likeness(pk: int, earliest: int, ties: Sequence[Tie]) -> Tie | None:
    """Return what best says that an article is of its strand: its tie to the earliest, or any."""
    kinds = list(OF_TEXT)
    mine = (tie for tie in ties if not tie.direction and pk in {tie.first, tie.second})
    return min(
        mine,
        key=lambda tie: (tie.other(pk) != earliest, kinds.index(tie.kind), tie.link),
        default=None,
    )


def _shallow(pk: int, parents: Mapping[int, Tie]) -> int:
    """Return where what is from an article is drawn: with it, or higher where that is deep."""
    line = [pk]
    while line[-1] in parents:
        line.append(parents[line[-1]].parent)
    return line[max(len(line) - DEEPEST, 0)]


def _under_agencies(
    roots: Sequence[Branch],
    members: Sequence[int],
    by_id: Mapping[int, Article],
    agencies: Mapping[int, Sequence[str]],
) -> list[Branch]:
    """Return trees with those that credit an agency under it, unless its own copy is here."""
    sources = (by_id[pk].source for pk in members)
    here = {fold(source.name) for source in sources if source is not None}
    found: list[Branch] = []
    over: dict[str, Branch] = {}
    for root in roots:
        named = agencies.get(root.article.pk, []) if root.article else []
        absent = [name for name in named if fold(name) not in here]
        if not absent:
            found.append(root)
            continue
        agency = absent[0]
        if agency not in over:
            over[agency] = Branch(None, agency)
            found.append(over[agency])
        over[agency].children.append(root)
    return found
