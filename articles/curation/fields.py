"""Corrections of fields outside the text: on one article, or on all of an answer at once.

A correction lies over what was read and outlives any ingest. Taking it away brings back what was
read.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.contrib.auth.models import User
from django.utils import timezone

from articles.curation.standing_values import values_by_article
from articles.curation.values import checked, words
from articles.history.operations import act, aside, done
from articles.ingest import effective
from articles.ingest.joined import newest_seen
from articles.ingest.sources import Names
from articles.models import (
    Act,
    Article,
    Corpus,
    CorrectedField,
    Correction,
    Door,
    Operation,
)
from articles.models.lookups import any_id
from articles.parsed import CreditKind, Flag

AT_ONCE = 20_000
SHOWN = 12
EXAMPLES = 6
# Of a headline in a summary.
HEADLINE_CHARACTERS = 120


class _AsRead:
    """The type of :data:`AS_READ`."""

    def __repr__(self) -> str:
        return "AS_READ"


# In place of a value: take the correction away.
AS_READ: Final = _AsRead()

type Changes = Mapping[CorrectedField, Any]


class CorrectionRefusedError(Exception):
    """Why articles can't be corrected so; a sentence."""


class StaleError(Exception):
    """Someone changed the article since it was read; its current state is to be shown."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a correction of many articles would do to one field.

    ``before`` holds the most frequent values that would be replaced, with their numbers of
    articles; ``others`` counts the articles whose values are not among them. ``examples`` are some
    articles that would change, by id, with the values that they have.
    """

    field: CorrectedField
    value: str
    changed: int
    unchanged: int
    before: Sequence[tuple[str, int]]
    others: int
    examples: Sequence[tuple[int, str]] = ()


def state_of(article: Article) -> str:
    """Return what is to be sent back with a correction, so that nobody's work is overwritten."""
    rows = article.corrections.order_by("field").values_list("field", "at")
    return "-".join([str(article.version_id), *(f"{name}.{at:%s%f}" for name, at in rows)])


def preview(articles: Iterable[int], changes: Changes) -> list[Preview]:
    """Return what :func:`correct` would do, field by field, without doing it."""
    ids = list(articles)
    wanted = _checked(changes)
    known = values_by_article(ids)
    found = []
    for name, value in wanted.items():
        corrected = _corrected(ids, name)
        now = {
            article_id: words(name, values[name])
            for article_id, values in known.items()
            if _differs(values[name], value, corrected=article_id in corrected)
        }
        changed = len(now)
        top = Counter(now.values()).most_common(SHOWN)
        found.append(
            Preview(
                name,
                "as read" if value is AS_READ else words(name, value),
                changed,
                len(known) - changed,
                top,
                changed - sum(number for _, number in top),
                list(islice(now.items(), EXAMPLES)),
            )
        )
    return found


def correct(
    articles: Sequence[int],
    changes: Changes,
    *,
    by: User | None,
    door: Door,
    expected_state: str | None = None,
) -> Operation | None:
    """Correct fields of articles of one corpus in one operation; None if nothing would change.

    ``changes`` maps fields to their new values, to None where there is none, or to AS_READ.
    ``expected_state`` is :func:`state_of` as it was shown, for one article. The caller has checked
    that ``by`` may edit. Raises BadValueError, CorrectionRefusedError, StaleError.
    """
    wanted = _checked(changes)
    corpus = _corpus_of(articles)
    summary = ", ".join(f"{name.label}: {_shown(name, value)}" for name, value in wanted.items())
    with act(Act.CORRECT, corpus=corpus, by=by, summary=summary, door=door) as operation:
        if expected_state is not None:
            check_state(articles[0], expected_state)
        with aside(operation):
            make_known(wanted, corpus)
        touched = _write(list(articles), wanted, corpus=corpus, by=by)
        effective.derive(touched)
        operation.size = len(touched)
        operation.summary = f"{summary} ({_many(touched)})"
    return done(operation)


def check_state(article_id: int, expected: str) -> None:
    """Raise StaleError unless an article is as it was shown."""
    article = Article.objects.get(pk=article_id)
    if state_of(article) != expected:
        raise StaleError(
            "Someone changed this article since you opened it. Look at what it says now."
        )


