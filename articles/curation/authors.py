"""What editors put right about authors: which printed names are one person's, and which are not.

A person is a row per printed name, of which one stands for all. A merge and a split say which; no
credit is touched, and every credit still shows the name that was printed.
"""

import hashlib
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db.models import Count

from articles.curation.fields import StaleError
from articles.curation.sources import quoted
from articles.history.operations import act, done
from articles.ingest.sources import NAME_CHARACTERS
from articles.models import Act, Corpus, Credit, Door, Operation, Person
from articles.models.folding import fold
from articles.models.lookups import any_id
from articles.text import normalise_line

MERGED_AT_ONCE = 200


class AuthorRefusedError(Exception):
    """Why something can't be done with an author: a sentence."""


class AuthorKnownError(AuthorRefusedError):
    """Another author of the corpus is printed under this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is another author already. Merge the two instead.")


def state_of(person: Person) -> str:
    """Return what is to be sent back with a change, so that nobody's work is overwritten."""
    names = list(person.other_names.order_by("pk").values_list("pk", "name"))
    facts = (person.name, person.same_as_id)
    return hashlib.sha256(repr((facts, names)).encode()).hexdigest()[:32]


def names_of(person: Person) -> list[tuple[Person, int]]:
    """Return the other names of an author, each with the number of texts that credit it."""
    others = list(person.other_names.order_by("name", "pk"))
    credited = Credit.objects.standing().filter(person__in=[other.pk for other in others])
    counts = dict(credited.order_by().values_list("person").annotate(Count("pk")))
    return [(other, counts.get(other.pk, 0)) for other in others]


def edit(
    person: Person,
    *,
    name: str,
    by: User | None,
    door: Door,
    expected_state: str | None = None,
) -> Operation | None:
    """Call an author otherwise: in lists, on pages, in filters. Printed names stay as printed.

    The new name becomes one that the author is known by. None if it says so already. Raises
    AuthorRefusedError (AuthorKnownError), StaleError.
    """
    line = _line(name)
    summary = f"{person.name}: called “{line}”"
    with act(Act.AUTHOR, corpus=person.corpus, by=by, summary=summary, door=door) as operation:
        _refresh(person, expected_state)
        operation.size = 0 if person.name == line else 1
        if operation.size:
            _own(person, line)
            person.name = line
            person.save(update_fields=["name"])
    return done(operation)


def add_name(person: Person, printed: str, *, by: User | None, door: Door) -> Operation | None:
    """Let an author be known under another name; None if they are. Raises AuthorRefusedError."""
    line = _line(printed)
    summary = f"{person.name}: also “{line}”"
    with act(Act.AUTHOR, corpus=person.corpus, by=by, summary=summary, door=door) as operation:
        _refresh(person)
        operation.size = int(_own(person, line))
    return done(operation)


def remove_name(name: Person, *, by: User | None, door: Door) -> Operation | None:
    """Forget a name of an author that is credited nowhere. Raises AuthorRefusedError."""
    summary = f"“{name.name}” removed"
    with act(Act.AUTHOR, corpus=name.corpus, by=by, summary=summary, door=door) as operation:
        name.refresh_from_db()
        if name.same_as is None:
            raise AuthorRefusedError("This is the name that stands for the author, and stays.")
        if Credit.objects.filter(person=name).exists():
            raise AuthorRefusedError(
                f"Articles are printed under “{name.name}”. Part the name from the author instead."
            )
        operation.summary = f"{name.same_as.name}: no longer “{name.name}”"
        name.delete()
    return done(operation)


def merge(
    people: Sequence[Person], into: Person, *, by: User | None, door: Door
) -> Operation | None:
    """Make people one author, who goes by the name of ``into``. Raises AuthorRefusedError."""
    corpus = into.corpus
    with act(Act.MERGE_AUTHORS, corpus=corpus, by=by, summary="", door=door) as operation:
        merged = _mergeable(people, into)
        ids = [person.pk for person in merged]
        Person.objects.filter(any_id("same_as_id", ids)).update(same_as=into)
        Person.objects.filter(any_id("id", ids)).update(same_as=into)
        operation.summary = f"{quoted([p.name for p in merged])} merged into {into.name}"
        operation.size = len(merged)
    return done(operation)


def split(names: Sequence[Person], *, by: User | None, door: Door) -> Operation | None:
    """Part names from their author: each is an author of its own again.

    Raises AuthorRefusedError.
    """
    if not names:
        raise AuthorRefusedError("Choose the names that are someone else’s.")
    corpus = names[0].corpus
    with act(Act.SPLIT_AUTHOR, corpus=corpus, by=by, summary="", door=door) as operation:
        found = _names_of_one(names, corpus)
        author = found[0].same_as
        Person.objects.filter(any_id("id", [name.pk for name in found])).update(same_as=None)
        operation.summary = f"{quoted([name.name for name in found])} parted from {author}"
        operation.size = len(found)
    return done(operation)


def _refresh(person: Person, expected_state: str | None = None) -> None:
    """Read an author anew, now that nobody else can change them; raise AuthorRefusedError."""
    person.refresh_from_db()
    if expected_state is not None and expected_state != state_of(person):
        raise StaleError("Someone changed this author since you opened it. Look at it again.")
    if person.same_as is not None:
        raise AuthorRefusedError(f"This is another name of {person.same_as.name}. Edit that.")


def _line(name: str) -> str:
    line = normalise_line(name)
    if not line:
        raise AuthorRefusedError("A name must hold words.")
    if len(line) > NAME_CHARACTERS:
        raise AuthorRefusedError(f"A name has at most {NAME_CHARACTERS} characters.")
    return line


def _own(person: Person, printed: str) -> bool:
    """Let an author be known under a name; return whether it is new. Raises AuthorKnownError."""
    known, made = Person.objects.get_or_create(
        corpus_id=person.corpus_id,
        folded=fold(printed),
        defaults={"name": printed, "same_as": person},
    )
    if person.pk not in {known.pk, known.same_as_id}:
        raise AuthorKnownError(printed)
    return made


def _mergeable(people: Sequence[Person], into: Person) -> list[Person]:
    into.refresh_from_db()
    found = list(
        Person.objects.filter(any_id("id", {person.pk for person in people})).order_by("pk")
    )
    if not found:
        raise AuthorRefusedError("Choose the authors that are to be merged.")
    if len(found) > MERGED_AT_ONCE:
        raise AuthorRefusedError(f"At most {MERGED_AT_ONCE} authors are merged at once.")
    if any(person.pk == into.pk for person in found):
        raise AuthorRefusedError("An author can’t be merged with themselves. Choose another.")
    for person in (*found, into):
        if person.corpus_id != into.corpus_id:
            raise AuthorRefusedError("Authors of two corpora can’t be merged.")
        if person.same_as is not None:
            raise AuthorRefusedError(
                f"“{person.name}” is another name of {person.same_as.name} already."
            )
    return found


def _names_of_one(names: Sequence[Person], corpus: Corpus) -> list[Person]:
    ids = {name.pk for name in names}
    found = list(Person.objects.filter(any_id("id", ids), corpus=corpus).select_related("same_as"))
    if len(found) != len(ids) or len({name.same_as_id for name in found}) != 1:
        raise AuthorRefusedError("Someone parted these names in the meantime. Look at them again.")
    if found[0].same_as_id is None:
        raise AuthorRefusedError(
            "This is the name that stands for the author. Part the other names from it."
        )
    return found
