"""Who takes from whom: how much each outlet has of the texts of agencies and of other outlets."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.endpoint import Endpoint
from articles.api.operations import Operation
from articles.api.presenters import outlets as present
from articles.api.presenters.addresses import Addresses
from articles.api.tagging.tag_lists import Asked
from articles.models import Corpus
from articles.related.outlets import flows
from articles.related.outlets.flows import Scope
from articles.search.asking import ask


class OutletList(Endpoint):
    """Outlets by what they take from others."""

    operations: ClassVar = {"GET": Operation({200: "Outlets"}, ("q", "corpus"))}

    def get(self, request: Request) -> Response:
        """Return who takes how much from whom, the largest taker first, where you may read.

        Of the corpora whose texts are yours to read, or of one of them; with `q`, of the newest
        50,000 articles that it finds there. docs/stories.md says what the numbers are.
        """
        asked = Asked(request)
        corpus, query = asked.corpus(), asked.params.query()
        asked.done()
        readable = Corpus.objects.readable_by(request.user)
        if corpus is not None:
            readable = readable.filter(pk=corpus.pk)
        corpora = list(readable.order_by("pk").values_list("pk", flat=True))
        if query:
            question = ask(query, request.user, readable=True).within(corpora)
            scope = flows.of_answer(question)
        else:
            scope = Scope(corpora)
        return Response(present.outlets(flows.flows(scope), scope, Addresses(request)))
