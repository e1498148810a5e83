"""The page on which an editor makes several articles of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.curation.borders import split
from articles.curation.fields import StaleError, state_of
from articles.curation.proposals import (
    Proposal,
    as_an_article,
    as_it_stands,
    headline_of,
    with_headline,
)
from articles.curation.texts import TextRefusedError, blocks_of
from articles.curation.values import BadValueError, words
from articles.ingest.sources import reading_options
from articles.models import Act, Article, CorrectedField, Door
from articles.text import Block, normalise_block
from articles.views.acts import tell
from articles.views.editing.editing import (
    editable,
    onward,
    refuse_nul,
    standing,
    to_article,
    whole_number,
)
from articles.views.parameters import ParameterError, refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_PARTS = 20
READ, STANDS = "read", "stands"


@dataclass(frozen=True, slots=True)
class Part:
    """An article to be, as the preview shows it. ``number`` counts from 1, the one that stays."""

    number: int
    blocks: Sequence[Block]
    headline: str
    # Whether the reader makes an article of it, and whether that is what is shown.
    can_be_read: bool = False
    is_read: bool = False
    left_out: Sequence[str] = ()
    # What its lines say of its fields, for corrections; and in words.
    values: Mapping[CorrectedField, Any] = field(default_factory=dict)
    said: Sequence[tuple[str, str]] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def article_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask where the next article begins, show what would become of it, and split."""
    article, user = editable(request, pk, Act.SPLIT)
    given = request.POST if request.method == "POST" else request.GET
    blocks = blocks_of(standing(article))
    try:
        ending = onward(request)
        refuse_nul(request)
        borders = _borders(given, len(blocks))
        headlines = [_headline(given, number) for number in range(2, len(borders) + 2)]
    except ParameterError as fault:
        return refused(request, fault)
    if request.method != "POST":
        return _page(request, article, blocks, borders)
    refusal = _save(request, article, blocks, borders, headlines, by=user)
    return refusal or to_article(article, ending)


def _save(
    request: HttpRequest,
    article: Article,
    blocks: Sequence[Block],
    borders: Sequence[int],
    headlines: Sequence[str],
    *,
    by: "User",
) -> HttpResponse | None:
    """Split as a form asks for; return the page that says why not, None if it is done."""
    given = request.POST
    if given.get("base") != str(standing(article).number):
        return _page(request, article, blocks, [], status=HTTPStatus.CONFLICT)
    parts = _parts(article, blocks, borders, given)
    wanted = [parts[0].blocks] if parts else []
    for part, headline in zip(parts[1:], headlines, strict=True):
        wanted.append(with_headline(part.blocks, headline))
    try:
        operation, _ = split(
            article,
            wanted,
            by=by,
            door=Door.PAGE,
            expected_state=state_of(article),
            values=[_values(part, given) for part in parts[1:]],
        )
    except StaleError:
        return _page(request, article, blocks, [], status=HTTPStatus.CONFLICT)
    except (TextRefusedError, BadValueError) as fault:
        return _page(
            request, article, blocks, borders, problem=str(fault), status=HTTPStatus.BAD_REQUEST
        )
    tell(request, operation)
    return None


def _values(part: Part, given: QueryDict) -> Mapping[CorrectedField, Any]:
    return part.values if f"values-{part.number}" in given else {}


def _headline(given: QueryDict, number: int) -> str:
    return normalise_block(given.get(f"headline-{number}", ""))


def _borders(given: QueryDict, blocks: int) -> list[int]:
    """Return the blocks with which articles begin, other than the first. Raises ParameterError."""
    found = {whole_number(text) for text in given.getlist("at")}
    numbers = sorted(number for number in found if number is not None and 0 < number < blocks)
    if len(numbers) != len(found):
        raise ParameterError("at", "There is no such block in this text.")
    if len(numbers) >= MOST_PARTS:
        raise ParameterError("at", f"Split into at most {MOST_PARTS} articles at a time.")
    return numbers


def _parts(
    article: Article, blocks: Sequence[Block], borders: Sequence[int], given: QueryDict
) -> list[Part]:
    if not borders:
        return []
    options = reading_options(article.corpus, {})
    first = blocks[: borders[0]]
    parts = [Part(1, first, headline_of(first))]
    for number, (start, end) in enumerate(
        zip(borders, [*borders[1:], len(blocks)], strict=True), 2
    ):
        part = blocks[start:end]
        read = as_an_article(part, options)
        # A button's choice comes before those that its form remembers.
        chosen = next(iter(given.getlist(f"reading-{number}")), READ)
        shown = read if read is not None and chosen == READ else as_it_stands(part)
        parts.append(_part(number, shown, read))
    return parts


def _part(number: int, shown: Proposal, read: Proposal | None) -> Part:
    return Part(
        number,
        shown.blocks,
        headline_of(shown.blocks),
        can_be_read=read is not None,
        is_read=shown is read,
        left_out=shown.left_out,
        values=shown.values,
        said=[(name.label, words(name, value)) for name, value in shown.values.items()],
    )


def _page(
    request: HttpRequest,
    article: Article,
    blocks: Sequence[Block],
    borders: Sequence[int],
    *,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    parts = [] if "choose" in given else _parts(article, blocks, borders, given)
    context = {
        "section": "articles",
        "article": article,
        "version": standing(article),
        "rows": [(number, block, number in borders) for number, block in enumerate(blocks)],
        "borders": borders,
        "parts": parts,
        "carried": [CorrectedField(row.field).label for row in article.corrections.all()],
        "problem": problem,
        "is_stale": status == HTTPStatus.CONFLICT,
        "place": request.GET.get("in", ""),
        "onward": onward(request),
    }
    return render(request, "article_edit/split.html", context, status=status)
