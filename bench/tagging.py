"""How fast tags are saved: one by one over HTTP, by 25 at once during an import, by the thousand.

Usage: python bench/tagging.py [--articles 3000] [--requests 300] [--seconds 30] [--bulk 50000]
                               [--parts one,many,bulk] [--data-dir DIR]

Fills a fresh database of the embedded PostgreSQL (see news_generator.py) and prints a line a
figure with its aim:

one    a tag saved by one client, as the page does it (session, CSRF; the answer holds the block
       anew), and as a program does it through the API
many   25 annotators, each a tag a second, while an import runs: what they wait, whether anything
       failed, and whether all that was acknowledged is there, once
bulk   ready-made tags a second; beside it the same rows by COPY into the same tables, and into
       bare ones without index, history or constraint

What the machine had to do besides is printed too: figures of a busy machine say little.
"""

import argparse
import http.client
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import machine  # noqa: E402 -- found from here on
import news_generator  # noqa: E402 -- found from here on

PARTS = ("one", "many", "bulk")
ANNOTATORS = 25
CSRF = "c" * 32


def say(what: str, figure: str, aim: str = "") -> None:
    """Print a figure."""
    print(f"{what:<48}{figure:>32}  {aim:<22} load {os.getloadavg()[0]:.1f}", flush=True)


