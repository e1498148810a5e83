"""Starting processes, waiting for them and killing them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
POLL_SECONDS = 0.01
END_SECONDS = 30


def until[T](
    condition: Callable[[], T], what: str, *, seconds: float = 180, every: float = POLL_SECONDS
) -> T:
    """Poll until ``condition`` holds and return what it gave; raise AssertionError in the end."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"Waited in vain: {what}")
        time.sleep(every)
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
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def begin(*arguments: str, env: Mapping[str, str], log: Path) -> subprocess.Popen[str]:
    """Start Python on ``arguments``; what it says goes to ``log``."""
    with log.open("w") as into:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=dict(env),
            stdout=into,
            stderr=subprocess.STDOUT,
            text=True,
        )


def end(process: subprocess.Popen[str]) -> None:
    """End a process, by force if it does not heed."""
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def postmaster(data_dir: Path) -> int:
    """Return the process id of the server in ``data_dir``."""
    return int((data_dir / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])


def children(pid: int) -> list[int]:
    """Return the processes that a process started and that still run."""
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except FileNotFoundError:
        return []
    return [int(number) for number in listed.split()]


def kill_server(data_dir: Path) -> None:
    """Kill the server in ``data_dir`` and every process of it, as when the machine goes out."""
    first = postmaster(data_dir)
    # Its number may be another process' by now: then it was killed before.
    if "postgres" not in _name(first):
        return
    together = [first, *children(first)]
    for pid in together:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text()
    except FileNotFoundError:
        return ""


def readers(data_dir: Path) -> list[int]:
    """Return the processes that read captures for processes of ``data_dir``."""
    wanted = f"NEWSROOM_DATA_DIR={data_dir}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"spawn_main" not in (folder / "cmdline").read_bytes():
                continue
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            # It is gone by now, or another user's.
            continue
    return found
