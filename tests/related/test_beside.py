"""Work is done by processes beside this one as it would be here, whatever becomes of them."""

import multiprocessing.context
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import batched, islice
from pathlib import Path

import pytest

from articles.related.finding.beside import Beside
from tests.faults.processes import ROOT, children, until
from tests.related.works import (
    dies_of_seven,
    doubled,
    interrupts,
    itself,
    none_of_seven,
    notes,
    pid_of,
    touches,
)

NUMBERS = {number: number for number in range(120)}
DOUBLED = {number: 2 * number for number in NUMBERS}


@pytest.fixture
def beside() -> Iterator[Beside]:
    made = Beside(2)
    yield made
    made.close()


def is_running(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_what_is_made_is_the_same_and_in_order_whatever_the_number_of_processes(
    beside: Beside,
) -> None:
    assert list(Beside().each(doubled, NUMBERS)) == list(DOUBLED.items())
    assert list(beside.each(doubled, NUMBERS)) == list(DOUBLED.items())
    assert len(set(dict(beside.each(pid_of, NUMBERS)).values()) - {os.getpid()}) == 2


def test_few_things_are_done_here(beside: Beside) -> None:
    few = dict(islice(NUMBERS.items(), 19))
    assert set(dict(beside.each(pid_of, few)).values()) == {os.getpid()}


@pytest.mark.parametrize("processes", [1, 2])
def test_a_fault_in_one_thing_stops_no_other(processes: int) -> None:
    made = Beside(processes)
    try:
        assert dict(made.each(none_of_seven, NUMBERS)) == {**DOUBLED, 7: None}
    finally:
        made.close()


def test_of_what_a_process_dies_of_nothing_is_made_and_of_all_else_it_is(beside: Beside) -> None:
    assert list(beside.each(dies_of_seven, NUMBERS)) == list({**DOUBLED, 7: None}.items())
    assert list(beside.each(doubled, NUMBERS)) == list(DOUBLED.items())


def test_processes_that_are_killed_are_replaced(beside: Beside) -> None:
    for pid in set(dict(beside.each(pid_of, NUMBERS)).values()):
        assert pid is not None
        os.kill(pid, signal.SIGKILL)

    assert list(beside.each(doubled, NUMBERS)) == list(DOUBLED.items())


def test_what_nobody_waited_for_is_taken_for_no_later_answer(beside: Beside) -> None:
    asked = beside.each(pid_of, NUMBERS)
    next(asked)
    asked.close()  # type: ignore[attr-defined]  # a generator

    assert list(beside.each(doubled, NUMBERS)) == list(DOUBLED.items())


@pytest.mark.parametrize("size", [1, 7, 60])
def test_what_is_asked_bit_by_bit_is_told_in_order(beside: Beside, size: int) -> None:
    assert beside.is_worth(len(NUMBERS))

    with beside.asked(dies_of_seven) as asked:
        for some in batched(NUMBERS.items(), size, strict=False):
            asked.ask(dict(some))
        made = list(asked.rest())

    assert made == list({**DOUBLED, 7: None}.items())


def test_what_is_asked_is_begun_before_somebody_waits_for_it(
    beside: Beside, tmp_path: Path
) -> None:
    assert beside.is_worth(len(NUMBERS))

    with beside.asked(touches) as asked:
        asked.ask({1: str(tmp_path / "begun")})
        until((tmp_path / "begun").exists, "what was asked")

    assert list(beside.each(doubled, NUMBERS)) == list(DOUBLED.items())


def test_what_is_asked_at_once_is_done_before_what_waits(beside: Beside, tmp_path: Path) -> None:
    # So that both are there.
    assert list(beside.each(doubled, NUMBERS)) == list(DOUBLED.items())
    log = tmp_path / "log"
    waiting = {number: (str(log), "waiting") for number in range(300)}
    at_once = {number: (str(log), "at once") for number in range(30)}

    with beside.asked(notes) as asked, beside.asked(doubled) as others:
        asked.ask(waiting)
        others.ask(NUMBERS)
        assert list(beside.each(notes, at_once)) == [(number, None) for number in at_once]
        assert list(others.rest()) == list(DOUBLED.items())
        assert list(asked.rest()) == [(number, None) for number in waiting]

    noted = log.read_text().splitlines()
    assert noted.count("at once") == 30
    assert "waiting" in noted[max(n for n, who in enumerate(noted) if who == "at once") :]


def test_what_was_asked_is_done_though_no_process_could_be_started_for_others(
    beside: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert beside.is_worth(len(NUMBERS))

    def refuse(_: object) -> None:
        raise OSError("no room")

    with beside.asked(doubled) as asked:
        with beside.asked(none_of_seven) as others:
            others.ask(NUMBERS)
            asked.ask(NUMBERS)
        with monkeypatch.context() as patched:
            patched.setattr(multiprocessing.context.SpawnProcess, "start", refuse)
            assert not beside.is_worth(len(NUMBERS))
            with pytest.raises(OSError, match="no room"):
                next(asked.rest())
        assert list(asked.rest()) == list(DOUBLED.items())


def test_who_waits_for_processes_that_were_closed_is_told(beside: Beside) -> None:
    assert beside.is_worth(len(NUMBERS))

    with beside.asked(doubled) as asked:
        asked.ask(NUMBERS)
        beside.close()
        with pytest.raises(OSError, match="gone"):
            next(asked.rest())


def test_what_some_wait_for_is_done_though_others_wait_no_more(beside: Beside) -> None:
    assert beside.is_worth(len(NUMBERS))

    with beside.asked(doubled) as asked:
        with beside.asked(none_of_seven) as others:
            others.ask(NUMBERS)
            asked.ask(NUMBERS)
            next(others.rest())
        assert list(asked.rest()) == list(DOUBLED.items())


def test_of_what_a_process_dies_of_nothing_is_made_for_anybody(beside: Beside) -> None:
    assert beside.is_worth(len(NUMBERS))

    with beside.asked(doubled) as asked, beside.asked(dies_of_seven) as others:
        for some in batched(NUMBERS.items(), 10, strict=False):
            others.ask(dict(some))
            asked.ask(dict(some))
        assert list(asked.rest()) == list(DOUBLED.items())
        assert list(others.rest()) == list({**DOUBLED, 7: None}.items())


def test_what_does_not_fit_between_two_processes_waits_until_it_is_read(beside: Beside) -> None:
    things = dict.fromkeys(range(120), "word " * 40000)
    assert beside.is_worth(len(things))

    assert list(beside.each(itself, things)) == list(things.items())


def test_what_was_asked_before_an_interruption_is_taken_for_no_later_answer(
    beside: Beside,
) -> None:
    class Interrupted(Exception):  # noqa: N818 -- no error
        pass

    def interrupt(*_: object) -> None:
        signal.signal(signal.SIGUSR1, signal.SIG_IGN)
        raise Interrupted

    assert list(beside.each(doubled, NUMBERS)) == list(DOUBLED.items())
    before = signal.signal(signal.SIGUSR1, interrupt)
    try:
        with pytest.raises(Interrupted):
            list(beside.each(interrupts, NUMBERS))
        assert list(beside.each(doubled, NUMBERS)) == list(DOUBLED.items())
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_processes_end_when_they_are_closed(beside: Beside) -> None:
    pids = {pid for pid in dict(beside.each(pid_of, NUMBERS)).values() if pid is not None}

    beside.close()

    assert len(pids) == 2
    assert not any(map(is_running, pids))


# Where a shell started the tests beside others, it had them ignore interrupts.
_STARTED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from articles.related.finding.beside import Beside
from tests.related.works import doubled
beside = Beside(2)
assert len(list(beside.each(doubled, dict.fromkeys(range(120), 1)))) == 120
print("ready", flush=True)
sys.stdin.read()
"""


def _kill(process: "subprocess.Popen[str]") -> None:
    process.kill()


def _interrupt(process: "subprocess.Popen[str]") -> None:
    # As of a terminal: everyone in the group hears it.
    os.killpg(process.pid, signal.SIGINT)


@pytest.mark.parametrize("end", [_kill, _interrupt])
def test_processes_end_with_the_one_they_are_beside(
    end: Callable[["subprocess.Popen[str]"], None],
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _STARTED], cwd=ROOT, text=True, start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            others = children(process.pid)
            assert len(others) >= 2
            end(process)
            process.wait(30)
        finally:
            process.kill()

    until(lambda: not any(map(is_running, others)), "the end of all", seconds=30)
