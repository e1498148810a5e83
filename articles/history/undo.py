"""Undo: every row of an operation back to what it was, if nobody has worked on them since.

It works on the history alone, table by table: a row that the operation made is removed, one that
it removed is put back, one that it changed gets its former values. If a row is no longer as the
operation left it, later work touched it, and the undo is refused with that work's name; but of an
entity that was made with a tag and is in use by now, the tag goes and the entity stays. An undo is
an operation too: undoing it does again what was done.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, models
from django.utils import timezone
from psycopg import sql

from articles.history import carried
from articles.history.begun import begun
from articles.history.operations import act
from articles.history.permission import does
from articles.history.row_changes import Change, Row, event_model
from articles.history.staying import Staying, staying
from articles.ingest import effective
from articles.ingest.sources import said_under
from articles.models import (
    Act,
    Adjudication,
    AgencyAlias,
    Anchor,
    Assignment,
    Code,
    Codebook,
    CodebookVersion,
    Collection,
    CollectionItem,
    Corpus,
    Correction,
    DistinctEntities,
    DistinctNames,
    Door,
    Entity,
    EntityName,
    ExternalId,
    Invitation,
    Judgement,
    Membership,
    Mention,
    Operation,
    Person,
    Relation,
    Role,
    Source,
    SourceAlias,
    Story,
    StoryPin,
    Task,
    TaskItem,
    TextCorrection,
)

if TYPE_CHECKING:
    from articles.models.operations import OperationQuerySet

TRACKED: tuple[type[models.Model], ...] = (
    Corpus, Membership, Invitation, Source, SourceAlias, AgencyAlias, Person, Correction,
    TextCorrection, DistinctNames, Collection, CollectionItem,
    Entity, EntityName, ExternalId, DistinctEntities, Codebook, CodebookVersion,
    Task, TaskItem, Assignment, Adjudication, Mention, Anchor, Code, Relation,
    Judgement, Story, StoryPin,
)  # fmt: skip
# What is changed by acts that hold no lock on the corpus: an undo has to hold these rows itself.
_UNLOCKED = frozenset(
    {
        Mention, Anchor, Code, Relation, Assignment, TaskItem, Adjudication, Judgement, Story,
        StoryPin,
    }
)  # fmt: skip
_OF_TAGS = frozenset({Mention, Anchor})
NAMED = 3


class UndoRefusedError(Exception):
    """Why an operation can't be undone; a sentence for the one who asked."""

    def __init__(self, reason: str, *, later: Sequence[Operation] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        # What was done since to the same rows.
        self.later = list(later)


def undo(operation: Operation, *, by: User | None, door: Door) -> Operation:
    """Take an operation back and return the operation that did so; raise UndoRefusedError.

    The caller has checked that ``by`` may do what the operation did.
    """
    try:
        with act(
            Act.UNDO,
            corpus=operation.corpus,
            by=by,
            summary=_summary(operation),
            door=door,
            size=operation.size,
            undoes=_not_undone(operation),
            blind_task=operation.blind_task,
        ) as taking_back:
            _await_jobs(operation)
            taking_back.size = operation.size
            taking_back.summary += _take_back(operation, by)
    except IntegrityError as fault:
        if "undoes" in str(fault):
            raise UndoRefusedError("This was undone already.") from fault
        raise UndoRefusedError(
            "What this would bring back is in use in another way by now, or what it would remove "
            "is in use. Undo the later work first."
        ) from fault
    return taking_back


def _await_jobs(operation: Operation) -> None:
    """Wait until a job that does more within the operation is between two transactions.

    It finds the operation undone then, and ends.
    """
    operation.size = (
        Operation.objects.select_for_update().values_list("size", flat=True).get(pk=operation.pk)
    )


def _take_back(operation: Operation, by: User | None) -> str:
    """Set rows back as they were before; return what is to be said of those that stay."""
    tables = touched(operation)
    kept = staying(operation) if Entity in tables else Staying()
    changes = [Change(model, operation, kept.of(model)) for model in tables]
    for change in changes:
        if change.model in _UNLOCKED:
            change.hold()
    _see_to_collections(operation, by)
    later = [found for change in changes for found in change.disturbed()]
    if later:
        raise _touched_since(operation, later, by)
    if Assignment in tables:
        _see_to_work(operation, by)
    was_blind = _was_blind(operation)
    articles = _articles_of(operation)
    admins = _admins(operation)
    has_tags = not _OF_TAGS.isdisjoint(change.model for change in changes)
    if has_tags:
        carried.drop_places(operation)
    _apply(changes)
    if has_tags:
        carried.carry_again(operation)
    articles |= _articles_of(operation)
    effective.derive(articles)
    effective.follow(operation.corpus, _aliases_of(operation))
    _see_to_admins(operation, admins)
    _see_to_blind(was_blind)
    _check_references()
    return kept.told()


def touched(operation: Operation) -> list[type[models.Model]]:
    """Return the tables of which an operation changed rows, in one query."""
    asked = sql.SQL(" UNION ALL ").join(
        sql.SQL(
            "SELECT {number} WHERE EXISTS (SELECT FROM {events} WHERE pgh_context_id = {context})"
        ).format(
            number=sql.Literal(number),
            events=sql.Identifier(event_model(model)._meta.db_table),  # noqa: SLF001 -- Django's public name
            context=sql.Literal(str(operation.context)),
        )
        for number, model in enumerate(TRACKED)
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [TRACKED[number] for (number,) in sorted(cursor.fetchall())]


def _summary(operation: Operation) -> str:
    """Return what an undo is called: of an undo, that the thing itself was done again."""
    first = operation
    while first.undoes is not None:
        first = first.undoes
    return f"{'Undone' if does(operation) else 'Done again'}: {first.summary}"


def _not_undone(operation: Operation) -> Operation:
    if Operation.objects.filter(undoes=operation).exists():
        raise UndoRefusedError("This was undone already.")
    return operation


def _apply(changes: Sequence[Change]) -> None:
    for change in changes:
        change.remove()
    for change in changes:
        change.set_back()
    for change in changes:
        change.put_back()


def _check_references() -> None:
    """Check now what is otherwise checked at the very end, where no reason could be told."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _admins(operation: Operation) -> set[int]:
    members = Membership.objects.filter(corpus_id=operation.corpus_id, user__is_active=True)
    return set(members.filter(role=Role.ADMIN).values_list("user_id", flat=True))


def _see_to_admins(operation: Operation, before: set[int]) -> None:
    """Raise UndoRefusedError if no admin is left; who is one no more keeps no way back in."""
    now = _admins(operation)
    if before and not now:
        raise UndoRefusedError(
            "This would leave the corpus without an admin. Make someone else one first."
        )
    Invitation.objects.revoke_those_by(before - now, operation.corpus_id)


def _was_blind(operation: Operation) -> dict[int, bool]:
    """Return of the tasks that an operation changed whether each is blind."""
    mine = event_model(Task).objects.filter(pgh_context_id=operation.context).order_by()
    touched = mine.values_list("pgh_obj_id", flat=True).distinct()
    return dict(Task.objects.filter(pk__in=touched).values_list("pk", "blind"))


def _see_to_blind(was_blind: Mapping[int, bool]) -> None:
    """Keep when blind work was opened by this.

    Raises UndoRefusedError if a task that was open is blind now, and there is work in it.
    """
    for task in Task.objects.filter(pk__in=was_blind):
        if task.blind == was_blind[task.pk] or not task.has_work():
            continue
        if task.blind:
            raise UndoRefusedError(
                "People have work in this task and may have seen each other's: it can't be blind"
                " again."
            )
        if task.blind_until is None:
            Task.objects.filter(pk=task.pk).update(blind_until=timezone.now())


def _see_to_collections(operation: Operation, by: User | None) -> None:
    """Raise UndoRefusedError for a collection that ``by`` filled while it was shared with them."""
    if by is None or Role(operation.about) is not Role.VIEWER:
        return
    mine = event_model(Collection).objects.filter(pgh_context_id=operation.context)
    put_in = event_model(CollectionItem).objects.filter(pgh_context_id=operation.context)
    touched = set(mine.order_by().values_list("pgh_obj_id", flat=True).distinct())
    touched |= set(put_in.order_by().values_list("collection_id", flat=True).distinct())
    there = Collection.objects.filter(pk__in=touched)
    if there.exclude(pk__in=Collection.objects.visible_to(by).values("pk")).exists():
        raise UndoRefusedError("This collection is no longer shared with you.")


def _see_to_work(operation: Operation, by: User | None) -> None:
    """Raise UndoRefusedError if this would take articles from someone who tagged in them since."""
    work = begun(operation)
    if work is None:
        return
    people = ", ".join(work.people[:NAMED]) + (" and others" if len(work.people) > NAMED else "")
    articles = f"{work.articles:,} article{'' if work.articles == 1 else 's'}"
    since = Operation.objects.filter(context__in=work.contexts)
    later = _seen_by(by, since.order_by("-pk"))
    named = f": {_named(later)}" if later else ""
    raise UndoRefusedError(
        f"{people} tagged since in {articles} that this would take from them{named}. Undo that"
        " first.",
        later=later[:NAMED],
    )


def _touched_since(operation: Operation, rows: Sequence[Row], by: User | None) -> UndoRefusedError:
    """Return the refusal that names what was done to the same rows since."""
    contexts: set[Any] = set()
    for model in {row.model for row in rows}:
        events = event_model(model).objects.filter(
            pgh_obj_id__in=[row.id for row in rows if row.model is model]
        )
        contexts.update(events.values_list("pgh_context_id", flat=True))
    since = Operation.objects.filter(context__in=contexts - {None}, pk__gt=operation.pk)
    if not since.exists():
        return UndoRefusedError(
            "What this changed was changed again since, by an import or by the command line."
        )
    later = _seen_by(by, since.order_by("-pk"))
    if not later:
        return UndoRefusedError(
            "Later work touched the same, of which you are told once your blind work is closed."
        )
    return UndoRefusedError(
        f"Later work touched the same: {_named(later)}. Undo that first.", later=later[:NAMED]
    )


def _seen_by(by: User | None, operations: "OperationQuerySet") -> list[Operation]:
    """Return as many operations as are named, and one more, of those not blind to a person."""
    return list((operations if by is None else operations.not_blind_to(by))[: NAMED + 1])


def _named(operations: Sequence[Operation]) -> str:
    named = "; ".join(f"“{op.summary}” ({op.by_name or 'a command'})" for op in operations[:NAMED])
    return named + (" and more" if len(operations) > NAMED else "")


def _articles_of(operation: Operation) -> set[int]:
    """Return the articles whose effective values an operation bears on, as things stand now."""
    found: set[int] = set()
    for model, column in (
        (Correction, "article_id"),
        (TextCorrection, "article_id"),
        (TextCorrection, "joined_into_id"),
    ):
        events = event_model(model).objects.filter(pgh_context_id=operation.context)
        found.update(events.exclude(**{column: None}).values_list(column, flat=True).distinct())
    return found | said_under(operation.corpus, _aliases_of(operation))


def _aliases_of(operation: Operation) -> set[int]:
    """Return the printed names that an operation made, moved or removed."""
    touched = event_model(SourceAlias).objects.filter(pgh_context_id=operation.context)
    return set(touched.order_by().values_list("pgh_obj_id", flat=True))
