"""Does what a person would do, as a process that may be killed: ``python -m tests.faults.doing``.

Reads one wish a line from its standard input, ``{"do": ..., ...}`` as JSON, and prints what came of
it as a line of JSON once it is done, as a page would be answered.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

# Models want the settings first.
from django.contrib.auth.models import User  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import CharField, Value  # noqa: E402
from django.db.models.functions import Cast, Concat  # noqa: E402
from tantivy import Query  # noqa: E402

from articles.curation import borders, fields, sources, texts  # noqa: E402
from articles.history.undo import undo  # noqa: E402
from articles.ingest import effective, storing  # noqa: E402
from articles.models import (  # noqa: E402
    ApiToken,
    Article,
    Corpus,
    CorrectedField,
    Door,
    Operation,
    Source,
)
from articles.search.index import store  # noqa: E402
from tests.factories import make_article  # noqa: E402


def prepare() -> str:
    """Make someone who may do all, and return their token."""
    user = User.objects.create_user("root", is_superuser=True)
    Corpus.objects.get_or_create(slug="default", defaults={"name": "Default"})
    return ApiToken.issue(user_id=user.pk, name="faults")[1]


def derive(first: int) -> int:
    """Derive the first articles anew; return how many came out otherwise, and change nothing."""
    ids = list(Article.objects.order_by("pk").values_list("pk", flat=True)[:first])
    with transaction.atomic():
        changed = 0
        for corpus in Corpus.objects.all():
            storing.lock(corpus)
        changed = effective.derive(ids)
        transaction.set_rollback(True)
    return changed


def correct(articles: list[int], changes: dict[str, Any]) -> int | None:
    """Correct fields of articles; return the operation."""
    wanted = {CorrectedField(name): value for name, value in changes.items()}
    done = fields.correct(articles, wanted, by=_someone(), door=Door.PAGE)
    return done.pk if done else None


def join(article: int, others: list[int]) -> int:
    """Join articles; return the operation."""
    joined = list(Article.objects.filter(pk__in=others).order_by("pk"))
    into = Article.objects.get(pk=article)
    return int(borders.join(into, joined, by=_someone(), door=Door.PAGE).pk)


def split(article: int) -> int:
    """Make two of an article; return the operation."""
    known = Article.objects.get(pk=article)
    blocks = texts.blocks_of(texts.standing_version(known))
    operation, _ = borders.split(known, [blocks[:-1], blocks[-1:]], by=_someone(), door=Door.PAGE)
    return int(operation.pk)


def merge(source: int, into: int) -> int | None:
    """Merge a source into another; return the operation."""
    known = Source.objects.get(pk=into)
    done = sources.merge([Source.objects.get(pk=source)], into=known, by=_someone(), door=Door.PAGE)
    return done.pk if done else None


def take_back(operation: int) -> int:
    """Undo an operation; return the one that did so."""
    found = Operation.objects.get(pk=operation)
    return int(undo(found, by=_someone(), door=Door.PAGE).pk)


def stock(articles: int) -> int:
    """Make articles as ingest would; return how many there are."""
    corpus = Corpus.objects.get(slug="default")
    for number in range(articles):
        make_article(corpus, headline=f"Bridge {number}", paragraphs=("It opened today.",) * 50)
    return Article.objects.count()


def touch(articles: int, mark: int) -> int:
    """Change some articles, each in its own way."""
    section = Concat(Value(f"{mark}-"), Cast("pk", CharField()))
    ids = list(Article.objects.order_by("?").values_list("pk", flat=True)[:articles])
    return int(Article.objects.filter(pk__in=ids).update(section=section))


def compare() -> list[str]:
    """Return the sections, a different one an article, that the index or the articles alone have.

    Nothing is told when there is no index that can be compared.
    """
    sections = Article.objects.exclude(section=None).values_list("section", flat=True)
    known = {str(section) for section in sections}
    try:
        reading = store.reading()
    except store.IndexMissingError as fault:
        return [str(fault)]
    asked = {"all": {"terms": {"field": "section", "size": 65_000, "segment_size": 65_000}}}
    found = reading.searcher.aggregate(Query.all_query(), asked)["all"]["buckets"]
    # An article without a section has an empty one there.
    listed = Counter(
        {str(bucket["key"]): int(bucket["doc_count"]) for bucket in found if bucket["key"]}
    )
    wrong = [name for name, count in listed.items() if count != 1 or name not in known]
    if reading.searcher.num_docs != Article.objects.count():
        wrong.append(f"{reading.searcher.num_docs} articles")
    return wrong + sorted(known - listed.keys())


def _someone() -> User:
    return User.objects.get(username="root")


WISHES: dict[str, Callable[..., Any]] = {
    "prepare": prepare,
    "derive": derive,
    "correct": correct,
    "merge": merge,
    "join": join,
    "split": split,
    "undo": take_back,
    "stock": stock,
    "touch": touch,
    "compare": compare,
}


def main() -> None:
    """Do what is asked, line by line."""
    # Connected, so that what is asked begins at once.
    Operation.objects.exists()
    print(json.dumps("ready"), flush=True)  # noqa: T201 -- this is how it answers
    for line in sys.stdin:
        wish = json.loads(line)
        done = WISHES[wish.pop("do")](**wish)
        print(json.dumps(done), flush=True)  # noqa: T201 -- likewise


if __name__ == "__main__":
    main()
