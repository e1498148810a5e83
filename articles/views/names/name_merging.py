"""Making one of several sources or authors: by choice, or from the queue of likely twins."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_required
from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.curation import authors, sources, twins
from articles.curation.authors import AuthorRefusedError
from articles.curation.sources import SourceRefusedError
from articles.curation.twins import Twins, TwinsRefusedError
from articles.models import Article, Corpus, Door, Operation, Person, Source
from articles.models.lookups import any_id
from articles.views.acts import actor, tell
from articles.views.names.name_edits import read_ids, to_edit
from articles.views.names.named import Kind, Named
from articles.views.names.people import outlets_of
from articles.views.parameters import ParameterError, read_text, refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FOUND = 20
HEADLINES = 4
PAIR_CHARACTERS = 50


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that may be the same, with what is known of it."""

    row: Named
    total: int
    first: date | None
    last: date | None
    names: list[tuple[str, int]]
    # Of an author: who printed them.
    outlets: list[Any]
    headlines: list[Article]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def merge(request: HttpRequest, pk: int, kind: Kind) -> HttpResponse:
    """Choose which others are the same, and which name stands."""
    row, by = to_edit(request, kind, pk, kind.merges)
    if request.method != "POST":
        return _merge_page(request, kind, row)
    try:
        others, stands = read_ids(request, "others"), read_ids(request, "stands")
    except ParameterError as fault:
        return refused(request, fault)
    chosen = {row.pk, *others}
    into = stands[0] if stands else row.pk
    found = {r.pk: r for r in kind.standing(by).filter(any_id("id", chosen), corpus=row.corpus)}
    if into not in found or len(found) < max(len(chosen), 2):
        wrong = "Choose what is to be merged, and which of these stands."
        return _merge_page(request, kind, row, wrong=wrong, chosen=others)
    target = found.pop(into)
    try:
        operation = kind.merge(list(found.values()), target, by=by, door=Door.PAGE)
    except kind.refused as fault:
        return _merge_page(request, kind, row, wrong=str(fault), chosen=others)
    tell(request, operation)
    return HttpResponseRedirect(target.get_absolute_url())


