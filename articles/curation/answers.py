"""The articles of a list, held fast so that what was looked at is what gets corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from articles.curation.fields import AT_ONCE
from articles.models import Corpus
from articles.models.articles import ArticleQuerySet


class TooManyError(Exception):
    """The answer holds more articles than are corrected at once."""


class SeveralCorporaError(Exception):
    """The answer holds articles of several corpora; those are ``corpora``."""

    def __init__(self, corpora: Sequence[Corpus]) -> None:
        super().__init__("Correct the articles of one corpus at a time.")
        self.corpora = list(corpora)


@dataclass(frozen=True, slots=True)
class Answer:
    """The articles that a list held at a moment, of one corpus; None and no ids if it was empty."""

    corpus: Corpus | None
    ids: tuple[int, ...]

    @property
    def fingerprint(self) -> str:
        """What tells this answer from one with other articles."""
        digest = sha256(",".join(map(str, sorted(self.ids))).encode()).hexdigest()
        return f"{len(self.ids)}-{digest[:32]}"


def hold(found: ArticleQuerySet) -> Answer:
    """Return the articles that are found now. Raises TooManyError, SeveralCorporaError."""
    rows = list(found.newest_first().values_list("pk", "corpus_id")[: AT_ONCE + 1])
    corpora = list(Corpus.objects.filter(pk__in={corpus_id for _, corpus_id in rows}))
    if len(corpora) > 1:
        raise SeveralCorporaError(corpora)
    if len(rows) > AT_ONCE:
        raise TooManyError
    return Answer(corpora[0] if corpora else None, tuple(pk for pk, _ in rows))
