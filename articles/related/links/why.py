"""Why two articles are held to be related, in words: what a link's evidence says."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from articles.models import Link, LinkKind
from articles.related.comparing.named import UNKNOWN
from articles.related.matching.wording import BODY

NAMES_TOLD = 5
# Of what is no sentence, so many words are nothing to miss.
_PARAGRAPH_CHARACTERS = 25
# As a share of a text these are all of it and none.
_ALL, _NONE = 0.995, 0.005


@dataclass(frozen=True, slots=True)
class Side:
    """One of two articles: whose it is, and the blocks of the text that the evidence is of.

    ``is_this`` says that it is the one whose page one is on.
    """

    name: str
    is_this: bool = False
    blocks: Sequence[Sequence[Any]] = ()
    is_current: bool = True

    @property
    def text(self) -> str:
        """Its text, as a sentence names it."""
        if self.is_this:
            return "this text"
        if not self.name:
            return UNKNOWN
        return f"{_the(self.name)}’s text"

    @property
    def one(self) -> str:
        """It, after its text was named: ``in this one``."""
        if self.is_this:
            return "this one"
        return f"{_the(self.name)}’s" if self.name else "the other"


@dataclass(frozen=True, slots=True)
class Why:
    """What a link rests on: parts of a sentence, and the larger share of a text (0 to 1)."""

    parts: tuple[str, ...]
    share: float | None = None
    is_current: bool = True
    because: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The parts as one, with a capital letter."""
        said = "; ".join(self.parts)
        return said[:1].upper() + said[1:]


def why(link: Link | None, *, days: int | None, first: Side, second: Side) -> Why:
    """Return what a link rests on; of one whose texts are not to be read (None) the days alone."""
    parts: list[str] = []
    share = None
    because: tuple[str, ...] = ()
    is_current = True
    if link is not None and link.evidence:
        evidence = link.evidence
        if LinkKind(link.kind).is_of_text and evidence.get("words"):
            parts += _shared(link, first, second)
            share = max(evidence.get("first_share", 0.0), evidence.get("second_share", 0.0))
        parts += _in_common(evidence)
        because = tuple(evidence.get("direction", {}).get("because", ()))
        is_current = first.is_current and second.is_current
    if days is not None:
        parts.append("the same day" if days == 0 else f"{days:,} {_many('day', days)} apart")
    return Why(tuple(parts), share, is_current, because)


def _shared(link: Link, first: Side, second: Side) -> Iterator[str]:
    """Yield what two texts share, told of the one of which more is shared."""
    evidence: dict[str, Any] = link.evidence
    shares = evidence.get("first_share", 0.0), evidence.get("second_share", 0.0)
    whose = 0 if shares[0] > shares[1] else 1
    # Of two alike, the other's is told.
    if abs(shares[0] - shares[1]) < _NONE:
        whose = 1 if first.is_this else 0
    side, other = (first, second) if whose == 0 else (second, first)
    total = evidence.get("passages_total") or len(evidence.get("passages", ()))
    counted = f"{total:,} {_many('passage', total)}" if total > 1 else "one passage"
    # Of neither it is known whose it is, and neither is the one whose page this is.
    mine = "one text" if side.text == other.text == UNKNOWN else side.text
    if link.kind == LinkKind.QUOTED_PASSAGE:
        words = evidence["words"]
        yield f"{words:,} {_many('word', words)} of {mine} are in {other.one}, in {counted}"
    else:
        yield f"{_percent(shares[whose])} of {mine} is in {other.one}, in {counted}"
    if not evidence.get("is_whole", True):
        yield "the texts were too long to be compared to the end"
        return
    missing = lacking(side.blocks, evidence, side=whose)
    if missing and link.kind != LinkKind.QUOTED_PASSAGE:
        yield f"{missing:,} {_many('paragraph', missing)} {'is' if missing == 1 else 'are'} not"


def lacking(blocks: Sequence[Sequence[Any]], evidence: dict[str, Any], *, side: int) -> int | None:
    """Return how many paragraphs of one side nothing is shared of; None if that is not known."""
    passages = evidence.get("passages", ())
    if not blocks or len(passages) < (evidence.get("passages_total") or 0):
        return None
    spans = sorted((each[2 * side], each[2 * side + 1]) for each in passages)
    starts = [start for start, _ in spans]
    missing = 0
    for kind, start, end in blocks:
        if kind not in BODY or end - start < _PARAGRAPH_CHARACTERS:
            continue
        # Passages are disjoint: the last that begins before the block ends is the one to look at.
        at = bisect_right(starts, end - 1)
        missing += not (at and spans[at - 1][1] > start)
    return missing


def _in_common(evidence: dict[str, Any]) -> Iterator[str]:
    names = [str(name) for name in evidence.get("names", ())]
    words = [str(word) for word in evidence.get("words_in_common", ())]
    for some, of in ((names, ""), (words if not names else [], " among the words")):
        if some:
            told = ", ".join(some[:NAMES_TOLD])
            more = f" and {len(some) - NAMES_TOLD} more" if len(some) > NAMES_TOLD else ""
            yield f"{told}{more}{of} in common"


def _percent(share: float) -> str:
    """Return a share as people say it: never all or nothing that is not."""
    if share >= _ALL:
        return "all"
    return f"{max(1, min(99, round(share * 100)))} %"


def _the(name: str) -> str:
    return f"the {name.removeprefix('The ')}" if name.startswith("The ") else name


def _many(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
