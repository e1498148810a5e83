"""Imports on their pages: asked for, watched, reported, tried again."""

import csv
import gzip
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from articles.cells import neutral
from articles.ingest import imports
from articles.models import (
    Article,
    Corpus,
    Import,
    ImportItem,
    ImportStatus,
    Outcome,
    Role,
    Version,
)
from tests.factories import make_corpus, make_member

pytestmark = pytest.mark.django_db

PASTED = """Harbour bridge opens after nine years
By Jane Roe
19 March 1932

The bridge opened on Saturday before a crowd of many thousands, who had waited since dawn.

It took nine years to build. The ribbon was cut twice, the first time by a man on a horse.
"""


@pytest.fixture
def editor(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def page(client: Client, editor: User) -> Client:
    """Return an editor's browser."""
    client.force_login(editor)
    return client


def _upload(name: str, content: bytes | str, media_type: str = "") -> SimpleUploadedFile:
    data = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, data, media_type or "application/octet-stream")


def _start(page: Client, **given: Any) -> Import:
    """Start an import on the page and return it."""
    response = page.post(reverse("import-new"), {"corpus": "default", **given})
    assert response.status_code == 302, response.content.decode()
    found: Import = Import.objects.latest("pk")
    assert response["Location"] == found.get_absolute_url()
    return found


def _run(page: Client, **given: Any) -> Import:
    return imports.run(_start(page, **given).pk)


def _lines(count: int, *, bad: tuple[int, ...] = ()) -> str:
    rows = [
        json.dumps(
            {"headline": f"Item {n}", "body": f"Words about item {n}.", "date": "1932-03-19"}
        )
        for n in range(1, count + 1)
    ]
    return "\n".join(row[:-9] if n in bad else row for n, row in enumerate(rows, 1))


def test_a_stranger_is_asked_to_log_in(client: Client) -> None:
    for name in ("import-list", "import-new"):
        response = client.get(reverse(name))

        assert response.status_code == 302
        assert response["Location"].startswith(reverse("login"))


def test_an_empty_list_says_what_to_do(page: Client) -> None:
    response = page.get(reverse("import-list"))

    assertContains(response, "Nothing has been imported yet")
    assertContains(response, reverse("import-new"))


def test_a_pasted_text_becomes_an_article(page: Client, editor: User) -> None:
    run = _run(page, text=PASTED)

    article = Article.objects.get()
    assert article.headline == "Harbour bridge opens after nine years"
    assert (run.created_by, run.door, run.stored) == (editor, "page", 1)
    assertContains(page.get(run.get_absolute_url()), article.get_absolute_url())
    assertContains(page.get(reverse("import-list")), run.get_absolute_url())


def test_several_files_become_one_import(page: Client) -> None:
    files = [_upload("a.txt", PASTED), _upload("b.jsonl", _lines(3))]

    run = _run(page, files=files, source="The Morning Paper")

    assert run.inputs.count() == 2
    assert run.stored == 4
    assert {a.source.name for a in Article.objects.select_related("source") if a.source} == {
        "The Morning Paper"
    }


def test_addresses_are_taken_one_a_line(page: Client) -> None:
    run = _start(page, urls="https://a.example/1\n\n  https://a.example/2  \n")

    locations = run.inputs.values_list("location", flat=True)
    assert list(locations) == ["https://a.example/1", "https://a.example/2"]


def test_nothing_given_is_said_and_nothing_made(page: Client) -> None:
    response = page.post(reverse("import-new"), {"corpus": "default", "text": "  \n"})

    assertContains(response, "There is nothing to import yet", status_code=400)
    assert not Import.objects.exists()


