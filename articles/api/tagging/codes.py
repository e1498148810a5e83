"""Codes: what is said of whole articles."""

from collections.abc import Mapping
from typing import ClassVar

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from articles.annotate.tags import tagging
from articles.annotate.tags.rules import VALUE_CHARACTERS, VALUES
from articles.api import checking, paging
from articles.api.answers import answer, once
from articles.api.articles.editing import checked, operation_headers
from articles.api.checking import ID, Check, array, described, text
from articles.api.endpoint import Endpoint
from articles.api.operations import JSON, Operation, lists
from articles.api.presenters import tagging as present
from articles.api.presenters.addresses import Addresses
from articles.api.tagging import tag_lists
from articles.api.tagging.mention_bodies import TASK
from articles.api.tagging.mentioning import article_of, task_of, version_of
from articles.api.tagging.tag_lists import Asked
from articles.api.tagging.tag_refusals import asking, refusals
from articles.models import Door, keyset
from articles.models.access import Answer

_SET: Mapping[str, Check] = {
    "article": described(ID, "The id of an article."),
    "code": text(40, about="A word of the codebook; `note` is in every one."),
    "values": described(
        array(text(VALUE_CHARACTERS), VALUES), "All that it is to say; none to take it away."
    ),
    "task": TASK,
    "version": described(ID, "The id of the version that you read; the current one if none."),
}
_REQUIRED = ("article", "code", "values")


class CodeList(Endpoint):
    """Codes of articles."""

    operations: ClassVar = {
        "GET": lists(
            "Code", "corpus", "article.id", "code.tag", "value.tag", "task.layer", "by.tag"
        ),
        "POST": Operation(
            {200: "CodesSet"}, body={JSON: checking.fields(_SET, required=_REQUIRED).schema}
        ),
    }

    def get(self, request: Request) -> Response:
        """List codes and notes of articles, as far as you may see them; blind is blind."""
        asked = Asked(request)
        rows = tag_lists.tagged(asked, present.codes_shown(request.user))
        rows = tag_lists.plain(rows, {"code": asked.words, "value": asked.words})
        limit, cursor = asked.limit(), asked.cursor()
        asked.done()
        page = keyset.page(rows, ("pk",), limit=limit, cursor=cursor)
        at, member_of = Addresses(request), present.known_people(request.user)
        shown = [present.code(row, at, member_of) for row in page.rows]
        return paging.sliced(request, shown, page.next, page.previous)

    def post(self, request: Request) -> HttpResponse:
        """Set what a code says of an article: these `values` and no others, none to take it away.

        In the corpus's layer, or in your own one of a `task`.
        """
        return once(request, lambda: _set(request))


def _set(request: Request) -> Answer:
    values = checked(request.data, _SET, required=_REQUIRED)
    article, task = article_of(request, values["article"]), task_of(request, values)
    by = asking(request)
    with refusals():
        operation = tagging.code(
            article,
            values["code"],
            values["values"],
            by=by,
            door=Door.API,
            version=version_of(article, values),
            task=task,
        )
    at, member_of = Addresses(request), present.known_people(request.user)
    layer = by.pk if task is not None else None
    rows = present.codes_shown(request.user).filter(article=article, code=values["code"])
    rows = rows.in_layer(task, layer).order_by("pk")
    told = {"results": [present.code(row, at, member_of) for row in rows]}
    return answer(200, told, operation_headers(operation, at))
