"""The worker's loops, run beside a test."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connections

from tests.faults.processes import until


@contextmanager
def run_beside(
    follow: Callable[[threading.Event, Callable[[str], None]], None],
    is_followed: Callable[[], bool],
) -> Iterator[list[str]]:
    """Run a loop in a thread, once it has begun, until the test is over; yield what it says."""
    stop, said = threading.Event(), list[str]()

    def run() -> None:
        try:
            follow(stop, said.append)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        until(is_followed, "a loop")
        yield said
    finally:
        stop.set()
        thread.join(30)
        assert not thread.is_alive()
