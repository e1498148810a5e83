"""What would be read, before anything is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import AgencyAlias, Capture, Corpus, Import, Role
from tests.factories import make_member

pytestmark = pytest.mark.django_db

TABLE = "Heading,When,Copy,Box\nBridge opens,19 March 1932,It opened at ten o'clock.,A\n"


@pytest.fixture
def page(client: Client, corpus: Corpus) -> Client:
    client.force_login(make_member(corpus, Role.EDITOR))
    return client


def _head(content: str, name: str = "x.csv") -> dict[str, object]:
    return {"head": SimpleUploadedFile(name, content.encode()), "whole": "1", "corpus": "default"}


def test_a_table_is_shown_with_the_fields_of_its_columns(page: Client) -> None:
    response = page.post(reverse("import-preview"), _head(TABLE))

    fields = {column.name: column.field for column in response.context["preview"].columns}
    assert fields["Heading"] == "headline"
    assert fields["Box"] == ""
    assertContains(response, "Bridge opens")


def test_nothing_is_kept(page: Client) -> None:
    page.post(reverse("import-preview"), _head(TABLE))

    assert not Import.objects.exists()
    assert not Capture.objects.exists()


def test_a_choice_is_kept_and_changes_what_is_read(page: Client) -> None:
    chosen = {"column": ["Heading", "Box"], "field": ["", "headline"], "given": ["1", "1"]}

    response = page.post(reverse("import-preview"), _head(TABLE) | chosen)

    columns = {column.name: column for column in response.context["preview"].columns}
    assert columns["Heading"].field == ""
    assert columns["Box"].is_given
    assert response.context["preview"].glimpses[0].headline == "A"


def test_a_choice_is_part_of_the_import(page: Client) -> None:
    page.post(
        reverse("import-new"),
        {
            "corpus": "default",
            "files": SimpleUploadedFile("x.csv", TABLE.encode()),
            "column": ["Heading", "When", "Box"],
            "field": ["headline", "published", "section"],
            "given": ["", "", "1"],
        },
    )

    assert Import.objects.get().mapping == {"Box": "section"}


@pytest.mark.parametrize(
    "chosen",
    [
        {"column": ["A"], "field": ["password"], "given": ["1"]},
        {"column": ["A", "B"], "field": ["headline"], "given": ["1"]},
        {"column": ["A\0"], "field": ["headline"], "given": ["1"]},
    ],
    ids=["unknown-field", "uneven", "nul"],
)
def test_a_wrong_choice_is_said(page: Client, chosen: dict[str, list[str]]) -> None:
    preview = page.post(reverse("import-preview"), _head(TABLE) | chosen)
    started = page.post(reverse("import-new"), {"corpus": "default", "text": "Words"} | chosen)

    assertContains(preview, "This can’t be read as it is")
    assert started.status_code == 400
    assert not Import.objects.exists()


def test_a_pasted_text_is_shown_as_its_articles(page: Client) -> None:
    text = "Bridge opens at last\nBy Jane Roe\n19 March 1932\n\n" + "It opened at ten. " * 9

    response = page.post(reverse("import-preview"), {"text": text, "whole": "1"})

    assertContains(response, "Bridge opens at last")
    assertContains(response, "19 March 1932")


def test_script_in_a_column_is_text(page: Client) -> None:
    table = 'headline,body,<script>alert(1)</script>\n"<img src=x>",Words,"<b>x</b>"\n'

    response = page.post(reverse("import-preview"), _head(table))

    assertNotContains(response, "<script>")
    assertNotContains(response, "<img")
    assertNotContains(response, "<b>x")


def test_a_file_in_no_known_format_is_said(page: Client) -> None:
    response = page.post(reverse("import-preview"), _head("", "x.bin"))

    assertContains(response, "This can’t be read as it is")


def test_the_start_of_a_large_table_is_enough(page: Client) -> None:
    cut = (TABLE + "Second,20 March 1932,Words of it,B\n" * 500)[:-9]

    response = page.post(reverse("import-preview"), _head(cut) | {"whole": ""})

    assert response.context["preview"].columns
    assertContains(response, "Only its start was looked at")


def test_a_preview_knows_the_agencies_of_the_corpus_as_the_import_will(
    page: Client, corpus: Corpus
) -> None:
    AgencyAlias.objects.create(corpus=corpus, alias="ZQX", name="Zenith Quarter Exchange")
    table = "Heading,Date,Text\nBridge opens,1932-03-19,OSLO (ZQX) — It opened at ten o'clock.\n"

    response = page.post(reverse("import-preview"), _head(table))

    shown = response.context["preview"].glimpses[0]
    assert shown.facts["Dateline"] == "OSLO, Zenith Quarter Exchange"
