"""The pages on which an editor splits and joins articles."""

import pytest
from django.test import Client

from articles.curation import borders, texts
from articles.history.undo import undo
from articles.models import (
    Access,
    Article,
    Corpus,
    Door,
    Operation,
)
from articles.text import Block, BlockKind
from tests.factories import (
    current,
    make_article,
    make_corpus,
)
from tests.views.article_forms import blocks_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_in_one(corpus: Corpus) -> Article:
    return make_article(
        corpus,
        paragraphs=(
            "The bridge opened on Tuesday.",
            "Ferry fares to rise in spring",
            "By Ann Lee",
            "The ferry company said on Wednesday that fares would rise by a tenth from April.",
            "Passengers were not asked, a spokesman for them said at the pier.",
        ),
    )


def test_the_second_part_is_read_as_an_article(desk: Client, two_in_one: Article) -> None:
    page = desk.get(f"/articles/{two_in_one.pk}/split/?at=2")

    part = page.context["parts"][1]
    assert part.headline == "Ferry fares to rise in spring"
    assert part.left_out == ["By Ann Lee"]
    assert ("Byline", "By Ann Lee") in part.said

    response = desk.post(
        f"/articles/{two_in_one.pk}/split/",
        {
            "at": "2",
            "base": "1",
            "headline-2": "Fares to rise",
            "reading-2": "read",
            "values-2": "1",
        },
    )

    assert response["Location"] == f"/articles/{two_in_one.pk}/"
    new = Article.objects.exclude(pk=two_in_one.pk).get()
    assert (new.headline, new.byline) == ("Fares to rise", "By Ann Lee")
    assert [c.name for c in current(new).credits.filter(standing=True)] == ["Ann Lee"]
    assert [b.text for b in blocks_of(two_in_one)][1:] == ["The bridge opened on Tuesday."]
    undo(Operation.objects.get(), by=None, door=Door.PAGE)
    assert len(blocks_of(two_in_one)) == 6


def test_a_part_may_be_left_as_it_stands(desk: Client, two_in_one: Article) -> None:
    response = desk.get(f"/articles/{two_in_one.pk}/split/?at=2&reading-2=stands")
    assert response.context["parts"][1].headline == "Ferry fares to rise in spring"
    assert not response.context["parts"][1].said

    desk.post(
        f"/articles/{two_in_one.pk}/split/",
        {"at": ["2", "4"], "base": "1", "reading-2": "stands", "headline-2": "Ferries"},
    )

    second, third = Article.objects.exclude(pk=two_in_one.pk).order_by("pk")
    assert [b.text for b in blocks_of(second)] == ["Ferries", "By Ann Lee"]
    assert third.headline == ""
    assert second.byline == two_in_one.byline


@pytest.mark.parametrize("at", ["0", "6", "x", "-1", "99999999999999999999", "1\0"])
def test_a_border_that_is_not_there_is_refused(desk: Client, two_in_one: Article, at: str) -> None:
    sent = {"at": at, "base": "1"}

    assert desk.get(f"/articles/{two_in_one.pk}/split/", {"at": at}).status_code == 400
    assert desk.post(f"/articles/{two_in_one.pk}/split/", sent).status_code == 400
    assert Article.objects.count() == 1


def test_a_split_without_a_border_or_with_an_empty_part_is_refused(
    desk: Client, two_in_one: Article
) -> None:
    response = desk.post(f"/articles/{two_in_one.pk}/split/", {"base": "1"})

    assert response.status_code == 400
    assert "Say where the next article begins." in response.content.decode()
    assert Article.objects.count() == 1


def test_a_stale_split_asks_again(desk: Client, two_in_one: Article) -> None:
    texts.correct_text(two_in_one, blocks_of(two_in_one)[:4], by=None, door=Door.API)

    response = desk.post(f"/articles/{two_in_one.pk}/split/", {"at": "2", "base": "1"})

    assert response.status_code == 409
    assert "Someone changed this text" in response.content.decode()
    assert Article.objects.count() == 1


def test_neighbours_are_joined_and_the_address_leads_on(
    desk: Client, corpus: Corpus, article: Article
) -> None:
    rest = make_article(corpus, headline="The rest", paragraphs=("More of it.",))
    preview = desk.get(f"/articles/{article.pk}/join/?with={rest.pk}")
    assert [each.pk for each, _ in preview.context["together"]] == [article.pk, rest.pk]

    response = desk.post(
        f"/articles/{article.pk}/join/",
        {
            "with": rest.pk,
            "first": article.pk,
            f"base-{article.pk}": article.version_id,
            f"base-{rest.pk}": rest.version_id,
        },
    )

    assert response["Location"] == f"/articles/{article.pk}/"
    assert [b.text for b in blocks_of(article)][-2:] == ["The rest", "More of it."]
    moved = desk.get(f"/articles/{rest.pk}/?in=source%3D1")
    assert (moved.status_code, moved["Location"]) == (302, f"/articles/{article.pk}/?in=source%3D1")
    assert "was joined to this article" in desk.get(moved["Location"]).content.decode()
    assert Client().get(f"/articles/{rest.pk}/").status_code == 404
    assert "Joined to it" in desk.get(f"/articles/{article.pk}/").content.decode()


