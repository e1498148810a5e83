"""Collections on pages: who sees them, what goes into them, samples of an answer."""

from collections.abc import Callable, Sequence
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.annotate.spreading import spreads
from articles.keeping import collections
from articles.models import (
    Access,
    Article,
    Collection,
    CollectionItem,
    Corpus,
    Door,
    Operation,
    Role,
    Spread,
)
from articles.search.asking import ask
from tests.factories import make_article, make_corpus, make_member, make_source, make_user
from tests.keeping.collected import in_it

type Index = Callable[[], int]


@pytest.fixture
def reader(corpus: Corpus) -> User:
    """Return a viewer, who may collect."""
    return make_member(corpus)


@pytest.fixture
def desk(reader: User) -> Client:
    """Return the viewer's browser."""
    return browser_of(reader)


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def html_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content
    return unescape(response.content.decode())


def sent(client: Client, address: str, **fields: Any) -> str:
    """Send a form, and return the page that it leads to."""
    response = client.post(address, fields, follow=True)
    assert response.status_code == 200, response.content
    return unescape(response.content.decode())


def collection(corpus: Corpus, by: User, name: str = "Camps", **fields: Any) -> Collection:
    return collections.make(corpus, name=name, by=by, door=Door.PAGE, **fields).collection


def test_one_sees_ones_own_and_those_that_are_shared(
    corpus: Corpus, reader: User, desk: Client
) -> None:
    colleague = make_member(corpus)
    collection(corpus, reader, "Mine", articles=[make_article(corpus).pk])
    collection(corpus, colleague, "Theirs, shared", shared=True)
    collection(corpus, colleague, "Theirs, private")

    html = html_of(desk, "/collections/")

    assert "Mine" in html
    assert "Theirs, shared" in html
    assert colleague.get_username() in html
    assert "Theirs, private" not in html
    assert "Theirs, shared" not in html_of(desk, "/collections/?q=mine")
    assert "No collection is called so" in html_of(desk, "/collections/?q=zzz")
    outside = html_of(browser_of(make_user()), "/collections/")
    assert "Theirs" not in outside
    assert "Ask an admin" in outside


def test_a_private_collection_is_there_for_nobody_else(
    corpus: Corpus, reader: User, superuser: User, index: Index
) -> None:
    article = make_article(corpus)
    camps = collection(corpus, reader, "Zibeline", articles=[article.pk])
    index()
    others: Sequence[User] = (superuser, make_member(corpus, Role.ADMIN), make_user())
    for other in others:
        client = browser_of(other)
        html_of(client, camps.get_absolute_url(), 404)
        html_of(client, f"{camps.get_absolute_url()}edit/", 404)
        for act in ("edit", "remove", "copy", "take-out", f"articles/{article.pk}/note"):
            response = client.post(f"{camps.get_absolute_url()}{act}/", {"name": "x"})
            assert response.status_code == 404
        for query in ('collection:"Zibeline"', f"collection:{camps.pk}"):
            assert ask(query, other).total() == 0
        assert "Zibeline" not in html_of(client, "/history/")
        assert "Zibeline" not in html_of(client, "/")
    assert ask('collection:"Zibeline"', reader).total() == 1
    assert collections.may_remove(camps, reader)


def test_a_shared_collection_is_the_members(corpus: Corpus, reader: User) -> None:
    article = make_article(corpus)
    camps = collection(corpus, reader, shared=True)
    member, stranger = browser_of(make_member(corpus)), browser_of(make_user())
    address = camps.get_absolute_url()

    sent(member, f"/collections/add/?articles={article.pk}", collection=camps.pk)
    sent(member, f"{address}articles/{article.pk}/note/", note="Look here")

    assert "Look here" in html_of(member, address)
    assert "maker’s to say" in html_of(member, f"{address}edit/")
    sent(member, f"{address}edit/", name="All camps")
    camps.refresh_from_db()
    assert (camps.name, camps.shared) == ("All camps", True)
    assert member.post(f"{address}remove/").status_code == 403
    assert stranger.get(address).status_code == 404


