"""The pages of history: what was done, and taking it back."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from articles.annotate.tags import tagging
from articles.annotate.tags.tagging import Wanted
from articles.curation import borders, fields
from articles.history.operations import act
from articles.history.undo import undo
from articles.models import Act, Article, Corpus, CorrectedField, Door, Operation, Role
from tests.factories import (
    current,
    make_article,
    make_member,
    make_mention,
    make_person,
    make_source,
    make_user,
)


@pytest.fixture
def editor(corpus: Corpus) -> User:
    return make_member(corpus, Role.EDITOR)


@pytest.fixture
def browser(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def corrected(article: Article, page: str = "7", by: User | None = None) -> Operation:
    operation = fields.correct([article.pk], {CorrectedField.PAGE: page}, by=by, door=Door.PAGE)
    assert operation is not None
    return operation


def test_an_undo_goes_back_and_offers_to_do_it_again(corpus: Corpus, browser: Client) -> None:
    article = make_article(corpus)
    operation = corrected(article)

    answer = browser.post(
        reverse("operation-undo", args=[operation.pk]), {"next": article.get_absolute_url()}
    )

    assert answer.status_code == 302
    assert answer.headers["Location"] == article.get_absolute_url()
    [message] = get_messages(answer.wsgi_request)
    undoing = Operation.objects.get(undoes=operation)
    assert message.extra_tags == f"redo-{undoing.pk}"
    article.refresh_from_db()
    assert article.page is None
    shown = browser.get(article.get_absolute_url()).content.decode()
    assert reverse("operation-undo", args=[undoing.pk]) in shown
    assert ">Redo " in shown


def test_a_refused_undo_says_why_and_leads_to_the_later_work(
    corpus: Corpus, browser: Client
) -> None:
    article = make_article(corpus)
    first, second = corrected(article, "7"), corrected(article, "8")

    answer = browser.post(reverse("operation-undo", args=[first.pk]))

    assert answer.status_code == 409
    words = answer.content.decode()
    assert "Nothing was changed" in words
    assert second.get_absolute_url() in words
    assert reverse("operation-undo", args=[second.pk]) in words
    article.refresh_from_db()
    assert article.page == "8"


@pytest.mark.parametrize(
    ("onwards", "there"),
    [("//evil.example", False), (r"/\evil.example", False), ("https://evil.example", False),
     ("/sources/", True), ("", False), ("/a\0b", False)],
)  # fmt: skip
def test_an_undo_goes_to_places_of_its_own_only(
    corpus: Corpus, browser: Client, onwards: str, *, there: bool
) -> None:
    operation = corrected(make_article(corpus))

    answer = browser.post(reverse("operation-undo", args=[operation.pk]), {"next": onwards})

    undoing = Operation.objects.get(undoes=operation)
    assert answer.headers["Location"] == (onwards if there else undoing.get_absolute_url())


def test_what_changed_is_told_and_escaped(corpus: Corpus, browser: Client) -> None:
    article = make_article(corpus, headline="<script>alert(1)</script>")
    operation = corrected(article, page="<b>7</b>")

    words = browser.get(operation.get_absolute_url()).content.decode()

    assert "&lt;b&gt;7&lt;/b&gt;" in words
    assert "<b>7</b>" not in words
    assert "<script>alert" not in words


def test_many_changes_come_in_pages(corpus: Corpus, browser: Client) -> None:
    ids = [make_article(corpus, headline=f"Number {number}").pk for number in range(101)]
    operation = fields.correct(ids, {CorrectedField.PAGE: "7"}, by=None, door=Door.PAGE)
    assert operation is not None

    first = browser.get(operation.get_absolute_url())

    assert b"Number 99<" in first.content
    assert b"Number 100<" not in first.content
    cursor = first.context["page"].next
    assert b"Number 100<" in browser.get(f"{operation.get_absolute_url()}?cursor={cursor}").content


def test_the_list_says_who_undid_what(corpus: Corpus, browser: Client, editor: User) -> None:
    operation = corrected(make_article(corpus))
    browser.post(reverse("operation-undo", args=[operation.pk]))

    words = browser.get(reverse("operation-list")).content.decode()

    assert f"undone by <bdi>{editor.get_username()}</bdi>" in words
    assert "Redo" in words
    undone = browser.get(reverse("operation-list"), {"state": "undone"})
    assert [row.operation for row in undone.context["rows"]] == [operation]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ANNOTATOR])
def test_who_may_not_undo_is_told_why(corpus: Corpus, client: Client, role: Role) -> None:
    operation = corrected(make_article(corpus))
    client.force_login(make_member(corpus, role))

    shown = client.get(operation.get_absolute_url()).content.decode()
    answer = client.post(reverse("operation-undo", args=[operation.pk]))

    assert "you need the role of editor" in shown
    assert reverse("operation-undo", args=[operation.pk]) not in shown
    assert answer.status_code == 403
    assert Operation.objects.count() == 1


def test_to_outsiders_there_is_no_operation(open_corpus: Corpus, client: Client) -> None:
    operation = corrected(make_article(open_corpus))
    anonymous = Client()
    client.force_login(make_user())

    for path in ("operation-detail", "operation-undo"):
        answer = anonymous.get(reverse(path, args=[operation.pk]))
        assert answer.headers["Location"].startswith(reverse("login"))
    assert client.get(operation.get_absolute_url()).status_code == 404
    assert client.post(reverse("operation-undo", args=[operation.pk])).status_code == 404
    assert b"member of none" in client.get(reverse("operation-list")).content


def test_a_state_is_not_changed_by_looking_nor_without_a_csrf_token(
    corpus: Corpus, editor: User, browser: Client
) -> None:
    operation = corrected(make_article(corpus))
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)

    assert browser.get(reverse("operation-undo", args=[operation.pk])).status_code == 405
    assert strict.post(reverse("operation-undo", args=[operation.pk])).status_code == 403
    assert Operation.objects.count() == 1


def test_everyone_reads_the_life_of_an_open_article(open_corpus: Corpus, visitor: Client) -> None:
    article = make_article(open_corpus)
    corrected(article, by=make_member(open_corpus, Role.EDITOR, make_user("secretive")))

    words = visitor.get(reverse("article-history", args=[article.pk])).content.decode()

    assert "Page" in words
    assert "secretive" not in words
    assert "Stored" in words


def test_the_life_of_a_hidden_article_is_not_there(corpus: Corpus, visitor: Client) -> None:
    article, source, person = make_article(corpus), make_source(corpus), make_person(corpus)

    for name, pk in (
        ("article-history", article.pk),
        ("source-history", source.pk),
        ("person-history", person.pk),
    ):
        assert visitor.get(reverse(name, args=[pk])).status_code == 404


def test_outlets_and_authors_have_lives(corpus: Corpus, browser: Client) -> None:
    source, person = make_source(corpus, "Gazette"), make_person(corpus, "Ann Lee")

    for name, pk, words in (
        ("source-history", source.pk, "By an import or a command"),
        ("person-history", person.pk, "Ann Lee"),
    ):
        assert words in browser.get(reverse(name, args=[pk])).content.decode()


def test_a_joined_articles_life_leads_to_the_other(corpus: Corpus, browser: Client) -> None:
    article, other = make_article(corpus), make_article(corpus, headline="The rest")
    borders.join(article, [other], by=None, door=Door.PAGE)

    words = browser.get(reverse("article-history", args=[other.pk])).content.decode()

    assert "It was joined to" in words
    assert article.get_absolute_url() in words


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("cursor=x", 400),
        ("cursor=%00", 400),
        ("by=%00", 400),
        ("after=2019-02-30", 400),
        ("kind=burn", 400),
        ("user__password=x", 400),
        ("limit=999999999999999999999999", 400),
        ("corpus=nowhere", 404),
        ("by=nobody", 200),
    ],
)
def test_a_bad_filter_is_said(browser: Client, query: str, status: int) -> None:
    answer = browser.get(f"{reverse('operation-list')}?{query}")

    assert answer.status_code == status


@pytest.mark.parametrize("name", ["article-history", "operation-detail"])
@pytest.mark.parametrize("cursor", ["x", "%00", "1.2.3.4.5", "9" * 600])
def test_a_cursor_that_is_none_is_refused(
    corpus: Corpus, browser: Client, name: str, cursor: str
) -> None:
    article = make_article(corpus)
    number = corrected(article).pk if name == "operation-detail" else article.pk

    assert browser.get(f"{reverse(name, args=[number])}?cursor={cursor}").status_code == 400


@pytest.mark.parametrize("rows", [2, 12])
def test_a_life_takes_a_constant_number_of_queries(
    corpus: Corpus, browser: Client, django_assert_num_queries: Any, rows: int
) -> None:
    article = make_article(corpus)
    for number in range(rows):
        corrected(article, str(number))
    path = reverse("article-history", args=[article.pk])
    browser.get(path)

    with django_assert_num_queries(21):
        browser.get(path)


def test_very_many_tags_at_once_are_in_the_list_and_their_undo_too(
    corpus: Corpus, browser: Client, editor: User
) -> None:
    made = {}
    for size, name in ((49, "Forty-nine tags"), (50, "Fifty tags")):
        with act(Act.TAG, corpus=corpus, by=editor, summary=name, door=Door.PAGE) as operation:
            make_mention(make_article(corpus), "Harbour", "event")
            operation.size = size
        made[size] = operation
    for operation in made.values():
        undo(undo(operation, by=None, door=Door.PAGE), by=None, door=Door.PAGE)

    listed = browser.get(reverse("operation-list")).content.decode()

    assert "Fifty tags" in listed
    assert "Undone: Fifty tags" in listed
    assert "Forty-nine tags" not in listed
    assert "Tags made a few at a time" in listed


def test_single_tags_are_left_out_unless_they_are_asked_for(
    corpus: Corpus, browser: Client, editor: User
) -> None:
    article = make_article(corpus)
    corrected(article)
    want = Wanted(start=0, end=7, quote=current(article).text[:7], kind="event")
    made = tagging.tag(article, want, by=editor, door=Door.PAGE)
    undo(undo(made.operation or Operation(), by=None, door=Door.PAGE), by=None, door=Door.PAGE)
    page = reverse("operation-list")

    everything = browser.get(page, {"by": editor.username}).content.decode()
    mine = browser.get(page).content.decode()
    tags = browser.get(page, {"kind": "tag"}).content.decode()
    undone = browser.get(page, {"kind": "undo"}).content.decode()

    assert "tagged as" not in everything + mine
    assert f'href="{page}?by={editor.username}&amp;kind=tag">tagging</a>' in everything
    assert "“Harbour” tagged as Event" in tags
    assert "Undone: “Harbour” tagged as Event" in undone
    assert "left out" not in tags
