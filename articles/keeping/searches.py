"""Saved searches: questions to be asked again, what is new in their answers, and their feeds.

What is new is what came in since one looked. The moment up to which one has looked is not the
moment of looking, but the one up to which the index was complete then (:func:`complete_until`):
what was stored but not yet indexed could not be seen, and must count as new the next time. So an
article is never missed; one that came in within the last moments may be shown as new twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import Consumer, SavedSearch
from articles.models.access import hashed
from articles.search.asking import Question, ask
from articles.search.deadline import TooSlowError
from articles.search.engine.answers import Sort
from articles.search.language.errors import QueryError
from articles.search.language.query import parse
from articles.text import normalise_line

NAME_CHARACTERS = 200
# Longer ones fit no address, which is where a search is opened.
QUERY_CHARACTERS = 6_000
# More than this nobody looks through, and a list of them would ask too much at once.
MOST_SEARCHES = 200
# What is new is counted for a list as long as this takes; those left say that they were not.
_COUNTING = timedelta(seconds=2)
# The clocks of this machine and of the database's may differ by so much.
_CLOCKS = timedelta(seconds=5)
# An article's time is taken a little before it is written: at most as long as a batch takes.
_BATCH = timedelta(minutes=1)


class SearchRefusedError(Exception):
    """Why a search can't be saved so: a sentence."""


class SearchNameTakenError(SearchRefusedError):
    """Another of one's searches has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"You have a search “{name}” already. Use another name.")


@dataclass(frozen=True, slots=True)
class News:
    """How many articles are new in a saved search; None where that is not known: ``problem``."""

    search: SavedSearch
    count: int | None
    problem: str = ""


def save(
    *, by: User, name: str, query: str, sort: str = "", until: datetime | None = None
) -> SavedSearch:
    """Keep a question under a name; what there is now, or was at ``until``, counts as seen.

    Raises SearchRefusedError, QueryError for a query that can't be read.
    """
    if SavedSearch.objects.of(by).count() >= MOST_SEARCHES:
        raise SearchRefusedError(
            f"You have {MOST_SEARCHES} saved searches, the most there can be. Remove some first."
        )
    made = SavedSearch(
        by=by, name=_name(name), query=_query(query), sort=_sort(sort), looked_at=_seen(until)
    )
    _store(made)
    return made


def edit(
    search: SavedSearch,
    *,
    name: str | None = None,
    query: str | None = None,
    sort: str | None = None,
) -> bool:
    """Change what is given; return whether anything changed. Of another query all there is is seen.

    Raises SearchRefusedError, QueryError.
    """
    before = (search.name, search.query, search.sort)
    wanted = (
        search.name if name is None else _name(name),
        search.query if query is None else _query(query),
        search.sort if sort is None else _sort(sort),
    )
    if wanted == before:
        return False
    search.name, search.query, search.sort = wanted
    if search.query != before[1]:
        search.looked_at = complete_until()
    try:
        _store(search)
    except SearchNameTakenError:
        search.name, search.query, search.sort = before
        raise
    return True


def remove(search: SavedSearch) -> None:
    """Remove a search; it can be restored. Its feed leads nowhere meanwhile."""
    search.removed_at = timezone.now()
    search.save(update_fields=["removed_at"])


def restore(search: SavedSearch) -> None:
    """Put back a search that was removed. Raises SearchNameTakenError."""
    search.removed_at = None
    _store(search)


def question(search: SavedSearch, user: User) -> Question:
    """Return what a search asks now, for its owner. Raises QueryError, IndexMissingError."""
    return ask(search.query, user)


def news(searches: Iterable[SavedSearch], user: User) -> list[News]:
    """Return how many articles are new in each search. Raises IndexMissingError."""
    until = timezone.now() + _COUNTING
    found = []
    for search in searches:
        if timezone.now() > until:
            found.append(News(search, None, "Not counted: the others took long."))
            continue
        try:
            new = question(search, user).since(search.looked_at)
            found.append(News(search, new.total()))
        except QueryError as fault:
            found.append(News(search, None, fault.message))
        except TooSlowError as fault:
            found.append(News(search, None, str(fault)))
    return found


def look(search: SavedSearch, *, until: datetime | None = None) -> datetime:
    """Take all there is now, or came in before ``until``, as seen; return since when it was new."""
    before = search.looked_at
    search.looked_at = max(before, _seen(until))
    search.save(update_fields=["looked_at"])
    return before


def _seen(until: datetime | None) -> datetime:
    """Return up to when what came in counts as seen by who looked ``until`` then, or now."""
    complete = complete_until()
    return min(until or complete, complete)


def complete_until() -> datetime:
    """Return the moment before which nothing came in that the index lacks.

    An article carries the time at which its batch began. It may be out of the index's sight in two
    ways: its transaction has not ended yet, and may have begun long ago; or it has, and a row of
    changes waits for the indexer. So this is the earliest of: now; the start of the oldest
    transaction underway that writes; the oldest waiting change, less the time of a batch. Those
    underway are asked for first: one that ends between the two questions has left its row of
    changes by the second. The other way round it would be seen by neither. What Postgres does by
    itself, such as vacuuming, brings no articles.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT clock_timestamp(), min(xact_start) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend'"
            " AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
        )
        now, writing = cursor.fetchone() or (None, None)
        cursor.execute("SELECT min(at) FROM articles_change WHERE consumer = %s", [Consumer.SEARCH])
        [waiting] = cursor.fetchone() or (None,)
    known = [now or timezone.now()]
    known += [writing] if writing else []
    known += [waiting - _BATCH] if waiting else []
    return min(known) - _CLOCKS


def new_feed(search: SavedSearch) -> str:
    """Give a search a feed, under a new secret, told this once; the one before ends."""
    return search.new_feed_secret()


def end_feed(search: SavedSearch) -> None:
    """Let no feed of a search be read any more."""
    search.feed_hash = None
    search.save(update_fields=["feed_hash"])


def of_feed(secret: str) -> SavedSearch | None:
    """Return the search whose feed a secret opens; None if it, or its owner, is there no more."""
    found = SavedSearch.objects.filter(
        feed_hash=hashed(secret), removed_at=None, by__is_active=True
    )
    search: SavedSearch | None = found.select_related("by").first()
    return search


def orders() -> Sequence[Sort]:
    """Return the orders that a search can be saved with."""
    return list(Sort)


def _store(search: SavedSearch) -> None:
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError as fault:
        if "one_saved_search_per_name" in str(fault):
            raise SearchNameTakenError(search.name) from fault
        raise


def _name(name: str) -> str:
    line = normalise_line(name)
    if not line:
        raise SearchRefusedError("A saved search needs a name.")
    if len(line) > NAME_CHARACTERS:
        raise SearchRefusedError(f"A name has at most {NAME_CHARACTERS} characters.")
    return line


def _query(query: str) -> str:
    words = query.strip()
    if len(words) > QUERY_CHARACTERS:
        raise SearchRefusedError(
            f"A query of more than {QUERY_CHARACTERS:,} characters can’t be saved."
        )
    parse(words)
    return words


def _sort(sort: str) -> str:
    if sort and sort not in list(Sort):
        raise SearchRefusedError(f"There is no order “{sort[:40]}”. There are: {', '.join(Sort)}.")
    return sort
