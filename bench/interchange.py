"""How fast tags go out, in each form, and come in; with the plainest way to write them beside it.

    python bench/interchange.py --data-dir DIR --articles 4000 --tags 25

It makes a corpus of its own in a database of its own folder (``--data-dir``), with so many tags an
article, and says per form: tags a second, and the peak of memory for a tenth and for all of them,
which is the same where it is flat. The peer is ``COPY`` of the bare rows out of the database.
"""

import argparse
import os
import sys
import time
import tracemalloc
from pathlib import Path

PARAGRAPH = "Ann Doe of the harbour board said on Tuesday that the bridge at Port Elgin would open."


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", required=True, type=Path)
    parser.add_argument("--articles", type=int, default=4_000)
    parser.add_argument("--tags", type=int, default=25)
    parser.add_argument("--formats", default="")
    asked = parser.parse_args()
    os.environ["NEWSROOM_DATA_DIR"] = str(asked.data_dir)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django  # noqa: PLC0415 -- once its settings are known

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- likewise

    call_command("migrate", verbosity=0)
    corpus = _corpus(asked.articles, asked.tags)
    _out(corpus, asked.formats.split(",") if asked.formats else None)
    _peer(corpus)


def _corpus(articles: int, tags: int) -> int:
    """Return a corpus of so many tags, made by the way that files come in."""
    from articles.annotate.tags.tagging import Tagged, Wanted, tag_many  # noqa: PLC0415 -- after setup
    from articles.models import Access, Corpus, Door, Mention  # noqa: PLC0415 -- likewise
    from tests.factories import make_article  # noqa: PLC0415 -- likewise

    slug = f"bench-{articles}-{tags}"
    corpus, is_new = Corpus.objects.get_or_create(
        slug=slug, defaults={"name": slug, "access": Access.OPEN}
    )
    if not is_new:
        print(f"{Mention.objects.filter(corpus=corpus).count():,} tags are there already")
        return int(corpus.pk)
    wanted = []
    for number in range(articles):
        made = make_article(
            corpus, headline=f"Bridge {number}", paragraphs=(PARAGRAPH,) * tags, published=None
        )
        text = made.version.text if made.version else ""
        at = -1
        for _ in range(tags):
            at = text.index("Ann Doe", at + 1)
            wanted.append(
                (made.pk, Wanted(start=at, end=at + 7, quote="Ann Doe", kind="person",
                                 entity_name="Ann Doe"))
            )  # fmt: skip
    began = time.perf_counter()
    results = tag_many(corpus, wanted, by=None, door=Door.COMMAND)
    taken = time.perf_counter() - began
    made_of = sum(isinstance(each, Tagged) for each in results)
    print(f"in     {made_of:>10,} tags {made_of / taken:>10,.0f}/s  checked and written")
    return int(corpus.pk)


def _out(corpus: int, names: list[str] | None) -> None:
    from articles.annotate.files.bundling import Scope, bundles  # noqa: PLC0415 -- after setup
    from articles.annotate.interchange.formats import FORMATS  # noqa: PLC0415 -- likewise
    from articles.annotate.interchange.shape import Losses  # noqa: PLC0415 -- likewise
    from articles.models import Article, Mention  # noqa: PLC0415 -- likewise

    ids = list(Article.objects.filter(corpus=corpus).order_by("pk").values_list("pk", flat=True))
    count = Mention.objects.filter(corpus=corpus).count()
    for name, form in FORMATS.items():
        if names is not None and name not in names:
            continue
        began = time.perf_counter()
        size = sum(map(len, form.write(bundles(Scope(None), Losses(), ids), Losses())))
        taken = time.perf_counter() - began
        peaks = []
        for some in (ids[: len(ids) // 10], ids[: len(ids) // 2]):
            tracemalloc.start()
            for _ in form.write(bundles(Scope(None), Losses(), some), Losses()):
                pass
            peaks.append(tracemalloc.get_traced_memory()[1] / 1e6)
            tracemalloc.stop()
        print(
            f"{name:<13}{count:>10,} tags {count / taken:>10,.0f}/s  {size / 1e6:>7.1f} MB"
            f"  peak {peaks[0]:.0f} MB for a tenth, {peaks[1]:.0f} MB for half"
        )


def _peer(corpus: int) -> None:
    from django.db import connection  # noqa: PLC0415 -- after setup

    query = (
        "COPY (SELECT row_to_json(t) FROM (SELECT m.key, m.kind, e.name, a.start, a.end, a.quote"  # noqa: S608 -- a number
        " FROM articles_mention m JOIN articles_anchor a ON a.mention_id = m.id"
        f" LEFT JOIN articles_entity e ON e.id = m.entity_id WHERE m.corpus_id = {int(corpus)})"
        " AS t) TO STDOUT"
    )
    began, lines = time.perf_counter(), 0
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for row in copy:
            lines += bytes(row).count(b"\n")
    print(f"COPY as JSON {lines:>10,} tags {lines / (time.perf_counter() - began):>10,.0f}/s")


if __name__ == "__main__":
    main()
