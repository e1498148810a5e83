"""Names looked for again, by themselves, where articles of a task were handed out."""

from django.contrib.auth.models import User

from articles.annotate.recognisers import registry
from articles.annotate.spreading.spreading import start
from articles.annotate.spreading.suggesting import IS_AGAIN, RECOGNISE
from articles.history.permission import standing_of
from articles.models import Door, Spread, SpreadStatus, Task

# So many of the last jobs of a task are looked through.
_LOOKED_AT = 100


def suggestions_again(task: Task, *, by: User, door: Door) -> Spread | None:
    """Return the job by which who got articles of a task since has names suggested like the others.

    By the recognisers that were asked last; None where none were, where what they found was taken
    back or they were called off, where a job waits to do so anyway, and where the task is closed or
    without suggestions. What people are done with is left alone. Raises NotAllowedError,
    SpreadRefusedError, RecogniserUnavailableError.
    """
    now = Task.objects.select_related("corpus").get(pk=task.pk)
    jobs = Spread.objects.filter(corpus=now.corpus, what=RECOGNISE, plan__task=now.pk)
    # The one that somebody asked for, and what was added to it by itself since.
    since = list(
        jobs.select_related("operation__corpus", "operation__by").order_by("-pk")[:_LOOKED_AT]
    )
    asked = next((job for job in since if not job.plan.get(IS_AGAIN)), None)
    if asked is None or not now.suggestions or now.closed_at is not None:
        return None
    if any(job.status == SpreadStatus.QUEUED for job in since):
        return None
    if any(_is_unwanted(job, by) for job in (asked, since[0])):
        return None
    names = list(asked.plan["recognisers"])
    for name in names:
        registry.recogniser(name, now.corpus)
    plan = {"recognisers": names, "query": "", "door": str(door), IS_AGAIN: True}
    return start(now.corpus, RECOGNISE, plan, by=by, task=now)


def _is_unwanted(job: Spread, by: User) -> bool:
    """Whether a job was called off, or what it made was taken back."""
    if job.status == SpreadStatus.CANCELLED:
        return True
    return job.operation is not None and standing_of(job.operation, by).undone_by is not None
