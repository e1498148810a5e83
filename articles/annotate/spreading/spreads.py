"""The jobs that make many tags, by what they do."""

from collections.abc import Callable, Mapping

from articles.annotate.files.importing_jobs import IMPORT, ImportWork
from articles.annotate.spreading import spreading
from articles.annotate.spreading.collecting import CollectWork
from articles.annotate.spreading.same_spreads import SAME, SameWork
from articles.annotate.spreading.spreading import COLLECT, UNFINISHED, BeingSpreadError, Maker
from articles.annotate.spreading.suggesting import RECOGNISE, RecogniseWork

WORKS: Mapping[str, Maker] = {
    SAME: SameWork,
    RECOGNISE: RecogniseWork,
    IMPORT: ImportWork,
    COLLECT: CollectWork,
}

__all__ = ["UNFINISHED", "WORKS", "BeingSpreadError", "run"]


def run(spread_id: int, *, watch: Callable[[], None] | None = None) -> None:
    """Do a job to its end; see :func:`articles.annotate.spreading.spreading.run`."""
    spreading.run(spread_id, WORKS, watch=watch)
