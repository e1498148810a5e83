"""What a comparison comes to, in sentences: facts about the texts, not claims about who did it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from articles.models import Article
from articles.related.comparing.comparison import Comparison, RowFate, Side
from articles.related.comparing.left_out import LeftOut
from articles.related.comparing.named import names_of
from articles.views.dates import printed_date
from articles.views.editions.compare_drawing import Edition

# Names and quotations that are told before the rest is counted.
_NAMES = 8
_QUOTATIONS = 12
_QUOTED_WORDS = 14
_COUNTS = ["None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation that the other text has not: its first words, and its paragraph's id."""

    words: str
    id: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What one edition has and the other has not; quotations in one paragraph are one."""

    owner: str
    lacking: str
    names: Sequence[str]
    more_names: int
    quotations: Sequence[Quoted]
    more_quotations: int

    @property
    def count(self) -> int:
        """How many quotations there are in all."""
        return len(self.quotations) + self.more_quotations


def labels_of(articles: Sequence[Article]) -> list[str]:
    """Return what articles that are told of together are called."""
    days = [
        printed_date(each.published_date, each.published_precision) if each.published_date else ""
        for each in articles
    ]
    return names_of([each.source.name if each.source else "" for each in articles], days)


def sentences(first: Edition, second: Edition, found: Comparison) -> list[SafeString]:
    """Return what a comparison of two texts comes to."""
    return list(_sentences(first, second, found))


def _sentences(first: Edition, second: Edition, found: Comparison) -> Iterator[SafeString]:
    ours, theirs = found.summary.first, found.summary.second
    if found.is_same:
        yield format_html(
            "{} and {} have the same words, to the last mark.", _begun(first), _name(second)
        )
        return
    if not ours.words or not theirs.words:
        empty = second if ours.words else first
        yield format_html("{} has no text to compare.", _begun(empty))
        return
    if ours.lone == ours.words:
        yield format_html("{} and {} have no passage in common.", _begun(first), _name(second))
        return
    yield format_html(
        "<strong>{}</strong> of the {} of {} {} also in {}, "
        "and <strong>{}</strong> of the {} of {} in {}.",
        _percent(theirs),
        _words(theirs.words),
        _name(second),
        "is" if theirs.words == 1 else "are",
        _name(first),
        _percent(ours),
        _words(ours.words),
        _name(first),
        _name(second),
    )
    yield from _lacks(first, second, ours, theirs)
    if theirs.respelled:
        yield format_html(
            "{} word{} respelled.",
            _counted(theirs.respelled),
            "s are" if theirs.respelled > 1 else " is",
        )
    moved = sum(row.fate is RowFate.MOVED and row.second is not None for row in found.rows)
    count, noun = (moved, "paragraph") if moved else (theirs.moved, "word")
    if count:
        ending = "s stand" if count > 1 else " stands"
        yield format_html("{} {}{} in another place.", _counted(count), noun, ending)


def _lacks(first: Edition, second: Edition, ours: Side, theirs: Side) -> Iterator[SafeString]:
    """Yield what each of the texts has not."""
    if not ours.lone and not theirs.lone:
        yield SafeString("Neither lacks a word of the other.")
        return
    lacking = [
        (there, what) for there, side in ((second, ours), (first, theirs)) if (what := _what(side))
    ]
    pieces = [
        format_html("{} lacks {}", _name(there) if number else _begun(there), what)
        for number, (there, what) in enumerate(lacking)
    ]
    yield format_html("{}.", format_html_join("; ", "{}", ((piece,) for piece in pieces)))


def _what(side: Side) -> str:
    """Return what of a side is not in the other text: whole paragraphs, and words besides."""
    if not side.lone:
        return ""
    if not side.lone_blocks:
        return _words(side.lone)
    blocks = f"{side.lone_blocks} paragraph{'s' if side.lone_blocks > 1 else ''}"
    rest = side.lone - side.lone_block_words
    return f"{blocks} and {_words(rest)} elsewhere" if rest else blocks


def _counted(count: int) -> str:
    """Return a count as it begins a sentence."""
    return _COUNTS[count] if count < len(_COUNTS) else _number(count)


def _words(count: int) -> str:
    return f"{_number(count)} word{'' if count == 1 else 's'}"


def _number(count: int) -> str:
    return number_format(count, use_l10n=True, force_grouping=True)


def _percent(side: Side) -> str:
    """Return a share in whole percents, never rounded to all or to nothing."""
    percent = round(100 * side.share)
    if percent == 100 and side.lone:
        percent = 99
    return "less than 1\u00a0%" if percent == 0 else f"{percent}\u00a0%"


def _name(edition: Edition) -> SafeString:
    return format_html("<bdi>{}</bdi>", edition.label)


def _begun(edition: Edition) -> SafeString:
    """Return a name as it begins a sentence."""
    return format_html("<bdi>{}</bdi>", capfirst(edition.label))


def missing(first: Edition, second: Edition, found: tuple[LeftOut, LeftOut]) -> list[Missing]:
    """Return which names and quotations each of the texts has alone."""
    return [
        _missing(here, there, those)
        for here, there, those in ((first, second, found[0]), (second, first, found[1]))
        if those.names or those.quotations
    ]


def _missing(here: Edition, there: Edition, found: LeftOut) -> Missing:
    by_block: dict[int, list[str]] = {}
    for each in found.quotations:
        by_block.setdefault(each.block, []).append(each.text)
    quoted = [
        Quoted(_short(" … ".join(texts)), here.id_of(block)) for block, texts in by_block.items()
    ]
    return Missing(
        owner=here.label,
        lacking=there.label,
        names=found.names[:_NAMES],
        more_names=max(0, len(found.names) - _NAMES),
        quotations=quoted[:_QUOTATIONS],
        more_quotations=max(0, len(quoted) - _QUOTATIONS),
    )


def _short(words: str) -> str:
    some = words.split()
    if len(some) <= _QUOTED_WORDS:
        return words.rstrip(",")
    return f"{' '.join(some[:_QUOTED_WORDS]).rstrip(',')} …"
