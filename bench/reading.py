"""How long a tagged article takes: on the server, and until Chromium has painted it.

Usage: python bench/reading.py [--requests 60] [--loads 15] [--data-dir DIR] [--recogito DIR]

Fills a fresh database of the embedded PostgreSQL with an article of 5,000 words and 500 mentions
and one of 20,000 words and 5,000 mentions, as an annotator of their corpus sees them: margin,
actions and all. Server time is that of the whole of Django, within the process. Then a real server
(gunicorn) and Debian's chromium: a page counts as painted when, after its DOM is complete and its
scripts have run, the browser has drawn a frame (requestAnimationFrame, and a message that is
handled after it): the text that is in sight with what is tagged in it, and the margin beside it.
All words are in the page by then; paragraphs far down are laid out after it. The scripts of
tagging, and the lines far down a long margin, come after that too; "all there" is the frame after
all is laid out, all lines are there and the tools of tagging listen. Both moments are told from
the answer's first byte, painted from the navigation's start too: medians of loads with a warm
cache.

Beside them, in the same run, the same words as plain paragraphs (the floor), and two peers that
draw the same mentions by script, without a margin: a plain painter that wraps a span round each,
and with --recogito, a folder in which ``npm install @recogito/text-annotator`` was run, that one.
"""

import argparse
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
SIZES = {"5,000 words, 500 mentions": (5_000, 500), "20,000 words, 5,000 mentions": (20_000, 5_000)}
AIMS = {5_000: (80, 100), 20_000: (None, 250)}
# A word in so many of a name is a name in itself: mentions nest.
NESTED = 10
PAINTED = """
window.addEventListener("DOMContentLoaded", () => {
  const seen = (name) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { window[name] = performance.now(); };
    channel.port2.postMessage(0);
  });
  window.ready ? window.ready.then(() => seen("painted")) : seen("painted");
  const whole = () => {
    const lines = document.querySelector(".margin-lines");
    const tools = document.querySelector("[data-waiting]");
    if (lines && !(lines.matches("[data-whole]") && tools)) return;
    changes.disconnect();
    seen("whole");
  };
  const changes = new MutationObserver(whole);
  changes.observe(document, { subtree: true, attributeFilter: ["data-whole", "data-waiting"] });
  whole();
});
"""
PLAIN = """<!doctype html><meta charset="utf-8"><title>{title}</title>
<style>body {{ max-width: 34rem; margin: 2rem auto; font: 18px/1.55 serif }}
.m {{ text-decoration: underline 2px; background: #e0e6f4 }}</style>
<article id="text">{text}</article>"""
NAIVE = """<script id="mentions" type="application/json">{mentions}</script><script type="module">
const nodes = [...document.querySelectorAll("#text p")].map((p) => p.firstChild);
const starts = []; let at = 0;
for (const node of nodes) { starts.push(at); at += node.data.length + 2; }
const mentions = JSON.parse(document.getElementById("mentions").textContent);
// From the end, so that what is before stays where it is.
for (const { start, end } of mentions.reverse()) {
  let n = starts.length - 1; while (starts[n] > start) n -= 1;
  const range = document.createRange();
  range.setStart(nodes[n], start - starts[n]); range.setEnd(nodes[n], end - starts[n]);
  const span = document.createElement("span"); span.className = "m"; range.surroundContents(span);
}
</script>"""
RECOGITO = """<link rel="stylesheet" href="{style}">
<script id="mentions" type="application/json">{mentions}</script>
<script>window.process = { env: { NODE_ENV: "production" } };</script>
<script src="{script}"></script><script>
window.ready = new Promise((done) => addEventListener("DOMContentLoaded", () => {
  const made = RecogitoJS.createTextAnnotator(document.getElementById("text"));
  made.setAnnotations(JSON.parse(document.getElementById("mentions").textContent).map((m) => ({
    id: String(m.start), bodies: [], target: { annotation: String(m.start), selector: [m] } })));
  // It draws by timers of its own.
  setTimeout(done, 0);
}));
</script>"""


