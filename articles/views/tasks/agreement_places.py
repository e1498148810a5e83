"""The places behind a number of a task's agreement: who tagged what, with the words around."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.annotate.agreement import agreeing
from articles.annotate.agreement.agreeing import MEASURES, CodeExample, Example
from articles.annotate.agreement.pairing import Span
from articles.annotate.agreement.side_by_side import Sides
from articles.annotate.codebooks.codebook import Content
from articles.annotate.tags.rules import rules_of
from articles.models import Task
from articles.views.parameters import ParameterError, read_number, read_text
from articles.views.tagging.margin import kind_of

SHOWN = 50
# How much stands on either side of a place, and of a long one how much of itself, in code points.
_AROUND, _QUOTED = 50, 240

# Of each measure: its name, what it says in a sentence, and where examples of it are found.
ABOUT = {
    "strict": (
        "Same words, same kind",
        "F1: of all tags that were given, those that the other gave too.",
    ),
    "exact": ("Same words", "F1 whatever the kind: do people begin and end at the same words?"),
    "partial": (
        "Words in common",
        "F1 where tags that overlap count half: do people see the same?",
    ),
    "kind": ("Kind of what overlaps", "F1 of tags of one kind that have words in common."),
    "kinds": ("Kind of the same words", "Of words that both tagged, the share of the same kind."),
    "entities": ("Who is meant", "Of the same words and kind, the share that names the same one."),
    "words": (
        "Word by word, beyond chance",
        "Fleiss’ κ: 1 is full agreement, 0 what chance gives.",
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A place as one person tagged it, with what stands around it; no quote where they did not."""

    who: str
    left: str
    quote: str
    right: str
    kind: str = ""
    colour: int = 0
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place where two people differ, in an article."""

    sides: Sides
    lines: Sequence[Line]
    said: Sequence[tuple[str, str]] = ()


def examples_page(request: HttpRequest, task: Task) -> HttpResponse:
    """Show the places behind a number that differ, page by page. Raises ParameterError."""
    content = rules_of(task.codebook_version)
    code, measure = read_text(request, "code"), read_text(request, "of")
    number = max(read_number(request, "page") or 1, 1)
    first = (number - 1) * SHOWN
    places: list[Place]
    if code:
        kind_of_code = content.code(code)
        if kind_of_code is None:
            raise ParameterError("code", "The codebook of this task has no such code.")
        value = read_text(request, "value")
        title = f"{kind_of_code.name}: {value}" if value else kind_of_code.name
        said = agreeing.code_examples(task, code, value)
        places = [_said(each) for each in islice(said, first, first + SHOWN + 1)]
    else:
        if measure not in MEASURES:
            raise ParameterError("of", f"One of these: {', '.join(MEASURES)}.")
        title = ABOUT[measure][0]
        found = agreeing.examples(
            task, measure, pair=_pair(request), kind=read_text(request, "kind")
        )
        places = [_place(each, content) for each in islice(found, first, first + SHOWN + 1)]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "section": "tasks",
        "task": task,
        "title": title,
        "about": ABOUT[measure][1] if measure else "",
        "of_kind": kind_of(content, kind) if (kind := read_text(request, "kind")) else None,
        "places": places[:SHOWN],
        "from": first + 1,
        "before": f"{query.urlencode()}&page={number - 1}" if number > 1 else "",
        "after": f"{query.urlencode()}&page={number + 1}" if len(places) > SHOWN else "",
    }
    return render(request, "agreement/examples.html", context)


def _pair(request: HttpRequest) -> tuple[int, int] | None:
    text = read_text(request, "pair")
    if not text:
        return None
    one, _, other = text.partition("-")
    if not (one.isascii() and one.isdigit() and other.isascii() and other.isdigit()):
        raise ParameterError("pair", "This must be the ids of two people, as 3-5.")
    return int(one), int(other)


def _said(example: CodeExample) -> Place:
    said = [(who.get_username(), ", ".join(values)) for who, values in example.said]
    return Place(example.sides, (), said)


def _place(example: Example, content: Content) -> Place:
    difference = example.difference
    both = ((example.first, difference.first), (example.second, difference.second))
    around = difference.place
    lines = [
        _line(example.sides, who.get_username(), who.pk, span, around, content)
        for who, span in both
    ]
    return Place(example.sides, lines)


def _line(
    sides: Sides, who: str, user: int, span: Span | None, around: tuple[int, int], content: Content
) -> Line:
    text = sides.item.version.text
    low, high = max(0, around[0] - _AROUND), around[1] + _AROUND
    if span is None:
        return Line(who, "", "", _short(text[low:high]))
    kind = kind_of(content, span.kind)
    side = sides.of(user)
    tags = side.tags if side else []
    name = next((tag.entity_name for tag in tags if tag.span.id == span.id), "")
    return Line(
        who,
        text[low : span.start],
        _short(text[span.start : span.end]),
        text[span.end : high],
        kind.name,
        kind.colour,
        name,
    )


def _short(words: str) -> str:
    if len(words) <= _QUOTED:
        return words
    return f"{words[: _QUOTED // 2]} … {words[-_QUOTED // 2 :]}"
