"""Stories by the API: listed, named, merged, parted, and articles put where they belong."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Access, Article, Corpus, Coverage, Door, Operation, Role, Story
from articles.related.stories import story_acts
from tests.api.conftest import MakeClient, problem
from tests.factories import make_article, make_corpus, make_member, make_story, make_user

pytestmark = pytest.mark.django_db
STORIES = "/api/v1/stories/"


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def client(annotator: User, with_token: MakeClient) -> Client:
    return with_token(annotator)


@pytest.fixture
def articles(corpus: Corpus) -> list[Article]:
    return [
        make_article(corpus, headline=f"Strike, day {day}", published=date(1926, 5, day))
        for day in (1, 2, 3)
    ]


@pytest.fixture
def story(corpus: Corpus, articles: list[Article]) -> Story:
    return make_story(corpus, articles)


def post(client: Client, address: str, body: Any = None, **headers: str) -> Any:
    return client.post(address, body, content_type="application/json", headers=headers)


def patch(client: Client, address: str, body: Any, **headers: str) -> Any:
    return client.patch(address, body, content_type="application/json", headers=headers)


def in_story(client: Client, story: int) -> list[int]:
    results = client.get(f"{STORIES}{story}/articles/").json()["results"]
    return [each["article"]["id"] for each in results]


def test_a_story_says_what_it_is_called_and_how_much_there_is_of_it(
    client: Client, story: Story, articles: list[Article]
) -> None:
    shown = client.get(f"{STORIES}{story.pk}/").json()

    assert shown["name"] == "Strike, day 1"
    assert not shown["is_named"]
    assert (shown["articles"], shown["first"], shown["last"]) == (3, "1926-05-01", "1926-05-03")
    assert shown["page"].endswith(f"/stories/{story.pk}/")
    assert in_story(client, story.pk) == [article.pk for article in articles]


@pytest.fixture
def found_stories(corpus: Corpus, index: Callable[[], int]) -> dict[str, Story]:
    days = {"Flood": (1, 9), "Strike": (2, 3, 4), "Fair": (20,)}
    stories = {
        name: make_story(
            corpus,
            [make_article(corpus, headline=name, published=date(1926, 5, day)) for day in found],
        )
        for name, found in days.items()
    }
    make_story(corpus, name="Nothing in it")
    index()
    return stories


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("order=latest", ["Fair", "Flood", "Strike"]),
        ("order=largest", ["Strike", "Flood", "Fair"]),
        ("order=newest&q=", ["Nothing in it", "Fair", "Strike", "Flood"]),
        ("q=flo", ["Flood"]),
        ("q=nothing", []),
        ("from=1926-05-02&to=1926-05-09", ["Flood", "Strike"]),
        ("from=1926-05-02&to=1926-05-08&order=largest", ["Strike"]),
        ("from=1926-05-10&to=9999-12-31", ["Fair"]),
        ("order=largest&limit=1", ["Strike"]),
        ("corpus=none", None),
    ],
)
def test_the_list_is_narrowed_and_put_in_order_as_its_page_is(
    client: Client, found_stories: dict[str, Story], query: str, found: list[str] | None
) -> None:
    assert found_stories
    answer = client.get(f"{STORIES}?{query}")

    if found is None:
        assert answer.status_code == 404
    else:
        assert [each["name"] for each in answer.json()["results"]] == found
        assert answer.json()["is_whole"]


def test_the_story_of_an_article_is_narrowed_too(
    client: Client, found_stories: dict[str, Story]
) -> None:
    article = Article.objects.get(coverage__story=found_stories["Fair"])

    def named(query: str) -> list[str]:
        results = client.get(f"{STORIES}?article={article.pk}&{query}").json()["results"]
        return [each["name"] for each in results]

    assert named("q=fair") == named("order=largest") == named("from=1926-05-20") == ["Fair"]
    assert named("q=flood") == named("to=1926-05-19") == named("to=1926-05-19&order=largest") == []


def test_a_list_by_latest_article_is_paged(client: Client, found_stories: dict[str, Story]) -> None:
    first = client.get(f"{STORIES}?order=latest&limit=2").json()
    second = client.get(first["next"]).json()

    assert [each["id"] for each in second["results"]] == [found_stories["Strike"].pk]
    assert second["next"] is None


def test_it_says_that_headlines_could_not_be_searched(client: Client, story: Story) -> None:
    story_acts.rename(story, "Strike", by=None, door=Door.API)

    answer = client.get(f"{STORIES}?q=strike").json()

    assert [each["id"] for each in answer["results"]] == [story.pk]
    assert not answer["is_whole"]


@pytest.mark.parametrize("query", ["from=tomorrow", "to=19260502", "order=best", "q=%00", "days=1"])
def test_a_filter_that_it_does_not_know_is_refused(client: Client, query: str) -> None:
    assert query.partition("=")[0] in problem(client.get(f"{STORIES}?{query}"))["errors"]


def test_a_list_of_nothing_is_told_how_much_it_lacks(client: Client) -> None:
    told = problem(post(client, STORIES, {"articles": []}))["errors"]["articles"]

    assert told == "This must have at least 1 item."


@pytest.mark.parametrize("number", ["9" * 16, "99999999999999999999999"])
def test_a_number_that_no_row_has_is_said_to_be_too_large(client: Client, number: str) -> None:
    listed = problem(client.get(f"{STORIES}?article={number}"))
    sent = problem(post(client, STORIES, {"articles": [int(number)]}))

    assert listed["errors"] == {"article": "This is too large: no id is."}
    assert sent["errors"] == {"articles.0": "This is too large: no id is."}
    assert listed["status"] == sent["status"] == 400


def test_the_list_is_paged_and_finds_the_story_of_an_article(
    client: Client, corpus: Corpus, story: Story, articles: list[Article]
) -> None:
    other = make_story(corpus, [make_article(corpus)], name="Another")

    first = client.get(f"{STORIES}?limit=1").json()
    second = client.get(first["next"]).json()
    of_article = client.get(f"{STORIES}?article={articles[0].pk}").json()["results"]

    assert [each["id"] for each in first["results"] + second["results"]] == [other.pk, story.pk]
    assert second["next"] is None
    assert [each["id"] for each in of_article] == [story.pk]
    assert client.get(f"{STORIES}?article={articles[0].pk}&corpus=none").status_code == 404


def test_it_is_renamed_by_who_saw_it_as_it_is(client: Client, story: Story) -> None:
    address = f"{STORIES}{story.pk}/"
    seen = client.get(address).headers["ETag"]

    named = patch(client, address, {"name": "The strike", "note": "Nine days"}, if_match=seen)
    late = patch(client, address, {"name": "Other"}, if_match=seen)

    assert named.status_code == 200
    assert (named.json()["name"], named.json()["note"]) == ("The strike", "Nine days")
    assert Operation.objects.filter(pk=named.headers["Newsroom-Operation"]).exists()
    assert late.status_code == 412
    assert problem(late)["current"]["name"] == "The strike"


def test_stories_are_merged_and_that_is_undone(
    client: Client, corpus: Corpus, story: Story
) -> None:
    other = make_story(corpus, [make_article(corpus)], name="Also the strike")

    merged = post(client, f"{STORIES}{story.pk}/merge/", {"stories": [other.pk]})

    assert merged.json()["articles"] == 4
    assert client.get(f"{STORIES}{other.pk}/").json()["merged_into"]["id"] == story.pk
    assert [each["id"] for each in client.get(STORIES).json()["results"]] == [story.pk]
    operation = merged.headers["Newsroom-Operation"]
    assert post(client, f"/api/v1/operations/{operation}/undo/").status_code == 201
    assert client.get(f"{STORIES}{story.pk}/").json()["articles"] == 3


def test_a_part_becomes_a_story_of_its_own(
    client: Client, story: Story, articles: list[Article]
) -> None:
    body = {"articles": [articles[2].pk], "name": "Aftermath"}

    part = post(client, f"{STORIES}{story.pk}/split/", body)
    nothing_left = post(
        client, f"{STORIES}{story.pk}/split/", {"articles": [articles[0].pk, articles[1].pk]}
    )

    assert part.status_code == 201
    assert in_story(client, part.json()["id"]) == [articles[2].pk]
    assert in_story(client, story.pk) == [articles[0].pk, articles[1].pk]
    assert nothing_left.status_code == 409
    assert "articles" in problem(nothing_left)["errors"]
    assert part.headers["Newsroom-Operation"]


def test_articles_are_moved_kept_out_and_let_go(
    client: Client, corpus: Corpus, story: Story, articles: list[Article]
) -> None:
    alone = make_article(corpus)
    into = post(client, f"{STORIES}move/", {"articles": [alone.pk], "to": story.pk})
    out = post(client, f"{STORIES}move/", {"articles": [articles[0].pk], "to": None})
    again = post(client, f"{STORIES}move/", {"articles": [articles[0].pk], "to": None})

    [moved] = into.json()["results"]
    assert (moved["story"]["id"], moved["pinned"]) == (story.pk, True)
    assert out.json()["results"][0]["story"] is None
    assert set(in_story(client, story.pk)) == {articles[1].pk, articles[2].pk, alone.pk}
    assert "Newsroom-Operation" not in again.headers
    let_go = post(client, f"{STORIES}let-go/", {"articles": [articles[0].pk]})
    assert let_go.json()["results"][0]["pinned"] is False
    assert not Coverage.objects.get(article=articles[0]).pinned


def test_the_same_key_makes_one_story(client: Client, articles: list[Article]) -> None:
    body = {"articles": [articles[0].pk], "name": "One"}

    first, second = (post(client, STORIES, body, idempotency_key="k") for _ in range(2))

    assert first.status_code == second.status_code == 201
    assert first.json()["id"] == second.json()["id"]
    assert Story.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"articles": []}, "articles"),
        ({"articles": [1], "note": "x"}, "note"),
        ({"articles": [1], "name": "x" * 301}, "name"),
        ({"articles": "1"}, "articles"),
        ({"articles": [1.5]}, "articles.0"),
        ({"name": "x"}, "articles"),
    ],
)
def test_what_is_sent_wrongly_is_named(client: Client, body: Any, field: str) -> None:
    assert field in problem(post(client, STORIES, body))["errors"]


def test_bodies_with_nul_are_refused(client: Client, story: Story) -> None:
    response = patch(client, f"{STORIES}{story.pk}/", {"name": "a\0b"})

    assert response.status_code == 400
    story.refresh_from_db()
    assert story.name == ""


def test_a_viewer_looks_and_changes_nothing(
    corpus: Corpus, story: Story, articles: list[Article], with_token: MakeClient
) -> None:
    viewer = with_token(make_member(corpus, Role.VIEWER))
    ids = {"articles": [articles[0].pk]}

    answers = [
        patch(viewer, f"{STORIES}{story.pk}/", {"name": "x"}),
        post(viewer, STORIES, ids),
        post(viewer, f"{STORIES}{story.pk}/split/", ids),
        post(viewer, f"{STORIES}{story.pk}/merge/", {"stories": [story.pk]}),
        post(viewer, f"{STORIES}move/", {**ids, "to": None}),
        post(viewer, f"{STORIES}let-go/", ids),
    ]

    assert viewer.get(f"{STORIES}{story.pk}/").status_code == 200
    assert [answer.status_code for answer in answers] == [403] * 6


def test_of_a_licensed_corpus_outsiders_see_no_notes(with_token: MakeClient) -> None:
    corpus = make_corpus("licensed", access=Access.LICENSED)
    story = make_story(corpus, [make_article(corpus)], name="Named", note="From the text")

    shown = with_token(make_user("stranger")).get(f"{STORIES}{story.pk}/").json()

    assert (shown["name"], shown["note"], shown["by"]) == ("Named", None, None)
