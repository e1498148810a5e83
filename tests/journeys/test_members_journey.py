"""An admin invites, a guest comes in and goes; a licensed corpus is looked at from outside."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from articles.models import Access, Corpus, Membership, Role
from tests.factories import PASSWORD, make_member, make_user
from tests.journeys.conftest import Complaints, on_a_dark_phone
from tests.journeys.printed import print_bridge

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("members_only", "empty_cache"),
]


@pytest.fixture
def ada(corpus: Corpus) -> User:
    return make_member(corpus, Role.ADMIN, make_user("ada"))


def test_an_invitation_is_made_taken_up_and_the_guest_is_taken_out_again(
    page: Page,
    browser: Browser,
    ada: User,
    corpus: Corpus,
    in_all_looks: Callable[[Page], None],
    log_in: Callable[[User], None],
) -> None:
    print_bridge(corpus)
    log_in(ada)
    page.goto("/articles/")
    page.keyboard.press("g")
    page.keyboard.press("c")
    expect(page.get_by_role("heading", name="Corpora", exact=True)).to_be_visible()
    in_all_looks(page)
    page.get_by_role("link", name="Default").click()
    expect(page.get_by_role("link", name="Read the articles")).to_be_visible()
    in_all_looks(page)
    page.get_by_role("link", name="Members", exact=True).click()

    page.get_by_label("Whom it is for").fill("Jane of the archive")
    page.get_by_label("As").first.select_option("annotator")
    page.get_by_role("button", name="Make a link").click()
    link = page.locator("#link").inner_text()
    in_all_looks(page)

    guest_context = browser.new_context(
        base_url=link.partition("/invitations/")[0], reduced_motion="reduce"
    )
    guest = guest_context.new_page()
    guest.goto(link)
    expect(guest.get_by_role("heading", name="Default")).to_be_visible()
    in_all_looks(guest)
    guest.get_by_label("User name").fill("jane")
    guest.get_by_label("Password", exact=True).fill(PASSWORD)
    guest.get_by_label("Password again").fill(PASSWORD)
    guest.get_by_role("button", name="Make the account and join").click()
    expect(guest.get_by_text("You are now a member of Default: annotator.")).to_be_visible()
    guest.goto(link)
    expect(guest.get_by_text("You used it yourself, and are in.")).to_be_visible()
    in_all_looks(guest)
    guest.close()
    guest_context.close()

    page.goto("/corpora/default/members/")
    page.get_by_role("button", name="Remove jane").click()
    expect(page.get_by_text("Removed jane, who was annotator")).to_be_visible()
    assert not Membership.objects.filter(user__username="jane").exists()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Role of jane", exact=True)).to_have_value("annotator")


@on_a_dark_phone
def test_someone_with_an_account_logs_in_to_accept_and_leaves(
    page: Page,
    ada: User,
    corpus: Corpus,
    in_all_looks: Callable[[Page], None],
    log_in: Callable[[User], None],
) -> None:
    make_user("jane")
    log_in(ada)
    page.goto("/corpora/default/members/")
    page.get_by_role("button", name="Make a link").click()
    link = page.locator("#link").inner_text()
    page.context.clear_cookies()

    page.goto(link)
    page.get_by_role("link", name="Log in and accept").click()
    page.get_by_label("User name").fill("jane")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("You are logged in as jane")).to_be_visible()
    in_all_looks(page)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("You are now a member of Default: viewer.")).to_be_visible()
    page.goto("/corpora/default/members/")
    in_all_looks(page)
    page.get_by_text("Leave this corpus…").click()
    in_all_looks(page)
    page.get_by_role("button", name="Leave Default").click()

    expect(page.get_by_text("You left Default")).to_be_visible()
    expect(page.get_by_role("heading", name="No corpus that you may see")).to_be_visible()
    in_all_looks(page)
    assert not Membership.objects.filter(corpus=corpus, user__username="jane").exists()


def test_a_corpus_is_made_and_licensed_and_the_only_admin_stays(
    page: Page,
    ada: User,
    in_all_looks: Callable[[Page], None],
    log_in: Callable[[User], None],
    complaints: Complaints,
) -> None:
    complaints.expect("status of 409")
    log_in(ada)
    page.goto("/corpora/")
    page.get_by_role("link", name="Make a corpus").click()
    expect(page.get_by_role("button", name="Make it")).to_be_visible()
    in_all_looks(page)
    page.get_by_label("Name", exact=True).fill("Harbour letters")
    page.get_by_role("button", name="Make it").click()
    expect(page).to_have_url(re.compile("/corpora/harbour-letters/$"))
    expect(page.get_by_role("heading", name="No articles yet")).to_be_visible()
    in_all_looks(page)

    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_label("Licensed.")).to_be_visible()
    in_all_looks(page)
    page.get_by_label("Licensed.").check()
    page.get_by_label("What it is").fill("Letters, licensed to the seminar.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Members only → Licensed").first).to_be_visible()
    assert Corpus.objects.get(slug="harbour-letters").access == Access.LICENSED

    page.get_by_role("link", name="Members", exact=True).click()
    page.get_by_text("Leave this corpus…").click()
    page.get_by_role("button", name="Leave Harbour letters").click()
    expect(page.get_by_role("alert")).to_contain_text("ada is the only admin")
    in_all_looks(page)


def test_outside_a_licensed_corpus_one_sees_what_there_is(
    page: Page,
    corpus: Corpus,
    index: Callable[[], int],
    in_all_looks: Callable[[Page], None],
    complaints: Complaints,
) -> None:
    complaints.expect("status of 403")
    corpus.access = Access.LICENSED
    corpus.save()
    bridge = print_bridge(corpus)
    index()

    page.goto("/corpora/default/")
    in_all_looks(page)
    page.get_by_role("link", name="See what there is").click()
    page.get_by_role("link", name=bridge.headline).first.click()
    expect(page.get_by_text("The text is for members of Default").first).to_be_visible()
    page.goto(bridge.get_absolute_url())
    expect(page.get_by_text("Fourteen children lost")).to_have_count(0)
    expect(page.get_by_role("heading", name="Received as")).to_have_count(0)
    in_all_looks(page)
    page.goto(f"/articles/{bridge.pk}/versions/1/")
    expect(page.get_by_text("licensed to its members")).to_be_visible()
    in_all_looks(page)


def test_an_unknown_link_says_what_to_do(
    page: Page, db: None, in_all_looks: Callable[[Page], None], complaints: Complaints
) -> None:
    del db
    complaints.expect("status of 404")

    page.goto(f"/invitations/{'x' * 43}/")

    expect(page.get_by_role("heading", name="There is no such invitation")).to_be_visible()
    in_all_looks(page)
