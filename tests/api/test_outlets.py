"""Who takes from whom, by the API."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Access, Article, Corpus, Source, Version
from tests.api.conftest import MakeClient, problem
from tests.factories import make_article, make_corpus, make_link, make_member, make_source

pytestmark = pytest.mark.django_db
OUTLETS = "/api/v1/outlets/"


@pytest.fixture
def client(corpus: Corpus, with_token: MakeClient) -> Client:
    return with_token(make_member(corpus))


def _taken(corpus: Corpus, headline: str = "Taken") -> tuple[Article, Article]:
    """Return an article of The Times that is from one of Reuters."""
    reuters, times = (
        Source.objects.filter(corpus=corpus, name=name).first() or make_source(corpus, name)
        for name in ("Reuters", "The Times")
    )
    wire = make_article(corpus, source=reuters)
    mine = make_article(corpus, headline=headline, source=times, agencies=("Havas",))
    make_link(wire, mine, found_direction="second")
    return mine, wire


def test_it_has_the_rows_of_the_table(client: Client, corpus: Corpus) -> None:
    taken, wire = _taken(corpus)

    answer = client.get(OUTLETS).json()

    [times] = answer["results"]
    assert times["outlet"]["id"] == taken.source_id
    assert (times["articles"], times["words"]) == (1, taken.word_count)
    reuters, havas = sorted(times["takes"], key=lambda flow: flow["name"], reverse=True)
    assert reuters["outlet"]["url"].endswith(f"/api/v1/sources/{wire.source_id}/")
    assert (reuters["direction"], reuters["articles"], reuters["kept"]) == ("from", 1, 1.0)
    assert (reuters["pairs_read"], reuters["lacks"]["end"]) == (1, 0.0)
    assert (havas["outlet"], havas["credited"], havas["lacks"]) == (None, 1, None)
    assert answer["is_whole"]


def test_it_says_how_many_pairs_were_left_out(client: Client, corpus: Corpus) -> None:
    taken, _ = _taken(corpus)
    Version.objects.filter(article=taken).update(read={"flags": ["truncated"]})

    takes = client.get(OUTLETS).json()["results"][0]["takes"]

    [reuters] = [flow for flow in takes if flow["name"] == "Reuters"]
    assert (reuters["pairs_read"], reuters["pairs_cut_short"], reuters["lacks"]) == (0, 1, None)


def test_it_is_narrowed_by_corpus_and_query(
    client: Client, corpus: Corpus, index: Callable[[], int]
) -> None:
    _taken(corpus, "Wanted")
    _taken(corpus, "Another")
    elsewhere = make_corpus("elsewhere", access=Access.OPEN)
    index()

    def articles(query: str) -> list[int]:
        return [row["articles"] for row in client.get(f"{OUTLETS}?{query}").json()["results"]]

    assert articles(f"corpus={corpus.slug}") == [2]
    assert articles("q=headline:wanted") == [1]
    assert articles(f"corpus={elsewhere.slug}") == []
    assert articles(f"corpus={elsewhere.slug}&q=headline:wanted") == []


def test_it_tells_nothing_of_texts_that_are_not_ones_own_to_read(
    with_token: MakeClient, admin_user: User, client: Client
) -> None:
    licensed = make_corpus("licensed", access=Access.LICENSED)
    _taken(licensed)

    assert client.get(OUTLETS).json()["results"] == []
    assert client.get(f"{OUTLETS}?corpus=licensed").json()["results"] == []
    assert with_token(admin_user).get(OUTLETS).json()["results"]


@pytest.mark.parametrize(("query", "field"), [("q=(", "q"), ("sort=newest", "sort")])
def test_what_it_does_not_know_is_refused(
    client: Client, index: Callable[[], int], query: str, field: str
) -> None:
    index()

    answer = client.get(f"{OUTLETS}?{query}")

    assert answer.status_code == 400
    assert field in problem(answer)["errors"]
