"""How far the people of a task agree: the numbers, and the places behind each of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched, combinations

from django.contrib.auth.models import User

from articles.annotate.agreement.agreement import (
    Compared,
    Difference,
    Number,
    Scheme,
    compared,
    differences,
)
from articles.annotate.agreement.chance import Labels, alpha, cohen, fleiss, labels_of, of_kind
from articles.annotate.agreement.pairing import Span
from articles.annotate.agreement.side_by_side import Side, Sides, overlapping, read
from articles.annotate.codebooks.codebook import CodeKind, CodeType, Content, Kind
from articles.annotate.tags.rules import rules_of
from articles.models import Task
from articles.search.language.words import words_in

# Beyond it the first ones stand for all, and the page says so.
MOST_ITEMS = 2_000
_AT_ONCE = 200
# What an example can be of, beside the ways to count spans.
MEASURES = (*(each.value for each in Scheme), "kinds", "entities")


@dataclass(slots=True)
class Between:
    """How far two people agree; in ``kinds`` each kind by itself, by its word."""

    first: User
    second: User
    articles: int = 0
    spans: Compared = field(default_factory=Compared)
    kinds: dict[str, Compared] = field(default_factory=lambda: defaultdict(Compared))
    words: Counter[tuple[Labels, ...]] = field(default_factory=Counter)

    @property
    def kappa(self) -> Number:
        """Cohen's kappa on words."""
        return cohen({(one, other): count for (one, other), count in self.words.items()})

    @property
    def key(self) -> str:
        """The pair as an address names it."""
        return f"{self.first.pk}-{self.second.pk}"


@dataclass(frozen=True, slots=True)
class OfKind:
    """How far people agree on one kind; ``tags`` are all that were given, by whomever."""

    kind: Kind
    tags: int
    spans: Compared
    kappa: Number


