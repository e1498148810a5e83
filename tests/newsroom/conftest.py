"""Processes of their own, which a test may kill and which never outlive it."""

import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from newsroom import postgres
from tests.faults.processes import begin, end, manage

type Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a function that starts a process; all of them are ended after the test."""
    running: list[subprocess.Popen[str]] = []

    def one_more(*arguments: str, env: Mapping[str, str]) -> subprocess.Popen[str]:
        log = tmp_path / f"process-{len(running)}.log"
        running.append(begin(*arguments, env=env, log=log))
        return running[-1]

    yield one_more
    for process in running:
        end(process)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a data folder with a cluster and tables of its own."""
    data_dir = tmp_path_factory.mktemp("cluster")
    try:
        manage(data_dir, "migrate", "--verbosity", "0")
        yield data_dir
    finally:
        postgres.stop(data_dir)
