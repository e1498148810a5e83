"""Each screen of browsing in both themes, at phone and desk width: accessible, quiet, in bounds."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from articles.models import Access, Corpus
from tests.factories import make_article, make_corpus, make_source
from tests.journeys.conftest import OVERFLOW, Complaints
from tests.journeys.printed import print_arabic, print_bridge, print_many

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def make_open_corpus() -> Corpus:
    return make_corpus("default", name="Default", access=Access.OPEN)


def test_every_screen_is_accessible_and_keeps_within_the_window(
    page: Page,
    in_all_looks: Callable[[Page], None],
    complaints: Complaints,
    index: Callable[[], int],
) -> None:
    complaints.expect("the server responded with a status of 40")
    corpus = make_open_corpus()
    bridge = print_bridge(corpus)
    arabic = print_arabic(corpus)
    print_many(corpus, 60)
    source = bridge.source
    credit = bridge.version and bridge.version.credits.first()
    assert source
    assert credit
    assert credit.person
    index()
    screens = [
        f"/articles/?q=harbour+-tram&article={bridge.pk}",
        "/articles/?q=section:%22Home+News%22+-source:%22Morning+Ledger%22#facets",
        "/articles/?q=section:Nowhere+bridge",
        "/articles/?q=harbour+date:1931-02-30",
        "/articles/?limit=many",
        "/articles/?q=tram&zoom=month&measure=share",
        f"/articles/?q=lang:ar&article={arabic.pk}",
        "/search/help/",
        bridge.get_absolute_url(),
        arabic.get_absolute_url(),
        f"/articles/{bridge.pk}/versions/1/",
        f"/articles/{bridge.pk}/changes/2/",
        "/sources/",
        source.get_absolute_url(),
        "/authors/",
        credit.person.get_absolute_url(),
        "/nowhere/",
    ]

    for screen in screens:
        page.goto(screen)

        in_all_looks(page)


@pytest.mark.usefixtures("transactional_db")
def test_an_empty_corpus_says_what_to_do_next(
    page: Page, in_all_looks: Callable[[Page], None]
) -> None:
    make_open_corpus()

    for screen, words in (
        ("/", "Nothing here yet"),
        ("/sources/", "No sources yet"),
        ("/authors/", "No authors yet"),
    ):
        page.goto(screen)

        assert page.get_by_text(words).is_visible()
        in_all_looks(page)


def test_long_names_keep_within_the_window(
    page: Page, in_all_looks: Callable[[Page], None]
) -> None:
    corpus = make_open_corpus()
    long = make_article(
        corpus,
        headline="Schiff" * 20,
        source=make_source(corpus, "Zeitung" * 12),
        byline="By " + "Berger" * 20,
        paragraphs=("Wort" * 40,),
    )

    for screen in ("/articles/", long.get_absolute_url(), "/sources/"):
        page.goto(screen)

        in_all_looks(page)


def test_dialogs_are_accessible(page: Page, in_all_looks: Callable[[Page], None]) -> None:
    bridge = print_bridge(make_open_corpus())
    page.goto(bridge.get_absolute_url())

    page.keyboard.press("c")
    page.get_by_role("heading", name="Chicago").wait_for()
    in_all_looks(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")

    page.get_by_role("heading", name="Keys").wait_for()
    in_all_looks(page)


def test_nothing_is_lost_at_twice_the_size(page: Page) -> None:
    bridge = print_bridge(make_open_corpus())
    # A window of 1280 at 200 % has 640 CSS pixels.
    page.set_viewport_size({"width": 640, "height": 450})

    for screen in ("/articles/", bridge.get_absolute_url()):
        page.goto(screen)

        assert page.evaluate(OVERFLOW) <= 0, screen


def test_paper_holds_the_words_and_not_the_controls(page: Page) -> None:
    bridge = print_bridge(make_open_corpus())
    page.goto(bridge.get_absolute_url())

    page.emulate_media(media="print")

    assert page.get_by_role("heading", name=bridge.headline).is_visible()
    assert not page.locator(".masthead").is_visible()
    assert not page.get_by_role("link", name="Cite").is_visible()
