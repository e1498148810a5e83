"""What every list takes: an allow-list, each with its own errors."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from articles import filters
from articles.models import Access
from tests.factories import make_corpus


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("user__password__startswith=a", "user__password__startswith"),
        ("_connector=OR", "_connector"),
        ("corpus=a&corpus=b", "corpus"),
        ("corpus=unknown", "corpus"),
        ("corpus=a%00b", "corpus"),
        ("corpus=" + "x" * 501, "corpus"),
        ("limit=0", "limit"),
        ("limit=-5", "limit"),
        ("limit=NaN", "limit"),
        ("limit=999999999999999999999999999999", "limit"),
        ("limit=", "limit"),
    ],
)
def test_what_is_wrong_is_named(query: str, field: str) -> None:
    with pytest.raises(filters.FilterError) as refused:
        filters.read(QueryDict(query), AnonymousUser())

    assert list(refused.value.fields) == [field]


@pytest.mark.django_db
def test_a_corpus_is_named_by_its_slug_or_its_id() -> None:
    corpus = make_corpus("letters", access=Access.OPEN)

    for query in ("corpus=letters", f"corpus={corpus.pk}&limit=999"):
        found = filters.read(QueryDict(query), AnonymousUser())
        assert found.corpus == corpus
    assert found.limit == filters.MAX_LIMIT


@pytest.mark.django_db
def test_what_one_may_not_know_of_is_not_there() -> None:
    make_corpus("hidden")

    with pytest.raises(filters.FilterError, match="may read") as refused:
        filters.read(QueryDict("corpus=hidden"), AnonymousUser())
    assert refused.value.names_nothing