def test_the_other_article_may_stay(desk: Client, corpus: Corpus, article: Article) -> None:
    rest = make_article(corpus, headline="Really the first", paragraphs=("Before it.",))

    response = desk.post(
        f"/articles/{article.pk}/join/",
        {
            "with": rest.pk,
            "first": rest.pk,
            f"base-{article.pk}": article.version_id,
            f"base-{rest.pk}": rest.version_id,
        },
    )

    assert response["Location"] == f"/articles/{rest.pk}/"
    article.refresh_from_db()
    assert article.joined_into == rest


def test_articles_are_named_by_number_or_address(
    desk: Client, corpus: Corpus, article: Article
) -> None:
    rest = make_article(corpus)

    for more in (f"{rest.pk}", f"http://localhost/articles/{rest.pk}/?in=x", f" {rest.pk},"):
        page = desk.get(f"/articles/{article.pk}/join/", {"more": more})
        assert [each.pk for each, _ in page.context["together"]] == [article.pk, rest.pk]


def test_what_is_not_of_this_corpus_cannot_be_joined(desk: Client, article: Article) -> None:
    elsewhere = make_article(make_corpus(access=Access.OPEN), headline="Told elsewhere")

    for more in (str(elsewhere.pk), "999999", str(article.pk), "x", "/sources/1/", "9" * 40):
        response = desk.get(f"/articles/{article.pk}/join/", {"more": more})
        assert response.status_code == 400
        assert elsewhere.headline not in response.content.decode()


def test_what_cannot_be_joined_stays_in_the_form_with_the_reason(
    desk: Client, corpus: Corpus, article: Article
) -> None:
    other = make_article(corpus, headline="Another")
    borders.join(article, [other], by=None, door=Door.PAGE)

    response = desk.get(f"/articles/{article.pk}/join/", {"more": f"{other.pk} 999"})

    page = response.content.decode()
    assert response.status_code == 400
    assert "that can be joined to this one" in page
    assert f'value="{other.pk} 999"' in page


def test_a_join_of_nothing_asks_for_an_article(desk: Client, article: Article) -> None:
    page = desk.get(f"/articles/{article.pk}/join/", {"more": ""})

    assert page.status_code == 400
    assert "Choose at least one article" in page.content.decode()
    again = desk.get(f"/articles/{article.pk}/join/", {"choose": "1"})
    assert "Choose at least one article" not in again.content.decode()


def test_a_stale_join_asks_again(desk: Client, corpus: Corpus, article: Article) -> None:
    rest = make_article(corpus)
    sent = {
        "with": rest.pk,
        f"base-{article.pk}": article.version_id,
        f"base-{rest.pk}": rest.version_id,
    }
    texts.correct_text(rest, [Block(BlockKind.HEADLINE, "New")], by=None, door=Door.API)

    response = desk.post(f"/articles/{article.pk}/join/", sent)

    assert response.status_code == 409
    rest.refresh_from_db()
    assert rest.standing


def test_neighbours_stand_in_the_order_of_their_capture(desk: Client, corpus: Corpus) -> None:
    article, siblings = _split_in_three(corpus)

    page = desk.get(f"/articles/{article.pk}/join/")

    assert [each.pk for each, _ in page.context["neighbours"]] == [article.pk, *siblings]


def _split_in_three(corpus: Corpus) -> tuple[Article, list[int]]:
    article = make_article(corpus)
    capture = corpus.captures.create(
        sha256="0" * 64, media_type="text/plain", filename="a.txt", size=1
    )
    article.versions.update(capture=capture, locator="lines 1-9")
    parts = [[block] for block in blocks_of(article)]
    _, made = borders.split(article, parts, by=None, door=Door.API)
    return article, [new.pk for new in made]


def test_what_an_undone_split_made_leads_back_to_the_whole(desk: Client, corpus: Corpus) -> None:
    article, [new, _] = _split_in_three(corpus)
    undo(Operation.objects.get(), by=None, door=Door.API)

    response = desk.get(f"/articles/{new}/", follow=True)

    assert response.redirect_chain == [(f"/articles/{article.pk}/", 302)]
    assert "the split was undone" in response.content.decode()
    assert Client().get(f"/articles/{new}/").status_code == 404
    assert desk.get(f"/articles/{new}/edit/").status_code == 404


def test_what_an_undone_split_made_of_no_capture_says_so(desk: Client, corpus: Corpus) -> None:
    article = make_article(corpus)
    parts = [[block] for block in blocks_of(article)]
    operation, [new, *_] = borders.split(article, parts, by=None, door=Door.API)
    undo(operation, by=None, door=Door.API)

    response = desk.get(f"/articles/{new.pk}/")

    assert response.status_code == 410
    assert "the split was undone" in response.content.decode()
