"""Entities as one types: what the type-ahead of tagging asks for. JSON in answers and refusals."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.annotate.entities.offering import COUNTED_OFFERING, suggest
from articles.models import Corpus, Task
from articles.views.parameters import ParameterError, read_number, read_text

MOST = 50
_PARAMETERS = frozenset({"q", "corpus", "kind", "task", "limit"})


@require_safe
@never_cache
def entity_suggest(request: HttpRequest) -> JsonResponse:
    """Answer the entities that ``q`` may begin the name of, in ``corpus``, of ``kind``.

    ``task`` is the task that is worked on: a blind one knows fewer names. ``counted_to`` says how
    far mentions are counted.
    """
    try:
        _refuse_unknown(request)
        text, slug = read_text(request, "q"), read_text(request, "corpus")
        kind, task_id = read_text(request, "kind"), read_number(request, "task")
        limit = read_number(request, "limit")
    except ParameterError as fault:
        return JsonResponse({"problem": fault.message, "field": fault.name}, status=400)
    corpus = Corpus.objects.readable_by(request.user).filter(slug=slug).first()
    if corpus is None:
        told = {"problem": "There is no such corpus, or it is not yours to read."}
        return JsonResponse(told | {"field": "corpus"}, status=404)
    task = None
    if task_id is not None:
        task = Task.objects.readable_by(request.user).filter(pk=task_id, corpus=corpus).first()
        if task is None:
            told = {"problem": "There is no such task, or it is not yours.", "field": "task"}
            return JsonResponse(told, status=404)
    found = suggest(
        corpus, text, user=request.user, kind=kind, task=task, limit=min(max(limit or 8, 1), MOST)
    )
    return JsonResponse({"results": [asdict(one) for one in found], "counted_to": COUNTED_OFFERING})


def _refuse_unknown(request: HttpRequest) -> None:
    unknown = sorted(set(request.GET) - _PARAMETERS)
    if unknown:
        raise ParameterError(unknown[0][:100], "There is no such parameter.")
