"""Articles as one names them to link them: by number, by address, or by words of theirs."""

import re
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.db.models import QuerySet

from articles.models import Article, Corpus
from articles.models.corpora import Visitor
from articles.models.lookups import any_id
from articles.search.asking import ask
from articles.search.deadline import TooSlowError
from articles.search.engine.answers import Sort
from articles.search.index.store import IndexMissingError
from articles.search.language.errors import QueryError

OFFERED = 8
_OWN_PAGE = re.compile(r"/articles/([0-9]{1,18})(?:/|$)", re.ASCII)
_NUMBER = re.compile(r"#?([0-9]{1,18})", re.ASCII)
_LARGEST = 2**63 - 1


def chosen(text: str, user: Visitor) -> Article | None:
    """Return the one article that a number or an address names, of those one may link."""
    known = _linkable(user)
    number = _number(text)
    if number is not None:
        return known.filter(pk=number).first()
    if not text.startswith(("http://", "https://")):
        return None
    found = list(known.filter(canonical_url__in=_spellings(text)).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def candidates(text: str, user: User, *, beside: Article | None = None) -> list[Article]:
    """Return articles that words may mean, the best first: of the corpus of ``beside``.

    Without an index, or with words that can't be asked, those with the words in their headline.
    """
    known = _linkable(user)
    if beside is not None:
        known = known.filter(corpus=beside.corpus_id).exclude(pk=beside.pk)
    one = chosen(text, user)
    if one is not None:
        return list(known.filter(pk=one.pk))
    if text.startswith(("http://", "https://")):
        return list(known.filter(canonical_url__in=_spellings(text)).order_by("pk")[:OFFERED])
    try:
        question = ask(text, user)
        if beside is not None:
            question = question.within([beside.corpus_id])
        ids = list(question.page(sort=Sort.RELEVANCE, limit=OFFERED * 3).ids)
    except (QueryError, IndexMissingError, TooSlowError):
        words = known.filter(headline__icontains=text)
        return list(words.order_by("-sort_at", "-pk")[:OFFERED])
    by_id = {row.pk: row for row in known.filter(any_id("id", ids))}
    return [by_id[pk] for pk in ids if pk in by_id][:OFFERED]


def _linkable(user: Visitor) -> QuerySet[Article]:
    corpora = list(Corpus.objects.annotatable_by(user).order_by().values_list("pk", flat=True))
    found: QuerySet[Article] = Article.objects.filter(any_id("corpus_id", corpora), standing=True)
    return found.select_related("corpus", "source")


def _number(text: str) -> int | None:
    plain = _NUMBER.fullmatch(text)
    own = None if plain else _OWN_PAGE.search(urlsplit(text).path) if _is_own(text) else None
    found = plain or own
    number = int(found[1]) if found else None
    return number if number is not None and number <= _LARGEST else None


def _is_own(text: str) -> bool:
    """Whether text may be the address of an article here: they have no other path."""
    try:
        return _OWN_PAGE.match(urlsplit(text).path) is not None
    except ValueError:
        return False


def _spellings(address: str) -> list[str]:
    """Return an address as it may have been printed."""
    bare = address.split("#", 1)[0]
    plain = bare.split("?", 1)[0]
    return list(dict.fromkeys([address, bare, plain, plain.rstrip("/"), f"{plain.rstrip('/')}/"]))
