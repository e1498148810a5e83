"""Links and what is said of them, row by row, within an act (``judging``)."""

from collections.abc import Iterable

from django.contrib.auth.models import User

from articles.models import (
    Article,
    Direction,
    Judgement,
    Link,
    LinkKind,
    LinkStatus,
    SaidDirection,
    Verdict,
)
from articles.models.lookups import any_id
from articles.text import normalise

NOTE_CHARACTERS = 10_000
# What neither is from the other by its nature.
WITHOUT_DIRECTION = frozenset({LinkKind.SAME_EVENT})
_OF_TEXT = tuple(kind for kind in LinkKind if kind.is_of_text)
# What is known of two texts, whatever kind it makes of them.
_SHARED = ("evidence", "found_direction", "first_version", "second_version", "found_at")
_SHORT = 80


class JudgingError(Exception):
    """Why something can't be said of a link; a sentence for the one who said it.

    ``field`` is what of their words is at fault: verdict, kind, direction, note, article.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def supports(link: Link, direction: str) -> bool:
    """Whether what is known of a link supports that one of its articles is from the other.

    Of kinds of text byline, credit, dateline or time must say so: that one text lacks what the
    other has is no sign of which was first. Of the others the later one follows, corrects or
    disputes the earlier; where days do not say which is later, a person may.
    """
    if link.kind in WITHOUT_DIRECTION:
        return False
    if LinkKind(link.kind).is_of_text:
        return direction == link.found_direction
    days = [article.published_date for article in (link.first, link.second)]
    if days[0] is None or days[1] is None or days[0] == days[1]:
        return True
    return direction == (Direction.FIRST if days[0] > days[1] else Direction.SECOND)


def say(
    link: Link, verdict: str, *, by: User | None, note: str | None, direction: str | None
) -> bool:
    """Say something of a link that is held; return whether it is something new."""
    said = verdict_of(verdict)
    mine = link.judgements.filter(by=by).first()
    known = mine or Judgement(corpus_id=link.corpus_id, link=link, by=by)
    before = (known.verdict, known.direction, known.note) if mine else None
    known.verdict = said
    text = note_of(note)
    known.note = known.note if text is None else text
    if direction is not None:
        known.direction = _direction(link, said, direction, known.note)
    elif said is Verdict.REJECTED:
        known.direction = SaidDirection.UNSAID
    if (known.verdict, known.direction, known.note) == before:
        return False
    known.save()
    return True


def held(links: Iterable[Link], *, strict: bool = True) -> list[Link]:
    """Return links between articles that stand as they are now, held until the transaction ends.

    In order, so that two who judge many wait for each other and no more. Raises JudgingError if
    it is ``strict`` and one is missing.
    """
    ids = {link.pk for link in links}
    rows = Link.objects.filter(any_id("id", ids), first__standing=True, second__standing=True)
    found = rows.select_related("first", "second", "corpus").select_for_update(of=("self",))
    there = list(found.order_by("pk"))
    if strict and len(there) < len(ids):
        raise JudgingError("One of the two articles stands no more: it was joined to another.")
    return there


def made(first: Article, second: Article, kind: LinkKind) -> Link:
    """Return the link of two articles (in order) and a kind, held; made if there is none.

    The passages that two texts share are evidence for each kind of text: they are taken over from
    a link of another such kind.
    """
    known: dict[str, object] = {"corpus_id": first.corpus_id, "suggested": False}
    known["status"] = LinkStatus.WITHDRAWN
    if kind.is_of_text:
        texts = Link.objects.filter(first=first, second=second, kind__in=_OF_TEXT)
        like = texts.exclude(evidence={}).order_by("pk").first()
        if like is not None:
            known |= {name: getattr(like, name) for name in _SHARED}
            known["direction"] = like.found_direction
    row, _ = Link.objects.get_or_create(first=first, second=second, kind=kind, defaults=known)
    return held([row])[0]


def _direction(link: Link, verdict: Verdict, direction: str, note: str) -> str:
    """Return what is said of direction, if it can be said. Raises JudgingError."""
    if direction not in SaidDirection.values:
        raise JudgingError("A direction is first, second or none.", "direction")
    if direction not in (Direction.FIRST, Direction.SECOND):
        return direction
    if verdict is not Verdict.CONFIRMED:
        raise JudgingError("What is rejected has no direction.", "direction")
    if link.kind in WITHOUT_DIRECTION:
        raise JudgingError("Two reports of one event have no direction.", "direction")
    if not supports(link, direction) and not note.strip():
        raise JudgingError(
            "Neither byline, credit, dateline nor time says this. Say in the note how you know.",
            "direction",
        )
    return direction


def kind_of(kind: str) -> LinkKind:
    if kind not in LinkKind.values:
        raise JudgingError(f"A kind is one of {', '.join(LinkKind.values)}.", "kind")
    return LinkKind(kind)


def verdict_of(verdict: str) -> Verdict:
    if verdict not in Verdict.values:
        raise JudgingError(f"A verdict is one of {', '.join(Verdict.values)}.", "verdict")
    return Verdict(verdict)


def note_of(note: str | None) -> str | None:
    if note is None:
        return None
    text = normalise(note).strip()
    if len(text) > NOTE_CHARACTERS:
        raise JudgingError(f"A note has at most {NOTE_CHARACTERS:,} characters.", "note")
    return text


def told(link: Link, what: str) -> str:
    first, second = (
        _short(article.headline or "Untitled") for article in (link.first, link.second)
    )
    return f"“{first}” and “{second}”: {LinkKind(link.kind).label.lower()} {what}"


def _short(headline: str) -> str:
    return headline if len(headline) <= _SHORT else f"{headline[: _SHORT - 1].rstrip()}…"
