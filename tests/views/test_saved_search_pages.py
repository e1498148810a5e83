"""Saved searches on pages, and their feeds."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from articles.keeping import searches
from articles.models import Access, Article, Corpus, SavedSearch
from tests.factories import make_article, make_corpus, make_member, make_source, make_user

type Index = Callable[[], int]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _no_guesses(db: None) -> None:  # noqa: ARG001 -- opens the database
    cache.clear()


@pytest.fixture
def reader(corpus: Corpus) -> User:
    return make_member(corpus)


@pytest.fixture
def desk(reader: User) -> Client:
    client = Client()
    client.force_login(reader)
    return client


def html_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content
    return unescape(response.content.decode())


def sent(client: Client, address: str, **fields: str) -> str:
    response = client.post(address, fields, follow=True)
    assert response.status_code == 200, response.content
    return unescape(response.content.decode())


def saved(reader: User, query: str = "camp", *, days_ago: int = 0) -> SavedSearch:
    search = searches.save(by=reader, name="Camps", query=query)
    if days_ago:
        search.looked_at = timezone.now() - timedelta(days=days_ago)
        search.save()
    return search


def entries(body: bytes) -> list[ET.Element]:
    return ET.fromstring(body).findall(f"{ATOM}entry")  # noqa: S314 -- our own


def said(entry: ET.Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}") or ""


def test_a_search_is_saved_from_its_answer_changed_removed_and_restored(
    corpus: Corpus, desk: Client, index: Index
) -> None:
    made = make_article(corpus, headline="Camp")
    Article.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(hours=1))
    index()
    assert "/searches/new/?q=camp&sort=oldest" in html_of(desk, "/articles/?q=camp&sort=oldest")

    html = html_of(desk, "/searches/new/?q=camp&sort=oldest")
    assert '<option value="oldest" selected>' in html
    html = sent(desk, "/searches/new/", name="Camps", query="camp", sort="oldest")
    assert "nothing new" in html
    search = SavedSearch.objects.get()
    sent(desk, f"/searches/{search.pk}/edit/", name="All camps", query="camp*", sort="")
    search.refresh_from_db()
    assert (search.name, search.query, search.sort) == ("All camps", "camp*", "")
    assert "No saved searches yet" in sent(desk, f"/searches/{search.pk}/remove/")
    html_of(desk, f"/searches/{search.pk}/", 404)
    assert "“All camps” is back" in sent(desk, f"/searches/{search.pk}/restore/")


def test_what_is_new_is_counted_shown_and_taken_as_seen(
    corpus: Corpus, reader: User, desk: Client, index: Index
) -> None:
    old = make_article(corpus, headline="Camp, known")
    Article.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=30))
    new = make_article(corpus, headline="Camp, new")
    Article.objects.filter(pk=new.pk).update(created_at=timezone.now() - timedelta(hours=1))
    index()
    search = saved(reader, days_ago=3)

    assert "1 new" in html_of(desk, "/searches/")
    html = html_of(desk, f"/searches/{search.pk}/")
    assert "1 new since" in html
    assert ", new</a>" in html
    assert ", known</a>" not in html
    assert "1 new" in html_of(desk, "/searches/")
    html = sent(desk, f"/searches/{search.pk}/look/")

    assert "1 new since" in html
    assert "taken as seen" in html
    assert "nothing new" in html_of(desk, "/searches/")
    assert "Nothing new" in html_of(desk, f"/searches/{search.pk}/")


def test_what_came_in_while_one_looked_at_the_page_stays_new(
    corpus: Corpus, reader: User, desk: Client, index: Index
) -> None:
    index()
    search = saved(reader, days_ago=3)
    html = html_of(desk, f"/searches/{search.pk}/")
    assert "Nothing new" in html
    hour = timedelta(hours=1)
    made = make_article(corpus, headline="Camp")
    Article.objects.filter(pk=made.pk).update(created_at=timezone.now() - hour)
    index()

    until = (timezone.now() - 2 * hour).isoformat()
    desk.post(f"/searches/{search.pk}/look/", {"until": until})
    assert "1 new" in html_of(desk, "/searches/")
    assert f'name="until" value="{timezone.now():%Y}' in html_of(desk, f"/searches/{search.pk}/")
    for wrong in ("soon", "9999-12-31T23:59-23:59", "\0"):
        assert desk.post(f"/searches/{search.pk}/look/", {"until": wrong}).status_code == 400
    desk.post(f"/searches/{search.pk}/look/")
    assert "nothing new" in html_of(desk, "/searches/")


def test_a_search_is_its_owners_alone(reader: User, superuser: User, index: Index) -> None:
    index()
    search = saved(reader)
    for other in (superuser, make_user()):
        client = Client()
        client.force_login(other)
        for address in ("", "edit/", "feed/"):
            html_of(client, f"/searches/{search.pk}/{address}", 404)
        for act in ("edit", "look", "remove", "restore", "feed/new", "feed/end"):
            assert client.post(f"/searches/{search.pk}/{act}/").status_code == 404
        assert "Camps" not in html_of(client, "/searches/")


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "", "query": "camp"},
        {"name": "x" * 201, "query": "camp"},
        {"name": "N", "query": '"camp'},
        {"name": "N", "query": "nofield:x"},
        {"name": "N", "query": "x " * 3_001},
        {"name": "N", "query": "a\0b"},
        {"name": "N\0", "query": "camp"},
        {"name": "N", "query": "camp", "sort": "best"},
        {"name": "Camps", "query": "camp"},
    ],
)
def test_what_cannot_be_saved_is_shown_again_with_what_is_wrong(
    fields: dict[str, str], reader: User, desk: Client
) -> None:
    saved(reader)

    response = desk.post("/searches/new/", fields)

    assert response.status_code == 400
    assert 'class="error"' in response.content.decode() or "errorlist" in response.content.decode()
    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize(
    "query", ["since=yesterday", "since=9999-12-31T23:59-23:59", "since=%00", "x=1", "cursor=zz"]
)
def test_what_cannot_be_read_in_an_address_is_refused(
    query: str, reader: User, desk: Client, index: Index
) -> None:
    index()
    html_of(desk, f"/searches/{saved(reader).pk}/?{query}", 400)


def test_a_feed_is_read_without_a_login_by_its_address(
    corpus: Corpus, reader: User, desk: Client, index: Index
) -> None:
    source = make_source(corpus, "The Gazette")
    first = make_article(corpus, headline="Camp <b>opened</b> & shut", source=source)
    second = make_article(
        corpus, headline="Camp again", paragraphs=("Beside <script>x</script> the camp.",)
    )
    Article.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(hours=1))
    make_article(make_corpus(), headline="Camp of others")
    index()
    search = saved(reader)

    shown = desk.post(f"/searches/{search.pk}/feed/new/")
    assert shown.status_code == 201
    address = shown.content.decode().partition('id="feed-address" tabindex="0">')[2].split("<")[0]
    path = urlsplit(address).path
    response = Client().get(path)

    assert response.headers["Content-Type"].startswith("application/atom+xml")
    newest, older = entries(response.content)
    assert said(older, "title") == "Camp <b>opened</b> & shut"
    assert said(newest, "id").endswith(f":articles/{second.pk}")
    assert said(newest, "id").startswith("tag:testserver,")
    assert "&lt;script&gt;" in said(newest, "summary")
    assert "The Gazette" in (older.findtext(f"{ATOM}author/{ATOM}name") or "")
    link = older.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"http://testserver/articles/{first.pk}/"
    assert "noindex" in response.headers["X-Robots-Tag"]
    for headers in (
        {"If-None-Match": response.headers["ETag"]},
        {"If-Modified-Since": response.headers["Last-Modified"]},
    ):
        assert Client().get(path, headers=headers).status_code == 304
    assert entries(desk.get(f"/searches/{search.pk}/feed/").content)
    assert address not in html_of(desk, f"/searches/{search.pk}/")

    make_article(corpus, headline="Camp, a third")
    index()
    changed = Client().get(path, headers={"If-None-Match": response.headers["ETag"]})
    assert len(entries(changed.content)) == 3


def test_an_empty_feed_stays_the_same(reader: User, index: Index) -> None:
    index()
    secret = searches.new_feed(saved(reader))

    first, again = (Client().get(f"/feeds/{secret}/") for _ in range(2))

    assert first.status_code == 200
    assert first.headers["ETag"] == again.headers["ETag"]


def test_a_feed_tells_what_its_owner_may_see_then(reader: User, index: Index) -> None:
    licensed = make_corpus(access=Access.LICENSED)
    article = make_article(
        licensed, headline="Camp", paragraphs=("Known words of the camp.", "quillwort " * 400)
    )
    Article.objects.filter(pk=article.pk).update(standfirst="A long standfirst")
    index()
    secret = searches.new_feed(saved(reader))

    body = Client().get(f"/feeds/{secret}/").content.decode()
    assert "Known words" in body
    assert body.count("quillwort") < 60
    licensed.access = Access.MEMBERS
    licensed.save()
    assert "Camp</title>" not in Client().get(f"/feeds/{secret}/").content.decode()


def test_a_feed_ends_with_its_address_its_search_and_its_owner(
    reader: User, desk: Client, index: Index
) -> None:
    index()
    search = saved(reader)
    old = searches.new_feed(search)
    secret = searches.new_feed(search)

    def status(of: str) -> int:
        return int(Client().get(f"/feeds/{of}/").status_code)

    assert (status(old), status(secret)) == (404, 200)
    sent(desk, f"/searches/{search.pk}/remove/")
    assert status(secret) == 404
    sent(desk, f"/searches/{search.pk}/restore/")
    assert status(secret) == 200
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert status(secret) == 404
    User.objects.filter(pk=reader.pk).update(is_active=True)
    sent(desk, f"/searches/{search.pk}/feed/end/")
    assert status(secret) == 404


def test_guesses_at_feeds_are_counted(reader: User, index: Index) -> None:
    index()
    secret = searches.new_feed(saved(reader))
    for number in range(30):
        Client().get(f"/feeds/guess-number-{number}/")

    assert Client().get(f"/feeds/{secret}/").status_code == 429


def test_a_query_that_came_to_be_broken_can_be_put_right(
    reader: User, desk: Client, index: Index
) -> None:
    index()
    search = saved(reader)
    SavedSearch.objects.update(query="camp AND (")

    assert "not counted" in html_of(desk, "/searches/")
    html_of(desk, f"/searches/{search.pk}/", 400)
    html_of(desk, f"/searches/{search.pk}/feed/", 400)
    sent(desk, f"/searches/{search.pk}/edit/", name="Camps", query="camp", sort="")
    html_of(desk, f"/searches/{search.pk}/")


def test_without_an_index_pages_and_feeds_say_so(reader: User, desk: Client) -> None:
    search = saved(reader)
    secret = searches.new_feed(search)
    for address in ("/searches/", f"/searches/{search.pk}/", f"/feeds/{secret}/"):
        assert desk.get(address).status_code == 503
