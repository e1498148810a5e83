"""How far the people of a task agree: its numbers in tables, and the same as a file."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.annotate.agreement import agreeing
from articles.annotate.agreement.agreeing import Agreement
from articles.annotate.agreement.agreement import Compared, Number, Scheme
from articles.annotate.agreement.side_by_side import StillBlindError, see_to_sight
from articles.annotate.tasks import tasks
from articles.cells import neutral
from articles.models import Task
from articles.views.keeping.keeping import answering, known_only, person
from articles.views.parameters import ParameterError
from articles.views.tasks.agreement_places import ABOUT, examples_page
from articles.views.tasks.tasks import readable


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as it is shown, its bar from 0 to 1, and the query of what is behind it."""

    number: Number
    query: str = ""

    @property
    def bar(self) -> float:
        """How long its bar is: what is below chance has none."""
        return max(0.0, min(1.0, self.number.value or 0.0))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: what it is of, facts about it, and its numbers."""

    name: str
    cells: Sequence[Cell]
    facts: Sequence[int | str] = ()
    about: str = ""
    colour: int | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of the page."""

    overall: Sequence[Row]
    pairs: Sequence[Row]
    kinds: Sequence[Row]
    codes: Sequence[Row]


def led(request: HttpRequest, pk: int) -> Task:
    """Return a task that one leads and may see the others' work of; raise Http404, 403."""
    task = readable(request, pk)
    if not tasks.leads(task, person(request)):
        raise PermissionDenied(
            f"The work on this task is compared by the editors of {task.corpus}."
        )
    try:
        see_to_sight(task, person(request))
    except StillBlindError as fault:
        raise PermissionDenied(str(fault)) from fault
    return task


@never_cache
@login_required
@require_safe
@answering
def task_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the people of a task agree; with ``of`` the places behind a number."""
    known_only(request, "of", "pair", "kind", "code", "value", "page")
    task = led(request, pk)
    if request.GET.get("of") or request.GET.get("code"):
        return examples_page(request, task)
    if len(request.GET):
        raise ParameterError(next(iter(request.GET)), "This goes with of or code.")
    found = agreeing.agreement(task)
    context = {
        "section": "tasks",
        "task": task,
        "found": found,
        "tables": tables(found),
        "most": agreeing.MOST_ITEMS,
    }
    return render(request, "agreement/detail.html", context)


@never_cache
@login_required
@require_safe
@answering
def task_agreement_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the numbers as CSV."""
    known_only(request)
    task = led(request, pk)
    out = StringIO()
    writer = csv.writer(out)
    for row in as_rows(agreeing.agreement(task)):
        *words, value, agreed, counted, why = row
        # A number below 0 is no formula.
        writer.writerow([*map(neutral, words), value, agreed, counted, why])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="agreement-{task.pk}.csv"'
    return response


def tables(found: Agreement) -> Tables:
    """Return the tables of a task's agreement."""
    return Tables(
        overall=[
            *(
                Row(ABOUT[measure][0], [Cell(number, _query(of=measure))], about=ABOUT[measure][1])
                for measure, number in _numbers(found.spans)
            ),
            Row(
                ABOUT["words"][0], [Cell(found.kappa, _query(of="strict"))], about=ABOUT["words"][1]
            ),
        ],
        pairs=[
            Row(
                f"{pair.first.get_username()} and {pair.second.get_username()}",
                [
                    *(Cell(n, _query(of=m, pair=pair.key)) for m, n in _numbers(pair.spans)),
                    Cell(pair.kappa, _query(of="strict", pair=pair.key)),
                ],
                [pair.articles],
            )
            for pair in found.pairs
        ],
        kinds=[
            Row(
                each.kind.name,
                [
                    *(
                        Cell(each.spans.f1(m), _query(of=m.value, kind=each.kind.slug))
                        for m in (Scheme.STRICT, Scheme.PARTIAL)
                    ),
                    Cell(each.spans.entities, _query(of="entities", kind=each.kind.slug)),
                    Cell(each.kappa, _query(of="strict", kind=each.kind.slug)),
                ],
                [each.tags],
                colour=each.kind.colour,
            )
            for each in found.kinds
        ],
        codes=[
            Row(
                f"{each.code.name}: {each.value}" if each.value else each.code.name,
                [Cell(each.alpha, _query(code=each.code.slug, value=each.value))],
                [each.level, each.alpha.of],
            )
            for each in found.codes
        ],
    )


def as_rows(found: Agreement) -> Iterator[Sequence[str]]:
    """Yield the numbers as rows of a table: what of, whose, which measure, and what it is."""
    yield "of", "people", "kind or code", "measure", "value", "agreed", "counted", "why not"
    for measure, number in (*_numbers(found.spans), ("fleiss kappa", found.kappa)):
        yield _told("all", "", "", measure, number)
    for pair in found.pairs:
        names = f"{pair.first.get_username()} and {pair.second.get_username()}"
        for measure, number in (*_numbers(pair.spans), ("cohen kappa", pair.kappa)):
            yield _told("pair", names, "", measure, number)
        for kind, spans in sorted(pair.kinds.items()):
            for scheme in (Scheme.STRICT, Scheme.PARTIAL):
                yield _told("pair and kind", names, kind, scheme.value, spans.f1(scheme))
    for each in found.kinds:
        for scheme in (Scheme.STRICT, Scheme.PARTIAL):
            yield _told("kind", "", each.kind.slug, scheme.value, each.spans.f1(scheme))
        yield _told("kind", "", each.kind.slug, "entities", each.spans.entities)
        yield _told("kind", "", each.kind.slug, "fleiss kappa", each.kappa)
    for code in found.codes:
        name = f"{code.code.slug}: {code.value}" if code.value else code.code.slug
        yield _told("code", "", name, f"alpha {code.level}".strip(), code.alpha)


def _numbers(spans: Compared) -> list[tuple[str, Number]]:
    schemes: list[tuple[str, Number]] = [(each.value, spans.f1(each)) for each in Scheme]
    return [*schemes, ("kinds", spans.kinds), ("entities", spans.entities)]


def _told(of: str, people: str, kind: str, measure: str, number: Number) -> Sequence[str]:
    value = "" if number.value is None else f"{number.value:.6f}"
    agreed = "" if number.agreed is None else str(number.agreed)
    return of, people, kind, measure, value, agreed, str(number.of), number.why


def _query(**given: str) -> str:
    return urlencode({name: value for name, value in given.items() if value})
