"""Any answer or collection as a file: in which forms, how large, and its bytes as they are made.

``write`` reads batch after batch, so that memory does not grow with the answer. What goes wrong on
the way is raised into whoever sends it: over HTTP the connection then ends without its last chunk,
which every client reports; a file is given its name only once it is whole.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from articles.export import batches
from articles.export.batches import Batch, total
from articles.export.fields import ALWAYS, COLLECTION, FIELDS, TEXT
from articles.export.jsonl import jsonl
from articles.export.parquet import parquet
from articles.export.references import as_bibtex, as_csl, as_ris, references
from articles.export.rows import Rows
from articles.export.table import table
from articles.export.texts import texts
from articles.search.asking import Question
from articles.search.engine.answers import Sort

# A size is estimated from so many articles at each end of the answer.
SAMPLE = 60
_SAMPLED = (Sort.NEWEST, Sort.OLDEST, Sort.ADDED)


class OptionError(Exception):
    """What is wrong with what was asked for: the option's ``name``, and a sentence."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


@dataclass(frozen=True, slots=True)
class Format:
    """A form of export. ``ending`` is its files' and its addresses'.

    Of some forms one may choose the columns, and of some whether they hold texts.
    """

    name: str
    label: str
    ending: str
    media_type: str
    about: str
    has_columns: bool = False
    has_text: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """What else was asked for. ``columns`` are keys of FIELDS, empty for all that the form has.

    ``base`` goes before addresses: ``https://newsroom.example``. ``sort`` is an order by a key; a
    collection comes in its own.
    """

    text: bool = True
    columns: Sequence[str] = ()
    sort: Sort = Sort.NEWEST
    base: str = ""


@dataclass(frozen=True, slots=True)
class Size:
    """How large an export will be. The bytes are an estimate unless ``exact``."""

    articles: int
    bytes_estimate: int
    exact: bool


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(
            "csv", "CSV", "csv", "text/csv; charset=utf-8",
            "a table for spreadsheets and statistics", has_columns=True, has_text=True,
        ),
        Format(
            "jsonl", "JSON Lines", "jsonl", "application/jsonl",
            "an article a line, with all that the API says of it", has_columns=True, has_text=True,
        ),
        Format(
            "parquet", "Parquet", "parquet", "application/vnd.apache.parquet",
            "typed columns for pandas, R, DuckDB and Spark", has_columns=True, has_text=True,
        ),
        Format(
            "texts", "Plain texts", "zip", "application/zip",
            "a ZIP of a text file an article, and a table of them",
        ),
        Format(
            "ris", "RIS", "ris", "application/x-research-info-systems",
            "references for EndNote, Mendeley and Zotero",
        ),
        Format(
            "bibtex", "BibTeX", "bib", "application/x-bibtex; charset=utf-8",
            "references for LaTeX and JabRef",
        ),
        Format(
            "csl", "CSL-JSON", "json", "application/vnd.citationstyles.csl+json",
            "references for Zotero, Pandoc and other programs",
        ),
    )
}  # fmt: skip
ENDINGS: Mapping[str, Format] = {each.ending: each for each in FORMATS.values()}


def options(
    *, text: bool = True, columns: Iterable[str] = (), sort: str = "", base: str = ""
) -> Options:
    """Return options as they were asked for; raise OptionError."""
    chosen = tuple(dict.fromkeys(columns))
    unknown = [name for name in chosen if name not in FIELDS]
    if unknown:
        raise OptionError("columns", f"There is no column “{unknown[0][:60]}”.")
    try:
        order = Sort(sort) if sort else Sort.NEWEST
    except ValueError as fault:
        raise OptionError("sort", f"There is no order “{sort[:60]}”.") from fault
    # By relevance an answer is not listed to its end.
    return Options(text, chosen, Sort.NEWEST if order is Sort.RELEVANCE else order, base)


def write(
    question: Question,
    form: str,
    given: Options | None = None,
    *,
    watch: Callable[[int], None] | None = None,
) -> Iterator[bytes]:
    """Yield the file of an answer in a form of FORMATS, by its name.

    ``watch`` is told how many articles were come to, before each batch and at the end.
    """
    given = given or Options()
    found = batches.batches(question, sort=given.sort)
    if watch is not None:
        found = _watched(found, watch)
    return _written(found, form, keys(question, form, given), given.base)


def size(question: Question, form: str, given: Options | None = None) -> Size:
    """Return how large an export will be: exactly if it is small, else from some of its articles.

    Raises :class:`articles.search.deadline.TooSlowError`.
    """
    given = given or Options()
    articles = total(question)
    wanted = keys(question, form, given)
    if articles <= len(_SAMPLED) * SAMPLE:
        every = batches.batches(question, sort=given.sort)
        return Size(articles, _bytes(every, form, wanted, given.base), exact=True)
    sample = _sample(question)
    nothing = _bytes((), form, wanted, given.base)
    taken = _bytes([sample], form, wanted, given.base) - nothing
    return Size(articles, nothing + round(taken / max(len(sample.ids), 1) * articles), exact=False)


def _sample(question: Question) -> Batch:
    collection = batches.collection_asked(question)
    if collection is None:
        ids = [id_ for sort in _SAMPLED for id_ in question.page(sort=sort, limit=SAMPLE).ids]
    else:
        # The index may not know yet what is in it.
        ids = batches.ends(collection, SAMPLE)
    distinct = tuple(dict.fromkeys(ids))
    return Batch(
        distinct,
        batches.rights(question.user, question.corpora),
        collection,
        range(1, len(distinct) + 1),
    )


def keys(question: Question, form: str, given: Options) -> tuple[str, ...]:
    """Return the keys that an export holds of each article, in their order."""
    has_places = batches.collection_asked(question) is not None
    chosen = set(given.columns or FIELDS) if FORMATS[form].has_columns else set(FIELDS)
    if FORMATS[form].has_text and not given.text:
        chosen -= set(TEXT)
    if not has_places:
        chosen.discard(COLLECTION)
    chosen.update(ALWAYS)
    return tuple(key for key in FIELDS if key in chosen)


def _watched(found: Iterator[Batch], watch: Callable[[int], None]) -> Iterator[Batch]:
    done = 0
    watch(done)
    for batch in found:
        yield batch
        done += len(batch.ids)
        watch(done)


def _bytes(found: Iterable[Batch], form: str, wanted: Sequence[str], base: str) -> int:
    return sum(map(len, _written(found, form, wanted, base)))


def _written(
    found: Iterable[Batch], form: str, wanted: Sequence[str], base: str
) -> Iterator[bytes]:
    match form:
        case "ris":
            return as_ris(references(found))
        case "bibtex":
            return as_bibtex(references(found))
        case "csl":
            return as_csl(references(found))
    rows = (some for batch in found for some in Rows(wanted, base).of(batch))
    match form:
        case "csv":
            return table(rows, wanted)
        case "parquet":
            return parquet(rows, wanted)
        case "texts":
            return texts(rows, wanted)
        case _:
            return jsonl(rows)
