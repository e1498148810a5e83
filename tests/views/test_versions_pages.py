"""What changed from version to version, an article's whole sequence, and the most edited."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from articles.models import Access, Article, Corpus, Origin
from tests.factories import (
    current,
    make_article,
    make_corpus,
    make_member,
    make_source,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.content.decode()


def edited(corpus: Corpus, times: int = 1, **fields: Any) -> Article:
    article = make_article(corpus, **fields)
    for number in range(times):
        make_version(article, f"The bridge opened on day {number}.", "Crowds came to see it.")
    return article


def test_the_outlet_s_change_is_called_so(visitor: Client, open_corpus: Corpus) -> None:
    article = edited(open_corpus)

    html = html_of(visitor, f"/articles/{article.pk}/changes/2/")

    assert "What the outlet changed" in html
    assert "Version 1 to version 2" in html
    assert html.count("first seen") == 2
    assert "different readers" not in html


def test_a_correction_is_called_by_who_made_it_to_members(
    visitor: Client, open_corpus: Corpus
) -> None:
    article = make_article(open_corpus)
    editor = make_member(open_corpus, user=make_user("jane"))
    make_version(article, "The bridge closed.", origin=Origin.CORRECTED, by=editor)

    for address in (f"/articles/{article.pk}/changes/2/", f"/articles/{article.pk}/changes/"):
        visitor.force_login(editor)
        assert "What jane corrected" in html_of(visitor, address)
        visitor.logout()
        html = html_of(visitor, address)
        assert "What was corrected here" in html
        assert "jane" not in html
        assert "What the outlet changed" not in html


def test_a_better_reading_is_never_called_the_outlet_s_change(
    visitor: Client, open_corpus: Corpus
) -> None:
    article = make_article(open_corpus)
    make_version(
        article,
        "The bridge opened on Tuesday.",
        origin=Origin.REREAD,
        rereads=current(article),
        reader_version="2",
    )

    for address in (f"/articles/{article.pk}/changes/2/", f"/articles/{article.pk}/changes/"):
        html = html_of(visitor, address)
        assert "What a better reading changed" in html
        assert "What the outlet changed" not in html


def test_a_published_text_is_compared_with_the_one_published_before(
    visitor: Client, open_corpus: Corpus
) -> None:
    article = make_article(open_corpus)
    make_version(article, "Nobody came.", origin=Origin.CORRECTED)
    make_version(article, "The bridge opened on Wednesday.", "Crowds came to see it.")

    html = html_of(visitor, f"/articles/{article.pk}/changes/3/")

    assert "Version 1 to version 3" in html
    assert "Tuesday.</del> <ins" in html
    assert "Wednesday.</ins>" in html
    assert f"/compare/{article.pk}/{article.pk}/?first_version=1&amp;second_version=3" in html
    assert "Nobody came" not in html


def test_different_readers_are_named_where_they_may_be_the_difference(
    visitor: Client, open_corpus: Corpus
) -> None:
    article = make_article(open_corpus)
    make_version(article, "The bridge opened.", reader="jsonl", reader_version="3")

    html = html_of(visitor, f"/articles/{article.pk}/changes/2/")

    assert "Read by different readers" in html
    assert "manage.py reread" in html


def test_the_sequence_lists_every_change_with_its_words(
    visitor: Client, open_corpus: Corpus
) -> None:
    article = edited(open_corpus, 2)

    html = html_of(visitor, f"/articles/{article.pk}/changes/")

    assert "The outlet changed the text 2 times" in html
    assert html.count("What the outlet changed") == 2
    assert "1 passage changed: 1 word in, 1 out." in html
    assert html.index("changes/3/") < html.index("changes/2/") < html.index("versions/1/")


def test_a_long_sequence_is_told_in_pages(visitor: Client, open_corpus: Corpus) -> None:
    article = edited(open_corpus, 27)

    first = html_of(visitor, f"/articles/{article.pk}/changes/")
    rest = html_of(visitor, f"/articles/{article.pk}/changes/?before=4")

    assert "?before=4" in first
    assert first.count("sequence-step is-published") == 25
    assert rest.count("sequence-step is-published") == 2


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "1%00"])
def test_a_place_in_the_sequence_must_be_a_number(
    visitor: Client, open_corpus: Corpus, before: str
) -> None:
    article = edited(open_corpus)

    assert visitor.get(f"/articles/{article.pk}/changes/?before={before}").status_code == 400


def test_an_article_that_never_changed_says_so(visitor: Client, open_corpus: Corpus) -> None:
    html = html_of(visitor, f"/articles/{make_article(open_corpus).pk}/changes/")

    assert "Nothing changed" in html


def test_the_most_often_edited_come_first_with_the_time_of_the_last_change(
    visitor: Client, open_corpus: Corpus
) -> None:
    edited(open_corpus, 1, headline="Once")
    edited(open_corpus, 3, headline="Thrice")
    make_article(open_corpus, headline="Never")

    html = html_of(visitor, "/most-edited/")

    assert html.index("Thrice") < html.index("Once")
    assert "Never" not in html
    assert html.count('<time class="local"') == 2


def test_the_most_edited_of_an_answer_are_paged(
    visitor: Client, open_corpus: Corpus, index: Callable[[], int]
) -> None:
    gazette = make_source(open_corpus, "The Gazette")
    edited(open_corpus, 1, headline="Theirs")
    for number in range(3):
        edited(open_corpus, 1, headline=f"Ours {number}", source=gazette)
    edited(open_corpus, 1, headline="Older", source=gazette, published=date(1900, 1, 1))

    index()

    found = visitor.get("/most-edited/?q=source:%22The+Gazette%22+date:1910-01-01..&limit=2")
    html = found.content.decode()
    following = html.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    rest = html_of(visitor, f"/most-edited/{following}")

    assert ["Ours 2" in html, "Ours 1" in html, "Ours 0" in html] == [True, True, False]
    assert "Ours 0" in rest
    assert all(word not in html + rest for word in ("Theirs", "Older"))


@pytest.mark.parametrize(
    "query",
    [
        "cursor=nonsense",
        "cursor=WzAsMSwyLDNd",
        "limit=-1",
        "limit=999999999999999999999999999999",
        "source=%00",
        "q=%00",
        "user__password__startswith=a",
        "q=date:2019-02-30",
    ],
)
def test_bad_parameters_of_the_most_edited_are_told(visitor: Client, query: str) -> None:
    response = visitor.get(f"/most-edited/?{query}")

    assert response.status_code == 400
    assert "That can’t be read" in response.content.decode()


def test_others_articles_are_not_listed_and_their_changes_not_found(visitor: Client) -> None:
    secret = edited(make_corpus("closed"), headline="Secret")

    assert "Secret" not in html_of(visitor, "/most-edited/")
    assert visitor.get(f"/articles/{secret.pk}/changes/").status_code == 404


def test_of_licensed_texts_outsiders_see_that_they_changed_and_not_how(visitor: Client) -> None:
    licensed = make_corpus("licensed", access=Access.LICENSED)
    article = edited(licensed)
    member = make_member(licensed)

    assert visitor.get(f"/articles/{article.pk}/changes/2/").status_code == 403
    html = html_of(visitor, f"/articles/{article.pk}/changes/")
    assert "What the outlet changed" in html
    assert "words in" not in html
    visitor.force_login(member)
    assert "words in" in html_of(visitor, f"/articles/{article.pk}/changes/2/")


@pytest.mark.parametrize("address", ["/most-edited/", "/articles/1/changes/"])
def test_nothing_is_changed_by_looking(visitor: Client, address: str) -> None:
    assert visitor.post(address).status_code == 405
