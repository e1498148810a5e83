"""The same name elsewhere, told to scripts and shown on a page; and the job that tags it there."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.annotate.spreading import spreads
from articles.models import (
    Anchor,
    Article,
    Corpus,
    Mention,
    MentionOrigin,
    MentionStatus,
    Operation,
    Role,
    Spread,
    SpreadStatus,
)
from tests.factories import current, make_article, make_entity, make_member, make_mention, make_task

type Index = Callable[[], int]

HERE = "👩‍👩‍👧 Zoë Doe met <b>Zoë Doe</b> and Zoë Doe."
ELSEWHERE = "e\u0301 \u202eZoe\u0308 Doe\u202c 👍🏽 Zoë Doe’s <script>alert(1)</script>"


@pytest.fixture
def annotator(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


@pytest.fixture
def browser(annotator: User) -> Client:
    client = Client()
    client.force_login(annotator)
    return client


@pytest.fixture
def told(corpus: Corpus, annotator: User, index: Index) -> Mention:
    """Return a tag of a name that stands elsewhere too."""
    doe = make_entity(corpus, "Zoë Doe")
    article = make_article(corpus, headline="What was said", paragraphs=(HERE,))
    make_article(corpus, headline="<i>Else</i>", paragraphs=(ELSEWHERE,))
    mention = make_mention(article, "Zoë Doe", entity=doe, by=annotator)
    index()
    return mention


def same(mention: Mention) -> str:
    return f"/articles/{mention.article_id}/tags/{mention.pk}/same/"


def page_of(mention: Mention) -> str:
    return f"/articles/{mention.article_id}/tags/{mention.pk}/spread/"


def send(client: Client, address: str, body: Any) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(address, data, content_type="application/json")


def made() -> list[str]:
    anchors = Anchor.objects.filter(mention__origin=MentionOrigin.SAME)
    return list(anchors.order_by("version", "start").values_list("quote", flat=True))


def run(spread: Spread) -> Spread:
    spreads.run(spread.pk)
    spread.refresh_from_db()
    return spread


def test_a_script_is_told_how_many_there_are(browser: Client, told: Mention) -> None:
    answer = browser.get(same(told)).json()

    assert answer["here"]["count"] == 2
    assert (answer["corpus"]["count"], answer["corpus"]["articles"]) == (2, 1)
    assert answer["corpus"]["exact"] is True
    for line in (*answer["here"]["lines"], *answer["corpus"]["lines"]):
        text = current(Article.objects.get(pk=line["article"])).text
        assert text[line["start"] : line["end"]] == line["quote"] == "Zoë Doe"
    assert browser.get(answer["page"]).status_code == 200


def test_a_script_accepts_here_at_once(browser: Client, told: Mention) -> None:
    first = browser.get(same(told)).json()["here"]["lines"][0]

    answer = send(browser, same(told), {"where": "here", "excluded": [first["place"]]}).json()

    assert made() == ["Zoë Doe"]
    assert answer["mention"]["id"] == told.pk
    assert list(answer["blocks"]) == ["1"]
    browser.post(answer["undo"])
    assert made() == []


@pytest.mark.usefixtures("empty_queue")
def test_a_script_leaves_the_corpus_to_the_worker(browser: Client, told: Mention) -> None:
    answer = send(browser, same(told), {"where": "corpus", "as": "suggestions"})

    assert answer.status_code == 202
    spread = run(Spread.objects.get(pk=answer.json()["spread"]))
    assert (spread.status, spread.made) == (SpreadStatus.DONE, 2)
    mentions = Mention.objects.filter(origin=MentionOrigin.SAME)
    assert {each.status for each in mentions} == {MentionStatus.SUGGESTED}
    page = browser.get(answer.json()["address"]).content.decode()
    assert "Undo all of it" in page


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"where": "everywhere"}, "where"),
        ({"where": "here", "as": "gold"}, "as"),
        ({"where": "here", "excluded": "1-2-3"}, "excluded"),
        ({"where": "here", "words": ["\0"]}, "words"),
        ({"where": "here", "colour": "red"}, "colour"),
        ({}, "where"),
        (b'{"where": "here", "words": ["\\ud800"]}', ""),
        (b"[", ""),
    ],
)
def test_what_can_not_be_read_is_named(
    browser: Client, told: Mention, body: Any, field: str
) -> None:
    answer = send(browser, same(told), body)

    assert answer.status_code == 400
    assert answer.json()["field"] == field
    assert made() == []


@pytest.mark.parametrize("query", ["words=%00", "task=x", "words=" + "x" * 301, "task=9" * 1])
def test_parameters_that_can_not_be_read_answer_no_fault_of_ours(
    browser: Client, told: Mention, query: str
) -> None:
    assert browser.get(f"{same(told)}?{query}").status_code in {400, 404}
    assert browser.get(f"{page_of(told)}?{query}").status_code in {400, 404}
    assert browser.get(f"{page_of(told)}?colour=red").status_code == 400


def test_the_page_shows_lines_and_runs_no_script_of_theirs(browser: Client, told: Mention) -> None:
    page = browser.get(page_of(told)).content.decode()

    assert page.count('name="place"') == 4
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "<i>Else</i>" not in page


def test_those_ticked_here_are_tagged_without_scripts(browser: Client, told: Mention) -> None:
    line = browser.get(same(told)).json()["here"]["lines"][1]

    answer = browser.post(
        page_of(told), {"where": "here", "as": "tags", "place": [line["place"]]}, follow=True
    )

    assert answer.status_code == 200
    assert made() == ["Zoë Doe"]
    assert "tagged in 1 more place" in answer.content.decode()
    assert Operation.objects.latest("pk").size == 1


@pytest.mark.parametrize(("where", "count"), [("all", 2), ("chosen", 1)])
@pytest.mark.usefixtures("empty_queue")
def test_all_or_some_of_the_corpus_are_left_to_the_worker(
    browser: Client, told: Mention, where: str, count: int
) -> None:
    line = browser.get(same(told)).json()["corpus"]["lines"][0]

    answer = browser.post(
        page_of(told), {"where": where, "as": "tags", "place": [line["place"]]}, follow=True
    )

    assert "Waiting for the worker" in answer.content.decode()
    run(Spread.objects.get())
    assert made() == ["Zoë Doe"] * count


def test_what_is_wrong_with_a_form_is_said(browser: Client, told: Mention) -> None:
    nothing = browser.post(page_of(told), {"where": "chosen"}, follow=True)

    assert "Tick the places that are meant." in nothing.content.decode()
    for form in ({"where": "moon"}, {"where": "here", "as": "gold"}, {"where": "here", "x": "1"}):
        assert browser.post(page_of(told), form).status_code == 400
    assert browser.post(page_of(told), {"where": "here", "place": "\0"}).status_code == 400


@pytest.mark.usefixtures("empty_queue")
def test_a_job_is_watched_and_given_up(browser: Client, told: Mention) -> None:
    spread = Spread.objects.get(pk=send(browser, same(told), {"where": "corpus"}).json()["spread"])

    old = browser.get(f"/spreads/{spread.pk}/")
    assert (old.status_code, old["Location"]) == (301, f"/jobs/{spread.pk}/")
    waiting = browser.get(f"/jobs/{spread.pk}/progress/").content.decode()
    browser.post(f"/jobs/{spread.pk}/cancel/")

    assert "No worker is running" in waiting
    assert "hx-get" in waiting
    over = browser.get(f"/jobs/{spread.pk}/progress/").content.decode()
    assert "It was given up" in over
    assert "hx-get" not in over
    assert run(spread).made == 0
    again = browser.post(f"/jobs/{spread.pk}/cancel/", follow=True).content.decode()
    assert "over already" in again


@pytest.mark.usefixtures("told")
def test_a_job_is_its_makers_alone(corpus: Corpus) -> None:
    spread = Spread.objects.create(corpus=corpus, by=make_member(corpus), what="same", plan={})
    other = Client()
    other.force_login(make_member(corpus, Role.ADMIN))

    assert other.get(f"/jobs/{spread.pk}/").status_code == 404
    assert other.post(f"/jobs/{spread.pk}/cancel/").status_code == 404


def test_who_may_not_tag_is_told_nothing(told: Mention, corpus: Corpus) -> None:
    viewer = Client()
    viewer.force_login(make_member(corpus, Role.VIEWER))
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_member(corpus, Role.ANNOTATOR))

    assert viewer.get(same(told)).status_code == 403
    assert viewer.get(page_of(told)).status_code == 403
    assert send(viewer, same(told), {"where": "here"}).status_code == 403
    assert send(careful, same(told), {"where": "here"}).status_code == 403
    assert careful.post(page_of(told), {"where": "here"}).status_code == 403
    assert made() == []


def test_nobody_peeks_at_blind_work(
    browser: Client, annotator: User, corpus: Corpus, told: Mention
) -> None:
    bob = make_member(corpus, Role.ANNOTATOR)
    task = make_task(corpus, [told.article], [annotator, bob])
    theirs = make_mention(told.article, "Zoë Doe", nth=1, by=bob, task=task, layer_of=bob)
    mine = make_mention(
        told.article, "Zoë Doe", nth=2, entity=told.entity, by=annotator, task=task,
        layer_of=annotator,
    )  # fmt: skip

    assert browser.get(f"{same(theirs)}?task={task.pk}").status_code == 404
    answer = browser.get(f"{same(mine)}?task={task.pk}").json()
    # Theirs is not told of by its absence.
    assert answer["here"]["count"] == 2
    assert answer["corpus"]["count"] == 0
    assert "task=" in answer["page"]
