"""What the API sends of searches."""

from collections.abc import Mapping

from articles.api.schemas.types import (
    ADDRESS,
    BOOLEAN,
    COUNT,
    DATE,
    STRING,
    Schema,
    about,
    array,
    enum,
    fixed,
    nullable,
    ref,
)
from articles.search.engine.answers import Sort

_PARTIAL = nullable(
    {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$", "description": "Null: open."}
)
_WORD = {
    "text": about("As typed; `*` stands for any letters, `?` for one.", STRING),
    "exact": about("Unstemmed, case and accents kept.", BOOLEAN),
    "fuzzy": about("So many letters may differ.", COUNT),
}
_NUMBER = nullable(COUNT)
_CHILD, _CHILDREN = ref("QueryNode"), array(ref("QueryNode"))


def _node(kind: str, **properties: Schema) -> Schema:
    return fixed(type=enum([kind]), **properties)


QUERY_NODE: Schema = {
    "description": "A query as a tree; `type` says what a node is.",
    "anyOf": [
        _node("everything"),
        _node("word", **_WORD),
        _node("phrase", places=array(array(fixed(**_WORD))), slop=COUNT),
        _node("near", left=_CHILD, right=_CHILD, distance=COUNT, ordered=BOOLEAN),
        _node("in", field=STRING, child=_CHILD),
        _node("named", field=STRING, value=STRING),
        _node("dates", field=STRING, start=_PARTIAL, end=_PARTIAL),
        _node("numbers", field=STRING, low=_NUMBER, high=_NUMBER),
        _node("has", what=STRING),
        _node("is", what=STRING),
        _node("not", child=_CHILD),
        _node("and", children=_CHILDREN),
        _node("or", children=_CHILDREN),
    ],
}
_FAULT = fixed(
    message=STRING,
    position=about("Where it is, in code points from 0.", COUNT),
    length=about("How many code points are at fault.", COUNT),
    meant=about("The query as it was probably meant.", nullable(STRING)),
)
INDEX = fixed(
    "How the index stands: what it has not taken in yet, an answer may lack.",
    behind=BOOLEAN,
    waiting=about("How many articles changed since.", COUNT),
)
_SPANS = array(fixed(start=about("In code points from 0.", COUNT), end=about("Exclusive.", COUNT)))
# What an article of an answer has otherwise than one of a list.
FOUND: Mapping[str, Schema] = {
    "snippet": about(
        "A line or two around the first hits, parted by line ends; the body's first words where "
        "there is none. Of a text that you may not read, one line.",
        STRING,
    ),
    "hits": fixed(
        "How often the text has what was asked for, and where that stands in `headline` and "
        "`snippet`.",
        count=COUNT,
        headline=_SPANS,
        snippet=_SPANS,
    ),
}
_FACET = fixed(
    field=about("As it stands in a query.", STRING),
    label=STRING,
    values=array(
        fixed(
            value=about(
                "As it stands in a query, after `field:`; empty of articles that have none.",
                STRING,
            ),
            label=STRING,
            count=COUNT,
            state=about(
                "Whether the query asks for it or against it.",
                nullable(enum(["included", "excluded"])),
            ),
        )
    ),
    others=about("How many more articles' values there are than are told.", COUNT),
)
_HISTOGRAM = fixed(
    zoom=enum(["day", "month", "year"]),
    bars=array(
        fixed(
            start=DATE,
            end=about("Its last day.", DATE),
            count=COUNT,
            of_all=about("How many articles the same corpora have of that time.", COUNT),
        )
    ),
    undated=COUNT,
    coarser=about("Known by month or year alone, and so in no bar.", COUNT),
    outside=about("So far from all others that no bar is drawn for them.", COUNT),
)
SEARCH: Mapping[str, Schema] = {
    "SearchAnswer": fixed(
        "What was asked for by `include`; the rest is null.",
        query=about("The query in its normal form.", STRING),
        sort=enum(Sort),
        results=nullable(array(ref("FoundArticle"))),
        total=nullable(COUNT),
        facets=nullable(array(_FACET)),
        histogram=nullable(_HISTOGRAM),
        next=nullable(ADDRESS),
        previous=nullable(ADDRESS),
        moved=about(
            "Whether the index changed since the page before, so that by relevance an article may "
            "be repeated or lacking; other orders do neither.",
            BOOLEAN,
        ),
        index=INDEX,
    ),
    "QueryNode": QUERY_NODE,
    "Validation": fixed(
        "What the server reads in a query.",
        valid=BOOLEAN,
        query=about("The query in its normal form; null if it can't be read.", nullable(STRING)),
        tree=nullable(ref("QueryNode")),
        error=nullable(_FAULT),
    ),
}
