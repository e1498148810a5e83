"""A large file of tags is taken in by the worker bit by bit, and tells what became of it."""

import csv
import io
import json
import os
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from articles.annotate.files import importing_jobs, refusals
from articles.annotate.files.importing_jobs import path_of, report_of, start_import, tags_of
from articles.annotate.interchange.formats import FORMATS
from articles.annotate.spreading import spreading, spreads
from articles.annotate.tags.layers import NotAllowedError
from articles.history import undo
from articles.models import Article, Corpus, Door, Entity, Mention, Operation, Role, Spread, Task
from tests.factories import current, make_article, make_entity, make_member, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing_jobs, "ARTICLES_AT_ONCE", 2)


@pytest.fixture
def articles(corpus: Corpus) -> list[Article]:
    return [make_article(corpus, paragraphs=(f"Ann Doe left Paris, {n}.",)) for n in range(5)]


def file_of(articles: list[Article]) -> bytes:
    """Return doccano's lines: a tag that stands, and of the last article one that does not."""
    lines = []
    for article in articles:
        text = current(article).text
        start = text.index("Ann Doe")
        lines.append({"text": text, "label": [[start, start + 7, "person"]]})
    lines.append({"text": "Of no article here.", "label": [[0, 2, "person"]]})
    return "\n".join(json.dumps(line) for line in lines).encode()


def begun(corpus: Corpus, ann: User, data: bytes, **how: Any) -> Spread:
    return start_import(data, FORMATS["doccano"], corpus, by=ann, door=Door.PAGE, **how)


def run(spread: Spread) -> Spread:
    spreads.run(spread.pk)
    spread.refresh_from_db()
    return spread


def test_a_file_is_taken_in_with_a_report_and_one_undo(
    corpus: Corpus, ann: User, articles: list[Article], django_capture_on_commit_callbacks: Any
) -> None:
    job = begun(corpus, ann, file_of(articles))
    assert path_of(job.pk).exists()

    with django_capture_on_commit_callbacks(execute=True):
        run(job)

    report = report_of(job)
    assert (job.status, job.done, job.total, job.made) == ("done", 6, 6, 5)
    assert (report.articles, report.made, report.known, report.failed) == (5, 5, 0, 1)
    assert report.examples[0][1] == "This article is not in the corpus."
    assert not path_of(job.pk).exists()
    assert {mention.maker for mention in Mention.objects.all()} == {"doccano"}
    assert job.operation is not None
    undo.undo(job.operation, by=ann, door=Door.PAGE)
    assert not Mention.objects.exists()


def native_file(articles: list[Article], wrong: int = 1) -> bytes:
    """Return our own lines: of each article a tag that stands and some of no kind, out of place."""
    lines = []
    for article in articles:
        text = current(article).text
        start = text.index("Ann Doe")
        tags = [{"start": start, "end": start + 7, "quote": "Ann Doe", "kind": "person"}]
        tags += [
            {"start": start + 1, "end": start + 8, "quote": "Ann Doe", "kind": f"=planet{n}"}
            for n in range(wrong)
        ]
        lines.append(json.dumps({"text": text, "article": article.pk, "mentions": tags}))
    return "\n".join(lines).encode()


def test_progress_is_told_by_tags_too_and_in_small_steps(
    corpus: Corpus, ann: User, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_jobs, "ARTICLES_AT_ONCE", 200)
    monkeypatch.setattr(importing_jobs, "TAGS_AT_ONCE", 4)
    job = start_import(native_file(articles), FORMATS["jsonl"], corpus, by=ann, door=Door.PAGE)
    seen: list[tuple[int, int, int | None]] = []

    def note() -> None:
        job.refresh_from_db()
        seen.append((job.done, tags_of(job).done, tags_of(job).total))

    spreads.run(job.pk, watch=note)

    assert seen == [(2, 4, 10), (4, 8, 10), (5, 10, 10)]


def test_all_that_was_refused_is_in_a_table_and_no_moved_tag_is_one_that_was_not_made(
    corpus: Corpus, ann: User, articles: list[Article]
) -> None:
    data = native_file(articles, wrong=30)

    job = run(start_import(data, FORMATS["jsonl"], corpus, by=ann, door=Door.PAGE))

    report = report_of(job)
    assert (report.made, report.moved, report.failed) == (5, 0, 150)
    rows = list(csv.DictReader(io.StringIO((refusals.kept(job.pk) or b"").decode("utf-8-sig"))))
    assert Counter(row["why"] for row in rows) == report.refused
    assert rows[0]["article"] == str(articles[0].pk)
    assert (rows[0]["quote"], rows[0]["kind"]) == ("Ann Doe", "'=planet0")


