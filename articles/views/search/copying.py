"""An answer to take along: its address, and how a script asks for the same."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from articles.views.search.searching import Place

_API = "/api/v1/search/"
_PYTHON = """\
import json
from urllib.parse import urlencode
from urllib.request import Request, urlopen

token = "…"  # from your account page
url = {url} + "?" + urlencode({params})
while url:
    request = Request(url, headers={{"Authorization": f"Token {{token}}"}})
    with urlopen(request) as response:
        page = json.load(response)
    for article in page["results"]:
        print(article["url"], article["headline"])
    url = page["next"]
"""


@dataclass(frozen=True, slots=True)
class Copied:
    """A form in which an answer can be copied: its name, and the words."""

    key: str
    label: str
    words: str


def snippets_of(request: HttpRequest, place: Place) -> Sequence[Copied]:
    """Return an answer's address, and the commands that ask the API for it."""
    asked = {"q": place.q} | ({"sort": place.sort.value} if place.sort else {})
    api = request.build_absolute_uri(_API)
    address = request.build_absolute_uri(place.but(article=None, cursor="").address())
    curl = "curl --header 'Authorization: Token …' \\\n  " + shlex.quote(
        f"{api}?{urlencode(asked)}"
    )
    return [
        Copied("url", "Address", address),
        Copied("curl", "curl", curl),
        Copied("python", "Python", _PYTHON.format(url=_literal(api), params=_literal(asked))),
    ]


def _literal(value: object) -> str:
    return repr(value)