@dataclass(frozen=True, slots=True)
class OfCode:
    """How far people agree on a code of whole articles, or on one value of it."""

    code: CodeKind
    value: str
    level: str
    alpha: Number


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the people of a task agree, over the articles that several are done with.

    ``total`` are all articles of the task, ``overlap`` those that several are done with, of which
    ``read`` were counted. ``suggested`` are tags that began as a suggestion, of ``tags``. Of the
    ``readings`` that were compared, suggestions were shown in ``showed_suggestions``; ``seen`` of
    the articles were finished by someone after blind work was opened.
    """

    task: Task
    total: int
    overlap: int
    read: int
    tags: int
    suggested: int
    readings: int
    showed_suggestions: int
    seen: int
    spans: Compared
    kappa: Number
    pairs: Sequence[Between]
    kinds: Sequence[OfKind]
    codes: Sequence[OfCode]


def agreement(task: Task) -> Agreement:
    """Count how far the people of a task agree. The caller has seen to it who may know."""
    items = overlapping(task)
    content = rules_of(task.codebook_version)
    pairs: dict[tuple[int, int], Between] = {}
    words: Counter[tuple[Labels, ...]] = Counter()
    given: Counter[str] = Counter()
    suggested = 0
    coded: list[Sides] = []
    for sides in _read(task, items[:MOST_ITEMS]):
        labels = _labels(sides)
        words.update(map(_sorted, zip(*labels, strict=True)))
        for side in sides.sides:
            given.update(tag.span.kind for tag in side.tags)
            suggested += sum(tag.is_suggested for tag in side.tags)
        for one, other in combinations(range(len(sides.sides)), 2):
            first, second = sides.sides[one], sides.sides[other]
            key = first.person.pk, second.person.pk
            between = pairs.setdefault(key, Between(first.person, second.person))
            between.words.update(zip(labels[one], labels[other], strict=True))
            _add(between, first, second)
        sides.item.version.text = ""
        coded.append(sides)
    every = Compared()
    for between in pairs.values():
        every += between.spans
    return Agreement(
        task=task,
        total=task.items.count(),
        overlap=len(items),
        read=len(coded),
        tags=given.total(),
        suggested=suggested,
        readings=sum(len(sides.sides) for sides in coded),
        showed_suggestions=sum(side.showed_suggestions for each in coded for side in each.sides),
        seen=sum(_is_seen(task, sides) for sides in coded),
        spans=every,
        kappa=fleiss(words),
        pairs=sorted(pairs.values(), key=lambda it: (it.first.username, it.second.username)),
        kinds=_kinds(content, given, list(pairs.values()), words),
        codes=_codes(content, coded),
    )


def _read(task: Task, items: Sequence[int]) -> Iterator[Sides]:
    for some in batched(items, _AT_ONCE, strict=False):
        yield from read(task, some, with_text=True)


def _is_seen(task: Task, sides: Sides) -> bool:
    """Whether someone was done with an article when they could see what others tagged in it."""
    until = task.blind_until
    return until is not None and any(
        side.done_at is not None and side.done_at >= until for side in sides.sides
    )


def _labels(sides: Sides) -> list[list[Labels]]:
    """Return for each person the kinds that they put on each word of an article."""
    words = [match.span() for match in words_in(sides.item.version.text)]
    return [labels_of(words, side.spans) for side in sides.sides]


def _sorted(answers: tuple[Labels, ...]) -> tuple[Labels, ...]:
    return tuple(sorted(answers))


def _add(between: Between, first: Side, second: Side) -> None:
    between.articles += 1
    between.spans += compared(first.spans, second.spans)
    for kind in {span.kind for span in (*first.spans, *second.spans)}:
        between.kinds[kind] += compared(
            [span for span in first.spans if span.kind == kind],
            [span for span in second.spans if span.kind == kind],
        )


def _kinds(
    content: Content,
    given: Mapping[str, int],
    pairs: Sequence[Between],
    words: Mapping[tuple[Labels, ...], int],
) -> list[OfKind]:
    found = []
    others = sorted(slug for slug in given if content.kind(slug) is None)
    for kind in (*content.kinds, *(Kind(slug=slug, name=slug) for slug in others)):
        if not given.get(kind.slug):
            continue
        spans = Compared()
        for between in pairs:
            if kind.slug in between.kinds:
                spans += between.kinds[kind.slug]
        kappa = fleiss(of_kind(words, kind.slug))
        found.append(OfKind(kind, given[kind.slug], spans, kappa))
    return found


def _codes(content: Content, coded: Sequence[Sides]) -> list[OfCode]:
    found: list[OfCode] = []
    for code in content.codes:
        said = [[side.codes.get(code.slug, ()) for side in sides.sides] for sides in coded]
        match code.type:
            case CodeType.SCALE:
                units = [[float(each[0]) for each in unit if each] for unit in said]
                found.append(OfCode(code, "", "ordinal", alpha(units, "ordinal")))
                found.append(OfCode(code, "", "interval", alpha(units, "interval")))
            case CodeType.SINGLE:
                number = {choice: float(n) for n, choice in enumerate(code.choices)}
                units = [[number[e[0]] for e in unit if e and e[0] in number] for unit in said]
                found.append(OfCode(code, "", "nominal", alpha(units, "nominal")))
            case CodeType.MULTIPLE:
                for choice in code.choices:
                    # Who is done and did not choose a value said that it is not so.
                    units = [[float(choice in each) for each in unit] for unit in said]
                    found.append(OfCode(code, choice, "nominal", alpha(units, "nominal")))
            case _:
                why = "Free text is not compared: two people seldom use the same words."
                found.append(OfCode(code, "", "", Number(None, why)))
    return found


@dataclass(frozen=True, slots=True)
class Example:
    """A place where two people differ, with the words around it; code points of the version."""

    sides: Sides
    first: User
    second: User
    difference: Difference


@dataclass(frozen=True, slots=True)
class CodeExample:
    """An article of which people say different things by a code."""

    sides: Sides
    said: Sequence[tuple[User, tuple[str, ...]]]


def examples(
    task: Task, measure: str, *, pair: tuple[int, int] | None = None, kind: str = ""
) -> Iterator[Example]:
    """Yield the places behind a number, article by article; of two people, of one kind."""
    for sides in _read(task, overlapping(task)[:MOST_ITEMS]):
        for first, second in combinations(sides.sides, 2):
            if pair is not None and (first.person.pk, second.person.pk) != pair:
                continue
            one, other = _of(first, kind), _of(second, kind)
            for difference in differences(one, other, measure):
                yield Example(sides, first.person, second.person, difference)


def _of(side: Side, kind: str) -> list[Span]:
    return [span for span in side.spans if not kind or span.kind == kind]


def code_examples(task: Task, code: str, value: str = "") -> Iterator[CodeExample]:
    """Yield the articles of which people say different things by a code, or by a value of it."""
    for some in batched(overlapping(task)[:MOST_ITEMS], _AT_ONCE, strict=False):
        for sides in read(task, some):
            said = [(side.person, side.codes.get(code, ())) for side in sides.sides]
            if value:
                differs = len({value in values for _, values in said}) > 1
            else:
                differs = len({values for _, values in said if values}) > 1
            if differs:
                yield CodeExample(sides, said)
