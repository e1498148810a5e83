"""The words of texts that are compared, as HTML: what became of them can be seen and heard.

Each fate has an element and a class: ``del.w-cut``, ``ins.w-added``, ``mark.w-moved``,
``mark.w-respelled``, and ``span.w-marks`` where case or punctuation alone differ.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from articles.related.comparison import Fate, Run, Text

_HEARD = '<span class="visually-hidden">{}: </span>'


@dataclass(frozen=True, slots=True)
class Edition:
    """One of the texts of a page: ``sign`` begins the ids of its blocks, ``label`` is its name."""

    text: Text
    sign: str
    label: str

    def id_of(self, block: int) -> str:
        """Return the id of a block's element."""
        return f"{self.sign}-{block + 1}"

    def block_at(self, place: int) -> int:
        """Return the number of the block that holds a place of the text."""
        return bisect_right([span.start for span in self.text.spans], place) - 1


def drawn(here: Edition, there: Edition, runs: Iterable[Run]) -> SafeString:
    """Return the runs of a block in their order."""
    text = here.text.text
    pieces: list[str] = []
    # The block of the other text that the last moved words are in: told once, where they end.
    moved_to: int | None = None
    for run in runs:
        words, space = _parted(text[run.start : run.end])
        moved = run.other if run.fate is Fate.MOVED else None
        block = there.block_at(moved[0]) if moved else None
        if moved_to is not None and block != moved_to:
            pieces.append(_way(there, moved_to))
        pieces.append(_word(run, words) + escape(space))
        moved_to = block
    if moved_to is not None:
        pieces.append(_way(there, moved_to))
    return mark_safe("".join(pieces))  # noqa: S308 -- every piece is escaped


def _parted(words: str) -> tuple[str, str]:
    """Part words from the space after them, which is not to be struck out or underlined."""
    bare = words.rstrip()
    return bare, words[len(bare) :]


def _word(run: Run, words: str) -> str:
    match run.fate:
        case Fate.CUT:
            return cut(words)
        case Fate.ADDED:
            return added(words)
        case Fate.MOVED:
            return _heard("mark", "moved", words)
        case Fate.RESPELLED:
            return _heard("mark", "respelled", words)
    return escape(words) if run.is_exact else f'<span class="w-marks">{escape(words)}</span>'


def cut(words: str) -> str:
    """Return words that the other text has not."""
    return _heard("del", "cut", words)


def added(words: str) -> str:
    """Return words that the first text has not."""
    return _heard("ins", "added", words)


def _heard(element: str, fate: str, words: str) -> str:
    return f'<{element} class="w-{fate}">{_HEARD.format(fate)}{escape(words)}</{element}>'


def _way(there: Edition, block: int) -> str:
    return format_html(
        '<a class="moved-way" href="#{}" title="To where it stands in {}">'
        '<span aria-hidden="true">⇄</span>'
        '<span class="visually-hidden">To where it stands in {}</span></a> ',
        there.id_of(block),
        there.label,
        there.label,
    )


def drawn_for_two(
    here: Edition, others: tuple[Edition, Edition], runs: tuple[Sequence[Run], Sequence[Run]]
) -> SafeString:
    """Return a block of a text that two others are compared with: what each of them has not."""
    text = here.text.text
    pieces = []
    for start, end, lacking in _lacking(runs):
        words, space = _parted(text[start:end])
        if lacking == (True, True):
            pieces.append(cut(words))
        elif any(lacking):
            other = others[lacking.index(True)]
            number = "23"[lacking.index(True)]
            pieces.append(
                f'<del class="w-cut is-by-one">{_HEARD.format(escape(f"not in {other.label}"))}'
                f'{escape(words)}<sup aria-hidden="true">{number}</sup></del>'
            )
        else:
            pieces.append(escape(words))
        pieces.append(escape(space))
    return mark_safe("".join(pieces))  # noqa: S308 -- every piece is escaped


def _lacking(
    runs: tuple[Sequence[Run], Sequence[Run]],
) -> Iterator[tuple[int, int, tuple[bool, bool]]]:
    """Yield the stretches of a block by whether each of two other texts has them not."""
    left = [list(each)[::-1] for each in runs]
    start = runs[0][0].start if runs[0] else 0
    pending: tuple[int, int, tuple[bool, bool]] | None = None
    while left[0] and left[1]:
        end = min(left[0][-1].end, left[1][-1].end)
        lacking = (left[0][-1].other is None, left[1][-1].other is None)
        if pending and pending[2] == lacking:
            pending = (pending[0], end, lacking)
        else:
            if pending:
                yield pending
            pending = (start, end, lacking)
        for side in left:
            if side[-1].end == end:
                side.pop()
        start = end
    if pending:
        yield pending


def in_one(
    first: Edition, second: Edition, ours: Sequence[Run], theirs: Sequence[Run]
) -> SafeString:
    """Return the runs of two blocks, or of one, as one paragraph: what was cut before what is new.

    Words that are kept are those of the second text. Of words of the first text that stand in
    another paragraph of the second only those that moved are shown, where they were.
    """
    pieces = [piece for piece in _in_one(first, second, ours, theirs) if piece]
    return mark_safe("".join(pieces))  # noqa: S308 -- every piece is escaped


def _in_one(
    first: Edition, second: Edition, ours: Sequence[Run], theirs: Sequence[Run]
) -> Iterator[str]:
    here = {(run.start, run.end) for run in theirs}
    left = list(ours)[::-1]
    for run in theirs:
        while left and left[-1].other not in here:
            yield _left(first, second, left.pop())
        if left and run.other == (left[-1].start, left[-1].end):
            yield _both(first, second, left.pop(), run)
        else:
            yield drawn(second, first, [run])
            left = [each for each in left if (each.start, each.end) != run.other]
    for run in left[::-1]:
        if run.other not in here:
            yield _left(first, second, run)


def _left(first: Edition, second: Edition, run: Run) -> str:
    """Return words of the first text that do not stand here in the second."""
    if run.other and run.fate is not Fate.MOVED:
        return ""
    words, space = _parted(first.text.text[run.start : run.end])
    if not run.other:
        return cut(words) + escape(space)
    way = _way(second, second.block_at(run.other[0]))
    return f'<del class="w-moved">{_HEARD.format("moved from here")}{escape(words)}</del>{way}'


def _both(first: Edition, second: Edition, mine: Run, run: Run) -> str:
    if run.fate is not Fate.RESPELLED:
        return drawn(second, first, [run])
    was, _ = _parted(first.text.text[mine.start : mine.end])
    words, space = _parted(second.text.text[run.start : run.end])
    return (
        f'<mark class="w-respelled">{_HEARD.format("respelled")}<del>{escape(was)}</del> '
        f"{escape(words)}</mark>{escape(space)}"
    )
