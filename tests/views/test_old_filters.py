"""What addresses of old say, in the language of today."""

import pytest
from django.http import QueryDict

from articles.filters import FilterError
from articles.search.language.query import parse
from articles.views.search.old_filters import is_old, query_of, translated


@pytest.mark.parametrize(
    ("given", "query"),
    [
        ({"source": "The Gazette"}, 'source:"The Gazette"'),
        ({"author": "12"}, 'author:"12"'),
        ({"source": 'The "Daily" Mail'}, 'source:"The Daily Mail"'),
        ({"language": "ar", "section": "World"}, 'lang:"ar" section:"World"'),
        ({"published_after": "1912-04-05"}, "date:1912-04-05.."),
        ({"published_before": "1912-04-05"}, "date:..1912-04-05"),
        (
            {"published_after": "1912-04-05T23:00:00Z", "published_before": "1912-05-01"},
            "date:1912-04-05..1912-05-01",
        ),
        ({"undated": "true"}, "is:undated"),
        ({"undated": "no"}, "has:date"),
        ({"flagged": "any"}, "is:flagged"),
        ({"flagged": "truncated"}, 'flag:"truncated"'),
        ({"source": " ", "corpus": ""}, ""),
        ({"q": "a OR b", "agency": "AP"}, '(a OR b) agency:"AP"'),
        ({"q": "a OR b", "agency": ""}, "a OR b"),
    ],
)
def test_each_filter_is_a_clause_that_can_be_read(given: dict[str, str], query: str) -> None:
    assert query_of(given) == query
    parse(query)


def test_what_is_no_filter_stays_but_for_the_place_in_the_list() -> None:
    params = QueryDict("corpus=default&limit=20&cursor=abc&article=3")

    assert translated(params) == "q=corpus%3A%22default%22&limit=20&article=3"
    assert translated(params, keep_place=True).endswith("&limit=20&cursor=abc&article=3")


def test_addresses_of_today_are_not_of_old() -> None:
    assert not is_old(QueryDict("q=source:x&sort=newest&article=3"))
    assert is_old(QueryDict("q=x&source="))


@pytest.mark.parametrize("query", ["source=%00", "section=a&section=b"])
def test_what_says_nothing_in_one_way_is_refused(query: str) -> None:
    with pytest.raises(FilterError):
        translated(QueryDict(query))
