"""How tests are shared out among processes."""

from pathlib import Path

import pytest

from tests.scheduling import UNITS, UnitsTogether, unit_of

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("unit", "place"), [(unit, place) for unit, places in UNITS.items() for place in places]
)
def test_what_goes_together_is_there_and_part_of_one_unit(unit: str, place: str) -> None:
    assert (ROOT / place).exists()
    assert unit_of(f"{place}::test_of_it") == unit


def test_every_other_test_is_a_unit_of_its_own() -> None:
    first, second = "tests/test_tasks.py::test_one", "tests/test_tasks.py::test_one[2]"

    assert [unit_of(first), unit_of(second)] == [first, second]


def test_a_run_in_several_processes_is_shared_out_so(pytestconfig: pytest.Config) -> None:
    # The hook of xdist asks who has a scheduler of their own; without xdist it asks nobody.
    given = [
        plugin.pytest_xdist_make_scheduler.__annotations__["return"]
        for plugin in pytestconfig.pluginmanager.get_plugins()
        if getattr(plugin, "__file__", None) == str(ROOT / "tests" / "conftest.py")
    ]

    assert given == [UnitsTogether]
    assert UnitsTogether._split_scope(object.__new__(UnitsTogether), "tests/faults/a") == "faults"
