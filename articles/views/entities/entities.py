"""Entities: the list of those of a corpus, one with its mentions, and what became of it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.annotate.codebooks.codebooks import main_content
from articles.annotate.entities import cooccurrence, entity_lists, entity_mentions
from articles.annotate.entities.entity_changes import page_of
from articles.annotate.entities.entity_counts import MOST_COUNTED, is_blinded
from articles.models import Corpus, Entity, MentionStatus, Role
from articles.models.corpora import Visitor
from articles.models.entities import EntityQuerySet
from articles.models.keyset import CursorError, page
from articles.views.charts import coverage
from articles.views.parameters import ParameterError, read_text, refused
from articles.views.search.lists import address

ROWS = 100
_ORDERS = {"name": "A–Z", "most": "Most tagged"}


@require_safe
def entity_list(request: HttpRequest) -> HttpResponse:
    """Show the entities of a corpus that stand: by name, or the most tagged first."""
    try:
        words, kind = read_text(request, "q"), read_text(request, "kind")
        order, slug = _order(request), read_text(request, "corpus")
        cursor = read_text(request, "cursor") or None
    except ParameterError as fault:
        return refused(request, fault)
    corpora = list(Corpus.objects.readable_by(request.user))
    if slug:
        corpus = get_object_or_404(Corpus.objects.readable_by(request.user), slug=slug)
    elif corpora:
        corpus = _first(corpora)
    else:
        return render(request, "entity/list.html", {"section": "entities", "corpus": None})
    context = {
        "section": "entities",
        "corpus": corpus,
        "corpora": corpora if len(corpora) > 1 else [],
        "words": words,
        "kind": kind,
        "kinds": entity_lists.kinds(corpus, request.user),
        "kind_names": kind_names(corpus),
        "order": order,
        "orders": _ORDERS,
        "is_blinded": is_blinded(corpus, request.user),
        "may_annotate": may_annotate(request.user, corpus),
        "most_counted": MOST_COUNTED,
    }
    try:
        if order == "most":
            rows = entity_lists.most_tagged(corpus, request.user, text=words, kind=kind)
        else:
            found = entity_lists.listed(corpus, request.user, text=words, kind=kind)
            context["page"] = shown = page(found, ("name", "pk"), limit=ROWS, cursor=cursor)
            rows = shown.rows
    except CursorError as fault:
        return refused(request, ParameterError("cursor", str(fault)))
    counts = entity_lists.counts(corpus, request.user, [row.pk for row in rows])
    context["rows"] = [(row, counts.get(row.pk, 0)) for row in rows]
    return render(request, "entity/list.html", context)


def _order(request: HttpRequest) -> str:
    order = read_text(request, "order") or "name"
    if order not in _ORDERS:
        raise ParameterError("order", "This must be name or most.")
    return order


def _first(corpora: list[Corpus]) -> Corpus:
    """Return the first corpus that has entities, else the first."""
    named = Entity.objects.filter(corpus__in=[corpus.pk for corpus in corpora]).order_by()
    having = set(named.values_list("corpus", flat=True).distinct())
    return next((corpus for corpus in corpora if corpus.pk in having), corpora[0])


@require_safe
def entity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entity: its names, its mentions in context, over time, and who appears with it."""
    entity = get_object_or_404(readable(request.user), pk=pk)
    if entity.merged_into is not None:
        return HttpResponseRedirect(entity.merged_into.get_absolute_url())
    try:
        words, status = read_text(request, "q"), _status(request)
        lines = entity_mentions.lines(
            entity,
            request.user,
            status=status,
            text=words,
            cursor=read_text(request, "cursor") or None,
        )
    except ParameterError as fault:
        return refused(request, fault)
    except CursorError as fault:
        return refused(request, ParameterError("cursor", str(fault)))
    companions = cooccurrence.companions(entity, request.user)
    names = entity_lists.names_of(entity, request.user)
    articles = entity_mentions.articles(entity, request.user)
    context = {
        "section": "entities",
        "entity": entity,
        "kind_names": kind_names(entity.corpus),
        "aliases": [row.name for row in names if row.name != entity.name],
        "ids": [(known, page_of(known)) for known in entity.external_ids.all()],
        "counts": entity_mentions.statuses(entity, request.user),
        "statuses": (MentionStatus.ACCEPTED, MentionStatus.SUGGESTED, MentionStatus.REJECTED),
        "status": status,
        "words": words,
        "lines": lines,
        "articles": articles.count(),
        "chart": coverage(articles),
        "whole": address(entity=entity.name, corpus=entity.corpus.slug),
        "companions": companions,
        "graph": cooccurrence.graph(entity, companions, request.user),
        "may_annotate": may_annotate(request.user, entity.corpus),
        "is_blinded": is_blinded(entity.corpus, request.user),
    }
    return render(request, "entity/detail.html", context)


def _status(request: HttpRequest) -> str:
    status = read_text(request, "status") or MentionStatus.ACCEPTED.value
    if status not in MentionStatus.values:
        raise ParameterError("status", "This must be accepted, suggested or rejected.")
    return status


def readable(user: Visitor) -> EntityQuerySet:
    """Return the entities that a person may see, merged ones too."""
    found: EntityQuerySet = Entity.objects.readable_by(user)
    return found.select_related("corpus", "merged_into", "task")


def may_annotate(user: Visitor, corpus: Corpus) -> bool:
    """Whether a person may put entities of a corpus right."""
    found = Corpus.objects.allowing(user, Role.ANNOTATOR).filter(pk=corpus.pk)
    may: bool = found.exists()
    return may


def kind_names(corpus: Corpus) -> dict[str, str]:
    """Return what the main codebook calls the kinds that may have an entity."""
    return {kind.slug: kind.name for kind in main_content(corpus).kinds if kind.entity != "none"}
