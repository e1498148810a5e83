"""Settling many places at once: each is decided, or was so already, or it is said why not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.models import User

from articles.annotate.agreement import settling
from articles.annotate.agreement.cases import Case, CodeCase
from articles.annotate.agreement.deciding import EDITED, NONE
from articles.annotate.agreement.settling import Edited, Settling, SettlingError
from articles.models import Anchor, Door, Operation, Task, TaskItem
from articles.models.folding import fold
from articles.models.lookups import any_id

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
    now = settling.settling(task, item)
    case = next((case for case in now.every if case.key == decision.case), None)
    if case is not None and _is_so(now, case, decision):
        return Outcome(item.position, DECIDE, decision.case, UNCHANGED)

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


def _is_so(now: Settling, case: Case | CodeCase, decision: Decision) -> bool:
    """Whether a case was decided just so already, as by the same request before."""
    made = now.decisions.get(case.key)
    if made is None:
        return False
    if decision.edited is not None:
        return made["how"] == EDITED and _stands(now, made, decision.edited)
    if decision.option < 0:
        return bool(made["how"] == NONE)
    if decision.option >= len(case.options) or made["how"] in {EDITED, NONE}:
        return False
    if isinstance(case, CodeCase):
        people = case.options[decision.option][0]
    else:
        people = case.options[decision.option].people
    return list(people) == list(made["people"])


def _stands(now: Settling, made: Mapping[str, Any], edited: Edited) -> bool:
    """Whether what was settled anew is what is asked for again."""
    gold = [pk for pk, _ in made["gold"]]
    anchors = Anchor.objects.filter(any_id("mention_id", gold), version=now.item.version_id)
    name = edited.entity_name.strip()
    for anchor in anchors.select_related("mention__entity"):
        entity = anchor.mention.entity
        said = anchor.quote, anchor.mention.kind, fold(entity.name) if entity else ""
        if said == (edited.quote.strip(), edited.kind, fold(name) if name else ""):
            return True
    return False
