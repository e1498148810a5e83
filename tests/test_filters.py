"""The filters of the article list: an allow-list, each with its own errors."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import QueryDict

from articles import filters
from articles.models import Article, Corpus
from tests.factories import make_article, make_corpus, make_person, make_source


def found(query: str, user: User) -> list[str]:
    read = filters.read(QueryDict(query), user)
    rows = read.apply(Article.objects.visible_to(user)).newest_first()
    return [article.headline for article in rows]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("user__password__startswith=a", "user__password__startswith"),
        ("_connector=OR", "_connector"),
        ("corpus=a&corpus=b", "corpus"),
        ("corpus=unknown", "corpus"),
        ("source=99999999999999999999999", "source"),
        ("source=-1", "source"),
        ("author=Nobody", "author"),
        ("published_after=2019-02-30", "published_after"),
        ("published_after=0000-01-01", "published_after"),
        ("published_after=9999-12-31T23:59-23:59", "published_after"),
        ("published_before=yesterday", "published_before"),
        ("published_before=2019-01-09Tx", "published_before"),
        ("published_after=2019-02-01&published_before=2019-01-01", "published_before"),
        ("limit=0", "limit"),
        ("limit=-5", "limit"),
        ("limit=NaN", "limit"),
        ("limit=999999999999999999999999999999", "limit"),
        ("limit=", "limit"),
        ("undated=perhaps", "undated"),
        ("flagged=purple", "flagged"),
        ("section=a%00b", "section"),
        ("language=" + "x" * 501, "language"),
    ],
)
def test_what_is_wrong_is_named(query: str, field: str) -> None:
    with pytest.raises(filters.FilterError) as refused:
        filters.read(QueryDict(query), AnonymousUser())

    assert list(refused.value.fields) == [field]


def test_each_filter_finds_its_own(corpus: Corpus, superuser: User) -> None:
    source, person = make_source(corpus, "The Morning Paper"), make_person(corpus, "Jane Doe")
    make_article(corpus, headline="Ours", source=source, people=(person,), agencies=("Reuters",),
                 section="World", language="fr", flags=["truncated"])  # fmt: skip
    make_article(corpus, headline="Other", published=date(1940, 5, 10))

    for query in (
        f"source={source.pk}",
        "source=the+morning+PAPER",
        f"author={person.pk}",
        "author=jane+doe",
        "agency=Reuters",
        "section=World",
        "language=fr",
        "flagged=truncated",
        "flagged=any",
        "published_before=1939-12-31",
        "published_after=1932-03-19&published_before=1932-03-19",
    ):
        assert found(query, superuser) == ["Ours"], query
    assert found("published_after=1940-05-10T12:00", superuser) == ["Other"]


def test_a_month_and_a_year_match_on_overlap(corpus: Corpus, superuser: User) -> None:
    make_article(corpus, headline="March", published=date(1932, 3, 1), published_precision="month")
    make_article(corpus, headline="1932", published=date(1932, 1, 1), published_precision="year")
    make_article(corpus, headline="1 March", published=date(1932, 3, 1))

    assert found("published_after=1932-03-20&published_before=1932-03-25", superuser) == [
        "March",
        "1932",
    ]
    assert found("published_after=1932-04-01", superuser) == ["1932"]


def test_undated_is_a_filter_of_its_own(corpus: Corpus, superuser: User) -> None:
    make_article(corpus, headline="Dated")
    make_article(corpus, headline="Undated", published=None)

    assert found("undated=true", superuser) == ["Undated"]
    assert found("undated=false", superuser) == ["Dated"]


def test_what_one_may_not_read_is_not_there(corpus: Corpus) -> None:
    hidden = make_corpus("hidden")
    source = make_source(hidden, "The Secret Paper")
    make_article(hidden, source=source)

    for query in ("corpus=hidden", f"source={source.pk}", "source=The+Secret+Paper"):
        with pytest.raises(filters.FilterError, match="may read"):
            filters.read(QueryDict(query), AnonymousUser())
    assert corpus is not None
