"""Codebooks: those of one's corpora, and one of them as a page to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.annotate.codebooks.codebook import as_json
from articles.annotate.codebooks.codebooks import content_of
from articles.history.operations import corpus_allows
from articles.models import Codebook, CodebookVersion, Corpus, Role
from articles.views.keeping.keeping import answering, known_only, person
from articles.views.parameters import read_number


def readable(request: HttpRequest, pk: int) -> Codebook:
    """Return a codebook of a corpus whose texts one may read; raise Http404."""
    found = Codebook.objects.readable_by(request.user).select_related("corpus", "by")
    codebook: Codebook = get_object_or_404(found, pk=pk)
    return codebook


def leads(request: HttpRequest, corpus: Corpus) -> bool:
    """Whether one may change the codebooks of a corpus."""
    return request.user.is_authenticated and corpus_allows(corpus, person(request), Role.EDITOR)


@require_safe
@answering
def codebook_list(request: HttpRequest) -> HttpResponse:
    """Show the codebooks of the corpora that one may read."""
    known_only(request)
    found = Codebook.objects.readable_by(request.user).select_related("corpus")
    newest: dict[int, CodebookVersion] = {}
    drafts: set[int] = set()
    versions = CodebookVersion.objects.filter(codebook__in=found).order_by("number")
    for version in versions:
        if version.published_at is None:
            drafts.add(version.codebook_id)
        else:
            newest[version.codebook_id] = version
    led = set(Corpus.objects.editable_by(request.user).values_list("pk", flat=True))
    rows = [
        (
            each,
            newest.get(each.pk),
            content_of(newest[each.pk]) if each.pk in newest else None,
            each.pk in drafts and each.corpus_id in led,
        )
        for each in found.order_by("corpus__name", "-is_main", "name")
    ]
    without = Corpus.objects.readable_by(request.user).exclude(
        pk__in=Codebook.objects.filter(is_main=True).values("corpus")
    )
    context = {
        "section": "tasks",
        "rows": [row for row in rows if row[1] or row[0].corpus_id in led],
        "leads": bool(led),
        "without": list(without),
    }
    return render(request, "codebook/list.html", context)


@require_safe
@answering
def codebook_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version of a codebook, the newest that is published unless told otherwise."""
    known_only(request, "version")
    codebook = readable(request, pk)
    is_led = leads(request, codebook.corpus)
    number = read_number(request, "version")
    versions = list(codebook.versions.order_by("-number").select_related("by"))
    published = [each for each in versions if each.published_at]
    shown = published if not is_led else versions
    if number is not None:
        version = get_object_or_404(
            codebook.versions.all(), pk__in=[each.pk for each in shown], number=number
        )
    else:
        version = next(iter(published or shown), None) or get_object_or_404(
            codebook.versions.none()
        )
    content = content_of(version)
    context = {
        "section": "tasks",
        "codebook": codebook,
        "version": version,
        "versions": shown,
        "newest": published[0] if published else None,
        "draft": next((each for each in versions if not each.published_at), None),
        "content": content,
        "form": as_json(content),
        "is_led": is_led,
        "is_member": Corpus.objects.with_members(request.user)
        .filter(pk=codebook.corpus_id)
        .exists(),
    }
    return render(request, "codebook/detail.html", context)
