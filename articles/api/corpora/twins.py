"""Sources and authors that are likely one."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from articles.api import paging
from articles.api.corpora.naming import NameEndpoint
from articles.api.operations import Operation as Method
from articles.api.permitting import check_editable
from articles.api.presenters import corpora as present
from articles.api.presenters.addresses import Addresses
from articles.api.problems import Problem
from articles.curation import twins
from articles.models import NameKind, Person, Source
from articles.models.lookups import any_id


class SourceTwins(NameEndpoint):
    """Sources that are likely one."""

    operations: ClassVar = {
        "GET": Method({200: "Twins"}, ("corpus", "limit"), required=("corpus",))
    }

    def get(self, request: Request) -> Response:
        """List pairs of a corpus' sources that are likely one, the most likely first; for editors.

        `corpus` is required. There are no further pages: decide these, and ask again.
        """
        return _twins(request, NameKind.SOURCE)


class AuthorTwins(NameEndpoint):
    """Authors that are likely one."""

    operations: ClassVar = {
        "GET": Method({200: "Twins"}, ("corpus", "limit"), required=("corpus",))
    }

    def get(self, request: Request) -> Response:
        """List pairs of a corpus' authors that are likely one, the most likely first; for editors.

        `corpus` is required. There are no further pages: decide these, and ask again.
        """
        return _twins(request, NameKind.AUTHOR)


def _twins(request: Request, kind: NameKind) -> Response:
    query = paging.read(request)
    if query.corpus is None:
        message = "This is required."
        raise Problem(400, f"corpus: {message}", errors={"corpus": message})
    check_editable(request, query.corpus)
    pairs = twins.suggested(query.corpus, kind)
    shown = pairs[: query.limit]
    at = Addresses(request)
    address = "source-detail" if kind is NameKind.SOURCE else "author-detail"
    rows = Source.objects if kind is NameKind.SOURCE else Person.objects
    wanted = {id_ for pair in shown for id_ in (pair.first, pair.second)}
    names = dict(rows.filter(any_id("id", wanted)).order_by().values_list("pk", "name"))
    return Response(
        {
            "total": len(pairs),
            "results": [
                present.twins(pair, names, lambda pk: at.of(address, pk)) for pair in shown
            ],
        }
    )
