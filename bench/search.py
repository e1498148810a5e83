"""How fast search is at a million articles of invented news, and beside it Postgres' own.

Usage: python bench/search.py [--articles 100000] [--parts engine,facets,…] [--data-dir DIR]

Fills a fresh database of the embedded PostgreSQL (see news_generator.py), indexes it, and prints a
line a figure with its aim; ``--parts`` names some of these:

engine       the best 20 of queries from rare to very common, alone and of 2 to 6 words, phrases,
             nearness, wildcards, fields, dates, Boolean; the search alone, then as asked
facets       ten facets, and a histogram, exact, of the same queries and of the empty one: on two
             cores as pages have them counted, and on one
concordance  a page of 100 lines by date, and 10,000 lines sorted by a word beside the keyword
pages        the page of an answer and the API's answer over HTTP, by gunicorn, warm
export       an answer of up to 100,000 as JSONL, and how much memory it took
peer         the same queries by Postgres full-text search with a GIN index, in this database
size         the index against the text
change       how soon a single change is found, the worker running
indexing     articles of 4 KB a second, from Postgres to a standing index (in a database of its own)

With ``--data-dir`` the database and the index are kept, and found again. Their files are read once
before, as a machine's memory holds them that has served for a while, and Postgres takes in what
rows are read from, as far as it has room. What the machine had to do besides is printed too:
figures of a busy machine say little.
"""

import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import news_generator  # noqa: E402 -- found from here on

if TYPE_CHECKING:
    from articles.search.asking import Question

PARTS = (
    "engine", "facets", "concordance", "pages", "export", "peer", "size", "change", "indexing",
)  # fmt: skip
FACETS = (
    "source", "agency", "author", "place", "section", "lang", "corpus", "page", "flag", "edition",
)  # fmt: skip
USER, PASSWORD = "bench", "a long enough passphrase"
INDEXED, INDEXED_WORDS = 30_000, 525


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the same for Postgres: a tsquery and a condition."""

    kind: str
    query: str
    tsquery: str = ""
    condition: str = ""


@dataclass(slots=True)
class Figures:
    """What was measured, printed as it comes."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def say(self, what: str, figure: str, aim: str = "") -> None:
        """Print a figure."""
        self.rows.append((what, figure, aim))
        load = os.getloadavg()[0]
        print(f"{what:<44}{figure:>36}  {aim:<16} load {load:.1f}", flush=True)

    def times(self, what: str, seconds: Sequence[float], aim: str = "") -> None:
        """Print percentiles in milliseconds."""
        if seconds:
            self.say(what, percentiles(seconds), aim)


def percentiles(seconds: Sequence[float]) -> str:
    """Return the median, the 95th and the 99th percentile, in milliseconds."""
    ordered = sorted(seconds)
    p95, p99 = (ordered[min(int(len(ordered) * p), len(ordered) - 1)] for p in (0.95, 0.99))
    return f"{statistics.median(ordered) * 1e3:8.2f} {p95 * 1e3:8.2f} {p99 * 1e3:8.2f} ms"


def mix(seed: int, of_each: int) -> list[Asked]:
    """Return queries of every kind, their words from rare to very common."""
    chance = random.Random(f"queries {seed}")  # noqa: S311 -- repeatable, not secret
    items = news_generator.world(seed).vocabularies["en"].items
    words = [item.lower() for item in items if " " not in item]
    groups = [item for item in items if " " in item]

    def word(low: int = 100, high: int = 20_000) -> str:
        """Return a word by rank, as evenly as people take rare and common ones."""
        return words[min(int(low * (high / low) ** chance.random()), len(words) - 1)]

    made: list[Asked] = []
    for _ in range(of_each):
        made += [
            _all("very common", [word(1, 12)]),
            _all("common", [word(30, 300)]),
            _all("middling", [word(300, 8_000)]),
            _all("rare", [word(20_000, 150_000)]),
            _all("2 words", [word() for _ in range(2)]),
            _all("3 words", [word() for _ in range(3)]),
            _all("6 words", [word(20, 2_000) for _ in range(6)]),
            _phrase(chance.choice(groups)),
            _near(word(100, 2_000), word(100, 2_000)),
            _prefix(word(500, 5_000)),
            _inner(word(500, 5_000)),
            _either([word() for _ in range(3)], word(30, 300)),
        ]
        base = _all("", [word(30, 2_000)])
        year = chance.randint(2000, 2019)
        made += [
            Asked("date", f"{base.query} date:{year}-03..{year}-06", base.tsquery,
                  f"a.published_date between '{year}-03-01' and '{year}-06-30'"),
            Asked("field", f"{base.query} lang:en section:world", base.tsquery,
                  "a.language = 'en' and a.section = 'World'"),
            Asked("headline", f"headline:{base.query}", f"{base.tsquery}:A"),
        ]  # fmt: skip
    return made


