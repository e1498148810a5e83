"""Settling what people tagged differently: the gold layer of a task, and who decided what.

An article is settled case by case. Each decision is one operation: it writes the gold tags, takes
away those of the decision that it replaces, and is kept in the article's Adjudication. What anyone
changes afterwards in their own layer makes another case, which is to be settled anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction

from articles.annotate.agreement.cases import Case, CodeCase
from articles.annotate.agreement.deciding import (
    EDITED,
    NONE,
    PERSON,
    Deciding,
    Edited,
    SettlingError,
    StaleCaseError,
)
from articles.annotate.agreement.gold_relations import relate_gold
from articles.annotate.agreement.settled import Settling, settling, settling_of, state_of
from articles.annotate.agreement.side_by_side import LEAST_PEOPLE, read
from articles.annotate.anchoring import following
from articles.annotate.tags.layers import gold_layer
from articles.annotate.tags.wanted import short
from articles.history.operations import act, done
from articles.models import Act, Adjudication, Door, Operation, Task, TaskItem

__all__ = [
    "Edited",
    "Settling",
    "SettlingError",
    "StaleCaseError",
    "choose",
    "edit",
    "finish",
    "settling",
    "state_of",
    "take_agreed",
]


def take_agreed(task: Task, item: TaskItem, *, by: User, door: Door) -> Operation | None:
    """Take into the gold layer all that all agree on; None if it is there. Raises SettlingError."""
    with _deciding(task, item, by, door) as under:
        under.take(under.now.agreed)
        count = len(under.now.agreed)
        under.operation.size = count
        under.operation.summary = f"Took {count:,} on which all agree, in {under.where}"
    return done(under.operation)


def choose(
    task: Task, item: TaskItem, key: str, option: int, *, by: User, door: Door, state: str = ""
) -> Operation | None:
    """Settle a case by what some people did, by the number of the option from 0; or by none.

    ``option`` -1: nothing is to stand there. None if just this was decided before, as where a
    request is repeated. Raises SettlingError, StaleCaseError.
    """
    with _deciding(task, item, by, door) as under:
        case = under.case(key)
        if option >= len(case.options):
            raise SettlingError("There is no such choice in this case.", "option")
        if under.is_chosen(case, option):
            under.operation.size = 0
        else:
            under.check_seen(case, state)
            under.decide(case, NONE if option < 0 else PERSON, option)
        under.operation.summary = f"Settled {_named(under.now, case)}, in {under.where}"
    return done(under.operation)


def edit(
    task: Task, item: TaskItem, key: str, edited: Edited, *, by: User, door: Door, state: str = ""
) -> Operation | None:
    """Settle a case by what nobody tagged so; None if it was settled just so before.

    Raises SettlingError, StaleCaseError.
    """
    with _deciding(task, item, by, door) as under:
        case = under.case(key)
        if isinstance(case, CodeCase):
            raise SettlingError("A code is settled by choosing.", "quote")
        if under.is_edited_so(case, edited):
            under.operation.size = 0
        else:
            under.check_seen(case, state)
            under.decide(case, EDITED, -1, [under.wanted_by(case, edited)])
        under.operation.summary = f"Settled {_named(under.now, case)} anew, in {under.where}"
    return done(under.operation)


def finish(task: Task, item: TaskItem, *, by: User, door: Door) -> Operation | None:
    """Say that an article is settled; what all agree on is taken. Raises SettlingError."""
    with _deciding(task, item, by, door) as under:
        left = len(under.now.open)
        if left:
            things = "place is" if left == 1 else "places are"
            raise SettlingError(f"{left:,} {things} still to be settled in this article.")
        under.take(under.now.agreed)
        for decision in under.now.outdated:
            under.drop(decision)
        if under.kept.is_done and not under.has_written:
            under.operation.size = 0
        under.kept.is_done = True
        under.operation.summary = f"Settled {under.where}"
    return done(under.operation)


@contextmanager
def _deciding(task: Task, item: TaskItem, by: User, door: Door) -> Iterator[Deciding]:
    """Decide on an article as one operation; who comes second waits, and finds what was decided.

    Raises SettlingError, NotAllowedError.
    """
    layer = gold_layer(by, task, item.version)
    # What is decided names words that people tagged: of blind work only those who lead are told.
    blind = task if task.blind else None
    with act(
        Act.ADJUDICATE, corpus=task.corpus, by=by, summary="", door=door, blind_task=blind
    ) as operation:
        Adjudication.objects.get_or_create(item=item, defaults={"by": by})
        kept = Adjudication.objects.select_for_update(of=("self",)).get(item=item)
        sides = read(task, [item.pk], with_text=True)[0]
        if len(sides.sides) < LEAST_PEOPLE:
            raise SettlingError("Two people at least must be done with an article to settle it.")
        under = Deciding(settling_of(task, sides, kept), kept, layer, by)
        under.operation, under.door = operation, door
        yield under
        if operation.size:
            kept.by = by
            kept.save()
            relate_gold(sides, kept.decisions, by)
            tagged = {item.article_id: item.version_id}
            transaction.on_commit(partial(following.note_moved, tagged))


def _named(now: Settling, case: Case | CodeCase) -> str:
    if isinstance(case, CodeCase):
        code = now.content.code(case.code)
        return code.name if code else case.code
    return f"“{short(now.item.version.text[case.start : case.end])}”"
