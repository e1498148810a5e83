"""What is sent to put stories right."""

from collections.abc import Mapping

from articles.api import checking
from articles.api.checking import ID, Check, array, described, nullable, text
from articles.related.stories.story_acts import (
    MERGED_AT_ONCE,
    MOVED_AT_ONCE,
    NAME_CHARACTERS,
    NOTE_CHARACTERS,
)

_NAME = described(text(NAME_CHARACTERS), "Empty: it goes by the headline of its earliest article.")
_ARTICLES = described(array(ID, MOVED_AT_ONCE, least=1), "Ids of articles.")
CHANGES: Mapping[str, Check] = {"name": _NAME, "note": text(NOTE_CHARACTERS)}
CHANGES_SCHEMA = {**checking.fields(CHANGES).schema, "minProperties": 1}
NEW: Mapping[str, Check] = {"articles": _ARTICLES, "name": _NAME}
NEW_SCHEMA = checking.fields(NEW, required=("articles",)).schema
MERGED: Mapping[str, Check] = {
    "stories": described(array(ID, MERGED_AT_ONCE, least=1), "Ids of what is merged into it.")
}
MERGED_SCHEMA = checking.fields(MERGED, required=("stories",)).schema
MOVED: Mapping[str, Check] = {
    "articles": _ARTICLES,
    "to": described(nullable(ID), "The id of a story; null: of none, whatever the machine finds."),
}
MOVED_SCHEMA = checking.fields(MOVED, required=("articles", "to")).schema
LET_GO: Mapping[str, Check] = {"articles": _ARTICLES}
LET_GO_SCHEMA = checking.fields(LET_GO, required=("articles",)).schema
