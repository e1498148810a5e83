"""References of many articles in one file: RIS, BibTeX, CSL-JSON."""

from collections.abc import Iterable, Iterator

import orjson

from articles.export.batches import Batch
from articles.export.bibtex import bibtex
from articles.export.csl import csl
from articles.export.reference import Reference, reference
from articles.export.ris import ris


def references(found: Iterable[Batch]) -> Iterator[list[Reference]]:
    """Yield the references of batches, in their order."""
    for batch in found:
        articles = {article.pk: article for article in batch.articles().for_lists()}
        yield [
            reference(article, article.version.credits.all() if article.version else ())
            for article in (articles[id_] for id_ in batch.ids if id_ in articles)
        ]


def as_ris(found: Iterable[list[Reference]]) -> Iterator[bytes]:
    """Yield records, each ended by its own ``ER``."""
    for some in found:
        yield "".join(ris(each) + "\r\n" for each in some).encode()


def as_bibtex(found: Iterable[list[Reference]]) -> Iterator[bytes]:
    """Yield entries, whose keys end in the article's number: unique, and the same each time."""
    for some in found:
        yield "".join(bibtex(each, unique=True) + "\n" for each in some).encode()


def as_csl(found: Iterable[list[Reference]]) -> Iterator[bytes]:
    """Yield one list, closed at its end."""
    before = b"["
    for some in found:
        for each in some:
            yield before + b"\n" + orjson.dumps(csl(each))
            before = b","
    yield b"[]\n" if before == b"[" else b"\n]\n"
