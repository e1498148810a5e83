"""Articles as they are related: the words of their texts, and the facts beside them."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import orjson

from articles.models.lookups import id_array
from articles.models.planned import ask
from articles.parsed import KNOWN_DAYS, CreditKind
from articles.related.events.about import About
from articles.related.finding.preparing import prints_of
from articles.related.matching.sharing import number_of
from articles.related.matching.wording import Words, body_words
from articles.related.store.prints import Entry

_TEXTS = """
    SELECT article.id, article.corpus_id, article.source_id, source.name, article.byline,
        article.dateline_agency, article.dateline_place, article.published_date,
        article.published_precision, article.published_at, article.version_id, version.text,
        version.blocks, article.language,
        ARRAY(
            SELECT credit.name FROM articles_credit AS credit
            WHERE credit.version_id = version.id AND credit.standing AND credit.kind = %s
            ORDER BY credit.position
        )
    FROM articles_article AS article
    JOIN articles_version AS version ON version.id = article.version_id
    LEFT JOIN articles_source AS source ON source.id = article.source_id
    WHERE article.id = ANY(%s::bigint[]) AND article.standing
"""
# Of texts that were read before, so much is kept: some 2,000,000 words.
_KEPT_CHARACTERS = 12_000_000
# Of one step so many are kept whole: enough for an article that comes alone.
_MET = 500


class Body:
    """What is compared of a version, which never changes: kept for those that are met again.

    All of it is found when it is asked for first.
    """

    def __init__(self, text: str, blocks: Sequence[tuple[str, int, int]]) -> None:
        self._text, self._blocks = text, blocks

    def take(self, prints: tuple[int, ...], number: int) -> None:
        """Take over what was found of it elsewhere."""
        self.__dict__["prints"], self.__dict__["number"] = prints, number

    @cached_property
    def words(self) -> Words:
        """The words, with where they are."""
        return body_words(self._text, self._blocks)

    @cached_property
    def prints(self) -> tuple[int, ...]:
        """The prints, in order."""
        return prints_of(self.words)

    @cached_property
    def marks(self) -> frozenset[int]:
        """The prints, to look them up."""
        return frozenset(self.prints)

    @cached_property
    def number(self) -> int:
        """A number that texts of the same words have in common."""
        return self.words.number


@dataclass(frozen=True)
class Text:
    """The text of an article that stands, and what is known of who ran it and when.

    ``day`` is that of publication where the very day is known; ``agencies`` are credited.
    """

    article_id: int
    corpus_id: int
    version_id: int
    text: str
    blocks: Sequence[tuple[str, int, int]]
    language: str | None
    body: Body
    source_id: int | None
    source: str | None
    byline: str | None
    agencies: tuple[str, ...]
    dateline_agency: str | None
    dateline_place: str | None
    day: date | None
    at: datetime | None

    @property
    def words(self) -> Words:
        """The words of the body."""
        return self.body.words

    @property
    def prints(self) -> tuple[int, ...]:
        """The prints of the body."""
        return self.body.prints

    @property
    def marks(self) -> frozenset[int]:
        """The prints, to look them up."""
        return self.body.marks

    @property
    def number(self) -> int:
        """A number that texts of the same words have in common."""
        return self.body.number

    @cached_property
    def stamp(self) -> int:
        """A number that follows from all that a link of a text kind rests on, for this process."""
        return hash(
            (self.article_id, self.version_id, self.source, self.byline, self.agencies,
             self.dateline_agency, self.day, self.at)
        )  # fmt: skip

    def entry(self, about: About, seal: int) -> Entry:
        """Return it as the store keeps it, with what it is about."""
        return Entry(
            self.article_id,
            self.corpus_id,
            self.prints,
            self.number,
            number_of(self.number, self.source, self.day),
            about,
            seal,
        )


class _Read:
    """The bodies of versions, as many as there is room for."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Body] = OrderedDict()
        self._characters: dict[int, int] = {}
        self._sum = 0

    def of(self, version_id: int, text: str, blocks: Sequence[tuple[str, int, int]]) -> Body:
        found = self._kept.get(version_id)
        if found is None:
            found = self._kept[version_id] = Body(text, blocks)
            self._characters[version_id] = len(text)
            self._sum += len(text)
            while self._sum > _KEPT_CHARACTERS and len(self._kept) > 1:
                oldest, _ = self._kept.popitem(last=False)
                self._sum -= self._characters.pop(oldest)
        else:
            self._kept.move_to_end(version_id)
        return found


class Reader:
    """Reads texts from the database."""

    def __init__(self) -> None:
        self._read = _Read()
        # Those that were read since :meth:`forget`, a few at most: they are met again soon.
        self._met: dict[int, Text] = {}

    def forget(self) -> None:
        """Read all anew from here on: what is said of articles may be otherwise by now."""
        self._met.clear()

    def texts(self, article_ids: Iterable[int]) -> dict[int, Text]:
        """Return the texts of those of some articles that stand, in one query at most."""
        wanted = set(article_ids)
        found = {id_: self._met[id_] for id_ in wanted & self._met.keys()}
        unmet = wanted - found.keys()
        if unmet:
            rows = ask(_TEXTS, [CreditKind.AGENCY.value, id_array(sorted(unmet))])
            read = {row[0]: self._text(row) for row in rows}
            if len(self._met) + len(read) <= _MET:
                self._met |= read
            found |= read
        return {id_: found[id_] for id_ in sorted(found)}

    def _text(self, row: Sequence[Any]) -> Text:
        (id_, corpus, source_id, source, byline, agency, place, day, precision, at,
         version, text, kept, language, agencies) = row  # fmt: skip
        blocks = orjson.loads(kept)
        return Text(
            article_id=id_,
            corpus_id=corpus,
            version_id=version,
            text=text,
            blocks=blocks,
            language=language,
            body=self._read.of(version, text, blocks),
            source_id=source_id,
            source=source,
            byline=byline,
            agencies=tuple(agencies),
            dateline_agency=agency,
            dateline_place=place,
            day=day if precision in KNOWN_DAYS else None,
            at=at,
        )