def test_a_collection_is_made_renamed_shared_copied_removed_and_brought_back(
    corpus: Corpus, desk: Client
) -> None:
    sent(desk, "/collections/new/", corpus=corpus.slug, name="Camps", note="Why <b>so</b>")
    camps = Collection.objects.get()
    address = camps.get_absolute_url()
    assert not camps.shared
    assert "Why &lt;b&gt;so&lt;/b&gt;" in desk.get(address).content.decode()
    assert desk.post("/collections/new/", {"corpus": corpus.slug, "name": "Camps"}).status_code == (
        400
    )

    assert "is called" in sent(desk, f"{address}edit/", name="All camps", note="", shared="on")
    assert "Copied" in sent(desk, f"{address}copy/", name="Mine")
    assert desk.post(f"{address}copy/", {"name": "Mine"}).status_code == 400
    html = sent(desk, f"{address}remove/")
    assert "Removed “All camps”" in html
    assert Collection.objects.get().name == "Mine"
    desk.post(f"/history/{Operation.objects.latest('pk').pk}/undo/")
    assert Collection.objects.get(pk=camps.pk).shared


def test_an_article_is_added_from_where_one_is_and_one_comes_back(
    corpus: Corpus, reader: User, desk: Client
) -> None:
    article = make_article(corpus, headline="Camp opened")
    camps = collection(corpus, reader)
    back = f"/articles/{article.pk}/?in=q%3Dcamp"
    assert f"/collections/add/?articles={article.pk}" in html_of(desk, back)

    html = html_of(desk, f"/collections/add/?articles={article.pk}&next={quote(back)}")
    assert "Camp opened" in html
    assert f'value="{camps.pk}"' in html
    response = desk.post(
        f"/collections/add/?articles={article.pk}", {"collection": camps.pk, "next": back}
    )

    assert response.headers["Location"] == back
    assert in_it(camps) == [article.pk]
    assert "is in “Camps” already" in sent(
        desk, f"/collections/add/?articles={article.pk}", collection=camps.pk
    )
    html = sent(
        desk, f"/collections/add/?articles={article.pk}", name="New one", corpus=corpus.slug,
        next="https://evil.example/",
    )  # fmt: skip
    assert "Added 1 article to “New one”" in html
    assert in_it(Collection.objects.get(name="New one")) == [article.pk]


def test_all_of_an_answer_is_looked_at_before_it_is_added(
    corpus: Corpus, reader: User, desk: Client, index: Index
) -> None:
    wanted = [make_article(corpus, headline=f"Camp {n}").pk for n in range(3)]
    make_article(make_corpus(access=Access.OPEN), headline="Camp elsewhere")
    camps = collection(corpus, reader, articles=wanted[:1])
    index()

    assert "/collections/add/?q=camp" in html_of(desk, "/articles/?q=camp")
    html_of(desk, "/collections/add/?q=camp")
    html = html_of(desk, f"/collections/add/?q=camp&collection={camps.pk}")
    assert "Add 2 articles" in html
    assert "of other corpora" in html
    assert len(in_it(camps)) == 1
    html = sent(desk, "/collections/add/?q=camp", collection=camps.pk)

    assert "Added 2 articles to “Camps”. 1 article is in “Camps” already. 1 article not" in html
    assert sorted(in_it(camps)) == sorted(wanted)
    html = sent(desk, "/collections/add/?q=camp", name="Another", corpus=corpus.slug)
    assert Operation.objects.latest("pk").summary == "Made “Another” with 3 articles"
    index()
    assert "3 articles" in html_of(desk, f"/articles/?q={quote('collection:"Camps"')}")


