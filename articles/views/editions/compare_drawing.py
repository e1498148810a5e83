"""The words of texts that are compared, as HTML: what became of them can be seen and heard.

Each fate has an element and a class: ``del.w-cut``, ``ins.w-added``, ``mark.w-moved``,
``mark.w-respelled``, and ``span.w-marks`` where case or punctuation alone differ.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from articles.related.comparing.comparison import Fate, Run, Text

_HEARD = '<span class="visually-hidden">{}: </span>'


@dataclass(frozen=True, slots=True)
class Edition:
    """One of the texts of a page: ``sign`` begins the ids of its blocks, ``label`` is its name."""

    text: Text
    sign: str
    label: str

    @property
    def number(self) -> int:
        """Its place among the texts of the page, from 1."""
        return "abc".index(self.sign) + 1

    def id_of(self, block: int) -> str:
        """Return the id of a block's element."""
        return f"{self.sign}-{block + 1}"

    def block_at(self, place: int) -> int:
        """Return the number of the block that holds a place of the text."""
        return bisect_right(self.text.spans, place, key=attrgetter("start")) - 1


@dataclass(frozen=True, slots=True)
class Beside:
    """Another text than the first that has a block too, and what of the block is in it."""

    edition: Edition
    runs: Sequence[Run]


def drawn(
    here: Edition,
    there: Edition,
    runs: Iterable[Run],
    *,
    moved: int | None = None,
    beside: Beside | None = None,
) -> SafeString:
    """Return the runs of a block in their order.

    ``moved`` is the block of the other text that all of it moved to, if it did and that is told
    beside it; words that stand elsewhere lead there. Of words that the other text has not it is
    told which of them the one ``beside`` has not either.
    """
    text = here.text.text
    pieces: list[str] = []
    # The block of the other text that the last moved words are in: told once, where they end.
    moved_to: int | None = None
    for run in runs:
        words, space = _parted(text[run.start : run.end])
        if run.other:
            place = there.block_at(run.other[0]) if run.fate is Fate.MOVED else None
            if moved_to is not None and place != moved_to:
                pieces.append(_way(there, moved_to))
            moved_to = None if place == moved else place
        if beside and run.fate is Fate.ADDED:
            pieces.append(_added_beside(here, run.start, run.start + len(words), beside))
        else:
            pieces.append(_word(run, words))
        pieces.append(escape(space))
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


def _added_beside(here: Edition, start: int, end: int, beside: Beside) -> str:
    """Return words that the first text has not by what became of them in the text beside."""
    pieces: list[str] = []
    for run in beside.runs:
        if run.end <= start or end <= run.start:
            continue
        words, space = _parted(here.text.text[max(start, run.start) : min(end, run.end)])
        if run.other is None:
            pieces.append(
                _by_one(
                    "ins", "w-added", f"added, not in {beside.edition.label}", words, beside.edition
                )
            )
        elif run.fate is Fate.RESPELLED:
            pieces.append(_word(run, words))
        elif run.is_exact:
            pieces.append(added(words))
        else:
            marked = f'<span class="w-marks">{escape(words)}</span>'
            pieces.append(f'<ins class="w-added">{_HEARD.format("added")}{marked}</ins>')
        pieces.append(escape(space))
    return "".join(pieces)


def _by_one(element: str, name: str, heard: str, words: str, lacking: Edition) -> str:
    """Return words that one of two other texts has not, with its number."""
    return (
        f'<{element} class="{name} is-by-one">{_HEARD.format(escape(heard))}{escape(words)}'
        f'<sup aria-hidden="true">{lacking.number}</sup></{element}>'
    )


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
            pieces.append(_by_one("del", "w-cut", f"not in {other.label}", words, other))
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
    pieces: list[str] = []
    way: tuple[Edition, int] | None = None
    for mine, run in _merged(ours, theirs):
        there, shared = (second, mine) if run is None else (first, run)
        if shared is not None and shared.other:
            place = there.block_at(shared.other[0]) if shared.fate is Fate.MOVED else None
            if way and way != (there, place):
                pieces.append(_way(*way))
            way = None if place is None else (there, place)
        pieces.append(
            _left(first, mine) if run is None and mine else _stands(first, second, mine, run)
        )
    if way:
        pieces.append(_way(*way))
    return mark_safe("".join(pieces).rstrip())  # noqa: S308 -- every piece is escaped


def _merged(ours: Sequence[Run], theirs: Sequence[Run]) -> Iterator[tuple[Run | None, Run | None]]:
    """Yield the runs of two blocks in one order: of the first, of the second, or of both."""
    here = {(run.start, run.end): run for run in theirs}
    waiting = [
        run for run in ours if run.other is None or run.fate is Fate.MOVED or run.other in here
    ][::-1]
    met: set[tuple[int, int]] = set()
    for run in theirs:
        while waiting and (waiting[-1].other not in here or waiting[-1].other in met):
            mine = waiting.pop()
            if mine.other not in met:
                yield mine, None
        if waiting and waiting[-1].other == (run.start, run.end):
            yield waiting.pop(), run
        else:
            yield None, run
        met.add((run.start, run.end))
    for mine in waiting[::-1]:
        if mine.other not in met:
            yield mine, None


def _left(first: Edition, run: Run) -> str:
    """Return words of the first text that do not stand here in the second."""
    words, space = _parted(first.text.text[run.start : run.end])
    if run.other:
        gone = f"{_HEARD.format('moved from here')}{escape(words)}"
        return f'<del class="w-moved">{gone}</del>{escape(space) or " "}'
    return cut(words) + (escape(space) or _joint(first, run))


def _stands(first: Edition, second: Edition, mine: Run | None, run: Run | None) -> str:
    """Return words of the second text."""
    if run is None:
        return ""
    words, space = _parted(second.text.text[run.start : run.end])
    after = escape(space) or _joint(second, run)
    if mine is None or run.is_exact:
        return _word(run, words) + after
    was, _ = _parted(first.text.text[mine.start : mine.end])
    if run.fate is not Fate.RESPELLED:
        marked = _word(run, words).replace('class="', f'title="was: {escape(was)}" class="', 1)
        return marked + after
    both = f"<del>{escape(was)}</del> {escape(words)}"
    return f'<mark class="w-respelled">{_HEARD.format("respelled")}{both}</mark>{after}'


def _joint(edition: Edition, run: Run) -> str:
    """Return the space between the last words of a block and what follows them in one column."""
    last = edition.text.spans[edition.block_at(run.start)].end == run.end
    return " " if last else ""
