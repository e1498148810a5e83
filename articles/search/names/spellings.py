"""Names of the index that a query takes for one: ``Reuters`` and ``REUTERS``."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from articles.search.asking import Question
from articles.search.engine.index import fold_name
from articles.search.language.tree import Everything

# Fields of more names than these are not looked through.
MOST = 16_000
# So many readers' answers are kept: each commit to the index and each set of corpora has its own.
_KEPT = 64

type Spellings = Mapping[str, frozenset[str]]


@dataclass(slots=True)
class _Known:
    """What was found out of one state of the index."""

    state: str = ""
    found: dict[tuple[str, tuple[int, ...]], Spellings | None] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_KNOWN = _Known()


def spellings(question: Question, name: str) -> Spellings | None:
    """Return the names of a field that are several to the index and one to a query, folded.

    Of the corpora that are asked alone; None where there are too many names to tell.
    """
    key = (name, question.corpora)
    with _KNOWN.lock:
        if question.reading.state != _KNOWN.state or len(_KNOWN.found) >= _KEPT:
            _KNOWN.state, _KNOWN.found = question.reading.state, {}
        if key in _KNOWN.found:
            return _KNOWN.found[key]
    found = _of(question, name)
    with _KNOWN.lock:
        if question.reading.state == _KNOWN.state:
            _KNOWN.found[key] = found
    return found


def _of(question: Question, name: str) -> Spellings | None:
    whole = replace(question, tree=Everything(), added_since=None)
    everything = whole.facets([name], values=MOST)[name]
    if everything.others:
        return None
    known: dict[str, set[str]] = {}
    for value, _ in everything.values:
        known.setdefault(fold_name(value), set()).add(value)
    return {folded: frozenset(names) for folded, names in known.items() if len(names) > 1}