def test_what_was_typed_is_kept_when_something_is_wrong(page: Client) -> None:
    response = page.post(
        reverse("import-new"),
        {"corpus": "default", "text": PASTED, "urls": "file:///etc/passwd", "source": "Argus"},
    )

    assertContains(response, "The ribbon was cut twice", status_code=400)
    assertContains(response, "file:///etc/passwd", status_code=400)
    assertContains(response, 'value="Argus"', status_code=400)
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/x", "javascript:alert(1)", "//a.example", "a b"]
)
def test_an_address_of_another_kind_is_refused_with_its_reason(page: Client, url: str) -> None:
    response = page.post(reverse("import-new"), {"corpus": "default", "urls": url})

    assert response.status_code == 400
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://2130706433/", "http://169.254.1.1/"],
)
def test_a_private_address_is_not_fetched_and_the_report_says_why(page: Client, url: str) -> None:
    run = _run(page, urls=url)

    assert run.failed == 1
    item = ImportItem.objects.get()
    assertContains(page.get(run.get_absolute_url()), item.reason)
    assert "private" in item.reason


def test_a_nul_in_pasted_text_is_taken_out(page: Client) -> None:
    run = _run(page, text=PASTED.replace("nine years to", "nine\0 years to"))

    assert run.stored == 1
    assert "\0" not in Version.objects.get().text


@pytest.mark.parametrize("field", ["source", "urls", "corpus", "format"])
def test_a_nul_in_a_field_names_the_field(page: Client, field: str) -> None:
    given = {"corpus": "default", "text": PASTED, field: "x\0y"}

    response = page.post(reverse("import-new"), given)

    assert response.status_code == 400
    assert field in response.context["form"].errors


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("cursor=x%00", 400),
        ("cursor=%ff%fe", 400),
        ("cursor=WzBd", 400),
        ("outcome=nonsense", 404),
        ("outcome=%00", 404),
    ],
)
def test_a_bad_parameter_is_answered_cleanly(page: Client, query: str, status: int) -> None:
    run = _start(page, text=PASTED)

    assert page.get(f"{run.get_absolute_url()}?{query}").status_code == status
    if status == 400:
        assert page.get(f"{reverse('import-list')}?{query}").status_code == 400


def test_an_unknown_format_is_refused(page: Client) -> None:
    response = page.post(
        reverse("import-new"), {"corpus": "default", "text": PASTED, "format": "quark"}
    )

    assert response.status_code == 400
    assert "format" in response.context["form"].errors


def test_an_import_into_a_corpus_one_may_only_read_is_forbidden(page: Client, editor: User) -> None:
    other = make_corpus("other")
    make_member(other, Role.ANNOTATOR, editor)

    response = page.post(reverse("import-new"), {"corpus": "other", "text": PASTED})

    assert response.status_code == 403
    assert not Import.objects.exists()


def test_a_corpus_one_may_not_see_is_no_choice(page: Client) -> None:
    make_corpus("secret")

    response = page.post(reverse("import-new"), {"corpus": "secret", "text": PASTED})

    assert response.status_code == 400
    assertNotContains(page.get(reverse("import-new")), "Secret")


def test_a_viewer_sees_imports_and_may_make_none(client: Client, page: Client) -> None:
    run = _run(page, files=[_upload("x.jsonl", _lines(2, bad=(2,)))])
    client.force_login(make_member(run.corpus, Role.VIEWER))

    assertNotContains(client.get(run.get_absolute_url()), "again</button>")
    assert client.get(reverse("import-list")).status_code == 200
    assert client.get(reverse("import-new")).status_code == 403
    assert client.post(reverse("import-new"), {"text": PASTED}).status_code == 403
    assert client.post(reverse("import-preview"), {"text": PASTED}).status_code == 403
    assert client.post(reverse("import-retry", args=[run.pk])).status_code == 403
    assert client.post(reverse("import-cancel", args=[run.pk])).status_code == 403
    assert Import.objects.count() == 1