def test_every_reason_has_an_example(corpus: Corpus, ann: User, articles: list[Article]) -> None:
    first = native_file(articles[:1], wrong=30)
    last = json.dumps({"text": "Of no article here.", "mentions": []}).encode()

    job = run(start_import(first + b"\n" + last, FORMATS["jsonl"], corpus, by=ann, door=Door.PAGE))

    report = report_of(job)
    assert {why for _, why in report.examples} == set(report.refused)


def test_what_a_bit_told_before_it_was_rolled_back_is_told_once(
    corpus: Corpus, ann: User, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    class LeftError(Exception):
        pass

    job = start_import(native_file(articles), FORMATS["jsonl"], corpus, by=ann, door=Door.PAGE)
    kept = refusals.keep

    def keep_and_leave(*args: Any) -> int:
        kept(*args)
        raise LeftError

    monkeypatch.setattr(refusals, "keep", keep_and_leave)
    with pytest.raises(LeftError):
        spreads.run(job.pk)
    monkeypatch.setattr(refusals, "keep", kept)
    run(job)

    assert (refusals.kept(job.pk) or b"").count(b"planet0") == 2 * len(articles)


def test_a_name_is_looked_up_once_a_file(
    corpus: Corpus, ann: User, articles: list[Article]
) -> None:
    asked: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("SELECT") and '"articles_entityname"."folded" = ' in sql:
            asked.append(sql)
        return execute(sql, *rest)

    job = start_import(native_file(articles, 0), FORMATS["jsonl"], corpus, by=ann, door=Door.PAGE)
    with connection.execute_wrapper(watch):
        spreads.run(job.pk)

    # Before it is made, and under the lock under which it is.
    assert len(asked) == 2
    assert Entity.objects.get().mentions.count() == len(articles)


def test_whose_kind_was_changed_between_two_bits_is_no_longer_meant(
    corpus: Corpus, ann: User, articles: list[Article]
) -> None:
    job = start_import(native_file(articles, 0), FORMATS["jsonl"], corpus, by=ann, door=Door.PAGE)

    def change() -> None:
        if Entity.objects.count() == 1:
            Entity.objects.update(kind="organisation")

    spreads.run(job.pk, watch=change)
    job.refresh_from_db()

    assert (report_of(job).made, report_of(job).failed) == (5, 0)
    counts = {each.kind: each.mentions.count() for each in Entity.objects.all()}
    assert counts == {"organisation": 2, "person": 3}


def test_who_was_put_right_in_one_tag_is_not_who_others_of_the_file_mean(
    corpus: Corpus, ann: User, articles: list[Article]
) -> None:
    lines = []
    for number, article in enumerate(articles):
        text = current(article).text
        start = text.index("Ann Doe")
        tag = {"start": start, "end": start + 7, "quote": "Ann Doe", "kind": "person"}
        tag |= {"key": str(UUID(int=number + 1)), "entity": {"name": "Ann Doe"}}
        lines.append(json.dumps({"text": text, "article": article.pk, "mentions": [tag]}))
    # The one that is known is the last of a bit, so that nothing else says whom the name means.
    lines[:2] = lines[1::-1]
    first, whole = lines[1].encode(), "\n".join(lines).encode()
    run(start_import(first, FORMATS["jsonl"], corpus, by=ann, door=Door.PAGE))
    other = make_entity(corpus, "Jane Smith")
    Mention.objects.update(entity=other)

    run(start_import(whole, FORMATS["jsonl"], corpus, by=ann, door=Door.PAGE))

    named = Counter(Mention.objects.values_list("entity__name", flat=True))
    assert named == {"Jane Smith": 1, "Ann Doe": len(articles) - 1}


def test_tables_of_what_was_refused_are_kept_for_a_month(
    corpus: Corpus, ann: User, articles: list[Article]
) -> None:
    job = run(start_import(native_file(articles), FORMATS["jsonl"], corpus, by=ann, door=Door.PAGE))

    importing_jobs.tidy()
    assert refusals.is_kept(job.pk)
    [path] = path_of(job.pk).parent.glob("*.csv")
    os.utime(path, (0, 0))
    importing_jobs.tidy()
    assert not refusals.is_kept(job.pk)


def test_a_table_that_lost_its_end_has_no_gap(
    corpus: Corpus, ann: User, articles: list[Article]
) -> None:
    job = start_import(native_file(articles), FORMATS["jsonl"], corpus, by=ann, door=Door.PAGE)
    some = [refusals.Refused(f"Line {number}", "Why") for number in range(3)]
    length = refusals.keep(job.pk, some, 0)
    [path] = path_of(job.pk).parent.glob(f"{job.pk}.*")
    os.truncate(path, 0)

    refusals.keep(job.pk, some, length)

    assert refusals.kept(job.pk) == refusals.table(some)


def test_the_same_file_again_makes_nothing_twice(
    corpus: Corpus, ann: User, articles: list[Article]
) -> None:
    run(begun(corpus, ann, file_of(articles)))

    again = run(begun(corpus, ann, file_of(articles)))

    assert (report_of(again).made, report_of(again).known) == (0, 5)
    assert again.operation is None
    assert Mention.objects.count() == 5


def test_what_broke_off_goes_on_where_it_was(
    corpus: Corpus, ann: User, articles: list[Article]
) -> None:
    job = begun(corpus, ann, file_of(articles))

    class LeftError(Exception):
        pass

    def leave() -> None:
        raise LeftError

    with pytest.raises(LeftError):
        spreads.run(job.pk, watch=leave)
    assert Mention.objects.count() == 2
    run(job)

    assert (job.status, report_of(job).made, report_of(job).failed) == ("done", 5, 1)
    assert Mention.objects.count() == 5
    assert Operation.objects.filter(act="tag").count() == 1


def test_a_trial_keeps_nothing_and_tells_the_same(
    corpus: Corpus, ann: User, articles: list[Article]
) -> None:
    job = run(begun(corpus, ann, file_of(articles), trial=True))

    report = report_of(job)
    assert (report.is_trial, report.made, report.failed) == (True, 5, 1)
    assert not Mention.objects.exists()
    assert not Operation.objects.filter(act="tag").exists()


def test_a_file_that_cannot_be_read_fails_with_its_reason(corpus: Corpus, ann: User) -> None:
    job = run(begun(corpus, ann, b"\xff\xfe no text"))

    assert job.status in {"failed", "done"}
    assert job.problem or report_of(job).failed


def test_a_file_that_is_gone_is_asked_for_again(corpus: Corpus, ann: User) -> None:
    job = begun(corpus, ann, b"{}")
    path_of(job.pk).unlink()

    run(job)

    assert job.status == "failed"
    assert "Send it again" in job.problem


def test_what_was_meant_for_a_task_that_is_no_more_is_tagged_nowhere(
    corpus: Corpus, ann: User, articles: list[Article]
) -> None:
    task = make_task(corpus, articles, [ann], blind=True)
    job = begun(corpus, ann, file_of(articles), task=task)
    task.delete()

    run(job)

    assert job.status == "failed"
    assert "no more" in job.problem
    assert not Mention.objects.exists()


def test_nothing_more_is_taken_into_a_task_that_is_closed_meanwhile(
    corpus: Corpus, ann: User, articles: list[Article]
) -> None:
    task = make_task(corpus, articles, [ann])
    job = begun(corpus, ann, file_of(articles), task=task)

    def close() -> None:
        Task.objects.filter(pk=task.pk).update(closed_at=timezone.now())

    spreads.run(job.pk, watch=close)
    job.refresh_from_db()

    assert job.status == "failed"
    assert "closed" in job.problem
    assert Mention.objects.count() == job.made == 2


def test_files_of_jobs_that_are_over_are_removed(
    corpus: Corpus, ann: User, articles: list[Article]
) -> None:
    over, waits = (begun(corpus, ann, file_of(articles)) for _ in range(2))
    spreading.cancel(over)

    # Nobody can tell yet whether a young file is of a job that is about to be known.
    assert importing_jobs.tidy() == 0
    for job in (over, waits):
        os.utime(path_of(job.pk), (0, 0))
    assert importing_jobs.tidy() == 1
    assert [path_of(job.pk).exists() for job in (over, waits)] == [False, True]


def test_who_may_not_tag_starts_nothing(corpus: Corpus) -> None:
    viewer = make_member(corpus, Role.VIEWER)

    with pytest.raises(NotAllowedError):
        begun(corpus, viewer, b"{}")
    assert not Spread.objects.exists()
