"""The engine can't be stopped once it was asked: it is asked elsewhere, and not waited for long."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotDoneError

from django.conf import settings

# So many questions that take too long may be underway; others wait, and then give up too.
_THREADS = 8


class TooSlowError(Exception):
    """A question was not answered in time; a sentence for the one who asked."""


_POOL = ThreadPoolExecutor(_THREADS, thread_name_prefix="asking")


def in_time[T](ask: Callable[[], T]) -> T:
    """Return what the engine answers; raise TooSlowError after SEARCH_SECONDS."""
    asked = _POOL.submit(ask)
    try:
        return asked.result(timeout=settings.SEARCH_SECONDS)
    except NotDoneError as fault:
        asked.cancel()
        raise TooSlowError(
            f"This took longer than {settings.SEARCH_SECONDS:g} seconds and was stopped. Ask for "
            "less at once: fewer wildcards, or a narrower range of dates."
        ) from fault
