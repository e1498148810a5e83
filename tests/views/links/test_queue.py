"""Links one by one: what is shown, and what is said of it."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Corpus, Judgement, Link, Operation, Role
from tests.factories import (
    judge,
    make_article,
    make_corpus,
    make_link,
    make_member,
    make_source,
    make_user,
)
from tests.views.links.linked import QUEUE, WORDS, offered_undo, pair, shown_link

pytestmark = pytest.mark.django_db


class TestOneByOne:
    def test_the_surest_comes_first_with_the_texts_in_view(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        del ann
        make_link(*pair(corpus), score=0.4)
        sure = make_link(*pair(corpus, "Tower"), score=0.9)

        html = client.get(QUEUE).text

        assert shown_link(html) == sure.pk
        assert "1 of 2" in html
        assert "only in <bdi>Tower Agency</bdi>" in html
        assert "the mayor’s speech" in html

    def test_a_paragraph_that_stands_elsewhere_is_marked_so(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        del ann
        moved = "A toll of sixpence will be asked of every motor car until the loan is repaid."
        texts = ((*WORDS, moved), (moved, *WORDS))
        one, other = (
            make_article(corpus, paragraphs=words, source=make_source(corpus, name))
            for words, name in zip(texts, ("The Courier", "The Post"), strict=True)
        )
        make_link(one, other)

        html = client.get(QUEUE).text

        assert "stands elsewhere in <bdi>The Courier</bdi>" in html
        assert "stands elsewhere in <bdi>The Post</bdi>" in html

    def test_kinds_of_events_show_how_each_begins(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        del ann
        make_link(*pair(corpus), "same_event")

        html = client.get(QUEUE).text

        assert 'aria-label="How each begins"' in html
        assert html.count(WORDS[0]) == 2

    def test_what_is_said_leads_to_the_next_with_an_undo(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        first = make_link(*pair(corpus), score=0.9)
        second = make_link(*pair(corpus, "Tower"), score=0.4)

        html = client.post(QUEUE, {"link": first.pk, "do": "confirm"}, follow=True).text

        first.refresh_from_db()
        assert first.status == "accepted"
        assert shown_link(html) == second.pk
        assert "2 of 2" in html
        operation = Operation.objects.get(by=ann)
        assert offered_undo(html) == operation.pk

    def test_a_letter_changes_the_kind(self, client: Client, ann: User, link: Link) -> None:
        client.post(QUEUE, {"link": link.pk, "do": "kind:excerpt"})

        found = {each.kind: each.status for each in Link.objects.all()}
        assert found == {"edited_version": "rejected", "excerpt": "accepted"}
        assert Operation.objects.filter(by=ann).count() == 1

    def test_filters_narrow_and_stay_in_the_address(
        self, client: Client, ann: User, bob: User, corpus: Corpus
    ) -> None:
        del ann
        low = make_link(*pair(corpus), score=0.2)
        event = make_link(*pair(corpus, "Tower"), "same_event", score=0.9)
        judged = make_link(*pair(corpus, "Canal"), score=0.8)
        judge(judged, bob, "rejected")

        def shown(query: str) -> int:
            return shown_link(client.get(f"{QUEUE}?{query}").text)

        assert shown("kind=edited_version") == low.pk
        assert shown("score=50") == event.pk
        assert shown(f"person={bob.username}") == judged.pk
        assert shown("status=rejected") == judged.pk
        assert shown(f"article={low.first_id}") == low.pk
        html = client.post(
            f"{QUEUE}?kind=edited_version", {"link": low.pk, "do": "confirm"}, follow=True
        ).text
        assert "None of these wait" in html

    def test_those_who_judged_can_be_asked_for(
        self, client: Client, ann: User, corpus: Corpus, link: Link
    ) -> None:
        root = make_user("root", is_superuser=True)
        judge(link, root)
        make_member(corpus, Role.VIEWER, make_user("viv"))
        elsewhere = make_link(*pair(make_corpus("elsewhere")))
        judge(elsewhere, make_user("eve"))

        offered = re.findall(r">Judged by (\w+)<", client.get(QUEUE).text)

        assert offered == ["root"]
        assert shown_link(client.get(f"{QUEUE}?person=root").text) == link.pk
        for name, status in {
            "viv": 200, ann.username: 200, "-": 200, "eve": 400, "nobody": 400,
        }.items():  # fmt: skip
            response = client.get(f"{QUEUE}?person={name}")
            assert (name, response.status_code) == (name, status)
        assert "There is nobody called nobody whose judgements you may see" in response.text

    def test_one_alone_may_ask_for_what_they_judged(self, client: Client, link: Link) -> None:
        root = make_user("root", is_superuser=True)
        judge(link, root)
        client.force_login(root)

        assert "Judged by root<" in client.get(QUEUE).text

    def test_an_empty_queue_says_what_to_do(self, client: Client, ann: User) -> None:
        del ann
        html = client.get(QUEUE).text

        assert "No suggestion waits" in html
        assert "manage.py relate" in html

    @pytest.mark.parametrize(
        "query",
        [
            "kind=nope",
            "status=withdrawn",
            "score=101",
            "score=x",
            "after=1",
            "after=0.5_x",
            "after=%00",
            "link=x",
            "nope=1",
            "kind=%00",
            "view=table",
            "page=100000",
            "page=-1",
        ],
    )
    def test_what_is_none_is_refused(
        self, client: Client, ann: User, link: Link, query: str
    ) -> None:
        del ann, link
        view = "" if "page" not in query else "view=list&"
        assert client.get(f"{QUEUE}?{view}{query}").status_code == 400

    @pytest.mark.parametrize("body", [{"do": "perhaps"}, {"do": "a\0b"}, {"link": "x"}, {}])
    def test_what_makes_no_sense_is_refused(
        self, client: Client, ann: User, link: Link, body: dict[str, str]
    ) -> None:
        del ann
        assert client.post(QUEUE, {"link": link.pk} | body).status_code == 400
        assert not Judgement.objects.exists()

    def test_a_kind_that_is_none_is_told(self, client: Client, ann: User, link: Link) -> None:
        del ann
        response = client.post(QUEUE, {"link": link.pk, "do": "kind:cousin"}, follow=True)

        assert "A kind is one of" in response.text
        assert not Operation.objects.exists()

    def test_a_viewer_sees_the_list_alone(self, client: Client, corpus: Corpus, link: Link) -> None:
        client.force_login(make_member(corpus, Role.VIEWER))

        html = client.get(QUEUE).text

        assert "1 link" in html
        assert "Bridge is open" in html
        assert "Confirm" not in html.split("</select>")[-1]
        assert client.post(QUEUE, {"link": link.pk, "do": "confirm"}).status_code == 403
