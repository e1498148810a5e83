"""Processes that do not hear Ctrl-C and the like: whoever started them decides what it means."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def deaf_to_stops() -> Iterator[None]:
    """Let a process that starts here inherit that it does not hear Ctrl-C and the like.

    They reach every process of a terminal or a service. The one that asked decides what they mean:
    a process that ended by itself would look like one that failed on what it was given.
    """
    stops = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, stops)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
