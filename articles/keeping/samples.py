"""Samples: so many articles of an answer, drawn by a seed, into a collection of their own.

Each article of the answer has a rank, a hash of the seed and its id, and those of the lowest ranks
are drawn. So the same seed draws the same articles of the same answer, in whatever order it comes,
and of an answer that grew by a few articles nearly the same.
"""

import hashlib
import heapq
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from articles.history.operations import act
from articles.keeping import items
from articles.keeping.collections import (
    MOST_AT_ONCE,
    Added,
    CollectionRefusedError,
    counted,
    made,
    named,
    quoted,
)
from articles.models import Act, Article, Corpus, Door, Source
from articles.models.lookups import any_id
from articles.parsed import Precision
from articles.search.asking import Question
from articles.search.language.printing import printed

SEED_CHARACTERS = 100
# More groups than this are no strata to draw from, but a list of single articles.
MOST_STRATA = 2_000
# So many are kept in a recipe, the largest; the rest is summed up.
STRATA_KEPT = 200
_BATCH = 20_000
_UNKNOWN = ""


class By(StrEnum):
    """What a sample can be stratified by."""

    SOURCE = "source"
    YEAR = "year"
    MONTH = "month"
    LANG = "lang"
    SECTION = "section"

    @property
    def label(self) -> str:
        """What people call it."""
        return "language" if self is By.LANG else self.value


class Share(StrEnum):
    """How many are drawn from each stratum."""

    PROPORTIONAL = "proportional"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Stratum:
    """A group of an answer: its value ("" where it is not known), and how many are drawn of it."""

    value: str
    label: str
    of: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sample would be: how many of how many; ``strata`` are none if not stratified."""

    size: int
    of: int
    strata: Sequence[Stratum] = ()

    @property
    def drawn(self) -> int:
        """How many articles would be drawn: fewer than were wanted if there are no more."""
        return sum(s.drawn for s in self.strata) if self.strata else min(self.size, self.of)


def new_seed() -> str:
    """Return a seed for who has none in mind, short enough to be written down."""
    return str(secrets.randbelow(900_000) + 100_000)


def plan(
    question: Question,
    corpus: Corpus,
    *,
    size: int,
    by: By | None = None,
    share: Share = Share.PROPORTIONAL,
) -> Plan:
    """Return what a sample of an answer would be, for one to look at first.

    Raises CollectionRefusedError, QueryError, TooSlowError.
    """
    return _plan(_grouped(question, corpus, by), size, by, share)[0]


def draw(  # noqa: PLR0913 -- what a sample is made of, by keyword
    question: Question,
    corpus: Corpus,
    *,
    name: str,
    size: int,
    seed: str,
    by_whom: User,
    door: Door,
    by: By | None = None,
    share: Share = Share.PROPORTIONAL,
    note: str = "",
    shared: bool = False,
) -> Added:
    """Draw a sample of an answer's articles in a corpus into a new collection, with its recipe.

    Raises CollectionRefusedError, QueryError, TooSlowError.
    """
    named(name)
    drawn = drawing(question, corpus, size=size, seed=seed, by=by, share=share)
    return keep(drawn, corpus, name=name, by_whom=by_whom, door=door, note=note, shared=shared)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Articles that were drawn, in the order of their seed, of so many; and how."""

    articles: Sequence[int]
    of: int
    seed: str
    recipe: Mapping[str, Any]


def drawing(
    question: Question,
    corpus: Corpus,
    *,
    size: int,
    seed: str,
    by: By | None = None,
    share: Share = Share.PROPORTIONAL,
) -> Drawing:
    """Draw a sample of an answer's articles in a corpus; raise as :func:`draw` does."""
    seed = _seed(seed)
    groups = _grouped(question, corpus, by)
    planned, take = _plan(groups, size, by, share)
    if not planned.of:
        raise CollectionRefusedError(
            f"Nothing of this answer is in {corpus}. A sample needs something to draw from."
        )
    drawn = [pk for value, ids in groups.items() for pk in lowest(ids, seed, take[value])]
    drawn.sort(key=lambda pk: rank(seed, pk))
    return Drawing(drawn, planned.of, seed, _recipe(question, planned, seed, by, share))


def keep(
    drawn: Drawing,
    corpus: Corpus,
    *,
    name: str,
    by_whom: User,
    door: Door,
    note: str = "",
    shared: bool = False,
) -> Added:
    """Put what was drawn into a new collection. Raises CollectionRefusedError."""
    line = named(name)
    with act(Act.COLLECT, corpus=corpus, by=by_whom, summary="", door=door) as operation:
        collection = made(corpus, name=line, by=by_whom, note=note, shared=shared)
        collection.recipe = dict(drawn.recipe)
        collection.save(update_fields=["recipe"])
        count, already, elsewhere = items.put_in(collection, drawn.articles)
        operation.size = max(count, 1)
        operation.summary = (
            f"Drew {counted(count)} of {drawn.of:,} by the seed {drawn.seed} into {quoted(line)}"
        )
    return Added(collection, count, already, elsewhere, operation)


def rank(seed: str, article_id: int) -> bytes:
    """Return where an article stands in the order that a seed makes."""
    return hashlib.blake2b(f"{seed}:{article_id}".encode(), digest_size=16).digest()


