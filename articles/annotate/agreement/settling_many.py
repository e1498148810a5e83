"""Settling many places at once: each is decided, or was so already, or it is said why not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.models import User

from articles.annotate.agreement import settling
from articles.annotate.agreement.settling import Edited, SettlingError
from articles.models import Door, Operation, Task, TaskItem

SETTLED, UNCHANGED, FAILED = "settled", "unchanged", "failed"
OUTCOMES = (SETTLED, UNCHANGED, FAILED)
TAKE_AGREED, DECIDE, FINISH = "take_agreed", "decide", "finish"
STEPS = (TAKE_AGREED, DECIDE, FINISH)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to stand in a case: what some did, by the option's number; -1: nothing; or else.

    ``state`` is that of the decision it replaces, as it was seen.
    """

    case: str
    option: int = -1
    edited: Edited | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be settled of an article, in this order: what all agree on, cases, all of it."""

    position: int
    agreed: bool = False
    decisions: Sequence[Decision] = ()
    finish: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a step; ``case`` is "" where it is none's. ``error`` says why it failed."""

    position: int
    step: str
    case: str
    outcome: str
    operation: Operation | None = None
    error: str = ""
    field: str = ""


def settle_many(task: Task, wanted: Sequence[Wanted], *, by: User, door: Door) -> list[Outcome]:
    """Settle places of articles of a task, each step by itself; what is so already stays as it is.

    The caller has seen to it that ``by`` leads the task and may see the others' work. Raises
    NotAllowedError.
    """
    chosen = TaskItem.objects.filter(
        task=task, article__standing=True, position__in={each.position for each in wanted}
    )
    items = {item.position: item for item in chosen.select_related("article", "version")}
    found: list[Outcome] = []
    for each in wanted:
        item = items.get(each.position)
        if item is None:
            said = f"There is no article {each.position:,} in this task."
            found.append(Outcome(each.position, DECIDE, "", FAILED, error=said, field="position"))
        else:
            found.extend(_steps(task, item, each, by, door))
    return found


def _steps(task: Task, item: TaskItem, wanted: Wanted, by: User, door: Door) -> Iterator[Outcome]:
    if wanted.agreed:
        yield _step(item, TAKE_AGREED, lambda: settling.take_agreed(task, item, by=by, door=door))
    for decision in wanted.decisions:
        yield _decided(task, item, decision, by, door)
    if wanted.finish:
        yield _step(item, FINISH, lambda: settling.finish(task, item, by=by, door=door))


def _decided(task: Task, item: TaskItem, decision: Decision, by: User, door: Door) -> Outcome:
    if decision.edited is not None:
        act = partial(settling.edit, task, item, decision.case, decision.edited)
    else:
        act = partial(settling.choose, task, item, decision.case, decision.option)
    return _step(item, DECIDE, lambda: act(by=by, door=door, state=decision.state), decision.case)


def _step(
    item: TaskItem, step: str, act: Callable[[], Operation | None], case: str = ""
) -> Outcome:
    try:
        operation = act()
    except SettlingError as fault:
        return Outcome(
            item.position, step, case, FAILED, error=fault.message, field=fault.field or "case"
        )
    return Outcome(item.position, step, case, SETTLED if operation else UNCHANGED, operation)
