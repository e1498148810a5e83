"""CoNLL-2003's columns with BIO tags: a word a line, a sentence a block, an article a document."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from articles.annotate.interchange.shape import (
    ArticleTags,
    Losses,
    Tag,
    UnreadableError,
    apart,
    decoded,
)
from articles.annotate.interchange.tokens import cut, stretches

_ARTICLE = re.compile(r"article:(\d+)")
# Kinds as the task of 2003 called them, and back.
_CALLED = {"person": "PER", "organisation": "ORG", "place": "LOC"}
_MEANT = {short: kind for kind, short in _CALLED.items()} | {"GPE": "place"}


class Conll:
    """Four columns; the first line of a document bears the article's number in its second."""

    name = "conll"
    label = "CoNLL-2003 (BIO)"
    suffix = "conll"
    media_type = "text/plain; charset=utf-8"
    lacks = (
        "Tags that overlap (the one that begins first stays, the longest), entities, attributes, "
        "comments, codes, relations, the white space of the text; suggestions are left out."
    )

    def write(self, articles: Iterable[ArticleTags], losses: Losses) -> Iterator[bytes]:
        """Yield a document an article."""
        for each in articles:
            yield "\n".join(_lines(each, losses)).encode() + b"\n"

    def read(self, data: bytes) -> Iterator[ArticleTags | UnreadableError]:
        """Yield documents; their text is the words with single spaces, a blank line a sentence."""
        try:
            text = decoded(data)
        except UnreadableError as fault:
            yield fault
            return
        document = _Document()
        for count, line in enumerate(text.splitlines(), 1):
            columns = line.split()
            if columns and columns[0] == "-DOCSTART-":
                if document.pieces:
                    yield document.made()
                document = _Document()
                found = _ARTICLE.fullmatch(columns[1]) if len(columns) > 1 else None
                document.article = int(found[1]) if found else None
            elif not columns:
                document.end_sentence()
            elif len(columns) == 1:
                yield UnreadableError(f"Line {count}: a word and its tag belong here.")
            else:
                document.add(columns[0], columns[-1])
        if document.pieces:
            yield document.made()


def _lines(each: ArticleTags, losses: Losses) -> Iterator[str]:
    tags = []
    for tag in each.tags:
        if tag.status != "accepted":
            losses.note("suggestions", tag.quote)
        else:
            losses.of_tag(tag)
            tags.append(tag)
    for what, some in (("codes and notes", each.codes), ("relations", each.relations)):
        if some:
            losses.note(what, times=len(some))
    kept = apart(tags, losses)
    yield f"-DOCSTART- {f'article:{each.article}' if each.article else '-X-'} -X- O"
    yield ""
    at = 0
    for start, end in stretches(each.text, each.blocks):
        for first, last in cut(each.text, start, end, kept):
            while at < len(kept) and kept[at].end <= first:
                at += 1
            mark = "O"
            if at < len(kept) and kept[at].start <= first:
                kind = _CALLED.get(kept[at].kind, kept[at].kind)
                mark = f"{'B' if kept[at].start == first else 'I'}-{kind}"
            yield f"{each.text[first:last]} -X- -X- {mark}"
        yield ""


@dataclass(slots=True)
class _Document:
    """A document as it is read, word by word."""

    article: int | None = None
    pieces: list[str] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    length: int = 0
    open: tuple[str, int] | None = None
    starts_sentence: bool = True

    def add(self, word: str, mark: str) -> None:
        how, _, name = mark.partition("-")
        kind = _MEANT.get(name, name)
        if self.open is not None and (how in {"B", "S", "O"} or self.open[0] != kind):
            self._close()
        if self.pieces:
            gap = "\n\n" if self.starts_sentence else " "
            self.pieces.append(gap)
            self.length += len(gap)
        self.starts_sentence = False
        if name and self.open is None:
            self.open = kind, self.length
        self.pieces.append(word)
        self.length += len(word)

    def end_sentence(self) -> None:
        self._close()
        self.starts_sentence = True

    def _close(self) -> None:
        if self.open is not None:
            kind, start = self.open
            self.tags.append(
                Tag(
                    start=start,
                    end=self.length,
                    quote=self._words(start),
                    kind=kind,
                    origin="imported",
                )
            )
            self.open = None

    def _words(self, start: int) -> str:
        """Return what was added since, without joining all of a long document."""
        found: list[str] = []
        left = self.length - start
        for piece in reversed(self.pieces):
            if left <= 0:
                break
            found.append(piece)
            left -= len(piece)
        return "".join(reversed(found))

    def made(self) -> ArticleTags:
        self._close()
        return ArticleTags(text="".join(self.pieces), tags=self.tags, article=self.article)