def test_others_imports_are_not_there(client: Client, page: Client) -> None:
    run = _run(page, text=PASTED)
    client.force_login(make_member(make_corpus("elsewhere"), Role.ADMIN))

    for name in ("import-detail", "import-progress"):
        assert client.get(reverse(name, args=[run.pk])).status_code == 404
    for name in ("import-retry", "import-cancel"):
        assert client.post(reverse(name, args=[run.pk])).status_code == 404
    assert client.get(reverse("import-report", args=[run.pk, "csv"])).status_code == 404
    assertNotContains(client.get(reverse("import-list")), run.get_absolute_url())


def test_a_number_beyond_any_row_is_not_there(page: Client) -> None:
    assert page.get(reverse("import-detail", args=[10**30])).status_code == 404


def test_state_changes_by_get_are_not_allowed(page: Client) -> None:
    run = _start(page, text=PASTED)

    for name in ("import-retry", "import-cancel"):
        assert page.get(reverse(name, args=[run.pk])).status_code == 405
    assert page.get(reverse("import-preview")).status_code == 405
    run.refresh_from_db()
    assert run.status == ImportStatus.QUEUED


def test_a_post_without_the_token_of_the_form_is_forbidden(corpus: Corpus) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_member(corpus, Role.EDITOR))

    response = strict.post(reverse("import-new"), {"corpus": "default", "text": PASTED})

    assert response.status_code == 403
    assert not Import.objects.exists()


def test_script_in_what_came_in_is_text(page: Client) -> None:
    bad = '{"headline": "<script>alert(1)</script>" <img src=x onerror=alert(2)>'
    run = _run(page, files=[_upload("<script>x.jsonl", f"{_lines(1)}\n{bad}\n")], source="<b>S</b>")

    for address in (run.get_absolute_url(), f"{run.get_absolute_url()}?outcome=all"):
        body = page.get(address).content.decode()
        assert "<script>alert" not in body
        assert "<img src=x" not in body
        assert "<b>S</b>" not in body
    assert "&lt;script&gt;alert(1)" in page.get(run.get_absolute_url()).content.decode()


def test_the_page_is_polled_while_it_runs_and_no_longer(page: Client) -> None:
    run = _start(page, text=PASTED)
    progress = reverse("import-progress", args=[run.pk])

    assertContains(page.get(run.get_absolute_url()), f'hx-get="{progress}"')
    assertContains(page.get(progress), 'hx-trigger="every 1s"')
    imports.run(run.pk)
    answer = page.get(progress)

    assertNotContains(answer, "hx-trigger")
    assertContains(answer, 'id="items"')
    assertContains(answer, "Harbour bridge opens")


def test_someone_logged_out_meanwhile_is_led_to_the_login(page: Client) -> None:
    run = _start(page, text=PASTED)
    page.logout()

    response = page.get(reverse("import-progress", args=[run.pk]))

    assert response["HX-Refresh"] == "true"
    assertNotContains(response, "pasted text")


def test_progress_is_not_cached(page: Client) -> None:
    run = _start(page, text=PASTED)

    assert "no-store" in page.get(reverse("import-progress", args=[run.pk]))["Cache-Control"]


def test_an_import_that_nobody_runs_says_so(page: Client) -> None:
    run = _start(page, text=PASTED)
    assertNotContains(page.get(run.get_absolute_url()), "No worker is running")

    Import.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(seconds=20))

    assertContains(page.get(run.get_absolute_url()), "No worker is running")
    assertContains(page.get(run.get_absolute_url()), "manage.py worker")


def test_a_run_from_the_command_line_needs_no_worker(page: Client) -> None:
    run = _start(page, text=PASTED)
    long_ago = timezone.now() - timedelta(minutes=10)
    Import.objects.filter(pk=run.pk).update(
        status=ImportStatus.RUNNING, door="command", started_at=long_ago, progressed_at=long_ago
    )

    assertNotContains(page.get(run.get_absolute_url()), "No worker is running")


