"""Codebooks of a corpus: the main one, drafts, and versions that never change once published."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache, lru_cache

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.annotate.codebooks.codebook import DEFAULT, Content, as_json, read
from articles.history.operations import act, corpus_allows, done, outside
from articles.models import Act, Codebook, CodebookVersion, Corpus, Door, Operation, Role
from articles.models.statements import Statement, loaded, names_of, stand_in
from articles.text import normalise_line

MAIN_NAME = "Main codebook"
NAME_CHARACTERS = 200
NOTE_CHARACTERS = 10_000
MOST_CODEBOOKS = 500


class CodebookRefusedError(Exception):
    """Why something can't be done with a codebook: a sentence, and the ``field`` it is about."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def main_version(corpus: Corpus) -> CodebookVersion:
    """Return the newest published version of a corpus' main codebook.

    Where the corpus has none yet, it is made with what every corpus begins with.
    """
    return _newest_main(corpus) or _made_main(corpus)


def main_content(corpus: Corpus) -> Content:
    """Return what :func:`main_version` says, without making it where there is none yet."""
    version = _newest_main(corpus)
    return content_of(version) if version else DEFAULT


def content_of(version: CodebookVersion) -> Content:
    """Return what a version says; a published one is read once.

    Raises CodebookError where the database holds another form.
    """
    if version.published_at is None:
        return read(version.content)
    return _content(version.pk, version.published_at, _Published(version))


class _Published:
    """A version as an argument that counts for nothing when what was read is looked up."""

    def __init__(self, version: CodebookVersion) -> None:
        self.version = version

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Published)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=200)
def _content(_pk: int, _published_at: datetime, published: _Published) -> Content:
    return read(published.version.content)


def newest(codebook: Codebook) -> CodebookVersion | None:
    """Return the newest published version of a codebook; None where none was published yet."""
    published = codebook.versions.filter(published_at__isnull=False)
    found: CodebookVersion | None = published.order_by("-number").first()
    return found


def state_of(version: CodebookVersion) -> str:
    """Return what changes whenever a version does."""
    said = json.dumps([version.content, version.note], sort_keys=True).encode()
    return f"{version.pk}-{hashlib.blake2b(said, digest_size=8).hexdigest()}"


def draft_of(codebook: Codebook) -> CodebookVersion | None:
    """Return the draft of a codebook, if there is one."""
    found: CodebookVersion | None = codebook.versions.filter(published_at=None).first()
    return found


def make(
    corpus: Corpus,
    content: Content,
    *,
    name: str,
    by: User,
    door: Door,
    note: str = "",
) -> tuple[Codebook, Operation]:
    """Make a codebook whose first version is a draft. Raises CodebookRefusedError."""
    line, words = _named(name), _noted(note)
    with act(
        Act.CODEBOOK, corpus=corpus, by=by, summary=f"Made the codebook “{line}”", door=door
    ) as operation:
        _check_leads(corpus, by)
        if Codebook.objects.filter(corpus=corpus).count() >= MOST_CODEBOOKS:
            raise CodebookRefusedError(f"A corpus has {MOST_CODEBOOKS} codebooks at most.")
        _check_free(corpus, line)
        codebook = Codebook.objects.create(corpus=corpus, name=line, note=words, by=by)
        CodebookVersion.objects.create(codebook=codebook, number=1, content=as_json(content), by=by)
    return codebook, operation


def describe(codebook: Codebook, *, name: str, note: str, by: User, door: Door) -> Operation | None:
    """Rename a codebook, say what it is for; None if it says so. Raises CodebookRefusedError."""
    line, words = _named(name), _noted(note)
    with _on(codebook, by, door, f"Changed the codebook “{line}”") as (operation, known):
        _check_free(known.corpus, line, but=known.pk)
        if (line, words) == (known.name, known.note):
            operation.size = 0
        else:
            Codebook.objects.filter(pk=known.pk).update(name=line, note=words)
    return done(operation)


def save_draft(
    codebook: Codebook,
    content: Content,
    *,
    by: User,
    door: Door,
    note: str = "",
    base: str | None = None,
) -> Operation | None:
    """Keep a draft of the next version; None if it says so. Raises CodebookRefusedError.

    ``base`` is the :func:`state_of` the version that was changed into it, so that of two people
    who change the same one the second learns of the first.
    """
    words = _noted(note)
    with _on(codebook, by, door, f"Drafted the codebook “{codebook.name}”") as (operation, known):
        draft, last = draft_of(known), newest(known)
        there = draft or last
        if base is not None and there is not None and base != state_of(there):
            raise CodebookRefusedError(
                "Someone else changed this codebook meanwhile. What you wrote is still in the form:"
                " open the codebook in another tab, and put both together."
            )
        raw = as_json(content)
        if draft is None and last is not None and (raw, words) == (last.content, ""):
            operation.size = 0
        elif draft is None:
            number = last.number + 1 if last else 1
            CodebookVersion.objects.create(
                codebook=known, number=number, content=raw, note=words, by=by
            )
        elif (draft.content, draft.note) == (raw, words):
            operation.size = 0
        else:
            CodebookVersion.objects.filter(pk=draft.pk).update(content=raw, note=words, by=by)
    return done(operation)