def main() -> None:
    """Fill, ask, load, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--loads", type=int, default=15)
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--recogito", type=Path)
    options = parser.parse_args()
    folder = options.data_dir or Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
    os.environ["NEWSROOM_DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    os.environ.pop("DATABASE_URL", None)
    # Playwright's loop runs in this thread, and Django takes it for an asynchronous caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    run = [sys.executable, "manage.py"]
    try:
        subprocess.run([*run, "migrate", "-v0"], cwd=ROOT, check=True)
        measure(options.requests, options.loads, options.recogito)
    finally:
        if options.data_dir is None:
            subprocess.run([*run, "postgres", "stop"], cwd=ROOT, check=False)
            shutil.rmtree(folder, ignore_errors=True)


def measure(requests: int, loads: int, recogito: Path | None) -> None:
    """Measure each size, on the server and in the browser."""
    import django  # noqa: PLC0415 -- the data folder must be set first

    django.setup()
    from django.test import Client  # noqa: PLC0415 -- likewise

    user, articles = fill()
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    print(f"{'server':<30}{'median ms':>10}{'p95 ms':>9}{'queries':>9}{'KB':>7}")
    for name, pk in articles.items():
        server_time(client, name, pk, requests)
    with tempfile.TemporaryDirectory() as pages:
        addresses = write_peers(Path(pages), articles, recogito)
        in_browser(Path(pages), addresses, articles, cookie, loads)


def fill() -> tuple[Any, dict[str, int]]:
    """Return an annotator and the articles' ids by size, made if they are not there."""
    from django.contrib.auth.models import User  # noqa: PLC0415 -- after the setup

    from articles.annotate.tags.tagging import Wanted, tag_many  # noqa: PLC0415 -- likewise
    from articles.ingest import records  # noqa: PLC0415 -- likewise
    from articles.models import Article, Corpus, Door, Membership, Role  # noqa: PLC0415 -- likewise

    corpus, _ = Corpus.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    user, is_new = User.objects.get_or_create(username="annotator")
    if is_new:
        Membership.objects.create(corpus=corpus, user=user, role=Role.ANNOTATOR)
    found = {}
    for name, (words, mentions) in SIZES.items():
        known = Article.objects.filter(corpus=corpus, external_id=name).first()
        if known is None:
            text, places = composed(words, mentions)
            item = {"external_id": name, "headline": name, "body": text, "language": "en"}
            [made] = records.store(corpus=corpus, user=user, body=text.encode(), items=[item])
            assert made.article_id, made
            known = Article.objects.select_related("version", "corpus").get(pk=made.article_id)
            assert known.version
            shift = known.version.text.index(text[:50])
            wanted = [
                (
                    known.pk,
                    Wanted(
                        start=start + shift,
                        end=end + shift,
                        quote=text[start:end],
                        kind=kind,
                        entity_name=text[start:end],
                        status="suggested" if number % 5 == 0 else "accepted",
                    ),
                )
                for number, (start, end, kind) in enumerate(places)
            ]
            started = time.perf_counter()
            results = tag_many(corpus, wanted, by=user, door=Door.COMMAND)
            wrong = [each for each in results if isinstance(each, Exception)]
            assert not wrong, wrong[:3]
            print(f"tagged {name} in {time.perf_counter() - started:.1f} s")
        found[name] = known.pk
    return user, found


def composed(words: int, mentions: int) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a text of paragraphs and the places of what is tagged in it."""
    seed = random.Random(words)  # noqa: S311 -- repeatable, not secret
    plain = ["said", "the", "harbour", "of", "on", "a", "bridge", "weather", "and", "was", "in"]
    firsts = ["Ann", "Li", "Omar", "Zoë", "Xi", "Mary"]
    lasts = [f"{one}{two}" for one in ("Har", "Bro", "Kam", "Sel") for two in ("wood", "ric", "en")]
    pieces, places, at = [], [], 0
    kinds = ["person", "organisation", "place"]
    gap = words / mentions
    due, made = 0.0, 0
    for number in range(words):
        word = seed.choice(plain)
        if number >= due and made < mentions:
            first, last = seed.choice(firsts), seed.choice(lasts)
            word = f"{first} {last}"
            places.append((at, at + len(word), seed.choice(kinds)))
            made += 1
            if made % NESTED == 0 and made < mentions:
                places.append((at + len(first) + 1, at + len(word), "place"))
                made += 1
            due += gap
        end = ".\n\n" if number % 80 == 79 else " "
        if number == words - 1:
            end = "."
        pieces.append(word + end)
        at += len(word) + len(end)
    return "".join(pieces), places[:mentions]


def server_time(client: Any, name: str, pk: int, requests: int) -> None:
    """Ask for an article's page and print what it took."""
    from django.db import connection  # noqa: PLC0415 -- after the setup
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- likewise

    times, queries, size = [], 0, 0
    for number in range(requests + 3):
        started = time.perf_counter()
        answer = client.get(f"/articles/{pk}/")
        taken = (time.perf_counter() - started) * 1000
        assert answer.status_code == 200, answer.status_code
        # The first ones load templates and fill what is kept.
        if number >= 3:
            times.append(taken)
        size = len(answer.content)
    with CaptureQueriesContext(connection) as seen:
        client.get(f"/articles/{pk}/")
        queries = len(seen)
    times.sort()
    middle, high = statistics.median(times), times[int(len(times) * 0.95) - 1]
    print(f"{name:<30}{middle:>10.0f}{high:>9.0f}{queries:>9}{size // 1024:>7,}")


