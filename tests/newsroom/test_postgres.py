"""The embedded server: started by whoever comes first, shared, and back after a crash."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from newsroom import postgres
from tests.faults.processes import ROOT, postmaster

ENSURE = (
    "import sys; from pathlib import Path; from newsroom import postgres\n"
    "print('ready', flush=True); sys.stdin.readline()\n"
    "print(postgres.ensure_running(Path(sys.argv[1])))"
)


def ensure_at_once(data_dir: Path, processes: int) -> set[str]:
    """Let several processes ask for the server at the same moment; return what they were told."""
    together = [
        subprocess.Popen(
            [sys.executable, "-c", ENSURE, str(data_dir)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(processes)
    ]
    for process in together:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in together:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return {process.communicate(timeout=120)[0].strip() for process in together}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, set[str]]]:
    """Return a data folder whose server several processes started at once, and their answers."""
    data_dir = tmp_path_factory.mktemp("shared")
    try:
        yield data_dir, ensure_at_once(data_dir, 3)
    finally:
        postgres.stop(data_dir)


def address(data_dir: Path) -> str:
    return f"postgresql://postgres@/{postgres.DATABASE}?host={postgres.socket_folder(data_dir)}"


def test_processes_that_come_at_once_share_one_server(shared: tuple[Path, set[str]]) -> None:
    data_dir, answers = shared

    assert len(answers) == 1
    with psycopg.connect(address(data_dir)) as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert connection.execute(
            "SELECT pg_size_bytes(current_setting('shared_buffers'))"
        ).fetchone() == (postgres._buffers(postgres._memory()) * 2**20,)
        # It is reached by no network.
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


@pytest.mark.parametrize(("memory", "buffers"), [(1024, 256), (12_288, 2048), (262_144, 4096)])
def test_what_postgres_keeps_in_memory_follows_the_machine(memory: int, buffers: int) -> None:
    assert postgres._buffers(memory) == buffers


def test_asking_again_changes_nothing(shared: tuple[Path, set[str]]) -> None:
    data_dir, answers = shared
    before = postmaster(data_dir)

    assert postgres.ensure_running(data_dir) in answers
    assert postmaster(data_dir) == before


def test_after_a_crash_it_comes_back_with_all_that_was_acknowledged(
    shared: tuple[Path, set[str]],
) -> None:
    data_dir, _ = shared
    with psycopg.connect(address(data_dir), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        for number in range(100):
            connection.execute("INSERT INTO kept VALUES (%s)", [number])

        killed = postmaster(data_dir)
        os.kill(killed, signal.SIGKILL)
        # This connection's own process ends by itself; the new server waits for that.
        answers = ensure_at_once(data_dir, 3)

    assert len(answers) == 1
    assert postmaster(data_dir) != killed
    with psycopg.connect(address(data_dir)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (100,)


def test_a_number_that_is_another_process_now_is_not_taken_for_the_server(
    shared: tuple[Path, set[str]],
) -> None:
    data_dir, _ = shared
    sockets = str(postgres.socket_folder(data_dir))
    postgres.stop(data_dir)
    # As after the machine was started anew: the old file names some process of today.
    stale = data_dir / "postgres" / "postmaster.pid"
    lines = ["1", str(stale.parent), "1", "5432", sockets, "", "0 0", "ready"]
    stale.write_text("\n".join(lines) + "\n")

    postgres.ensure_running(data_dir)

    assert postmaster(data_dir) != 1
    with psycopg.connect(address(data_dir)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_stopping_says_whether_it_ran(shared: tuple[Path, set[str]]) -> None:
    data_dir, _ = shared
    postgres.ensure_running(data_dir)

    assert postgres.stop(data_dir)
    assert not postgres.stop(data_dir)