def discard_draft(codebook: Codebook, *, by: User, door: Door) -> Operation | None:
    """Drop the draft of a codebook that has a published version."""
    with _on(codebook, by, door, f"Dropped the draft of “{codebook.name}”") as (operation, known):
        draft = draft_of(known)
        if draft is None:
            operation.size = 0
        elif newest(known) is None:
            raise CodebookRefusedError("This is its only version: publish it, or leave it.")
        else:
            draft.delete()
    return done(operation)


def publish(codebook: Codebook, *, by: User, door: Door) -> Operation:
    """Publish the draft: from now on it never changes. Raises CodebookRefusedError."""
    with _on(codebook, by, door, "") as (operation, known):
        draft = draft_of(known)
        if draft is None:
            raise CodebookRefusedError("There is no draft to be published.")
        if not (content_of(draft).kinds or content_of(draft).codes):
            raise CodebookRefusedError("There is nothing in it yet. Add a kind or a code first.")
        CodebookVersion.objects.filter(pk=draft.pk).update(published_at=timezone.now())
        operation.summary = f"Published version {draft.number} of “{known.name}”"
    return operation


def make_main(codebook: Codebook, *, by: User, door: Door) -> Operation | None:
    """Make a codebook the one of its corpus' reading view. Raises CodebookRefusedError."""
    with _on(codebook, by, door, f"Made “{codebook.name}” the main codebook") as (operation, known):
        if newest(known) is None:
            raise CodebookRefusedError("Publish it first: the reading view needs a version.")
        if known.is_main:
            operation.size = 0
        else:
            Codebook.objects.filter(corpus=known.corpus, is_main=True).update(is_main=False)
            Codebook.objects.filter(pk=known.pk).update(is_main=True)
    return done(operation)


@contextmanager
def _on(
    codebook: Codebook, by: User, door: Door, summary: str
) -> Iterator[tuple[Operation, Codebook]]:
    """Do something to a codebook as an editor; yields the codebook as it is under the lock."""
    corpus = codebook.corpus
    with act(Act.CODEBOOK, corpus=corpus, by=by, summary=summary, door=door) as operation:
        _check_leads(corpus, by)
        yield operation, Codebook.objects.select_related("corpus").get(pk=codebook.pk)


def _check_leads(corpus: Corpus, by: User) -> None:
    if not corpus_allows(corpus, by, Role.EDITOR):
        raise CodebookRefusedError(f"Codebooks are changed by the editors of {corpus}.")


def _check_free(corpus: Corpus, name: str, but: int = 0) -> None:
    if Codebook.objects.filter(corpus=corpus, name=name).exclude(pk=but).exists():
        raise CodebookRefusedError(f"There is a codebook “{name}” in this corpus already.", "name")


def _named(text: str) -> str:
    name = normalise_line(text)
    if not name:
        raise CodebookRefusedError("A codebook needs a name.", "name")
    if len(name) > NAME_CHARACTERS:
        raise CodebookRefusedError(f"A name has {NAME_CHARACTERS} characters at most.", "name")
    return name


def _noted(text: str) -> str:
    words = text.strip()
    if len(words) > NOTE_CHARACTERS:
        raise CodebookRefusedError(f"A note has {NOTE_CHARACTERS:,} characters at most.", "note")
    return words


def _newest_main(corpus: Corpus) -> CodebookVersion | None:
    for row in _asked_for_main().ask(corpus.pk):
        return loaded(CodebookVersion, _READ, row)
    return None


# It is asked for with every tag: what it says was read before.
_READ = names_of(CodebookVersion, "content")


@cache
def _asked_for_main() -> Statement:
    published = CodebookVersion.objects.filter(
        codebook__corpus=stand_in(0), codebook__is_main=True, published_at__isnull=False
    )
    return Statement.of(published.order_by("-number").values_list(*_READ)[:1])


@transaction.atomic
def _made_main(corpus: Corpus) -> CodebookVersion:
    """Make the first codebook; of two who do so at once, the second takes the first one's.

    It is no part of what it is made for: whoever undoes the first tag leaves it to the others.
    """
    with outside():
        name = _free_name(corpus, MAIN_NAME)
        codebook, _ = Codebook.objects.get_or_create(
            corpus=corpus, is_main=True, defaults={"name": name}
        )
        version, _ = CodebookVersion.objects.get_or_create(
            codebook=codebook,
            number=1,
            defaults={"content": as_json(DEFAULT), "published_at": timezone.now()},
        )
    return version


def _free_name(corpus: Corpus, wanted: str) -> str:
    """Return a name that no other codebook of the corpus has: “Main codebook 2”."""
    taken = set(
        Codebook.objects.filter(corpus=corpus, is_main=False)
        .order_by()
        .values_list("name", flat=True)
    )
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted} {number}"
    return name
