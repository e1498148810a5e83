"""A Newsroom of its own: its database, its web process and its workers, all of which may die."""

import json
import subprocess
import sys
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any, Self
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psycopg

from newsroom import postgres
from tests.faults.processes import (
    ROOT,
    begin,
    embedded,
    end,
    free_port,
    kill_server,
    manage,
    until,
)

API = "/api/v1/"
PADDING = " ".join(["padding"] * 350)
ANSWER_SECONDS = 60
# Between calls to a site that recovers: it needs the machine for itself.
CALM_SECONDS = 0.1
# What a call is answered while the database is away, or nobody is there to answer.
AWAY = frozenset({0, 503})


@dataclass(frozen=True, slots=True)
class Reply:
    """What a call was answered; status 0 when nobody answered."""

    status: int
    body: Any = None
    may_come_back: bool = False


@dataclass(slots=True)
class Site:
    """A data folder with a cluster, a token to its API and what runs on it."""

    data_dir: Path
    token: str = ""
    address: str = ""
    running: list[subprocess.Popen[str]] = field(default_factory=list)
    # How often anything was answered, by status.
    answered: dict[int, int] = field(default_factory=dict)

    @classmethod
    def made(cls, data_dir: Path) -> "Site":
        """Return a site in an empty folder, with its web process running."""
        data_dir.mkdir(parents=True, exist_ok=True)
        manage(data_dir, "migrate", "--verbosity", "0")
        site = cls(data_dir)
        with Doer.on(site) as doer:
            site.token = doer.ask("prepare")
        site.address = f"http://127.0.0.1:{free_port()}"
        site.start_web()
        return site

    def start(self, *arguments: str, name: str = "") -> subprocess.Popen[str]:
        """Start a process on the site; ``name`` is what the database knows it by."""
        log = self.data_dir / f"process-{len(self.running)}.log"
        environment = embedded(self.data_dir) | {"NEWSROOM_WEB_PROCESSES": "1", "PGAPPNAME": name}
        self.running.append(begin(*arguments, env=environment, log=log))
        return self.running[-1]

    def said_by(self, process: subprocess.Popen[str]) -> str:
        """Return what a process of the site wrote."""
        log = self.data_dir / f"process-{self.running.index(process)}.log"
        return log.read_text(errors="replace")

    def start_web(self) -> subprocess.Popen[str]:
        """Start the web process and wait until it serves."""
        web = self.start(
            "-m", "gunicorn", "newsroom.wsgi:application", "--config", "newsroom/gunicorn.py",
            "--bind", self.address.removeprefix("http://"),
        )  # fmt: skip
        until(lambda: self.call("health/", api=False).status == 200, "a page")
        return web

    def start_worker(self, name: str) -> subprocess.Popen[str]:
        """Start a worker, known to the database as ``name``."""
        return self.start("manage.py", "worker", name=name)

    def close(self) -> None:
        """End everything."""
        for process in self.running:
            end(process)
        postgres.stop(self.data_dir)

    def empty(self) -> None:
        """End what works on the site but for its web process, and remove what it stored."""
        web, *others = self.running
        for process in others:
            end(process)
        self.running = [web]
        until(lambda: self.call("health/", api=False).status == 200, "a page")
        with self.connect() as connection:
            found = connection.execute(
                "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables "
                "WHERE tablename ~ '^(articles|procrastinate)_' AND schemaname = 'public' "
                "AND tablename NOT IN ('articles_corpus', 'articles_apitoken')"
            ).fetchone()
            assert found is not None
            connection.execute(f"TRUNCATE {found[0]} RESTART IDENTITY CASCADE".encode())
        self.answered.clear()

    def kill_database(self) -> None:
        """Kill Postgres with all its processes."""
        kill_server(self.data_dir)

    def connect(self) -> psycopg.Connection[Any]:
        """Return a connection of one's own; raise psycopg.OperationalError while it is away."""
        folder = postgres.socket_folder(self.data_dir)
        return psycopg.connect(
            f"postgresql://postgres@/{postgres.DATABASE}?host={folder}", autocommit=True
        )

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        with self.connect() as connection:
            return connection.execute(query.encode(), values).fetchall()

    def number(self, query: str, *values: Any) -> int:
        """Return the one number that a query finds."""
        return int(self.rows(query, *values)[0][0])

    def call(
        self,
        path: str,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        api: bool = True,
        method: str | None = None,
    ) -> Reply:
        """Ask the web process, and count how it answered."""
        given = {"Authorization": f"Token {self.token}"} if api else {}
        request = Request(  # noqa: S310 -- our own address
            f"{self.address}{API if api else '/'}{path}",
            data,
            {**given, **(headers or {})},
            method=method,
        )
        reply = _answer(request)
        self.answered[reply.status] = self.answered.get(reply.status, 0) + 1
        return reply

    def send(self, path: str, data: bytes, media_type: str) -> Any:
        """Send something until it is answered, under one key; return the answer's body."""
        headers = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": media_type}
        reply: Reply = until(
            lambda: _unless_away(self.call(path, data, headers)),
            f"an answer of {path}",
            every=CALM_SECONDS,
        )
        assert reply.status in {200, 201, 202}, (reply.status, reply.body)
        return reply.body

    def ask_for_import(self, first: int, items: int, name: str = "") -> int:
        """Ask for an import of numbered articles through the API; return its id."""
        boundary = uuid.uuid4().hex
        filename = name or f"from-{first}.jsonl"
        disposition = f'form-data; name="file"; filename="{filename}"'
        head = f"--{boundary}\r\nContent-Disposition: {disposition}\r\n\r\n"
        form = head.encode() + lines(first, items) + f"\r\n--{boundary}--\r\n".encode()
        asked = self.send("imports/", form, f"multipart/form-data; boundary={boundary}")
        return int(asked["id"])

    def status_of(self, import_id: int) -> str:
        """Return what an import says of itself."""
        return str(self.rows("SELECT status FROM articles_import WHERE id = %s", import_id)[0][0])

    def is_over(self, import_id: int) -> bool:
        """Whether an import came to its end."""
        return self.status_of(import_id) == "finished"


