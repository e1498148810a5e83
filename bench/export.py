"""What an export of a whole corpus costs: articles a second and peak memory, form by form.

Usage: python bench/export.py --data-dir DIR [--articles 20000] [--only jsonl,peer-copy]

The articles are made by news_generator.py and indexed, if the data folder is empty. Each form is
written in a process of its own, whose memory is that of nothing else. Peers of the same run:
``peer-copy``, Postgres' own COPY of the same articles as JSON (fewer fields, no permissions), and
``peer-django``, Django's ``.iterator()`` with a serialiser of the REST framework.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMS = ("jsonl", "csv", "parquet", "texts", "ris", "bibtex", "csl")
PEERS = ("peer-copy", "peer-django")
COPY = """
COPY (
    SELECT row_to_json(found) FROM (
        SELECT article.*, source.name AS source_name, version.text, version.blocks, version.read,
            (SELECT json_agg(json_build_object('kind', kind, 'name', name, 'role', role))
             FROM articles_credit WHERE version_id = version.id AND standing) AS credits
        FROM articles_article AS article
        JOIN articles_version AS version ON version.id = article.version_id
        LEFT JOIN articles_source AS source ON source.id = article.source_id
        ORDER BY article.sort_at DESC, article.id DESC
    ) AS found
) TO STDOUT
"""


def peak_mib() -> float:
    """Return the most memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(what: str) -> dict[str, float]:
    """Write all articles in one way; return how many, seconds, bytes, and memory in MiB."""
    import django  # noqa: PLC0415 -- its settings come with the data folder

    django.setup()
    from articles.models import Article  # noqa: PLC0415 -- as above

    articles = Article.objects.count()
    written = _peer(what) if what in PEERS else _ours(what)
    before = peak_mib()
    start, busy = time.perf_counter(), time.process_time()
    first = 0.0
    size = 0
    for some in written:
        first = first or time.perf_counter() - start
        size += len(some)
    seconds = time.perf_counter() - start
    return {
        "articles": articles, "seconds": seconds, "first": first, "bytes": size,
        "cpu": time.process_time() - busy, "before": before, "peak": peak_mib(),
    }  # fmt: skip


def _ours(form: str) -> Iterator[bytes]:
    from django.contrib.auth.models import User  # noqa: PLC0415 -- after the setup

    from articles.export import answers  # noqa: PLC0415 -- as above
    from articles.search.asking import ask  # noqa: PLC0415 -- as above

    return answers.write(ask("", User(is_superuser=True)), form)


def _peer(what: str) -> Iterator[bytes]:
    from django.db import connection  # noqa: PLC0415 -- after the setup

    if what == "peer-django":
        yield from _by_serialiser()
        return
    with connection.cursor() as cursor, cursor.cursor.copy(COPY) as copy:
        for some in copy:
            yield bytes(some)


def _by_serialiser() -> Iterator[bytes]:
    from rest_framework.renderers import JSONRenderer  # noqa: PLC0415 -- after the setup
    from rest_framework.serializers import ModelSerializer  # noqa: PLC0415 -- as above

    from articles.models import Article, Credit, Version  # noqa: PLC0415 -- as above

    class OfCredit(ModelSerializer[Credit]):
        class Meta:
            model = Credit
            fields = ("kind", "name", "role", "place")

    class OfVersion(ModelSerializer[Version]):
        credits = OfCredit(many=True)

        class Meta:
            model = Version
            fields = ("id", "number", "origin", "sha256", "text", "blocks", "read", "credits")

    class OfArticle(ModelSerializer[Article]):
        version = OfVersion()

        class Meta:
            model = Article
            exclude = ("joined_into", "source_alias")

    found = Article.objects.newest_first().select_related("version")
    renderer = JSONRenderer()
    for article in found.prefetch_related("version__credits").iterator(500):
        yield renderer.render(OfArticle(article).data) + b"\n"


def main() -> None:
    """Make articles if there are none, and measure form after form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--one", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ["NEWSROOM_DATA_DIR"] = str(options.data_dir.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    sys.path.insert(0, str(ROOT))
    if options.one:
        print(json.dumps(measured(options.one)))
        return
    if not (options.data_dir / "index").is_dir():
        make = [sys.executable, str(ROOT / "bench/news_generator.py")]
        given = ["--articles", str(options.articles), "--data-dir", str(options.data_dir)]
        subprocess.run([*make, *given], check=True)
        subprocess.run([sys.executable, "manage.py", "reindex"], cwd=ROOT, check=True)
    print("form         articles    a second  µs of CPU  first byte        MB   peak MiB   grew by")
    for what in options.only.split(",") if options.only else (*FORMS, *PEERS):
        again = [sys.executable, __file__, "--data-dir", str(options.data_dir), "--one", what]
        ran = subprocess.run(again, check=True, capture_output=True, text=True)
        found = json.loads(ran.stdout)
        rate = found["articles"] / found["seconds"]
        cpu = found["cpu"] / found["articles"] * 1e6
        print(
            f"{what:<12} {found['articles']:>8,} {rate:>11,.0f} {cpu:>10,.0f}"
            f" {found['first'] * 1000:>8,.0f} ms {found['bytes'] / 1e6:>9,.1f}"
            f" {found['peak']:>10,.0f} {found['peak'] - found['before']:>9,.0f}"
        )


if __name__ == "__main__":
    main()
