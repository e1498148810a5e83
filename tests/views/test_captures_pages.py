"""Captures: safe to look at, opened at their place, handed out as they came."""

import gzip
import io

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from articles.ingest import captures, imports
from articles.ingest.imports import Pasted, Upload
from articles.models import Access, Capture, Corpus, Door, Role, Version
from articles.views.reading.captures import file_name
from tests.factories import make_corpus, make_member

pytestmark = pytest.mark.django_db

GLUED = """Bridge opens at last
By Jane Roe
19 March 1932

The bridge opened on Saturday before a crowd of many thousands, who had waited since dawn.

It took nine years to build, and one ribbon to open, which was cut twice.
"""


@pytest.fixture
def viewer(corpus: Corpus) -> User:
    return make_member(corpus, Role.VIEWER)


@pytest.fixture
def page(client: Client, viewer: User) -> Client:
    client.force_login(viewer)
    return client


def _keep(corpus: Corpus, content: bytes | str, name: str = "x.txt", media: str = "") -> Capture:
    data = content.encode() if isinstance(content, str) else content
    return captures.keep(
        io.BytesIO(data), corpus=corpus, user_id=None, filename=name, media_type=media
    )


def _ingest(corpus: Corpus, given: imports.NewInput) -> Capture:
    run = imports.start(corpus=corpus, user=None, door=Door.COMMAND, inputs=[given])
    imports.run(run.pk)
    capture = run.inputs.get().capture
    assert capture is not None
    return capture


def _look(page: Client, capture: Capture, locator: str = "") -> str:
    response = page.get(capture.get_absolute_url(), {"locator": locator} if locator else {})
    assert response.status_code == 200
    return str(response.content.decode())


def _marked(page: Client, capture: Capture, locator: str) -> list[int]:
    response = page.get(capture.get_absolute_url(), {"locator": locator})
    return [line.number for line in response.context["window"].lines if line.marked]


def test_its_facts_are_shown(page: Client, corpus: Corpus) -> None:
    capture = _keep(corpus, GLUED, media="text/plain")

    body = _look(page, capture)

    assert capture.sha256 in body
    assert "text/plain" in body
    assert f"{capture.size} bytes" in body.replace(",", "")


def test_an_article_is_opened_at_its_lines(page: Client, corpus: Corpus) -> None:
    capture = _ingest(corpus, Pasted(GLUED))
    version = Version.objects.get()

    assert version.locator.startswith("lines ")
    assert _marked(page, capture, version.locator)[0] == 1
    body = _look(page, capture, version.locator)
    assert 'id="L3"' in body
    assert version.article.get_absolute_url() in body


def test_a_row_is_opened_at_its_line(page: Client, corpus: Corpus) -> None:
    rows = "\n".join(f'{{"headline": "Item {n}", "body": "Words."}}' for n in range(1, 400))
    capture = _keep(corpus, rows, "x.jsonl")

    response = page.get(capture.get_absolute_url(), {"locator": "line 300"})

    window = response.context["window"]
    assert [line.number for line in window.lines if line.marked] == [300]
    assert (window.first, window.last) == (240, 360)
    assertContains(response, "Item 300")
    assertNotContains(response, "Item 100&")


def test_a_record_is_found_by_its_words(page: Client, corpus: Corpus) -> None:
    records = ",\n".join(
        f'{{"headline": "Item {n}", "body": "These are the very words of “item” {n}, no other."}}'
        for n in range(1, 200)
    )
    capture = _ingest(corpus, Upload("x.json", "", io.BytesIO(f"[\n{records}\n]".encode())))

    assert _marked(page, capture, "record 150") == [151]


def test_a_page_is_shown_as_its_source_at_the_first_words(page: Client, corpus: Corpus) -> None:
    words = "The bridge opened on Saturday before a crowd of many thousands, who waited. " * 6
    source = (
        "<!doctype html><html><head>\n<title>Bridge opens at last</title>\n"
        "<script>alert(1)</script>\n<meta http-equiv=refresh content='0;url=//evil'>\n</head>\n"
        f"<body onload=alert(2)><article><h1>Bridge opens at last</h1>\n<p>{words}</p>\n"
        f"<p>{words.replace('bridge', 'tunnel')}</p><a href='javascript:alert(3)'>x</a>\n"
        "</article></body></html>"
    )
    capture = _ingest(corpus, Upload("x.html", "text/html", io.BytesIO(source.encode())))

    body = _look(page, capture)

    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body
    assert "onload=alert(2)>" not in body
    assert 'href="javascript:' not in body
    assert "<iframe" not in body
    assert _marked(page, capture, "") == [7]


def test_script_in_names_is_text(page: Client, corpus: Corpus) -> None:
    capture = _keep(corpus, GLUED, "<script>x</script>.txt", '"><script>y</script>')

    body = _look(page, capture, "<script>z</script>")

    for letter in "xyz":
        assert f"<script>{letter}" not in body


def test_an_address_that_is_no_web_address_is_no_link(page: Client, corpus: Corpus) -> None:
    capture = _keep(corpus, GLUED)
    Capture.objects.filter(pk=capture.pk).update(url="javascript:alert(1)")

    assertNotContains(page.get(capture.get_absolute_url()), 'href="javascript')


