"""Links by the API: listed, narrowed, with what speaks for them, and texts side by side."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Access, Article, Corpus, Role
from articles.models.corpora import Membership
from tests.api.conftest import MakeClient, problem
from tests.factories import (
    current,
    judge,
    make_article,
    make_corpus,
    make_link,
    make_member,
    make_source,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db
LINKS = "/api/v1/links/"
SHARED = "The mayor 🎉 cut the ribbon at noon, and the band of the harbour played."


@pytest.fixture
def viewer(corpus: Corpus) -> User:
    return make_member(corpus, Role.VIEWER)


@pytest.fixture
def client(viewer: User, with_token: MakeClient) -> Client:
    return with_token(viewer)


@pytest.fixture
def pair(corpus: Corpus) -> tuple[Article, Article]:
    source = make_source(corpus, "The Gazette")
    first = make_article(corpus, paragraphs=("It opened.", SHARED), source=source)
    second = make_article(corpus, paragraphs=(SHARED, "Crowds came."), published=date(1932, 3, 20))
    return first, second


def ids(response: Any) -> list[int]:
    assert response.status_code == 200, response.content
    return [each["id"] for each in response.json()["results"]]


def test_a_link_names_both_articles_and_what_people_say(
    client: Client, pair: tuple[Article, Article]
) -> None:
    link = make_link(*pair, direction="second", found_direction="second")
    judge(link, make_user("judge"), note="As the byline says")

    response = client.get(f"{LINKS}{link.pk}/")
    shown = response.json()

    assert (shown["kind"], shown["status"], shown["direction"]) == (
        "edited_version", "accepted", "second",
    )  # fmt: skip
    assert shown["first"]["source"]["name"] == "The Gazette"
    assert shown["second"]["published"] == "1932-03-20"
    assert shown["second"]["version"]["number"] == 1
    [said] = shown["judgements"]
    assert (said["by"], said["verdict"], said["note"]) == (
        "judge", "confirmed", "As the byline says",
    )  # fmt: skip
    assert shown["page"].endswith(f"/links/{link.pk}/")
    assert f'<{shown["page"]}>; rel="alternate"' in response.headers["Link"]
    for address in (shown["evidence_url"], shown["compare_url"], shown["first"]["url"]):
        assert client.get(address).status_code == 200, address


def test_it_is_not_sent_again_to_who_has_it(client: Client, pair: tuple[Article, Article]) -> None:
    address = f"{LINKS}{make_link(*pair).pk}/"
    etag = client.get(address).headers["ETag"]

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_passages_are_code_points_of_both_texts(
    client: Client, pair: tuple[Article, Article]
) -> None:
    link = make_link(*pair)

    evidence = client.get(f"{LINKS}{link.pk}/evidence/").json()

    [passage] = evidence["passages"]
    for side, article in zip(("first", "second"), pair, strict=True):
        span = passage[side]
        assert span["quote"] == SHARED
        assert current(article).text[span["start"] : span["end"]] == SHARED
        assert evidence[side]["id"] == current(article).pk
    assert (evidence["days"], evidence["direction"], evidence["cosine"]) == (1, None, None)


def test_passages_are_those_of_the_versions_that_were_compared(
    client: Client, pair: tuple[Article, Article]
) -> None:
    link = make_link(*pair)
    make_version(pair[0], "Quite another text than before.")

    [passage] = client.get(f"{LINKS}{link.pk}/evidence/").json()["passages"]

    assert passage["first"]["quote"] == SHARED


def test_an_event_is_told_by_words_and_names(client: Client, pair: tuple[Article, Article]) -> None:
    evidence = {
        "cosine": 0.5, "names_cosine": 0.75, "names": ["Bilash"], "days": -1,
        "words_in_common": ["harbour"],
        "direction": {"side": "first", "because": ["byline: Meridian Wire"]},
    }  # fmt: skip
    link = make_link(*pair, kind="same_event", evidence=evidence)

    shown = client.get(f"{LINKS}{link.pk}/evidence/").json()

    assert {name: shown[name] for name in evidence} == evidence
    assert (shown["passages"], shown["words"]) == (None, None)


def test_links_are_narrowed_by_each_filter(
    client: Client, corpus: Corpus, pair: tuple[Article, Article]
) -> None:
    third = make_article(corpus)
    one = make_link(*pair, score=0.9)
    two = make_link(pair[0], third, kind="same_event", score=0.4)
    withdrawn = make_link(pair[1], third, status="withdrawn", suggested=False)
    judge(two, make_member(corpus, Role.ANNOTATOR, make_user("judge")), "rejected")

    expected = {
        "": [two.pk, one.pk],
        f"article={pair[1].pk}": [one.pk],
        f"article={third.pk}": [two.pk],
        f"articles={pair[0].pk},{pair[1].pk}": [one.pk],
        f"articles={pair[0].pk}": [],
        "kind=same_event": [two.pk],
        "status=rejected": [two.pk],
        "status=held": [one.pk],
        "score_min=0.5": [one.pk],
        "score_min=1": [],
        "by=judge": [two.pk],
        "by=-": [one.pk],
        "corpus=default": [two.pk, one.pk],
        "since=2000-01-01": [two.pk, one.pk],
        "since=2000-01-01T00:00:00Z": [two.pk, one.pk],
        "since=2100-01-01": [],
    }

    assert {query: ids(client.get(f"{LINKS}?{query}")) for query in expected} == expected
    assert client.get(f"{LINKS}{withdrawn.pk}/").json()["status"] == "withdrawn"


def test_pages_follow_each_other_in_a_steady_number_of_queries(
    client: Client,
    corpus: Corpus,
    pair: tuple[Article, Article],
    django_assert_max_num_queries: Any,
) -> None:
    links = [make_link(pair[0], make_article(corpus)).pk for _ in range(7)]

    first = client.get(f"{LINKS}?limit=3")
    second = client.get(first.json()["next"])
    with django_assert_max_num_queries(12):
        third = client.get(second.json()["next"])

    assert ids(first) + ids(second) + ids(third) == links[::-1]
    assert third.json()["next"] is None
    assert ids(client.get(second.json()["previous"])) == ids(first)


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("kind=nope", 400, "kind"),
        ("status=withdrawn", 400, "status"),
        ("status=Confirmed", 400, "status"),
        ("score_min=nan", 400, "score_min"),
        ("score_min=2", 400, "score_min"),
        ("score_min=٠", 400, "score_min"),
        ("articles=1,,2", 400, "articles"),
        ("articles=1;2", 400, "articles"),
        (f"articles={','.join(['1'] * 501)}", 400, "articles"),
        ("article=x", 400, "article"),
        ("article=999999", 404, "article"),
        ("since=2019-02-30", 400, "since"),
        ("since=2019-02-03T10:00:00", 400, "since"),
        ("since=9999-12-31T23:59:00-23:59", 400, "since"),
        ("by=a%00b", 400, "by"),
        ("by=nobody", 404, "by"),
        ("nope=1", 400, "nope"),
        ("first__headline=x", 400, "first__headline"),
        ("limit=-1", 400, "limit"),
    ],
)
def test_a_filter_that_is_none_is_named(
    client: Client, query: str, status: int, field: str
) -> None:
    response = client.get(f"{LINKS}?{query}")

    assert response.status_code == status
    assert field in problem(response)["errors"]


def test_what_pages_call_confirmed_is_found_by_either_word(
    client: Client, corpus: Corpus, pair: tuple[Article, Article]
) -> None:
    link = judge(make_link(*pair), verdict="confirmed").link
    make_link(pair[0], make_article(corpus))

    for word in ("confirmed", "accepted"):
        [row] = client.get(f"{LINKS}?status={word}").json()["results"]
        assert (row["id"], row["status"]) == (link.pk, "accepted")


def test_a_cursor_that_is_none_is_refused(client: Client) -> None:
    assert client.get(f"{LINKS}?cursor=nonsense").status_code == 400


def test_links_of_articles_that_do_not_stand_are_not_there(
    client: Client, pair: tuple[Article, Article]
) -> None:
    link = make_link(*pair)
    Article.objects.filter(pk=pair[1].pk).update(standing=False)

    assert ids(client.get(LINKS)) == []
    assert client.get(f"{LINKS}{link.pk}/").status_code == 404


def test_a_licensed_corpus_shows_outsiders_that_there_is_a_link_and_no_more(
    with_token: MakeClient,
) -> None:
    corpus = make_corpus("licensed", access=Access.LICENSED)
    link = make_link(
        make_article(corpus, paragraphs=(SHARED,)), make_article(corpus, paragraphs=(SHARED,))
    )
    judge(link, note=f"Both have “{SHARED}”")
    stranger = make_user("stranger")
    client = with_token(stranger)

    shown = client.get(f"{LINKS}{link.pk}/").json()
    hidden = client.get(shown["evidence_url"]), client.get(shown["compare_url"])

    assert shown["judgements"][0] | {"at": ""} == {
        "by": None, "verdict": "confirmed", "direction": None, "note": None, "at": "",
    }  # fmt: skip
    assert [each.status_code for each in hidden] == [404, 404]
    Membership.objects.create(corpus=corpus, user=stranger, role=Role.VIEWER)
    assert client.get(shown["evidence_url"]).status_code == 200
    assert client.get(f"{LINKS}{link.pk}/").json()["judgements"][0]["note"]


def test_two_texts_are_compared_word_by_word(client: Client, corpus: Corpus) -> None:
    paragraphs = ("The neighboring town 🎉 saw hundreds of thousands march on Tuesday.",)
    first = make_article(corpus, paragraphs=(*paragraphs, "This paragraph was cut by the paper."))
    second = make_article(
        corpus, paragraphs=(paragraphs[0].replace("neighboring", "neighbouring"),)
    )

    compared = client.get(f"/api/v1/articles/{first.pk}/compare/{second.pk}/").json()

    text, blocks = current(first).text, compared["first"]["blocks"]
    fates = {
        run["fate"]: text[run["start"] : run["end"]].strip()
        for row in compared["rows"]
        for run in row["first_runs"]
    }
    assert fates["respelled"] == "neighboring"
    [cut] = [row for row in compared["rows"] if row["fate"] == "cut"]
    span = blocks[cut["first"]]
    assert text[span["start"] : span["end"]] == "This paragraph was cut by the paper."
    assert compared["summary"]["first"]["cut"] == 7
    assert compared["page"].endswith(f"/compare/{first.pk}/{second.pk}/")


def test_what_the_paper_left_out_is_named(client: Client, corpus: Corpus) -> None:
    shared = "The march on Tuesday was the largest that the town has ever seen in its history."
    said = "Its mayor, Serikzhan Bilash, said: “We had never thought that so many would come.”"
    first = make_article(corpus, paragraphs=(shared, said))
    second = make_article(corpus, paragraphs=(shared,))

    compared = client.get(f"/api/v1/articles/{first.pk}/compare/{second.pk}/").json()

    lacks = compared["first"]["left_out"]
    assert "Serikzhan Bilash" in lacks["names"]
    [quotation] = lacks["quotations"]
    text = current(first).text
    assert text[quotation["start"] : quotation["end"]] == quotation["quote"]
    assert compared["second"]["left_out"] == {"names": [], "quotations": []}


def test_who_the_other_credits_is_not_left_out(client: Client, corpus: Corpus) -> None:
    shared = "The march on Tuesday was the largest that the town has ever seen in its history."
    first = make_article(corpus, paragraphs=(shared, "Serikzhan Bilash told the Associated Press."))
    second = make_article(corpus, paragraphs=(shared,), byline="By Serikzhan Bilash")
    third = make_article(corpus, paragraphs=(shared,), agencies=("Associated Press",))

    names = [
        client.get(f"/api/v1/articles/{first.pk}/compare/{other.pk}/").json()["first"]["left_out"]
        for other in (second, third)
    ]

    assert [each["names"] for each in names] == [["Associated Press"], ["Serikzhan Bilash"]]


def test_an_article_tells_what_it_is_related_to_by_kind_and_why(
    client: Client, corpus: Corpus, pair: tuple[Article, Article]
) -> None:
    link = make_link(*pair, direction="second", found_direction="second")
    event = make_link(pair[0], make_article(corpus), kind="same_event")
    judge(make_link(pair[0], make_article(corpus)), verdict="rejected")

    shown = client.get(f"/api/v1/articles/{pair[0].pk}/related/").json()

    assert [group["kind"] for group in shown["groups"]] == ["edited_version", "same_event"]
    [item] = shown["groups"][0]["items"]
    assert (item["article"]["id"], item["link"]["id"]) == (pair[1].pk, link.pk)
    assert item["derived"] is False
    assert item["why"]
    assert shown["groups"][1]["items"][0]["link"]["id"] == event.pk
    assert shown["rejected"] == 1
    assert len(client.get(shown["links_url"]).json()["results"]) == 3


def test_outsiders_of_a_licensed_corpus_are_not_told_what_is_shared(
    with_token: MakeClient,
) -> None:
    corpus = make_corpus("licensed", access=Access.LICENSED)
    one, two = (make_article(corpus, paragraphs=(SHARED,)) for _ in range(2))
    make_link(one, two)

    shown = with_token(make_user("stranger")).get(f"/api/v1/articles/{one.pk}/related/").json()

    [item] = shown["groups"][0]["items"]
    assert item["share"] is None
    assert "%" not in item["why"]


def test_versions_of_one_article_are_compared(client: Client, corpus: Corpus) -> None:
    article = make_article(corpus, paragraphs=("The bridge opened on Tuesday.",))
    make_version(article, "The bridge opened on Monday.")
    address = f"/api/v1/articles/{article.pk}/compare/{article.pk}/"

    compared = client.get(f"{address}?first_version=1&second_version=2").json()

    numbers = [compared[side]["version"]["number"] for side in ("first", "second")]
    assert numbers == [1, 2]
    assert compared["page"].endswith("/?first_version=1&second_version=2")
    assert compared["summary"]["second"]["added"] == 1
    assert client.get(f"{address}?first_version=9").status_code == 404
    assert client.get(f"{address}?first_version=x").status_code == 400


def walked(client: Client, query: str) -> list[int]:
    """Return the ids of all pages of two, there and back."""
    there: list[list[int]] = []
    address: str | None = f"{LINKS}?{query}&limit=2"
    last = ""
    while address is not None:
        page = client.get(address)
        there.append(ids(page))
        last, address = address, page.json()["next"]
    back = []
    address = last
    while address is not None:
        page = client.get(address)
        back.append(ids(page))
        address = page.json()["previous"]
    assert back[::-1] == there
    return [pk for some in there for pk in some]


def test_links_are_ordered_by_score_and_by_days_with_steady_pages(
    client: Client, corpus: Corpus
) -> None:
    first = make_article(corpus, published=date(1932, 3, 1))
    days = [(0.5, 3), (0.9, 1), (None, 9), (0.5, None), (0.1, 0)]
    links = [
        make_link(
            first,
            make_article(corpus, published=date(1932, 3, 1 + (day or 0))),
            score=score,
        )
        for score, day in days
    ]
    Article.objects.filter(pk=links[3].second_id).update(
        published_date=None, published_precision=None
    )
    pks = [link.pk for link in links]

    by_score, by_days, newest = (
        [pks.index(pk) for pk in walked(client, f"order={order}")]
        for order in ("score", "days", "newest")
    )

    assert by_score == [2, 1, 3, 0, 4]
    assert by_days == [4, 1, 0, 2, 3]
    assert newest == [4, 3, 2, 1, 0]


def test_an_order_that_is_none_and_a_cursor_of_another_are_refused(
    client: Client, corpus: Corpus
) -> None:
    first = make_article(corpus)
    for _ in range(3):
        make_link(first, make_article(corpus), score=0.5)
    cursor = client.get(f"{LINKS}?limit=1&order=days").json()["next"].partition("cursor=")[2]
    cursor = cursor.partition("&")[0]

    assert "order" in problem(client.get(f"{LINKS}?order=best"))["errors"]
    for order in ("score", "newest"):
        assert client.get(f"{LINKS}?order={order}&cursor={cursor}").status_code == 400
