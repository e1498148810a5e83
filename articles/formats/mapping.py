"""Which column of a table or key of a record is which of our fields: guessed, shown, given."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from articles.formats import own_export
from articles.formats.protocol import FormatError
from articles.formats.synonyms import FIELDS, field_for

__all__ = ["EXTRA", "FIELDS", "ColumnMapping", "checked", "guess"]

EXTRA = ""
_URL = re.compile(r"https?://\S+$")
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_NUMERIC = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}")
_LONG = 200


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The field of each column, ``""`` for those that go to ``extra``, and why it was chosen.

    Several columns may have one field: of those the first that has a value is read, in the order
    of ``columns``. ``day_first`` says of date columns whether 03/04/2019 is in April.
    """

    columns: Mapping[str, str]
    reasons: Mapping[str, str] = field(default_factory=dict)
    day_first: Mapping[str, bool] = field(default_factory=dict)

    def picks(self, present: Iterable[str]) -> dict[str, list[str]]:
        """Return, by field, its columns among ``present``, the first choice first."""
        there = set(present)
        picks: dict[str, list[str]] = {}
        for column, ours in self.columns.items():
            if ours and column in there:
                picks.setdefault(ours, []).append(column)
        return picks

    def has_text(self) -> bool:
        """Return whether any column could give words: a headline, a body or blocks."""
        return not {"headline", "body", "blocks"}.isdisjoint(self.columns.values())


def checked(given: Mapping[str, str]) -> Mapping[str, str]:
    """Return a mapping that a person gave; raise FormatError if it names a field we don't have."""
    wrong = sorted({ours for ours in given.values() if ours and ours not in FIELDS})
    if wrong:
        raise FormatError(
            f"There is no field called {', '.join(wrong)}. A column can be one of: "
            f"{', '.join(FIELDS)}; or empty, to be kept in extra.",
            code="bad_mapping",
        )
    return given


def guess(
    columns: Sequence[str],
    samples: Sequence[Mapping[str, Any]] = (),
    given: Mapping[str, str] | None = None,
) -> ColumnMapping:
    """Guess the fields of ``columns`` from their names, and from ``samples`` where names are vague.

    ``given`` wins over any guess, for its columns and for its fields.
    """
    given = given or {}
    if own_export.is_own(columns) and not given:
        known = {column: own_export.MAPPING.get(column, EXTRA) for column in columns}
        return ColumnMapping(
            known, dict.fromkeys(filter(known.get, known), "an export of Newsroom")
        )
    taken = {ours for ours in given.values() if ours}
    ranked: list[tuple[int, int, str, str, str]] = []
    unnamed: list[str] = []
    for index, column in enumerate(columns):
        if column in given:
            ranked.append((-1, index, column, given[column], "given"))
            continue
        found = field_for(column)
        if found is None or found[0] in taken:
            unnamed.append(column)
        else:
            ranked.append((found[1], index, column, found[0], "its name"))
    ranked.sort()
    chosen = {column: ours for _, _, column, ours, _ in ranked}
    reasons = {column: why for _, _, column, _, why in ranked}
    _refine(chosen, reasons, unnamed, samples, frozenset(given))
    for column in unnamed:
        chosen.setdefault(column, EXTRA)
    return ColumnMapping(chosen, reasons, _day_first(chosen, samples))


def _refine(
    chosen: dict[str, str],
    reasons: dict[str, str],
    unnamed: Sequence[str],
    samples: Sequence[Mapping[str, Any]],
    given: frozenset[str],
) -> None:
    """Fill fields that no name gave by what the values look like, in place."""
    values = {
        column: [text for row in samples if isinstance(text := row.get(column), str) and text]
        for column in (*unnamed, *chosen)
    }

    def put(column: str, ours: str, why: str) -> None:
        chosen[column] = ours
        reasons[column] = why

    for column in unnamed:
        texts = values[column]
        if not texts:
            continue
        if "url" not in chosen.values() and all(_URL.match(text.strip()) for text in texts):
            put(column, "url", "its values are web addresses")
        elif "published" not in chosen.values() and all(_DATE.match(t.strip()) for t in texts):
            put(column, "published", "its values are dates")
    if not {"body", "blocks"}.isdisjoint(chosen.values()):
        return
    # A description that is as long as an article is the article.
    vague = [c for c in chosen if chosen[c] == "standfirst" and c not in given] + [
        c for c in unnamed if c not in chosen
    ]
    longest = max(vague, key=lambda column: _mean_length(values[column]), default=None)
    if longest is not None and _mean_length(values[longest]) >= _LONG:
        put(longest, "body", "its values are long texts")


def _mean_length(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def _day_first(chosen: Mapping[str, str], samples: Sequence[Mapping[str, Any]]) -> dict[str, bool]:
    """Return, for date columns with one clear order of day and month, whether the day is first."""
    found: dict[str, bool] = {}
    for column, ours in chosen.items():
        if ours not in {"published", "modified"}:
            continue
        pairs = [
            (int(match[1]), int(match[2]))
            for row in samples
            if isinstance(text := row.get(column), str) and (match := _NUMERIC.match(text))
        ]
        day_first = any(first > 12 for first, _ in pairs)
        month_first = any(second > 12 for _, second in pairs)
        if day_first != month_first:
            found[column] = day_first
    return found