def write_peers(
    folder: Path, articles: dict[str, int], recogito: Path | None
) -> dict[str, dict[str, str]]:
    """Write the pages of the peers; return their files by size and peer."""
    from articles.models import Anchor, Article  # noqa: PLC0415 -- after the setup

    found: dict[str, dict[str, str]] = {}
    if recogito is not None:
        shutil.copytree(
            recogito / "node_modules/@recogito/text-annotator/dist", folder / "recogito"
        )
    for number, (name, pk) in enumerate(articles.items()):
        version = Article.objects.select_related("version").get(pk=pk).version
        assert version
        text = version.text
        paragraphs = "".join(f"<p>{escape(text[a:b])}</p>\n" for _, a, b in version.blocks)
        anchors = Anchor.objects.filter(version=version).order_by("start")
        places = [{"start": a.start, "end": a.end, "quote": a.quote} for a in anchors.iterator()]
        mentions = json.dumps(places).replace("<", "\\u003c")
        plain = PLAIN.format(title=name, text=paragraphs)
        pages = {"plain text, no mention": plain}
        pages["a span round each, by script"] = plain + NAIVE.replace("{mentions}", mentions)
        if recogito is not None:
            page = RECOGITO.replace("{mentions}", mentions)
            page = page.replace("{style}", "recogito/text-annotator.css")
            pages["@recogito/text-annotator"] = plain + page.replace(
                "{script}", "recogito/text-annotator.umd.js"
            )
        found[name] = {}
        for place, (peer, html) in enumerate(pages.items()):
            file = f"{number}-{place}.html"
            (folder / file).write_text(html)
            found[name][peer] = file
    return found


def in_browser(
    folder: Path,
    peers: dict[str, dict[str, str]],
    articles: dict[str, int],
    cookie: str,
    loads: int,
) -> None:
    """Load each page and print when it was painted."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only where it is needed

    port, other = free_port(), free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "newsroom/gunicorn.py", "-b", f"127.0.0.1:{port}",
         "newsroom.wsgi"],
        cwd=ROOT,
    )  # fmt: skip
    handler = partial(Quiet, directory=str(folder))
    static = ThreadingHTTPServer(("127.0.0.1", other), handler)
    threading.Thread(target=static.serve_forever, daemon=True).start()
    try:
        wait_for(f"http://127.0.0.1:{port}/health/")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            context.add_cookies(
                [{"name": "sessionid", "value": cookie, "url": f"http://127.0.0.1:{port}"}]
            )
            context.add_init_script(PAINTED)
            heads = f"{'from first byte':>17}{'from the start':>16}{'all there':>11}"
            print(f"\n{'painted, median ms':<60}{heads}")
            for name, pk in articles.items():
                pages = {"Newsroom": f"http://127.0.0.1:{port}/articles/{pk}/"} | {
                    peer: f"http://127.0.0.1:{other}/{file}" for peer, file in peers[name].items()
                }
                for who, address in pages.items():
                    painted(context, f"{name}: {who}", address, loads)
            browser.close()
    finally:
        static.shutdown()
        server.terminate()
        server.wait(20)


def painted(context: Any, name: str, address: str, loads: int) -> None:
    """Load a page some times and print when it was painted."""
    page = context.new_page()
    from_byte, from_start, all_there = [], [], []
    for number in range(loads + 2):
        page.goto(address)
        # Not as a string: the page's policy lets none be evaluated.
        while not page.evaluate("() => Boolean(window.painted && window.whole)"):
            page.wait_for_timeout(20)
        at, whole, first = page.evaluate(
            "() => [window.painted, window.whole,"
            " performance.getEntriesByType('navigation')[0].responseStart]"
        )
        if number >= 2:
            from_byte.append(at - first)
            from_start.append(at)
            all_there.append(whole - first)
    page.close()
    middles = [statistics.median(each) for each in (from_byte, from_start, all_there)]
    print(f"{name:<60}{middles[0]:>17.0f}{middles[1]:>16.0f}{middles[2]:>11.0f}")


class Quiet(SimpleHTTPRequestHandler):
    """Serves the peers' pages without a word."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_for(address: str, seconds: float = 60) -> None:
    """Wait until an address answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=2)  # noqa: S310 -- our own server
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    main()
