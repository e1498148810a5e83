"""Which tests one process runs one after another, where several processes share the run."""

from xdist.scheduler import LoadScopeScheduling

# These kill processes and share a Newsroom of their own.
_KILL = (
    "tests/faults/",
    "tests/newsroom/test_first_use.py",
    "tests/newsroom/test_postgres.py",
)


def unit_of(test: str) -> str:
    """Return the unit of work that a test is part of, by its name: all that kill are one."""
    return "faults" if test.startswith(_KILL) else test


class FaultsTogether(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """Hands out test by test but for those that kill, which go first and to one process.

    Marks of groups would say so too, but pytest-xdist 3.8 writes a group into a test's name where
    pytest 9.2 no longer looks, and spreads the tests without a word.
    """

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)
