"""Two versions of one article, compared as two editions are, and told in one column."""

from articles.changes import Summary
from articles.models import Article, Version
from articles.related.comparing.comparison import Comparison, Fate, RowFate, Run, Text, compare
from articles.text import word_count
from articles.views.editions.compare_drawing import Edition
from articles.views.editions.compare_lines import Stretch, lines_of
from articles.views.search.compare_asking import Place


def compared(before: Version, after: Version) -> Comparison:
    """Return what became of each word from one version to another."""
    return compare(Text(before.text, before.spans), Text(after.text, after.spans))


def stretches_of(before: Version, after: Version, found: Comparison) -> list[Stretch]:
    """Return the lines of a comparison, all of them in sight."""
    editions = [
        Edition(Text(version.text, version.spans), sign, f"version {version.number}")
        for version, sign in ((before, "a"), (after, "b"))
    ]
    return [Stretch(lines_of(editions[0], editions[1], found))]


def summed_up(before: Version, after: Version, found: Comparison) -> Summary:
    """Return how much changed, in passages (blocks of any kind) and words."""
    fates = [row.fate for row in found.rows if row.second is not None]
    marks = sum(
        row.fate is RowFate.SAME and not all(run.is_exact for run in row.second_runs)
        for row in found.rows
    )
    return Summary(
        changed=fates.count(RowFate.EDITED) + fates.count(RowFate.MOVED) + marks,
        added=fates.count(RowFate.ADDED),
        cut=sum(row.fate is RowFate.CUT for row in found.rows),
        words_added=_words(after, [run for row in found.rows for run in row.second_runs]),
        words_cut=_words(before, [run for row in found.rows for run in row.first_runs]),
    )


def _words(version: Version, runs: list[Run]) -> int:
    """Return how many words stand in a version alone, as it spells them."""
    return sum(
        word_count(version.text[run.start : run.end])
        for run in runs
        if run.other is None or run.fate is Fate.RESPELLED
    )


def side_by_side(article: Article, before: Version, after: Version) -> str:
    """Return the address that shows both versions side by side."""
    return Place((article.pk, article.pk), (before.number, after.number)).address
