"""Someone comes in, makes a token for a script, ends it, and goes."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import ApiToken, Corpus, Role
from articles.models.access import hashed
from tests.factories import PASSWORD, make_member, make_user
from tests.journeys.conftest import Complaints, on_a_dark_phone

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("members_only", "empty_cache"),
]


def test_a_login_after_a_wrong_password_leads_on(
    page: Page, corpus: Corpus, in_all_looks: Callable[[Page], None], complaints: Complaints
) -> None:
    complaints.expect("status of 400")
    make_member(corpus, Role.EDITOR, make_user("jane"))
    page.goto("/imports/")
    expect(page).to_have_url(re.compile("/login/"))
    in_all_looks(page)

    page.get_by_label("User name").fill("jane")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("don’t belong together")
    in_all_looks(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    expect(page).to_have_url(re.compile("/imports/$"))
    page.locator("summary", has_text="jane").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Log in")).to_be_visible()


def test_too_many_guesses_are_told_to_wait(
    page: Page, in_all_looks: Callable[[Page], None], complaints: Complaints
) -> None:
    complaints.expect("status of 4")
    page.goto("/login/")

    for _ in range(6):
        page.get_by_label("User name").fill("nobody")
        page.get_by_label("Password").fill("wrong")
        # The next page has the same fields: what is written must not go into this one.
        with page.expect_navigation():
            page.get_by_role("button", name="Log in").click()

    expect(page.get_by_role("heading", name="Too many attempts")).to_be_visible()
    in_all_looks(page)


@on_a_dark_phone
def test_a_token_is_made_shown_once_and_revoked(
    page: Page, corpus: Corpus, in_all_looks: Callable[[Page], None], log_in: Callable[[User], None]
) -> None:
    log_in(make_member(corpus, Role.EDITOR))
    page.goto("/account/")
    expect(page.get_by_text("You have no token yet")).to_be_visible()
    in_all_looks(page)

    page.get_by_label("What it is for").fill("My notebook")
    page.get_by_label("Ends after").select_option("30")
    page.get_by_role("button", name="Make a token").click()
    token = page.locator("#token").inner_text()
    assert ApiToken.objects.valid().get().hash == hashed(token)
    in_all_looks(page)
    page.goto("/account/")
    expect(page.get_by_role("row", name="My notebook")).to_be_visible()
    assert token not in page.content()
    page.get_by_label("Revoke My notebook…").click()
    in_all_looks(page)
    page.get_by_role("button", name="Revoke “My notebook”").click()

    expect(page.get_by_text("is revoked")).to_be_visible()
    assert not ApiToken.objects.valid().exists()
    page.get_by_text("Ended tokens").click()
    in_all_looks(page)


def test_the_password_is_changed(
    page: Page,
    corpus: Corpus,
    in_all_looks: Callable[[Page], None],
    log_in: Callable[[User], None],
    complaints: Complaints,
) -> None:
    complaints.expect("status of 400")
    jane = make_member(corpus)
    log_in(jane)
    page.goto("/account/")
    page.get_by_role("link", name="Change your password").click()
    expect(page.get_by_role("heading", name="Change your password")).to_be_visible()
    in_all_looks(page)

    page.get_by_label("Old password").fill("wrong")
    page.get_by_label("New password", exact=True).fill("another long passphrase")
    page.get_by_label("New password confirmation").fill("another long passphrase")
    page.get_by_role("button", name="Change it").click()
    expect(page.locator(".field-error")).to_have_count(1)
    in_all_looks(page)
    page.get_by_label("Old password").fill(PASSWORD)
    page.get_by_label("New password", exact=True).fill("another long passphrase")
    page.get_by_label("New password confirmation").fill("another long passphrase")
    page.get_by_role("button", name="Change it").click()

    expect(page.get_by_text("Your password is changed")).to_be_visible()
    jane.refresh_from_db()
    assert jane.check_password("another long passphrase")
