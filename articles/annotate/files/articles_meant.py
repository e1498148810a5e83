"""Which article of the corpus a part of a file is about: by its text, its number or its name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.annotate.interchange.shape import ArticleTags
from articles.annotate.tags.targets import Targets
from articles.models import Article, Version
from articles.models.lookups import any_id, any_text
from articles.text import sha256

_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Known:
    """An article of the corpus, at the version that is tagged."""

    article: int
    version: int
    text: str
    blocks: Sequence[Sequence[object]]


def articles_meant(read: Sequence[ArticleTags], targets: Targets) -> dict[int, Known]:
    """Return the articles that are meant, by the id of the part of the file."""
    corpus = targets.layer.corpus
    numbers = {each.article for each in read if each.article}
    there = Version.objects.filter(
        any_id("article_id", numbers), article__corpus=corpus, article__standing=True
    )
    by_number: dict[int, set[str]] = {}
    for pk, said in there.order_by().values_list("article_id", "sha256"):
        by_number.setdefault(pk, set()).add(said)
    hashes = {id(each): each.sha256 or sha256(each.text) for each in read if _says_text(each)}
    by_hash = dict(
        Version.objects.filter(
            any_text("sha256", set(hashes.values())),
            article__corpus=corpus,
            article__standing=True,
        )
        .order_by("-pk")
        .values_list("sha256", "article_id")
    )
    names = {each.external_id for each in read if each.external_id}
    by_name = dict(
        Article.objects.filter(any_text("external_id", names), corpus=corpus, standing=True)
        .order_by("-pk")
        .values_list("external_id", "pk")
    )
    meant: dict[int, int] = {}
    for each in read:
        text = hashes.get(id(each), "")
        # Of reprints with one text it is the one that is numbered so.
        article = each.article if text in by_number.get(each.article or 0, ()) else None
        article = article or by_hash.get(text)
        if article is None and each.article in by_number:
            article = each.article
        article = article or by_name.get(each.external_id)
        if article is not None:
            meant[id(each)] = article
    there_now = targets.find(set(meant.values()))
    versions = {target.version for target in there_now.values()}
    texts = {
        article: Known(article, pk, text, blocks)
        for pk, article, text, blocks in Version.objects.filter(any_id("id", versions)).values_list(
            "pk", "article_id", "text", "blocks"
        )
    }
    theirs = {id(each): each.text for each in read}
    # A number may be that of another corpus, or of another machine.
    return {
        part: texts[article]
        for part, article in meant.items()
        if article in texts and _is_alike(theirs[part], texts[article].text)
    }


def _is_alike(theirs: str, ours: str) -> bool:
    """Whether half of a file's words are in our text, so that it may be an edition of it."""
    words = set(_WORD.findall(theirs))
    return len(words & set(_WORD.findall(ours))) * 2 >= len(words)


def _says_text(each: ArticleTags) -> bool:
    return bool(each.text or each.sha256)
