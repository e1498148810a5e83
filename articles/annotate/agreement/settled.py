"""An article as it is to be settled: its cases, what was decided, what has changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles.annotate.agreement.cases import Case, CodeCase, cases_of, code_cases_of
from articles.annotate.agreement.side_by_side import Sides, read
from articles.annotate.codebooks.codebook import Content
from articles.annotate.tags.rules import rules_of
from articles.models import Adjudication, Task, TaskItem


@dataclass(frozen=True, slots=True)
class Settling:
    """An article that is being settled.

    ``decisions`` are those of the cases as they are now, by their keys; ``outdated`` those of cases
    that are different now, because someone changed their tags since.
    """

    task: Task
    item: TaskItem
    sides: Sides
    content: Content
    cases: Sequence[Case]
    codes: Sequence[CodeCase]
    decisions: Mapping[str, Mapping[str, Any]]
    outdated: Sequence[Mapping[str, Any]]
    said_done: bool

    @property
    def agreed(self) -> list[Case | CodeCase]:
        """What all agree on and nobody has taken yet."""
        return [case for case in self.every if case.is_agreed and case.key not in self.decisions]

    @property
    def open(self) -> list[Case | CodeCase]:
        """What is still to be settled one by one."""
        return [
            case for case in self.every if not case.is_agreed and case.key not in self.decisions
        ]

    @property
    def settled(self) -> int:
        """How many cases are settled."""
        return sum(case.key in self.decisions for case in self.every)

    @property
    def total(self) -> int:
        """How many cases there are."""
        return len(self.every)

    @property
    def is_done(self) -> bool:
        """Whether it was said to be done and nothing has changed since."""
        return self.said_done and not self.has_changed

    @property
    def has_changed(self) -> bool:
        """Whether someone changed their tags after this was said to be done."""
        return self.said_done and bool(self.outdated or self.agreed or self.open)

    @property
    def every(self) -> list[Case | CodeCase]:
        """All cases, those of codes first."""
        return [*self.codes, *self.cases]


def settling(task: Task, item: TaskItem) -> Settling:
    """Return an article as it is to be settled. The caller has seen to it who may see it."""
    sides = read(task, [item.pk], with_text=True)[0]
    return settling_of(task, sides, Adjudication.objects.filter(item=item).first())


def settling_of(task: Task, sides: Sides, kept: Adjudication | None) -> Settling:
    content = rules_of(task.codebook_version)
    passages = {kind.slug for kind in content.kinds if kind.passage}
    cases = cases_of(sides.sides, passages)
    codes = code_cases_of(sides.sides, [code.slug for code in content.codes])
    keys = {case.key for case in cases} | {case.key for case in codes}
    decisions = kept.decisions if kept is not None else []
    return Settling(
        task,
        sides.item,
        sides,
        content,
        cases,
        codes,
        {each["case"]: each for each in decisions if each["case"] in keys},
        [each for each in decisions if each["case"] not in keys],
        kept is not None and kept.is_done,
    )


def state_of(decision: Mapping[str, Any] | None) -> str:
    """Return what a further decision of a case is sent with: what was decided before."""
    return f"{decision['at']}/{decision['by']}" if decision else ""
