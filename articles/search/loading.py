"""Articles from the database as an index holds them."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Prefetch

from articles.models import Article, CollectionItem, Credit
from articles.models.lookups import any_id
from articles.parsed import CreditKind, Precision
from articles.search.documents import Document
from articles.search.parts import StoredBlock, words_of
from articles.text import BlockKind


def documents(article_ids: Iterable[int]) -> tuple[list[Document], set[int]]:
    """Return the articles that stand, as an index holds them; and the ids of those that do not."""
    ids = set(article_ids)
    found = (
        Article.objects.filter(any_id("id", ids), standing=True, version__isnull=False)
        .select_related("version")
        .prefetch_related(
            Prefetch("version__credits", Credit.objects.standing().select_related("person")),
            Prefetch("collected", CollectionItem.objects.only("article_id", "collection_id")),
        )
        .defer("version__read")
        .order_by()
    )
    made = [_document(article) for article in found]
    return made, ids - {document.id for document in made}


def _document(article: Article) -> Document:
    version = article.version
    assert version is not None  # noqa: S101 -- asked for above
    credits_ = list(version.credits.all())
    people = [credit.person for credit in credits_ if credit.person is not None]
    agencies = [credit.name for credit in credits_ if credit.kind == CreditKind.AGENCY]
    first, last = _days(article.published_date, article.published_precision)
    return Document(
        id=article.pk,
        corpus_id=article.corpus_id,
        language=article.language,
        words=_words(article, version.text, version.blocks),
        names={
            "source": (str(article.source_id),) if article.source_id else (),
            "author": tuple(
                dict.fromkeys(str(person.same_as_id or person.pk) for person in people)
            ),
            "agency": tuple(dict.fromkeys(agencies)),
            "flag": tuple(article.flags),
            "collection": tuple(str(item.collection_id) for item in article.collected.all()),
            **{
                name: (value,)
                for name, value in (
                    ("place", article.dateline_place),
                    ("section", article.section),
                    ("page", article.page),
                    ("edition", article.edition),
                    ("lang", article.language),
                )
                if value
            },
        },
        first_day=first,
        last_day=last,
        updated=article.modified_date,
        sort_at=article.sort_at,
        added=article.created_at,
        length=article.word_count,
        edits=article.edits,
        has=_has(article, authors=bool(people), agencies=bool(agencies), kinds=version.blocks),
        is_=_is(article),
    )


def _words(article: Article, text: str, blocks: Sequence[StoredBlock]) -> dict[str, str]:
    words = words_of(text, blocks)
    if article.byline:
        words["byline"] = article.byline
    return words


def _days(day: date | None, precision: str | None) -> tuple[date | None, date | None]:
    """Return the first and the last day that a printed date may mean."""
    if day is None:
        return None, None
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    if precision == Precision.MONTH:
        first = day.replace(day=1)
        if first.month == 12:
            return first, first.replace(day=31)
        return first, first.replace(month=first.month + 1) - timedelta(days=1)
    return day, day


def _has(
    article: Article, *, authors: bool, agencies: bool, kinds: Sequence[Sequence[object]]
) -> frozenset[str]:
    there = {
        "author": authors,
        "agency": agencies,
        "byline": article.byline,
        "caption": any(kind == BlockKind.CAPTION for kind, _, _ in kinds),
        "date": article.published_date,
        "dateline": article.dateline_place or article.dateline_agency,
        "flag": article.flags,
        "section": article.section,
        "source": article.source_id,
        "standfirst": article.standfirst,
        "url": article.canonical_url,
    }
    return frozenset(name for name, value in there.items() if value)


def _is(article: Article) -> frozenset[str]:
    true = {
        "corrected": article.version is not None and article.version.origin == "corrected",
        "edited": article.edits > 0,
        "flagged": bool(article.flags),
        "undated": article.published_date is None,
    }
    return frozenset(name for name, value in true.items() if value)
