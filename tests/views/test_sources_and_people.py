"""Pages of outlets and authors, with their articles over time."""

from datetime import date

import pytest
from django.test import Client

from articles.models import Corpus, SourceAlias
from articles.models.folding import fold
from tests.factories import make_article, make_corpus, make_person, make_source

pytestmark = pytest.mark.django_db


def test_outlets_are_listed_with_their_numbers(visitor: Client, open_corpus: Corpus) -> None:
    post = make_source(open_corpus, "The Harbour Post")
    make_source(make_corpus("closed"), "Secret Gazette")
    for _ in range(3):
        make_article(open_corpus, source=post)

    html = visitor.get("/sources/").content.decode()

    assert "The Harbour Post" in html
    assert '<td class="num">3</td>' in html
    assert "Secret Gazette" not in html


def test_an_outlet_is_found_by_the_beginning_of_any_of_its_names(
    visitor: Client, open_corpus: Corpus
) -> None:
    post = make_source(open_corpus, "The Harbour Post")
    make_source(open_corpus, "Morning Ledger")
    SourceAlias.objects.create(
        corpus=open_corpus, source=post, printed="Háfn Post", folded=fold("Háfn Post")
    )

    html = visitor.get("/sources/?q=HAFN").content.decode()

    assert "The Harbour Post" in html
    assert "Morning Ledger" not in html


def test_an_author_is_found_by_any_part_of_the_name(visitor: Client, open_corpus: Corpus) -> None:
    make_person(open_corpus, "Inés Arrieta")
    make_person(open_corpus, "Tobias Quill")

    html = visitor.get("/authors/?q=arri").content.decode()

    assert "Inés Arrieta" in html
    assert "Tobias Quill" not in html


@pytest.mark.parametrize("kind", ["sources", "authors"])
@pytest.mark.parametrize("query", ["q=%00", "cursor=x", "cursor=%00", f"q={'a' * 501}"])
def test_what_can_t_be_read_is_refused(visitor: Client, kind: str, query: str) -> None:
    assert visitor.get(f"/{kind}/?{query}").status_code == 400


@pytest.mark.parametrize("kind", ["sources", "authors"])
def test_others_are_not_found(visitor: Client, kind: str) -> None:
    corpus = make_corpus("closed")
    secret = make_source(corpus) if kind == "sources" else make_person(corpus)

    assert visitor.get(secret.get_absolute_url()).status_code == 404
    assert visitor.get(f"/{kind}/987654/").status_code == 404
    options = visitor.get(f"/{kind}/options/?{'source' if kind == 'sources' else 'author'}=")
    assert secret.name not in options.content.decode()


def test_an_outlet_s_page_has_names_chart_numbers_and_latest(
    visitor: Client, open_corpus: Corpus
) -> None:
    post = make_source(open_corpus, "The Harbour Post", domains=["post.example"])
    SourceAlias.objects.create(
        corpus=open_corpus, source=post, printed="HARBOUR POST", folded="harbour post"
    )
    for month in (1, 1, 4):
        make_article(
            open_corpus, source=post, headline=f"In month {month}", published=date(1932, month, 9)
        )
    make_article(open_corpus, source=post, published=None)
    make_article(open_corpus, source=post, published=date(1932, 1, 1), published_precision="year")

    html = visitor.get(post.get_absolute_url()).content.decode()

    assert "HARBOUR POST" in html
    assert "post.example" in html
    assert "<title>January 1932: 2</title>" in html
    assert 'scope="row"><a href="/articles/?q=source%3A%22' in html
    assert "Not drawn: 1 with a coarser or implausible date." in html
    assert "1 without a date" in html
    assert "In month 4" in html


def test_an_author_s_page_has_their_articles_and_outlets(
    visitor: Client, open_corpus: Corpus
) -> None:
    jane = make_person(open_corpus, "Jane Doe")
    post = make_source(open_corpus, "The Harbour Post")
    make_article(open_corpus, people=(jane,), source=post, headline="Hers")
    make_article(open_corpus, source=post, headline="Nobody’s")

    html = visitor.get(jane.get_absolute_url()).content.decode()

    assert "Hers" in html
    assert "Nobody’s" not in html
    assert "The Harbour Post" in html
    assert "Too few dated articles" in html


def test_long_spans_are_drawn_by_decade(visitor: Client, open_corpus: Corpus) -> None:
    post = make_source(open_corpus)
    make_article(open_corpus, source=post, published=date(1605, 7, 3))
    make_article(open_corpus, source=post, published=date(2099, 12, 31))

    assert "Articles by decade" in visitor.get(post.get_absolute_url()).content.decode()


def test_implausible_dates_do_not_flatten_the_rest(visitor: Client, open_corpus: Corpus) -> None:
    post = make_source(open_corpus)
    for day in (date(1, 1, 3), date(1932, 3, 19), date(1932, 3, 20), date(9999, 12, 31)):
        make_article(open_corpus, source=post, published=day)

    html = visitor.get(post.get_absolute_url()).content.decode()

    assert "Articles by day" in html
    assert "Not drawn: 2 with a coarser or implausible date." in html


def test_names_are_offered_as_one_types(visitor: Client, open_corpus: Corpus) -> None:
    make_source(open_corpus, "The Harbour Post")
    make_source(open_corpus, "Morning Ledger")

    html = visitor.get("/sources/options/?source=the").content.decode()

    assert '<option value="The Harbour Post">' in html
    assert "Ledger" not in html
