"""Collections: sets of articles of one corpus that a person puts together, and may share.

Who may see a collection may fill it and note things on its articles, and rename it; whether it is
shared is its maker's to say, and only they, or an admin where it is shared, remove it. All of it
can be undone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import User

from articles.history.operations import act, corpus_allows, done
from articles.keeping import items
from articles.models import Act, Collection, CollectionItem, Corpus, Door, Operation, Role
from articles.models.lookups import any_id
from articles.search.asking import Question
from articles.text import normalise_line

NAME_CHARACTERS = 200
NOTE_CHARACTERS = 10_000
# What is added at once is one operation, which one request does; more than this takes too long.
MOST_AT_ONCE = 100_000
# Of an answer longer than this the worker adds the articles, and one sees how far it is.
MOST_WHILE_ONE_WAITS = 5_000
# More than this an undo can't take back while one waits.
MOST_BY_JOB = 1_000_000
GONE = "This collection was removed, or is no longer shared with you."
_BATCH = 20_000


class CollectionRefusedError(Exception):
    """Why something can't be done with a collection: a sentence."""


class CollectionNameTakenError(CollectionRefusedError):
    """Its maker has another collection of this name in the same corpus."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is a collection “{name}” in this corpus already. Use another name."
        )


class NotYoursError(CollectionRefusedError):
    """Who asks may see the collection, but this is its maker's to do."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of articles that were to be added.

    ``already`` were in the collection, ``elsewhere`` are not in its corpus (or nowhere).
    ``operation`` is None if none was added.
    """

    collection: Collection
    added: int
    already: int
    elsewhere: int
    operation: Operation | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What adding an answer would do: articles to add, there already, of other corpora.

    How many are there already is not looked up of very many: then ``add`` may be fewer.
    """

    add: int
    already: int | None
    elsewhere: int

    @property
    def is_too_much(self) -> bool:
        """Whether it is more than can be added at once."""
        return self.add + (self.already or 0) > MOST_BY_JOB

    @property
    def is_long(self) -> bool:
        """Whether the worker does it."""
        return self.add + (self.already or 0) > MOST_WHILE_ONE_WAITS


def make(
    corpus: Corpus,
    *,
    name: str,
    by: User,
    door: Door,
    note: str = "",
    shared: bool = False,
    articles: Sequence[int] = (),
) -> Added:
    """Make a collection, with some articles in it. Raises CollectionRefusedError."""
    check_size(len(articles), MOST_AT_ONCE)
    line = named(name)
    with act(Act.COLLECT, corpus=corpus, by=by, summary=f"Made {quoted(line)}", door=door) as op:
        collection = made(corpus, name=line, by=by, note=note, shared=shared)
        count, already, elsewhere = items.put_in(collection, articles)
        if count:
            op.summary += f" with {counted(count)}"
        op.size = max(count, 1)
    return Added(collection, count, already, elsewhere, op)


def made(
    corpus: Corpus, *, name: str, by: User, note: str = "", shared: bool = False
) -> Collection:
    """Make a collection within an operation. Raises CollectionRefusedError."""
    # Asked under the lock: who is no member any more keeps nothing here.
    if not corpus_allows(corpus, by, Role.VIEWER):
        raise NotYoursError(f"Only members of {corpus} can collect its articles.")
    _check_free(corpus, by.pk, name)
    found: Collection = Collection.objects.create(
        corpus=corpus, by=by, name=name, note=_note(note), shared=shared
    )
    return found


def edit(
    collection: Collection,
    *,
    by: User,
    door: Door,
    name: str | None = None,
    note: str | None = None,
    shared: bool | None = None,
) -> Operation | None:
    """Change what is given; None if it says so already. Raises CollectionRefusedError."""
    with act(Act.COLLECT, corpus=collection.corpus, by=by, summary="", door=door) as operation:
        known = _held(collection, by)
        said = []
        if name is not None and (line := named(name)) != known.name:
            _check_free(known.corpus, known.by_id, line, but=known)
            said.append(f"{quoted(known.name)} is called {quoted(line)}")
            known.name = line
        if note is not None and (words := _note(note)) != known.note:
            said.append(f"the note on {quoted(known.name)} was changed")
            known.note = words
        if shared is not None and shared != known.shared:
            if known.by_id != by.pk:
                raise NotYoursError("Whether a collection is shared is its maker’s to say.")
            whom = "shared with the members" if shared else "private again"
            said.append(f"{quoted(known.name)} is {whom}")
            known.shared = shared
        if said:
            known.save(update_fields=["name", "note", "shared"])
        operation.size = 1 if said else 0
        operation.summary = "; ".join(said)[:1].upper() + "; ".join(said)[1:]
        collection.name, collection.note, collection.shared = known.name, known.note, known.shared
    return done(operation)


