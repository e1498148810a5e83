"""What lists of tagged things are narrowed by: parameters from an allow-list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from articles.api.checking import TOO_LARGE
from articles.api.search.asked import Parameters
from articles.filters import MAX_LIMIT, MAX_VALUE, FilterError, NamesNothingError, corpus_named
from articles.models import Article, Corpus, Entity, Task

NOBODY = "-"
_DIGITS = 15


@dataclass(slots=True)
class Asked:
    """The parameters of a list; what is wrong with any is told at once by :meth:`done`."""

    request: Request
    missing: dict[str, str] = field(default_factory=dict)
    params: Parameters = field(init=False)

    def __post_init__(self) -> None:
        self.params = Parameters(self.request)

    def words(self, name: str, most: int = MAX_VALUE) -> str:
        """Return some words, empty if they are not given."""
        text = self.params.one(name)
        if len(text) > most:
            self.params.errors[name] = f"This must have at most {most} characters."
        return text

    def choice(self, name: str, known: list[str]) -> str:
        """Return one of some words, empty if it is not given."""
        return self.params.choice(name, known)

    def id(self, name: str) -> int | None:
        """Return an id, None if it is not given."""
        text = self.params.one(name)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and text.strip("0")):
            self.params.errors[name] = "This must be a whole number from 1."
            return None
        if len(text) > _DIGITS:
            self.params.errors[name] = TOO_LARGE
            return None
        return int(text)

    def key(self, name: str) -> UUID | None:
        """Return a UUID, None if it is not given."""
        text = self.params.one(name)
        try:
            return UUID(text) if text else None
        except ValueError:
            self.params.errors[name] = "This must be a UUID."
            return None

    def corpus(self) -> Corpus | None:
        """Return the corpus that is asked for."""
        text = self.words("corpus")
        if not text or "corpus" in self.params.errors:
            return None
        try:
            return corpus_named(text, self.request.user)
        except NamesNothingError as fault:
            self.missing["corpus"] = str(fault)
            return None

    def one_of(self, name: str, rows: QuerySet[Any]) -> Any:
        """Return the row of ``rows`` that an id names, None if none is given."""
        wanted = self.id(name)
        if wanted is None:
            return None
        found = rows.filter(pk=wanted).first()
        if found is None:
            self.missing[name] = f"There is no {name} {wanted} that you may read."
        return found

    def limit(self) -> int:
        """Return how many rows a page is to have."""
        return self.params.limit(MAX_LIMIT)

    def cursor(self) -> str | None:
        """Return the place at which the page begins."""
        return self.params.one("cursor") or None

    def done(self) -> None:
        """Raise Problem 400 if something is malformed, FilterError 404 if it names nothing."""
        self.params.done()
        if self.missing:
            raise FilterError(self.missing, names_nothing=True)


def tagged(asked: Asked, rows: Any) -> Any:
    """Return rows of mentions or codes within the corpus, article and task that are asked for."""
    user = asked.request.user
    corpus = asked.corpus()
    article = asked.one_of("article", Article.objects.visible_to(user))
    task = asked.params.one("task")
    if task == NOBODY:
        rows = rows.filter(task=None)
    elif given := asked.one_of("task", Task.objects.readable_by(user)):
        rows = rows.filter(task=given)
    if corpus is not None:
        rows = rows.filter(corpus=corpus)
    if article is not None:
        rows = rows.filter(article=article)
    return by_person(asked, rows)


def by_person(asked: Asked, rows: Any) -> Any:
    """Return rows that a person made; who did it is told to members alone."""
    name = asked.words("by")
    if not name:
        return rows
    member_of = Corpus.objects.with_members(asked.request.user).values("pk")
    made_by = {"by": None} if name == NOBODY else {"by__username": name}
    return rows.filter(**made_by, corpus__in=member_of)


def of_entity(asked: Asked, rows: Any) -> Any:
    """Return rows of mentions that name an entity, or one that was merged into it."""
    entity = asked.one_of("entity", Entity.objects.readable_by(asked.request.user))
    if entity is None:
        return rows
    ids = Entity.objects.with_merged([entity.merged_into_id or entity.pk])
    return rows.filter(entity__in=ids)


def plain(rows: Any, readers: Mapping[str, Callable[[str], Any]]) -> Any:
    """Return rows of which columns hold what parameters of the same name say."""
    for name, reader in readers.items():
        value = reader(name)
        if value:
            rows = rows.filter(**{name: value})
    return rows
