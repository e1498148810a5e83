"""Tasks: articles given to people to be tagged, each pinned at the version it has then."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import batched, islice
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.annotate.anchoring import following
from articles.annotate.codebooks.codebooks import main_version
from articles.annotate.tasks.sharing import shared_out
from articles.history.operations import act, corpus_allows, done
from articles.models import (
    Act,
    Article,
    Assignment,
    CodebookVersion,
    Corpus,
    Door,
    Operation,
    Role,
    Sharing,
    Task,
    TaskItem,
)
from articles.models.lookups import any_id
from articles.text import normalise_line

NAME_CHARACTERS = 200
INSTRUCTIONS_CHARACTERS = 20_000
# What a task is made of is one operation, which one request does.
MOST_ARTICLES = 10_000
MOST_ASSIGNMENTS = 100_000
MOST_PEOPLE = 100
_BATCH = 5_000


class TaskRefusedError(Exception):
    """Why something can't be done with a task: a sentence, and the ``field`` it is about."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a task is, beside its articles.

    ``overlap`` counts where ``sharing`` is overlap. ``codebook_version`` None: the main one of the
    corpus as it is then. ``recipe`` says of what it was made: a query, a collection, a sample.
    """

    name: str
    people: Sequence[User]
    sharing: Sharing = Sharing.EVERYONE
    overlap: int = 2
    blind: bool = True
    suggestions: bool = False
    instructions: str = ""
    codebook_version: CodebookVersion | None = None
    seed: str = ""
    recipe: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """A task that was made; ``left_out`` articles have no text here, or are of other corpora."""

    task: Task
    left_out: int
    operation: Operation


def leads(task: Task, user: User) -> bool:
    """Whether ``user`` leads the work of a task: an editor of its corpus."""
    return corpus_allows(task.corpus, user, Role.EDITOR)


def candidates(corpus: Corpus, asking: User) -> QuerySet[User]:
    """Return who may be given work in a corpus: its annotators, those who may do more, oneself."""
    members = corpus.memberships.filter(role__in=Role.at_least(Role.ANNOTATOR)).values("user_id")
    found: QuerySet[User] = User.objects.filter(
        Q(pk__in=members) | Q(pk=asking.pk), is_active=True
    ).order_by("username")
    return found


def make(corpus: Corpus, articles: Iterable[int], terms: Terms, *, by: User, door: Door) -> Made:
    """Make a task of articles, in the order given. Raises TaskRefusedError."""
    wanted = list(islice(dict.fromkeys(articles), MOST_ARTICLES + 1))
    name = _checked(terms, wanted)
    with act(Act.TASK, corpus=corpus, by=by, summary="", door=door) as operation:
        if not corpus_allows(corpus, by, Role.EDITOR):
            raise TaskRefusedError(f"Tasks are made by the editors of {corpus}.")
        check_people(corpus, terms.people)
        if Task.objects.filter(corpus=corpus, name=name).exists():
            raise TaskRefusedError(
                f"There is a task “{name}” in this corpus already. Use another name.", "name"
            )
        pinned = _pinned(corpus, wanted)
        if not pinned:
            raise TaskRefusedError(
                f"None of these articles can be tagged in {corpus}: a task needs articles of its"
                " corpus that have a text.",
                "articles",
            )
        seed = terms.seed or str(secrets.randbelow(900_000) + 100_000)
        task = Task.objects.create(
            corpus=corpus,
            name=name,
            instructions=terms.instructions.strip(),
            codebook_version=terms.codebook_version or main_version(corpus),
            sharing=terms.sharing,
            overlap=terms.overlap,
            blind=terms.blind,
            suggestions=terms.suggestions,
            recipe={**terms.recipe, "shared_by": seed},
            by=by,
        )
        items = _put_in(task, pinned)
        count = _give(task, items, [person.pk for person in terms.people], seed)
        operation.size = count
        whom = _people(len(terms.people))
        operation.summary = f"Made the task “{name}”: {articles_counted(len(items))} for {whom}"
    return Made(task, len(wanted) - len(pinned), operation)


def edit(
    task: Task, *, by: User, door: Door, name: str | None = None, instructions: str | None = None
) -> Operation | None:
    """Rename a task, say anew what is to be done; None if it says so. Raises TaskRefusedError."""
    with leading(task, by, door) as (operation, known):
        line = _named(name) if name is not None else known.name
        if Task.objects.filter(corpus=known.corpus, name=line).exclude(pk=known.pk).exists():
            raise TaskRefusedError(f"There is a task “{line}” in this corpus already.", "name")
        words = known.instructions if instructions is None else instructions.strip()
        _check_instructions(words)
        if (line, words) == (known.name, known.instructions):
            operation.size = 0
        else:
            Task.objects.filter(pk=known.pk).update(name=line, instructions=words)
            operation.summary = f"Changed the task “{line}”"
    return done(operation)


def close(task: Task, *, by: User, door: Door) -> Operation | None:
    """Close a task: nothing more is tagged in it, and what was blind is shown."""
    with leading(task, by, door) as (operation, known):
        if known.closed_at is None:
            Task.objects.filter(pk=known.pk).update(closed_at=timezone.now())
            following.note_task(known)
            operation.summary = f"Closed the task “{known.name}”"
        else:
            operation.size = 0
    return done(operation)


def reopen(task: Task, *, by: User, door: Door) -> Operation | None:
    """Open a closed task again; what is blind is blind again."""
    with leading(task, by, door) as (operation, known):
        if known.closed_at is None:
            operation.size = 0
        else:
            Task.objects.filter(pk=known.pk).update(closed_at=None)
            operation.summary = f"Opened the task “{known.name}” again"
    return done(operation)


@contextmanager
def leading(task: Task, by: User, door: Door) -> Iterator[tuple[Operation, Task]]:
    """Do something to a task as its lead; yields the operation, and the task under the lock."""
    with act(Act.TASK, corpus=task.corpus, by=by, summary="", door=door) as operation:
        if not leads(task, by):
            raise TaskRefusedError(f"Tasks are led by the editors of {task.corpus}.")
        # Not so that work in the task, which names it, would wait.
        known = Task.objects.select_related("corpus").select_for_update(of=("self",), no_key=True)
        yield operation, known.get(pk=task.pk)


def _checked(terms: Terms, articles: Sequence[int]) -> str:
    """Return the name of a task as it is kept. Raises TaskRefusedError."""
    name = _named(terms.name)
    _check_instructions(terms.instructions)
    if not articles:
        raise TaskRefusedError("There are no articles to be tagged.", "articles")
    if len(articles) > MOST_ARTICLES:
        raise TaskRefusedError(
            f"A task has {MOST_ARTICLES:,} articles at most. Ask for fewer, or draw a sample.",
            "articles",
        )
    people = len({person.pk for person in terms.people})
    if not people:
        raise TaskRefusedError("Choose who is to tag.", "people")
    if people > MOST_PEOPLE:
        raise TaskRefusedError(f"A task is shared by {MOST_PEOPLE} people at most.", "people")
    if terms.sharing is Sharing.OVERLAP and not 2 <= terms.overlap <= people:
        raise TaskRefusedError(
            f"Each article can go to 2 people at least and to the {people} chosen at most.",
            "overlap",
        )
    each = {Sharing.SPLIT: 1, Sharing.OVERLAP: terms.overlap}.get(terms.sharing, people)
    if len(articles) * each > MOST_ASSIGNMENTS:
        raise TaskRefusedError(
            f"These would be {len(articles) * each:,} readings; a task has {MOST_ASSIGNMENTS:,} at"
            " most. Give each article to fewer people, or take fewer articles.",
            "people",
        )
    return name


def _named(text: str) -> str:
    name = normalise_line(text)
    if not name:
        raise TaskRefusedError("A task needs a name.", "name")
    if len(name) > NAME_CHARACTERS:
        raise TaskRefusedError(f"A name has {NAME_CHARACTERS} characters at most.", "name")
    return name


def _check_instructions(text: str) -> None:
    if len(text) > INSTRUCTIONS_CHARACTERS:
        raise TaskRefusedError(
            f"Instructions have {INSTRUCTIONS_CHARACTERS:,} characters at most.", "instructions"
        )


def check_people(
    corpus: Corpus, people: Sequence[User], *, least: int = 1, field: str = "people"
) -> None:
    """Raise TaskRefusedError for people who may not tag in a corpus."""
    if len(people) < least:
        raise TaskRefusedError("Choose who is to tag.", field)
    for person in people:
        if not corpus_allows(corpus, person, Role.ANNOTATOR):
            raise TaskRefusedError(
                f"{person.get_username()} is no annotator of {corpus}. An admin can give the role.",
                field,
            )


def _pinned(corpus: Corpus, wanted: Sequence[int]) -> list[tuple[int, int]]:
    """Return those articles that can be tagged, in order, each with its version as it is now."""
    found: dict[int, int] = {}
    for some in batched(wanted, _BATCH, strict=False):
        there = Article.objects.filter(
            any_id("id", some), corpus=corpus, standing=True, version__isnull=False
        )
        found.update(there.order_by().values_list("pk", "version_id"))
    return [(pk, found[pk]) for pk in wanted if pk in found]


def _put_in(task: Task, pinned: Sequence[tuple[int, int]]) -> list[TaskItem]:
    items = [
        TaskItem(task=task, article_id=article, version_id=version, position=position)
        for position, (article, version) in enumerate(pinned, 1)
    ]
    return TaskItem.objects.bulk_create(items, batch_size=_BATCH)


def _give(task: Task, items: Sequence[TaskItem], people: Sequence[int], seed: str) -> int:
    """Give a task's articles to people as its sharing says; return how many readings these are."""
    people = list(dict.fromkeys(people))
    each = {Sharing.SPLIT: 1, Sharing.OVERLAP: task.overlap}.get(Sharing(task.sharing), len(people))
    places = dict.fromkeys(people, 0)
    rows = []
    for item, given in zip(items, shared_out(len(items), people, each, seed), strict=True):
        for person in given:
            places[person] += 1
            rows.append(Assignment(task=task, item=item, user_id=person, position=places[person]))
    Assignment.objects.bulk_create(rows, batch_size=_BATCH)
    return len(rows)


def articles_counted(count: int) -> str:
    """Return how many articles, in words."""
    return f"{count:,} article{'' if count == 1 else 's'}"


def _people(count: int) -> str:
    return f"{count:,} {'person' if count == 1 else 'people'}"