def remove(collection: Collection, *, by: User, door: Door) -> Operation:
    """Remove a collection, not its articles. Raises NotYoursError."""
    with act(Act.COLLECT, corpus=collection.corpus, by=by, summary="", door=door) as operation:
        known = _held(collection, by)
        if not may_remove(known, by):
            raise NotYoursError("A collection is removed by its maker, or by an admin.")
        # A job that fills it is between two bits then.
        Collection.objects.select_for_update().get(pk=known.pk)
        count, _ = CollectionItem.objects.filter(collection=known).delete()
        Collection.objects.filter(pk=known.pk).delete()
        operation.summary = f"Removed {quoted(known.name)}, a collection of {counted(count)}"
        operation.size = max(count, 1)
    return operation


def may_remove(collection: Collection, user: User) -> bool:
    """Whether someone who sees a collection may remove it."""
    return collection.by_id == user.pk or (
        collection.shared and corpus_allows(collection.corpus, user, Role.ADMIN)
    )


def add(collection: Collection, articles: Sequence[int], *, by: User, door: Door) -> Added:
    """Add articles by their ids, in their order. Raises CollectionRefusedError."""
    check_size(len(articles), MOST_AT_ONCE)
    with act(Act.COLLECT, corpus=collection.corpus, by=by, summary="", door=door) as operation:
        known = _held(collection, by)
        count, already, elsewhere = items.put_in(known, articles)
        operation.size = count
        operation.summary = f"Added {counted(count)} to {quoted(known.name)}"
    return Added(collection, count, already, elsewhere, done(operation))


def add_answer(collection: Collection, question: Question, *, by: User, door: Door) -> Added:
    """Add all of an answer that are of the collection's corpus.

    Raises CollectionRefusedError, QueryError, TooSlowError.
    """
    # Read before the corpus is locked.
    read = read_answer(question, collection.corpus_id)
    found = add(collection, read.articles, by=by, door=door)
    return replace(found, elsewhere=found.elsewhere + read.elsewhere)


def make_of_answer(corpus: Corpus, question: Question, *, name: str, by: User, door: Door) -> Added:
    """Make a collection with all of an answer that are of a corpus. Raises as add_answer does."""
    read = read_answer(question, corpus.pk)
    found = make(corpus, name=name, by=by, door=door, articles=read.articles)
    return replace(found, elsewhere=found.elsewhere + read.elsewhere)


@dataclass(frozen=True, slots=True)
class Read:
    """The articles of an answer in a corpus, the newest first, and how many others there are."""

    articles: Sequence[int]
    elsewhere: int


def read_answer(question: Question, corpus_id: int) -> Read:
    """Return the articles of an answer in a corpus.

    Raises CollectionRefusedError for too many, QueryError, TooSlowError.
    """
    inside = question.within([corpus_id])
    total, within = question.total(), inside.total()
    check_size(within, MOST_AT_ONCE)
    articles = [pk for some in inside.ids(batch=_BATCH) for pk in some]
    return Read(articles, max(total - within, 0))


def found_in(question: Question, corpus_id: int) -> int:
    """Return how many of an answer are in a corpus; raise QueryError, TooSlowError.

    The search engine is asked: no transaction is to be open meanwhile.
    """
    return question.within([corpus_id]).total()


def is_long(found: int) -> bool:
    """Whether so many of an answer are in a corpus that the worker adds them."""
    return found > MOST_WHILE_ONE_WAITS


def preview(collection: Collection, question: Question) -> Preview:
    """Return what adding an answer would do. Raises QueryError, TooSlowError."""
    inside = question.within([collection.corpus_id])
    total, within = question.total(), inside.total()
    if within > MOST_AT_ONCE:
        return Preview(within, None, total - within)
    already = 0
    for some in inside.ids(batch=_BATCH):
        held = CollectionItem.objects.filter(any_id("article_id", some), collection=collection)
        already += held.count()
    return Preview(max(within - already, 0), already, max(total - within, 0))


