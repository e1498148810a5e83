"""The lines of a story's drawing: descent where it is known, else that two ran one text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from articles.related.stories.descent import Descent, Tie
from articles.related.stories.story_whole import Whole

# Of more lines than that the shares would cover each other.
_LABELLED = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two marks: of descent where that is known, else of one text."""

    path: str
    is_descent: bool
    label: str
    label_x: float
    label_y: float
    title: str


def lines(told: Whole, known: Descent, at: Mapping[int, tuple[float, float]]) -> Iterator[Line]:
    """Yield lines of descent, and where none is known of an edition, one from its first copy."""
    are_few = len(known.lines) <= _LABELLED
    names = {row.pk: row.source.name if row.source else "unknown" for row in told.articles}
    drawn: set[tuple[tuple[float, float], tuple[float, float]]] = set()
    for tie in known.lines:
        ends = at.get(tie.parent), at.get(tie.child)
        if ends[0] is None or ends[1] is None or ends[0] == ends[1] or ends in drawn:
            continue
        drawn.add((ends[0], ends[1]))
        yield _line(ends[0], ends[1], _kept(tie) if are_few else "", _said(tie, names))
    from_another = {tie.child for tie in known.lines}
    for text in told.texts:
        for row in text.others:
            one, other = at.get(text.lead.pk), at.get(row.pk)
            if row.pk in from_another or one is None or other is None or one == other:
                continue
            if (one, other) not in drawn:
                drawn.add((one, other))
                said = f"{names[text.lead.pk]} and {names[row.pk]} ran one text"
                yield _line(one, other, "", said, is_descent=False)


def _line(
    start: tuple[float, float],
    end: tuple[float, float],
    label: str,
    title: str,
    *,
    is_descent: bool = True,
) -> Line:
    """Return a curve from one mark to another: it leaves to the right and comes from the left."""
    (x1, y1), (x2, y2) = start, end
    # What it is called stands where the line comes in: there none covers another.
    name = (x2 - 27, y2 - 5)
    if x1 == x2:
        bend = x1 + 20
        path = f"M{x1:g} {y1:g}C{bend:g} {y1:g} {bend:g} {y2:g} {x2:g} {y2:g}"
        name = (x2 + 28, y2 - 5)
    elif y1 == y2:
        path = f"M{x1:g} {y1:g}Q{(x1 + x2) / 2:g} {y1 - 20:g} {x2:g} {y2:g}"
        name = ((x1 + x2) / 2, y1 - 11)
    else:
        half = (x1 + x2) / 2
        path = f"M{x1:g} {y1:g}C{half:g} {y1:g} {half:g} {y2:g} {x2:g} {y2:g}"
    return Line(path, is_descent, label, *name, title)


def _kept(tie: Tie) -> str:
    share = tie.share_of(tie.parent)
    return f"{share * 100:.0f} %" if share is not None else ""


def _said(tie: Tie, names: Mapping[int, str]) -> str:
    kept = _kept(tie)
    how = f", with {kept} of its text" if kept else ""
    return f"{names[tie.child]} from {names[tie.parent]}{how}"
