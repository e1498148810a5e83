"""Tasks: articles given to people to be tagged, each pinned at the version it has then."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import batched, islice
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.annotate import following
from articles.annotate.codebooks import main_version
from articles.annotate.sharing import shared_out
from articles.history.operations import act, corpus_allows, done
from articles.models import (
    Act,
    Article,
    Assignment,
    AssignmentStatus,
    Code,
    CodebookVersion,
    Corpus,
    Door,
    Mention,
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
        _check_people(corpus, terms.people)
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
        operation.summary = (
            f"Made the task “{name}”: {_articles(len(items))} for {_people(len(terms.people))}"
        )
    return Made(task, len(wanted) - len(pinned), operation)


def edit(
    task: Task, *, by: User, door: Door, name: str | None = None, instructions: str | None = None
) -> Operation | None:
    """Rename a task, say anew what is to be done; None if it says so. Raises TaskRefusedError."""
    with _on(task, by, door) as (operation, known):
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
    with _on(task, by, door) as (operation, known):
        if known.closed_at is None:
            Task.objects.filter(pk=known.pk).update(closed_at=timezone.now())
            following.note_task(known)
            operation.summary = f"Closed the task “{known.name}”"
        else:
            operation.size = 0
    return done(operation)


def reopen(task: Task, *, by: User, door: Door) -> Operation | None:
    """Open a closed task again; what is blind is blind again."""
    with _on(task, by, door) as (operation, known):
        if known.closed_at is None:
            operation.size = 0
        else:
            Task.objects.filter(pk=known.pk).update(closed_at=None)
            operation.summary = f"Opened the task “{known.name}” again"
    return done(operation)


def add_people(task: Task, people: Sequence[User], *, by: User, door: Door) -> Operation | None:
    """Give work to more people. Raises TaskRefusedError.

    Where everyone gets every article, so do they. Elsewhere they take over what others have not
    begun, from those who have the most, until all have about as much to do.
    """
    with _on(task, by, door) as (operation, known):
        there = set(_people_of(known))
        new = [person for person in people if person.pk not in there]
        _check_people(known.corpus, new, least=0)
        if len(there) + len(new) > MOST_PEOPLE:
            raise TaskRefusedError(f"A task is shared by {MOST_PEOPLE} people at most.", "people")
        moved = 0
        for person in new:
            if known.sharing == Sharing.EVERYONE:
                moved += _give_all(known, person)
            else:
                moved += _hand_over(known, person)
        operation.size = len(new)
        names = ", ".join(person.get_username() for person in new)
        operation.summary = f"Gave {_articles(moved)} of the task “{known.name}” to {names}"
    return done(operation)


@contextmanager
def _on(task: Task, by: User, door: Door) -> Iterator[tuple[Operation, Task]]:
    """Do something to a task as its lead; yields the operation, and the task under the lock."""
    with act(Act.TASK, corpus=task.corpus, by=by, summary="", door=door) as operation:
        if not leads(task, by):
            raise TaskRefusedError(f"Tasks are led by the editors of {task.corpus}.")
        known = Task.objects.select_related("corpus").select_for_update(of=("self",))
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


def _check_people(corpus: Corpus, people: Sequence[User], *, least: int = 1) -> None:
    """Raise TaskRefusedError for people who may not tag in a corpus."""
    if len(people) < least:
        raise TaskRefusedError("Choose who is to tag.", "people")
    for person in people:
        if not corpus_allows(corpus, person, Role.ANNOTATOR):
            raise TaskRefusedError(
                f"{person.get_username()} is no annotator of {corpus}. An admin can give the role.",
                "people",
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


def _people_of(task: Task) -> list[int]:
    found = Assignment.objects.filter(task=task).order_by("user").values_list("user", flat=True)
    return list(found.distinct())


def _give_all(task: Task, person: User) -> int:
    items = TaskItem.objects.filter(task=task).order_by("position")
    if (Assignment.objects.filter(task=task).count() + items.count()) > MOST_ASSIGNMENTS:
        raise TaskRefusedError(f"A task has {MOST_ASSIGNMENTS:,} readings at most.", "people")
    rows = [
        Assignment(task=task, item=item, user=person, position=place)
        for place, item in enumerate(items, 1)
    ]
    return len(Assignment.objects.bulk_create(rows, batch_size=_BATCH))


def _hand_over(task: Task, person: User) -> int:
    """Give someone new what others have not begun; return how many readings that is."""
    untouched = _untouched(task)
    has_already = set(
        Assignment.objects.filter(task=task, user=person).values_list("item_id", flat=True)
    )
    by_person: dict[int, list[Assignment]] = defaultdict(list)
    for each in untouched:
        by_person[each.user_id].append(each)
    # An even share of what is left, and never more of it than someone keeps.
    share = len(untouched) // (len(by_person) + 1) if by_person else 0
    taken: list[Assignment] = []
    while len(taken) < share:
        most = max(by_person.values(), key=len)
        each = most.pop()
        if each.item_id not in has_already:
            has_already.add(each.item_id)
            taken.append(each)
        if not any(by_person.values()):
            break
    taken.sort(key=lambda each: each.item_id)
    for place, each in enumerate(taken, 1):
        each.user = person
        each.position = place
    Assignment.objects.bulk_update(taken, ["user", "position"], batch_size=_BATCH)
    return len(taken)


def _untouched(task: Task) -> list[Assignment]:
    """Return what nobody has begun: open, without a note, and with nothing tagged in it."""
    mine: dict[str, Any] = {"task": task, "article": OuterRef("item__article")}
    layer = {**mine, "layer_of": OuterRef("user")}
    found = Assignment.objects.filter(
        task=task, status=AssignmentStatus.OPEN, seconds=0, needs_discussion=False, note=""
    ).exclude(Exists(Mention.objects.filter(**layer)))
    return list(found.exclude(Exists(Code.objects.filter(**layer))).order_by("user", "position"))


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"


def _people(count: int) -> str:
    return f"{count:,} {'person' if count == 1 else 'people'}"