def lines(first: int, items: int, **fields: Any) -> bytes:
    """Return numbered records as JSON lines: of some thousand, a process beside reads them.

    Each has words of its own: thousands of like texts would all be compared with each other.
    """
    return b"".join(
        json.dumps(
            {
                "external_id": f"item-{number}",
                "headline": f"Harbour bridge number {number} opens",
                "body": f"Bridge {number} opened on Tuesday.\n\n{_own_words(number)}",
                "published": "1932-03-19",
                "source": "The Morning Paper",
                "byline": "By Jane Doe",
                "note": PADDING,
            }
            | fields
        ).encode()
        + b"\n"
        for number in range(first, first + items)
    )


def _own_words(number: int) -> str:
    return " ".join(f"{word}{number}" for word in ("Crowds", "of", "people", "came", "to", "see"))


def _answer(request: Request) -> Reply:
    try:
        with urlopen(request, timeout=ANSWER_SECONDS) as answer:  # noqa: S310 -- our own
            return Reply(answer.status, _body(answer.headers, answer.read()))
    except HTTPError as refused:
        with refused:
            body = _body(refused.headers, refused.read())
        return Reply(refused.code, body, may_come_back=bool(refused.headers["Retry-After"]))
    except (OSError, HTTPException):
        return Reply(0)


def _body(headers: Any, content: bytes) -> Any:
    return json.loads(content) if "json" in str(headers["Content-Type"]) else content.decode()


def _unless_away(reply: Reply) -> Any:
    return None if reply.status in AWAY else reply


@dataclass(slots=True)
class Doer:
    """A process that does what a person would, on demand: see :mod:`tests.faults.doing`."""

    process: subprocess.Popen[str]

    @classmethod
    def on(cls, site: Site, name: str = "") -> "Doer":
        """Start one and wait until it listens."""
        with (site.data_dir / "doer.log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.doing"],
                cwd=ROOT,
                env=embedded(site.data_dir) | {"PGAPPNAME": name},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        doer = cls(process)
        assert doer.answer() == "ready"
        return doer

    def begin(self, what: str, **values: Any) -> None:
        """Say what to do, and do not wait."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": what, **values}) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        """Return the next answer; None if it died before."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        return json.loads(line) if line.endswith("\n") else None

    def ask(self, what: str, **values: Any) -> Any:
        """Have something done and return what came of it; raise AssertionError if it died."""
        self.begin(what, **values)
        found = self.answer()
        assert found is not None, f"{what}: see doer.log"
        return found

    def kill(self) -> Any:
        """Kill it, at once; return what it said before, None for nothing."""
        self.process.kill()
        said = self.answer()
        self.close()
        return said

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
