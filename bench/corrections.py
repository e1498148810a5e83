"""How long a correction of many articles at once takes, and its undo.

Usage: python bench/corrections.py [--articles 10000] [--data-dir DIR]

Imports that many articles of the embedded PostgreSQL's own, through the ordinary ingest, then
corrects all of them in one operation: by the domain function, and by the pages (the preview and
the correction, through the whole of Django); and undoes it. Beside them in the same run, the way
that suggests itself: a loop that loads, changes and saves one article after another, with a row
that says who did it, and no undo.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUTLETS = 40
FINGERPRINT = re.compile(r'name="fingerprint" value="([^"]+)"')


def main() -> None:
    """Fill, correct, undo, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--data-dir", type=Path)
    options = parser.parse_args()
    folder = options.data_dir or Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
    os.environ["NEWSROOM_DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    os.environ.pop("DATABASE_URL", None)
    run = [sys.executable, "manage.py"]
    try:
        subprocess.run([*run, "migrate", "-v0"], cwd=ROOT, check=True)
        fill(run, folder, options.articles)
        measure(options.articles)
    finally:
        if options.data_dir is None:
            subprocess.run([*run, "postgres", "stop"], cwd=ROOT, check=False)
            shutil.rmtree(folder, ignore_errors=True)


def fill(run: list[str], folder: Path, articles: int) -> None:
    """Import articles of two credits each."""
    path = folder / "bench.jsonl"
    words = "The council met on Tuesday and put off what it had to decide until the spring. " * 25
    with path.open("w", encoding="utf-8") as lines:
        for number in range(articles):
            record = {
                "id": f"bench-{number}",
                "title": f"Council puts off decision number {number}",
                "text": f"{words}\n\nIt was sitting number {number}.",
                "source": f"Outlet {number % OUTLETS}",
                "byline": f"By Jane Doe and Person{'abcdefghij'[number % 10]} Roe",
                "date": f"2019-{1 + number % 12:02}-{1 + number % 28:02}",
                "section": f"Section {number % 7}",
            }
            lines.write(json.dumps(record) + "\n")
    started = time.perf_counter()
    subprocess.run([*run, "create_corpus", "default"], cwd=ROOT, check=False, capture_output=True)
    subprocess.run([*run, "ingest", str(path)], cwd=ROOT, check=True, capture_output=True)
    print(f"imported {articles:,} articles in {time.perf_counter() - started:.0f} s")


def measure(articles: int) -> None:
    """Correct by function, by page and by a loop, and print what each took."""
    import django  # noqa: PLC0415 -- the data folder must be set first

    django.setup()
    from django.contrib.auth.models import User  # noqa: PLC0415 -- likewise
    from django.db import connection  # noqa: PLC0415 -- likewise
    from django.test import Client  # noqa: PLC0415 -- likewise

    from articles.curation import fields  # noqa: PLC0415 -- likewise
    from articles.history.undo import undo  # noqa: PLC0415 -- likewise
    from articles.models import (  # noqa: PLC0415 -- likewise
        Article,
        CorrectedField,
        Door,
        Operation,
    )

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    ids = list(Article.objects.values_list("pk", flat=True)[:articles])
    assert len(ids) == articles, (len(ids), articles)
    kinds: dict[str, dict[CorrectedField, Any]] = {
        "section": {CorrectedField.SECTION: "Council"},
        "source": {CorrectedField.SOURCE: "The Gazette"},
        "published": {CorrectedField.PUBLISHED: {"date": "2018-05-01"}},
        "credits": {CorrectedField.CREDITS: [{"kind": "person", "name": "Ann Lee"}]},
        "four fields": {
            CorrectedField.SECTION: "Town",
            CorrectedField.SOURCE: "The Herald",
            CorrectedField.PAGE: "7",
            CorrectedField.BYLINE: "By Ann Lee",
        },
    }
    print(f"\n{articles:,} articles at once{'preview':>24}{'correct':>10}{'undo':>10}")
    for name, changes in kinds.items():
        looked = _timed(lambda: fields.preview(ids, changes))  # noqa: B023 -- called at once
        corrected = _timed(
            lambda: fields.correct(ids, changes, by=None, door=Door.COMMAND)  # noqa: B023 -- likewise
        )
        done = Operation.objects.order_by("-pk")[0]
        undone = _timed(lambda: undo(done, by=None, door=Door.COMMAND))  # noqa: B023 -- likewise
        assert done.size == articles
        print(f"  the function: {name:<27}{looked:>7.1f} s{corrected:>8.1f} s{undone:>8.1f} s")
    editor = User.objects.create_user("bench", is_superuser=True)
    client = Client()
    client.force_login(editor)
    _pages(client, articles)
    one_by_one(articles)


def _pages(client: Any, articles: int) -> None:
    """Do it as an editor does, page by page."""
    form = {"how_section": "value", "section": "Council"}
    page = "/articles/correct/?corpus=default"
    shown: list[Any] = []
    looked = _timed(lambda: shown.append(client.post(page, {**form, "step": "preview"})))
    fingerprint = FINGERPRINT.search(shown[0].content.decode())
    assert fingerprint, shown[0].status_code
    given = {**form, "step": "apply", "fingerprint": fingerprint[1]}
    corrected = _timed(lambda: shown.append(client.post(page, given)))
    assert shown[1].status_code == 302, shown[1].status_code

    from articles.models import Operation  # noqa: PLC0415 -- after setup

    done = Operation.objects.order_by("-pk")[0]
    assert done.size == articles
    undone = _timed(lambda: shown.append(client.post(f"/history/{done.pk}/undo/", {"next": "/"})))
    assert shown[2].status_code == 302, shown[2].status_code
    print(f"  the pages: {'section':<30}{looked:>7.1f} s{corrected:>8.1f} s{undone:>8.1f} s")


def one_by_one(articles: int) -> None:
    """Do it by a loop of saves, in one transaction; it keeps who, and can't be undone."""
    from django.db import transaction  # noqa: PLC0415 -- after setup
    from django.utils import timezone  # noqa: PLC0415 -- likewise

    from articles.models import Article, Correction  # noqa: PLC0415 -- likewise

    def loop() -> None:
        with transaction.atomic():
            for article in Article.objects.all()[:articles]:
                Correction.objects.create(
                    corpus_id=article.corpus_id,
                    article=article,
                    field="section",
                    value="Council",
                    at=timezone.now(),
                )
                article.section = "Council"
                article.save()

    print(f"  one save after another{'':<19}{'':>9}{_timed(loop):>8.1f} s{'–':>10}")


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