def test_the_report_opens_at_what_failed_and_shows_it_as_it_came(page: Client) -> None:
    run = _run(page, files=[_upload("x.jsonl", _lines(3, bad=(2,)))])

    body = page.get(run.get_absolute_url())

    item = run.items.get(outcome=Outcome.FAILED)
    assertContains(body, "line 2")
    assertContains(body, item.reason.replace("'", "&#x27;"))
    assertContains(body, "Words about item 2")
    assertNotContains(body, "Item 3</a>")
    assertContains(page.get(f"{run.get_absolute_url()}?outcome=stored"), "Item 3</a>")


def test_one_bad_line_leaves_the_others(page: Client) -> None:
    run = _run(page, files=[_upload("x.jsonl", _lines(300, bad=(150,)))])

    assert (run.stored, run.failed) == (299, 1)


def test_what_failed_is_tried_again_once(page: Client) -> None:
    run = _run(page, files=[_upload("x.jsonl", _lines(3, bad=(2,)))])

    response = page.post(reverse("import-retry", args=[run.pk]))

    again = Import.objects.latest("pk")
    assert response["Location"] == again.get_absolute_url()
    assert again.pk != run.pk
    assert imports.run(again.pk).total == 1
    assertContains(page.get(run.get_absolute_url()), again.get_absolute_url())
    assert page.post(reverse("import-retry", args=[run.pk]))["Location"] == run.get_absolute_url()
    assert Import.objects.count() == 2


def test_a_cancelled_import_is_over(page: Client) -> None:
    run = _start(page, text=PASTED)

    page.post(reverse("import-cancel", args=[run.pk]))

    assert imports.run(run.pk).status == ImportStatus.CANCELLED
    assertContains(page.get(run.get_absolute_url()), "Cancelled")
    assertNotContains(page.get(run.get_absolute_url()), "hx-trigger")


def test_an_input_read_in_part_is_said_loudly(page: Client) -> None:
    whole = gzip.compress("\n".join(_lines(1) for _ in range(1)).encode() + _noise())

    run = _run(page, files=[_upload("x.jsonl.gz", whole[:-20_000])])

    body = page.get(run.get_absolute_url()).content.decode()
    given = run.inputs.get()
    assert given.note
    assert "Read in part only" in body


def _noise() -> bytes:
    """Return lines that compress badly, so that a cut falls among them."""
    rows = (
        json.dumps({"headline": f"Item {n}", "body": f"{n * 7919**9} {n**13} words"})
        for n in range(2, 4000)
    )
    return ("\n" + "\n".join(rows)).encode()


def test_the_pages_of_a_report_hold_each_item_once(page: Client) -> None:
    run = _run(page, files=[_upload("x.jsonl", _lines(120))])
    address, seen = f"{run.get_absolute_url()}?outcome=all", []

    while address:
        context = page.get(address).context
        seen += [item.locator for item in context["page"].rows]
        cursor = context["page"].next
        address = f"{run.get_absolute_url()}?outcome=all&cursor={cursor}" if cursor else ""

    assert seen == [f"line {number}" for number in range(1, 121)]


def test_a_page_of_the_report_takes_a_constant_number_of_queries(
    page: Client, django_assert_max_num_queries: Any
) -> None:
    run = _run(page, files=[_upload("x.jsonl", _lines(50))])

    with django_assert_max_num_queries(25):
        page.get(f"{run.get_absolute_url()}?outcome=all")


def test_the_report_as_csv_runs_no_formula(page: Client) -> None:
    rows = _lines(2).replace("Item 1", "=cmd|' /C calc'!A0")
    run = _run(page, files=[_upload("@x.jsonl", rows + '\n{"headline": \n')])

    response = page.get(reverse("import-report", args=[run.pk, "csv"]))

    content = b"".join(response).decode("utf-8-sig")
    report = list(csv.DictReader(io.StringIO(content)))
    assert response["Content-Disposition"] == f'attachment; filename="import-{run.pk}.csv"'
    assert [row["outcome"] for row in report] == ["stored", "stored", "failed"]
    assert report[0]["headline"] == "'=cmd|' /C calc'!A0"
    assert report[0]["input"] == "'@x.jsonl"
    assert report[2]["locator"] == "line 3"
    assert report[0]["article"].startswith("http://testserver/articles/")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_cell_that_begins_a_formula_is_neutral(start: str) -> None:
    assert neutral(f"{start}1+1").startswith("'")


