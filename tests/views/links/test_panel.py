"""Links beside an article."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Corpus, Link
from articles.related.stories.grouping import settle_editions
from tests.factories import make_article, make_corpus, make_link, make_story
from tests.views.links.linked import QUEUE, pair

pytestmark = pytest.mark.django_db


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
