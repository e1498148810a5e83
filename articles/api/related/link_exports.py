"""Links as a file, as it is made."""

from typing import ClassVar

from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from rest_framework.request import Request

from articles.api.articles.captures import SAFE_HEADERS, AnyAccepted
from articles.api.endpoint import Endpoint
from articles.api.operations import Operation
from articles.api.related.links import FILTERS, narrowed
from articles.api.tagging.tag_lists import Asked
from articles.export.links import FORMATS, Wish, total, write
from articles.export.streams import Stream

# How many links there are, told before the first of them is written.
LINKS_HEADER = "Newsroom-Links"
_MEDIA_TYPES = ", ".join(form.media_type for form in FORMATS.values())


class LinkExport(Endpoint):
    """Links as a file."""

    operations: ClassVar = {"GET": Operation({200: "The file."}, FILTERS, media_type=_MEDIA_TYPES)}

    content_negotiation_class = AnyAccepted

    def get(self, request: Request, form: str) -> HttpResponseBase:
        """Send links as a file while it is made, at any size: what lists of them are narrowed by.

        JSON Lines have the passages of texts that you may read. `Newsroom-Links` tells how many
        there are; HEAD tells no more than that.
        """
        if form not in FORMATS:
            raise Http404
        asked = Asked(request)
        wanted = narrowed(asked)
        asked.done()
        wish = Wish(wanted, request.user, request.build_absolute_uri("/").rstrip("/"))
        headers = {
            **SAFE_HEADERS,
            LINKS_HEADER: str(total(wish)),
            "Content-Disposition": f'attachment; filename="newsroom-links.{form}"',
        }
        stream = () if request.method == "HEAD" else Stream(write(wish, form))
        media_type = FORMATS[form].media_type
        return StreamingHttpResponse(stream, content_type=media_type, headers=headers)
