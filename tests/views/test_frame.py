"""What every page shares: the theme, pages for errors, and protection of forms."""

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_theme_is_kept_in_a_cookie_and_written_by_the_server(client: Client) -> None:
    response = client.post("/theme/", {"theme": "dark", "next": "/sources/"})

    assert response.status_code == 302
    assert response.headers["Location"] == "/sources/"
    assert 'data-theme="dark"' in client.get("/sources/").content.decode()
    client.post("/theme/", {"theme": "auto"})
    assert "data-theme=" not in client.get("/sources/").content.decode()


@pytest.mark.parametrize("elsewhere", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_a_theme_never_leads_elsewhere(client: Client, elsewhere: str) -> None:
    response = client.post("/theme/", {"theme": "dark", "next": elsewhere})

    assert response.headers["Location"] == "/articles/"


def test_a_cookie_can_t_write_into_the_page(client: Client) -> None:
    client.cookies["theme"] = '"><script>'

    assert "<script>" not in client.get("/sources/").content.decode()


def test_a_form_without_its_token_is_refused_in_style() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/theme/", {"theme": "dark"})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


def test_a_state_is_never_changed_by_get(client: Client) -> None:
    assert client.get("/theme/?theme=dark").status_code == 405


def test_who_opens_what_only_a_form_sends_is_told_what_to_do(client: Client) -> None:
    response = client.get("/theme/")

    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert "send it once more" in response.content.decode()
    assert client.put("/theme/").content == b""


def test_an_unknown_address_says_what_to_do(client: Client) -> None:
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "500", "503"])
def test_pages_for_errors_need_neither_database_nor_context(
    name: str, django_assert_num_queries: object
) -> None:
    assert django_assert_num_queries

    html = render_to_string(f"{name}.html", {}, HttpRequest() if name == "404" else None)

    assert "<h1>" in html
    assert "css/tokens.css" in html
