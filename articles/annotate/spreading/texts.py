"""Texts in which names are looked for, what is tagged in them already, and places as lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User

from articles.annotate.tags.layers import Layer
from articles.models import Anchor, Article, Assignment, Corpus, MentionStatus
from articles.models.lookups import any_id

# How much of a text stands on either side of a place in a line.
_CONTEXT = 70
# What is read of an article beside its text.
OF_ARTICLE = (
    "language", "headline", "source__name", "published_date", "published_precision",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A version of an article that the same is looked for in."""

    article_id: int
    version_id: int
    text: str
    blocks: Sequence[Sequence[Any]]
    language: str | None
    headline: str = ""
    source: str = ""
    published: date | None = None
    precision: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A place where the same stands, with what stands around it; code points, ``end`` exclusive."""

    article_id: int
    version_id: int
    start: int
    end: int
    left: str
    quote: str
    right: str
    sure: float
    headline: str = ""
    source: str = ""
    published: date | None = None
    precision: str = ""
    language: str = ""

    @property
    def place(self) -> str:
        """The place as a form names it."""
        return f"{self.version_id}-{self.start}-{self.end}"


def texts_of(by: User | None, corpus: Corpus, ids: Sequence[int]) -> list[Text]:
    """Return the current versions of articles of a corpus, in the order of their ids.

    Those are left out that ``by`` has in open blind work: they are tagged there.
    """
    wanted = Article.objects.filter(
        any_id("id", ids), corpus=corpus, standing=True, version__isnull=False
    )
    if by is not None:
        blinding = Assignment.objects.blinding(by)
        blind = list(blinding.order_by().values_list("item__article_id", flat=True))
        wanted = wanted.exclude(pk__in=blind) if blind else wanted
    rows = wanted.order_by().values_list(
        "pk", "version_id", "version__text", "version__blocks", *OF_ARTICLE
    )
    known = {row[0]: text_of_row(row) for row in rows}
    return [known[pk] for pk in ids if pk in known]


class Taken:
    """What was tagged or rejected in some versions, in one layer; suggestions too if asked for.

    A suggestion does not stand in the way of a tag: it is accepted by it.
    """

    def __init__(
        self, layer: Layer, versions: Iterable[int], *, with_suggestions: bool = False
    ) -> None:
        anchors = Anchor.objects.filter(any_id("version_id", versions), start__isnull=False)
        anchors = anchors.filter(mention__task=layer.task, mention__layer_of=layer.layer_of)
        if not with_suggestions:
            anchors = anchors.exclude(mention__status=MentionStatus.SUGGESTED)
        rows = anchors.order_by().values_list(
            "version_id", "start", "end", "mention__status", "mention__entity_id"
        )
        self._places: set[tuple[int, int, int]] = set()
        self._over: dict[int, list[tuple[int, int]]] = {}
        for version, start, end, status, entity in rows:
            if start is None or end is None:
                continue
            self._places.add((version, start, end))
            if status == MentionStatus.SUGGESTED or (
                entity is not None and status == MentionStatus.ACCEPTED
            ):
                self._over.setdefault(version, []).append((start, end))

    def has(self, version: int, start: int, end: int) -> bool:
        """Whether anything is tagged at just this place, or anyone over it."""
        if (version, start, end) in self._places:
            return True
        over = self._over.get(version, ())
        return any(first < end and start < last for first, last in over)

    def add(self, version: int, start: int, end: int) -> None:
        """Take a place, and what lies over it."""
        self._places.add((version, start, end))
        self._over.setdefault(version, []).append((start, end))


def line_of(text: Text, start: int, end: int, sure: float) -> Line:
    """Return a place of a text with what stands around it in its block."""
    low, high = _block(text.blocks, start)
    left = text.text[max(low, start - _CONTEXT) : start]
    right = text.text[end : min(high, end + _CONTEXT)]
    return Line(
        text.article_id, text.version_id, start, end,
        " ".join(left.split()) + (" " if left[-1:].isspace() else ""),
        text.text[start : end],
        (" " if right[:1].isspace() else "") + " ".join(right.split()),
        sure, text.headline, text.source, text.published, text.precision, text.language or "",
    )  # fmt: skip


def _block(blocks: Sequence[Sequence[Any]], place: int) -> tuple[int, int]:
    for _, start, end in blocks:
        if start <= place < end:
            return start, end
    return place, place


def text_of_row(row: Sequence[Any]) -> Text:
    """Return a row of TEXT_COLUMNS as a text."""
    pk, version, text, blocks, language, headline, source, published, precision = row
    return Text(
        pk,
        version,
        text,
        blocks,
        language,
        headline or "",
        source or "",
        published,
        precision or "",
    )
