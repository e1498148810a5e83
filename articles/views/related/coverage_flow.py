"""Who takes from whom: a table over a corpus or an answer, and the pairs behind each cell."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.cells import neutral
from articles.models import Article, Corpus, Link, Source
from articles.models.keyset import page
from articles.related.links.first_side import in_order
from articles.related.outlets import flows
from articles.related.outlets.cuts import Lack
from articles.related.outlets.flows import MOST_ASKED, MOST_FLOWS, Flow, Scope, Taker
from articles.search.asking import ask
from articles.views.keeping.keeping import answering, known_only, read_query
from articles.views.parameters import ParameterError, read_number, read_text
from articles.views.search.lists import address

PAIRS = 50
# A part that lacks so much more than the others do is one that tends to be cut.
_MARKED = 0.15
_COLUMNS = (
    "outlet", "outlet_articles", "outlet_words", "direction", "other", "articles", "credited",
    "words", "share_of_words", "median_kept", "pairs_read", "pairs_cut_short",
    "lacks_beginning", "lacks_middle", "lacks_end", "quotations", "quotations_lacking", "names",
    "names_lacking",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at: an answer, or a corpus; ``corpus`` is None where there is none to read."""

    query: str
    corpus: Corpus | None
    corpora: Sequence[Corpus]
    scope: Scope | None

    def but(self, **more: object) -> str:
        """Return the parameters that ask for the same, and more."""
        given: dict[str, object] = {}
        if self.query:
            given["q"] = self.query
        elif self.corpus is not None:
            given["corpus"] = self.corpus.slug
        return urlencode(given | more)


@dataclass(frozen=True, slots=True)
class Row:
    """A flow as the table shows it, with the addresses of what is behind it."""

    flow: Flow
    pairs: str
    credited: str
    lacks: str

    @property
    def bar(self) -> int:
        """The length of the bar for its share, of 100; the least is still seen."""
        return max(round(self.flow.share * 100), 2) if self.flow.words else 0


@require_safe
@answering
def coverage_flow(request: HttpRequest) -> HttpResponse:
    """Show which outlet takes how much from which agency or other outlet."""
    known_only(request, "q", "corpus")
    asked = _asked(request)
    takers = flows.flows(asked.scope) if asked.scope is not None else []
    context = {
        "section": "stories",
        "asked": asked,
        "takers": [(taker, [_row(asked, taker, flow) for flow in taker.flows]) for taker in takers],
        "file": f"{reverse('coverage-flow-file')}?{asked.but()}",
        "most_asked": MOST_ASKED,
        "most_flows": MOST_FLOWS,
        "is_cut": sum(len(taker.flows) for taker in takers) >= MOST_FLOWS,
    }
    return render(request, "flow/table.html", context)


@require_safe
@answering
def coverage_flow_file(request: HttpRequest) -> HttpResponse:
    """Hand out the table as CSV."""
    known_only(request, "q", "corpus")
    asked = _asked(request)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for taker in flows.flows(asked.scope) if asked.scope is not None else []:
        for flow in taker.flows:
            writer.writerow(neutral(str(cell)) for cell in _cells(taker, flow))
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="who-takes-from-whom.csv"'
    return response


def _cells(taker: Taker, flow: Flow) -> Iterator[object]:
    yield from (taker.source.name, taker.articles, taker.words)
    yield from ("from" if flow.known else "shared with", flow.name, flow.articles, flow.credited)
    yield from (flow.words, f"{flow.share:.4f}", "" if flow.kept is None else f"{flow.kept:.4f}")
    there = flow.lack
    yield from (there.pairs, there.cut_short)
    yield from ((f"{part:.4f}" if there.pairs else "") for _, part in there.parts)
    yield from (there.quotations[1], there.quotations[0], there.names[1], there.names[0])


