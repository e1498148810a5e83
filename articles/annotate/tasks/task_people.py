"""Who has work in a task: more people, fewer, and what waits for whoever comes next."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.contrib.auth.models import User
from django.utils import timezone

from articles.annotate.tasks.dealing import (
    BATCH,
    fill,
    fresh,
    give,
    given_to,
    hold_shares,
    last_places,
    people_of,
    readers,
)
from articles.annotate.tasks.tasks import (
    MOST_ASSIGNMENTS,
    MOST_PEOPLE,
    TaskRefusedError,
    articles_counted,
    check_people,
    leading,
)
from articles.history.operations import done
from articles.models import (
    Assignment,
    AssignmentStatus,
    Door,
    Mention,
    MentionStatus,
    Operation,
    Sharing,
    Task,
    TaskItem,
)
from articles.models.lookups import any_id


class Heirs(Enum):
    """Who gets what someone who is taken out of a task leaves undone, if it is no one person."""

    OTHERS = "others"
    POOL = "pool"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What becomes of a person's share if they are taken out of a task.

    The ``done`` stay theirs. Of the rest ``begun`` were worked on, and ``fresh`` were not;
    ``others`` people stay.
    """

    person: User
    done: int
    begun: int
    fresh: int
    others: int

    @property
    def undone(self) -> int:
        return self.begun + self.fresh

    @property
    def known(self) -> int:
        """How many articles stay blind to them, if the work is."""
        return self.done + self.begun


def waiting(task: Task) -> int:
    """Return how many readings of a task nobody was given: those of who was taken out."""
    if task.sharing == Sharing.EVERYONE:
        return 0
    each = readers(task, len(people_of(task)))
    return sum(each - given for given in given_to(task).values() if given < each)


def leaving(task: Task, person: User) -> Leaving | None:
    """Return what becomes of someone's share if they go; None where they have no work in it."""
    mine = Assignment.objects.current().filter(task=task, user=person)
    total, finished = mine.count(), mine.filter(status=AssignmentStatus.DONE).count()
    if not total:
        return None
    not_begun = fresh(task).filter(user=person).count()
    others = len(set(people_of(task)) - {person.pk})
    return Leaving(person, finished, total - finished - not_begun, not_begun, others)


def add(task: Task, people: Sequence[User], *, by: User, door: Door) -> Operation | None:
    """Give work to more people, or again to some who were taken out. Raises TaskRefusedError.

    Where everyone gets every article, so do they. Elsewhere they get what waits for someone, and
    take over what others have not begun, from those who have the most, until all have about as
    much to do.
    """
    with leading(task, by, door) as (operation, known):
        hold_shares(known)
        there = set(people_of(known))
        new = [person for person in people if person.pk not in there]
        check_people(known.corpus, new, least=0)
        if len(there) + len(new) > MOST_PEOPLE:
            raise TaskRefusedError(f"A task is shared by {MOST_PEOPLE} people at most.", "people")
        mine = Assignment.objects.filter(task=known, user__in=new)
        mine.filter(status=AssignmentStatus.DONE).update(left_at=None)
        moved = 0
        if known.sharing == Sharing.EVERYONE:
            moved = sum(_give_all(known, person) for person in new)
        else:
            got = fill(known, [person.pk for person in new])
            for person in new:
                moved += got[person.pk] + _hand_over(known, person, got[person.pk])
        operation.size = len(new)
        names = ", ".join(person.get_username() for person in new)
        operation.summary = f"Gave {articles_counted(moved)} of the task “{known.name}” to {names}"
    return done(operation)


def take_out(
    task: Task, person: User, *, by: User, door: Door, to: User | Heirs = Heirs.OTHERS
) -> Operation | None:
    """Take someone out of a task. Raises TaskRefusedError.

    What they are done with stays theirs and counts as theirs. What they are not goes to the others
    in even shares, to one person, or waits in the pool; where everyone gets every article the
    others have it already. What they had begun of it is kept, stays blind to them, and is theirs
    again if they are put in again and it is still, or anew, to be read by someone.
    """
    with leading(task, by, door) as (operation, known):
        hold_shares(known)
        mine = list(Assignment.objects.current().filter(task=known, user=person))
        if not mine:
            raise TaskRefusedError(f"{person.get_username()} has no work in this task.", "person")
        _check_heir(known, person, to)
        undone = [row for row in mine if row.status != AssignmentStatus.DONE]
        items = [row.item_id for row in undone]
        _drop_suggestions(known, person, items)
        fresh(known).filter(user=person).delete()
        begun_or_done = Assignment.objects.current().filter(task=known, user=person)
        begun_or_done.update(left_at=timezone.now())
        operation.size = len(mine)
        stays = len(mine) - len(undone)
        verb = "stays" if stays == 1 else "stay"
        operation.summary = (
            f"Took {person.get_username()} out of the task “{known.name}”:"
            f" {articles_counted(stays)} done {verb} theirs{_passed_on(known, items, to)}"
        )
    return done(operation)


