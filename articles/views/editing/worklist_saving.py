"""What is said of an article in the work list: fields filled in, or that there is no fault."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest

from articles.curation import fields
from articles.curation.fields import CorrectionRefusedError, StaleError
from articles.curation.standing_values import values_of
from articles.curation.values import BadValueError
from articles.models import Article, CorrectedField, Door, Operation
from articles.parsed import Flag
from articles.views.editing import editing_form
from articles.views.parameters import ParameterError

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(slots=True)
class Attempt:
    """What stands in the form; with errors or a notice, what could not be saved and why."""

    typed: editing_form.Typed
    errors: Mapping[CorrectedField, str] = field(default_factory=dict)
    notice: str = ""
    status: int = 200

    @property
    def is_stale(self) -> bool:
        """Whether someone else changed the article meanwhile."""
        return self.status == 409


def no_fault(request: HttpRequest, article: Article) -> Operation | None:
    """Say of flags that they are no fault: of one, or of all that were shown."""
    said = request.POST["no_fault"]
    flags = request.POST.getlist("shown") if said == "all" else [said]
    if not flags or any(flag not in set(Flag) for flag in flags):
        raise ParameterError("no_fault", f"There is no such flag. There are: {', '.join(Flag)}.")
    by = cast("User", request.user)
    return fields.look_at([article.pk], flags, by=by, door=Door.PAGE)


def save(request: HttpRequest, article: Article) -> Operation | Attempt | None:
    """Correct what was filled in; return what stays in the form if it can't be."""
    typed = editing_form.read(request.POST)
    try:
        changes = _changes(request, article, typed)
        if not changes:
            notice = "Nothing was filled in. Say that there is no fault, or skip."
            return Attempt(typed, notice=notice, status=400)
        return fields.correct(
            [article.pk],
            changes,
            by=cast("User", request.user),
            door=Door.PAGE,
            expected_state=request.POST.get("state", ""),
        )
    except BadValueError as fault:
        return Attempt(typed, {fault.field: fault.sentence}, status=400)
    except (StaleError, CorrectionRefusedError) as fault:
        return Attempt(typed, notice=str(fault), status=409)


def _changes(
    request: HttpRequest, article: Article, typed: editing_form.Typed
) -> dict[CorrectedField, Any]:
    """Return the fields of the form that was sent which say something else than before.

    The article's flags, and so the fields that the page would show now, may be others.
    """
    if request.POST.get("state", "") != fields.state_of(article):
        raise StaleError(
            "Someone changed this article since you opened it. Look at what it says now."
        )
    shown = editing_form.written(values_of(article), {})
    sent = [
        name
        for name, parts in editing_form.PARTS.items()
        if parts and all(part in request.POST for part in parts)
    ]
    return {
        name: editing_form.value_of(name, typed)
        for name in sent
        if typed.of(name) != shown.of(name)
    }
