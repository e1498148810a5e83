"""An article's page, its versions, what changed, its references and what Zotero reads of it."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from articles.models import Article, Corpus, Version
from articles.text import Block, BlockKind
from tests.factories import make_article, make_corpus, make_person, make_source
from tests.journeys.printed import print_arabic, print_bridge, print_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridge(open_corpus: Corpus) -> Article:
    return print_bridge(open_corpus)


def html_of(visitor: Client, address: str) -> str:
    response = visitor.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_blocks_are_shown_as_what_they_are(visitor: Client, bridge: Article) -> None:
    html = re.sub(r' data-(block|start|end)="\d+"', "", html_of(visitor, bridge.get_absolute_url()))

    assert '<p class="standfirst" lang="en" dir="ltr"><span>A ribbon cut twice' in html
    assert "<li><span>The span is 503 metres</span></li>" in html
    assert (
        '<span class="dateline"><span>PORT ALDER (Meridian) —</span></span> <span>The bridge that'
        in html
    )
    assert '<h2 class="crosshead"><span>A ribbon, twice</span></h2>' in html
    assert '<blockquote class="quotation"><span>This is the first' in html
    assert "<li><span>the wind of August</span></li>" in html
    assert '<span class="picture-credit">H. Lens/Harbour Post</span>' in html
    assert "Correction: an earlier edition" in html


def test_a_time_is_said_in_the_zone_it_was_printed_in(visitor: Client, open_corpus: Corpus) -> None:
    article = make_article(open_corpus, published_at=datetime(1932, 3, 20, 1, 15, tzinfo=UTC))
    printed = {"date": "1932-03-19", "precision": "day", "at": "1932-03-19T20:15:00-05:00"}
    article.versions.update(read={"published": printed})

    html = html_of(visitor, article.get_absolute_url())

    assert "20:15 UTC-05:00" in html


def test_arabic_is_set_from_right_to_left(visitor: Client, open_corpus: Corpus) -> None:
    html = html_of(visitor, print_arabic(open_corpus).get_absolute_url())

    assert '<div class="set" lang="ar" dir="rtl">' in html


def test_each_fact_says_which_rule_read_it_from_what(visitor: Client, bridge: Article) -> None:
    html = html_of(visitor, bridge.get_absolute_url())

    # What was read is kept with the version that was first received.
    assert "header line" in html
    assert "Date: 20 Mar 1932" in html


def test_the_capture_is_linked_at_its_place(visitor: Client, bridge: Article) -> None:
    html = html_of(visitor, bridge.get_absolute_url())

    version = bridge.version
    assert version
    assert f"/captures/{version.capture_id}/?locator=lines+30-52" in html


def test_further_fields_and_what_was_left_out_are_listed(visitor: Client, bridge: Article) -> None:
    html = html_of(visitor, bridge.get_absolute_url())

    assert "Box 14" in html
    assert "Share this article" in html


def test_a_flag_is_explained(visitor: Client, bridge: Article) -> None:
    assert "The text breaks off" in html_of(visitor, bridge.get_absolute_url())


def test_an_older_version_says_that_it_is_one(visitor: Client, bridge: Article) -> None:
    html = html_of(visitor, f"/articles/{bridge.pk}/versions/1/")

    assert "Version 1 of 2" in html
    assert "before half a million" in html
    assert "found by nightfall" not in html


def test_what_changed_is_marked_and_summed_up(visitor: Client, bridge: Article) -> None:
    html = html_of(visitor, f"/articles/{bridge.pk}/changes/2/")

    assert "1 passage changed, 1 passage added" in html
    assert "half</del>" in html
    assert "Fourteen children lost in the crowd were found by nightfall.</ins>" in html


def test_an_older_version_has_the_metadata_that_was_read_with_it(
    visitor: Client, bridge: Article
) -> None:
    first = bridge.versions.get(number=1)
    first.read = {
        **first.read,
        "byline": "From our own correspondent",
        "published": {"date": "1932-03-19", "precision": "day", "at": None},
        "dateline": None,
    }
    first.save()

    old = html_of(visitor, f"/articles/{bridge.pk}/versions/1/")
    changed = html_of(visitor, f"/articles/{bridge.pk}/changes/2/")

    assert "From our own correspondent" in old
    assert "19 March 1932" in old
    assert "20 March 1932" not in old
    assert "From our own correspondent" not in html_of(visitor, bridge.get_absolute_url())
    assert "<del>From our own correspondent</del>" in changed
    assert "<del>19 March 1932</del>" in changed


@pytest.mark.parametrize("rest", ["versions/3/", "versions/0/", "changes/1/", "changes/3/"])
def test_what_there_is_not_is_not_found(visitor: Client, bridge: Article, rest: str) -> None:
    assert visitor.get(f"/articles/{bridge.pk}/{rest}").status_code == 404


def test_versions_and_references_of_others_corpora_are_not_found(visitor: Client) -> None:
    secret = print_bridge(make_corpus("closed"))

    for rest in ("", "versions/1/", "changes/2/", "cite.bib", "cite.ris", "cite.json", "pane/"):
        assert visitor.get(f"/articles/{secret.pk}/{rest}").status_code == 404, rest


@pytest.mark.parametrize(
    "given",
    ["in=q%3Dsource%253A%2522Morning%2BLedger%2522", "in=source%3DMorning%2BLedger"],
    ids=["today", "of old"],
)
def test_neighbours_are_those_of_the_list_it_was_opened_from(
    visitor: Client, open_corpus: Corpus, bridge: Article, index: Callable[[], int], given: str
) -> None:
    older, middle, newer = print_many(open_corpus, 3)
    index()

    html = html_of(visitor, f"{middle.get_absolute_url()}?{given}")
    end = html_of(visitor, f"{newer.get_absolute_url()}?{given}")

    onward = "?in=q%3Dsource%253A%2522Morning%2BLedger%2522"
    assert f'href="/articles/{newer.pk}/{onward}" rel="prev"' in html
    assert f'href="/articles/{older.pk}/{onward}" rel="next"' in html
    assert f'href="/articles/?q=source%3A%22Morning+Ledger%22&amp;article={middle.pk}"' in html
    assert 'rel="prev"' not in end
    assert f"/articles/{bridge.pk}/" not in end


def test_a_list_that_is_no_more_leaves_the_article_readable(
    visitor: Client, bridge: Article
) -> None:
    html = html_of(visitor, f"{bridge.get_absolute_url()}?in=q%3Dsource%253A%2528")

    assert bridge.headline in html


def test_nul_in_a_parameter_is_refused(visitor: Client, bridge: Article) -> None:
    for address in (f"{bridge.get_absolute_url()}?in=%00", f"/articles/{bridge.pk}/pane/?in=%00"):
        response = visitor.get(address)

        assert response.status_code == 400
        assert "NUL" in response.content.decode()


@pytest.mark.parametrize(
    "tag",
    [
        '<meta name="dc.type" content="newspaperArticle">',
        '<meta property="og:site_name" content="The Harbour Post">',
        '<meta name="citation_title" content="Harbour bridge opens before a million">',
        '<meta name="citation_author" content="Marsh, Eleanor">',
        '<meta name="citation_author" content="Quill, Tobias">',
        '<meta name="citation_publication_date" content="1932/03/20">',
        '<meta name="citation_public_url" content="https://harbourpost.example/1932/bridge">',
    ],
)
def test_zotero_reads_a_newspaper_article(visitor: Client, bridge: Article, tag: str) -> None:
    html = html_of(visitor, bridge.get_absolute_url())

    assert tag in html
    # This one alone would make it a journal's.
    assert "citation_journal_title" not in html


@pytest.mark.parametrize(
    ("ending", "media_type", "words"),
    [
        ("bib", "application/x-bibtex", "@article{marsh1932harbour,"),
        ("ris", "application/x-research-info-systems", "TY  - NEWS\r\n"),
        ("json", "application/vnd.citationstyles.csl+json", '"article-newspaper"'),
    ],
)
def test_references_download(
    visitor: Client, bridge: Article, ending: str, media_type: str, words: str
) -> None:
    response = visitor.get(f"/articles/{bridge.pk}/cite.{ending}")

    assert response.headers["Content-Type"] == f"{media_type}; charset=utf-8"
    assert f'filename="newsroom-{bridge.pk}.{ending}"' in response.headers["Content-Disposition"]
    assert words in response.content.decode()


def test_csl_json_is_a_list_of_one_item(visitor: Client, bridge: Article) -> None:
    (item,) = json.loads(visitor.get(f"/articles/{bridge.pk}/cite.json").content)

    assert item["container-title"] == "The Harbour Post"
    assert item["issued"] == {"date-parts": [[1932, 3, 20]]}


def test_an_unknown_form_of_reference_is_not_found(visitor: Client, bridge: Article) -> None:
    assert visitor.get(f"/articles/{bridge.pk}/cite.docx").status_code == 404


def test_an_article_of_which_little_is_known_still_has_its_page(
    visitor: Client, open_corpus: Corpus
) -> None:
    article = make_article(
        open_corpus, headline="", paragraphs=("Only words.",), published=None, language=None
    )
    Version.objects.filter(article=article).update(read={})

    html = html_of(visitor, article.get_absolute_url())

    assert "Untitled" in html
    assert "Only words." in html
    assert visitor.get(f"/articles/{article.pk}/cite.bib").status_code == 200


def test_a_month_is_printed_as_a_month(visitor: Client, open_corpus: Corpus) -> None:
    article = make_article(open_corpus, published=date(1932, 3, 1), published_precision="month")

    html = html_of(visitor, article.get_absolute_url())

    assert "March 1932</time>" in html
    assert "1 March 1932" not in html


def test_an_editor_is_no_author_in_references(visitor: Client, open_corpus: Corpus) -> None:
    people = (make_person(open_corpus, "Ann Writer"), make_person(open_corpus, "Ed Itor"))
    article = make_article(open_corpus, people=people, source=make_source(open_corpus))
    assert article.version
    article.version.credits.filter(name="Ed Itor").update(role="editing")

    (item,) = json.loads(visitor.get(f"/articles/{article.pk}/cite.json").content)

    assert item["author"] == [{"family": "Writer", "given": "Ann"}]


def test_a_dateline_without_its_paragraph_is_still_printed(
    visitor: Client, open_corpus: Corpus
) -> None:
    article = make_article(open_corpus, paragraphs=())
    block = Block(BlockKind.DATELINE, "PORT ALDER —")
    text = f"{article.headline}\n\n{block.text}"
    start = len(article.headline) + 2
    Version.objects.filter(article=article).update(
        text=text,
        blocks=[["headline", 0, len(article.headline)], ["dateline", start, len(text)]],
    )

    assert "PORT ALDER —" in html_of(visitor, article.get_absolute_url())
