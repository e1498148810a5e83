"""What the API sends of searches."""

from collections.abc import Mapping

from articles.api.schemas.types import (
    BOOLEAN,
    COUNT,
    STRING,
    Schema,
    about,
    array,
    enum,
    fixed,
    nullable,
    ref,
)

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
SPANS = array(fixed(start=about("In code points from 0.", COUNT), end=about("Exclusive.", COUNT)))
SEARCH: Mapping[str, Schema] = {
    "QueryNode": QUERY_NODE,
    "Validation": fixed(
        "What the server reads in a query.",
        valid=BOOLEAN,
        query=about("The query in its normal form; null if it can't be read.", nullable(STRING)),
        tree=nullable(ref("QueryNode")),
        error=nullable(_FAULT),
    ),
}
