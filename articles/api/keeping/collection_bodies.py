"""What is sent to make, change and fill collections."""

from collections.abc import Mapping
from typing import Any

from articles.api import checking
from articles.api.articles.records import VISIBLE
from articles.api.checking import ID, YES_NO, Check, array, described, one_of, text
from articles.keeping import collections, samples
from articles.keeping.collections import MOST_AT_ONCE
from articles.search.language.query import MAX_CHARACTERS

# More ids than this are sent in several requests.
MOST_IDS = 10_000


def _read_size(value: Any) -> int:
    whole = type(value) is int or (type(value) is float and value.is_integer())
    if not whole or not 1 <= value <= MOST_AT_ONCE:
        raise checking.BadValueError(f"This must be a whole number from 1 to {MOST_AT_ONCE:,}.")
    return int(value)


_NAME = text(collections.NAME_CHARACTERS, pattern=VISIBLE, hint="This must hold words.")
_NOTE = text(collections.NOTE_CHARACTERS)
_SHARED = described(YES_NO, "Whether the members of the corpus see and fill it.")
_IDS = described(array(ID, MOST_IDS, least=1), "The ids of articles.")
_QUERY = text(MAX_CHARACTERS, about="A query, of which the whole answer is meant.")
_SAMPLE = checking.fields(
    {
        "q": _QUERY,
        "size": Check(_read_size, {"type": "integer", "minimum": 1, "maximum": MOST_AT_ONCE}),
        "seed": described(
            text(samples.SEED_CHARACTERS, pattern=VISIBLE, hint="This must hold words."),
            "Any word or number; one is made up if there is none.",
        ),
        "by": described(one_of(*samples.By), "What it is to be stratified by."),
        "share": described(
            one_of(*samples.Share), "How many of each stratum; proportional unless told."
        ),
    },
    required=("q", "size"),
)
NEW: Mapping[str, Check] = {
    "corpus": described(
        text(80, pattern="^[-a-zA-Z0-9_]+$", hint="This must be a slug."), "The slug of a corpus."
    ),
    "name": _NAME,
    "note": _NOTE,
    "shared": _SHARED,
    "articles": _IDS,
    "q": _QUERY,
    "sample": _SAMPLE,
}
CHANGES: Mapping[str, Check] = {"name": _NAME, "note": _NOTE, "shared": _SHARED}
CHOSEN: Mapping[str, Check] = {"articles": _IDS, "q": _QUERY}
NOTED: Mapping[str, Check] = {"note": _NOTE}
_PLAIN = ("corpus", "name", "note", "shared")
NEW_SCHEMA = {
    "anyOf": [
        checking.fields(
            {name: NEW[name] for name in (*_PLAIN, *way)}, required=("corpus", "name", *way)
        ).schema
        for way in ((), ("articles",), ("q",), ("sample",))
    ]
}
CHANGES_SCHEMA = {**checking.fields(CHANGES).schema, "minProperties": 1}
CHOSEN_SCHEMA = {
    "oneOf": [
        checking.fields({name: check}, required=(name,)).schema for name, check in CHOSEN.items()
    ]
}
NOTE_SCHEMA = checking.fields(NOTED, required=("note",)).schema