@pytest.mark.parametrize("cell", ["", "Plain words", "1932", "a=b", "'quoted'"])
def test_other_cells_are_left_as_they_are(cell: str) -> None:
    assert neutral(cell) == cell


def test_the_report_as_json_holds_every_item(page: Client) -> None:
    run = _run(page, files=[_upload("x.jsonl", _lines(3, bad=(2,)))])

    response = page.get(reverse("import-report", args=[run.pk, "json"]))

    report = json.loads(b"".join(response))
    assert (report["stored"], report["failed"], report["status"]) == (2, 1, "finished")
    assert [item["outcome"] for item in report["items"]] == ["stored", "failed", "stored"]
    assert report["items"][1]["reason"]


def test_the_report_may_hold_one_outcome_only(page: Client) -> None:
    run = _run(page, files=[_upload("x.jsonl", _lines(3, bad=(2,)))])

    address = reverse("import-report", args=[run.pk, "json"])
    report = json.loads(b"".join(page.get(f"{address}?outcome=failed")))

    assert [item["locator"] for item in report["items"]] == ["line 2"]
    assert page.get(f"{address}?outcome=x").status_code == 404
    assert page.get(reverse("import-report", args=[run.pk, "exe"])).status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\0\0\0",
        b"\xff\xfe",
        b'{"headline":' * 100_000,
        b"<div>" * 100_000,
        b"PK\x03\x04 broken",
        b"\x1f\x8b",
    ],
    ids=["empty", "nul", "mark", "deep-json", "deep-html", "broken-zip", "broken-gzip"],
)
def test_a_broken_file_fails_with_a_reason(page: Client, content: bytes) -> None:
    run = _run(page, files=[_upload("x", content)])

    assert run.status == ImportStatus.FINISHED
    assert run.failed >= 1
    assert page.get(run.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "record",
    [
        {"headline": "H" * 2000, "body": "Words."},
        {"headline": "Title only"},
        {"headline": "Late", "body": "Words.", "date": "2099-01-01"},
        {"headline": "No date", "body": "Words."},
        {"headline": "Large", "body": "Words of it. " * 400_000},
        {"headline": "👩‍👩‍👧 e\u0301 \u202egnp.exe\u202c \u200b", "body": "Wörds\r\nof it."},
    ],
    ids=["long", "title", "late", "undated", "large", "odd"],
)
def test_an_odd_article_is_stored_or_refused_and_shown(page: Client, record: Any) -> None:
    run = _run(page, files=[_upload("x.jsonl", json.dumps(record))])

    assert run.total == 1
    assert page.get(f"{run.get_absolute_url()}?outcome=all").status_code == 200


def test_the_form_offers_the_default_corpus_then_the_one_used_last(
    page: Client, editor: User, corpus: Corpus
) -> None:
    other = make_corpus("a-first", name="A first")
    make_member(other, Role.EDITOR, editor)
    chosen = '<option value="{}" selected>'

    before = page.get("/imports/new/").content.decode()
    Import.objects.create(corpus=other, created_by=editor)
    after = page.get("/imports/new/").content.decode()

    assert chosen.format(corpus.slug) in before
    assert chosen.format("a-first") in after


def test_an_address_that_could_not_be_fetched_is_not_called_read(page: Client) -> None:
    page.post("/imports/new/", {"corpus": "default", "urls": "http://127.0.0.1:9/page"})
    run = Import.objects.get()
    imports.run(run.pk)

    html = page.get(run.get_absolute_url()).content.decode()

    assert '<span class="badge badge-bad">Not read</span>' in html
    assert "<td>Read</td>" not in html
