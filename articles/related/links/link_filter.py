"""Which links are asked for: the same of lists, of the API and of exports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.models import Corpus, Judgement, LinkStatus, Verdict
from articles.models.corpora import Visitor
from articles.models.links import HELD, LinkQuerySet
from articles.models.lookups import any_id

# Of statuses, all that count: what is suggested, confirmed or both confirmed and rejected.
HELD_STATUS = "held"
# A link that is accepted is called confirmed wherever people read of it, so it may be asked for so.
CONFIRMED = Verdict.CONFIRMED.value
STATUSES = (
    *(each for each in LinkStatus if each is not LinkStatus.WITHDRAWN),
    HELD_STATUS,
    CONFIRMED,
)
NOBODY = "-"


def status_meant(word: str) -> str:
    """Return a status by the word that it was asked for by."""
    return LinkStatus.ACCEPTED.value if word == CONFIRMED else word


def judges(user: Visitor) -> QuerySet[User]:
    """Return those who judged links in corpora of which ``user`` is a member, by name."""
    corpora = list(Corpus.objects.with_members(user).order_by().values_list("pk", flat=True))
    theirs = Judgement.objects.filter(any_id("corpus_id", corpora), by=OuterRef("pk"))
    found: QuerySet[User] = User.objects.filter(Exists(theirs)).order_by("username")
    return found


def may_be_asked_for(name: str, user: Visitor) -> bool:
    """Whether ``user`` may ask what one of this name judged: a judge, a fellow member, oneself."""
    if name in {NOBODY, user.get_username()}:
        return True
    fellows = User.objects.filter(memberships__corpus__in=Corpus.objects.with_members(user))
    named = Q(username=name)
    return judges(user).filter(named).exists() or fellows.filter(named).exists()


@dataclass(frozen=True, slots=True)
class LinkFilter:
    """What of links is wanted; nothing said is all of them, but for what was withdrawn.

    ``article``: on either side; ``among``: on both sides; ``judged_by``: a username, or NOBODY;
    ``since``: made, found or judged since.
    """

    corpus: int | None = None
    article: int | None = None
    among: Sequence[int] | None = None
    kind: str = ""
    status: str = ""
    score_min: float | None = None
    since: datetime | None = None
    judged_by: str = ""

    def of(self, rows: LinkQuerySet, user: Visitor | None) -> LinkQuerySet:
        """Return those of ``rows`` that are wanted; who judged is asked by members alone.

        ``user`` is None for what a command does, which may ask anything.
        """
        rows = rows.exclude(status=LinkStatus.WITHDRAWN)
        if self.corpus is not None:
            rows = rows.filter(corpus=self.corpus)
        if self.article is not None:
            rows = rows.of([self.article])
        if self.among is not None:
            rows = rows.filter(any_id("first_id", self.among), any_id("second_id", self.among))
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.status:
            status = status_meant(self.status)
            rows = rows.filter(status__in=HELD if status == HELD_STATUS else [status])
        if self.score_min is not None:
            rows = rows.filter(score__gte=self.score_min)
        if self.since is not None:
            judged = Exists(Judgement.objects.filter(link=OuterRef("pk"), at__gte=self.since))
            rows = rows.filter(Q(made_at__gte=self.since) | Q(found_at__gte=self.since) | judged)
        return self._judged(rows, user)

    def _judged(self, rows: LinkQuerySet, user: Visitor | None) -> LinkQuerySet:
        if not self.judged_by:
            return rows
        if self.judged_by == NOBODY:
            return rows.filter(~Exists(Judgement.objects.filter(link=OuterRef("pk"))))
        theirs = Judgement.objects.filter(link=OuterRef("pk"), by__username=self.judged_by)
        rows = rows.filter(Exists(theirs))
        if user is None:
            return rows
        return rows.filter(corpus__in=Corpus.objects.with_members(user).values("pk"))