@pytest.mark.parametrize("makes", [True, False])
def test_a_long_answer_is_left_to_the_worker(
    corpus: Corpus,
    reader: User,
    desk: Client,
    index: Index,
    monkeypatch: pytest.MonkeyPatch,
    makes: bool,  # noqa: FBT001 -- a collection or one that is there
) -> None:
    monkeypatch.setattr(collections, "MOST_WHILE_ONE_WAITS", 2)
    wanted = [make_article(corpus, headline=f"Camp {n}").pk for n in range(3)]
    camps = None if makes else collection(corpus, reader)
    index()

    if camps is None:
        sent(desk, "/collections/add/?q=camp", name="Camps", corpus=corpus.slug)
        camps = Collection.objects.get()
    else:
        html = html_of(desk, f"/collections/add/?q=camp&collection={camps.pk}")
        assert "The worker does this" in html
        sent(desk, "/collections/add/?q=camp", collection=camps.pk)
    job = Spread.objects.get()
    assert in_it(camps) == []
    assert "Waiting for the worker" in html_of(desk, f"/jobs/{job.pk}/")
    spreads.run(job.pk)

    html = html_of(desk, f"/jobs/{job.pk}/")
    assert "Into a collection: <bdi>Camps</bdi>" in html
    assert "<dt>Added</dt><dd>3</dd>" in html
    assert f'href="/collections/{camps.pk}/">To the collection' in html
    assert sorted(in_it(camps)) == sorted(wanted)
    sent(desk, f"/history/{Operation.objects.latest('pk').pk}/undo/")
    assert in_it(camps) == []
    html_of(browser_of(make_member(corpus)), f"/jobs/{job.pk}/", 404)


def test_the_articles_of_a_collection_are_listed_in_its_orders(
    corpus: Corpus, reader: User, desk: Client
) -> None:
    source = make_source(corpus)
    made = [make_article(corpus, headline=f"Number {n}", source=source) for n in range(60)]
    camps = collection(corpus, reader, articles=[article.pk for article in made])
    address = camps.get_absolute_url()

    for sort, first in (("", 59), ("first", 0), ("newest", 59), ("oldest", 0)):
        html = html_of(desk, f"{address}?sort={sort}")
        assert f">Number {first}<" in html
        assert html.count('class="item"') == 50
        assert 'rel="next"' in html
    cursor = html_of(desk, f"{address}?sort=oldest").partition("cursor=")[2].partition("&")[0]
    rest = html_of(desk, f"{address}?sort=oldest&cursor={cursor}")
    assert rest.count('class="item"') == 10
    html_of(desk, f"{address}?sort=best", 400)
    html_of(desk, f"{address}?cursor=zz", 400)
    html_of(desk, f"{address}?page=2", 400)


def test_what_was_joined_to_another_article_is_not_shown(
    corpus: Corpus, reader: User, desk: Client
) -> None:
    article = make_article(corpus, headline="Gone elsewhere")
    camps = collection(corpus, reader, articles=[article.pk])
    Article.objects.filter(pk=article.pk).update(standing=False)

    html = html_of(desk, camps.get_absolute_url())

    assert "Gone elsewhere" not in html
    assert "0 articles" in html


