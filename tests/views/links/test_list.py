"""Many links: accepted at once, or ticked in a list."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.history.undo import undo
from articles.models import Corpus, Door, Judgement, Link, Operation, Role
from tests.factories import make_article, make_corpus, make_link, make_member
from tests.views.links.linked import QUEUE, offered_undo, pair, said, shown_link, ticked_boxes

pytestmark = pytest.mark.django_db


class TestMany:
    def test_what_would_be_accepted_is_counted_first(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        links = [make_link(*pair(corpus, f"B{n}"), score=n / 10) for n in (5, 8, 9)]

        html = client.get("/links/accept/?score=80").text
        assert "<strong>2</strong> open suggestions" in html
        assert "2 edited version" in html
        assert not Judgement.objects.exists()

        html = client.post("/links/accept/?score=80", {"count": "2"}, follow=True).text

        assert [each.status for each in Link.objects.order_by("pk")] == [
            "suggested",
            "accepted",
            "accepted",
        ]
        assert said(html).startswith("2 links confirmed. ")
        assert offered_undo(html) == Operation.objects.get().pk
        undo(Operation.objects.get(), by=ann, door=Door.PAGE)
        assert not Link.objects.filter(status="accepted").exists()
        assert shown_link(client.get(QUEUE).text) == links[2].pk

    def test_others_than_were_counted_are_not_accepted(
        self, client: Client, ann: User, link: Link
    ) -> None:
        del ann, link
        response = client.post("/links/accept/?score=10", {"count": "7"})

        assert response.status_code == 409
        assert "Nothing was accepted" in response.text
        assert not Judgement.objects.exists()

    def test_none_so_sure_says_so(self, client: Client, ann: User, link: Link) -> None:
        del ann, link
        assert "None is so sure" in client.get("/links/accept/?score=99").text

    def test_without_a_corpus_of_ones_own_it_says_whom_to_ask(self, client: Client) -> None:
        client.force_login(make_member(make_corpus("elsewhere"), Role.VIEWER))

        assert "Ask an admin" in client.get("/links/accept/").text


class TestTheList:
    def test_many_that_are_ticked_are_judged_as_one_step(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        links = [make_link(*pair(corpus, f"B{n}")) for n in range(3)]
        address = f"{QUEUE}?view=list"

        ticked = [link.pk for link in links[:2]]
        html = client.post(address, {"do": "reject", "link": ticked}, follow=True).text

        operation = Operation.objects.get()
        assert "2 links rejected" in html
        assert f'action="{reverse("operation-undo", args=[operation.pk])}"' in html
        assert ticked_boxes(html) == [links[2].pk]
        assert list(Judgement.objects.values_list("verdict", flat=True)) == ["rejected"] * 2
        undo(operation, by=ann, door=Door.PAGE)
        client.post(address, {"do": "confirm", "link": ticked})
        assert list(Judgement.objects.values_list("verdict", flat=True)) == ["confirmed"] * 2

    def test_what_can_not_be_judged_together_is_told(
        self, client: Client, ann: User, corpus: Corpus, link: Link
    ) -> None:
        other = make_corpus("other")
        make_member(other, Role.ANNOTATOR, ann)
        elsewhere = make_link(*pair(other))
        hidden = make_link(*pair(make_corpus("hidden")))
        address = f"{QUEUE}?view=list"

        def said(*links: object) -> str:
            return client.post(address, {"do": "reject", "link": links}, follow=True).text

        assert "No link is ticked" in said()
        assert "several corpora" in said(link.pk, elsewhere.pk)
        for links, status in (((link.pk, hidden.pk), 404), (("x",), 400), (range(1, 60), 400)):
            response = client.post(address, {"do": "reject", "link": links})
            assert response.status_code == status
        client.force_login(make_member(corpus, Role.VIEWER))
        assert client.post(address, {"do": "reject", "link": [link.pk]}).status_code == 403
        assert 'name="link"' not in client.get(address).text
        assert not Judgement.objects.exists()

    def test_it_stands_in_the_order_that_is_asked_for(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        del ann
        first, second = pair(corpus)
        third = make_article(corpus, published=date(1932, 3, 19))
        sure = make_link(first, second, score=0.9).pk
        near = make_link(first, third, score=0.2).pk
        may = [make_article(corpus, published=date(1932, 5, day)) for day in (1, 9)]
        far = make_link(may[0], may[1], score=0.5).pk

        def order(query: str) -> list[int]:
            return ticked_boxes(client.get(f"{QUEUE}?view=list&{query}").text)

        assert order("") == [sure, far, near]
        assert order("order=newest") == [far, near, sure]
        assert order("order=days") == [near, sure, far]
        assert client.get(f"{QUEUE}?view=list&order=nope").status_code == 400

    def test_rows_say_why_and_how_sure(self, client: Client, ann: User, corpus: Corpus) -> None:
        del ann
        make_link(*pair(corpus), score=0.29)

        html = client.get(f"{QUEUE}?view=list").text

        assert "of Bridge Courier’s text is in Bridge Agency’s, in 2 passages; 1 day apart." in html
        assert '<td class="num">29 %</td>' in html

    def test_why_is_for_those_who_may_read(self, client: Client) -> None:
        make_link(*pair(make_corpus("licensed", access="licensed")))

        html = client.get(f"{QUEUE}?view=list&status=all").text

        assert "1 day apart" in html
        assert "passages" not in html

    def test_its_rows_take_a_steady_number_of_queries(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        del ann

        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(f"{QUEUE}?view=list")
            return len(queries)

        make_link(*pair(corpus))
        before = asked()
        for number in range(5):
            make_link(*pair(corpus, f"B{number}"))

        assert asked() == before
