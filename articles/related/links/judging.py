"""What people say of links: so, not so, of another kind, from which side; and links they make.

Each is one operation and can be undone. What a person says is theirs: of two who disagree both are
kept, and the database derives the link's state from all that is said of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched

from django.contrib.auth.models import User
from django.utils import timezone

from articles.history.operations import act, done
from articles.models import (
    Act,
    Article,
    Direction,
    Door,
    Judgement,
    Link,
    LinkKind,
    LinkStatus,
    Operation,
    SaidDirection,
    Verdict,
)
from articles.models.lookups import any_id
from articles.related.links.link_rows import (
    NOTE_CHARACTERS,
    JudgingError,
    held,
    kind_of,
    made,
    note_of,
    say,
    supports,
    told,
    verdict_of,
)

__all__ = [
    "JUDGED_AT_ONCE",
    "NOTE_CHARACTERS",
    "Judged",
    "JudgingError",
    "Said",
    "change_kind",
    "judge",
    "judge_many",
    "make",
    "supports",
    "withdraw",
]

JUDGED_AT_ONCE = 20_000
_BATCH = 2_000
# What the database makes of judgements.
_DERIVED = ("status", "direction")
_OTHER_WAY: dict[str, str] = {
    Direction.FIRST: Direction.SECOND,
    Direction.SECOND: Direction.FIRST,
}


@dataclass(frozen=True, slots=True)
class Said:
    """A link as it is now, and what was done for it; ``operation`` is None if nothing had to be."""

    link: Link
    operation: Operation | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one link of many: ``changed``, ``unchanged`` or ``refused`` with why."""

    link: Link
    what: str
    why: str = ""


def judge(
    link: Link,
    verdict: str,
    *,
    by: User | None,
    door: Door,
    note: str | None = None,
    direction: str | None = None,
) -> Operation | None:
    """Say that a link is so (``confirmed``) or not (``rejected``), from which side and why.

    What is None stays as the person said it before. A direction that the evidence does not support
    needs a note that says why, see :func:`supports`. None if they said just so before. ``link`` is
    brought up to date. Raises JudgingError.
    """
    with act(Act.LINK, corpus=link.corpus, by=by, summary="", door=door) as operation:
        [row] = held([link])
        changed = say(row, verdict, by=by, note=note, direction=direction)
        operation.size = int(changed)
        operation.summary = told(row, Verdict(verdict).label.lower())
    link.refresh_from_db(fields=_DERIVED)
    return done(operation)


def withdraw(link: Link, *, by: User | None, door: Door) -> Operation | None:
    """Take back what ``by`` said of a link; None if they said nothing. Raises JudgingError."""
    with act(Act.LINK, corpus=link.corpus, by=by, summary="", door=door) as operation:
        [row] = held([link])
        operation.size = int(bool(row.judgements.filter(by=by).delete()[0]))
        operation.summary = told(row, "judgement taken back")
    link.refresh_from_db(fields=_DERIVED)
    return done(operation)


def change_kind(
    link: Link, kind: str, *, by: User | None, door: Door, note: str | None = None
) -> Said:
    """Say that two are related in another way: rejects the one link, confirms the other.

    What was said of direction goes along where it makes sense. Raises JudgingError.
    """
    wanted = kind_of(kind)
    if wanted == link.kind:
        raise JudgingError("It is of this kind already.", "kind")
    with act(Act.LINK, corpus=link.corpus, by=by, summary="", door=door) as operation:
        [row] = held([link])
        mine = row.judgements.filter(by=by).first()
        direction = mine.direction if mine else SaidDirection.UNSAID
        if LinkKind(row.kind).is_of_text != wanted.is_of_text:
            # One that is from a text is no follow-up of it by the same word.
            direction = SaidDirection.UNSAID
        said = note if note is not None else (mine.note if mine else "")
        other = made(row.first, row.second, wanted)
        if not (said or supports(other, direction)):
            direction = SaidDirection.UNSAID
        changed = say(row, Verdict.REJECTED, by=by, note=said, direction=None)
        changed |= say(other, Verdict.CONFIRMED, by=by, note=said, direction=direction)
        operation.size = int(changed)
        was = LinkKind(row.kind).label.lower()
        operation.summary = told(other, f"confirmed, not {was}")
    link.refresh_from_db(fields=_DERIVED)
    other.refresh_from_db(fields=_DERIVED)
    return Said(other, done(operation))


