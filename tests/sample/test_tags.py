"""Who and what is tagged in the sample corpus keeps to the rules that sample/README.md gives."""

import json
import re
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from articles.text import BlockKind, Composed, compose, sha256
from tests.sample.test_manifest import ARTICLES, SAMPLE
from tests.sample.test_reading import read

# What a later version took the place of is not in the corpus.
REPLACED = "sf-forenoon"
STANDING = [article for article in ARTICLES if article["id"] != REPLACED]
# What an article speaks of and never names is tagged at these words, once.
BROUGHT_IN = {"canal", "moon", "lune", "satellite", "Satellite"}


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLE / name).read_text("utf-8").splitlines()]


NAMES, TAGGED = lines("tags/names.jsonl"), lines("tags/tags.jsonl")
BY_TEXT = {each["sha256"]: each for each in TAGGED}

each_article = pytest.mark.parametrize("article", STANDING, ids=lambda article: article["id"])


@cache
def text_of(article_id: str) -> Composed:
    """Return the text of an article as its file is read."""
    article = next(each for each in ARTICLES if each["id"] == article_id)
    within = [each["id"] for each in ARTICLES if each["file"] == article["file"]]
    return compose(read(article["file"])[within.index(article_id)].blocks)


def tags_of(article: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what is tagged in an article."""
    mentions: list[dict[str, Any]] = BY_TEXT[sha256(text_of(article["id"]).text)]["mentions"]
    return mentions


def test_every_article_of_the_corpus_has_tags_and_no_other() -> None:
    texts = {sha256(text_of(article["id"]).text): article["headline"] for article in STANDING}

    assert {each["sha256"]: each["headline"] for each in TAGGED} == texts
    assert len(TAGGED) == len(texts)
    assert all(each["mentions"] for each in TAGGED)


@each_article
def test_a_tag_lies_on_the_words_that_it_quotes_and_on_no_other_tag(
    article: dict[str, Any],
) -> None:
    tags, text = tags_of(article), text_of(article["id"]).text

    assert [text[tag["start"] : tag["end"]] for tag in tags] == [tag["quote"] for tag in tags]
    assert all(one["end"] <= other["start"] for one, other in pairwise(tags))


def test_names_are_those_of_the_list_each_once_and_each_is_used() -> None:
    listed = [(name["kind"], name["name"]) for name in NAMES]
    used = {(tag["kind"], tag["entity"]["name"]) for each in TAGGED for tag in each["mentions"]}

    assert set(listed) == used
    assert len(listed) == len(used)


@each_article
def test_what_is_tagged_once_is_tagged_wherever_it_stands_in_articles_of_the_event(
    article: dict[str, Any],
) -> None:
    composed = text_of(article["id"])
    of_event = [each for each in STANDING if each["event"] == article["event"]]
    quotes = {tag["quote"] for each in of_event for tag in tags_of(each)} - BROUGHT_IN
    tagged = {place for tag in tags_of(article) for place in range(tag["start"], tag["end"])}
    for span in composed.spans:
        if span.kind == BlockKind.NOTE:
            tagged.update(range(span.start, span.end))

    left = [
        quote
        for quote in quotes
        for found in re.finditer(rf"(?<!\w){re.escape(quote)}(?!\w)", composed.text)
        if found.start() not in tagged
    ]

    assert left == []


@each_article
def test_what_an_article_never_names_is_tagged_once_at_the_words_that_bring_it_in(
    article: dict[str, Any],
) -> None:
    tags = tags_of(article)
    brought_in = [tag["entity"]["name"] for tag in tags if tag["quote"] in BROUGHT_IN]

    assert len(brought_in) <= 1
    for name in brought_in:
        assert sum(tag["entity"]["name"] == name for tag in tags) == 1
