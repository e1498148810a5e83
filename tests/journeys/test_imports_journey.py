"""An editor gives what they have, watches it come in, and judges what came of it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.ingest import imports
from articles.models import Corpus, Import, Role
from tests.factories import PASSWORD, make_member
from tests.journeys.conftest import Complaints, on_a_dark_phone

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("members_only"),
]

PASTED = """Harbour bridge opens after nine years
By Jane Roe
19 March 1932

The bridge opened on Saturday before a crowd of many thousands, who had waited since dawn.

It took nine years to build. The ribbon was cut twice, the first time by a man on a horse.
"""
RUN = re.compile(r"/imports/\d+/")
TABLE = "Heading,When,Copy,Box\nBridge opens,19 March 1932,It opened at ten o'clock sharp.,A\n"


def _latest() -> int:
    return int(Import.objects.latest("pk").pk)


def _lines(count: int, bad: int = 0) -> str:
    rows = [
        json.dumps(
            {"headline": f"Item {n}", "body": f"Words about item {n}.", "date": "1932-03-19"}
        )
        for n in range(1, count + 1)
    ]
    return "\n".join(row[:-9] if n == bad else row for n, row in enumerate(rows, 1))


@pytest.mark.usefixtures("editor")
def test_a_pasted_text_becomes_an_article(page: Page, in_all_looks: Callable[[Page], None]) -> None:
    page.goto("/imports/")
    expect(page.get_by_role("heading", name="Nothing has been imported yet")).to_be_visible()
    in_all_looks(page)
    page.get_by_role("link", name="Import articles").click()
    page.get_by_label("Or paste an article").fill(PASTED)
    expect(page.get_by_role("heading", name="As it would be read")).to_be_visible()
    expect(page.locator(".glimpse h3")).to_have_text("Harbour bridge opens after nine years")
    in_all_looks(page)

    page.get_by_role("button", name="Import", exact=True).click()

    expect(page.locator("#import-status")).to_have_text("Waiting")
    in_all_looks(page)
    imports.run(_latest())
    # The page asks for itself; nobody loads it again.
    expect(page.locator("#import-status")).to_have_text("Finished")
    expect(page.locator(".count-stored dd")).to_have_text("1")
    in_all_looks(page)
    page.get_by_role("link", name="Harbour bridge opens after nine years").click()
    expect(page).to_have_url(re.compile(r"/articles/\d+/"))
    expect(page.get_by_text("who had waited since dawn").first).to_be_visible()


@pytest.mark.usefixtures("editor")
def test_progress_moves_while_one_watches(page: Page) -> None:
    page.goto("/imports/new/")
    page.get_by_label("Or paste an article").fill(PASTED)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page).to_have_url(RUN)
    run = Import.objects.filter(pk=_latest())

    run.update(status="running", stored=1234)

    expect(page.locator("#standing .count-stored dd")).to_have_text("1,234")
    run.update(stored=2345)
    expect(page.locator("#standing .count-stored dd")).to_have_text("2,345")


@on_a_dark_phone
@pytest.mark.usefixtures("editor")
def test_files_are_chosen_mapped_and_sent(
    page: Page, in_all_looks: Callable[[Page], None], tmp_path: Path
) -> None:
    (tmp_path / "table.csv").write_text(TABLE)
    (tmp_path / "more.jsonl").write_text(_lines(3))
    page.goto("/imports/new/")

    page.locator("#id_files").set_input_files([tmp_path / "table.csv", tmp_path / "more.jsonl"])
    expect(page.get_by_text("2 files chosen")).to_be_visible()
    expect(page.get_by_label("Column Heading is our")).to_have_value("headline")
    page.get_by_label("Column Box is our").focus()
    page.get_by_label("Column Box is our").select_option("section")
    expect(page.get_by_label("Column Box is our")).to_be_focused()
    expect(page.locator("tr", has_text="your choice")).to_have_count(1)
    # What happens to the other files does not undo the choice.
    page.get_by_role("button", name="Remove more.jsonl").click()
    expect(page.get_by_text("1 file chosen")).to_be_visible()
    expect(page.get_by_label("Column Box is our")).to_have_value("section")
    expect(page.locator("#preview:not(.is-reading)")).to_be_visible()
    in_all_looks(page)
    page.get_by_role("button", name="Import", exact=True).click()

    expect(page).to_have_url(RUN)
    run = Import.objects.get()
    assert run.mapping == {"Box": "section"}
    assert [given.location for given in run.inputs.all()] == ["table.csv"]


@pytest.mark.usefixtures("editor")
def test_files_are_dropped_anywhere_on_the_page(page: Page) -> None:
    page.goto("/imports/new/")

    page.evaluate(
        """words => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([words], "dropped.txt", { type: "text/plain" }));
          const main = document.querySelector("main");
          for (const type of ["dragover", "drop"]) {
            const told = { dataTransfer: transfer, bubbles: true, cancelable: true };
            main.dispatchEvent(new DragEvent(type, told));
          }
        }""",
        PASTED,
    )

    expect(page.get_by_text("dropped.txt").first).to_be_visible()
    expect(page.locator(".glimpse h3")).to_have_text("Harbour bridge opens after nine years")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page).to_have_url(RUN)
    assert imports.run(_latest()).stored == 1


@pytest.mark.usefixtures("editor")
def test_an_address_is_refused_with_its_reason(
    page: Page, in_all_looks: Callable[[Page], None], complaints: Complaints
) -> None:
    complaints.expect("status of 400")
    page.goto("/imports/new/")
    page.get_by_label("Or give addresses").fill("file:///etc/passwd")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator(".error, .import-errors p").first).to_contain_text("file:///etc/passwd")
    in_all_looks(page)

    page.get_by_label("Or give addresses").fill("http://127.0.0.1:9/page")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page).to_have_url(RUN)
    imports.run(_latest())

    expect(page.locator("#import-status")).to_have_text("Finished, with failures")
    expect(page.get_by_text("private network").first).to_be_visible()
    in_all_looks(page)


@on_a_dark_phone
@pytest.mark.usefixtures("editor")
def test_what_failed_is_looked_at_and_tried_again(
    page: Page, in_all_looks: Callable[[Page], None], tmp_path: Path
) -> None:
    (tmp_path / "x.jsonl").write_text(_lines(5, bad=3))
    page.goto("/imports/new/")
    page.locator("#id_files").set_input_files(tmp_path / "x.jsonl")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page).to_have_url(RUN)
    first = imports.run(_latest())

    expect(page.get_by_text("This is not valid JSON").first).to_be_visible()
    page.get_by_text("As it came").click()
    expect(page.get_by_text("Words about item 3")).to_be_visible()
    in_all_looks(page)
    page.get_by_role("link", name="Stored 4").click()
    expect(page.get_by_role("link", name="Item 5")).to_be_visible()
    page.get_by_role("button", name="Try the failed one again").click()

    expect(page).to_have_url(re.compile(rf"/imports/(?!{first.pk}/)\d+/"))
    again = imports.run(_latest())
    assert (again.total, again.failed) == (1, 1)
    expect(page.locator("#import-status")).to_have_text("Finished, with failures")
    page.goto("/imports/")
    expect(page.get_by_role("row")).to_have_count(3)
    in_all_looks(page)


@pytest.mark.usefixtures("editor")
def test_an_import_is_cancelled(page: Page) -> None:
    page.goto("/imports/new/")
    page.get_by_label("Or paste an article").fill(PASTED)
    page.get_by_role("button", name="Import", exact=True).click()

    page.get_by_role("button", name="Cancel the import").click()

    expect(page.locator("#import-status")).to_have_text("Cancelled")
    expect(page.get_by_text("What was stored until now stays")).to_be_visible()


def test_files_are_sent_without_javascript(
    browser: Browser, live_server: LiveServer, corpus: Corpus, tmp_path: Path
) -> None:
    jane = make_member(corpus, Role.EDITOR)
    (tmp_path / "x.txt").write_text(PASTED)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/imports/new/")
    page.get_by_label("User name").fill(jane.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    page.locator("#id_files").set_input_files(tmp_path / "x.txt")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page).to_have_url(RUN)
    imports.run(_latest())
    page.reload()

    expect(page.get_by_role("link", name="Harbour bridge opens")).to_be_visible()
    context.close()
