"""Walking through the hits of a question by date or outlet, from any place and in both directions.

A place is a hit of an article, told by the article's place in the index's order: pages are as
quick at the millionth line as at the first, and steady while articles come in.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from typing import NamedTuple

from articles.models import Source
from articles.models.keyset import CursorError
from articles.models.lookups import any_id
from articles.search.asking import Question
from articles.search.engine.answers import Sort
from articles.search.engine.index import ID_BITS, order_key, seconds
from articles.search.gathering import Patience
from articles.search.kwic import Context, Text, contexts, texts
from articles.search.language.tree import Has, Named, Node, conjunction, negation
from articles.search.marking import Marker, marker

# The engine is asked for so many at a time, since each time it goes through the whole answer; their
# texts are read by fewer, since most pages need no more.
_IDS, _TEXTS = 250, 40
_OUTLETS = 65_000
_CURSOR = re.compile(r"([ab])(\d{1,10})\.(\d{1,20})\.(\d{1,7})", re.ASCII)
_ID = (1 << ID_BITS) - 1
_END = 1 << 64
# Begins what names an outlet by its id; no query holds it.
_BY_ID = "\0"
_AFTER_ALL = 10_000_000


class Place(NamedTuple):
    """A hit to go on from: the article's outlet (0 in orders by date), its key, the hit's number.

    ``backwards`` says to which side of it.
    """

    backwards: bool
    group: int
    key: int
    number: int

    @classmethod
    def read(cls, cursor: str) -> "Place":
        """Return the place that a cursor names; raise CursorError."""
        found = _CURSOR.fullmatch(cursor)
        if found is None or not 0 < int(found[3]) < _END - 1:
            raise CursorError("This cursor is not one of this list. Start at its first page.")
        return cls(found[1] == "b", int(found[2]), int(found[3]), int(found[4]))

    def __str__(self) -> str:
        return f"{'b' if self.backwards else 'a'}{self.group}.{self.key}.{self.number}"


@dataclass(frozen=True, slots=True)
class Step:
    """A hit on the way, and its place."""

    context: Context
    group: int
    key: int

    @property
    def after(self) -> str:
        """The cursor of what follows it."""
        return str(self._place(backwards=False))

    @property
    def before(self) -> str:
        """The cursor of what comes before it."""
        return str(self._place(backwards=True))

    def _place(self, *, backwards: bool) -> Place:
        return Place(backwards, self.group, self.key, self.context.number)


# Hits from a place on, or from the beginning; backwards where the place says so.
type Walk = Callable[[Place | None], Iterator[Step]]


def by_date(question: Question, *, newest_first: bool, patience: Patience | None = None) -> Walk:
    """Return a walk by date of publication, through each article in its text's order."""
    sort = Sort.NEWEST if newest_first else Sort.OLDEST

    def walk(place: Place | None) -> Iterator[Step]:
        if place is not None and place.group:
            raise CursorError("This cursor is of another order. Start at its first page.")
        return _hits(_Asked(question, marker(question.tree), patience), sort, place, 0)

    return walk


def by_source(question: Question, *, patience: Patience | None = None) -> Walk:
    """Return a walk by outlets' names, of each the newest first; articles without come last."""

    def walk(place: Place | None) -> Iterator[Step]:
        of_query = marker(question.tree)
        groups = _groups(question)
        backwards = place is not None and place.backwards
        if backwards:
            groups.reverse()
        for group in _from(groups, place):
            here = place if place is not None and place.group == group else None
            if here is None and backwards:
                here = Place(backwards=True, group=group, key=1, number=_AFTER_ALL)
            asked = _Asked(_of_source(question, group), of_query, patience)
            yield from _hits(asked, Sort.NEWEST, here, group)

    return walk


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is walked through. Without ``patience`` each hit may take its time, as an export's."""

    question: Question
    of_query: Marker
    patience: Patience | None


def _hits(asked: _Asked, sort: Sort, place: Place | None, group: int) -> Iterator[Step]:
    """Yield the hits of an order of articles from a place on."""
    question = asked.question
    backwards = place is not None and place.backwards
    cursor: str | None = _first_cursor(place, newest_first=sort is Sort.NEWEST)
    waiting = asked.patience or Patience()
    while cursor is not None:
        page = question.page(sort=sort, limit=_IDS, cursor=cursor)
        ids = page.ids[::-1] if backwards else page.ids
        for text in _texts(ids, question.corpora):
            waiting.check()
            key = order_key(seconds(text.sort_at), text.article_id)
            found = _beyond(place, text.article_id, list(contexts(asked.of_query, text)))
            for context in found[::-1] if backwards else found:
                yield Step(context, group, key)
            if found and asked.patience is None:
                waiting = Patience()
        cursor = page.previous if backwards else page.next


def _texts(ids: Sequence[int], corpora: Sequence[int]) -> Iterator[Text]:
    for some in batched(ids, _TEXTS, strict=False):
        yield from texts(some, corpora)


def _first_cursor(place: Place | None, *, newest_first: bool) -> str:
    """Return the cursor of articles from a place's own on: it may have more hits."""
    if place is None:
        return ""
    if place.backwards:
        return f"b{place.key - 1 if newest_first else place.key + 1}"
    return f"a{place.key + 1 if newest_first else place.key - 1}"


def _beyond(place: Place | None, article_id: int, found: list[Context]) -> list[Context]:
    """Return the hits that a place's own article has beyond it, and all of another article."""
    if place is None or place.key & _ID != article_id:
        return found
    if place.backwards:
        return [each for each in found if each.number < place.number]
    return [each for each in found if each.number > place.number]


def _groups(question: Question) -> list[int]:
    """Return the outlets that an answer has, by name; 0 stands for none."""
    found = question.facets(["source"], values=_OUTLETS)["source"]
    ids = [int(value) for value, _ in found.values]
    names = dict(Source.objects.filter(any_id("id", ids)).order_by().values_list("pk", "name"))
    return [*sorted(ids, key=lambda pk: (names.get(pk, "").casefold(), pk)), 0]


def _from(groups: Sequence[int], place: Place | None) -> Sequence[int]:
    """Return the outlets from a place's on; raise CursorError if that is not among them."""
    if place is None:
        return groups
    if place.group not in groups:
        raise CursorError("This place has gone since. Start at the first page.")
    return groups[groups.index(place.group) :]


def _of_source(question: Question, source_id: int) -> Question:
    """Return a question to the articles of one outlet, by its id; of none for 0."""
    if not source_id:
        return question.but(conjunction([question.tree, negation(Has("source"))]))
    mean = question.compiler.mean

    def by_id(field: str, value: str) -> Sequence[str] | None:
        return [value[1:]] if field == "source" and value.startswith(_BY_ID) else mean(field, value)

    asked: Node = conjunction([question.tree, Named("source", f"{_BY_ID}{source_id}")])
    return replace(question, tree=asked, compiler=replace(question.compiler, mean=by_id))
