"""``manage.py export``: to a file or printed, in anyone's name."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Corpus
from tests.factories import make_article, make_corpus, make_member, make_user


@pytest.fixture
def article(corpus: Corpus, index: Callable[[], int]) -> Article:
    """Return an article of the corpus; there is one of another corpus too."""
    found = make_article(corpus, headline="Harbour strike")
    make_article(make_corpus("other"), headline="Harbour elsewhere")
    index()
    return found


def headlines(path: Path) -> set[str]:
    return {json.loads(line)["headline"] for line in path.read_bytes().splitlines()}


def test_it_writes_what_is_asked_for(article: Article, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"

    call_command("export", "harbour", output=str(path), base="https://news.example/")
    every = headlines(path)
    call_command("export", "harbour", corpus="default", output=str(path))

    assert every == {"Harbour strike", "Harbour elsewhere"}
    assert headlines(path) == {article.headline}
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".part"] == []


def test_in_someones_name_it_holds_what_they_may_see(article: Article, tmp_path: Path) -> None:
    make_user("stranger")
    member = make_member(article.corpus)
    path = tmp_path / "out.jsonl"

    call_command("export", as_user="stranger", output=str(path))
    nothing = headlines(path)
    call_command("export", as_user=member.get_username(), output=str(path))

    assert nothing == set()
    assert headlines(path) == {article.headline}


@pytest.mark.usefixtures("article")
def test_it_says_how_large_it_would_be() -> None:
    out = StringIO()

    call_command("export", "harbour", format="ris", size=True, stdout=out)

    assert out.getvalue().startswith("2 articles, ")


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"query": "(harbour"}, "not closed"),
        ({"corpus": "nowhere"}, "no corpus"),
        ({"as_user": "nobody"}, "no user"),
        ({"columns": "password"}, "no column"),
        ({"output": "/nowhere/at/all"}, "Nothing is kept"),
    ],
)
def test_what_can_not_be_done_is_said(options: dict[str, str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("export", *([options.pop("query")] if "query" in options else []), **options)