def _check_heir(task: Task, person: User, to: User | Heirs) -> None:
    if not isinstance(to, User):
        return
    if to.pk == person.pk:
        raise TaskRefusedError("Name someone else: this is who is taken out.", "to")
    if task.sharing == Sharing.EVERYONE:
        raise TaskRefusedError(
            "In this task everyone gets every article: there is nothing to hand over. Give"
            f" {to.get_username()} work in it instead.",
            "to",
        )
    check_people(task.corpus, [to], field="to")


def _passed_on(task: Task, items: Sequence[int], to: User | Heirs) -> str:
    """Give what is left undone to whom it is to go; return the words for it."""
    if not items or task.sharing == Sharing.EVERYONE:
        return ""
    if isinstance(to, User):
        # Also to someone who was taken out before: now they are in it again.
        theirs = Assignment.objects.filter(task=task, user=to)
        theirs.filter(status=AssignmentStatus.DONE).update(left_at=None)
        has = theirs.counted().filter(any_id("item_id", items))
        there = set(has.values_list("item", flat=True))
        got = give(task, [(item, to.pk) for item in items if item not in there])
        heir = to.get_username()
    else:
        people = people_of(task) if to is Heirs.OTHERS else []
        got, heir = fill(task, people, items).total(), "the others"
    told = f", {got:,} went to {heir}" if got else ""
    left = len(items) - got
    return told + (f", {left:,} wait for someone" if left else "")


def _drop_suggestions(task: Task, person: User, items: Sequence[int]) -> None:
    """Remove what was suggested in a share that nobody works on any more, and not looked at."""
    articles = TaskItem.objects.filter(any_id("id", items)).values("article")
    Mention.objects.filter(
        task=task, layer_of=person, status=MentionStatus.SUGGESTED, article__in=articles
    ).delete()


def _give_all(task: Task, person: User) -> int:
    items = TaskItem.objects.filter(task=task).order_by("position")
    has = Assignment.objects.counted().filter(task=task, user=person).values("item")
    lacks = list(items.exclude(pk__in=has).values_list("pk", flat=True))
    if Assignment.objects.counted().filter(task=task).count() + len(lacks) > MOST_ASSIGNMENTS:
        raise TaskRefusedError(f"A task has {MOST_ASSIGNMENTS:,} readings at most.", "people")
    return give(task, [(item, person.pk) for item in lacks])


def _hand_over(task: Task, person: User, got: int) -> int:
    """Give someone new, who ``got`` some already, what others have not begun; return how many."""
    free = list(fresh(task).order_by("user", "position"))
    free = [each for each in free if each.user_id != person.pk]
    mine = Assignment.objects.filter(task=task, user=person)
    has_already = set(mine.values_list("item_id", flat=True))
    by_person: dict[int, list[Assignment]] = defaultdict(list)
    for each in free:
        by_person[each.user_id].append(each)
    # An even share of what is left, and never more of it than someone keeps.
    share = (len(free) + got) // (len(by_person) + 1) - got if by_person else 0
    taken: list[Assignment] = []
    while len(taken) < share and any(by_person.values()):
        each = max(by_person.values(), key=len).pop()
        if each.item_id not in has_already:
            has_already.add(each.item_id)
            taken.append(each)
    taken.sort(key=lambda each: each.item_id)
    last = last_places(task, [person.pk]).get(person.pk, 0)
    for place, each in enumerate(taken, last + 1):
        each.user = person
        each.position = place
    Assignment.objects.bulk_update(taken, ["user", "position"], batch_size=BATCH)
    return len(taken)