def test_notes_are_taken_in_place_and_articles_taken_out(
    corpus: Corpus, reader: User, desk: Client
) -> None:
    article = make_article(corpus)
    camps = collection(corpus, reader, articles=[article.pk])
    address = camps.get_absolute_url()
    note = f"{address}articles/{article.pk}/note/"

    part = desk.post(note, {"note": "<script>alert(1)</script>"}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert "&lt;script&gt;" in part.content.decode()
    assert desk.post(note, {"note": "a\0b"}).status_code == 400
    assert desk.post(note, {"note": "x" * 10_001}).status_code == 400
    assert CollectionItem.objects.get().note == "<script>alert(1)</script>"

    assert "Took 1 article out" in sent(desk, f"{address}take-out/", articles=article.pk)
    assert not CollectionItem.objects.exists()
    assert desk.post(note, {"note": "late"}).status_code == 400
    assert desk.post(f"{address}take-out/", {"articles": "x"}).status_code == 400


def test_what_collecting_did_is_told_in_words(corpus: Corpus, reader: User, desk: Client) -> None:
    article = make_article(corpus, headline="Camp opened")
    camps = collection(corpus, reader, articles=[article.pk])
    collections.annotate(camps, article.pk, "See page 4", by=reader, door=Door.PAGE)
    noted, made = Operation.objects.order_by("-pk")

    html = html_of(desk, made.get_absolute_url())
    assert "Put into “Camps”" in html
    assert camps.get_absolute_url() in html
    html = html_of(desk, noted.get_absolute_url())
    assert "Note in “Camps”" in html
    assert "See page 4" in html
    assert "Camps" not in html_of(desk, f"/articles/{article.pk}/history/")


def test_a_sample_is_looked_at_and_then_drawn(corpus: Corpus, desk: Client, index: Index) -> None:
    big, small = make_source(corpus, "The Big One"), make_source(corpus, "The Small One")
    for number in range(9):
        make_article(corpus, headline="Camp", source=small if number > 6 else big)
    index()
    asked = f"/collections/sample/?q=camp&size=4&seed=s1&by=source&share=equal&corpus={corpus.slug}"

    for more in ("", "&size=4&seed=s1&by=&share=equal&corpus=default"):
        html = html_of(desk, f"/collections/sample/?q=nobody{more}")
        assert "There is nothing to draw from" in html
        assert "sample-form" not in html
        assert "plan-title" not in html
    html = html_of(desk, "/collections/sample/?q=camp")
    assert "9 articles in <bdi>Default" in html
    html = html_of(desk, asked)
    assert "4 of 9 articles" in html
    assert "The Small One" in html
    assert not Collection.objects.exists()
    html = sent(desk, asked, name="Four camps")

    assert "How this sample was drawn" in html
    assert "by the seed <code>s1</code>" in html
    drawn = Collection.objects.get()
    assert drawn.items.filter(article__source=small).count() == 2
    again = sent(desk, asked, name="Four camps again")
    assert "Four camps again" in again
    assert set(in_it(drawn)) == set(in_it(Collection.objects.latest("pk")))


@pytest.mark.parametrize(
    "address",
    [
        "/collections/add/",
        "/collections/add/?articles=x",
        "/collections/add/?articles=1,-2",
        "/collections/add/?articles=" + ",".join(["1"] * 501),
        "/collections/add/?q=%22camp",
        "/collections/add/?q=a%00b",
        "/collections/add/?q=camp&page=2",
        "/collections/add/?q=camp&collection=x",
        "/collections/sample/?q=camp%20AND%20(",
        "/collections/sample/?q=camp&size=0&corpus=default",
        "/collections/sample/?q=camp&size=999999999999999999999&corpus=default",
        "/collections/sample/?q=camp&size=5&by=user__password&corpus=default",
        "/collections/sample/?q=camp&size=5&share=x&corpus=default",
        "/collections/sample/?q=camp&size=5&seed=a%00&corpus=default",
        "/collections/sample/?q=camp&size=5&corpus=of-others",
        "/collections/new/?name=x",
        "/collections/?q=%00",
        "/collections/?sort=x",
        "/collections/?cursor=%00",
    ],
)
def test_what_cannot_be_read_is_refused(
    address: str, corpus: Corpus, desk: Client, index: Index
) -> None:
    make_article(corpus, headline="Camp")
    index()
    assert desk.get(address).status_code == 400


def test_without_an_index_answers_say_so(desk: Client) -> None:
    for address in ("/collections/add/?q=camp", "/collections/sample/?q=camp"):
        response = desk.get(address)
        assert response.status_code == 503
        assert response.headers["Retry-After"]


def test_articles_of_others_cannot_be_collected(corpus: Corpus, reader: User, desk: Client) -> None:
    hidden = make_article(make_corpus(), headline="Zibeline")
    known = make_article(make_corpus(access=Access.OPEN))
    camps = collection(corpus, reader)

    assert desk.get(f"/collections/add/?articles={hidden.pk}").status_code == 404
    assert desk.get(f"/collections/add/?articles={known.pk}").status_code == 403
    assert (
        desk.post(f"/collections/add/?articles={known.pk}", {"collection": camps.pk}).status_code
        == 403
    )
    assert in_it(camps) == []
