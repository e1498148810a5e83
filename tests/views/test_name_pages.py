"""Pages that put sources and authors right: edit, merge, split, twins; who may, and bad input."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from articles.curation import authors, sources
from articles.models import (
    Access,
    Act,
    Article,
    Corpus,
    DistinctNames,
    Door,
    Operation,
    Person,
    Role,
    Source,
    SourceAlias,
)
from articles.models.folding import fold
from tests.factories import (
    make_article,
    make_corpus,
    make_member,
    make_person,
    make_source,
    make_user,
)

EVIL = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _nothing_kept(db: None) -> Iterator[None]:  # noqa: ARG001 -- the cache lives in the database
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def editor(corpus: Corpus) -> Client:
    client = Client()
    client.force_login(make_member(corpus, Role.EDITOR))
    return client


@pytest.fixture
def post(corpus: Corpus) -> Source:
    return make_source(corpus, "The Harbour Post", domains=["post.example"])


@pytest.fixture
def twin(corpus: Corpus) -> Source:
    return make_source(corpus, "Harbour Post (Norton)")


@pytest.fixture
def jane(corpus: Corpus) -> Person:
    return make_person(corpus, "Jane Doe")


@pytest.fixture
def initial(corpus: Corpus) -> Person:
    return make_person(corpus, "J. Doe")


def html(response: Any) -> str:
    return str(response.content.decode())


def test_a_source_is_edited(editor: Client, post: Source) -> None:
    page = editor.get(f"/sources/{post.pk}/edit/")
    assert "post.example" in html(page)
    sent = {
        "name": "The Norton Post",
        "domains": "POST.example\nnorton.example",
        "country": "GB",
        "languages": "en, fr",
        "state": page.context["form"]["state"].value(),
    }

    response = editor.post(f"/sources/{post.pk}/edit/", sent, follow=True)

    post.refresh_from_db()
    assert (post.name, post.country, post.languages) == ("The Norton Post", "GB", ["en", "fr"])
    assert post.domains == ["post.example", "norton.example"]
    assert f"/history/{Operation.objects.get().pk}/undo/" in html(response)


def test_who_was_slower_is_shown_what_there_is(editor: Client, post: Source) -> None:
    state = sources.state_of(post)
    sources.edit(post, country="FR", by=None, door=Door.API)

    response = editor.post(
        f"/sources/{post.pk}/edit/", {"name": "Mine", "country": "GB", "state": state}
    )

    assert response.status_code == 409
    assert "Someone changed this source" in html(response)
    assert 'value="FR"' in html(response)


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"name": "a\0b"},
        {"name": "x" * 301},
        {"name": "Good", "domains": "http://a"},
        {"name": "Good", "country": "gb"},
        {"name": "Good", "languages": "English"},
        {"name": "Good", "domains": "a\0b"},
        {"name": "Good", "domains": " ".join(f"d{n}.example" for n in range(101))},
    ],
)
def test_a_wrong_fact_is_named_and_nothing_changed(
    editor: Client, post: Source, bad: dict[str, str]
) -> None:
    response = editor.post(f"/sources/{post.pk}/edit/", bad)

    assert response.status_code == 400
    assert 'class="error"' in html(response)
    assert not Operation.objects.exists()


def test_a_name_that_is_taken_says_whose_it_is(editor: Client, post: Source, twin: Source) -> None:
    for address, sent in (
        ("edit", {"name": twin.name}),
        ("names/add", {"name": twin.name}),
    ):
        response = editor.post(f"/sources/{post.pk}/{address}/", sent)
        assert response.status_code == 409
        assert "Merge the two" in html(response)


def test_names_are_added_moved_and_removed(editor: Client, post: Source, twin: Source) -> None:
    editor.post(f"/sources/{post.pk}/names/add/", {"name": "HP"})
    editor.post(f"/sources/{post.pk}/names/add/", {"name": "Nobody’s"})
    alias, unused = (post.aliases.get(printed=name) for name in ("HP", "Nobody’s"))
    article = make_article(post.corpus, source=post, source_alias=alias)

    removed = editor.post(f"/sources/{post.pk}/names/{unused.pk}/remove/")
    kept = editor.post(f"/sources/{post.pk}/names/{alias.pk}/remove/")
    moved = editor.post(f"/sources/{post.pk}/split/", {"names": alias.pk, "to-name": twin.name})

    assert (removed.status_code, kept.status_code) == (302, 409)
    assert "printed under" in html(kept)
    assert moved.headers["Location"] == f"/sources/{post.pk}/edit/"
    article.refresh_from_db()
    assert article.source == twin


def test_a_split_makes_a_source_of_a_new_name(editor: Client, post: Source) -> None:
    alias = SourceAlias.objects.create(
        corpus=post.corpus, source=post, printed="Weekly", folded=fold("Weekly")
    )

    editor.post(f"/sources/{post.pk}/split/", {"names": alias.pk, "to-name": "Harbour Weekly"})

    new = Source.objects.get(name="Harbour Weekly")
    assert {a.printed for a in new.aliases.all()} == {"Weekly", "Harbour Weekly"}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"names": "x", "to-name": "New"}, 400),
        ({"names": "9" * 30, "to-name": "New"}, 400),
        ({"names": "1\0", "to-name": "New"}, 400),
        ({"to-name": "New"}, 409),
        ({"names": "999999", "to-name": "New"}, 409),
        ({"names": "1", "to-name": ""}, 400),
        ({"names": "1", "to-name": "a\0"}, 400),
    ],
)
def test_a_bad_split_is_refused(
    editor: Client, post: Source, sent: dict[str, str], status: int
) -> None:
    assert editor.post(f"/sources/{post.pk}/split/", sent).status_code == status
    assert not Operation.objects.exists()


def test_sources_are_merged_under_the_name_that_was_chosen(
    editor: Client, post: Source, twin: Source
) -> None:
    page = html(editor.get(f"/sources/{post.pk}/merge/"))
    assert "Harbour Post (Norton)" in page
    assert "The same name, once with “norton”" in page

    response = editor.post(
        f"/sources/{post.pk}/merge/", {"others": twin.pk, "stands": twin.pk}, follow=True
    )

    post.refresh_from_db()
    assert post.merged_into == twin
    assert "“The Harbour Post” merged into Harbour Post (Norton)" in html(response)
    assert editor.get(post.get_absolute_url()).headers["Location"] == twin.get_absolute_url()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 409),
        ({"others": "999999"}, 409),
        ({"others": "x"}, 400),
        ({"others": "1\0"}, 400),
        ({"stands": "999999"}, 409),
    ],
)
def test_a_bad_merge_is_refused(
    editor: Client, post: Source, sent: dict[str, str], status: int
) -> None:
    assert editor.post(f"/sources/{post.pk}/merge/", sent).status_code == status
    assert not Operation.objects.exists()


def test_what_is_elsewhere_can_t_be_merged(editor: Client, post: Source) -> None:
    elsewhere = make_source(make_corpus("open", access=Access.OPEN))

    response = editor.post(f"/sources/{post.pk}/merge/", {"others": elsewhere.pk})

    assert response.status_code == 409
    assert elsewhere.name not in html(editor.get(f"/sources/{post.pk}/merge/?q=the"))


def test_an_author_is_renamed_merged_and_parted(
    editor: Client, jane: Person, initial: Person
) -> None:
    editor.post(f"/authors/{jane.pk}/merge/", {"others": initial.pk, "stands": jane.pk})
    assert set(jane.other_names.all()) == {initial}
    assert "J. Doe" in html(editor.get(jane.get_absolute_url()))
    moved = editor.get(initial.get_absolute_url())
    assert (moved.status_code, moved.headers["Location"]) == (302, jane.get_absolute_url())

    editor.post(f"/authors/{jane.pk}/edit/", {"name": "Jane A. Doe"})
    assert "Jane A. Doe" in html(editor.get("/authors/"))

    editor.post(f"/authors/{jane.pk}/split/", {"names": initial.pk})
    initial.refresh_from_db()
    assert initial.same_as is None
    assert [o.act for o in Operation.objects.order_by("pk")] == [
        Act.MERGE_AUTHORS, Act.AUTHOR, Act.SPLIT_AUTHOR,
    ]  # fmt: skip


def test_names_of_an_author_are_added_and_removed(editor: Client, jane: Person) -> None:
    editor.post(f"/authors/{jane.pk}/names/add/", {"name": "Jane Roe"})
    other = jane.other_names.get()

    assert "Jane Roe" in html(editor.get(f"/authors/{jane.pk}/edit/"))
    editor.post(f"/authors/{jane.pk}/names/{other.pk}/remove/")

    assert not jane.other_names.exists()
    taken = editor.post(f"/authors/{jane.pk}/names/add/", {"name": make_person(jane.corpus).name})
    assert taken.status_code == 409


def test_a_merged_author_s_edit_page_is_the_standing_one_s(
    editor: Client, jane: Person, initial: Person
) -> None:
    authors.merge([initial], jane, by=None, door=Door.PAGE)

    assert "Edit <bdi>Jane Doe" in html(editor.get(f"/authors/{initial.pk}/edit/"))


def test_articles_of_all_names_are_counted_listed_and_found(
    editor: Client, jane: Person, initial: Person, index: Callable[[], int]
) -> None:
    make_article(jane.corpus, people=(jane,), headline="Whole")
    make_article(jane.corpus, people=(initial,), headline="Short")
    both = make_article(jane.corpus, people=(jane, initial), headline="Both")
    Article.objects.filter(pk=both.pk).update(standing=True)
    authors.merge([initial], jane, by=None, door=Door.PAGE)

    listed = html(editor.get("/authors/"))
    assert '<td class="num">3</td>' in listed
    assert "J. Doe" not in listed
    assert "Jane Doe" in html(editor.get("/authors/?q=j+doe"))
    page = html(editor.get(jane.get_absolute_url()))
    assert "3 articles" in page
    index()
    for query in (f"author={jane.pk}", f"author={initial.pk}", "author=J.+Doe"):
        found = html(editor.get(f"/articles/?{query}", follow=True))
        assert "Whole" in found
        assert "Short" in found
    assert 'value="Jane Doe"' in html(editor.get("/authors/options/?author=j+doe"))
    assert 'value="J. Doe"' not in html(editor.get("/authors/options/?author=doe"))


def test_articles_that_do_not_stand_are_not_counted(
    editor: Client, post: Source, jane: Person
) -> None:
    make_article(post.corpus, source=post, people=(jane,), standing=False, headline="Gone")

    for thing in (post, jane):
        page = html(editor.get(thing.get_absolute_url()))
        assert "0 articles" in page
        assert "Gone" not in page
    assert '<td class="num">0</td>' in html(editor.get("/sources/"))


def test_a_merged_source_is_neither_listed_nor_offered(
    editor: Client, post: Source, twin: Source, index: Callable[[], int]
) -> None:
    sources.merge([twin], post, by=None, door=Door.PAGE)

    assert "Norton" not in html(editor.get("/sources/"))
    assert "The Harbour Post" in html(editor.get("/sources/?q=harbour post norton"))
    assert 'value="The Harbour Post"' in html(editor.get("/sources/options/?source=harbour"))
    make_article(post.corpus, source=post, headline="Ours")
    index()
    assert "Ours" in html(editor.get(f"/articles/?source={twin.pk}", follow=True))


# Twins


def test_a_pair_is_merged_from_the_queue_and_undone(
    editor: Client, post: Source, twin: Source
) -> None:
    make_article(post.corpus, source=post, headline="On the quay")
    page = html(editor.get("/sources/twins/"))
    assert "1 of 1" in page
    assert "On the quay" in page

    done = editor.post(
        "/sources/twins/?corpus=default",
        {"pair": [post.pk, twin.pk], "keep": post.pk, "next": "end"},
        follow=True,
    )

    twin.refresh_from_db()
    assert twin.merged_into == post
    assert "No likely twins" in html(done)
    operation = Operation.objects.get()
    back = f"/sources/twins/?corpus=default&amp;pair={post.pk}-{twin.pk}"
    assert f'value="{back}"' in html(done)
    editor.post(f"/history/{operation.pk}/undo/", {"next": "/sources/twins/"})
    assert "1 of 1" in html(editor.get("/sources/twins/"))


def test_a_pair_is_told_apart_from_the_queue(editor: Client, jane: Person, initial: Person) -> None:
    editor.post("/authors/twins/?corpus=default", {"pair": [jane.pk, initial.pk], "next": "end"})

    assert DistinctNames.objects.get().first == "j doe"
    assert "No likely twins" in html(editor.get("/authors/twins/"))


def test_a_skipped_pair_stays_open(editor: Client, jane: Person, initial: Person) -> None:
    assert jane.name in html(editor.get("/authors/twins/"))
    assert initial

    page = html(editor.get("/authors/twins/?pair=end&corpus=default"))

    assert "That was the last one" in page
    assert "1 pair that you skipped is still open" in page


def test_a_pair_that_someone_decided_meanwhile_leads_on(
    editor: Client, post: Source, twin: Source
) -> None:
    sources.merge([twin], post, by=None, door=Door.PAGE)

    response = editor.post("/sources/twins/?corpus=default", {"pair": [post.pk, twin.pk]})

    assert response.status_code == 302
    assert Operation.objects.count() == 1


@pytest.mark.parametrize(
    "sent",
    [{}, {"pair": "1"}, {"pair": ["x", "y"]}, {"pair": ["1", "2"], "next": "\0"},
     {"pair": ["1", "2"], "keep": "x"}, {"pair": ["1", "2"], "next": "x" * 51}],
)  # fmt: skip
def test_a_bad_decision_is_refused(editor: Client, sent: dict[str, Any]) -> None:
    assert editor.post("/sources/twins/?corpus=default", sent).status_code == 400


@pytest.mark.parametrize("query", ["corpus=%00", "pair=%00", "done=%00", "decided=%00"])
def test_a_bad_address_is_refused(editor: Client, query: str) -> None:
    assert editor.get(f"/sources/twins/?{query}").status_code == 400


@pytest.mark.parametrize("query", ["pair=nonsense", "done=99999999999999999999", "done=-1"])
def test_an_odd_address_shows_the_queue(editor: Client, post: Source, query: str) -> None:
    assert post
    assert editor.get(f"/sources/twins/?{query}").status_code == 200


def test_names_are_escaped(editor: Client, corpus: Corpus) -> None:
    one, other = make_source(corpus, f"The {EVIL}"), make_source(corpus, EVIL)
    person = make_person(corpus, EVIL)

    for address in (
        "/sources/", "/sources/twins/", f"/sources/{one.pk}/edit/", f"/sources/{other.pk}/merge/",
        f"/authors/{person.pk}/edit/", f"/authors/{person.pk}/merge/", one.get_absolute_url(),
    ):  # fmt: skip
        page = html(editor.get(address))
        assert EVIL not in page, address
        assert "&lt;script&gt;" in page, address


# Who may

PAGES = (
    "sources/{source}/edit/", "sources/{source}/merge/", "sources/twins/?corpus={slug}",
    "authors/{person}/edit/", "authors/{person}/merge/", "authors/twins/?corpus={slug}",
)  # fmt: skip
POSTS = (
    *PAGES, "sources/{source}/names/add/", "sources/{source}/names/{alias}/remove/",
    "sources/{source}/split/", "authors/{person}/names/add/",
    "authors/{person}/names/{person}/remove/", "authors/{person}/split/",
)  # fmt: skip
VISITORS = ("anonymous", "outsider", "viewer", "annotator", "editor", "admin")


@pytest.mark.parametrize("access", Access)
@pytest.mark.parametrize("visitor", VISITORS)
def test_only_editors_get_in(access: Access, visitor: str) -> None:
    corpus = make_corpus("theirs", access=access)
    source, person = make_source(corpus), make_person(corpus)
    ids = {
        "source": source.pk, "person": person.pk, "slug": corpus.slug,
        "alias": source.aliases.get().pk,
    }  # fmt: skip
    client = Client()
    if visitor != "anonymous":
        member = visitor != "outsider"
        client.force_login(make_member(corpus, Role(visitor)) if member else make_user())
    hidden = access is Access.MEMBERS and visitor == "outsider"
    refusal = 302 if visitor == "anonymous" else 404 if hidden else 403

    for address in PAGES:
        status = client.get("/" + address.format(**ids)).status_code
        assert status == (200 if visitor in {"editor", "admin"} else refusal), address
    for address in POSTS:
        status = client.post("/" + address.format(**ids), {"name": "New"}).status_code
        if visitor in {"editor", "admin"}:
            assert status in {302, 400, 404, 409}, address
        else:
            assert status == refusal, address
    if visitor not in {"editor", "admin"}:
        assert not Operation.objects.exists()


@pytest.mark.parametrize(
    "address", ["names/add", "names/1/remove", "split"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["sources", "authors"])
def test_nothing_is_changed_by_get_or_without_a_token(
    editor: Client, post: Source, kind: str, address: str
) -> None:
    assert editor.get(f"/{kind}/{post.pk}/{address}/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_member(post.corpus, Role.EDITOR))
    assert strict.post(f"/{kind}/{post.pk}/{address}/", {"name": "x"}).status_code == 403
    assert strict.post(f"/sources/{post.pk}/merge/", {"others": 1}).status_code == 403


def test_a_reader_sees_no_buttons_of_editors(corpus: Corpus, post: Source, jane: Person) -> None:
    client = Client()
    client.force_login(make_member(corpus, Role.ANNOTATOR))

    for address in (post.get_absolute_url(), jane.get_absolute_url(), "/sources/", "/authors/"):
        page = html(client.get(address))
        assert "Merge with others" not in page
        assert "Likely twins" not in page
