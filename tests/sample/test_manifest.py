"""The sample corpus agrees with its manifest, which tests and benchmarks take for the truth."""

import csv
import io
import json
import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "sample"
MANIFEST = json.loads((SAMPLE / "manifest.json").read_text(encoding="utf-8"))
SOURCES = json.loads((SAMPLE / "sources.json").read_text(encoding="utf-8"))
ARTICLES: list[dict[str, Any]] = MANIFEST["articles"]
ROLES = {
    "wire_full",
    "cut",
    "excerpt",
    "follow_up",
    "background",
    "correction",
    "updated",
    "original",
}
# So many words in a row are no chance; the least that related coverage takes for a copy.
RUN = 15

each_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["id"])


@cache
def read(name: str) -> str:
    """Return a sample file's words as one line: markup and asides dropped, JSON values joined."""
    text = (SAMPLE / name).read_text(encoding="utf-8-sig")
    if name.endswith(".jsonl"):
        text = "\n".join(
            " ".join(str(value) for value in json.loads(line).values())
            for line in text.splitlines()
        )
    text = text.replace('""', '"').replace("&amp;", "&")
    text = re.sub(r"<(aside|nav)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = re.sub(r'<meta [^>]*content="([^"]*)"[^>]*>', r" \1 ", text)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def words(article: dict[str, Any]) -> list[str]:
    """Return the words of an article's body, lower case."""
    text = " ".join(passage(article).split())
    start = text.index(article["body_starts"])
    end = text.rindex(article["body_ends"]) + len(article["body_ends"])
    return re.findall(r"\w+", text[start:end].lower())


def passage(article: dict[str, Any]) -> str:
    """Return the part of its file that an article's locator names."""
    name, locator = article["file"], article["locator"]
    text = (SAMPLE / name).read_text(encoding="utf-8-sig")
    numbers = [int(number) for number in re.findall(r"\d+", locator)]
    if not numbers:
        return read(name)
    if locator.startswith("lines"):
        return "\n".join(text.split("\n")[numbers[0] - 1 : numbers[1]])
    if locator.startswith("document"):
        return re.split(r"\d+ of \d+ DOCUMENTS", text)[numbers[0]]
    if name.endswith(".jsonl"):
        return str(json.loads(text.splitlines()[numbers[0] - 1]))
    rows = csv.reader(
        io.StringIO("\n".join(text.splitlines()[numbers[0] - 1 :])),
        delimiter=";" if text.startswith("Titre") else ",",
    )
    return " ".join(next(rows))


def longest_run(first: list[str], second: list[str]) -> int:
    """Return the length of the longest run of words that two texts share."""
    best = 0
    lengths = [0] * (len(second) + 1)
    for word in first:
        previous = 0
        for index, other in enumerate(second, start=1):
            current = lengths[index]
            lengths[index] = previous + 1 if word == other else 0
            best = max(best, lengths[index])
            previous = current
    return best


def test_ids_are_unique() -> None:
    counts = Counter(article["id"] for article in ARTICLES)

    assert [name for name, count in counts.items() if count > 1] == []


def test_no_two_articles_stand_at_one_place() -> None:
    places = Counter((article["file"], article["locator"]) for article in ARTICLES)

    assert [place for place, count in places.items() if count > 1] == []


def test_every_file_of_articles_is_in_the_manifest() -> None:
    known = {article["file"] for article in ARTICLES}
    found = {
        path.relative_to(SAMPLE).as_posix()
        for path in SAMPLE.rglob("*")
        if path.is_file() and path.parent not in {SAMPLE, SAMPLE / "tags"}
    } | {path.name for path in SAMPLE.iterdir() if path.suffix in {".jsonl", ".csv"}}

    assert found == known


@each_article
def test_the_headline_stands_where_the_locator_says(article: dict[str, Any]) -> None:
    assert article["headline"] in " ".join(passage(article).split())


@each_article
def test_the_body_starts_and_ends_with_the_words_given(article: dict[str, Any]) -> None:
    text = read(article["file"])

    assert article["body_starts"] in text
    assert article["body_ends"] in text


@each_article
def test_what_is_printed_is_in_the_file(article: dict[str, Any]) -> None:
    text = read(article["file"])
    printed = [article["rights"], *article["key_points"], *article["notes"]]
    printed += [article["standfirst"], article["byline"]]
    printed += [caption["text"] for caption in article["captions"]]
    printed += [caption["credit"] for caption in article["captions"]]

    missing = [line for line in printed if line and " ".join(line.split()) not in text]

    assert missing == []


@each_article
def test_role_event_and_outlet_are_known(article: dict[str, Any]) -> None:
    wires = {wire["slug"]: wire["event"] for wire in MANIFEST["wires"]}

    assert article["role"] in ROLES
    assert article["outlet"] in {outlet["name"] for outlet in SOURCES["outlets"]}
    assert article["source"] in {None, article["outlet"]}
    assert article["copy_of"] is None or wires[article["copy_of"]] == article["event"]


@each_article
def test_agencies_are_known_by_their_full_name(article: dict[str, Any]) -> None:
    names = {agency["name"] for agency in SOURCES["agencies"]}

    credited = {c["name"] for c in article["credits"] if c["kind"] == "agency"}
    if article["dateline"] and article["dateline"]["agency"]:
        credited.add(article["dateline"]["agency"])

    assert credited <= names


def test_copies_of_a_wire_story_share_passages_with_its_full_text() -> None:
    full = {
        article["copy_of"]: words(article)
        for article in ARTICLES
        if article["role"] == "wire_full" and not article["respelled"]
    }
    copies = [a for a in ARTICLES if a["copy_of"] in full and a["role"] != "wire_full"]

    short = [a["id"] for a in copies if longest_run(full[a["copy_of"]], words(a)) < RUN]

    assert len(copies) > 20
    assert short == []


def test_every_cut_has_an_original_that_ran_whole() -> None:
    full = {article["copy_of"] for article in ARTICLES if article["role"] == "wire_full"}

    assert {article["copy_of"] for article in ARTICLES if article["copy_of"]} == full


def test_stories_of_different_wires_share_no_passage() -> None:
    first_of: dict[str, list[str]] = {}
    for article in ARTICLES:
        if article["role"] == "wire_full":
            first_of.setdefault(article["copy_of"], words(article))

    alike = [
        pair
        for pair in combinations(first_of, 2)
        if longest_run(first_of[pair[0]], first_of[pair[1]]) >= RUN
    ]

    assert alike == []


def test_one_external_id_comes_twice_and_the_second_time_updated() -> None:
    by_id: dict[str, list[dict[str, Any]]] = {}
    for article in ARTICLES:
        if article["external_id"]:
            by_id.setdefault(article["external_id"], []).append(article)

    twice = [articles for articles in by_id.values() if len(articles) > 1]

    assert [[a["role"] for a in articles] for articles in twice] == [["wire_full", "updated"]]
    assert twice[0][0]["url"] == twice[0][1]["url"]
    files = [a["file"] for a in twice[0]]
    assert files == sorted(files), "by name, the later version would be imported first"


def test_the_nexis_download_declares_the_number_it_holds() -> None:
    text = (SAMPLE / "nexis/invented-newspapers.txt").read_text(encoding="utf-8")

    marks = re.findall(r"(\d+) of (\d+) DOCUMENTS", text)

    assert marks == [(str(number), str(len(marks))) for number in range(1, len(marks) + 1)]


def test_each_event_has_at_least_six_articles() -> None:
    counts = Counter(article["event"] for article in ARTICLES)

    assert len(counts) == 10
    assert min(counts.values()) >= 6
