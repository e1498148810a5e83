"""What is sent to make links, and to say what is so of them."""

from collections.abc import Mapping

from articles.api import checking
from articles.api.checking import ID, YES_NO, Check, array, described, one_of, text
from articles.api.schemas.related import SAID_DIRECTIONS
from articles.models import LinkKind, Verdict
from articles.related.links.judging import NOTE_CHARACTERS

MAX_JUDGED = 1_000

_KIND = described(one_of(*LinkKind), "How the two are related.")
_NOTE = text(NOTE_CHARACTERS, about="Why.")
_DIRECTION = described(
    one_of(*SAID_DIRECTIONS),
    "first: the first is from the second; second: the other way round; none: neither, or unknown.",
)
NEW: Mapping[str, Check] = {
    "first": described(ID, "The id of an article."),
    "second": described(ID, "The id of another article of its corpus."),
    "kind": _KIND,
    "direction": described(
        one_of(*SAID_DIRECTIONS),
        "Of the two as they are sent here. The answer names first the one with the smaller id, and "
        "its direction is of that order.",
    ),
    "note": _NOTE,
}
NEW_REQUIRED = ("first", "second", "kind")
NEW_SCHEMA = checking.fields(NEW, required=NEW_REQUIRED).schema
JUDGEMENT: Mapping[str, Check] = {
    "verdict": one_of(*Verdict),
    "direction": _DIRECTION,
    "note": _NOTE,
}
JUDGEMENT_SCHEMA = checking.fields(JUDGEMENT, required=("verdict",)).schema
KIND: Mapping[str, Check] = {"kind": _KIND, "note": _NOTE}
KIND_SCHEMA = checking.fields(KIND, required=("kind",)).schema
_IDS = described(array(ID, MAX_JUDGED, least=1), f"Ids of links; at most {MAX_JUDGED:,} in all.")
JUDGED: Mapping[str, Check] = {
    "confirm": _IDS,
    "reject": _IDS,
    "note": _NOTE,
    "only_open": described(YES_NO, "Leave alone what somebody judged meanwhile."),
}
JUDGED_SCHEMA = {
    "anyOf": [checking.fields(JUDGED, required=(name,)).schema for name in ("confirm", "reject")]
}
