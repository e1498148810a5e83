"""A place in the list and its addresses: with another query put in, each is the same address."""

import pytest
from django.http import QueryDict

from articles.search.language.query import parse
from articles.views.search.searching import Place, read


@pytest.mark.parametrize(
    "place",
    [
        Place(),
        Place(q="harbour"),
        Place(q="harbour", limit=50, zoom="year", measure="share", more="source"),
        Place(q="harbour", cursor="abc", article=7, open=9),
    ],
)
@pytest.mark.parametrize("query", ["", "bridge", '"new bridge" source:"A & B"', "桥 OR جسر"])
def test_many_addresses_are_the_addresses_one_by_one(place: Place, query: str) -> None:
    tree = parse(query)

    address = place.addresses()(tree)

    assert address == place.asking(tree).address()
    assert read(QueryDict(address.partition("?")[2])) == place.asking(tree)
