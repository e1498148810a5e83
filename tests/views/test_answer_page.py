"""The answer page: a question in one line, and the shape of its answer."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from urllib.parse import quote, urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import Settings

from articles.models import Access, Article, Corpus
from articles.search import asking
from articles.search.index import store
from articles.views.search import answer
from articles.views.search.searching import read
from tests.factories import make_article, make_corpus, make_member, make_person, make_source
from tests.views.test_article_list import headlines

pytestmark = pytest.mark.django_db

type Index = Callable[[], int]


@pytest.fixture
def harbour(open_corpus: Corpus, index: Index) -> list[Article]:
    """Return three articles: two of the harbour, of two outlets and three years; one undated."""
    post, ledger = make_source(open_corpus, "The Harbour Post"), make_source(open_corpus, "Ledger")
    made = [
        make_article(
            open_corpus,
            headline="Harbour closed",
            paragraphs=("The harbour was closed by ice. Ships waited off the harbour.",),
            source=post,
            published=date(1931, 1, 9),
        ),
        make_article(
            open_corpus,
            headline="Ice breaks",
            paragraphs=("Ships came into the harbour again.",),
            source=ledger,
            published=date(1931, 3, 2),
        ),
        make_article(open_corpus, headline="Of bridges", paragraphs=("A bridge.",), published=None),
    ]
    index()
    return made


def page_of(client: Client, query: str = "", **more: str) -> str:
    response = client.get("/articles/", {"q": query, **more})
    assert response.status_code == 200, response.content.decode()[:2000]
    return unescape(response.content.decode())


@pytest.mark.usefixtures("harbour")
def test_words_find_articles_the_best_first_with_hits_marked(visitor: Client) -> None:
    html = page_of(visitor, "harbour")

    assert headlines(html) == ["Harbour closed", "Ice breaks"]
    assert '<mark class="hit">Harbour</mark> closed</a>' in html
    assert 'came into the <mark class="hit">harbour</mark> again' in html
    assert '<h1 class="stream-title">2 articles</h1>' in html
    assert "best first" in html


@pytest.mark.usefixtures("harbour")
@pytest.mark.parametrize("query", ["", "  ", "*"])
def test_without_words_it_is_the_whole_corpus_newest_first(visitor: Client, query: str) -> None:
    html = page_of(visitor, query)

    assert headlines(html) == ["Ice breaks", "Harbour closed", "Of bridges"]
    assert "3 articles" in html
    assert "newest first" in html


@pytest.mark.usefixtures("harbour")
def test_signs_alone_are_pointed_at_and_list_nothing(visitor: Client) -> None:
    response = visitor.get("/articles/", {"q": "[]"})

    assert response.status_code == 400
    html = response.content.decode()
    assert '<mark class="fault-at">[]</mark>' in html
    assert "There is no word in this" in html
    assert headlines(html) == []


@pytest.mark.usefixtures("harbour")
def test_nearness_in_small_letters_is_hinted_at(visitor: Client) -> None:
    html = page_of(visitor, "harbour near/5 again")

    assert "“near/5” is looked for as words" in html
    assert '/articles/?q=harbour+NEAR%2F5+again" data-live><bdi>harbour NEAR/5 again</bdi>' in html
    assert "looked for as words" not in page_of(visitor, "harbour NEAR/5 again")


@pytest.mark.usefixtures("harbour")
def test_without_a_part_that_leaves_nothing_is_no_way_out(visitor: Client) -> None:
    html = page_of(visitor, "harbour nowhere nobody")

    assert "No article matches" in html
    assert '<span class="soft">without</span>' not in html
    assert '2</span> <span class="soft">without</span>' in page_of(visitor, "harbour nowhere")


@pytest.mark.usefixtures("harbour")
def test_an_order_is_chosen_by_a_link_that_keeps_the_question(visitor: Client) -> None:
    html = page_of(visitor, "harbour")

    assert 'href="/articles/?q=harbour&sort=oldest" data-live>Oldest first' in html
    assert headlines(page_of(visitor, "harbour", sort="newest")) == ["Ice breaks", "Harbour closed"]


@pytest.mark.usefixtures("harbour")
def test_facets_count_values_that_can_be_let_in_and_out(visitor: Client) -> None:
    html = page_of(visitor, "harbour")

    assert 'href="/articles/?q=harbour+source%3A%22Ledger%22"' in html
    assert 'href="/articles/?q=harbour+-source%3A%22Ledger%22"' in html
    chosen = page_of(visitor, 'harbour source:"Ledger"')
    assert headlines(chosen) == ["Ice breaks"]
    assert 'is-included"><a class="facet-in" href="/articles/?q=harbour"' in chosen
    assert headlines(page_of(visitor, 'harbour -source:"Ledger"')) == ["Harbour closed"]


@pytest.mark.usefixtures("open_corpus")
def test_a_facet_opens_to_all_its_values(
    visitor: Client, open_corpus: Corpus, index: Index
) -> None:
    for number in range(10):
        make_article(open_corpus, source=make_source(open_corpus, f"Paper {number}"))
    index()

    closed, opened = page_of(visitor), page_of(visitor, more="source")

    assert closed.count(">Paper ") < opened.count(">Paper ")
    assert 'href="/articles/?more=source" data-live>More' in closed
    assert "Paper 9</bdi>" in opened
    assert 'href="/articles/" data-live>Fewer' in opened


@pytest.mark.usefixtures("harbour")
def test_bars_are_links_that_narrow_the_days(visitor: Client) -> None:
    html = page_of(visitor, "harbour", zoom="month")

    assert 'href="/articles/?q=harbour+date%3A1931-03-01..1931-03-31"' in html
    assert "<title>March 1931: 1, 100 % of all 1</title>" in html
    narrowed = page_of(visitor, "harbour date:1931-03-01..1931-03-31")
    assert headlines(narrowed) == ["Ice breaks"]
    assert 'href="/articles/?q=harbour" data-live>all days' in narrowed


@pytest.mark.usefixtures("harbour")
def test_the_undated_stand_apart_as_a_link(visitor: Client) -> None:
    html = page_of(visitor)

    assert 'href="/articles/?q=is%3Aundated" data-live>1 undated' in html


@pytest.mark.usefixtures("harbour")
def test_bars_may_be_shares_of_all_coverage(visitor: Client) -> None:
    html = page_of(visitor, "closed", zoom="year", measure="share")

    assert "50 % in 1931" in html
    assert '<input type="hidden" name="measure" value="share">' in html


@pytest.mark.usefixtures("harbour")
def test_a_fault_is_pointed_at_with_what_was_probably_meant(visitor: Client) -> None:
    response = visitor.get("/articles/", {"q": "harbour date:1931-02-30 ice"})
    html = response.content.decode()

    assert response.status_code == 400
    assert '<mark class="fault-at">1931-02-30</mark>' in html
    assert "There is no 1931-02-30." in html
    assert f'href="/articles/?q={quote("harbour date:1931-02-28 ice").replace("%20", "+")}"' in html
    assert 'value="harbour date:1931-02-30 ice"' in html
    assert 'aria-invalid="true"' in html
    assert "<h2>Narrow</h2>" not in html
    assert "Did you mean" not in visitor.get("/articles/", {"q": "a ("}).content.decode()


@pytest.mark.usefixtures("harbour")
def test_the_pane_marks_hits_and_counts_them(visitor: Client, harbour: list[Article]) -> None:
    html = page_of(visitor, "harbour", article=str(harbour[0].pk))
    pane = visitor.get(f"/articles/{harbour[0].pk}/pane/?in=q%3Dharbour").content.decode()

    for shown in (html[html.index('id="pane"') :], pane):
        assert shown.count('<mark class="hit" id="hit-') == 3
        assert "3 hits" in shown


@pytest.mark.usefixtures("harbour")
def test_the_article_s_own_page_marks_them_too(visitor: Client, harbour: list[Article]) -> None:
    html = visitor.get(f"{harbour[1].get_absolute_url()}?in=q%3Dharbour").content.decode()

    assert '<mark class="hit" id="hit-1"' in html
    assert f'href="/articles/{harbour[0].pk}/?in=q%3Dharbour" rel="prev"' in html


@pytest.mark.usefixtures("harbour")
def test_a_part_of_the_page_is_the_pieces_that_move(visitor: Client) -> None:
    response = visitor.get("/articles/?q=harbour", headers={"HX-Request": "true"})
    html = response.content.decode()

    assert "HX-Request" in response["Vary"]
    assert "<html" not in html
    assert 'id="pane"' not in html
    assert [f'id="{name}"' in html for name in ("fault", "shape", "facets", "list")] == [True] * 4
    assert 'data-said="2 articles"' in html


# ---- Pages


def test_by_relevance_it_goes_a_thousand_deep_and_then_on_by_date(
    visitor: Client, open_corpus: Corpus, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "RELEVANT_DEPTH", 4)
    monkeypatch.setattr(answer, "RELEVANT_DEPTH", 4)
    for _ in range(6):
        make_article(open_corpus)
    index()

    first = page_of(visitor, "bridge", limit="2")
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    last = unescape(visitor.get(following[1]).content.decode())

    assert "sort=newest" in last[last.index("Go on by date") - 80 : last.index("Go on by date")]
    assert 'rel="next"' not in last
    assert 'rel="prev" href="/articles/?q=bridge&limit=2"' in last


@pytest.mark.usefixtures("harbour")
def test_a_page_has_thirty_rows_unless_told(visitor: Client) -> None:
    assert read(QueryDict("q=bridge")).limit == 30
    assert read(QueryDict("q=bridge&limit=30")).address() == "/articles/?q=bridge"
    assert read(QueryDict("q=bridge&limit=50")).address() == "/articles/?q=bridge&limit=50"

    assert '<input type="hidden" name="limit" value="50">' in page_of(visitor, limit="50")
    assert 'name="limit"' not in page_of(visitor)


def test_it_says_when_the_corpus_changed_between_pages(
    visitor: Client, open_corpus: Corpus, index: Index
) -> None:
    for _ in range(4):
        make_article(open_corpus)
    index()
    following = re.search(r'rel="next" href="([^"]+)"', page_of(visitor, "bridge", limit="2"))
    assert following
    assert "changed since" not in visitor.get(following[1]).content.decode()
    make_article(open_corpus)
    index()

    assert "The corpus changed since the page before" in visitor.get(following[1]).content.decode()


def test_pages_by_date_repeat_and_lack_nothing_while_articles_arrive(
    visitor: Client, open_corpus: Corpus, index: Index
) -> None:
    for day in range(1, 6):
        make_article(open_corpus, headline=f"Day {day}", published=date(1932, 1, day))
    index()
    first = page_of(visitor, limit="2")
    make_article(open_corpus, headline="Newer", published=date(1933, 1, 1))
    index()
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following

    assert headlines(visitor.get(following[1]).content.decode()) == ["Day 3", "Day 2"]


# ---- The index


def test_without_an_index_all_articles_are_listed_and_it_is_said(
    visitor: Client, open_corpus: Corpus
) -> None:
    for day in range(1, 4):
        make_article(open_corpus, headline=f"Day {day}", published=date(1932, 1, day))

    html = page_of(visitor, limit="2")
    following = re.search(r'rel="next" href="([^"]+)"', html)
    assert following

    assert headlines(html) == ["Day 3", "Day 2"]
    assert headlines(visitor.get(following[1]).content.decode()) == ["Day 1"]
    assert "Search is not ready" in html
    assert "3 articles wait to be taken in" in html
    assert "manage.py reindex" in html


def test_without_an_index_a_question_is_answered_503_with_what_to_do(
    visitor: Client, open_corpus: Corpus
) -> None:
    make_article(open_corpus)

    response = visitor.get("/articles/?q=bridge")

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "Search is not ready" in response.content.decode()
    assert 'value="bridge"' in response.content.decode()
    assert visitor.get("/articles/?q=(").status_code == 400


@pytest.mark.usefixtures("harbour")
def test_what_waits_for_the_index_is_said_quietly(visitor: Client, open_corpus: Corpus) -> None:
    assert "to be indexed" not in page_of(visitor)
    make_article(open_corpus)
    make_article(make_corpus("closed"))

    assert "1 article waits to be indexed" in page_of(visitor, "harbour")


@pytest.mark.usefixtures("harbour", "busy_engine")
def test_what_takes_too_long_is_given_up_with_503(visitor: Client) -> None:
    response = visitor.get("/articles/?q=harbour")

    assert response.status_code == 503
    assert response["Retry-After"]
    assert "This took too long" in response.content.decode()


@pytest.mark.usefixtures("harbour")
def test_an_index_that_is_gone_leaves_the_list_readable(visitor: Client) -> None:
    store.forget()

    assert len(headlines(page_of(visitor))) == 3


# ---- Who may see what


def test_nothing_of_others_corpora_is_found_counted_or_drawn(
    visitor: Client, open_corpus: Corpus, index: Index
) -> None:
    make_article(open_corpus, headline="Open bridge")
    closed = make_corpus("closed")
    make_article(
        closed,
        headline="Closed bridge",
        source=make_source(closed, "Quillwort"),
        people=(make_person(closed, "Zibeline"),),
        published=date(1801, 1, 1),
    )
    index()

    html = page_of(visitor, "bridge", zoom="year")

    assert headlines(html) == ["Open bridge"]
    assert ">1 article<" in html
    assert not any(word in html for word in ("Quillwort", "Zibeline", "1801"))
    assert headlines(page_of(visitor, "source:Quillwort")) == []


def test_of_licensed_texts_outsiders_see_one_short_snippet(visitor: Client, index: Index) -> None:
    licensed = make_corpus("licensed", access=Access.LICENSED)
    words = "Some words before the bridge and many after it that go on. "
    article = make_article(
        licensed, headline="Licensed", paragraphs=(words * 30, words * 30), snippet="Short."
    )
    index()

    html = page_of(visitor, "bridge", article=str(article.pk))

    assert headlines(html) == ["Licensed"]
    assert html.count("words before the") <= 4
    assert "is for members of" in html
    visitor.force_login(make_member(licensed))
    assert page_of(visitor, "bridge", article=str(article.pk)).count('data-hit="') == 60


# ---- Whatever is asked


@pytest.mark.usefixtures("harbour")
@pytest.mark.parametrize(
    "query",
    [
        "(" * 5_000,
        '"' * 999,
        "NOT " * 3_000 + "x",
        " ".join(f"w{n}" for n in range(10_000)),
        " OR ".join(f"w{n}" for n in range(10_000)),
        "a* " * 5_000,
        "x" * 200_001,
        "*" * 500,
        "?" * 500,
        "-*",
        "*",
        "a\0b",
        "😀 👩‍👩‍👧",
        "ﷺ \u202e abc",
        "date:0001-01-01..9999-12-31",
        "date:>9999-12-31",
        "(bridge date:1001-01-02..9001-01-02) OR harbour",
        "length:>999999999",
        "source:12345678901234567890",
        "a~9",
        '"a b"~1001',
        "a NEAR/9999 b",
        "e\u0301" * 300,
        "%00",
        "<script>alert(1)</script>",
        "' OR 1=1; --",
    ],
    ids=lambda query: query[:12].encode("ascii", "replace").decode(),
)
def test_whatever_is_asked_is_answered_or_refused_with_a_reason(
    visitor: Client, query: str
) -> None:
    response = visitor.get("/articles/", {"q": query})

    assert response.status_code in {200, 400}
    html = response.content.decode()
    assert "<script>alert" not in html
    if response.status_code == 400:
        assert 'class="fault-words"' in html


@pytest.mark.usefixtures("harbour")
@pytest.mark.parametrize(
    "cursor", ["a1000000.0", "a1000000", "a50000000", "b0", "a0", "a18446744073709551614"]
)
@pytest.mark.parametrize("sort", ["relevance", "newest", "shortest"])
def test_a_page_far_beyond_the_end_leads_back(visitor: Client, cursor: str, sort: str) -> None:
    response = visitor.get("/articles/", {"q": "harbour", "cursor": cursor, "sort": sort})
    html = response.content.decode()

    if response.status_code == 400:
        # Relevance goes a thousand deep, and has no cursors beyond.
        assert sort == "relevance"
        assert 'href="/articles/?q=harbour">Leave out what is wrong' in html
    else:
        assert response.status_code == 200
        assert headlines(html) or "The list ends here" in html


@pytest.mark.usefixtures("harbour")
def test_a_question_of_many_parts_has_no_pills_but_its_answer(visitor: Client) -> None:
    html = page_of(visitor, " ".join(f"-w{n}" for n in range(60)))

    assert "pill-pair" not in html
    assert len(headlines(html)) == 3


# ---- What can be taken along


@pytest.mark.usefixtures("harbour")
def test_a_search_is_copied_as_address_curl_and_python(visitor: Client) -> None:
    query = 'harbour "o\'clock" $(id)'
    html = page_of(visitor, query, sort="oldest")

    asked = urlencode({"q": query, "sort": "oldest"})
    assert f"http://testserver/articles/?{asked}" in html
    assert f"'http://testserver/api/v1/search/?{asked}'" in html
    python = html.split('id="copy-python" tabindex="0">')[1].split("</pre>")[0]
    compile(python, "copied", "exec")
    assert repr(query) in python


def test_browsers_are_told_of_the_search(visitor: Client, open_corpus: Corpus) -> None:
    assert open_corpus
    described = visitor.get("/opensearch.xml")

    assert described["Content-Type"] == "application/opensearchdescription+xml"
    assert "http://testserver/articles/?q={searchTerms}" in described.content.decode()
    assert 'rel="search"' in visitor.get("/sources/").content.decode()


# ---- Help


@pytest.mark.usefixtures("harbour")
def test_help_has_examples_that_find_what_they_say(visitor: Client) -> None:
    html = visitor.get("/search/help/").content.decode()

    found = re.findall(
        r'<dt><a href="([^"]+)">.*?</a></dt><dd>.*?</dd>\s*<dd class="num soft">([\d,]+)</dd>', html
    )
    assert len(found) > 15
    for address, count in found:
        shown = visitor.get(unescape(address)).content.decode()
        assert re.search(rf'stream-title">{count} article', shown), address
    assert any(count != "0" for _, count in found)


def test_help_is_there_without_an_index_and_without_articles(visitor: Client, db: None) -> None:
    assert db is None
    response = visitor.get("/search/help/")

    assert response.status_code == 200
    assert "How to ask" in response.content.decode()
    part = visitor.get("/search/help/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part


@pytest.mark.usefixtures("harbour")
def test_a_corrupt_index_leaves_the_list_readable_and_questions_refused_in_time(
    visitor: Client, settings: Settings
) -> None:
    for meta in settings.SEARCH_DIR.glob("build-*/meta.json"):
        meta.write_bytes(b"\x00 no index")

    html = page_of(visitor)

    assert len(headlines(html)) == 3
    assert "Search is not ready" in html
    assert visitor.get("/articles/?q=harbour").status_code == 503
