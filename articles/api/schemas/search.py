"""What the API sends of searches."""

from collections.abc import Mapping

from articles.api.schemas.types import (
    ADDRESS,
    BOOLEAN,
    COUNT,
    DATE,
    INTEGER,
    STRING,
    Schema,
    about,
    array,
    enum,
    fixed,
    nullable,
    ref,
)
from articles.api.search.asked import ZOOMS
from articles.parsed import Precision
from articles.search import concordance
from articles.search.comparing import BY
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
    waiting=about(
        "How many articles that you may know of changed since: of very many, 10,001.", COUNT
    ),
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
    "editions": about(
        "With `fold`: how many more articles of the answer have this one's text, edited or not.",
        nullable(COUNT),
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
_BAR: Mapping[str, Schema] = {
    "start": DATE,
    "end": about("Its last day.", DATE),
    "count": COUNT,
    "of_all": about("How many articles the same corpora have of that time.", COUNT),
}
_BARS = array(fixed(**_BAR))
_EXACT = "False of more than about 65,000 texts that several ran: then it is an estimate."
_HISTOGRAM = fixed(
    zoom=enum(ZOOMS),
    bars=array(
        fixed(
            **_BAR,
            texts=about(
                "Distinct texts, of each bar by itself; null unless `texts` is included.",
                nullable(COUNT),
            ),
        )
    ),
    texts_exact=about(_EXACT, nullable(BOOLEAN)),
    undated=COUNT,
    coarser=about("Known by month or year alone, and so in no bar.", COUNT),
    outside=about("So far from all others that no bar is drawn for them.", COUNT),
)
_LINE = fixed(
    article=fixed(id=INTEGER, url=ADDRESS, headline=STRING),
    version=about("The id of the version whose text it is.", INTEGER),
    source=nullable(STRING),
    published=nullable(fixed(date=DATE, precision=enum(Precision))),
    language=nullable(STRING),
    part=about("headline, standfirst, body or caption.", STRING),
    number=about("The hit's number in the text, from 1.", COUNT),
    start=about("In code points of the version's text, from 0.", COUNT),
    end=about("Exclusive.", COUNT),
    left=STRING,
    hit=STRING,
    right=STRING,
)
_COMPARED = fixed(
    query=about("As it was sent.", STRING),
    total=COUNT,
    bars=about("The same days for every query.", _BARS),
    undated=COUNT,
    not_drawn=about("Dated, but in no bar.", COUNT),
    error=nullable(
        fixed(
            message=STRING,
            position=nullable(COUNT),
            length=nullable(COUNT),
            meant=nullable(STRING),
        )
    ),
)
_CELL = fixed(
    count=COUNT,
    share=about("Of all that the query finds: 0 to 1.", {"type": "number"}),
    query=about("The query that lists them.", STRING),
)
SEARCH: Mapping[str, Schema] = {
    "Concordance": fixed(
        query=about("In its normal form.", STRING),
        sort=enum(concordance.Sort),
        results=array(_LINE),
        total=about("How many lines there are in all; null where that is not known.", _NUMBER),
        sampled=about("If the lines are a random sample: of how many lines it is.", _NUMBER),
        seed=INTEGER,
        next=nullable(ADDRESS),
        previous=nullable(ADDRESS),
        index=INDEX,
    ),
    "Comparison": fixed(
        zoom=enum(ZOOMS),
        by=enum(BY),
        queries=array(_COMPARED),
        rows=about(
            "The values that the queries together have most; a cell for each query, null for one "
            "that can't be answered.",
            array(fixed(value=STRING, label=STRING, cells=array(nullable(_CELL)), of_all=COUNT)),
        ),
        others=COUNT,
        shared=about(
            "Articles that each pair of queries has in common, then all of them; `of` are their "
            "places, from 0.",
            array(fixed(of=array(COUNT), count=COUNT, query=STRING)),
        ),
        index=INDEX,
    ),
    "SearchAnswer": fixed(
        "What was asked for by `include`; the rest is null.",
        query=about("The query in its normal form.", STRING),
        sort=enum(Sort),
        results=nullable(array(ref("FoundArticle"))),
        total=nullable(COUNT),
        texts=nullable(
            fixed(
                "Distinct texts: editions of one text count once.",
                count=COUNT,
                exact=about(_EXACT, BOOLEAN),
            )
        ),
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
        hint=about(
            "Of a query that can be read: what was probably meant by something in it.",
            nullable(_FAULT),
        ),
    ),
}