def _all(kind: str, words: Sequence[str]) -> Asked:
    return Asked(kind, " ".join(words), " & ".join(words))


def _phrase(group: str) -> Asked:
    return Asked("phrase", f'"{group}"', " <-> ".join(group.lower().split()))


def _near(one: str, other: str) -> Asked:
    places = [
        f"{first} <{gap}> {second}"
        for first, second in ((one, other), (other, one))
        for gap in range(1, 7)
    ]
    return Asked("nearness", f"{one} NEAR/5 {other}", " | ".join(places))


def _prefix(word: str) -> Asked:
    return Asked("prefix", f"{word[:5]}*", f"{word[:5]}:*")


def _inner(word: str) -> Asked:
    at = len(word) // 2
    return Asked("inner wildcard", f"{word[:at]}?{word[at + 1 :]}")


def _either(words: Sequence[str], unwanted: str) -> Asked:
    return Asked(
        "Boolean",
        f"({' OR '.join(words)}) -{unwanted}",
        f"({' | '.join(words)}) & !{unwanted}",
    )


def timed[T](ask: Callable[[], T]) -> tuple[float, T]:
    """Return how many seconds something took, and what it gave."""
    started = time.perf_counter()
    found = ask()
    return time.perf_counter() - started, found


def by_kind(
    figures: Figures, what: str, taken: Sequence[tuple[str, float]], aim: str, *, detail: bool
) -> None:
    """Print what the whole mix took, and with ``detail`` each kind."""
    figures.times(what, [seconds for _, seconds in taken], aim)
    if detail:
        for kind in dict.fromkeys(kind for kind, _ in taken):
            figures.times(f"  {kind}", [seconds for each, seconds in taken if each == kind])