def test_marks_that_turn_the_text_around_are_shown(page: Client, corpus: Corpus) -> None:
    capture = _keep(corpus, "gnp\u202egnp.exe\u202c, 👩‍👩‍👧 and e\u0301 and nul\0here")

    body = _look(page, capture)

    assert "\u202e" not in body
    assert "U+202E" in body
    assert "U+0000" in body
    assert "👩‍👩‍👧" in body
    assert "e\u0301" in body


@pytest.mark.parametrize(
    "locator",
    [
        "lines 5-2",
        "lines 1-99999999999",
        "line 999999999",
        "record 7",
        "line 0",
        "line -1",
        "lines 1-",
        "whole file",
        "x" * 5000,
        "a\0b",
        "\u202e",
        "line ١",
    ],
)
def test_any_locator_is_answered(page: Client, corpus: Corpus, locator: str) -> None:
    capture = _keep(corpus, GLUED)

    assert page.get(capture.get_absolute_url(), {"locator": locator}).status_code == 200


def test_a_place_beyond_the_end_is_said(page: Client, corpus: Corpus) -> None:
    assert "beyond the end" in _look(page, _keep(corpus, GLUED), "line 5000")


@pytest.mark.parametrize("cursor", ["x", "%00", "WzBd"])
def test_a_bad_cursor_is_answered_cleanly(page: Client, corpus: Corpus, cursor: str) -> None:
    address = f"{_keep(corpus, GLUED).get_absolute_url()}?cursor={cursor}"

    assert page.get(address).status_code == 400


def test_a_document_is_offered_and_not_shown(page: Client, corpus: Corpus) -> None:
    capture = _keep(corpus, b"PK\x03\x04" + bytes(range(256)) * 20, "x.docx")

    assert "This is no text" in _look(page, capture)


def test_a_compressed_file_is_shown_unpacked(page: Client, corpus: Corpus) -> None:
    capture = _keep(corpus, gzip.compress(GLUED.encode()), "x.txt.gz")

    assert "cut twice" in _look(page, capture)


def test_a_bomb_is_not_unpacked(page: Client, corpus: Corpus) -> None:
    capture = _keep(corpus, gzip.compress(b"0" * 60_000_000), "x.gz")

    assert len(_look(page, capture, "line 2")) < 200_000


def test_a_line_of_many_megabytes_is_cut(page: Client, corpus: Corpus) -> None:
    capture = _keep(corpus, "Words. " * 1_000_000 + "\nlast line")

    body = _look(page, capture, "line 2")

    assert len(body) < 200_000
    assert "more characters" in body
    assert "last line" in body


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Füße und Größe auf der Straße\n".encode("cp1252"), "Füße"),
        ("Füße und Größe\n".encode("utf-16"), "Füße"),
        ("\ufeffFüße\n".encode(), "Füße"),
        (b"one\rtwo\rthree", "three"),
        (b"", "nothing to show"),
    ],
    ids=["cp1252", "utf-16", "mark", "old-mac", "empty"],
)
def test_text_of_any_encoding_is_readable(
    page: Client, corpus: Corpus, content: bytes, words: str
) -> None:
    assert words in _look(page, _keep(corpus, content))


def test_the_bytes_come_out_as_they_came_in(page: Client, corpus: Corpus) -> None:
    content = b"\xff\x00<script>alert(1)</script>\r\n" * 1000
    capture = _keep(corpus, content, "page.html", "text/html")

    response = page.get(reverse("capture-raw", args=[capture.pk]))

    assert b"".join(response) == content
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == 'attachment; filename="page.html"'
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "media_type", "expected"),
    [
        ("../../etc/passwd", "", "passwd"),
        ("C:\\temp\\a.txt", "", "a.txt"),
        ('a"\r\nX: y.txt', "", "a___X_ y.txt"),
        ("invoice\u202efdp.exe", "", "invoice_fdp.exe"),
        ("", "text/html; charset=utf-8", "capture-7.html"),
        ("...", "", "capture-7"),
        ("pasted text", "text/plain; charset=utf-8", "capture-7.txt"),
    ],
)
def test_the_name_to_save_under_is_safe(name: str, media_type: str, expected: str) -> None:
    assert file_name(Capture(pk=7, filename=name, media_type=media_type)) == expected


def test_lost_bytes_are_said(page: Client, corpus: Corpus) -> None:
    capture = _keep(corpus, GLUED)
    captures.path(capture).unlink()

    assert "The bytes are not there" in _look(page, capture)
    assert page.get(reverse("capture-raw", args=[capture.pk])).status_code == 410


def test_others_captures_are_not_there(client: Client, corpus: Corpus) -> None:
    capture = _keep(corpus, GLUED)
    addresses = (capture.get_absolute_url(), reverse("capture-raw", args=[capture.pk]))

    assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.force_login(make_member(make_corpus("elsewhere"), Role.ADMIN))
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert client.post(addresses[0]).status_code == 405


def test_anyone_may_look_where_the_corpus_is_open(client: Client, viewer: User) -> None:
    capture = _keep(make_corpus("open", access=Access.OPEN), GLUED)
    Capture.objects.filter(pk=capture.pk).update(received_by=viewer)

    response = client.get(capture.get_absolute_url())

    assert response.status_code == 200
    assertNotContains(response, viewer.username)
