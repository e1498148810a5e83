"""The work list: what needs a look, counted by flag, and then one article after another."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client

from articles.curation import fields
from articles.models import Article, Corpus, CorrectedField, Door, Operation, Role
from tests.factories import (
    current,
    make_article,
    make_corpus,
    make_member,
    make_source,
    source_name,
)

pytestmark = pytest.mark.django_db
PAGE = "/to-check/article/"


@pytest.fixture
def editor(corpus: Corpus, client: Client) -> Client:
    client.force_login(make_member(corpus, Role.EDITOR))
    return client


def flagged(
    corpus: Corpus, headline: str = "Undated", flags: tuple[str, ...] = ("undated", "no_source")
) -> Article:
    """Return an article without a date and a source."""
    return with_flags(make_article(corpus, headline=headline, published=None), *flags)


def with_flags(article: Article, *flags: str) -> Article:
    version = current(article)
    version.read = {**version.read, "flags": list(flags)}
    version.save()
    article.flags = list(flags)
    article.save()
    return article


def html_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content
    return unescape(response.content.decode())


def form_of(html: str) -> dict[str, str]:
    """Return what the form on a page would send."""
    form = html.split('id="work-form"')[1].split("</form>", maxsplit=1)[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value:
            found[name[1]] = value[1]
    return found


def test_flags_are_counted_with_what_they_mean(editor: Client, corpus: Corpus) -> None:
    flagged(corpus)
    flagged(corpus, flags=("undated",))
    make_article(corpus)

    html = html_of(editor, "/to-check/")

    counts = re.findall(r'<span class="num">(\d+)</span> <span class="work-flag">([^<]+)', html)
    assert counts == [("2", "Undated"), ("1", "No source")]
    assert "No date was found in what was received" in html


def test_the_counts_follow_the_question(
    editor: Client, corpus: Corpus, index: Callable[[], int]
) -> None:
    gazette = make_source(corpus, "The Gazette")
    with_flags(make_article(corpus, source=gazette), "truncated")
    with_flags(make_article(corpus), "truncated")

    index()

    html = html_of(editor, "/to-check/?q=source:%22The+Gazette%22")

    assert '<span class="num">1</span>' in html
    assert "?q=source%3A%22The+Gazette%22+flag%3A%22truncated%22" in html
    old = editor.get("/to-check/?source=The+Gazette")
    assert old["Location"] == "/to-check/?q=source%3A%22The+Gazette%22"


def test_what_was_put_right_just_now_does_not_come_again(
    editor: Client, corpus: Corpus, index: Callable[[], int]
) -> None:
    gazette = make_source(corpus, "The Gazette")
    article = with_flags(make_article(corpus, source=gazette), "truncated")
    index()
    page = f"{PAGE}?q=source:%22The+Gazette%22+flag:truncated"

    response = editor.post(page, {**form_of(html_of(editor, page)), "no_fault": "all"})

    # The index has not caught up yet.
    html = html_of(editor, response["Location"])
    assert f'name="article" value="{article.pk}"' not in html


def test_without_flags_there_is_nothing_to_check(editor: Client, corpus: Corpus) -> None:
    make_article(corpus)

    assert "Nothing to check" in html_of(editor, "/to-check/")
    assert "Nothing to check" in html_of(editor, PAGE)


def test_one_article_is_shown_with_its_flags_and_the_fields_that_matter(
    editor: Client, corpus: Corpus
) -> None:
    flagged(corpus, "Nobody knows when")

    html = html_of(editor, PAGE)

    assert "1 of 1" in html
    assert "Nobody knows when" in html
    assert "which outlet printed this" in html
    assert 'name="published_day"' in html
    assert 'name="source"' in html
    assert 'name="section"' not in html


def test_what_is_filled_in_is_saved_and_the_next_one_shown(editor: Client, corpus: Corpus) -> None:
    flagged(corpus, "Second")
    first = flagged(corpus, "First")
    form = form_of(html_of(editor, PAGE))

    response = editor.post(
        PAGE, {**form, "published_day": "1932-03", "source": "The Gazette"}, follow=True
    )
    html = unescape(response.content.decode())

    first.refresh_from_db()
    assert (first.published_date, first.published_precision) == (date(1932, 3, 1), "month")
    assert source_name(first) == "The Gazette"
    assert first.flags == []
    assert "2 of 2" in html
    assert "Second" in html
    assert Operation.objects.count() == 1


def test_no_fault_takes_the_flags_away_that_were_shown(editor: Client, corpus: Corpus) -> None:
    article = flagged(corpus)
    page = f"{PAGE}?q=flag:undated"

    response = editor.post(page, {**form_of(html_of(editor, page)), "no_fault": "all"})

    article.refresh_from_db()
    assert response.status_code == 302
    assert article.flags == ["no_source"]


def test_one_of_several_flags_may_be_no_fault(editor: Client, corpus: Corpus) -> None:
    article = flagged(corpus)

    editor.post(PAGE, {**form_of(html_of(editor, PAGE)), "no_fault": "no_source"})

    article.refresh_from_db()
    assert article.flags == ["undated"]


def test_the_list_is_walked_to_its_end_by_skipping(editor: Client, corpus: Corpus) -> None:
    for number in range(3):
        flagged(corpus, f"Number {number}")
    html, seen = html_of(editor, PAGE), []

    while 'rel="next"' in html:
        seen.append(re.findall(r"Number \d", html)[0])
        html = html_of(editor, re.findall(r'href="([^"]*)" data-key="s"', html)[0])

    assert seen == ["Number 2", "Number 1", "Number 0"]
    assert "The list ends here" in html
    assert "3 articles of it are still flagged" in html


def test_the_place_is_kept_when_a_date_moves_the_article(editor: Client, corpus: Corpus) -> None:
    oldest, middle, newest = (flagged(corpus, name) for name in ("Oldest", "Middle", "Newest"))
    skipped = html_of(editor, PAGE)
    page = re.findall(r'href="([^"]*)" data-key="s"', skipped)[0]
    html = html_of(editor, page)
    assert middle.headline in html

    response = editor.post(page, {**form_of(html), "published_day": "1932-03-19"}, follow=True)

    assert newest.headline in skipped
    assert oldest.headline in unescape(response.content.decode())
    assert "3 of 3" in response.content.decode()


def test_what_was_done_last_can_be_undone_and_comes_back(editor: Client, corpus: Corpus) -> None:
    flagged(corpus, "Second")
    first = flagged(corpus, "First")
    done = editor.post(PAGE, {**form_of(html_of(editor, PAGE)), "no_fault": "all"}, follow=True)
    html = unescape(done.content.decode())
    [undo] = re.findall(r'action="(/history/\d+/undo/)"', html)
    back = re.findall(r'name="next" value="(/to-check/[^"]*)"', html)[-1]

    response = editor.post(undo, {"next": back}, follow=True)
    html = unescape(response.content.decode())

    first.refresh_from_db()
    assert first.flags == ["undated", "no_source"]
    assert "First" in html
    assert "1 of 2" in html


def test_what_someone_else_put_right_meanwhile_is_not_overwritten(
    editor: Client, corpus: Corpus
) -> None:
    article = flagged(corpus)
    form = form_of(html_of(editor, PAGE))
    theirs = {CorrectedField.PUBLISHED: {"date": "1900-01-01"}}
    fields.correct([article.pk], theirs, by=None, door=Door.API)

    response = editor.post(PAGE, {**form, "published_day": "1932-03-19", "source": "The Gazette"})
    html = unescape(response.content.decode())

    article.refresh_from_db()
    assert response.status_code == 409
    assert "Someone changed this article" in html
    assert article.published_date == date(1900, 1, 1)
    # What was typed is still there, for what still matters.
    assert 'value="The Gazette"' in html


def test_others_on_the_same_list_do_not_disturb_its_order(editor: Client, corpus: Corpus) -> None:
    articles = [flagged(corpus, f"Number {number}") for number in range(3)]
    form = form_of(html_of(editor, PAGE))
    fields.look_at([articles[1].pk], ["undated", "no_source"], by=None, door=Door.API)

    response = editor.post(PAGE, {**form, "no_fault": "all"}, follow=True)

    assert "Number 0" in response.content.decode()
    assert "2 of 2" in response.content.decode()


def test_an_article_that_was_named_and_dealt_with_gives_way_to_the_next(
    editor: Client, corpus: Corpus
) -> None:
    flagged(corpus, "Next")
    done = make_article(corpus, headline="Done")

    html = html_of(editor, f"{PAGE}?article={done.pk}")

    assert "Next" in html
    assert "Done" not in html


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"published_day": "2019-02-30"}, "There is no such date"),
        ({"published_day": "once"}, "Write the day as"),
        ({}, "Nothing was filled in"),
    ],
)
def test_what_can_t_be_saved_is_told_and_stays_typed(
    editor: Client, corpus: Corpus, typed: dict[str, str], sentence: str
) -> None:
    article = flagged(corpus)

    response = editor.post(PAGE, {**form_of(html_of(editor, PAGE)), **typed})
    html = unescape(response.content.decode())

    article.refresh_from_db()
    assert response.status_code == 400
    assert sentence in html
    assert all(f'value="{value}"' in html for value in typed.values())
    assert article.flags == ["undated", "no_source"]
    assert not Operation.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "after=nonsense",
        "after=WzAsMSwyLDNd",
        "article=x",
        "done=-1",
        "done=99999999999999999999999",
        "last=%00",
        "was=1e3",
        "q=flag:",
        "q=flag:undated%00",
        "flagged=undated%00",
        "sort=newest",
        "flags__contains=undated",
        "limit=NaN",
    ],
)
def test_bad_parameters_are_told(editor: Client, corpus: Corpus, query: str) -> None:
    flagged(corpus)

    assert editor.get(f"{PAGE}?{query}").status_code == 400


@pytest.mark.parametrize(
    "posted",
    [
        {"article": "x"},
        {"article": ""},
        {"article": "9" * 30},
        {"no_fault": "fine"},
        {"no_fault": "all\0"},
        {"published_day": "1932\0"},
        {"state": "\0"},
    ],
)
def test_bad_answers_are_told_and_change_nothing(
    editor: Client, corpus: Corpus, posted: dict[str, str]
) -> None:
    flagged(corpus)
    form = form_of(html_of(editor, PAGE))

    assert editor.post(PAGE, {**form, **posted}).status_code == 400
    assert not Operation.objects.exists()


def test_an_article_that_is_gone_or_not_theirs_is_passed_over(
    editor: Client, corpus: Corpus
) -> None:
    flagged(corpus)
    secret = flagged(make_corpus("closed"), "Secret")
    form = form_of(html_of(editor, PAGE))

    response = editor.post(PAGE, {**form, "article": str(secret.pk), "no_fault": "all"})

    secret.refresh_from_db()
    assert response.status_code == 302
    assert secret.flags == ["undated", "no_source"]
    assert editor.get(f"{PAGE}?article={secret.pk}").status_code == 404


@pytest.mark.parametrize("address", ["/to-check/", PAGE])
def test_the_work_list_is_for_editors(client: Client, corpus: Corpus, address: str) -> None:
    flagged(corpus)

    assert client.get(address).status_code == 302
    client.force_login(make_member(corpus, Role.ANNOTATOR))
    assert client.get(address).status_code == 403
    assert client.post(PAGE, {"article": "1", "no_fault": "all"}).status_code == 403
    assert "To check" not in client.get("/articles/").content.decode()
    client.force_login(make_member(corpus, Role.EDITOR))
    assert client.get(address).status_code == 200
    assert "To check" in client.get("/articles/").content.decode()


def test_only_one_s_own_corpora_are_in_the_list(editor: Client, corpus: Corpus) -> None:
    mine, readable = flagged(corpus, "Mine"), make_corpus("open", access="open")
    flagged(readable, "Theirs")

    html = html_of(editor, PAGE)

    assert mine.headline in html
    assert "1 of 1" in html


def test_a_form_without_its_token_is_refused(corpus: Corpus) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(corpus, Role.EDITOR))

    assert client.post(PAGE, {"article": "1", "no_fault": "all"}).status_code == 403
