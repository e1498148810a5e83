"""Links as files: chosen, counted, downloaded as they are made."""

from http import HTTPStatus

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.export.links import FORMATS, Wish, total, write
from articles.export.streams import BusyError, Stream
from articles.models import Article, Corpus, LinkKind, LinkStatus
from articles.related.links.link_filter import (
    HELD_STATUS,
    STATUSES,
    LinkFilter,
    status_meant,
)
from articles.views.keeping.exports import busy
from articles.views.parameters import ParameterError, read_number, read_text, refused

PARAMETERS = ("corpus", "article", "kind", "status", "score_min")


@require_safe
@never_cache
def link_export(request: HttpRequest) -> HttpResponse:
    """Offer the forms of the links that are chosen."""
    chosen = {name: request.GET.get(name, "") for name in PARAMETERS}
    try:
        wish = _wish(request)
    except ParameterError as fault:
        return _page(request, chosen, fault=fault)
    chosen["status"] = status_meant(chosen["status"])
    return _page(request, chosen, links=total(wish))


@require_safe
@never_cache
def link_export_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Hand out links as a file, while it is made."""
    if form not in FORMATS:
        raise Http404("There is no such format.")
    try:
        wish = _wish(request)
        stream = () if request.method == "HEAD" else Stream(write(wish, form))
    except ParameterError as fault:
        return refused(request, fault)
    except BusyError as fault:
        return busy(request, str(fault))
    response = StreamingHttpResponse(stream, content_type=FORMATS[form].media_type)
    response["Content-Disposition"] = f'attachment; filename="newsroom-links.{form}"'
    return response


def _page(
    request: HttpRequest,
    chosen: dict[str, str],
    *,
    links: int = 0,
    fault: ParameterError | None = None,
) -> HttpResponse:
    context = {
        "section": "links",
        "chosen": chosen,
        "corpora": Corpus.objects.visible_to(request.user),
        "kinds": LinkKind.choices,
        "statuses": [(HELD_STATUS, "All that count"), *_statuses()],
        "formats": FORMATS.values(),
        "links": links,
        "fault": fault,
        "params": request.GET.urlencode(),
    }
    status = HTTPStatus.BAD_REQUEST if fault is not None else HTTPStatus.OK
    return render(request, "link_export/page.html", context, status=status)


def _statuses() -> list[tuple[str, str]]:
    return [(each.value, str(each.label)) for each in LinkStatus if each in STATUSES]


def _wish(request: HttpRequest) -> Wish:
    """Return which links are chosen; raise ParameterError."""
    for name in request.GET:
        if name not in PARAMETERS:
            raise ParameterError(name, f"There are only {', '.join(PARAMETERS)}.")
        if len(request.GET.getlist(name)) > 1:
            raise ParameterError(name, "Give this once.")
    wanted = LinkFilter(
        corpus=_corpus(request),
        article=_article(request),
        kind=_choice(request, "kind", tuple(LinkKind)),
        status=_choice(request, "status", STATUSES),
        score_min=_share(request),
    )
    return Wish(wanted, request.user, request.build_absolute_uri("/").rstrip("/"))


def _corpus(request: HttpRequest) -> int | None:
    slug = read_text(request, "corpus")
    if not slug:
        return None
    corpus = Corpus.objects.visible_to(request.user).filter(slug=slug).first()
    if corpus is None:
        raise ParameterError("corpus", "There is no such corpus that you may see.")
    return corpus.pk


def _article(request: HttpRequest) -> int | None:
    pk = read_number(request, "article")
    if pk is not None and not Article.objects.visible_to(request.user).filter(pk=pk).exists():
        raise ParameterError("article", "There is no such article that you may see.")
    return pk


def _choice(request: HttpRequest, name: str, known: tuple[str, ...]) -> str:
    text = read_text(request, name)
    if text and text not in known:
        raise ParameterError(name, f"There are {', '.join(known)}.")
    return text


def _share(request: HttpRequest) -> float | None:
    text = read_text(request, "score_min")
    if not text:
        return None
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ParameterError("score_min", "This must be a number from 0 to 1.")
    return share
