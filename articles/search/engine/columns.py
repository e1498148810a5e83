"""The columns that answers are counted by: one value an article, so that counting is quick.

The engine counts a column in which every article has exactly one value three to ten times as
quickly as one that some articles lack, or of which some have several. So an article without a value
has an empty one, and what a field may have several of is spread over a first and a second column
and one for all that is left. What there really is, the column KNOWN tells.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import tantivy

from articles.search.index.documents import Document
from articles.search.language.fields import MENTIONED

# Stands in a column where there is no value: of names, and of numbers.
NO_NAME, NO_NUMBER = "", 0
# The times that bars are counted by, of which an article may have none.
TIMES = ("day", "month", "year")
# A number an article, with a bit for each column of KNOWN_BITS that has a value of the article's.
KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a field's values are counted: in single columns, and one of all further values.

    ``numbers`` says that they hold numbers, which are told as digits.
    """

    single: tuple[str, ...] = ()
    further: str = ""
    numbers: bool = False


def _spread(name: str, *, numbers: bool = False) -> Columns:
    return Columns((f"{name}_1", f"{name}_2"), f"{name}_3", numbers)


_ALWAYS = "corpus"
COLUMNS: Mapping[str, Columns] = {
    _ALWAYS: Columns((_ALWAYS,), numbers=True),
    "source": Columns(("source_1",), "source_2", numbers=True),
    "story": Columns(("story_1",), "story_2", numbers=True),
    "author": _spread("author", numbers=True),
    "agency": _spread("agency"),
    "flag": _spread("flag"),
    # One value an article, counted where it is looked up.
    **{name: Columns((name,)) for name in ("place", "section", "page", "edition", "lang")},
    # Most articles have none, and some have many.
    **{
        name: Columns(further=name)
        for name in ("collection", "entity", "kind", "tag", "tagged-by", MENTIONED)
    },
}
KNOWN_BITS: Mapping[str, int] = {
    column: 1 << bit
    for bit, column in enumerate(
        [
            *(one for columns in COLUMNS.values() for one in columns.single if one != _ALWAYS),
            *TIMES,
        ]
    )
}


def is_counted_itself(name: str) -> bool:
    """Whether a field's values are counted where they are looked up."""
    columns = COLUMNS[name]
    return name in columns.single or name == columns.further


def add_columns(builder: tantivy.SchemaBuilder) -> None:
    """Add the columns that serve to count alone."""
    builder.add_unsigned_field(KNOWN, indexed=False, fast=True)
    for name, columns in COLUMNS.items():
        if is_counted_itself(name):
            continue
        for column in filter(None, (*columns.single, columns.further)):
            if columns.numbers:
                builder.add_unsigned_field(column, indexed=False, fast=True)
            else:
                builder.add_text_field(
                    column, tokenizer_name="raw", index_option="basic", fast=True
                )


def fill_columns(made: tantivy.Document, document: Document, times: Mapping[str, int]) -> None:
    """Put an article's values into the columns, and into those it has no value for an empty one.

    Values of fields that are counted themselves are there already.
    """
    known = 0
    for name, columns in COLUMNS.items():
        if name == _ALWAYS:
            continue
        values = document.names.get(name, ())
        its_own = is_counted_itself(name)
        for column, value in zip(columns.single, (*values, None, None), strict=False):
            if value is not None:
                known |= KNOWN_BITS[column]
            if value is None or not its_own:
                _put(made, column, value, numbers=columns.numbers)
        if not its_own:
            for value in values[len(columns.single) :]:
                _put(made, columns.further, value, numbers=columns.numbers)
    for name in TIMES:
        if name in times:
            known |= KNOWN_BITS[name]
        made.add_unsigned(name, times.get(name, NO_NUMBER))
    made.add_unsigned(KNOWN, known)


def _put(made: tantivy.Document, column: str, value: str | None, *, numbers: bool) -> None:
    if numbers:
        made.add_unsigned(column, NO_NUMBER if value is None else int(value))
    else:
        made.add_text(column, NO_NAME if value is None else value)
