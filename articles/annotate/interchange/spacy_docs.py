"""spaCy's DocBin: ``ents``, and all tags in ``spans``. It needs ``newsroom[ner]``."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from itertools import batched
from typing import Any

from articles.annotate.interchange.archives import unzipped, zipped
from articles.annotate.interchange.doc_bins import Named, Packing
from articles.annotate.interchange.shape import (
    ArticleTags,
    Losses,
    Tag,
    UnreadableError,
    apart,
    in_order,
)

# So many documents are packed together: a file is read as a whole.
TOGETHER = 500
# The group of spans that spaCy's own span categoriser reads.
SPANS = "sc"
_WIKIDATA = "wikidata"
_OWN = "newsroom:"


class SpacyMissingError(UnreadableError):
    """spaCy is not installed."""


class SpacyDocs:
    """A ZIP of ``.spacy`` files, some hundred articles each; reading takes a single one too."""

    name = "spacy"
    label = "spaCy DocBin"
    suffix = "zip"
    media_type = "application/zip"
    lacks = (
        'Of tags that overlap, all but one are in `doc.spans["sc"]` alone. Attributes, comments, '
        "codes, relations; suggestions are left out."
    )

    def write(self, articles: Iterable[ArticleTags], losses: Losses) -> Iterator[bytes]:
        """Yield the archive."""
        spacy = _spacy()
        vocabulary = _vocabulary(spacy)
        yield from zipped(
            (f"part-{place:04}.spacy", _packed(spacy, vocabulary, some, losses))
            for place, some in enumerate(batched(articles, TOGETHER, strict=False), 1)
        )

    def read(self, data: bytes) -> Iterator[ArticleTags | UnreadableError]:
        """Yield the documents of an archive, or of one file."""
        try:
            spacy = _spacy()
            parts = unzipped(data, (".spacy",)) if data[:2] == b"PK" else [("the file", data)]
            for name, raw in parts:
                yield from _unpacked(spacy, raw, name)
        except UnreadableError as fault:
            yield fault


@lru_cache(maxsize=1)
def _vocabulary(spacy: Any) -> Any:
    return spacy.blank("xx").vocab


def _spacy() -> Any:
    if find_spec("spacy") is None:
        raise SpacyMissingError(
            "This form needs spaCy: install Newsroom with the extra `ner` (newsroom[ner])."
        )
    import spacy.tokens  # noqa: PLC0415 -- an extra, and slow to load

    return spacy


def _packed(spacy: Any, vocabulary: Any, articles: Iterable[ArticleTags], losses: Losses) -> bytes:
    packing = Packing(spacy, vocabulary)
    for each in articles:
        tags = list(_held(each, losses))
        overlapping = Losses()
        spans = {id(tag): Named(tag.start, tag.end, tag.kind, _id(tag)) for tag in tags}
        packing.add(
            each.text,
            list(spans.values()),
            [spans[id(tag)] for tag in apart(tags, overlapping)],
            group=SPANS,
            about={"article": each.article or 0, "sha256": each.sha256},
        )
        for what, count in overlapping.counts.items():
            losses.note(f"{what}: not in ents, but in spans", times=count)
    return packing.to_bytes()


def _held(each: ArticleTags, losses: Losses) -> Iterator[Tag]:
    """Yield the tags of an article that a document holds; count what it does not."""
    for tag in each.tags:
        if tag.status == "accepted":
            losses.of_tag(tag, entity_ids=False)
            yield tag
        else:
            losses.note("suggestions", tag.quote)
    for what, some in (("codes and notes", each.codes), ("relations", each.relations)):
        if some:
            losses.note(what, times=len(some))


def _id(tag: Tag) -> str:
    if _WIKIDATA in tag.entity_ids:
        return tag.entity_ids[_WIKIDATA]
    return f"{_OWN}{tag.entity_id}" if tag.entity_id else ""


def _unpacked(spacy: Any, raw: bytes, name: str) -> Iterator[ArticleTags | UnreadableError]:
    try:
        packed = spacy.tokens.DocBin(store_user_data=True).from_bytes(raw)
        docs = list(packed.get_docs(_vocabulary(spacy)))
    except Exception as fault:  # noqa: BLE001 -- a foreign file fails in whatever way it will
        yield UnreadableError(f"{name} is no DocBin: {type(fault).__name__}.")
        return
    for doc in docs:
        article = doc.user_data.get("article")
        sha256 = doc.user_data.get("sha256")
        found = {
            (span.start_char, span.end_char, span.label_, span.kb_id_): span
            for span in [*doc.spans.get(SPANS, []), *doc.ents]
        }
        yield ArticleTags(
            text=doc.text,
            article=article if isinstance(article, int) and article else None,
            sha256=sha256 if isinstance(sha256, str) else "",
            tags=in_order(_tag(doc.text, *place) for place in found),
        )


def _tag(text: str, start: int, end: int, kind: str, known_as: str) -> Tag:
    own = known_as.removeprefix(_OWN) if known_as.startswith(_OWN) else ""
    return Tag(
        start=start,
        end=end,
        quote=text[start:end],
        kind=kind,
        entity_id=int(own) if own.isdecimal() else None,
        entity_ids={_WIKIDATA: known_as} if known_as and not own else {},
        origin="imported",
    )
