"""Links as files: what is written is read back, and only what its reader may see is in it."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.management import CommandError, call_command

from articles.cells import as_written
from articles.export import links
from articles.export.links import COLUMNS, Wish
from articles.models import Access, Article, Corpus, Link, Role
from articles.related.links.link_filter import LinkFilter
from tests.factories import (
    current,
    judge,
    make_article,
    make_corpus,
    make_link,
    make_member,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db
SHARED = "The mayor 🎉 cut the ribbon at noon, and the band of the harbour played."
# A formula, markup, and what XML 1.0 has no way to say.
HEADLINE = '=HYPERLINK("x") <b>&amp;\x08\x1b\uffff\u2028 “Brücke” 橋 🎉'
NS = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture
def pair(corpus: Corpus) -> tuple[Article, Article]:
    source = make_source(corpus, "-Gazette & Post")
    first = make_article(corpus, paragraphs=("It opened.", SHARED), source=source)
    Article.objects.filter(pk=first.pk).update(headline=HEADLINE)
    return first, make_article(corpus, paragraphs=(SHARED,), published=date(1932, 3, 18))


@pytest.fixture
def link(pair: tuple[Article, Article]) -> Link:
    found = make_link(*pair, direction="first", found_direction="first", score=0.75)
    judge(found, make_user("judge"), note="=1+1")
    return found


def written(form: str, user: Any = None, **wanted: Any) -> bytes:
    return b"".join(links.write(Wish(LinkFilter(**wanted), user, "https://n.example"), form))


def rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))


def test_a_row_of_the_table_reads_back_as_the_link(link: Link) -> None:
    [row] = rows(written("csv"))

    assert list(row) == list(COLUMNS)
    assert row["first_headline"].startswith("'=")
    assert as_written(row["first_headline"]) == HEADLINE
    assert as_written(row["first_source"]) == "-Gazette & Post"
    assert as_written(row["notes"]) == "=1+1"
    plain = {name: row[name] for name in ("id", "kind", "status", "direction", "score", "days")}
    assert plain == {
        "id": str(link.pk), "kind": "edited_version", "status": "accepted", "direction": "first",
        "score": "0.75", "days": "-1",
    }  # fmt: skip
    assert (row["confirmed"], row["rejected"], row["passages_total"]) == ("1", "0", "1")
    assert row["first_page"] == f"https://n.example/articles/{link.first_id}/"
    assert row["second_published"] == "1932-03-18"


def test_a_line_has_the_passages_of_both_texts(link: Link, pair: tuple[Article, Article]) -> None:
    [line] = written("jsonl").splitlines()

    read = json.loads(line)

    assert (read["id"], read["kind"], read["first"]["headline"]) == (link.pk, link.kind, HEADLINE)
    [passage] = read["evidence"]["passages"]
    for side, article in zip(("first", "second"), pair, strict=True):
        span = passage[side]
        assert current(article).text[span["start"] : span["end"]] == span["quote"] == SHARED
    [said] = read["judgements"]
    assert (said["by"], said["note"]) == ("judge", "=1+1")


def test_a_network_is_valid_and_has_each_article_once(
    link: Link, corpus: Corpus, pair: tuple[Article, Article]
) -> None:
    third = make_article(corpus)
    make_link(pair[0], third, kind="same_event", score=None)

    root = ET.fromstring(written("graphml"))  # noqa: S314 -- we wrote it

    keys = {key.get("id"): key for key in root.findall(f"{NS}key")}
    graph = root.find(f"{NS}graph")
    assert graph is not None
    nodes = {node.get("id"): node for node in graph.findall(f"{NS}node")}
    assert list(nodes) == [f"a{pk}" for pk in sorted((pair[0].pk, pair[1].pk, third.pk))]
    edges = graph.findall(f"{NS}edge")
    assert [{edge.get("source"), edge.get("target")} <= nodes.keys() for edge in edges] == [
        True
    ] * 2
    for part in (*nodes.values(), *edges):
        for data in part.findall(f"{NS}data"):
            key = keys[data.get("key")]
            assert key.get("for") == part.tag.removeprefix(NS)
    said = {data.get("key"): data.text for data in edges[0].findall(f"{NS}data")}
    assert said == {
        "edge_kind": "edited_version", "edge_status": "accepted", "edge_score": "0.75",
        "edge_from": f"a{link.second_id}",
    }  # fmt: skip
    headline = nodes[f"a{pair[0].pk}"].find(f"{NS}data[@key='node_headline']")
    assert headline is not None
    assert headline.text == '=HYPERLINK("x") <b>&amp;\u2028 “Brücke” 橋 🎉'


@pytest.mark.parametrize("form", list(links.FORMATS))
def test_more_than_a_batch_is_written_in_order(
    form: str, pair: tuple[Article, Article], corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "BATCH", 2)
    monkeypatch.setattr(links, "WITH_TEXTS", 2)
    made = [make_link(pair[0], make_article(corpus)).pk for _ in range(5)]

    text = written(form).decode()

    marks = {
        "csv": "\n{},default",
        "jsonl": '"id":{},"page":"https://n.example/links',
        "graphml": 'id="l{}"',
    }
    places = [text.index(marks[form].format(pk)) for pk in made]
    assert places == sorted(places)


def test_only_what_is_asked_for_is_in_it(
    link: Link, corpus: Corpus, pair: tuple[Article, Article]
) -> None:
    other = make_link(pair[0], make_article(corpus), kind="background", score=0.1)
    gone = make_link(pair[1], make_article(corpus), status="withdrawn", suggested=False)

    def found(**wanted: Any) -> list[int]:
        return [int(row["id"]) for row in rows(written("csv", **wanted))]

    assert found() == [link.pk, other.pk]
    assert found(kind="background") == [other.pk]
    assert found(score_min=0.5) == [link.pk]
    assert found(article=pair[1].pk) == [link.pk]
    assert gone.pk not in found(status="held")


@pytest.mark.parametrize("form", list(links.FORMATS))
def test_a_licensed_text_is_in_no_file_of_an_outsider(form: str) -> None:
    corpus = make_corpus("licensed", access=Access.LICENSED)
    link = make_link(
        make_article(corpus, paragraphs=(SHARED,)), make_article(corpus, paragraphs=(SHARED,))
    )
    judge(link, make_user("judge"), note=f"Both: {SHARED}")
    member = make_member(corpus, Role.VIEWER)

    for stranger in (make_user("stranger"), AnonymousUser()):
        told = written(form, stranger).decode()
        assert "Harbour bridge opens" in told
        assert "ribbon" not in told
        assert 'judge"' not in told
    if form == "jsonl":
        assert "ribbon" in written(form, member).decode()


@pytest.mark.parametrize("form", list(links.FORMATS))
def test_of_a_closed_corpus_nothing_is_in_it(form: str, link: Link) -> None:
    told = written(form, make_user("stranger")).decode()

    assert "Brücke" not in told
    assert f'"{link.pk}"' not in told


def test_who_loses_a_right_on_the_way_gets_no_more(
    pair: tuple[Article, Article], corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "WITH_TEXTS", 1)
    for _ in range(3):
        make_link(pair[0], make_article(corpus))
    member = make_member(corpus, Role.VIEWER)
    stream = links.write(Wish(LinkFilter(), member), "jsonl")

    first = next(stream)
    member.memberships.all().delete()

    assert first
    assert list(stream) == []


def test_the_command_writes_what_someone_may_see(
    link: Link, tmp_path: Path, corpus: Corpus
) -> None:
    make_member(corpus, Role.VIEWER, User.objects.create_user("reader"))
    make_user("stranger")
    path = tmp_path / "links.jsonl"

    call_command("export_links", output=str(path), as_user="reader", kind="edited_version")
    [line] = path.read_bytes().splitlines()
    call_command("export_links", output=str(path), as_user="stranger")

    assert json.loads(line)["id"] == link.pk
    assert path.read_text() == ""
    assert list(tmp_path.iterdir()) == [path]


def test_the_command_says_what_is_not_there(tmp_path: Path, corpus: Corpus) -> None:
    del corpus
    with pytest.raises(CommandError, match="nobody called"):
        call_command("export_links", as_user="nobody")
    with pytest.raises(CommandError, match="nobody called nobody"):
        call_command("export_links", by="nobody")
    with pytest.raises(CommandError, match="no corpus"):
        call_command("export_links", corpus="none")
    with pytest.raises(CommandError, match="Nothing is kept"):
        call_command("export_links", output=str(tmp_path / "none" / "links.jsonl"))
