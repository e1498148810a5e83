"""Processes of their own, which a test may kill and which never outlive it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from newsroom import postgres

ROOT = Path(__file__).resolve().parents[2]
POLL_SECONDS = 0.01

type Start = Callable[..., subprocess.Popen[str]]


def until[T](condition: Callable[[], T], what: str, *, seconds: float = 90) -> T:
    """Poll until ``condition`` holds and return what it gave; fail after a deadline."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            pytest.fail(f"Waited in vain: {what}")
        time.sleep(POLL_SECONDS)
    return found


def embedded(data_dir: Path) -> dict[str, str]:
    """Return the environment of processes that use the cluster in ``data_dir``."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NEWSROOM_", "DATABASE_URL"))
    }
    return inherited | {"NEWSROOM_DATA_DIR": str(data_dir)}


def manage(data_dir: Path, *arguments: str) -> str:
    """Run a command to its end in ``data_dir`` and return what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=embedded(data_dir),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def postmaster(data_dir: Path) -> int:
    """Return the process id of the server in ``data_dir``."""
    return int((data_dir / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a function that starts a process; all of them are ended after the test."""
    running: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, env: Mapping[str, str]) -> subprocess.Popen[str]:
        log = (tmp_path / f"process-{len(running)}.log").open("w")
        with log:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=dict(env),
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
            )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a data folder with a cluster and tables of its own."""
    data_dir = tmp_path_factory.mktemp("cluster")
    try:
        manage(data_dir, "migrate", "--verbosity", "0")
        yield data_dir
    finally:
        postgres.stop(data_dir)
