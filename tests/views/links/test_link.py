"""A link on its own page, and links made by hand."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, Corpus, Door, Judgement, Link, Role
from articles.related.links import judging
from tests.factories import judge, make_article, make_corpus, make_link, make_member
from tests.views.links.linked import QUEUE, WORDS, pair

pytestmark = pytest.mark.django_db


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
