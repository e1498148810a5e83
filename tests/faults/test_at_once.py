"""Two at the same moment: nothing is lost, nothing waits for ever, one of two undos wins."""

import io
import json
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from articles.curation import fields
from articles.history.undo import UndoRefusedError, undo
from articles.ingest import effective, imports, storing
from articles.models import (
    ApiToken,
    Article,
    Corpus,
    CorrectedField,
    Correction,
    Door,
    Import,
    Operation,
    Version,
)
from tests.factories import make_article, make_corpus, make_user
from tests.faults.site import lines

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("empty_queue"),
]

ARTICLES = 300


@pytest.fixture
def corpus() -> Corpus:
    return make_corpus("default", name="Default")


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all at the same moment; return what came of each, or what it raised."""
    start = threading.Barrier(len(acts))
    found: list[Any] = [None] * len(acts)

    def run(index: int, do: Callable[[], Any]) -> None:
        try:
            start.wait()
            found[index] = do()
        except Exception as fault:  # noqa: BLE001 -- whatever it was, the test looks at it
            found[index] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return found


def an_import(corpus: Corpus, data: bytes, name: str = "a.jsonl") -> Import:
    upload = imports.Upload(name, "", io.BytesIO(data))
    return imports.start(corpus=corpus, user=None, door=Door.API, inputs=[upload])


def correct(ids: list[int], **values: Any) -> Operation:
    changes = {CorrectedField(name): value for name, value in values.items()}
    done = fields.correct(ids, changes, by=None, door=Door.PAGE)
    assert done is not None
    return done


def derived_otherwise(corpus: Corpus) -> int:
    """Return how many articles have other values than follow from what is known of them."""
    with transaction.atomic():
        storing.lock(corpus)
        changed = effective.derive(Article.objects.values_list("pk", flat=True))
        transaction.set_rollback(True)
    return changed


def test_a_bulk_correction_and_new_versions_of_the_same_articles_lose_nothing(
    corpus: Corpus,
) -> None:
    imports.run(an_import(corpus, lines(0, ARTICLES, note="")).pk)
    ids = list(Article.objects.values_list("pk", flat=True))
    anew = an_import(corpus, lines(0, ARTICLES, note="", body="It is closed.", section="Read"))

    *done, run = at_once(
        lambda: correct(ids, section="Harbours"),
        lambda: correct(ids, byline="By Nobody", source="The Evening Paper"),
        lambda: correct(ids[: ARTICLES // 2], section="Rivers", page="7"),
        lambda: imports.run(anew.pk),
    )

    assert all(isinstance(operation, Operation) for operation in done), done
    assert (run.status, run.new_version) == ("finished", ARTICLES)
    assert Correction.objects.filter(field="section").count() == ARTICLES
    assert Article.objects.filter(byline="By Nobody", edits=1).count() == ARTICLES
    assert not Article.objects.filter(section="Read").exists()
    assert derived_otherwise(corpus) == 0


def test_an_undo_and_a_correction_of_the_same_end_in_one_order_or_the_other(
    corpus: Corpus,
) -> None:
    ids = [make_article(corpus, headline=f"Bridge {number}").pk for number in range(20)]

    for turn in range(5):
        first = correct(ids, page=f"first {turn}")
        undone, later = at_once(
            partial(undo, first, by=None, door=Door.PAGE),
            partial(correct, ids, page=f"later {turn}"),
        )

        assert isinstance(later, Operation), later
        assert isinstance(undone, Operation | UndoRefusedError), undone
        if isinstance(undone, UndoRefusedError):
            assert undone.later == [later]
        pages = set(Article.objects.values_list("page", flat=True))
        assert pages == {f"later {turn}"}
        assert derived_otherwise(corpus) == 0


def test_of_two_undos_at_once_one_wins_and_the_other_is_refused(corpus: Corpus) -> None:
    ids = [make_article(corpus, headline=f"Bridge {number}").pk for number in range(20)]

    for turn in range(5):
        operation = correct(ids, page=f"page {turn}")
        found = at_once(*[partial(undo, operation, by=None, door=Door.PAGE)] * 3)

        assert sum(isinstance(each, Operation) for each in found) == 1, found
        assert sum(isinstance(each, UndoRefusedError) for each in found) == 2, found
        assert not Correction.objects.exists()
        assert set(Article.objects.values_list("page", flat=True)) == {None}
        assert Operation.objects.filter(undoes=operation).count() == 1


def test_the_same_file_by_two_doors_at_once_is_stored_once(corpus: Corpus) -> None:
    data = lines(0, ARTICLES, note="")
    # One reads it as a whole, the other in its own file under another name.
    runs = [an_import(corpus, data, name) for name in ("one.jsonl", "two.jsonl", "one.jsonl")]

    found = at_once(*[partial(imports.run, run.pk) for run in runs])

    assert sum(run.stored for run in found) == ARTICLES
    assert sum(run.unchanged for run in found) == 2 * ARTICLES
    assert Article.objects.count() == Version.objects.count() == ARTICLES


@pytest.mark.usefixtures("corpus")
def test_the_same_wish_under_one_key_at_once_is_one_import() -> None:
    user = make_user("root", is_superuser=True)
    _, token = ApiToken.issue(user_id=user.pk, name="at once")
    clients = [Client(headers={"Authorization": f"Token {token}"}) for _ in range(4)]

    def ask(client: Any, text: str) -> Any:
        body = json.dumps({"text": text})
        headers = {"Idempotency-Key": "once"}
        return client.post("/api/v1/imports/", body, "application/json", headers=headers)

    found = at_once(*[partial(ask, client, "A tram\n\nIt runs.") for client in clients])

    assert {answer.status_code for answer in found} == {202}
    assert len({answer.content for answer in found}) == 1
    assert Import.objects.count() == 1
    assert ask(clients[0], "Another\n\nIt stands.").status_code == 409
