"""The formats read the sample corpus as its manifest says, by rules that know none of its files."""

from functools import cache
from typing import Any

import pytest

from articles.formats import registry
from articles.formats.protocol import Origin, ReadOptions
from articles.parsed import CreditKind, Flag, ParsedArticle
from articles.reading import agencies
from articles.text import BlockKind
from tests.sample.test_manifest import ARTICLES, SAMPLE, SOURCES, each_article

OUTLETS = frozenset(
    name for outlet in SOURCES["outlets"] for name in (outlet["name"], *outlet["aliases"])
)
AGENCIES = {
    alias: agency["name"]
    for agency in SOURCES["agencies"]
    for alias in (agency["name"], *agency["aliases"])
}
FILES = sorted({article["file"] for article in ARTICLES})
# Compared with the manifest. Left out are the byline, of which pages have two, the printed line and
# the names that the page states (what both come to, the credits, is compared); the language,
# given with its region where a file states it; and the instant, which hangs on what a zone's
# initials mean.
FIELDS = (
    "headline", "standfirst", "key_points", "source", "published", "dateline", "persons",
    "agencies", "captions", "crossheads", "body_paragraphs", "body_starts", "body_ends", "rights",
    "section", "page", "url", "external_id", "locator", "truncated",
)  # fmt: skip


@cache
def read(name: str) -> tuple[ParsedArticle, ...]:
    """Return what the format that recognises a sample file reads in it."""
    path = SAMPLE / name
    origin = Origin(filename=path.name)
    options = ReadOptions(known_sources=OUTLETS, agencies=AGENCIES)
    with path.open("rb") as stream, agencies.also_known(AGENCIES):
        form = registry.sniff(stream.read(registry.SNIFF_BYTES), origin)
        stream.seek(0)
        items = list(form.read(stream, origin, options))
    refused = [item for item in items if not isinstance(item, ParsedArticle)]
    assert not refused, f"{name}: {refused}"
    return tuple(item for item in items if isinstance(item, ParsedArticle))


def stated(article: dict[str, Any]) -> dict[str, Any]:
    """Return an article's fields as the manifest has them, in the form of :func:`as_read`."""
    apart = {"published", "dateline", "persons", "agencies", "captions", "truncated", "section"}
    people = {
        kind: [credit["name"] for credit in article["credits"] if credit["kind"] == kind]
        for kind in CreditKind
    }
    dateline = article["dateline"]
    return {
        **{field: article[field] for field in FIELDS if field not in apart},
        "published": article["published"] and article["published"]["date"],
        "dateline": dateline and (dateline["place"], dateline["agency"]),
        "section": article["section"] and article["section"].casefold(),
        "persons": people[CreditKind.PERSON],
        "agencies": people[CreditKind.AGENCY],
        "captions": [(caption["text"], caption["credit"]) for caption in article["captions"]],
        "truncated": "truncated" in article["flags"],
    }


def as_read(article: ParsedArticle) -> dict[str, Any]:
    """Return the fields that are compared of an article that a format read."""
    texts: dict[BlockKind, list[str]] = {kind: [] for kind in BlockKind}
    for block in article.blocks:
        texts[block.kind].append(block.text)
    body = [
        block.text
        for block in article.blocks
        if block.kind.is_body and block.kind not in {BlockKind.DATELINE, BlockKind.CROSSHEAD}
    ]
    people = {kind: [c.name for c in article.credits if c.kind is kind] for kind in CreditKind}
    dateline = article.dateline
    return {
        "headline": next(iter(texts[BlockKind.HEADLINE]), None),
        "standfirst": next(iter(texts[BlockKind.STANDFIRST]), None),
        "key_points": texts[BlockKind.KEY_POINT],
        "source": article.source,
        "crossheads": texts[BlockKind.CROSSHEAD],
        "body_paragraphs": len(body),
        "body_starts": " ".join(body[0].split()[:9]) if body else None,
        "body_ends": " ".join(body[-1].split()[-9:]) if body else None,
        "rights": article.rights,
        # A label above a headline may be printed in capitals.
        "section": article.section and article.section.casefold(),
        "page": article.page,
        "url": article.canonical_url,
        "external_id": article.external_id,
        "locator": article.locator,
        "published": article.published and article.published.date.isoformat(),
        "dateline": dateline and (dateline.place, dateline.agency),
        "persons": people[CreditKind.PERSON],
        "agencies": people[CreditKind.AGENCY],
        "captions": [(caption.text, caption.credit) for caption in article.captions],
        "truncated": Flag.TRUNCATED in article.flags,
    }


def pair(article: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an article as the manifest has it, and as it is read: the same place in its file."""
    within = [other["id"] for other in ARTICLES if other["file"] == article["file"]]
    found = read(article["file"])
    assert len(found) == len(within)
    return stated(article), as_read(found[within.index(article["id"])])


@pytest.mark.parametrize("name", FILES)
def test_a_file_holds_as_many_articles_as_its_manifest_says(name: str) -> None:
    assert len(read(name)) == sum(article["file"] == name for article in ARTICLES)


@each_article
def test_an_article_is_read_as_its_manifest_says(article: dict[str, Any]) -> None:
    wanted, found = pair(article)

    assert {field: found[field] for field in FIELDS} == {field: wanted[field] for field in FIELDS}
