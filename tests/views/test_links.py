"""Pages of links: beside an article, one by one, as a list, on their own, made by hand."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.history.undo import undo
from articles.models import Article, Corpus, Door, Judgement, Link, Operation, Role
from articles.related.links import judging
from articles.related.stories.grouping import settle_editions
from tests.factories import (
    judge,
    make_article,
    make_corpus,
    make_link,
    make_member,
    make_source,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db
WORDS = (
    "The bridge across the harbour was opened on Tuesday after nine years of work.",
    "Crowds came from far away to see the first train go over it at noon.",
)
QUEUE = "/links/"


@pytest.fixture
def ann(corpus: Corpus, client: Client) -> User:
    user = make_member(corpus, Role.ANNOTATOR)
    client.force_login(user)
    return user


@pytest.fixture
def bob(corpus: Corpus) -> User:
    return make_member(corpus, Role.ANNOTATOR)


def pair(corpus: Corpus, name: str = "Bridge") -> tuple[Article, Article]:
    first = make_article(
        corpus,
        headline=f"{name} opens",
        paragraphs=(*WORDS, "Only the agency has this paragraph of the mayor’s speech."),
        source=make_source(corpus, f"{name} Agency"),
    )
    second = make_article(
        corpus,
        headline=f"{name} is open",
        paragraphs=WORDS,
        source=make_source(corpus, f"{name} Courier"),
        published=date(1932, 3, 20),
    )
    return first, second


@pytest.fixture
def link(corpus: Corpus) -> Link:
    return make_link(*pair(corpus))


def shown_link(html: str) -> int:
    found = re.search(r'name="link" value="(\d+)"', html)
    assert found is not None
    return int(found[1])


def offered_undo(html: str) -> int | None:
    """Return the operation that z would take back."""
    found = re.search(r'value="undo:(\d+)" data-key="z"', html)
    return int(found[1]) if found else None


def said(html: str) -> str:
    """Return what is read out of the step that led to a page."""
    [found] = re.findall(r'id="link-said" role="status">([^<]*)<', html)
    assert isinstance(found, str)
    return found


def way(html: str, key: str) -> str:
    """Return where a key leads."""
    [found] = re.findall(rf'href="([^"]+)" data-key="{key}"', html)
    assert isinstance(found, str)
    return found.replace("&amp;", "&")


def ticked_boxes(html: str) -> list[int]:
    """Return the links of a list that can be ticked, in order."""
    return [int(pk) for pk in re.findall(r'type="checkbox" name="link" value="(\d+)"', html)]


class TestBesideAnArticle:
    def test_relations_stand_with_why_and_what_can_be_said(
        self, client: Client, ann: User, link: Link
    ) -> None:
        del ann
        html = client.get(link.first.get_absolute_url()).text

        assert "Edited version" in html
        assert "% of the Bridge Courier" not in html
        assert "of Bridge Courier’s text is in this one, in 2 passages" in html
        assert "1 day apart" in html
        assert f'action="/links/{link.pk}/judge/"' in html
        assert f'href="/compare/{link.first_id}/{link.second_id}/"' in html

    def test_a_pair_is_compared_the_same_way_round_from_wherever_one_comes(
        self, client: Client, ann: User, link: Link
    ) -> None:
        del ann
        Link.objects.filter(pk=link.pk).update(direction="first")
        compared = f'href="/compare/{link.second_id}/{link.first_id}/"'

        for page in (
            link.first.get_absolute_url(),
            link.second.get_absolute_url(),
            f"/links/{link.pk}/",
            QUEUE,
        ):
            assert compared in client.get(page).text, page

    def test_what_was_not_related_yet_says_so(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        del ann
        article = make_article(corpus)
        assert (
            "not been compared with the others yet" in client.get(article.get_absolute_url()).text
        )

        make_story(corpus, [article], name="The bridge")
        html = client.get(article.get_absolute_url()).text

        assert "not been compared" not in html
        assert "The bridge</bdi>" in html

    def test_it_is_judged_without_scripts_and_one_comes_back(
        self, client: Client, ann: User, link: Link
    ) -> None:
        back = f"{link.first.get_absolute_url()}#related"

        response = client.post(
            f"/links/{link.pk}/judge/",
            {"do": "confirm", "panel": link.first_id, "next": back},
            follow=True,
        )

        assert response.redirect_chain == [(back, 302)]
        assert link.judgements.get().by == ann
        assert "edited version confirmed" in response.text
        assert "You confirmed it" in response.text

    def test_with_scripts_the_panel_takes_its_place(
        self, client: Client, ann: User, link: Link
    ) -> None:
        del ann
        response = client.post(
            f"/links/{link.pk}/judge/",
            {"do": "reject", "panel": link.first_id},
            headers={"HX-Request": "true"},
        )

        assert response.text.lstrip().startswith('<section class="rail-part related"')
        assert 'hx-swap-oob="innerHTML"' in response.text
        assert "1 rejected" in response.text
        assert f'value="{link.first.get_absolute_url()}#related"' in response.text

    def test_editions_of_one_text_fold_into_it(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        del ann
        article = make_article(corpus)
        others = [make_article(corpus, published=date(1932, 3, day)) for day in (20, 21)]
        make_link(others[0], others[1], "same_text", score=1.0)
        settle_editions([other.pk for other in others])
        for other in others:
            make_link(article, other, "follow_up", score=0.5)

        html = client.get(article.get_absolute_url()).text

        assert "+1 edition of it" in html
        assert html.count("data-kin=") == 2

    def test_long_groups_fold(self, client: Client, ann: User, corpus: Corpus) -> None:
        del ann
        article = make_article(corpus)
        for day in range(1, 8):
            make_link(article, make_article(corpus, published=date(1932, 4, day)))

        html = client.get(article.get_absolute_url()).text

        assert "<summary>2 more</summary>" in html

    def test_outsiders_of_a_licensed_corpus_see_neither_shares_nor_buttons(
        self, client: Client
    ) -> None:
        licensed = make_corpus("licensed", access="licensed")
        link = make_link(*pair(licensed))

        html = client.get(link.first.get_absolute_url()).text

        assert "Bridge is open" in html
        assert "1 day apart" in html
        assert "passages" not in html
        assert "link-judge" not in html
        assert f"/links/{link.pk}/judge/" not in html


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


class TestALink:
    def test_two_who_disagree_stand_side_by_side(
        self, client: Client, ann: User, bob: User, link: Link
    ) -> None:
        judge(link, ann, note="The same words.")
        judge(link, bob, "rejected", note="Both are from the press release.")

        html = client.get(link.get_absolute_url()).text

        assert "People disagree on this" in html
        assert "is-disputed" in html
        for words in (ann.username, bob.username, "The same words.", "press release"):
            assert words in html

    def test_direction_and_note_are_said(self, client: Client, ann: User, link: Link) -> None:
        said = {"do": "say", "verdict": "confirmed", "direction": "second", "note": "Desk book."}

        client.post(f"/links/{link.pk}/judge/", said)

        judgement = link.judgements.get(by=ann)
        assert (judgement.direction, judgement.note) == ("second", "Desk book.")
        html = client.get(link.get_absolute_url()).text
        assert "Bridge Courier is from Bridge Agency" in html

    def test_a_direction_that_nothing_supports_is_refused_and_kept_in_the_form(
        self, client: Client, ann: User, link: Link
    ) -> None:
        del ann
        said = {"do": "say", "verdict": "confirmed", "direction": "second", "note": ""}

        response = client.post(f"/links/{link.pk}/judge/", said)

        assert response.status_code == 409
        assert "Say in the note how you know" in response.text
        assert '<option value="second" selected>' in response.text
        assert not Judgement.objects.exists()

    def test_what_supports_a_direction_is_shown(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        del ann
        because = {"side": "second", "because": ["byline: Bridge Agency"]}
        link = make_link(
            *pair(corpus),
            found_direction="second",
            evidence={"words": 9, "second_share": 1.0, "direction": because},
        )

        html = client.get(link.get_absolute_url()).text

        assert "What supports it: byline: Bridge Agency." in html
        assert "(needs a note)" in html

    def test_it_is_taken_back(self, client: Client, ann: User, link: Link) -> None:
        judge(link, ann)

        client.post(f"/links/{link.pk}/judge/", {"do": "withdraw"})

        assert not link.judgements.exists()

    def test_its_history_tells_what_was_said_and_leads_back(
        self, client: Client, ann: User, link: Link
    ) -> None:
        operation = judging.judge(link, "confirmed", by=ann, door=Door.PAGE, note="Seen.")
        assert operation is not None

        of_link = client.get(f"/links/{link.pk}/history/").text
        of_operation = client.get(operation.get_absolute_url()).text

        for html in (of_link, of_operation):
            assert "not judged" in html
            assert "Seen." in html
        assert link.get_absolute_url() in of_operation

    def test_who_judged_is_for_members(self, client: Client, bob: User, corpus: Corpus) -> None:
        Corpus.objects.filter(pk=corpus.pk).update(access="open")
        link = make_link(*pair(corpus))
        judge(link, bob, note="A secret note.")

        html = client.get(link.get_absolute_url()).text

        assert "the mayor’s speech" in html
        assert bob.username not in html
        assert "A secret note." not in html
        assert client.get(f"/links/{link.pk}/history/").status_code == 403
        assert bob.username not in client.get(f"{QUEUE}?status=all").text

    def test_outsiders_of_a_licensed_corpus_see_no_texts(self, client: Client) -> None:
        licensed = make_corpus("licensed", access="licensed")
        link = make_link(*pair(licensed))

        html = client.get(link.get_absolute_url()).text

        assert "Bridge is open" in html
        assert "licensed to its members" in html
        assert WORDS[0] not in html
        assert "passages" not in html

    def test_markup_in_what_people_write_stays_text(
        self, client: Client, ann: User, link: Link
    ) -> None:
        Article.objects.filter(pk=link.first_id).update(headline="<script>alert(1)</script>")
        judge(link, ann, note="<b onmouseover=x>bold</b>")

        for address in (link.get_absolute_url(), QUEUE + "?status=all", "/links/?view=list"):
            html = client.get(address).text
            assert "<script>alert" not in html
            assert "<b onmouseover" not in html


class TestMadeByHand:
    def test_two_are_linked_by_address_number_or_words(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        first, second = pair(corpus)
        Article.objects.filter(pk=second.pk).update(canonical_url="https://courier.example/bridge")

        for text in (
            str(second.pk),
            f"http://testserver/articles/{second.pk}/",
            "https://courier.example/bridge",
            "https://courier.example/bridge#top",
        ):
            html = client.get("/links/new/", {"first": str(first.pk), "second": text}).text
            assert f'name="second" value="{second.pk}"' in html
        html = client.get("/links/new/", {"first": str(first.pk), "second": "is open"}).text
        assert f"first={first.pk}&amp;second={second.pk}" in html

        said = {"first": first.pk, "second": second.pk, "kind": "background", "note": "See page 4."}
        client.post("/links/new/", said)

        link = Link.objects.get()
        assert (link.kind, link.status, link.suggested) == ("background", "accepted", False)
        assert link.judgements.get(by=ann).note == "See page 4."

    def test_words_are_looked_for_in_texts_once_there_is_an_index(
        self, client: Client, ann: User, corpus: Corpus, index: object
    ) -> None:
        del ann
        first, second = pair(corpus)
        make_article(corpus, headline="Rice", paragraphs=("Rice is dear.",))
        assert callable(index)
        index()

        html = client.get("/links/options/", {"first": str(first.pk), "second": "noon train"}).text

        assert f"second={second.pk}" in html
        assert "Rice" not in html
        assert f"second={first.pk}" not in html

    def test_nothing_found_says_what_to_do(self, client: Client, ann: User, corpus: Corpus) -> None:
        del ann
        first, _ = pair(corpus)

        html = client.get("/links/new/", {"first": str(first.pk), "second": "zzz"}).text

        assert "No article here answers to this" in html

    def test_faults_are_told_and_what_was_written_stays(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        del ann
        first, second = pair(corpus)
        said = {"first": first.pk, "second": second.pk, "kind": "excerpt", "direction": "first"}

        response = client.post("/links/new/", said)

        assert response.status_code == 409
        assert "Say in the note" in response.text
        assert not Link.objects.exists()
        assert re.search(r'value="excerpt" required checked', response.text)

    def test_an_article_of_another_corpus_is_not_offered(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        first, _ = pair(corpus)
        other = make_corpus("other")
        make_member(other, Role.ANNOTATOR, ann)
        elsewhere = make_article(other, headline="Bridge elsewhere")

        html = client.get("/links/new/", {"first": str(first.pk), "second": "Bridge"}).text
        assert "Bridge elsewhere" not in html

        said = {"first": first.pk, "second": elsewhere.pk, "kind": "excerpt"}
        response = client.post("/links/new/", said)
        assert response.status_code == 409
        assert "different corpora" in response.text

    def test_what_one_may_not_see_is_not_found(
        self, client: Client, ann: User, corpus: Corpus
    ) -> None:
        del ann
        first, _ = pair(corpus)
        hidden = make_article(make_corpus("hidden"), headline="Hidden away")

        html = client.get("/links/new/", {"first": str(first.pk), "second": str(hidden.pk)}).text

        assert "Hidden away" not in html

    @pytest.mark.parametrize(
        "query",
        ["second=%00", "first=" + "9" * 30, "nope=1", "second=http://[", "first=" + "x" * 600],
    )
    def test_bad_input_is_no_fault_of_ours(self, client: Client, ann: User, query: str) -> None:
        del ann
        for page in ("/links/new/", "/links/options/"):
            assert client.get(f"{page}?{query}").status_code in {200, 400}

    def test_a_viewer_makes_none(self, client: Client, corpus: Corpus) -> None:
        client.force_login(make_member(corpus, Role.VIEWER))

        assert client.get("/links/new/").status_code == 403
