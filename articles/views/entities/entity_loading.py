"""Loading a file of names, on a page; larger ones by the command ``load_names``."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.annotate.entities import lookup_files
from articles.annotate.entities.lookup_files import Loaded, LookupFileError
from articles.models import Act, Corpus, Door
from articles.views.acts import actor, tell
from articles.views.entities.entities import kind_names
from articles.views.parameters import ParameterError, read_text, refused

ROWS = 20_000
SHOWN = 500


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def entity_load(request: HttpRequest) -> HttpResponse:
    """Make entities of a file of names, and say of each row what became of it."""
    try:
        slug = read_text(request, "corpus")
    except ParameterError as fault:
        return refused(request, fault)
    corpus = get_object_or_404(Corpus.objects.readable_by(request.user), slug=slug)
    by = actor(request, corpus, Act.ENTITY)
    context: dict[str, object] = {
        "section": "entities",
        "corpus": corpus,
        "kinds": kind_names(corpus),
        "columns": lookup_files.COLUMNS,
        "most": ROWS,
    }
    if request.method != "POST":
        return render(request, "entity/load.html", context)
    kind, pasted = request.POST.get("kind", ""), request.POST.get("text", "")
    context |= {"kind": kind[:40].replace("\0", ""), "text": pasted.replace("\0", "")}
    given = request.FILES.get("file")
    try:
        rows = lookup_files.read(
            given.read() if given is not None else pasted.encode(), kind=kind, most=ROWS
        )
        report = lookup_files.load(corpus, rows, by=by, door=Door.PAGE)
    except LookupFileError as fault:
        context["wrong"] = str(fault)
        return render(request, "entity/load.html", context, status=HTTPStatus.BAD_REQUEST)
    if report.operation is not None:
        tell(request, report.operation)
    told = [row for row in report.rows if row.outcome is not Loaded.UNCHANGED or row.message]
    told.sort(key=lambda row: (row.outcome is not Loaded.REFUSED, row.number))
    context |= {"report": report, "told": told[:SHOWN], "untold": max(len(told) - SHOWN, 0)}
    return render(request, "entity/load.html", context)