def lowest(ids: Iterable[int], seed: str, count: int) -> list[int]:
    """Return the ``count`` articles that a seed draws first."""
    return heapq.nsmallest(count, ids, key=lambda pk: rank(seed, pk))


def allotted(sizes: Mapping[str, int], size: int, share: Share) -> dict[str, int]:
    """Return how many are drawn of strata of some sizes, ``size`` in all if there are so many.

    In equal shares what a small stratum lacks is drawn from the others; in proportional ones what
    rounding leaves goes to the largest remainders. Ties go to the larger stratum, then by its name.
    """
    size = min(size, sum(sizes.values()))
    if share is Share.EQUAL:
        return _equal(sizes, size)
    total = sum(sizes.values())
    take = {value: size * of // total for value, of in sizes.items()} if total else {}
    left = size - sum(take.values())
    by_remainder = sorted(sizes, key=lambda v: (-(size * sizes[v] % total), -sizes[v], v))
    for value in by_remainder[:left]:
        take[value] += 1
    return take


def _equal(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    take = dict.fromkeys(sizes, 0)
    left = size
    # The smallest first: what they lack is shared among the larger ones.
    in_order = sorted(sizes, key=lambda v: (sizes[v], v))
    for place, value in enumerate(in_order):
        take[value] = min(sizes[value], left // (len(in_order) - place))
        left -= take[value]
    return take


def _plan(
    groups: Mapping[str, Sequence[int]], size: int, by: By | None, share: Share
) -> tuple[Plan, dict[str, int]]:
    if not 1 <= size <= MOST_AT_ONCE:
        raise CollectionRefusedError(f"A sample has 1 to {MOST_AT_ONCE:,} articles.")
    sizes = {value: len(ids) for value, ids in groups.items()}
    of = sum(sizes.values())
    take = allotted(sizes, size, share)
    if by is None:
        return Plan(size, of), take
    if len(sizes) > MOST_STRATA:
        raise CollectionRefusedError(
            f"This answer has {len(sizes):,} groups by {by.label}, too many to draw from. "
            "Stratify by something coarser."
        )
    labels = _labels(by, sizes)
    strata = [Stratum(v, labels.get(v, v), sizes[v], take[v]) for v in sizes]
    by_time = by in {By.YEAR, By.MONTH}
    strata.sort(key=lambda s: (s.value == _UNKNOWN, s.value if by_time else -s.of, s.label))
    return Plan(size, of, strata), take


def _grouped(question: Question, corpus: Corpus, by: By | None) -> dict[str, list[int]]:
    """Return the articles of an answer in a corpus by the value of what it is stratified by."""
    groups: dict[str, list[int]] = {}
    for ids in question.within([corpus.pk]).ids(batch=_BATCH):
        for pk, value in _values(ids, by):
            groups.setdefault(value, []).append(pk)
    return groups


def _values(ids: Sequence[int], by: By | None) -> Iterator[tuple[int, str]]:
    if by is None:
        yield from ((pk, _UNKNOWN) for pk in ids)
        return
    columns = {
        By.SOURCE: ("source_id",),
        By.YEAR: ("published_date",),
        By.MONTH: ("published_date", "published_precision"),
        By.LANG: ("language",),
        By.SECTION: ("section",),
    }
    rows = Article.objects.filter(any_id("id", ids), standing=True).order_by()
    for pk, value, *more in rows.values_list("pk", *columns[by]):
        yield pk, _value(by, value, more[0] if more else None)


def _value(by: By, value: Any, precision: str | None) -> str:
    if value is None:
        return _UNKNOWN
    if by is By.YEAR or (by is By.MONTH and precision == Precision.YEAR):
        return f"{value.year:04}"
    return f"{value:%Y-%m}" if by is By.MONTH else str(value)


def _labels(by: By, values: Iterable[str]) -> dict[str, str]:
    labels = {_UNKNOWN: "undated" if by in {By.YEAR, By.MONTH} else f"no {by.label}"}
    if by is By.SOURCE:
        ids = [int(value) for value in values if value]
        rows = Source.objects.filter(any_id("id", ids)).order_by().values_list("pk", "name")
        labels |= {str(pk): name for pk, name in rows}
    if by is By.MONTH:
        labels |= {value: f"{value}, month not known" for value in values if len(value) == 4}
    return labels


def _recipe(
    question: Question, planned: Plan, seed: str, by: By | None, share: Share
) -> dict[str, Any]:
    recipe: dict[str, Any] = {
        "query": printed(question.tree),
        "seed": seed,
        "size": planned.size,
        "of": planned.of,
        "drawn": planned.drawn,
        "at": timezone.now().isoformat(timespec="seconds"),
    }
    if by is not None:
        largest = sorted(planned.strata, key=lambda s: -s.of)[:STRATA_KEPT]
        kept = [s for s in planned.strata if s in largest]
        recipe |= {
            "by": by.value,
            "share": share.value,
            "strata": [{"label": s.label, "of": s.of, "drawn": s.drawn} for s in kept],
            "more_strata": len(planned.strata) - len(kept),
        }
    return recipe


def _seed(seed: str) -> str:
    words = seed.strip()
    if not words or len(words) > SEED_CHARACTERS or not words.isprintable():
        raise CollectionRefusedError(
            f"A seed is a word or a number of at most {SEED_CHARACTERS} characters."
        )
    return words