def make(
    first: Article,
    second: Article,
    kind: str,
    *,
    by: User | None,
    door: Door,
    direction: str = "",
    note: str = "",
) -> Said:
    """Link two articles of one corpus, and confirm it; ``direction`` is of the two as named here.

    The same as confirming it where such a link is known. Raises JudgingError.
    """
    wanted = kind_of(kind)
    if first.pk == second.pk:
        raise JudgingError("This is the same article. Choose another.", "article")
    if first.corpus_id != second.corpus_id:
        raise JudgingError("The two are of different corpora; a link lives within one.", "article")
    if not (first.standing and second.standing):
        raise JudgingError("One of the two stands no more: it was joined to another.", "article")
    if first.pk > second.pk:
        first, second = second, first
        direction = _OTHER_WAY.get(direction, direction)
    with act(Act.LINK, corpus=first.corpus, by=by, summary="", door=door) as operation:
        link = made(first, second, wanted)
        said = direction or None
        changed = say(link, Verdict.CONFIRMED, by=by, note=note or None, direction=said)
        operation.size = int(changed)
        operation.summary = told(link, Verdict.CONFIRMED.label.lower())
    link.refresh_from_db(fields=_DERIVED)
    return Said(link, done(operation))


def judge_many(
    links: Iterable[Link],
    verdict: str,
    *,
    by: User | None,
    door: Door,
    note: str | None = None,
    only_open: bool = False,
) -> tuple[Operation | None, list[Judged]]:
    """Say the same of many links of one corpus, as one operation: what became of each, in order.

    With ``only_open`` what somebody judged meanwhile is left alone. Raises JudgingError.
    """
    wanted = list({link.pk: link for link in links}.values())
    said = verdict_of(verdict)
    text = note_of(note)
    if not wanted:
        return None, []
    if len(wanted) > JUDGED_AT_ONCE:
        raise JudgingError(f"At most {JUDGED_AT_ONCE:,} links are judged at once.")
    if len({link.corpus_id for link in wanted}) > 1:
        raise JudgingError("Links of several corpora can’t be judged at once.")
    with act(Act.LINK, corpus=wanted[0].corpus, by=by, summary="", door=door) as operation:
        became: dict[int, Judged] = {}
        for some in batched(sorted(wanted, key=lambda link: link.pk), _BATCH, strict=False):
            became |= _say_of(some, said, by=by, note=text, only_open=only_open)
        operation.size = sum(each.what == "changed" for each in became.values())
        operation.summary = f"{operation.size:,} links {said.label.lower()}"
        if operation.size == 1:
            [one] = [each.link for each in became.values() if each.what == "changed"]
            operation.summary = told(one, said.label.lower())
    return done(operation), [became[link.pk] for link in wanted]


def _say_of(
    links: Sequence[Link], verdict: Verdict, *, by: User | None, note: str | None, only_open: bool
) -> dict[int, Judged]:
    """Say the same of links, and return what became of each by id."""
    there = {link.pk: link for link in held(links, strict=False)}
    mine = {
        each.link_id: each
        for each in Judgement.objects.filter(any_id("link_id", there), by=by).order_by("pk")
    }
    became: dict[int, Judged] = {}
    new: list[Judgement] = []
    other: list[Judgement] = []
    for link in links:
        now, said = there.get(link.pk), mine.get(link.pk)
        if now is None:
            became[link.pk] = Judged(link, "refused", "One of the two articles stands no more.")
        elif only_open and now.status != LinkStatus.SUGGESTED:
            became[link.pk] = Judged(link, "unchanged", "It was judged meanwhile.")
        elif said is not None and said.verdict == verdict and note in (None, said.note):
            became[link.pk] = Judged(link, "unchanged")
        else:
            known = said or Judgement(corpus_id=link.corpus_id, link=link, by=by)
            known.verdict, known.at = verdict, timezone.now()
            known.note = known.note if note is None else note
            if verdict is Verdict.REJECTED:
                known.direction = SaidDirection.UNSAID
            (other if said else new).append(known)
            became[link.pk] = Judged(link, "changed")
    Judgement.objects.bulk_create(new)
    Judgement.objects.bulk_update(other, ["verdict", "note", "direction", "at"])
    return became
