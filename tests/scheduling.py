"""Which tests one process runs one after another, where several processes share the run."""

from xdist.scheduler import LoadScopeScheduling

# Where the tests of each unit are: some kill processes and share a Newsroom of their own; others
# share what takes long to make, and what each process would make.
UNITS = {
    "faults": (
        "tests/faults/",
        "tests/newsroom/test_first_use.py",
        "tests/newsroom/test_postgres.py",
    ),
    "upgrades": ("tests/migrations/test_upgrade.py",),
}


def unit_of(test: str) -> str:
    """Return the unit of work that a test is part of, by its name: mostly itself alone."""
    return next((unit for unit, places in UNITS.items() if test.startswith(places)), test)


class UnitsTogether(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """Hands out test by test but for those of a unit, which go first and to one process.

    Marks of groups would say so too, but pytest-xdist 3.8 writes a group into a test's name where
    pytest 9.2 no longer looks, and spreads the tests without a word.
    """

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)
