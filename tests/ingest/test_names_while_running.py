"""Editors put names right while an import runs: its next batch goes by what they said."""

import io
import json
from collections.abc import Callable

from articles.curation import authors, sources
from articles.ingest import imports
from articles.ingest.parsing import BATCH_ITEMS
from articles.models import Article, Corpus, Door, Import, Person, Source
from tests.factories import make_person, make_source
from tests.ingest.conftest import record


def run_with(corpus: Corpus, act: Callable[[], object], **fields: str) -> Import:
    """Import one record more than a batch holds; ``act`` is done after the first batch."""
    data = b"".join(
        json.dumps(record(number, body=f"Words of {number}.", **fields)).encode() + b"\n"
        for number in range(BATCH_ITEMS + 1)
    )
    given = imports.Upload("a.jsonl", "", io.BytesIO(data))
    started = imports.start(corpus=corpus, user=None, door=Door.COMMAND, inputs=[given])
    done: list[object] = []

    def watch(_: object) -> None:
        if not done and Article.objects.filter(corpus=corpus).count() >= BATCH_ITEMS:
            done.append(act())

    finished = imports.run(started.pk, progress=watch)
    assert done
    assert (finished.stored, finished.failed) == (BATCH_ITEMS + 1, 0)
    return finished


def test_a_batch_after_a_merge_lands_at_the_merged_source(corpus: Corpus) -> None:
    guardian = make_source(corpus, "The Harbour Guardian")
    london = make_source(corpus, "Harbour Guardian (London)")

    run_with(
        corpus,
        lambda: sources.merge([london], guardian, by=None, door=Door.PAGE),
        source=london.name,
    )

    assert Article.objects.filter(source=guardian).count() == BATCH_ITEMS + 1
    assert not Article.objects.filter(source=london).exists()


def test_a_batch_after_a_split_lands_at_the_new_source(corpus: Corpus) -> None:
    guardian = make_source(corpus, "The Harbour Guardian")
    sources.add_name(guardian, "HGW", by=None, door=Door.PAGE)
    alias = guardian.aliases.get(printed="HGW")

    run_with(
        corpus,
        lambda: sources.move_names([alias], "Guardian Weekly", by=None, door=Door.PAGE),
        source="HGW",
    )

    new = Source.objects.get(name="Guardian Weekly")
    assert Article.objects.filter(source=new).count() == BATCH_ITEMS + 1


def test_a_batch_after_a_merge_of_authors_counts_as_the_one_that_stands(corpus: Corpus) -> None:
    jane, initial = make_person(corpus, "Jane Doe"), make_person(corpus, "J. Doe")

    run_with(
        corpus,
        lambda: authors.merge([initial], jane, by=None, door=Door.PAGE),
        byline="By J. Doe",
    )

    assert Article.objects.credited_to(jane).count() == BATCH_ITEMS + 1


def test_a_name_that_was_removed_meanwhile_is_learned_again(corpus: Corpus) -> None:
    jane = make_person(corpus, "Jane Doe")
    authors.add_name(jane, "Jane Roe", by=None, door=Door.PAGE)
    other = jane.other_names.get()

    def act() -> None:
        # As a correction of all these would: nothing is credited to the name any more.
        other.credits.all().delete()
        authors.remove_name(other, by=None, door=Door.PAGE)

    run_with(corpus, act, byline="By Jane Roe")

    assert Person.objects.get(name="Jane Roe").credits.count() == 1
