"""Which version stands, and how corrections are marked and cited."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.curation import texts
from articles.curation.fields import correct
from articles.models import (
    Access,
    Article,
    Corpus,
    CorrectedField,
    Door,
    Role,
)
from articles.text import Block, BlockKind
from tests.factories import (
    current,
    make_member,
)
from tests.views.article_forms import form_of

pytestmark = pytest.mark.django_db


def test_an_editor_lets_an_older_version_stand(desk: Client, article: Article) -> None:
    texts.correct_text(article, [Block(BlockKind.HEADLINE, "Short")], by=None, door=Door.API)
    page = desk.get(f"/articles/{article.pk}/versions/1/").content.decode()
    assert page.count("Let this version stand") == 2

    response = desk.post(f"/articles/{article.pk}/versions/1/choose/", {"stood": "2"})

    assert response["Location"] == f"/articles/{article.pk}/"
    article.refresh_from_db()
    assert current(article).number == 1


def test_a_choice_made_too_late_changes_nothing(desk: Client, article: Article) -> None:
    for words in ("Short", "Shorter"):
        texts.correct_text(article, [Block(BlockKind.HEADLINE, words)], by=None, door=Door.API)

    response = desk.post(f"/articles/{article.pk}/versions/1/choose/", {"stood": "2"}, follow=True)

    assert "another version came to stand" in response.content.decode()
    article.refresh_from_db()
    assert current(article).number == 3
    assert desk.post(f"/articles/{article.pk}/versions/9/choose/").status_code == 404


def test_rights_that_were_put_right_stand_in_the_rail(desk: Client, article: Article) -> None:
    article.versions.update(read={"rights": "© 1932"})
    desk.post(f"/articles/{article.pk}/edit/", form_of(article, rights="© The Herald"))

    page = desk.get(f"/articles/{article.pk}/")

    [fact] = [fact for fact in page.context["facts"] if fact.name == "rights"]
    assert [part.text for part in fact.parts] == ["© The Herald"]
    assert fact.mark.read == "© 1932"


def test_a_correction_is_marked_with_who_and_what_was_read(
    desk: Client, editor: User, article: Article
) -> None:
    sent = form_of(article, section="Abroad", page="7", byline="", credit_name=["Ann Lee", ""])
    desk.post(f"/articles/{article.pk}/edit/", sent)

    page = desk.get(f"/articles/{article.pk}/").content.decode()

    assert page.count(f"by <bdi>{editor.get_username()}</bdi>") == 4
    assert "What was read: <b><bdi>Home</bdi></b>" in page
    assert "What was read: <b><bdi>By Jane Doe and John Roe</bdi></b>" in page
    assert "What was read: <b><bdi>Jane Doe; John Roe</bdi></b>" in page
    assert f"/articles/{article.pk}/history/" in page


def test_who_corrected_is_for_members_to_know(corpus: Corpus, article: Article) -> None:
    Corpus.objects.filter(pk=corpus.pk).update(access=Access.OPEN)
    editor = make_member(corpus, Role.EDITOR)
    correct([article.pk], {CorrectedField.PAGE: "7"}, by=editor, door=Door.PAGE)
    texts.correct_text(article, [Block(BlockKind.HEADLINE, "X")], by=editor, door=Door.PAGE)

    page = Client().get(f"/articles/{article.pk}/").content.decode()

    assert "fact-corrected" in page
    assert editor.get_username() not in page
    assert "/history/" not in page
    for tool in ("edit-menu", "Let this version stand", "/edit/", "/split/", "/join/", "/text/"):
        assert tool not in page


def test_an_old_version_shows_what_was_read(desk: Client, article: Article) -> None:
    sent = form_of(article, source="The Herald", section="Abroad", external_id="x-1")
    desk.post(f"/articles/{article.pk}/edit/", sent)
    texts.correct_text(article, [Block(BlockKind.HEADLINE, "Short")], by=None, door=Door.API)

    # A first look takes the notice of what was done.
    desk.get("/articles/")
    old = desk.get(f"/articles/{article.pk}/versions/1/").content.decode()

    assert "The Gazette" in old
    for corrected in ("The Herald", "Abroad", "x-1", "fact-corrected"):
        assert corrected not in old


def test_versions_say_how_they_came_to_be(desk: Client, editor: User, article: Article) -> None:
    texts.correct_text(article, [Block(BlockKind.HEADLINE, "X")], by=editor, door=Door.PAGE)

    page = desk.get(f"/articles/{article.pk}/").content.decode()

    assert f"corrected by <bdi>{editor.get_username()}</bdi>, 0 words" in page
    assert f"published, {current(article).word_count} words" in page


def test_citations_and_embedded_metadata_show_what_was_put_right(
    desk: Client, article: Article
) -> None:
    sent = form_of(
        article, source="The Herald", published_day="2019-05-17", credit_name=["Ann Lee", ""]
    )
    desk.post(f"/articles/{article.pk}/edit/", sent)

    page = desk.get(f"/articles/{article.pk}/").content.decode()
    assert '<meta name="citation_author" content="Lee, Ann">' in page
    assert '<meta name="citation_publication_date" content="2019/05/17">' in page
    assert '<meta property="og:site_name" content="The Herald">' in page
    assert "Doe, Jane" not in page
    cited = desk.get(f"/articles/{article.pk}/cite.json")
    [reference] = json.loads(cited.content)
    assert [author["family"] for author in reference["author"]] == ["Lee"]
    assert reference["container-title"] == "The Herald"