def _merge_page(
    request: HttpRequest,
    kind: Kind,
    row: Named,
    *,
    wrong: str = "",
    chosen: list[int] | None = None,
) -> HttpResponse:
    try:
        words = read_text(request, "q")
    except ParameterError as fault:
        return refused(request, fault)
    among = kind.standing(request.user, words).filter(corpus=row.corpus).exclude(pk=row.pk)
    reasons: dict[int, str] = {}
    if not words:
        reasons = {
            pair.second if pair.first == row.pk else pair.first: pair.reason
            for pair in twins.suggested(row.corpus, kind.kind)
            if row.pk in {pair.first, pair.second}
        }
        among = among.filter(any_id("id", {*reasons, *(chosen or [])}))
    shown = list(among.order_by("name", "pk")[:FOUND])
    counts = kind.counts([row.pk, *(r.pk for r in shown)])
    context = {
        "kind": kind,
        "section": kind.section,
        "row": row,
        "total": counts.get(row.pk, 0),
        "found": [(r, counts.get(r.pk, 0), reasons.get(r.pk, "")) for r in shown],
        "words": words,
        "chosen": chosen or ([] if len(shown) != 1 else [shown[0].pk]),
        "wrong": wrong,
    }
    status = HTTPStatus.CONFLICT if wrong else HTTPStatus.OK
    return render(request, "names/merge.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def twins_queue(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Show one pair that may be the same, to be merged, told apart or skipped."""
    try:
        corpus, corpora = _corpus(request, kind)
        at = read_text(request, "pair")
        done, decided = read_text(request, "done"), read_text(request, "decided")
    except ParameterError as fault:
        return refused(request, fault)
    if corpus is None:
        return render(request, "names/no_twins.html", {"kind": kind, "section": kind.section})
    if request.method == "POST":
        return _decide(request, kind, corpus)
    pairs = twins.suggested(corpus, kind.kind)
    place = _place(pairs, at)
    context = {
        "kind": kind,
        "section": kind.section,
        "corpus": corpus,
        "corpora": corpora if len(corpora) > 1 else [],
        "total": len(pairs),
        "last": _last(request, done),
        # Where an undo of it leads back to.
        "back": _address(kind, corpus, pair=decided),
    }
    if not pairs or place >= len(pairs):
        context["again"] = _address(kind, corpus) if pairs else ""
        return render(request, "names/no_twins.html", context)
    pair = pairs[place]
    after = pairs[place + 1].key if place + 1 < len(pairs) else "end"
    context |= {
        "pair": pair,
        "number": place + 1,
        "place": place,
        "next": after,
        "skip": _address(kind, corpus, pair=after),
        "sides": _sides(kind, pair),
    }
    return render(request, "names/twins.html", context)


def _corpus(request: HttpRequest, kind: Kind) -> tuple[Corpus | None, list[Corpus]]:
    """Return the corpus that the address names, else the first that the reader may edit."""
    user = cast("User", request.user)
    corpora = list(Corpus.objects.allowing(user, kind.merges.role))
    slug = read_text(request, "corpus")
    if not slug:
        return (corpora[0] if corpora else None), corpora
    corpus = get_object_or_404(Corpus.objects.visible_to(user), slug=slug)
    actor(request, corpus, kind.merges)
    return corpus, corpora


def _place(pairs: list[Twins], at: str) -> int:
    if at == "end":
        return len(pairs)
    return next((number for number, pair in enumerate(pairs) if pair.key == at), 0)


def _last(request: HttpRequest, done: str) -> Operation | None:
    if not (done.isascii() and done.isdigit() and len(done) < 19):
        return None
    visible = Operation.objects.visible_to(request.user).filter(undone_by=None)
    operation: Operation | None = visible.filter(pk=int(done)).first()
    return operation


def _address(kind: Kind, corpus: Corpus, **more: str) -> str:
    given = {"corpus": corpus.slug} | {name: value for name, value in more.items() if value}
    return f"{reverse(f'{kind.prefix}-twins')}?{urlencode(given)}"


def _decide(request: HttpRequest, kind: Kind, corpus: Corpus) -> HttpResponse:
    by = actor(request, corpus, kind.merges)
    try:
        ids = read_ids(request, "pair")
        after = request.POST.get("next", "")
        keeps = read_ids(request, "keep")
    except ParameterError as fault:
        return refused(request, fault)
    if len(ids) != 2 or len(after) > PAIR_CHARACTERS or "\0" in after:
        return refused(
            request, ParameterError("pair", "This must be a pair that the page offered.")
        )
    found = {r.pk: r for r in kind.standing(by).filter(any_id("id", ids), corpus=corpus)}
    key = "-".join(map(str, ids))
    if len(found) < 2:
        # Someone else was faster; there is nothing left to decide.
        return HttpResponseRedirect(_address(kind, corpus, pair=after))
    one, other = found[ids[0]], found[ids[1]]
    try:
        if keeps:
            into, merged = (one, other) if keeps[0] == one.pk else (other, one)
            operation = kind.merge([merged], into, by=by, door=Door.PAGE)
        else:
            operation = twins.tell_apart(one, other, by=by, door=Door.PAGE)
    except (SourceRefusedError, AuthorRefusedError, TwinsRefusedError) as fault:
        return refused(request, ParameterError("pair", str(fault)))
    done = str(operation.pk) if operation else ""
    return HttpResponseRedirect(_address(kind, corpus, pair=after, done=done, decided=key))


def _sides(kind: Kind, pair: Twins) -> list[Side]:
    """Return both sides, the one with more articles first: it is kept unless told otherwise."""
    rows = kind.model.objects.filter(any_id("id", [pair.first, pair.second]))
    return sorted(map(_side, rows), key=lambda side: (-side.total, side.row.pk))


def _side(row: Source | Person) -> Side:
    if isinstance(row, Source):
        articles = Article.objects.filter(source=row, standing=True)
        names = [(alias.printed, number) for alias, number in sources.names_of(row)]
        outlets = []
    else:
        articles = Article.objects.credited_to(row).filter(standing=True)
        names = [(other.name, number) for other, number in authors.names_of(row)]
        outlets = outlets_of(row)
    dates = articles.aggregate(first=Min("published_date"), last=Max("published_date"))
    return Side(
        row,
        articles.count(),
        dates["first"],
        dates["last"],
        names,
        outlets,
        list(articles.newest_first().only("pk", "headline", "language", "published_date",
             "published_precision")[:HEADLINES]),
    )  # fmt: skip
