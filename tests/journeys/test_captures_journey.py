"""A reader looks at what was received."""

import io
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.ingest import captures, imports
from articles.ingest.imports import Pasted
from articles.models import Corpus, Door, Role, Version
from tests.factories import make_member
from tests.journeys.conftest import on_a_dark_phone

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("members_only"),
]

ARTICLES = [
    f"Bridge number {name} opens at last\nBy Jane Roe\n{day} March 1932\n\n"
    + "".join(
        f"Sentence {n} of bridge {name} tells at some length what was seen there that day.\n\n"
        for n in range(1, 15)
    )
    for day, name in ((19, "one"), (21, "two"), (23, "three"))
]


@pytest.fixture
def reader(corpus: Corpus, log_in: Callable[[User], None]) -> User:
    reader = make_member(corpus, Role.VIEWER)
    log_in(reader)
    return reader


@on_a_dark_phone
@pytest.mark.usefixtures("reader")
def test_a_capture_opens_at_the_article(
    page: Page, corpus: Corpus, in_all_looks: Callable[[Page], None]
) -> None:
    run = imports.start(
        corpus=corpus, user=None, door=Door.COMMAND, inputs=[Pasted("\n".join(ARTICLES))]
    )
    imports.run(run.pk)
    last = Version.objects.order_by("pk").last()
    assert last is not None
    assert last.locator != "lines 1-1"

    page.goto(last.article.get_absolute_url())
    page.get_by_role("link", name="pasted text").first.click()

    marked = page.locator(".line.is-marked")
    expect(marked.first).to_be_visible()
    expect(marked.first).to_be_in_viewport()
    in_all_looks(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="Download as received").click()
    saved = started.value.path().read_text()
    assert saved == "\n".join(ARTICLES)


@pytest.mark.usefixtures("reader")
def test_a_hostile_page_is_inert(
    page: Page, corpus: Corpus, in_all_looks: Callable[[Page], None]
) -> None:
    source = (
        "<script>document.title='run'</script><svg onload=alert(1)>\n"
        "<meta http-equiv=refresh content='0;url=/elsewhere'>\n\u202egnp.exe\u202c\n"
    )
    capture = captures.keep(
        io.BytesIO(source.encode()),
        corpus=corpus,
        user_id=None,
        filename="<img src=x onerror=alert(2)>.html",
        media_type="text/html",
    )

    page.goto(capture.get_absolute_url())

    expect(page.get_by_text("document.title='run'")).to_be_visible()
    expect(page.get_by_text("U+202E")).to_be_visible()
    assert "run" not in page.title().split()
    in_all_looks(page)
