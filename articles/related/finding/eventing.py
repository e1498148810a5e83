"""What articles are to others by event: compared here, or by processes beside if they are many."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import DatabaseError

from articles.models import LinkKind
from articles.models.lookups import id_array
from articles.models.planned import ask
from articles.related.events.events import Alike, Comparing, kept_score
from articles.related.finding.beside import Beside
from articles.related.finding.linking import Finding, Pair, pair_of
from articles.related.finding.reading import Asked, read_alike
from articles.related.finding.texts import Text
from articles.related.store.prints import Prints
from articles.search.engine.faults import BrokenIndexError, IndexRefusedError

_VERSIONS = """
    SELECT id, version_id FROM articles_article
    WHERE id = ANY(%s::bigint[]) AND version_id IS NOT NULL
"""

_log = logging.getLogger(__name__)


class Comparisons:
    """What articles are to others by event, found while more of them are still looked at.

    By processes ``beside``, or here without. Raises DatabaseError, and what
    :mod:`articles.search.engine.faults` has.
    """

    def __init__(self, prints: Prints, beside: Beside | None) -> None:
        self._prints = prints
        self._wanted: list[Sequence[Comparing]] = []
        self._asked = beside.asked(read_alike) if beside is not None else None

    def close(self) -> None:
        """Let go of what was not found yet."""
        if self._asked is not None:
            self._asked.close()

    def want(self, wanted: Sequence[Comparing]) -> None:
        """Have more articles compared."""
        self._wanted.append(wanted)
        if self._asked is not None:
            build, state = self._prints.build, self._prints.state
            self._asked.ask({each.article_id: Asked(build, state, each) for each in wanted})

    def found(self) -> Iterator[tuple[list[Alike], set[int]]]:
        """Yield what all are to others by event, and of which that could not be found.

        As often as somebody wanted some. While one looks at it, the next are compared.
        """
        done = self._asked.rest() if self._asked is not None else iter(())
        for wanted in self._wanted:
            there = dict(islice(done, len(wanted)))
            # What failed there is tried here: a store that is broken is told of so.
            here = [each for each in wanted if there.get(each.article_id) is None]
            found, failed = self._here(here)
            yield [*found, *(alike for some in there.values() for alike in some or ())], failed

    def _here(self, wanted: Iterable[Comparing]) -> tuple[list[Alike], set[int]]:
        found: list[Alike] = []
        failed: set[int] = set()
        for each in wanted:
            try:
                found += each.alike(self._prints.abouts)
            except (DatabaseError, BrokenIndexError, IndexRefusedError):
                raise
            except Exception:  # noqa: BLE001 -- a fault of ours in one article must not stop all others
                _log.exception("The events of article %s could not be compared.", each.article_id)
                failed.add(each.article_id)
        return found, failed


def findings(
    alike: Sequence[Alike], known: Mapping[int, Text], kept: Collection[tuple[Pair, str]] = ()
) -> list[Finding]:
    """Return as findings what articles, whose texts are ``known``, are to others by event.

    Those that are ``kept`` already, from the other side, are without evidence.
    """
    versions = {id_: text.version_id for id_, text in known.items()}
    met = {id_ for each in alike for id_ in (each.article_id, each.other_id)} - versions.keys()
    if met:
        versions |= dict(ask(_VERSIONS, [id_array(met)]))
    found: dict[tuple[Pair, str], Finding] = {}
    for each in alike:
        pair = pair_of(each.article_id, each.other_id)
        is_first = each.article_id == pair[0]
        if not versions.keys() >= set(pair):
            continue
        side = {"": "", "article": "first", "other": "second"}[each.derived]
        if not is_first and side:
            side = "second" if side == "first" else "first"
        days = each.days if is_first or each.days is None else -each.days
        evidence: dict[str, Any] | None = None
        if not each.is_told and (pair, each.kind) not in kept:
            evidence = {**each.evidence, "days": days}
        found[pair, each.kind] = Finding(
            pair=pair,
            corpus_id=known[each.article_id].corpus_id,
            kind=LinkKind(each.kind),
            score=kept_score(each.score),
            evidence=evidence,
            direction=side,
            versions=(versions[pair[0]], versions[pair[1]]),
        )
    return list(found.values())
