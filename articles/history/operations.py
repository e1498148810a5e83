"""Acts: what a person does at once, held together so that it can be seen and undone as one."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import connection, transaction

from articles.ingest import storing
from articles.models import Act, Corpus, Door, Operation, Role, Task
from articles.models.corpora import may

SUMMARY_CHARACTERS = 500


@contextmanager
def act(
    kind: Act,
    *,
    corpus: Corpus,
    by: User | None,
    summary: str,
    door: Door,
    size: int = 1,
    undoes: Operation | None = None,
    blind_task: Task | None = None,
) -> Iterator[Operation]:
    """Do something as one operation: all of it, with its history, or nothing.

    Within the block the corpus is locked, so that what is read stays true and no batch of an
    import comes between, but for acts of tagging: they wait for nobody, and what they read they
    lock for themselves. Every change to a tracked row is put down to the operation. ``by`` is
    None for what a command does. ``size`` counts the objects concerned. The caller may set
    ``summary`` and ``size`` on what is yielded until the block ends; a size of 0 says that there
    was nothing to do, and no operation is kept. ``blind_task`` is the blind task within which it
    is done: others do not learn of it.
    """
    is_within = connection.in_atomic_block
    with transaction.atomic():
        if _first(kind, undoes).waits:
            storing.lock(corpus)
        operation = Operation.objects.create(
            corpus=corpus,
            by=by,
            by_name=by.get_username() if by else "",
            act=kind,
            about=undoes.about if undoes else kind.role,
            summary=summary[:SUMMARY_CHARACTERS],
            size=size,
            door=door,
            undoes=undoes,
            blind_task=blind_task,
        )
        told = operation.summary, operation.size
        _put_down_to(str(operation.context))
        yield operation
        if is_within:
            # Of a larger transaction, what comes after is not this operation's.
            _put_down_to("")
        if operation.size == 0:
            operation.delete()
            return
        operation.summary = operation.summary[:SUMMARY_CHARACTERS]
        if (operation.summary, operation.size) != told:
            operation.save(update_fields=["summary", "size"])


class OperationUndoneError(Exception):
    """An operation was undone while more was to be done within it."""


@contextmanager
def going_on(operation: Operation) -> Iterator[Operation]:
    """Do more within an operation: the one under way, or one that an earlier transaction began.

    A job does its work in many transactions and one operation. It waits for nobody and ends with
    OperationUndoneError once someone took back what it did so far.
    """
    with transaction.atomic():
        before = _under_way()
        if before == str(operation.context):
            yield operation
            return
        held = Operation.objects.select_for_update().filter(pk=operation.pk)
        if not held.exists() or Operation.objects.filter(undoes=operation).exists():
            raise OperationUndoneError("This was undone while it was under way.")
        _put_down_to(str(operation.context))
        yield operation
        _put_down_to(before)


@contextmanager
def aside(operation: Operation) -> Iterator[None]:
    """Change rows that are not the operation's own: an undo leaves them alone.

    A source that a correction names for the first time may be in use elsewhere by then.
    """
    _put_down_to("")
    yield
    _put_down_to(str(operation.context))


@contextmanager
def outside() -> Iterator[None]:
    """Make rows that are nobody's act, as aside: whatever operation is under way, if any."""
    before = _under_way()
    _put_down_to("")
    yield
    _put_down_to(before)


def _first(kind: Act, undoes: Operation | None) -> Act:
    """Return the act itself: of an undo, what is undone in the end."""
    while undoes is not None:
        kind, undoes = Act(undoes.act), undoes.undoes
    return kind


def done(operation: Operation) -> Operation | None:
    """Return what :func:`act` yielded once its block has ended; None if there was nothing to do."""
    return operation if operation.pk else None


def corpus_allows(corpus: Corpus, user: User, role: Role) -> bool:
    """Whether a person may do in a corpus what a role may."""
    return may(user, role, corpus.pk)


def _under_way() -> str:
    """Return the context of the operation that changes are put down to now, "" for none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('pghistory.context_id', true), '')")
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def _put_down_to(context: str) -> None:
    """Tell the triggers which operation's changes follow, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', %s, true),"
            " set_config('pghistory.context_metadata', %s, true)",
            [context, "{}" if context else ""],
        )
