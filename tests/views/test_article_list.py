"""The list of articles, and the article beside it."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from articles.models import Corpus, Role
from tests.factories import (
    current,
    make_article,
    make_corpus,
    make_member,
    make_person,
    make_source,
)

pytestmark = pytest.mark.django_db


def headlines(html: str) -> list[str]:
    found = re.findall(r'class="item-headline"[^>]*><a[^>]*>(.*?)</a>', html)
    return [re.sub(r"</?mark[^>]*>", "", headline).strip() for headline in found]


def test_the_list_is_newest_first_with_the_undated_last(
    visitor: Client, open_corpus: Corpus
) -> None:
    make_article(open_corpus, headline="Undated", published=None)
    make_article(open_corpus, headline="Old", published=date(1931, 1, 1))
    make_article(open_corpus, headline="New", published=date(1932, 1, 1))

    html = visitor.get("/articles/").content.decode()

    assert headlines(html) == ["New", "Old", "Undated"]


def test_the_home_page_is_the_list(visitor: Client, open_corpus: Corpus) -> None:
    make_article(open_corpus, headline="New")

    assert headlines(visitor.get("/").content.decode()) == ["New"]


def test_a_row_says_source_date_byline_length_and_flags(
    visitor: Client, open_corpus: Corpus
) -> None:
    make_article(
        open_corpus,
        source=make_source(open_corpus, "The Harbour Post"),
        people=(make_person(open_corpus, "Jane Doe"), make_person(open_corpus, "John Roe")),
        agencies=("Reuters",),
        flags=["truncated"],
    )

    html = visitor.get("/articles/").content.decode()

    assert "The Harbour Post" in html
    assert "19 Mar 1932" in html
    assert "Jane Doe and John Roe · Reuters" in html
    assert "10 words" in html
    assert "cut short" in html


def test_a_row_carries_what_zotero_reads(visitor: Client, open_corpus: Corpus) -> None:
    make_article(open_corpus, people=(make_person(open_corpus, "Jane Doe"),))

    html = visitor.get("/articles/").content.decode()

    assert 'class="Z3988"' in html
    assert "rft.type=newspaperArticle" in html
    assert "rft.au=Jane+Doe" in html


def test_articles_of_others_corpora_are_not_shown(visitor: Client, open_corpus: Corpus) -> None:
    make_article(open_corpus, headline="Open")
    closed = make_corpus("closed")
    secret = make_article(closed, headline="Secret")

    html = visitor.get("/articles/").content.decode()

    assert headlines(html) == ["Open"]
    assert visitor.get(secret.get_absolute_url()).status_code == 404
    assert visitor.get(f"/articles/{secret.pk}/pane/").status_code == 404
    assert "Secret" not in visitor.get(f"/articles/?article={secret.pk}").content.decode()


def test_a_member_sees_a_closed_corpus(client: Client) -> None:
    corpus = make_corpus("closed")
    make_article(corpus, headline="Members only")
    client.force_login(make_member(corpus))

    assert headlines(client.get("/articles/").content.decode()) == ["Members only"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("source=The+Harbour+Post", ["Wanted"]),
        ("author=jane+doe", ["Wanted"]),
        ("agency=Reuters", ["Wanted"]),
        ("language=fr", ["Wanted"]),
        ("section=Home", ["Wanted"]),
        ("flagged=truncated", ["Wanted"]),
        ("flagged=any", ["Wanted"]),
        ("published_after=1932-06-01", ["Wanted"]),
        ("published_after=1932-06-01T10:00:00Z", ["Wanted"]),
        ("published_before=1932-03-19", ["Other"]),
        ("undated=true", []),
        ("corpus=default&undated=false", ["Wanted", "Other"]),
        ("q=Wanted+OR+Other&section=Home", ["Wanted"]),
    ],
)
def test_addresses_of_old_lead_to_the_same_articles(
    visitor: Client,
    open_corpus: Corpus,
    index: Callable[[], int],
    query: str,
    expected: list[str],
) -> None:
    make_article(
        open_corpus,
        headline="Wanted",
        source=make_source(open_corpus, "The Harbour Post"),
        people=(make_person(open_corpus, "Jane Doe"),),
        agencies=("Reuters",),
        published=date(1932, 6, 1),
        language="fr",
        section="Home",
        flags=["truncated"],
    )
    make_article(open_corpus, headline="Other")
    index()

    response = visitor.get(f"/articles/?{query}", follow=True)

    assert [status for _, status in response.redirect_chain] == [302]
    assert response.status_code == 200
    assert headlines(response.content.decode()) == expected


def test_an_address_of_old_keeps_what_is_no_filter(visitor: Client, open_corpus: Corpus) -> None:
    assert open_corpus

    response = visitor.get("/?section=Home&limit=20&article=7&cursor=WzAsMV0")

    assert response["Location"] == "/?q=section%3A%22Home%22&limit=20&article=7"


def test_a_pill_takes_its_part_away_and_keeps_the_others(
    visitor: Client, open_corpus: Corpus, index: Callable[[], int]
) -> None:
    make_article(open_corpus, language="fr", section="Home")
    index()

    html = visitor.get("/articles/?q=lang:fr+section:Home").content.decode()

    assert 'class="pill-away" href="/articles/?q=section%3A%22Home%22"' in html
    assert 'class="pill-away" href="/articles/?q=lang%3A%22fr%22"' in html
    assert 'class="pill-toggle" href="/articles/?q=section%3A%22Home%22+-lang%3A%22fr%22"' in html
    assert "French" in html


@pytest.mark.parametrize(
    "query",
    [
        "source=%00",
        "section=a%00b",
        "sort=%00",
        "article=%00",
        "article=-1",
        "article=99999999999999999999999",
        "limit=999999999999999999999999999999",
        "limit=-1",
        "limit=NaN",
        "limit=",
        "cursor=bm9uc2Vuc2U",
        "cursor=%F0%9F%92%A5",
        "cursor=a99999999999999999999",
        "cursor=%00",
        "sort=best",
        "zoom=decade",
        "measure=half",
        "more=password",
        "user__password__startswith=a",
        "_connector=OR",
        "source=a&source=b",
        "q=a&q=b",
    ],
)
def test_what_can_t_be_read_is_said_and_never_breaks(
    visitor: Client, open_corpus: Corpus, index: Callable[[], int], query: str
) -> None:
    make_article(open_corpus)
    index()

    response = visitor.get(f"/articles/?{query}")

    assert response.status_code == 400
    html = response.content.decode()
    assert "can’t be read as it stands" in html
    assert headlines(html) == []


def test_an_error_keeps_the_question(visitor: Client, open_corpus: Corpus) -> None:
    make_article(open_corpus)

    html = visitor.get("/articles/?q=bridge&limit=x").content.decode()

    assert 'href="/articles/?q=bridge">Leave out what is wrong' in html
    assert 'name="q" value="bridge"' in html


def test_pages_go_on_where_the_one_before_ended(visitor: Client, open_corpus: Corpus) -> None:
    for day in range(1, 6):
        make_article(open_corpus, headline=f"Day {day}", published=date(1932, 1, day))

    first = visitor.get("/articles/?limit=2").content.decode()
    address = re.search(r'rel="next" href="([^"]+)"', first)
    assert address
    second = visitor.get(address[1].replace("&amp;", "&")).content.decode()
    back = re.search(r'rel="prev" href="([^"]+)"', second)
    assert back

    assert headlines(first) == ["Day 5", "Day 4"]
    assert headlines(second) == ["Day 3", "Day 2"]
    assert headlines(visitor.get(back[1].replace("&amp;", "&")).content.decode()) == headlines(
        first
    )


def test_no_articles_at_all_says_how_to_import(client: Client, superuser: object) -> None:
    assert superuser
    client.login(username="root", password="a long enough passphrase")

    html = client.get("/").content.decode()

    assert "Nothing here yet" in html
    assert "manage.py ingest" in html


def test_no_match_says_which_parts_to_drop(
    visitor: Client, open_corpus: Corpus, index: Callable[[], int]
) -> None:
    make_article(open_corpus)
    index()

    html = visitor.get("/articles/?q=section:Nowhere+bridge").content.decode()

    assert "No article matches" in html
    assert 'class="pill" href="/articles/?q=bridge" data-live><span>1</span>' in html
    assert "<span>0</span>" not in html, "what finds nothing either is no way out"


def test_an_empty_corpus_is_not_taken_for_a_question_that_finds_nothing(
    client: Client, open_corpus: Corpus, index: Callable[[], int]
) -> None:
    make_article(open_corpus)
    empty = make_corpus("void", name="The Void")
    client.force_login(make_member(empty, Role.EDITOR))
    index()

    html = client.get("/articles/?q=corpus:void").content.decode()

    assert "Nothing in <bdi>The Void</bdi> yet" in html
    assert "/imports/new/?corpus=void" in html


def test_the_pane_shows_the_article_of_the_address(visitor: Client, open_corpus: Corpus) -> None:
    article = make_article(open_corpus, headline="Chosen", paragraphs=("All of its words.",))
    make_article(open_corpus, headline="Not chosen")

    html = visitor.get(f"/articles/?article={article.pk}").content.decode()

    assert "All of its words." in html
    assert html.count('aria-current="true">Chosen') == 1
    assert "Chosen – Articles – Newsroom" in html


def test_an_article_that_is_gone_leaves_the_list_standing(
    visitor: Client, open_corpus: Corpus
) -> None:
    make_article(open_corpus, headline="Still here")

    response = visitor.get("/articles/?article=987654")

    assert response.status_code == 200
    assert headlines(response.content.decode()) == ["Still here"]
    assert "That article is not here" in response.content.decode()


def test_scripts_in_names_and_headlines_stay_words(visitor: Client, open_corpus: Corpus) -> None:
    script = "<script>alert(1)</script>"
    article = make_article(
        open_corpus,
        headline=f"{script} headline",
        paragraphs=(f"{script} text",),
        source=make_source(open_corpus, f"{script} source"),
        people=(make_person(open_corpus, f"{script} person"),),
        section=f"{script} section",
        byline=f"{script} byline",
        canonical_url="https://example.org/?a=<script>",
    )
    pages = [
        "/articles/",
        f"/articles/?article={article.pk}&q=%3Cscript%3E",
        f"/articles/?article={article.pk}",
        article.get_absolute_url(),
        "/sources/",
        "/authors/",
        f"/articles/?{script}=1",
        f"/sources/?q={script}",
    ]

    for page in pages:
        assert "<script>" not in visitor.get(page).content.decode(), page


def test_a_javascript_address_is_no_link(visitor: Client, open_corpus: Corpus) -> None:
    article = make_article(open_corpus, canonical_url="javascript:alert(1)")

    for page in (article.get_absolute_url(), f"/articles/?article={article.pk}"):
        assert 'href="javascript:' not in visitor.get(page).content.decode()


@pytest.mark.parametrize("page", ["/", "/articles/", "/sources/", "/authors/"])
def test_pages_that_read_refuse_to_be_posted_to(client: Client, page: str, db: None) -> None:
    assert db is None
    assert client.post(page).status_code == 405


@pytest.mark.parametrize("query", ["", "q=bridge", "q=source:The*+-agency:AP&sort=oldest"])
def test_a_page_of_many_costs_as_many_queries_as_a_page_of_few(
    visitor: Client,
    open_corpus: Corpus,
    index: Callable[[], int],
    django_assert_num_queries: DjangoAssertNumQueries,
    query: str,
) -> None:
    def article(number: int) -> None:
        make_article(
            open_corpus,
            source=make_source(open_corpus),
            people=(make_person(open_corpus, f"Jane Doe {number}"),),
            agencies=("Reuters",),
        )

    article(1)
    index()
    with CaptureQueriesContext(connection) as few:
        visitor.get(f"/articles/?{query}")
    for number in range(2, 30):
        article(number)
    index()

    with django_assert_num_queries(len(few)):
        visitor.get(f"/articles/?{query}")
    assert len(few) <= 30


def test_the_policy_allows_no_inline_script_or_style(visitor: Client, open_corpus: Corpus) -> None:
    article = make_article(open_corpus)

    response = visitor.get(article.get_absolute_url())

    policy = response.headers["Content-Security-Policy"]
    html = response.content.decode()
    assert "unsafe" not in policy
    assert " style=" not in html
    assert not re.search(r"<(?!meta)[^>]* on[a-z]+=", html)
    # What is data is not run.
    scripts = re.findall(r'<script(?![^>]* type="application/json")[^>]*>', html)
    assert scripts
    assert all("nonce=" in tag for tag in scripts)


def test_a_row_names_those_whom_a_person_put_right_and_no_others(
    visitor: Client, open_corpus: Corpus
) -> None:
    misread, right = make_person(open_corpus, "Misread Name"), make_person(open_corpus, "Jane Roe")
    article = make_article(open_corpus, people=(misread,))
    version = current(article)
    version.credits.update(standing=False)
    version.credits.create(position=1, kind="person", person=right, name=right.name, corrected=True)

    html = visitor.get("/articles/").content.decode()

    assert "Jane Roe" in html
    assert "Misread Name" not in html
