"""Links by the API: made, confirmed, rejected, of another kind, many at once; and undone."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, Corpus, Judgement, Link, Operation, Role
from tests.api.conftest import MakeClient, problem
from tests.factories import judge, make_article, make_corpus, make_link, make_member, make_user

pytestmark = pytest.mark.django_db
LINKS = "/api/v1/links/"


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def client(annotator: User, with_token: MakeClient) -> Client:
    return with_token(annotator)


@pytest.fixture
def pair(corpus: Corpus) -> tuple[Article, Article]:
    return make_article(corpus), make_article(corpus)


@pytest.fixture
def link(pair: tuple[Article, Article]) -> Link:
    return make_link(*pair)


def post(client: Client, address: str, body: Any = None, **headers: str) -> Any:
    return client.post(address, body, content_type="application/json", headers=headers)


def test_a_link_is_made_once_and_confirmed(client: Client, pair: tuple[Article, Article]) -> None:
    body = {"first": pair[0].pk, "second": pair[1].pk, "kind": "background", "note": "Both of it"}

    made, again = post(client, LINKS, body), post(client, LINKS, body)

    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json()["id"] == again.json()["id"]
    assert (made.json()["status"], made.json()["suggested"]) == ("accepted", False)
    assert made.headers["Location"] == made.json()["url"]
    assert Operation.objects.filter(pk=made.headers["Newsroom-Operation"]).exists()
    assert "Newsroom-Operation" not in again.headers


def test_its_direction_is_of_the_two_as_they_are_sent(
    client: Client, pair: tuple[Article, Article]
) -> None:
    body = {"kind": "follow_up", "direction": "first", "note": "Says so"}

    one = post(client, LINKS, body | {"first": pair[1].pk, "second": pair[0].pk}).json()

    assert (one["first"]["id"], one["second"]["id"]) == (pair[0].pk, pair[1].pk)
    assert one["direction"] == "second"


def test_it_is_confirmed_and_taken_back(client: Client, link: Link, annotator: User) -> None:
    address = f"{LINKS}{link.pk}/judge/"

    said = post(client, address, {"verdict": "rejected", "note": "Two bridges"})
    again = post(client, address, {"verdict": "rejected"})
    back = client.delete(address)

    assert said.json()["status"] == "rejected"
    [judgement] = again.json()["judgements"]
    assert (judgement["by"], judgement["note"]) == (annotator.username, "Two bridges")
    assert "Newsroom-Operation" not in again.headers
    assert (back.status_code, back.json()["status"]) == (200, "suggested")
    assert back.json()["judgements"] == []


def test_two_who_disagree_are_both_kept(client: Client, link: Link) -> None:
    judge(link, verdict="rejected")

    shown = post(client, f"{LINKS}{link.pk}/judge/", {"verdict": "confirmed"}).json()

    assert shown["status"] == "disputed"
    assert [each["verdict"] for each in shown["judgements"]] == ["rejected", "confirmed"]


def test_what_changed_meanwhile_is_not_judged(client: Client, link: Link) -> None:
    address = f"{LINKS}{link.pk}/judge/"
    seen = client.get(f"{LINKS}{link.pk}/").headers["ETag"]
    judge(link)

    late = post(client, address, {"verdict": "rejected"}, if_match=seen)

    assert late.status_code == 412
    assert problem(late)["current"]["status"] == "accepted"
    assert Judgement.objects.count() == 1


def test_a_direction_that_nothing_supports_needs_a_reason(client: Client, link: Link) -> None:
    body = {"verdict": "confirmed", "direction": "first"}

    bare = post(client, f"{LINKS}{link.pk}/judge/", body)
    told = post(client, f"{LINKS}{link.pk}/judge/", body | {"note": "Its editor told us"})

    assert bare.status_code == 409
    assert set(problem(bare)["errors"]) <= {"direction", "note"}
    assert told.json()["direction"] == "first"


def test_another_kind_is_one_operation_that_is_undone(client: Client, link: Link) -> None:
    changed = post(client, f"{LINKS}{link.pk}/kind/", {"kind": "background"})

    assert (changed.json()["kind"], changed.json()["status"]) == ("background", "accepted")
    link.refresh_from_db()
    assert link.status == "rejected"
    operation = changed.headers["Newsroom-Operation"]
    assert post(client, f"/api/v1/operations/{operation}/undo/").status_code == 201
    link.refresh_from_db()
    assert link.status == "suggested"
    assert client.get(changed.json()["url"]).json()["status"] == "withdrawn"


def test_many_are_judged_with_an_answer_for_each(
    client: Client, corpus: Corpus, link: Link, pair: tuple[Article, Article]
) -> None:
    other = make_link(pair[0], make_article(corpus))
    hidden = make_corpus("hidden")
    theirs = make_link(make_article(hidden), make_article(hidden))

    answer = post(client, f"{LINKS}judge/", {"confirm": [link.pk, theirs.pk], "reject": [other.pk]})

    assert answer.status_code == 207
    lines = answer.json()["results"]
    assert [(line["index"], line["id"], line["outcome"]) for line in lines] == [
        (0, link.pk, "confirmed"), (1, theirs.pk, "failed"), (2, other.pk, "rejected"),
    ]  # fmt: skip
    assert lines[1]["url"] is None
    assert "link" in lines[1]["errors"]
    assert len(answer.json()["operations"]) == 2
    assert not Judgement.objects.filter(link=theirs).exists()


def test_with_only_open_what_others_judged_is_left_alone(client: Client, link: Link) -> None:
    judge(link)

    answer = post(client, f"{LINKS}judge/", {"reject": [link.pk], "only_open": True})

    assert answer.json()["results"][0]["outcome"] == "unchanged"
    assert Judgement.objects.count() == 1


def test_the_same_key_judges_once(client: Client, link: Link) -> None:
    body = {"confirm": [link.pk]}

    first, second = (post(client, f"{LINKS}judge/", body, idempotency_key="k") for _ in range(2))

    assert first.json() == second.json()
    assert second.headers["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "confirm"),
        ({"confirm": []}, "confirm"),
        ({"confirm": ["1"]}, "confirm.0"),
        ({"confirm": [1], "all": True}, "all"),
        ({"confirm": [1], "note": 5}, "note"),
        ({"confirm": list(range(1, 1_002))}, "confirm"),
    ],
)
def test_a_wrong_list_is_refused(client: Client, link: Link, body: Any, field: str) -> None:
    del link
    assert field in problem(post(client, f"{LINKS}judge/", body))["errors"]


def test_what_is_confirmed_is_not_rejected_as_well(client: Client, link: Link) -> None:
    answer = post(client, f"{LINKS}judge/", {"confirm": [link.pk], "reject": [link.pk]})

    assert answer.status_code == 409
    assert "reject" in problem(answer)["errors"]
    assert not Judgement.objects.exists()


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"kind": "cousin"}, 400, "kind"),
        ({"second": 2**53}, 400, "second"),
        ({"second": 999_999}, 404, "second"),
        ({"direction": "up"}, 400, "direction"),
        ({"score": 1}, 400, "score"),
        ({"note": "x" * 10_001}, 400, "note"),
    ],
)
def test_a_link_that_can_not_be_is_refused(
    client: Client, pair: tuple[Article, Article], change: Any, status: int, field: str
) -> None:
    body = {"first": pair[0].pk, "second": pair[1].pk, "kind": "background", **change}

    response = post(client, LINKS, body)

    assert response.status_code == status
    assert field in problem(response)["errors"]
    assert Link.objects.count() == 0


def test_one_article_or_two_corpora_make_no_link(
    client: Client, annotator: User, pair: tuple[Article, Article]
) -> None:
    elsewhere = make_corpus("elsewhere")
    make_member(elsewhere, Role.ANNOTATOR, annotator)
    ends = pair[0].pk, make_article(elsewhere).pk

    itself = post(client, LINKS, {"first": ends[0], "second": ends[0], "kind": "background"})
    across = post(client, LINKS, {"first": ends[0], "second": ends[1], "kind": "background"})

    assert (itself.status_code, across.status_code) == (409, 409)
    assert list(problem(itself)["errors"]) == list(problem(across)["errors"]) == ["second"]


def test_nul_is_refused_everywhere(client: Client, link: Link) -> None:
    body = {"verdict": "confirmed", "note": "a\0b"}

    assert post(client, f"{LINKS}{link.pk}/judge/", body).status_code == 400
    assert Judgement.objects.count() == 0


def test_a_viewer_judges_nothing(
    corpus: Corpus, link: Link, pair: tuple[Article, Article], with_token: MakeClient
) -> None:
    viewer = with_token(make_member(corpus, Role.VIEWER))
    made = {"first": pair[0].pk, "second": pair[1].pk, "kind": "background"}

    answers = [
        post(viewer, LINKS, made),
        post(viewer, f"{LINKS}{link.pk}/judge/", {"verdict": "confirmed"}),
        viewer.delete(f"{LINKS}{link.pk}/judge/"),
        post(viewer, f"{LINKS}{link.pk}/kind/", {"kind": "background"}),
        post(viewer, f"{LINKS}judge/", {"confirm": [link.pk]}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert Judgement.objects.count() == 0


def test_to_a_stranger_it_is_not_there(link: Link, with_token: MakeClient) -> None:
    stranger = with_token(make_user("stranger"))

    answers = [
        post(stranger, f"{LINKS}{link.pk}/judge/", {"verdict": "confirmed"}),
        post(stranger, f"{LINKS}judge/", {"confirm": [link.pk]}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
