"""Pages of corpora, their members and invitations."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from articles.membership import invitations
from articles.models import Access, Corpus, Door, Invitation, Membership, Operation, Role
from tests.factories import PASSWORD, make_article, make_corpus, make_member, make_source, make_user

LINK = re.compile(r"http://testserver(/invitations/[\w-]{43}/)")


@pytest.fixture(autouse=True)
def _nothing_counted_yet(db: None) -> None:  # noqa: ARG001 -- the counters lie in the database
    cache.clear()


@pytest.fixture
def ada(corpus: Corpus) -> User:
    return make_member(corpus, Role.ADMIN, make_user("ada"))


@pytest.fixture
def admin(ada: User) -> Client:
    client = Client()
    client.force_login(ada)
    return client


def logged_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def link_to(corpus: Corpus, by: User, role: Role = Role.EDITOR) -> str:
    _, secret, _ = invitations.invite(corpus, role=role, note="", by=by, door=Door.PAGE)
    return f"/invitations/{secret}/"


def test_the_list_has_access_role_and_numbers(corpus: Corpus, admin: Client) -> None:
    make_article(corpus, source=make_source(corpus))
    make_corpus("open", name="Open gazettes", access=Access.OPEN)
    make_corpus("closed", name="Closed letters")

    page = admin.get("/corpora/").content.decode()

    assert "Open gazettes" in page
    assert "Closed letters" not in page
    assert re.search(r"Default.*Members only.*Admin", page, re.DOTALL)
    assert 'href="/corpora/new/"' in page


def test_a_corpus_says_how_much_and_from_when_to_when(corpus: Corpus, admin: Client) -> None:
    make_article(corpus)
    make_article(corpus, flags=["implausible_date"], published=timezone.now().date())

    page = admin.get("/corpora/default/").content.decode()

    assert "All of" in page
    assert "19 March 1932" in page


def test_an_admin_makes_a_corpus(admin: Client) -> None:
    response = admin.post("/corpora/new/", {"name": "Letters", "access": "licensed"}, follow=True)

    assert response.redirect_chain[-1][0] == "/corpora/letters/"
    assert Membership.objects.get(corpus__slug="letters").user.username == "ada"


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"access": "all"}, {"name": "a\0b"}, {"slug": "default"}]
)
def test_a_corpus_that_can_t_be_is_refused_with_the_reason(
    admin: Client, wrong: dict[str, str]
) -> None:
    given = {"name": "Letters", "access": "licensed"} | wrong

    response = admin.post("/corpora/new/", given)

    assert response.status_code == 400
    assert 'class="error"' in response.content.decode()
    assert Corpus.objects.count() == 1


def test_settings_are_changed_with_a_way_back(corpus: Corpus, admin: Client) -> None:
    response = admin.post(
        "/corpora/default/settings/",
        {"name": "Papers", "description": "From microfilm", "access": "open"},
        follow=True,
    )

    corpus.refresh_from_db()
    assert (corpus.name, corpus.access) == ("Papers", "open")
    operation = Operation.objects.get()
    assert f"/history/{operation.pk}/undo/" in response.content.decode()


def test_of_two_who_change_the_settings_the_slower_is_told(corpus: Corpus, admin: Client) -> None:
    page = admin.get("/corpora/default/settings/").content.decode()
    found = re.search(r'name="state" value="(\w+)"', page)
    assert found
    given = {"name": "First", "access": "open", "state": found[1]}
    admin.post("/corpora/default/settings/", given)

    response = admin.post("/corpora/default/settings/", given | {"name": "Second"})

    assert response.status_code == 409
    assert "Someone changed this" in response.content.decode()
    corpus.refresh_from_db()
    assert corpus.name == "First"


def test_members_see_who_else_is_there_and_admins_change_it(
    corpus: Corpus, admin: Client, ada: User
) -> None:
    ben = make_member(corpus, Role.VIEWER, make_user("ben"))

    seen = logged_in(ben).get("/corpora/default/members/").content.decode()
    admin.post(f"/corpora/default/members/{ben.pk}/role/", {"role": "editor"})

    assert "ada" in seen
    assert "Make a link" not in seen
    assert Membership.objects.get(user=ben).role == Role.EDITOR
    admin.post(f"/corpora/default/members/{ben.pk}/remove/")
    assert list(Membership.objects.values_list("user", flat=True)) == [ada.pk]


def test_someone_with_an_account_is_added_by_name(corpus: Corpus, admin: Client) -> None:
    make_user("ben")

    admin.post("/corpora/default/members/add/", {"username": "ben", "role": "annotator"})
    unknown = admin.post("/corpora/default/members/add/", {"username": "bob", "role": "viewer"})
    again = admin.post("/corpora/default/members/add/", {"username": "ben", "role": "viewer"})

    assert Membership.objects.get(corpus=corpus, user__username="ben").role == Role.ANNOTATOR
    assert (unknown.status_code, again.status_code) == (400, 400)
    assert "Nobody here is called" in unknown.content.decode()


def test_the_only_admin_is_told_why_they_can_t_go(admin: Client, ada: User) -> None:
    response = admin.post("/corpora/default/leave/")
    lowered = admin.post(f"/corpora/default/members/{ada.pk}/role/", {"role": "viewer"})

    assert (response.status_code, lowered.status_code) == (409, 409)
    assert "ada is the only admin of this corpus" in response.content.decode()
    assert Membership.objects.get().role == Role.ADMIN


def test_a_member_leaves(corpus: Corpus, ada: User) -> None:
    del ada
    ben = make_member(corpus)

    response = logged_in(ben).post("/corpora/default/leave/")

    assert response.headers["Location"] == "/corpora/"
    assert not Membership.objects.filter(user=ben).exists()


def test_a_link_is_shown_once(admin: Client) -> None:
    made = admin.post("/corpora/default/invitations/", {"role": "editor", "note": "Jane"})
    found = LINK.search(made.content.decode())
    again = admin.get("/corpora/default/members/").content.decode()

    assert made.status_code == 201
    assert found
    assert "no-store" in made.headers["Cache-Control"]
    assert not LINK.search(again)
    assert "Jane" in again
    assert Client().get(found[1]).status_code == 200


def test_a_guest_makes_an_account_and_is_in(corpus: Corpus, ada: User) -> None:
    browser, link = Client(), link_to(corpus, ada, Role.VIEWER)
    account = {"username": "jane", "password": PASSWORD, "again": PASSWORD}

    shown = browser.get(link)
    response = browser.post(link, account, follow=True)

    page = shown.content.decode()
    assert "Default" in page
    assert "viewer" in page
    assert "ada" in page
    assert shown.headers["Referrer-Policy"] == "strict-origin"
    assert "noindex" in shown.headers["X-Robots-Tag"]
    assert "no-store" in shown.headers["Cache-Control"]
    assert response.redirect_chain[-1][0] == "/corpora/default/"
    assert response.context["user"].username == "jane"
    assert Membership.objects.get(user__username="jane").role == Role.VIEWER


@pytest.mark.parametrize(
    "wrong", [{"username": "ADA"}, {"password": "short", "again": "short"}, {"again": "other"}]
)
def test_a_wrong_account_is_told_and_leaves_the_link(
    corpus: Corpus, ada: User, wrong: dict[str, str]
) -> None:
    link = link_to(corpus, ada)
    account = {"username": "jane", "password": PASSWORD, "again": PASSWORD} | wrong

    response = Client().post(link, account)

    assert response.status_code == 400
    assert 'class="error"' in response.content.decode()
    assert User.objects.count() == 1
    assert Client().get(link).status_code == 200


def test_who_has_an_account_logs_in_and_comes_back(corpus: Corpus, ada: User) -> None:
    make_user("jane")
    browser, link = Client(), link_to(corpus, ada)

    page = browser.get(link).content.decode()
    found = re.search(r'href="(/login/\?next=[^"]*)"', page)
    assert found
    response = browser.post(
        "/login/", {"username": "jane", "password": PASSWORD, "next": link}, follow=True
    )

    assert response.redirect_chain[-1][0] == link
    assert "Accept" in response.content.decode()
    browser.post(link)
    assert Membership.objects.get(user__username="jane").role == Role.EDITOR


def test_who_is_an_admin_already_uses_up_no_link(corpus: Corpus, ada: User, admin: Client) -> None:
    link = link_to(corpus, ada)

    page = admin.get(link).content.decode()
    admin.post(link)

    assert "nothing to accept" in page
    assert Membership.objects.get().role == Role.ADMIN
    assert Client().get(link).status_code == 200


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"accepted_at": timezone.now()}, "It was used"),
        ({"revoked_at": timezone.now()}, "It was revoked"),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "not used within 14 days"),
    ],
)
def test_an_ended_link_says_so_and_no_more(
    corpus: Corpus, ada: User, change: dict[str, object], words: str
) -> None:
    link = link_to(corpus, ada)
    Invitation.objects.update(**change)

    for response in (Client().get(link), Client().post(link), logged_in(make_user()).post(link)):
        assert response.status_code == 410
        assert words in response.content.decode()
        assert "Default" not in response.content.decode()


def test_guessing_links_is_stopped() -> None:
    browser = Client()

    statuses = [
        browser.get(f"/invitations/{'x' * 40}{number}/").status_code for number in range(31)
    ]

    assert statuses == [404] * 30 + [429]


@pytest.mark.django_db
def test_an_address_with_a_nul_is_no_invitation() -> None:
    assert Client().get("/invitations/a%00b/").status_code == 404
    assert Client().get("/invitations/%ff%fe/").status_code in {400, 404}


def test_a_licensed_article_shows_what_it_is_and_not_its_text(corpus: Corpus, ada: User) -> None:
    corpus.access = Access.LICENSED
    corpus.save()
    article = make_article(corpus, paragraphs=("The bridge opened.", "Then the quillwort."))

    outside = Client().get(article.get_absolute_url()).content.decode()
    pane = Client().get(f"/articles/{article.pk}/pane/").content.decode()
    inside = logged_in(ada).get(article.get_absolute_url()).content.decode()

    for page in (outside, pane):
        assert "quillwort" not in page
        assert article.headline in page
        assert "The bridge opened." in page
        assert "The text is for members" in page
    assert "quillwort" in inside
    assert Client().get(f"/articles/{article.pk}/versions/1/").status_code == 403
    assert Client().get(f"/articles/{article.pk}/cite.ris").status_code == 200
