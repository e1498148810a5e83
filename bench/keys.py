"""How long it takes from the press of a key until a tag is on the screen.

Usage: python bench/keys.py [--words 5000] [--mentions 500] [--tags 60] [--data-dir DIR]

Starts the site on a fresh database with one long article that is tagged already, opens it in
Chromium, and tags words by keys. Times run from the key event's own stamp to the first frame that
is painted after the words were drawn as tagged. For a kind that names nobody this is the key of the
kind; for one that names somebody the same (the window comes up with it). Beside them: how long
moving the caret takes, and from a key to the server's answer put in place, by gunicorn as operated.
"""

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import machine  # noqa: E402 -- found from here on
from tagging import Serving  # noqa: E402 -- found from here on

CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run")

# Notes for every key when it was pressed, and after the frame that follows the next change of what
# is drawn. The time of a frame's end is that of a task queued within it.
WATCH = """
() => {
  window.keyed = [];
  let pressed = null;
  addEventListener("keydown", (event) => { pressed = event.timeStamp; }, { capture: true });
  const afterPaint = (name) => {
    if (pressed === null) return;
    const from = pressed;
    pressed = null;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.keyed.push([name, performance.now() - from]);
      channel.port2.postMessage(0);
    });
  };
  const set = HighlightRegistry.prototype.set;
  HighlightRegistry.prototype.set = function (name, highlight) {
    if (name.startsWith("tag-k")) afterPaint("tag");
    return set.call(this, name, highlight);
  };
  const extent = Selection.prototype.setBaseAndExtent;
  Selection.prototype.setBaseAndExtent = function (...place) {
    afterPaint("caret");
    return extent.apply(this, place);
  };
}
"""


def fill(words: int, mentions: int) -> int:
    """Make someone who tags and an article that is tagged; return its id."""
    import django  # noqa: PLC0415 -- settings read the environment, which main() sets first

    django.setup()
    from django.contrib.auth.models import User  # noqa: PLC0415 -- after django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- as above

    from tests.factories import (  # noqa: PLC0415 -- as above
        make_article,
        make_corpus,
        make_entity,
        make_mention,
    )

    call_command("migrate", verbosity=0)
    corpus = make_corpus("default", name="Default", access="open")
    User.objects.create_superuser("bench", password="bench-of-keys")  # noqa: S106 -- thrown away
    dice = random.Random(5)  # noqa: S311 -- no secret
    names = [f"Name{n} Surname{n}" for n in range(mentions)]
    plain = [
        "the",
        "minister",
        "said",
        "that",
        "trade",
        "had",
        "grown",
        "again",
        "😀",
        "in",
        "spring",
    ]
    pieces = [dice.choice(plain) for _ in range(words - 2 * mentions)]
    for name in names:
        pieces.insert(dice.randrange(len(pieces)), name)
    paragraphs = [" ".join(pieces[at : at + 80]) + "." for at in range(0, len(pieces), 80)]
    article = make_article(corpus, headline="A long day", paragraphs=tuple(paragraphs))
    for name in names:
        make_mention(article, name, entity=make_entity(corpus, name))
    return int(article.pk)


def quantiles(values: list[float]) -> str:
    """Return median and 95th percentile, for a line of the table."""
    if len(values) < 2:
        return "-"
    return f"{statistics.median(values):6.1f} ms {statistics.quantiles(values, n=20)[-1]:6.1f} ms"


def measure(port: int, article: int, tags: int) -> dict[str, list[float]]:
    """Tag ``tags`` words by keys; return times in ms by what was done."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow to import

    found: dict[str, list[float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        # What is waited for is asked by strings, which the site's policy would not let be read.
        page = browser.new_page(viewport={"width": 1440, "height": 900}, bypass_csp=True)
        page.goto(f"http://127.0.0.1:{port}/login/")
        page.fill("[name=username]", "bench")
        page.fill("[name=password]", "bench-of-keys")
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/articles/**")
        page.goto(f"http://127.0.0.1:{port}/articles/{article}/")
        page.wait_for_selector(".reading[tabindex]")
        page.evaluate(WATCH)
        page.keyboard.press("i")
        page.keyboard.press("Control+ArrowDown")

        def timed(name: str, what: str, press: Callable[[], Any]) -> None:
            page.evaluate("window.keyed.length = 0")
            press()
            page.wait_for_function(f"window.keyed.some(([name]) => name === '{what}')")
            times = page.evaluate(f"window.keyed.filter(([name]) => name === '{what}')")
            found.setdefault(name, []).append(times[0][1])

        for number in range(tags):
            for _ in range(5):
                timed(
                    "the caret to the next word", "caret", lambda: page.keyboard.press("ArrowRight")
                )
            if number % 2:
                timed("a tag that names nobody", "tag", lambda: page.keyboard.press("q"))
            else:
                timed("a tag that names somebody", "tag", lambda: page.keyboard.press("p"))
                page.wait_for_selector(".tag-popover")
                page.keyboard.press("Enter")
            count = page.locator("[data-mention]").count
            until = time.monotonic()
            page.wait_for_selector('.reading[data-waiting="0"]')
            found.setdefault("then saved and put in place", []).append(
                (time.monotonic() - until) * 1000
            )
        print(f"tags on the page in the end: {count()}")
        browser.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--words", type=int, default=5000)
    parser.add_argument("--mentions", type=int, default=500)
    parser.add_argument("--tags", type=int, default=60)
    parser.add_argument("--data-dir", type=Path)
    options = parser.parse_args()
    directory = options.data_dir or Path(tempfile.mkdtemp(prefix="newsroom-keys-"))
    os.environ |= {
        "NEWSROOM_DATA_DIR": str(directory),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        article = fill(options.words, options.mentions)
        with Serving(directory) as port:
            found = measure(port, article, options.tags)
    finally:
        if not options.data_dir:
            from newsroom import postgres  # noqa: PLC0415 -- after the environment is set

            postgres.stop(directory)
            shutil.rmtree(directory, ignore_errors=True)
    print(
        f"{options.words:,} words, {options.mentions:,} tags before; median and 95th percentile; "
        f"{machine.state()}"
    )
    for name, times in found.items():
        print(f"{name:<32} {quantiles(times)}   ({len(times)})")


if __name__ == "__main__":
    main()