def times(what: str, seconds: Sequence[float], aim: str = "") -> None:
    """Print percentiles in milliseconds."""
    ordered = sorted(seconds)
    p95, p99 = (ordered[min(int(len(ordered) * p), len(ordered) - 1)] for p in (0.95, 0.99))
    figure = f"{statistics.median(ordered) * 1e3:7.1f} {p95 * 1e3:7.1f} {p99 * 1e3:7.1f} ms"
    say(what, figure, aim)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that can be tagged: where it stands in a version of an article."""

    article: int
    version: int
    start: int
    end: int
    quote: str


@dataclass(slots=True)
class Client:
    """Someone who tags over one connection that is kept; ``session`` empty: by a token."""

    port: int
    session: str = ""
    token: str = ""
    took: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    _connection: http.client.HTTPConnection | None = None

    def tag(self, word: Word, entity: int) -> None:
        """Tag a word, and note how long it took and what came of it."""
        key = str(uuid.uuid4())
        body = {
            "key": key, "version": word.version, "start": word.start, "end": word.end,
            "quote": word.quote, "kind": "person", "entity": entity,
        }  # fmt: skip
        path = f"/articles/{word.article}/tags/"
        headers = {"Content-Type": "application/json"}
        if self.session:
            headers["Cookie"] = f"sessionid={self.session}; csrftoken={CSRF}"
            headers["X-CSRFToken"] = CSRF
        else:
            headers["Authorization"] = f"Token {self.token}"
            path = "/api/v1/mentions/"
            body["article"] = word.article
        started = time.perf_counter()
        status, answer = self._post(path, json.dumps(body), headers)
        self.took.append(time.perf_counter() - started)
        if status in {200, 201}:
            self.acknowledged.append(key)
        else:
            self.failed.append(f"{status} {answer[:200]!r}")

    def _post(self, path: str, body: str, headers: dict[str, str]) -> tuple[int, bytes]:
        for _ in range(2):
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                self._connection.request("POST", path, body, headers)
                answer = self._connection.getresponse()
                return answer.status, answer.read()
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                # A server may end a connection that was idle; the key makes it one tag still.
                self._connection = None
        return 0, b"nobody answered"


class Bench:
    """A filled database, who tags in it, and what."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options, self.folder = options, folder
        address = news_generator.database(folder)
        import django  # noqa: PLC0415 -- the data folder must be set first

        os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
        django.setup()
        from articles.models import Article  # noqa: PLC0415 -- after setup

        if not Article.objects.exists():
            news_generator.fill(address, options.articles, seed=1)
        self.chance = random.Random(1)  # noqa: S311 -- repeatable, not secret

    def run(self) -> None:
        """Measure what is asked for."""
        from articles.models import Corpus, Entity  # noqa: PLC0415 -- after setup
        from tests.factories import make_entity  # noqa: PLC0415 -- likewise

        self.corpus = Corpus.objects.get()
        known = Entity.objects.values_list("pk", flat=True)[:200]
        self.entities = list(known) or [make_entity(self.corpus).pk for _ in range(200)]
        say("articles", f"{self.options.articles:,}")
        if {"one", "many"} & set(self.options.parts):
            with Serving(self.folder) as port:
                if "one" in self.options.parts:
                    self.one(port)
                if "many" in self.options.parts:
                    self.many(port)
        if "bulk" in self.options.parts:
            self.bulk()

    def words(self, count: int) -> list[Word]:
        """Return words of articles, each of another place that is not tagged yet."""
        from articles.models import Anchor, Article  # noqa: PLC0415 -- after setup

        taken = set(Anchor.objects.values_list("version_id", "start"))
        found: list[Word] = []
        articles = Article.objects.filter(pk__lte=self.options.articles, standing=True)
        rows = articles.order_by("?").values_list("pk", "version_id", "version__text")
        for article, version, text in rows.iterator(chunk_size=500):
            found += [
                Word(article, version, match.start(), match.end(), match[0])
                for match in re.finditer(r"[A-Za-z]{3,}", text)
                if (version, match.start()) not in taken
            ]
            if len(found) > count * 3:
                break
        self.chance.shuffle(found)
        return found[:count]

    def client(self, port: int, *, by_page: bool) -> Client:
        """Return an annotator of the corpus, logged in."""
        from importlib import import_module  # noqa: PLC0415 -- with the rest of Django

        from django.conf import settings  # noqa: PLC0415 -- after setup
        from django.contrib.auth import BACKEND_SESSION_KEY as BACKEND  # noqa: PLC0415 -- likewise
        from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415 -- likewise

        from articles.models import ApiToken, Role  # noqa: PLC0415 -- likewise
        from tests.factories import make_member, make_user  # noqa: PLC0415 -- likewise

        user = make_user(f"bench-{uuid.uuid4().hex[:12]}")
        make_member(self.corpus, Role.ANNOTATOR, user)
        if not by_page:
            return Client(port, token=ApiToken.issue(user_id=user.pk, name="bench")[1])
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        return Client(port, session=session.session_key)

    def one(self, port: int) -> None:
        """Measure a tag that one client saves."""
        for by_page, name in (
            (True, "a tag saved, one client, as the page does"),
            (False, "… API"),
        ):
            client = self.client(port, by_page=by_page)
            words = self.words(self.options.requests + 20)
            for number, word in enumerate(words):
                if number == 20:
                    client.took.clear()
                client.tag(word, self.chance.choice(self.entities))
            assert not client.failed, client.failed[:3]
            times(name, client.took, "p50 ≤ 12, p95 ≤ 20" if by_page else "")
        times("… the domain's own part, without HTTP", self._domain(), "")

    def _domain(self) -> list[float]:
        from articles.annotate.tags import tagging  # noqa: PLC0415 -- after setup
        from articles.models import Article, Door, Role  # noqa: PLC0415 -- likewise
        from tests.factories import make_member, make_user  # noqa: PLC0415 -- likewise

        user = make_member(self.corpus, Role.ANNOTATOR, make_user(f"bench-{uuid.uuid4().hex[:12]}"))
        took = []
        for word in self.words(self.options.requests):
            article = Article.objects.select_related("corpus", "version").get(pk=word.article)
            wanted = tagging.Wanted(
                start=word.start, end=word.end, quote=word.quote, kind="person",
                entity=self.chance.choice(self.entities), key=uuid.uuid4(),
            )  # fmt: skip
            started = time.perf_counter()
            tagging.tag(article, wanted, by=user, door=Door.PAGE)
            took.append(time.perf_counter() - started)
        return took

    def many(self, port: int) -> None:
        """Measure what annotators wait while an import runs."""
        from articles.models import Anchor, Article, Mention  # noqa: PLC0415 -- after setup

        seconds = self.options.seconds
        clients = [self.client(port, by_page=True) for _ in range(ANNOTATORS)]
        words = iter(self.words(ANNOTATORS * (seconds + 5)))
        lock, over = threading.Lock(), time.monotonic() + seconds

        def work(client: Client, chance: random.Random) -> None:
            time.sleep(chance.random())
            while time.monotonic() < over:
                began = time.monotonic()
                with lock:
                    word = next(words)
                client.tag(word, chance.choice(self.entities))
                time.sleep(max(0.0, 1 - (time.monotonic() - began)))

        before = Article.objects.count()
        importing = self._import(seconds)
        threads = [
            threading.Thread(target=work, args=(client, random.Random(number)))  # noqa: S311 -- no secret
            for number, client in enumerate(clients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ran = importing.poll() is None
        importing.terminate()
        importing.wait()
        took = [each for client in clients for each in client.took]
        keys = [key for client in clients for key in client.acknowledged]
        failed = [fault for client in clients for fault in client.failed]
        times(f"{ANNOTATORS} annotators during an import, as pages", took, "p95 ≤ 100")
        stored = Article.objects.count() - before
        say(
            "… articles imported meanwhile", f"{stored:,} in {seconds} s", "" if ran else "it ended"
        )
        mentions = Mention.objects.filter(key__in=keys)
        places = Anchor.objects.filter(mention__in=mentions).count()
        whole = mentions.count() == places == len(keys)
        say("… acknowledged, of them there", f"{len(keys):,}, {mentions.count():,}", "all")
        say("… errors", f"{len(failed)}", "0")
        assert whole, "a tag is gone"
        assert not failed, failed[:3]

    def _import(self, seconds: int) -> subprocess.Popen[bytes]:
        """Begin an import that takes longer than ``seconds``."""
        path = self.folder / f"import-{uuid.uuid4().hex}.jsonl"
        words = " ".join(f"word{number}" for number in range(400))
        with path.open("w") as file:
            for number in range(seconds * 1_500):
                row = {
                    "external_id": f"{path.stem}-{number}", "headline": f"Item {number}",
                    "body": f"{number} {words}", "published": "2020-03-19", "source": "The Paper",
                }  # fmt: skip
                file.write(json.dumps(row) + "\n")
        command = [sys.executable, "manage.py", "ingest", str(path), "--json"]
        environment = {**os.environ, "NEWSROOM_DATA_DIR": str(self.folder)}
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def bulk(self) -> None:
        """Measure ready-made tags a second, and beside it the same rows by COPY."""
        from django.db import connection, transaction  # noqa: PLC0415 -- after setup

        from articles.annotate.tags import tagging  # noqa: PLC0415 -- likewise
        from articles.ingest.copying import copy_rows  # noqa: PLC0415 -- likewise
        from articles.models import Anchor, Door, Mention  # noqa: PLC0415 -- likewise

        items = [
            (
                word.article,
                tagging.Wanted(
                    start=word.start, end=word.end, quote=word.quote, kind="person",
                    entity=self.chance.choice(self.entities), key=uuid.uuid4(),
                    origin="imported", maker="bench",
                ),
            )
            for word in self.words(self.options.bulk)
        ]  # fmt: skip
        started = time.perf_counter()
        made = tagging.tag_many(self.corpus, items, by=None, door=Door.COMMAND)
        took = time.perf_counter() - started
        assert all(isinstance(each, tagging.Tagged) and each.made for each in made)
        say("ready-made tags", f"{len(items) / took:,.0f} a second", "≥ 10,000 a second")
        ids = [each.mention.pk for each in made if isinstance(each, tagging.Tagged)]
        rows = {
            model: [tuple(row) for row in self._rows(model, f"{column} = ANY(%s)", ids)]
            for model, column in ((Mention, "id"), (Anchor, "mention_id"))
        }
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM articles_anchor WHERE mention_id = ANY(%s)", [ids])
            cursor.execute("DELETE FROM articles_mention WHERE id = ANY(%s)", [ids])
        started = time.perf_counter()
        # What refers to what is looked at as the transaction ends: that is part of it.
        with transaction.atomic():
            for model, values in rows.items():
                copy_rows(model, self._columns(model), values)
            took = time.perf_counter() - started
        say("… the same rows by COPY", f"{len(items) / took:,.0f} a second", "peer")
        self._bare(rows, len(items))

    def _bare(self, rows: dict[Any, list[tuple[Any, ...]]], count: int) -> None:
        from django.db import connection  # noqa: PLC0415 -- after setup

        took = 0.0
        with connection.cursor() as cursor:
            for model, values in rows.items():
                table = model._meta.db_table  # noqa: SLF001 -- Django's public name
                cursor.execute(f"CREATE TEMPORARY TABLE bare_{table} (LIKE {table})")
                started = time.perf_counter()
                names = ", ".join(f'"{name}"' for name in self._columns(model))
                with cursor.copy(f"COPY bare_{table} ({names}) FROM STDIN") as copy:
                    for row in values:
                        copy.write_row(row)
                took += time.perf_counter() - started
        say("… into tables without index or history", f"{count / took:,.0f} a second", "peer")

    def _rows(self, model: Any, condition: str, ids: list[int]) -> list[tuple[Any, ...]]:
        from django.db import connection  # noqa: PLC0415 -- after setup
        from psycopg.types.json import Json  # noqa: PLC0415 -- likewise

        names = ", ".join(f'"{name}"' for name in self._columns(model))
        table = model._meta.db_table  # noqa: SLF001 -- Django's public name
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {names} FROM {table} WHERE {condition}", [ids])  # noqa: S608 -- ours
            found = cursor.fetchall()
        attributes = self._columns(model).index("attributes") if model.__name__ == "Mention" else -1
        return [
            tuple(Json({}) if place == attributes else value for place, value in enumerate(row))
            for row in found
        ]

    @staticmethod
    def _columns(model: Any) -> list[str]:
        return [field.column for field in model._meta.concrete_fields]  # noqa: SLF001 -- likewise


class Serving:
    """gunicorn on a free port, as operated."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 20_000 + os.getpid() % 20_000

    def __enter__(self) -> int:
        """Begin, and wait until it serves."""
        env = {**os.environ, "NEWSROOM_DATA_DIR": str(self.folder), "NEWSROOM_PROCESS": "web"}
        command = [str(Path(sys.executable).parent / "gunicorn"), "newsroom.wsgi:application"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--config", "newsroom/gunicorn.py"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=env)
        for _ in range(300):
            if self._answers():
                return self.port
            if self.process.poll() is not None:
                break
            time.sleep(0.2)
        self.__exit__()
        raise SystemExit(f"The site did not come up on port {self.port}: see what it said above.")

    def _answers(self) -> bool:
        try:
            asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            asking.request("GET", "/login/")
            return asking.getresponse().status == HTTPStatus.OK
        except OSError:
            return False

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


def main() -> None:
    """Measure in a folder that is removed, or in one that is kept."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=3_000)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--bulk", type=int, default=50_000)
    parser.add_argument("--parts", default=",".join(PARTS))
    parser.add_argument("--data-dir", type=Path)
    options = parser.parse_args()
    options.parts = options.parts.split(",")
    folder = options.data_dir or Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    print(machine.state(), flush=True)
    try:
        Bench(options, folder).run()
    finally:
        if options.data_dir is None:
            subprocess.run([sys.executable, "manage.py", "postgres", "stop"], cwd=ROOT, check=False)
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
