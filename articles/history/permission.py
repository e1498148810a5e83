"""Who may undo an operation, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.models import Corpus, Operation, Role
from articles.models.corpora import Visitor


@dataclass(frozen=True, slots=True)
class Standing:
    """How an operation stands to someone who sees it.

    ``undone_by`` is the operation that took it back, None while it holds. ``why_not`` is a
    sentence that says why this person can't undo it; empty if they can, as far as their role goes.
    """

    operation: Operation
    undone_by: Operation | None
    why_not: str

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo and this person's role is enough."""
        return self.undone_by is None and not self.why_not

    @property
    def word(self) -> str:
        """What the button says that takes it back."""
        return "Undo" if does(self.operation) else "Redo"


def does(operation: Operation) -> bool:
    """Whether an operation does something or does it again, rather than takes it back."""
    done = True
    while operation.undoes is not None:
        operation, done = operation.undoes, not done
    return done


def standings(operations: Sequence[Operation], user: Visitor) -> list[Standing]:
    """Return how operations that ``user`` sees stand, in their order, in a few queries."""
    undoings = {
        undoing.undoes_id: undoing
        for undoing in Operation.objects.filter(undoes__in=[op.pk for op in operations])
    }
    corpora = {op.corpus_id for op in operations}
    allowed = {
        role: set(
            Corpus.objects.allowing(user, role)
            .filter(pk__in=corpora)
            .order_by()
            .values_list("pk", flat=True)
        )
        for role in {_needed(op, user) for op in operations}
    }
    return [
        Standing(op, undoings.get(op.pk), _why_not(op, needed, allowed[needed]))
        for op in operations
        for needed in [_needed(op, user)]
    ]


def standing_of(operation: Operation, user: Visitor) -> Standing:
    """Return how one operation stands."""
    return standings([operation], user)[0]


def _needed(operation: Operation, user: Visitor) -> Role:
    """Return the role by which a person may undo: what another tagged takes an editor."""
    role = Role(operation.about)
    return Role.EDITOR if role is Role.ANNOTATOR and operation.by_id != user.pk else role


def _why_not(operation: Operation, needed: Role, allowed: set[int]) -> str:
    if operation.corpus_id in allowed:
        return ""
    role = needed.label.lower()
    return f"To undo this you need the role of {role} in {operation.corpus}."
