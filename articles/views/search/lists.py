"""Articles as rows of a list, and the addresses of lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from articles.export.coins import coins
from articles.export.reference import reference
from articles.models import Article, Credit, Source
from articles.models.lookups import any_id
from articles.models.prepared import NOBODY, Prepared
from articles.models.statements import Given, loaded, names_of
from articles.parsed import CreditKind, Flag
from articles.search.language.refining import sayable
from articles.search.snippets import Piece, Read, Snippet

CREDITED_SHOWN = 3
ORDER = ("-sort_at", "-pk")
# What rows are made of: half of what there is of an article.
_SHOWN = frozenset({
    "id", "corpus_id", "source_id", "version_id", "headline", "standfirst", "snippet", "byline",
    "published_date", "published_precision", "dateline_place", "section", "page", "edition",
    "language", "canonical_url", "word_count", "flags",
})  # fmt: skip
_COLUMNS = tuple(name for name in names_of(Article) if name in _SHOWN)
_SOURCE = ("id", "name")
_OF_VERSION = ("version__text", "version__blocks")
FLAG_WORDS = {flag: flag.word for flag in Flag}


def _listed(*further: str) -> Prepared:
    return Prepared(
        lambda _, corpora, ids: (
            Article.objects.filter(any_id("corpus_id", corpora), any_id("id", ids), standing=True)
            .order_by()
            .values_list(*_COLUMNS, "source__name", *further)
        ),
        Given.IDS,
        Given.IDS,
    )


_LISTED, _LISTED_WITH_TEXTS = _listed(), _listed(*_OF_VERSION)
_CREDITED = Prepared(
    lambda _, versions: (
        Credit.objects.standing()
        .filter(any_id("version_id", versions))
        .order_by("version", "position")
        .values_list("version_id", "kind", "name", "role")
    ),
    Given.IDS,
)


class Credited(NamedTuple):
    """Who is credited: what a row says of a credit."""

    kind: str
    name: str
    role: str | None


@dataclass(frozen=True, slots=True)
class Editions:
    """The other articles of an answer that have the text of a row's: ``more`` of them.

    ``address`` shows them below the row, or hides them again. Of very many the first are
    ``articles``, and ``rest`` leads to all.
    """

    more: int
    address: str
    is_open: bool = False
    articles: Sequence[Article] = ()
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An article in a list, with what Zotero reads of it."""

    article: Article
    coins: str
    # Who is behind it, in few words.
    credited: str
    # What was looked for, where it stands in headline and text.
    found: Snippet | None = None
    # Where the list shows each text once.
    editions: Editions | None = None

    @property
    def headline(self) -> str:
        """The headline, with what was looked for marked in it."""
        if self.found is None or not self.article.headline:
            return self.article.headline or "Untitled"
        return dressed(self.found.headline)

    @property
    def words(self) -> str:
        """The first words, or those around what was looked for."""
        if self.found is None or not self.found.lines:
            return self.article.snippet
        return dressed(self.found.lines[0])


def dressed(pieces: Sequence[Piece]) -> SafeString:
    """Return pieces of a text as HTML, the hits in marks. By hand: a page has hundreds of them."""
    marked = [
        f'<mark class="hit">{escape(text)}</mark>' if is_hit else escape(text)
        for text, is_hit in pieces
    ]
    return mark_safe("".join(marked))  # noqa: S308 -- every piece is escaped


def listed(corpora: Iterable[int], ids: Iterable[int]) -> dict[int, Article]:
    """Return articles as rows need them, by id: those of some corpora that stand."""
    sources: dict[int, Source] = {}
    found = (_loaded(row, sources) for row in _LISTED.rows(NOBODY, corpora, ids))
    return {article.pk: article for article in found}


def listed_with_texts(corpora: Iterable[int], ids: Iterable[int]) -> dict[int, Read]:
    """Return the same, each with its text; empty where it has none."""
    sources: dict[int, Source] = {}
    found: dict[int, Read] = {}
    for *row, text, blocks in _LISTED_WITH_TEXTS.rows(NOBODY, corpora, ids):
        article = _loaded(row, sources)
        found[article.pk] = Read(article, text or "", blocks or ())
    return found


def _loaded(row: Sequence[Any], sources: dict[int, Source]) -> Article:
    """Return an article of its columns and its source's name; ``sources`` are those made so far."""
    *values, name = row
    article = loaded(Article, _COLUMNS, values)
    if (pk := article.source_id) is not None:
        if pk not in sources:
            sources[pk] = loaded(Source, _SOURCE, (pk, name))
        article.source = sources[pk]
    return article


def rows(articles: Sequence[Article], found: Mapping[int, Snippet] | None = None) -> list[Row]:
    """Return articles as rows, with what was found in them. One query: who is credited."""
    credited: dict[int, list[Credited]] = {}
    versions = [article.version_id for article in articles if article.version_id]
    for version, *of_whom in _CREDITED.rows(NOBODY, versions):
        credited.setdefault(version, []).append(Credited(*of_whom))
    return [
        _row(article, credited.get(article.version_id or 0, []), (found or {}).get(article.pk))
        for article in articles
    ]


def _row(article: Article, credited: list[Credited], found: Snippet | None) -> Row:
    line = coins(reference(article, credited))
    return Row(article, line, _credited(credited) or article.byline or "", found)


def _credited(credited: list[Credited]) -> str:
    """Return people and agencies as a line."""
    people = [credit.name for credit in credited if credit.kind == CreditKind.PERSON]
    agencies = [credit.name for credit in credited if credit.kind == CreditKind.AGENCY]
    if len(people) > CREDITED_SHOWN:
        people = [*people[: CREDITED_SHOWN - 1], f"{len(people) - CREDITED_SHOWN + 1} others"]
    line = (
        " and ".join([", ".join(people[:-1]), people[-1]]) if len(people) > 1 else "".join(people)
    )
    return " · ".join([part for part in (line, ", ".join(agencies)) if part])


def query_of(**values: str) -> str:
    """Return the query for the articles that have some values of fields."""
    return " ".join(f'{name}:"{sayable(value)}"' for name, value in values.items())


def address(**values: str) -> str:
    """Return the list's address for the articles that have some values of fields."""
    return f"{reverse('article-list')}?{urlencode({'q': query_of(**values)})}"