def take_out(
    collection: Collection, articles: Iterable[int], *, by: User, door: Door
) -> Operation | None:
    """Take articles out; None if none was in it. Raises NotYoursError."""
    with act(Act.COLLECT, corpus=collection.corpus, by=by, summary="", door=door) as operation:
        known = _held(collection, by)
        held = CollectionItem.objects.filter(any_id("article_id", articles), collection=known)
        operation.size, _ = held.delete()
        operation.summary = f"Took {counted(operation.size)} out of {quoted(known.name)}"
    return done(operation)


def annotate(
    collection: Collection, article: int, note: str, *, by: User, door: Door
) -> Operation | None:
    """Note something on an article in a collection; None if it says so already.

    Raises CollectionRefusedError if it is not in the collection.
    """
    words = _note(note)
    with act(Act.COLLECT, corpus=collection.corpus, by=by, summary="", door=door) as operation:
        known = _held(collection, by)
        item = CollectionItem.objects.filter(collection=known, article_id=article).first()
        if item is None:
            raise CollectionRefusedError(
                "This article is not in the collection any more. Add it again to note something."
            )
        operation.size = int(item.note != words)
        operation.summary = (
            f"{'Noted' if words else 'Removed the note'} on an article in " + quoted(known.name)
        )
        item.note = words
        item.save(update_fields=["note"])
    return done(operation)


def copy(collection: Collection, *, name: str, by: User, door: Door) -> Added:
    """Copy a collection with its notes under another name: one's own, private. Raises as make."""
    line = named(name)
    with act(Act.COLLECT, corpus=collection.corpus, by=by, summary="", door=door) as operation:
        known = _held(collection, by)
        copied = made(known.corpus, name=line, by=by, note=known.note)
        copied.recipe = known.recipe
        copied.save(update_fields=["recipe"])
        count = items.copied(known, copied)
        operation.size = max(count, 1)
        operation.summary = f"Copied {quoted(known.name)} as {quoted(line)}: {counted(count)}"
    return Added(copied, count, 0, 0, operation)


def merge(source: Collection, into: Collection, *, by: User, door: Door) -> Added:
    """Add what one collection holds, with its notes, to another of the same corpus."""
    if source.corpus_id != into.corpus_id:
        raise CollectionRefusedError("Both collections must be of the same corpus.")
    with act(Act.COLLECT, corpus=into.corpus, by=by, summary="", door=door) as operation:
        known, target = _held(source, by), _held(into, by)
        total = CollectionItem.objects.filter(collection=known).count()
        count = items.copied(known, target)
        operation.size = count
        operation.summary = (
            f"Added {counted(count)} of {quoted(known.name)} to {quoted(target.name)}"
        )
    return Added(into, count, total - count, 0, done(operation))


def counted(articles: int) -> str:
    """Return a number of articles in words."""
    return "1 article" if articles == 1 else f"{articles:,} articles"


def quoted(name: str) -> str:
    """Return a name as it stands in a sentence, not too long for one."""
    return f"“{name if len(name) <= 80 else name[:79] + '…'}”"


def _held(collection: Collection, by: User) -> Collection:
    """Return a collection as it is under the lock; raise NotYoursError if it is not there any more.

    It may have been removed, or made private, since the page was shown.
    """
    visible = Collection.objects.visible_to(by).select_related("corpus")
    found: Collection | None = visible.filter(pk=collection.pk).first()
    if found is None:
        raise NotYoursError(GONE)
    return found


def _check_free(
    corpus: Corpus, maker: int | None, name: str, but: Collection | None = None
) -> None:
    others = Collection.objects.filter(corpus=corpus, by_id=maker, name=name)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise CollectionNameTakenError(name)


def check_size(articles: int, most: int) -> None:
    """Raise CollectionRefusedError for more articles than can be added at once."""
    if articles > most:
        raise CollectionRefusedError(
            f"These are {articles:,} articles; at most {most:,} can be added at once. Ask "
            "for less, e.g. year by year, or take a sample."
        )


def named(name: str) -> str:
    """Return a name as it is kept; raise CollectionRefusedError for one that can't be."""
    line = normalise_line(name)
    if not line:
        raise CollectionRefusedError("A collection needs a name.")
    if len(line) > NAME_CHARACTERS:
        raise CollectionRefusedError(f"A name has at most {NAME_CHARACTERS} characters.")
    return line


def _note(note: str) -> str:
    words = note.replace("\r\n", "\n").strip()
    if len(words) > NOTE_CHARACTERS:
        raise CollectionRefusedError(f"A note has at most {NOTE_CHARACTERS:,} characters.")
    if "\0" in words:
        raise CollectionRefusedError("A note is text, without NUL characters.")
    return words
