"""What is sent to make entities and to put them right."""

from collections.abc import Mapping

from articles.annotate.entities.entities import KIND_CHARACTERS, NAME_CHARACTERS
from articles.annotate.entities.entity_changes import ID_CHARACTERS, NOTE_CHARACTERS
from articles.annotate.entities.entity_merging import MERGED_AT_ONCE, MOVED_AT_ONCE
from articles.api import checking
from articles.api.articles.records import VISIBLE
from articles.api.checking import ID, YES_NO, Check, array, described, text

_NAME = text(NAME_CHARACTERS, pattern=VISIBLE, hint="This must hold words.")
_KIND = text(
    KIND_CHARACTERS,
    pattern=r"^[a-z0-9][a-z0-9_-]*$",
    hint="This must be a word of a codebook, such as person.",
)
_NOTE = text(NOTE_CHARACTERS)
CORPUS = described(
    text(80, pattern="^[-a-zA-Z0-9_]+$", hint="This must be a slug."), "The slug of a corpus."
)
NEW: Mapping[str, Check] = {
    "corpus": CORPUS,
    "name": _NAME,
    "kind": _KIND,
    "aliases": array(_NAME, 100),
    "note": _NOTE,
    "another": described(YES_NO, "Make it although one of this name and kind is known."),
    "task": described(
        ID, "The blind task within which it is made: until it is settled it is yours alone."
    ),
}
NEW_REQUIRED = ("corpus", "name", "kind")
NEW_SCHEMA = checking.fields(NEW, required=NEW_REQUIRED).schema
CHANGES: Mapping[str, Check] = {"name": _NAME, "kind": _KIND, "note": _NOTE}
CHANGES_SCHEMA = {**checking.fields(CHANGES).schema, "minProperties": 1}
NAMED: Mapping[str, Check] = {"name": _NAME}
NAMED_SCHEMA = checking.fields(NAMED, required=("name",)).schema
KNOWN: Mapping[str, Check] = {
    "scheme": described(text(40, pattern=VISIBLE), "Whose id it is, such as wikidata."),
    "value": described(text(ID_CHARACTERS, pattern=VISIBLE), "Such as Q42."),
}
KNOWN_SCHEMA = checking.fields(KNOWN, required=("scheme", "value")).schema
MERGED: Mapping[str, Check] = {
    "entities": described(array(ID, MERGED_AT_ONCE, least=1), "Ids of what is merged into it.")
}
MERGED_SCHEMA = checking.fields(MERGED, required=("entities",)).schema
SPLIT: Mapping[str, Check] = {
    "entities": described(
        array(ID, MERGED_AT_ONCE, least=1), "Ids of what was merged into it and is to stand again."
    ),
    "mentions": described(
        array(ID, MOVED_AT_ONCE, least=1), "Ids of mentions that mean someone or something else."
    ),
    "to": described(ID, "The entity that the mentions mean."),
    "to_new": described(_NAME, "Instead of `to`: the name of a new one."),
}
SPLIT_SCHEMA = {
    "oneOf": [
        checking.fields({name: SPLIT[name] for name in way}, required=way).schema
        for way in (("entities",), ("mentions", "to"), ("mentions", "to_new"))
    ]
}
OTHER: Mapping[str, Check] = {"from": ID}
OTHER_SCHEMA = checking.fields(OTHER, required=("from",)).schema
