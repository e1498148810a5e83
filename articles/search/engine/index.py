"""The index on disk: its fields, its writer, its readers."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import tantivy

from articles.search.engine.analysis import analysed
from articles.search.engine.columns import TIMES, add_columns, fill_columns, is_counted_itself
from articles.search.engine.faults import BrokenIndexError, told_apart
from articles.search.engine.files import META
from articles.search.index.documents import ALL_PARTS, Document
from articles.search.language.fields import MENTIONED
from articles.search.language.words import fold, unquoted

# Names: as they are, for what they mean and for facets, and folded, for queries.
NAMES = (
    "source", "author", "agency", "place", "section", "page", "edition", "lang", "flag",
    "collection", "entity", "kind", "tag", "tagged-by", "story", MENTIONED,
)  # fmt: skip
NUMBERS = ("length", "edits", "first_day", "last_day", "updated")
# Articles that this one stands to in some way: looked up by their ids and never counted, as one can
# have thousands.
LINKS = ("related", "copied", "lent")
# Of those that ran one text.
EDITIONS = "editions"
# Unique orders: a keyset needs no second field. 28 bits hold an id.
ORDERS = ("newest", "longest", "added")
ID_BITS = 28
STEMS, PRINTED, FOLDED = "_stems", "_printed", "_folded"
# Bytes a thread gathers before it writes a segment.
_MEMORY = {True: 200 * 1024 * 1024, False: 50 * 1024 * 1024}
_THREADS = {True: 2, False: 1}
_FIRST = datetime(1, 1, 1, tzinfo=UTC)


def schema() -> tantivy.Schema:
    """Return the fields of the index."""
    builder = tantivy.SchemaBuilder()
    for name in ("id", "corpus", *NUMBERS, *TIMES, *ORDERS):
        builder.add_unsigned_field(name, stored=name == "id", indexed=True, fast=True)
    builder.add_unsigned_field(EDITIONS, indexed=True, fast=True)
    for name in LINKS:
        builder.add_unsigned_field(name, indexed=True)
    for part in ALL_PARTS:
        for form in (STEMS, PRINTED):
            builder.add_text_field(part + form, tokenizer_name="words", index_option="position")
        builder.add_text_field(part + FOLDED, tokenizer_name="words", index_option="freq")
    for name in NAMES:
        counted = is_counted_itself(name)
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=counted)
        builder.add_text_field(name + FOLDED, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("has", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("is", tokenizer_name="raw", index_option="basic")
    add_columns(builder)
    return builder.build()


_SCHEMA = schema()


def opened(folder: Path | None) -> tantivy.Index:
    """Return the index in a folder, made if there is none; in memory without a folder.

    Raises the errors of :mod:`articles.search.engine.faults`, as :func:`existing` and
    :func:`writer` do.
    """
    if folder is None:
        index = tantivy.Index(_SCHEMA)
    else:
        with told_apart():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            index = tantivy.Index(_SCHEMA, path=str(folder))
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("words", words)
    return index


def existing(folder: Path) -> tantivy.Index:
    """Return the index that there is in a folder."""
    if not (folder / META).is_file():
        raise BrokenIndexError(f"There is no index in {folder.name}.")
    index = opened(folder)
    with told_apart():
        # Read again when we say so: no thread that looks for changes.
        index.config_reader("manual")
        index.reload()
    return index


def writer(folder: Path, *, many: bool) -> tantivy.IndexWriter:
    """Return the one writer of an index; of ``many`` documents in parallel."""
    index = opened(folder)
    with told_apart():
        return index.writer(_MEMORY[many] * _THREADS[many], _THREADS[many])


def forget(writer: tantivy.IndexWriter, ids: Iterable[int]) -> None:
    """Forget some documents; not yet committed."""
    stale = sorted(ids)
    if stale:
        # By query: a term of a plain number is taken for another type, and deletes nothing.
        known = tantivy.Query.term_set_query(_SCHEMA, "id", stale)
        with told_apart():
            writer.delete_documents_by_query(known)


def add(writer: tantivy.IndexWriter, documents: Iterable[Document]) -> None:
    """Put documents that are not known, or that were forgotten; not yet committed."""
    for document in documents:
        made = _as_tantivy(document)
        with told_apart():
            writer.add_document(made)


def write(
    writer: tantivy.IndexWriter, documents: Sequence[Document], gone: Iterable[int] = ()
) -> None:
    """Put documents in place of what was known of them, and forget some; not yet committed."""
    forget(writer, {document.id for document in documents} | set(gone))
    add(writer, documents)


def date_number(day: date) -> int:
    """Return a day as the index counts it."""
    return day.toordinal()


def _as_tantivy(document: Document) -> tantivy.Document:
    made = tantivy.Document()
    made.add_unsigned("id", document.id)
    made.add_unsigned("corpus", document.corpus_id)
    for part, text in document.words.items():
        if text:
            stems, printed, folded = analysed(text, document.language)
            made.add_text(part + STEMS, stems)
            made.add_text(part + PRINTED, printed)
            made.add_text(part + FOLDED, folded)
    for name, values in document.names.items():
        for value in values:
            made.add_text(name, value)
            made.add_text(name + FOLDED, fold_name(value))
    for word in document.has:
        made.add_text("has", word)
    for word in document.is_:
        made.add_text("is", word)
    for name, number in _numbers(document).items():
        made.add_unsigned(name, number)
    fill_columns(made, document, _times(document))
    for name, ids in zip(LINKS, (document.related, document.copied, document.lent), strict=True):
        for id_ in sorted(ids):
            made.add_unsigned(name, id_)
    return made


def _numbers(document: Document) -> dict[str, int]:
    known = {"length": document.length, "edits": document.edits}
    first, last = document.first_day, document.last_day
    if first is not None and last is not None:
        known |= {"first_day": date_number(first), "last_day": date_number(last)}
    if document.editions is not None:
        known[EDITIONS] = document.editions
    if document.updated is not None:
        known["updated"] = date_number(document.updated)
    known["newest"] = order_key(seconds(document.sort_at), document.id)
    known["added"] = order_key(seconds(document.added), document.id)
    known["longest"] = order_key(document.length, document.id)
    return known


def _times(document: Document) -> dict[str, int]:
    """Return the bars that an article is in: by year, and where its date is known so well, finer.

    A month or a year is charted apart at finer zoom.
    """
    first, last = document.first_day, document.last_day
    if first is None or last is None:
        return {}
    known = {"year": first.year}
    if (first.year, first.month) == (last.year, last.month):
        known["month"] = first.year * 12 + first.month - 1
    if first == last:
        known["day"] = date_number(first)
    return known


def day_key(day: date) -> int:
    """Return where a day of UTC's begins in an order by instants."""
    return order_key(seconds(datetime(day.year, day.month, day.day, tzinfo=UTC)), 0)


def order_key(value: int, article_id: int) -> int:
    """Return a unique place in an order: by ``value``, then by the article's id."""
    return (value << ID_BITS) + article_id


def seconds(instant: datetime | None) -> int:
    """Return an instant as orders count it: none is first, all beyond the year 2178 last."""
    known = int((instant - _FIRST).total_seconds()) if instant else 0
    return min(max(known, 0), (1 << (64 - ID_BITS)) - 1)


@lru_cache(maxsize=100_000)
def fold_name(name: str) -> str:
    """Return a name as it is looked up: without case, accents and quotation marks."""
    return " ".join(fold(word) for word in unquoted(name).split())
