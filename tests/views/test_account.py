"""Coming in, going out, the password, and tokens."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import ApiToken, Corpus, Role, attempts
from articles.models.access import hashed
from tests.factories import PASSWORD, make_member, make_user

pytestmark = pytest.mark.django_db

LOGIN = "/login/"


@pytest.fixture(autouse=True)
def _nothing_counted_yet(db: None) -> None:  # noqa: ARG001 -- the counters lie in the database
    cache.clear()


@pytest.fixture
def jane() -> User:
    return make_user("jane")


@pytest.fixture
def page(client: Client, jane: User) -> Client:
    client.force_login(jane)
    return client


def _log_in(client: Client, password: str = PASSWORD, **more: str) -> int:
    given = {"username": "jane", "password": password} | more
    return client.post(LOGIN, given).status_code


def test_the_right_password_lets_in(client: Client, jane: User) -> None:
    assert _log_in(client) == 302

    assert client.session["_auth_user_id"] == str(jane.pk)


def test_a_wrong_password_and_a_wrong_name_are_answered_alike(client: Client, jane: User) -> None:
    wrong = client.post(LOGIN, {"username": jane.username, "password": "no"})
    nobody = client.post(LOGIN, {"username": "nobody", "password": "no"})

    assert wrong.status_code == nobody.status_code == 400
    assert wrong.context["form"].non_field_errors() == nobody.context["form"].non_field_errors()
    assert "_auth_user_id" not in client.session


def test_someone_switched_off_is_not_let_in(client: Client, jane: User) -> None:
    User.objects.filter(pk=jane.pk).update(is_active=False)

    assert _log_in(client) == 400


@pytest.mark.parametrize("field", ["username", "password"])
def test_a_nul_in_a_login_names_the_field(client: Client, jane: User, field: str) -> None:
    del jane
    response = client.post(LOGIN, {"username": "jane", "password": PASSWORD, field: "a\0b"})

    assert response.status_code == 400
    assert field in response.context["form"].errors


@pytest.mark.parametrize(
    "onwards",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "http:///evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "\t//evil.example",
        "/\t/evil.example",
        "///evil.example",
    ],
)
def test_a_login_leads_nowhere_else(client: Client, jane: User, onwards: str) -> None:
    response = client.post(
        LOGIN, {"username": jane.username, "password": PASSWORD, "next": onwards}
    )

    assert response["Location"] == reverse("article-list")


def test_a_login_leads_on_to_where_one_was_going(client: Client, jane: User) -> None:
    response = client.post(
        LOGIN, {"username": jane.username, "password": PASSWORD, "next": "/imports/?cursor=x"}
    )

    assert response["Location"] == "/imports/?cursor=x"


def test_someone_logged_in_is_led_on_but_not_away(page: Client) -> None:
    assert page.get(f"{LOGIN}?next=//evil.example")["Location"] == reverse("article-list")


def test_guessing_is_stopped_even_with_the_right_password(client: Client, jane: User) -> None:
    for _ in range(attempts.FAILURES_PER_NAME_AND_ADDRESS):
        assert _log_in(client, "wrong") == 400

    response = client.post(LOGIN, {"username": jane.username, "password": PASSWORD})

    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= attempts.WINDOW_SECONDS + 1
    assertContains(response, "Too many attempts", status_code=429)
    assert "_auth_user_id" not in client.session


def test_a_forged_address_does_not_help_guessing(client: Client, jane: User) -> None:
    del jane
    for number in range(attempts.FAILURES_PER_NAME_AND_ADDRESS + 1):
        response = client.post(
            LOGIN,
            {"username": "jane", "password": "wrong"},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        )

    assert response.status_code == 429


def test_a_success_forgets_the_failures(client: Client, jane: User) -> None:
    del jane
    for _ in range(attempts.FAILURES_PER_NAME_AND_ADDRESS - 1):
        _log_in(client, "wrong")
    assert _log_in(client) == 302
    client.logout()

    assert _log_in(client, "wrong") == 400
    assert _log_in(client) == 302


def test_a_login_without_the_token_of_the_form_is_forbidden(jane: User) -> None:
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(LOGIN, {"username": jane.username, "password": PASSWORD})

    assert response.status_code == 403


def test_logging_out_is_a_post(page: Client) -> None:
    assert page.get("/logout/").status_code == 405
    assert "_auth_user_id" in page.session

    response = page.post("/logout/", {"next": "//evil.example"})

    assert response["Location"] == reverse("article-list")
    assert "_auth_user_id" not in page.session


def test_the_demo_tells_its_password_and_others_do_not(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    assertNotContains(client.get(LOGIN), "newsroom-demo")

    settings.DEMO = True

    assertContains(client.get(LOGIN), "newsroom-demo")


def test_script_in_a_name_is_text(client: Client) -> None:
    response = client.post(LOGIN, {"username": '"><script>x</script>', "password": "no"})

    assertNotContains(response, "<script>x", status_code=400)


def test_a_password_is_changed(page: Client, jane: User) -> None:
    new = "another long passphrase"

    response = page.post(
        reverse("password-change"),
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )

    jane.refresh_from_db()
    assert response["Location"] == reverse("account")
    assert jane.check_password(new)
    assert page.get(reverse("account")).status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        ("wrong", "another long passphrase", "another long passphrase", "old_password"),
        (PASSWORD, "short", "short", "new_password2"),
        (PASSWORD, "another long passphrase", "a different one", "new_password2"),
    ],
)
def test_a_password_that_does_not_do_is_refused(
    page: Client, jane: User, old: str, new: str, again: str, field: str
) -> None:
    response = page.post(
        reverse("password-change"),
        {"old_password": old, "new_password1": new, "new_password2": again},
    )

    jane.refresh_from_db()
    assert response.status_code == 400
    assert field in response.context["form"].errors
    assert jane.check_password(PASSWORD)


def test_guessing_the_old_password_is_stopped(page: Client) -> None:
    given = {"old_password": "x", "new_password1": "y", "new_password2": "y"}

    codes = [page.post(reverse("password-change"), given).status_code for _ in range(6)]

    assert codes == [400] * 5 + [429]


def test_the_account_is_for_those_logged_in(client: Client) -> None:
    for name in ("account", "password-change"):
        assert client.get(reverse(name)).status_code == 302
    assert client.post(reverse("token-new"), {"name": "x", "days": 30}).status_code == 302
    assert not ApiToken.objects.exists()


def test_a_token_is_shown_once_and_kept_as_a_hash(page: Client, jane: User) -> None:
    response = page.post(reverse("token-new"), {"name": "My notebook", "days": "30"})

    token = response.context["token"]
    row = ApiToken.objects.get()
    assertContains(response, token, status_code=201)
    assert "no-store" in response["Cache-Control"]
    assert (row.user, row.name, row.hash) == (jane, "My notebook", hashed(token))
    assert row.expires_at is not None
    assert 29 <= (row.expires_at - timezone.now()).days <= 30
    assert ApiToken.objects.valid().get(hash=hashed(token)) == row
    again = page.get(reverse("account"))
    assertNotContains(again, token)
    assertContains(again, "My notebook")


def test_a_token_may_have_no_end(page: Client) -> None:
    page.post(reverse("token-new"), {"name": "Forever", "days": "0"})

    assert ApiToken.objects.get().expires_at is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "", "days": "30"}, "name"),
        ({"name": "a\0b", "days": "30"}, "name"),
        ({"name": "x" * 101, "days": "30"}, "name"),
        ({"name": "x", "days": "-1"}, "days"),
        ({"name": "x", "days": "9" * 30}, "days"),
        ({"name": "x"}, "days"),
    ],
)
def test_a_token_that_does_not_do_names_the_field(
    page: Client, given: dict[str, str], field: str
) -> None:
    response = page.post(reverse("token-new"), given)

    assert response.status_code == 400
    assert field in response.context["form"].errors
    assert not ApiToken.objects.exists()


def test_a_revoked_token_is_no_longer_valid(page: Client, jane: User) -> None:
    row, _ = ApiToken.issue(user_id=jane.pk, name="Old script")

    page.post(reverse("token-revoke", args=[row.pk]))

    assert not ApiToken.objects.valid().exists()
    assertContains(page.get(reverse("account")), "revoked")


def test_others_tokens_are_not_there(page: Client) -> None:
    row, _ = ApiToken.issue(user_id=make_user("john").pk, name="Only for his own eyes")

    assert page.post(reverse("token-revoke", args=[row.pk])).status_code == 404
    assertNotContains(page.get(reverse("account")), "Only for his own eyes")
    assert ApiToken.objects.valid().count() == 1


def test_tokens_are_made_and_ended_by_post_alone(page: Client, jane: User) -> None:
    row, _ = ApiToken.issue(user_id=jane.pk, name="x")

    assert page.get(reverse("token-new")).status_code == 405
    assert page.get(reverse("token-revoke", args=[row.pk])).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(jane)
    assert strict.post(reverse("token-revoke", args=[row.pk])).status_code == 403
    assert strict.post(reverse("token-new"), {"name": "y", "days": "30"}).status_code == 403
    assert ApiToken.objects.valid().count() == 1


def test_what_one_may_do_is_told(client: Client, corpus: Corpus) -> None:
    client.force_login(make_member(corpus, Role.EDITOR))

    assertContains(client.get(reverse("account")), "Editor")
