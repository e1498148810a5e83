"""Correcting all articles of a list: the choice, the preview, the correction, its undo."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client

from articles.curation import answers
from articles.models import Access, Article, Corpus, Operation, Role
from tests.factories import (
    current,
    make_article,
    make_corpus,
    make_member,
    make_source,
    source_name,
)

pytestmark = pytest.mark.django_db
PAGE = "/articles/correct/"


@pytest.fixture
def editor(corpus: Corpus, client: Client) -> Client:
    client.force_login(make_member(corpus, Role.EDITOR))
    return client


@pytest.fixture
def articles(corpus: Corpus) -> list[Article]:
    """Return two articles of one outlet in two sections."""
    gazette = make_source(corpus, "The Gazette")
    return [
        make_article(corpus, source=gazette, section=section, headline=f"Of {section}")
        for section in ("News", "Sport")
    ]


def previewed(client: Client, page: str = PAGE, status: int = 200, **form: str) -> str:
    response = client.post(page, {**form, "step": "preview"})
    assert response.status_code == status, response.content
    return unescape(response.content.decode())


def hidden_of(html: str) -> dict[str, str]:
    """Return what the preview would send to have it done."""
    tags = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', html)
    return {name: value for name, value in tags if name != "csrfmiddlewaretoken"}


def values(name: str) -> set[object]:
    return set(Article.objects.values_list(name, flat=True))


@pytest.mark.usefixtures("articles")
def test_the_form_says_how_many_articles_it_is_about(
    editor: Client, index: Callable[[], int]
) -> None:
    index()
    html = unescape(editor.get(f"{PAGE}?q=section:News").content.decode())

    assert "Correct 1 article" in html
    assert "section <bdi><strong>News</strong></bdi>, in Default" in html


@pytest.mark.usefixtures("articles")
def test_the_preview_says_what_would_change_and_changes_nothing(editor: Client) -> None:
    html = previewed(editor, how_section="value", section="Sport")

    assert "<strong>1 article</strong> would change; 1 would stay as it is" in html
    assert "<del><bdi>News</bdi></del> <ins><bdi>Sport</bdi></ins>" in html
    assert values("section") == {"News", "Sport"}
    assert not Operation.objects.exists()


@pytest.mark.usefixtures("articles")
def test_all_of_it_is_one_operation_with_one_undo(editor: Client) -> None:
    html = previewed(editor, how_section="value", section="Home", how_source="empty")

    response = editor.post(PAGE, {**hidden_of(html), "step": "apply"}, follow=True)

    assert values("section") == {"Home"}
    assert values("source") == {None}
    operation = Operation.objects.get()
    assert (operation.size, operation.summary) == (2, "Source: none, Section: Home (2 articles)")
    assert f"/history/{operation.pk}/undo/" in response.content.decode()
    editor.post(f"/history/{operation.pk}/undo/", {"next": "/articles/"})
    assert values("section") == {"News", "Sport"}
    assert None not in values("source")


def test_only_the_articles_of_the_answer_are_corrected(
    editor: Client, articles: list[Article], index: Callable[[], int]
) -> None:
    index()
    page = f"{PAGE}?q=section:News"
    html = previewed(editor, page, published_day="1932-03")

    editor.post(page, {**hidden_of(html), "step": "apply"})

    for article in articles:
        article.refresh_from_db()
    assert articles[0].published_date == date(1932, 3, 1)
    assert articles[1].published_date == date(1932, 3, 19)


def test_articles_picked_by_hand_are_corrected_alone(
    editor: Client, articles: list[Article]
) -> None:
    page = f"{PAGE}?ids={articles[1].pk}"
    html = previewed(editor, page, source="The Herald")
    assert "Picked by hand" in html

    editor.post(page, {**hidden_of(html), "step": "apply"})

    for article in articles:
        article.refresh_from_db()
    assert [source_name(article) for article in articles] == ["The Gazette", "The Herald"]


@pytest.mark.usefixtures("articles")
def test_people_and_agencies_are_credited_on_all(editor: Client) -> None:
    html = previewed(editor, credit_people="Ann Lee; John Roe", credit_agencies="Reuters")

    editor.post(PAGE, {**hidden_of(html), "step": "apply"})

    for article in Article.objects.all():
        standing = current(article).credits.filter(standing=True)
        assert [(c.kind, c.name) for c in standing] == [
            ("person", "Ann Lee"),
            ("person", "John Roe"),
            ("agency", "Reuters"),
        ]


@pytest.mark.usefixtures("articles")
def test_a_correction_is_taken_back_to_what_was_read(editor: Client) -> None:
    html = previewed(editor, section="Home")
    editor.post(PAGE, {**hidden_of(html), "step": "apply"})

    html = previewed(editor, how_section="as_read")
    editor.post(PAGE, {**hidden_of(html), "step": "apply"})

    assert "as read" in html
    assert values("section") == {"News", "Sport"}


def test_a_list_that_changed_since_is_shown_anew_and_not_corrected(
    editor: Client, corpus: Corpus, articles: list[Article]
) -> None:
    html = previewed(editor, section="Home")
    make_article(corpus, source=articles[0].source, section="Late")

    response = editor.post(PAGE, {**hidden_of(html), "step": "apply"})
    anew = unescape(response.content.decode())

    assert response.status_code == 409
    assert "holds other articles by now" in anew
    assert "<strong>3 articles</strong> would change" in anew
    assert values("section") == {"News", "Sport", "Late"}
    editor.post(PAGE, {**hidden_of(anew), "step": "apply"})
    assert values("section") == {"Home"}


@pytest.mark.usefixtures("articles")
def test_choosing_otherwise_keeps_what_was_typed(editor: Client) -> None:
    html = previewed(editor, section="Home", how_page="empty")

    response = editor.post(PAGE, {**hidden_of(html), "step": "form"})
    form = response.content.decode()

    assert response.status_code == 200
    assert 'name="section" value="Home"' in form
    assert '<option value="empty" selected>' in form


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Say what is to be corrected."),
        ({"how_section": "value"}, "Say what to set it to"),
        ({"published_day": "2019-02-30"}, "There is no such date."),
        ({"published_time": "12:00"}, "A time needs its day."),
        ({"language": "not a language"}, "This must be a language such as en."),
        ({"section": "x" * 301}, "more than 300 characters"),
    ],
)
@pytest.mark.usefixtures("articles")
def test_what_can_t_be_done_is_told_beside_the_field(
    editor: Client, form: dict[str, str], sentence: str
) -> None:
    html = previewed(editor, status=400, **form)

    assert sentence in html
    assert editor.post(PAGE, {**form, "step": "apply"}).status_code == 400
    assert not Operation.objects.exists()


@pytest.mark.usefixtures("articles")
def test_what_each_article_has_of_its_own_is_never_set_for_many(editor: Client) -> None:
    html = previewed(
        editor, status=400, how_canonical_url="value", canonical_url="https://a.example/"
    )

    assert "Say what is to be corrected." in html


@pytest.mark.usefixtures("articles")
def test_a_list_that_is_too_long_says_how_to_narrow_it(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "AT_ONCE", 1)

    response = editor.get(PAGE)

    assert response.status_code == 400
    assert "This list is too long" in response.content.decode()


@pytest.mark.usefixtures("articles")
def test_of_several_corpora_one_is_chosen(editor: Client, index: Callable[[], int]) -> None:
    make_article(make_corpus("open", access=Access.OPEN))
    index()

    response = editor.get(PAGE)
    html = response.content.decode()

    assert response.status_code == 400
    assert "One corpus at a time" in html
    assert "?q=corpus%3A%22default%22" in html
    assert "?q=corpus%3A%22open%22" not in html
    assert editor.get(f"{PAGE}?q=corpus:default").status_code == 200
    assert editor.get(f"{PAGE}?q=corpus:open").status_code == 403


def test_an_empty_list_leads_back(editor: Client) -> None:
    assert "There are no articles to correct" in editor.get(PAGE).content.decode()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ANNOTATOR])
def test_only_editors_may_correct(
    client: Client, corpus: Corpus, articles: list[Article], role: Role
) -> None:
    form = {"section": "Home", "step": "apply", "fingerprint": answers.hold(Article.objects.all())}
    assert client.get(PAGE).status_code == 302
    client.force_login(make_member(corpus, role))

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, form).status_code == 403
    assert "Correct these" not in client.get("/articles/").content.decode()
    assert articles[0].section in values("section")


@pytest.mark.usefixtures("articles")
def test_others_articles_are_not_there(client: Client, index: Callable[[], int]) -> None:
    secret = make_article(make_corpus("closed"), section="Secret")
    client.force_login(make_member(make_corpus("mine"), Role.EDITOR))
    index()

    for page in (f"{PAGE}?ids={secret.pk}", f"{PAGE}?q=section:Secret"):
        assert "There are no articles to correct" in client.get(page).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "ids=",
        "ids=x",
        "ids=1,%00",
        f"ids={'9' * 40}",
        "ids=" + ",".join(["1"] * 201),
        "section=%00",
        "user__password__startswith=a",
        "q=%00",
        "q=nosuch:field",
        "q=date:9999-99-99",
        "limit=-1",
        "sort=newest",
    ],
)
@pytest.mark.usefixtures("articles")
def test_bad_parameters_are_told(editor: Client, query: str) -> None:
    assert editor.get(f"{PAGE}?{query}").status_code == 400


@pytest.mark.parametrize("name", ["section", "how_section", "step", "fingerprint", "credit_people"])
@pytest.mark.usefixtures("articles")
def test_a_nul_is_refused_in_any_field(editor: Client, name: str) -> None:
    given = {"section": "Home", "step": "apply", name: "a\0b"}

    assert editor.post(PAGE, given).status_code == 400
    assert not Operation.objects.exists()


@pytest.mark.usefixtures("articles")
def test_a_form_without_its_token_is_refused(corpus: Corpus) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(corpus, Role.EDITOR))

    assert client.post(PAGE, {"section": "Home", "step": "preview"}).status_code == 403


@pytest.mark.usefixtures("articles")
def test_editors_find_it_on_the_list_with_its_question(
    editor: Client, index: Callable[[], int]
) -> None:
    index()
    html = unescape(editor.get("/articles/?q=section:News&limit=1").content.decode())

    assert 'href="/articles/correct/?q=section%3ANews"' in html


@pytest.mark.usefixtures("articles")
def test_an_address_of_old_leads_to_the_same_articles(
    editor: Client, index: Callable[[], int]
) -> None:
    index()
    response = editor.get(f"{PAGE}?section=News", follow=True)

    assert response.redirect_chain == [(f"{PAGE}?q=section%3A%22News%22", 302)]
    assert "Correct 1 article" in unescape(response.content.decode())


def test_what_came_into_the_answer_since_is_not_corrected_unseen(
    editor: Client, articles: list[Article], index: Callable[[], int]
) -> None:
    index()
    page = f"{PAGE}?q=section:News"
    html = previewed(editor, page, edition="Late")
    late = make_article(articles[0].corpus, section="News", headline="Late")
    index()

    response = editor.post(page, {**hidden_of(html), "step": "apply"})

    assert response.status_code == 409
    assert Article.objects.filter(edition="Late").count() == 0
    seen = editor.post(page, {**hidden_of(unescape(response.content.decode())), "step": "apply"})
    assert seen.status_code == 302
    late.refresh_from_db()
    assert late.edition == "Late"


@pytest.mark.usefixtures("articles")
def test_without_an_index_it_is_said_that_nothing_can_be_chosen(editor: Client) -> None:
    response = editor.get(f"{PAGE}?q=section:News")

    assert response.status_code == 503
    assert response["Retry-After"]
    assert editor.get(PAGE).status_code == 200