def look_at(
    articles: Sequence[int], flags: Iterable[str], *, by: User | None, door: Door
) -> Operation | None:
    """Say of flags that someone looked and found no fault: they are shown no more.

    A later change by the outlet calls for another look where the flag is about that.
    """
    chosen = set(flags)
    corpus = _corpus_of(articles)
    summary = f"No fault: {', '.join(flag.word for flag in Flag if flag in chosen)}"
    with act(Act.FLAGS, corpus=corpus, by=by, summary=summary, door=door) as operation:
        known = dict(
            Correction.objects.filter(
                any_id("article_id", articles), field=CorrectedField.FLAGS
            ).values_list("article_id", "value")
        )
        newest = newest_seen(articles)
        flagged = Article.objects.filter(any_id("id", articles)).values_list("pk", "flags")
        rows = {
            article_id: {**(known.get(article_id) or {}), **dict.fromkeys(seen, newest[article_id])}
            for article_id, there in flagged
            if (seen := chosen & set(there))
        }
        _save(rows, CorrectedField.FLAGS, corpus=corpus, by=by)
        effective.derive(rows)
        operation.size = len(rows)
        operation.summary = f"{summary} ({_many(rows)})"
    return done(operation)


def _checked(changes: Changes) -> dict[CorrectedField, Any]:
    if not changes:
        raise CorrectionRefusedError("Say what is to be corrected.")
    return {
        CorrectedField(name): value if value is AS_READ else checked(CorrectedField(name), value)
        for name, value in changes.items()
    }


def _corpus_of(articles: Sequence[int]) -> Corpus:
    if not articles:
        raise CorrectionRefusedError("There are no articles to correct.")
    if len(articles) > AT_ONCE:
        raise CorrectionRefusedError(
            f"At most {AT_ONCE:,} articles are corrected at once. Narrow the list."
        )
    corpora = list(
        Corpus.objects.filter(
            pk__in=Article.objects.filter(any_id("id", articles)).values("corpus_id")
        )
    )
    if len(corpora) != 1:
        raise CorrectionRefusedError("Correct the articles of one corpus at a time.")
    corpus: Corpus = corpora[0]
    return corpus


def make_known(wanted: Mapping[CorrectedField, Any], corpus: Corpus) -> None:
    """Make the outlet and the people known that corrections name; not by the act itself."""
    names = Names(corpus)
    if source := wanted.get(CorrectedField.SOURCE):
        names.outlets([source] if source is not AS_READ else [])
    credits_ = wanted.get(CorrectedField.CREDITS)
    if credits_ and credits_ is not AS_READ:
        person = CreditKind.PERSON.value
        names.person_ids(credit["name"] for credit in credits_ if credit["kind"] == person)


def _corrected(ids: Iterable[int], name: CorrectedField) -> set[int]:
    rows = Correction.objects.filter(any_id("article_id", ids), field=name)
    return set(rows.order_by().values_list("article_id", flat=True))


def _differs(known: Any, wanted: Any, *, corrected: bool) -> bool:
    return corrected if wanted is AS_READ else bool(known != wanted)


def _write(
    ids: list[int], wanted: Mapping[CorrectedField, Any], *, corpus: Corpus, by: User | None
) -> set[int]:
    known = values_by_article(ids)
    touched: set[int] = set()
    for name, value in wanted.items():
        corrected = _corrected(ids, name)
        changed = [
            article_id
            for article_id, values in known.items()
            if _differs(values[name], value, corrected=article_id in corrected)
        ]
        if value is AS_READ:
            Correction.objects.filter(any_id("article_id", changed), field=name).delete()
        else:
            _save(dict.fromkeys(changed, value), name, corpus=corpus, by=by)
        touched.update(changed)
    return touched


def _save(
    values: Mapping[int, Any], name: CorrectedField, *, corpus: Corpus, by: User | None
) -> None:
    now = timezone.now()
    Correction.objects.bulk_create(
        [
            Correction(corpus=corpus, article_id=id_, field=name, value=value, by=by, at=now)
            for id_, value in values.items()
        ],
        update_conflicts=True,
        unique_fields=["article", "field"],
        update_fields=["value", "by", "at"],
        batch_size=1_000,
    )


def _shown(name: CorrectedField, value: Any) -> str:
    return "as read" if value is AS_READ else words(name, value)


def _many(articles: Iterable[int]) -> str:
    ids = list(articles)
    if len(ids) == 1:
        headline = Article.objects.values_list("headline", flat=True).get(pk=ids[0])
        return f"“{headline[:HEADLINE_CHARACTERS] or 'Untitled'}”"
    return f"{len(ids):,} articles"
