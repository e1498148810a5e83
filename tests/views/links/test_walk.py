"""A walk through the queue: what one did last, its undo, and the way back."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.models import Corpus, Door, Judgement, Link, Operation
from articles.related.links import judging
from tests.factories import judge, make_link
from tests.views.links.linked import QUEUE, offered_undo, pair, said, shown_link, way

pytestmark = pytest.mark.django_db


class TestAWalk:
    def test_undo_leads_back_to_the_link(self, client: Client, ann: User, corpus: Corpus) -> None:
        link = make_link(*pair(corpus))
        html = client.post(QUEUE, {"link": link.pk, "do": "reject"}, follow=True).text
        operation = Operation.objects.get(by=ann)
        assert offered_undo(html) == operation.pk

        html = client.post(QUEUE, {"do": f"undo:{operation.pk}"}, follow=True).text

        assert shown_link(html) == link.pk
        link.refresh_from_db()
        assert link.status == "suggested"

    def test_undo_leads_back_to_the_link_that_was_said_to_be_of_another_kind(
        self, client: Client, ann: User, link: Link
    ) -> None:
        del ann
        html = client.post(QUEUE, {"link": link.pk, "do": "kind:excerpt"}, follow=True).text

        html = client.post(QUEUE, {"do": f"undo:{offered_undo(html)}"}, follow=True).text

        assert shown_link(html) == link.pk
        assert not Judgement.objects.exists()

    def test_a_refused_undo_says_why_and_keeps_the_queue(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        first = make_link(*pair(corpus), score=0.9)
        second = make_link(*pair(corpus, "Tower"), score=0.4)
        html = client.post(QUEUE, {"link": first.pk, "do": "confirm"}, follow=True).text
        judging.judge(first, "rejected", by=ann, door=Door.API)

        address = f"{QUEUE}?link={second.pk}"
        html = client.post(address, {"do": f"undo:{offered_undo(html)}"}, follow=True).text

        assert "This was not undone. Later work touched the same" in html
        assert shown_link(html) == second.pk
        first.refresh_from_db()
        assert first.status == "rejected"

    def test_acts_are_undone_one_after_another_also_after_a_reload(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        del ann
        links = [make_link(*pair(corpus, f"B{n}"), score=n / 10) for n in (9, 8, 7)]
        for link in links[:2]:
            client.post(QUEUE, {"link": link.pk, "do": "reject"})

        for link in reversed(links[:2]):
            undo_at = offered_undo(client.get(QUEUE).text)
            html = client.post(QUEUE, {"do": f"undo:{undo_at}"}, follow=True).text
            assert shown_link(html) == link.pk

        assert offered_undo(html) is None
        assert not Judgement.objects.exists()

    def test_what_was_undone_is_done_again_and_can_be_undone_again(
        self, client: Client, ann: User, link: Link
    ) -> None:
        del ann
        html = client.post(QUEUE, {"link": link.pk, "do": "reject"}, follow=True).text
        html = client.post(QUEUE, {"do": f"undo:{offered_undo(html)}"}, follow=True).text
        [again] = re.findall(r'value="undo:(\d+)">Redo', html)

        html = client.post(QUEUE, {"do": f"undo:{again}"}, follow=True).text

        link.refresh_from_db()
        assert link.status == "rejected"
        assert "Done again: edited version rejected" in html
        assert offered_undo(html) == Operation.objects.latest("pk").pk

    def test_only_ones_own_acts_of_late_are_offered_for_undo(
        self, client: Client, ann: User, bob: User, link: Link
    ) -> None:
        theirs = judging.judge(link, "rejected", by=bob, door=Door.PAGE)
        mine = judging.judge(link, "rejected", by=ann, door=Door.PAGE)
        assert theirs is not None
        assert mine is not None
        Operation.objects.filter(pk=mine.pk).update(at=timezone.now() - timedelta(days=1))

        assert offered_undo(client.get(QUEUE).text) is None
        assert client.post(QUEUE, {"do": f"undo:{theirs.pk}"}).status_code == 404
        client.logout()
        turned_away = client.post(QUEUE, {"do": f"undo:{mine.pk}"})
        assert turned_away.headers["Location"].startswith("/login/?next=")
        assert link.judgements.count() == 2

    def test_what_one_just_did_is_told(self, client: Client, ann: User, corpus: Corpus) -> None:
        del ann
        link = make_link(*pair(corpus), score=0.9)
        make_link(*pair(corpus, "Tower"), score=0.4)
        told = "Edited version rejected: “Bridge opens” and “Bridge is open”"

        html = client.post(QUEUE, {"link": link.pk, "do": "reject"}, follow=True).text
        assert said(html) == f"{told}. 2 of 2"

        html = client.post(QUEUE, {"do": f"undo:{offered_undo(html)}"}, follow=True).text
        assert said(html) == f"Undone: e{told[1:]}. 1 of 2"

    def test_one_passed_over_can_be_gone_back_to(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        del ann
        first = make_link(*pair(corpus), score=0.9)
        second = make_link(*pair(corpus, "Tower"), score=0.4)
        [skip] = re.findall(r'href="([^"]+)" data-key="j"', client.get(QUEUE).text)

        html = client.get(skip.replace("&amp;", "&")).text
        [back] = re.findall(r'href="([^"]+)" data-key="k"', html)

        assert shown_link(html) == second.pk
        assert shown_link(client.get(back).text) == first.pk

    def test_one_goes_back_over_what_one_judged_and_on_again(
        self, client: Client, ann: User, bob: User, corpus: Corpus
    ) -> None:
        del ann
        links = [make_link(*pair(corpus, f"B{n}"), score=n / 10) for n in (9, 8, 7, 6, 5)]
        judge(links[1], bob, "rejected")
        html = client.post(QUEUE, {"link": links[0].pk, "do": "reject"}, follow=True).text
        html = client.get(way(html, "j")).text
        here = f"{QUEUE}?link={links[3].pk}&done=1"
        html = client.post(here, {"link": links[3].pk, "do": "confirm"}, follow=True).text
        assert shown_link(html) == links[4].pk

        seen = []
        for key in "kkkjjj":
            html = client.get(way(html, key)).text
            [number] = re.findall(r"<strong>(\d of \d)", html)
            seen.append((shown_link(html), number))

        # What another judged was never in view.
        those = [links[number].pk for number in (3, 2, 0, 2, 3, 4)]
        numbers = [f"{number} of 4" for number in (3, 2, 1, 2, 3, 4)]
        assert seen == list(zip(those, numbers, strict=True))

    def test_one_goes_back_from_behind_the_last(
        self, client: Client, ann: User, link: Link
    ) -> None:
        del ann
        html = client.post(QUEUE, {"link": link.pk, "do": "reject"}, follow=True).text
        assert "No suggestion waits" in html

        html = client.get(way(html, "k")).text

        assert shown_link(html) == link.pk
        assert "<strong>1 of 1" in html

    def test_who_changes_their_mind_goes_on_where_they_were(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        del ann
        links = [make_link(*pair(corpus, f"B{n}"), score=n / 10) for n in (9, 8)]
        html = client.post(QUEUE, {"link": links[0].pk, "do": "reject"}, follow=True).text
        back = way(html, "k")

        html = client.post(back, {"link": links[0].pk, "do": "confirm"}, follow=True).text

        assert shown_link(html) == links[1].pk
        assert "<strong>2 of 2" in html
