"""Articles related to all others: found by prints, alignment and events, and kept as links.

An article is in the prints' store before it is related, so that of two that come at once each may
find the other; and what is found of a pair depends on their texts and on what is boilerplate alone.
So it does not matter which came first.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from articles.models import Coverage
from articles.models.lookups import any_id, id_array
from articles.models.planned import ask
from articles.related.events.event_facts import entries, seal, tagged_in
from articles.related.events.happenings import KINDS
from articles.related.finding import eventing, linking
from articles.related.finding.beside import Beside
from articles.related.finding.eventing import Comparisons
from articles.related.finding.linking import Finding, Pair
from articles.related.finding.looking import Looked, Looker
from articles.related.finding.stopping import review
from articles.related.finding.texts import Text
from articles.related.store.prints import Prints
from articles.related.stories import grouping

# Articles of which the texts, and those of all they are compared with, are in memory at once.
_AT_ONCE = 50

_PLACE = """
    INSERT INTO articles_coverage (article_id, version_id, pinned)
    SELECT article, version, false FROM unnest(%s::bigint[], %s::bigint[]) AS now (article, version)
    ORDER BY article
    ON CONFLICT (article_id) DO UPDATE SET version_id = excluded.version_id
"""


@dataclass(slots=True)
class Begun:
    """Articles of which the texts were looked at, and which are being compared by event.

    ``changed`` are those whose links changed by then; it ``is_kept`` if so was all that was found
    of the texts. ``failed`` are those that a fault of ours kept from being compared by event.
    """

    article_ids: Sequence[int]
    texts: Mapping[int, Text]
    comparisons: Comparisons
    state: Hashable
    is_kept: bool
    looked: list[Looked] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)
    failed: set[int] = field(default_factory=set)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what is still compared."""
        self.comparisons.close()


class Relater:
    """Relates articles; for the one process that keeps the prints' store."""

    def __init__(self, prints: Prints, looker: Looker, beside: Beside) -> None:
        self.prints, self._looker, self._beside = prints, looker, beside

    def forget(self) -> None:
        """Forget what was found and not kept."""
        self._looker.forget()

    def put(
        self, article_ids: Collection[int], *, before_replacing: Callable[[], object]
    ) -> tuple[dict[int, Text], set[int]]:
        """Put articles as they are now into the store, and commit; return those that stand.

        And those that a fault of ours kept from being prepared, which are not among them. One that
        comes alone is held there, and a commit is owed for it. What the store has as it is stays;
        before what it has of an article is replaced, ``before_replacing`` is called.
        """
        reader = self._looker.reader
        reader.forget()
        texts = reader.texts(article_ids)
        tagged = tagged_in(texts)
        known = self.prints.seals(article_ids)
        fresh = [
            text for id_, text in texts.items() if known.get(id_) != seal(text, tagged.get(id_, ()))
        ]
        as_they_were = texts.keys() - {text.article_id for text in fresh}
        for id_, (prints, number) in self.prints.printed(as_they_were).items():
            texts[id_].body.take(prints, number)
        gone = known.keys() - texts.keys()
        if gone or not known.keys().isdisjoint(text.article_id for text in fresh):
            before_replacing()
        failed = set[int]()
        if fresh or gone:
            made = list(entries(fresh, tagged, beside=self._beside))
            if len(made) == len(article_ids) == 1 and not known:
                self.prints.hold(made[0])
            else:
                self.prints.put(made, gone)
                self.prints.commit()
            failed = {text.article_id for text in fresh} - {each.article_id for each in made}
        return {id_: text for id_, text in texts.items() if id_ not in failed}, failed

    def is_beside(self, many: int) -> bool:
        """Whether so many articles are compared by event beside, while others are begun.

        One alone is not: it is held here.
        """
        return many > 1 and self._beside.is_worth(many)

    def begin(
        self,
        article_ids: Collection[int],
        texts: Mapping[int, Text],
        failed: Collection[int] = (),
        *,
        is_kept: bool = False,
    ) -> Begun:
        """Find what the texts of articles are to others, and have these compared by event.

        ``texts`` are those of them that stand, beside those that ``failed``, as :meth:`put`
        returned them. In a transaction: if it is not that in which they are finished, all that was
        found by then ``is_kept`` in it.
        """
        touched: dict[int, set[int]] = {}
        for text in texts.values():
            touched.setdefault(text.corpus_id, set()).update(text.prints)
        looker, ids = self._looker, sorted(article_ids)
        review(self.prints, looker.stops, touched, set(ids))
        beside = self._beside if self.is_beside(len(ids)) else None
        begun = Begun(ids, texts, Comparisons(self.prints, beside), looker.state, is_kept)
        begun.failed.update(failed)
        try:
            for start in range(0, len(ids), _AT_ONCE):
                part = ids[start : start + _AT_ONCE]
                looked = looker.look({id_: texts.get(id_) for id_ in part})
                begun.looked.append(looked)
                # Processes beside are at these while the texts of the next are looked at.
                begun.comparisons.want(looked.compared)
                if is_kept or start + _AT_ONCE < len(ids):
                    # For those that follow, they are one group already.
                    found = linking.keep(looked.rows, looked.found, looked.is_of_text)
                    grouping.settle_editions(found)
                    begun.changed |= found
        except BaseException:
            begun.close()
            raise
        return begun

    def finish(self, begun: Begun) -> set[int]:
        """Keep what articles are to others by event; return all whose links changed.

        In a transaction.
        """
        kept = set[tuple[Pair, str]]()
        for looked, (alike, failed) in zip(begun.looked, begun.comparisons.found(), strict=True):
            # Those beside are at the next of them.
            begun.failed |= failed
            by_event = eventing.findings(alike, begun.texts, kept)
            kept |= {(finding.pair, finding.kind.value) for finding in by_event}
            self._keep_by_event(begun, looked, by_event)
        return begun.changed | _place(begun.article_ids, begun.texts)

    def _keep_by_event(self, begun: Begun, looked: Looked, found: Sequence[Finding]) -> None:
        """Keep what some articles are to others by event, and of the last what their texts are."""
        is_with_text = not begun.is_kept and looked is begun.looked[-1]
        # What others were linked to these by since then was not looked for; but two are one thing.
        known = {row.id for row in looked.rows if row.suggested}
        told = {each.pair for each in found} | looked.of_one_text

        def is_looked_for(row: linking.Row) -> bool:
            if row.kind in KINDS:
                is_known = row.id in known or row.pair in told
                return is_known and begun.failed.isdisjoint(row.pair)
            return is_with_text and looked.is_of_text(row)

        # People may have judged since.
        rows = linking.rows_of(looked.article_ids) if begun.is_kept else looked.rows
        begun.changed |= linking.keep(
            rows, [*(looked.found if is_with_text else ()), *found], is_looked_for
        )
        if self._looker.state == begun.state:
            self._looker.told.add_events(begun.state, [each.pair for each in found])


def _place(article_ids: Iterable[int], texts: Mapping[int, Text]) -> set[int]:
    """Keep which text of each article was related; return of whom groups of those gone are."""
    versions = id_array(text.version_id for text in texts.values())
    ask(_PLACE, [id_array(texts), versions])
    gone = set(article_ids) - texts.keys()
    if gone:
        Coverage.objects.filter(any_id("article_id", gone)).update(version=None)
        # With an article that was deleted its links went: a group may be called by it.
        called = Coverage.objects.filter(any_id("editions", gone)).order_by()
        return set(called.values_list("article_id", flat=True))
    return set()
