"""Pages by keyset."""

import base64
import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Corpus
from articles.models.keyset import CursorError, page
from tests.factories import make_article

ORDER = ("-sort_at", "-pk")


@pytest.fixture
def five(corpus: Corpus) -> list[Article]:
    """Five articles newest first, two of them undated."""
    for year in (1930, 1932, 1931):
        make_article(corpus, published=date(year, 1, 1))
    make_article(corpus, published=None)
    make_article(corpus, published=None)
    return list(Article.objects.newest_first())


def test_pages_forward_hold_every_row_once(five: list[Article]) -> None:
    seen, cursor = [], None
    while True:
        got = page(Article.objects.all(), ORDER, limit=2, cursor=cursor)
        seen += got.rows
        cursor = got.next
        if cursor is None:
            break

    assert seen == five


@pytest.mark.usefixtures("five")
def test_a_page_back_is_the_page_before() -> None:
    first = page(Article.objects.all(), ORDER, limit=2)
    second = page(Article.objects.all(), ORDER, limit=2, cursor=first.next)

    back = page(Article.objects.all(), ORDER, limit=2, cursor=second.previous)

    assert back.rows == first.rows
    assert back.previous is None
    assert back.next is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "é",
        "a" * 10_000,
        base64.urlsafe_b64encode(b"[0,1,2]").decode(),
        base64.urlsafe_b64encode(json.dumps([0, "2019-01-01", 1]).encode()).decode(),
        base64.urlsafe_b64encode(json.dumps([0, "2019-01-01T00:00:00Z", 10**30]).encode()).decode(),
        base64.urlsafe_b64encode(b'[0,"\\ud800",1]').decode(),
        base64.urlsafe_b64encode(b"[" * 300).decode(),
    ],
)
def test_a_cursor_of_nonsense_is_refused(cursor: str) -> None:
    with pytest.raises(CursorError):
        page(Article.objects.all(), ORDER, limit=2, cursor=cursor)


@pytest.mark.django_db
@given(st.text(max_size=60))
def test_no_text_as_a_cursor_raises_anything_else(cursor: str) -> None:
    with suppress(CursorError):
        page(Article.objects.none(), ORDER, limit=2, cursor=cursor)