@require_safe
@answering
def coverage_flow_pairs(request: HttpRequest) -> HttpResponse:
    """Show the pairs of articles behind a flow, the newest found first."""
    known_only(request, "q", "corpus", "taker", "giver", "known", "cursor")
    asked = _asked(request)
    taker, giver = (_source(request, name) for name in ("taker", "giver"))
    known = read_text(request, "known") or "1"
    if known not in {"0", "1"}:
        raise ParameterError("known", "This must be 1, for what is from there, or 0.")
    scope = asked.scope or Scope([])
    links = flows.pairs(
        scope, request.user, taker=taker.pk, giver=giver.pk, known=known == "1"
    ).select_related("first__source", "second__source")
    found = page(links, ("-pk",), limit=PAIRS, cursor=read_text(request, "cursor") or None)
    context = {
        "section": "stories",
        "asked": asked,
        "taker": taker,
        "giver": giver,
        "known": known == "1",
        "rows": [_pair(link, taker) for link in found.rows],
        "page": found,
        "back": f"{reverse('coverage-flow')}?{asked.but()}",
    }
    return render(request, "flow/pairs.html", context)


@dataclass(frozen=True, slots=True)
class Pair:
    """A link of a flow, with the outlet's article first."""

    link: Link
    taker: Article
    giver: Article
    words: int | None
    kept: float | None
    own: float | None

    @property
    def both(self) -> tuple[Article, Article]:
        """The outlet's article and the other's."""
        return self.taker, self.giver

    @property
    def compared(self) -> tuple[Article, Article]:
        """Both as they are compared: see :func:`in_order`."""
        return in_order(self.link)


def _pair(link: Link, taker: Source) -> Pair:
    takes_first = link.first.source_id == taker.pk
    shares = link.evidence.get("first_share"), link.evidence.get("second_share")
    own, kept = shares if takes_first else shares[::-1]
    mine, other = (link.first, link.second) if takes_first else (link.second, link.first)
    return Pair(link, mine, other, link.evidence.get("words"), kept, own)


def _asked(request: HttpRequest) -> Asked:
    """Return what is to be looked at; raise QueryError, ParameterError, Http404."""
    query, slug = read_query(request), read_text(request, "corpus")
    readable = Corpus.objects.readable_by(request.user)
    corpora = list(readable)
    if query:
        scope = flows.of_answer(ask(query, request.user, readable=True))
        return Asked(query, None, corpora, scope)
    corpus = get_object_or_404(readable, slug=slug) if slug else _first(corpora)
    return Asked("", corpus, corpora, flows.of_corpus(corpus) if corpus else None)


def _first(corpora: Sequence[Corpus]) -> Corpus | None:
    """Return the first corpus that has links, else the first."""
    linked = Link.objects.held().filter(corpus__in=[corpus.pk for corpus in corpora]).order_by()
    having = set(linked.values_list("corpus", flat=True).distinct()) if len(corpora) > 1 else set()
    return next(
        (corpus for corpus in corpora if corpus.pk in having), corpora[0] if corpora else None
    )


def _source(request: HttpRequest, name: str) -> Source:
    number = read_number(request, name)
    if number is None:
        raise ParameterError(name, "This must be the number of an outlet.")
    corpora = Corpus.objects.readable_by(request.user)
    source: Source = get_object_or_404(Source, pk=number, corpus__in=corpora)
    return source


def _row(asked: Asked, taker: Taker, flow: Flow) -> Row:
    pairs = ""
    if flow.giver is not None:
        known = int(flow.known)
        more = asked.but(taker=taker.source.pk, giver=flow.giver.pk, known=known)
        pairs = f"{reverse('coverage-flow-pairs')}?{more}"
    credited = ""
    if flow.credited:
        credited = address(source=taker.source.name, agency=flow.name)
        if asked.query:
            found = f'({asked.query}) source:"{taker.source.name}" agency:"{flow.name}"'
            credited = f"{reverse('article-list')}?{urlencode({'q': found})}"
    return Row(flow, pairs, credited, lacking(flow.lack))


def lacking(there: Lack) -> str:
    """Return what tends to be missing, in words; empty where nothing was read or is missing."""
    if not there.pairs:
        return ""
    said = []
    parts = there.parts
    for name, share in parts:
        others = [other for known, other in parts if known != name]
        if share - min(others) >= _MARKED and share >= max(others):
            said.append(f"the {name} ({share * 100:.0f} %)")
    if not said and (whole := sum(share for _, share in parts) / len(parts)) >= _MARKED:
        said.append(f"all parts alike ({whole * 100:.0f} %)")
    for name, (lost, total) in (("quotations", there.quotations), ("names", there.names)):
        if total and lost:
            said.append(f"{name} ({lost} of {total})")
    return ", ".join(said) or "nothing much"
