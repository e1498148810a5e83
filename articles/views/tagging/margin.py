"""The margin beside a text: a line for each mention, by the blocks that they are in; as HTML.

Written in one loop rather than by a template for each: a long article has thousands.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from articles.annotate.codebooks.codebook import Content, Kind
from articles.annotate.tags.placed import Placed
from articles.annotate.tags.relating import Led
from articles.models import MentionOrigin, MentionStatus, Placing
from articles.views.tagging.tagged_text import escaped

# What stands in the margin of a passage or a mention without an entity.
QUOTED = 48
# So many lines a page shows at once; the lists that follow its scripts make when it is painted.
AT_ONCE = 100
COMMENTED = 400
# A kind that the codebook does not have (any more).
_UNKNOWN_COLOUR = 7

_MOVED = {
    Placing.CONTEXT: "moved with its words",
    Placing.FUZZY: "moved to words much like them",
    Placing.PLACED: "placed by hand",
}


def kind_of(content: Content, slug: str) -> Kind:
    """Return a kind of a codebook; one that it does not have goes by its word."""
    return content.kind(slug) or Kind(slug=slug, name=slug, colour=_UNKNOWN_COLOUR)


def relation_name(content: Content, slug: str) -> str:
    """Return what a relation is called; one that the codebook has no more goes by its word."""
    relation = content.relation(slug)
    return relation.name if relation else slug


@dataclass(frozen=True, slots=True)
class MarginList:
    """The ``count`` lines of a block's mentions; ``is_later`` if not shown at once: see AT_ONCE."""

    number: int
    lines: SafeString
    count: int
    is_later: bool


@dataclass(frozen=True, slots=True)
class Margin:
    """What a margin is written by.

    ``first`` leads to the words, see TaggedText; ``names_people`` says whether the reader is to
    know who tagged; ``may_tag`` whether they may change what stands there.
    """

    article: int
    content: Content
    first: Mapping[int, str]
    names_people: bool
    may_tag: bool
    # By the tag that they lead from.
    led: Mapping[int, Sequence[Led]] = field(default_factory=dict)

    def lists(
        self,
        spans: Sequence[tuple[int, int]],
        placed: Iterable[Placed],
        only: frozenset[int] | None = None,
    ) -> list[MarginList]:
        """Return for each block, or those of ``only``, the lines of its mentions."""
        starts = [start for start, _ in spans]
        lines: dict[int, list[str]] = {
            n: [] for n in range(len(spans)) if only is None or n in only
        }
        for each in placed:
            number = max(bisect_right(starts, each.start) - 1, 0)
            if number in lines:
                lines[number].append(self._line(each))
        before = accumulate((len(each) for each in lines.values()), initial=0)
        return [
            MarginList(
                number,
                mark_safe("".join(each)),  # noqa: S308 -- every piece is escaped
                len(each),
                is_later=bool(each) and count >= AT_ONCE,
            )
            for (number, each), count in zip(lines.items(), before, strict=False)
        ]

    def _line(self, placed: Placed) -> str:
        kind = kind_of(self.content, placed.kind)
        suggested = placed.status == MentionStatus.SUGGESTED
        quote = escaped(_short(placed.quote, QUOTED))
        if placed.entity_id:
            name = (
                f'<a class="note-name" href="{_entity(placed.entity_id)}" dir="auto">'
                f"{escaped(placed.entity_name)}</a>"
            )
        else:
            name = f'<bdi class="note-name">{quote}</bdi>'
        drawn = f"m{kind.colour} " + ("ms" if suggested else f"t{kind.colour}")
        entity = f' data-entity="{placed.entity_id}"' if placed.entity_id else ""
        own = " data-own" if placed.is_own else ""
        # What was settled in a task is shown here, and stays that task's.
        own += " data-gold" if placed.origin == MentionOrigin.GOLD else ""
        # Its key says which kind it is; where it has none, and to those who hear it, its name does.
        named = "" if kind.key else f' <span class="note-kind">{escaped(kind.name)}</span>'
        return (
            f'<li class="note{" is-suggested" if suggested else ""}" id="tag-{placed.id}"'
            f' data-mention="{placed.id}" data-kind="{escaped(placed.kind)}"{entity}{own}'
            f' data-revision="{placed.state}">'
            f'<a class="note-at {drawn}" href="#{self.first.get(placed.id, "")}"'
            f' aria-label="{escaped(kind.name)}, in the text: {quote}">'
            f"{escaped(kind.key) or '·'}</a>"
            f"{name}{named}{self._about(placed, suggested=suggested)}"
            f"{self._acts(placed, suggested=suggested)}{_comment(placed)}</li>"
        )

    def _about(self, placed: Placed, *, suggested: bool) -> str:
        """Return what more is known of a mention than what and where it is."""
        facts = [f"{escaped(name)}: {escaped(str(v))}" for name, v in placed.attributes.items()]
        facts += [
            f"{escaped(relation_name(self.content, led.kind))}: "
            f'<a data-relation="{escaped(led.kind)}" href="#tag-{led.target}">'
            f"<bdi>{escaped(_short(led.name, QUOTED))}</bdi></a>"
            for led in self.led.get(placed.id, ())
        ]
        if suggested:
            sure = f" {placed.score:.2f}" if placed.score is not None else ""
            facts.append(f"{escaped(placed.maker) or 'suggested'}{sure}")
        elif self.names_people and placed.by_name and not placed.is_own:
            facts.append(f"by <bdi>{escaped(placed.by_name)}</bdi>")
        if placed.placing in _MOVED:
            moved = _MOVED[Placing(placed.placing)]
            facts.append(moved if placed.sure >= 1 else f"{moved}, {placed.sure:.2f} sure")
        return f' <span class="note-about">{"; ".join(facts)}</span>' if facts else ""

    def _acts(self, placed: Placed, *, suggested: bool) -> str:
        if not self.may_tag:
            return ""
        of = escaped(_short(placed.entity_name or placed.quote, QUOTED))
        acts = ""
        if suggested:
            acts = (
                f'<button name="accept" value="{placed.id}" aria-label="Accept {of}">✓</button>'
                f'<button name="reject" value="{placed.id}" aria-label="Reject {of}">✗</button>'
            )
        return (
            f' <span class="note-acts">{acts}<a href="{_tag(self.article, placed.id)}"'
            f' aria-label="Change {of}">…</a></span>'
        )


def _comment(placed: Placed) -> str:
    if not placed.comment:
        return ""
    said = escaped(_short(placed.comment, COMMENTED))
    return f' <q class="note-comment" dir="auto">{said}</q>'


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


# Reversing an address takes as long as writing all of a line.
@lru_cache(maxsize=1)
def _addresses() -> tuple[str, str]:
    return reverse("entity-detail", args=[0]), reverse("tag-edit", args=[0, 0])


def _entity(pk: int) -> str:
    return _addresses()[0].replace("/0/", f"/{pk}/")


def _tag(article: int, pk: int) -> str:
    return _addresses()[1].replace("/0/", f"/{article}/", 1).replace("/0/", f"/{pk}/", 1)