class Bench:
    """A filled and indexed database, and what is asked of it."""

    def __init__(self, options: argparse.Namespace, folder: Path, figures: Figures) -> None:
        self.options, self.folder, self.figures = options, folder, figures
        self.queries = mix(options.seed, options.queries)

    def prepare(self) -> None:
        """Fill and index, unless that was done; then ask for Django."""
        address = news_generator.database(self.folder)
        setup()
        from articles.models import Article  # noqa: PLC0415 -- after setup
        from articles.search.index import indexing  # noqa: PLC0415 -- likewise

        if not Article.objects.exists():
            seconds = news_generator.fill(address, self.options.articles, seed=self.options.seed)
            self.figures.say(f"{self.options.articles:,} articles made in", f"{seconds:.0f} s")
        if indexing.status().articles != Article.objects.count():
            seconds, done = timed(indexing.rebuild)
            self.figures.say("indexed, 375 words each", f"{done / seconds:,.0f} a second")
        if not indexing.is_idle():
            self.figures.say("changes wait to be taken in", "pages count them too")
        make_user()
        for kept in ("postgres", "index"):
            for file in (self.folder / kept).rglob("*"):
                if file.is_file():
                    read_through(file)
        self._keep_rows()

    def _keep_rows(self) -> None:
        """Have Postgres keep of what rows are read from as much as it has room for."""
        from django.db import connection, transaction  # noqa: PLC0415 -- after setup

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
            for table in ("articles_version", "articles_article", "articles_credit"):
                cursor.execute(KEEP, [table])
            cursor.execute("SHOW shared_buffers")
            self.figures.say("Postgres has room for", cursor.fetchone()[0])
            # What it took in stays.
            transaction.set_rollback(True)

    def ask(self, query: str) -> "Question":
        """Return a question of a reader's."""
        from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 -- after setup

        from articles.search.asking import ask  # noqa: PLC0415 -- likewise

        return ask(query, AnonymousUser())

    def engine(self) -> None:
        """Measure the best 20, by the engine alone and as pages ask."""
        from articles.search.engine import answers  # noqa: PLC0415 -- after setup

        alone, asked, counted = [], [], []
        for each in self.queries:
            self.ask(each.query).page(limit=20)
        for each in self.queries:
            question = self.ask(each.query)
            compiled = question.query()
            searcher = question.reading.searcher
            seconds, _ = timed(
                lambda: answers.ranked(searcher, compiled, start=0, limit=20)  # noqa: B023 -- now
            )
            alone.append((each.kind, seconds))
            seconds, _ = timed(lambda: self.ask(each.query).page(limit=20))  # noqa: B023 -- now
            asked.append((each.kind, seconds))
            seconds, _ = timed(question.total)
            counted.append((each.kind, seconds))
        detail = self.options.detail
        by_kind(self.figures, "engine: best 20", alone, "p95 ≤ 10 ms", detail=detail)
        by_kind(self.figures, "best 20 as asked, freshness too", asked, "", detail=detail)
        by_kind(self.figures, "how many there are", counted, "", detail=detail)

    def facets(self) -> None:
        """Measure facets and a histogram of the mix, and of all articles; none is remembered."""
        from articles.search.engine import counting  # noqa: PLC0415 -- after setup
        from articles.search.remembering import EVERYONES  # noqa: PLC0415 -- likewise

        def shape() -> None:
            counting.counts(
                searcher,
                question.reading.schema,
                query,
                FACETS,
                12,
                ("month",),
                question.reading.filled,
            )

        def beside() -> None:
            question.ask_ahead(FACETS, values=12, zooms=("month",))
            question.facets(FACETS, values=12)
            question.times("month")

        alone, taken = [], []
        for each in [Asked("everything", ""), *self.queries]:
            question = self.ask(each.query)
            searcher, query = question.reading.searcher, question.query()
            EVERYONES.clear()
            seconds, _ = timed(beside)
            taken.append((each.kind, seconds))
            seconds, _ = timed(shape)
            alone.append((each.kind, seconds))
        detail = self.options.detail
        by_kind(self.figures, "ten facets and a histogram", taken, "p95 ≤ 25 ms", detail=detail)
        by_kind(self.figures, "the same, on one core", alone, "", detail=detail)

    def concordance(self) -> None:
        """Measure pages of lines by date, and the largest sort by context."""
        from articles.search.concordance import Sort, concordance  # noqa: PLC0415 -- after setup

        pages = []
        for each in self.queries:
            question = self.ask(each.query)
            seconds, _ = timed(lambda: concordance(question, limit=100))  # noqa: B023 -- now
            pages.append((each.kind, seconds))
        detail = self.options.detail
        by_kind(
            self.figures, "concordance: 100 lines by date", pages, "p95 ≤ 100 ms", detail=detail
        )
        for query in self.common_words():
            question = self.ask(query)
            seconds, found = timed(
                lambda: concordance(question, sort=Sort.LEFT1, limit=100)  # noqa: B023 -- now
            )
            lines = found.sampled or found.total or len(found.lines)
            self.figures.say(
                f"  by the word before, “{query}”, {lines:,} lines", f"{seconds:.2f} s", "≤ 2 s"
            )

    def common_words(self) -> list[str]:
        """Return words with about 5,000 and with far more lines."""
        best: tuple[int, str] = (0, "")
        for each in self.queries:
            if each.kind in {"middling", "common"}:
                total = self.ask(each.query).total()
                if best[0] < total <= 7_000:
                    best = (total, each.query)
        common = next(each.query for each in self.queries if each.kind == "common")
        return [best[1], common] if best[1] else [common]

    def pages(self) -> None:
        """Measure the page and the API over HTTP, warm, by one who is logged in."""
        with serving(self.folder) as address:
            opener = logged_in(address)
            for path, name, aim in (
                ("/", "answer page over HTTP", "p50 ≤ 40, p95 ≤ 100 ms"),
                ("/api/v1/search/", "API's answer over HTTP", ""),
            ):
                taken = []
                # Processes remember what was counted: nothing that is timed was asked before, and
                # the API is asked other questions than the page.
                seed = self.options.seed + (0 if path == "/" else 1)
                asked = list(
                    {each.query: each for each in mix(seed, self.options.queries)}.values()
                )
                before = [Asked("everything", ""), *mix(seed + 10_000, 2)]
                for warm in (True, False):
                    for each in before if warm else asked:
                        url = f"{address}{path}?{urllib.parse.urlencode({'q': each.query})}"
                        seconds, status = timed(lambda: fetched(opener, url))  # noqa: B023 -- now
                        assert status == 200, url
                        if not warm:
                            taken.append((each.kind, seconds))
                by_kind(self.figures, name, taken, aim, detail=self.options.detail)

    def export(self) -> None:
        """Measure an export, and how far memory rose over that of a small one."""
        for count in (5_000, 100_000):
            out = subprocess.run(
                [sys.executable, str(ROOT / "bench" / "search.py"), "--export-only", str(count)],
                check=True, capture_output=True, text=True,
                env={**os.environ, "NEWSROOM_DATA_DIR": str(self.folder)},
            ).stdout  # fmt: skip
            done, seconds, size, memory = (float(part) for part in out.split()[-4:])
            self.figures.say(
                f"export of {done:,.0f} as JSONL ({size / 1e6:,.0f} MB)",
                f"{done / seconds:,.0f} a second, {memory:,.0f} MB of memory",
                "≥ 5,000 a second",
            )

    def peer(self) -> None:
        """Measure the same queries on Postgres' full-text search."""
        from django.db import connection  # noqa: PLC0415 -- after setup

        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('bench_words') IS NOT NULL")
            if not cursor.fetchone()[0]:
                seconds, _ = timed(lambda: cursor.execute(PEER))
                self.figures.say("Postgres: tsvectors and GIN made in", f"{seconds:.0f} s")
            cursor.execute("SELECT pg_total_relation_size('bench_words')")
            self.figures.say("Postgres: table and GIN", f"{cursor.fetchone()[0] / 1e6:,.0f} MB")
            cursor.execute(f"SET statement_timeout = '{self.options.peer_seconds}s'")
            best: list[tuple[str, float]] = []
            shapes: list[tuple[str, float]] = []
            asked = [each for each in self.queries if each.tsquery]
            for each in asked[: self.options.peer_queries]:
                for statement, taken in ((PEER_BEST, best), (PEER_SHAPE, shapes)):
                    given = statement.format(condition=each.condition or "true")
                    taken.append((each.kind, bounded(cursor, given, each.tsquery)))
        detail = self.options.detail
        by_kind(self.figures, "Postgres: best 20", best, "", detail=detail)
        by_kind(self.figures, "Postgres: ten facets and a histogram", shapes, "", detail=detail)

    def size(self) -> None:
        """Measure the index against the text."""
        from django.db import connection  # noqa: PLC0415 -- after setup

        with connection.cursor() as cursor:
            cursor.execute("SELECT sum(octet_length(text)) FROM articles_version")
            text = cursor.fetchone()[0]
        index = sum(file.stat().st_size for file in (self.folder / "index").rglob("*"))
        self.figures.say(
            f"index against text ({text / 1e6:,.0f} MB)", f"{index / int(text):.2f}", "≤ 1.0"
        )

    def change(self) -> None:
        """Measure how soon a change is found by a process of its own, the worker running."""
        from articles.models import Article  # noqa: PLC0415 -- after setup

        env = {**os.environ, "NEWSROOM_DATA_DIR": str(self.folder)}
        worker = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=env)
        taken = []
        try:
            ids = list(Article.objects.order_by("?").values_list("pk", flat=True)[:41])
            for number, pk in enumerate(ids):
                mark = f"benchmark{os.getpid()}x{number}"
                Article.objects.filter(pk=pk).update(section=mark)
                started = time.perf_counter()
                while not self.ask(f"section:{mark}").total():
                    if time.perf_counter() - started > 60:
                        self.figures.say("a single change is found", "not within a minute")
                        return
                    time.sleep(0.01)
                # The worker's first takes its start as well.
                if number:
                    taken.append(time.perf_counter() - started)
                time.sleep(random.random() * 0.3)  # noqa: S311 -- not secret
        finally:
            worker.terminate()
            worker.wait()
        self.figures.times("a single change is found", taken, "p95 ≤ 1 s")

    def indexing(self) -> None:
        """Measure indexing from Postgres, of articles of about 4 KB."""
        folder = self.folder / "indexing"
        env = {**os.environ, "NEWSROOM_DATA_DIR": str(folder)}
        run = [sys.executable, str(ROOT / "bench" / "news_generator.py"), "--data-dir", str(folder)]
        try:
            count = min(INDEXED, self.options.articles)
            subprocess.run(
                [*run, "--articles", str(count), "--words", str(INDEXED_WORDS)],
                check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
            out = subprocess.run(
                [sys.executable, str(ROOT / "bench" / "search.py"), "--index-only"],
                check=True, capture_output=True, text=True, env=env,
            ).stdout  # fmt: skip
            done, seconds, text, index = (float(part) for part in out.split()[-4:])
            self.figures.say(
                f"indexing, from Postgres, {text / done:,.0f} bytes each",
                f"{done / seconds:,.0f} a second, {index / text:.2f} of the text",
                "≥ 1,500 a second",
            )
        finally:
            stop_postgres(folder)
            shutil.rmtree(folder, ignore_errors=True)


PEER = """
SET maintenance_work_mem = '1GB';
CREATE TABLE bench_words AS
SELECT a.id, setweight(to_tsvector('english', a.headline), 'A')
    || to_tsvector('english', substr(v.text, length(a.headline) + 1)) AS words
FROM articles_article a JOIN articles_version v ON v.id = a.version_id;
ALTER TABLE bench_words ADD PRIMARY KEY (id);
CREATE INDEX ON bench_words USING gin (words);
VACUUM ANALYZE bench_words;
"""
# A table, the long texts of it, and the indexes of both.
KEEP = """
WITH tables AS (
    SELECT oid, reltoastrelid FROM pg_class WHERE oid = %s::regclass
), parts AS (
    SELECT reltoastrelid AS oid FROM tables WHERE reltoastrelid <> 0
    UNION ALL SELECT oid FROM tables
    UNION ALL SELECT indexrelid FROM pg_index JOIN tables ON indrelid IN (oid, reltoastrelid)
    WHERE indisprimary OR indrelid = reltoastrelid
)
SELECT sum(pg_prewarm(oid::regclass)) FROM parts
"""
PEER_BEST = """
SELECT a.id FROM bench_words w JOIN articles_article a USING (id),
    to_tsquery('english', %s) AS query
WHERE w.words @@ query AND {condition}
ORDER BY ts_rank_cd(w.words, query) DESC LIMIT 20
"""
PEER_SHAPE = """
WITH found AS MATERIALIZED (
    SELECT a.id, a.source_id, a.dateline_place, a.section, a.language, a.corpus_id, a.page,
        a.flags, a.edition, a.published_date, a.version_id
    FROM bench_words w JOIN articles_article a USING (id)
    WHERE w.words @@ to_tsquery('english', %s) AND {condition}
), credited AS MATERIALIZED (
    SELECT c.kind, c.name, c.person_id FROM found JOIN articles_credit c USING (version_id)
)
(SELECT 'source', source_id::text, count(*) AS n FROM found GROUP BY 2 ORDER BY n DESC LIMIT 12)
UNION ALL (SELECT 'place', dateline_place, count(*) AS n FROM found GROUP BY 2 ORDER BY n DESC LIMIT 12)
UNION ALL (SELECT 'section', section, count(*) AS n FROM found GROUP BY 2 ORDER BY n DESC LIMIT 12)
UNION ALL (SELECT 'lang', language, count(*) AS n FROM found GROUP BY 2 ORDER BY n DESC LIMIT 12)
UNION ALL (SELECT 'corpus', corpus_id::text, count(*) AS n FROM found GROUP BY 2 ORDER BY n DESC LIMIT 12)
UNION ALL (SELECT 'page', page, count(*) AS n FROM found GROUP BY 2 ORDER BY n DESC LIMIT 12)
UNION ALL (SELECT 'edition', edition, count(*) AS n FROM found GROUP BY 2 ORDER BY n DESC LIMIT 12)
UNION ALL (SELECT 'flag', flag, count(*) AS n FROM found, unnest(flags) flag GROUP BY 2 ORDER BY n DESC LIMIT 12)
UNION ALL (SELECT 'agency', name, count(*) AS n FROM credited WHERE kind = 'agency' GROUP BY 2 ORDER BY n DESC LIMIT 12)
UNION ALL (SELECT 'author', person_id::text, count(*) AS n FROM credited WHERE kind = 'person' GROUP BY 2 ORDER BY n DESC LIMIT 12)
UNION ALL (SELECT 'month', date_trunc('month', published_date)::text, count(*) AS n FROM found GROUP BY 2)
"""  # noqa: E501 -- a table


def bounded(cursor: Any, statement: str, tsquery: str) -> float:
    """Return the seconds of a statement; those of the limit if it was stopped there."""
    from django.db import OperationalError  # noqa: PLC0415 -- after setup

    started = time.perf_counter()
    try:
        cursor.execute(statement, [tsquery])
        cursor.fetchall()
    except OperationalError:
        # Stopped: it took at least so long.
        pass
    return time.perf_counter() - started


def setup() -> None:
    """Let Django be used; the data folder must be set."""
    import django  # noqa: PLC0415 -- the data folder must be set first

    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    django.setup()


def make_user() -> None:
    """Let there be someone who may see all."""
    from django.contrib.auth.models import User  # noqa: PLC0415 -- after setup

    if not User.objects.filter(username=USER).exists():
        User.objects.create_superuser(USER, password=PASSWORD)


class serving:  # noqa: N801 -- a context manager by its use
    """gunicorn on a free port, as operated; gives its address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> str:
        port = 20_000 + os.getpid() % 20_000
        env = {**os.environ, "NEWSROOM_DATA_DIR": str(self.folder), "NEWSROOM_PROCESS": "web"}
        command = [str(Path(sys.executable).parent / "gunicorn"), "newsroom.wsgi:application"]
        command += ["--bind", f"127.0.0.1:{port}", "--config", "newsroom/gunicorn.py"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=env)
        address = f"http://127.0.0.1:{port}"
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/login/", timeout=5).read()  # noqa: S310
            except OSError:
                time.sleep(0.2)
            else:
                break
        return address

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()


def logged_in(address: str) -> urllib.request.OpenerDirector:
    """Return what asks as someone who is logged in."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    opener.open(f"{address}/login/").read()
    token = next(cookie.value for cookie in jar if "csrf" in cookie.name)
    form = {"username": USER, "password": PASSWORD, "csrfmiddlewaretoken": token or ""}
    request = urllib.request.Request(  # noqa: S310 -- our own
        f"{address}/login/", urllib.parse.urlencode(form).encode(), {"Referer": address}
    )
    opener.open(request).read()
    return opener


def fetched(opener: urllib.request.OpenerDirector, url: str) -> int:
    """Read an answer to its end; return its status."""
    with opener.open(url, timeout=60) as answer:
        answer.read()
        return int(answer.status)


def export_only(count: int) -> None:
    """Export up to ``count`` articles, print what it took: a process of its own, for its memory."""
    setup()
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 -- after setup
    from django.urls import reverse  # noqa: PLC0415 -- likewise

    from articles.export.answers import write  # noqa: PLC0415 -- likewise
    from articles.search.asking import ask  # noqa: PLC0415 -- likewise

    class EnoughError(Exception):
        pass

    # As a server has: else loading every page's code, most of a second, is counted as exporting.
    reverse("article-list")
    done = 0

    def watch(number: int) -> None:
        nonlocal done
        done = number
        if number >= count:
            raise EnoughError

    started, size = time.perf_counter(), 0
    try:
        for piece in write(ask("", AnonymousUser()), "jsonl", watch=watch):
            size += len(piece)
    except EnoughError:
        pass
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(done, seconds, size, memory)


def index_only() -> None:
    """Index a whole database and print what it took."""
    setup()
    from django.conf import settings  # noqa: PLC0415 -- after setup
    from django.db import connection  # noqa: PLC0415 -- likewise

    from articles.search.index import indexing  # noqa: PLC0415 -- likewise

    seconds, done = timed(indexing.rebuild)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(octet_length(text)) FROM articles_version")
        text = cursor.fetchone()[0]
    index = sum(file.stat().st_size for file in Path(settings.SEARCH_DIR).rglob("*"))
    print(done, seconds, text, index)


def read_through(file: Path) -> None:
    """Read a file to its end, so that memory holds it."""
    with file.open("rb") as opened:
        while opened.read(1 << 20):
            pass


def stop_postgres(folder: Path) -> None:
    """End a data folder's own database."""
    env = {**os.environ, "NEWSROOM_DATA_DIR": str(folder)}
    subprocess.run(
        [sys.executable, "manage.py", "postgres", "stop"], cwd=ROOT, env=env, check=False
    )


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--parts", default=",".join(PARTS), help="some of them, with commas")
    parser.add_argument("--queries", type=int, default=20, help="of each kind")
    parser.add_argument("--peer-queries", type=int, default=150, help="Postgres is asked so many")
    parser.add_argument("--peer-seconds", type=int, default=20, help="and each is stopped then")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--detail", action="store_true", help="print each kind of query")
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--export-only", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--index-only", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.export_only:
        export_only(options.export_only)
        return
    if options.index_only:
        index_only()
        return
    folder = options.data_dir or Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
    bench = Bench(options, folder.resolve(), Figures())
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    print(f"{'':<44}{'median':>14} {'p95':>8} {'p99':>8}")
    try:
        bench.prepare()
        for part in options.parts.split(","):
            getattr(bench, part)()
    finally:
        if options.data_dir is None:
            stop_postgres(folder)
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
